use leptos::prelude::*;

use crate::{
    Example, Field, MaybeText,
    field::{described_by, invalid},
};

/// A day and a time on the phone's own picker; `date_only` for a day.
///
/// - `value`, `min`, `max` are local time of the city: `2026-11-24T14:00` or `2026-11-24`.
/// - `hint` MUST show the form to type ("2026-11-24T14:00"), since old browsers show a text box.
/// - `zone` ("WIB") stands behind the box.
#[component]
pub fn DateTimeInput(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] name: MaybeText,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional, into)] marker: MaybeText,
    #[prop(optional, into)] min: MaybeText,
    #[prop(optional, into)] max: MaybeText,
    #[prop(optional, into)] zone: MaybeText,
    #[prop(optional)] date_only: bool,
    #[prop(optional)] heading: bool,
) -> impl IntoView {
    let name = name.get().unwrap_or_else(|| id.clone());
    let zone = zone
        .get()
        .map(|zone| view! { <span class="affix">{zone}</span> });
    let control = view! {
        <div class="affixed">
            <input
                class="input short"
                id=id.clone()
                name=name
                type=if date_only { "date" } else { "datetime-local" }
                value=value
                min=min.get()
                max=max.get()
                aria-describedby=described_by(&id, &hint, &error)
                aria-invalid=invalid(&error)
            />
            {zone}
        </div>
    };
    view! {
        <Field id label hint error error_prefix marker heading>
            {control}
        </Field>
    }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "day and time",
            view! {
                <DateTimeInput
                    id="closes"
                    label="Ditutup pada"
                    hint="Misalnya 2026-11-27T23:59"
                    value="2026-11-27T23:59"
                    zone="WIB"
                />
            },
        ),
        Example::new(
            "day",
            view! { <DateTimeInput id="born" label="Tanggal lahir" date_only=true/> },
        ),
    ]
}
