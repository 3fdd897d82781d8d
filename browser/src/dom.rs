//! Reading and filling the fields of a page.

use std::collections::BTreeMap;

use domain::Locale;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The language of the page.
pub fn locale() -> Locale {
    crate::document()
        .and_then(|document| document.document_element())
        .and_then(|root| root.get_attribute("lang"))
        .and_then(|tag| Locale::parse(&tag))
        .unwrap_or_default()
}

/// An element with a class and a text.
pub fn make(tag: &str, class: &str, text: &str) -> Element {
    let document = crate::document().expect("a page has a document");
    let element = document.create_element(tag).expect("our own tags are tags");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    element
}

/// The first element inside another that a selector names.
pub fn find(inside: &Element, selector: &str) -> Option<Element> {
    inside.query_selector(selector).ok().flatten()
}

/// All elements inside another that a selector names.
pub fn all(inside: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = inside.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .collect()
}

/// Shows or hides.
pub fn show(element: &Element, yes: bool) {
    let _ = if yes {
        element.remove_attribute("hidden")
    } else {
        element.set_attribute("hidden", "")
    };
}

/// The fields of a form with their names, without those that say something about the form itself, and without files.
pub fn controls(form: &Element) -> Vec<(String, Element)> {
    all(form, "[name]")
        .into_iter()
        .filter_map(|element| {
            let name = element.get_attribute("name")?;
            let is_file = element.get_attribute("type").as_deref() == Some("file");
            (!name.starts_with('_') && !is_file).then_some((name, element))
        })
        .collect()
}

fn is_choice(element: &Element) -> bool {
    matches!(
        element.get_attribute("type").as_deref(),
        Some("radio" | "checkbox")
    )
}

/// What stands in a form's fields; a field in which nothing stands has no values.
pub fn values(form: &Element) -> BTreeMap<String, Vec<String>> {
    let mut out = BTreeMap::<String, Vec<String>>::new();
    for (name, element) in controls(form) {
        let values = out.entry(name).or_default();
        let text = if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            if is_choice(&element) && !input.checked() {
                continue;
            }
            input.value()
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            area.value()
        } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            select.value()
        } else {
            continue;
        };
        if !text.is_empty() {
            values.push(text);
        }
    }
    out
}

/// What the document hears when fields were filled by a script: what shows their values in another way follows.
pub const FILLED: &str = "rembug:filled";

/// Puts values into the fields of a name, and says [`FILLED`].
pub fn fill(form: &Element, wanted: &dyn Fn(&str) -> Option<Vec<String>>) {
    for (name, element) in controls(form) {
        let Some(values) = wanted(&name) else {
            continue;
        };
        let first = values.first().map_or("", String::as_str);
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            if is_choice(&element) {
                input.set_checked(values.contains(&input.value()));
            } else {
                input.set_value(first);
            }
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(first);
        } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            select.set_value(first);
        }
    }
    if let (Some(document), Ok(filled)) = (super::document(), web_sys::Event::new(FILLED)) {
        let _ = document.dispatch_event(&filled);
    }
}
