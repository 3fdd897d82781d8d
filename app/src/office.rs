//! The back office `/kantor`: its shell, the desk of an officer, and the editor of consultations.

pub mod preview;

pub use preview::MarkdownPreview;

#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod editor;
#[cfg(feature = "ssr")]
mod new;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub(crate) mod upload;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use shell::{Part, Tab, shell, tabs};
#[cfg(feature = "ssr")]
pub(crate) use {
    new::{office_field, own_offices},
    words::{diff, moment},
};

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::{
        extract::DefaultBodyLimit,
        routing::{get, post},
    };
    use editor::{content, files, history, questions, text, timing};
    let files_limit = DefaultBodyLimit::max(upload::LARGEST);
    axum::Router::new()
        .route("/kantor", get(desk::show))
        .route("/kantor/konsultasi", get(desk::list))
        .route("/kantor/konsultasi/baru", get(new::show).post(new::send))
        .route(
            "/kantor/konsultasi/{slug}",
            get(content::show).post(content::send),
        )
        .route(
            "/kantor/konsultasi/{slug}/buang-isian",
            post(content::discard),
        )
        .route(
            "/kantor/konsultasi/{slug}/naskah",
            get(text::show).post(text::send).layer(files_limit),
        )
        .route(
            "/kantor/konsultasi/{slug}/pertanyaan",
            get(questions::show).post(questions::send),
        )
        .route(
            "/kantor/konsultasi/{slug}/berkas",
            get(files::show).post(files::send).layer(files_limit),
        )
        .route(
            "/kantor/konsultasi/{slug}/waktu",
            get(timing::show).post(timing::send),
        )
        .route("/kantor/konsultasi/{slug}/terbit", post(timing::publish))
        .route("/kantor/konsultasi/{slug}/perpanjang", post(timing::extend))
        .route("/kantor/konsultasi/{slug}/tutup", post(timing::close))
        .route(
            "/kantor/konsultasi/{slug}/tautan-pratinjau",
            post(timing::renew_link),
        )
        .route("/kantor/konsultasi/{slug}/riwayat", get(history::show))
        .route("/kantor/pratinjau-markdown", post(content::render))
}
