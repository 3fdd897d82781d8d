//! Pages for what cannot be shown or done: what happened, what was kept, what to do next.

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Locale;
use leptos::prelude::*;
use service::{Conflict, Error};

use crate::{Page, links, request::Visit, t::error as t};

/// What a handler of a page gives.
pub type Answer = Result<Response, Failure>;

/// Why there is no page. A closed list: no text of a cause can reach a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Not there, or not for this person (404).
    NotFound,
    /// Not allowed (403).
    Forbidden,
    /// One must sign in: on to the sign-in page and back again.
    SignIn,
    /// Not readable (400).
    BadRequest,
    /// Fields that no page of ours sends (422).
    Invalid,
    /// Not in this state (409).
    Conflict(Conflict),
    /// Too large (413).
    TooLarge,
    /// Too often; seconds to wait (429).
    TooOften(u32),
    /// Sent by another site (403).
    CrossSite,
    /// Not with this method (405).
    Method,
    /// The disk is full (507).
    Full,
    /// The store takes nothing new at the moment; what is there can be read (503).
    Unwritable,
    /// Out of order (503).
    Unavailable,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(invalid) => {
                tracing::debug!(?invalid, "a form that no page of ours sends");
                Self::Invalid
            }
            Error::SignIn => Self::SignIn,
            Error::Forbidden => Self::Forbidden,
            Error::NotFound => Self::NotFound,
            Error::Conflict(conflict) => Self::Conflict(conflict),
            Error::TooOften { seconds } => Self::TooOften(seconds),
            Error::TooLarge => Self::TooLarge,
            Error::Full => {
                tracing::error!("the disk is full");
                Self::Full
            }
            Error::Unwritable(cause) => {
                tracing::error!(?cause, "the disk takes no writes");
                Self::Unwritable
            }
            Error::Sealed(cause) => {
                tracing::error!(?cause, "what is sealed does not open");
                Self::Unavailable
            }
            Error::Unavailable(cause) => {
                tracing::error!(?cause, "the store failed");
                Self::Unavailable
            }
        }
    }
}

impl From<domain::Refusal> for Failure {
    fn from(refusal: domain::Refusal) -> Self {
        Error::from(refusal).into()
    }
}

impl Failure {
    /// The status of HTTP.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Unwritable | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What happened, and what to do, in a sentence each.
    pub fn sentences(self, l: Locale) -> (&'static str, String) {
        match self {
            Self::NotFound => (t::not_found(l), t::not_found_help(l).into()),
            Self::Forbidden | Self::SignIn => (t::forbidden(l), t::forbidden_help(l).into()),
            Self::BadRequest => (t::bad_request(l), t::bad_request_help(l).into()),
            Self::Invalid => (t::invalid(l), t::invalid_help(l).into()),
            Self::Conflict(why) => (t::conflict(l), conflict(l, why).into()),
            Self::TooLarge => (t::too_large(l), t::too_large_help(l).into()),
            Self::TooOften(seconds) => (t::too_often(l), t::too_often_help(l, i64::from(seconds))),
            Self::CrossSite => (t::cross_site(l), t::cross_site_help(l).into()),
            Self::Method => (t::method(l), t::method_help(l).into()),
            Self::Full => (t::full(l), t::full_help(l).into()),
            Self::Unwritable => (t::unwritable(l), t::unwritable_help(l).into()),
            Self::Unavailable => (t::unavailable(l), t::unavailable_help(l).into()),
        }
    }
}

/// Why a state stands in the way, in a sentence; also for pages that say it beside a form.
pub(crate) const fn conflict(l: Locale, why: Conflict) -> &'static str {
    match why {
        Conflict::NotYetOpen => t::not_yet_open(l),
        Conflict::Closed => t::closed(l),
        Conflict::Published => t::published(l),
        Conflict::Draft => t::draft(l),
        Conflict::StillOpen => t::still_open(l),
        Conflict::Answered => t::answered(l),
        Conflict::Incomplete => t::incomplete(l),
        Conflict::Stale => t::stale(l),
        Conflict::Decided => t::decided(l),
        Conflict::TooDeep => t::too_deep(l),
        Conflict::Gone => t::gone(l),
        Conflict::SwitchedOff => t::switched_off(l),
        Conflict::Taken => t::exists(l),
    }
}

/// The failure alone; [`draw`] makes the page, which needs the reader's language.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// No such address.
pub(crate) async fn not_found() -> Failure {
    Failure::NotFound
}

/// The address is there, for another method.
pub(crate) async fn method_not_allowed() -> Failure {
    Failure::Method
}

/// Draws the page of a failure, also of one that the framework found (a broken path, a body too large).
pub(crate) async fn draw(request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let place = place_to_return(&request);
    let response = next.run(request).await;
    let Some(visit) = visit else { return response };
    match response.extensions().get::<Failure>().copied() {
        Some(Failure::SignIn) => visit.go(&links::sign_in_for(&place)),
        Some(failure) => page(&visit, failure),
        None => match framework_failure(&response) {
            Some(failure) => page(&visit, failure),
            None => response,
        },
    }
}

/// Plain-text rejections of the framework become pages of ours.
fn framework_failure(response: &Response) -> Option<Failure> {
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    if !(kind.is_empty() || kind.starts_with("text/plain")) {
        return None;
    }
    match response.status() {
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Failure::BadRequest),
        StatusCode::NOT_FOUND => Some(Failure::NotFound),
        StatusCode::UNPROCESSABLE_ENTITY => Some(Failure::Invalid),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Failure::TooLarge),
        StatusCode::METHOD_NOT_ALLOWED => Some(Failure::Method),
        StatusCode::INTERNAL_SERVER_ERROR => Some(Failure::Unavailable),
        _ => None,
    }
}

/// Where to come back to after signing in: the page itself, or the page whose form was sent.
fn place_to_return(request: &Request) -> String {
    let own = || {
        request
            .uri()
            .path_and_query()
            .map_or("/", |p| p.as_str())
            .to_owned()
    };
    if request.method() == axum::http::Method::GET {
        return own();
    }
    let text = |name| {
        request
            .headers()
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    };
    text(header::REFERER)
        .split_once("://")
        .and_then(|(_, rest)| rest.strip_prefix(text(header::HOST)))
        .filter(|place| links::is_local(place))
        .map_or_else(|| links::HOME.to_owned(), str::to_owned)
}

fn page(visit: &Visit, failure: Failure) -> Response {
    let l = visit.locale;
    let (title, help) = failure.sentences(l);
    let view = view! {
        <ui::Page>
            <h1>{title}</h1>
            <ui::Lead text=help/>
            <ui::LinkList items=vec![
                ui::LinkItem::new(links::CONSULTATIONS, t::to_consultations(l)),
                ui::LinkItem::new(links::SEARCH, t::search_instead(l)),
                ui::LinkItem::new(links::HOME, t::to_home(l)),
            ]/>
        </ui::Page>
    };
    let mut response = visit.page(Page::new(title).status(failure.status()).unlisted(), view);
    if let Failure::TooOften(seconds) = failure {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
