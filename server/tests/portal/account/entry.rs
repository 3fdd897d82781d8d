//! Signing in and out.

use axum::http::{StatusCode, header};
use service::testing::PASSWORD;

use crate::rig::Portal;

#[tokio::test]
async fn signing_in_sets_a_cookie_of_this_host_alone_and_goes_on() {
    let portal = Portal::new().await;
    let page = portal
        .get("/akun/masuk?lanjut=/konsultasi%3Fkantor%3Ddlh", "")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text
            .contains(r#"name="lanjut" value="/konsultasi?kantor=dlh""#),
        "{}",
        page.text
    );
    let fields = [
        ("email", "siti@warga.example"),
        ("password", PASSWORD),
        ("lanjut", "/konsultasi?kantor=dlh#daftar"),
    ];
    let planted = format!("__Host-rembug={}", "a".repeat(64));
    let came = portal.post("/akun/masuk", &planted, &fields).await;
    assert_eq!(came.place(), "/konsultasi?kantor=dlh&kabar=masuk#daftar");
    let cookie = came.cookie("__Host-rembug").expect("is set");
    for part in [
        "; Path=/",
        "; Secure",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Max-Age=7776000",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Domain") && !cookie.contains(&"a".repeat(64)),
        "{cookie}"
    );
    let session = came.pair("__Host-rembug");
    let again = portal.get("/akun/masuk?lanjut=/konsultasi", &session).await;
    assert_eq!(
        (again.status, again.place()),
        (StatusCode::SEE_OTHER, "/konsultasi")
    );
}

#[tokio::test]
async fn no_way_back_leads_off_the_site() {
    let portal = Portal::new().await;
    for evil in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/akun/keluar",
    ] {
        let fields = [
            ("email", "siti@warga.example"),
            ("password", PASSWORD),
            ("lanjut", evil),
        ];
        let came = portal.post("/akun/masuk", "", &fields).await;
        assert_eq!(came.place(), "/?kabar=masuk", "{evil}");
    }
}

#[tokio::test]
async fn a_failed_sign_in_says_the_same_for_all_and_keeps_the_address() {
    let portal = Portal::new().await;
    let attempt = async |email: &str| {
        let fields = [
            ("email", email),
            ("password", "rahasia sekali ini"),
            ("lanjut", "/konsultasi"),
        ];
        let came = portal.post("/akun/masuk?bahasa=id", "", &fields).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(came.cookie("__Host-rembug").is_none());
        assert!(
            !came.text.contains("rahasia sekali ini"),
            "a password is never shown again"
        );
        assert!(
            came.text.contains(&format!("value=\"{email}\"")),
            "{}",
            came.text
        );
        assert!(came.text.contains("error-summary"), "{}", came.text);
        came.text.replace(email, "")
    };
    assert_eq!(
        attempt("siti@warga.example").await,
        attempt("tidak.ada@warga.example").await
    );
    let odd = portal
        .post(
            "/akun/masuk",
            "",
            &[("email", "\"><script>alert(1)</script>")],
        )
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!odd.text.contains("<script>alert"), "{}", odd.text);
    let empty = portal.post("/akun/masuk", "", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn too_many_tries_are_told_on_the_same_page() {
    let portal = Portal::new().await;
    let fields = [
        ("email", "siti@warga.example"),
        ("password", "bukan kata sandinya"),
    ];
    for _ in 0..service::limit::SIGN_IN.burst {
        portal.post("/akun/masuk", "", &fields).await;
    }
    let came = portal.post("/akun/masuk", "", &fields).await;
    assert_eq!(came.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(came.head(header::RETRY_AFTER), "60");
    assert!(
        came.text.contains("value=\"siti@warga.example\""),
        "{}",
        came.text
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_and_leaves_nothing_on_the_phone() {
    let portal = Portal::new().await;
    let (here, there) = (portal.sign_in("siti").await, portal.sign_in("siti").await);
    let came = portal.post("/akun/keluar", &here, &[]).await;
    assert_eq!(
        (came.status, came.place()),
        (StatusCode::SEE_OTHER, "/?kabar=keluar")
    );
    assert!(
        came.cookie("__Host-rembug")
            .expect("is taken back")
            .contains("Max-Age=0")
    );
    assert_eq!(came.head("clear-site-data"), "\"cache\", \"storage\"");
    let profile = portal.get("/akun/profil", &here).await;
    assert!(
        profile.place().starts_with("/akun/masuk?lanjut="),
        "{}",
        profile.place()
    );
    assert_eq!(
        portal.get("/akun/profil", &there).await.status,
        StatusCode::OK
    );
    let third = portal.sign_in("siti").await;
    portal.post("/akun/keluar", &third, &[("semua", "1")]).await;
    assert_eq!(
        portal.get("/akun/profil", &there).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        portal.get("/akun/keluar", &there).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}
