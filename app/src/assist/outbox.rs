//! Forms that were sent without a network: kept on the phone, sent once in their order when it is back.
//!
//! Each carries the key that the server gave its form, so that sending twice stores once.

use gloo_storage::{LocalStorage, Storage};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::{Note, Sentences, browser};

const KEY: &str = "rembug:outbox";
/// Asked again this often while something waits, in milliseconds.
const AGAIN: i32 = 20_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    action: String,
    body: String,
}

/// Keeps a form for later.
pub(super) fn keep(action: &str, body: &str) {
    let mut waiting = all();
    let form = Waiting {
        action: action.to_owned(),
        body: body.to_owned(),
    };
    if !waiting.contains(&form) {
        waiting.push(form);
    }
    let _ = LocalStorage::set(KEY, waiting);
}

pub(super) fn start(words: Sentences, note: WriteSignal<Option<Note>>) {
    let Some(window) = browser::window() else {
        return;
    };
    let heard = words.clone();
    browser::on(&window, "online", move |_| send_all(heard.clone(), note));
    if !all().is_empty() {
        note.set(Some(Note {
            offline: true,
            title: words.offline_title.clone(),
            text: words.offline_kept.clone(),
        }));
        send_all(words, note);
    }
}

fn all() -> Vec<Waiting> {
    LocalStorage::get(KEY).unwrap_or_default()
}

fn send_all(words: Sentences, note: WriteSignal<Option<Note>>) {
    spawn_local(async move {
        let mut sent = false;
        while let Some(next) = all().first().cloned() {
            match browser::post(&next.action, &next.body).await {
                // Taken, or refused for a reason that another try would not mend.
                Some((_, status, _)) if status < 500 && status != 429 => {
                    let rest: Vec<Waiting> = all().into_iter().filter(|w| *w != next).collect();
                    let _ = LocalStorage::set(KEY, rest);
                    sent = true;
                }
                _ => {
                    let _ = browser::later(AGAIN, move || send_all(words, note));
                    return;
                }
            }
        }
        if sent {
            note.set(Some(Note {
                offline: false,
                title: String::new(),
                text: words.sent_later,
            }));
        }
    });
}
