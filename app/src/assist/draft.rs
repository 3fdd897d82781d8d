//! What is being typed: kept on the phone at once and on the server a little later, back after a reload.

use std::cell::{OnceCell, RefCell};

use gloo_storage::{LocalStorage, Storage};
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlTextAreaElement};

use crate::links;

/// Milliseconds of quiet before the server is told.
const QUIET: i32 = 2_500;

thread_local! {
    static TIMER: RefCell<Option<i32>> = const { RefCell::new(None) };
    /// Whose page this is; empty when nobody is signed in.
    static WHO: OnceCell<String> = const { OnceCell::new() };
}

pub(super) fn start(who: String) {
    let _ = WHO.with(|slot| slot.set(who));
    // What was typed before this script was awake.
    for area in browser::all("textarea[data-draft]") {
        if let Ok(area) = area.dyn_into::<HtmlTextAreaElement>()
            && area
                .default_value()
                .is_ok_and(|drawn| drawn != area.value())
        {
            keep(&area);
        }
    }
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
        let Some(place) = keep(&area) else {
            return;
        };
        let form = area.form();
        hush();
        let timer = browser::later(QUIET, move || tell_server(place, form));
        TIMER.with_borrow_mut(|slot| *slot = timer);
    });
}

/// Keeps an area's text on the phone; gives its place.
fn keep(area: &HtmlTextAreaElement) -> Option<String> {
    let place = area.get_attribute("data-draft")?;
    let _ = LocalStorage::set(key(&place), area.value());
    Some(place)
}

/// The server is not told after all.
fn hush() {
    let previous = TIMER.with_borrow_mut(Option::take);
    if let (Some(window), Some(timer)) = (browser::window(), previous) {
        window.clear_timeout_with_handle(timer);
    }
}

/// Fills empty areas with what the phone has kept: of this person, or from before they signed in.
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
                .or_else(|_| LocalStorage::get(key_of("", &place)))
        {
            area.set_value(&text);
        }
    }
}

/// The areas of a form that are kept: place and text.
pub(super) fn texts(form: &HtmlFormElement) -> Vec<(String, String)> {
    areas(form)
        .into_iter()
        .filter_map(|area| Some((area.get_attribute("data-draft")?, area.value())))
        .collect()
}

/// Keeps texts again that could not be sent, where nothing newer stands.
pub(super) fn keep_again(texts: &[(String, String)]) {
    for (place, text) in texts {
        let newer = LocalStorage::get::<String>(key(place)).is_ok_and(|kept| !kept.is_empty());
        if !newer {
            let _ = LocalStorage::set(key(place), text);
        }
    }
    restore();
}

/// Forgets the drafts of a form that has been sent.
pub(super) fn forget(form: &HtmlFormElement) {
    // Told now, the server would keep a text that it has just been sent.
    hush();
    for (place, _) in texts(form) {
        LocalStorage::delete(key(&place));
        LocalStorage::delete(key_of("", &place));
    }
}

/// Empties the areas of a form that is kept for later, so that nobody sends it twice.
pub(super) fn empty(form: &HtmlFormElement) {
    for area in areas(form) {
        area.set_value("");
    }
}

fn areas(form: &HtmlFormElement) -> Vec<HtmlTextAreaElement> {
    let Ok(found) = form.query_selector_all("textarea[data-draft]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .collect()
}

fn key(place: &str) -> String {
    WHO.with(|who| key_of(who.get().map_or("", String::as_str), place))
}

/// Several people may use one phone: each finds their own text.
fn key_of(who: &str, place: &str) -> String {
    format!("rembug:draft:{who}:{place}")
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
