//! Files that people uploaded: pictures and attachments.

use domain::{AccountId, FileId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A file to be kept.
#[derive(Clone, Debug)]
pub struct NewFile<'a> {
    /// Its identity.
    pub id: &'a FileId,
    /// Its cleaned name.
    pub name: &'a str,
    /// Its media type, as found in the content.
    pub media_type: &'a str,
    /// SHA-256 of the content as hexadecimal.
    pub sha256: &'a str,
    /// The content.
    pub body: Vec<u8>,
    /// Who uploaded it.
    pub by: Option<&'a AccountId>,
    /// When.
    pub now: Timestamp,
}

/// A kept file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of the content as hexadecimal.
    pub sha256: String,
    /// The content.
    pub body: Vec<u8>,
}

/// A file without its content, and who may see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of the content as hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
    /// Whether a published consultation shows it.
    pub is_public: bool,
    /// The office of the consultation that shows it, when one does.
    pub office_id: Option<String>,
    /// Whether it is the picture on top of a consultation.
    pub is_cover: bool,
}

/// Keeps a file.
pub async fn insert(tx: &mut Tx, new: NewFile<'_>) -> Result<()> {
    let size = i64::try_from(new.body.len()).unwrap_or(i64::MAX);
    tx.run(
        sql!(
            "insert into file (id, name, media_type, size, sha256, body, created_at, created_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        args![
            new.id,
            new.name,
            new.media_type,
            size,
            new.sha256,
            new.body,
            new.now,
            new.by
        ],
    )
    .await?;
    Ok(())
}

/// What is known of a file, without reading its content.
pub async fn find_shown(tx: &mut Tx, id: &FileId) -> Result<Option<Shown>> {
    tx.first(
        sql!(
            "select f.name, f.media_type, f.sha256, f.size,
                    exists (select 1 from consultation c
                            left join attachment a on a.consultation_id = c.id and a.file_id = $1
                            where (c.cover_id = $1 or a.file_id is not null) and c.published_at is not null) as is_public,
                    (select min(c.office_id) from consultation c
                     left join attachment a on a.consultation_id = c.id and a.file_id = $1
                     where c.cover_id = $1 or a.file_id is not null) as office_id,
                    exists (select 1 from consultation c where c.cover_id = $1) as is_cover
             from file f
             where f.id = $1"
        ),
        args![id],
    )
    .await
}

/// A file with its content.
pub async fn find(tx: &mut Tx, id: &FileId) -> Result<Option<File>> {
    tx.first(
        sql!("select name, media_type, sha256, body from file where id = $1"),
        args![id],
    )
    .await
}

/// Throws a file away when no consultation shows it any more; whether it went.
pub async fn delete_unused(tx: &mut Tx, id: &FileId) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "delete from file
                 where id = $1
                   and not exists (select 1 from attachment a where a.file_id = $1)
                   and not exists (select 1 from consultation c where c.cover_id = $1)"
            ),
            args![id],
        )
        .await?;
    Ok(rows > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{consultation, db_test, testing};

    db_test! { async fn a_file_is_kept_as_long_as_it_is_shown(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            let c = testing::consultation(tx, "jalur").await?;
            let id = FileId::new("f");
            let body: Vec<u8> = (0..=255).collect();
            insert(tx, NewFile {
                id: &id,
                name: "peta.png",
                media_type: "image/png",
                sha256: "s",
                body: body.clone(),
                by: None,
                now: Timestamp(1),
            }).await?;
            assert_eq!(find(tx, &id).await?.map(|f| f.body), Some(body));
            let shown = find_shown(tx, &id).await?.expect("is there");
            assert_eq!((shown.is_public, shown.office_id, shown.is_cover, shown.size), (false, None, false, 256));
            consultation::insert_attachment(tx, &c, &id, "Peta").await?;
            let shown = find_shown(tx, &id).await?.expect("is there");
            assert_eq!((shown.is_public, shown.office_id.as_deref(), shown.is_cover), (false, Some("office"), false));
            assert!(!delete_unused(tx, &id).await?);
            consultation::publish(tx, &c, 1, Timestamp(2)).await?;
            assert!(find_shown(tx, &id).await?.is_some_and(|s| s.is_public));
            consultation::delete_attachment(tx, &c, &id).await?;
            assert!(delete_unused(tx, &id).await?);
            assert_eq!(find(tx, &id).await?, None);
            assert_eq!(find_shown(tx, &id).await?, None);
            Ok(())
        })).await;
        done.expect("files are kept");
    } }
}
