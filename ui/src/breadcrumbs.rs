use leptos::prelude::*;

use crate::{Example, Icon, icon};

/// One step up, at the top of a page.
#[component]
pub fn BackLink(#[prop(into)] href: String, #[prop(into)] label: String) -> impl IntoView {
    view! { <a class="back" href=href>{icon(Icon::ArrowLeft)}<span>{label}</span></a> }
}

/// Where this page lies: links from the home page down to its parent (label, href).
///
/// - MUST be a `nav` with a name (`label`).
#[component]
pub fn Breadcrumbs(#[prop(into)] label: String, items: Vec<(String, String)>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|(text, href)| view! { <li><a href=href>{text}</a></li> })
        .collect_view();
    view! { <nav class="crumbs" aria-label=label><ol>{items}</ol></nav> }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "back",
            view! { <BackLink href="/konsultasi" label="Konsultasi"/> },
        ),
        Example::new(
            "path",
            view! {
                <Breadcrumbs
                    label="Jalur halaman"
                    items=vec![
                        ("Beranda".into(), "/".into()),
                        ("Layanan".into(), "/layanan".into()),
                        ("Kependudukan".into(), "/layanan/kependudukan".into()),
                    ]
                />
            },
        ),
    ]
}
