use leptos::prelude::*;

use crate::Example;

/// How many wait, beside a word that says what. `label` ("belum dibaca") is heard after the number.
#[component]
pub fn Count(#[prop(into)] number: String, #[prop(into)] label: String) -> impl IntoView {
    view! { <span class="count">{number}<span class="vh">" "{label}</span></span> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "beside a word",
        view! { <p>"Kabar "<Count number="3" label="belum dibaca"/></p> },
    )]
}
