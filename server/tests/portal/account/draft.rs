//! What is typed before there is an account.

use axum::http::StatusCode;
use service::{
    draft::{self, Owner},
    testing::PASSWORD,
};

use crate::rig::Portal;

#[tokio::test]
async fn what_a_guest_types_is_kept_and_comes_along() {
    let portal = Portal::new().await;
    let body = r#"{"text":"Saya setuju, tetapi …"}"#;
    let came = portal
        .post("/draf", "", &[("place", "comment:a"), ("body", body)])
        .await;
    assert_eq!(came.status, StatusCode::NO_CONTENT, "{}", came.text);
    let cookie = came.cookie("__Host-tamu").expect("is set");
    for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let guest = came.pair("__Host-tamu");
    let again = portal
        .post(
            "/draf",
            &guest,
            &[
                ("place", "ballot:tidak-ada:q"),
                ("body", r#"{"choices":["a"]}"#),
            ],
        )
        .await;
    assert!(
        again.cookie("__Host-tamu").is_none(),
        "the key stays the same"
    );
    let fields = [("email", "siti@warga.example"), ("password", PASSWORD)];
    let came = portal.post("/akun/masuk", &guest, &fields).await;
    assert_eq!(
        came.status,
        StatusCode::SEE_OTHER,
        "a vote that cannot be cast stands in nobody's way"
    );
    assert!(
        came.cookie("__Host-tamu")
            .expect("is taken back")
            .contains("Max-Age=0")
    );
    let mut tx = portal.world.service.read().await.expect("a connection");
    let owner = Owner::account(portal.world.siti.account().expect("is a person"));
    let kept = draft::list(&mut tx, &owner).await.expect("answers");
    assert_eq!(
        kept.iter().map(|d| d.place.as_str()).collect::<Vec<_>>(),
        ["comment:a"]
    );
    for bad in [
        &[("place", ""), ("body", "{}")][..],
        &[("place", "a"), ("body", "no")][..],
        &[][..],
    ] {
        assert_eq!(
            portal.post("/draf", "", bad).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(70_000));
    assert_eq!(
        portal
            .post("/draf", "", &[("place", "a"), ("body", &large)])
            .await
            .status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}
