//! The votes on statements and what was found in them, for whoever wants to find it again.

use axum::{
    extract::{Path, RawQuery},
    http::{HeaderName, header},
    response::IntoResponse,
};

use super::side;
use crate::{Answer, Failure, Fields, Visit};

const HEADERS: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "application/json"),
    // Whoever finds the groups again needs both files of the same moment.
    (header::CACHE_CONTROL, "no-cache"),
];

/// `GET /konsultasi/{slug}/kelompok.json`: the findings, byte for byte as [`domain::group::compute`] gives them; with
/// `?tanpa=ya` as [`domain::group::Published::compute_without`] does for the published rules.
pub(super) async fn findings(
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let side = side(&Fields::of_query(query.as_deref()));
    let text = service::group::findings(&visit.service, &visit.actor, &slug, side).await?;
    Ok((HEADERS, text).into_response())
}

/// `GET /konsultasi/{slug}/penilaian.json`: the statements and every published vote on them.
pub(super) async fn votes(visit: Visit, Path(slug): Path<String>) -> Answer {
    let published = service::group::published(&visit.service, &visit.actor, &slug).await?;
    let text = serde_json::to_string(&published).map_err(|error| {
        tracing::error!(?error, "votes cannot be written as JSON");
        Failure::Unavailable
    })?;
    Ok((HEADERS, text).into_response())
}
