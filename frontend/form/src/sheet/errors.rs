//! What is wrong: above the page, each a link, and the same words beside the fields.

use domain::form::{Kind, Wrong};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Place, Sheet, dom, made, t};

/// One sentence above the page.
pub(super) fn say(root: &Element, text: &str) {
    if let Some(place) = dom::find(root, "[data-say]") {
        place.set_inner_html("");
        let notice = dom::make("div", "notice notice-warning", "");
        let _ = notice.append_child(&dom::make("div", "", text));
        let _ = place.append_child(&notice);
    }
}

/// Nothing is wrong any more.
pub(super) fn clear(root: &Element) {
    for selector in ["[data-say]", "[data-summary]"] {
        if let Some(place) = dom::find(root, selector) {
            place.set_inner_html("");
        }
    }
    for error in dom::all(root, "p.error") {
        error.remove();
    }
    for field in dom::all(root, ".field-error") {
        let _ = field.class_list().remove_1("field-error");
    }
    for field in dom::all(root, "[aria-invalid]") {
        let _ = field.remove_attribute("aria-invalid");
    }
}

pub(super) fn show(sheet: &Sheet, wrong: &[Wrong]) {
    if wrong.is_empty() {
        return;
    }
    let l = dom::locale();
    let (Some(place), Some(summary)) = (
        dom::find(&sheet.root, "[data-summary]"),
        made(&sheet.root, "summary"),
    ) else {
        return;
    };
    let title = match wrong.len() {
        1 => t::wrong_one(l).to_owned(),
        count => t::wrong_many(l, i64::try_from(count).unwrap_or(i64::MAX)),
    };
    if let Some(heading) = dom::find(&summary, "h2") {
        heading.set_text_content(Some(&title));
    }
    if let Some(list) = dom::find(&summary, "ul") {
        list.set_inner_html("");
        for one in wrong {
            let (is_own, href) = target(sheet, one);
            let Some(text) = sheet.said(one, is_own) else {
                continue;
            };
            let link = dom::make("a", "", &text);
            let _ = link.set_attribute("href", &href);
            let row = dom::make("li", "", "");
            let _ = row.append_child(&link);
            let _ = list.append_child(&row);
            if is_own {
                beside(sheet, one, &text);
            }
        }
    }
    place.set_inner_html("");
    let _ = place.append_child(&summary);
    if let Ok(summary) = summary.dyn_into::<HtmlElement>() {
        let _ = summary.focus();
    }
}

/// Whether it is of the page that is shown, and where it is mended.
fn target(sheet: &Sheet, wrong: &Wrong) -> (bool, String) {
    let item = wrong.path.rsplit_once('.').map(|(item, _)| item);
    let is_own = match (&sheet.at, item) {
        (Place::Page(page), None) => page == &wrong.page,
        (Place::Item(_, at), Some(item)) => at == item,
        _ => false,
    };
    if is_own {
        return (true, format!("#{}", wrong.field));
    }
    let place = match item {
        Some(item) => Place::Item(wrong.page.clone(), item.to_owned()),
        None => Place::Page(wrong.page.clone()),
    };
    (false, place.mark())
}

/// The sentence beside its field, tied to it.
fn beside(sheet: &Sheet, wrong: &Wrong, text: &str) -> Option<()> {
    let part = dom::find(&sheet.root, &format!("[data-question=\"{}\"]", wrong.path))?;
    let question = sheet.carried.definition.question(&wrong.path)?;
    let input = dom::find(&part, &format!("[id=\"{}\"]", wrong.field));
    let is_whole = matches!(question.kind, Kind::Date { .. }) || wrong.field == wrong.path;
    let field = if is_whole {
        dom::find(&part, ".field")
    } else {
        input.as_ref()?.closest(".field").ok()?
    }?;
    let error = made(&sheet.root, "error")?;
    let id = format!("{}-error", wrong.field);
    error.set_id(&id);
    // What is heard before it stays; the text comes after.
    let heard = dom::find(&error, ".vh");
    error.set_text_content(None);
    if let Some(heard) = heard {
        let _ = error.append_child(&heard);
    }
    let _ = error.append_with_str_1(text);
    let after = [
        ":scope > .hint",
        ":scope > label",
        ":scope > legend",
        ":scope > h1",
    ]
    .iter()
    .find_map(|selector| dom::find(&field, selector))?;
    let _ = after.after_with_node_1(&error);
    let _ = field.class_list().add_1("field-error");
    if let Some(input) = input {
        let _ = input.set_attribute("aria-invalid", "true");
        let described = input.get_attribute("aria-describedby").unwrap_or_default();
        if !described.split(' ').any(|one| one == id) {
            let _ = input.set_attribute("aria-describedby", format!("{described} {id}").trim());
        }
    }
    Some(())
}
