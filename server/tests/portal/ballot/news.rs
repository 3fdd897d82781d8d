//! The news that a page hears while it is open.

use std::time::Duration;

use axum::{
    body::Body,
    http::{StatusCode, header},
};
use http_body_util::BodyExt;

use super::{VOTE, open};
use crate::rig::{Portal, browser};

/// Opens the news, to be read message by message.
async fn listen(portal: &Portal, query: &str) -> Body {
    let place = format!("/konsultasi/sepeda/langsung{query}");
    let request = browser("GET", &place, "").body(Body::empty());
    let response = portal.open(request.expect("builds")).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(
        response.headers()[header::CONTENT_TYPE]
            .to_str()
            .expect("text")
            .starts_with("text/event-stream")
    );
    response.into_body()
}

async fn message(body: &mut Body) -> String {
    let frame = tokio::time::timeout(Duration::from_secs(10), body.frame())
        .await
        .expect("comes in time");
    let frame = frame.expect("goes on").expect("is whole");
    String::from_utf8(frame.into_data().expect("data").to_vec()).expect("text")
}

#[tokio::test]
async fn news_bring_what_has_changed_and_nothing_that_is_hidden() {
    let portal = open("live").await;
    let mut body = listen(&portal, "?pernyataan=1&urut=nomor").await;
    let first = message(&mut body).await;
    assert!(
        first.starts_with("event: counts\ndata: {")
            && first.contains("\"ballot:q-position:agree\":\"0\""),
        "{first}"
    );
    assert!(
        first.contains("\"statement:1:line\":\"0 setuju · 0 tidak setuju · 0 lewat\""),
        "{first}"
    );
    let siti = portal.sign_in("siti").await;
    portal.post(VOTE, &siti, &[("pilihan", "agree")]).await;
    let second = message(&mut body).await;
    assert!(
        second.contains("\"ballot:q-position:agree:share\":\"100 %\""),
        "{second}"
    );
    assert!(second.contains("1 orang sudah memberi suara"), "{second}");
    assert!(!second.contains("q-one"), "only what has changed: {second}");
    portal
        .post(
            "/konsultasi/sepeda/pernyataan/1",
            &siti,
            &[("jawab", "disagree")],
        )
        .await;
    assert!(
        message(&mut body)
            .await
            .contains("\"statement:1:disagree\":\"1\"")
    );
    drop(body);

    portal.world.days(10);
    assert_eq!(
        portal.get("/konsultasi/sepeda/langsung", "").await.status,
        StatusCode::NO_CONTENT,
        "a browser does not ask again"
    );
}

#[tokio::test]
async fn hidden_counts_are_in_no_news() {
    for shown in ["after_vote", "after_close"] {
        let portal = open(shown).await;
        let siti = portal.sign_in("siti").await;
        portal.post(VOTE, &siti, &[("pilihan", "agree")]).await;
        portal
            .post(
                "/konsultasi/sepeda/pernyataan/1",
                &siti,
                &[("jawab", "agree")],
            )
            .await;
        let mut body = listen(&portal, "?pernyataan=1").await;
        let first = message(&mut body).await;
        assert!(
            first.contains("\"ballot:q-position:voters\":\"1 orang sudah memberi suara\""),
            "{first}"
        );
        for secret in ["agree", "statement:", "share"] {
            assert!(!first.contains(secret), "{secret} in {first}");
        }
    }
}
