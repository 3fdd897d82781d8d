use leptos::prelude::*;

use crate::{
    Choosable, Example, Field, MaybeText,
    field::{described_by, invalid},
};

/// The `<option>`s of a list, with the chosen one marked; neighbours of one group stand below its heading.
pub(crate) fn options(items: Vec<Choosable>, value: &str) -> impl IntoView + use<> {
    items
        .chunk_by(|one, next| one.group == next.group)
        .map(|chunk| {
            let inner = chunk
                .iter()
                .map(|item| {
                    let selected = item.value == value;
                    view! { <option value=item.value.clone() selected=selected>{item.label.clone()}</option> }
                })
                .collect_view();
            match chunk.first().and_then(|item| item.group.clone()) {
                Some(group) => view! { <optgroup label=group>{inner}</optgroup> }.into_any(),
                None => inner.into_any(),
            }
        })
        .collect_view()
}

/// One of many, in the phone's own list. For fewer than seven choices use `Radios`.
///
/// - `empty` is the first entry with no value ("Pilih desa"), so that nothing is chosen by accident.
/// - MUST NOT send anything by itself on change.
#[component]
pub fn Select(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    options: Vec<Choosable>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] empty: MaybeText,
    #[prop(optional, into)] name: MaybeText,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional, into)] marker: MaybeText,
    #[prop(optional)] heading: bool,
) -> impl IntoView {
    let name = name.get().unwrap_or_else(|| id.clone());
    let empty = empty
        .get()
        .map(|text| view! { <option value="">{text}</option> });
    let select = view! {
        <select
            class="input"
            id=id.clone()
            name=name
            aria-describedby=described_by(&id, &hint, &error)
            aria-invalid=invalid(&error)
        >
            {empty}
            {self::options(options, &value)}
        </select>
    };
    view! {
        <Field id label hint error error_prefix marker heading>
            {select}
        </Field>
    }
}

pub(crate) fn villages() -> Vec<Choosable> {
    [
        "Sisir",
        "Ngaglik",
        "Temas",
        "Pesanggrahan",
        "Songgokerto",
        "Sumberejo",
        "Punten",
    ]
    .map(|village| Choosable::new(village.to_lowercase(), village))
    .into()
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "with an empty entry",
            view! { <Select id="village" label="Desa atau kelurahan" options=villages() empty="Pilih desa"/> },
        ),
        Example::new(
            "with error",
            view! {
                <Select id="village-2" label="Desa" options=villages() value="temas" error="Pilih desa di Kecamatan Bumiaji"/>
            },
        ),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn only_the_chosen_entry_is_selected() {
        let html = view! { <Select id="v" label="V" options=villages() value="temas"/> }.to_html();
        assert_eq!(html.matches("selected").count(), 1, "{html}");
        assert!(html.contains(r#"value="temas" selected"#), "{html}");
    }

    #[test]
    fn neighbours_of_a_group_stand_below_its_heading() {
        let items = vec![
            Choosable::new("0", "Semua"),
            Choosable::new("1", "Sisir").group("Batu"),
            Choosable::new("2", "Temas").group("Batu"),
            Choosable::new("3", "Punten").group("Bumiaji"),
        ];
        let html = view! { <Select id="v" label="V" options=items value="2"/> }.to_html();
        assert_eq!(html.matches("<optgroup").count(), 2, "{html}");
        let batu = html.split("</optgroup>").next().expect("a group");
        assert!(
            batu.contains("Semua")
                && batu.contains(r#"<optgroup label="Batu">"#)
                && batu.contains("Temas"),
            "{html}"
        );
    }
}
