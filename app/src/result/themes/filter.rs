//! Which comments are shown: from an address, back into one, and its form.

use domain::{ClauseId, Locale, ThemeId};
use leptos::prelude::*;
use service::result::{Filter, Place, Themes};
use ui::Choosable;

use crate::{Fields, links, result::frame, t::result as t};

/// The filter that an address asks for; what it does not know asks for nothing.
pub(super) fn filter_of(query: &Fields) -> Filter {
    let text =
        |name: &str| Some(query.text(name)).filter(|v| !v.is_empty() && v.chars().count() <= 200);
    Filter {
        place: match query.text("tema") {
            "" => Place::All,
            "belum" => Place::Free,
            id => Place::Under(ThemeId::new(id)),
        },
        clause: text("pasal").map(ClauseId::new),
        stance: text("sikap")
            .filter(|s| ["for", "against", "neutral"].contains(s))
            .map(str::to_owned),
        text: text("cari").unwrap_or_default().to_owned(),
        page: query.text("halaman").parse().unwrap_or(1),
    }
}

/// The same filter as an address, on another page if one is given.
pub(super) fn query_of(filter: &Filter, page: Option<usize>) -> String {
    let place = match &filter.place {
        Place::All => "",
        Place::Free => "belum",
        Place::Under(theme) => theme.as_str(),
    };
    let number = page.unwrap_or(filter.page).to_string();
    [
        ("tema", place),
        ("pasal", filter.clause.as_ref().map_or("", ClauseId::as_str)),
        ("sikap", filter.stance.as_deref().unwrap_or_default()),
        ("cari", &filter.text),
        ("halaman", if number == "1" { "" } else { &number }),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| format!("{key}={}", links::encode(value)))
    .collect::<Vec<_>>()
    .join("&")
}

pub(super) fn filters(l: Locale, found: &Themes, filter: &Filter) -> AnyView {
    let mut places = vec![
        Choosable::new("", t::filter_all(l)),
        Choosable::new("belum", t::filter_free(l)),
    ];
    places.extend(
        found
            .themes
            .iter()
            .map(|th| Choosable::new(&th.id, &th.title)),
    );
    let place = match &filter.place {
        Place::All => String::new(),
        Place::Free => "belum".to_owned(),
        Place::Under(theme) => theme.to_string(),
    };
    let mut clauses = vec![Choosable::new("", t::filter_any(l))];
    clauses.extend(
        found
            .clauses
            .iter()
            .map(|c| Choosable::new(c.id.as_str(), format!("{}. {}", c.label, c.heading))),
    );
    let stances = vec![
        Choosable::new("", t::filter_any(l)),
        Choosable::new("for", t::stance_for(l)),
        Choosable::new("against", t::stance_against(l)),
        Choosable::new("neutral", t::stance_neutral(l)),
    ];
    let clause = filter
        .clause
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let (stance, words) = (
        filter.stance.clone().unwrap_or_default(),
        filter.text.clone(),
    );
    view! {
        <ui::FilterBar
            action=format!("{}#tanggapan", frame::themes(&found.consultation.slug))
            label=t::filter_label(l)
            button=t::filter(l)
        >
            <ui::FilterSelect id="saring-tema" name="tema" label=t::filter_theme(l) options=places value=place/>
            <ui::FilterSelect id="saring-pasal" name="pasal" label=t::filter_clause(l) options=clauses value=clause/>
            <ui::FilterSelect id="saring-sikap" name="sikap" label=t::filter_stance(l) options=stances value=stance/>
            <div>
                <label for="saring-cari">{t::filter_text(l)}</label>
                <input class="input" id="saring-cari" name="cari" type="search" value=words/>
            </div>
        </ui::FilterBar>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_reads_back_from_its_address() {
        let query = "tema=01abc&pasal=x%26y&sikap=for&cari=parkir+%22dekat%22&halaman=3";
        let filter = filter_of(&Fields::of_query(Some(query)));
        assert_eq!(
            filter_of(&Fields::of_query(Some(&query_of(&filter, None)))),
            filter
        );
        let odd = filter_of(&Fields::of_query(Some("sikap=benci&halaman=-1&cari=%ff")));
        assert_eq!(
            odd,
            Filter {
                page: 1,
                ..Filter::default()
            }
        );
    }
}
