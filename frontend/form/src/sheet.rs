//! All pages of a form in one, on the phone: the one that is due is shown, judged by the same rules as on the server.
//!
//! Where one is stands in the address: `#/isi/PAGE`, `#/isi/PAGE/ITEM`, `#/periksa`, `#/terkirim`; without it, the address of
//! the page of the server that could not be fetched.

mod check;
mod deed;
mod draw;
mod errors;
mod listen;
mod place;

use std::{cell::RefCell, collections::BTreeMap};

use browser::dom;
use domain::{
    FileId, Timestamp, Zone,
    form::{
        Context, Kind, Outcome, Upload, Wrong,
        kept::{Carried, FORMAT},
        validate, written,
    },
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement};
use words::{fault::said, links, t::form as t};

use place::Place;

use crate::{
    outbox,
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

/// Runs with the form of this page; borrowed for no longer than that.
///
/// Nothing runs while it is borrowed: a field that is taken away while it has the focus says at once that it has changed. What
/// stood in it was taken letter by letter.
fn with<T>(deed: impl FnOnce(&mut Sheet) -> T) -> Option<T> {
    SHEET.with(|place| place.try_borrow_mut().ok()?.as_mut().map(deed))
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
    listen::listen(&root);
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

/// A copy of a part that the server has drawn once.
fn made(root: &Element, name: &str) -> Option<Element> {
    let template = dom::find(root, &format!("template[data-make=\"{name}\"]"))?;
    let template: HtmlTemplateElement = template.dyn_into().ok()?;
    let first = template.content().first_element_child()?;
    first.clone_node_with_deep(true).ok()?.dyn_into().ok()
}
