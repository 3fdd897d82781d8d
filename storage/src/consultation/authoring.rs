//! What officers write.

use domain::{ConsultationId, FileId, consultation::Attachment};

use crate::{Result, Tx, args, sql};

#[derive(sqlx::FromRow)]
struct AttachmentRow {
    file_id: String,
    name: String,
    title: String,
    media_type: String,
    size: i64,
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
