use leptos::prelude::*;

use crate::{Button, ButtonKind, Example};

/// What will be here, and the first step towards it (`children`: a sentence, perhaps a button).
#[component]
pub fn EmptyState(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! { <div class="empty"><p class="h3">{title}</p>{children()}</div> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "no comments yet",
        view! {
            <EmptyState title="Belum ada tanggapan">
                <p>"Tanggapan pertama sering dibaca paling banyak orang."</p>
                <Button kind=ButtonKind::Secondary href="#tulis">"Tulis tanggapan"</Button>
            </EmptyState>
        },
    )]
}
