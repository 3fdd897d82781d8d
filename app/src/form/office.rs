//! `/kantor/formulir`: how officers build forms without programming.

mod attempt;
mod check;
mod compare;
mod condition;
mod fields;
mod finding;
mod frame;
mod import;
mod list;
mod offer;
mod outline;
mod page;
mod place;
mod preview;
mod question;
mod shelf;
mod text;
mod words;

/// The pages of the builder.
pub(super) fn router() -> axum::Router {
    use axum::{
        extract::DefaultBodyLimit,
        routing::{get, post},
    };
    let files_limit = DefaultBodyLimit::max(crate::office::upload::LARGEST);
    axum::Router::new()
        .route("/kantor/formulir", get(list::show))
        .route("/kantor/formulir/baru", get(list::ask).post(list::make))
        .route(
            "/kantor/formulir/impor",
            get(import::show).post(import::send).layer(files_limit),
        )
        .route("/kantor/formulir/{key}", get(shelf::show).post(shelf::send))
        .route(
            "/kantor/formulir/{key}/susunan",
            get(outline::show).post(outline::send),
        )
        .route(
            "/kantor/formulir/{key}/halaman/{page}",
            get(page::show).post(page::send),
        )
        .route(
            "/kantor/formulir/{key}/pertanyaan/{tanya}",
            get(question::show).post(question::send),
        )
        .route(
            "/kantor/formulir/{key}/aturan",
            get(check::show).post(check::send),
        )
        .route(
            "/kantor/formulir/{key}/teks",
            get(text::show).post(text::send),
        )
        .route(
            "/kantor/formulir/{key}/layanan",
            get(offer::show).post(offer::send),
        )
        .route("/kantor/formulir/{key}/temuan", get(finding::show))
        .route("/kantor/formulir/{key}/pratinjau", get(preview::show))
        .route(
            "/kantor/formulir/{key}/coba",
            get(attempt::show).post(attempt::send),
        )
        .route("/kantor/formulir/{key}/banding", get(compare::show))
        .route("/kantor/formulir/{key}/unduh", get(import::export))
        .route("/kantor/formulir/{key}/terbit", post(shelf::publish))
}
