//! A consultation as a card of a list.

use domain::{Locale, consultation::Phase, result::OutcomeKind};
use leptos::prelude::*;
use service::consultation::Summary;

use super::words::days_left;
use crate::{Visit, links, t::consultation as t};

/// Days before closing from which a card says so.
const SOON: i64 = 7;
/// Characters of an outcome on a card.
const OUTCOME: usize = 180;

/// The card of one consultation.
pub(crate) fn card(visit: &Visit, one: Summary) -> impl IntoView + use<> {
    let l = visit.locale;
    let (kind, text) = tag(visit, &one);
    let lead = if one.outcome_text.is_empty() {
        one.summary
    } else {
        clip(&one.outcome_text, OUTCOME)
    };
    let counts = [
        (one.participants, t::people as fn(Locale, i64) -> String),
        (Some(one.comments), t::comments),
        (Some(one.clauses), t::clauses),
    ];
    let mut meta: Vec<String> = counts
        .into_iter()
        .filter_map(|(n, text)| n.filter(|n| *n > 0).map(|n| text(l, n)))
        .collect();
    meta.push(if one.office_name.chars().count() > 24 {
        one.office_short
    } else {
        one.office_name
    });
    view! {
        <ui::Card
            href=links::consultation(&one.slug)
            title=one.title
            tag=view! { <ui::Tag kind=kind text=text/> }.into_any()
            lead=lead
            meta=meta
        />
    }
}

/// What matters most about where it stands, and in which colour.
fn tag(visit: &Visit, one: &Summary) -> (ui::TagKind, String) {
    let l = visit.locale;
    let date = |at: Option<domain::Timestamp>| at.map(|at| visit.zone().date(at, l));
    match one.phase {
        Phase::Draft => (ui::TagKind::Neutral, t::draft(l).to_owned()),
        Phase::Announced => {
            let text = date(one.opens_at).map_or_else(
                || t::announced_tag(l).to_owned(),
                |date| t::opens_on(l, date),
            );
            (ui::TagKind::Neutral, text)
        }
        Phase::Open => {
            one.closes_at
                .map_or(
                    (ui::TagKind::Open, t::open_tag(l).to_owned()),
                    |closes| match days_left(visit.zone(), visit.now, closes) {
                        ..=0 => (
                            ui::TagKind::Time,
                            t::closes_today(l, visit.zone().clock(closes, l)),
                        ),
                        1 => (ui::TagKind::Time, t::closes_tomorrow(l).to_owned()),
                        days @ 2..=SOON => (ui::TagKind::Time, t::closes_in(l, days)),
                        _ => (
                            ui::TagKind::Open,
                            t::open_until(l, visit.zone().date(closes, l)),
                        ),
                    },
                )
        }
        Phase::Closed => (
            ui::TagKind::Neutral,
            t::closed_on(l, date(one.closes_at).unwrap_or_default()),
        ),
        Phase::Answered => {
            let name = match one.outcome {
                Some(OutcomeKind::Adopted) => t::adopted(l),
                Some(OutcomeKind::Changed) => t::changed(l),
                Some(OutcomeKind::Dropped) => t::dropped(l),
                None => t::answered(l),
            };
            (ui::TagKind::Open, name.to_owned())
        }
    }
}

/// The first `most` characters, cut at a word.
fn clip(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!(
        "{} …",
        text[..cut].trim_end_matches([',', ';', ':', '.', ' '])
    )
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn long_texts_end_at_a_word() {
        assert_eq!(clip("satu dua", 20), "satu dua");
        assert_eq!(clip("satu dua, tiga empat", 11), "satu dua …");
        assert_eq!(clip("éééééé", 3), "ééé …");
    }
}
