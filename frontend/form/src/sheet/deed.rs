//! What becomes of what was typed and pressed.

use browser::dom;
use domain::{
    FileId,
    form::{Fault, FileKind, Kind, Upload, Wrong},
};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use words::t::form as t;

use super::{Place, Sheet, errors, place::go};
use crate::{
    blob, outbox,
    record::{self, Record},
};

impl Sheet {
    /// Takes what stands in the fields that are shown.
    pub(super) fn typed(&mut self) {
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

    pub(super) fn submit(&mut self, pressed: Option<&Element>) {
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
    pub(super) fn remove(&mut self, what: &str) {
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
    pub(super) fn refuses(&self, path: &str, name: &str, known: Option<&Upload>) -> Option<Fault> {
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
    pub(super) fn send(&mut self) {
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
}
