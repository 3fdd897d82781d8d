//! Questions and statements as bars, each with its table.

use domain::{
    Locale,
    ballot::{ABSTAIN, AGREE, Count, DISAGREE, QuestionKind},
    statement::Counts,
};
use leptos::prelude::*;
use service::result::{QuestionResult, Shown, StatementFound};
use ui::{BarItem, Bars, Column, Disclosure, ResultBar, Row, Table};

use crate::t::result as t;

/// Choices as readers know them.
fn choice_label(l: Locale, question: &QuestionResult, choice: &str) -> String {
    match choice {
        AGREE => t::agree(l).to_owned(),
        DISAGREE => t::disagree(l).to_owned(),
        ABSTAIN => t::abstain(l).to_owned(),
        other => question.view.label(other).unwrap_or_default().to_owned(),
    }
}

fn positive(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// How much of a whole a bar is long.
#[expect(clippy::cast_precision_loss, reason = "drawing widths")]
fn width(part: i64, whole: i64) -> f64 {
    if whole > 0 {
        part as f64 * 100.0 / whole as f64
    } else {
        0.0
    }
}

/// A question with its votes, whole and by area.
pub(super) fn question(l: Locale, shown: &Shown, question: &QuestionResult) -> AnyView {
    let view = &question.view;
    let id = format!("q{}", view.question.position);
    let counts = view.counts.clone().unwrap_or_default();
    let chart = if view.voters == 0 {
        view! { <p class="meta">{t::no_votes(l)}</p> }.into_any()
    } else if view.question.kind == QuestionKind::Position {
        position(l, &id, question, &counts)
    } else {
        options(l, &id, question, &counts)
    };
    let several = (view.question.kind == QuestionKind::Many)
        .then(|| view! { <p class="meta">{t::several(l, i64::try_from(view.question.limit()).unwrap_or(1))}</p> });
    view! {
        <section class="stack" id=id.clone()>
            <h3>{view.question.title.clone()}</h3>
            <p class="meta">{t::voted(l, view.voters)}</p>
            {chart}
            {several}
            {areas(l, &id, shown, question)}
        </section>
    }
    .into_any()
}

fn rows(l: Locale, question: &QuestionResult, counts: &[Count]) -> Vec<Row> {
    counts
        .iter()
        .map(|c| {
            Row::of([
                choice_label(l, question, &c.choice),
                l.number(c.votes),
                l.percent(c.votes, question.view.voters),
            ])
        })
        .collect()
}

fn position(l: Locale, id: &str, question: &QuestionResult, counts: &[Count]) -> AnyView {
    let of = |choice: &str| {
        counts
            .iter()
            .find(|c| c.choice == choice)
            .map_or(0, |c| c.votes)
    };
    let (agree, against, pass) = (of(AGREE), of(DISAGREE), of(ABSTAIN));
    let share = |n| l.percent(n, question.view.voters);
    let figures = vec![
        format!("✓ {} {}", t::agree(l), share(agree)),
        format!("✕ {} {}", t::disagree(l), share(against)),
        format!("– {} {}", t::abstain(l), share(pass)),
    ];
    let table = view! {
        <Table
            id=format!("{id}-table")
            caption=question.view.question.title.clone()
            hide_caption=true
            columns=vec![Column::text(t::choice(l)), Column::number(t::votes(l)), Column::number(t::share(l))]
            rows=rows(l, question, counts)
        />
    }
    .into_any();
    view! {
        <ResultBar
            label=t::positions_label(l, share(agree), share(against), share(pass))
            agree=positive(agree)
            against=positive(against)
            pass=positive(pass)
        />
        <ui::Facts items=figures/>
        <Disclosure summary=t::as_table(l)>{table}</Disclosure>
    }
    .into_any()
}

fn options(l: Locale, id: &str, question: &QuestionResult, counts: &[Count]) -> AnyView {
    let most = counts.iter().map(|c| c.votes).max().unwrap_or(0);
    let items = counts
        .iter()
        .map(|c| {
            let share = l.percent(c.votes, question.view.voters);
            BarItem::new(
                choice_label(l, question, &c.choice),
                width(c.votes, most),
                t::figure_of(l, share, l.number(c.votes)),
            )
        })
        .collect();
    view! {
        <Bars
            id=format!("{id}-table")
            title=t::votes(l)
            items=items
            table_label=t::as_table(l)
            label_head=t::choice(l)
            figure_head=t::share(l)
        />
    }
    .into_any()
}

/// The votes by area: for positions the share that agrees as bars; for all kinds the whole table.
fn areas(l: Locale, id: &str, shown: &Shown, question: &QuestionResult) -> AnyView {
    let split = &question.by_area;
    if split.areas.is_empty() {
        return ().into_any();
    }
    let name = |area: Option<&domain::AreaId>| match area {
        Some(area) => shown.area_name(area).unwrap_or(area.as_str()).to_owned(),
        None => t::no_area(l).to_owned(),
    };
    let mut lines: Vec<(String, i64, &[Count])> = split
        .areas
        .iter()
        .map(|a| (name(a.area.as_ref()), a.voters, a.counts.as_slice()))
        .collect();
    if split.hidden > 0 {
        lines.push((t::rest(l, split.hidden), split.hidden_voters, &split.rest));
    }
    let bars = (question.view.question.kind == QuestionKind::Position).then(|| {
        let items = lines
            .iter()
            .map(|(name, voters, counts)| {
                let agree = counts
                    .iter()
                    .find(|c| c.choice == AGREE)
                    .map_or(0, |c| c.votes);
                BarItem::new(
                    name.clone(),
                    width(agree, *voters),
                    t::figure_of(l, l.percent(agree, *voters), l.number(*voters)),
                )
            })
            .collect();
        view! {
            <Bars
                id=format!("{id}-areas")
                title=t::by_area_agree(l)
                items=items
                table_label=t::as_table(l)
                label_head=t::area(l)
                figure_head=t::agree(l)
                source=t::by_area_note(l)
            />
        }
    });
    let mut columns = vec![Column::text(t::area(l)), Column::number(t::votes(l))];
    columns.extend(
        question
            .view
            .question
            .choices()
            .into_iter()
            .map(|choice| Column::number(choice_label(l, question, choice))),
    );
    let rows = lines
        .iter()
        .map(|(name, voters, counts)| {
            let cells = [name.clone(), l.number(*voters)];
            Row::of(
                cells
                    .into_iter()
                    .chain(counts.iter().map(|c| l.number(c.votes))),
            )
        })
        .collect();
    let note = bars
        .is_none()
        .then(|| view! { <p class="meta">{t::by_area_note(l)}</p> });
    let (table_id, caption) = (
        format!("{id}-area-table"),
        format!("{}: {}", question.view.question.title, t::by_area_title(l)),
    );
    view! {
        {bars}
        <Disclosure summary=t::by_area_title(l)>
            <Table id=table_id caption=caption hide_caption=true columns=columns rows=rows/>
            {note}
        </Disclosure>
    }
    .into_any()
}

/// A statement with how it was judged.
pub(super) fn statement(l: Locale, number: i64, body: &str, counts: Counts) -> AnyView {
    let share = |n| l.percent(n, counts.total());
    let (agree, against, pass) = (
        share(counts.agree),
        share(counts.disagree),
        share(counts.pass),
    );
    view! {
        <li class="stack">
            <p class="saying">{body.to_owned()}</p>
            <ResultBar
                label=t::statement_label(l, number, &agree, &against, &pass)
                agree=positive(counts.agree)
                against=positive(counts.disagree)
                pass=positive(counts.pass)
            />
            <p class="meta">{t::statement_figures(l, agree, against, pass)}</p>
        </li>
    }
    .into_any()
}

/// The counts of statements that are drawn as bars, folded away.
pub(super) fn statement_table(
    l: Locale,
    id: &str,
    title: &'static str,
    found: &[StatementFound],
) -> AnyView {
    let columns = vec![
        Column::text(t::statement(l)),
        Column::number(t::agree(l)),
        Column::number(t::disagree(l)),
        Column::number(t::pass(l)),
    ];
    let rows = found
        .iter()
        .map(|s| {
            let counts = [s.counts.agree, s.counts.disagree, s.counts.pass];
            let name = format!("{}. {}", l.number(s.number), s.body);
            Row::of(std::iter::once(name).chain(counts.map(|n| l.number(n))))
        })
        .collect();
    let table_id = format!("{id}-table");
    view! {
        <Disclosure summary=t::as_table(l)>
            <Table id=table_id caption=title hide_caption=true columns=columns rows=rows/>
        </Disclosure>
    }
    .into_any()
}
