use leptos::prelude::*;

use crate::Example;

/// Words that only screen readers say. MUST complete the visible text, never contradict it.
#[component]
pub fn VisuallyHidden(children: Children) -> impl IntoView {
    view! { <span class="vh">{children()}</span> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "beside a figure",
        view! { <p>"58 %"<VisuallyHidden>" setuju"</VisuallyHidden></p> },
    )]
}
