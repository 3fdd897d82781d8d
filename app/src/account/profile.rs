use axum::{http::HeaderMap, response::Response};
use domain::{
    Locale, Problem, Timestamp,
    account::{Account, PersonForm, Profile, Secret},
};
use leptos::prelude::*;
use service::account::OwnSession;

use super::{
    cookie,
    form::{Wrong, arrival, villages},
    person,
};
use crate::{Answer, Failure, Fields, Page, Said, Visit, links, t::account as t};

const PASSWORD: &str = "/akun/profil/sandi";
const SESSIONS: &str = "/akun/profil/sesi";
/// Who may do what, for administrators.
const PEOPLE: &str = "/kantor/orang";

pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, None, None, Wrong::default()).await
}

pub(super) async fn save(visit: Visit, fields: Fields) -> Answer {
    let l = visit.locale;
    let typed = Profile {
        name: fields.string("name"),
        home: fields.string("home"),
        locale: fields.string("locale"),
    };
    match service::account::update_profile(&visit.service, &visit.actor, &typed).await {
        // The language they chose here counts from now on, not an earlier switch on this device.
        Ok(()) => Ok(cookie::forget_language(
            visit.go_saying(links::PROFILE, Said::Saved),
        )),
        Err(error) => {
            let labels = [
                ("name", t::name(l)),
                ("home", t::home(l)),
                ("locale", t::language(l)),
            ];
            let wrong = Wrong::from_error(l, error, &labels, &[])?;
            page(&visit, Some(typed), None, wrong).await
        }
    }
}

pub(super) async fn change_password(visit: Visit, headers: HeaderMap, fields: Fields) -> Answer {
    let l = visit.locale;
    let (current, new) = (
        Secret::new(fields.text("current")),
        Secret::new(fields.text("password")),
    );
    let done = service::account::change_password(
        &visit.service,
        &visit.actor,
        &current,
        &new,
        fields.has("end_others"),
        &arrival(&visit, &headers),
    )
    .await;
    match done {
        Ok(new) => Ok(cookie::signed_in(
            visit.go_saying(links::PROFILE, Said::Saved),
            &new,
        )),
        Err(error) => {
            let labels = [
                ("current", t::current_password(l)),
                ("password", t::new_password(l)),
            ];
            let special = [("current", &Problem::Unknown, t::wrong_current(l))];
            let wrong = Wrong::from_error(l, error, &labels, &special)?;
            let response = page(&visit, None, None, wrong.clone()).await?;
            Ok(wrong.mark(response))
        }
    }
}

pub(super) async fn end_session(visit: Visit, fields: Fields) -> Answer {
    service::account::end_session(&visit.service, &visit.actor, fields.text("sesi")).await?;
    Ok(visit.go_saying(&format!("{}#perangkat", links::PROFILE), Said::Saved))
}

/// The page; with what was typed and is wrong.
pub(super) async fn page(
    visit: &Visit,
    typed: Option<Profile>,
    typed_person: Option<PersonForm>,
    wrong: Wrong,
) -> Result<Response, Failure> {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let own = service::account::get_own(&mut tx, &visit.actor).await?;
    let kept = service::account::own_person(&visit.service, &mut tx, &visit.actor).await?;
    let sessions = service::account::list_sessions(&visit.service, &mut tx, &visit.actor).await?;
    let villages = villages(l, service::area::list_districts(&mut tx).await?);
    drop(tx);
    let typed = typed.unwrap_or_else(|| Profile {
        name: own.name.clone(),
        home: own
            .home
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        locale: own.locale.map(|l| l.tag().to_owned()).unwrap_or_default(),
    });
    let mut page = Page::new(t::profile_title(l)).unlisted();
    if wrong.is_some() {
        page = page.wrong();
    }
    let (email, ways, summary) = (own.email.clone(), ways(visit), wrong.summary(l));
    let about_me = profile_form(l, typed, villages, &wrong);
    let person = person::section(visit, &kept, typed_person, &wrong);
    let password = password_form(l, &own, &wrong);
    let devices = devices(visit, sessions);
    let staff = visit.actor.may_enter_office().is_ok();
    let view = view! {
        <ui::Page>
            {summary}
            <h1>{t::profile_title(l)}</h1>
            <ui::Lead text=email/>
            <ui::LinkList items=ways/>
            <section aria-labelledby="tentang">
                <h2 id="tentang">{t::about_me(l)}</h2>
                {about_me}
            </section>
            {person}
            <section aria-labelledby="sandi">
                <h2 id="sandi">{t::change_password(l)}</h2>
                {password}
            </section>
            <section aria-labelledby="perangkat">
                <h2 id="perangkat">{t::devices(l)}</h2>
                <p>{if staff { t::stay_staff(l) } else { t::stay(l) }}</p>
                {devices}
                <form action=links::SIGN_OUT method="post">
                    <ui::Buttons>
                        <ui::Button kind=ui::ButtonKind::Secondary>{t::sign_out(l)}</ui::Button>
                        <ui::Button kind=ui::ButtonKind::Secondary name="semua" value="1">
                            {t::sign_out_everywhere(l)}
                        </ui::Button>
                    </ui::Buttons>
                </form>
            </section>
        </ui::Page>
    };
    Ok(visit.page(page, view))
}

fn ways(visit: &Visit) -> Vec<ui::LinkItem> {
    let l = visit.locale;
    let mut ways = vec![ui::LinkItem::new(links::NOTICES, t::notices(l))];
    if visit.actor.may_enter_office().is_ok() {
        ways.push(ui::LinkItem::new(links::OFFICE, t::office(l)));
    }
    if visit.actor.may_administer().is_ok() {
        ways.push(ui::LinkItem::new(PEOPLE, t::people(l)));
    }
    ways
}

fn profile_form(
    l: Locale,
    typed: Profile,
    villages: Vec<ui::Choosable>,
    wrong: &Wrong,
) -> impl IntoView + use<> {
    let wrong = wrong.clone();
    let languages = vec![
        ui::Choosable::new(Locale::Id.tag(), t::language_id(l)),
        ui::Choosable::new(Locale::En.tag(), t::language_en(l)),
    ];
    view! {
        <ui::Form action=links::PROFILE>
            <ui::TextInput
                id="name"
                label=t::name(l)
                hint=t::name_hint(l)
                value=typed.name
                autocomplete="name"
                spellcheck=false
                error=wrong.at("name")
                error_prefix=t::error_prefix(l)
            />
            <ui::Select
                id="home"
                label=t::home(l)
                hint=t::home_hint(l)
                marker=t::optional(l)
                options=villages
                value=typed.home
                empty=t::home_empty(l)
                error=wrong.at("home")
                error_prefix=t::error_prefix(l)
            />
            <ui::Select
                id="locale"
                label=t::language(l)
                options=languages
                value=typed.locale
                empty=t::language_browser(l)
                error=wrong.at("locale")
                error_prefix=t::error_prefix(l)
            />
            <ui::Button>{t::save(l)}</ui::Button>
        </ui::Form>
    }
}

fn password_form(l: Locale, own: &Account, wrong: &Wrong) -> impl IntoView + use<> {
    let (email, wrong) = (own.email.clone(), wrong.clone());
    view! {
        <ui::Form action=PASSWORD>
            // For password managers: which account this is about.
            <input type="hidden" name="username" autocomplete="username" value=email/>
            <ui::TextInput
                id="current"
                label=t::current_password(l)
                kind="password"
                autocomplete="current-password"
                error=wrong.at("current")
                error_prefix=t::error_prefix(l)
            />
            <ui::TextInput
                id="password"
                label=t::new_password(l)
                hint=t::new_password_hint(l)
                kind="password"
                autocomplete="new-password"
                error=wrong.at("password")
                error_prefix=t::error_prefix(l)
            />
            <ui::Checkbox id="end_others" label=t::end_others(l) hint=t::end_others_hint(l)/>
            <ui::Button kind=ui::ButtonKind::Secondary>{t::change(l)}</ui::Button>
        </ui::Form>
    }
}

fn devices(visit: &Visit, sessions: Vec<OwnSession>) -> impl IntoView + use<> {
    let l = visit.locale;
    let date = |at: Timestamp| {
        format!(
            "{}, {}",
            visit.zone().date(at, l),
            visit.zone().clock(at, l)
        )
    };
    let here = visit.session.as_deref().map(service::account::handle_of);
    let rows = sessions
        .into_iter()
        .map(|session| {
            let device = if session.device.is_empty() { t::unknown_device(l).to_owned() } else { session.device };
            let since = date(session.created_at);
            let label = t::end_device_label(l, &device, &since);
            let facts = vec![t::since(l, &since), t::seen(l, date(session.seen_at))];
            let end = if here.as_ref() == Some(&session.handle) {
                view! { <ui::Tag kind=ui::TagKind::Open text=t::this_device(l)/> }.into_any()
            } else {
                view! {
                    <form action=SESSIONS method="post">
                        <input type="hidden" name="sesi" value=session.handle/>
                        <ui::Button kind=ui::ButtonKind::Quiet label=label>{t::end_device(l)}</ui::Button>
                    </form>
                }
                .into_any()
            };
            view! { <li class="row"><b>{device}</b><ui::Facts items=facts/>{end}</li> }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}
