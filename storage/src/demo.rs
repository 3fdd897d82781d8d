//! Many rows at once: what the demo town is written with. History lies in its past, so it goes past the verbs.

use domain::{
    AccountId, AreaId, CommentId, ConsultationId, OfficeId, OptionId, ParticipantId, QuestionId,
    StatementId, Timestamp,
};

use crate::{Query, Result, Tx, Value, args, sql};

/// Rows in one statement. SQLite takes 32,766 values, PostgreSQL 65,535.
const CHUNK: usize = 500;

/// Inserts rows with the given head (`insert into … (…) values`).
async fn insert(tx: &mut Tx, head: &'static str, rows: Vec<Vec<Value>>) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut query = Query::new(head);
        for (n, row) in rows.by_ref().take(CHUNK).enumerate() {
            query = query.push(if n > 0 { "," } else { "" }).list(row);
        }
        tx.run_of(query).await?;
    }
    Ok(())
}

/// Whether there is any consultation.
pub async fn has_consultations(tx: &mut Tx) -> Result<bool> {
    Ok(tx
        .number(sql!("select count(*) from consultation"), args![])
        .await?
        > 0)
}

/// An account of the demo.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its identity.
    pub id: AccountId,
    /// Its address; also what is compared, since the demo's are in lower case.
    pub email: String,
    /// The name.
    pub name: String,
    /// The hash of the password.
    pub password_hash: String,
    /// `resident`, `moderator`, `administrator`.
    pub role: String,
    /// Where they live.
    pub home: Option<AreaId>,
    /// The office they work for.
    pub office: Option<OfficeId>,
    /// Since when.
    pub at: Timestamp,
}

/// Adds accounts, and makes those with an office its officers.
pub async fn add_people(tx: &mut Tx, people: &[Person]) -> Result<()> {
    let head = "insert into account (id, email, email_key, name, password_hash, role, home_area_id, created_at) values";
    let rows = people.iter().map(|p| {
        args![
            &p.id,
            &p.email,
            &p.email,
            &p.name,
            &p.password_hash,
            &p.role,
            p.home.as_ref(),
            p.at
        ]
    });
    insert(tx, head, rows.collect()).await?;
    let officers = people
        .iter()
        .filter_map(|p| p.office.as_ref().map(|office| args![&p.id, office, p.at]));
    insert(
        tx,
        "insert into membership (account_id, office_id, since) values",
        officers.collect(),
    )
    .await
}

/// A published consultation.
#[derive(Clone, Debug)]
pub struct Consultation {
    /// Its identity.
    pub id: ConsultationId,
    /// Its word in addresses.
    pub slug: String,
    /// The office that asks.
    pub office: OfficeId,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// The explanation, Markdown.
    pub body: String,
    /// The explanation as sanitised HTML.
    pub body_html: String,
    /// Whom to ask.
    pub contact: String,
    /// When it opens.
    pub opens_at: Timestamp,
    /// When it closes.
    pub closes_at: Timestamp,
    /// When it was published.
    pub published_at: Timestamp,
    /// When it was begun.
    pub created_at: Timestamp,
    /// The word of when counts are shown.
    pub counts_shown: String,
    /// Whether people may comment.
    pub comments_open: bool,
    /// Whether people may judge statements.
    pub statements_open: bool,
    /// The secret of the preview link.
    pub preview_token: String,
    /// Who wrote it.
    pub by: AccountId,
    /// Which areas it concerns.
    pub areas: Vec<AreaId>,
    /// Those who follow it have been told of its opening and its closing as far as these lie before this moment.
    pub told_until: Option<Timestamp>,
}

/// Adds a consultation with its areas.
pub async fn add_consultation(tx: &mut Tx, c: &Consultation) -> Result<()> {
    tx.run(
        sql!(
            "insert into consultation (id, slug, office_id, title, summary, body, body_html, contact, opens_at, closes_at,
                 published_at, counts_shown, comments_open, statements_open, preview_token, created_by, created_at,
                 updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $11)"
        ),
        args![
            &c.id,
            &c.slug,
            &c.office,
            &c.title,
            &c.summary,
            &c.body,
            &c.body_html,
            &c.contact,
            c.opens_at,
            c.closes_at,
            c.published_at,
            &c.counts_shown,
            c.comments_open,
            c.statements_open,
            &c.preview_token,
            &c.by,
            c.created_at
        ],
    )
    .await?;
    for (kind, moment) in [("opened", c.opens_at), ("closed", c.closes_at)] {
        if c.told_until.is_some_and(|until| moment <= until) {
            tx.run(
                sql!("insert into announcement (consultation_id, kind, moment, at) values ($1, $2, $3, $3)"),
                args![&c.id, kind, moment],
            )
            .await?;
        }
    }
    let areas = c.areas.iter().map(|area| args![&c.id, area]);
    insert(
        tx,
        "insert into consultation_area (consultation_id, area_id) values",
        areas.collect(),
    )
    .await
}

/// A question with its options.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its identity.
    pub id: QuestionId,
    /// `position`, `one`, `many`.
    pub kind: String,
    /// The question.
    pub title: String,
    /// What helps to answer it.
    pub help: String,
    /// Most choices.
    pub max_choices: i64,
    /// The options.
    pub options: Vec<(OptionId, String)>,
}

/// Adds questions in the order given.
pub async fn add_questions(
    tx: &mut Tx,
    consultation: &ConsultationId,
    questions: &[Question],
) -> Result<()> {
    let rows = (1_i64..).zip(questions).map(|(place, q)| {
        args![
            &q.id,
            consultation,
            place,
            &q.kind,
            &q.title,
            &q.help,
            q.max_choices
        ]
    });
    let head = "insert into question (id, consultation_id, position, kind, title, help, max_choices) values";
    insert(tx, head, rows.collect()).await?;
    let options = questions.iter().flat_map(|q| {
        (1_i64..)
            .zip(&q.options)
            .map(|(place, (id, label))| args![id, &q.id, place, label])
    });
    insert(
        tx,
        "insert into question_option (id, question_id, position, label) values",
        options.collect(),
    )
    .await
}

/// A voice without an account.
#[derive(Clone, Debug)]
pub struct Voice {
    /// Its identity.
    pub id: ParticipantId,
    /// Where it lives.
    pub area: Option<AreaId>,
    /// Its name among the demo's voices.
    pub external_id: String,
    /// When it first voted.
    pub at: Timestamp,
}

/// Adds voices.
pub async fn add_voices(
    tx: &mut Tx,
    consultation: &ConsultationId,
    voices: &[Voice],
) -> Result<()> {
    let rows = voices
        .iter()
        .map(|v| args![&v.id, consultation, v.area.as_ref(), &v.external_id, v.at]);
    let head =
        "insert into participant (id, consultation_id, area_id, external_id, joined_at) values";
    insert(tx, head, rows.collect()).await
}

/// A ballot of a voice.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// On which question.
    pub question: QuestionId,
    /// By whom.
    pub voice: ParticipantId,
    /// 0 for the first.
    pub revision: i64,
    /// What it holds.
    pub choices: Vec<String>,
    /// When.
    pub at: Timestamp,
    /// Whether it is the voice's newest on the question.
    pub counts: bool,
}

/// Adds ballots and the marks of those that count.
pub async fn add_ballots(tx: &mut Tx, ballots: &[Ballot]) -> Result<()> {
    let rows = ballots.iter().map(|b| {
        let choices = serde_json::to_string(&b.choices).unwrap_or_default();
        args![&b.question, &b.voice, b.revision, choices, b.at]
    });
    let head =
        "insert into ballot (question_id, participant_id, revision, choices, cast_at) values";
    insert(tx, head, rows.collect()).await?;
    let marks = ballots.iter().filter(|b| b.counts).flat_map(|b| {
        b.choices
            .iter()
            .map(|choice| args![&b.question, &b.voice, choice])
    });
    insert(
        tx,
        "insert into ballot_mark (question_id, participant_id, choice) values",
        marks.collect(),
    )
    .await
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its identity.
    pub id: StatementId,
    /// Its number, from 1.
    pub number: i64,
    /// The voice that wrote it; `None` when the office did.
    pub voice: Option<ParticipantId>,
    /// The sentence.
    pub body: String,
    /// `waiting`, `accepted`, `rejected`.
    pub status: String,
    /// When it was written.
    pub at: Timestamp,
    /// Who decided about it, and when.
    pub decided: Option<(AccountId, Timestamp)>,
    /// Why it was rejected.
    pub reason: String,
}

/// Adds statements.
pub async fn add_statements(
    tx: &mut Tx,
    consultation: &ConsultationId,
    statements: &[Statement],
) -> Result<()> {
    let rows = statements.iter().map(|s| {
        args![
            &s.id,
            consultation,
            s.number,
            s.voice.as_ref(),
            &s.body,
            &s.status,
            s.voice.is_none(),
            s.at,
            s.decided.as_ref().map(|d| d.1),
            s.decided.as_ref().map(|d| &d.0),
            &s.reason
        ]
    });
    let head = "insert into statement (id, consultation_id, number, participant_id, body, status, is_seed, created_at,
                                       decided_at, decided_by, reason) values";
    insert(tx, head, rows.collect()).await
}

/// A judgement of a voice.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Of which statement.
    pub statement: StatementId,
    /// By whom.
    pub voice: ParticipantId,
    /// 0 for the first.
    pub revision: i64,
    /// 1 agree, -1 disagree, 0 pass.
    pub value: i64,
    /// When.
    pub at: Timestamp,
}

/// Adds judgements, the newest of each voice being those that count.
pub async fn add_judgements(
    tx: &mut Tx,
    consultation: &ConsultationId,
    judgements: &[Judgement],
) -> Result<()> {
    let rows = judgements
        .iter()
        .map(|j| args![&j.statement, &j.voice, j.revision, j.value, j.at]);
    let head = "insert into statement_vote (statement_id, participant_id, revision, value, cast_at) values";
    insert(tx, head, rows.collect()).await?;
    tx.run(
        sql!(
            "insert into statement_mark (statement_id, participant_id, value)
             select v.statement_id, v.participant_id, v.value
             from statement_vote v
             join statement s on s.id = v.statement_id
             where s.consultation_id = $1
               and v.revision = (select max(n.revision) from statement_vote n
                                 where n.statement_id = v.statement_id and n.participant_id = v.participant_id)"
        ),
        args![consultation],
    )
    .await?;
    Ok(())
}

/// Gives accounts their voices.
pub async fn link_voices(
    tx: &mut Tx,
    consultation: &ConsultationId,
    links: &[(AccountId, ParticipantId)],
) -> Result<()> {
    let rows = links
        .iter()
        .map(|(account, voice)| args![consultation, account, voice]);
    insert(
        tx,
        "insert into participation (consultation_id, account_id, participant_id) values",
        rows.collect(),
    )
    .await
}

/// A comment with what happened to it.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Its identity.
    pub id: CommentId,
    /// The clause it is on.
    pub clause: Option<String>,
    /// What it quotes.
    pub quote: String,
    /// The comment it answers, which comes before it.
    pub parent: Option<CommentId>,
    /// The comment of the first level above it, or itself.
    pub root: CommentId,
    /// 0 for the first level.
    pub depth: i64,
    /// Who wrote it.
    pub author: AccountId,
    /// The office whose answer it is.
    pub office: Option<OfficeId>,
    /// `for`, `against`, `neutral`.
    pub stance: Option<String>,
    /// Its text.
    pub body: String,
    /// When.
    pub at: Timestamp,
    /// When it was edited, and what it said before.
    pub edited: Option<(Timestamp, String)>,
    /// When the author deleted it.
    pub deleted_at: Option<Timestamp>,
    /// When a moderator hid it, and why.
    pub hidden: Option<(Timestamp, String)>,
    /// Who supports it.
    pub supporters: Vec<AccountId>,
    /// Comments below it.
    pub replies: i64,
}

/// Adds comments with their earlier texts and supports.
pub async fn add_comments(
    tx: &mut Tx,
    consultation: &ConsultationId,
    comments: &[Comment],
) -> Result<()> {
    let rows = comments.iter().map(|c| {
        let supports = i64::try_from(c.supporters.len()).unwrap_or(i64::MAX);
        let hidden = c.hidden.as_ref();
        args![
            &c.id,
            consultation,
            c.clause.clone(),
            &c.quote,
            c.parent.as_ref(),
            &c.root,
            c.depth,
            &c.author,
            c.office.as_ref(),
            c.stance.clone(),
            &c.body,
            c.at,
            c.edited.as_ref().map(|e| e.0),
            c.deleted_at,
            hidden.map(|h| h.0),
            hidden.map_or("", |h| h.1.as_str()),
            supports,
            c.replies,
            c.id.as_str()
        ]
    });
    let head = "insert into comment (id, consultation_id, clause_id, quote, parent_id, root_id, depth, account_id,
                    office_id, stance, body, posted_at, edited_at, deleted_at, hidden_at, hidden_reason, supports,
                    replies, send_key) values";
    insert(tx, head, rows.collect()).await?;
    let edits = comments.iter().filter_map(|c| {
        c.edited
            .as_ref()
            .map(|(at, before)| args![&c.id, 1, before, *at])
    });
    insert(
        tx,
        "insert into comment_revision (comment_id, revision, body, at) values",
        edits.collect(),
    )
    .await?;
    let supports = comments.iter().flat_map(|c| {
        c.supporters
            .iter()
            .map(|account| args![&c.id, account, c.at])
    });
    insert(
        tx,
        "insert into comment_support (comment_id, account_id, at) values",
        supports.collect(),
    )
    .await
}

/// A flag on a comment.
#[derive(Clone, Debug)]
pub struct Flag {
    /// On which comment.
    pub comment: CommentId,
    /// By whom.
    pub by: AccountId,
    /// The word of the reason.
    pub reason: String,
    /// What they wrote.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// When a moderator decided.
    pub settled_at: Option<Timestamp>,
}

/// Adds flags.
pub async fn add_flags(tx: &mut Tx, flags: &[Flag]) -> Result<()> {
    let rows = flags
        .iter()
        .map(|f| args![&f.comment, &f.by, &f.reason, &f.note, f.at, f.settled_at]);
    let head =
        "insert into comment_flag (comment_id, account_id, reason, note, at, settled_at) values";
    insert(tx, head, rows.collect()).await
}

/// A decision of a moderator.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its identity.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
    /// `comment` or `statement`.
    pub kind: &'static str,
    /// Which.
    pub subject: String,
    /// `hide`, `keep`, `accept`, `reject`.
    pub action: &'static str,
    /// Why.
    pub reason: String,
}

/// Adds decisions.
pub async fn add_decisions(
    tx: &mut Tx,
    consultation: &ConsultationId,
    decisions: &[Decision],
) -> Result<()> {
    let rows = decisions.iter().map(|d| {
        args![
            &d.id,
            d.at,
            &d.by,
            consultation,
            d.kind,
            &d.subject,
            d.action,
            &d.reason
        ]
    });
    let head = "insert into moderation (id, at, account_id, consultation_id, subject_kind, subject_id, action, reason) values";
    insert(tx, head, rows.collect()).await
}

/// Makes accounts follow a consultation.
pub async fn add_followers(
    tx: &mut Tx,
    consultation: &ConsultationId,
    accounts: &[AccountId],
    since: Timestamp,
) -> Result<()> {
    let rows = accounts
        .iter()
        .map(|account| args![account, consultation, since]);
    insert(
        tx,
        "insert into follow (account_id, consultation_id, since) values",
        rows.collect(),
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    db_test! { async fn more_rows_than_one_statement_takes_all_arrive(db) {
        let c: ConsultationId = db.write(|tx| Box::pin(crate::testing::consultation(tx, "c"))).await.expect("a consultation");
        let written: Result<()> = db.write(move |tx| Box::pin(async move {
            assert!(has_consultations(tx).await?);
            let q = QuestionId::new("q");
            let question = Question {
                id: q.clone(), kind: "many".into(), title: "Q".into(), help: String::new(), max_choices: 2,
                options: vec![(OptionId::new("a"), "A".into()), (OptionId::new("b"), "B".into())],
            };
            add_questions(tx, &c, &[question]).await?;
            let voices: Vec<Voice> = (0..1234)
                .map(|n| Voice {
                    id: ParticipantId::new(format!("p{n}")), area: None, external_id: n.to_string(), at: Timestamp(n),
                })
                .collect();
            add_voices(tx, &c, &voices).await?;
            add_voices(tx, &c, &[]).await?;
            let first = |n: usize, revision, counts, choices: &[&str]| Ballot {
                question: q.clone(), voice: voices[n].id.clone(), revision, at: Timestamp(revision), counts,
                choices: choices.iter().map(|c| (*c).to_owned()).collect(),
            };
            add_ballots(tx, &[first(0, 0, false, &["a"]), first(0, 1, true, &["a", "b"]), first(1, 0, true, &["b"])]).await?;
            let s = StatementId::new("s");
            add_statements(tx, &c, &[Statement {
                id: s.clone(), number: 1, voice: Some(voices[0].id.clone()), body: "Ya".into(), status: "accepted".into(),
                at: Timestamp(1), decided: None, reason: String::new(),
            }]).await?;
            let judge = |n: usize, revision, value| Judgement {
                statement: s.clone(), voice: voices[n].id.clone(), revision, value, at: Timestamp(revision),
            };
            add_judgements(tx, &c, &[judge(0, 0, -1), judge(0, 1, 1), judge(1, 0, 0)]).await
        })).await;
        written.expect("is written");
        let mut tx = db.read().await.expect("a connection");
        for (sql, expected) in [
            (sql!("select count(*) from participant"), 1234),
            (sql!("select count(*) from ballot"), 3),
            (sql!("select count(*) from ballot_mark"), 3),
            (sql!("select count(*) from statement_mark"), 2),
            (sql!("select cast(coalesce(sum(value), 0) as bigint) from statement_mark"), 1),
        ] {
            assert_eq!(tx.number(sql, args![]).await.expect("counts"), expected, "{sql}");
        }
    } }
}
