//! `/kantor/loket`: filling a form in at the counter, on somebody's behalf.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use domain::{
    Actor, Invalid, OfficeId,
    case::{Ground, MANDATE_LETTER, MANDATE_NAME},
};
use leptos::prelude::*;
use service::{Error, draft::Owner, form::Hand};

use super::place;
use crate::{
    Answer, Fields, Page, Said, Visit, links,
    office::{Part, shell},
    problem::sentence,
    request::DESK_COOKIE,
    t::form as t,
};

/// Seconds for which somebody is served at most: a day's opening hours.
const SECONDS: i64 = 12 * 3_600;
/// Ends serving somebody.
const END: &str = "/kantor/loket/selesai";

/// What was typed and not taken.
#[derive(Clone, Debug, Default)]
struct Typed {
    service: String,
    name: String,
    ground: String,
    letter: String,
    invalid: Invalid,
}

/// The hand of the counter, on pages of the service that somebody is being served with; nothing on all others, so that an
/// officer's own forms stay their own.
pub(super) fn hand(visit: &Visit) -> Option<Hand> {
    let (key, token) = served(visit)?;
    let path = visit.path.split('?').next()?;
    let rest = path.strip_prefix(links::SERVICES)?.strip_prefix('/')?;
    (rest.split('/').next() == Some(key))
        .then(|| owner(&visit.actor, token))?
        .map(|owner| place::of(visit, owner))
}

/// The service and the token of the one who is being served.
fn served(visit: &Visit) -> Option<(&str, &str)> {
    let found = visit.desk.as_deref()?.split_once('.')?;
    visit.actor.may_enter_office().is_ok().then_some(found)
}

fn owner(actor: &Actor, token: &str) -> Option<Owner> {
    actor.account().map(|account| Owner::desk(account, token))
}

/// A line on top of every page at the counter: for whom it is, and the way out.
pub fn bar(visit: &Visit) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    hand(visit)?;
    Some(view! {
        <aside class="counter-bar" aria-label=t::counter(l)>
            <span>{t::counter_on_behalf(l)}</span>
            <form method="post" action=END>
                <ui::Button kind=ui::ButtonKind::Quiet>{t::counter_end(l)}</ui::Button>
            </form>
        </aside>
    })
}

/// `GET /kantor/loket`.
pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, Typed::default()).await
}

/// `POST /kantor/loket`: begins with a service (`layanan`) for somebody (`untuk`), who is there or has an attorney (`dasar`,
/// `kuasa`). What was begun for the one before goes.
pub(super) async fn begin(visit: Visit, fields: Fields) -> Answer {
    visit.actor.may_enter_office()?;
    let key = fields.text("layanan");
    let (name, ground, letter) = (
        fields.text("untuk"),
        fields.text("dasar"),
        fields.text("kuasa"),
    );
    let mut invalid = Invalid::default();
    let mandate = match domain::case::mandate(name, ground, letter) {
        Ok(mandate) => Some(mandate),
        Err(wrong) => {
            invalid = wrong;
            None
        }
    };
    if key.is_empty() {
        invalid.add("service", domain::Problem::Missing);
    }
    let token = visit.service.chance().token();
    if let (Some(mandate), true, Some(owner)) =
        (mandate, invalid.0.is_empty(), owner(&visit.actor, &token))
    {
        leave(&visit).await?;
        let hand = place::of(&visit, owner);
        match service::form::begin_at_desk(&visit.service, &hand, key, mandate).await {
            Ok(()) => {
                let response = visit.go(&place::tasks(key));
                return Ok(set(response, &format!("{key}.{token}"), SECONDS));
            }
            // A service of another office, or one that is not there: the list does not have it.
            Err(Error::NotFound | Error::Forbidden) => {
                invalid.add("service", domain::Problem::Unknown);
            }
            Err(other) => return Err(other.into()),
        }
    }
    let typed = Typed {
        service: key.to_owned(),
        name: name.to_owned(),
        ground: ground.to_owned(),
        letter: letter.to_owned(),
        invalid,
    };
    page(&visit, typed).await
}

/// `POST /kantor/loket/selesai`: the next customer finds nothing of this one.
pub(super) async fn end(visit: Visit, _: Fields) -> Answer {
    visit.actor.may_enter_office()?;
    leave(&visit).await?;
    let mut response = set(visit.go_saying(links::COUNTER, Said::CounterEnded), "", 0);
    response
        .headers_mut()
        .insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// Throws away what was begun for the one who was served, and forgets the number of what was handed in.
async fn leave(visit: &Visit) -> Result<(), Error> {
    if let Some((_, token)) = served(visit)
        && let Some(owner) = owner(&visit.actor, token)
    {
        service::form::forget(&visit.service, &place::of(visit, owner)).await?;
    }
    Ok(())
}

/// Keys of services and tokens are letters, digits and dashes; what is not is no cookie.
fn set(mut response: Response, value: &str, seconds: i64) -> Response {
    let cookie =
        format!("{DESK_COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

async fn page(visit: &Visit, typed: Typed) -> Answer {
    let l = visit.locale;
    visit.actor.may_enter_office()?;
    let mut tx = visit.service.read().await?;
    let all = service::form::list(&mut tx).await?;
    drop(tx);
    let own: Vec<ui::Choosable> = all
        .into_iter()
        .filter(|(listed, _)| {
            let office = OfficeId::new(&listed.office_id);
            visit.actor.may_handle(&office).is_ok()
        })
        .map(|(listed, _)| {
            let title = match l {
                domain::Locale::En if !listed.title_en.is_empty() => listed.title_en,
                _ => listed.title_id,
            };
            ui::Choosable::new(listed.form_key, title)
        })
        .collect();
    let wrong = |field: &str| {
        let label = match field {
            "service" => t::counter_service(l),
            "name" => t::counter_name(l),
            "ground" => t::counter_ground(l),
            _ => t::counter_letter(l),
        };
        Some(sentence(l, label, typed.invalid.of(field)?))
    };
    let errors: Vec<ui::ErrorItem> = [
        ("service", "layanan"),
        ("name", "untuk"),
        ("ground", "dasar"),
        ("letter", "kuasa"),
    ]
    .into_iter()
    .filter_map(|(field, id)| Some(ui::ErrorItem::new(id, wrong(field)?)))
    .collect();
    let is_wrong = !errors.is_empty();
    let title = match errors.len() {
        1 => t::wrong_one(l).to_owned(),
        count => t::wrong_many(l, i64::try_from(count).unwrap_or(i64::MAX)),
    };
    let summary = is_wrong.then(|| view! { <ui::ErrorSummary title errors/> });
    let going_on = served(visit).map(|(key, _)| {
        let href = place::tasks(key);
        view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::counter_going_on(l)>
                {t::counter_going_on_help(l)}" "<a href=href>{t::go_on(l)}</a>
            </ui::Notice>
        }
    });
    let form = if own.is_empty() {
        view! { <ui::EmptyState title=t::counter_none(l)><p>{t::counter_none_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        let grounds = Ground::ALL
            .into_iter()
            .map(|ground| {
                let label = match ground {
                    Ground::Present => t::counter_present(l),
                    Ground::Attorney => t::counter_attorney(l),
                };
                ui::Choosable::new(ground.word(), label)
            })
            .collect::<Vec<_>>();
        let [no_service, no_name, no_ground, no_letter] =
            ["service", "name", "ground", "letter"].map(wrong);
        view! {
            <ui::Form action=links::COUNTER>
                <ui::Select
                    id="layanan" label=t::counter_service(l) options=own value=typed.service.clone() empty=t::counter_choose(l)
                    error=no_service error_prefix=t::wrong_prefix(l)
                />
                <ui::TextInput
                    id="untuk" label=t::counter_name(l) hint=t::counter_name_hint(l) value=typed.name.clone() autocomplete="off"
                    spellcheck=false maxlength=MANDATE_NAME error=no_name error_prefix=t::wrong_prefix(l)
                />
                <ui::Radios
                    id="dasar" legend=t::counter_ground(l) items=grounds value=typed.ground.clone() error=no_ground
                    error_prefix=t::wrong_prefix(l)
                />
                <ui::TextInput
                    id="kuasa" label=t::counter_letter(l) hint=t::counter_letter_hint(l) value=typed.letter.clone()
                    autocomplete="off" maxlength=MANDATE_LETTER error=no_letter error_prefix=t::wrong_prefix(l)
                />
                <ui::Button>{t::counter_begin(l)}</ui::Button>
            </ui::Form>
        }
        .into_any()
    };
    let view = view! {
        {summary}
        <h1>{t::counter(l)}</h1>
        <ui::Lead text=t::counter_lead(l)/>
        {going_on}
        {form}
    };
    let page = Page::new(t::counter(l)).in_office();
    let page = if is_wrong { page.wrong() } else { page };
    Ok(visit.page(page, shell(visit, Part::Counter, view.into_any(), None)))
}
