use leptos::prelude::*;

use crate::{Example, Icon, MaybeText, icon};

/// A number in the row, or the gap between distant ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageItem {
    Page {
        number: String,
        href: String,
        current: bool,
    },
    Gap,
}

impl PageItem {
    /// First, last, current and its neighbours; what lies between becomes a gap.
    pub fn list(current: u32, last: u32, href: impl Fn(u32) -> String) -> Vec<Self> {
        let mut items = Vec::new();
        let mut before = 0;
        for number in (1..=last).filter(|n| *n == 1 || *n == last || n.abs_diff(current) <= 1) {
            if number > before + 1 {
                items.push(Self::Gap);
            }
            items.push(Self::Page {
                number: number.to_string(),
                href: href(number),
                current: number == current,
            });
            before = number;
        }
        items
    }
}

/// Plain links through a long list.
///
/// - MUST be a `nav` with a name; the current page has `aria-current`.
/// - `previous` and `next` are their hrefs; absent at the ends.
#[component]
pub fn Pagination(
    #[prop(into)] label: String,
    items: Vec<PageItem>,
    #[prop(optional, into)] previous: MaybeText,
    #[prop(optional, into)] next: MaybeText,
    #[prop(optional, into)] previous_label: String,
    #[prop(optional, into)] next_label: String,
    /// "1–20 dari 340"
    #[prop(optional, into)]
    summary: MaybeText,
) -> impl IntoView {
    let numbers = items
        .into_iter()
        .map(|item| match item {
            PageItem::Gap => view! { <li aria-hidden="true">"…"</li> }.into_any(),
            PageItem::Page {
                number,
                href,
                current,
            } => {
                let current = current.then_some("page");
                view! { <li><a href=href aria-current=current>{number}</a></li> }.into_any()
            }
        })
        .collect_view();
    let previous = previous.get().map(|href| {
        view! { <a class="pages-end" rel="prev" href=href>{icon(Icon::ArrowLeft)}{previous_label}</a> }
    });
    let next = next.get().map(|href| {
        view! { <a class="pages-end" rel="next" href=href>{next_label}{icon(Icon::ArrowRight)}</a> }
    });
    let summary = summary
        .get()
        .map(|text| view! { <p class="meta">{text}</p> });
    view! {
        <nav class="pages" aria-label=label>
            <div>{previous} <ol>{numbers}</ol> {next}</div>
            {summary}
        </nav>
    }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "in the middle",
        view! {
            <Pagination
                label="Halaman"
                items=PageItem::list(6, 17, |n| format!("?hal={n}"))
                previous="?hal=5"
                previous_label="Sebelumnya"
                next="?hal=7"
                next_label="Berikutnya"
                summary="101–120 dari 340"
            />
        },
    )]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn numbers(current: u32, last: u32) -> String {
        PageItem::list(current, last, |_| String::new())
            .into_iter()
            .map(|item| match item {
                PageItem::Gap => "…".to_owned(),
                PageItem::Page {
                    number, current, ..
                } if current => format!("[{number}]"),
                PageItem::Page { number, .. } => number,
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn distant_pages_become_gaps() {
        assert_eq!(numbers(6, 17), "1 … 5 [6] 7 … 17");
        assert_eq!(numbers(1, 3), "[1] 2 3");
        assert_eq!(numbers(1, 1), "[1]");
        assert_eq!(numbers(1, 0), "");
    }
}
