//! The small things around a consultation, and what its page begins with, each in one statement.

use domain::{
    AccountId, ClauseId, ConsultationId, FileId, Timestamp,
    consultation::{Attachment, ChangeKind},
};

use crate::{
    Result, Tx, args,
    ballot::{Tallied, ballot_parts},
    database::{Parts, parts},
    draft::{Draft, draft_parts},
    sql,
};

/// A clause of the newest text as a line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseLine {
    /// The clause.
    pub id: ClauseId,
    /// Its label.
    pub label: String,
    /// Heading of the chapter that begins here; empty when none does.
    pub chapter: String,
    /// Its heading; may be empty.
    pub heading: String,
    /// Comments on it that everybody sees.
    pub comments: i64,
}

/// That its closing was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// [`ChangeKind::Extended`] or [`ChangeKind::ClosedEarly`].
    pub kind: ChangeKind,
    /// When that was decided.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// What stands around a consultation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Names of the areas that it concerns, by code; empty means the whole city.
    pub areas: Vec<String>,
    /// The number of the newest text; `None` when it has none.
    pub version: Option<i64>,
    /// The clauses of that text in order.
    pub clauses: Vec<ClauseLine>,
    /// Its files in order.
    pub attachments: Vec<Attachment>,
    /// The last time its closing was moved, if it was.
    pub moved: Option<Moved>,
    /// Voices that took part.
    pub participants: i64,
    /// Whether the asking account follows it.
    pub follows: bool,
}

/// What [`Around`] is made of.
macro_rules! around_parts {
    () => {
        "select 'area', a.id, a.name, '', '', 0, 0
         from consultation_area ca join area a on a.id = ca.area_id
         where ca.consultation_id = $1
         union all
         select 'version', v.id, '', '', '', v.number, 0
         from text_version v
         where v.consultation_id = $1
           and v.number = (select max(w.number) from text_version w where w.consultation_id = $1)
         union all
         select 'clause', k.id, k.label, k.chapter, k.heading,
                (select count(*) from comment m
                 where m.consultation_id = $1 and m.clause_id = k.id
                   and m.deleted_at is null and m.hidden_at is null),
                k.position
         from clause k
         where k.version_id = (
             select v.id from text_version v where v.consultation_id = $1 order by v.number desc limit 1
         )
         union all
         select 'file', f.id, f.name, t.title, f.media_type, f.size, t.position
         from attachment t join file f on f.id = t.file_id
         where t.consultation_id = $1
         union all
         select 'moved', h.id, h.kind, h.reason, '', h.at, h.at
         from consultation_change h
         where h.consultation_id = $1 and h.is_public and h.kind in ('extended', 'closed_early')
         union all
         select 'voices', '', '', '', '', count(*), 0
         from participant p where p.consultation_id = $1
         union all
         select 'follow', '', '', '', '', 1, 0
         from follow f where f.consultation_id = $1 and f.account_id = $2"
    };
}

/// Reads what stands around a consultation, for `account` when somebody is signed in.
pub async fn around(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
) -> Result<Around> {
    let mut parts =
        Parts::read(tx, sql!(parts!(around_parts)), args![consultation, account]).await?;
    Ok(Around::of(&mut parts))
}

impl Around {
    fn of(parts: &mut Parts) -> Self {
        let areas = parts.take("area").into_iter();
        let clauses = parts.take("clause").into_iter();
        let files = parts.take("file").into_iter();
        Self {
            areas: areas.map(|row| row.a).collect(),
            version: parts.one("version").map(|row| row.n),
            clauses: clauses
                .map(|row| ClauseLine {
                    id: ClauseId::new(row.id),
                    label: row.a,
                    chapter: row.b,
                    heading: row.c,
                    comments: row.n,
                })
                .collect(),
            attachments: files
                .map(|row| Attachment {
                    file: FileId::new(row.id),
                    name: row.a,
                    title: row.b,
                    media_type: row.c,
                    size: row.n,
                })
                .collect(),
            // In the order of time: the last one counts.
            moved: parts.take("moved").pop().map(|row| Moved {
                kind: ChangeKind::parse(&row.a),
                at: Timestamp(row.n),
                reason: row.b,
            }),
            participants: parts.number("voices"),
            follows: parts.one("follow").is_some(),
        }
    }
}

/// What the page of a consultation shows but for statements and comments. Not fit to be shown: counts may be hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// What stands around it.
    pub around: Around,
    /// Its questions.
    pub questions: Vec<Tallied>,
    /// Comments of residents that everybody sees.
    pub residents: i64,
    /// The word of its outcome, once it is answered.
    pub outcome: Option<String>,
    /// What the account was typing.
    pub draft: Option<Draft>,
}

macro_rules! front_parts {
    () => {
        "select 'residents', '', '', '', '', count(*), 0
         from comment m
         where m.consultation_id = $1 and m.office_id is null and m.hidden_at is null and m.deleted_at is null
         union all
         select 'outcome', '', e.kind, '', '', e.at, 0
         from outcome e where e.consultation_id = $1"
    };
}

/// Reads what the page of a consultation shows but for statements and comments; the draft is the one of `account` at `place`.
pub async fn front(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
    place: &str,
) -> Result<Front> {
    let mut parts = Parts::read(
        tx,
        sql!(parts!(around_parts, ballot_parts, front_parts, draft_parts)),
        args![consultation, account, place],
    )
    .await?;
    Ok(Front {
        around: Around::of(&mut parts),
        questions: Tallied::of(&mut parts),
        residents: parts.number("residents"),
        outcome: parts.one("outcome").map(|row| row.a),
        draft: Draft::of(&mut parts),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, db_test, testing};

    db_test! { async fn all_parts_come_in_one_answer(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            let id = testing::consultation(tx, "jalur").await?;
            assert_eq!(around(tx, &id, None).await?, Around::default());
            tx.run(sql!("insert into area (id, name, kind) values ('35.1', 'Sisir', 'kelurahan')"), args![]).await?;
            tx.run(sql!("insert into consultation_area (consultation_id, area_id) values ($1, '35.1')"), args![&id]).await?;
            tx.run(
                sql!(
                    "insert into account (id, email, email_key, name, password_hash, role, created_at)
                     values ('around', 'around', 'around', 'Around', '-', 'resident', 0)"
                ),
                args![],
            ).await?;
            tx.run(sql!("insert into follow (account_id, consultation_id, since) values ('around', $1, 0)"), args![&id]).await?;
            tx.run(sql!("insert into participant (id, consultation_id, joined_at) values ('p', $1, 0)"), args![&id]).await?;
            for number in [1_i64, 2] {
                let version = format!("v{number}");
                tx.run(
                    sql!("insert into text_version (id, consultation_id, number, source, created_at, published_at) values ($1, $2, $3, '', 0, 0)"),
                    args![&version, &id, number],
                ).await?;
                for (clause, position) in [("k2", 2_i64), ("k1", 1)] {
                    tx.run(
                        sql!(
                            "insert into clause (id, version_id, consultation_id, position, label, chapter, heading, body, body_html)
                             values ($1, $2, $3, $4, $5, 'BAB', 'Judul', '', '')"
                        ),
                        args![clause, &version, &id, position, format!("{number}-{position}")],
                    ).await?;
                }
            }
            for (comment, hidden) in [("m1", None), ("m2", Some(1))] {
                tx.run(
                    sql!(
                        "insert into comment (id, consultation_id, clause_id, root_id, depth, account_id, body, posted_at, hidden_at, send_key)
                         values ($1, $2, 'k1', $1, 0, 'around', '', 0, $3, $1)"
                    ),
                    args![comment, &id, hidden.map(i64::from)],
                ).await?;
            }
            for (change, kind, at, public) in [("h1", "extended", 5_i64, true), ("h2", "closed_early", 9, true), ("h3", "extended", 11, false)] {
                tx.run(
                    sql!("insert into consultation_change (id, consultation_id, at, kind, reason, is_public) values ($1, $2, $3, $4, 'Hujan', $5)"),
                    args![change, &id, at, kind, public],
                ).await?;
            }
            tx.run(
                sql!("insert into file (id, name, media_type, size, sha256, body, created_at) values ('f', 'peta.pdf', 'application/pdf', 9, '', $1, 0)"),
                args![vec![1_u8]],
            ).await?;
            tx.run(
                sql!("insert into attachment (consultation_id, file_id, title, position) values ($1, 'f', 'Peta', 1)"),
                args![&id],
            ).await?;
            let found = around(tx, &id, Some(&AccountId::new("around"))).await?;
            tx.run(sql!("insert into draft (owner, place, body, updated_at) values ('around', 'here', '{}', 0)"), args![]).await?;
            tx.run(sql!("insert into outcome (consultation_id, kind, body, body_html, at) values ($1, 'adopted', '', '', 0)"), args![&id]).await?;
            let front = front(tx, &id, Some(&AccountId::new("around")), "here").await?;
            assert_eq!((&front.around, front.residents, &front.questions), (&found, 1, &Vec::new()));
            assert_eq!((front.outcome.as_deref(), front.draft.map(|d| d.body).as_deref()), (Some("adopted"), Some("{}")));
            assert_eq!((found.areas, found.version, found.participants, found.follows), (vec!["Sisir".to_owned()], Some(2), 1, true));
            let lines: Vec<_> = found.clauses.iter().map(|k| (k.label.as_str(), k.comments)).collect();
            assert_eq!(lines, [("2-1", 1), ("2-2", 0)]);
            assert_eq!(found.attachments[0].title, "Peta");
            assert_eq!(found.moved, Some(Moved { kind: ChangeKind::ClosedEarly, at: Timestamp(9), reason: "Hujan".into() }));
            assert!(!around(tx, &id, Some(&AccountId::new("other"))).await?.follows);
            let texts = crate::clause::list_texts(tx, &id).await?;
            let labels: Vec<_> = texts.iter().map(|t| (t.version.number, t.clauses[0].label.as_str(), t.clauses.len())).collect();
            assert_eq!(labels, [(2, "2-1", 2), (1, "1-1", 2)]);
            Ok::<_, Error>(())
        })).await;
        done.expect("is read");
    } }
}
