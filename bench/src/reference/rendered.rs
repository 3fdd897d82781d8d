//! The consultation page of a signed-in person as one would write it by hand: axum, askama, sqlx, nothing between.

mod view;

use std::{path::Path, str::FromStr, time::Duration};

use anyhow::Result;
use askama::Template;
use axum::{
    Router,
    extract::{Path as Place, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::queries;
use crate::{account, town};

/// The quality at which the portal compresses what it draws for one person.
const QUALITY: i32 = 4;

/// The page on a database that the portal has open as well; the same settings of its readers.
pub(super) async fn router(database: &Path) -> Result<Router> {
    let options = SqliteConnectOptions::from_str(&town::url(database))?
        .busy_timeout(Duration::from_secs(5))
        .pragma("cache_size", "-16000")
        .pragma("mmap_size", "268435456")
        .pragma("temp_store", "MEMORY")
        .pragma("query_only", "on");
    let pool = SqlitePoolOptions::new()
        .max_connections(8)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    Ok(Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/konsultasi/{slug}", get(show))
        .with_state(pool))
}

async fn show(
    State(pool): State<SqlitePool>,
    Place(slug): Place<String>,
    headers: HeaderMap,
) -> Response {
    match draw(&pool, &slug, &headers).await {
        Ok(Some(html)) => answer(html, &headers),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}

/// Reads everything on one connection and fills the template; `None` for a stranger or an unknown page.
async fn draw(pool: &SqlitePool, slug: &str, headers: &HeaderMap) -> Result<Option<String>> {
    let token = headers
        .get(header::COOKIE)
        .and_then(|value| value.to_str().ok()?.split_once('='))
        .map_or("", |(_, token)| token);
    let mut db = pool.acquire().await?;
    let found = queries::session(&mut db, &account::hash(token)).await?;
    let Some(session) = found.filter(|session| session.expires_at > town::now()) else {
        return Ok(None);
    };
    let Some(consultation) = queries::consultation(&mut db, slug).await? else {
        return Ok(None);
    };
    let (id, account) = (&consultation.id, &session.account_id);
    let place = format!("comment:{slug}:-:-");
    let parts = queries::front(&mut db, id, account, &place).await?;
    let desk = queries::desk(&mut db, id, account).await?;
    let comments = queries::comments(&mut db, id, account).await?;
    drop(db);
    let page = view::Page {
        questions: view::questions(&parts),
        threads: view::threads(&comments),
        comments: comments.first().map_or(0, |first| first.total),
        roots: comments.first().map_or(0, |first| first.roots),
        draft: view::draft(&parts),
        session,
        consultation,
        parts,
        desk,
    };
    Ok(Some(page.render()?))
}

fn answer(html: String, headers: &HeaderMap) -> Response {
    let packs = headers
        .get(header::ACCEPT_ENCODING)
        .is_some_and(|value| value.as_bytes() == b"br");
    if !packs {
        return Html(html).into_response();
    }
    let params = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        lgwin: 20,
        ..Default::default()
    };
    let mut packed = Vec::with_capacity(html.len() / 4);
    // Writing into memory does not fail.
    let _ = brotli::BrotliCompress(&mut html.as_bytes(), &mut packed, &params);
    let head = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_ENCODING, "br"),
    ];
    (head, packed).into_response()
}
