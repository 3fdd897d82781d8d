use leptos::prelude::*;

use crate::{Example, MaybeText};

/// What an office answered. Set apart by ground and title, so that nobody takes a resident's words for it.
///
/// - MUST name the office in `title`.
#[component]
pub fn OfficialAnswer(
    #[prop(into)] title: String,
    #[prop(optional, into)] meta: MaybeText,
    #[prop(optional, into)] id: MaybeText,
    /// It stands right below the page's title, not below another heading.
    #[prop(optional)]
    first: bool,
    children: Children,
) -> impl IntoView {
    let title = if first {
        view! { <h2 class="h3">{title}</h2> }.into_any()
    } else {
        view! { <h3>{title}</h3> }.into_any()
    };
    let meta = meta.get().map(|meta| view! { <p class="meta">{meta}</p> });
    view! {
        <section class="official" id=id.get()>
            {title}
            {children()}
            {meta}
        </section>
    }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "answer",
        view! {
            <OfficialAnswer title="Jawaban Dinas Perhubungan" meta="24 November 2026">
                <p>"Pasal 4 diubah di versi 3: lajur ditutup hanya setelah parkir pengganti dibuka."</p>
            </OfficialAnswer>
        },
    )]
}
