//! Comments, their history, supports and flags. What was deleted or hidden leaves here without text or name.

mod beside;
mod flag;
mod list;
mod write;

use domain::{
    AccountId, ClauseId, CommentId, ConsultationId, OfficeId, Timestamp,
    clause::{Anchor, find_quote},
    comment::{About, Comment, Stance, State},
};

pub use beside::{Beside, Revision, beside};
pub use flag::{Flag, flag, flags_of};
pub use list::{Listing, Page, count, find, list, thread};
pub use write::{
    ClauseText, New, by_key, clause_text, erase, insert, is_first_of, lock, recount_replies,
    recount_supports, revise, support, unsupport,
};

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    id: String,
    consultation_id: String,
    clause_id: Option<String>,
    clause_label: Option<String>,
    clause_heading: Option<String>,
    clause_body: Option<String>,
    clause_version: Option<i64>,
    newest_version: Option<i64>,
    quote: String,
    parent_id: Option<String>,
    root_id: String,
    depth: i64,
    account_id: String,
    author_name: String,
    area_name: String,
    office_id: Option<String>,
    office_name: Option<String>,
    stance: Option<String>,
    body: String,
    posted_at: i64,
    edited_at: Option<i64>,
    deleted_at: Option<i64>,
    hidden_at: Option<i64>,
    hidden_reason: String,
    supports: i64,
    replies: i64,
    supported: bool,
}

/// The columns of [`Row`], but for `supported`, of a comment `c` with the tables of [`tables`].
///
/// Text, sentence and names of what cannot be read are left in the database.
macro_rules! columns {
    () => {
        "c.id, c.consultation_id, c.clause_id, c.parent_id, c.root_id, c.depth, c.account_id, c.office_id,
         c.posted_at, c.edited_at, c.deleted_at, c.hidden_at, c.hidden_reason, c.supports, c.replies,
         cl.label as clause_label, cl.heading as clause_heading, cv.number as clause_version,
         case when c.quote <> '' then cl.heading || '\n' || cl.body end as clause_body,
         (select max(v.number) from text_version v
           where v.consultation_id = c.consultation_id and v.published_at is not null) as newest_version,
         case when c.deleted_at is null and c.hidden_at is null then c.body else '' end as body,
         case when c.deleted_at is null and c.hidden_at is null then c.quote else '' end as quote,
         case when c.deleted_at is null and c.hidden_at is null then c.stance end as stance,
         case when c.deleted_at is null and c.hidden_at is null then a.name else '' end as author_name,
         case when c.deleted_at is null and c.hidden_at is null then coalesce(ar.name, '') else '' end as area_name,
         o.name as office_name"
    };
}

/// What [`columns`] reads from. The clause is the one of the newest public version that has it; replies do not need theirs.
macro_rules! tables {
    () => {
        "comment c
         join account a on a.id = c.account_id
         left join area ar on ar.id = a.home_area_id
         left join office o on o.id = c.office_id
         left join text_version cv on c.depth = 0 and c.clause_id is not null and cv.id = (
           select v.id from clause k join text_version v on v.id = k.version_id
            where k.consultation_id = c.consultation_id and k.id = c.clause_id and v.published_at is not null
            order by v.number desc limit 1)
         left join clause cl on cl.version_id = cv.id and cl.id = c.clause_id"
    };
}

pub(crate) use {columns, tables};

impl From<Row> for Comment {
    fn from(row: Row) -> Self {
        let quote_changed = row
            .clause_body
            .is_some_and(|body| find_quote(&row.quote, &body) != Anchor::InPlace);
        let gone = row.clause_version.is_none() || row.clause_version < row.newest_version;
        let about = row.clause_id.map(|clause| About {
            clause: ClauseId::new(clause),
            label: row.clause_label.unwrap_or_default(),
            heading: row.clause_heading.unwrap_or_default(),
            gone,
            quote_changed,
        });
        let state = match (row.deleted_at, row.hidden_at) {
            (Some(at), _) => State::Deleted { at: Timestamp(at) },
            (None, Some(at)) => State::Hidden {
                at: Timestamp(at),
                reason: row.hidden_reason,
            },
            (None, None) => State::Shown,
        };
        Self {
            id: CommentId::new(row.id),
            consultation: ConsultationId::new(row.consultation_id),
            about,
            quote: row.quote,
            parent: row.parent_id.map(CommentId::new),
            root: CommentId::new(row.root_id),
            depth: row.depth,
            author: AccountId::new(row.account_id),
            author_name: row.author_name,
            area_name: row.area_name,
            office: row.office_id.map(OfficeId::new),
            office_name: row.office_name.unwrap_or_default(),
            stance: row.stance.as_deref().and_then(Stance::parse),
            body: row.body,
            posted_at: Timestamp(row.posted_at),
            edited_at: row.edited_at.map(Timestamp),
            state,
            supports: row.supports,
            replies: row.replies,
            supported: row.supported,
        }
    }
}

#[cfg(test)]
pub(crate) mod testing;
