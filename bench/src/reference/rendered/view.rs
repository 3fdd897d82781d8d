//! What the template fills in.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use domain::{
    Locale, Timestamp, Zone,
    clause::{Anchor, find_quote},
    comment::to_html,
};

use crate::reference::queries::{Comment, Consultation, Desk, Part, Session};

#[derive(Template)]
#[template(path = "consultation.html")]
pub(super) struct Page {
    pub(super) session: Session,
    pub(super) consultation: Consultation,
    pub(super) parts: Vec<Part>,
    pub(super) questions: Vec<Question>,
    pub(super) desk: Desk,
    pub(super) threads: Vec<Thread>,
    pub(super) comments: i64,
    pub(super) roots: i64,
    pub(super) draft: String,
}

impl Page {
    fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Part> {
        of(&self.parts, kind)
    }

    fn areas(&self) -> String {
        self.of("area")
            .map(|p| p.a.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn follows(&self) -> bool {
        self.of("follow").next().is_some()
    }

    fn closes(&self) -> String {
        self.consultation.closes_at.map_or_else(String::new, date)
    }
}

pub(super) struct Question {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) help: String,
    pub(super) is_position: bool,
    pub(super) choices: Vec<Choice>,
    pub(super) voters: String,
}

pub(super) struct Choice {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) votes: String,
    pub(super) share: String,
    pub(super) width: String,
    pub(super) mine: bool,
}

fn of<'a>(parts: &'a [Part], kind: &'a str) -> impl Iterator<Item = &'a Part> {
    parts.iter().filter(move |part| part.kind == kind)
}

/// What the person was typing.
pub(super) fn draft(parts: &[Part]) -> String {
    of(parts, "draft")
        .map(|draft| draft.b.clone())
        .next()
        .unwrap_or_default()
}

/// The questions with their options and figures.
pub(super) fn questions(parts: &[Part]) -> Vec<Question> {
    of(parts, "question")
        .map(|row| question(row, parts))
        .collect()
}

fn question(row: &Part, parts: &[Part]) -> Question {
    let is_position = row.c == "position";
    let options: Vec<(String, String)> = if is_position {
        [
            ("agree", "Setuju"),
            ("disagree", "Tidak setuju"),
            ("abstain", "Abstain"),
        ]
        .map(|(id, label)| (id.to_owned(), label.to_owned()))
        .into()
    } else {
        of(parts, "option")
            .filter(|option| option.b == row.id)
            .map(|option| (option.id.clone(), option.a.clone()))
            .collect()
    };
    let about = |kind| of(parts, kind).filter(|part| part.id == row.id);
    let voters = about("voters")
        .map(|part| part.n)
        .next()
        .unwrap_or_else(|| about("votes").map(|part| part.n).sum());
    let choices = options
        .into_iter()
        .map(|(id, label)| {
            let votes = about("votes")
                .find(|part| part.a == id)
                .map_or(0, |part| part.n);
            let (class, icon) = match id.as_str() {
                "disagree" => ("against", "m6 6 12 12M18 6 6 18"),
                "abstain" => ("pass", "M6 12h12"),
                "agree" => ("agree", "m5 12.5 4.5 4.5L19 7.5"),
                _ => ("plain", "m5 12.5 4.5 4.5L19 7.5"),
            };
            let thousandths = votes * 1_000 / voters.max(1);
            Choice {
                mine: about("mine").any(|part| part.a == id),
                votes: Locale::Id.number(votes),
                share: Locale::Id.percent(votes, voters),
                width: format!("{}.{}%", thousandths / 10, thousandths % 10),
                id,
                label,
                class,
                icon,
            }
        })
        .collect();
    Question {
        voters: Locale::Id.number(voters),
        id: row.id.clone(),
        title: row.a.clone(),
        help: row.b.clone(),
        is_position,
        choices,
    }
}

pub(super) struct Thread {
    pub(super) root: Item,
    pub(super) replies: Vec<Item>,
}

pub(super) struct Item {
    pub(super) id: String,
    pub(super) author: String,
    pub(super) area: String,
    pub(super) office: Option<String>,
    pub(super) above: Option<String>,
    pub(super) clause: Option<(String, String)>,
    pub(super) moved: bool,
    pub(super) stance: Option<(&'static str, &'static str)>,
    pub(super) html: String,
    pub(super) time: String,
    pub(super) date: String,
    pub(super) supports: i64,
    pub(super) replies: i64,
    pub(super) supported: bool,
}

/// The newest thread first, replies in the order in which they were posted.
pub(super) fn threads(comments: &[Comment]) -> Vec<Thread> {
    let by_id: HashMap<&str, &Comment> = comments.iter().map(|c| (c.id.as_str(), c)).collect();
    let mut replies: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for reply in comments.iter().filter(|c| c.depth > 0) {
        replies
            .entry(&reply.root_id)
            .or_default()
            .push(item(reply, &by_id));
    }
    comments
        .iter()
        .rev()
        .filter(|c| c.depth == 0)
        .map(|root| Thread {
            root: item(root, &by_id),
            replies: replies.remove(root.id.as_str()).unwrap_or_default(),
        })
        .collect()
}

fn item(comment: &Comment, by_id: &HashMap<&str, &Comment>) -> Item {
    let above = comment.parent_id.as_deref().and_then(|id| by_id.get(id));
    let quoted = match comment.quote.as_str() {
        "" => comment.body.clone(),
        quote => format!("> {quote}\n\n{}", comment.body),
    };
    let moved = comment
        .clause_body
        .as_deref()
        .is_some_and(|body| find_quote(&comment.quote, body) != Anchor::InPlace);
    Item {
        id: comment.id.clone(),
        author: comment.author_name.clone(),
        area: comment.area_name.clone(),
        office: comment.office_name.clone(),
        above: above.map(|c| {
            c.office_name
                .clone()
                .unwrap_or_else(|| c.author_name.clone())
        }),
        clause: comment
            .clause_label
            .clone()
            .zip(comment.clause_heading.clone()),
        moved,
        stance: match comment.stance.as_deref() {
            Some("for") => Some(("agree", "Mendukung")),
            Some("against") => Some(("against", "Menolak")),
            Some(_) => Some(("pass", "Netral")),
            None => None,
        },
        html: to_html(&quoted),
        time: Timestamp(comment.posted_at).rfc3339(),
        date: date(comment.posted_at),
        supports: comment.supports,
        replies: comment.replies,
        supported: comment.supported,
    }
}

fn date(at: i64) -> String {
    let zone = Zone {
        name: String::new(),
        hours: 7,
    };
    zone.date(Timestamp(at), Locale::Id)
}
