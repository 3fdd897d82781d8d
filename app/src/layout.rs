//! Header, notices and footer around the pages of the site.

use domain::Locale;
use leptos::prelude::*;

use crate::{
    assist::{Assist, Sentences},
    links,
    page::switched,
    request::Visit,
    t::layout as t,
};

/// The site's frame around a page that brings its own `<main>`.
pub(crate) fn site(visit: &Visit, view: AnyView) -> impl IntoView + use<> {
    let l = visit.locale;
    let account = account(visit).into_any();
    view! {
        <ui::SkipLink label=t::skip(l)/>
        {visit.city.is_demo.then(|| view! { <aside class="demo-banner">{t::demo(l)}</aside> })}
        <ui::Header home_href=links::HOME brand=t::brand(l) city=visit.city.name.clone() label=t::main_nav(l) links=main(l)>
            {account}
        </ui::Header>
        {crate::form::bar(visit)}
        {said(visit).into_any()}
        {view}
        {footer(visit).into_any()}
        {assist(visit).into_any()}
    }
}

/// What stands around a page of a form, which brings its own header and `<main>`: nothing leads away by accident.
pub(crate) fn form(visit: &Visit, view: AnyView) -> impl IntoView + use<> {
    let l = visit.locale;
    view! {
        <ui::SkipLink label=t::skip(l)/>
        {visit.city.is_demo.then(|| view! { <aside class="demo-banner">{t::demo(l)}</aside> })}
        {crate::form::bar(visit)}
        {view}
        {assist(visit).into_any()}
    }
}

/// What the redirect left to say.
pub(crate) fn said(visit: &Visit) -> impl IntoView + use<> {
    let locale = visit.locale;
    visit.said().map(|said| {
        view! {
            <div class="wrap said" id="said">
                <ui::Notice kind=ui::NoticeKind::Success live=true>{said.sentence(locale)}</ui::Notice>
            </div>
        }
    })
}

/// The one island of a page: it helps the plain forms along. Not in light mode.
pub(crate) fn assist(visit: &Visit) -> impl IntoView + use<> {
    let l = visit.locale;
    (!visit.light).then(|| {
        let who = visit
            .actor
            .account()
            .map(ToString::to_string)
            .unwrap_or_default();
        let words = Sentences {
            offline_title: t::offline_title(l).to_owned(),
            offline_kept: t::offline_kept(l).to_owned(),
            sent_later: t::sent_later(l).to_owned(),
            sign_in_first: t::sign_in_first(l).to_owned(),
            sign_in: t::sign_in(l).to_owned(),
            refused_title: t::refused_title(l).to_owned(),
            refused: t::refused(l).to_owned(),
            to_form: t::to_form(l).to_owned(),
        };
        view! {
            <Assist who=who words=words/>
        }
    })
}

/// What people come for.
fn main(l: Locale) -> Vec<ui::LinkItem> {
    vec![
        ui::LinkItem::new(links::SERVICES, t::services(l)),
        ui::LinkItem::new(links::CONSULTATIONS, t::consultations(l)),
        ui::LinkItem::new(links::TRACK, t::track_short(l)),
    ]
}

fn account(visit: &Visit) -> impl IntoView + use<> {
    let l = visit.locale;
    let Some(member) = visit.actor.member() else {
        return view! { <a href=links::sign_in_for(&visit.path)>{t::sign_in(l)}</a> }.into_any();
    };
    let office = visit.actor.may_enter_office().is_ok();
    let unread = visit.unread;
    view! {
        {office.then(|| view! { <a href=links::OFFICE>{t::office(l)}</a> })}
        {(unread > 0).then(|| view! {
            <a href=links::NOTICES aria-label=t::unread(l, unread)>
                {ui::icon(ui::Icon::Bell)} <span aria-hidden="true">{l.number(unread)}</span>
            </a>
        })}
        <a href=links::PROFILE>{short_name(&member.name)}</a>
    }
    .into_any()
}

/// A name that fits beside the brand on a phone: "Siti Aminah" becomes "Siti A."
fn short_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first: String = words.next().unwrap_or_default().chars().take(14).collect();
    match words.next().and_then(|word| word.chars().next()) {
        Some(initial) => format!("{first} {initial}."),
        None => first,
    }
}

fn footer(visit: &Visit) -> impl IntoView + use<> {
    let l = visit.locale;
    let other = match l {
        Locale::Id => Locale::En,
        Locale::En => Locale::Id,
    };
    let (light, word) = if visit.light {
        (t::light_off(l), "0")
    } else {
        (t::light_on(l), "1")
    };
    let controls = view! {
        <a href=switched(&visit.path, "bahasa", other.tag()) lang=other.tag() hreflang=other.tag()>{t::language(l)}</a>
        <a href=switched(&visit.path, "hemat", word) rel="nofollow">{light}</a>
    }
    .into_any();
    let city = t::of_city(l, &visit.city.name);
    view! {
        <ui::Footer
            label=t::footer_nav(l)
            links=vec![
                ui::LinkItem::new(links::SERVICES, t::services(l)),
                ui::LinkItem::new(links::CONSULTATIONS, t::consultations(l)),
                ui::LinkItem::new(links::TRACK, t::track(l)),
                ui::LinkItem::new(links::SEARCH, t::search(l)),
                ui::LinkItem::new(links::OPEN_DATA, t::open_data(l)),
                ui::LinkItem::new(links::MODERATION_LOG, t::moderation_log(l)),
                ui::LinkItem::new("/umpan.atom", t::feed(l)),
            ]
            controls=controls
        >
            {city}
        </ui::Footer>
    }
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn names_fit_on_a_phone() {
        assert_eq!(short_name("Siti Aminah Binti Yusuf"), "Siti A.");
        assert_eq!(short_name("Suparmi"), "Suparmi");
        assert_eq!(short_name(""), "");
    }
}
