//! Whose hand fills a form in, and the addresses of its pages.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use domain::{
    area::Area,
    form::{Kind, Page, Question},
};
use leptos::prelude::*;
use service::{
    area::Chart,
    draft::Owner,
    form::{Filling, Hand},
};

use super::counter;
use crate::{Failure, Visit, account, links};

/// The word in an address that leads back to the check page.
pub(super) const FROM_CHECK: &str = "dari=periksa";
/// The word in an address that shows what is wrong at once.
pub(super) const SHOW_WRONG: &str = "galat=1";

/// The hand of somebody who has an account or a guest's token; at the counter the hand of the one who is served.
pub(super) fn hand(visit: &Visit) -> Option<Hand> {
    if let Some(hand) = counter::hand(visit) {
        return Some(hand);
    }
    Owner::of(&visit.actor, visit.guest.as_deref()).map(|owner| of(visit, owner))
}

/// The hand of anybody; a guest without a token gets one.
pub(super) fn any_hand(visit: &Visit) -> (Hand, Option<String>) {
    let (owner, fresh) = account::owner(visit);
    (of(visit, owner), fresh)
}

pub(super) fn of(visit: &Visit, owner: Owner) -> Hand {
    Hand {
        actor: visit.actor.clone(),
        owner,
        today: visit.zone().day(visit.now),
        address: visit.client.clone(),
    }
}

/// What is being filled in, with the areas that its questions need.
pub(super) async fn filling(
    visit: &Visit,
    hand: &Hand,
    key: &str,
) -> Result<Option<(Filling, Vec<Area>)>, Failure> {
    let mut tx = visit.service.read().await?;
    let Some(filling) = service::form::resume(&visit.service, &mut tx, hand, key).await? else {
        return Ok(None);
    };
    let areas = service::area::list(&mut tx).await?;
    Ok(Some((filling, areas)))
}

/// The city's map, where one of these pages asks for a place.
pub(super) async fn chart(visit: &Visit, pages: &[Page]) -> Result<Option<Chart>, Failure> {
    if !pages.iter().any(|page| has_place(&page.questions)) {
        return Ok(None);
    }
    let mut tx = visit.service.read().await?;
    Ok(service::area::chart(&mut tx).await?)
}

/// Whether a question, or one inside a group, asks for a place.
fn has_place(questions: &[Question]) -> bool {
    questions.iter().any(|one| match &one.kind {
        Kind::Place { .. } => true,
        Kind::Group { questions, .. } => has_place(questions),
        _ => false,
    })
}

/// A page of somebody's own: never kept by anything on the way, and a guest's key lives on as long as what it opens.
pub(super) fn own(visit: &Visit, mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match &visit.guest {
        Some(token) if visit.actor.member().is_none() => account::guest(response, token),
        _ => response,
    }
}

/// What a page without questions says of the form to the phone: it keeps it, and learns what was filled in.
pub(super) fn kept(visit: &Visit, filling: &Filling) -> impl IntoView + use<> {
    let form = filling.form.key.clone();
    let version = filling.form.definition.version;
    let (key, revision, keep) = (
        filling.key.clone(),
        filling.revision,
        links::kept(&form, version),
    );
    (!visit.shared).then(|| {
        view! {
            <div hidden=true data-form=form data-version=version data-key=key data-revision=revision data-keep=keep></div>
        }
    })
}

/// The task list, or where to go on.
pub(super) fn tasks(key: &str) -> String {
    format!("{}/isi", links::service(key))
}

/// A page to fill in.
pub(super) fn page(key: &str, page: &str) -> String {
    format!("{}/isi/{page}", links::service(key))
}

/// An item of a group to fill in.
pub(super) fn item(key: &str, page: &str, item: &str) -> String {
    format!("{}/isi/{page}/{item}", links::service(key))
}

/// Checking the answers.
pub(super) fn check(key: &str) -> String {
    format!("{}/periksa", links::service(key))
}

/// Going on later.
pub(super) fn later(key: &str) -> String {
    format!("{}/nanti", links::service(key))
}

/// With words behind the question mark, before the mark of a part.
pub(super) fn with(place: &str, words: &[&str]) -> String {
    let words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        return place.to_owned();
    }
    let (path, mark) = place
        .split_once('#')
        .map_or((place, None), |(p, m)| (p, Some(m)));
    let mark = mark.map(|mark| format!("#{mark}")).unwrap_or_default();
    format!("{path}?{}{mark}", words.join("&"))
}

/// Whether the address has this word.
pub(super) fn says(visit: &Visit, word: &str) -> bool {
    visit
        .path
        .split_once('?')
        .is_some_and(|(_, query)| query.split('&').any(|pair| pair == word))
}
