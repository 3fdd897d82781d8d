//! Every statement by group, as bars and as a table.

use std::collections::BTreeMap;

use domain::{
    consultation::Consultation,
    group::{Judged, Picture},
};
use leptos::prelude::*;
use service::group::Side;
use ui::{Column, Disclosure, Row, SectionHead, Table};

use super::{letter, rule, said::card};
use crate::{Visit, pager, t::group as t};

/// Statements on a page.
const PAGE: usize = 10;
pub(super) const PAGE_NUMBER: &str = "halaman";

/// The statements that most agree on first, ten a page; `page` counts from 1.
pub(super) fn list(
    visit: &Visit,
    c: &Consultation,
    picture: &Picture,
    texts: &BTreeMap<i64, String>,
    page: usize,
    side: Side,
) -> AnyView {
    let l = visit.locale;
    let mut all: Vec<&Judged> = picture
        .statements
        .iter()
        .filter(|judged| texts.contains_key(&judged.id))
        .collect();
    all.sort_by(|a, b| b.consensus.total_cmp(&a.consensus));
    let last = all.len().div_ceil(PAGE).max(1);
    let page = page.clamp(1, last);
    let shown = &all[(page - 1) * PAGE..(page * PAGE).min(all.len())];
    let cards = shown
        .iter()
        .filter_map(|judged| card(l, picture, texts, judged.id))
        .collect_view();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let pages = pager::pages(l, t::pages(l), number(page), number(last), |n| {
        let here = rule::address(&c.slug, side);
        let joint = if here.contains('?') { '&' } else { '?' };
        format!("{here}{joint}{PAGE_NUMBER}={n}#semua")
    });
    view! {
        <SectionHead id="semua" title=t::shares(l)/>
        <p class="meta">{t::shares_help(l)}</p>
        <ul class="sentences">{cards}</ul>
        {table(visit, picture, texts, shown)}
        {pages}
    }
    .into_any()
}

fn table(
    visit: &Visit,
    picture: &Picture,
    texts: &BTreeMap<i64, String>,
    shown: &[&Judged],
) -> AnyView {
    let l = visit.locale;
    let mut rows = Vec::new();
    for judged in shown {
        let Some(column) = picture.statements.iter().position(|s| s.id == judged.id) else {
            continue;
        };
        let text = texts.get(&judged.id).cloned().unwrap_or_default();
        for group in &picture.groups {
            let mut cells = vec![
                format!("{}. {text}", judged.id),
                letter(group.label).letter().to_owned(),
            ];
            cells.extend(group.votes[column].map(|n| l.number(i64::from(n))));
            rows.push(Row::of(cells));
        }
    }
    let columns = vec![
        Column::text(t::statement_head(l)),
        Column::text(t::group_head(l)),
        Column::number(t::agree_head(l)),
        Column::number(t::disagree_head(l)),
        Column::number(t::pass_head(l)),
    ];
    view! {
        <Disclosure summary=t::table(l)>
            <Table id="menurut-kelompok" caption=t::table_caption(l) hide_caption=true columns rows/>
        </Disclosure>
    }
    .into_any()
}
