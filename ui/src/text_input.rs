use leptos::prelude::*;

use crate::{
    Example, Field, MaybeText,
    field::{described_by, invalid as invalid_of},
};

/// One line of text, with label, hint and error.
///
/// - `value` is what was typed last, so that nothing is lost when the page comes back with errors.
/// - No `required`, no `pattern`: the server says what is wrong, in words.
/// - `short` makes the box as wide as what belongs in it.
#[component]
pub fn TextInput(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    /// The form key, if it is not the id.
    #[prop(optional, into)]
    name: MaybeText,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional, into)] marker: MaybeText,
    /// `text`, `email`, `tel`, `password`, `search`, `url`, `number`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] inputmode: MaybeText,
    #[prop(optional, into)] autocomplete: MaybeText,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] spellcheck: Option<bool>,
    /// Before the box: "Rp".
    #[prop(optional, into)]
    prefix: MaybeText,
    /// After the box: "meter".
    #[prop(optional, into)]
    suffix: MaybeText,
    #[prop(optional)] heading: bool,
    #[prop(optional)] short: bool,
    /// Wrong by a message that stands elsewhere, such as above the three fields of a date.
    #[prop(optional)]
    invalid: bool,
) -> impl IntoView {
    let is_invalid = if invalid {
        Some("true")
    } else {
        invalid_of(&error)
    };
    let name = name.get().unwrap_or_else(|| id.clone());
    let affix = |text: MaybeText| {
        text.get()
            .map(|text| view! { <span class="affix" aria-hidden="true">{text}</span> })
    };
    let input = view! {
        <input
            class=if short { "input short" } else { "input" }
            id=id.clone()
            name=name
            type=kind
            value=value
            inputmode=inputmode.get()
            autocomplete=autocomplete.get()
            maxlength=maxlength
            spellcheck=spellcheck.map(|on| if on { "true" } else { "false" })
            aria-describedby=described_by(&id, &hint, &error)
            aria-invalid=is_invalid
        />
    };
    let control = if prefix.is_some() || suffix.is_some() {
        view! { <div class="affixed">{affix(prefix)}{input}{affix(suffix)}</div> }.into_any()
    } else {
        input.into_any()
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
            "with hint",
            view! {
                <TextInput
                    id="name"
                    label="Nama lengkap"
                    hint="Seperti di KTP"
                    value="Siti Aminah"
                    autocomplete="name"
                    spellcheck=false
                />
            },
        ),
        Example::new(
            "with error",
            view! {
                <TextInput
                    id="nik"
                    label="NIK ibu"
                    hint="16 angka, di bawah tulisan NIK pada KTP"
                    error="NIK ibu memuat 15 angka, seharusnya 16"
                    error_prefix="Kesalahan:"
                    value="3579 0141 0795 000"
                    inputmode="numeric"
                    autocomplete="off"
                />
            },
        ),
        Example::new(
            "optional, money",
            view! {
                <TextInput
                    id="cost"
                    label="Perkiraan biaya"
                    marker="(boleh kosong)"
                    prefix="Rp"
                    inputmode="numeric"
                    short=true
                />
            },
        ),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn label_hint_and_error_are_wired_to_the_input() {
        let html = view! { <TextInput id="nik" label="NIK" hint="16 angka" error="15 angka" value="\"><b>"/> }
            .to_html();
        assert!(html.contains(r#"<label for="nik">"#), "{html}");
        assert!(
            html.contains(r#"aria-describedby="nik-hint nik-error""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
        assert!(
            html.contains(r#"id="nik-hint""#) && html.contains(r#"id="nik-error""#),
            "{html}"
        );
        assert!(html.contains("value=\"&quot;"), "{html}");
        assert!(!html.contains("required"), "{html}");
    }

    #[test]
    fn a_sound_field_says_nothing_of_errors() {
        let html = view! { <TextInput id="a" label="A" error={None::<String>}/> }.to_html();
        assert!(!html.contains("aria-"), "{html}");
        assert!(!html.contains("error"), "{html}");
    }
}
