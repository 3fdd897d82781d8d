use leptos::prelude::*;

use crate::{BackLink, Example, LinkItem, MaybeText, Progress, SearchBox};

/// Arjuno and Welirang in padi, snow on the higher one.
pub fn logo() -> impl IntoView + use<> {
    view! {
        <svg class="logo" viewBox="0 0 30 20" aria-hidden="true">
            <path class="fill-padi" d="M0 20 10.5 1l5.6 10.2L19.5 6 30 20z"></path>
            <path class="fill-snow" d="M10.5 1 7.2 7l2.1 1.6 1.5-1.4 1.9 1.6 1.2-1.6z"></path>
        </svg>
    }
}

/// The top of every page: brand, city, at the right (`children`) who is signed in, and what people come for (`links`).
///
/// - MUST come after the `SkipLink` and hold the link to the home page.
/// - `links` are three at most: they stand in one row on the smallest phone.
#[component]
pub fn Header(
    #[prop(into)] home_href: String,
    #[prop(into)] brand: String,
    #[prop(into)] city: String,
    /// What the row of links is called: "Menu utama".
    #[prop(optional, into)]
    label: MaybeText,
    #[prop(optional)] links: Vec<LinkItem>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let right = children.map(|children| view! { <div class="header-right">{children()}</div> });
    let nav = (!links.is_empty()).then(|| {
        let links = links
            .into_iter()
            .map(|link| view! { <a href=link.href>{link.label}</a> })
            .collect_view();
        view! { <nav class="site-nav" aria-label=label.get()>{links}</nav> }
    });
    view! {
        <header class="header">
            <div class="wrap">
                <a class="brand" href=home_href>{logo()}<b>{brand}</b><span>{city}</span></a>
                {nav}
                {right}
            </div>
        </header>
    }
}

/// The top of one question page: way back, form and how far, and a bar.
#[component]
pub fn FormHeader(
    #[prop(into)] back_href: String,
    #[prop(into)] back_label: String,
    /// "Akta kelahiran · 4 dari 9"
    #[prop(into)]
    title: String,
    /// Read with the bar: "Halaman 4 dari 9".
    #[prop(into)]
    progress_label: String,
    value: u32,
    max: u32,
) -> impl IntoView {
    view! {
        <header class="header">
            <div class="wrap">
                <BackLink href=back_href label=back_label/>
                <div class="header-right">{title}</div>
            </div>
            <Progress label=progress_label value=value max=max/>
        </header>
    }
}

/// The home page's own top: question, sentence, search, and the ridge below. Goes into `Page` as `hero`.
#[component]
pub fn Hero(
    #[prop(into)] title: String,
    #[prop(into)] lead: String,
    #[prop(into)] search_action: String,
    #[prop(into)] search_label: String,
    #[prop(into)] search_button: String,
    #[prop(optional, into)] search_placeholder: MaybeText,
) -> impl IntoView {
    view! {
        <div class="hero">
            <div class="wrap">
                <h1>{title}</h1>
                <p>{lead}</p>
                <SearchBox
                    id="search"
                    action=search_action
                    label=search_label
                    button=search_button
                    placeholder=search_placeholder
                />
            </div>
            {ridge()}
        </div>
    }
}

/// The one lively edge: paper-coloured mountains before green. Never stretched, only cropped from the middle.
fn ridge() -> impl IntoView + use<> {
    view! {
        <svg class="ridge" viewBox="0 0 1440 34" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
            <path d="M0 35V14L46 27 98 9 141 22 203 5 248 24 316 12 352 23 409 6 462 25 508 13 540 6 576 25 613 9 647 22 684 1 724 21 756 5 801 22 837 8 861 19 903 4 947 24 1004 10 1041 21 1093 2 1131 18 1160 8 1217 25 1268 11 1310 22 1364 5 1408 21 1440 12V35z"></path>
        </svg>
    }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "signed in",
            view! { <Header home_href="/" brand="Rembug" city="Kota Batu"><a href="/akun">"Siti A."</a></Header> },
        ),
        Example::new(
            "with links",
            view! {
                <Header
                    home_href="/"
                    brand="Rembug"
                    city="Kota Batu"
                    label="Menu utama"
                    links=vec![
                        LinkItem::new("/layanan", "Layanan"),
                        LinkItem::new("/konsultasi", "Konsultasi"),
                        LinkItem::new("/lacak", "Lacak"),
                    ]
                >
                    <a href="/akun">"Masuk"</a>
                </Header>
            },
        ),
        Example::new(
            "form",
            view! {
                <FormHeader
                    back_href="/layanan/akta/3"
                    back_label="Kembali"
                    title="Akta kelahiran · 4 dari 9"
                    progress_label="Halaman 4 dari 9"
                    value=4
                    max=9
                />
            },
        ),
        Example::new(
            "hero",
            view! {
                <Hero
                    title="Apa yang ingin Anda sampaikan kepada kota?"
                    lead="Baca rencana kebijakan, beri suara, urus layanan, laporkan masalah."
                    search_action="/cari"
                    search_label="Cari di seluruh Rembug"
                    search_placeholder="Cari atau ketik nomor lacak"
                    search_button="Cari"
                />
            },
        ),
    ]
}
