use leptos::prelude::*;

use crate::Example;

/// A clause of the text that people speak about, word for word.
///
/// - MUST be a `blockquote`; `id` lets comments point at it.
#[component]
pub fn Quote(#[prop(optional, into)] id: crate::MaybeText, children: Children) -> impl IntoView {
    view! { <blockquote class="quote" id=id.get()>{children()}</blockquote> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "clause",
        view! {
            <Quote id="pasal-4">
                <p>
                    "Pemerintah kota menyediakan sedikitnya 180 tempat parkir di Alun-alun Barat sebelum lajur parkir ditutup."
                </p>
            </Quote>
        },
    )]
}
