//! News of an open consultation: figures change where they stand, a line says that there are new comments.

use std::collections::BTreeMap;

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{EventSource, MessageEvent};

use super::send;

pub(super) fn start() {
    let Some(place) = browser::all("[data-live]")
        .first()
        .and_then(|e| e.get_attribute("data-live"))
    else {
        return;
    };
    let Ok(source) = EventSource::new(&place) else {
        return;
    };
    browser::on(&source, "counts", |event| {
        let Some(text) = event
            .dyn_ref::<MessageEvent>()
            .and_then(|m| m.data().as_string())
        else {
            return;
        };
        let counts: BTreeMap<String, String> = serde_json::from_str(&text).unwrap_or_default();
        for element in browser::all("[data-count]") {
            if let Some(new) = element
                .get_attribute("data-count")
                .and_then(|key| counts.get(&key))
            {
                // A stretch of a bar moves by its width.
                if element.tag_name().eq_ignore_ascii_case("svg") {
                    let _ = element.set_attribute("width", new);
                } else {
                    element.set_text_content(Some(new));
                }
            }
        }
        for element in browser::all("[data-count-label]") {
            if let Some(new) = element
                .get_attribute("data-count-label")
                .and_then(|key| counts.get(&key))
            {
                let _ = element.set_attribute("aria-label", new);
            }
        }
    });
    // A page that changes as a whole is fetched anew; what is typed beside its fresh parts stays.
    browser::on(&source, "page", |_| {
        spawn_local(async {
            let Some(page) = browser::get(&browser::here()).await else {
                return;
            };
            for part in browser::all("[data-fresh]") {
                let _ = send::replace(&part.id(), &page);
            }
        });
    });
    for news in ["comment", "groups"] {
        browser::on(&source, news, move |_| {
            for element in browser::all(&format!("[data-news=\"{news}\"]")) {
                let _ = element.remove_attribute("hidden");
            }
        });
    }
}
