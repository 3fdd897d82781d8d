//! What stands in the place of a page that cannot be fetched: there is no network, and it was not kept on this phone.

/// The page.
pub(crate) fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new().route(crate::links::OFFLINE, get(show))
}

use leptos::prelude::*;

use crate::{Answer, Page, Visit, t::layout as t};

/// Without anybody's name: it is kept on the phone for whoever holds it next.
async fn show(visit: Visit) -> Answer {
    let l = visit.locale;
    let view = view! {
        <ui::Page>
            <h1>{t::unreachable(l)}</h1>
            <ui::Lead text=t::unreachable_why(l)/>
            <p>{t::unreachable_kept(l)}</p>
            // An empty address is that of the page that was asked for.
            <p><a class="btn btn-primary" href="">{t::unreachable_again(l)}</a></p>
        </ui::Page>
    };
    Ok(visit.page(Page::new(t::unreachable(l)).unlisted(), view))
}
