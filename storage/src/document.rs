//! Letters of decisions, their templates and their numbers.

mod template;
#[cfg(test)]
mod tests;

use domain::{AccountId, CaseId, OfficeId, Timestamp};

use crate::{Result, Tx, args, sql};

pub use template::{Version, add_template, template, versions};

/// A letter to be kept.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Its identity.
    pub id: &'a str,
    /// Of which case.
    pub case: &'a CaseId,
    /// Its number.
    pub number: &'a str,
    /// Its code, without the dash.
    pub code: &'a str,
    /// The word of the form that the template is for; empty for all services.
    pub template_scope: &'a str,
    /// The template's version.
    pub template_version: i64,
    /// The PDF, sealed.
    pub body: Vec<u8>,
    /// SHA-256 of the PDF, hexadecimal.
    pub sha256: &'a str,
    /// The first letters of the name of who asked.
    pub initials: &'a str,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<&'a AccountId>,
    /// SHA-256 of the sender's key.
    pub key_hash: &'a str,
}

/// A letter without its content.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    /// Its identity.
    pub id: String,
    /// Of which case.
    pub case_id: String,
    /// Its number.
    pub number: String,
    /// Its code, without the dash.
    pub code: String,
    /// SHA-256 of the PDF, hexadecimal.
    pub sha256: String,
    /// The first letters of the name of who asked; empty once erased.
    pub initials: String,
    /// Whether its content is erased.
    pub is_erased: bool,
    /// When it was issued, in milliseconds.
    pub issued_at: i64,
    /// The name of who issued it, as it is now.
    pub issued_name: Option<String>,
    /// The number of the letter in its place.
    pub replaced_number: Option<String>,
    /// When it was replaced, in milliseconds.
    pub replaced_at: Option<i64>,
    /// When it was revoked, in milliseconds.
    pub revoked_at: Option<i64>,
    /// Why it was replaced or revoked.
    pub reason: String,
    /// The name of the case's office.
    pub office_name: String,
    /// What was asked for.
    pub title: String,
}

macro_rules! row {
    ($where:literal) => {
        concat!(
            "select d.id, d.case_id, d.number, d.code, d.sha256, d.initials, (c.erased_at is not null) as is_erased,
                    d.issued_at, a.name as issued_name, r.number as replaced_number, d.replaced_at, d.revoked_at, d.reason,
                    o.name as office_name, c.title
             from document d
             join cases c on c.id = d.case_id
             join office o on o.id = c.office_id
             left join document r on r.id = d.replaced_by
             left join account a on a.id = d.issued_by
             where ",
            $where
        )
    };
}

/// Takes the next number of an office in a year, from 1.
pub async fn next_number(tx: &mut Tx, office: &OfficeId, year: i32) -> Result<i64> {
    tx.number(
        sql!(
            "insert into document_counter (office_id, year, last) values ($1, $2, 1)
             on conflict (office_id, year) do update set last = document_counter.last + 1
             returning last"
        ),
        args![office, year],
    )
    .await
}

/// Whether a number is taken.
pub async fn is_taken(tx: &mut Tx, number: &str) -> Result<bool> {
    let count = tx
        .number(
            sql!("select count(*) from document where number = $1"),
            args![number],
        )
        .await?;
    Ok(count > 0)
}

/// Keeps a letter.
///
/// Errors: [`crate::Error::Conflict`] when the number, the code or the key is taken, or another letter of the case holds.
pub async fn insert(tx: &mut Tx, new: New<'_>) -> Result<()> {
    tx.run(
        sql!(
            "insert into document (id, case_id, number, code, template_scope, template_version, body, sha256, initials,
               issued_at, issued_by, key_hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        args![
            new.id,
            new.case,
            new.number,
            new.code,
            new.template_scope,
            new.template_version,
            new.body,
            new.sha256,
            new.initials,
            new.at,
            new.by,
            new.key_hash
        ],
    )
    .await
    .map(drop)
}

/// The letters of a case, oldest first.
pub async fn list(tx: &mut Tx, case: &CaseId) -> Result<Vec<Row>> {
    tx.all(
        sql!(row!("d.case_id = $1 order by d.issued_at, d.id")),
        args![case],
    )
    .await
}

/// The letter of a code without its dash.
pub async fn find(tx: &mut Tx, code: &str) -> Result<Option<Row>> {
    tx.first(sql!(row!("d.code = $1")), args![code]).await
}

/// Whether a form with this key issued a letter.
pub async fn is_sent(tx: &mut Tx, key_hash: &str) -> Result<bool> {
    let count = tx
        .number(
            sql!("select count(*) from document where key_hash = $1"),
            args![key_hash],
        )
        .await?;
    Ok(count > 0)
}

/// The PDF of a letter, sealed; empty once erased.
pub async fn body(tx: &mut Tx, id: &str) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = tx
        .first(sql!("select body from document where id = $1"), args![id])
        .await?;
    Ok(row.map(|row| row.0))
}

/// Another letter will stand in the place of this one; whether it held until now. [`name_next`] says which.
pub async fn replace(tx: &mut Tx, id: &str, reason: &str, at: Timestamp) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update document set replaced_at = $2, reason = $3
                 where id = $1 and replaced_at is null and revoked_at is null"
            ),
            args![id, at, reason],
        )
        .await?;
    Ok(rows == 1)
}

/// Which letter stands in the place of a replaced one.
pub async fn name_next(tx: &mut Tx, id: &str, next: &str) -> Result<()> {
    tx.run(
        sql!("update document set replaced_by = $2 where id = $1"),
        args![id, next],
    )
    .await
    .map(drop)
}

/// Takes a letter back; whether it held until now.
pub async fn revoke(
    tx: &mut Tx,
    id: &str,
    reason: &str,
    by: Option<&AccountId>,
    at: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update document set revoked_at = $2, revoked_by = $3, reason = $4
                 where id = $1 and replaced_at is null and revoked_at is null"
            ),
            args![id, at, by, reason],
        )
        .await?;
    Ok(rows == 1)
}

/// Erases what is personal of the letters of a case: that there were letters with these numbers stays.
pub async fn erase(tx: &mut Tx, case: &CaseId) -> Result<()> {
    tx.run(
        sql!("update document set body = $2, initials = '' where case_id = $1"),
        args![case, Vec::<u8>::new()],
    )
    .await
    .map(drop)
}

/// The word of the form of a version.
pub async fn form_of(tx: &mut Tx, version_id: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select form_key from form_version where id = $1"),
            args![version_id],
        )
        .await?;
    Ok(row.map(|row| row.0))
}
