//! Working copies of forms, with the steps that made them.

use domain::{AccountId, OfficeId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A working copy that begins, or its next step.
#[derive(Clone, Debug)]
pub struct NewStep<'a> {
    /// The form's word.
    pub key: &'a str,
    /// The word of the edit, then where.
    pub what: &'a str,
    /// JSON of the form with its service.
    pub body: &'a str,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<&'a AccountId>,
}

/// A working copy as it is now.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Work {
    /// The form's word.
    pub form_key: String,
    /// The office that answers.
    pub office_id: String,
    /// The office's name.
    pub office_name: String,
    /// The office's short name.
    pub office_short: String,
    /// The published version that it knows.
    pub base: Option<i64>,
    /// The published version.
    pub current: Option<i64>,
    /// How often it was changed.
    pub revision: i64,
    /// The step that holds it.
    pub position: i64,
    /// What that step did.
    pub what: String,
    /// What the step before it left; none when nothing can be undone.
    pub before: Option<i64>,
    /// What the undone step behind it did; none when nothing was undone.
    pub undone: Option<String>,
    /// JSON of the form with its service.
    pub body: String,
    /// When it was changed last.
    pub updated_at: i64,
    /// By whom.
    pub by_name: Option<String>,
}

/// A published form, as its office sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Built {
    /// The form's word.
    pub form_key: String,
    /// The published version.
    pub current: i64,
    /// The name in Indonesian.
    pub title_id: String,
    /// The name in English.
    pub title_en: String,
    /// The office that answers.
    pub office_id: String,
    /// The office's short name.
    pub office_short: String,
    /// JSON of the service.
    pub service: String,
    /// When it was published.
    pub at: i64,
}

/// A version in the history of a form.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Past {
    /// Its number.
    pub version: i64,
    /// When it was published.
    pub at: i64,
    /// By whom; none by the program itself.
    pub by_name: Option<String>,
}

/// Begins a working copy with its first step. Whether there was none yet; nothing is changed otherwise.
pub async fn begin_work(
    tx: &mut Tx,
    office: &OfficeId,
    base: Option<u32>,
    first: &NewStep<'_>,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into form_work
                     (form_key, office_id, base, revision, position, begun_at, updated_at, by_account_id)
                 values ($1, $2, $3, 1, 1, $4, $4, $5)
                 on conflict (form_key) do nothing"
            ),
            args![first.key, office, base, first.at, first.by],
        )
        .await?;
    if rows == 0 {
        return Ok(false);
    }
    insert_step(tx, first, 1, 1).await?;
    Ok(true)
}

async fn insert_step(tx: &mut Tx, step: &NewStep<'_>, number: i64, revision: i64) -> Result<()> {
    tx.run(
        sql!(
            "insert into form_work_step (form_key, number, what, body, revision, at, by_account_id)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        args![
            step.key, number, step.what, step.body, revision, step.at, step.by
        ],
    )
    .await?;
    Ok(())
}

/// Adds a step to a working copy that is still at this revision; what was undone goes, and so do the oldest steps beyond `keep`.
/// Whether it was; nothing is changed otherwise.
pub async fn step_work(tx: &mut Tx, revision: i64, step: &NewStep<'_>, keep: i64) -> Result<bool> {
    let moved: Option<(i64,)> = tx
        .first(
            sql!(
                "update form_work
                 set revision = revision + 1, position = position + 1, updated_at = $3, by_account_id = $4
                 where form_key = $1 and revision = $2
                 returning position"
            ),
            args![step.key, revision, step.at, step.by],
        )
        .await?;
    let Some((position,)) = moved else {
        return Ok(false);
    };
    tx.run(
        sql!("delete from form_work_step where form_key = $1 and (number >= $2 or number <= $3)"),
        args![step.key, position, position - keep],
    )
    .await?;
    insert_step(tx, step, position, revision + 1).await?;
    Ok(true)
}

/// Goes back one step (`-1`), or forward again (`1`), where the working copy is still at this revision and has that step.
/// Whether it did.
pub async fn go_work(
    tx: &mut Tx,
    key: &str,
    revision: i64,
    steps: i64,
    at: Timestamp,
    by: Option<&AccountId>,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update form_work
                 set revision = revision + 1, position = position + $3, updated_at = $4, by_account_id = $5
                 where form_key = $1 and revision = $2
                   and exists (select 1 from form_work_step s
                               where s.form_key = form_work.form_key and s.number = form_work.position + $3)"
            ),
            args![key, revision, steps, at, by],
        )
        .await?;
    Ok(rows == 1)
}

/// A working copy.
pub async fn find_work(tx: &mut Tx, key: &str) -> Result<Option<Work>> {
    tx.first(
        sql!(
            "select w.form_key, w.office_id, o.name as office_name, o.short as office_short, w.base, f.current,
                    w.revision, w.position, s.what, b.number as before, n.what as undone, s.body, w.updated_at,
                    a.name as by_name
             from form_work w
             join form_work_step s on s.form_key = w.form_key and s.number = w.position
             join office o on o.id = w.office_id
             left join form_work_step b on b.form_key = w.form_key and b.number = w.position - 1
             left join form_work_step n on n.form_key = w.form_key and n.number = w.position + 1
             left join form f on f.key = w.form_key
             left join account a on a.id = w.by_account_id
             where w.form_key = $1"
        ),
        args![key],
    )
    .await
}

/// All working copies by their words.
pub async fn list_work(tx: &mut Tx) -> Result<Vec<Work>> {
    tx.all(
        sql!(
            "select w.form_key, w.office_id, o.name as office_name, o.short as office_short, w.base, f.current,
                    w.revision, w.position, s.what, b.number as before, n.what as undone, s.body, w.updated_at,
                    a.name as by_name
             from form_work w
             join form_work_step s on s.form_key = w.form_key and s.number = w.position
             join office o on o.id = w.office_id
             left join form_work_step b on b.form_key = w.form_key and b.number = w.position - 1
             left join form_work_step n on n.form_key = w.form_key and n.number = w.position + 1
             left join form f on f.key = w.form_key
             left join account a on a.id = w.by_account_id
             order by w.form_key"
        ),
        args![],
    )
    .await
}

/// What a working copy was at a revision; nothing when that step is gone.
pub async fn work_at(tx: &mut Tx, key: &str, revision: i64) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select body from form_work_step where form_key = $1 and revision = $2"),
            args![key, revision],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// Notes which published version a working copy knows.
pub async fn rebase_work(tx: &mut Tx, key: &str, base: u32) -> Result<()> {
    tx.run(
        sql!("update form_work set base = $2 where form_key = $1"),
        args![key, base],
    )
    .await?;
    Ok(())
}

/// Throws a working copy away with its steps, where it is still at this revision. Whether it was.
pub async fn delete_work(tx: &mut Tx, key: &str, revision: i64) -> Result<bool> {
    let rows = tx
        .run(
            sql!("delete from form_work where form_key = $1 and revision = $2"),
            args![key, revision],
        )
        .await?;
    Ok(rows == 1)
}

/// All published forms by their names, as their offices see them.
pub async fn list_built(tx: &mut Tx) -> Result<Vec<Built>> {
    tx.all(
        sql!(
            "select f.key as form_key, f.current, v.title_id, v.title_en, f.office_id, o.short as office_short,
                    v.service, v.at
             from form f
             join form_version v on v.form_key = f.key and v.version = f.current
             join office o on o.id = f.office_id
             order by v.title_id, f.key"
        ),
        args![],
    )
    .await
}

/// The versions of a form, newest first.
pub async fn list_versions(tx: &mut Tx, key: &str) -> Result<Vec<Past>> {
    tx.all(
        sql!(
            "select v.version, v.at, a.name as by_name
             from form_version v
             left join account a on a.id = v.by_account_id
             where v.form_key = $1
             order by v.version desc"
        ),
        args![key],
    )
    .await
}
