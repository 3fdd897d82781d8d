//! Residents with sessions, straight into the database: a password costs too much to try thousands.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use sqlx::{Connection, SqliteConnection};

use crate::{
    child::Server,
    http::{Request, once},
    town::now,
};

/// So many residents vote in turn: nobody comes near the limit of one account.
pub(crate) const RESIDENTS: u64 = 4_000;
/// The portal's cookie.
const COOKIE: &str = "__Host-rembug";
/// Its cookie for somebody who is filling in a form without an account.
pub(crate) const GUEST: &str = "__Host-tamu";
/// How long the sessions last, in milliseconds.
const LIFE: i64 = 86_400_000;

/// Adds the residents with a session each.
pub(crate) async fn add(connection: &mut SqliteConnection) -> Result<()> {
    let now = now();
    let mut tx = connection.begin().await?;
    for number in 0..RESIDENTS {
        let (id, email) = (
            format!("bench-{number}"),
            format!("bench-{number}@warga.example"),
        );
        sqlx::query(
            "insert into account (id, email, email_key, name, password_hash, role, home_area_id, created_at)
             select $1, $2, $2, 'Warga Uji', '', 'resident', max(id), $3 from area",
        )
        .bind(&id)
        .bind(email)
        .bind(now)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "insert into session (id_hash, account_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)",
        )
        .bind(hash(&token(number)))
        .bind(&id)
        .bind(now)
        .bind(now + LIFE)
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The cookie of a resident.
pub(crate) fn cookie(number: u64) -> String {
    format!("{COOKIE}={}", token(number))
}

/// Gives somebody a session, whose number no resident has; the session's cookie.
pub(crate) async fn admit(
    connection: &mut SqliteConnection,
    account: &str,
    number: u64,
) -> Result<String> {
    let (now, number) = (now(), RESIDENTS + number);
    sqlx::query(
        "insert into session (id_hash, account_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)",
    )
    .bind(hash(&token(number)))
    .bind(account)
    .bind(now)
    .bind(now + LIFE)
    .execute(connection)
    .await?;
    Ok(cookie(number))
}

/// Signs in somebody of the demo, as a browser does; the session's cookie.
pub(crate) async fn sign_in(server: &Server) -> Result<String> {
    let body = "email=siti%40warga.example&password=rembug-demo-2026";
    let answer = once(server.address, &Request::form("/akun/masuk", "", body)).await?;
    answer
        .cookie(COOKIE)
        .filter(|_| answer.status == 303)
        .with_context(|| format!("Signing in was answered with {}", answer.status))
}

/// A session's id in the database out of a cookie's value.
pub(crate) fn hash(token: &str) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(token) {
        // Writing into memory does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

pub(crate) fn token(number: u64) -> String {
    format!("{:064x}", number + 1)
}
