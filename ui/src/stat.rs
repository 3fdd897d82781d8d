use leptos::prelude::*;

use crate::Example;

/// A figure with what it counts.
#[component]
pub fn Stat(#[prop(into)] figure: String, #[prop(into)] label: String) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{figure}</dd></div> }
}

/// Figures beside each other; a description list, so that each is heard with its label.
#[component]
pub fn Stats(children: Children) -> impl IntoView {
    view! { <dl class="stats">{children()}</dl> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "three",
        view! {
            <Stats>
                <Stat figure="1.284" label="suara"/>
                <Stat figure="312" label="tanggapan"/>
                <Stat figure="58 %" label="setuju"/>
            </Stats>
        },
    )]
}
