//! The traps of the field, each closed: take the fix away and the test here fails.

mod form;
mod wire;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use tower::ServiceExt;

use crate::rig::{Portal, browser};

/// A panic inside a request is an answer with a sentence, and the next request works.
#[tokio::test]
async fn a_panic_stays_inside_its_request() {
    async fn broken() -> &'static str {
        panic!("on purpose")
    }
    let app = Router::new()
        .route("/", axum::routing::get(broken))
        .layer(tower_http::catch_panic::CatchPanicLayer::new());
    let response = app
        .oneshot(Request::get("/").body(Body::empty()).expect("builds"))
        .await
        .expect("answers");
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

/// Every answer carries the safety headers, errors and redirects too.
#[tokio::test]
async fn every_answer_is_protected() {
    let portal = Portal::new().await;
    for place in [
        "/",
        "/tidak/ada",
        "/akun/profil",
        "/healthz",
        "/konsultasi",
        "/boot.js",
    ] {
        let answer = portal.get(place, "").await;
        for name in [
            "content-security-policy",
            "strict-transport-security",
            "x-content-type-options",
            "referrer-policy",
            "cross-origin-opener-policy",
        ] {
            assert!(answer.headers.contains_key(name), "{place} lacks {name}");
        }
        let policy = answer.head(header::CONTENT_SECURITY_POLICY);
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        let kind = answer.kind();
        assert!(
            !kind.starts_with("text/") || kind.contains("charset=utf-8"),
            "{place}: {kind}"
        );
    }
}

/// Two drawings of an anonymous page are the same bytes.
#[tokio::test]
async fn anonymous_pages_are_byte_identical() {
    let portal = Portal::new().await;
    for place in [
        "/",
        "/konsultasi",
        "/akun/masuk",
        "/cari",
        "/moderasi",
        "/data",
    ] {
        let (one, two) = (
            portal.get(place, "").await.text,
            portal.get(place, "").await.text,
        );
        assert_eq!(one, two, "{place}");
        assert!(one.contains("<h1"), "{place} has a title");
    }
}

/// Odd addresses are answers below 500.
#[tokio::test]
async fn odd_addresses_never_break() {
    let portal = Portal::new().await;
    let long = format!("/cari?q={}", "a".repeat(6_000));
    for place in [
        "/konsultasi/%ff%fe",
        "/konsultasi/..%2f..%2fetc",
        "/konsultasi?halaman=-1",
        "/konsultasi?halaman=99999999999999999999",
        "/konsultasi?halaman=2&halaman=3&kantor=%00&wilayah=%27&keadaan=x",
        "/cari?q=%25_%22*%27)%20OR%201",
        "/cari?q=%ff",
        "/konsultasi/x/tanggapan?urut=aneh&halaman=0",
        "/tanggapan/%00",
        "/berkas/x/%2e%2e",
        "/%",
        "/?%",
        &long,
    ] {
        let Ok(request) = browser("GET", place, "").body(Body::empty()) else {
            continue;
        };
        let status = portal.send(request).await.status;
        assert!(!status.is_server_error(), "{place}: {status}");
    }
}
