use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::payment::{Report, State};

use super::{FEE, NOTICE, town};

fn post(place: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder()
        .method("POST")
        .uri(place)
        .header("host", "rembug.example")
        .header("content-type", "application/json")
        .body(body.into())
        .expect("a request")
}

async fn rows(town: &super::Town) -> i64 {
    let mut tx = town
        .portal
        .world
        .service
        .read()
        .await
        .expect("a connection");
    let count: Option<(i64,)> = tx
        .first("select count(*) from payment_notice", storage::args![])
        .await
        .expect("reads");
    count.expect("a row").0
}

#[tokio::test]
async fn forged_broken_and_foreign_reports_store_nothing() {
    let town = town().await;
    let reported = town.report(Report::Paid, FEE, "t");
    let mut forged = town.signed(&reported);
    forged.headers_mut().insert(
        service::payment::simulator::SIGNATURE,
        "0".repeat(64).parse().expect("a header"),
    );
    let forged = town.portal.send(forged).await;
    assert_eq!(forged.status, StatusCode::UNAUTHORIZED);
    assert!(forged.text.contains("\"not_signed\""), "{}", forged.text);
    for body in ["", "{}", "bukan json"] {
        let got = town.portal.send(post(NOTICE, body)).await;
        assert_eq!(got.status, StatusCode::UNAUTHORIZED, "{body}");
    }
    let unknown = post("/api/v1/payment/midtrans/notice", "{}");
    assert_eq!(
        town.portal.send(unknown).await.status,
        StatusCode::NOT_FOUND
    );
    let large = post(NOTICE, "x".repeat(70_000));
    assert_eq!(
        town.portal.send(large).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        town.portal.get(NOTICE, "").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    // A page of another site cannot send one from somebody's browser, not even a signed one.
    let mut foreign = town.signed(&reported);
    let headers = foreign.headers_mut();
    headers.insert("origin", "https://evil.example".parse().expect("a header"));
    headers.insert("sec-fetch-site", "cross-site".parse().expect("a header"));
    assert_eq!(
        town.portal.send(foreign).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(rows(&town).await, 0);
    assert!(town.page().await.contains("Belum dibayar"));
}

#[tokio::test]
async fn repeated_and_out_of_order() {
    let town = town().await;
    let pending = town.report(Report::Pending, FEE, "t");
    let paid = town.report(Report::Paid, FEE, "t");
    let expired = town.report(Report::Expired, FEE, "t");
    for (reported, status) in [
        (&expired, "kept"),
        (&paid, "kept"),
        (&pending, "kept"),
        (&paid, "repeated"),
        (&expired, "repeated"),
    ] {
        let got = town.arrives(reported).await;
        assert_eq!(got.status, StatusCode::OK);
        assert!(got.text.contains(status), "{status}: {}", got.text);
    }
    assert_eq!(rows(&town).await, 3);
    assert_eq!(town.find().await.state, State::Paid);
    assert_eq!(
        town.case_page()
            .await
            .matches("Pembayaran diterima: ")
            .count(),
        1
    );
}

#[tokio::test]
async fn another_amount_is_kept_for_somebody_to_look_at_and_pays_nothing() {
    let town = town().await;
    for rupiah in [FEE - 1, FEE + 1, 1] {
        let got = town.arrives(&town.report(Report::Paid, rupiah, "t")).await;
        assert_eq!(
            got.status,
            StatusCode::OK,
            "the provider need not send it again"
        );
    }
    assert_eq!(town.find().await.state, State::Issued);
    assert!(town.page().await.contains("Belum dibayar"));
    assert!(!town.case_page().await.contains("Pembayaran diterima"));
    let receipt = town
        .portal
        .get(&format!("{}/bukti", town.place()), "")
        .await;
    assert_eq!(
        receipt.status,
        StatusCode::SEE_OTHER,
        "no receipt before it is paid"
    );
    // The right one, a day late, after its code ran out.
    town.portal.world.days(1);
    assert!(town.page().await.contains("sudah habis waktunya"));
    town.arrives(&town.report(Report::Paid, FEE, "u")).await;
    assert!(town.page().await.contains("Lunas."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_identical_reports_at_once_pay_once() {
    let town = std::sync::Arc::new(town().await);
    let mut tasks = Vec::new();
    for _ in 0..20 {
        let town = town.clone();
        tasks.push(tokio::spawn(async move {
            let reported = town.report(Report::Paid, FEE, "t");
            town.arrives(&reported).await.text
        }));
    }
    let mut kept = 0;
    for task in tasks {
        let text = task.await.expect("ends");
        kept += usize::from(text.contains("kept"));
        assert!(text.contains("kept") || text.contains("repeated"), "{text}");
    }
    assert_eq!((kept, rows(&town).await), (1, 1));
    assert_eq!(
        town.case_page()
            .await
            .matches("Pembayaran diterima: ")
            .count(),
        1
    );
}
