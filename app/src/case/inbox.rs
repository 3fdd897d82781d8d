//! `/kantor/kasus`: what waits, narrowed by the address, the first due first.

use axum::{extract::RawQuery, http::StatusCode};
use domain::{AccountId, Invalid, OfficeId, Problem, case::Status, reference::Reference};
use leptos::prelude::*;
use service::{
    Error,
    case::{Colleague, Inbox, Listed, Narrow, Owner},
};

use super::words;
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, shell},
    problem::sentence,
    t::case as t,
};

/// What the address narrows to, as it was written.
const KEYS: [&str; 6] = ["kantor", "keadaan", "petugas", "layanan", "tenggat", "cari"];

/// The choice in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wish(Vec<(&'static str, String)>);

impl Wish {
    fn of(fields: &Fields) -> Self {
        Self(
            KEYS.into_iter()
                .map(|key| (key, fields.text(key).trim().to_owned()))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        )
    }

    fn get(&self, key: &str) -> &str {
        self.0
            .iter()
            .find(|(k, _)| *k == key)
            .map_or("", |(_, value)| value)
    }

    /// The address of the same choice with one more value.
    fn address(&self, more: &[(&'static str, &str)]) -> String {
        let kept = self
            .0
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .filter(|(key, _)| more.iter().all(|(k, _)| k != key));
        let pairs: Vec<String> = kept
            .chain(more.iter().copied())
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("{key}={}", links::encode(value)))
            .collect();
        if pairs.is_empty() {
            links::CASES.to_owned()
        } else {
            format!("{}?{}", links::CASES, pairs.join("&"))
        }
    }

    fn narrow(&self, visit: &Visit, fields: &Fields) -> Narrow {
        let today = visit.zone().day(visit.now);
        let before = |days| {
            let day = today.plus(days)?;
            Some(day.midnight(visit.zone()))
        };
        Narrow {
            office: Some(self.get("kantor"))
                .filter(|word| !word.is_empty())
                .map(OfficeId::new),
            status: Status::parse(self.get("keadaan")),
            closed: self.get("keadaan") == "tutup",
            owner: match self.get("petugas") {
                "" => Owner::Any,
                "saya" => Owner::Own,
                "kosong" => Owner::Nobody,
                account => Owner::By(AccountId::new(account)),
            },
            title: Some(self.get("layanan").to_owned()).filter(|title| !title.is_empty()),
            due_by: match self.get("tenggat") {
                "lewat" => Some(visit.now),
                "3" => before(4),
                "7" => before(8),
                _ => None,
            },
            search: self.get("cari").to_owned(),
            after: fields.string("sesudah"),
            before: fields.string("sebelum"),
        }
    }
}

/// A handing over that was not done: what was ticked, to whom, and why not.
#[derive(Clone, Debug, Default)]
struct Refused {
    chosen: Vec<String>,
    to: String,
    invalid: Invalid,
}

/// `GET /kantor/kasus?kantor=&keadaan=&petugas=&layanan=&tenggat=&cari=&sesudah=|sebelum=`.
pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    page(&visit, &Fields::of_query(query.as_deref()), None).await
}

/// `POST /kantor/kasus`: gives the ticked cases (`pilih`) to an officer (`ke`), or to nobody (`ke=kosong`).
pub(super) async fn assign(visit: Visit, fields: Fields) -> Answer {
    let references: Vec<Reference> = fields
        .all("pilih")
        .into_iter()
        .map(|text| Reference::parse(text).map_err(|_| Failure::BadRequest))
        .collect::<Result<_, _>>()?;
    let to = match fields.text("ke") {
        "" => None,
        "kosong" => Some(None),
        account => Some(Some(AccountId::new(account))),
    };
    let done = match &to {
        Some(to) => {
            service::case::assign(&visit.service, &visit.actor, &references, to.as_ref()).await
        }
        None => Err(Error::invalid("handler", Problem::Missing)),
    };
    match done {
        Ok(_) => {
            let wish = Wish::of(&fields);
            Ok(visit.go_saying(&wish.address(&[]), Said::Assigned))
        }
        Err(Error::Invalid(invalid)) => {
            let refused = Refused {
                chosen: fields.all("pilih").into_iter().map(str::to_owned).collect(),
                to: fields.string("ke"),
                invalid,
            };
            page(&visit, &fields, Some(refused)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(visit: &Visit, fields: &Fields, refused: Option<Refused>) -> Answer {
    let l = visit.locale;
    let wish = Wish::of(fields);
    let mut tx = visit.service.read().await?;
    let narrow = wish.narrow(visit, fields);
    let inbox = service::case::inbox(&visit.service, &mut tx, &visit.actor, &narrow).await?;
    drop(tx);
    let refused = refused.unwrap_or_default();
    let label = |field: &str| match field {
        "handler" => t::give_to(l),
        _ => t::cases_ticked(l),
    };
    let wrong = |field: &str| {
        let problem = refused.invalid.of(field)?;
        Some(match (field, problem) {
            ("handler", Problem::Unknown) => t::not_of_office(l).to_owned(),
            ("cases", Problem::Missing) => t::tick_one(l).to_owned(),
            _ => sentence(l, label(field), problem),
        })
    };
    let errors: Vec<ui::ErrorItem> = [("cases", "daftar"), ("handler", "ke")]
        .into_iter()
        .filter_map(|(field, id)| Some(ui::ErrorItem::new(id, wrong(field)?)))
        .collect();
    let is_wrong = !errors.is_empty();
    let summary = is_wrong.then(|| view! { <ui::ErrorSummary title=t::problem(l) errors/> });
    let lacking = visit
        .actor
        .may_administer()
        .is_ok()
        .then_some(&inbox.lacking)
        .filter(|years| !years.is_empty())
        .map(|years| {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            view! {
                <ui::Notice kind=ui::NoticeKind::Warning>
                    {t::lacking(l, years.join(", "))}" "<a href=links::HOLIDAYS>{t::to_holidays(l)}</a>
                </ui::Notice>
            }
        });
    let view = view! {
        <h1>{t::inbox(l)}</h1>
        {summary}
        {lacking}
        {tabs(visit, &wish, &inbox)}
        <ui::SearchBox
            id="cari"
            name="cari"
            action=links::CASES
            label=t::search(l)
            placeholder=t::search_hint(l)
            button=t::search_button(l)
            value=wish.get("cari").to_owned()
        />
        {filters(visit, &wish, &inbox)}
        {list(visit, &wish, &inbox, &refused, wrong("handler"))}
        {pages(visit, &wish, &inbox)}
        <p><a href="/kantor/kasus/templat">{t::to_templates(l)}</a></p>
    };
    let about = Page::new(t::inbox(l)).in_office();
    let about = if is_wrong {
        about.wrong().status(StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        about
    };
    Ok(visit.page(about, shell(visit, Part::Cases, view.into_any(), None)))
}

/// What waits, each with its address.
fn tabs(visit: &Visit, wish: &Wish, inbox: &Inbox) -> impl IntoView + use<> {
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

fn filters(visit: &Visit, wish: &Wish, inbox: &Inbox) -> impl IntoView + use<> {
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
fn people(colleagues: &[Colleague]) -> Vec<ui::Choosable> {
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

fn list(
    visit: &Visit,
    wish: &Wish,
    inbox: &Inbox,
    refused: &Refused,
    wrong: Option<String>,
) -> AnyView {
    let l = visit.locale;
    if inbox.cases.is_empty() {
        return view! { <ui::EmptyState title=t::nothing(l)><p>{t::nothing_help(l)}</p></ui::EmptyState> }
            .into_any();
    }
    let columns = vec![
        ui::Column::text(t::number(l)),
        ui::Column::text(t::applicant(l)),
        ui::Column::text(t::service(l)),
        ui::Column::text(t::status(l)),
        ui::Column::text(t::due(l)),
        ui::Column::text(t::handler(l)),
    ];
    let rows = inbox
        .cases
        .iter()
        .map(|case| row(visit, case, &refused.chosen))
        .collect();
    let to = std::iter::once(ui::Choosable::new("kosong", t::nobody(l)))
        .chain(people(&inbox.colleagues))
        .collect::<Vec<_>>();
    let kept = wish
        .0
        .iter()
        .map(|(key, value)| view! { <input type="hidden" name=*key value=value.clone()/> })
        .collect_view();
    let chosen_to = refused.to.clone();
    view! {
        <ui::Form action=links::CASES>
            {kept}
            <div id="daftar" tabindex="-1" data-keys>
                <ui::Table id="permohonan" caption=t::inbox(l) hide_caption=true columns rows/>
            </div>
            <p class="meta">{t::keys(l)}</p>
            <ui::Select
                id="ke"
                label=t::give_to(l)
                empty=t::choose(l)
                options=to
                value=chosen_to
                error=wrong
            />
            <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::give(l)}</ui::Button></ui::Buttons>
        </ui::Form>
    }
    .into_any()
}

fn row(visit: &Visit, case: &Listed, chosen: &[String]) -> ui::Row {
    let l = visit.locale;
    let compact = case.reference.compact();
    let checked = chosen.contains(&compact);
    let written = case.reference.to_string();
    let (due, is_late) = words::due_short(visit, case.status, case.due_at, case.lacks_year);
    let due = if is_late && case.status.is_open() {
        view! { <ui::Tag kind=ui::TagKind::Alert text=due/> }.into_any()
    } else {
        due.into_any()
    };
    ui::Row::new(vec![
        view! {
            <input
                class="tick"
                type="checkbox"
                name="pilih"
                value=compact.clone()
                checked=checked
                aria-label=t::tick(l, &written)
            />
            " "<a href=links::case(&compact)>{written}</a>
        }
        .into_any(),
        case.name.clone().into_any(),
        case.title.clone().into_any(),
        view! { <ui::Tag kind=words::kind(case.status) text=words::status(l, case.status, case.outcome)/> }
            .into_any(),
        due,
        case.handler_name.clone().unwrap_or_default().into_any(),
    ])
}

/// On and back, by where this page ends and begins.
fn pages(visit: &Visit, wish: &Wish, inbox: &Inbox) -> Option<AnyView> {
    let l = visit.locale;
    if inbox.next.is_none() && inbox.previous.is_none() {
        return None;
    }
    let href = |key: &'static str, place: &Option<String>| {
        place.as_ref().map(|place| wish.address(&[(key, place)]))
    };
    Some(
        view! {
            <ui::Pagination
                label=t::pages(l)
                items=Vec::new()
                previous=href("sebelum", &inbox.previous)
                previous_label=crate::t::layout::previous(l)
                next=href("sesudah", &inbox.next)
                next_label=crate::t::layout::next(l)
            />
        }
        .into_any(),
    )
}
