use leptos::prelude::*;

use crate::{
    Example, Field, MaybeText,
    field::{described_by, invalid},
};

/// The initial text of a textarea as HTML. Leptos writes string children of raw-text elements unescaped, and HTML
/// parsers swallow one newline after the tag, so one more is put in front.
fn initial_text(value: &str) -> String {
    let mut html = String::with_capacity(value.len() + 1);
    html.push('\n');
    for letter in value.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
    html
}

/// Several lines of text. The only `<textarea>` of the product: a string child in one would be stored XSS.
///
/// - Says its limit in `hint` ("Paling banyak 2.000 huruf"); `maxlength` cuts nothing that was pasted before.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] name: MaybeText,
    #[prop(optional, into)] hint: MaybeText,
    #[prop(optional, into)] error: MaybeText,
    #[prop(optional, into)] error_prefix: MaybeText,
    #[prop(optional, into)] marker: MaybeText,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] maxlength: Option<u32>,
    /// Under which name what is typed is kept until it is sent.
    #[prop(optional, into)]
    draft: MaybeText,
    #[prop(optional)] heading: bool,
) -> impl IntoView {
    let name = name.get().unwrap_or_else(|| id.clone());
    let area = view! {
        <textarea
            class="input"
            id=id.clone()
            name=name
            rows=rows
            maxlength=maxlength
            data-draft=draft.get()
            aria-describedby=described_by(&id, &hint, &error)
            aria-invalid=invalid(&error)
            inner_html=initial_text(&value)
        ></textarea>
    };
    view! {
        <Field id label hint error error_prefix marker heading>
            {area}
        </Field>
    }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "empty",
            view! {
                <TextArea
                    id="comment"
                    label="Tanggapan Anda"
                    hint="Paling banyak 2.000 huruf. Nama Anda terlihat."
                    maxlength=2000
                />
            },
        ),
        Example::new(
            "with error",
            view! {
                <TextArea id="reason" label="Alasan" value="Ya" error="Tulis alasan paling sedikit 10 huruf" rows=3/>
            },
        ),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_the_textarea() {
        let html =
            view! { <TextArea id="t" label="T" value="</textarea><script>alert(1)</script>"/> }
                .to_html();
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("\n&lt;/textarea&gt;&lt;script&gt;"), "{html}");
    }

    #[test]
    fn a_leading_newline_and_ampersands_survive() {
        assert_eq!(initial_text("\na & &lt;"), "\n\na &amp; &amp;lt;");
    }
}
