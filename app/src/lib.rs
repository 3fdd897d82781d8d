//! Pages, forms and islands, one folder per feature.
//!
//! The server draws every page from plain values; a page is complete before any WASM arrives. The browser gets islands
//! alone (see `docs/adr/0002-islands.md`): [`assist`] is on every page that has something to send.

pub mod assist;
pub mod problem;

pub use words::{links, t};

#[cfg(feature = "ssr")]
mod area;
#[cfg(feature = "ssr")]
mod cache;
#[cfg(feature = "ssr")]
mod encode;
#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod layout;
#[cfg(feature = "ssr")]
mod offline;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod pager;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
mod said;

pub mod account;
pub mod ballot;
pub mod case;
pub mod comment;
pub mod consultation;
pub mod document;
pub mod feed;
pub mod file;
pub mod form;
pub mod group;
pub mod home;
pub mod moderation;
pub mod notice;
pub mod office;
pub mod payment;
pub mod result;
pub mod search;
pub mod statement;

#[cfg(feature = "ssr")]
pub use ssr::*;

#[cfg(feature = "ssr")]
mod ssr {
    pub use crate::{
        error::{Answer, Failure},
        fields::Fields,
        page::Page,
        request::{Site, Visit},
        said::Said,
    };

    /// All pages and forms of all features, without the layers around them.
    pub fn router() -> axum::Router {
        axum::Router::new()
            .merge(crate::home::router())
            .merge(crate::consultation::router())
            .merge(crate::ballot::router())
            .merge(crate::group::router())
            .merge(crate::statement::router())
            .merge(crate::comment::router())
            .merge(crate::result::router())
            .merge(crate::search::router())
            .merge(crate::feed::router())
            .merge(crate::offline::router())
            .merge(crate::file::router())
            .merge(crate::form::router())
            .merge(crate::account::router())
            .merge(crate::notice::router())
            .merge(crate::case::router())
            .merge(crate::document::router())
            .merge(crate::payment::router())
            .merge(crate::moderation::router())
            .merge(crate::office::router())
    }

    /// The pages with everything that stands around each of them: who visits, the cache, the error pages.
    pub fn site(site: Site) -> axum::Router {
        use axum::middleware::from_fn_with_state;
        router()
            .fallback(crate::error::not_found)
            .method_not_allowed_fallback(crate::error::method_not_allowed)
            .layer(axum::middleware::from_fn(crate::error::draw))
            .layer(from_fn_with_state(site.clone(), crate::cache::keep))
            .layer(from_fn_with_state(site, crate::request::begin))
    }
}
