//! Every statement with the counts that may be seen.

use axum::extract::{Path, RawQuery};
use domain::{
    consultation::{Consultation, CountsShown},
    statement::{Counts, Judgement, Order, Statement},
};
use leptos::prelude::*;
use service::statement::{Listed, PAGE};
use ui::{BackLink, Column, Disclosure, EmptyState, Lead, ResultBar, Row, TabItem, Table, Tabs};

use super::figures::{bar, key, line, live_bar};
use crate::{Answer, Fields, Page, Visit, links, pager, t::statement as t};

const ORDER: &str = "urut";
const PAGE_NUMBER: &str = "halaman";

/// `GET /konsultasi/{slug}/pernyataan/semua?urut=suara|disetujui|terbelah|nomor&halaman=N`.
pub(super) async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = Fields::of_query(query.as_deref());
    let order = Order::parse(query.text(ORDER)).unwrap_or(Order::Votes);
    let page = query.text(PAGE_NUMBER).parse().unwrap_or(1);
    let (consultation, listed) = {
        let service = &visit.service;
        let mut tx = service.read().await?;
        let consultation =
            service::consultation::get(service, &mut tx, &visit.actor, &slug).await?;
        let listed =
            service::statement::list(service, &mut tx, &visit.actor, &consultation, order, page)
                .await?;
        (consultation, listed)
    };
    let l = visit.locale;
    let head = Page::new(format!("{}: {}", t::all_title(l), consultation.title))
        .describe(t::all_lead(l, listed.whole))
        .of(&consultation.id);
    let open = consultation.takes_part(visit.now).is_ok();
    let live = open.then(|| {
        let (page, order) = (listed.page, listed.order.word());
        format!(
            "{}?pernyataan={page}&{ORDER}={order}",
            links::live(&consultation.slug)
        )
    });
    let back = links::consultation(&consultation.slug);
    let content = content(&visit, &consultation, &listed, live);
    let body = view! {
        <ui::Page>
            <BackLink href=back label=consultation.title/>
            <h1>{t::all_title(l)}</h1>
            {content}
        </ui::Page>
    };
    Ok(visit.page(head, body))
}

fn content(
    visit: &Visit,
    consultation: &Consultation,
    listed: &Listed,
    live: Option<String>,
) -> AnyView {
    let l = visit.locale;
    let open = live.is_some() && consultation.statements_open;
    if listed.whole == 0 {
        return view! { <EmptyState title=t::none_title(l)><p>{t::none_help_closed(l)}</p></EmptyState> }
            .into_any();
    }
    let rows = listed
        .statements
        .iter()
        .map(|statement| one(visit, consultation, statement, open))
        .collect_view();
    let judge = open.then(|| {
        view! { <p><a href=links::statements(&consultation.slug)>{t::judge(l)}</a></p> }
    });
    let hidden = match consultation.counts_shown {
        _ if consultation.counts_visible(visit.now, false) => None,
        CountsShown::AfterVote => Some(t::hidden_vote(l)),
        CountsShown::AfterClose | CountsShown::Live => Some(t::hidden_close(l)),
    };
    view! {
        <Lead text=t::all_lead(l, listed.whole)/>
        {judge}
        <p><a href=links::groups(&consultation.slug)>{crate::t::group::section_link(l)}</a></p>
        {hidden.map(|words| view! { <p class="meta">{words}</p> })}
        {orders(visit, consultation, listed)}
        <ol class="sentences" data-live=live>{rows}</ol>
        {table(visit, listed)}
        {pages(visit, consultation, listed)}
    }
    .into_any()
}

fn address(consultation: &Consultation, order: Order, page: i64) -> String {
    let here = links::all_statements(&consultation.slug);
    let page = if page > 1 {
        format!("&{PAGE_NUMBER}={page}")
    } else {
        String::new()
    };
    format!("{here}?{ORDER}={}{page}", order.word())
}

fn orders(visit: &Visit, consultation: &Consultation, listed: &Listed) -> AnyView {
    if listed.orders.len() < 2 {
        return ().into_any();
    }
    let l = visit.locale;
    let items = listed
        .orders
        .iter()
        .map(|order| {
            let label = match order {
                Order::Votes => t::order_votes(l),
                Order::Agreed => t::order_agreed(l),
                Order::Divided => t::order_divided(l),
                Order::Number => t::order_number(l),
            };
            TabItem::new(
                address(consultation, *order, 1),
                label,
                *order == listed.order,
            )
        })
        .collect();
    view! { <Tabs label=t::orders(l) items/> }.into_any()
}

fn one(visit: &Visit, consultation: &Consultation, statement: &Statement, open: bool) -> AnyView {
    let l = visit.locale;
    let count = |counts: Counts, judgement| u64::try_from(counts.of(judgement)).unwrap_or(0);
    let counts = statement.counts.map(|counts| {
        view! {
            <ResultBar
                label=bar(l, counts)
                agree=count(counts, Judgement::Agree)
                against=count(counts, Judgement::Disagree)
                pass=count(counts, Judgement::Pass)
                live=Some(live_bar(statement))
            />
            <p class="meta"><span data-count=key(statement, "line")>{line(l, counts)}</span></p>
        }
    });
    let mine = statement.mine.map(|judgement| match judgement {
        Judgement::Agree => t::said_agree(l),
        Judgement::Disagree => t::said_disagree(l),
        Judgement::Pass => t::said_pass(l),
    });
    let between = (mine.is_some() && open).then_some(" · ");
    let link = open.then(|| {
        let href = format!(
            "{}?nomor={}",
            links::statements(&consultation.slug),
            statement.number
        );
        let (words, label) = match statement.mine {
            Some(_) => (t::change(l), t::change_number(l, statement.number)),
            None => (t::judge_this(l), t::judge_number(l, statement.number)),
        };
        view! { <a href=href aria-label=label>{words}</a> }
    });
    let writer = if statement.is_seed {
        format!(" · {}", t::writer_office(l))
    } else {
        String::new()
    };
    view! {
        <li id=format!("p-{}", statement.number)>
            <p class="meta">{t::number(l, statement.number)}{writer}</p>
            <p>{statement.body.clone()}</p>
            {counts}
            {(mine.is_some() || open).then(|| view! { <p class="meta">{mine}{between}{link}</p> })}
        </li>
    }
    .into_any()
}

/// The same figures as a table; nothing when none may be seen.
fn table(visit: &Visit, listed: &Listed) -> AnyView {
    let l = visit.locale;
    let rows: Vec<Row> = listed
        .statements
        .iter()
        .filter_map(|statement| {
            let counts = statement.counts?;
            let mut cells = vec![format!("{}. {}", statement.number, statement.body).into_any()];
            cells.extend(Judgement::ALL.map(|judgement| {
                let key = key(statement, judgement.word());
                view! { <span data-count=key>{l.number(counts.of(judgement))}</span> }.into_any()
            }));
            Some(Row::new(cells))
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::text(t::statement_head(l)),
        Column::number(t::agree_head(l)),
        Column::number(t::disagree_head(l)),
        Column::number(t::pass_head(l)),
    ];
    view! {
        <Disclosure summary=t::table(l)>
            <Table id="jumlah" caption=t::table_caption(l) hide_caption=true columns rows/>
        </Disclosure>
    }
    .into_any()
}

fn pages(visit: &Visit, consultation: &Consultation, listed: &Listed) -> Option<AnyView> {
    let l = visit.locale;
    let last = (listed.whole + PAGE - 1) / PAGE;
    pager::pages(l, t::pages(l), listed.page, last, |page| {
        address(consultation, listed.order, page)
    })
}
