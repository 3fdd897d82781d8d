//! What happened to a case, and who looked at it.

use domain::{
    AccountId, CaseId, Timestamp,
    case::{Happening, Side},
};

use crate::{Result, Tx, args, sql};

/// Something that happened.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    /// To which case.
    pub case: &'a CaseId,
    /// Its number there.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// From whom.
    pub side: Side,
    /// By which account.
    pub by: Option<&'a AccountId>,
    /// What.
    pub kind: Happening,
    /// Sealed; empty when nothing was written.
    pub body: &'a str,
    /// A plain fact that the kind defines.
    pub detail: &'a str,
    /// SHA-256 of the sender's key.
    pub key_hash: Option<&'a str>,
}

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    /// Its number.
    pub number: i64,
    /// When, in milliseconds.
    pub at: i64,
    /// A word of [`Side`].
    pub side: String,
    /// The name of who did it, as it is now.
    pub by_name: Option<String>,
    /// A word of [`Happening`].
    pub kind: String,
    /// Sealed.
    pub body: String,
    /// A plain fact.
    pub detail: String,
}

/// Who looked at a case, and when.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reading {
    /// The name of the officer, as it is now.
    pub name: String,
    /// `page`, `answers`, `numbers` or `file`.
    pub what: String,
    /// The name of the file, when it was one.
    pub file: Option<String>,
    /// When it began, in milliseconds.
    pub at: i64,
    /// When it last was, in milliseconds.
    pub last_at: i64,
}

/// Adds a line.
pub async fn add_event(tx: &mut Tx, new: &NewEvent<'_>) -> Result<()> {
    tx.run(
        sql!(
            "insert into case_event (case_id, number, at, side, account_id, kind, is_public, body, detail, key_hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        args![
            new.case,
            new.number,
            new.at,
            new.side.word(),
            new.by,
            new.kind.word(),
            new.kind.is_public(),
            new.body,
            new.detail,
            new.key_hash
        ],
    )
    .await?;
    Ok(())
}

/// Whether a line with this key is there.
pub async fn is_sent(tx: &mut Tx, case: &CaseId, key_hash: &str) -> Result<bool> {
    let found = tx
        .number(
            sql!("select count(*) from case_event where case_id = $1 and key_hash = $2"),
            args![case, key_hash],
        )
        .await?;
    Ok(found == 1)
}

/// The timeline after number `after`, oldest first; with `public` only what the applicant sees.
pub async fn events(tx: &mut Tx, case: &CaseId, public: bool, after: i64) -> Result<Vec<EventRow>> {
    tx.all(
        sql!(
            "select e.number, e.at, e.side, a.name as by_name, e.kind, e.body, e.detail
             from case_event e
             left join account a on a.id = e.account_id
             where e.case_id = $1 and e.number > $3 and (e.is_public or not $2)
             order by e.number"
        ),
        args![case, public, after],
    )
    .await
}

/// Empties what was written in all events of a case.
pub async fn seal_events(tx: &mut Tx, case: &CaseId) -> Result<()> {
    tx.run(
        sql!("update case_event set body = '' where case_id = $1 and body <> ''"),
        args![case],
    )
    .await?;
    Ok(())
}

/// Whether an officer looked at a case since `since`.
pub async fn is_reading(
    tx: &mut Tx,
    case: &CaseId,
    account: &AccountId,
    since: Timestamp,
) -> Result<bool> {
    let found = tx
        .number(
            sql!(
                "select count(*) from case_reader where case_id = $1 and account_id = $2 and last_at >= $3"
            ),
            args![case, account, since],
        )
        .await?;
    Ok(found > 0)
}

/// Writes down that an officer looked at the page, the answers, the numbers or, with its identity, a file; a look that follows another after `since` makes that one longer.
pub async fn look(
    tx: &mut Tx,
    case: &CaseId,
    account: &AccountId,
    (what, subject): (&str, &str),
    at: Timestamp,
    since: Timestamp,
) -> Result<()> {
    let longer = tx
        .run(
            sql!(
                "update case_reader set last_at = $4
                 where case_id = $1 and account_id = $2 and what = $3 and subject = $6 and last_at >= $5"
            ),
            args![case, account, what, at, since, subject],
        )
        .await?;
    if longer == 0 {
        tx.run(
            sql!(
                "insert into case_reader (case_id, account_id, what, subject, at, last_at)
                 values ($1, $2, $3, $5, $4, $4)
                 on conflict (case_id, account_id, what, subject, at) do nothing"
            ),
            args![case, account, what, at, subject],
        )
        .await?;
    }
    Ok(())
}

/// Who looked at a case, newest first, at most `limit`.
pub async fn readers(tx: &mut Tx, case: &CaseId, limit: u32) -> Result<Vec<Reading>> {
    tx.all(
        sql!(
            "select a.name, r.what, f.name as file, r.at, r.last_at
             from case_reader r
             join account a on a.id = r.account_id
             left join form_file f on f.id = r.subject
             where r.case_id = $1
             order by r.last_at desc, a.name, r.what, r.subject limit $2"
        ),
        args![case, limit],
    )
    .await
}

/// The names of others than `account` who looked at a case since `since`.
pub async fn readers_now(
    tx: &mut Tx,
    case: &CaseId,
    account: &AccountId,
    since: Timestamp,
) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            sql!(
                "select distinct a.name from case_reader r join account a on a.id = r.account_id
                 where r.case_id = $1 and r.account_id <> $2 and r.last_at >= $3
                 order by a.name"
            ),
            args![case, account, since],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
