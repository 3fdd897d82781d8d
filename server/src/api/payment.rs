//! `POST /api/v1/payment/{provider}/notice`: what a payment provider reports.
//!
//! It comes from a machine, without `Origin`, cookie or session: the layer against forged forms lets such requests through,
//! since there is nobody's browser to abuse. What counts is the provider's signature.

use axum::{
    Json,
    body::Bytes,
    extract::{
        Path, State,
        rejection::{BytesRejection, PathRejection},
    },
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::json;
use service::{
    Service,
    payment::{Callback, Received, Refused, receive},
};

use super::Problem;

/// Largest report in bytes.
pub(super) const LARGEST: usize = 64 * 1024;

/// 200 for a report that was kept, and for the same one again; 401 for one that is not signed, 400 for one that cannot be
/// read, of which nothing is stored; 503 when the provider shall send it again.
pub(super) async fn notice(
    State(service): State<Service>,
    provider: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(Path(provider)) = provider else {
        return Problem::not_found().into_response();
    };
    let Ok(body) = body else {
        return Problem::too_large().into_response();
    };
    let header = |name: &str| {
        let value = headers.get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let callback = Callback {
        header: &header,
        body: &body,
    };
    match receive(&service, &provider, &callback).await {
        Ok(Received::Kept) => Json(json!({ "status": "kept" })).into_response(),
        Ok(Received::Repeated) => Json(json!({ "status": "repeated" })).into_response(),
        Err(Refused::Unknown) => Problem::not_found().into_response(),
        Err(Refused::Malformed) => Problem::malformed().into_response(),
        Err(Refused::Forged) => Problem::forged().into_response(),
        Err(Refused::NotNow) => Problem::unavailable().into_response(),
        Err(Refused::Store(error)) => Problem::from(error).into_response(),
    }
}
