//! One clause: its words, its neighbours, its comments, what became of it over the versions.

use axum::extract::Path;
use domain::{
    Locale,
    clause::{Clause, Text},
    consultation::Consultation,
};
use leptos::prelude::*;

use super::{changes::words, words::clause_name};
use crate::{Answer, Failure, Page, Visit, comment::ClauseRef, links, t::consultation as t};

pub(super) async fn show(visit: Visit, Path((slug, label)): Path<(String, String)>) -> Answer {
    let mut tx = visit.service.read().await?;
    let c = service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?;
    let texts = service::consultation::texts(&mut tx, &c.id).await?;
    drop(tx);
    // The newest version that knows the label: a clause that has gone can still be read.
    let (place, clause) = texts
        .iter()
        .enumerate()
        .find_map(|(place, text)| text.labelled(&label).map(|clause| (place, clause.clone())))
        .ok_or(Failure::NotFound)?;
    let l = visit.locale;
    let name = clause_name(l, &clause.label, &clause.heading);
    let description = service::search::text_of(&clause.body_html)
        .chars()
        .take(200)
        .collect::<String>();
    let page = Page::new(t::clause_title(l, &name, &c.title))
        .describe(description)
        .canonical(links::clause(&c.slug, &clause.label))
        .of(&c.id);
    // Whoever came by an old label of a clause that has a new one reads it there.
    if let Some(now) = texts
        .first()
        .and_then(|newest| newest.find(&clause.id))
        .filter(|now| now.label != clause.label)
    {
        return Ok(visit.go(&links::clause(&c.slug, &now.label)));
    }
    let page = if c.published_at.is_none() || place > 0 {
        page.unlisted()
    } else {
        page
    };
    let view = view(&visit, &c, &texts, place, clause).await?;
    Ok(visit.page(page, view))
}

async fn view(
    visit: &Visit,
    c: &Consultation,
    texts: &[Text],
    place: usize,
    clause: Clause,
) -> Result<impl IntoView + use<>, Failure> {
    let l = visit.locale;
    let text = &texts[place];
    let whole = links::text(&c.slug);
    let gone = (place > 0).then(|| {
        let help = t::clause_gone_help(l, text.version.number);
        view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::clause_gone(l)>
                {help}" "<a href=whole>{t::newest_version(l)}</a>
            </ui::Notice>
        }
    });
    let back = if place == 0 {
        format!(
            "{}#{}",
            links::text(&c.slug),
            super::text::anchor(&clause.label)
        )
    } else {
        links::text(&c.slug)
    };
    let neighbours = (place == 0).then(|| neighbours(l, c, text, &clause));
    let history = history(visit, texts, &clause);
    let about = ClauseRef {
        id: clause.id.clone(),
        label: clause.label.clone(),
        heading: clause.heading.clone(),
        body: clause.body.clone(),
    };
    let comments = crate::comment::clause_section(visit, c, about).await?;
    let (href, title) = (links::consultation(&c.slug), c.title.clone());
    Ok(view! {
        <ui::Page>
            <ui::BackLink href=back label=t::to_text(l)/>
            <p class="meta"><a href=href>{title}</a></p>
            <h1>{clause_name(l, &clause.label, &clause.heading)}</h1>
            {gone}
            <ui::Quote><ui::Prose html=clause.body_html.clone()/></ui::Quote>
            {history}
            {neighbours}
            {comments}
        </ui::Page>
    })
}

/// The clauses before and after.
fn neighbours(l: Locale, c: &Consultation, text: &Text, clause: &Clause) -> impl IntoView + use<> {
    let at = text
        .clauses
        .iter()
        .position(|one| one.id == clause.id)
        .unwrap_or(0);
    let before = at.checked_sub(1).and_then(|at| text.clauses.get(at));
    let after = text.clauses.get(at + 1);
    let link = |one: &Clause, rel: &'static str, words: String| {
        view! { <li><a rel=rel href=links::clause(&c.slug, &one.label)>{words}</a></li> }
    };
    let before = before.map(|one| {
        link(
            one,
            "prev",
            t::previous_clause(l, clause_name(l, &one.label, &one.heading)),
        )
    });
    let after = after.map(|one| {
        link(
            one,
            "next",
            t::next_clause(l, clause_name(l, &one.label, &one.heading)),
        )
    });
    view! { <nav class="neighbours" aria-label=t::clause_nav(l)><ul>{before}{after}</ul></nav> }
}

/// What became of the clause, the newest first; nothing when there is one version alone.
fn history(visit: &Visit, texts: &[Text], clause: &Clause) -> impl IntoView + use<> {
    let l = visit.locale;
    let mut rows = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let (now, was) = (
            text.find(&clause.id),
            texts
                .get(place + 1)
                .and_then(|before| before.find(&clause.id)),
        );
        let number = text.version.number;
        let (title, diff) = match (now, was) {
            (Some(_), None) if place + 1 == texts.len() => (t::clause_same(l, number), None),
            (Some(_), None) => (t::clause_new(l, number), None),
            (None, Some(_)) => (t::clause_removed(l, number), None),
            (Some(now), Some(was)) if now.body != was.body || now.heading != was.heading => {
                let whole =
                    |one: &Clause| format!("{}\n\n{}", one.heading, one.body).trim().to_owned();
                (
                    t::clause_reworded(l, number),
                    Some(words(l, service::clause::words(&whole(was), &whole(now)))),
                )
            }
            (Some(now), Some(was)) if now.label != was.label => (t::clause_moved(l, number), None),
            _ => continue,
        };
        let note = Some(&text.version.note)
            .filter(|note| !note.is_empty() && diff.is_some())
            .cloned();
        let date = visit.zone().date(text.version.published_at, l);
        rows.push(view! {
            <li>
                <b>{title}</b>
                <p>{date}{note.map(|note| view! { " · "{note} })}</p>
                {diff}
            </li>
        });
    }
    (rows.len() > 1).then(|| {
        view! { <ui::Disclosure summary=t::clause_history(l)><ol class="timeline">{rows}</ol></ui::Disclosure> }
    })
}
