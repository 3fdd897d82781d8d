//! All services.

use std::collections::BTreeMap;

use domain::{
    Locale,
    form::{LifeEvent, Service as Offer},
    search,
};
use leptos::prelude::*;
use service::form::{Listed, Open};

use super::place::{hand, own, tasks};
use crate::{Answer, Fields, Page, Visit, links, t::form as t};

pub(super) const fn event(l: Locale, event: LifeEvent) -> &'static str {
    match event {
        LifeEvent::Birth => t::event_birth(l),
        LifeEvent::Family => t::event_family(l),
        LifeEvent::Moving => t::event_moving(l),
        LifeEvent::Land => t::event_land(l),
        LifeEvent::Business => t::event_business(l),
        LifeEvent::Learning => t::event_learning(l),
        LifeEvent::Health => t::event_health(l),
        LifeEvent::Death => t::event_death(l),
        LifeEvent::Information => t::event_information(l),
        LifeEvent::Other => t::event_other(l),
    }
}

/// From so many services on the list can be narrowed by purpose and office.
const GLANCE: usize = 12;

/// What the address asks for.
struct Wish {
    text: String,
    event: Option<LifeEvent>,
    office: String,
}

impl Wish {
    fn of(visit: &Visit) -> Self {
        let query = Fields::of_query(visit.path.split_once('?').map(|(_, query)| query));
        Self {
            text: domain::text::line(query.text("cari"), 0, 100).unwrap_or_default(),
            event: LifeEvent::of_word(query.text("keperluan")),
            office: query.string("kantor"),
        }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.event.is_none() && self.office.is_empty()
    }

    fn takes(&self, listed: &Listed, offer: &Offer) -> bool {
        self.event.is_none_or(|event| event == offer.life_event)
            && (self.office.is_empty() || self.office == listed.office_id)
            && meets(listed, offer, &self.text)
    }
}

/// Whether every word of a search stands in a service's name, sentence, purpose or office, in any language.
pub(crate) fn meets(listed: &Listed, offer: &Offer, words: &str) -> bool {
    let text = [
        listed.title_id.as_str(),
        &listed.title_en,
        &offer.summary.id,
        &offer.summary.en,
        event(Locale::Id, offer.life_event),
        event(Locale::En, offer.life_event),
        &listed.office_name,
        &listed.office_short,
    ]
    .join(" ")
    .to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| {
        text.contains(word) || search::stems(word).iter().any(|stem| text.contains(stem))
    })
}

/// `GET /layanan?cari=&keperluan=&kantor=`.
pub(super) async fn show(visit: Visit) -> Answer {
    let wish = Wish::of(&visit);
    let mut tx = visit.service.read().await?;
    let all = service::form::list(&mut tx).await?;
    let going_on = match hand(&visit) {
        Some(hand) => service::form::list_open(&visit.service, &mut tx, &hand.owner).await?,
        None => Vec::new(),
    };
    drop(tx);
    let l = visit.locale;
    let page = Page::new(t::title(l))
        .describe(t::description(l, &visit.city.name))
        .canonical(links::SERVICES);
    let has_own = !going_on.is_empty();
    let response = visit.page(page, view(&visit, &wish, all, going_on));
    Ok(if has_own {
        own(&visit, response)
    } else {
        response
    })
}

fn view(
    visit: &Visit,
    wish: &Wish,
    all: Vec<(Listed, Offer)>,
    going_on: Vec<Open>,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let filters = filters(visit, wish, &all);
    let none = all.is_empty();
    let mut groups: BTreeMap<LifeEvent, Vec<ui::LinkItem>> = BTreeMap::new();
    for (listed, offer) in all
        .iter()
        .filter(|(listed, offer)| wish.takes(listed, offer))
    {
        let title = title(l, &listed.title_id, &listed.title_en);
        let mut note = format!("{} · {}", offer.summary.get(l), listed.office_short);
        if !offer.is_online {
            note.push_str(" · ");
            note.push_str(t::offline_only(l));
        }
        let item = ui::LinkItem::new(links::service(&listed.form_key), title).note(note);
        groups.entry(offer.life_event).or_default().push(item);
    }
    let lists = if none {
        view! { <ui::EmptyState title=t::none_yet(l)><p>{t::none_yet_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else if groups.is_empty() {
        view! {
            <ui::EmptyState title=t::none(l)>
                <p>{t::none_help(l)}</p>
                <ui::Button kind=ui::ButtonKind::Secondary href=links::SERVICES>{t::all_services(l)}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    } else {
        groups
            .into_iter()
            .map(|(of, items)| {
                view! { <ui::SectionHead title=event(l, of) ruled=true/> <ui::LinkList items=items/> }
            })
            .collect_view()
            .into_any()
    };
    let open = open(visit, going_on);
    view! {
        <ui::Page>
            <h1>{t::title(l)}</h1>
            <ui::Lead text=t::lead(l)/>
            {open}
            // What waits on this phone, and what became of it.
            <div data-outbox="" data-title=t::device_outbox(l)></div>
            {filters}
            {lists}
            <p><a href=links::RESUME>{t::have_code(l)}</a></p>
        </ui::Page>
    }
}

/// A service's name in the reader's language; in Indonesian where that is missing.
pub(crate) fn title(l: Locale, id: &str, en: &str) -> String {
    match l {
        Locale::En if !en.is_empty() => en.to_owned(),
        _ => id.to_owned(),
    }
}

fn open(visit: &Visit, going_on: Vec<Open>) -> impl IntoView + use<> {
    let l = visit.locale;
    let items: Vec<ui::LinkItem> = going_on
        .into_iter()
        .map(|one| {
            let at = domain::Timestamp(one.updated_at);
            let note = t::saved_on(l, visit.zone().date(at, l), visit.zone().clock(at, l));
            let title = title(l, &one.title_id, &one.title_en);
            ui::LinkItem::new(tasks(&one.form_key), title).note(note)
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! { <ui::Panel strong=true><h2>{t::going_on(l)}</h2><ui::LinkList items=items/></ui::Panel> }
    })
}

fn filters(visit: &Visit, wish: &Wish, all: &[(Listed, Offer)]) -> impl IntoView + use<> {
    let l = visit.locale;
    let mut events = vec![ui::Choosable::new("", t::any(l))];
    events.extend(
        LifeEvent::ALL
            .into_iter()
            .filter(|event| all.iter().any(|(_, offer)| offer.life_event == *event))
            .map(|of| ui::Choosable::new(of.word(), event(l, of))),
    );
    let offices: BTreeMap<&str, (&str, &str)> = all
        .iter()
        .map(|(listed, _)| {
            (
                listed.office_name.as_str(),
                (listed.office_id.as_str(), listed.office_short.as_str()),
            )
        })
        .collect();
    let mut choices = vec![ui::Choosable::new("", t::any(l))];
    choices.extend(
        offices
            .into_values()
            .map(|(id, short)| ui::Choosable::new(id, short)),
    );
    let event = wish.event.map(LifeEvent::word).unwrap_or_default();
    let (text, office) = (wish.text.clone(), wish.office.clone());
    // A list that is seen at one glance needs no more than words.
    let is_long = all.len() > GLANCE || wish.event.is_some() || !wish.office.is_empty();
    let is_useful = all.len() > 3 || !wish.is_empty();
    let search = is_useful.then(|| {
        view! {
            <div class="search-top">
                <ui::SearchBox
                    id="cari" name="cari" action=links::SERVICES label=t::search(l) placeholder=t::search_hint(l)
                    button=t::find(l) value=text.clone()
                />
            </div>
        }
    });
    let more = is_long.then(|| {
        view! {
            <ui::FilterBar action=links::SERVICES label=t::narrow(l) button=t::show(l)>
                <input type="hidden" name="cari" value=text/>
                <ui::FilterSelect id="keperluan" label=t::by_event(l) options=events value=event/>
                <ui::FilterSelect id="kantor" label=t::by_office(l) options=choices value=office/>
            </ui::FilterBar>
        }
    });
    view! { {search}{more} }
}
