//! Above the inbox: what waits, a search, and what the list is narrowed to.

use domain::{AccountId, case::Status};
use leptos::prelude::*;
use service::case::{Colleague, Inbox};

use super::{wish::Wish, words};
use crate::{Visit, links, t::case as t};

/// The box for a reference or a NIK. It posts: what stands for a person is in no address, history or log.
pub(super) fn search(visit: &Visit, typed: &str) -> impl IntoView + use<> {
    let l = visit.locale;
    view! {
        <ui::SearchBox
            id="cari"
            name="cari"
            action=links::FIND_CASE
            post=true
            label=t::search(l)
            placeholder=t::search_hint(l)
            button=t::search_button(l)
            value=typed.to_owned()
        />
    }
}

/// What waits, each with its address.
pub(super) fn tabs(visit: &Visit, wish: &Wish, inbox: &Inbox) -> impl IntoView + use<> {
    let l = visit.locale;
    let at_most = |n: i64| {
        if n >= 1_000 {
            format!("{}+", l.number(1_000))
        } else {
            l.number(n)
        }
    };
    let office = wish.get("kantor").to_owned();
    let keeps = Wish(if office.is_empty() {
        Vec::new()
    } else {
        vec![("kantor", office)]
    });
    let tab = |label: &str, more: &[(&'static str, &str)]| {
        let href = keeps.address(more);
        let current = href == wish.address(&[]);
        ui::TabItem::new(href, label, current)
    };
    let items = vec![
        tab(t::open(l), &[]),
        tab(t::mine(l), &[("petugas", "saya")]).count(at_most(inbox.counts.own)),
        tab(t::late(l), &[("tenggat", "lewat")]).count(at_most(inbox.counts.late)),
        tab(t::free(l), &[("petugas", "kosong")]).count(at_most(inbox.counts.free)),
        tab(t::closed(l), &[("keadaan", "tutup")]),
    ];
    view! { <ui::Tabs label=t::views(l) items/> }
}

pub(super) fn filters(visit: &Visit, wish: &Wish, inbox: &Inbox) -> impl IntoView + use<> {
    let l = visit.locale;
    let all = || ui::Choosable::new("", t::all(l));
    let states = std::iter::once(all())
        .chain(
            Status::ALL
                .iter()
                .filter(|status| **status != Status::Decided)
                .map(|s| ui::Choosable::new(s.word(), words::status(l, *s, None))),
        )
        .chain([
            ui::Choosable::new(Status::Decided.word(), t::decided(l)),
            ui::Choosable::new("tutup", t::closed(l)),
        ])
        .collect::<Vec<_>>();
    let services: Vec<_> = std::iter::once(all())
        .chain(
            inbox
                .titles
                .iter()
                .map(|title| ui::Choosable::new(title.clone(), title.clone())),
        )
        .collect();
    let people: Vec<_> = [
        all(),
        ui::Choosable::new("saya", t::mine(l)),
        ui::Choosable::new("kosong", t::free(l)),
    ]
    .into_iter()
    .chain(people(&inbox.colleagues))
    .collect();
    let dates = vec![
        all(),
        ui::Choosable::new("lewat", t::late(l)),
        ui::Choosable::new("3", t::in_days(l, 3)),
        ui::Choosable::new("7", t::in_days(l, 7)),
    ];
    let mut offices: Vec<String> = inbox
        .colleagues
        .iter()
        .map(|colleague| colleague.office.to_string())
        .collect();
    offices.sort();
    offices.dedup();
    let office = (offices.len() > 1).then(|| {
        let options = std::iter::once(all())
            .chain(
                offices
                    .into_iter()
                    .map(|word| ui::Choosable::new(word.clone(), word)),
            )
            .collect::<Vec<_>>();
        view! { <ui::FilterSelect id="kantor" label=t::office(l) options value=wish.get("kantor").to_owned()/> }
    });
    let [state, service, person, date] =
        ["keadaan", "layanan", "petugas", "tenggat"].map(|key| wish.get(key).to_owned());
    view! {
        <ui::FilterBar action=links::CASES label=t::filter(l) button=t::show(l)>
            {office}
            <ui::FilterSelect id="keadaan" label=t::status(l) options=states value=state/>
            <ui::FilterSelect id="layanan" label=t::service(l) options=services value=service/>
            <ui::FilterSelect id="petugas" label=t::handler(l) options=people value=person/>
            <ui::FilterSelect id="tenggat" label=t::due(l) options=dates value=date/>
        </ui::FilterBar>
    }
}

/// Each officer once, however many offices they have.
pub(super) fn people(colleagues: &[Colleague]) -> Vec<ui::Choosable> {
    let mut seen: Vec<&AccountId> = Vec::new();
    let mut options = Vec::new();
    for colleague in colleagues {
        if !seen.contains(&&colleague.account) {
            seen.push(&colleague.account);
            options.push(ui::Choosable::new(
                colleague.account.to_string(),
                colleague.name.clone(),
            ));
        }
    }
    options
}
