//! Checking the answers, and handing them in.

use axum::{extract::Path, response::Response};
use domain::{
    Locale,
    area::Area,
    form::{Answer as Given, Kind, Outcome, Page as FormPage, Shown, Text},
};
use leptos::prelude::*;
use service::{
    Conflict, Error,
    form::{Filling, Sent},
};

use super::{
    field::{anchor, owned, said},
    halt,
    place::{self, FROM_CHECK, SHOW_WRONG, filling, hand, own},
    written::{self, label},
};
use crate::{Answer, Fields, Page, Visit, case, links, t::form as t};

/// `GET /layanan/{key}/periksa`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    let Some(hand) = hand(&visit) else {
        return Ok(visit.go(&links::service(&key)));
    };
    let Some((filling, areas)) = filling(&visit, &hand, &key).await? else {
        return Ok(visit.go(&links::service(&key)));
    };
    if filling.halt.is_some() {
        return Ok(halt::of(&visit, &filling, &areas, &[]));
    }
    Ok(draw(&visit, &filling, &areas, false))
}

/// `POST /layanan/{key}/periksa`: hands it in. Sent twice, it leads to the same number.
pub(super) async fn send(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    let Some(hand) = hand(&visit) else {
        return halt::gone(&visit, &key, &[]).await;
    };
    let desk = hand
        .owner
        .is_desk()
        .then(|| visit.actor.account())
        .flatten();
    match service::form::send(&visit.service, &hand, fields.text("_kunci"), desk.cloned()).await {
        Ok(Sent::Received(reference)) => {
            let response = own(&visit, visit.go(&links::sent(&key, reference)));
            // A guest follows it from here without typing its number; an account has it anyhow.
            Ok(if visit.actor.account().is_none() {
                case::remember(response, &visit.service, reference)
            } else {
                response
            })
        }
        Ok(Sent::NotReady) => match filling(&visit, &hand, &key).await? {
            Some((filling, areas)) => Ok(draw(&visit, &filling, &areas, true)),
            None => halt::gone(&visit, &key, &[]).await,
        },
        Err(Error::Conflict(Conflict::Gone | Conflict::Closed)) => {
            match filling(&visit, &hand, &key).await? {
                Some((filling, areas)) => Ok(halt::of(&visit, &filling, &areas, &[])),
                None => halt::gone(&visit, &key, &[]).await,
            }
        }
        // A key that is not this person's, or of something that is gone.
        Err(Error::NotFound) => match filling(&visit, &hand, &key).await? {
            Some(_) => Ok(visit.go(&place::check(&key))),
            None => halt::gone(&visit, &key, &[]).await,
        },
        Err(error) => Err(error.into()),
    }
}

fn draw(visit: &Visit, filling: &Filling, areas: &[Area], is_refused: bool) -> Response {
    let l = visit.locale;
    let outcome = filling.outcome(areas);
    let mut page = Page::new(format!(
        "{} – {}",
        t::check(l),
        filling.form.definition.title.get(l)
    ))
    .in_form();
    if is_refused {
        page = page.wrong();
    }
    own(
        visit,
        visit.page(page, view(visit, filling, areas, &outcome, is_refused)),
    )
}

/// The address at which a question is changed.
fn change(filling: &Filling, page: &str, path: &str, words: &[&str]) -> String {
    let key = &filling.form.key;
    let place = match path.rsplit_once('.') {
        Some((item, _)) => place::item(key, page, item),
        None => place::page(key, page),
    };
    let field = filling
        .form
        .definition
        .question(path)
        .map_or_else(|| path.to_owned(), |question| anchor(question, path, path));
    place::with(&format!("{place}#{field}"), words)
}

/// A question and its answer; nothing of a calculation that comes to nothing.
fn row(
    l: Locale,
    filling: &Filling,
    areas: &[Area],
    outcome: &Outcome,
    items: &dyn Fn(&str) -> Vec<String>,
    shown: &Shown,
) -> Option<ui::SummaryRow> {
    let definition = &filling.form.definition;
    let path = &shown.path;
    let question = definition.question(path)?;
    let is_calculated = matches!(question.kind, Kind::Calculated { .. });
    let value = match outcome.answers.get(path) {
        Some(Given::Items(items)) if items.is_empty() && outcome.fault(path).is_some() => {
            t::missing_yet(l).to_owned()
        }
        Some(Given::Items(items)) if items.is_empty() => t::not_given(l).to_owned(),
        Some(answer) => written::answer(l, areas, &filling.files, question, answer),
        None if outcome.fault(path).is_some() => {
            let is_typed = filling.draft.values.keys().any(|field| {
                let rest = field.strip_prefix(path.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                    && filling.draft.has(field)
            });
            let word = if is_typed {
                t::to_fix(l)
            } else {
                t::missing_yet(l)
            };
            word.to_owned()
        }
        None if is_calculated => return None,
        None => t::not_given(l).to_owned(),
    };
    let row = ui::SummaryRow::new(label(l, definition, items, path), value);
    Some(if is_calculated {
        row
    } else {
        let href = change(filling, &shown.page, path, &[FROM_CHECK]);
        row.change(href, t::change(l))
    })
}

fn view(
    visit: &Visit,
    filling: &Filling,
    areas: &[Area],
    outcome: &Outcome,
    is_refused: bool,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let definition = &filling.form.definition;
    let key = &filling.form.key;
    let items = |group: &str| owned(filling.draft.items(group));
    let row = |shown: &Shown| row(l, filling, areas, outcome, &items, shown);
    // Below the names of the tasks; of a form without tasks, of its pages.
    let parts: Vec<(&Text, Vec<&str>)> = if definition.sections.is_empty() {
        let pages = definition.pages.iter();
        pages
            .map(|page| (&page.title, vec![page.key.as_str()]))
            .collect()
    } else {
        let pages_of = |section: &str| {
            let pages = definition
                .pages
                .iter()
                .filter(|page| page.section == section);
            pages.map(|page| page.key.as_str()).collect()
        };
        let sections = definition.sections.iter();
        let is_alone = |page: &&FormPage| {
            !definition
                .sections
                .iter()
                .any(|one| one.key == page.section)
        };
        let alone = definition.pages.iter().filter(is_alone);
        sections
            .map(|one| (&one.title, pages_of(&one.key)))
            .chain(alone.map(|page| (&page.title, vec![page.key.as_str()])))
            .collect()
    };
    let sections = parts
        .into_iter()
        .filter_map(|(title, pages)| {
            let shown = outcome.shown.iter();
            let rows: Vec<ui::SummaryRow> = shown
                .filter(|shown| pages.contains(&shown.page.as_str()))
                .filter_map(row)
                .collect();
            (!rows.is_empty())
                .then(|| view! { <h2>{title.get(l).to_owned()}</h2><ui::SummaryList rows=rows/> })
        })
        .collect_view();
    let advice: Vec<String> = outcome
        .advice
        .iter()
        .filter_map(|wrong| Some(said(l, definition.question(&wrong.path)?, wrong)))
        .collect();
    let advice = (!advice.is_empty()).then(|| {
        let lines = advice.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <ui::Notice kind=ui::NoticeKind::Warning title=t::check_advice(l)><ul>{lines}</ul></ui::Notice> }
    });
    let summary = is_refused.then(|| {
        let errors: Vec<ui::ErrorItem> = outcome
            .wrong
            .iter()
            .filter_map(|wrong| {
                let question = definition.question(&wrong.path)?;
                let place = change(filling, &wrong.page, &wrong.path, &[FROM_CHECK, SHOW_WRONG]);
                Some(ui::ErrorItem::new(place, said(l, question, wrong)))
            })
            .collect();
        let title = match errors.len() {
            1 => t::wrong_one(l).to_owned(),
            count => t::wrong_many(l, i64::try_from(count).unwrap_or(i64::MAX)),
        };
        view! { <ui::ErrorSummary title=title errors=errors/> }
    });
    let lead = if outcome.is_ready() {
        t::check_help(l)
    } else {
        t::check_open(l)
    };
    let end = match outcome.resume() {
        Some(next) => {
            let place = place::with(&place::page(key, next), &[FROM_CHECK, SHOW_WRONG]);
            view! { <ui::Buttons><ui::Button href=place>{t::go_on(l)}</ui::Button></ui::Buttons> }
                .into_any()
        }
        None => {
            let send_key = filling.key.clone();
            view! {
                <ui::Form action=place::check(key)>
                    <input type="hidden" name="_kunci" value=send_key/>
                    <ui::Buttons><ui::Button>{t::send(l)}</ui::Button></ui::Buttons>
                </ui::Form>
                <p class="meta">{t::send_help(l)}</p>
            }
            .into_any()
        }
    };
    let kept = place::kept(visit, filling);
    let back = if definition.sections.is_empty() {
        let shown = outcome.shown.last().map(|shown| shown.page.as_str());
        shown.map_or_else(|| links::service(key), |last| place::page(key, last))
    } else {
        place::tasks(key)
    };
    view! {
        <ui::FormHeader
            back_href=back back_label=t::back(l) title=definition.title.get(l).to_owned() progress_label=t::check(l) value=1 max=1
        />
        <ui::Page>
            {kept}
            {summary}
            <h1>{t::check(l)}</h1>
            <p>{lead}</p>
            {advice}
            {sections}
            {end}
        </ui::Page>
    }
}
