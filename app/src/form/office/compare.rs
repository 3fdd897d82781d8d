//! Two versions of a form, or its working copy and what is published: what was added, removed, changed, in words.

use axum::extract::{Path, RawQuery};
use domain::form::{
    Bundle,
    compare::{What, compare},
    edit::Place,
};
use leptos::prelude::*;
use service::{
    Tx,
    form::{Shelf, Work},
};

use super::{
    frame::{self, Outcome, Tab},
    place, words,
};
use crate::{
    Answer, Failure, Fields, Page, Visit, links,
    office::{Part, diff, shell},
    t::form_office as t,
};

/// The word of the working copy in addresses.
const WORK: &str = "kerja";

/// `GET /kantor/formulir/{key}/banding?dari=&ke=`: numbers of versions, or `kerja`.
pub(super) async fn show(
    visit: Visit,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let l = visit.locale;
    let query = Fields::of_query(query.as_deref());
    let mut tx = visit.service.read().await?;
    let shelf = service::form::shelf(&mut tx, &visit.actor, &key).await?;
    let newest = shelf.versions.first().map(|past| past.version);
    let before = shelf.versions.get(1).map(|past| past.version);
    let (from, to) = match (&shelf.work, newest) {
        (Some(_), newest) => (newest.map(|n| n.to_string()), WORK.to_owned()),
        (None, newest) => (
            before.or(newest).map(|n| n.to_string()),
            newest.map(|n| n.to_string()).unwrap_or_default(),
        ),
    };
    let asked = |name: &str, or: String| {
        let text = query.text(name);
        if text.is_empty() { or } else { text.to_owned() }
    };
    let from = asked("dari", from.unwrap_or_else(|| WORK.to_owned()));
    let to = asked("ke", to);
    let old = read(&visit, &mut tx, &shelf, &key, &from).await?;
    let new = read(&visit, &mut tx, &shelf, &key, &to).await?;
    drop(tx);
    let mut options: Vec<ui::Choosable> = shelf
        .versions
        .iter()
        .map(|past| {
            let at = visit.zone().date(domain::Timestamp(past.at), l);
            let label = format!("{}, {at}", t::version(l, past.version));
            ui::Choosable::new(past.version.to_string(), label)
        })
        .collect();
    if shelf.work.is_some() {
        options.insert(0, ui::Choosable::new(WORK, t::working_copy(l)));
    }
    let changes = changes(&visit, &old, &new);
    let action = place::part(&key, "/banding");
    let accept = shelf
        .work
        .as_ref()
        .filter(|work| work.is_behind())
        .map(|work| behind(&visit, work));
    let view = view! {
        <ui::FilterBar action=action label=t::narrow(l) button=t::compare(l)>
            <ui::FilterSelect id="dari" label=t::from(l) options=options.clone() value=from/>
            <ui::FilterSelect id="ke" label=t::to(l) options=options value=to/>
        </ui::FilterBar>
        {accept}
        {changes}
    };
    Ok(framed(&visit, &shelf, &key, view.into_any()))
}

async fn read(
    visit: &Visit,
    tx: &mut Tx,
    shelf: &Shelf,
    key: &str,
    word: &str,
) -> Result<Bundle, Failure> {
    if word == WORK {
        let work = shelf.work.as_ref().ok_or(Failure::NotFound)?;
        return Ok(work.bundle.clone());
    }
    let version = word.parse().map_err(|_| Failure::NotFound)?;
    Ok(service::form::version_of(tx, &visit.actor, key, version).await?)
}

fn framed(visit: &Visit, shelf: &Shelf, key: &str, view: AnyView) -> axum::response::Response {
    let l = visit.locale;
    if let Some(work) = &shelf.work {
        return frame::draw(visit, work, Tab::Compare, None, &Outcome::default(), view);
    }
    let back = links::form(key);
    let view = view! {
        <ui::BackLink href=back label=t::versions(l)/>
        <h1>{t::compare_versions(l)}</h1>
        {view}
    };
    let about = Page::new(t::compare_versions(l)).in_office();
    let mut response = visit.page(about, shell(visit, Part::Forms, view.into_any(), None));
    frame::no_store(&mut response);
    response
}

/// A version came meanwhile: its writer looks at it, then says so.
fn behind(visit: &Visit, work: &Work) -> AnyView {
    let l = visit.locale;
    let current = work.current.unwrap_or(0);
    let compare = work.base.map(|base| {
        let href = place::part(&work.key, &format!("/banding?dari={base}&ke={current}"));
        view! { <p><a href=href>{t::what_came(l, current)}</a></p> }
    });
    let version = current.to_string();
    let action = links::form(&work.key);
    view! {
        <ui::Notice kind=ui::NoticeKind::Warning title=t::behind(l)>
            {t::behind_accept(l)}
            {compare}
            <form method="post" action=action>
                {super::fields::hidden("versi", version)}
                <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="kenal">{t::accept(l)}</ui::Button>
            </form>
        </ui::Notice>
    }
    .into_any()
}

/// All differences, by what they are about.
fn changes(visit: &Visit, old: &Bundle, new: &Bundle) -> AnyView {
    let l = visit.locale;
    let all = compare(old, new);
    if all.is_empty() {
        return view! { <ui::EmptyState title=t::no_difference(l)><p>{t::no_difference_help(l)}</p></ui::EmptyState> }
            .into_any();
    }
    let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let mut places: Vec<(&Place, Vec<What>)> = Vec::new();
    for change in &all {
        match places.iter_mut().find(|(place, _)| **place == change.place) {
            Some((_, whats)) => whats.push(change.what),
            None => places.push((&change.place, vec![change.what])),
        }
    }
    let items = places
        .into_iter()
        .map(|(place, whats)| {
            let is_gone = whats.contains(&What::Removed);
            let title = words::place(l, if is_gone { old } else { new }, place);
            let lines = whats
                .into_iter()
                .map(|what| one(visit, old, new, place, what))
                .collect_view();
            view! { <li class="card"><h3>{title}</h3>{lines}</li> }
        })
        .collect_view();
    view! { <p>{t::differences(l, count)}</p><ol class="cards">{items}</ol> }.into_any()
}

fn one(visit: &Visit, old: &Bundle, new: &Bundle, place: &Place, what: What) -> AnyView {
    let l = visit.locale;
    let tag = |kind, text: &'static str| view! { <p><ui::Tag kind=kind text=text/></p> }.into_any();
    match what {
        What::Added => tag(ui::TagKind::Open, t::added(l)),
        What::Removed => tag(ui::TagKind::Alert, t::removed(l)),
        What::Moved => tag(ui::TagKind::Neutral, t::moved(l)),
        What::Changed(of) => {
            let name = words::part_name(l, of);
            let (was, is) = (
                words::part(l, old, place, of),
                words::part(l, new, place, of),
            );
            // A part may differ in nothing that is said: then both stand there.
            let text = if was == is {
                view! { <p>{t::differs_otherwise(l)}</p> }.into_any()
            } else {
                diff(&was, &is)
            };
            view! { <p class="h3">{name}</p>{text} }.into_any()
        }
    }
}
