//! What is typed, chosen and pressed.

use domain::form::{Fault, Wrong};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement, SubmitEvent};

use super::{Place, Sheet, with};
use crate::{blob, record};

pub(super) fn listen(root: &Element) {
    for name in ["input", "change"] {
        browser::on(root, name, move |event| {
            let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
                return;
            };
            match target.dyn_into::<HtmlInputElement>() {
                Ok(input) if input.type_() == "file" => {
                    if event.type_() == "change" {
                        spawn_local(chosen(input));
                    }
                }
                _ => {
                    let _ = with(Sheet::typed);
                }
            }
        });
    }
    browser::on(root, "submit", |event| {
        event.prevent_default();
        let pressed = event
            .dyn_ref::<SubmitEvent>()
            .and_then(SubmitEvent::submitter)
            .map(Element::from);
        let _ = with(|sheet| sheet.submit(pressed.as_ref()));
    });
    browser::on(root, "click", |event| {
        let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
            return;
        };
        if let Ok(Some(button)) = target.closest("[data-remove]") {
            event.prevent_default();
            let what = button.get_attribute("data-remove").unwrap_or_default();
            let _ = with(|sheet| sheet.remove(&what));
        } else if let Ok(Some(_)) = target.closest("[data-send]") {
            let _ = with(Sheet::send);
        }
    });
    if let Some(window) = browser::window() {
        browser::on(&window, "hashchange", |_| {
            let _ = with(|sheet| {
                if let Some(place) = Place::of_mark() {
                    sheet.at = place;
                    sheet.draw();
                }
            });
        });
    }
}

/// Files were chosen: they are kept, and are answers.
async fn chosen(input: HtmlInputElement) {
    let path = input.name();
    let mut refused = Vec::new();
    let list = input.files();
    for file in list
        .iter()
        .flat_map(|list| (0..list.length()).filter_map(move |at| list.get(at)))
    {
        let known = blob::known(&file).await;
        let fault = with(|sheet| sheet.refuses(&path, &file.name(), known.as_ref())).flatten();
        match (known, fault) {
            (Some(known), None) => {
                let id = record::new_file();
                if blob::put(&id, &file).await {
                    let _ = with(|sheet| {
                        sheet.record.files.insert(id.clone(), known);
                        let given = sheet.record.draft.values.entry(path.clone()).or_default();
                        given.push(id.to_string());
                        sheet.save();
                    });
                } else {
                    refused.push(Fault::FileGone);
                }
            }
            (_, Some(fault)) => refused.push(fault),
            (None, None) => {}
        }
    }
    input.set_value("");
    let _ = with(|sheet| {
        sheet.draw();
        let page = match &sheet.at {
            Place::Page(page) | Place::Item(page, _) => page.clone(),
            _ => String::new(),
        };
        let wrong: Vec<Wrong> = refused
            .into_iter()
            .map(|fault| Wrong {
                page: page.clone(),
                path: path.clone(),
                field: path.clone(),
                fault,
            })
            .collect();
        sheet.show_wrong(&wrong);
    });
}
