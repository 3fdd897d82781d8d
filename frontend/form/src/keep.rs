//! A page that the server serves: what is typed and chosen on it is kept on this phone until the server has it.

use std::{cell::RefCell, rc::Rc};

use browser::dom;
use domain::{
    FileId,
    form::kept::{FORMAT, Held},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DataTransfer, Element, HtmlInputElement};
use words::{links, t::form as t};

use crate::{
    blob, outbox,
    record::{self, Record, is_own},
    upload::{self, Came},
};

/// From so many bytes on a file is sent while the rest is filled in.
const LARGE: u64 = 256 * 1024;

/// A page with its form, and what this phone has of it.
#[derive(Clone)]
struct Page {
    /// The form's word.
    form: String,
    /// Its fields.
    place: Element,
    record: Rc<RefCell<Record>>,
}

/// Wakes the page of a form, and what waits.
pub(super) fn start() {
    for sent in browser::all("[data-handed-in]") {
        if let Some(form) = sent.get_attribute("data-handed-in") {
            outbox::handed_in(&form);
            forget(form);
        }
    }
    outbox::start();
    if let Some(place) = browser::all("[data-form]").into_iter().next() {
        spawn_local(async move {
            open(place).await;
        });
    }
}

/// Nothing of a form stays here that was handed in.
fn forget(form: String) {
    spawn_local(async move {
        if let Some(record) = record::load(&form) {
            for id in record.files.keys().filter(|id| is_own(id.as_str())) {
                blob::remove(id).await;
            }
        }
        record::forget(&form);
    });
}

async fn open(place: Element) -> Option<()> {
    let form = place.get_attribute("data-form")?;
    let key = place.get_attribute("data-key")?;
    let version = place.get_attribute("data-version")?.parse().ok()?;
    let revision: i64 = place.get_attribute("data-revision")?.parse().ok()?;
    let mut record = record::load(&form).unwrap_or_else(|| Record::new(version));
    if record.key != key {
        if record.revision == 0 {
            // Begun on this phone alone: the server hears of it now.
            record.typed = record.draft.values.keys().cloned().collect();
            record.passed = record.draft.seen.clone();
        } else {
            record = Record::new(version);
        }
    }
    // The page is here, so what was sent with the last one has arrived.
    for path in std::mem::take(&mut record.posted) {
        for id in record.chosen.remove(&path).unwrap_or_default() {
            record.files.remove(&id);
            blob::remove(&id).await;
        }
    }
    record.sent_page.clear();
    for name in std::mem::take(&mut record.sent_fields) {
        record.typed.remove(&name);
    }
    // What was chosen without a network is chosen here, too.
    for path in dom::all(&place, "input[type=file]")
        .iter()
        .filter_map(|input| input.get_attribute("name"))
    {
        let Some(given) = record.draft.values.get_mut(&path) else {
            continue;
        };
        let own: Vec<FileId> = given
            .iter()
            .filter(|id| is_own(id))
            .map(FileId::new)
            .collect();
        given.retain(|id| !is_own(id));
        if !own.is_empty() {
            record.chosen.entry(path).or_default().extend(own);
        }
    }
    let drawn = dom::values(&place);
    record.typed.retain(|name| match drawn.get(name) {
        Some(values) => *values != record.draft.all(name),
        None => true,
    });
    // What was typed before this script was awake counts more than what was kept.
    let is_touched = dom::all(&place, "input, textarea").iter().any(is_changed);
    if !is_touched {
        dom::fill(&place, &|name| {
            let is_typed = record.typed.contains(name);
            is_typed.then(|| record.draft.all(name).to_vec())
        });
    }
    let page = Page {
        form,
        place,
        record: Rc::new(RefCell::new(record)),
    };
    page.listen();
    if is_touched {
        page.typed(None);
    }
    page.put_files_back().await;
    page.tell_server(&key, revision).await;
    Some(())
}

/// Whether something else stands in a field than the server drew.
fn is_changed(element: &Element) -> bool {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "radio" | "checkbox" => input.checked() != input.default_checked(),
            "file" | "hidden" => false,
            _ => input.value() != input.default_value(),
        }
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        area.default_value()
            .is_ok_and(|drawn| drawn != area.value())
    } else {
        false
    }
}

impl Page {
    fn save(&self) {
        record::save(&self.form, &self.record.borrow());
    }

    fn listen(&self) {
        for name in ["input", "change"] {
            let page = self.clone();
            browser::on(&self.place, name, move |event| {
                let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
                    return;
                };
                match target.dyn_ref::<HtmlInputElement>() {
                    Some(input) if input.type_() == "file" => {
                        if event.type_() == "change" {
                            let (page, input) = (page.clone(), input.clone());
                            spawn_local(async move { page.chosen(input).await });
                        }
                    }
                    _ => page.typed(target.get_attribute("name").as_deref()),
                }
            });
        }
        let page = self.clone();
        browser::on(&self.place, "submit", move |_| {
            page.typed(None);
            let mut record = page.record.borrow_mut();
            record.posted = record.chosen.keys().cloned().collect();
            record.sent_fields = dom::values(&page.place).into_keys().collect();
            if let Some(key) = page.place.get_attribute("data-page") {
                record.draft.seen.insert(key.clone());
                record.passed.insert(key.clone());
                record.sent_page = key;
            }
            drop(record);
            page.save();
        });
    }

    /// Keeps what stands in the fields; `name` is the one that changed, nothing for all that differ.
    fn typed(&self, name: Option<&str>) {
        let mut record = self.record.borrow_mut();
        for (field, values) in dom::values(&self.place) {
            let is_new = *record.draft.all(&field) != values;
            if !is_new && name != Some(&field) {
                continue;
            }
            record.typed.insert(field.clone());
            if values.is_empty() {
                record.draft.values.remove(&field);
            } else {
                record.draft.values.insert(field, values);
            }
        }
        drop(record);
        self.save();
    }

    /// Files were chosen: they are kept here until the server has them, and large ones are sent at once.
    async fn chosen(&self, input: HtmlInputElement) {
        let path = input.name();
        let before = self.record.borrow_mut().chosen.remove(&path);
        for id in before.unwrap_or_default() {
            self.record.borrow_mut().files.remove(&id);
            blob::remove(&id).await;
        }
        let mut ids = Vec::new();
        let list = input.files();
        for file in list
            .iter()
            .flat_map(|list| (0..list.length()).filter_map(move |at| list.get(at)))
        {
            // What no form takes is left to the server, which says so.
            let Some(known) = blob::known(&file).await else {
                continue;
            };
            let id = record::new_file();
            if blob::put(&id, &file).await {
                self.record.borrow_mut().files.insert(id.clone(), known);
                ids.push(id);
            }
        }
        if !ids.is_empty() {
            self.record.borrow_mut().chosen.insert(path, ids.clone());
        }
        self.save();
        self.send_ahead(&input, &ids).await;
    }

    /// After a reload the fields for files show again what was chosen.
    async fn put_files_back(&self) {
        let chosen = self.record.borrow().chosen.clone();
        for (path, ids) in chosen {
            let selector = format!("input[type=file][name=\"{path}\"]");
            let input = dom::find(&self.place, &selector)
                .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
            let (Some(input), Ok(transfer)) = (input, DataTransfer::new()) else {
                continue;
            };
            if input.files().is_some_and(|files| files.length() > 0) {
                continue;
            }
            for id in &ids {
                let name = self.name_of(id);
                if let Some(file) = blob::as_file(id, &name).await {
                    let _ = transfer.items().add_with_file(&file);
                }
            }
            input.set_files(transfer.files().as_ref());
            self.send_ahead(&input, &ids).await;
        }
    }

    fn name_of(&self, id: &FileId) -> String {
        let record = self.record.borrow();
        record
            .files
            .get(id)
            .map_or_else(String::new, |known| known.name.clone())
    }

    /// Sends files piece by piece while the rest of the page is filled in, when one is large: with them the page is sent quickly.
    async fn send_ahead(&self, input: &HtmlInputElement, ids: &[FileId]) {
        let is_large = {
            let record = self.record.borrow();
            ids.iter().any(|id| {
                record
                    .files
                    .get(id)
                    .is_some_and(|known| known.bytes > LARGE)
            })
        };
        if !is_large {
            return;
        }
        let (path, version, l) = (input.name(), self.record.borrow().version, dom::locale());
        let line = dom::make("p", "meta", "");
        let _ = line.set_attribute("role", "status");
        let _ = input.after_with_node_1(&line);
        let mut there = Vec::new();
        for id in ids {
            let name = self.name_of(id);
            let say = |percent: usize| {
                line.set_text_content(Some(&t::device_uploading(l, &name, percent)));
            };
            match upload::send(&self.form, version, &path, (id, &name), say).await {
                Came::Whole(id) => there.push(id),
                Came::Refused(why) => {
                    line.set_text_content(Some(&why));
                    return;
                }
                // The page itself sends it.
                Came::Later => {
                    line.set_text_content(Some(t::device_upload_later(l)));
                    return;
                }
            }
        }
        // Something else was chosen in the meantime.
        if self.record.borrow().chosen.get(&path).map(Vec::as_slice) != Some(ids) {
            return;
        }
        for id in there {
            let hidden = dom::make("input", "", "");
            for (name, value) in [
                ("type", "hidden"),
                ("name", "_unggahan"),
                ("value", &format!("{path} {id}")),
            ] {
                let _ = hidden.set_attribute(name, value);
            }
            let _ = input.after_with_node_1(&hidden);
        }
        input.set_value("");
        let names: Vec<String> = ids.iter().map(|id| self.name_of(id)).collect();
        line.set_text_content(Some(&t::device_uploaded(l, names.join(", "))));
    }

    /// Tells the server what this phone has typed on other pages, and learns what it has: both can go on alone.
    async fn tell_server(&self, key: &str, revision: i64) {
        let here = dom::values(&self.place);
        let mut fields = vec![
            ("_format".to_owned(), FORMAT.to_string()),
            ("_kunci".to_owned(), key.to_owned()),
        ];
        let told: Vec<String> = {
            let record = self.record.borrow();
            if record.revision == revision && record.key == key && record.typed.is_empty() {
                return;
            }
            let told: Vec<String> = record
                .typed
                .iter()
                .filter(|name| !here.contains_key(*name))
                .cloned()
                .collect();
            for name in &told {
                let values = record.draft.all(name);
                if values.is_empty() {
                    fields.push((name.clone(), String::new()));
                }
                fields.extend(values.iter().map(|value| (name.clone(), value.clone())));
            }
            fields.extend(
                record
                    .passed
                    .iter()
                    .map(|page| ("_halaman".to_owned(), page.clone())),
            );
            told
        };
        let place = format!("{}/isian", links::service(&self.form));
        let answer = browser::post(&place, &browser::encode(&fields)).await;
        let Some((_, 200, text)) = answer else {
            return;
        };
        let Ok(held) = serde_json::from_str::<Held>(&text) else {
            return;
        };
        let mut record = self.record.borrow_mut();
        for name in told {
            record.typed.remove(&name);
        }
        record.passed.clear();
        record.merge(held);
        drop(record);
        self.save();
    }
}
