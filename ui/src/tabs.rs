use leptos::prelude::*;

use crate::Example;

/// A view of the same list: its link, its word, how many are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabItem {
    pub href: String,
    pub label: String,
    pub count: Option<String>,
    pub current: bool,
}

impl TabItem {
    pub fn new(href: impl Into<String>, label: impl Into<String>, current: bool) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            count: None,
            current,
        }
    }

    #[must_use]
    pub fn count(mut self, count: impl Into<String>) -> Self {
        self.count = Some(count.into());
        self
    }
}

/// Links to views of one list, drawn as pills. Links, not ARIA tabs: each has an address.
///
/// - MUST be a `nav` with a name; the current one has `aria-current=page`.
#[component]
pub fn Tabs(#[prop(into)] label: String, items: Vec<TabItem>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|item| {
            let current = item.current.then_some("page");
            let count = item.count.map(|count| format!(" {count}"));
            view! { <li><a href=item.href aria-current=current>{item.label}{count}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label><ul>{items}</ul></nav> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "cases",
        view! {
            <Tabs
                label="Daftar berkas"
                items=vec![
                    TabItem::new("?daftar=saya", "Milik saya", true).count("42"),
                    TabItem::new("?daftar=lewat", "Lewat waktu", false).count("3"),
                    TabItem::new("?daftar=semua", "Semua", false).count("1.284"),
                ]
            />
        },
    )]
}
