//! What other programs read: the Atom feed, the calendar of closing dates, the site map, the rules for robots, and what a
//! phone needs to put the portal among its apps.

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new()
        .route(crate::links::FEED, get(atom::show))
        .route(crate::links::CALENDAR, get(calendar::all))
        .route("/konsultasi/{slug}/kalender.ics", get(calendar::one))
        .route("/sitemap.xml", get(map::show))
        .route("/robots.txt", get(map::robots))
        .route("/manifest.webmanifest", get(manifest::show))
}

#[cfg(feature = "ssr")]
mod atom;
#[cfg(feature = "ssr")]
mod calendar;
#[cfg(feature = "ssr")]
mod manifest;
#[cfg(feature = "ssr")]
mod map;
