//! What the forms of accounts share.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{Invalid, Locale, area::District};
use leptos::prelude::*;
use service::{Error, account::Arrival};

use crate::{Failure, Visit, problem::sentence, t::account as t};

/// What is wrong with a form: sentences by field, in the order of the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Wrong {
    sentences: Vec<(&'static str, String)>,
    /// Seconds to wait, when it was sent too often.
    pub(super) wait: Option<u32>,
}

impl Wrong {
    /// The sentences of the problems, by the form's fields and their labels; a special sentence takes the usual one's place.
    pub(super) fn of(
        locale: Locale,
        invalid: &Invalid,
        labels: &[(&'static str, &'static str)],
        special: &[(&str, &domain::Problem, &'static str)],
    ) -> Self {
        let sentences = labels
            .iter()
            .filter_map(|(field, label)| {
                let problem = invalid.of(field)?;
                let special = special.iter().find(|(f, p, _)| f == field && *p == problem);
                let text =
                    special.map_or_else(|| sentence(locale, label, problem), |s| s.2.to_owned());
                Some((*field, text))
            })
            .collect();
        Self {
            sentences,
            wait: None,
        }
    }

    /// Sent too often: the sentence stands at `field`.
    pub(super) fn too_often(locale: Locale, field: &'static str, seconds: u32) -> Self {
        Self {
            sentences: vec![(field, t::too_often(locale, i64::from(seconds)))],
            wait: Some(seconds),
        }
    }

    /// The same sentences, told at another field.
    pub(super) fn at_field(mut self, field: &'static str) -> Self {
        for (place, _) in &mut self.sentences {
            *place = field;
        }
        self
    }

    /// What is wrong with a form that was refused: problems of its fields, or too many tries (told at the first field).
    /// Anything else has a page of its own.
    pub(super) fn from_error(
        locale: Locale,
        error: Error,
        labels: &[(&'static str, &'static str)],
        special: &[(&str, &domain::Problem, &'static str)],
    ) -> Result<Self, Failure> {
        match error {
            Error::Invalid(invalid) => {
                let wrong = Self::of(locale, &invalid, labels, special);
                // A problem that no field of this form can show would leave the person without a word.
                if wrong.sentences.is_empty() {
                    Err(Error::Invalid(invalid).into())
                } else {
                    Ok(wrong)
                }
            }
            Error::TooOften { seconds } => {
                let first = labels.first().map_or("", |(field, _)| *field);
                Ok(Self::too_often(locale, first, seconds))
            }
            other => Err(other.into()),
        }
    }

    /// The sentence beside a field.
    pub(super) fn at(&self, field: &str) -> Option<String> {
        self.sentences
            .iter()
            .find(|(f, _)| *f == field)
            .map(|(_, text)| text.clone())
    }

    pub(super) fn is_some(&self) -> bool {
        !self.sentences.is_empty()
    }

    /// The list on top of the page; nothing when all is well.
    pub(super) fn summary(&self, locale: Locale) -> impl IntoView + use<> {
        let errors = self
            .sentences
            .iter()
            .map(|(id, text)| ui::ErrorItem::new(*id, text.clone()))
            .collect();
        view! { <ui::ErrorSummary title=t::one_problem(locale) errors/> }
    }

    /// 422, or 429 with the seconds to wait.
    pub(super) fn mark(&self, mut response: Response) -> Response {
        if let Some(seconds) = self.wait {
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// From where the visitor comes.
pub(super) fn arrival(visit: &Visit, headers: &HeaderMap) -> Arrival {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    Arrival {
        address: visit.client.clone(),
        agent: agent.to_owned(),
        session: visit.session.clone(),
        guest: visit.guest.clone(),
    }
}

/// Desa and kelurahan to choose from, by name, each with its kecamatan.
pub(super) fn villages(locale: Locale, districts: Vec<District>) -> Vec<ui::Choosable> {
    let mut all: Vec<ui::Choosable> = districts
        .into_iter()
        .flat_map(|district| {
            let above = district.area.name;
            district.villages.into_iter().map(move |v| {
                ui::Choosable::new(v.id.to_string(), t::village(locale, v.name, &above))
            })
        })
        .collect();
    all.sort_by(|a, b| a.label.cmp(&b.label));
    all
}

/// The field that carries where to go afterwards.
pub(super) fn next(place: &str) -> impl IntoView + use<> {
    let place = place.to_owned();
    (place != "/").then(|| view! { <input type="hidden" name="lanjut" value=place/> })
}
