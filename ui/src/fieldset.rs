use leptos::prelude::*;

use crate::{
    Example, MaybeText, TextInput,
    field::{described_by, field_class, notes},
};

/// Controls that answer one question together.
///
/// - The legend MUST be the question; `heading` makes it the page's h1.
/// - Hint and error are tied to the group with `aria-describedby`.
#[component]
pub fn Fieldset(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional, into)] marker: MaybeText,
    #[prop(optional)] heading: bool,
    children: Children,
) -> impl IntoView {
    let class = field_class(&error);
    let described = described_by(&id, &hint, &error);
    let marker = marker
        .get()
        .map(|marker| view! { <span class="marker">" "{marker}</span> });
    let legend = view! { {legend}{marker} };
    let legend = if heading {
        view! { <h1>{legend}</h1> }.into_any()
    } else {
        legend.into_any()
    };
    view! {
        <fieldset class=class aria-describedby=described>
            <legend>{legend}</legend>
            {notes(&id, hint, error, error_prefix)}
            {children()}
        </fieldset>
    }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "address",
        view! {
            <Fieldset id="address" legend="Alamat" hint="Tempat Anda tinggal sekarang">
                <TextInput id="street" label="Jalan dan nomor" autocomplete="address-line1"/>
                <TextInput id="rt" label="RT" inputmode="numeric" short=true/>
            </Fieldset>
        },
    )]
}
