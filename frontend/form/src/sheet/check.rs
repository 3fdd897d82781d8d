//! The answers, to be looked at once more before they are sent.

use domain::form::{Answer, Kind, Outcome};
use web_sys::Element;

use super::{Place, Sheet, dom, made, t, written};

pub(super) fn draw(sheet: &Sheet, outcome: &Outcome) {
    let l = dom::locale();
    let Some(place) = dom::find(&sheet.root, "[data-check]") else {
        return;
    };
    let is_ready = outcome.is_ready();
    if let Some(lead) = dom::find(&place, "[data-lead]") {
        let text = if is_ready {
            t::check_help(l)
        } else {
            t::check_open(l)
        };
        lead.set_text_content(Some(text));
    }
    advice(sheet, outcome, &place);
    let Some(rows) = dom::find(&place, "[data-rows]") else {
        return;
    };
    rows.set_inner_html("");
    let definition = &sheet.carried.definition;
    for page in &definition.pages {
        let own: Vec<Element> = outcome
            .shown
            .iter()
            .filter(|shown| shown.page == page.key)
            .filter_map(|shown| row(sheet, outcome, &page.key, &shown.path))
            .collect();
        if own.is_empty() {
            continue;
        }
        let _ = rows.append_child(&dom::make("h2", "", page.title.get(l)));
        let list = dom::make("dl", "summary", "");
        for row in own {
            let _ = list.append_child(&row);
        }
        let _ = rows.append_child(&list);
    }
}

fn row(sheet: &Sheet, outcome: &Outcome, page: &str, path: &str) -> Option<Element> {
    let l = dom::locale();
    let definition = &sheet.carried.definition;
    let question = definition.question(path)?;
    let is_reckoned = matches!(question.kind, Kind::Calculated { .. });
    let value = match outcome.answers.get(path) {
        Some(Answer::Items(items)) if items.is_empty() => t::not_given(l).to_owned(),
        Some(answer) => written::answer(l, &sheet.carried.areas, sheet.files(), question, answer),
        None if outcome.fault(path).is_some() => t::missing_yet(l).to_owned(),
        None if is_reckoned => return None,
        None => t::not_given(l).to_owned(),
    };
    let name = written::label(l, definition, &sheet.items(), path);
    let row = dom::find(&made(&sheet.root, "row")?, "div")?;
    dom::find(&row, "dt")?.set_text_content(Some(&name));
    dom::find(&row, "dd")?.set_text_content(Some(&value));
    let link = dom::find(&row, "a")?;
    if is_reckoned {
        link.remove();
        return Some(row);
    }
    let place = match path.rsplit_once('.') {
        Some((item, _)) => Place::Item(page.to_owned(), item.to_owned()),
        None => Place::Page(page.to_owned()),
    };
    let _ = link.set_attribute("href", &place.mark());
    dom::find(&link, ".vh")?.set_text_content(Some(&format!(" {name}")));
    Some(row)
}

/// What is odd and does not hold up.
fn advice(sheet: &Sheet, outcome: &Outcome, place: &Element) {
    let Some(place) = dom::find(place, "[data-advice]") else {
        return;
    };
    place.set_inner_html("");
    if outcome.advice.is_empty() {
        return;
    }
    let Some(notice) = made(&sheet.root, "advice") else {
        return;
    };
    if let Some(list) = dom::find(&notice, "ul") {
        for text in outcome
            .advice
            .iter()
            .filter_map(|wrong| sheet.said(wrong, false))
        {
            let _ = list.append_child(&dom::make("li", "", &text));
        }
    }
    let _ = place.append_child(&notice);
}
