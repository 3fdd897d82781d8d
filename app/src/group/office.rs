//! The office's page of signs: what the rules found, and publishing a rule by which people are left out of a second result.

use axum::extract::Path;
use domain::{
    Actor, Invalid, Timestamp,
    consultation::Consultation,
    group::sign::{Rule, WINDOW},
};
use leptos::prelude::*;
use service::{Error, group::rule as signs};
use signs::{Figure, Figures};
use ui::{
    Button, ButtonKind, EmptyState, ErrorItem, ErrorSummary, Lead, Notice, NoticeKind, SectionHead,
    SummaryList, SummaryRow, TextArea,
};

use super::rule::{definition, name};
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, Tab, shell, tabs},
    problem::sentence,
    t::{group as t, layout},
};

/// The names of the fields.
const RULE: &str = "aturan";
const DEED: &str = "aksi";
const REASON: &str = "alasan";
/// What can be done with a rule.
const PUBLISH: &str = "terbitkan";
const WITHDRAW: &str = "cabut";

/// What was typed for one rule, and what is wrong with it.
struct Typed {
    rule: Rule,
    reason: String,
    invalid: Invalid,
}

fn address(slug: &str) -> String {
    format!("{}/konsultasi/{slug}/kelompok", links::OFFICE)
}

/// Where a rule stands on the page.
fn anchor(rule: Rule) -> String {
    format!("aturan-{}", rule.word().replace('_', "-"))
}

/// The field of a rule's reason.
fn field(rule: Rule) -> String {
    format!("{REASON}-{}", rule.word().replace('_', "-"))
}

/// `GET /kantor/konsultasi/{slug}/kelompok`.
pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let (consultation, all) = read(&visit, &slug).await?;
    Ok(draw(&visit, &consultation, &all, None))
}

/// `POST /kantor/konsultasi/{slug}/kelompok`: publishes or withdraws (`aksi`: `terbitkan`, `cabut`) a rule (`aturan`) for a
/// reason (`alasan`).
pub(super) async fn send(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
    let (service, actor) = (&visit.service, &visit.actor);
    let reason = fields.string(REASON);
    let rule = Rule::parse(fields.text(RULE)).filter(|rule| rule.is_publishable());
    let done = match (rule, fields.text(DEED)) {
        (Some(rule), PUBLISH) => signs::publish(service, actor, &slug, rule, &reason).await,
        (Some(rule), WITHDRAW) => signs::withdraw(service, actor, &slug, rule, &reason).await,
        _ => {
            // Who may not do this hears that first.
            read(&visit, &slug).await?;
            return Err(Failure::Invalid);
        }
    };
    match (done, rule) {
        (Err(Error::Invalid(invalid)), Some(rule)) => {
            let (consultation, all) = read(&visit, &slug).await?;
            let typed = Typed {
                rule,
                reason,
                invalid,
            };
            Ok(draw(&visit, &consultation, &all, Some(&typed)))
        }
        (Err(error), _) => Err(error.into()),
        (Ok(_), rule) => {
            let part = rule.map(|rule| format!("#{}", anchor(rule)));
            let back = format!("{}{}", address(&slug), part.unwrap_or_default());
            Ok(visit.go_saying(&back, Said::Saved))
        }
    }
}

async fn read(visit: &Visit, slug: &str) -> Result<(Consultation, Vec<Figures>), Failure> {
    if visit.actor == Actor::Anonymous {
        return Err(Failure::SignIn);
    }
    Ok(signs::figures(&visit.service, &visit.actor, slug).await?)
}

fn draw(
    visit: &Visit,
    c: &Consultation,
    all: &[Figures],
    typed: Option<&Typed>,
) -> axum::response::Response {
    let l = visit.locale;
    let page = Page::new(format!("{}: {}", t::signs_title(l), c.title)).in_office();
    let page = if typed.is_some() { page.wrong() } else { page };
    let errors = typed
        .and_then(|typed| Some((typed.rule, problem(visit, typed)?)))
        .map(|(rule, words)| ErrorItem::new(field(rule), words))
        .into_iter()
        .collect();
    let empty = all.iter().all(|figures| figures.signs.is_empty()).then(|| {
        view! { <EmptyState title=t::signs_none(l)><p>{t::signs_none_help(l)}</p></EmptyState> }
    });
    let rules = all
        .iter()
        .map(|figures| section(visit, c, figures, typed))
        .collect_view();
    let public = c.published_at.is_some().then(|| {
        view! { <p><a href=links::groups(&c.slug)>{t::signs_public(l)}</a></p> }
    });
    let body = view! {
        <ErrorSummary title=t::signs_errors(l) errors/>
        <h1>{c.title.clone()}</h1>
        {tabs(l, c, Tab::Groups)}
        <h2>{t::signs_title(l)}</h2>
        <Lead text=t::signs_lead(l)/>
        <Notice>{t::signs_verdict(l)}</Notice>
        {public}
        {empty}
        {rules}
    };
    let body = shell(visit, Part::Consultations, body.into_any(), None);
    visit.page(page, body)
}

/// The sentence beside the field.
fn problem(visit: &Visit, typed: &Typed) -> Option<String> {
    let l = visit.locale;
    let problem = typed.invalid.of("reason")?;
    Some(sentence(l, t::reason_label(l), problem))
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A rule: what it says, what it found, and what can be done with it.
fn section(visit: &Visit, c: &Consultation, figures: &Figures, typed: Option<&Typed>) -> AnyView {
    let l = visit.locale;
    let rule = figures.rule;
    let found = if figures.signs.is_empty() {
        view! { <p class="meta">{t::rule_nothing(l)}</p> }.into_any()
    } else {
        found(visit, figures)
    };
    let published = figures.published.as_ref().map(|published| {
        let (date, clock) = (
            visit.zone().date(published.at, l),
            visit.zone().clock(published.at, l),
        );
        let since = t::rule_since(l, c.office_name.as_str(), date, clock);
        let why = t::rule_why(l, published.reason.as_str());
        view! {
            <Notice kind=NoticeKind::Success title=t::rule_is_published(l)>
                {since} " " <span class="as-typed">{why}</span>
            </Notice>
        }
    });
    let deed = if !rule.is_publishable() {
        Some(view! { <p class="meta">{t::rule_only_figure(l)}</p> }.into_any())
    } else if c.published_at.is_none() {
        None
    } else if published.is_some() {
        Some(form(visit, &c.slug, rule, WITHDRAW, typed))
    } else if !figures.signs.is_empty() || typed.is_some_and(|typed| typed.rule == rule) {
        Some(form(visit, &c.slug, rule, PUBLISH, typed))
    } else {
        None
    };
    view! {
        <section>
            <SectionHead id=anchor(rule) title=name(l, rule)/>
            <p>{definition(l, rule)}</p>
            {found}
            {published}
            {deed}
        </section>
    }
    .into_any()
}

/// How many signs, how many people, the largest; of bursts each window, too.
fn found(visit: &Visit, figures: &Figures) -> AnyView {
    let l = visit.locale;
    let largest = figures.signs.iter().map(|sign| sign.people).max();
    let mut rows = vec![SummaryRow::new(
        t::people_head(l),
        l.number(number(figures.people)),
    )];
    match figures.rule {
        // Everybody whom they name is one sign.
        Rule::AgreesWithAll | Rule::DisagreesWithAll => {
            let fewest = figures.signs.iter().map(|sign| sign.figure).min();
            rows.push(SummaryRow::new(
                t::fewest_head(l),
                l.number(number(fewest.unwrap_or(0))),
            ));
        }
        Rule::Burst | Rule::IdenticalBallots => {
            rows.insert(
                0,
                SummaryRow::new(t::signs_head(l), l.number(number(figures.signs.len()))),
            );
            rows.push(SummaryRow::new(
                t::largest_head(l),
                t::people(l, number(largest.unwrap_or(0))),
            ));
        }
    }
    let windows: Vec<_> = figures
        .signs
        .iter()
        .filter_map(|sign| window(visit, sign))
        .map(|words| view! { <li>{words}</li> })
        .collect();
    let windows = (!windows.is_empty()).then(|| view! { <ul>{windows}</ul> });
    view! { <SummaryList rows/> {windows} }.into_any()
}

fn window(visit: &Visit, sign: &Figure) -> Option<String> {
    let l = visit.locale;
    let begin = sign.at?;
    let (begin, end) = (Timestamp(begin), Timestamp(begin.saturating_add(WINDOW)));
    let zone = visit.zone();
    Some(t::window(
        l,
        zone.date(begin, l),
        zone.clock(begin, l),
        zone.clock(end, l),
        t::people(l, number(sign.people)),
    ))
}

fn form(
    visit: &Visit,
    slug: &str,
    rule: Rule,
    deed: &'static str,
    typed: Option<&Typed>,
) -> AnyView {
    let l = visit.locale;
    let typed = typed.filter(|typed| typed.rule == rule);
    let value = typed.map(|typed| typed.reason.clone()).unwrap_or_default();
    let error = typed.and_then(|typed| problem(visit, typed));
    let (words, help, kind) = if deed == PUBLISH {
        (
            t::rule_publish(l),
            t::rule_publish_help(l),
            ButtonKind::Secondary,
        )
    } else {
        (
            t::rule_withdraw(l),
            t::rule_withdraw_help(l),
            ButtonKind::Danger,
        )
    };
    let label = format!("{words}: {}", name(l, rule));
    view! {
        <p>{help}</p>
        <ui::Form action=address(slug)>
            <input type="hidden" name=RULE value=rule.word()/>
            <TextArea
                id=field(rule)
                name=REASON
                label=t::reason_label(l)
                value
                hint=t::reason_hint(l)
                error
                error_prefix=layout::error_title(l)
                rows=3
            />
            <Button kind name=DEED value=deed label>{words}</Button>
        </ui::Form>
    }
    .into_any()
}
