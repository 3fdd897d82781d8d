use axum::http::StatusCode;
use domain::payment::Report;

use super::{FEE, town};

const PLACE: &str = "/kantor/pembayaran";

#[tokio::test]
async fn the_day_of_an_office_and_its_table() {
    let town = town().await;
    let portal = &town.portal;
    town.arrives(&town.report(Report::Paid, FEE, "=1+1")).await;
    town.arrives(&town.report(Report::Paid, FEE - 1, "u")).await;
    let officer = portal.sign_in("rina").await;
    let page = portal.get(PLACE, &officer).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for part in [
        "Pembayaran 24 November 2026",
        "1 · Rp25.000",
        "Lunas",
        "Laporan yang tidak cocok",
        "Jumlahnya lain dari tagihan",
        "Simulator, bukan pembayaran sungguhan.",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    let file = portal
        .get("/kantor/pembayaran/unduh?tanggal=2026-11-24", &officer)
        .await;
    assert_eq!(
        (
            file.kind(),
            file.head("content-disposition"),
            file.head("cache-control")
        ),
        (
            "text/csv; charset=utf-8",
            "attachment; filename=\"pembayaran-dishub-2026-11-24.csv\"",
            "no-store"
        )
    );
    assert!(
        file.text.contains(",\"'=1+1\","),
        "no formula runs: {}",
        file.text
    );
    assert!(file.text.contains("wrong_amount"), "{}", file.text);
    let other_day = portal
        .get("/kantor/pembayaran?tanggal=2026-11-23", &officer)
        .await;
    assert!(other_day.text.contains("Tidak ada tagihan pada hari ini"));
    let odd = portal
        .get("/kantor/pembayaran?tanggal=kemarin", &officer)
        .await;
    assert!(odd.text.contains("24 November 2026"));
    let elsewhere = portal.sign_in("agus").await;
    let page = portal
        .get(&format!("{PLACE}?kantor=dishub"), &elsewhere)
        .await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(
        !portal
            .get(PLACE, &elsewhere)
            .await
            .text
            .contains("Rp25.000")
    );
    let resident = portal.sign_in("siti").await;
    assert_eq!(
        portal.get(PLACE, &resident).await.status,
        StatusCode::FORBIDDEN
    );
    assert!(
        portal
            .get(PLACE, "")
            .await
            .place()
            .starts_with("/akun/masuk")
    );
    let admin = portal.sign_in("admin").await;
    assert!(portal.get(PLACE, &admin).await.text.contains("Rp25.000"));
}
