//! Reading consultations: the list, one of them, its policy text, its history.

#[cfg(feature = "ssr")]
pub(crate) mod card;
#[cfg(feature = "ssr")]
mod changes;
#[cfg(feature = "ssr")]
mod clause;
#[cfg(feature = "ssr")]
mod fold;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod show;
#[cfg(feature = "ssr")]
mod text;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub(crate) use words::clause_name;

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new()
        .route(crate::links::CONSULTATIONS, get(list::show))
        .route("/konsultasi/{slug}", get(show::show))
        .route("/konsultasi/{slug}/pratinjau/{token}", get(show::preview))
        .route("/konsultasi/{slug}/naskah", get(text::show))
        .route("/konsultasi/{slug}/naskah/perubahan", get(changes::show))
        .route("/konsultasi/{slug}/naskah/{label}", get(clause::show))
        .route("/konsultasi/{slug}/riwayat", get(history::show))
}
