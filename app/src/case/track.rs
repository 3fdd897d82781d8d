//! `/lacak`: finding a case again by its reference and the last four digits of the phone.

use axum::{
    extract::RawQuery,
    http::{HeaderValue, header},
    response::Response,
};
use domain::{Invalid, reference::Reference};
use leptos::prelude::*;
use service::{
    Error, Service,
    case::{PROOF_HOURS, Proof, Visitor},
};

use super::words;
use crate::{
    Answer, Fields, Page, Visit, links, problem::sentence, request::CASE_COOKIE, t::case as t,
};

/// Who looks at a case that may be their own: the account, and what the cookie shows.
pub fn visitor(visit: &Visit) -> Visitor {
    let proof = visit.case_proof.as_deref();
    Visitor {
        actor: visit.actor.clone(),
        proof: proof.and_then(|cookie| Proof::read(&visit.service, cookie)),
    }
}

/// Lets this device follow a case without typing its reference: for who has just handed it in.
pub fn remember(response: Response, service: &Service, reference: Reference) -> Response {
    keep(response, service, &Proof::of_sender(service, reference))
}

fn keep(response: Response, service: &Service, proof: &Proof) -> Response {
    set(response, &proof.signed(service), PROOF_HOURS * 3_600)
}

/// Our signed texts are letters, digits, dots and dashes, so that none can break out of the header.
fn set(mut response: Response, value: &str, seconds: i64) -> Response {
    let cookie =
        format!("{CASE_COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// `GET /lacak?nomor=`: the form, and the cases of who is signed in.
pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let fields = Fields::of_query(query.as_deref());
    page(&visit, fields.text("nomor"), "", &Invalid::default(), false).await
}

/// `POST /lacak`: on to the case, or the form again with one answer for all that does not fit.
pub(super) async fn send(visit: Visit, fields: Fields) -> Answer {
    let (reference, digits) = (fields.text("nomor"), fields.text("angka"));
    match service::case::prove(&visit.service, reference, digits, &visit.client).await {
        Ok(proof) => {
            let to = links::track(proof.reference().compact());
            Ok(keep(visit.go(&to), &visit.service, &proof))
        }
        Err(Error::Invalid(invalid)) => page(&visit, reference, digits, &invalid, true).await,
        Err(Error::NotFound) => page(&visit, reference, digits, &Invalid::default(), true).await,
        Err(other) => Err(other.into()),
    }
}

/// `POST /lacak/lupakan`: this device no longer shows the case.
pub(super) async fn forget(visit: Visit) -> Answer {
    Ok(set(visit.go(links::TRACK), "", 0))
}

async fn page(
    visit: &Visit,
    reference: &str,
    digits: &str,
    invalid: &Invalid,
    is_wrong: bool,
) -> Answer {
    let l = visit.locale;
    let own = own(visit).await?;
    let wrong = |field: &str| {
        let problem = invalid.of(field)?;
        Some(match (field, problem) {
            ("reference", domain::Problem::Malformed) => t::reference_mistyped(l).to_owned(),
            ("digits", domain::Problem::Malformed) => t::digits_wrong(l).to_owned(),
            ("reference", other) => sentence(l, t::reference(l), other),
            (_, other) => sentence(l, t::digits(l), other),
        })
    };
    let (wrong_reference, wrong_digits) = (wrong("reference"), wrong("digits"));
    let errors: Vec<ui::ErrorItem> = if is_wrong && invalid.0.is_empty() {
        vec![ui::ErrorItem::new("nomor", t::not_found(l))]
    } else {
        [("reference", "nomor"), ("digits", "angka")]
            .into_iter()
            .filter_map(|(field, id)| Some(ui::ErrorItem::new(id, wrong(field)?)))
            .collect()
    };
    let summary = is_wrong.then(|| view! { <ui::ErrorSummary title=t::problem(l) errors=errors/> });
    let sign_in = visit.actor.member().is_none().then(|| {
        view! { <p>{t::or_sign_in(l)}" "<a href=links::sign_in_for(links::TRACK)>{t::sign_in(l)}</a></p> }
    });
    let (reference, digits) = (reference.to_owned(), digits.to_owned());
    let view = view! {
        <ui::Page>
            <h1>{t::track_title(l)}</h1>
            <ui::Lead text=t::track_lead(l)/>
            {summary}
            {own}
            <ui::Form action=links::TRACK>
                <ui::TextInput
                    id="nomor"
                    label=t::reference(l)
                    hint=t::reference_hint(l)
                    value=reference
                    error=wrong_reference
                    autocomplete="off"
                    spellcheck=false
                    maxlength=40
                    short=true
                />
                <ui::TextInput
                    id="angka"
                    label=t::digits(l)
                    hint=t::digits_hint(l)
                    value=digits
                    error=wrong_digits
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength=10
                    short=true
                />
                <ui::Button>{t::track_button(l)}</ui::Button>
            </ui::Form>
            {sign_in}
        </ui::Page>
    };
    let about = Page::new(t::track_title(l)).describe(t::track_lead(l));
    let about = if is_wrong { about.wrong() } else { about };
    Ok(visit.page(about, view))
}

/// The cases of who is signed in.
async fn own(visit: &Visit) -> Result<Option<AnyView>, crate::Failure> {
    if visit.actor.member().is_none() {
        return Ok(None);
    }
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let cases = service::case::own(&visit.service, &mut tx, &visit.actor).await?;
    drop(tx);
    if cases.is_empty() {
        return Ok(None);
    }
    let items = cases
        .into_iter()
        .map(|case| {
            let note = t::own_note(
                l,
                words::status(l, case.status, case.outcome),
                visit.zone().date(case.received_at, l),
                case.reference.to_string(),
            );
            ui::LinkItem::new(links::track(case.reference.compact()), case.title_in(l)).note(note)
        })
        .collect();
    Ok(Some(
        view! {
            <section>
                <h2>{t::own_title(l)}</h2>
                <ui::LinkList items/>
            </section>
        }
        .into_any(),
    ))
}
