//! One page at a time.

mod along;
mod draw;

use axum::{extract::Path, http::StatusCode};
use domain::form::{Fault, Outcome, Wrong};
use service::{
    Conflict, Error,
    form::{Filling, Hand, PageSave, Saved},
};

use self::{
    along::{Done, files},
    draw::{Drawn, Note, draw},
};
use super::{
    halt,
    place::{self, FROM_CHECK, SHOW_WRONG, filling, hand, own, says},
    task,
    upload::Sheet,
};
use crate::{Answer, Failure, Visit, links};

/// Names of the hidden fields: the questions that a page asks, and those that an answer on it would open.
const ASKED: &str = "_ada";
const OPENED: &str = "_mungkin";

/// `GET /layanan/{key}/isi/{page}`.
pub(super) async fn show(visit: Visit, Path((key, page)): Path<(String, String)>) -> Answer {
    shown(&visit, &key, &page, None).await
}

/// `GET /layanan/{key}/isi/{page}/{item}`: an item of a group, such as `saksi.2`.
pub(super) async fn show_item(
    visit: Visit,
    Path((key, page, item)): Path<(String, String, String)>,
) -> Answer {
    shown(&visit, &key, &page, Some(&item)).await
}

/// `POST /layanan/{key}/isi/{page}`.
pub(super) async fn save(
    visit: Visit,
    Path((key, page)): Path<(String, String)>,
    sheet: Sheet,
) -> Answer {
    saved(&visit, &key, &page, None, sheet).await
}

/// `POST /layanan/{key}/isi/{page}/{item}`.
pub(super) async fn save_item(
    visit: Visit,
    Path((key, page, item)): Path<(String, String, String)>,
    sheet: Sheet,
) -> Answer {
    saved(&visit, &key, &page, Some(&item), sheet).await
}

async fn shown(visit: &Visit, key: &str, page: &str, item: Option<&str>) -> Answer {
    let Some(hand) = hand(visit) else {
        return Ok(visit.go(&links::service(key)));
    };
    let Some((filling, areas)) = filling(visit, &hand, key).await? else {
        return Ok(visit.go(&links::service(key)));
    };
    if filling.halt.is_some() {
        return Ok(halt::of(visit, &filling, &areas, &[]));
    }
    if filling.form.definition.page(page).is_none() || !has_item(&filling, page, item) {
        return Err(Failure::NotFound);
    }
    let outcome = filling.outcome(&areas);
    let wrong = if says(visit, SHOW_WRONG) {
        own_wrong(&outcome, page, item)
    } else {
        Vec::new()
    };
    let draft = filling.draft.clone();
    Ok(draw(
        visit,
        &Drawn {
            filling: &filling,
            areas: &areas,
            chart: place::chart(visit, page_of(&filling, page)).await?,
            outcome: &outcome,
            page,
            item,
            draft: &draft,
            wrong,
            note: Note::None,
            status: StatusCode::OK,
        },
    ))
}

/// The page alone; nothing when there is none.
fn page_of<'a>(filling: &'a Filling, key: &str) -> &'a [domain::form::Page] {
    filling
        .form
        .definition
        .page(key)
        .map_or(&[], std::slice::from_ref)
}

/// Whether an item is there, in a group of this page.
fn has_item(filling: &Filling, page: &str, item: Option<&str>) -> bool {
    let Some(item) = item else {
        return true;
    };
    let first = item.split('.').next().unwrap_or_default();
    let on_page = filling
        .form
        .definition
        .page(page)
        .is_some_and(|page| page.questions.iter().any(|question| question.key == first));
    on_page && filling.item(item).is_some()
}

/// What is wrong with the questions that the page itself asks.
fn own_wrong(outcome: &Outcome, page: &str, item: Option<&str>) -> Vec<Wrong> {
    outcome
        .wrong_on(page)
        .filter(|wrong| match item {
            None => true,
            Some(item) => wrong
                .path
                .strip_prefix(item)
                .is_some_and(|rest| rest.starts_with('.')),
        })
        .cloned()
        .collect()
}

async fn saved(visit: &Visit, key: &str, page: &str, item: Option<&str>, sheet: Sheet) -> Answer {
    let fields = sheet.fields.pairs().to_vec();
    let Some(hand) = hand(visit) else {
        return halt::gone(visit, key, &fields).await;
    };
    let named = |name: &str| -> Vec<String> {
        let all = sheet.fields.all(name).into_iter();
        all.map(str::to_owned).collect()
    };
    // What was asked, and what only an answer on the page would open: its fields were there too.
    let asked = named(ASKED);
    let there = [asked.clone(), named(OPENED)].concat();
    let save = PageSave {
        page: page.to_owned(),
        item: item.map(str::to_owned),
        asked: there.clone(),
        fields: fields.clone(),
        seen: sheet.fields.text("_revisi").parse().ok(),
    };
    let done = service::form::save_page(&visit.service, &hand, key, save).await;
    let is_elsewhere = match done {
        Ok(Saved::Here(_)) => false,
        Ok(Saved::Elsewhere(_)) => true,
        Err(error) => return stopped(visit, &hand, key, error, &fields).await,
    };
    if is_elsewhere {
        return elsewhere(visit, &hand, key, (page, item), &fields, &there).await;
    }
    let refused = match files(visit, &hand, key, page, sheet).await? {
        Done::Went(place) => return Ok(own(visit, visit.go(&place))),
        Done::Here(refused) => refused,
    };
    let (filling, areas) = self::filling(visit, &hand, key)
        .await?
        .ok_or(Failure::NotFound)?;
    let outcome = filling.outcome(&areas);
    // A file that was not taken says more than that one is missing.
    let mut wrong = own_wrong(&outcome, page, item);
    wrong.retain(|one| !refused.iter().any(|known| known.path == one.path));
    wrong.splice(0..0, refused);
    if wrong.is_empty() {
        return Ok(own(
            visit,
            visit.go(&onward(visit, &filling, &outcome, page, item)),
        ));
    }
    // A question that the answers have only just opened is no error yet: it is asked first. One inside an item was asked on the
    // item's own page.
    let is_own = |path: &str| match item {
        None => !path.contains('.'),
        Some(item) => path[item.len() + 1..].split('.').count() == 1,
    };
    let opened = |wrong: &Wrong| {
        matches!(
            wrong.fault,
            Fault::Missing | Fault::NotDeclared | Fault::TooFew { .. }
        ) && is_own(&wrong.path)
            && !asked.contains(&wrong.path)
    };
    let (note, status) = if wrong.iter().all(opened) {
        wrong.clear();
        (Note::OneMore, StatusCode::OK)
    } else {
        (Note::None, StatusCode::UNPROCESSABLE_ENTITY)
    };
    let draft = filling.draft.clone();
    Ok(draw(
        visit,
        &Drawn {
            filling: &filling,
            areas: &areas,
            chart: place::chart(visit, page_of(&filling, page)).await?,
            outcome: &outcome,
            page,
            item,
            draft: &draft,
            wrong,
            note,
            status,
        },
    ))
}

/// Where a page leads that is complete: back to the check page by way of what the change has opened, up from an item, or on.
fn onward(
    visit: &Visit,
    filling: &Filling,
    outcome: &Outcome,
    page: &str,
    item: Option<&str>,
) -> String {
    let key = &filling.form.key;
    let is_from_check = says(visit, FROM_CHECK);
    if let Some(item) = item {
        let group = item.rsplit_once('.').map_or("", |(group, _)| group);
        let up = match group.rsplit_once('.') {
            Some((outer, _)) => place::item(key, page, outer),
            None => place::page(key, page),
        };
        return place::with(&up, if is_from_check { &[FROM_CHECK] } else { &[] });
    }
    if is_from_check {
        return match outcome.resume() {
            Some(next) => place::with(&place::page(key, next), &[FROM_CHECK]),
            None => place::check(key),
        };
    }
    task::after(filling, outcome, page)
}

/// A save that was refused: what was typed stands on the page that says why.
async fn stopped(
    visit: &Visit,
    hand: &Hand,
    key: &str,
    error: Error,
    fields: &[(String, String)],
) -> Answer {
    match error {
        Error::Conflict(Conflict::Gone | Conflict::Closed) => {
            let Some((filling, areas)) = filling(visit, hand, key).await? else {
                return halt::gone(visit, key, fields).await;
            };
            Ok(halt::of(visit, &filling, &areas, fields))
        }
        Error::NotFound => {
            let is_there = filling(visit, hand, key).await?.is_some();
            if is_there {
                Err(Failure::NotFound)
            } else {
                halt::gone(visit, key, fields).await
            }
        }
        error => Err(error.into()),
    }
}

/// The same page was saved in another tab since: both stand on the page, and nothing was saved over.
async fn elsewhere(
    visit: &Visit,
    hand: &Hand,
    key: &str,
    (page, item): (&str, Option<&str>),
    fields: &[(String, String)],
    asked: &[String],
) -> Answer {
    let (filling, areas) = self::filling(visit, hand, key)
        .await?
        .ok_or(Failure::NotFound)?;
    let mut draft = filling.draft.clone();
    let is_of = |name: &str, path: &str| {
        name == path
            || name
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('.'))
    };
    draft
        .values
        .retain(|name, _| !asked.iter().any(|path| is_of(name, path)));
    for (name, value) in fields {
        if !value.is_empty() && asked.iter().any(|path| is_of(name, path)) {
            draft
                .values
                .entry(name.clone())
                .or_default()
                .push(value.clone());
        }
    }
    let outcome = filling.outcome(&areas);
    Ok(draw(
        visit,
        &Drawn {
            filling: &filling,
            areas: &areas,
            chart: place::chart(visit, page_of(&filling, page)).await?,
            outcome: &outcome,
            page,
            item,
            draft: &draft,
            wrong: Vec::new(),
            note: Note::Elsewhere,
            status: StatusCode::CONFLICT,
        },
    ))
}
