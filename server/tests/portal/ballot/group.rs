//! Rules by which people are left out of a second result.

use axum::http::StatusCode;

use super::open;

#[tokio::test]
async fn a_published_rule_is_told_with_both_results_and_can_be_withdrawn() {
    let portal = open("live").await;
    let (here, public) = (
        "/kantor/konsultasi/sepeda/kelompok",
        "/konsultasi/sepeda/kelompok",
    );
    let siti = portal.sign_in("siti").await;
    let judged = portal
        .post(
            "/konsultasi/sepeda/pernyataan/1",
            &siti,
            &[("jawab", "agree")],
        )
        .await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER);
    let service = &portal.world.service;
    service::group::refresh_all(service).await.expect("finds");
    let plain = portal.get(public, "").await;
    assert!(!plain.text.contains("tanpa=ya"), "{}", plain.text);
    let same = portal.get(&format!("{public}?tanpa=ya"), "").await;
    assert_eq!(
        same.status,
        StatusCode::OK,
        "without a rule it is the result of everybody"
    );

    let rina = portal.sign_in("rina").await;
    let desk = portal.get(here, &rina).await;
    assert_eq!(desk.status, StatusCode::OK);
    assert!(desk.text.contains("Tidak ada tanda"), "{}", desk.text);
    assert!(desk.text.contains("Tanda bukan bukti"), "{}", desk.text);
    for (rule, deed) in [
        ("apa", "terbitkan"),
        ("burst", "terbitkan"),
        ("agrees_with_all", "apa"),
    ] {
        let fields = [
            ("aturan", rule),
            ("aksi", deed),
            ("alasan", "Alasan yang cukup panjang"),
        ];
        let wrong = portal.post(here, &rina, &fields).await;
        assert_eq!(
            wrong.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{rule} {deed}"
        );
    }
    let empty = portal.post(here, &rina, &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = portal
        .post(
            here,
            &rina,
            &[
                ("aturan", "agrees_with_all"),
                ("aksi", "terbitkan"),
                ("alasan", "pendek"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("pendek</textarea>"), "{}", wrong.text);
    assert!(
        wrong.text.contains("href=\"#alasan-agrees-with-all\""),
        "{}",
        wrong.text
    );

    let publish = [
        ("aturan", "agrees_with_all"),
        ("aksi", "terbitkan"),
        ("alasan", "Ada <b>tanda</b> serempak"),
    ];
    for _ in 0..2 {
        let done = portal.post(here, &rina, &publish).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "twice is harmless");
    }
    let told = portal.get(public, "").await;
    assert!(
        told.text.contains("Ada &lt;b>tanda") || told.text.contains("Ada &lt;b&gt;tanda"),
        "{}",
        told.text
    );
    assert!(
        !told.text.contains("tanpa=ya"),
        "the other result is not found yet"
    );
    service::group::refresh_all(service).await.expect("finds");
    for (place, current) in [
        (public.to_owned(), "Hasil dengan semua orang"),
        (format!("{public}?tanpa=ya"), "Hasil tanpa 0 orang"),
    ] {
        let page = portal.get(&place, "").await;
        assert!(
            page.text
                .contains("href=\"/konsultasi/sepeda/kelompok?tanpa=ya\""),
            "{}",
            page.text
        );
        let marked = format!("href=\"{place}\" aria-current=\"page\">{current}");
        assert!(page.text.contains(&marked), "{marked}: {}", page.text);
    }
    let file = portal.get(&format!("{public}.json?tanpa=ya"), "").await;
    assert_eq!(file.status, StatusCode::OK);
    let history = portal.get("/konsultasi/sepeda/riwayat", "").await;
    assert!(
        history.text.contains("Setuju dengan semuanya"),
        "{}",
        history.text
    );

    let withdraw = [
        ("aturan", "agrees_with_all"),
        ("aksi", "cabut"),
        ("alasan", "Tanda itu keliru"),
    ];
    assert_eq!(
        portal.post(here, &rina, &withdraw).await.status,
        StatusCode::SEE_OTHER
    );
    let gone = portal.get(public, "").await;
    assert!(
        !gone.text.contains("tanpa=ya") && !gone.text.contains("dua hasil"),
        "{}",
        gone.text
    );
    assert_eq!(
        portal
            .get(&format!("{public}.json?tanpa=ya"), "")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}
