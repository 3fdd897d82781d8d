//! `/kantor/orang`: who may do what. For administrators.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{AccountId, Locale, OfficeId, Problem, Role, account::Account, office::Office};
use leptos::prelude::*;
use service::{
    account::{PER_PAGE, People},
    audit::Entry,
};

use super::form::Wrong;
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, shell},
    pager,
    t::account as t,
};

const PEOPLE: &str = "/kantor/orang";
/// Most deeds in a person's history.
const MOST_DEEDS: u32 = 50;

pub(super) async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let l = visit.locale;
    let fields = Fields::of_query(query.as_deref());
    let (text, staff) = (fields.string("cari"), fields.text("petugas") == "1");
    let number = fields.text("halaman").parse().unwrap_or(1).max(1);
    let mut tx = visit.service.read().await?;
    let found =
        service::account::search_people(&mut tx, &visit.actor, &text, staff, number).await?;
    let offices = service::office::list(&mut tx).await?;
    drop(tx);
    let options = vec![
        ui::Choosable::new("", t::all_people(l)),
        ui::Choosable::new("1", t::only_staff(l)),
    ];
    let typed = text.clone();
    let staff_word = if staff { "1" } else { "" };
    let view = view! {
        <h1>{t::people_title(l)}</h1>
        <ui::Lead text=t::people_lead(l)/>
        <ui::FilterBar action=PEOPLE label=t::find_people(l) button=t::find(l)>
            <div>
                <label for="cari">{t::find_people(l)}</label>
                <input class="input" id="cari" name="cari" type="search" value=typed maxlength="100"/>
            </div>
            <ui::FilterSelect id="petugas" label=t::role(l) options value=staff_word/>
        </ui::FilterBar>
        {results(l, found, &offices, &text, staff, number)}
    };
    Ok(visit.page(
        Page::new(t::people_title(l)).in_office(),
        shell(&visit, Part::People, view.into_any(), None),
    ))
}

fn results(
    l: Locale,
    found: People,
    offices: &[Office],
    text: &str,
    staff: bool,
    number: u32,
) -> AnyView {
    if found.people.is_empty() {
        return view! { <ui::EmptyState title=t::nobody(l)><p>{t::nobody_help(l)}</p></ui::EmptyState> }.into_any();
    }
    let items = found
        .people
        .iter()
        .map(|person| {
            let standing = standing(l, person.role, &person.offices, offices);
            ui::LinkItem::new(place(&person.id), person.name.clone())
                .note(format!("{} · {standing}", person.email))
        })
        .collect();
    let last = (found.total + i64::from(PER_PAGE) - 1) / i64::from(PER_PAGE);
    let staff = if staff { "1" } else { "" };
    let text = links::encode(text);
    let href = |n: i64| format!("{PEOPLE}?cari={text}&petugas={staff}&halaman={n}");
    view! {
        <ui::SectionHead title=t::people_count(l, found.total) ruled=true/>
        <ui::LinkList items/>
        {pager::pages(l, t::pages(l), i64::from(number), last, href)}
    }
    .into_any()
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    person_page(&visit, &AccountId::new(id), None, Wrong::default()).await
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let l = visit.locale;
    let id = AccountId::new(id);
    let role = Role::parse(fields.text("role"));
    let offices: Vec<OfficeId> = fields
        .all("offices")
        .into_iter()
        .map(OfficeId::new)
        .collect();
    let done = match role {
        Some(role) => {
            service::account::set_standing(&visit.service, &visit.actor, &id, role, &offices).await
        }
        None => Err(service::Error::invalid("role", Problem::Unknown)),
    };
    match done {
        Ok(()) => Ok(visit.go_saying(&place(&id), Said::Saved)),
        Err(error) => {
            let labels = [("role", t::role(l)), ("offices", t::offices(l))];
            let special = [("role", &Problem::NotNow, t::last_administrator(l))];
            let wrong = Wrong::from_error(l, error, &labels, &special)?;
            person_page(&visit, &id, Some((role, offices)), wrong).await
        }
    }
}

async fn person_page(
    visit: &Visit,
    id: &AccountId,
    typed: Option<(Option<Role>, Vec<OfficeId>)>,
    wrong: Wrong,
) -> Result<Response, Failure> {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let person = service::account::get_person(&mut tx, &visit.actor, id).await?;
    let deeds = service::audit::list_of(&mut tx, &visit.actor, id.as_str(), MOST_DEEDS).await?;
    let offices = service::office::list(&mut tx).await?;
    drop(tx);
    let (role, mine) = typed.unwrap_or_else(|| (Some(person.role), person.offices.clone()));
    let mut page = Page::new(person.name.clone()).in_office();
    if wrong.is_some() {
        page = page.wrong();
    }
    let view = view! {
        {wrong.summary(l)}
        <ui::BackLink href=PEOPLE label=t::back_to_people(l)/>
        <h1>{person.name.clone()}</h1>
        <ui::Facts items=facts(visit, &person)/>
        {standing_form(l, &person.id, role, &mine, &offices, &wrong)}
        <h2>{t::history(l)}</h2>
        {history(visit, deeds, &offices)}
    };
    Ok(visit.page(page, shell(visit, Part::People, view.into_any(), None)))
}

fn facts(visit: &Visit, person: &Account) -> Vec<String> {
    let l = visit.locale;
    vec![
        person.email.clone(),
        t::registered_on(l, visit.zone().date(person.created_at, l)),
    ]
}

fn standing_form(
    l: Locale,
    id: &AccountId,
    role: Option<Role>,
    mine: &[OfficeId],
    offices: &[Office],
    wrong: &Wrong,
) -> impl IntoView + use<> {
    let roles = ROLES
        .into_iter()
        .map(|role| ui::Choosable::new(role.word(), role_name(l, role)).hint(role_hint(l, role)))
        .collect();
    let wrong = wrong.clone();
    let action = place(id);
    let mine: Vec<String> = mine.iter().map(ToString::to_string).collect();
    let items = offices
        .iter()
        .map(|o| ui::Choosable::new(o.id.to_string(), o.name.clone()))
        .collect();
    view! {
        <ui::Form action>
            <ui::Radios
                id="role"
                legend=t::role(l)
                items=roles
                value=role.map_or("", Role::word)
                error=wrong.at("role")
                error_prefix=t::error_prefix(l)
            />
            <ui::Checkboxes
                id="offices"
                legend=t::offices(l)
                hint=t::offices_hint(l)
                marker=t::optional(l)
                items=items
                values=mine
                error=wrong.at("offices")
                error_prefix=t::error_prefix(l)
            />
            <p class="hint">{t::person_note(l)}</p>
            <ui::Button>{t::save(l)}</ui::Button>
        </ui::Form>
    }
}

fn history(visit: &Visit, deeds: Vec<Entry>, offices: &[Office]) -> AnyView {
    let l = visit.locale;
    if deeds.is_empty() {
        return view! { <p>{t::no_history(l)}</p> }.into_any();
    }
    let items = deeds
        .into_iter()
        .map(|deed| {
            let at = domain::Timestamp(deed.at);
            let date = format!(
                "{}, {}",
                visit.zone().date(at, l),
                visit.zone().clock(at, l)
            );
            let title = match deed.verb.as_str() {
                "account.standing" => changed(l, &deed.detail, offices),
                "account.invited" => t::history_invited(l).to_owned(),
                _ => t::history_other(l).to_owned(),
            };
            let note = match deed.by_name {
                Some(name) => t::by(l, date, name),
                None => t::by_program(l, date),
            };
            ui::TimelineItem::new(title, note)
        })
        .collect();
    view! { <ui::Timeline items/> }.into_any()
}

/// What a change of standing led to.
fn changed(l: Locale, detail: &str, offices: &[Office]) -> String {
    let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
    let role = detail["to"]["role"]
        .as_str()
        .and_then(Role::parse)
        .unwrap_or_default();
    let mine: Vec<OfficeId> = detail["to"]["offices"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_str().map(OfficeId::new))
        .collect();
    standing(l, role, &mine, offices)
}

fn standing(l: Locale, role: Role, mine: &[OfficeId], offices: &[Office]) -> String {
    let names: Vec<&str> = mine
        .iter()
        .map(|id| {
            offices
                .iter()
                .find(|o| &o.id == id)
                .map_or(id.as_str(), |o| o.short.as_str())
        })
        .collect();
    let names = if names.is_empty() {
        t::no_office(l).to_owned()
    } else {
        names.join(", ")
    };
    t::history_standing(l, role_name(l, role), names)
}

const ROLES: [Role; 3] = [Role::Resident, Role::Moderator, Role::Administrator];

const fn role_name(l: Locale, role: Role) -> &'static str {
    match role {
        Role::Resident => t::role_resident(l),
        Role::Moderator => t::role_moderator(l),
        Role::Administrator => t::role_administrator(l),
    }
}

const fn role_hint(l: Locale, role: Role) -> &'static str {
    match role {
        Role::Resident => t::role_resident_hint(l),
        Role::Moderator => t::role_moderator_hint(l),
        Role::Administrator => t::role_administrator_hint(l),
    }
}

fn place(id: &AccountId) -> String {
    format!("{PEOPLE}/{}", links::encode(id.as_str()))
}
