//! Forms that were sent without a network: kept on the phone, sent once in their order when it is back.
//!
//! One window of the browser sends at a time. A comment also carries a key of its form, so that it is stored once even
//! when the answer to the first sending was lost.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, StorageEvent};

use words::Note;

use super::{Sentences, draft, send};
use crate::links;

const KEY: &str = "rembug:outbox";
/// Asked again this often while something waits, in milliseconds.
const AGAIN: i32 = 20_000;

thread_local! {
    static WHO: std::cell::OnceCell<String> = const { std::cell::OnceCell::new() };
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    /// The account that wrote it; empty for somebody who was not signed in.
    who: String,
    action: String,
    body: String,
    /// The page on which it was written.
    page: String,
    /// The part of that page which its answer replaces.
    swap: String,
    /// Its texts by the place of their draft.
    texts: Vec<(String, String)>,
}

/// Keeps a form for later, and makes room in it for another. Somebody who is not signed in has one text a form, as on
/// the server: it stays there, and what they send again takes the place of what they sent before.
pub(super) fn keep(form: &HtmlFormElement, action: &str, body: &str, swap: &str) {
    let new = Waiting {
        who: who(),
        action: action.to_owned(),
        body: body.to_owned(),
        page: browser::here(),
        swap: swap.to_owned(),
        texts: draft::texts(form),
    };
    let is_guest = new.who.is_empty();
    // Yes, no, and yes again ends with yes.
    let is_before =
        |w: &Waiting| *w == new || (is_guest && w.who.is_empty() && w.action == new.action);
    let mut waiting: Vec<Waiting> = all().into_iter().filter(|w| !is_before(w)).collect();
    waiting.push(new);
    if LocalStorage::set(KEY, waiting).is_err() || is_guest {
        return;
    }
    draft::forget(form);
    draft::empty(form);
    // The next text from this form is another one, not the same sent twice.
    if let Ok(Some(key)) = form.query_selector("input[name=kunci]")
        && let Ok(key) = key.dyn_into::<HtmlInputElement>()
    {
        let next = format!("{}-{}", js_sys::Date::now(), js_sys::Math::random());
        key.set_value(&next);
    }
}

pub(super) fn start(who: String, words: Sentences, note: WriteSignal<Option<Note>>) {
    let _ = WHO.with(|slot| slot.set(who));
    let Some(window) = browser::window() else {
        return;
    };
    let heard = words.clone();
    browser::on(&window, "online", move |_| send_all(heard.clone(), note));
    // Another window has sent what this one kept.
    browser::on(&window, "storage", move |event| {
        let is_ours = event
            .dyn_ref::<StorageEvent>()
            .is_some_and(|e| e.key().as_deref() == Some(KEY));
        if is_ours && mine().is_empty() {
            note.set(None);
        }
    });
    // A moment later: the status line wakes as the server drew it, with nothing to say.
    browser::later(0, move || look(words, note));
}

/// What waits when a page is opened.
fn look(words: Sentences, note: WriteSignal<Option<Note>>) {
    if !mine().is_empty() {
        note.set(Some(Note {
            warns: true,
            title: words.offline_title.clone(),
            text: words.offline_kept.clone(),
            link: None,
        }));
        send_all(words, note);
    } else if who().is_empty() && !all().is_empty() {
        // Written by somebody who has since been signed out.
        let place = links::sign_in_for(&browser::here());
        note.set(Some(sign_in_first(&words, place)));
    }
}

fn who() -> String {
    WHO.with(|slot| slot.get().cloned().unwrap_or_default())
}

fn all() -> Vec<Waiting> {
    LocalStorage::get(KEY).unwrap_or_default()
}

/// What this person wrote, or somebody who was not signed in.
fn mine() -> Vec<Waiting> {
    let who = who();
    all()
        .into_iter()
        .filter(|w| w.who == who || w.who.is_empty())
        .collect()
}

fn sign_in_first(words: &Sentences, place: String) -> Note {
    Note {
        warns: true,
        title: String::new(),
        text: words.sign_in_first.clone(),
        link: Some((place, words.sign_in.clone())),
    }
}

fn send_all(words: Sentences, note: WriteSignal<Option<Note>>) {
    browser::in_turn(KEY, async move {
        let mut said = None;
        while let Some(next) = mine().into_iter().next() {
            let Some((place, status, page)) = browser::post(&next.action, &next.body).await else {
                return again(words, note);
            };
            // Another try may mend these; nothing else would change by it.
            if status >= 500 || status == 429 {
                return again(words, note);
            }
            let rest: Vec<Waiting> = all().into_iter().filter(|w| *w != next).collect();
            let _ = LocalStorage::set(KEY, rest);
            if browser::path_of(&place) == links::SIGN_IN {
                // The server keeps it until they have signed in.
                said = Some(sign_in_first(&words, place));
                break;
            }
            if status >= 400 {
                draft::keep_again(&next.texts);
                said = Some(Note {
                    warns: true,
                    title: words.refused_title.clone(),
                    text: words.refused.clone(),
                    link: Some((next.page, words.to_form.clone())),
                });
                break;
            }
            said = Some(Note {
                text: words.sent_later.clone(),
                ..Note::default()
            });
            // The page shows what it would have shown at once.
            let there = browser::path_of(&place);
            if browser::here().split('?').next() == Some(&there) {
                send::replace(&next.swap, &page);
            }
        }
        if said.is_some() {
            note.set(said);
        }
    });
}

fn again(words: Sentences, note: WriteSignal<Option<Note>>) {
    let _ = browser::later(AGAIN, move || send_all(words, note));
}
