use leptos::prelude::*;

use crate::{Example, MaybeText};

/// The ids that describe a control: its hint, then its error.
pub(crate) fn described_by(id: &str, hint: &MaybeText, error: &MaybeText) -> Option<String> {
    let ids = [(hint.is_some(), "hint"), (error.is_some(), "error")]
        .into_iter()
        .filter(|(is_there, _)| *is_there)
        .map(|(_, part)| format!("{id}-{part}"))
        .collect::<Vec<_>>();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// `aria-invalid` is left out when all is well.
pub(crate) fn invalid(error: &MaybeText) -> Option<&'static str> {
    error.is_some().then_some("true")
}

pub(crate) fn field_class(error: &MaybeText) -> &'static str {
    if error.is_some() {
        "field field-error"
    } else {
        "field"
    }
}

/// What helps to fill in a field, in one sentence.
#[component]
pub fn Hint(#[prop(into)] id: String, #[prop(into)] text: String) -> impl IntoView {
    view! { <p class="hint" id=id>{text}</p> }
}

/// What is wrong and how to mend it, in one sentence, word for word as in the summary.
///
/// - `prefix` ("Kesalahan:") is heard, not seen: the colour says it to the eye.
#[component]
pub fn ErrorMessage(
    #[prop(into)] id: String,
    #[prop(into)] text: String,
    #[prop(optional, into)] prefix: MaybeText,
) -> impl IntoView {
    let prefix = prefix
        .get()
        .map(|prefix| view! { <span class="vh">{prefix}" "</span> });
    view! { <p class="error" id=id>{prefix}{text}</p> }
}

/// Hint and error of a control with this id.
pub(crate) fn notes(
    id: &str,
    hint: MaybeText,
    error: MaybeText,
    prefix: MaybeText,
) -> impl IntoView + use<> {
    let hint = hint
        .get()
        .map(|text| view! { <Hint id=format!("{id}-hint") text/> });
    let error = error
        .get()
        .map(|text| view! { <ErrorMessage id=format!("{id}-error") text prefix/> });
    view! { {hint} {error} }
}

/// Label, hint and error around one control that has the id `id`.
///
/// - The control MUST carry `id`, `aria-describedby="{id}-hint {id}-error"` (those present) and `aria-invalid` on error.
/// - Fields are required unless `marker` says otherwise ("boleh kosong"); there is no asterisk.
/// - `heading` makes the label the page's h1, for one question a page.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional, into)] marker: MaybeText,
    #[prop(optional)] heading: bool,
    children: Children,
) -> impl IntoView {
    let class = field_class(&error);
    let marker = marker
        .get()
        .map(|marker| view! { <span class="marker">" "{marker}</span> });
    let label = view! { <label for=id.clone()>{label}{marker}</label> };
    let label = if heading {
        view! { <h1>{label}</h1> }.into_any()
    } else {
        label.into_any()
    };
    view! {
        <div class=class>
            {label} {notes(&id, hint, error, error_prefix)} {children()}
        </div>
    }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "own control",
        view! {
            <Field
                id="colour"
                label="Warna"
                hint="Warna yang Anda lihat di pagar"
                error="Pilih warna"
                error_prefix="Kesalahan:"
                marker="(boleh kosong)"
            >
                <input
                    class="input"
                    id="colour"
                    name="colour"
                    aria-invalid="true"
                    aria-describedby="colour-hint colour-error"
                />
            </Field>
        },
    )]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_control_names_only_the_notes_that_are_there() {
        let (yes, no) = (MaybeText::from("x"), MaybeText::default());
        assert_eq!(described_by("nik", &no, &no), None);
        assert_eq!(described_by("nik", &yes, &no).as_deref(), Some("nik-hint"));
        assert_eq!(
            described_by("nik", &yes, &yes).as_deref(),
            Some("nik-hint nik-error")
        );
    }

    #[test]
    fn an_error_is_prefixed_for_screen_readers() {
        let html =
            view! { <ErrorMessage id="a-error" text="Isi nama" prefix="Kesalahan:"/> }.to_html();
        assert!(html.contains(r#"<span class="vh">Kesalahan:"#), "{html}");
    }
}
