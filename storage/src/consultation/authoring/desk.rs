//! What lies on the desks of officers.

use domain::{OfficeId, Timestamp, consultation::Consultation};

use super::super::Row;
use crate::{Query, Result, Tx};

/// A consultation in the list of its officers, with what waits there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDesk {
    /// The consultation.
    pub consultation: Consultation,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// People who voted or judged.
    pub participants: i64,
    /// Comments that are shown.
    pub comments: i64,
    /// Statements that a moderator has not looked at.
    pub waiting_statements: i64,
    /// Flags that a moderator has not looked at.
    pub open_flags: i64,
    /// Questions and themes without a reply.
    pub missing_replies: i64,
}

#[derive(sqlx::FromRow)]
struct OnDeskRow {
    #[sqlx(flatten)]
    row: Row,
    updated_at: i64,
    participants: i64,
    comments: i64,
    waiting_statements: i64,
    open_flags: i64,
    missing_replies: i64,
}

/// The consultations of these offices, or of all, drafts too; the last saved first.
pub async fn list_for_officers(tx: &mut Tx, offices: Option<&[OfficeId]>) -> Result<Vec<OnDesk>> {
    let query = Query::new(
        "select c.*, o.name as office_name, o.short as office_short, oc.at as answered_at,
                (select string_agg(a.area_id, ' ') from consultation_area a where a.consultation_id = c.id) as areas,
                (select count(*) from participant p where p.consultation_id = c.id) as participants,
                (select count(*) from comment k where k.consultation_id = c.id and k.deleted_at is null and k.hidden_at is null) as comments,
                (select count(*) from statement s where s.consultation_id = c.id and s.status = 'waiting') as waiting_statements,
                (select count(*) from comment_flag f join comment k on k.id = f.comment_id
                 where k.consultation_id = c.id and f.settled_at is null and k.hidden_at is null and k.deleted_at is null) as open_flags,
                (select count(*) from question q where q.consultation_id = c.id and not exists (
                     select 1 from reply r where r.consultation_id = c.id and r.subject_kind = 'question' and r.subject_id = q.id))
                + (select count(*) from theme t where t.consultation_id = c.id and not exists (
                     select 1 from reply r where r.consultation_id = c.id and r.subject_kind = 'theme' and r.subject_id = t.id)) as missing_replies
         from consultation c
         join office o on o.id = c.office_id
         left join outcome oc on oc.consultation_id = c.id",
    );
    let query = match offices {
        Some(offices) => query.push("where c.office_id in").list(offices),
        None => query,
    };
    let rows: Vec<OnDeskRow> = tx
        .all_of(query.push("order by c.updated_at desc, c.id desc"))
        .await?;
    Ok(rows
        .into_iter()
        .map(|listed| OnDesk {
            consultation: listed.row.into(),
            updated_at: Timestamp(listed.updated_at),
            participants: listed.participants,
            comments: listed.comments,
            waiting_statements: listed.waiting_statements,
            open_flags: listed.open_flags,
            missing_replies: listed.missing_replies,
        })
        .collect())
}
