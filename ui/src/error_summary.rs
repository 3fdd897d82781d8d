use leptos::prelude::*;

use crate::Example;

/// One error of the page: the id of its control, or the local address of the page that has it, and the same words as beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorItem {
    pub id: String,
    pub text: String,
}

impl ErrorItem {
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
        }
    }
}

/// All that must be mended, on top of the page, each a link to its field. Nothing when there is no error.
///
/// - MUST be announced at once (`role=alert`) and take the focus.
/// - The page's `<title>` then begins with the word for error.
#[component]
pub fn ErrorSummary(#[prop(into)] title: String, errors: Vec<ErrorItem>) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let links = errors
            .into_iter()
            .map(|error| {
                let href = if error.id.starts_with('/') {
                    error.id
                } else {
                    format!("#{}", error.id)
                };
                view! { <li><a href=href>{error.text}</a></li> }
            })
            .collect_view();
        view! {
            <div class="error-summary" id="error-summary" tabindex="-1" autofocus=true>
                <div role="alert">
                    <h2>{title}</h2>
                    <ul>{links}</ul>
                </div>
            </div>
        }
    })
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "one error",
        view! {
            <ErrorSummary
                title="Ada satu hal yang perlu diperbaiki"
                errors=vec![ErrorItem::new("nik", "NIK ibu memuat 15 angka, seharusnya 16")]
            />
        },
    )]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_announced_and_links_to_fields() {
        let html = view! { <ErrorSummary title="Ada" errors=vec![ErrorItem::new("nik", "<15>")]/> }
            .to_html();
        assert!(
            html.contains(r#"role="alert""#) && html.contains(r#"tabindex="-1""#),
            "{html}"
        );
        assert!(
            html.contains(r##"<a href="#nik">&lt;15&gt;</a>"##),
            "{html}"
        );
    }

    #[test]
    fn without_errors_there_is_nothing() {
        assert!(
            !view! { <ErrorSummary title="Ada" errors=vec![]/> }
                .to_html()
                .contains("Ada")
        );
    }
}
