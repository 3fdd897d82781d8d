//! `/kantor/kasus`: what waits, narrowed by the address, the first due first.

use axum::{extract::RawQuery, http::StatusCode};
use domain::{AccountId, Invalid, Problem, identity::Nik, reference::Reference};
use leptos::prelude::*;
use service::{
    Error,
    case::{Inbox, Listed},
};

use super::{
    filter::{filters, people, search, tabs},
    wish::Wish,
    words,
};
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, shell},
    problem::sentence,
    t::case as t,
};

/// What was asked of the page beside its address.
#[derive(Clone, Debug, Default)]
struct Asked {
    /// A handing over that was not done: what was ticked, to whom, and why not.
    chosen: Vec<String>,
    to: String,
    invalid: Invalid,
    /// The NIK that was looked for.
    nik: Option<Nik>,
    /// What was looked for is neither a reference nor a NIK.
    is_odd: bool,
}

/// `GET /kantor/kasus?kantor=&keadaan=&petugas=&layanan=&tenggat=&cari=&sesudah=|sebelum=`.
pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    page(
        &visit,
        &Fields::of_query(query.as_deref()),
        Asked::default(),
    )
    .await
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
            let refused = Asked {
                chosen: fields.all("pilih").into_iter().map(str::to_owned).collect(),
                to: fields.string("ke"),
                invalid,
                ..Asked::default()
            };
            page(&visit, &fields, refused).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /kantor/kasus/cari`: what was looked for is in no address, so there is only the inbox to come back to.
pub(super) async fn nothing_asked(visit: Visit) -> Answer {
    visit.actor.may_enter_office()?;
    Ok(visit.go(links::CASES))
}

/// `POST /kantor/kasus/cari`: looks for a reference, which has an address, or for a NIK, which has none.
pub(super) async fn find(visit: Visit, fields: Fields) -> Answer {
    visit.actor.may_enter_office()?;
    let text = fields.text("cari").trim();
    if text.is_empty() {
        return Ok(visit.go(links::CASES));
    }
    let asked = match (Nik::parse(text), Reference::parse(text)) {
        (Ok(nik), _) => Asked {
            nik: Some(nik),
            ..Asked::default()
        },
        (_, Ok(reference)) => {
            return Ok(visit.go(&format!("{}?cari={}", links::CASES, reference.compact())));
        }
        _ => Asked {
            is_odd: true,
            ..Asked::default()
        },
    };
    page(&visit, &Fields::default(), asked).await
}

async fn page(visit: &Visit, fields: &Fields, refused: Asked) -> Answer {
    let l = visit.locale;
    let wish = Wish::of(fields);
    let mut tx = visit.service.read().await?;
    let mut narrow = wish.narrow(visit, fields);
    if let Some(nik) = refused.nik {
        narrow.search = nik.digits();
    }
    let inbox = service::case::inbox(&visit.service, &mut tx, &visit.actor, &narrow).await?;
    drop(tx);
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
    let odd = refused
        .is_odd
        .then(|| ui::ErrorItem::new("cari", t::search_odd(l)));
    let errors: Vec<ui::ErrorItem> = [("cases", "daftar"), ("handler", "ke")]
        .into_iter()
        .filter_map(|(field, id)| Some(ui::ErrorItem::new(id, wrong(field)?)))
        .chain(odd)
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
    let found = refused
        .nik
        .map(|nik| view! { <p class="meta">{t::found_nik(l, nik.masked())}</p> });
    let view = view! {
        <h1>{t::inbox(l)}</h1>
        {summary}
        {lacking}
        {tabs(visit, &wish, &inbox)}
        {search(visit, wish.get("cari"))}
        {found}
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

fn list(
    visit: &Visit,
    wish: &Wish,
    inbox: &Inbox,
    refused: &Asked,
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
                <ui::Table id="permohonan" caption=t::inbox(l) hide_caption=true stack=true columns rows/>
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
        case.handler_name
            .clone()
            .unwrap_or_else(|| "–".to_owned())
            .into_any(),
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
