//! The page that is due, as it is now: the server has drawn its parts, here they are shown, filled and copied.

use browser::dom;
use domain::{
    FileId,
    form::{Kind, Outcome, written},
};
use web_sys::Element;
use words::{links, t::form as t};

use super::{Place, Sheet, check, errors, show_stage};

impl Sheet {
    /// The form that is shown.
    pub(super) fn shown(&self) -> Option<Element> {
        match &self.at {
            Place::Page(page) => dom::find(&self.root, &format!("[data-page=\"{page}\"]")),
            Place::Item(..) => dom::find(&self.root, "[data-item-place]"),
            Place::Check => dom::find(&self.root, "[data-check]"),
            Place::Sent(_) => dom::find(&self.root, "[data-sent]"),
        }
    }

    /// Shows the page that is due.
    pub(super) fn draw(&self) {
        errors::clear(&self.root);
        for section in dom::all(&self.root, "[data-page], [data-check], [data-sent]") {
            dom::show(&section, false);
        }
        if let Some(place) = dom::find(&self.root, "[data-item-place]") {
            place.set_inner_html("");
        }
        if let Some(kept) = dom::find(&self.root, "[data-kept]") {
            dom::show(&kept, !matches!(self.at, Place::Sent(_)));
        }
        let outcome = self.outcome();
        match self.at.clone() {
            Place::Item(_, item) => self.put_item(&item),
            Place::Check => check::draw(self, &outcome),
            Place::Page(_) | Place::Sent(_) => {}
        }
        if let Some(shown) = self.shown() {
            dom::show(&shown, true);
            dom::fill(&shown, &|name| Some(self.value(name)));
            self.show_questions(&shown, &outcome);
            self.show_lists(&shown, &outcome);
        }
        self.head(&outcome);
        if matches!(self.at, Place::Sent(_)) {
            // Not while the form is borrowed.
            browser::later(0, show_stage);
        }
        if let Some(window) = browser::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// The way back, and how far.
    fn head(&self, outcome: &Outcome) {
        let l = dom::locale();
        let Some(header) = browser::all("header").into_iter().next() else {
            return;
        };
        let shown: Vec<&str> = {
            let mut pages: Vec<&str> = outcome.shown.iter().map(|one| one.page.as_str()).collect();
            pages.dedup();
            pages
        };
        let all = shown.len().max(1);
        let (at, back) = match &self.at {
            Place::Page(page) => (
                shown
                    .iter()
                    .position(|one| one == page)
                    .map_or(1, |at| at + 1),
                outcome
                    .back(page)
                    .map(|before| Place::Page(before.to_owned())),
            ),
            Place::Item(page, item) => (
                shown
                    .iter()
                    .position(|one| one == page)
                    .map_or(1, |at| at + 1),
                Some(Place::above(page, item)),
            ),
            Place::Check => (
                all,
                shown.last().map(|page| Place::Page((*page).to_owned())),
            ),
            Place::Sent(_) => (all, None),
        };
        let title = self.carried.definition.title.get(l);
        if let Some(place) = dom::find(&header, ".header-right") {
            place.set_text_content(Some(&t::progress(l, title, at, all)));
        }
        if let Some(bar) = dom::find(&header, "progress") {
            let _ = bar.set_attribute("value", &at.to_string());
            let _ = bar.set_attribute("max", &all.to_string());
            let _ = bar.set_attribute("aria-label", &t::progress_label(l, at, all));
        }
        if let Some(link) = dom::find(&header, "a") {
            let href = back.map_or_else(|| links::service(&self.form), |back| back.mark());
            let _ = link.set_attribute("href", &href);
        }
    }

    /// Copies what an item asks into the page, under the item's own names.
    fn put_item(&self, item: &str) {
        let model: Vec<&str> = item
            .split('.')
            .enumerate()
            .map(|(at, part)| if at % 2 == 1 { "0" } else { part })
            .collect();
        let model = model.join(".");
        let template = dom::find(&self.root, &format!("template[data-item=\"{model}\"]"));
        let (Some(template), Some(place)) = (template, dom::find(&self.root, "[data-item-place]"))
        else {
            return;
        };
        // Names and ids of the fields; no text holds a key with its dots.
        let html = template
            .inner_html()
            .replace(&format!("{model}."), &format!("{item}."));
        place.set_inner_html(&html);
        let l = dom::locale();
        let name = written::item_name(l, &self.carried.definition, &self.items(), item);
        if let Some(title) = dom::find(&place, "[data-name]") {
            title.set_text_content(name.as_deref());
        }
    }

    /// Only what the answers so far open; what is reckoned shows its value.
    pub(super) fn show_questions(&self, shown: &Element, outcome: &Outcome) {
        let l = dom::locale();
        let (Place::Page(page) | Place::Item(page, _)) = &self.at else {
            return;
        };
        let is_page_shown = outcome.shown.iter().any(|one| &one.page == page);
        for part in dom::all(shown, "[data-question]") {
            let path = part.get_attribute("data-question").unwrap_or_default();
            let Some(question) = self.carried.definition.question(&path) else {
                continue;
            };
            let mut is_shown = outcome.shown.iter().any(|one| one.path == path)
                || (!is_page_shown && question.when.is_none());
            if matches!(question.kind, Kind::Calculated { .. }) {
                let answer = outcome.answers.get(&path);
                is_shown = answer.is_some();
                if let (Some(answer), Some(place)) = (answer, dom::find(&part, "dd")) {
                    let text = written::answer(
                        l,
                        &self.carried.areas,
                        &self.record.files,
                        question,
                        answer,
                    );
                    place.set_text_content(Some(&text));
                }
            }
            dom::show(&part, is_shown);
        }
    }

    /// The items of groups and the files of questions.
    fn show_lists(&self, shown: &Element, outcome: &Outcome) {
        let l = dom::locale();
        let (Place::Page(page) | Place::Item(page, _)) = &self.at else {
            return;
        };
        for list in dom::all(shown, "[data-items]") {
            let path = list.get_attribute("data-items").unwrap_or_default();
            list.set_inner_html("");
            let ids = (self.items())(&path);
            if let Some(none) = dom::find(shown, &format!("[data-none=\"{path}\"]")) {
                dom::show(&none, ids.is_empty());
            }
            for id in ids {
                let item = format!("{path}.{id}");
                let name = written::item_name(l, &self.carried.definition, &self.items(), &item);
                let name = name.unwrap_or_default();
                let is_open = outcome
                    .wrong
                    .iter()
                    .any(|wrong| wrong.path.starts_with(&format!("{item}.")));
                let state = if is_open {
                    t::state_incomplete(l)
                } else {
                    t::state_complete(l)
                };
                let row = dom::make("li", "", "");
                row.set_id(&item);
                let _ = row.append_child(&dom::make("b", "", &name));
                let _ = row.append_child(&dom::make("p", "meta", state));
                let change = dom::make("a", "", &format!("{} {name}", t::item_change(l)));
                let _ =
                    change.set_attribute("href", &Place::Item(page.clone(), item.clone()).mark());
                let _ = row.append_child(&change);
                let _ = row.append_child(&quiet(&t::file_remove(l, &name), &item));
                let _ = list.append_child(&row);
            }
        }
        for list in dom::all(shown, "[data-files]") {
            let path = list.get_attribute("data-files").unwrap_or_default();
            list.set_inner_html("");
            for id in self.record.draft.all(&path) {
                let Some(known) = self.record.files.get(&FileId::new(id.as_str())) else {
                    continue;
                };
                let row = dom::make("li", "", "");
                let _ = row.append_child(&dom::make("b", "", &known.name));
                let size = i64::try_from(known.bytes / 1_024).unwrap_or(0).max(1);
                let size = t::kilobytes(l, l.number(size));
                let _ = row.append_child(&dom::make("p", "meta", &size));
                let _ = row.append_child(&quiet(
                    &t::file_remove(l, &known.name),
                    &format!("{path} {id}"),
                ));
                let _ = list.append_child(&row);
            }
        }
    }
}

/// A button that throws something away.
fn quiet(text: &str, what: &str) -> Element {
    let button = dom::make("button", "btn btn-quiet", text);
    let _ = button.set_attribute("type", "button");
    let _ = button.set_attribute("data-remove", what);
    button
}
