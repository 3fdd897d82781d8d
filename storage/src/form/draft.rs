//! What is being filled in.

use domain::Timestamp;

use crate::{Result, Tx, args, sql};

/// Something that begins to be filled in.
#[derive(Clone, Debug)]
pub struct NewDraft<'a> {
    /// Its identity.
    pub id: &'a str,
    /// Who fills it in.
    pub owner: &'a str,
    /// With which version.
    pub version_id: &'a str,
    /// Sealed.
    pub body: &'a str,
    /// With which it is handed in.
    pub key: &'a str,
    /// When.
    pub at: Timestamp,
    /// Until when it can be handed in.
    pub expires_at: Timestamp,
}

/// Something that is being filled in, with the form that it began with.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Draft {
    /// Its identity.
    pub id: String,
    /// Sealed; empty once it was handed in.
    pub body: String,
    /// How often it was saved.
    pub revision: i64,
    /// With which it is handed in.
    pub key: String,
    /// Whether there is a code for another device.
    pub has_code: bool,
    /// When it was saved last.
    pub updated_at: i64,
    /// When it can no longer be handed in.
    pub expires_at: i64,
    /// The case, once it was handed in.
    pub reference: Option<String>,
    /// The version's identity.
    pub version_id: String,
    /// The form's word.
    pub form_key: String,
    /// The version's number.
    pub version: i64,
    /// The office that answers.
    pub office_id: String,
    /// The office's name.
    pub office_name: String,
    /// The office's short name.
    pub office_short: String,
    /// How the office is reached.
    pub office_contact: String,
    /// Expected minutes for filling in.
    pub minutes: i64,
    /// JSON of the service as it was when filling in began.
    pub service: String,
    /// JSON of the service as it is now: it may have closed.
    pub service_now: String,
    /// JSON of the form.
    pub definition: String,
}

/// Something that its holder can go on with.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Open {
    /// The form's word.
    pub form_key: String,
    /// The name in Indonesian.
    pub title_id: String,
    /// The name in English.
    pub title_en: String,
    /// When it was saved last.
    pub updated_at: i64,
}

/// The columns of a [`Draft`] and where they come from.
macro_rules! drafts {
    ($rest:literal) => {
        concat!(
            "select d.id, d.body, d.revision, d.key, d.code_mark is not null as has_code, d.updated_at, d.expires_at,
                    d.reference, v.id as version_id, v.form_key, v.version, f.office_id, o.name as office_name,
                    o.short as office_short, o.contact as office_contact, v.minutes, v.service,
                    c.service as service_now, v.definition
             from form_draft d
             join form_version v on v.id = d.version_id
             join form f on f.key = v.form_key
             join form_version c on c.form_key = f.key and c.version = f.current
             join office o on o.id = f.office_id ",
            $rest
        )
    };
}

/// Begins something; its owner holds it.
pub async fn insert(tx: &mut Tx, new: &NewDraft<'_>) -> Result<()> {
    tx.run(
        sql!(
            "insert into form_draft (id, version_id, body, revision, key, created_at, updated_at, expires_at)
             values ($1, $2, $3, 1, $4, $5, $5, $6)"
        ),
        args![
            new.id,
            new.version_id,
            new.body,
            new.key,
            new.at,
            new.expires_at
        ],
    )
    .await?;
    hold(tx, new.owner, new.id).await
}

/// As [`insert`]; whether it began: not, when its key is in use.
pub async fn insert_once(tx: &mut Tx, new: &NewDraft<'_>) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into form_draft (id, version_id, body, revision, key, created_at, updated_at, expires_at)
                 values ($1, $2, $3, 1, $4, $5, $5, $6)
                 on conflict (key) do nothing"
            ),
            args![
                new.id,
                new.version_id,
                new.body,
                new.key,
                new.at,
                new.expires_at
            ],
        )
        .await?;
    if rows > 0 {
        hold(tx, new.owner, new.id).await?;
    }
    Ok(rows > 0)
}

/// The number under which something was handed in with this key, whoever asks: the key is a secret.
pub async fn reference(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select reference from form_draft where key = $1 and reference is not null"),
            args![key],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// Lets somebody go on with it.
pub async fn hold(tx: &mut Tx, owner: &str, id: &str) -> Result<()> {
    tx.run(
        sql!(
            "insert into form_holder (owner, draft_id) values ($1, $2)
             on conflict (owner, draft_id) do nothing"
        ),
        args![owner, id],
    )
    .await
    .map(drop)
}

/// What an owner saved last of a form and has not handed in.
pub async fn find_open(tx: &mut Tx, owner: &str, form_key: &str) -> Result<Option<Draft>> {
    tx.first(
        sql!(drafts!(
            "join form_holder h on h.draft_id = d.id
             where h.owner = $1 and v.form_key = $2 and d.reference is null
             order by d.updated_at desc, d.id desc limit 1"
        )),
        args![owner, form_key],
    )
    .await
}

/// What an owner holds, by the key with which it is handed in.
pub async fn get(tx: &mut Tx, owner: &str, key: &str) -> Result<Option<Draft>> {
    tx.first(
        sql!(drafts!(
            "join form_holder h on h.draft_id = d.id where h.owner = $1 and d.key = $2"
        )),
        args![owner, key],
    )
    .await
}

/// What an owner handed in, by the number of the case.
pub async fn find_sent(tx: &mut Tx, owner: &str, reference: &str) -> Result<Option<Draft>> {
    tx.first(
        sql!(drafts!(
            "join form_holder h on h.draft_id = d.id where h.owner = $1 and d.reference = $2"
        )),
        args![owner, reference],
    )
    .await
}

/// What an owner handed in last of a form: the number of the case, and when.
pub async fn find_last_sent(
    tx: &mut Tx,
    owner: &str,
    form_key: &str,
) -> Result<Option<(String, i64)>> {
    tx.first(
        sql!(
            "select d.reference, d.updated_at
             from form_holder h
             join form_draft d on d.id = h.draft_id
             join form_version v on v.id = d.version_id
             where h.owner = $1 and v.form_key = $2 and d.reference is not null
             order by d.updated_at desc, d.id desc limit 1"
        ),
        args![owner, form_key],
    )
    .await
}

/// What belongs to a code and can still be gone on with: its identity and its form.
pub async fn find_by_code(
    tx: &mut Tx,
    code_mark: &str,
    now: Timestamp,
) -> Result<Option<(String, String)>> {
    tx.first(
        sql!(
            "select d.id, v.form_key from form_draft d join form_version v on v.id = d.version_id
             where d.code_mark = $1 and d.reference is null and d.expires_at > $2"
        ),
        args![code_mark, now],
    )
    .await
}

/// What an owner can go on with, newest first.
pub async fn list_open(tx: &mut Tx, owner: &str, now: Timestamp) -> Result<Vec<Open>> {
    tx.all(
        sql!(
            "select v.form_key, v.title_id, v.title_en, max(d.updated_at) as updated_at
             from form_holder h
             join form_draft d on d.id = h.draft_id
             join form_version v on v.id = d.version_id
             where h.owner = $1 and d.reference is null and d.expires_at > $2
             group by v.form_key, v.title_id, v.title_en
             order by max(d.updated_at) desc, v.form_key"
        ),
        args![owner, now],
    )
    .await
}

/// Saves it, if nobody did since `revision`; whether it was.
pub async fn save(
    tx: &mut Tx,
    id: &str,
    revision: i64,
    body: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update form_draft set body = $3, revision = revision + 1, updated_at = $4, expires_at = $5
                 where id = $1 and revision = $2 and reference is null"
            ),
            args![id, revision, body, now, expires_at],
        )
        .await?;
    Ok(rows > 0)
}

/// Gives it the code of another device, in the stead of an earlier one.
pub async fn set_code(tx: &mut Tx, id: &str, code_mark: &str) -> Result<()> {
    tx.run(
        sql!("update form_draft set code_mark = $2 where id = $1"),
        args![id, code_mark],
    )
    .await
    .map(drop)
}

/// It was handed in: nothing of what was typed stays here. Whether it was not before.
pub async fn mark_sent(
    tx: &mut Tx,
    id: &str,
    reference: &str,
    now: Timestamp,
    forget_at: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update form_draft
                 set body = '', code_mark = null, reference = $2, updated_at = $3, expires_at = $4,
                     revision = revision + 1
                 where id = $1 and reference is null"
            ),
            args![id, reference, now, forget_at],
        )
        .await?;
    Ok(rows > 0)
}

/// How many hold it.
pub async fn holders(tx: &mut Tx, id: &str) -> Result<i64> {
    tx.number(
        sql!("select count(*) from form_holder where draft_id = $1"),
        args![id],
    )
    .await
}

/// An owner no longer holds it.
pub async fn release(tx: &mut Tx, owner: &str, id: &str) -> Result<()> {
    tx.run(
        sql!("delete from form_holder where owner = $1 and draft_id = $2"),
        args![owner, id],
    )
    .await
    .map(drop)
}

/// Throws it away with its files, if it was not handed in.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    tx.run(
        sql!("delete from form_draft where id = $1 and reference is null"),
        args![id],
    )
    .await
    .map(drop)
}

/// Hands everything of one owner to another.
pub async fn adopt(tx: &mut Tx, from: &str, to: &str) -> Result<()> {
    tx.run(
        sql!(
            "insert into form_holder (owner, draft_id)
             select cast($2 as text), draft_id from form_holder where owner = $1
             on conflict (owner, draft_id) do nothing"
        ),
        args![from, to],
    )
    .await?;
    tx.run(
        sql!("delete from form_holder where owner = $1"),
        args![from],
    )
    .await?;
    // Also the files that are still on their way.
    tx.run(
        sql!(
            "update form_upload set owner = $2
             where owner = $1
                 and key not in (select o.key from form_upload o where o.owner = $2)"
        ),
        args![from, to],
    )
    .await
    .map(drop)
}

/// Forgets what expired before `before`, with its files; how many.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(
        sql!("delete from form_draft where expires_at < $1"),
        args![before],
    )
    .await
}

/// Something that an owner holds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Held {
    /// Its identity.
    pub id: String,
    /// Whether there is a code for another device.
    pub has_code: bool,
    /// Whether it was handed in.
    pub is_sent: bool,
}

/// Everything that an owner holds.
pub async fn list_held(tx: &mut Tx, owner: &str) -> Result<Vec<Held>> {
    tx.all(
        sql!(
            "select d.id, d.code_mark is not null as has_code, d.reference is not null as is_sent
             from form_holder h join form_draft d on d.id = h.draft_id
             where h.owner = $1 order by d.id"
        ),
        args![owner],
    )
    .await
}

/// It is the one with which its holders go on.
pub async fn touch(tx: &mut Tx, id: &str, now: Timestamp) -> Result<()> {
    tx.run(
        sql!("update form_draft set updated_at = $2 where id = $1"),
        args![id, now],
    )
    .await
    .map(drop)
}
