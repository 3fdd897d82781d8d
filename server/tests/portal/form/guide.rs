//! The guide to risks of businesses, and what an account keeps for forms.

use axum::http::StatusCode;
use domain::Actor;

use super::{BIRTH, open};

#[tokio::test]
async fn a_business_finds_its_risk_by_a_word_and_a_scale() {
    let portal = open().await;
    let place = "/layanan/permohonan-umum/panduan";
    assert_eq!(portal.get(place, "").await.status, StatusCode::NOT_FOUND);
    let text = include_str!("../../../../city/kota-batu/kbli.json").replacen(
        "izin-usaha",
        "permohonan-umum",
        1,
    );
    service::form::import_guide(&portal.world.service, &Actor::System, &text)
        .await
        .expect("comes in");
    let start = portal.get("/layanan/permohonan-umum", "").await;
    assert!(
        start.text.contains(&format!("href=\"{place}\"")),
        "{}",
        start.text
    );
    assert!(!portal.get(BIRTH, "").await.text.contains("/panduan"));
    let all = portal.get(place, "").await;
    for there in [
        "Belum diverifikasi",
        "Pondok wisata atau homestay",
        "KBLI 55130",
        "oss.go.id",
        "23 kegiatan",
        "Yang dikerjakan kota:",
    ] {
        assert!(
            all.text.replace("<!>", "").contains(there),
            "{there}: {}",
            all.text
        );
    }
    assert!(
        !all.text.contains("href=\"https://oss"),
        "nobody is led away"
    );
    let one = |page: &str| {
        let list = page.split("<ul class=\"rows\">").nth(1).expect("a list");
        list.split("</ul>").next().expect("its end").to_owned()
    };
    let small = one(&portal
        .get(&format!("{place}?cari=homestay&skala=kecil"), "")
        .await
        .text);
    assert!(
        small.contains("Risiko rendah")
            && small.contains("NIB saja")
            && !small.contains("menengah"),
        "{small}"
    );
    let large = one(&portal
        .get(&format!("{place}?cari=55130&skala=besar"), "")
        .await
        .text);
    assert!(
        large.contains("Risiko menengah rendah") && !large.contains("NIB saja"),
        "{large}"
    );
    let both = one(&portal.get(&format!("{place}?cari=homestay"), "").await.text);
    assert!(
        both.contains("Modal sampai Rp5.000.000.000")
            && both.contains("Modal di atas Rp5.000.000.000"),
        "{both}"
    );
    let none = portal
        .get(&format!("{place}?cari=nuklir&skala=xyz"), "")
        .await;
    assert!(none.text.contains("Tidak ada kegiatan yang cocok"));
    let english = portal
        .get(&format!("{place}?cari=bakery&bahasa=en"), "")
        .await;
    assert!(english.text.contains("Bakery") && english.text.contains("Not verified"));
}

#[tokio::test]
async fn forms_begin_with_what_the_account_keeps_and_it_goes_again() {
    let portal = open().await;
    let siti = portal.sign_in("siti").await;
    let (profile, data) = ("/akun/profil", "/akun/profil/data");
    let wrong = portal
        .post(data, &siti, &[("phone", "12"), ("nik", "123")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("href=\"#phone\"") && wrong.text.contains("href=\"#nik\""),
        "{}",
        wrong.text
    );
    let fields = [
        ("phone", "0812-3456-7890"),
        ("nik", "3579 0141 0795 0001"),
        ("kk", ""),
    ];
    assert_eq!(
        portal.post(data, &siti, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let page = portal.get(profile, &siti).await;
    assert!(
        page.text.contains("3579********0001") && page.text.contains("+6281234567890"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("410795") && !page.text.contains("3579014107950001"));
    portal.post(&format!("{BIRTH}/mulai"), &siti, &[]).await;
    let first = portal.get(&format!("{BIRTH}/isi/pelapor"), &siti).await;
    assert!(
        first.text.contains("357901 410795 0001") && first.text.contains("Siti Aminah"),
        "{}",
        first.text
    );
    // An empty field changes nothing; a tick takes out.
    portal
        .post(data, &siti, &[("phone", "0812-3456-7890"), ("nik", "")])
        .await;
    assert!(
        portal
            .get(profile, &siti)
            .await
            .text
            .contains("3579********0001")
    );
    portal
        .post(
            data,
            &siti,
            &[("phone", ""), ("nik", ""), ("drop_nik", "on")],
        )
        .await;
    let page = portal.get(profile, &siti).await;
    assert!(!page.text.contains("3579********0001") && !page.text.contains("+6281234567890"));
}
