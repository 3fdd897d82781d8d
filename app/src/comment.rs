//! Comments: the section on the pages of a consultation and its clauses, the list of all, one with its thread, and the
//! forms to write, reply, support, change, take back and flag.

#[cfg(feature = "ssr")]
mod compose;
#[cfg(feature = "ssr")]
mod item;
#[cfg(feature = "ssr")]
mod one;
#[cfg(feature = "ssr")]
mod section;
#[cfg(feature = "ssr")]
mod send;

#[cfg(feature = "ssr")]
pub(crate) use item::{flag_name, reason_name};
#[cfg(feature = "ssr")]
pub use section::{clause_section, count_text, section};
#[cfg(feature = "ssr")]
pub use service::comment::ClauseRef;

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::{get, post};
    axum::Router::new()
        .route(
            "/konsultasi/{slug}/tanggapan",
            get(section::all).post(send::comment),
        )
        .route("/tanggapan/{id}", get(one::show))
        .route("/tanggapan/{id}/dukung", post(send::support))
        .route("/tanggapan/{id}/ubah", post(send::edit))
        .route("/tanggapan/{id}/hapus", post(send::delete))
        .route("/tanggapan/{id}/lapor", post(send::flag))
}
