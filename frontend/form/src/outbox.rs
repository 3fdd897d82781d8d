//! What is finished and waits on this phone, and what became of it.
//!
//! One window of the browser sends at a time. Each carries the key that was made when it was begun, so that it is handed in
//! once, also when an answer was lost.

use std::collections::BTreeMap;

use browser::dom;
use domain::{
    FileId,
    form::{
        Draft, Upload,
        kept::{FORMAT, Receipt},
    },
};
use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;
use words::{Note, links, t::form as t};

use crate::{
    blob,
    record::{self, Record, is_own},
    upload::{self, Came},
};

const KEY: &str = "rembug:forms";
/// Asked again this often while something waits, in milliseconds.
const AGAIN: i32 = 20_000;
/// What was received is shown for a week, in milliseconds.
const SHOWN: f64 = 7.0 * 86_400_000.0;

/// How far something is that was finished here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stage {
    /// It is kept on this phone.
    #[default]
    Kept,
    /// It is being sent.
    Sending,
    /// The city has it.
    Received(Receipt),
    /// It was not taken, and why.
    Refused(String),
}

/// Something that was finished here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Waiting {
    /// Who filled it in; empty for somebody who was not signed in.
    who: String,
    form: String,
    title: String,
    version: u32,
    key: String,
    draft: Draft,
    files: BTreeMap<FileId, Upload>,
    /// Milliseconds of the phone's clock when it changed last.
    at: f64,
    stage: Stage,
}

fn all() -> Vec<Waiting> {
    LocalStorage::get(KEY).unwrap_or_default()
}

/// What this person finished, or somebody who was not signed in.
fn mine() -> Vec<Waiting> {
    let who = record::who();
    let is_mine = |one: &Waiting| one.who == who || one.who.is_empty();
    all().into_iter().filter(is_mine).collect()
}

fn store(list: &[Waiting]) {
    let _ = LocalStorage::set(KEY, list);
    show();
}

/// Changes one of them as it is now: another window may have changed others.
fn change(key: &str, with: impl Fn(&mut Waiting)) {
    let mut list = all();
    for one in list.iter_mut().filter(|one| one.key == key) {
        with(one);
        one.at = js_sys::Date::now();
    }
    store(&list);
}

/// Puts what is finished into the outbox; whether there was room.
pub(super) fn put(form: &str, title: &str, record: Record) -> bool {
    let mut list = all();
    list.retain(|one| one.key != record.key);
    list.push(Waiting {
        who: record::who(),
        form: form.to_owned(),
        title: title.to_owned(),
        version: record.version,
        key: record.key,
        draft: record.draft,
        files: record.files,
        at: js_sys::Date::now(),
        stage: Stage::Kept,
    });
    let is_kept = LocalStorage::set(KEY, &list).is_ok();
    show();
    is_kept
}

/// Takes back what was not taken, to be mended.
pub(super) fn take_back(form: &str) -> Option<(Record, String)> {
    let mut list = all();
    let who = record::who();
    let at = list.iter().position(|one| {
        one.form == form && one.who == who && matches!(one.stage, Stage::Refused(_))
    })?;
    let one = list.remove(at);
    store(&list);
    let Stage::Refused(why) = one.stage else {
        return None;
    };
    let record = Record {
        version: one.version,
        key: one.key,
        draft: one.draft,
        files: one.files,
        ..Record::default()
    };
    Some((record, why))
}

/// What was handed in otherwise need not wait.
pub(super) fn handed_in(form: &str) {
    if let Some(record) = record::load(form) {
        let mut list = all();
        let before = list.len();
        list.retain(|one| one.key != record.key || matches!(one.stage, Stage::Received(_)));
        if list.len() != before {
            store(&list);
        }
    }
}

/// How far something is, in words: what it is called, what it means.
pub(super) fn words(stage: &Stage) -> (String, String) {
    let l = dom::locale();
    match stage {
        Stage::Kept => (
            t::device_kept(l).to_owned(),
            t::device_kept_help(l).to_owned(),
        ),
        Stage::Sending => (t::device_sending(l).to_owned(), String::new()),
        Stage::Received(receipt) => (
            t::device_received(l, &receipt.number),
            t::sent_keep(l).to_owned(),
        ),
        Stage::Refused(why) => (t::device_refused(l).to_owned(), why.clone()),
    }
}

/// The stage of what has this key.
pub(super) fn stage(key: &str) -> Option<Stage> {
    all()
        .into_iter()
        .find(|one| one.key == key)
        .map(|one| one.stage)
}

pub(super) fn start() {
    let Some(window) = browser::window() else {
        return;
    };
    browser::on(&window, "online", |_| send_all());
    browser::on(&window, "storage", move |event| {
        let is_ours = event
            .dyn_ref::<StorageEvent>()
            .is_some_and(|event| event.key().as_deref() == Some(KEY));
        if is_ours {
            show();
        }
    });
    let now = js_sys::Date::now();
    let list = all();
    let is_old = |one: &Waiting| matches!(one.stage, Stage::Received(_)) && one.at + SHOWN < now;
    if list.iter().any(is_old) {
        let fresh: Vec<Waiting> = list.into_iter().filter(|one| !is_old(one)).collect();
        store(&fresh);
    }
    // A moment later: the status line wakes as the server drew it, with nothing to say.
    browser::later(0, || {
        show();
        send_all();
    });
}

/// Sends what waits, one after the other.
pub(super) fn send_all() {
    let waits = |one: &Waiting| matches!(one.stage, Stage::Kept | Stage::Sending);
    if !mine().iter().any(waits) {
        return;
    }
    browser::in_turn(KEY, async move {
        while let Some(next) = mine().into_iter().find(waits) {
            change(&next.key, |one| one.stage = Stage::Sending);
            let stage = deliver(&next).await;
            change(&next.key, |one| {
                one.stage = stage.clone();
                if matches!(stage, Stage::Received(_)) {
                    // Nothing of what was typed stays on the phone.
                    one.draft = Draft::default();
                    one.files.clear();
                }
            });
            let (title, text) = words(&stage);
            let link = match &stage {
                Stage::Received(receipt) => Some((
                    receipt.place.clone(),
                    t::sent_track(dom::locale()).to_owned(),
                )),
                Stage::Refused(_) => Some((
                    links::service_offline(&next.form),
                    t::item_change(dom::locale()).to_owned(),
                )),
                Stage::Kept | Stage::Sending => None,
            };
            browser::tell(&Note {
                warns: !matches!(stage, Stage::Received(_)),
                title: format!("{}: {title}.", next.title),
                text,
                link,
            });
            if stage == Stage::Kept {
                let _ = browser::later(AGAIN, send_all);
                return;
            }
            if matches!(stage, Stage::Received(_)) {
                for id in next.files.keys().filter(|id| is_own(id.as_str())) {
                    blob::remove(id).await;
                }
            }
        }
    });
}

/// Sends one: its files, then all of it.
async fn deliver(one: &Waiting) -> Stage {
    let mut draft = one.draft.clone();
    for (path, ids) in &mut draft.values {
        for id in ids.iter_mut().filter(|id| is_own(id)) {
            let file = FileId::new(id.as_str());
            let name = one.files.get(&file).map_or("", |known| known.name.as_str());
            match upload::send(&one.form, one.version, path, (&file, name), |_| {}).await {
                Came::Whole(there) => *id = there,
                Came::Refused(why) if why.is_empty() => {
                    let gone = t::device_file_gone(dom::locale(), name);
                    return Stage::Refused(gone);
                }
                Came::Refused(why) => return Stage::Refused(why),
                Came::Later => return Stage::Kept,
            }
        }
    }
    let mut fields = vec![
        ("_format".to_owned(), FORMAT.to_string()),
        ("_versi".to_owned(), one.version.to_string()),
        ("_kunci".to_owned(), one.key.clone()),
    ];
    fields.extend(
        draft
            .seen
            .into_iter()
            .map(|page| ("_halaman".to_owned(), page)),
    );
    for (name, values) in draft.values {
        fields.extend(values.into_iter().map(|value| (name.clone(), value)));
    }
    let body = browser::encode(&fields);
    let place = format!("{}/kirim", links::service(&one.form));
    let mut answer = browser::post(&place, &body).await;
    // Somebody whom the server has never met got a key of a guest; now it knows whose this is.
    if matches!(answer, Some((_, 400, _))) {
        answer = browser::post(&place, &body).await;
    }
    match answer {
        Some((_, 200, text)) => match serde_json::from_str::<Receipt>(&text) {
            Ok(receipt) => Stage::Received(receipt),
            Err(_) => Stage::Kept,
        },
        Some((_, status, page)) if (400..500).contains(&status) && status != 429 => {
            Stage::Refused(browser::told(&page))
        }
        _ => Stage::Kept,
    }
}

/// What waits and what became of it, where the page has a place for it.
pub(super) fn show() {
    for place in browser::all("[data-outbox]") {
        place.set_inner_html("");
        let list = mine();
        if list.is_empty() {
            continue;
        }
        let title = place.get_attribute("data-title").unwrap_or_default();
        let panel = dom::make("div", "card card-strong", "");
        let _ = panel.append_child(&dom::make("h2", "", &title));
        let rows = dom::make("ul", "files", "");
        for one in list {
            let row = dom::make("li", "", "");
            let (state, help) = words(&one.stage);
            let _ = row.append_child(&dom::make("b", "", &one.title));
            let _ = row.append_child(&dom::make("p", "", &state));
            let _ = row.append_child(&dom::make("p", "meta", &help));
            let link = match &one.stage {
                Stage::Received(receipt) => {
                    Some((receipt.place.clone(), t::sent_track(dom::locale())))
                }
                Stage::Refused(_) => Some((
                    links::service_offline(&one.form),
                    t::item_change(dom::locale()),
                )),
                Stage::Kept | Stage::Sending => None,
            };
            if let Some((href, text)) = link {
                let link = dom::make("a", "", text);
                let _ = link.set_attribute("href", &href);
                let _ = row.append_child(&link);
            }
            let _ = rows.append_child(&row);
        }
        let _ = panel.append_child(&rows);
        let _ = place.append_child(&panel);
    }
    browser::later(0, crate::sheet::show_stage);
}
