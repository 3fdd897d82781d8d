//! Open data: lists for the API and files to download. One rule everywhere: what is hidden from a stranger is not in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use domain::{
    Actor, AreaId, ConsultationId, OfficeId, Zone,
    ballot::{QuestionKind, QuestionView},
    consultation::{Consultation, Phase},
    result::{area, csv::Csv},
    search::{Asked, ask},
    statement::Order,
};
use storage::{
    Tx,
    result::{BallotRow, CommentOrder},
};

use super::{
    open,
    show::{ALL, open_statement, show},
};
use crate::{Conflict, Error, Result, Service, chance::digest};

/// Most comments in one file.
const COMMENTS: i64 = 1_000_000;

/// The files of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Turnout and counts.
    Results,
    /// Ballots, one row a choice.
    Ballots,
    /// Statements with counts.
    Statements,
    /// Comments.
    Comments,
}

impl Sheet {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Results,
        Self::Ballots,
        Self::Statements,
        Self::Comments,
    ];

    /// The file's name without its ending, as in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Results => "hasil",
            Self::Ballots => "suara",
            Self::Statements => "pernyataan",
            Self::Comments => "tanggapan",
        }
    }
}

/// How files are written by the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table each.
    Csv,
    /// Everything in one.
    Json,
}

/// The public consultation at this address; drafts are not there, whoever asks.
pub async fn public(service: &Service, tx: &mut Tx, slug: &str) -> Result<Consultation> {
    crate::consultation::get(service, tx, &Actor::Anonymous, slug).await
}

/// The questions with counts as far as a stranger may see them.
pub async fn questions(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
) -> Result<Vec<open::Question>> {
    let views = crate::ballot::tallies(service, tx, &Actor::Anonymous, consultation).await?;
    Ok(views
        .iter()
        .map(|view| open::Question::of(view, None, |_| None))
        .collect())
}

/// The accepted statements with counts as far as a stranger may see them; none before it opens.
pub async fn statements(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
) -> Result<Vec<open::Statement>> {
    let now = service.now();
    if consultation.phase(now) < Phase::Open {
        return Ok(Vec::new());
    }
    let visible = consultation.counts_visible(now, false);
    Ok(
        storage::statement::list(tx, &consultation.id, None, Order::Number, ALL, 0)
            .await?
            .iter()
            .map(|s| open_statement(s, visible))
            .collect(),
    )
}

/// Comments, at most `limit` after the first `skip`, and how many there are.
pub async fn comments(
    tx: &mut Tx,
    consultation: &Consultation,
    order: CommentOrder,
    limit: i64,
    skip: i64,
) -> Result<(Vec<open::Comment>, i64)> {
    let total = storage::result::count_comments(tx, &consultation.id).await?;
    let labels: BTreeMap<String, String> = storage::clause::list_last_seen(tx, &consultation.id)
        .await?
        .into_iter()
        .map(|clause| (clause.id.to_string(), clause.label))
        .collect();
    let rows = storage::result::comments(tx, &consultation.id, order, limit, skip).await?;
    let comments = rows
        .into_iter()
        .map(|row| open::Comment::of(row, |id| labels.get(id).cloned()))
        .collect();
    Ok((comments, total))
}

/// A table as CSV. [`Conflict::StillOpen`] while what it counts is hidden.
pub async fn csv(service: &Service, slug: &str, sheet: Sheet) -> Result<String> {
    let mut tx = service.read().await?;
    let tx = &mut tx;
    let consultation = public(service, tx, slug).await?;
    match sheet {
        Sheet::Results => results(service, tx, &consultation).await,
        Sheet::Ballots => ballots(service, tx, &consultation).await,
        Sheet::Statements => {
            let mut out = Csv::new(&["number", "text", "is_seed", "agree", "disagree", "pass"]);
            for s in statements(service, tx, &consultation).await? {
                out.row([
                    s.number.to_string(),
                    s.text,
                    s.is_seed.to_string(),
                    number(s.agree),
                    number(s.disagree),
                    number(s.pass),
                ]);
            }
            Ok(out.finish())
        }
        Sheet::Comments => {
            let (comments, _) =
                comments(tx, &consultation, CommentOrder::Oldest, COMMENTS, 0).await?;
            Ok(comment_table(comments))
        }
    }
}

fn number(n: Option<i64>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn comment_table(comments: Vec<open::Comment>) -> String {
    let mut out = Csv::new(&[
        "id",
        "parent",
        "clause",
        "quote",
        "author",
        "office",
        "stance",
        "text",
        "state",
        "posted_at",
        "edited_at",
        "supports",
    ]);
    for c in comments {
        out.row([
            c.id,
            c.parent.unwrap_or_default(),
            c.clause.unwrap_or_default(),
            c.quote,
            c.author,
            c.office.unwrap_or_default(),
            c.stance.unwrap_or_default(),
            c.text,
            c.state,
            c.posted_at,
            c.edited_at.unwrap_or_default(),
            c.supports.to_string(),
        ]);
    }
    out.finish()
}

fn counted(service: &Service, consultation: &Consultation) -> Result<()> {
    if consultation.counts_visible(service.now(), false) {
        Ok(())
    } else {
        Err(Error::Conflict(Conflict::StillOpen))
    }
}

/// Turnout and counts, one row a figure; by area only after closing.
async fn results(service: &Service, tx: &mut Tx, consultation: &Consultation) -> Result<String> {
    counted(service, consultation)?;
    let mut out = Csv::new(&[
        "about", "number", "title", "area", "choice", "label", "count", "of",
    ]);
    let mut row =
        |about: &str, number: i64, title: &str, area: &str, choice: &open::Choice, of: i64| {
            let place = if number > 0 {
                number.to_string()
            } else {
                String::new()
            };
            let count = self::number(choice.votes);
            out.row([
                about,
                &place,
                title,
                area,
                &choice.choice,
                &choice.label,
                &count,
                &of.to_string(),
            ]);
        };
    let figure = |word: &str, n: i64| open::Choice {
        choice: word.to_owned(),
        label: String::new(),
        votes: Some(n),
    };
    if consultation.phase(service.now()) < Phase::Closed {
        for q in questions(service, tx, consultation).await? {
            for choice in &q.choices {
                row(
                    "question",
                    q.number,
                    &q.title,
                    "",
                    choice,
                    q.voters.unwrap_or(0),
                );
            }
        }
        return Ok(out.finish());
    }
    let result = show(service, tx, consultation).await?.open(service.now());
    let t = &result.turnout;
    for (word, n) in [
        ("participants", t.participants),
        ("voters", t.voters),
        ("comments", t.comments),
        ("statements", t.statements),
        ("judgements", t.judgements),
        ("elsewhere", t.elsewhere),
    ] {
        row("turnout", 0, "", "", &figure(word, n), t.participants);
    }
    for area in &t.areas {
        row(
            "turnout",
            0,
            "",
            &area.name,
            &figure("participants", area.people),
            t.participants,
        );
    }
    for q in &result.questions {
        for choice in &q.choices {
            row(
                "question",
                q.number,
                &q.title,
                "",
                choice,
                q.voters.unwrap_or(0),
            );
        }
        for area in &q.by_area {
            let name = match (&area.name, area.areas) {
                (Some(name), _) => name.clone(),
                (None, 1) => "-".to_owned(),
                (None, more) => format!("({more})"),
            };
            for choice in &area.choices {
                row("question", q.number, &q.title, &name, choice, area.voters);
            }
        }
    }
    for s in &result.statements {
        let counts = [
            ("agree", s.agree),
            ("disagree", s.disagree),
            ("pass", s.pass),
        ];
        let of = counts.iter().filter_map(|c| c.1).sum();
        for (word, n) in counts {
            row(
                "statement",
                s.number,
                &s.text,
                "",
                &figure(word, n.unwrap_or(0)),
                of,
            );
        }
    }
    Ok(out.finish())
}

/// Ballots, one row a choice. People are numbered in an order that tells nothing about when they came; areas are given
/// only after closing, and only those with enough people in every question.
async fn ballots(service: &Service, tx: &mut Tx, consultation: &Consultation) -> Result<String> {
    counted(service, consultation)?;
    let zone = storage::area::find_city(tx)
        .await?
        .map_or(Zone::UTC, |city| city.zone);
    let names: BTreeMap<AreaId, String> = storage::area::list(tx)
        .await?
        .into_iter()
        .map(|area| (area.id, area.name))
        .collect();
    let views = crate::ballot::tallies(service, tx, &Actor::Anonymous, consultation).await?;
    let rows = storage::result::ballots(tx, &consultation.id).await?;
    let voices: BTreeSet<&str> = rows.iter().map(|r| r.participant_id.as_str()).collect();
    let mut order: Vec<(String, &str)> = voices.iter().map(|id| (digest(id), *id)).collect();
    order.sort();
    let numbers: BTreeMap<&str, usize> = order
        .iter()
        .enumerate()
        .map(|(n, (_, id))| (*id, n + 1))
        .collect();
    let shown = if consultation.phase(service.now()) < Phase::Closed {
        BTreeSet::new()
    } else {
        named(&rows)
    };
    let mut out = Csv::new(&[
        "participant",
        "area_code",
        "area",
        "question",
        "title",
        "choice",
        "label",
        "day",
    ]);
    for row in &rows {
        let Some(view) = views
            .iter()
            .find(|v| v.question.id.as_str() == row.question_id)
        else {
            continue;
        };
        let area = row
            .area_id
            .as_deref()
            .map(AreaId::new)
            .filter(|area| shown.contains(area));
        let day = zone.input(domain::Timestamp(row.cast_at));
        out.row([
            numbers
                .get(row.participant_id.as_str())
                .map(ToString::to_string)
                .unwrap_or_default()
                .as_str(),
            area.as_ref().map(AreaId::as_str).unwrap_or_default(),
            area.as_ref()
                .and_then(|a| names.get(a))
                .map(String::as_str)
                .unwrap_or_default(),
            &view.question.position.to_string(),
            &view.question.title,
            &choice_word(view, &row.choice),
            view.label(&row.choice).unwrap_or_default(),
            day.split('T').next().unwrap_or_default(),
        ]);
    }
    Ok(out.finish())
}

/// The areas that may be named beside ballots: each has enough voices, or none, in every question. A number that named its
/// area beside one question would tell it beside the others.
fn named(rows: &[BallotRow]) -> BTreeSet<AreaId> {
    let mut questions: BTreeMap<&str, BTreeMap<&str, Option<AreaId>>> = BTreeMap::new();
    for row in rows {
        let area = row.area_id.as_deref().map(AreaId::new);
        let voices = questions.entry(&row.question_id).or_default();
        voices.insert(&row.participant_id, area);
    }
    let mut all = BTreeSet::new();
    let mut withheld = BTreeSet::new();
    for voices in questions.values() {
        let mut people: BTreeMap<AreaId, i64> = BTreeMap::new();
        for area in voices.values().flatten() {
            *people.entry(area.clone()).or_default() += 1;
        }
        let without = voices.values().filter(|area| area.is_none()).count();
        let shown = area::shown(&people, i64::try_from(without).unwrap_or(i64::MAX));
        withheld.extend(people.keys().filter(|a| !shown.contains(a)).cloned());
        all.extend(people.into_keys());
    }
    all.difference(&withheld).cloned().collect()
}

/// `agree`, `disagree`, `abstain`, or the option's number.
fn choice_word(view: &QuestionView, choice: &str) -> String {
    if view.question.kind == QuestionKind::Position {
        return choice.to_owned();
    }
    let place = view
        .question
        .options
        .iter()
        .position(|o| o.id.as_str() == choice);
    place
        .map(|place| (place + 1).to_string())
        .unwrap_or_default()
}

/// The result as JSON; [`Conflict::StillOpen`] before closing.
pub async fn results_json(service: &Service, slug: &str) -> Result<open::Results> {
    let mut tx = service.read().await?;
    let consultation = public(service, &mut tx, slug).await?;
    Ok(show(service, &mut tx, &consultation)
        .await?
        .open(service.now()))
}

/// Everything about a consultation that anybody may have now.
pub async fn everything(service: &Service, slug: &str) -> Result<open::Everything> {
    let mut tx = service.read().await?;
    let tx = &mut tx;
    let consultation = public(service, tx, slug).await?;
    let closed = consultation.phase(service.now()) >= Phase::Closed;
    let (comments, _) = comments(tx, &consultation, CommentOrder::Oldest, COMMENTS, 0).await?;
    Ok(open::Everything {
        questions: questions(service, tx, &consultation).await?,
        statements: statements(service, tx, &consultation).await?,
        comments,
        results: if closed {
            Some(show(service, tx, &consultation).await?.open(service.now()))
        } else {
            None
        },
        consultation: open::Consultation::of(&consultation, service.now()),
        licence: open::LICENCE,
    })
}

/// Writes a consultation's open data into a folder, which is made when missing: the tables, or `semua.json`.
/// Tables that are hidden now are left out. The names of the files written.
///
/// Errors: [`Error::NotFound`] for an unknown or unpublished one; [`io::Error`](std::io::Error) when a file cannot be written.
pub async fn export(
    service: &Service,
    slug: &str,
    format: Format,
    out: &Path,
) -> Result<Vec<String>, ExportError> {
    let mut files = Vec::new();
    match format {
        Format::Json => {
            let text = serde_json::to_string(&everything(service, slug).await?).unwrap_or_default();
            files.push(("semua.json".to_owned(), text));
        }
        Format::Csv => {
            for sheet in Sheet::ALL {
                match csv(service, slug, sheet).await {
                    Ok(text) => files.push((format!("{}.csv", sheet.word()), text)),
                    Err(Error::Conflict(Conflict::StillOpen)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    std::fs::create_dir_all(out)?;
    for (name, text) in &files {
        std::fs::write(out.join(name), text)?;
    }
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

/// Why an export was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error(transparent)]
    Service(#[from] Error),
    /// A file cannot be written.
    #[error("the export cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

/// Which consultations a list gives. What is not given does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this office.
    pub office: Option<OfficeId>,
    /// That concern this area.
    pub area: Option<AreaId>,
    /// In this phase; drafts are never in it.
    pub phase: Option<Phase>,
    /// With these words.
    pub text: String,
}

/// Public consultations, at most `limit` after the first `skip`, and how many there are. Two statements, three with a text.
pub async fn consultations(
    service: &Service,
    tx: &mut Tx,
    wanted: &Wanted,
    limit: i64,
    skip: i64,
) -> Result<(Vec<open::Consultation>, i64)> {
    let among = match ask(&wanted.text) {
        Asked::Nothing => None,
        Asked::TooShort => Some(Vec::new()),
        Asked::Terms(terms) => Some(storage::search::in_consultations(tx, &terms).await?),
    };
    let filter = storage::consultation::list::Wanted {
        office: wanted.office.clone(),
        area: wanted.area.clone(),
        phase: wanted.phase,
        among,
    };
    let now = service.now();
    let mut rows = storage::consultation::list::list(tx, &filter, now, skip, limit).await?;
    let total = rows.first().map_or(0, |row| row.total);
    // Beyond the end programs get nothing, where people get the last page.
    rows.retain(|row| row.place > skip);
    let ids: Vec<ConsultationId> = rows
        .into_iter()
        .map(|row| ConsultationId::new(row.id))
        .collect();
    let found = storage::consultation::find_many(tx, &ids).await?;
    Ok((
        found
            .iter()
            .map(|c| open::Consultation::of(c, now))
            .collect(),
        total,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(question: &str, area: &str, people: std::ops::Range<usize>) -> Vec<BallotRow> {
        people
            .map(|n| BallotRow {
                participant_id: format!("{area}-{n}"),
                area_id: Some(area.to_owned()),
                question_id: question.to_owned(),
                choice: "agree".to_owned(),
                cast_at: 0,
            })
            .collect()
    }

    #[test]
    fn an_area_with_few_voices_in_one_question_is_named_beside_none() {
        let mut rows = votes("1", "temas", 0..6);
        rows.extend(votes("1", "sisir", 0..9));
        rows.extend(votes("1", "beji", 0..7));
        let all = |rows: &[BallotRow]| {
            named(rows)
                .into_iter()
                .map(|a| a.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(all(&rows), ["beji", "sisir", "temas"]);
        rows.extend(votes("2", "temas", 0..1));
        rows.extend(votes("2", "sisir", 0..8));
        assert_eq!(
            all(&rows),
            ["beji"],
            "sisir goes too, or one vote would be found by subtraction"
        );
    }
}
