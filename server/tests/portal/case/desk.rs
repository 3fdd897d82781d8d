use axum::http::StatusCode;
use domain::reference::Reference;

use super::{hidden, sent, town};

#[tokio::test]
async fn the_inbox_is_of_ones_own_office() {
    let (portal, reference) = town().await;
    let rina = portal.sign_in("rina").await;
    let inbox = portal.get("/kantor/kasus", &rina).await;
    assert_eq!(inbox.status, StatusCode::OK);
    assert!(
        inbox.text.contains(&reference.to_string()) && inbox.text.contains("Siti Aminah"),
        "{}",
        inbox.text
    );
    for (query, there) in [
        ("?petugas=kosong", true),
        ("?petugas=saya", false),
        (
            "?keadaan=received&tenggat=7&layanan=Izin+%3Cb%3Eparkir%3C%2Fb%3E",
            true,
        ),
        ("?keadaan=tutup", false),
        ("?tenggat=lewat", false),
        // A NIK has no place in an address: it is looked for by a form.
        ("?cari=3579024107900002", true),
        ("?cari=K7M2P-9XQ4T", false),
        ("?kantor=dlh", false),
        ("?sesudah=kosong&keadaan=xyz", true),
    ] {
        let page = portal.get(&format!("/kantor/kasus{query}"), &rina).await;
        assert_eq!(
            (page.status, page.text.contains(&reference.compact())),
            (StatusCode::OK, there),
            "{query}"
        );
    }
    let place = format!("/kantor/kasus/{}", reference.compact());
    let page = portal.get(&place, &rina).await;
    assert!(page.text.contains("3579********0001") && !page.text.contains("3579024107900001"));
    let agus = portal.sign_in("agus").await;
    assert!(
        !portal
            .get("/kantor/kasus", &agus)
            .await
            .text
            .contains(&reference.to_string())
    );
    let absent = format!("/kantor/kasus/{}", Reference::new([3; 6]).compact());
    for (cookie, status) in [
        (&agus, StatusCode::NOT_FOUND),
        (&portal.sign_in("siti").await, StatusCode::FORBIDDEN),
    ] {
        for place in [&place, &absent] {
            assert_eq!(portal.get(place, cookie).await.status, status);
            assert_eq!(
                portal
                    .post(place, cookie, &[("aksi", "periksa"), ("edisi", "1")])
                    .await
                    .status,
                status
            );
        }
    }
    assert!(
        portal
            .get(&place, "")
            .await
            .place()
            .starts_with("/akun/masuk")
    );
}

#[tokio::test]
async fn a_second_decision_is_told_of_the_first_and_loses_nothing() {
    let (portal, reference) = town().await;
    let place = format!("/kantor/kasus/{}", reference.compact());
    let (rina, admin) = (portal.sign_in("rina").await, portal.sign_in("admin").await);
    portal
        .post(&place, &rina, &[("aksi", "periksa"), ("edisi", "1")])
        .await;
    let page = portal.get(&place, &admin).await;
    assert!(
        page.text.contains("Dibuka juga oleh: Rina Kartika.") || page.text.contains("Rina Kartika"),
        "{}",
        page.text
    );
    let (seen, key) = (hidden(&page.text, "edisi"), hidden(&page.text, "kunci"));
    let short = portal
        .post(
            &place,
            &rina,
            &[
                ("aksi", "putuskan"),
                ("hasil", "granted"),
                ("alasan", "ya"),
                ("edisi", &seen),
            ],
        )
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = portal
        .post(
            &place,
            &rina,
            &[
                ("aksi", "putuskan"),
                ("hasil", "granted"),
                ("alasan", "Berkas lengkap dan sah."),
                ("edisi", &seen),
            ],
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let second = [
        ("aksi", "putuskan"),
        ("hasil", "refused"),
        ("alasan", "Denah <i>belum</i> ada."),
        ("edisi", &*seen),
        ("kunci", &*key),
    ];
    let late = portal.post(&place, &admin, &second).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.text.contains("Berkas lengkap dan sah."),
        "what the other did is shown"
    );
    assert!(
        late.text.contains("Denah &lt;i&gt;belum&lt;/i&gt; ada."),
        "what was typed is kept: {}",
        late.text
    );
    let out = portal
        .post(&place, &rina, &[("aksi", "serahkan"), ("edisi", "3")])
        .await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text);
}

#[tokio::test]
async fn asking_noting_extending_and_handing_over() {
    let (portal, reference) = town().await;
    let place = format!("/kantor/kasus/{}", reference.compact());
    let rina = portal.sign_in("rina").await;
    for (fields, status) in [
        (
            vec![("aksi", "catat"), ("catatan", "Pernah datang 2024.")],
            303,
        ),
        (vec![("aksi", "catat"), ("catatan", "")], 422),
        (
            vec![
                ("aksi", "perpanjang"),
                ("alasan", "Arsip ada di tiga kantor."),
                ("edisi", "2"),
            ],
            303,
        ),
        (
            vec![
                ("aksi", "perpanjang"),
                ("alasan", "Arsip ada di tiga kantor."),
                ("edisi", "3"),
            ],
            409,
        ),
        (
            vec![
                ("aksi", "tanya"),
                ("pertanyaan", "Mohon unggah KTP."),
                ("edisi", "3"),
            ],
            303,
        ),
        (
            vec![
                ("aksi", "jawab"),
                ("pesan", "KTP dibawa ke loket."),
                ("edisi", "4"),
            ],
            303,
        ),
        (vec![("aksi", "bagikan"), ("ke", "rina")], 303),
        (vec![("aksi", "bagikan"), ("ke", "agus")], 422),
        (vec![("aksi", "balas"), ("pesan", "Terima kasih.")], 303),
        (vec![("aksi", "lain")], 400),
    ] {
        let got = portal.post(&place, &rina, &fields).await;
        assert_eq!(got.status.as_u16(), status, "{fields:?} {}", got.text);
    }
    let page = portal.get(&place, &rina).await;
    for there in [
        "Pernah datang 2024.",
        "KTP dibawa ke loket.",
        "Ditangani Rina Kartika",
        "Terima kasih.",
    ] {
        assert!(page.text.contains(there), "{there}");
    }
}

#[tokio::test]
async fn a_template_comes_behind_what_is_typed() {
    let (portal, reference) = town().await;
    let rina = portal.sign_in("rina").await;
    let templates = "/kantor/kasus/templat";
    let new = [
        ("kantor", "dishub"),
        ("id", ""),
        ("judul", "Minta KTP"),
        ("isi", "Mohon unggah KTP."),
    ];
    let kept = portal.post(templates, &rina, &new).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let short = portal
        .post(
            templates,
            &rina,
            &[("kantor", "dishub"), ("judul", "x"), ("isi", "Masih ada")],
        )
        .await;
    assert!(short.status == StatusCode::UNPROCESSABLE_ENTITY && short.text.contains("Masih ada"));
    let list = portal.get(templates, &rina).await;
    let id = hidden(&list.text, "id");
    let place = format!("/kantor/kasus/{}", reference.compact());
    let fields = [
        ("aksi", "balas"),
        ("pesan", "Selamat pagi."),
        ("templat", &*id),
        ("sisip", "ya"),
    ];
    let page = portal.post(&place, &rina, &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.contains("Selamat pagi.\n\nMohon unggah KTP."),
        "{}",
        page.text
    );
    let agus = portal.sign_in("agus").await;
    assert_eq!(
        portal
            .post(templates, &agus, &[("id", &id), ("buang", "ya")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal.post(templates, &agus, &new).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        portal
            .post(
                templates,
                &rina,
                &[("id", &id), ("kantor", "dishub"), ("buang", "ya")]
            )
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        portal
            .get(templates, &portal.sign_in("siti").await)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn ticked_cases_are_handed_over_at_once() {
    let (portal, first) = town().await;
    let second = sent(&portal, "kunci-yang-kedua-x", None).await;
    let rina = portal.sign_in("rina").await;
    let (a, b) = (first.compact(), second.compact());
    for (fields, status) in [
        (vec![("ke", "rina")], 422),
        (vec![("pilih", &*a)], 422),
        (vec![("pilih", &*a), ("ke", "agus")], 422),
        (vec![("pilih", "bukan nomor"), ("ke", "rina")], 400),
        (
            vec![
                ("pilih", &*a),
                ("pilih", &*b),
                ("ke", "rina"),
                ("petugas", "kosong"),
            ],
            303,
        ),
    ] {
        let got = portal.post("/kantor/kasus", &rina, &fields).await;
        assert_eq!(got.status.as_u16(), status, "{fields:?} {}", got.text);
        if status == 303 {
            assert!(
                got.place().starts_with("/kantor/kasus?petugas=kosong"),
                "{}",
                got.place()
            );
        }
    }
    let mine = portal.get("/kantor/kasus?petugas=saya", &rina).await.text;
    assert!(mine.contains(&a) && mine.contains(&b));
}

#[tokio::test]
async fn holidays_are_the_administrators() {
    let (portal, _) = town().await;
    let admin = portal.sign_in("admin").await;
    let place = "/kantor/hari-libur";
    assert!(portal.get(place, &admin).await.text.contains("2026"));
    let bad = portal
        .post(place, &admin, &[("tabel", "{\"years\": <bukan>}")])
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        bad.text.contains("&lt;bukan&gt;"),
        "what was typed is still there"
    );
    let table = r#"{"years":[{"year":2027,"decree":"SKB","off":[{"day":"2027-01-01","kind":"holiday","name":"Tahun Baru"}]}]}"#;
    assert_eq!(
        portal.post(place, &admin, &[("tabel", table)]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(portal.get(place, &admin).await.text.contains("Tahun Baru"));
    let rina = portal.sign_in("rina").await;
    assert_eq!(portal.get(place, &rina).await.status, StatusCode::FORBIDDEN);
}
