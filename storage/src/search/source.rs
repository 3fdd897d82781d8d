//! What the index is made from. Bodies come as they are stored: HTML of consultations and clauses, plain text of comments.

use domain::{CommentId, ConsultationId, Timestamp, search::Kind};

use super::Doc;
use crate::{Query, Result, Tx};

#[derive(sqlx::FromRow)]
struct Row {
    subject_id: String,
    consultation_id: String,
    place: String,
    title: String,
    summary: String,
    body: String,
    at: i64,
}

fn docs(kind: Kind, rows: Vec<Row>) -> Vec<Doc> {
    rows.into_iter()
        .map(|row| Doc {
            kind,
            subject: row.subject_id,
            consultation: ConsultationId::new(row.consultation_id),
            place: row.place,
            title: row.title,
            body: if row.summary.is_empty() {
                row.body
            } else {
                format!("<p>{}</p> {}", escape(&row.summary), row.body)
            },
            at: Timestamp(row.at),
        })
        .collect()
}

/// Summaries are plain text before HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Consultations, drafts too: all, or one. Bodies are HTML, the summary first.
pub async fn consultations(tx: &mut Tx, one: Option<&ConsultationId>) -> Result<Vec<Doc>> {
    let query = Query::new(
        "select id as subject_id, id as consultation_id, '' as place, title, summary, body_html as body,
                coalesce(published_at, created_at) as at
         from consultation where",
    );
    let rows = tx
        .all_of(only(query, "id =", one).push("order by id"))
        .await?;
    Ok(docs(Kind::Consultation, rows))
}

/// Clauses of the newest published version: of all consultations, or of one. Bodies are HTML.
pub async fn clauses(tx: &mut Tx, one: Option<&ConsultationId>) -> Result<Vec<Doc>> {
    let query = Query::new(
        "select k.id as subject_id, k.consultation_id, k.label as place, k.heading as title, '' as summary,
                k.body_html as body, v.published_at as at
         from clause k join text_version v on v.id = k.version_id
         where v.number = (
             select max(n.number) from text_version n
             where n.consultation_id = k.consultation_id and n.published_at is not null
         ) and",
    );
    let rows = tx
        .all_of(
            only(query, "k.consultation_id =", one).push("order by k.consultation_id, k.position"),
        )
        .await?;
    Ok(docs(Kind::Clause, rows))
}

/// Comments that everybody sees: of a consultation, or one. Bodies are plain text.
pub async fn comments(
    tx: &mut Tx,
    of: Option<&ConsultationId>,
    one: Option<&CommentId>,
) -> Result<Vec<Doc>> {
    let query = Query::new(
        "select id as subject_id, consultation_id, '' as place, '' as title, '' as summary, body, posted_at as at
         from comment where deleted_at is null and hidden_at is null and",
    );
    let query = only(query, "consultation_id =", of).push("and");
    let rows = tx
        .all_of(only(query, "id =", one).push("order by id"))
        .await?;
    Ok(docs(Kind::Comment, rows))
}

fn only(query: Query, column: &'static str, value: Option<impl Into<crate::Value>>) -> Query {
    match value {
        Some(value) => query.push(column).bind(value),
        None => query.push("true"),
    }
}
