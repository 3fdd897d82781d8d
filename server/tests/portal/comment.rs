//! The forms of comments.

mod moderation;
mod writing;

use axum::http::StatusCode;
use service::testing::START;
use storage::{args, sql};

use crate::rig::Portal;

const ALL: &str = "/konsultasi/jalur/tanggapan";

/// A town with one open consultation, `jalur`, and nothing written about it.
async fn open() -> Portal {
    let portal = Portal::new().await;
    let done: service::Result<u64> = portal
        .world
        .service
        .db()
        .write(|tx| {
            Box::pin(async move {
                Ok(tx
                    .run(
                        sql!(
                            "insert into consultation (id, slug, office_id, title, preview_token, created_at, updated_at,
                                                       published_at, opens_at, closes_at)
                             values ('c', 'jalur', 'dishub', 'Jalur sepeda', '-', $1, $1, $1, $1, $2)"
                        ),
                        args![START, START.plus_days(10)],
                    )
                    .await?)
            })
        })
        .await;
    done.expect("the consultation is kept");
    portal
}

/// Opens an account and returns the cookies that the browser has then.
async fn person(portal: &Portal, name: &str, guest: &str) -> String {
    let email = format!("{name}@surat.example");
    let fields = [
        ("name", name),
        ("email", &email),
        ("password", "gunung arjuno pagi hari"),
    ];
    let answer = portal.post("/akun/daftar", guest, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.cookies()
}
