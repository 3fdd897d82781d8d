use leptos::prelude::*;

use crate::{Example, LinkItem, Slot};

/// The foot of every page: links, and beneath (`children`) who answers for it. `controls` holds switches (language, colours, light mode).
#[component]
pub fn Footer(
    #[prop(into)] label: String,
    links: Vec<LinkItem>,
    #[prop(optional, into)] controls: Slot,
    children: Children,
) -> impl IntoView {
    let links = links
        .into_iter()
        .map(|link| view! { <li><a href=link.href>{link.label}</a></li> })
        .collect_view();
    let controls = controls
        .get()
        .map(|view| view! { <div class="buttons">{view}</div> });
    view! {
        <footer class="footer">
            <div class="wrap">
                <nav aria-label=label><ul>{links}</ul></nav>
                {controls}
                <div class="meta">{children()}</div>
            </div>
        </footer>
    }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "footer",
        view! {
            <Footer
                label="Tautan kaki"
                links=vec![
                    LinkItem::new("/rekaman", "Rekaman publik"),
                    LinkItem::new("/data", "Data terbuka"),
                    LinkItem::new("/aksesibilitas", "Aksesibilitas"),
                    LinkItem::new("/privasi", "Privasi"),
                ]
            >
                "Pemerintah Kota Batu"
            </Footer>
        },
    )]
}
