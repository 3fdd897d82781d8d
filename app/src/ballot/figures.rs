//! Figures of a question as texts with their keys: the page is drawn from the same ones that its news bring.

use std::collections::BTreeMap;

use domain::{
    Locale,
    ballot::{ABSTAIN, AGREE, DISAGREE, QuestionKind, QuestionView},
};

use crate::t::ballot as t;

/// The key of one figure of a question: `ballot:<question>:<part>`.
pub(super) fn key(view: &QuestionView, part: &str) -> String {
    format!("ballot:{}:{part}", view.question.id)
}

/// How a choice did: its count, its share in words, and the width of its bar in per cent.
pub(super) struct Figure {
    pub(super) count: String,
    pub(super) share: String,
    pub(super) both: String,
    pub(super) percent: f64,
}

/// The figures of a choice; `None` while counts are hidden. Shares are of the people who voted.
pub(super) fn figure(locale: Locale, view: &QuestionView, choice: &str) -> Option<Figure> {
    let votes = view.votes(choice)?;
    let (count, share) = (locale.number(votes), locale.percent(votes, view.voters));
    let whole = match view.question.kind {
        QuestionKind::Position | QuestionKind::One => view.voters,
        // The longest bar is the whole width.
        QuestionKind::Many => view
            .counts
            .iter()
            .flatten()
            .map(|c| c.votes)
            .max()
            .unwrap_or(0),
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "a city has fewer people than 2^52"
    )]
    let percent = votes as f64 * 100.0 / whole.max(1) as f64;
    Some(Figure {
        both: format!("{count} · {share}"),
        count,
        share,
        percent,
    })
}

/// The words for the bar of a position; `None` while counts are hidden.
pub(super) fn bar(locale: Locale, view: &QuestionView) -> Option<String> {
    if view.voters == 0 {
        return view
            .counts
            .is_some()
            .then(|| t::bar_empty(locale).to_owned());
    }
    let share = |choice| Some(locale.percent(view.votes(choice)?, view.voters));
    Some(t::bar(
        locale,
        share(AGREE)?,
        share(DISAGREE)?,
        share(ABSTAIN)?,
    ))
}

/// All figures of a question that its viewer may see, by key.
pub(super) fn all(locale: Locale, view: &QuestionView) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::from([(key(view, "voters"), t::voters(locale, view.voters))]);
    for choice in view.question.choices() {
        if let Some(figure) = figure(locale, view, choice) {
            texts.insert(key(view, choice), figure.count);
            texts.insert(key(view, &format!("{choice}:share")), figure.share);
            texts.insert(key(view, &format!("{choice}:both")), figure.both);
            texts.insert(
                key(view, &format!("{choice}:width")),
                ui::bar::width(figure.percent),
            );
        }
    }
    if let Some(words) = bar(locale, view).filter(|_| view.question.kind == QuestionKind::Position)
    {
        texts.insert(key(view, "bar"), words);
    }
    texts
}

#[cfg(test)]
mod tests {
    use domain::{QuestionId, ballot::Question};

    use super::*;

    fn view(counts: Option<[i64; 3]>) -> QuestionView {
        let question = Question {
            id: QuestionId::new("q"),
            position: 1,
            kind: QuestionKind::Position,
            title: "?".into(),
            help: String::new(),
            options: Vec::new(),
            max_choices: 1,
        };
        let counts = counts.map(|[a, d, n]| {
            let found = [(AGREE, a), (DISAGREE, d), (ABSTAIN, n)];
            question.counts(&found.map(|(word, votes)| (word.to_owned(), votes)).into())
        });
        QuestionView {
            question,
            mine: None,
            counts,
            voters: 4,
        }
    }

    #[test]
    fn what_is_hidden_has_no_figure() {
        let texts = all(Locale::Id, &view(None));
        assert_eq!(texts.keys().collect::<Vec<_>>(), ["ballot:q:voters"]);
    }

    #[test]
    fn shares_are_of_the_people() {
        let texts = all(Locale::Id, &view(Some([3, 1, 0])));
        let text = |part: &str| texts[&format!("ballot:q:{part}")].as_str();
        assert_eq!(
            (text("agree"), text("agree:share"), text("agree:width")),
            ("3", "75 %", "75.0%")
        );
        assert_eq!(text("bar"), "75 % setuju, 25 % tidak setuju, 0 % abstain");
    }
}
