//! What stands beside a thread on the page of one of its comments.

use domain::{AccountId, CommentId};

use crate::{
    Result, Tx, args,
    database::{Parts, parts},
    sql,
};

/// An earlier text of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Of which comment.
    pub comment_id: String,
    /// Counts from 1.
    pub revision: i64,
    /// What it said.
    pub body: String,
    /// Since when, in milliseconds.
    pub at: i64,
}

/// What stands beside a thread, for one reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The earlier texts of all comments of the thread that can be read, those of a comment oldest first.
    pub revisions: Vec<Revision>,
    /// Whether the reader has flagged the comment.
    pub flagged: bool,
    /// The text of the comment while it is hidden, with the moderator's note to its author; for them alone.
    pub own_text: Option<(String, String)>,
}

macro_rules! beside_parts {
    () => {
        "select 'revision', r.comment_id, r.body, '', '', r.at, r.revision
         from comment c
         join comment_revision r on r.comment_id = c.id
         where c.root_id = (select k.root_id from comment k where k.id = $1)
           and c.edited_at is not null and c.deleted_at is null and c.hidden_at is null
         union all
         select 'flag', '', '', '', '', 1, 0
         from comment_flag f where f.comment_id = $1 and f.account_id = $2
         union all
         select 'hidden', '', c.body, coalesce((
             select m.note from moderation m
             where m.subject_id = c.id and m.subject_kind = 'comment' and m.action = 'hide'
               and m.consultation_id = c.consultation_id
             order by m.at desc, m.id desc limit 1), ''), '', 0, 0
         from comment c
         where c.id = $1 and c.account_id = $2 and c.hidden_at is not null and c.deleted_at is null"
    };
}

/// What stands beside the thread of a comment for `reader`, in one statement.
pub async fn beside(tx: &mut Tx, id: &CommentId, reader: Option<&AccountId>) -> Result<Beside> {
    let mut parts = Parts::read(tx, sql!(parts!(beside_parts)), args![id, reader]).await?;
    let revisions = parts.take("revision").into_iter();
    Ok(Beside {
        revisions: revisions
            .map(|row| Revision {
                comment_id: row.id,
                revision: row.place,
                body: row.a,
                at: row.n,
            })
            .collect(),
        flagged: parts.one("flag").is_some(),
        own_text: parts.one("hidden").map(|row| (row.a, row.b)),
    })
}
