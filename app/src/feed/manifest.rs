//! The web app manifest: name, colours and pictures of the portal among the apps of a phone
//! (W3C, "Web Application Manifest").

use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::{Visit, links, t};

pub(super) async fn show(visit: Visit) -> Response {
    let l = visit.locale;
    let brand = t::layout::brand(l);
    let icon = |source: &str, sizes: &str, kind: &str, purpose: &str| json!({"src": source, "sizes": sizes, "type": kind, "purpose": purpose});
    let manifest = json!({
        "id": links::HOME,
        "name": format!("{brand} {}", visit.city.name),
        "short_name": brand,
        "lang": l.tag(),
        "dir": "ltr",
        "start_url": links::HOME,
        "scope": links::HOME,
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#0b4735",
        "icons": [
            icon("/favicon.svg", "any", "image/svg+xml", "any"),
            icon("/icon-192.png", "192x192", "image/png", "any maskable"),
            icon("/icon-512.png", "512x512", "image/png", "any maskable"),
        ],
    });
    let kind = [("content-type", "application/manifest+json")];
    (kind, manifest.to_string()).into_response()
}
