//! Results and comments as tables.

use domain::{
    consultation::{Consultation, Phase},
    result::csv::Csv,
};
use storage::Tx;

use super::{
    super::{open, show::show},
    questions,
};
use crate::{Conflict, Error, Result, Service};

pub(super) fn number(n: Option<i64>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

pub(super) fn comment_table(comments: Vec<open::Comment>) -> String {
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

pub(super) fn counted(service: &Service, consultation: &Consultation) -> Result<()> {
    if consultation.counts_visible(service.now(), false) {
        Ok(())
    } else {
        Err(Error::Conflict(Conflict::StillOpen))
    }
}

/// Turnout and counts, one row a figure; by area only after closing.
pub(super) async fn results(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
) -> Result<String> {
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
