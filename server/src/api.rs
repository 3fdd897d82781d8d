//! The public interface for programs: everything public that a page shows, as JSON, for reading; and the one address to
//! which payment providers report.
//!
//! Nothing here needs a session and nothing reads one, so other sites may ask from their visitors' browsers; a report is
//! believed by its signature alone.

mod payment;
mod problem;
mod query;
mod read;
#[cfg(test)]
mod tests;

use axum::{
    Json, Router,
    body::to_bytes,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use service::Service;
use utoipa::OpenApi;

pub use problem::Problem;

/// How long an answer may be used without asking again.
const FRESH: &str = "public, max-age=15";

/// The description of all of it.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rembug",
        description = "What residents and offices of a city decide together: consultations, votes, statements, comments \
                       and results. Free to use under CC BY 4.0. Counts that are hidden are null until their time.",
        license(name = "CC BY 4.0", identifier = "CC-BY-4.0")
    ),
    paths(
        read::list,
        read::one,
        read::questions,
        read::statements,
        read::comments,
        read::results
    )
)]
struct Description;

/// The routes under `/api/v1`.
pub fn router(service: Service) -> Router {
    let routes = Router::new()
        .route("/consultations", get(read::list))
        .route("/consultations/{slug}", get(read::one))
        .route("/consultations/{slug}/questions", get(read::questions))
        .route("/consultations/{slug}/statements", get(read::statements))
        .route("/consultations/{slug}/comments", get(read::comments))
        .route("/consultations/{slug}/results", get(read::results))
        .route("/openapi.json", get(describe))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method())
        .layer(from_fn(share))
        .with_state(service.clone());
    // What comes in here is no page's: it needs neither sharing nor marks, and is small.
    let payments = Router::new()
        .route("/payment/{provider}/notice", post(payment::notice))
        .layer(DefaultBodyLimit::max(payment::LARGEST))
        .method_not_allowed_fallback(async || Problem::only_post())
        .with_state(service);
    Router::new().nest("/api/v1", routes.merge(payments))
}

async fn describe() -> Response {
    Json(Description::openapi()).into_response()
}

/// Lets other sites read, gives each answer a mark of its content, and answers 304 to those who have it.
async fn share(request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS {
        return open_to_all(StatusCode::NO_CONTENT.into_response());
    }
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        // What the framework refuses by itself, such as a path that is no text, is a problem of ours as well.
        let kind = response.headers().get(header::CONTENT_TYPE);
        let ours = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let unreadable = response.status().is_client_error() && !ours;
        return open_to_all(if unreadable {
            Problem::unreadable().into_response()
        } else {
            response
        });
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return open_to_all(Problem::unavailable().into_response());
    };
    let mark = format!("\"{}\"", &service::chance::digest_bytes(&body)[..20]);
    let known = known
        .and_then(|value| value.to_str().ok().map(str::to_owned))
        .unwrap_or_default();
    let same = known
        .split(',')
        .any(|one| one.trim().trim_start_matches("W/") == mark || one.trim() == "*");
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::from_parts(parts, body.into())
    };
    if let Ok(mark) = HeaderValue::from_str(&mark) {
        response.headers_mut().insert(header::ETAG, mark);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(FRESH));
    open_to_all(response)
}

/// Any site may read, without the visitor's cookies.
fn open_to_all(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, HEAD"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag"),
    );
    // Pages of ours are the same origin only; these answers are for everybody.
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
    response
}
