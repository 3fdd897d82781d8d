//! Statements one at a time: a page of its own, and a first one on the page of the consultation.

use axum::extract::{Path, RawQuery};
use domain::{
    consultation::{Consultation, Phase},
    statement::Judgement,
};
use leptos::prelude::*;
use service::{
    Error,
    statement::{Desk, Progress, Totals},
};
use ui::{BackLink, EmptyState, Lead, Notice, NoticeKind};

use super::{
    card::{ANSWER, FROM, FROM_CONSULTATION, card},
    own,
    practice::Practice,
};
use crate::{Answer, Failure, Fields, Page, Visit, links, t::statement as t};

/// The part of a page that a press on a button replaces.
const PART: &str = "pernyataan";
/// The query that asks for one statement.
const NUMBER: &str = "nomor";
/// The query that tells which one was judged last.
const LAST: &str = "terakhir";

/// Statements on the page of the consultation: the next one and the way to all. Nothing where there are none. One query.
pub async fn section(visit: &Visit, consultation: &Consultation) -> Result<AnyView, Failure> {
    if !consultation.statements_open {
        return Ok(().into_any());
    }
    let l = visit.locale;
    let (body, more) = if consultation.takes_part(visit.now).is_ok() {
        let desk = read(visit, consultation, None).await?;
        (before(visit, consultation, &desk), true)
    } else {
        let totals = totals(visit, consultation).await?;
        if totals.whole == 0 {
            return Ok(().into_any());
        }
        (summary(visit, &totals), false)
    };
    let more = more.then(|| {
        view! { <a href=links::statements(&consultation.slug)>{t::judge(l)}</a> " · " }
    });
    Ok(view! {
        <section id=PART aria-labelledby="pernyataan-judul">
            <h2 id="pernyataan-judul">{t::title(l)}</h2>
            {body}
            <p>
                {more}
                <a href=links::all_statements(&consultation.slug)>{t::see_all(l)}</a>
                " · "
                <a href=links::groups(&consultation.slug)>{crate::t::group::section_link(l)}</a>
            </p>
        </section>
    }
    .into_any())
}

/// What lies before the person, on the page of the consultation.
fn before(visit: &Visit, consultation: &Consultation, desk: &Desk) -> AnyView {
    let l = visit.locale;
    let body = match &desk.statement {
        Some(statement) => card(
            visit,
            consultation,
            statement,
            PART,
            Some(FROM_CONSULTATION),
        ),
        None if desk.progress.whole == 0 => view! { <p>{t::none_title(l)}"."</p> }.into_any(),
        None => done(visit, &desk.progress),
    };
    let practice = Practice::of(&Fields::default(), desk).map(|_| {
        view! { <p><a href=links::statements(&consultation.slug)>{t::practice_offer(l)}</a></p> }
    });
    view! { {progress(visit, &desk.progress)} {body} {practice} }.into_any()
}

async fn read(
    visit: &Visit,
    consultation: &Consultation,
    number: Option<i64>,
) -> Result<Desk, Error> {
    let mut tx = visit.service.read().await?;
    let (service, actor) = (&visit.service, &visit.actor);
    service::statement::desk(service, &mut tx, actor, consultation, number).await
}

async fn totals(visit: &Visit, consultation: &Consultation) -> Result<Totals, Error> {
    let mut tx = visit.service.read().await?;
    service::statement::totals(&mut tx, consultation).await
}

/// `GET /konsultasi/{slug}/pernyataan`: `?nomor=N` asks for one statement, `?terakhir=N` offers to change the last answer,
/// `?latihan=2|selesai` goes on with the practice.
pub(super) async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = Fields::of_query(query.as_deref());
    let consultation = {
        let mut tx = visit.service.read().await?;
        service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?
    };
    let own = own::read(&visit, &consultation).await?;
    page(&visit, &consultation, &query, own).await
}

/// The whole page, with the form for an own statement as `own` has it.
pub(super) async fn page(
    visit: &Visit,
    consultation: &Consultation,
    query: &Fields,
    own: own::Own,
) -> Answer {
    let l = visit.locale;
    let number = query.text(NUMBER).parse().ok();
    if number.is_none() && query.has(NUMBER) {
        return Err(Failure::NotFound);
    }
    let wrong = own.is_wrong();
    let page = Page::new(format!("{}: {}", t::title(l), consultation.title))
        .describe(t::lead(l))
        .canonical(links::statements(&consultation.slug))
        .of(&consultation.id);
    let page = if wrong { page.wrong().unlisted() } else { page };
    let last = query
        .text(LAST)
        .parse()
        .ok()
        .filter(|last| number != Some(*last));
    let (back, title) = (
        links::consultation(&consultation.slug),
        consultation.title.clone(),
    );
    let all = links::all_statements(&consultation.slug);
    let (errors, form) = (own.errors(visit), own.view(visit, consultation));
    let now = now(visit, consultation, query, number, last).await?;
    let body = view! {
        <ui::Page>
            <BackLink href=back label=title/>
            {errors}
            <h1>{t::title(l)}</h1>
            <Lead text=t::lead(l)/>
            <div id=PART>{now}</div>
            <p><a href=all>{t::see_all(l)}</a></p>
            {form}
        </ui::Page>
    };
    Ok(visit.page(page, body))
}

/// What lies before the person now. One statement of SQL.
async fn now(
    visit: &Visit,
    consultation: &Consultation,
    query: &Fields,
    number: Option<i64>,
    last: Option<i64>,
) -> Result<AnyView, Failure> {
    let l = visit.locale;
    match consultation.phase(visit.now) {
        Phase::Draft | Phase::Announced => {
            return Ok(view! { <Notice>{t::open_later(l)}</Notice> }.into_any());
        }
        Phase::Closed | Phase::Answered => {
            let totals = totals(visit, consultation).await?;
            return Ok(view! {
                <Notice kind=NoticeKind::Closed>{t::closed(l)}</Notice>
                {summary(visit, &totals)}
            }
            .into_any());
        }
        Phase::Open => {}
    }
    if !consultation.statements_open {
        return Ok(view! { <EmptyState title=t::none_title(l)><p>{t::none_help_closed(l)}</p></EmptyState> }.into_any());
    }
    let desk = read(visit, consultation, number).await?;
    let practice = match (number, last) {
        (None, None) => Practice::of(query, &desk),
        _ => None,
    };
    let before = practice.map(|practice| practice.view(visit, consultation, PART));
    if practice.is_some_and(Practice::is_running) {
        return Ok(before.into_any());
    }
    let here = links::statements(&consultation.slug);
    let body = match &desk.statement {
        Some(statement) => card(visit, consultation, statement, PART, None),
        None if desk.progress.whole == 0 => {
            return Ok(
                view! { <EmptyState title=t::none_title(l)><p>{t::none_help(l)}</p></EmptyState> }
                    .into_any(),
            );
        }
        None => done(visit, &desk.progress),
    };
    let back = last.map(|last| {
        view! { <p><a href=format!("{here}?{NUMBER}={last}")>{t::change_last(l)}</a></p> }
    });
    let on = number.map(|_| view! { <p><a href=here.clone()>{t::to_next(l)}</a></p> });
    Ok(view! { {before} {progress(visit, &desk.progress)} {body} {back} {on} }.into_any())
}

fn progress(visit: &Visit, progress: &Progress) -> AnyView {
    let l = visit.locale;
    if progress.whole == 0 || visit.actor.member().is_none() {
        return ().into_any();
    }
    let words = t::progress(l, l.number(progress.mine), l.number(progress.whole));
    let small = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    view! {
        <ui::Progress label=words.clone() value=small(progress.mine) max=small(progress.whole)/>
        <p class="meta">{words}</p>
    }
    .into_any()
}

fn done(visit: &Visit, progress: &Progress) -> AnyView {
    let l = visit.locale;
    let words = t::done(l, progress.whole);
    view! { <Notice kind=NoticeKind::Success title=t::done_title(l)>{words}</Notice> }.into_any()
}

/// How many said how much; tells nothing of what they said.
fn summary(visit: &Visit, totals: &Totals) -> AnyView {
    let l = visit.locale;
    let words = t::summary(l, l.number(totals.voters), l.number(totals.judgements));
    view! { <p class="meta">{t::total(l, totals.whole)} ". " {words}</p> }.into_any()
}

/// `POST /konsultasi/{slug}/pernyataan/{number}`: saves an answer (`jawab`), and on to the next statement.
pub(super) async fn judge(
    visit: Visit,
    Path((slug, number)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let number: i64 = number.parse().map_err(|_| Failure::NotFound)?;
    let judgement = Judgement::parse(fields.text(ANSWER)).ok_or(Failure::Invalid)?;
    let from_consultation = fields.text(FROM) == FROM_CONSULTATION;
    let here = links::statements(&slug);
    match service::statement::judge(&visit.service, &visit.actor, &slug, number, judgement).await {
        Ok(_) if from_consultation => {
            Ok(visit.go(&format!("{}#{PART}", links::consultation(&slug))))
        }
        Ok(_) => Ok(visit.go(&format!("{here}?{LAST}={number}#{PART}"))),
        // They find the same statement before them when they come back.
        Err(Error::SignIn) => {
            Ok(visit.go(&links::sign_in_for(&format!("{here}?{NUMBER}={number}"))))
        }
        Err(error) => Err(error.into()),
    }
}
