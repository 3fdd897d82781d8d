use axum::http::StatusCode;

use super::town;

#[tokio::test]
async fn from_the_bill_to_the_receipt() {
    let town = town().await;
    let case = town.case_page().await;
    assert!(
        case.contains("Belum dibayar") && case.contains("Rp25.000"),
        "{case}"
    );
    assert!(
        case.contains(&format!("href=\"{}\"", town.place())),
        "{case}"
    );
    let answer = town.portal.get(&town.place(), "").await;
    assert_eq!(
        (answer.status, answer.head("cache-control")),
        (StatusCode::OK, "no-store")
    );
    let page = answer.text;
    for part in [
        "<svg role=\"img\"",
        "class=\"qr\"",
        "<title>Kode QRIS untuk membayar Rp25.000</title>",
        "Simulator, bukan pembayaran sungguhan.",
        "Bayar paling lambat 8 Desember 2026.",
        "Belum dibayar",
        "noindex",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("Siti"), "a bill names nobody");
    let on_paper = town.receipt().await;
    let unpaid = "Rp25.000. Belum dibayar. Bayar paling lambat 8 Desember 2026.";
    assert!(on_paper.contains(unpaid), "{on_paper}");
    let receipt = format!("{}/bukti", town.place());
    let early = town.portal.get(&receipt, "").await;
    assert_eq!(
        (early.status, early.place()),
        (StatusCode::SEE_OTHER, &*town.place())
    );
    let paid = town
        .portal
        .post(&town.place(), "", &[("aksi", "lunas")])
        .await;
    assert_eq!(paid.place(), format!("{}?kabar=lunas", town.place()));
    let page = town.page().await;
    assert!(
        page.contains("Lunas.") && !page.contains("Belum dibayar"),
        "{page}"
    );
    assert!(!page.contains("class=\"qr\""), "nobody pays twice");
    let receipt = town.portal.get(&receipt, "").await.text;
    for part in [
        "Bukti bayar",
        "Lunas",
        "Rp25.000",
        "24 November 2026",
        "Simulator, bukan pembayaran sungguhan.",
    ] {
        assert!(receipt.contains(part), "{part}: {receipt}");
    }
    assert!(!receipt.contains("Belum dibayar"), "{receipt}");
    let on_paper = town.receipt().await;
    assert!(
        on_paper.contains("Rp25.000. Lunas. Pembayaran diterima 24 November 2026")
            && !on_paper.contains("Belum dibayar"),
        "{on_paper}"
    );
    let case = town.case_page().await;
    assert_eq!(
        case.matches("Pembayaran diterima: Rp25.000").count(),
        1,
        "{case}"
    );
    assert!(!case.contains("Belum dibayar"), "{case}");
    // Pressed again there is no code to pay.
    let again = town
        .portal
        .post(&town.place(), "", &[("aksi", "lunas")])
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(
        town.case_page()
            .await
            .matches("Pembayaran diterima: ")
            .count(),
        1
    );
    let english = format!("{}/bukti?bahasa=en", town.place());
    assert!(town.portal.get(&english, "").await.text.contains("Receipt"));
}

#[tokio::test]
async fn a_code_that_ran_out_is_replaced_by_a_button() {
    let town = town().await;
    let over = town
        .portal
        .post(&town.place(), "", &[("aksi", "habis")])
        .await;
    assert_eq!(over.place(), town.place());
    let page = town.page().await;
    assert!(
        page.contains("sudah habis waktunya") && !page.contains("class=\"qr\""),
        "{page}"
    );
    town.portal
        .post(&town.place(), "", &[("aksi", "kode")])
        .await;
    assert!(town.page().await.contains("class=\"qr\""));
    let checked = town
        .portal
        .post(&town.place(), "", &[("aksi", "periksa")])
        .await;
    assert_eq!(checked.place(), town.place());
    let odd = town.portal.post(&town.place(), "", &[("aksi", "x")]).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
    for place in ["/bayar/0000000000", "/bayar/bukan"] {
        assert_eq!(
            town.portal.get(place, "").await.status,
            StatusCode::NOT_FOUND
        );
    }
    let live = town
        .portal
        .get(&format!("{}/langsung", town.place()), "")
        .await;
    assert!(live.kind().starts_with("text/event-stream"));
}
