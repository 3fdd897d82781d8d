use leptos::prelude::*;

use crate::Example;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagKind {
    #[default]
    Neutral,
    /// Something is due soon or waits for someone.
    Time,
    Open,
    Agree,
    Against,
    Pass,
    /// Overdue or wrong, nothing else.
    Alert,
}

/// A state in a word or two. The colour repeats the word, it adds nothing.
#[component]
pub fn Tag(#[prop(optional)] kind: TagKind, #[prop(into)] text: String) -> impl IntoView {
    let class = match kind {
        TagKind::Neutral => "tag",
        TagKind::Time => "tag tag-time",
        TagKind::Open => "tag tag-open",
        TagKind::Agree => "tag tag-agree",
        TagKind::Against => "tag tag-against",
        TagKind::Pass => "tag tag-pass",
        TagKind::Alert => "tag tag-alert",
    };
    view! { <span class=class>{text}</span> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "kinds",
        view! {
            <div class="buttons">
                <Tag text="Di warga"/>
                <Tag kind=TagKind::Time text="Tutup 3 hari lagi"/>
                <Tag kind=TagKind::Open text="Dibuka sampai 12 Januari"/>
                <Tag kind=TagKind::Agree text="Setuju"/>
                <Tag kind=TagKind::Against text="Menolak"/>
                <Tag kind=TagKind::Pass text="Abstain"/>
                <Tag kind=TagKind::Alert text="Lewat 1 hari"/>
            </div>
        },
    )]
}
