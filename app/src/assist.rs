//! The one island of every page: it helps the plain forms along, without which they work all the same.
//!
//! It delegates: one listener for the whole page, however many forms there are. In the markup
//! - `<form data-swap="ID">` is sent without leaving the page; the answered page's `#ID` takes the place of this one's;
//! - without a network such a form is kept on the phone and sent once, by itself, when the network is back, as the person
//!   who wrote it;
//! - `<textarea data-draft="PLACE">` is kept on the phone and on the server while it is typed, and comes back after a reload;
//! - `<… data-live="ADDRESS">` opens the news of that address: `data-count="KEY"` elements take new figures, and
//!   `data-news="comment"` and `data-news="groups"` elements appear; `data-fresh` elements are fetched anew by their ids;
//! - `<button data-locate="FIELD">` puts the phone's own position into the field;
//! - `<figure data-map="FIELD">` is a map on which the place for that field is chosen;
//! - `<… data-keys>` is a list through which `j` and `k` go, from link to link, while the focus is in it.
//!
//! Pages of forms have a module beside it, `frontend/form`, which says what it has to say in the same status line.

use leptos::prelude::*;
use words::Note;

#[cfg(feature = "hydrate")]
mod draft;
#[cfg(feature = "hydrate")]
mod keys;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod locate;
#[cfg(feature = "hydrate")]
mod map;
#[cfg(feature = "hydrate")]
mod outbox;
#[cfg(feature = "hydrate")]
mod send;

/// The sentences that only a script can have to say, in the reader's language.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Sentences {
    /// "No network."
    pub offline_title: String,
    /// What was kept, and what happens to it.
    pub offline_kept: String,
    /// It has been sent meanwhile.
    pub sent_later: String,
    /// It waits until its writer has signed in.
    pub sign_in_first: String,
    /// The link to signing in.
    pub sign_in: String,
    /// "Not taken."
    pub refused_title: String,
    /// What was kept was refused; the text stands in its form again.
    pub refused: String,
    /// The link to that form.
    pub to_form: String,
}

/// Wakes the helpers; shows what they have to say in a status line at the bottom of the screen.
#[island]
pub fn Assist(
    /// Whose page this is: an account, or nobody's. What one person left on a phone is not sent as another.
    who: String,
    /// What there can be to say.
    words: Sentences,
) -> impl IntoView {
    let (note, set_note) = signal(None::<Note>);
    start(who.clone(), words, set_note);
    view! {
        <div class="assist" role="status" aria-live="polite" data-who=who>
            {move || note.get().map(|note| {
                let class = if note.warns { "notice notice-warning" } else { "notice notice-success" };
                let link = note.link.map(|(href, text)| view! { " "<a href=href>{text}</a> });
                view! { <div class=class><div><strong>{note.title}</strong>" "{note.text}{link}</div></div> }
            })}
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn start(who: String, words: Sentences, note: WriteSignal<Option<Note>>) {
    draft::start(who.clone());
    // Other modules say what they have to say on the same line.
    browser::on_note(move |said| note.set(Some(said)));
    outbox::start(who, words.clone(), note);
    send::start(words, note);
    live::start();
    keys::start();
    locate::start();
    map::start();
}

/// On the server there is nothing to wake.
#[cfg(not(feature = "hydrate"))]
fn start(_: String, _: Sentences, _: WriteSignal<Option<Note>>) {}
