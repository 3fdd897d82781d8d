//! Search: keeping the index, and asking it.
//!
//! Those who write call the `put_…` verbs inside their own transaction, so that the index is never behind what it shows.

use domain::{
    CommentId, ConsultationId, Timestamp,
    search::{Asked, Kind, Piece, ask, snippet},
};
use storage::{Tx, search::Doc};

use crate::{Result, Service};

/// Finds on one page.
pub const PAGE: i64 = storage::search::PAGE;

/// Characters of a text shown around what was found.
const SHOWN: usize = 220;

/// Puts a consultation's title, summary and explanation into the index. A draft may be put: only what is published is found.
pub async fn put_consultation(tx: &mut Tx, id: &ConsultationId) -> Result<()> {
    for doc in storage::search::consultations(tx, Some(id)).await? {
        storage::search::index(tx, &plain(doc)).await?;
    }
    Ok(())
}

/// Puts the clauses of a consultation's newest published text into the index, in place of those of an older one.
pub async fn put_clauses(tx: &mut Tx, consultation: &ConsultationId) -> Result<()> {
    storage::search::remove_kind(tx, Kind::Clause, consultation).await?;
    for doc in storage::search::clauses(tx, Some(consultation)).await? {
        storage::search::index(tx, &plain(doc)).await?;
    }
    Ok(())
}

/// Puts a comment into the index; takes it out when it is deleted, hidden or not there.
pub async fn put_comment(tx: &mut Tx, id: &CommentId) -> Result<()> {
    match storage::search::comments(tx, None, Some(id)).await?.first() {
        Some(doc) => storage::search::index(tx, doc).await?,
        None => remove_comment(tx, id).await?,
    }
    Ok(())
}

/// Takes a comment out of the index.
pub async fn remove_comment(tx: &mut Tx, id: &CommentId) -> Result<()> {
    Ok(storage::search::remove(tx, Kind::Comment, id.as_str()).await?)
}

/// Puts everything of one consultation into the index, with all its comments: after an import.
pub async fn put_all(tx: &mut Tx, consultation: &ConsultationId) -> Result<()> {
    put_consultation(tx, consultation).await?;
    put_clauses(tx, consultation).await?;
    storage::search::remove_kind(tx, Kind::Comment, consultation).await?;
    for doc in storage::search::comments(tx, Some(consultation), None).await? {
        storage::search::index(tx, &doc).await?;
    }
    Ok(())
}

/// Puts one consultation into the index, in a transaction of its own.
pub async fn refresh(service: &Service, consultation: &ConsultationId) -> Result<()> {
    let consultation = consultation.clone();
    service
        .db()
        .write(move |tx| Box::pin(async move { put_all(tx, &consultation).await }))
        .await
}

/// Makes the whole index anew; how many consultations it has. One transaction each, so that others can write meanwhile.
pub async fn rebuild(service: &Service) -> Result<usize> {
    let mut tx = service.read().await?;
    let all = storage::search::consultations(&mut tx, None).await?;
    drop(tx);
    for doc in &all {
        refresh(service, &doc.consultation).await?;
    }
    Ok(all.len())
}

/// A find as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub subject: String,
    /// The word of its consultation in addresses.
    pub slug: String,
    /// That consultation's title.
    pub consultation: String,
    /// Of a clause its label.
    pub place: String,
    /// Title or heading, with what was found marked; empty for a comment.
    pub title: Vec<Piece>,
    /// The part of the text that shows why.
    pub text: Vec<Piece>,
    /// When it became public or was posted.
    pub at: Timestamp,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing was asked.
    Nothing,
    /// Too little to look for.
    TooShort,
    /// What was found: may be empty.
    Finds(Finds),
}

/// A page of finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finds {
    /// At most [`PAGE`].
    pub items: Vec<Find>,
    /// How many there are of each kind, in the order of [`Kind::ALL`].
    pub counts: [i64; 3],
    /// How many there are of the kinds asked for.
    pub total: i64,
    /// Which page this is, from 1: the last when a later one was asked for.
    pub page: i64,
    /// How many pages there are, at least 1.
    pub pages: i64,
}

/// Looks for what a person typed, among everything public. Never fails for what was typed. Two queries.
pub async fn find(tx: &mut Tx, question: &str, kind: Option<Kind>, page: i64) -> Result<Answer> {
    let terms = match ask(question) {
        Asked::Nothing => return Ok(Answer::Nothing),
        Asked::TooShort => return Ok(Answer::TooShort),
        Asked::Terms(terms) => terms,
    };
    let counts = storage::search::count(tx, &terms).await?;
    let total = match kind {
        None => counts.iter().sum(),
        Some(kind) => Kind::ALL
            .iter()
            .zip(counts)
            .find(|(k, _)| **k == kind)
            .map_or(0, |(_, n)| n),
    };
    let pages = ((total + PAGE - 1) / PAGE).max(1);
    let page = page.clamp(1, pages);
    let found = if total == 0 {
        Vec::new()
    } else {
        storage::search::find(tx, &terms, kind, page).await?
    };
    let items = found
        .into_iter()
        .map(|found| Find {
            kind: found.doc.kind,
            subject: found.doc.subject,
            slug: found.slug,
            consultation: found.consultation_title,
            place: found.doc.place,
            title: snippet(&found.doc.title, &terms, 1000),
            text: snippet(&found.doc.body, &terms, SHOWN),
            at: found.doc.at,
        })
        .collect();
    Ok(Answer::Finds(Finds {
        items,
        counts,
        total,
        page,
        pages,
    }))
}

/// A document with its HTML turned into plain text.
fn plain(mut doc: Doc) -> Doc {
    doc.body = text_of(&doc.body);
    doc
}

/// The text of sanitised HTML: tags become gaps, the five named signs become themselves.
pub fn text_of(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            // Bold letters within a word do not split it; blocks do.
            let inline = [
                "<em", "</em", "<strong", "</strong", "<a ", "</a", "<code", "</code", "<del",
                "</del",
            ]
            .iter()
            .any(|tag| rest.starts_with(tag));
            if !inline {
                out.push(' ');
            }
            rest = &rest[end..];
        } else {
            let signs = [
                ("&amp;", "&"),
                ("&lt;", "<"),
                ("&gt;", ">"),
                ("&quot;", "\""),
                ("&#39;", "'"),
                ("&nbsp;", " "),
            ];
            let (sign, plain) = signs
                .into_iter()
                .find(|(sign, _)| rest.starts_with(sign))
                .unwrap_or(("&", "&"));
            out.push_str(plain);
            rest = &rest[sign.len()..];
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
