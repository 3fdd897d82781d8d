use leptos::prelude::*;

use crate::{Example, Icon, MaybeText, icon};

/// A link with an optional second line.
#[derive(Clone, Debug)]
pub struct LinkItem {
    pub href: String,
    pub label: String,
    pub note: Option<String>,
}

impl LinkItem {
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            note: None,
        }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// Links one below another, between hairlines.
///
/// - MUST be a list, so that screen readers say how many there are.
/// - The whole row is the target, at least 48 px high.
#[component]
pub fn LinkList(items: Vec<LinkItem>) -> impl IntoView {
    let rows = items
        .into_iter()
        .map(|item| {
            view! {
                <li class="row-link">
                    <a href=item.href>{item.label}</a>
                    {item.note.map(|note| view! { <p class="meta">{note}</p> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}

/// A service on the home page: an icon and a word.
#[derive(Clone, Debug)]
pub struct TileItem {
    pub href: String,
    pub label: String,
    pub icon: Icon,
}

impl TileItem {
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: Icon) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            icon,
        }
    }
}

/// Two tiles beside each other on a phone, four on a desk.
#[component]
pub fn Tiles(items: Vec<TileItem>) -> impl IntoView {
    let tiles = items
        .into_iter()
        .map(|item| {
            view! { <li><a class="tile" href=item.href>{icon(item.icon)}{item.label}</a></li> }
        })
        .collect_view();
    view! { <ul class="tiles">{tiles}</ul> }
}

/// The heading of a block with a link to the whole at its right.
#[component]
pub fn SectionHead(
    #[prop(into)] title: String,
    #[prop(optional, into)] href: MaybeText,
    #[prop(optional, into)] more: MaybeText,
    #[prop(optional, into)] id: MaybeText,
    /// A hairline beneath, and smaller: the head of a long list.
    #[prop(optional)]
    ruled: bool,
) -> impl IntoView {
    let class = if ruled {
        "section-head ruled"
    } else {
        "section-head"
    };
    let link = href.get().zip(more.get()).map(|(href, more)| {
        view! { <a class="link-2" href=href>{more}</a> }
    });
    view! { <div class=class><h2 id=id.get()>{title}</h2>{link}</div> }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "rows",
            view! {
                <LinkList items=vec![
                    LinkItem::new("/akun/suara", "Suara saya").note("12 konsultasi"),
                    LinkItem::new("/akun/berkas", "Berkas saya"),
                ]/>
            },
        ),
        Example::new(
            "tiles",
            view! {
                <Tiles items=vec![
                    TileItem::new("/layanan/akta", "Akta kelahiran", Icon::Document),
                    TileItem::new("/layanan/pbb", "Pajak bumi dan bangunan", Icon::House),
                    TileItem::new("/layanan/izin", "Izin usaha", Icon::Bag),
                    TileItem::new("/lapor", "Laporkan masalah", Icon::Pin),
                ]/>
            },
        ),
        Example::new(
            "section head",
            view! { <SectionHead title="Sedang dibicarakan" href="/konsultasi" more="Semua (12)"/> },
        ),
        Example::new(
            "ruled",
            view! { <SectionHead title="312 tanggapan" href="?urut=baru" more="Paling didukung" ruled=true/> },
        ),
    ]
}
