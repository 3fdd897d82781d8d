use leptos::prelude::*;

use crate::{Choosable, Example, Fieldset, MaybeText};

/// One radio or checkbox with its label and hint; the label and the space around it are the target.
pub(crate) fn option(
    kind: &'static str,
    id: String,
    name: String,
    item: Choosable,
    checked: bool,
    error_id: Option<String>,
) -> impl IntoView + use<> {
    // Not `-hint`: that is the group's, whose id the first item shares.
    let hint_id = format!("{id}-note");
    let invalid = error_id.is_some().then_some("true");
    let described = [item.hint.is_some().then(|| hint_id.clone()), error_id]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let described = (!described.is_empty()).then_some(described);
    let hint = item
        .hint
        .map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> });
    view! {
        <div class="option">
            <input
                type=kind
                id=id.clone()
                name=name
                value=item.value
                checked=checked
                aria-describedby=described
                aria-invalid=invalid
            />
            <label for=id>{item.label}</label>
            {hint}
        </div>
    }
}

/// The id of the n-th item; the first has the group's own, so that a link from the error summary reaches it.
pub(crate) fn item_id(id: &str, index: usize) -> String {
    if index == 0 {
        id.to_owned()
    } else {
        format!("{id}-{}", index + 1)
    }
}

/// One of a few.
///
/// - MUST have a legend that asks the question; each item has its own label, hint and 48 px of height.
/// - Nothing is chosen beforehand unless the person chose it.
#[component]
pub fn Radios(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    items: Vec<Choosable>,
    #[prop(optional, into)] value: String,
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
            let checked = item.value == value;
            option(
                "radio",
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

pub fn examples() -> Vec<Example> {
    let items = || {
        vec![
            Choosable::new("id", "Indonesia"),
            Choosable::new("other", "Negara lain"),
        ]
    };
    vec![
        Example::new(
            "one chosen",
            view! { <Radios id="nation" legend="Kewarganegaraan" items=items() value="id"/> },
        ),
        Example::new(
            "with hints and error",
            view! {
                <Radios
                    id="deliver"
                    legend="Bagaimana Anda menerima akta?"
                    error="Pilih cara menerima akta"
                    items=vec![
                        Choosable::new("pdf", "Berkas PDF").hint("Sah dan dapat dicetak sendiri"),
                        Choosable::new("desk", "Diambil di loket").hint("Balai Kota Among Tani, jam kerja"),
                    ]
                />
            },
        ),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_error_link_reaches_the_first_item_and_ids_are_unique() {
        let html = view! {
            <Radios
                id="a"
                legend="A"
                error="Pilih"
                value="2"
                items=vec![Choosable::new("1", "Satu").hint("h"), Choosable::new("2", "Dua")]
            />
        }
        .to_html();
        assert!(
            html.contains(r#"type="radio" id="a" name="a" value="1""#),
            "{html}"
        );
        assert!(
            html.contains(r#"id="a-2""#) && html.contains(r#"<label for="a-2">"#),
            "{html}"
        );
        assert!(
            html.contains(r#"<fieldset aria-describedby="a-error""#),
            "{html}"
        );
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
        assert_eq!(html.matches(r#"id="a-note""#).count(), 1, "{html}");
    }
}
