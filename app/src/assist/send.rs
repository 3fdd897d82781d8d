//! Sending a form without leaving the page.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, SubmitEvent};

use words::Note;

use super::{Sentences, draft, outbox};

pub(super) fn start(words: Sentences, note: WriteSignal<Option<Note>>) {
    let Some(document) = browser::document() else {
        return;
    };
    browser::on(&document, "submit", move |event| {
        let Some(form) = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        let Some(swap) = form.get_attribute("data-swap") else {
            return;
        };
        // Files go as the browser sends them.
        if browser::has_files(&form) {
            return;
        }
        let pressed = event
            .dyn_ref::<SubmitEvent>()
            .and_then(web_sys::SubmitEvent::submitter)
            .map(Element::from);
        event.prevent_default();
        let action = pressed
            .as_ref()
            .and_then(|b| b.get_attribute("formaction"))
            .or_else(|| form.get_attribute("action"))
            .unwrap_or_default();
        let body = browser::encode(&browser::fields(&form, pressed.as_ref()));
        let words = words.clone();
        spawn_local(async move {
            let _ = form.set_attribute("aria-busy", "true");
            match browser::post(&action, &body).await {
                Some((place, status, page)) => {
                    if status < 400 {
                        draft::forget(&form);
                    }
                    note.set(None);
                    if replace(&swap, &page).is_none() {
                        if status < 400 {
                            follow(&place);
                        } else {
                            // What was typed stays in the form.
                            note.set(Some(told(&page)));
                        }
                    }
                }
                None => {
                    outbox::keep(&form, &action, &body, &swap);
                    note.set(Some(Note {
                        warns: true,
                        title: words.offline_title,
                        text: words.offline_kept,
                        link: None,
                    }));
                }
            }
            let _ = form.remove_attribute("aria-busy");
        });
    });
}

/// On to the page that an answer led to.
fn follow(place: &str) {
    if let Some(window) = browser::window() {
        let _ = window.location().set_href(place);
    }
}

/// What a page says that tells why something could not be done.
fn told(page: &str) -> Note {
    let text = |selector: &str| {
        web_sys::DomParser::new()
            .ok()?
            .parse_from_string(page, web_sys::SupportedType::TextHtml)
            .ok()?
            .query_selector(selector)
            .ok()??
            .text_content()
    };
    Note {
        warns: true,
        title: text("main h1").unwrap_or_default(),
        text: text("main p").unwrap_or_default(),
        link: None,
    }
}

/// Puts the answered page's part in the place of this one's; `None` when either page has no such part.
pub(super) fn replace(id: &str, page: &str) -> Option<()> {
    let answered = web_sys::DomParser::new()
        .ok()?
        .parse_from_string(page, web_sys::SupportedType::TextHtml)
        .ok()?;
    let new = answered.get_element_by_id(id)?;
    let document = browser::document()?;
    let old = document.get_element_by_id(id)?;
    let had_focus = document
        .active_element()
        .filter(|focus| old.contains(Some(focus)))
        .and_then(|focus| {
            focus
                .get_attribute("id")
                .or_else(|| focus.get_attribute("value").map(|v| format!("={v}")))
        });
    let new = document.import_node_with_deep(&new, true).ok()?;
    old.replace_with_with_node_1(&new).ok()?;
    let new: Element = new.dyn_into().ok()?;
    focus_again(&new, had_focus.as_deref());
    draft::restore();
    Some(())
}

/// A keyboard or screen reader stays where it was: on the same control, an error summary, or the part itself.
fn focus_again(part: &Element, had: Option<&str>) {
    let found = part
        .query_selector(".error-summary")
        .ok()
        .flatten()
        .or_else(|| {
            let had = had?;
            let selector = match had.strip_prefix('=') {
                Some(value) => format!("[value=\"{}\"]", value.replace(['"', '\\'], "")),
                None => format!("[id=\"{}\"]", had.replace(['"', '\\'], "")),
            };
            part.query_selector(&selector).ok().flatten()
        });
    if let Some(element) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
