//! The picture of a consultation and the files attached to it.

use domain::{ConsultationId, FileId, Timestamp, consultation::Attachment};

use crate::{Result, Tx, args, sql};

#[derive(sqlx::FromRow)]
struct AttachmentRow {
    file_id: String,
    name: String,
    title: String,
    media_type: String,
    size: i64,
}

/// Sets the picture on top with what it shows, or takes it away; `false` when another was saved in between.
pub async fn set_cover(
    tx: &mut Tx,
    id: &ConsultationId,
    edition: i64,
    cover: Option<&FileId>,
    alt: &str,
    now: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update consultation set cover_id = $3, cover_alt = $4, updated_at = $5, edition = edition + 1
                 where id = $1 and edition = $2"
            ),
            args![id, edition, cover, alt, now],
        )
        .await?;
    Ok(rows > 0)
}

/// The files of a consultation in their order.
pub async fn list_attachments(
    tx: &mut Tx,
    consultation: &ConsultationId,
) -> Result<Vec<Attachment>> {
    let rows: Vec<AttachmentRow> = tx
        .all(
            sql!(
                "select a.file_id, f.name, a.title, f.media_type, f.size
                 from attachment a
                 join file f on f.id = a.file_id
                 where a.consultation_id = $1
                 order by a.position, a.file_id"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Attachment {
            file: FileId::new(row.file_id),
            name: row.name,
            title: row.title,
            media_type: row.media_type,
            size: row.size,
        })
        .collect())
}

/// Adds a file behind the others.
pub async fn insert_attachment(
    tx: &mut Tx,
    consultation: &ConsultationId,
    file: &FileId,
    title: &str,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into attachment (consultation_id, file_id, title, position)
             select cast($1 as text), cast($2 as text), cast($3 as text), coalesce(max(position), 0) + 1
             from attachment where consultation_id = $1"
        ),
        args![consultation, file, title],
    )
    .await?;
    Ok(())
}

/// Takes a file away; whether it was there.
pub async fn delete_attachment(
    tx: &mut Tx,
    consultation: &ConsultationId,
    file: &FileId,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!("delete from attachment where consultation_id = $1 and file_id = $2"),
            args![consultation, file],
        )
        .await?;
    Ok(rows > 0)
}
