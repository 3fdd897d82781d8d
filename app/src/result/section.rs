//! The short box on a consultation's page after closing.

use domain::consultation::{Consultation, Phase};
use leptos::prelude::*;

use super::show::outcome_tag;
use crate::{Failure, Visit, links, t::result as t};

/// What came out, in a box that leads to the result; nothing before closing. Two statements.
pub async fn section(visit: &Visit, consultation: &Consultation) -> Result<AnyView, Failure> {
    if consultation.phase(visit.now) < Phase::Closed {
        return Ok(().into_any());
    }
    let l = visit.locale;
    let glance = service::result::glance(&visit.service, consultation).await?;
    let summary = t::section_summary(
        l,
        l.number(glance.participation.participants),
        l.number(glance.participation.comments),
    );
    let (title, tag) = match &glance.outcome {
        Some(outcome) => (
            t::section_answered(l, &consultation.office_name),
            Some(outcome_tag(visit, &outcome.kind)),
        ),
        None => (t::section_title(l).to_owned(), None),
    };
    let waiting = glance
        .outcome
        .is_none()
        .then(|| view! { <p>{t::waiting_help(l)}</p> });
    let place = links::result(&consultation.slug);
    Ok(view! {
        <ui::Panel strong=true>
            {tag}
            <h2 id="hasil">{title}</h2>
            <p>{summary}</p>
            {waiting}
            <ui::Button href=place>{t::section_link(l)}</ui::Button>
        </ui::Panel>
    }
    .into_any())
}
