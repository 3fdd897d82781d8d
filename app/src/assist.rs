//! The one island of every page: it helps the plain forms along, without which they work all the same.
//!
//! It delegates: one listener for the whole page, however many forms there are. In the markup
//! - `<form data-swap="ID">` is sent without leaving the page; the answered page's `#ID` takes the place of this one's;
//! - without a network such a form is kept on the phone and sent once, by itself, when the network is back;
//! - `<textarea data-draft="PLACE">` is kept on the phone and on the server while it is typed, and comes back after a reload;
//! - `<… data-live="ADDRESS">` opens the news of that address: `data-count="KEY"` elements take new figures, and
//!   `data-news="comment"` elements appear.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub(crate) mod browser;
#[cfg(feature = "hydrate")]
mod draft;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod outbox;
#[cfg(feature = "hydrate")]
mod send;

/// The sentences that only a script can have to say, in the reader's language.
#[derive(Clone, Debug)]
pub struct Sentences {
    /// "No network."
    pub offline_title: String,
    /// What was kept, and what happens to it.
    pub offline_kept: String,
    /// It has been sent meanwhile.
    pub sent_later: String,
}

/// Wakes the helpers; shows what they have to say in a status line at the bottom of the screen.
#[island]
pub fn Assist(
    /// "No network."
    offline_title: String,
    /// What was kept, and what happens to it.
    offline_kept: String,
    /// It has been sent meanwhile.
    sent_later: String,
) -> impl IntoView {
    let (note, set_note) = signal(None::<Note>);
    let words = Sentences {
        offline_title,
        offline_kept,
        sent_later,
    };
    start(words, set_note);
    view! {
        <div class="assist" role="status" aria-live="polite">
            {move || note.get().map(|note| {
                let class = if note.offline { "notice notice-warning" } else { "notice notice-success" };
                view! { <div class=class><div><strong>{note.title}</strong>" "{note.text}</div></div> }
            })}
        </div>
    }
}

/// What the status line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Whether it is about a missing network.
    pub offline: bool,
    /// The first words, in bold.
    pub title: String,
    /// The rest.
    pub text: String,
}

#[cfg(feature = "hydrate")]
fn start(words: Sentences, note: WriteSignal<Option<Note>>) {
    send::start(words.clone(), note);
    outbox::start(words, note);
    draft::start();
    live::start();
}

/// On the server there is nothing to wake.
#[cfg(not(feature = "hydrate"))]
fn start(_: Sentences, _: WriteSignal<Option<Note>>) {}
