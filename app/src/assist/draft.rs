//! What is being typed: kept on the phone at once and on the server a little later, back after a reload.

use std::cell::RefCell;

use gloo_storage::{LocalStorage, Storage};
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlTextAreaElement};

use super::browser;
use crate::links;

/// Milliseconds of quiet before the server is told.
const QUIET: i32 = 2_500;

thread_local! {
    static TIMER: RefCell<Option<i32>> = const { RefCell::new(None) };
}

pub(super) fn start() {
    restore();
    let Some(document) = browser::document() else {
        return;
    };
    browser::on(&document, "input", |event| {
        let Some(area) = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok())
        else {
            return;
        };
        let Some(place) = area.get_attribute("data-draft") else {
            return;
        };
        let _ = LocalStorage::set(key(&place), area.value());
        let form = area.form();
        let previous = TIMER.with_borrow_mut(Option::take);
        if let (Some(window), Some(timer)) = (browser::window(), previous) {
            window.clear_timeout_with_handle(timer);
        }
        let timer = browser::later(QUIET, move || tell_server(place, form));
        TIMER.with_borrow_mut(|slot| *slot = timer);
    });
}

/// Fills empty areas with what the phone has kept.
pub(super) fn restore() {
    for element in browser::all("textarea[data-draft]") {
        let Ok(area) = element.dyn_into::<HtmlTextAreaElement>() else {
            continue;
        };
        let Some(place) = area.get_attribute("data-draft") else {
            continue;
        };
        if area.value().is_empty()
            && let Ok(text) = LocalStorage::get::<String>(key(&place))
        {
            area.set_value(&text);
        }
    }
}

/// Forgets the drafts of a form that has been sent.
pub(super) fn forget(form: &HtmlFormElement) {
    let Ok(areas) = form.query_selector_all("textarea[data-draft]") else {
        return;
    };
    for at in 0..areas.length() {
        if let Some(place) = areas
            .get(at)
            .and_then(|n| n.dyn_into::<Element>().ok())
            .and_then(|e| e.get_attribute("data-draft"))
        {
            LocalStorage::delete(key(&place));
        }
    }
}

fn key(place: &str) -> String {
    format!("rembug:draft:{place}")
}

fn tell_server(place: String, form: Option<HtmlFormElement>) {
    let Some(form) = form else { return };
    // A group of boxes has one name and several values.
    let mut fields = std::collections::BTreeMap::<String, Vec<String>>::new();
    for (name, value) in browser::fields(&form, None)
        .into_iter()
        .filter(|(name, _)| name != "kunci")
    {
        fields.entry(name).or_default().push(value);
    }
    let Ok(body) = serde_json::to_string(&fields) else {
        return;
    };
    let form = browser::encode(&[("place".to_owned(), place), ("body".to_owned(), body)]);
    // Without a network the phone's own copy is enough.
    spawn_local(async move {
        let _ = browser::post(links::DRAFT, &form).await;
    });
}
