use leptos::prelude::*;

use crate::Example;

/// More for those who want it, closed at first. The browser's own `details`: works by keyboard and without script.
#[component]
pub fn Disclosure(
    #[prop(into)] summary: String,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="more" open=open>
            <summary>{summary}</summary>
            <div>{children()}</div>
        </details>
    }
}

pub fn examples() -> Vec<Example> {
    let body = || view! { <p>"Suara dihitung sekali per orang, menurut pilihan terakhir sebelum ditutup."</p> };
    vec![
        Example::new(
            "closed",
            view! { <Disclosure summary="Cara menghitung">{body()}</Disclosure> },
        ),
        Example::new(
            "open",
            view! { <Disclosure summary="Cara menghitung" open=true>{body()}</Disclosure> },
        ),
    ]
}
