use leptos::prelude::*;

use crate::Example;

/// The first thing a keyboard reaches: past the header, to `#main` (see `Page`). Visible only with focus.
#[component]
pub fn SkipLink(#[prop(into)] label: String) -> impl IntoView {
    view! { <a class="skip" href="#main">{label}</a> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "hidden until focused",
        view! { <SkipLink label="Langsung ke isi"/> },
    )]
}
