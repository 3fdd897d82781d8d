//! Who of the city looked at a case, and when.

use leptos::prelude::*;
use service::case::{Look, Reading};

use super::words;
use crate::{Visit, t::case as t};

/// Who of the city looked, and when.
pub(super) fn readers(visit: &Visit, readers: &[Reading]) -> impl IntoView + use<> {
    let l = visit.locale;
    let rows = readers
        .iter()
        .map(|reading| {
            let what = match &reading.what {
                Look::Page => t::read_page(l).to_owned(),
                Look::Answers => t::read_answers(l).to_owned(),
                Look::Numbers => t::read_numbers(l).to_owned(),
                Look::File(name) => t::read_file(l, name),
            };
            let when = words::moment(visit, reading.at);
            view! { <li>{t::reading(l, &reading.name, what, when)}</li> }
        })
        .collect_view();
    let list = if readers.is_empty() {
        view! { <p>{t::readers_none(l)}</p> }.into_any()
    } else {
        view! { <ul>{rows}</ul> }.into_any()
    };
    view! {
        <section id="pembuka" data-fresh>
            <h2>{t::readers(l)}</h2>
            {list}
        </section>
    }
}
