//! Full-text search: the one place where the two databases differ.
//!
//! `domain::search` makes words and terms of a–z and 0–9; each database only keeps and compares them, so both find the same.

/// The statements' common part; `$inner` gives the numbers of what meets `$1`, `$title` says whether the title meets `$2`.
macro_rules! find_text {
    ($from:literal, $meets:literal, $title:literal) => {
        concat!(
            "select d.kind, d.subject_id, d.consultation_id, d.place, d.title, d.body, d.at, c.slug, c.title as consultation_title
             from ", $from, " join search_doc d on d.number = i.number join consultation c on c.id = d.consultation_id
             where ", $meets, " and c.published_at is not null and ($3 = '' or d.kind = $3)
             order by case when ", $title, " then 0 else 1 end,
                      case d.kind when 'consultation' then 0 when 'clause' then 1 else 2 end,
                      d.at desc, d.subject_id
             limit $4 offset $5"
        )
    };
}
macro_rules! count_text {
    ($from:literal, $meets:literal) => {
        concat!(
            "select d.kind, count(*)
             from ", $from, " join search_doc d on d.number = i.number join consultation c on c.id = d.consultation_id
             where ", $meets, " and c.published_at is not null
             group by d.kind"
        )
    };
}
macro_rules! consultations_text {
    ($from:literal, $meets:literal) => {
        concat!(
            "select distinct d.consultation_id
             from ", $from, " join search_doc d on d.number = i.number join consultation c on c.id = d.consultation_id
             where ", $meets, " and c.published_at is not null and d.kind in ('consultation', 'clause')
             order by 1 limit 1000"
        )
    };
}
macro_rules! comments_text {
    ($from:literal, $meets:literal) => {
        concat!(
            "select d.subject_id
             from ",
            $from,
            " join search_doc d on d.number = i.number
             where ",
            $meets,
            " and d.consultation_id = $2 and d.kind = 'comment'
             order by d.at desc, d.subject_id limit 1000"
        )
    };
}

mod postgres;
mod source;
mod sqlite;

use domain::{
    CommentId, ConsultationId, Timestamp,
    search::{Kind, Term, index_text},
};

use crate::{Db, Error, Result, Tx, args, sql};

pub use source::{clauses, comments, consultations};

/// Finds on one page of results.
pub const PAGE: i64 = 20;

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// What it is.
    pub kind: Kind,
    /// The id of the consultation, clause or comment.
    pub subject: String,
    /// In which consultation.
    pub consultation: ConsultationId,
    /// Of a clause its label, else empty.
    pub place: String,
    /// Title or heading; empty for a comment.
    pub title: String,
    /// The text, without markup.
    pub body: String,
    /// When it became public or was posted; newer comes first among equals.
    pub at: Timestamp,
}

/// A find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was found.
    pub doc: Doc,
    /// The word of its consultation in addresses.
    pub slug: String,
    /// That consultation's title.
    pub consultation_title: String,
}

/// Makes the search index of this kind of database, when it is not there.
pub async fn prepare(db: &Db) -> Result<()> {
    let statements: &[&str] = if db.is_postgres() {
        postgres::PREPARE
    } else {
        sqlite::PREPARE
    };
    db.write(move |tx| {
        Box::pin(async move {
            for statement in statements {
                tx.run(statement, args![]).await?;
            }
            Ok::<_, Error>(())
        })
    })
    .await
}

/// Puts a thing into the index, or puts it anew.
pub async fn index(tx: &mut Tx, doc: &Doc) -> Result<()> {
    let number = number(doc.kind, &doc.subject);
    tx.run(
        sql!(
            "insert into search_doc (number, kind, subject_id, consultation_id, place, title, body, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (number) do update set
                 consultation_id = excluded.consultation_id, place = excluded.place, title = excluded.title,
                 body = excluded.body, at = excluded.at"
        ),
        args![number, doc.kind.word(), &doc.subject, &doc.consultation, &doc.place, &doc.title, &doc.body, doc.at],
    )
    .await?;
    let (head, body) = (index_text(&doc.title), index_text(&doc.body));
    if tx.is_postgres() {
        tx.run(postgres::PUT, args![number, head, body]).await?;
    } else {
        tx.run(sqlite::TAKE, args![number]).await?;
        tx.run(sqlite::PUT, args![number, head, body]).await?;
    }
    Ok(())
}

/// Takes a thing out; one that is not there is no error.
pub async fn remove(tx: &mut Tx, kind: Kind, subject: &str) -> Result<()> {
    tx.run(
        sql!("delete from search_doc where number = $1"),
        args![number(kind, subject)],
    )
    .await
    .map(drop)
}

/// Takes everything of this kind in a consultation out.
pub async fn remove_kind(tx: &mut Tx, kind: Kind, consultation: &ConsultationId) -> Result<()> {
    tx.run(
        sql!("delete from search_doc where consultation_id = $1 and kind = $2"),
        args![consultation, kind.word()],
    )
    .await
    .map(drop)
}

/// Takes everything out, before all is put in anew.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    tx.run(sql!("delete from search_doc"), args![])
        .await
        .map(drop)
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    subject_id: String,
    consultation_id: String,
    place: String,
    title: String,
    body: String,
    at: i64,
    slug: String,
    consultation_title: String,
}

/// The `page`th 20 (from 1) of what meets all terms, in published consultations: first what has them in its title, then by kind, then new first.
pub async fn find(
    tx: &mut Tx,
    terms: &[Term],
    kind: Option<Kind>,
    page: i64,
) -> Result<Vec<Found>> {
    let Some((all, head)) = question(tx, terms) else {
        return Ok(Vec::new());
    };
    let text = if tx.is_postgres() {
        postgres::FIND
    } else {
        sqlite::FIND
    };
    let kind = kind.map_or("", Kind::word);
    let skip = page.clamp(1, 1_000_000).saturating_sub(1) * PAGE;
    let rows: Vec<Row> = tx.all(text, args![all, head, kind, PAGE, skip]).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Found {
                doc: Doc {
                    kind: Kind::parse(&row.kind)?,
                    subject: row.subject_id,
                    consultation: ConsultationId::new(row.consultation_id),
                    place: row.place,
                    title: row.title,
                    body: row.body,
                    at: Timestamp(row.at),
                },
                slug: row.slug,
                consultation_title: row.consultation_title,
            })
        })
        .collect())
}

/// How many there are of each kind, in the order of [`Kind::ALL`].
pub async fn count(tx: &mut Tx, terms: &[Term]) -> Result<[i64; 3]> {
    let Some((all, _)) = question(tx, terms) else {
        return Ok([0; 3]);
    };
    let text = if tx.is_postgres() {
        postgres::COUNT
    } else {
        sqlite::COUNT
    };
    let rows: Vec<(String, i64)> = tx.all(text, args![all]).await?;
    Ok(Kind::ALL.map(|kind| {
        rows.iter()
            .find(|(word, _)| word == kind.word())
            .map_or(0, |(_, n)| *n)
    }))
}

/// The published consultations that meet all terms themselves or in one of their clauses; at most 1,000.
pub async fn in_consultations(tx: &mut Tx, terms: &[Term]) -> Result<Vec<ConsultationId>> {
    let Some((all, _)) = question(tx, terms) else {
        return Ok(Vec::new());
    };
    let text = if tx.is_postgres() {
        postgres::CONSULTATIONS
    } else {
        sqlite::CONSULTATIONS
    };
    let rows: Vec<(String,)> = tx.all(text, args![all]).await?;
    Ok(rows
        .into_iter()
        .map(|(id,)| ConsultationId::new(id))
        .collect())
}

/// The comments that meet all terms, as ids: for those who gather similar ones. At most 1,000.
pub async fn in_comments(
    tx: &mut Tx,
    consultation: &ConsultationId,
    terms: &[Term],
) -> Result<Vec<CommentId>> {
    let Some((all, _)) = question(tx, terms) else {
        return Ok(Vec::new());
    };
    let text = if tx.is_postgres() {
        postgres::COMMENTS
    } else {
        sqlite::COMMENTS
    };
    let rows: Vec<(String,)> = tx.all(text, args![all, consultation]).await?;
    Ok(rows.into_iter().map(|(id,)| CommentId::new(id)).collect())
}

/// The question in the database's own form: for the whole text, and for the title alone. `None` when there are no terms.
fn question(tx: &Tx, terms: &[Term]) -> Option<(String, String)> {
    (!terms.is_empty()).then(|| {
        if tx.is_postgres() {
            postgres::question(terms)
        } else {
            sqlite::question(terms)
        }
    })
}

/// The key of a thing in the index: FNV-1a of its kind and id, 63 bits. Among a million things two share one with a chance of 1 in 18 million.
fn number(kind: Kind, subject: &str) -> i64 {
    let hash = kind
        .word()
        .bytes()
        .chain([b':'])
        .chain(subject.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    i64::try_from(hash >> 1).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
