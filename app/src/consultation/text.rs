//! The policy text of a consultation, whole, in any of its versions.

use axum::extract::Path;
use domain::{Locale, clause::Text, consultation::Consultation};
use leptos::prelude::*;
use service::consultation::Around;

use super::words::clause_name;
use crate::{Answer, Fields, Page, Visit, links, t::consultation as t};

/// Clauses from which a table of contents helps.
const CONTENTS: usize = 4;

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let query = Fields::of_query(visit.path.split_once('?').map(|(_, query)| query));
    let mut tx = visit.service.read().await?;
    let c = service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?;
    let around = service::consultation::around(&mut tx, &visit.actor, &c.id).await?;
    // A version that is no number is the newest; one that is not there is no page.
    let wanted = query.text("versi").parse::<i64>().ok().or(around.version);
    let text = match wanted {
        Some(number) => Some(service::clause::version(&mut tx, &c.id, number).await?),
        None => None,
    };
    drop(tx);
    let l = visit.locale;
    let page = Page::new(t::text_title(l, &c.title)).of(&c.id);
    let page = match &text {
        Some(text) if Some(text.version.number) == around.version && c.published_at.is_some() => {
            page.describe(t::text_description(l, text.version.number))
                .canonical(links::text(&c.slug))
        }
        _ => page.unlisted(),
    };
    Ok(visit.page(page, view(&visit, &c, &around, text)))
}

fn view(
    visit: &Visit,
    c: &Consultation,
    around: &Around,
    text: Option<Text>,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let back = view! { <ui::BackLink href=links::consultation(&c.slug) label=c.title.clone()/> };
    let newest = links::text(&c.slug);
    let Some(text) = text else {
        return view! {
            <ui::Page>
                {back}
                <h1>{t::text(l)}</h1>
                <ui::EmptyState title=t::no_text(l)><p>{t::no_text_help(l)}</p></ui::EmptyState>
            </ui::Page>
        }
        .into_any();
    };
    let number = text.version.number;
    let date = visit.zone().date(text.version.published_at, l);
    let old = Some(number) != around.version;
    let banner = old.then(|| {
        view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::old_version(l)>
                {t::old_version_help(l, number)}" "<a href=newest>{t::newest_version(l)}</a>
            </ui::Notice>
        }
    });
    let changes = (around.version.unwrap_or(1) > 1).then(|| {
        view! { " "<a href=links::text_changes(&c.slug)>{t::what_changed(l)}</a> }
    });
    let contents = contents(l, &text);
    let in_chapters = text.clauses.iter().any(|clause| !clause.chapter.is_empty());
    let clauses = text
        .clauses
        .into_iter()
        .map(|clause| {
            let line = around.clauses.iter().find(|line| line.id == clause.id);
            let chapter = (!clause.chapter.is_empty()).then(|| view! { <h2 class="chapter">{clause.chapter}</h2> });
            let link = line.map(|line| {
                let words = if line.comments > 0 { t::comments(l, line.comments) } else { t::comment_here(l).to_owned() };
                let named = clause_name(l, &line.label, "");
                view! {
                    <p class="clause-foot">
                        <a href=links::clause(&c.slug, &line.label)>{words}<span class="vh">" – "{named}</span></a>
                    </p>
                }
            });
            let name = clause_name(l, &clause.label, &clause.heading);
            let name = if in_chapters {
                view! { <h3>{name}</h3> }.into_any()
            } else {
                view! { <h2 class="h3">{name}</h2> }.into_any()
            };
            view! {
                {chapter}
                <section class="clause" id=anchor(&clause.label)>
                    {name}
                    <ui::Prose html=clause.body_html/>
                    {link}
                </section>
            }
        })
        .collect_view();
    let lead = t::text_lead(l, number, date);
    view! {
        <ui::Page>
            {back}
            <h1>{t::text(l)}</h1>
            <p class="lead">{lead}{changes}</p>
            {banner}
            {contents}
            {clauses}
        </ui::Page>
    }
    .into_any()
}

fn contents(l: Locale, text: &Text) -> impl IntoView + use<> {
    (text.clauses.len() >= CONTENTS).then(|| {
        let items = text
            .clauses
            .iter()
            .map(|clause| {
                let href = format!("#{}", anchor(&clause.label));
                view! { <li><a href=href>{clause_name(l, &clause.label, &clause.heading)}</a></li> }
            })
            .collect_view();
        view! { <ui::Disclosure summary=t::contents(l)><ol class="toc">{items}</ol></ui::Disclosure> }
    })
}

/// The mark of a clause within the page.
pub(super) fn anchor(label: &str) -> String {
    format!("pasal-{label}")
}
