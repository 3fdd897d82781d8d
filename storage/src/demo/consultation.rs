//! Consultations and their questions.

use domain::{AccountId, AreaId, ConsultationId, OfficeId, OptionId, QuestionId, Timestamp};

use super::insert;
use crate::{Result, Tx, args, sql};

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
