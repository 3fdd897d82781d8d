//! The steps of a form and how far each is.

use axum::extract::Path;
use domain::{Locale, form::State};
use leptos::prelude::*;
use service::form::Filling;

use super::{
    halt,
    place::{check, filling, hand, kept, later, own, page, tasks},
};
use crate::{Answer, Page, Visit, links, t::form as t};

/// `GET /layanan/{key}/isi`: the task list; of a form without tasks, the page on which to go on.
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
    let l = visit.locale;
    let outcome = filling.outcome(&areas);
    if filling.form.definition.sections.is_empty() {
        let next = outcome
            .resume()
            .map_or_else(|| check(&key), |next| page(&key, next));
        return Ok(own(&visit, visit.go(&next)));
    }
    let title = filling.form.definition.title.get(l).to_owned();
    let view = view(&visit, &filling, &outcome);
    Ok(own(&visit, visit.page(Page::new(title).unlisted(), view)))
}

/// Where to go after a page: in a form with tasks, on to the next page of the same task, else to the list of tasks.
pub(super) fn after(filling: &Filling, outcome: &domain::form::Outcome, done: &str) -> String {
    let key = &filling.form.key;
    let section = |page: &str| {
        let found = filling.form.definition.page(page);
        found.map(|page| page.section.clone()).unwrap_or_default()
    };
    match outcome.next(done) {
        Some(next)
            if filling.form.definition.sections.is_empty() || section(next) == section(done) =>
        {
            page(key, next)
        }
        _ if filling.form.definition.sections.is_empty() => check(key),
        _ => tasks(key),
    }
}

pub(super) const fn state(l: Locale, state: State) -> &'static str {
    match state {
        State::Complete => t::state_complete(l),
        State::Incomplete => t::state_incomplete(l),
        State::Problem => t::state_problem(l),
        State::Hidden | State::CannotStart => t::state_cannot(l),
    }
}

fn view(
    visit: &Visit,
    filling: &Filling,
    outcome: &domain::form::Outcome,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let definition = &filling.form.definition;
    let key = &filling.form.key;
    let tasks = outcome.tasks(definition);
    let done = tasks
        .iter()
        .filter(|task| task.state == State::Complete)
        .count();
    let all = tasks.len();
    let rows = tasks
        .iter()
        .map(|task| {
            let title = definition
                .sections
                .iter()
                .find(|section| section.key == task.section)
                .map_or_else(String::new, |section| section.title.get(l).to_owned());
            row(l, title, task.state, &page(key, task.page))
        })
        .collect_view();
    let check_state = if outcome.is_ready() {
        State::Incomplete
    } else {
        State::CannotStart
    };
    let last = row(l, t::check_task(l).to_owned(), check_state, &check(key));
    let count = i64::try_from(done).unwrap_or(0);
    let expires = visit.zone().date(filling.expires_at, l);
    let (back, later) = (links::service(key), later(key));
    let title = definition.title.get(l).to_owned();
    let kept = kept(visit, filling);
    view! {
        <ui::Page>
            {kept}
            <ui::BackLink href=back label=t::back(l)/>
            <h1>{title}</h1>
            <p>{t::tasks_done(l, count, all)}</p>
            <h2 class="vh">{t::tasks(l)}</h2>
            <ul class="rows tasks">{rows}{last}</ul>
            <p class="meta">{t::kept_until(l, expires)}" "<a href=later>{t::later(l)}</a></p>
        </ui::Page>
    }
}

/// The whole row is the link. Completed is plain text; only an error is red; what cannot start yet is no link.
fn row(l: Locale, title: String, of: State, href: &str) -> AnyView {
    let word = state(l, of);
    let tag = match of {
        State::Complete => view! { <span class="state">{word}</span> }.into_any(),
        State::Problem => {
            view! { <span class="state"><ui::Tag kind=ui::TagKind::Alert text=word/></span> }
                .into_any()
        }
        State::Incomplete => {
            view! { <span class="state"><ui::Tag kind=ui::TagKind::Time text=word/></span> }
                .into_any()
        }
        State::Hidden | State::CannotStart => {
            view! { <span class="state meta">{word}</span> }.into_any()
        }
    };
    if matches!(of, State::Hidden | State::CannotStart) {
        view! { <li class="task"><span>{title}</span>{tag}</li> }.into_any()
    } else {
        let href = href.to_owned();
        view! { <li class="row-link task"><a href=href>{title}</a>{tag}</li> }.into_any()
    }
}
