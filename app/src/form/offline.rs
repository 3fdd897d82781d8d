//! Filling in on the phone: what is typed and chosen stays there as long as the server does not have it, a form goes on
//! without a network, and what is finished is sent once by itself.
//!
//! Four things in the browser's own stores, all of which go with "forget" and with signing out (`Clear-Site-Data`):
//! - `rembug:form:WHO:FORM`, what one person fills in ([`record`]), written at every letter;
//! - `rembug:forms`, what is finished and waits, and what became of it ([`outbox`]);
//! - the cache `rembug:files`, files that the server does not have yet ([`blob`]);
//! - the cache `rembug:pages`, the form itself (`public/worker.js`).
//!
//! In the markup, `data-form` is what the server serves page by page ([`keep`]), `data-device` all pages in one ([`sheet`]).

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod blob;
#[cfg(feature = "hydrate")]
mod dom;
#[cfg(feature = "hydrate")]
mod keep;
#[cfg(feature = "hydrate")]
mod outbox;
#[cfg(feature = "hydrate")]
mod record;
#[cfg(feature = "hydrate")]
mod sheet;
#[cfg(feature = "hydrate")]
mod upload;

#[cfg(feature = "hydrate")]
pub(crate) use keep::start;

/// Wakes the pages of a form that a phone has kept; it draws nothing of its own.
#[island]
pub fn FormOffline(
    /// The form's word.
    form: String,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(sheet::start(form));
    #[cfg(not(feature = "hydrate"))]
    let _ = form;
}
