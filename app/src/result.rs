//! The result of a consultation, its data, and the office's way to it: themes, replies, the decision.

#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod replies;
#[cfg(feature = "ssr")]
mod section;
#[cfg(feature = "ssr")]
mod show;
#[cfg(feature = "ssr")]
mod themes;
#[cfg(feature = "ssr")]
mod voices;

#[cfg(feature = "ssr")]
pub use section::section;

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new()
        .route("/konsultasi/{slug}/hasil", get(show::show))
        .route("/konsultasi/{slug}/hasil.csv", get(data::results))
        .route("/konsultasi/{slug}/suara.csv", get(data::ballots))
        .route("/konsultasi/{slug}/pernyataan.csv", get(data::statements))
        .route("/konsultasi/{slug}/tanggapan.csv", get(data::comments))
        .route("/konsultasi/{slug}/hasil.json", get(data::results_json))
        .route("/konsultasi/{slug}/semua.json", get(data::everything))
        .route("/data", get(data::list))
        .route(
            "/kantor/konsultasi/{slug}/tema",
            get(themes::show).post(themes::change),
        )
        .route(
            "/kantor/konsultasi/{slug}/jawaban",
            get(replies::show).post(replies::change),
        )
}
