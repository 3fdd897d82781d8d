//! Decisions on comments.

use axum::http::StatusCode;
use storage::args;

use super::{ALL, open, person};

#[tokio::test]
async fn moderation_is_for_moderators_and_its_log_for_everybody() {
    let portal = open().await;
    let siti = person(&portal, "Siti", "").await;
    assert!(
        portal
            .get("/kantor/moderasi", "")
            .await
            .place()
            .starts_with("/akun/masuk")
    );
    assert_eq!(
        portal.get("/kantor/moderasi", &siti).await.status,
        StatusCode::FORBIDDEN
    );
    let hide = [("pilih", "x"), ("keputusan", "hide"), ("alasan", "spam")];
    assert_eq!(
        portal
            .post("/kantor/moderasi/tanggapan", &siti, &hide)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert!(
        portal
            .get("/moderasi", "")
            .await
            .text
            .contains("Belum ada keputusan")
    );
    let dewi = person(&portal, "Dewi", "").await;
    let done: service::Result<u64> = portal
        .world
        .service
        .db()
        .write(|tx| {
            Box::pin(async move {
                Ok(tx
                    .run(
                        "update account set role = 'moderator' where name = 'Dewi'",
                        args![],
                    )
                    .await?)
            })
        })
        .await;
    assert_eq!(done.ok(), Some(1));
    let sent = portal
        .post(ALL, &siti, &[("isi", "Kata yang kasar sekali")])
        .await;
    let id = sent
        .place()
        .rsplit_once("#t-")
        .expect("leads to the comment")
        .1
        .to_owned();
    let none = portal
        .post(
            "/kantor/moderasi/tanggapan",
            &dewi,
            &[("keputusan", "hide"), ("alasan", "insult")],
        )
        .await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let hide = [
        ("pilih", id.as_str()),
        ("keputusan", "hide"),
        ("alasan", "insult"),
    ];
    assert_eq!(
        portal
            .post("/kantor/moderasi/tanggapan", &dewi, &hide)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        portal
            .post("/kantor/moderasi/tanggapan", &dewi, &hide)
            .await
            .status,
        StatusCode::CONFLICT
    );
    for (place, cookie, sees) in [
        (ALL.to_owned(), "", false),
        (format!("/tanggapan/{id}"), "", false),
        (format!("/tanggapan/{id}"), siti.as_str(), true),
        ("/kantor/moderasi".to_owned(), dewi.as_str(), true),
        ("/moderasi".to_owned(), "", false),
        ("/moderasi.csv".to_owned(), "", false),
    ] {
        let page = portal.get(&place, cookie).await;
        assert_eq!(
            (page.status, page.text.contains("kasar sekali")),
            (StatusCode::OK, sees),
            "{place}"
        );
    }
    assert!(
        portal
            .get("/moderasi.csv", "")
            .await
            .text
            .contains("jalur,comment,hide,insult")
    );
    assert!(
        portal
            .get("/akun/kabar", &siti)
            .await
            .text
            .contains("disembunyikan moderator")
    );
}
