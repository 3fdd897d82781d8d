//! The adapter of Midtrans against a server on this machine that speaks its documented answers.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, Request, StatusCode},
    routing::{get, post},
};
use domain::{
    payment::State as Standing,
    qris::{Amount, Merchant},
};
use serde_json::{Value, json};
use service::payment::{Phase, midtrans::signature};

use super::{FEE, Town, town_of};

const KEY: &str = "SB-Mid-server-contoh";
const AMOUNT: &str = "25000.00";
const NOTICE: &str = "/api/v1/payment/midtrans/notice";

/// What the gateway does: the status of every order, or that it is out of order.
#[derive(Clone, Default)]
struct Gateway(Arc<Mutex<Mood>>);

#[derive(Default)]
struct Mood {
    status: &'static str,
    is_down: bool,
    charged: Vec<Value>,
}

fn merchant() -> Merchant {
    serde_json::from_value(json!({
        "accounts": [{ "guid": "COM.GO-JEK.WWW", "pan": "936009140000000017", "merchant": "G490526303" }],
        "national_id": "ID1020012345678", "criteria": "UME", "category": "9311",
        "name": "KOTA BATU", "city": "BATU", "postcode": "65313"
    }))
    .expect("a merchant")
}

async fn charge(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    // Basic with the server key and no password.
    let password = headers.get("authorization").and_then(|v| v.to_str().ok());
    assert_eq!(password, Some("Basic U0ItTWlkLXNlcnZlci1jb250b2g6"));
    let mut mood = gateway.0.lock().expect("nobody panics");
    if mood.is_down {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(json!({ "status_code": "503" })),
        );
    }
    let order = body["transaction_details"]["order_id"]
        .as_str()
        .expect("an order")
        .to_owned();
    let amount = body["transaction_details"]["gross_amount"]
        .as_u64()
        .expect("whole Rupiah");
    let amount = Amount::rupiah(amount).expect("an amount");
    let code = merchant().bill(amount, "GOPAY").expect("a code").payload();
    mood.charged.push(body);
    (
        StatusCode::OK,
        Json(json!({
            "status_code": "201", "status_message": "QRIS transaction is created",
            "transaction_id": "0d8178e1-c6c7-4ab4-81a6-893be9d924ab", "order_id": order,
            "merchant_id": "G490526303", "gross_amount": AMOUNT, "currency": "IDR", "payment_type": "qris",
            "transaction_time": "2026-11-24 07:00:00", "transaction_status": "pending", "fraud_status": "accept",
            "qr_string": code, "acquirer": "gopay", "expiry_time": "2026-11-24 07:15:00"
        })),
    )
}

async fn status(
    State(gateway): State<Gateway>,
    Path(order): Path<String>,
) -> (StatusCode, Json<Value>) {
    let mood = gateway.0.lock().expect("nobody panics");
    if mood.is_down {
        return (StatusCode::BAD_GATEWAY, Json(json!({})));
    }
    if mood.status.is_empty() {
        let answer =
            json!({ "status_code": "404", "status_message": "Transaction doesn't exist." });
        return (StatusCode::OK, Json(answer));
    }
    (StatusCode::OK, Json(notification(&order, mood.status)))
}

/// A body as the documentation shows it, signed with the key.
fn notification(order: &str, status: &str) -> Value {
    let code = match status {
        "pending" => "201",
        "expire" => "407",
        "deny" => "202",
        _ => "200",
    };
    json!({
        "transaction_time": "2026-11-24 07:00:00", "transaction_status": status,
        "transaction_id": "0d8178e1-c6c7-4ab4-81a6-893be9d924ab", "status_message": "midtrans payment notification",
        "status_code": code, "signature_key": signature(order, code, AMOUNT, KEY),
        "settlement_time": "2026-11-24 07:03:21", "payment_type": "qris", "order_id": order,
        "merchant_id": "G490526303", "issuer": "gopay", "gross_amount": AMOUNT, "fraud_status": "accept",
        "currency": "IDR", "acquirer": "gopay"
    })
}

async fn town(gateway: &Gateway) -> Town {
    let router = Router::new()
        .route("/v2/charge", post(charge))
        .route("/v2/{order}/status", get(status))
        .with_state(gateway.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    town_of(&format!(
        "provider = \"midtrans\"\ncode_minutes = 15\n[midtrans]\nbase = \"http://{address}\"\nserver_key = \"{KEY}\""
    ))
    .await
}

fn callback(body: &Value) -> Request<Body> {
    Request::builder()
        .method("POST")
        .uri(NOTICE)
        .header("host", "rembug.example")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_charged_and_a_settlement_pays() {
    let gateway = Gateway::default();
    let town = town(&gateway).await;
    let order = format!("{}-1", town.bill.compact());
    let charged = gateway.0.lock().expect("nobody panics").charged.clone();
    assert_eq!(charged.len(), 1);
    assert_eq!(charged[0]["payment_type"], "qris");
    assert_eq!(
        charged[0]["transaction_details"],
        json!({ "order_id": order, "gross_amount": FEE })
    );
    assert_eq!(charged[0]["qris"]["acquirer"], "gopay");
    assert_eq!(
        charged[0]["custom_expiry"],
        json!({ "expiry_duration": 15, "unit": "minute" })
    );
    let found = town.find().await;
    let now = town.portal.world.service.now();
    let Phase::Scan { until, .. } = found.phase(town.portal.world.service.payments(), now) else {
        panic!("no code: {found:?}");
    };
    assert_eq!(until, now.plus_seconds(900), "the clock of Jakarta");
    let page = town.page().await;
    assert!(
        page.contains("class=\"qr\"") && !page.contains("Simulator"),
        "{page}"
    );
    // Nobody pays by a button where payments are real.
    let button = town
        .portal
        .post(&town.place(), "", &[("aksi", "lunas")])
        .await;
    assert_eq!(button.status, StatusCode::NOT_FOUND);

    gateway.0.lock().expect("nobody panics").status = "settlement";
    let true_one = notification(&order, "settlement");
    for status in ["kept", "repeated"] {
        let got = town.portal.send(callback(&true_one)).await;
        assert!(
            got.status == StatusCode::OK && got.text.contains(status),
            "{}",
            got.text
        );
    }
    let found = town.find().await;
    assert_eq!(found.state, Standing::Paid);
    let paid = found.paid.expect("is paid");
    assert_eq!(
        paid.at,
        now.plus_seconds(201),
        "settled at 07.03.21 in Jakarta"
    );
    let receipt = town
        .portal
        .get(&format!("{}/bukti", town.place()), "")
        .await
        .text;
    assert!(
        receipt.contains("Midtrans")
            && receipt.contains("0d8178e1")
            && !receipt.contains("Simulator")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_gateway_does_not_say_is_not_believed() {
    let gateway = Gateway::default();
    let town = town(&gateway).await;
    let order = format!("{}-1", town.bill.compact());
    let send = async |body: &Value| town.portal.send(callback(body)).await.status;
    let mut forged = notification(&order, "settlement");
    forged["gross_amount"] = json!("1.00");
    assert_eq!(send(&forged).await, StatusCode::UNAUTHORIZED);
    forged["signature_key"] = json!(null);
    assert_eq!(send(&forged).await, StatusCode::UNAUTHORIZED);
    assert_eq!(send(&json!("text")).await, StatusCode::BAD_REQUEST);
    // A signed body of a cancellation made into a payment: the signature fits, the gateway says otherwise.
    let mut changed = notification(&order, "cancel");
    changed["transaction_status"] = json!("settlement");
    assert_eq!(
        send(&changed).await,
        StatusCode::UNAUTHORIZED,
        "it knows of no such order"
    );
    gateway.0.lock().expect("nobody panics").status = "cancel";
    assert_eq!(send(&changed).await, StatusCode::OK);
    assert_eq!(town.find().await.state, Standing::Cancelled);
    // Away when it is asked: it is to send the report again.
    gateway.0.lock().expect("nobody panics").is_down = true;
    assert_eq!(
        send(&notification(&order, "settlement")).await,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(town.find().await.state, Standing::Cancelled);
    {
        let mut mood = gateway.0.lock().expect("nobody panics");
        (mood.is_down, mood.status) = (false, "settlement");
    }
    // The job finds what no report told.
    town.portal.world.clock.advance(301);
    service::payment::work(&town.portal.world.service)
        .await
        .expect("works");
    assert_eq!(town.find().await.state, Standing::Paid);
    assert_eq!(
        town.case_page()
            .await
            .matches("Pembayaran diterima: ")
            .count(),
        1
    );
}
