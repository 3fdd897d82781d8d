//! What changed from version to version of a policy text.

use axum::extract::Path;
use domain::{
    Locale,
    clause::{Change, Text},
    consultation::Consultation,
};
use leptos::prelude::*;
use service::clause::{Changed, Piece};

use super::words::clause_name;
use crate::{Answer, Page, Visit, links, t::consultation as t};

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let c = service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?;
    let texts = service::consultation::texts(&mut tx, &c.id).await?;
    drop(tx);
    let l = visit.locale;
    let page = Page::new(t::changes_title(l, &c.title))
        .describe(t::changes_lead(l))
        .of(&c.id);
    let page = if c.published_at.is_none() || texts.is_empty() {
        page.unlisted()
    } else {
        page
    };
    Ok(visit.page(page, view(&visit, &c, texts)))
}

fn view(visit: &Visit, c: &Consultation, texts: Vec<Text>) -> impl IntoView + use<> {
    let l = visit.locale;
    let list = if texts.is_empty() {
        view! { <ui::EmptyState title=t::no_text(l)><p>{t::no_text_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        texts
            .iter()
            .enumerate()
            .map(|(place, text)| version(visit, c, text, texts.get(place + 1)))
            .collect_view()
            .into_any()
    };
    let back = links::text(&c.slug);
    view! {
        <ui::Page>
            <ui::BackLink href=back label=t::to_text(l)/>
            <h1>{t::what_changed(l)}</h1>
            <p class="lead">{t::changes_lead(l)}</p>
            {list}
        </ui::Page>
    }
}

fn version(
    visit: &Visit,
    c: &Consultation,
    text: &Text,
    before: Option<&Text>,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let v = &text.version;
    let href = format!("{}?versi={}", links::text(&c.slug), v.number);
    let note = if v.note.is_empty() && before.is_none() {
        t::first_version(l).to_owned()
    } else {
        v.note.clone()
    };
    let reason =
        (!v.reason.is_empty()).then(|| view! { <p class="as-typed">{t::reason(l, &v.reason)}</p> });
    let rows = before.map(|before| rows(l, service::clause::changes(before, text)));
    view! {
        <section>
            <h2><a href=href>{t::version(l, v.number)}</a></h2>
            <p class="meta">{visit.zone().date(v.published_at, l)}</p>
            <p class="as-typed">{note}</p>
            {reason}
            {rows}
        </section>
    }
}

fn rows(l: Locale, changes: Vec<Changed>) -> impl IntoView + use<> {
    let same = changes
        .iter()
        .filter(|row| row.change == Change::Same)
        .count();
    let same = (same > 0)
        .then(|| view! { <p class="meta">{t::unchanged(l, i64::try_from(same).unwrap_or(0))}</p> });
    let rows = changes
        .into_iter()
        .filter(|row| row.change != Change::Same)
        .map(|row| one(l, row))
        .collect_view();
    view! { {rows}{same} }
}

fn one(l: Locale, row: Changed) -> impl IntoView + use<> {
    let name = row
        .after
        .as_ref()
        .or(row.before.as_ref())
        .map(|clause| clause_name(l, &clause.label, &clause.heading))
        .unwrap_or_default();
    let (kind, word) = match row.change {
        Change::New => (ui::TagKind::Open, t::change_new(l)),
        Change::Gone => (ui::TagKind::Neutral, t::change_gone(l)),
        Change::Moved => (ui::TagKind::Neutral, t::change_moved(l)),
        Change::Reworded | Change::Same => (ui::TagKind::Time, t::change_reworded(l)),
    };
    let text = match row.change {
        Change::New => row.after.map(|clause| view! { <ui::Prose html=clause.body_html/> }.into_any()),
        Change::Gone => row.before.map(|clause| {
            view! { <ui::Disclosure summary=t::before(l)><ui::Prose html=clause.body_html/></ui::Disclosure> }.into_any()
        }),
        Change::Moved => {
            let from = row.before.map(|clause| clause_name(l, &clause.label, ""));
            from.map(|from| view! { <p class="meta">{t::before(l)}": "{from}</p> }.into_any())
        }
        Change::Reworded | Change::Same => Some(words(l, row.words)),
    };
    view! {
        <div class="card change">
            <h3>{name}</h3>
            <ui::Tag kind=kind text=word/>
            {text}
        </div>
    }
}

/// A text word by word: what came and what went, told to ears as well as to eyes.
pub(super) fn words(l: Locale, pieces: Vec<Piece>) -> AnyView {
    let pieces = pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Kept(text) => text.into_any(),
            Piece::Added(text) => {
                view! { <ins><span class="vh">{t::added(l)}": "</span>{text}</ins> }.into_any()
            }
            Piece::Removed(text) => {
                view! { <del><span class="vh">{t::removed(l)}": "</span>{text}</del> }.into_any()
            }
        })
        .collect_view();
    view! { <p class="as-typed diff">{pieces}</p> }.into_any()
}
