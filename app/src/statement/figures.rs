//! Figures of a statement as texts with their keys: the page is drawn from the same ones that its news bring.

use std::collections::BTreeMap;

use domain::{
    Locale,
    statement::{Counts, Judgement, Statement},
};
use ui::LiveBar;

use crate::t::statement as t;

/// The key of one figure of a statement: `statement:<number>:<part>`.
pub(super) fn key(statement: &Statement, part: &str) -> String {
    format!("statement:{}:{part}", statement.number)
}

/// `123 agree · 45 disagree · 6 pass`.
pub(super) fn line(locale: Locale, counts: Counts) -> String {
    let [agree, disagree, pass] = Judgement::ALL.map(|j| locale.number(counts.of(j)));
    t::counts(locale, agree, disagree, pass)
}

/// The words for the bar.
pub(super) fn bar(locale: Locale, counts: Counts) -> String {
    if counts.total() == 0 {
        return t::bar_empty(locale).to_owned();
    }
    let [agree, disagree, pass] =
        Judgement::ALL.map(|j| locale.percent(counts.of(j), counts.total()));
    t::bar(locale, agree, disagree, pass)
}

/// The keys of the bar.
pub(super) fn live_bar(statement: &Statement) -> LiveBar {
    LiveBar {
        widths: Judgement::ALL.map(|j| key(statement, &format!("{}:width", j.word()))),
        label: key(statement, "bar"),
    }
}

/// All figures of a statement that its viewer may see, by key.
pub(crate) fn all(locale: Locale, statement: &Statement) -> BTreeMap<String, String> {
    let Some(counts) = statement.counts else {
        return BTreeMap::new();
    };
    let mut texts = BTreeMap::from([
        (key(statement, "line"), line(locale, counts)),
        (key(statement, "bar"), bar(locale, counts)),
    ]);
    for judgement in Judgement::ALL {
        let votes = counts.of(judgement);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a city has fewer people than 2^52"
        )]
        let percent = votes as f64 * 100.0 / counts.total().max(1) as f64;
        texts.insert(key(statement, judgement.word()), locale.number(votes));
        texts.insert(
            key(statement, &format!("{}:width", judgement.word())),
            ui::bar::width(percent),
        );
    }
    texts
}

#[cfg(test)]
mod tests {
    use domain::StatementId;

    use super::*;

    #[test]
    fn what_is_hidden_has_no_figure() {
        let counts = Counts {
            agree: 3,
            disagree: 1,
            pass: 0,
        };
        let mut statement = Statement {
            id: StatementId::new("s"),
            number: 7,
            body: String::new(),
            is_seed: false,
            mine: None,
            counts: None,
        };
        assert_eq!(all(Locale::Id, &statement), BTreeMap::new());
        statement.counts = Some(counts);
        let texts = all(Locale::Id, &statement);
        assert_eq!(
            texts["statement:7:line"],
            "3 setuju · 1 tidak setuju · 0 lewat"
        );
        assert_eq!(texts["statement:7:agree:width"], "75.0%");
    }
}
