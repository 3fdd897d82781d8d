//! The pages of accounts.

mod draft;
mod entry;
mod people;
mod profile;
mod register;

use axum::http::StatusCode;

use crate::rig::Portal;

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let portal = Portal::new().await;
    let admin = portal.sign_in("admin").await;
    for (place, cookies) in [
        ("/akun/masuk", ""),
        ("/akun/daftar", ""),
        ("/akun/profil", admin.as_str()),
        ("/kantor/orang", admin.as_str()),
        ("/kantor/orang/siti", admin.as_str()),
    ] {
        let mut pages = Vec::new();
        for tag in ["id", "en"] {
            let came = portal.get(&format!("{place}?bahasa={tag}"), cookies).await;
            assert_eq!(came.status, StatusCode::OK, "{place}");
            assert!(
                came.text.contains(&format!("<html lang=\"{tag}\">")),
                "{place}"
            );
            assert_eq!(came.text.matches("<h1").count(), 1, "{place}");
            pages.push(came.text);
        }
        assert_ne!(pages[0], pages[1]);
    }
}
