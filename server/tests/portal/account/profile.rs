//! What people change about themselves.

use axum::http::StatusCode;
use service::testing::PASSWORD;

use crate::rig::Portal;

#[tokio::test]
async fn the_profile_changes_name_home_language_password_and_devices() {
    let portal = Portal::new().await;
    let (here, there) = (portal.sign_in("siti").await, portal.sign_in("siti").await);
    let fields = [
        ("name", "Bu Siti"),
        ("home", "35.79.01.1002"),
        ("locale", "en"),
    ];
    let came = portal
        .post("/akun/profil", &format!("{here}; bahasa=id"), &fields)
        .await;
    assert_eq!(came.place(), "/akun/profil?kabar=tersimpan");
    assert!(
        came.cookie("bahasa")
            .expect("is taken back")
            .contains("Max-Age=0")
    );
    let page = portal.get("/akun/profil", &here).await;
    assert!(
        page.text.contains("<html lang=\"en\">") && page.text.contains("value=\"Bu Siti\""),
        "{}",
        page.text
    );
    let came = portal
        .post("/akun/profil", &here, &[("name", ""), ("home", "99")])
        .await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(came.text.contains("id=\"name-error\""), "{}", came.text);

    let wrong = portal
        .post(
            "/akun/profil/sandi",
            &here,
            &[
                ("current", "bukan ini"),
                ("password", "kambing makan rumput"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("id=\"current-error\""),
        "{}",
        wrong.text
    );
    let right = [
        ("current", PASSWORD),
        ("password", "kambing makan rumput"),
        ("end_others", "on"),
    ];
    let came = portal.post("/akun/profil/sandi", &here, &right).await;
    let fresh = came.pair("__Host-rembug");
    for old in [&here, &there] {
        assert_eq!(
            portal.get("/akun/profil", old).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let fields = [
        ("email", "siti@warga.example"),
        ("password", "kambing makan rumput"),
    ];
    let other = portal
        .post("/akun/masuk", "", &fields)
        .await
        .pair("__Host-rembug");
    let token = other.split('=').nth(1).unwrap_or_default();
    let handle = service::account::handle_of(token);
    let came = portal
        .post("/akun/profil/sesi", &fresh, &[("sesi", &handle)])
        .await;
    assert_eq!(came.status, StatusCode::SEE_OTHER);
    assert_eq!(
        portal.get("/akun/profil", &other).await.status,
        StatusCode::SEE_OTHER,
        "was signed out"
    );
    assert_eq!(
        portal
            .post("/akun/profil/sesi", &fresh, &[("sesi", "x")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    for place in ["/akun/profil", "/akun/profil/sandi", "/akun/profil/sesi"] {
        let came = portal.post(place, "", &[]).await;
        assert!(
            came.place().starts_with("/akun/masuk"),
            "{place}: {}",
            came.status
        );
    }
}
