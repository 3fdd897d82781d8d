//! A handler that sends the same bytes with the same heads, and nothing else.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};

struct Page {
    headers: HeaderMap,
    etag: HeaderValue,
    body: Bytes,
}

/// Serves an answer that was saved whole.
pub(super) fn router(saved: &Path) -> Result<Router> {
    let bytes = std::fs::read(saved)?;
    let mut heads = [httparse::EMPTY_HEADER; 48];
    let mut parsed = httparse::Response::new(&mut heads);
    let httparse::Status::Complete(length) = parsed.parse(&bytes)? else {
        anyhow::bail!("The saved answer has no whole head");
    };
    let mut headers = HeaderMap::new();
    for head in parsed.headers.iter() {
        let name = HeaderName::try_from(head.name)?;
        // The server adds these itself.
        if name != header::CONTENT_LENGTH && name != header::DATE {
            headers.insert(name, HeaderValue::from_bytes(head.value)?);
        }
    }
    let page = Page {
        etag: headers
            .get(header::ETAG)
            .cloned()
            .context("The saved answer has no ETag")?,
        headers,
        body: bytes[length..].to_vec().into(),
    };
    Ok(Router::new()
        .route("/konsultasi/{slug}", get(answer))
        .with_state(Arc::new(page)))
}

async fn answer(State(page): State<Arc<Page>>, headers: HeaderMap) -> Response {
    let unchanged = headers.get(header::IF_NONE_MATCH) == Some(&page.etag);
    let mut response = if unchanged {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Body::from(page.body.clone()))
    };
    response.headers_mut().clone_from(&page.headers);
    if unchanged {
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
    response
}
