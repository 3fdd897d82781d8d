//! Files of answers.

use domain::{FileId, Timestamp};

use crate::{Query, Result, Tx, args, sql};

/// A file to be kept.
#[derive(Clone, Debug)]
pub struct NewFile<'a> {
    /// Its identity.
    pub id: &'a FileId,
    /// To what it was added; `None` when it belongs to a case.
    pub draft_id: Option<&'a str>,
    /// The path of its question; empty where there is none.
    pub field: &'a str,
    /// Its cleaned name.
    pub name: &'a str,
    /// `jpeg`, `png`, `webp` or `pdf`.
    pub kind: &'a str,
    /// Bytes of the content.
    pub size: i64,
    /// Sealed.
    pub body: Vec<u8>,
    /// When.
    pub at: Timestamp,
}

/// A file without its content.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Known {
    /// Its identity.
    pub id: String,
    /// The path of its question.
    pub field: String,
    /// Its name.
    pub name: String,
    /// `jpeg`, `png`, `webp` or `pdf`.
    pub kind: String,
    /// Bytes of the content.
    pub size: i64,
}

/// A file with its content.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct File {
    /// To what it was added; `None` when it belongs to a case.
    pub draft_id: Option<String>,
    /// Its name.
    pub name: String,
    /// `jpeg`, `png`, `webp` or `pdf`.
    pub kind: String,
    /// Sealed.
    pub body: Vec<u8>,
}

/// Keeps a file.
pub async fn insert_file(tx: &mut Tx, new: NewFile<'_>) -> Result<()> {
    tx.run(
        sql!(
            "insert into form_file (id, draft_id, field, name, kind, size, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        args![
            new.id,
            new.draft_id,
            new.field,
            new.name,
            new.kind,
            new.size,
            new.at
        ],
    )
    .await?;
    tx.run(
        sql!("insert into form_file_body (file_id, body) values ($1, $2)"),
        args![new.id, new.body],
    )
    .await
    .map(drop)
}

/// The files of something that is being filled in, oldest first.
pub async fn list_files(tx: &mut Tx, draft_id: &str) -> Result<Vec<Known>> {
    tx.all(
        sql!(
            "select id, field, name, kind, size from form_file where draft_id = $1
             order by created_at, id"
        ),
        args![draft_id],
    )
    .await
}

/// A file with its content.
pub async fn find_file(tx: &mut Tx, id: &FileId) -> Result<Option<File>> {
    tx.first(
        sql!(
            "select f.draft_id, f.name, f.kind, b.body
             from form_file f join form_file_body b on b.file_id = f.id where f.id = $1"
        ),
        args![id],
    )
    .await
}

/// Throws a file of something that is being filled in away.
pub async fn delete_file(tx: &mut Tx, draft_id: &str, id: &FileId) -> Result<()> {
    tx.run(
        sql!("delete from form_file where draft_id = $1 and id = $2"),
        args![draft_id, id],
    )
    .await
    .map(drop)
}

/// These files belong to a case now; the others of what was handed in go.
pub async fn keep_files(tx: &mut Tx, draft_id: &str, kept: &[FileId]) -> Result<()> {
    tx.run_of(
        Query::new("update form_file set draft_id = null where draft_id =")
            .bind(draft_id)
            .push("and id in")
            .list(kept.iter()),
    )
    .await?;
    tx.run(
        sql!("delete from form_file where draft_id = $1"),
        args![draft_id],
    )
    .await
    .map(drop)
}

/// Erases files of a case.
pub async fn delete_files(tx: &mut Tx, ids: &[FileId]) -> Result<()> {
    tx.run_of(Query::new("delete from form_file where draft_id is null and id in").list(ids.iter()))
        .await
        .map(drop)
}
