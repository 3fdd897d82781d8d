//! New accounts, by oneself and by invitation.

use axum::http::{StatusCode, header};
use service::testing::PASSWORD;

use crate::rig::Portal;

#[tokio::test]
async fn an_account_is_opened_and_mistakes_are_told_beside_their_fields() {
    let portal = Portal::new().await;
    let page = portal.get("/akun/daftar?bahasa=id", "").await;
    assert!(
        page.text.contains("Sumberbrantas, Kecamatan Bumiaji"),
        "{}",
        page.text
    );
    let wrong = [
        ("name", "S"),
        ("email", "bukan surel"),
        ("password", "pendek"),
        ("home", "99"),
        ("lanjut", "/cari"),
    ];
    let came = portal.post("/akun/daftar?bahasa=id", "", &wrong).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "id=\"name-error\"",
        "id=\"email-error\"",
        "id=\"password-error\"",
        "value=\"bukan surel\"",
        "value=\"/cari\"",
    ] {
        assert!(came.text.contains(part), "{part}: {}", came.text);
    }
    assert!(!came.text.contains("pendek\""));
    let taken = [
        ("name", "Siti"),
        ("email", "Siti@Warga.example"),
        ("password", PASSWORD),
    ];
    let came = portal.post("/akun/daftar?bahasa=id", "", &taken).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(came.text.contains("sudah punya akun"), "{}", came.text);
    let home = "35.79.02.2009";
    let sound = [
        ("name", "Bu <b>Ning</b>"),
        ("email", "ning@baru.example"),
        ("password", PASSWORD),
        ("home", home),
        ("lanjut", "/akun/profil"),
    ];
    let came = portal.post("/akun/daftar", "", &sound).await;
    assert_eq!(
        came.place(),
        "/akun/profil?kabar=terdaftar",
        "{}",
        came.text
    );
    let profile = portal
        .get("/akun/profil?bahasa=id", &came.pair("__Host-rembug"))
        .await;
    assert!(
        !profile.text.contains("<b>Ning</b>"),
        "what people type is text"
    );
    assert!(
        profile.text.contains("ning@baru.example") && profile.text.contains("Chrome · Android"),
        "{}",
        profile.text
    );
    assert_eq!(profile.head(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn an_invitation_opens_one_administrators_account() {
    let portal = Portal::new().await;
    let token = service::account::invite(&portal.world.service)
        .await
        .expect("is made");
    let page = portal
        .get(&format!("/akun/daftar?undangan={token}&bahasa=id"), "")
        .await;
    assert!(
        page.text
            .contains(&format!("name=\"undangan\" value=\"{token}\"")),
        "{}",
        page.text
    );
    let fields = |email: &'static str| {
        [
            ("name", "Kepala"),
            ("email", email),
            ("password", PASSWORD),
            ("undangan", token.as_str()),
        ]
    };
    let came = portal
        .post("/akun/daftar", "", &fields("kepala@batu.example"))
        .await;
    let session = came.pair("__Host-rembug");
    assert!(
        came.cookie("__Host-rembug")
            .expect("is set")
            .contains("Max-Age=86400"),
        "staff stay a day at most"
    );
    assert_eq!(
        portal.get("/kantor/orang", &session).await.status,
        StatusCode::OK
    );
    let spent = portal
        .post("/akun/daftar?bahasa=id", "", &fields("lain@batu.example"))
        .await;
    assert_eq!(spent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        spent.text.contains("Undangan ini sudah dipakai"),
        "{}",
        spent.text
    );
}
