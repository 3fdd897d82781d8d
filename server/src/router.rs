//! All addresses, and the layers around them from the outside in.

use app::{Failure, Site};
use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use tower_http::{catch_panic::CatchPanicLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer};

use crate::{api, assets::Files, headers, health};

/// Largest body of a request in bytes, where an address does not say otherwise: a file of 10 MB and the form around it.
const LARGEST_BODY: usize = 11 * 1024 * 1024;

/// The whole program as one router.
pub fn router(site: Site, files: Files) -> Router {
    let service = site.service.clone();
    app::site(site)
        .merge(files.router())
        .merge(health::router(service.clone()))
        .merge(api::router(service))
        .layer(axum::extract::DefaultBodyLimit::max(LARGEST_BODY))
        .layer(RequestBodyLimitLayer::new(app::form::LARGEST))
        .layer(CsrfLayer::new())
        .layer(from_fn(explain))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(headers::protect))
}

/// What the router would answer, where the whole page is kept: without entering its layers, which have nothing to do
/// for such a request but cost more than the page.
pub fn kept<B>(site: &Site, request: &Request<B>) -> Option<Response> {
    let mut response = site.kept(request)?;
    headers::add(&mut response);
    Some(response)
}

/// Refusals of the layers within are bare: a sentence belongs to them.
async fn explain(request: Request, next: Next) -> Response {
    let locale = domain::Locale::negotiate(
        request
            .headers()
            .get("accept-language")
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default(),
    );
    let response = next.run(request).await;
    let bare = response
        .headers()
        .get("content-type")
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    // A failure from before the reader was known carries its kind along.
    let failure = match (
        response.extensions().get::<Failure>().copied(),
        response.status(),
    ) {
        (Some(failure), _) if bare => failure,
        (_, StatusCode::FORBIDDEN) if bare => Failure::CrossSite,
        (_, StatusCode::PAYLOAD_TOO_LARGE) if bare => Failure::TooLarge,
        _ => return response,
    };
    let (title, help) = failure.sentences(locale);
    (failure.status(), format!("{title}. {help}\n")).into_response()
}

/// A panic is a fault of ours: the log has it, the reader gets a sentence.
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(panic = text, "a request panicked");
    let (title, help) = Failure::Unavailable.sentences(domain::Locale::Id);
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        format!("{title}. {help}\n"),
    )
        .into_response()
}
