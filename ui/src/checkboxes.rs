use leptos::prelude::*;

use crate::{
    Choosable, Example, Fieldset, MaybeText,
    field::{field_class, notes},
    radios::{item_id, option},
};

/// Any number of a few. All share one form key and are sent once per tick.
///
/// - MUST have a legend; each item has its own label, hint and 48 px of height.
#[component]
pub fn Checkboxes(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    items: Vec<Choosable>,
    #[prop(optional)] values: Vec<String>,
    #[prop(optional, into)] name: MaybeText,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional, into)] marker: MaybeText,
    #[prop(optional)] heading: bool,
) -> impl IntoView {
    let name = name.get().unwrap_or_else(|| id.clone());
    let group_id = id.clone();
    let options = items
        .into_iter()
        .enumerate()
        .map(|(index, item)| {
            let checked = values.contains(&item.value);
            option(
                "checkbox",
                item_id(&id, index),
                name.clone(),
                item,
                checked,
                None,
            )
        })
        .collect_view();
    view! {
        <Fieldset id=group_id legend hint error error_prefix marker heading>
            {options}
        </Fieldset>
    }
}

/// A single tick, such as a consent. Never ticked beforehand for a consent.
#[component]
pub fn Checkbox(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(default = "on".to_owned(), into)] value: String,
    #[prop(optional, into)] name: MaybeText,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional)] checked: bool,
) -> impl IntoView {
    let class = field_class(&error);
    let name = name.get().unwrap_or_else(|| id.clone());
    let item = Choosable {
        value,
        label,
        hint: hint.get(),
        group: None,
    };
    let error_id = error.is_some().then(|| format!("{id}-error"));
    view! {
        <div class=class>
            {notes(&id, MaybeText::default(), error, error_prefix)}
            {option("checkbox", id, name, item, checked, error_id)}
        </div>
    }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "some ticked",
            view! {
                <Checkboxes
                    id="news"
                    legend="Kabar apa yang Anda terima?"
                    hint="Lewat WhatsApp, paling banyak sekali sehari"
                    values=vec!["answer".to_owned()]
                    items=vec![
                        Choosable::new("answer", "Jawaban atas tanggapan saya"),
                        Choosable::new("desa", "Konsultasi baru di desa saya").hint("Sisir dan sekitarnya"),
                    ]
                />
            },
        ),
        Example::new(
            "single",
            view! { <Checkbox id="consent" label="Tampilkan nama saya" hint="Tanpa ini, tanggapan Anda terbit sebagai warga Temas"/> },
        ),
    ]
}
