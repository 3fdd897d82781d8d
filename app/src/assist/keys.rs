//! Going through a list by `j` and `k`, ticking by `x`; the browser's own Enter opens what has the focus.
//!
//! The letters count only while the focus is in the list: nobody who dictates or types elsewhere sets them off.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// The link of each row.
const LINKS: &str = "[data-keys] th a";

pub(super) fn start() {
    let Some(document) = browser::document() else {
        return;
    };
    browser::on(&document, "keydown", |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if key.ctrl_key() || key.alt_key() || key.meta_key() {
            return;
        }
        let done = match key.key().as_str() {
            "j" => go(1),
            "k" => go(-1),
            "x" => tick(),
            _ => return,
        };
        if done.is_some() {
            event.prevent_default();
        }
    });
}

/// Ticks the row that has the focus, or takes the tick away; the focus stays.
fn tick() -> Option<()> {
    let focus = browser::document()?.active_element()?;
    focus.closest("[data-keys]").ok()??;
    let row = focus.closest("tr").ok()??;
    let tick = row.query_selector("input[type=checkbox]").ok()??;
    tick.dyn_ref::<HtmlElement>()?.click();
    Some(())
}

fn go(step: isize) -> Option<()> {
    let focus = browser::document()?.active_element()?;
    focus.closest("[data-keys]").ok()??;
    let links = browser::all(LINKS);
    let row = focus.closest("tr").ok().flatten();
    let here = links
        .iter()
        .position(|link| row.as_ref().is_some_and(|row| row.contains(Some(link))));
    let next = match here {
        Some(place) => place.checked_add_signed(step)?,
        None => 0,
    };
    let link: &HtmlElement = links.get(next)?.dyn_ref()?;
    link.focus().ok()
}
