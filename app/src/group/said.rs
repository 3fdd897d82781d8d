//! Sentences first: what all groups say alike, and what one of them says unlike the others.

use std::collections::BTreeMap;

use domain::{
    Locale,
    group::{Judged, Picture, Representative, Shape, TOGETHER, UNSURE},
};
use leptos::prelude::*;
use ui::{GroupBar, SectionHead};

use super::letter;
use crate::t::group as t;

type Texts = BTreeMap<i64, String>;

/// All lists, in their order.
pub(super) fn lists(l: Locale, picture: &Picture, texts: &Texts) -> AnyView {
    let said = picture.said();
    let cards = |found: &[&Judged]| {
        found
            .iter()
            .filter_map(|judged| card(l, picture, texts, judged.id))
            .collect_view()
    };
    let part = |id: &'static str, title: &'static str, help: String, found: &[&Judged]| {
        (!found.is_empty()).then(|| {
            view! {
                <SectionHead id=id title/>
                <p class="meta">{help}</p>
                <ul class="opinions">{cards(found)}</ul>
            }
        })
    };
    let nothing = (said.agreed.is_empty() && said.refused.is_empty())
        .then(|| view! { <p>{t::nothing_common(l)}</p> });
    let apart = said
        .apart
        .iter()
        .map(|(group, rows)| unlike(l, picture, texts, group, rows))
        .collect_view();
    view! {
        {nothing}
        {part("setuju", t::agreed(l), t::agreed_help(l, TOGETHER), &said.agreed)}
        {part("tidak-setuju", t::refused(l), t::refused_help(l, TOGETHER), &said.refused)}
        {apart}
        {part("belum-yakin", t::unsure(l), t::unsure_help(l, UNSURE), &said.unsure)}
    }
    .into_any()
}

/// What one group says unlike the others; the link of its name on the map leads here.
fn unlike(
    l: Locale,
    picture: &Picture,
    texts: &Texts,
    group: &Shape,
    rows: &[&Representative],
) -> AnyView {
    let letter = letter(group.label).letter();
    let cards = rows
        .iter()
        .filter_map(|row| card(l, picture, texts, row.statement))
        .collect_view();
    view! {
        <SectionHead id=anchor(group.label) title=t::apart(l, letter)/>
        <p class="meta">{t::people(l, i64::from(group.people))}</p>
        <ul class="opinions">{cards}</ul>
    }
    .into_any()
}

/// Where a group is described on the page.
pub(super) fn anchor(label: u32) -> String {
    format!("kelompok-{}", letter(label).letter().to_ascii_lowercase())
}

/// The clearest of each list, for the result page.
pub(crate) fn highlights(l: Locale, picture: &Picture, texts: &Texts) -> Option<AnyView> {
    let said = picture.said();
    let one = |title: String, id: i64| {
        card(l, picture, texts, id)
            .map(|card| view! { <h3>{title}</h3><ul class="opinions">{card}</ul> })
    };
    let agreed = said
        .agreed
        .first()
        .and_then(|judged| one(t::agreed(l).to_owned(), judged.id));
    let refused = said
        .refused
        .first()
        .and_then(|judged| one(t::refused(l).to_owned(), judged.id));
    let apart = said
        .apart
        .iter()
        .filter_map(|(group, rows)| {
            one(
                t::apart(l, letter(group.label).letter()),
                rows.first()?.statement,
            )
        })
        .collect_view();
    (!picture.groups.is_empty()).then(|| view! { {agreed} {refused} {apart} }.into_any())
}

/// A statement with the answers of each group; nothing when it is not public any more.
pub(super) fn card(l: Locale, picture: &Picture, texts: &Texts, id: i64) -> Option<AnyView> {
    let text = texts.get(&id)?.clone();
    let column = picture.statements.iter().position(|s| s.id == id)?;
    let bars = picture
        .groups
        .iter()
        .map(|group| bar(l, group, group.votes[column]))
        .collect_view();
    Some(
        view! {
            <li>
                <p class="meta">{t::number(l, id)}</p>
                <p>{text}</p>
                {bars}
            </li>
        }
        .into_any(),
    )
}

fn bar(l: Locale, group: &Shape, votes: [u32; 3]) -> AnyView {
    let letter = letter(group.label);
    let total = votes.iter().map(|n| i64::from(*n)).sum();
    let [agree, disagree, pass] = votes.map(|n| l.percent(i64::from(n), total));
    let (label, figure) = if total == 0 {
        (t::bar_none(l, letter.letter()), "–".to_owned())
    } else {
        let label = t::bar(l, letter.letter(), &agree, disagree, pass);
        (label, agree)
    };
    let [agree, against, pass] = votes.map(u64::from);
    view! { <GroupBar group=letter label figure agree against pass/> }.into_any()
}
