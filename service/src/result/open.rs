//! Open data: what anybody may have, in the form in which the public API and the downloads give it.
//!
//! Counts that are hidden are `null`, not zero. Instants are RFC 3339 in UTC. Names of fields do not change.

use domain::{
    Timestamp,
    ballot::{QuestionKind, QuestionView, area::ByArea},
};
use serde::Serialize;
use storage::result::CommentRow;
use utoipa::ToSchema;

/// The licence of all open data.
pub const LICENCE: &str = "CC BY 4.0";

/// The office that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Office {
    /// Its short word, such as `dishub`.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// Its short name.
    pub short: String,
}

/// A consultation that is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Consultation {
    /// Its word in addresses.
    pub slug: String,
    /// Its page, from the site's root.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The office that asks.
    pub office: Office,
    /// Official codes of the areas that it concerns; empty means the whole city.
    pub areas: Vec<String>,
    /// `announced`, `open`, `closed` or `answered`.
    #[schema(example = "open")]
    pub phase: &'static str,
    /// When people can begin to take part.
    #[schema(example = "2026-11-06T01:00:00Z")]
    pub opens_at: Option<String>,
    /// When taking part ends.
    pub closes_at: Option<String>,
    /// When it became public.
    pub published_at: Option<String>,
    /// When the office answered.
    pub answered_at: Option<String>,
    /// When counts are shown: `live`, `after_vote` or `after_close`.
    pub counts_shown: &'static str,
    /// Where an imported one comes from; empty for the city's own.
    pub source: String,
}

impl Consultation {
    /// As it stands at `now`.
    pub fn of(c: &domain::consultation::Consultation, now: Timestamp) -> Self {
        let text = |at: Option<Timestamp>| at.map(Timestamp::rfc3339);
        Self {
            path: format!("/konsultasi/{}", c.slug),
            slug: c.slug.clone(),
            title: c.title.clone(),
            summary: c.summary.clone(),
            office: Office {
                id: c.office.to_string(),
                name: c.office_name.clone(),
                short: c.office_short.clone(),
            },
            areas: c.areas.iter().map(ToString::to_string).collect(),
            phase: c.phase(now).word(),
            opens_at: text(c.opens_at),
            closes_at: text(c.closes_at),
            published_at: text(c.published_at),
            answered_at: text(c.answered_at),
            counts_shown: c.counts_shown.word(),
            source: c.source.clone(),
        }
    }
}

/// A choice of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Choice {
    /// `agree`, `disagree`, `abstain`, or the option's number in the question.
    #[schema(example = "agree")]
    pub choice: String,
    /// What the option says; empty for a position.
    pub label: String,
    /// How many people chose it; null while counts are hidden.
    pub votes: Option<i64>,
}

/// The choices of the people of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Area {
    /// The area's official code; null for the rest: small areas together.
    pub code: Option<String>,
    /// The area's name; null for those who stated none, and for the rest.
    pub name: Option<String>,
    /// How many areas stand together here: 1, or more in the rest.
    pub areas: i64,
    /// How many people of it voted.
    pub voters: i64,
    /// Their choices.
    pub choices: Vec<Choice>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Question {
    /// Its number, from 1.
    pub number: i64,
    /// `position` (agree, disagree, abstain), `one` of several options, or `many` of several.
    pub kind: &'static str,
    /// The question.
    pub title: String,
    /// What helps to answer it.
    pub help: String,
    /// Most options that one may choose.
    pub max_choices: i64,
    /// People whose vote counts; null while counts are hidden.
    pub voters: Option<i64>,
    /// The choices in the question's order.
    pub choices: Vec<Choice>,
    /// By home area, from areas with at least five voters; empty before closing.
    pub by_area: Vec<Area>,
}

impl Question {
    /// A question as `view` lets it be seen, by areas whose names `name` knows.
    pub fn of(
        view: &QuestionView,
        by_area: Option<&ByArea>,
        name: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let q = &view.question;
        let choices = |votes: &dyn Fn(&str) -> Option<i64>| -> Vec<Choice> {
            (1..)
                .zip(q.choices())
                .map(|(place, choice): (i64, &str)| Choice {
                    choice: if q.kind == QuestionKind::Position {
                        choice.to_owned()
                    } else {
                        place.to_string()
                    },
                    label: view.label(choice).unwrap_or_default().to_owned(),
                    votes: votes(choice),
                })
                .collect()
        };
        let counted = |counts: &[domain::ballot::Count]| {
            choices(&|choice| {
                Some(
                    counts
                        .iter()
                        .find(|c| c.choice == choice)
                        .map_or(0, |c| c.votes),
                )
            })
        };
        let mut areas = Vec::new();
        if let Some(split) = by_area {
            areas.extend(split.areas.iter().map(|a| Area {
                code: a.area.as_ref().map(ToString::to_string),
                name: a.area.as_ref().and_then(|code| name(code.as_str())),
                areas: 1,
                voters: a.voters,
                choices: counted(&a.counts),
            }));
            if split.hidden > 0 {
                areas.push(Area {
                    code: None,
                    name: None,
                    areas: split.hidden,
                    voters: split.hidden_voters,
                    choices: counted(&split.rest),
                });
            }
        }
        Self {
            number: q.position,
            kind: q.kind.word(),
            title: q.title.clone(),
            help: q.help.clone(),
            max_choices: i64::try_from(q.limit()).unwrap_or(1),
            voters: view.counts.as_ref().map(|_| view.voters),
            choices: choices(&|choice| view.votes(choice)),
            by_area: areas,
        }
    }
}

/// A statement that a moderator accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Statement {
    /// Its number in the consultation.
    pub number: i64,
    /// The sentence.
    pub text: String,
    /// Whether the office wrote it to begin with.
    pub is_seed: bool,
    /// How many agree; null while counts are hidden.
    pub agree: Option<i64>,
    /// How many disagree.
    pub disagree: Option<i64>,
    /// How many passed.
    pub pass: Option<i64>,
}

/// A comment; of a hidden or deleted one only its place and its supports are given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Comment {
    /// Its identity.
    pub id: String,
    /// The comment that it answers.
    pub parent: Option<String>,
    /// The number of the clause that it is on, in the newest text that has it.
    pub clause: Option<String>,
    /// The words of the clause that it quotes.
    pub quote: String,
    /// The author's public name.
    pub author: String,
    /// The office whose answer it is.
    pub office: Option<String>,
    /// `for`, `against` or `neutral`.
    pub stance: Option<String>,
    /// Its text.
    pub text: String,
    /// `public`, `hidden` or `deleted`.
    pub state: String,
    /// When it was posted.
    pub posted_at: String,
    /// When it was last edited.
    pub edited_at: Option<String>,
    /// How many support it.
    pub supports: i64,
}

impl Comment {
    pub(super) fn of(row: CommentRow, clause: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            id: row.id,
            parent: row.parent_id,
            clause: row.clause_id.as_deref().and_then(clause),
            quote: row.quote,
            author: row.author,
            office: row.office_id,
            stance: row.stance,
            text: row.body,
            state: row.state,
            posted_at: Timestamp(row.posted_at).rfc3339(),
            edited_at: row.edited_at.map(|at| Timestamp(at).rfc3339()),
            supports: row.supports,
        }
    }
}

/// How many took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Turnout {
    /// People who voted or judged, each once.
    pub participants: i64,
    /// People who voted on a question.
    pub voters: i64,
    /// Comments of residents.
    pub comments: i64,
    /// Statements.
    pub statements: i64,
    /// Judgements of statements.
    pub judgements: i64,
    /// People by home area, from areas with at least five.
    pub areas: Vec<AreaPeople>,
    /// People without an area and from smaller areas.
    pub elsewhere: i64,
}

/// People of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AreaPeople {
    /// The area's official code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many took part.
    pub people: i64,
}

/// What an office replied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reply {
    /// `question`, `theme` or `clause`.
    pub about: &'static str,
    /// The question, the theme's title, or the clause's number and heading.
    pub title: String,
    /// What a theme is about.
    pub description: String,
    /// Comments under a theme.
    pub comments: i64,
    /// The reply, Markdown.
    pub text: String,
    /// When it was written or last changed.
    pub at: String,
}

/// What the office does with the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Outcome {
    /// `adopted`, `changed` or `dropped`.
    pub kind: String,
    /// Why, Markdown.
    pub text: String,
    /// Where the decision can be read; empty when nowhere yet.
    pub link: String,
    /// When.
    pub at: String,
}

/// The result of a consultation that has closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Results {
    /// The consultation.
    pub consultation: Consultation,
    /// How many took part.
    pub turnout: Turnout,
    /// Questions with counts.
    pub questions: Vec<Question>,
    /// Statements with counts.
    pub statements: Vec<Statement>,
    /// The office's replies: questions, themes, clauses.
    pub replies: Vec<Reply>,
    /// What the office does; null until it has answered.
    pub outcome: Option<Outcome>,
    /// The licence of these data.
    #[schema(example = "CC BY 4.0")]
    pub licence: &'static str,
}

/// Everything about a consultation that anybody may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Everything {
    /// The consultation.
    pub consultation: Consultation,
    /// Questions; counts are null while they are hidden.
    pub questions: Vec<Question>,
    /// Statements; counts are null while they are hidden.
    pub statements: Vec<Statement>,
    /// Comments.
    pub comments: Vec<Comment>,
    /// The result; null before closing.
    pub results: Option<Results>,
    /// The licence of these data.
    pub licence: &'static str,
}
