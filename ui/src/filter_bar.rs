use leptos::prelude::*;

use crate::{
    Button, ButtonKind, Choosable, Example, Icon, MaybeText, VisuallyHidden, icon, select,
};

/// A GET form above a list: a few `FilterSelect`s and a button. The address holds the choice, so it can be shared.
///
/// - Nothing is sent on change: the button does.
#[component]
pub fn FilterBar(
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    #[prop(into)] button: String,
    children: Children,
) -> impl IntoView {
    view! {
        <form class="filters" role="search" aria-label=label action=action method="get">
            {children()}
            <Button kind=ButtonKind::Secondary>{button}</Button>
        </form>
    }
}

/// A small select with its label above.
#[component]
pub fn FilterSelect(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] name: MaybeText,
    options: Vec<Choosable>,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    let name = name.get().unwrap_or_else(|| id.clone());
    view! {
        <div>
            <label for=id.clone()>{label}</label>
            <select class="input" id=id name=name>{select::options(options, &value)}</select>
        </div>
    }
}

/// A search box with its button; the label is for screen readers, the placeholder only an aid.
#[component]
pub fn SearchBox(
    #[prop(into)] id: String,
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    #[prop(into)] button: String,
    #[prop(default = "q".to_owned(), into)] name: String,
    #[prop(optional, into)] placeholder: MaybeText,
    #[prop(optional, into)] value: String,
    /// For what must not stand in an address.
    #[prop(optional)]
    post: bool,
) -> impl IntoView {
    let method = if post { "post" } else { "get" };
    let autocomplete = post.then_some("off");
    let name_of_form = label.clone();
    view! {
        <form class="search" role="search" aria-label=name_of_form action=action method=method>
            <label class="vh" for=id.clone()>{label}</label>
            <input
                id=id name=name type="search" value=value placeholder=placeholder.get() enterkeyhint="search"
                autocomplete=autocomplete
            />
            <button type="submit">{icon(Icon::Search)}<VisuallyHidden>{button}</VisuallyHidden></button>
        </form>
    }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "two filters",
            view! {
                <FilterBar action="/konsultasi" label="Saring konsultasi" button="Tampilkan">
                    <FilterSelect
                        id="tahap"
                        label="Tahap"
                        options=vec![Choosable::new("", "Semua"), Choosable::new("open", "Dibuka")]
                        value="open"
                    />
                    <FilterSelect id="desa" label="Desa" options=select::villages()/>
                </FilterBar>
            },
        ),
        Example::new(
            "search",
            view! {
                <SearchBox
                    id="find"
                    action="/cari"
                    label="Cari di Rembug"
                    placeholder="Cari atau ketik nomor lacak"
                    button="Cari"
                />
            },
        ),
    ]
}
