use leptos::prelude::*;

use crate::{Example, MaybeText, Slot};

/// How wide a page's text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageWidth {
    /// A column to read, at most 680 px.
    #[default]
    Column,
    /// Lists and charts.
    Wide,
}

/// The page's `<main id="main">`: a reading column, with `aside` beside it on a desk and below it on a phone.
///
/// - `hero` is the home page's green top: inside, since it holds the h1.
#[component]
pub fn Page(
    #[prop(optional)] width: PageWidth,
    #[prop(optional, into)] aside: Slot,
    #[prop(optional, into)] hero: Slot,
    children: Children,
) -> impl IntoView {
    let column = match width {
        PageWidth::Column => "column",
        PageWidth::Wide => "wide",
    };
    let aside = aside
        .get()
        .map(|view| view! { <div class="beside">{view}</div> });
    view! {
        <main id="main" tabindex="-1">
            {hero.get()}
            <div class="wrap page">
                <div class=column>{children()}</div>
                {aside}
            </div>
        </main>
    }
}

/// The sentence under a page's title.
#[component]
pub fn Lead(#[prop(into)] text: String) -> impl IntoView {
    view! { <p class="lead">{text}</p> }
}

/// A form that posts: every field's message comes from the server, so the browser's own are off.
#[component]
pub fn Form(
    #[prop(into)] action: String,
    #[prop(optional, into)] id: MaybeText,
    /// With files: `multipart/form-data`.
    #[prop(optional)]
    files: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class="form"
            id=id.get()
            action=action
            method="post"
            enctype=files.then_some("multipart/form-data")
            novalidate=true
        >
            {children()}
        </form>
    }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "lead",
        view! { <Lead text="Satu lajur parkir diganti trotoar dan jalur sepeda sepanjang 1,4 km."/> },
    )]
}
