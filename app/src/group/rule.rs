//! Rules by which people are left out of a second result, in words; and what the page of groups says about it.

use domain::{
    Locale,
    consultation::Consultation,
    group::sign::{FEWEST_ALIKE, FEWEST_AT_ONCE, FEWEST_VOTES, Rule, TIMES_AVERAGE, WINDOW},
};
use leptos::prelude::*;
use service::group::{PublishedRule, Seen, Side};
use ui::{Notice, TabItem, Tabs};

use crate::{Visit, links, t::group as t};

/// The field of an address that asks for the result without the people whom published rules name, and its value.
pub(super) const WITHOUT: (&str, &str) = ("tanpa", "ya");

/// The name of a rule.
pub(crate) fn name(l: Locale, rule: Rule) -> &'static str {
    match rule {
        Rule::Burst => t::rule_burst(l),
        Rule::IdenticalBallots => t::rule_identical(l),
        Rule::AgreesWithAll => t::rule_agrees(l),
        Rule::DisagreesWithAll => t::rule_disagrees(l),
    }
}

/// What it says, with its thresholds, in a sentence.
pub(super) fn definition(l: Locale, rule: Rule) -> String {
    match rule {
        Rule::Burst => t::rule_burst_means(l, FEWEST_AT_ONCE, WINDOW / 60_000, TIMES_AVERAGE),
        Rule::IdenticalBallots => t::rule_identical_means(l, FEWEST_ALIKE, FEWEST_VOTES),
        Rule::AgreesWithAll => t::rule_agrees_means(l, FEWEST_VOTES),
        Rule::DisagreesWithAll => t::rule_disagrees_means(l, FEWEST_VOTES),
    }
}

/// The address of a result.
pub(super) fn address(slug: &str, side: Side) -> String {
    let here = links::groups(slug);
    match side {
        Side::Everybody => here,
        Side::Without => format!("{here}?{}={}", WITHOUT.0, WITHOUT.1),
    }
}

/// Who is left out of the other result, by which rules, why, and the way to either result; nothing without a rule.
pub(super) fn notice(visit: &Visit, c: &Consultation, seen: &Seen) -> Option<AnyView> {
    if seen.rules.is_empty() {
        return None;
    }
    let l = visit.locale;
    let items = seen
        .rules
        .iter()
        .map(|published| one(visit, c, published))
        .collect_view();
    let people = seen.left_out.map(|count| t::left_out(l, count));
    let wait = (seen.picture.is_some() && seen.left_out.is_none()).then(|| t::without_wait(l));
    let here = match seen.side {
        Side::Everybody => t::here_all(l),
        Side::Without => t::here_without(l),
    };
    let both = seen.left_out.map(|count| {
        let tab =
            |side, label: String| TabItem::new(address(&c.slug, side), label, seen.side == side);
        let items = vec![
            tab(Side::Everybody, t::tab_all(l).to_owned()),
            tab(Side::Without, t::tab_without(l, count)),
        ];
        view! { <Tabs label=t::both(l) items/> <p>{here}</p> }
    });
    Some(
        view! {
            <section aria-label=t::rules_label(l)>
                <Notice title=t::rules_title(l)>
                    {people} {wait} <ul>{items}</ul>
                </Notice>
                {both}
            </section>
        }
        .into_any(),
    )
}

/// A rule with what it means, and who published it, when and why.
fn one(visit: &Visit, c: &Consultation, published: &PublishedRule) -> AnyView {
    let l = visit.locale;
    let rule = published.rule;
    let (date, clock) = (
        visit.zone().date(published.at, l),
        visit.zone().clock(published.at, l),
    );
    let since = t::rule_since(l, c.office_name.as_str(), date, clock);
    view! {
        <li>
            <strong>{name(l, rule)}</strong> ": " {definition(l, rule)} " " {since} " "
            <span class="as-typed">{t::rule_why(l, published.reason.as_str())}</span>
        </li>
    }
    .into_any()
}
