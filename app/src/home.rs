//! Filled in its own change.

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new().route("/", get(ssr::show))
}

#[cfg(feature = "ssr")]
mod ssr {
    use leptos::prelude::*;

    use crate::{Answer, Page, Visit};

    pub(super) async fn show(visit: Visit) -> Answer {
        Ok(visit.page(Page::new("Rembug"), view! { <ui::Page><h1>"Rembug"</h1></ui::Page> }))
    }
}
