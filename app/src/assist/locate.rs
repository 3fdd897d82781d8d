//! `<button data-locate="FIELD">`: puts the phone's own position into a field, as two numbers.
//!
//! Without leave, without a position or without the interface, the line below the button says `data-refused`, and the field
//! stays as it is.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::Element;

use super::map::{fixed, write};

pub(super) fn start() {
    let Some(document) = browser::document() else {
        return;
    };
    browser::on(&document, "click", |event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let button = target.and_then(|t| t.closest("[data-locate]").ok().flatten());
        if let Some(button) = button {
            ask(button);
        }
    });
}

fn ask(button: Element) {
    let refused = button.clone();
    let found = Closure::once_into_js(move |position: JsValue| match point(&position) {
        Some(point) => put(&button, &point),
        None => refuse(&button),
    });
    let failed = {
        let button = refused.clone();
        Closure::once_into_js(move |_: JsValue| refuse(&button))
    };
    // The interface is read by name: a page without it, as in an insecure context, is told so.
    let asked = || -> Option<()> {
        let navigator = browser::window()?.navigator();
        let geolocation = Reflect::get(&navigator, &"geolocation".into()).ok()?;
        let get: Function = Reflect::get(&geolocation, &"getCurrentPosition".into())
            .ok()?
            .dyn_into()
            .ok()?;
        get.call2(&geolocation, &found, &failed).ok().map(drop)
    };
    if asked().is_none() {
        refuse(&refused);
    }
}

/// `-7.871234, 112.526900`: as a map gives it to be copied.
fn point(position: &JsValue) -> Option<String> {
    let coords = Reflect::get(position, &"coords".into()).ok()?;
    let number = |name: &str| Reflect::get(&coords, &name.into()).ok()?.as_f64();
    let (lat, lon) = (number("latitude")?, number("longitude")?);
    Some(format!("{}, {}", fixed(lat, 6), fixed(lon, 6)))
}

fn put(button: &Element, point: &str) {
    let field = button
        .get_attribute("data-locate")
        .and_then(|id| browser::document()?.get_element_by_id(&id));
    if let Some(field) = field {
        write(&field, point);
        say(button, point);
    }
}

fn refuse(button: &Element) {
    let text = button.get_attribute("data-refused").unwrap_or_default();
    say(button, &text);
}

fn say(button: &Element, text: &str) {
    if let Some(line) = button.next_element_sibling() {
        line.set_text_content(Some(text));
    }
}
