use leptos::prelude::*;

use crate::{
    Example, Field, MaybeText,
    field::{described_by, invalid},
};

/// Files from the phone or its camera.
///
/// - `hint` MUST name the kinds and the largest size.
/// - The form around it MUST have `enctype="multipart/form-data"`.
#[component]
pub fn FileUpload(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] name: MaybeText,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional, into)] marker: MaybeText,
    /// `image/*,application/pdf`
    #[prop(optional, into)]
    accept: MaybeText,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] heading: bool,
) -> impl IntoView {
    let name = name.get().unwrap_or_else(|| id.clone());
    let input = view! {
        <input
            class="input file"
            id=id.clone()
            name=name
            type="file"
            accept=accept.get()
            multiple=multiple
            aria-describedby=described_by(&id, &hint, &error)
            aria-invalid=invalid(&error)
        />
    };
    view! {
        <Field id label hint error error_prefix marker heading>
            {input}
        </Field>
    }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "photo",
            view! {
                <FileUpload
                    id="photo"
                    label="Foto"
                    marker="(boleh kosong)"
                    hint="JPEG atau PNG, paling besar 8 MB"
                    accept="image/jpeg,image/png"
                />
            },
        ),
        Example::new(
            "with error",
            view! { <FileUpload id="letter" label="Surat kelahiran" error="Berkas 12 MB, paling besar 8 MB"/> },
        ),
    ]
}
