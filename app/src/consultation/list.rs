//! The list of consultations with its filters. What a filter does not know is left out; a page beyond the end is the last.

use domain::{
    AreaId, Locale, OfficeId,
    area::{Area, Kind},
    consultation::Phase,
    office::Office,
};
use leptos::prelude::*;
use service::consultation::{Filter, Listed};

use super::{card, words::phase_name};
use crate::{Answer, Fields, Page, Visit, links, pager, t::consultation as t};

/// The phases of the list by their words in the address.
const PHASES: [(&str, Phase); 4] = [
    ("dibuka", Phase::Open),
    ("diumumkan", Phase::Announced),
    ("ditutup", Phase::Closed),
    ("dijawab", Phase::Answered),
];

pub(super) async fn show(visit: Visit) -> Answer {
    let query = Fields::of_query(visit.path.split_once('?').map(|(_, query)| query));
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let offices = service::office::list(&mut tx).await?;
    let areas = service::area::list(&mut tx).await?;
    let filter = read(&query, &offices, &areas);
    let listed = service::consultation::list(&visit.service, &mut tx, &filter).await?;
    drop(tx);
    let page = Page::new(t::list_title(l))
        .describe(t::list_description(l, &visit.city.name))
        .canonical(place(&filter, listed.page))
        .feed(crate::t::feed::title(l, &visit.city.name), links::FEED);
    Ok(visit.page(page, view(&visit, filter, &offices, &areas, listed)))
}

fn read(query: &Fields, offices: &[Office], areas: &[Area]) -> Filter {
    let (office, area) = (
        OfficeId::new(query.text("kantor")),
        AreaId::new(query.text("wilayah")),
    );
    let text = domain::text::line(query.text("cari"), 0, u32::MAX).unwrap_or_default();
    Filter {
        office: offices.iter().any(|o| o.id == office).then_some(office),
        area: areas
            .iter()
            .any(|a| a.id == area && a.kind != Kind::Kota)
            .then_some(area),
        phase: PHASES
            .iter()
            .find(|(word, _)| *word == query.text("keadaan"))
            .map(|(_, phase)| *phase),
        text: text.chars().take(domain::search::LONGEST).collect(),
        page: query.text("halaman").parse().unwrap_or(1),
    }
}

/// The address of a list: only what narrows it, always in the same order, so that it can be shared.
fn place(filter: &Filter, page: i64) -> String {
    let phase = PHASES
        .iter()
        .find(|(_, phase)| Some(*phase) == filter.phase)
        .map_or("", |(word, _)| word);
    let page = if page > 1 {
        page.to_string()
    } else {
        String::new()
    };
    let pairs = [
        ("cari", filter.text.as_str()),
        (
            "kantor",
            filter.office.as_ref().map_or("", OfficeId::as_str),
        ),
        ("wilayah", filter.area.as_ref().map_or("", AreaId::as_str)),
        ("keadaan", phase),
        ("halaman", &page),
    ];
    let query: Vec<String> = pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}={}", links::encode(value)))
        .collect();
    if query.is_empty() {
        links::CONSULTATIONS.to_owned()
    } else {
        format!("{}?{}", links::CONSULTATIONS, query.join("&"))
    }
}

fn view(
    visit: &Visit,
    filter: Filter,
    offices: &[Office],
    areas: &[Area],
    listed: Listed,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let narrowed = place(&filter, 1) != links::CONSULTATIONS;
    let form = form(l, &filter, offices, areas);
    let (total, page, pages) = (listed.total, listed.page, listed.pages);
    let list = if listed.items.is_empty() {
        empty(l, narrowed)
    } else {
        let cards = listed
            .items
            .into_iter()
            .map(|one| card::card(visit, one))
            .collect_view();
        let clear = narrowed.then(|| view! { " · "<a href=links::CONSULTATIONS>{t::clear(l)}</a> });
        view! {
            <p class="meta found">{t::found(l, total)}{clear}</p>
            <h2 class="vh">{t::list_title(l)}</h2>
            <ui::CardList>{cards}</ui::CardList>
        }
        .into_any()
    };
    let pagination = pager::pages(l, t::pages(l), page, pages, |n| place(&filter, n));
    view! {
        <ui::Page width=ui::PageWidth::Wide>
            <h1>{t::list_title(l)}</h1>
            <ui::Lead text=t::list_lead(l)/>
            {form}
            {list}
            {pagination}
        </ui::Page>
    }
}

fn form(l: Locale, filter: &Filter, offices: &[Office], areas: &[Area]) -> impl IntoView + use<> {
    let all = |label: &str| ui::Choosable::new("", label);
    let mut of_office = vec![all(t::any_office(l))];
    of_office.extend(
        offices
            .iter()
            .map(|o| ui::Choosable::new(o.id.as_str(), &*o.name)),
    );
    let mut in_area = vec![all(t::any_area(l))];
    for district in domain::area::districts(areas.to_vec()) {
        in_area.push(ui::Choosable::new(
            district.area.id.as_str(),
            t::district(l, &district.area.name),
        ));
        // An option keeps no blanks at its start; this one is no blank.
        in_area.extend(
            district
                .villages
                .iter()
                .map(|v| ui::Choosable::new(v.id.as_str(), format!("\u{2003}{}", v.name))),
        );
    }
    let mut in_phase = vec![all(t::any_phase(l))];
    in_phase.extend(
        PHASES
            .iter()
            .map(|(word, phase)| ui::Choosable::new(*word, phase_name(l, *phase))),
    );
    let phase = PHASES
        .iter()
        .find(|(_, phase)| Some(*phase) == filter.phase)
        .map_or("", |(word, _)| word);
    let text = filter.text.clone();
    let narrowed = filter.office.is_some() || filter.area.is_some() || filter.phase.is_some();
    let office = filter
        .office
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let area = filter
        .area
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    view! {
        <ui::FilterBar action=links::CONSULTATIONS label=t::filters(l) button=t::show(l)>
            <div>
                <label for="cari">{t::filter_text(l)}</label>
                <input class="input" id="cari" name="cari" type="search" value=text enterkeyhint="search"/>
            </div>
            <ui::Disclosure summary=t::more_filters(l) open=narrowed>
                <ui::FilterSelect id="keadaan" label=t::filter_phase(l) options=in_phase value=phase/>
                <ui::FilterSelect id="kantor" label=t::filter_office(l) options=of_office value=office/>
                <ui::FilterSelect id="wilayah" label=t::filter_area(l) options=in_area value=area/>
            </ui::Disclosure>
        </ui::FilterBar>
    }
}

fn empty(l: Locale, narrowed: bool) -> AnyView {
    if narrowed {
        view! {
            <ui::EmptyState title=t::none_found(l)>
                <p>{t::none_found_help(l)}</p>
                <ui::Button kind=ui::ButtonKind::Secondary href=links::CONSULTATIONS>{t::clear(l)}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    } else {
        view! { <ui::EmptyState title=t::none_yet(l)><p>{t::none_yet_help(l)}</p></ui::EmptyState> }
            .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out_and_addresses_stay_the_same() {
        let office = Office {
            id: OfficeId::new("dlh"),
            name: "DLH".into(),
            short: "DLH".into(),
            contact: String::new(),
        };
        let read = |query: &str| {
            read(
                &Fields::of_query(Some(query)),
                std::slice::from_ref(&office),
                &[],
            )
        };
        let filter =
            read("halaman=2&kantor=dlh&keadaan=dibuka&cari=jalur+sepeda%26&kantor=x&asing=1");
        assert_eq!(filter.office, Some(OfficeId::new("dlh")));
        assert_eq!(
            place(&filter, filter.page),
            "/konsultasi?cari=jalur%20sepeda%26&kantor=dlh&keadaan=dibuka&halaman=2"
        );
        for odd in [
            "",
            "kantor=zzz",
            "wilayah=%ff",
            "keadaan=draft",
            "halaman=-",
            "halaman=99999999999999999999",
            "cari=%00%E2%80%8B",
            "&&=&==",
            "kantor[]=1",
        ] {
            let filter = read(odd);
            assert_eq!(place(&filter, 1), "/konsultasi", "{odd}");
            assert_eq!(filter.page, 1, "{odd}");
        }
        assert_eq!(
            read("halaman=-5").page,
            -5,
            "the service takes it for the first"
        );
    }
}
