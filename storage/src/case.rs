//! Cases: what people asked the city for, and how far it is. The table is `cases`, since `case` is a reserved word.

mod clock;
mod list;
mod template;
#[cfg(test)]
mod tests;
mod timeline;

use domain::{
    AccountId, CaseId, FileId, OfficeId, Timestamp,
    case::{Kind, Outcome, Status},
};

use crate::{Result, Tx, args, sql};

pub use clock::{Due, due_steps, erasable, erase, lacking, lacking_years, put_year, years};
pub use list::{
    Choice, Counts, Filter, Handling, Listed, Place, choices, counts, list, officers, own,
};
pub use template::{
    Aid, TemplateRow, aids, find_template, put_template, remove_template, templates,
};
pub use timeline::{
    EventRow, NewEvent, Reading, add_event, events, is_reading, is_sent, look, readers,
    readers_now, seal_events,
};

/// The end of time, where a case has no due date: it comes last in the inbox.
pub const NEVER: i64 = 9_000_000_000_000_000;

/// A case to be opened.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Its identity.
    pub id: &'a CaseId,
    /// Its reference, without the dash.
    pub reference: &'a str,
    /// What kind of thing was asked for.
    pub kind: Kind,
    /// The office that works on it.
    pub office: &'a OfficeId,
    /// What it is, such as the name of the service.
    pub title: &'a str,
    /// The version of the form that was filled in.
    pub form_version: Option<&'a str>,
    /// SHA-256 of the sender's key.
    pub key_hash: &'a str,
    /// Who asked, when signed in.
    pub account: Option<&'a AccountId>,
    /// The officer who filled it in at the counter.
    pub desk: Option<&'a AccountId>,
    /// Sealed.
    pub contact: &'a str,
    /// Keyed hash of the reference and the last four digits of the phone.
    pub phone_mark: Option<&'a str>,
    /// Sealed.
    pub answers: &'a str,
    /// Keyed hash of the NIK.
    pub nik_mark: Option<&'a str>,
    /// When.
    pub at: Timestamp,
    /// Days after closing until what is personal is erased.
    pub retention_days: u32,
    /// The legal clock.
    pub standing: &'a Standing<'a>,
}

/// Where a case stands: what its deeds change.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// How far it is.
    pub status: Status,
    /// What was decided.
    pub outcome: Option<Outcome>,
    /// Who works on it.
    pub handler: Option<&'a AccountId>,
    /// JSON of the legal clock.
    pub clock: &'a str,
    /// The first moment that is too late.
    pub due_at: Option<Timestamp>,
    /// The year without a table of holidays.
    pub lacks_year: Option<i32>,
    /// When the next step of escalation comes.
    pub escalate_at: Option<Timestamp>,
    /// Steps of escalation that were told.
    pub steps_told: u32,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// When what is personal is erased.
    pub erase_at: Option<Timestamp>,
}

impl Standing<'_> {
    fn due_sort(&self) -> i64 {
        self.due_at.map_or(NEVER, |at| at.0)
    }
}

/// A case, without what was answered.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    /// Its identity.
    pub id: String,
    /// Its reference, without the dash.
    pub reference: String,
    /// A word of [`Kind`].
    pub kind: String,
    /// The office that works on it.
    pub office_id: String,
    /// The office's name.
    pub office_name: String,
    /// The office's short name.
    pub office_short: String,
    /// What it is.
    pub title: String,
    /// The same in English; may be empty.
    pub title_en: String,
    /// The version of the form that was filled in.
    pub form_version_id: Option<String>,
    /// Who asked, when signed in.
    pub account_id: Option<String>,
    /// The name of the officer who filled it in at the counter.
    pub desk_name: Option<String>,
    /// Sealed; empty once erased.
    pub contact: String,
    /// A word of [`Status`].
    pub status: String,
    /// A word of [`Outcome`].
    pub outcome: Option<String>,
    /// Who works on it.
    pub handler_id: Option<String>,
    /// Their name.
    pub handler_name: Option<String>,
    /// JSON of the legal clock.
    pub clock: String,
    /// The first moment that is too late, in milliseconds.
    pub due_at: Option<i64>,
    /// The year without a table of holidays.
    pub lacks_year: Option<i64>,
    /// Steps of escalation that were told.
    pub steps_told: i64,
    /// When it arrived, in milliseconds.
    pub received_at: i64,
    /// When something last happened, in milliseconds.
    pub updated_at: i64,
    /// When it was closed, in milliseconds.
    pub closed_at: Option<i64>,
    /// Days after closing until what is personal is erased.
    pub retention_days: i64,
    /// When what is personal is erased, in milliseconds.
    pub erase_at: Option<i64>,
    /// When it was, in milliseconds.
    pub erased_at: Option<i64>,
    /// The number of the newest event.
    pub revision: i64,
}

macro_rules! row {
    ($where:literal) => {
        concat!(
            "select c.id, c.reference, c.kind, c.office_id, o.name as office_name, o.short as office_short, c.title,
                    coalesce(v.title_en, '') as title_en,
                    c.form_version_id, c.account_id, d.name as desk_name, c.contact, c.status, c.outcome, c.handler_id,
                    h.name as handler_name, c.clock, c.due_at, c.lacks_year, c.steps_told, c.received_at, c.updated_at,
                    c.closed_at, c.retention_days, c.erase_at, c.erased_at, c.revision
             from cases c
             join office o on o.id = c.office_id
             left join form_version v on v.id = c.form_version_id
             left join account h on h.id = c.handler_id
             left join account d on d.id = c.desk_account_id
             where ",
            $where
        )
    };
}

/// Opens a case; `false` when its reference or its key is there already. Its first event comes apart.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    let standing = new.standing;
    let rows = tx
        .run(
            sql!(
                "insert into cases (id, reference, kind, office_id, title, form_version_id, key_hash, account_id,
                   desk_account_id, contact, phone_mark, answers, nik_mark, status, clock, due_at, lacks_year,
                   escalate_at, is_open, due_sort, received_at, updated_at, retention_days, revision)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                   $21, $21, $22, 0)
                 on conflict do nothing"
            ),
            args![
                new.id,
                new.reference,
                new.kind.word(),
                new.office,
                new.title,
                new.form_version,
                new.key_hash,
                new.account,
                new.desk,
                new.contact,
                new.phone_mark,
                new.answers,
                new.nik_mark,
                standing.status.word(),
                standing.clock,
                standing.due_at,
                standing.lacks_year,
                standing.escalate_at,
                standing.status.is_open(),
                standing.due_sort(),
                new.at,
                new.retention_days
            ],
        )
        .await?;
    if rows == 0 {
        return Ok(false);
    }
    tx.run(
        sql!(
            "insert into case_title (office_id, title) values ($1, $2)
             on conflict (office_id, title) do nothing"
        ),
        args![new.office, new.title],
    )
    .await?;
    Ok(true)
}

/// Puts another contact, sealed, in the place of the one that a case has.
pub async fn put_contact(tx: &mut Tx, id: &CaseId, contact: &str) -> Result<()> {
    tx.run(
        sql!("update cases set contact = $2 where id = $1"),
        args![id, contact],
    )
    .await
    .map(drop)
}

/// Notes a file that came with the form, or with the line `event` of the timeline; its place is counted from 0.
pub async fn add_file(
    tx: &mut Tx,
    id: &CaseId,
    file: &FileId,
    event: Option<i64>,
    place: u32,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into case_file (case_id, file_id, event_number, place) values ($1, $2, $3, $4)
             on conflict (case_id, file_id) do nothing"
        ),
        args![id, file, event, place],
    )
    .await?;
    Ok(())
}

/// A file of a case, without its content.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FileRow {
    /// Its identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `jpeg`, `png`, `webp` or `pdf`.
    pub kind: String,
    /// Bytes of the content.
    pub size: i64,
    /// The line of the timeline that it came with; `None` when it came with the form.
    pub event_number: Option<i64>,
}

/// The files of a case: those of the form, then those of the timeline, in order.
pub async fn papers(tx: &mut Tx, id: &CaseId) -> Result<Vec<FileRow>> {
    tx.all(
        sql!(
            "select f.id, f.name, f.kind, f.size, c.event_number
             from case_file c join form_file f on f.id = c.file_id
             where c.case_id = $1
             order by coalesce(c.event_number, 0), c.place, f.id"
        ),
        args![id],
    )
    .await
}

/// Whether a file belongs to a case.
pub async fn has_file(tx: &mut Tx, id: &CaseId, file: &FileId) -> Result<bool> {
    let found = tx
        .number(
            sql!("select count(*) from case_file where case_id = $1 and file_id = $2"),
            args![id, file],
        )
        .await?;
    Ok(found == 1)
}

/// What was answered, sealed, and JSON of the form that was filled in.
pub async fn filled(tx: &mut Tx, id: &CaseId) -> Result<Option<(String, Option<String>)>> {
    tx.first(
        sql!(
            "select c.answers, v.definition from cases c
             left join form_version v on v.id = c.form_version_id
             where c.id = $1"
        ),
        args![id],
    )
    .await
}

/// The files that came with the form, in order.
pub async fn files(tx: &mut Tx, id: &CaseId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            sql!("select file_id from case_file where case_id = $1 order by place, file_id"),
            args![id],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The identity and reference of the case that a sender's key opened.
pub async fn by_key(tx: &mut Tx, key_hash: &str) -> Result<Option<(String, String)>> {
    tx.first(
        sql!("select id, reference from cases where key_hash = $1"),
        args![key_hash],
    )
    .await
}

/// The case of a reference without its dash.
pub async fn find(tx: &mut Tx, reference: &str) -> Result<Option<Row>> {
    tx.first(sql!(row!("c.reference = $1")), args![reference])
        .await
}

/// The case of an identity.
pub async fn get(tx: &mut Tx, id: &CaseId) -> Result<Option<Row>> {
    tx.first(sql!(row!("c.id = $1")), args![id]).await
}

/// Takes the next number of the timeline and holds the case until the transaction ends: its identity, when it is there.
pub async fn lock(tx: &mut Tx, reference: &str, at: Timestamp) -> Result<Option<CaseId>> {
    let row: Option<(String,)> = tx
        .first(
            sql!(
                "update cases set revision = revision + 1, updated_at = $2 where reference = $1 returning id"
            ),
            args![reference, at],
        )
        .await?;
    Ok(row.map(|row| CaseId::new(row.0)))
}

/// Gives back the number that [`lock`] took: nothing happened after all.
pub async fn unlock(tx: &mut Tx, id: &CaseId) -> Result<()> {
    tx.run(
        sql!("update cases set revision = revision - 1 where id = $1"),
        args![id],
    )
    .await?;
    Ok(())
}

/// Whether reference and mark of the phone belong together.
pub async fn is_proven(tx: &mut Tx, reference: &str, phone_mark: &str) -> Result<bool> {
    let found = tx
        .number(
            sql!("select count(*) from cases where reference = $1 and phone_mark = $2"),
            args![reference, phone_mark],
        )
        .await?;
    Ok(found == 1)
}

/// What was answered, sealed; empty once erased.
pub async fn answers(tx: &mut Tx, id: &CaseId) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(sql!("select answers from cases where id = $1"), args![id])
        .await?;
    Ok(row.map(|row| row.0))
}

/// Writes down where a case stands.
pub async fn save(tx: &mut Tx, id: &CaseId, standing: &Standing<'_>) -> Result<()> {
    tx.run(
        sql!(
            "update cases set status = $2, outcome = $3, handler_id = $4, clock = $5, due_at = $6, lacks_year = $7,
               escalate_at = $8, steps_told = $9, closed_at = $10, erase_at = $11, is_open = $12, due_sort = $13
             where id = $1"
        ),
        args![
            id,
            standing.status.word(),
            standing.outcome.map(Outcome::word),
            standing.handler,
            standing.clock,
            standing.due_at,
            standing.lacks_year,
            standing.escalate_at,
            standing.steps_told,
            standing.closed_at,
            standing.erase_at,
            standing.status.is_open(),
            standing.due_sort()
        ],
    )
    .await?;
    Ok(())
}
