//! What can be read.

use axum::{
    Json,
    extract::{Path, RawQuery, State},
};
use serde::Serialize;
use service::{Service, result, result::open};
use utoipa::ToSchema;

use super::{Problem, query};

type Answer<T> = Result<Json<T>, Problem>;

/// A page of consultations.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Consultations {
    /// The consultations of this page: open ones first, then announced ones, then those that are over.
    items: Vec<open::Consultation>,
    /// How many there are in all.
    total: i64,
    /// Which page this is, from 1.
    page: i64,
    /// Most items of a page.
    per_page: i64,
    /// The licence of these data.
    #[schema(example = "CC BY 4.0")]
    licence: &'static str,
}

/// All questions of a consultation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Questions {
    /// In their order.
    items: Vec<open::Question>,
    /// Whether counts are shown to everybody now.
    counts_visible: bool,
    /// The licence of these data.
    licence: &'static str,
}

/// All accepted statements of a consultation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Statements {
    /// By number.
    items: Vec<open::Statement>,
    /// Whether counts are shown to everybody now.
    counts_visible: bool,
    /// The licence of these data.
    licence: &'static str,
}

/// A page of comments.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Comments {
    /// The comments of this page, of every depth.
    items: Vec<open::Comment>,
    /// How many there are in all.
    total: i64,
    /// Which page this is, from 1.
    page: i64,
    /// Most items of a page.
    per_page: i64,
    /// The licence of these data.
    licence: &'static str,
}

/// Consultations that are public.
#[utoipa::path(
    get, path = "/api/v1/consultations",
    params(
        ("office" = Option<String>, Query, description = "The short word of an office"),
        ("area" = Option<String>, Query, description = "The official code of an area"),
        ("phase" = Option<String>, Query, description = "announced, open, closed or answered"),
        ("q" = Option<String>, Query, description = "Words to look for, at most 200 characters"),
        ("page" = Option<i64>, Query, description = "From 1"),
        ("per_page" = Option<i64>, Query, description = "1 to 100; 20 when not given"),
    ),
    responses((status = 200, body = Consultations), (status = 400, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn list(
    State(service): State<Service>,
    RawQuery(raw): RawQuery,
) -> Answer<Consultations> {
    let fields = query::read(raw.as_deref())?;
    let (wanted, paging) = (query::wanted(&fields)?, query::paging(&fields)?);
    let mut tx = service.read().await?;
    let (items, total) =
        result::consultations(&service, &mut tx, &wanted, paging.per_page, paging.skip()).await?;
    Ok(Json(Consultations {
        items,
        total,
        page: paging.page,
        per_page: paging.per_page,
        licence: open::LICENCE,
    }))
}

/// One consultation.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}",
    params(("slug" = String, Path, description = "Its word in addresses")),
    responses((status = 200, body = open::Consultation), (status = 404, body = Problem))
)]
pub(super) async fn one(
    State(service): State<Service>,
    Path(slug): Path<String>,
) -> Answer<open::Consultation> {
    let mut tx = service.read().await?;
    let found = result::public(&service, &mut tx, &slug).await?;
    Ok(Json(open::Consultation::of(&found, service.now())))
}

/// The questions of a consultation with their counts.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/questions",
    params(("slug" = String, Path, description = "Its word in addresses")),
    responses((status = 200, body = Questions), (status = 404, body = Problem))
)]
pub(super) async fn questions(
    State(service): State<Service>,
    Path(slug): Path<String>,
) -> Answer<Questions> {
    let mut tx = service.read().await?;
    let found = result::public(&service, &mut tx, &slug).await?;
    Ok(Json(Questions {
        items: result::questions(&service, &mut tx, &found).await?,
        counts_visible: found.counts_visible(service.now(), false),
        licence: open::LICENCE,
    }))
}

/// The statements of a consultation with how they were judged.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/statements",
    params(("slug" = String, Path, description = "Its word in addresses")),
    responses((status = 200, body = Statements), (status = 404, body = Problem))
)]
pub(super) async fn statements(
    State(service): State<Service>,
    Path(slug): Path<String>,
) -> Answer<Statements> {
    let mut tx = service.read().await?;
    let found = result::public(&service, &mut tx, &slug).await?;
    Ok(Json(Statements {
        items: result::statements(&service, &mut tx, &found).await?,
        counts_visible: found.counts_visible(service.now(), false),
        licence: open::LICENCE,
    }))
}

/// The comments of a consultation.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/comments",
    params(
        ("slug" = String, Path, description = "Its word in addresses"),
        ("order" = Option<String>, Query, description = "oldest (when not given), newest or supported"),
        ("page" = Option<i64>, Query, description = "From 1"),
        ("per_page" = Option<i64>, Query, description = "1 to 100; 20 when not given"),
    ),
    responses(
        (status = 200, body = Comments), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)
    )
)]
pub(super) async fn comments(
    State(service): State<Service>,
    Path(slug): Path<String>,
    RawQuery(raw): RawQuery,
) -> Answer<Comments> {
    let fields = query::read(raw.as_deref())?;
    let (order, paging) = (query::order(&fields)?, query::paging(&fields)?);
    let mut tx = service.read().await?;
    let found = result::public(&service, &mut tx, &slug).await?;
    let (items, total) =
        result::comments(&mut tx, &found, order, paging.per_page, paging.skip()).await?;
    Ok(Json(Comments {
        items,
        total,
        page: paging.page,
        per_page: paging.per_page,
        licence: open::LICENCE,
    }))
}

/// The result of a consultation that has closed.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/results",
    params(("slug" = String, Path, description = "Its word in addresses")),
    responses(
        (status = 200, body = open::Results), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "It has not closed yet")
    )
)]
pub(super) async fn results(
    State(service): State<Service>,
    Path(slug): Path<String>,
) -> Answer<open::Results> {
    Ok(Json(result::results_json(&service, &slug).await?))
}
