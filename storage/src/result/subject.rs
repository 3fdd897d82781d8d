//! What an office replies to: questions, themes, clauses.

use domain::ConsultationId;

use super::{ReplyRow, ThemeRow};
use crate::{
    Result, Tx, args,
    database::{Part, Parts, parts},
    sql,
};

/// Something that people know by its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titled {
    /// Its identity.
    pub id: String,
    /// The number of a clause; empty for a question.
    pub label: String,
    /// The question, or a clause's heading.
    pub title: String,
}

/// Everything that an office may reply to, and its replies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    /// What it replied.
    pub replies: Vec<ReplyRow>,
    /// The questions in order.
    pub questions: Vec<Titled>,
    /// The themes in order.
    pub themes: Vec<ThemeRow>,
    /// The clauses of the newest text in order.
    pub clauses: Vec<Titled>,
    /// Clauses that have a reply and have gone from the text, as they last stood; those that went last are first.
    pub gone: Vec<Titled>,
}

/// What [`Subjects`] is made of.
macro_rules! subject_parts {
    () => {
        // Body, HTML, kind of the subject, when.
        "select 'reply', r.subject_id, r.body, r.body_html, r.subject_kind, r.at, 0
         from reply r
         where r.consultation_id = $1
         union all
         select 'asked', q.id, q.title, '', '', 0, q.position
         from question q
         where q.consultation_id = $1
         union all
         select 'theme', t.id, t.title, t.description, '',
                (select count(*) from theme_comment tc join comment c on c.id = tc.comment_id
                 where tc.theme_id = t.id and c.hidden_at is null and c.deleted_at is null),
                t.position
         from theme t
         where t.consultation_id = $1
         union all
         select 'clause', k.id, k.heading, k.label, '', 0, k.position
         from clause k
         where k.version_id = (
             select v.id from text_version v where v.consultation_id = $1 order by v.number desc limit 1
         )
         union all
         select 'gone', k.id, k.heading, k.label, '', 0, k.position - 1000000 * v.number
         from reply r
         join clause k on k.consultation_id = r.consultation_id and k.id = r.subject_id
         join text_version v on v.id = k.version_id
         where r.consultation_id = $1 and r.subject_kind = 'clause'
           and v.number = (
               select max(w.number) from clause d join text_version w on w.id = d.version_id
               where d.consultation_id = $1 and d.id = k.id
           )
           and v.number < (select max(w.number) from text_version w where w.consultation_id = $1)"
    };
}

pub(crate) use subject_parts;

/// What the office of a consultation may reply to, and what it replied.
pub async fn subjects(tx: &mut Tx, consultation: &ConsultationId) -> Result<Subjects> {
    let mut parts = Parts::read(tx, sql!(parts!(subject_parts)), args![consultation]).await?;
    Ok(Subjects::of(&mut parts))
}

impl Subjects {
    /// Takes what [`subject_parts`] selects.
    pub(crate) fn of(parts: &mut Parts) -> Self {
        let titled = |row: Part| Titled {
            id: row.id,
            label: row.b,
            title: row.a,
        };
        let replies = parts.take("reply").into_iter();
        let themes = parts.take("theme").into_iter();
        Self {
            replies: replies
                .map(|row| ReplyRow {
                    subject_kind: row.c,
                    subject_id: row.id,
                    body: row.a,
                    body_html: row.b,
                    at: row.n,
                })
                .collect(),
            questions: parts.take("asked").into_iter().map(titled).collect(),
            themes: themes
                .map(|row| ThemeRow {
                    id: row.id,
                    title: row.a,
                    description: row.b,
                    position: row.place,
                    comments: row.n,
                })
                .collect(),
            clauses: parts.take("clause").into_iter().map(titled).collect(),
            gone: parts.take("gone").into_iter().map(titled).collect(),
        }
    }
}
