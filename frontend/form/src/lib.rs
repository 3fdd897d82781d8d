//! Filling in on the phone: what is typed and chosen stays there as long as the server does not have it, a form goes on
//! without a network, and what is finished is sent once by itself.
//!
//! A module of its own, fetched by pages of forms and while something waits (`public/boot.js`). Four things in the browser's
//! own stores, all of which go with "forget" and with signing out (`Clear-Site-Data`):
//! - `rembug:form:WHO:FORM`, what one person fills in ([`record`]), written at every letter;
//! - `rembug:forms`, what is finished and waits, and what became of it ([`outbox`]);
//! - the cache `rembug:files`, files that the server does not have yet ([`blob`]);
//! - the cache `rembug:pages`, the form itself (`public/worker.js`).
//!
//! In the markup, `data-form` is what the server serves page by page ([`keep`]), `data-device` all pages in one ([`sheet`]).

use wasm_bindgen::prelude::wasm_bindgen;

mod blob;
mod keep;
mod outbox;
mod record;
mod sheet;
mod upload;

/// Wakes what keeps forms, on any page.
#[wasm_bindgen]
pub fn start() {
    console_error_panic_hook::set_once();
    let device = browser::all("[data-device]").into_iter().next();
    let device = device.and_then(|root| root.get_attribute("data-device"));
    // A page that was kept on the phone has nobody's name in it.
    if device.is_none() {
        let who = browser::all("[data-who]").into_iter().next();
        let who = who.and_then(|element| element.get_attribute("data-who"));
        record::set_who(&who.unwrap_or_default());
    }
    keep::start();
    if let Some(form) = device {
        wasm_bindgen_futures::spawn_local(sheet::start(form));
    }
}
