//! Files of forms on their way from a phone, piece by piece.

use domain::{FileId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A file that is announced.
#[derive(Clone, Debug)]
pub struct NewUpload<'a> {
    /// The file's identity.
    pub id: &'a FileId,
    /// Whose it is.
    pub owner: &'a str,
    /// Made on the phone.
    pub key: &'a str,
    /// The version of the form.
    pub version_id: &'a str,
    /// The path of its question.
    pub field: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub size: i64,
    /// SHA-256 of all of it as hexadecimal.
    pub digest: &'a str,
    /// When.
    pub at: Timestamp,
    /// When it is thrown away.
    pub expires_at: Timestamp,
}

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Upload {
    /// The file's identity.
    pub id: String,
    /// The version of the form.
    pub version_id: String,
    /// JSON of the form.
    pub definition: String,
    /// The form's word.
    pub form_key: String,
    /// The path of its question.
    pub field: String,
    /// Its name; cleaned, once it is whole.
    pub name: String,
    /// Its bytes as announced.
    pub size: i64,
    /// SHA-256 of all of it as announced.
    pub digest: String,
    /// Bytes that are here.
    pub received: i64,
    /// `jpeg`, `png`, `webp` or `pdf`, once it is whole and was looked at.
    pub kind: Option<String>,
    /// Bytes of the content, once it is whole and was looked at.
    pub clean_size: i64,
}

/// What is kept of a file that is whole.
#[derive(Clone, Debug)]
pub struct Whole<'a> {
    /// Its cleaned name.
    pub name: &'a str,
    /// `jpeg`, `png`, `webp` or `pdf`.
    pub kind: &'a str,
    /// Bytes of the content.
    pub size: i64,
    /// Sealed.
    pub body: Vec<u8>,
}

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Part {
    /// Its place in the file, in bytes.
    pub start: i64,
    /// Sealed.
    pub body: Vec<u8>,
}

/// The columns of an [`Upload`] and where they come from.
macro_rules! uploads {
    ($rest:literal) => {
        concat!(
            "select u.id, u.version_id, v.definition, v.form_key, u.field, u.name, u.size, u.digest, u.received, u.kind,
                    u.clean_size
             from form_upload u join form_version v on v.id = u.version_id ",
            $rest
        )
    };
}

/// Announces a file; nothing happens when its owner announced one with this key before.
pub async fn insert_upload(tx: &mut Tx, new: &NewUpload<'_>) -> Result<()> {
    tx.run(
        sql!(
            "insert into form_upload
                 (id, owner, key, version_id, field, name, size, digest, received, clean_size, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $10)
             on conflict (owner, key) do nothing"
        ),
        args![
            new.id,
            new.owner,
            new.key,
            new.version_id,
            new.field,
            new.name,
            new.size,
            new.digest,
            new.at,
            new.expires_at
        ],
    )
    .await
    .map(drop)
}

/// An owner's file by the phone's key.
pub async fn upload_by_key(tx: &mut Tx, owner: &str, key: &str) -> Result<Option<Upload>> {
    tx.first(
        sql!(uploads!("where u.owner = $1 and u.key = $2")),
        args![owner, key],
    )
    .await
}

/// An owner's file that is still kept.
pub async fn find_upload(
    tx: &mut Tx,
    owner: &str,
    id: &FileId,
    now: Timestamp,
) -> Result<Option<Upload>> {
    tx.first(
        sql!(uploads!(
            "where u.owner = $1 and u.id = $2 and u.expires_at > $3"
        )),
        args![owner, id, now],
    )
    .await
}

/// Bytes that an owner has announced.
pub async fn uploads_of(tx: &mut Tx, owner: &str) -> Result<i64> {
    tx.number(
        sql!("select cast(coalesce(sum(size), 0) as bigint) from form_upload where owner = $1"),
        args![owner],
    )
    .await
}

/// Bytes that all have announced.
pub async fn uploads_of_all(tx: &mut Tx) -> Result<i64> {
    tx.number(
        sql!("select cast(coalesce(sum(size), 0) as bigint) from form_upload"),
        args![],
    )
    .await
}

/// Keeps the next piece of a file, if it begins where the file ends so far; whether it did.
pub async fn append_part(
    tx: &mut Tx,
    id: &FileId,
    start: i64,
    length: i64,
    body: Vec<u8>,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update form_upload set received = received + $3
                 where id = $1 and received = $2 and kind is null"
            ),
            args![id, start, length],
        )
        .await?;
    if rows == 0 {
        return Ok(false);
    }
    tx.run(
        sql!("insert into form_upload_part (upload_id, start, body) values ($1, $2, $3)"),
        args![id, start, body],
    )
    .await?;
    Ok(true)
}

/// The pieces of a file, in order.
pub async fn list_parts(tx: &mut Tx, id: &FileId) -> Result<Vec<Part>> {
    tx.all(
        sql!("select start, body from form_upload_part where upload_id = $1 order by start"),
        args![id],
    )
    .await
}

/// It is whole and was looked at: its content stands in the place of its pieces.
pub async fn finish_upload(tx: &mut Tx, id: &FileId, whole: Whole<'_>) -> Result<()> {
    tx.run(
        sql!(
            "update form_upload set name = $2, kind = $3, clean_size = $4, body = $5
             where id = $1 and kind is null"
        ),
        args![id, whole.name, whole.kind, whole.size, whole.body],
    )
    .await?;
    tx.run(
        sql!("delete from form_upload_part where upload_id = $1"),
        args![id],
    )
    .await
    .map(drop)
}

/// A whole file becomes one of what is being filled in, under the identity that it has.
pub async fn take_upload(tx: &mut Tx, id: &FileId, draft_id: &str, now: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "insert into form_file (id, draft_id, field, name, kind, size, created_at)
             select id, cast($2 as text), field, name, kind, clean_size, cast($3 as bigint)
             from form_upload where id = $1 and kind is not null"
        ),
        args![id, draft_id, now],
    )
    .await?;
    tx.run(
        sql!(
            "insert into form_file_body (file_id, body)
             select id, body from form_upload where id = $1 and kind is not null"
        ),
        args![id],
    )
    .await?;
    delete_upload(tx, id).await
}

/// Throws it away with its pieces.
pub async fn delete_upload(tx: &mut Tx, id: &FileId) -> Result<()> {
    tx.run(sql!("delete from form_upload where id = $1"), args![id])
        .await
        .map(drop)
}

/// Throws all of an owner's away.
pub async fn delete_uploads(tx: &mut Tx, owner: &str) -> Result<()> {
    tx.run(
        sql!("delete from form_upload where owner = $1"),
        args![owner],
    )
    .await
    .map(drop)
}

/// Throws away what expired; how many.
pub async fn sweep_uploads(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run(
        sql!("delete from form_upload where expires_at <= $1"),
        args![now],
    )
    .await
}
