//! What the two pages of the office have in common.

use axum::response::Response;
use domain::{Invalid, Locale, consultation::Consultation};
use leptos::prelude::*;
use ui::{ErrorItem, ErrorSummary};

use crate::{
    Page, Visit, links,
    office::{Part, Tab, shell, tabs},
    problem,
    t::result as t,
};

/// The address of the themes of a consultation.
pub(super) fn themes(slug: &str) -> String {
    format!("{}/konsultasi/{slug}/tema", links::OFFICE)
}

/// The address of its replies.
pub(super) fn replies(slug: &str) -> String {
    format!("{}/konsultasi/{slug}/jawaban", links::OFFICE)
}

/// The page of the office around `view`.
pub(super) fn draw(
    visit: &Visit,
    page: Page,
    c: &Consultation,
    tab: Tab,
    view: AnyView,
) -> Response {
    let view = view! {
        <p class="meta">{c.title.clone()}</p>
        {tabs(visit.locale, c, tab)}
        {view}
    }
    .into_any();
    visit.page(
        page.in_office(),
        shell(visit, Part::Consultations, view, None),
    )
}

/// What is wrong, on top of the page, each with a link to its field.
pub(super) fn summary(
    l: Locale,
    invalid: &Invalid,
    fields: &[(&str, &str, &str)],
) -> impl IntoView + use<> {
    let errors = fields
        .iter()
        .filter_map(|(field, id, label)| {
            let problem = invalid.of(field)?;
            Some(ErrorItem {
                id: (*id).to_owned(),
                text: problem::sentence(l, label, problem),
            })
        })
        .collect();
    view! { <ErrorSummary title=t::errors(l) errors=errors/> }
}

/// The sentence beside a field.
pub(super) fn error(l: Locale, invalid: &Invalid, field: &str, label: &str) -> Option<String> {
    invalid
        .of(field)
        .map(|problem| problem::sentence(l, label, problem))
}
