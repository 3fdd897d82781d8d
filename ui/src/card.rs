use leptos::prelude::*;

use crate::{Example, MaybeText, Slot, Tag, TagKind, text::heading};

/// A thing in a list, as one large link.
///
/// - The title is the link and names it; the rest of the card is target, not link text.
/// - MUST stand in a `CardList`, with a heading `level` that fits the page.
#[component]
pub fn Card(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(optional, into)] tag: Slot,
    #[prop(optional, into)] lead: MaybeText,
    /// Short facts: votes, comments, office.
    #[prop(optional)]
    meta: Vec<String>,
    #[prop(default = 3)] level: u8,
) -> impl IntoView {
    let title = heading(level, view! { <a href=href>{title}</a> }.into_any());
    let lead = lead.get().map(|lead| view! { <p>{lead}</p> });
    let meta = (!meta.is_empty()).then(|| view! { <Facts items=meta/> });
    view! {
        <li class="card card-link">
            {tag.get()} {title} {lead} {meta}
        </li>
    }
}

/// Cards below one another, two in a row on a desk.
#[component]
pub fn CardList(children: Children) -> impl IntoView {
    view! { <ul class="cards">{children()}</ul> }
}

/// A box that holds something of its own; `strong` gives it a green edge.
#[component]
pub fn Panel(#[prop(optional)] strong: bool, children: Children) -> impl IntoView {
    view! { <div class=if strong { "card card-strong" } else { "card" }>{children()}</div> }
}

/// Short facts in one line, apart by space.
#[component]
pub fn Facts(items: Vec<String>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|fact| view! { <li>{fact}</li> })
        .collect_view();
    view! { <ul class="facts">{items}</ul> }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "list",
            view! {
                <CardList>
                    <Card
                        href="/konsultasi/jalur-sepeda"
                        title="Jalur sepeda dan pejalan kaki di Jalan Panglima Sudirman"
                        tag=view! { <Tag kind=TagKind::Time text="Tutup 3 hari lagi"/> }.into_any()
                        lead="Satu lajur parkir diganti trotoar dan jalur sepeda sepanjang 1,4 km."
                        meta=["1.284 suara", "312 tanggapan", "Dinas Perhubungan"].map(String::from).into()
                    />
                    <Card
                        href="/konsultasi/sampah"
                        title="Rancangan Perwali tentang pengelolaan sampah dari rumah"
                        tag=view! { <Tag kind=TagKind::Open text="Dibuka sampai 12 Januari"/> }.into_any()
                        lead="18 pasal. Anda dapat menanggapi tiap pasal."
                        meta=["867 suara", "540 tanggapan", "DLH"].map(String::from).into()
                    />
                </CardList>
            },
        ),
        Example::new(
            "panel",
            view! {
                <Panel strong=true>
                    <Tag kind=TagKind::Open text="Semua kelompok sepakat"/>
                    <p class="saying">"“Semua pengemudi, ojek daring maupun taksi, harus diasuransikan untuk penumpangnya.”"</p>
                </Panel>
            },
        ),
    ]
}
