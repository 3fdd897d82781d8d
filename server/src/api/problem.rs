//! What went wrong, for programs: a stable code and a sentence in English.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use service::{Conflict, Error};
use utoipa::ToSchema;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Stays the same: `not_found`, `bad_query`, `not_yet`, `method`, `unavailable`, `not_signed`, `malformed`, `too_large`.
    #[schema(example = "not_found")]
    pub code: &'static str,
    /// A sentence for people; its wording may change.
    pub message: String,
    #[serde(skip)]
    status: u16,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            status: status.as_u16(),
        }
    }

    /// No such address, or not public.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing public at this address.",
        )
    }

    /// Another method than GET.
    pub fn method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "This address can only be read (GET).",
        )
    }

    /// Another method than POST.
    pub fn only_post() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "This address can only be sent to (POST).",
        )
    }

    /// A report that its provider did not sign.
    pub fn forged() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "not_signed",
            "The report is not signed by the provider. Nothing was stored.",
        )
    }

    /// A report that cannot be read.
    pub fn malformed() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "The report cannot be read. Nothing was stored.",
        )
    }

    /// A report that is too large.
    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "The report is too large. Nothing was stored.",
        )
    }

    /// Out of order.
    pub fn unavailable() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The store does not answer. Try again in a minute.",
        )
    }

    /// A query that says something impossible.
    pub fn bad_query(name: &str, expected: &str) -> Self {
        let message = format!("The parameter `{name}` must be {expected}.");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_query", message)
    }

    /// A query that is no text.
    pub fn unreadable() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad_query",
            "The query cannot be read: it is not UTF-8 or has too many parameters.",
        )
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound | Error::SignIn | Error::Forbidden => Self::not_found(),
            Error::Conflict(Conflict::StillOpen) => Self::new(
                StatusCode::CONFLICT,
                "not_yet",
                "The consultation has not closed yet: there is no result.",
            ),
            Error::Invalid(_) | Error::Conflict(_) | Error::TooLarge => Self::unreadable(),
            Error::TooOften { .. } => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_often",
                "Too many requests.",
            ),
            Error::Full => Self::unavailable(),
            Error::Sealed(cause) => {
                tracing::error!(?cause, "what is sealed does not open");
                Self::unavailable()
            }
            Error::Unavailable(cause) | Error::Unwritable(cause) => {
                tracing::error!(?cause, "the store failed");
                Self::unavailable()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self)).into_response()
    }
}
