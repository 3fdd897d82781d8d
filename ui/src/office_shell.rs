use leptos::prelude::*;

use crate::{Example, Icon, Slot, icon};

/// A part of the office: where it is, what it is, how much waits there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    pub href: String,
    pub label: String,
    pub count: Option<String>,
    pub current: bool,
}

impl NavItem {
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

fn nav(label: String, items: Vec<NavItem>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|item| {
            let current = item.current.then_some("page");
            let count = item.count.map(|count| view! { <span>{count}</span> });
            view! { <li><a href=item.href aria-current=current>{item.label}{count}</a></li> }
        })
        .collect_view();
    view! { <nav aria-label=label><ul>{items}</ul></nav> }
}

/// The office: parts at the left, the list in the middle, the open case at the right. On a phone one below another, with the parts behind `menu_label`.
///
/// - The menu stands twice in the page, once for phones and once for desks; only one is ever shown, seen or heard.
/// - The middle is `<main id="main">`.
#[component]
pub fn OfficeShell(
    #[prop(into)] brand: String,
    #[prop(into)] unit: String,
    #[prop(into)] home_href: String,
    #[prop(into)] nav_label: String,
    #[prop(into)] menu_label: String,
    items: Vec<NavItem>,
    /// Beneath the parts: who is signed in, way out.
    #[prop(optional, into)]
    account: Slot,
    #[prop(optional, into)] aside: Slot,
    #[prop(optional, into)] aside_label: String,
    children: Children,
) -> impl IntoView {
    let account = account
        .get()
        .map(|view| view! { <div class="office-account">{view}</div> });
    let aside = aside
        .get()
        .map(|view| view! { <aside class="office-aside" aria-label=aside_label>{view}</aside> });
    let small = nav(nav_label.clone(), items.clone());
    view! {
        <div class="office">
            <header class="office-nav">
                <a class="brand" href=home_href><b>{brand}</b></a>
                <p>{unit}</p>
                <details><summary>{icon(Icon::Menu)}{menu_label}</summary>{small}</details>
                {nav(nav_label, items)}
                {account}
            </header>
            <main class="office-main" id="main" tabindex="-1">{children()}</main>
            {aside}
        </div>
    }
}

pub fn examples() -> Vec<Example> {
    vec![Example::page(
        "three panes",
        view! {
            <OfficeShell
                brand="Rembug"
                unit="Dispendukcapil"
                home_href="/kantor"
                nav_label="Bagian kantor"
                menu_label="Menu"
                items=vec![
                    NavItem::new("/kantor/berkas", "Berkas", true).count("42"),
                    NavItem::new("/kantor/konsultasi", "Konsultasi", false).count("3"),
                    NavItem::new("/kantor/statistik", "Statistik", false),
                ]
                aside=view! { <p class="meta">"26-K7QM-4F2X"</p><h2>"Akta kelahiran, Muhammad Arif"</h2> }
                    .into_any()
                aside_label="Berkas terbuka"
            >
                <h1>"Berkas menunggu Anda"</h1>
            </OfficeShell>
        },
    )]
}
