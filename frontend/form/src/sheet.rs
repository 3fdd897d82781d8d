//! All pages of a form in one, on the phone: the one that is due is shown, judged by the same rules as on the server.
//!
//! Where one is stands in the address: `#/isi/PAGE`, `#/isi/PAGE/ITEM`, `#/periksa`, `#/terkirim`; without it, the address of
//! the page of the server that could not be fetched.

mod check;
mod errors;

use std::{cell::RefCell, collections::BTreeMap};

use browser::dom;
use domain::{
    FileId, Timestamp, Zone,
    form::{
        Context, Fault, FileKind, Kind, Outcome, Upload, Wrong,
        kept::{Carried, FORMAT},
        validate, written,
    },
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement, HtmlTemplateElement, SubmitEvent};
use words::{fault::said, links, t::form as t};

use crate::{
    blob, outbox,
    record::{self, Record},
};

thread_local! {
    /// The one form of this page.
    static SHEET: RefCell<Option<Sheet>> = const { RefCell::new(None) };
}

struct Sheet {
    /// The form's word.
    form: String,
    root: Element,
    carried: Carried,
    record: Record,
    at: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Page(String),
    /// A page, and the item of a group such as `saksi.2`.
    Item(String, String),
    Check,
    /// The key of what was finished.
    Sent(String),
}

/// Runs with the form of this page; borrowed for no longer than that.
fn with<T>(deed: impl FnOnce(&mut Sheet) -> T) -> Option<T> {
    SHEET.with_borrow_mut(|sheet| sheet.as_mut().map(deed))
}

pub(super) async fn start(form: String) {
    let Some(root) = browser::all("[data-device]").into_iter().next() else {
        return;
    };
    let version = root
        .get_attribute("data-version")
        .and_then(|text| text.parse().ok());
    let place = format!(
        "{}/formulir.json?versi={}",
        links::service(&form),
        version.unwrap_or(0)
    );
    let carried = browser::get(&place).await;
    let carried = carried.and_then(|text| serde_json::from_str::<Carried>(&text).ok());
    // A layout of another release, or another version than that of the page.
    let carried = carried
        .filter(|carried| carried.format == FORMAT && Some(carried.definition.version) == version);
    let Some(carried) = carried else {
        errors::say(&root, t::device_unreadable(dom::locale()));
        return;
    };
    let mut why = None;
    let mut record = match record::load(&form) {
        Some(record) => record,
        None => match outbox::take_back(&form) {
            Some((record, refused)) => {
                why = Some(refused);
                record
            }
            None => Record::new(carried.definition.version),
        },
    };
    if record.version != carried.definition.version {
        // What was begun with another version goes on with this one, by itself.
        record = Record {
            version: carried.definition.version,
            key: record::token(),
            revision: 0,
            ..record
        };
    }
    record.take_chosen();
    let sent_page = std::mem::take(&mut record.sent_page);
    record.sent_fields.clear();
    record::save(&form, &record);
    let mut sheet = Sheet {
        form,
        root: root.clone(),
        carried,
        record,
        at: Place::Check,
    };
    sheet.at = sheet.first();
    if !sent_page.is_empty() {
        // A page of the server was sent and nothing came back: it is kept, and the form goes on from here.
        why = Some(t::device_step_kept(dom::locale()).to_owned());
        sheet.at = sheet.after(&sent_page);
    }
    SHEET.set(Some(sheet));
    listen(&root);
    let _ = with(|sheet| {
        for wait in dom::all(&sheet.root, "[data-wait]") {
            dom::show(&wait, false);
        }
        sheet.draw();
        if let Some(why) = why {
            errors::say(&sheet.root, &why);
        }
    });
}

/// What was finished on this page, and how far it is now.
pub(super) fn show_stage() {
    let _ = with(|sheet| {
        if let Place::Sent(key) = &sheet.at {
            let stage = outbox::stage(key).unwrap_or_default();
            let (title, help) = outbox::words(&stage);
            for (selector, text) in [("[data-state]", title), ("[data-state-help]", help)] {
                if let Some(place) = dom::find(&sheet.root, selector) {
                    place.set_text_content(Some(&text));
                }
            }
        }
    });
}

fn listen(root: &Element) {
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

impl Place {
    /// What the mark of the address says; `None` for the mark of a field.
    fn of_mark() -> Option<Self> {
        let mark = browser::window()?.location().hash().ok()?;
        Self::read(mark.strip_prefix('#')?)
    }

    fn read(path: &str) -> Option<Self> {
        let mut parts = path.split('/').skip(1);
        match (parts.next()?, parts.next(), parts.next()) {
            ("isi", Some(page), None) => Some(Self::Page(page.to_owned())),
            ("isi", Some(page), Some(item)) => Some(Self::Item(page.to_owned(), item.to_owned())),
            ("periksa", None, None) => Some(Self::Check),
            ("terkirim", Some(key), None) => Some(Self::Sent(key.to_owned())),
            _ => None,
        }
    }

    /// Where an item belongs: its page, or the item around it.
    fn above(page: &str, item: &str) -> Self {
        let group = item.rsplit_once('.').map_or("", |(group, _)| group);
        match group.rsplit_once('.') {
            Some((outer, _)) => Self::Item(page.to_owned(), outer.to_owned()),
            None => Self::Page(page.to_owned()),
        }
    }

    fn mark(&self) -> String {
        match self {
            Self::Page(page) => format!("#/isi/{page}"),
            Self::Item(page, item) => format!("#/isi/{page}/{item}"),
            Self::Check => "#/periksa".to_owned(),
            Self::Sent(key) => format!("#/terkirim/{key}"),
        }
    }
}

/// Goes to another place of the form; the browser's way back leads through all of them.
fn go(place: &Place) {
    if let Some(window) = browser::window() {
        let _ = window.location().set_hash(&place.mark());
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

impl Sheet {
    fn save(&self) {
        record::save(&self.form, &self.record);
    }

    fn outcome(&self) -> Outcome {
        let zone = Zone {
            name: String::new(),
            hours: self.carried.hours,
        };
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
        let now = Timestamp(js_sys::Date::now() as i64);
        let context = Context {
            today: zone.day(now),
            areas: Some(&self.carried.areas),
            files: &self.record.files,
        };
        validate(&self.carried.definition, &self.record.draft, &context)
    }

    /// Where to begin: where the address says, or where something is missing.
    fn first(&self) -> Place {
        let path = browser::window().and_then(|window| window.location().pathname().ok());
        let own = links::service(&self.form);
        let asked = Place::of_mark().or_else(|| Place::read(path?.strip_prefix(&own)?));
        let is_there = |place: &Place| match place {
            Place::Page(page) => self.carried.definition.page(page).is_some(),
            Place::Item(page, item) => {
                self.carried.definition.page(page).is_some() && self.has_item(item)
            }
            Place::Check => true,
            Place::Sent(key) => outbox::stage(key).is_some(),
        };
        asked
            .filter(is_there)
            .unwrap_or_else(|| match self.outcome().resume() {
                Some(page) => Place::Page(page.to_owned()),
                None => Place::Check,
            })
    }

    /// Where a page leads that is complete; itself while it is not.
    fn after(&self, page: &str) -> Place {
        let outcome = self.outcome();
        if outcome.wrong_on(page).next().is_some() {
            return Place::Page(page.to_owned());
        }
        match outcome.next(page) {
            Some(next) => Place::Page(next.to_owned()),
            None => Place::Check,
        }
    }

    fn has_item(&self, item: &str) -> bool {
        item.rsplit_once('.')
            .is_some_and(|(group, id)| self.record.draft.items(group).contains(&id))
    }

    /// The ids of a group's items.
    fn items(&self) -> impl Fn(&str) -> Vec<String> + '_ {
        |group| {
            self.record
                .draft
                .items(group)
                .into_iter()
                .map(str::to_owned)
                .collect()
        }
    }

    /// The form that is shown.
    fn shown(&self) -> Option<Element> {
        match &self.at {
            Place::Page(page) => dom::find(&self.root, &format!("[data-page=\"{page}\"]")),
            Place::Item(..) => dom::find(&self.root, "[data-item-place]"),
            Place::Check => dom::find(&self.root, "[data-check]"),
            Place::Sent(_) => dom::find(&self.root, "[data-sent]"),
        }
    }

    /// Shows the page that is due.
    fn draw(&self) {
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
    fn show_questions(&self, shown: &Element, outcome: &Outcome) {
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

    /// What stands in a field: a place on the map is one pair of numbers.
    fn value(&self, name: &str) -> Vec<String> {
        let draft = &self.record.draft;
        match self.place_of(name) {
            Some(path) if draft.has(name) => {
                let lon = draft.text(&format!("{path}.lon"));
                let join = if lon.is_empty() { "" } else { ", " };
                vec![format!("{}{join}{lon}", draft.text(name))]
            }
            _ => draft.all(name).to_vec(),
        }
    }

    /// The question for a place on the map whose pair of numbers a field holds.
    fn place_of<'a>(&self, name: &'a str) -> Option<&'a str> {
        let path = name.strip_suffix(".lat")?;
        let question = self.carried.definition.question(path)?;
        matches!(question.kind, Kind::Place { .. }).then_some(path)
    }

    /// Takes what stands in the fields that are shown.
    fn typed(&mut self) {
        let Some(shown) = self.shown() else {
            return;
        };
        for (name, values) in dom::values(&shown) {
            if self.value(&name) == values {
                continue;
            }
            self.record.typed.insert(name.clone());
            let place = self.place_of(&name).map(str::to_owned);
            if values.is_empty() {
                self.record.draft.values.remove(&name);
            } else {
                self.record.draft.values.insert(name, values);
            }
            if let Some(path) = place {
                let lon = format!("{path}.lon");
                self.record.draft.values.remove(&lon);
                self.record.draft.split_place(&path);
                self.record.typed.insert(lon);
            }
        }
        self.save();
        let outcome = self.outcome();
        self.show_questions(&shown, &outcome);
    }

    fn submit(&mut self, pressed: Option<&Element>) {
        self.typed();
        let here = self.at.clone();
        let (Place::Page(page) | Place::Item(page, _)) = &here else {
            return;
        };
        let is_add = pressed
            .and_then(|button| button.get_attribute("name"))
            .as_deref()
            == Some("_tambah");
        if is_add {
            let group = pressed
                .and_then(|button| button.get_attribute("value"))
                .unwrap_or_default();
            return self.add(page, &group);
        }
        if matches!(here, Place::Page(_)) {
            self.record.draft.seen.insert(page.clone());
            self.record.passed.insert(page.clone());
        }
        self.save();
        let outcome = self.outcome();
        let wrong: Vec<Wrong> = outcome
            .wrong_on(page)
            .filter(|wrong| match &here {
                Place::Item(_, item) => wrong.path.starts_with(&format!("{item}.")),
                _ => true,
            })
            .cloned()
            .collect();
        if !wrong.is_empty() {
            self.draw();
            self.show_wrong(&wrong);
            return;
        }
        go(&match &here {
            Place::Item(page, item) => Place::above(page, item),
            _ => match outcome.next(page) {
                Some(next) => Place::Page(next.to_owned()),
                None => Place::Check,
            },
        });
    }

    fn add(&mut self, page: &str, group: &str) {
        let question = self.carried.definition.question(group);
        let Some(Kind::Group { max, .. }) = question.map(|question| &question.kind) else {
            return;
        };
        if self.record.draft.items(group).len() < usize::from(*max.min(&Kind::ITEMS)) {
            let id = self.record.draft.add_item(group);
            self.record.typed.insert(group.to_owned());
            self.save();
            go(&Place::Item(page.to_owned(), format!("{group}.{id}")));
        }
    }

    /// Throws away an item, or a file: `PATH ID`.
    fn remove(&mut self, what: &str) {
        if let Some((path, id)) = what.split_once(' ') {
            if let Some(given) = self.record.draft.values.get_mut(path) {
                given.retain(|one| one != id);
            }
            let id = FileId::new(id);
            self.record.files.remove(&id);
            spawn_local(async move { blob::remove(&id).await });
        } else if let Some((group, id)) = what.rsplit_once('.') {
            let inside = format!("{what}.");
            let gone: Vec<String> = {
                let names = self.record.draft.values.keys();
                names
                    .filter(|name| name.starts_with(&inside))
                    .cloned()
                    .collect()
            };
            self.record.typed.extend(gone);
            self.record.typed.insert(group.to_owned());
            self.record.draft.remove_item(group, id);
        }
        self.save();
        self.draw();
    }

    /// Why a file is not taken, as far as the phone can tell.
    fn refuses(&self, path: &str, name: &str, known: Option<&Upload>) -> Option<Fault> {
        let question = self.carried.definition.question(path)?;
        let Kind::File { kinds, max_kb, max } = &question.kind else {
            return None;
        };
        let takes = |kind: &FileKind| kinds.contains(kind);
        match known.filter(|known| takes(&known.kind)) {
            None => Some(Fault::FileKind {
                name: name.to_owned(),
            }),
            Some(known) if known.bytes > u64::from(*max_kb) * 1_024 => Some(Fault::FileTooLarge {
                name: name.to_owned(),
                max_kb: *max_kb,
            }),
            Some(_) if self.record.draft.all(path).len() >= usize::from(*max) => {
                Some(Fault::TooMany { max: *max })
            }
            Some(_) => None,
        }
    }

    /// Into the outbox, which sends it once.
    fn send(&mut self) {
        let outcome = self.outcome();
        if !outcome.is_ready() {
            self.draw();
            self.show_wrong(&outcome.wrong);
            return;
        }
        let key = self.record.key.clone();
        let title = self.carried.definition.title.get(dom::locale()).to_owned();
        // Answers to hidden questions stay behind; the files that are named go along.
        if !outbox::put(&self.form, &title, self.record.clone()) {
            errors::say(&self.root, t::device_no_room(dom::locale()));
            return;
        }
        record::forget(&self.form);
        self.record = Record::new(self.carried.definition.version);
        go(&Place::Sent(key));
        browser::later(0, outbox::send_all);
    }

    fn show_wrong(&self, wrong: &[Wrong]) {
        errors::show(self, wrong);
    }

    /// What is wrong in one sentence, with the item's name before it where it stands in one.
    fn said(&self, wrong: &Wrong, is_own: bool) -> Option<String> {
        let l = dom::locale();
        let question = self.carried.definition.question(&wrong.path)?;
        let text = said(l, question, wrong);
        let item = wrong.path.rsplit_once('.').filter(|_| !is_own);
        let name = item.and_then(|(item, _)| {
            written::item_name(l, &self.carried.definition, &self.items(), item)
        });
        Some(match name {
            Some(name) => format!("{name}: {text}"),
            None => text,
        })
    }

    /// The files by their identities, for what is written of an answer.
    fn files(&self) -> &BTreeMap<FileId, Upload> {
        &self.record.files
    }
}

/// A button that throws something away.
fn quiet(text: &str, what: &str) -> Element {
    let button = dom::make("button", "btn btn-quiet", text);
    let _ = button.set_attribute("type", "button");
    let _ = button.set_attribute("data-remove", what);
    button
}

/// A copy of a part that the server has drawn once.
fn made(root: &Element, name: &str) -> Option<Element> {
    let template = dom::find(root, &format!("template[data-make=\"{name}\"]"))?;
    let template: HtmlTemplateElement = template.dyn_into().ok()?;
    let first = template.content().first_element_child()?;
    first.clone_node_with_deep(true).ok()?.dyn_into().ok()
}
