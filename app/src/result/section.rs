//! The short box on a consultation's page after closing.

use domain::consultation::Consultation;
use leptos::prelude::*;
use service::consultation::Glance;

use super::show::outcome_tag;
use crate::{Visit, links, t::result as t};

/// What came out, in a box that leads to the result; nothing before closing.
pub fn section(visit: &Visit, consultation: &Consultation, glance: Option<&Glance>) -> AnyView {
    let Some(glance) = glance else {
        return ().into_any();
    };
    let l = visit.locale;
    let summary = t::section_summary(l, l.number(glance.participants), l.number(glance.comments));
    let (title, tag) = match &glance.outcome {
        Some(outcome) => (
            t::section_answered(l, &consultation.office_name),
            Some(outcome_tag(visit, outcome)),
        ),
        None => (t::section_title(l).to_owned(), None),
    };
    let waiting = glance
        .outcome
        .is_none()
        .then(|| view! { <p>{t::waiting_help(l)}</p> });
    let place = links::result(&consultation.slug);
    view! {
        <ui::Panel strong=true>
            {tag}
            <h2 id="hasil">{title}</h2>
            <p>{summary}</p>
            {waiting}
            <ui::Button href=place>{t::section_link(l)}</ui::Button>
        </ui::Panel>
    }
    .into_any()
}
