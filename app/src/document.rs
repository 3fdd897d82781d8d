//! Documents: receipts, letters of decisions, their templates, and whether a letter holds.

#[cfg(feature = "ssr")]
mod office;
#[cfg(feature = "ssr")]
mod own;
#[cfg(feature = "ssr")]
mod receipt;
#[cfg(feature = "ssr")]
mod template;
#[cfg(feature = "ssr")]
mod verify;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub(crate) use {office::desk, own::own, own::receipt_link, words::line};

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::{extract::DefaultBodyLimit, routing::get};

    use crate::links;

    axum::Router::new()
        .route("/lacak/{nomor}/tanda-terima.pdf", get(receipt::show))
        .route("/lacak/{nomor}/surat/{nama}", get(own::file))
        .route(
            "/kantor/kasus/{nomor}/surat",
            get(office::show).post(office::send),
        )
        .route("/kantor/kasus/{nomor}/surat/{nama}", get(office::file))
        .route(
            links::LETTER_TEMPLATES,
            get(template::show).post(template::send),
        )
        .route(links::VERIFY, get(verify::ask))
        .route(
            "/verifikasi/{kode}",
            get(verify::show)
                .post(verify::compare)
                .layer(DefaultBodyLimit::max(verify::LARGEST)),
        )
}
