//! Going on later, on another device, or leaving nothing behind; and one's own files.

use axum::{extract::Path, response::Response};
use domain::FileId;
use leptos::prelude::*;
use service::form::Filling;

use super::{
    field::media_type,
    halt,
    place::{any_hand, filling, hand, later as later_of, own, tasks},
};
use crate::{Answer, Failure, Fields, Page, Visit, account, links, t::form as t};

/// `GET /layanan/{key}/nanti`.
pub(super) async fn later(visit: Visit, Path(key): Path<String>) -> Answer {
    let Some(hand) = hand(&visit) else {
        return Ok(visit.go(&links::service(&key)));
    };
    // At the counter nobody goes on elsewhere.
    if hand.owner.is_desk() {
        return Ok(visit.go(&tasks(&key)));
    }
    let Some((filling, areas)) = filling(&visit, &hand, &key).await? else {
        return Ok(visit.go(&links::service(&key)));
    };
    if filling.halt.is_some() {
        return Ok(halt::of(&visit, &filling, &areas, &[]));
    }
    Ok(draw(&visit, &filling, None))
}

/// `POST /layanan/{key}/nanti`: makes a code and shows it once.
pub(super) async fn make_code(visit: Visit, Path(key): Path<String>, _: Fields) -> Answer {
    let Some(hand) = hand(&visit) else {
        return halt::gone(&visit, &key, &[]).await;
    };
    if hand.owner.is_desk() {
        return Ok(visit.go(&tasks(&key)));
    }
    let code = match service::form::show_code(&visit.service, &hand, &key).await {
        Err(service::Error::NotFound) => return halt::gone(&visit, &key, &[]).await,
        code => code?,
    };
    let (filling, _) = filling(&visit, &hand, &key)
        .await?
        .ok_or(Failure::NotFound)?;
    Ok(draw(&visit, &filling, Some(code)))
}

fn draw(visit: &Visit, filling: &Filling, code: Option<String>) -> Response {
    let page = Page::new(t::later_title(visit.locale)).unlisted();
    own(visit, visit.page(page, view(visit, filling, code)))
}

fn view(visit: &Visit, filling: &Filling, code: Option<String>) -> impl IntoView + use<> {
    let l = visit.locale;
    let key = &filling.form.key;
    let is_guest = visit.actor.account().is_none();
    let account = if is_guest {
        let sign_in = links::sign_in_for(&tasks(key));
        view! {
            <p>{t::later_account_help(l)}</p>
            <ui::Buttons>
                <ui::Button kind=ui::ButtonKind::Secondary href=sign_in>{t::sign_in(l)}</ui::Button>
            </ui::Buttons>
        }
        .into_any()
    } else {
        view! { <p>{t::later_account_in(l)}</p> }.into_any()
    };
    let shown = code.map(|code| {
        let place = format!("{}{}", visit.base, links::RESUME);
        let place = place
            .split_once("://")
            .map_or(place.as_str(), |(_, rest)| rest)
            .to_owned();
        view! {
            <ui::Panel strong=true>
                <p>{t::later_code_is(l)}": "<b class="ref">{code}</b></p>
                <p class="meta">{t::later_code_note(l, place)}</p>
            </ui::Panel>
        }
    });
    let warn = (filling.has_code && shown.is_none())
        .then(|| view! { <p class="meta">{t::later_code_there(l)}</p> });
    let forget = is_guest.then(|| {
        view! {
            <h2>{t::later_shared(l)}</h2>
            <p>{t::later_shared_help(l)}</p>
            <ui::Form action="/layanan/lupakan">
                <ui::Button kind=ui::ButtonKind::Danger>{t::later_forget(l)}</ui::Button>
            </ui::Form>
        }
    });
    let expires = visit.zone().date(filling.expires_at, l);
    let (back, action) = (tasks(key), later_of(key));
    view! {
        <ui::Page>
            <ui::BackLink href=back label=t::back(l)/>
            <h1>{t::later_title(l)}</h1>
            <ui::Lead text=t::later_kept(l, expires)/>
            <h2>{t::later_here(l)}</h2>
            <p>{t::later_here_help(l)}</p>
            <h2>{t::later_account(l)}</h2>
            {account}
            <h2>{t::later_code(l)}</h2>
            <p>{t::later_code_help(l)}</p>
            {shown}
            {warn}
            <ui::Form action=action>
                <ui::Button kind=ui::ButtonKind::Secondary>{t::later_code_make(l)}</ui::Button>
            </ui::Form>
            {forget}
        </ui::Page>
    }
}

/// `GET /layanan/lanjut`.
pub(super) async fn ask_code(visit: Visit) -> Answer {
    Ok(code_page(&visit, "", false))
}

/// `POST /layanan/lanjut`: goes on with what belongs to a code. One answer for every code that does not work.
pub(super) async fn take_code(visit: Visit, fields: Fields) -> Answer {
    let (hand, fresh) = any_hand(&visit);
    let typed = fields.text("kode");
    match service::form::resume_by_code(&visit.service, &hand, typed).await? {
        Some(key) => Ok(account::with_key(
            own(&visit, visit.go(&tasks(&key))),
            fresh,
        )),
        None => Ok(code_page(&visit, typed, true)),
    }
}

fn code_page(visit: &Visit, typed: &str, is_wrong: bool) -> Response {
    let l = visit.locale;
    let error = is_wrong.then(|| t::code_wrong(l));
    let errors = error
        .map(|text| ui::ErrorItem::new("kode", text))
        .into_iter()
        .collect::<Vec<_>>();
    let mut page = Page::new(t::code_title(l)).canonical(links::RESUME);
    if is_wrong {
        page = page.wrong();
    }
    let typed: String = typed.chars().take(60).collect();
    let view = view! {
        <ui::Page>
            <ui::BackLink href=links::SERVICES label=t::title(l)/>
            <ui::ErrorSummary title=t::wrong_one(l) errors=errors/>
            <h1>{t::code_title(l)}</h1>
            <ui::Form action=links::RESUME>
                <ui::TextInput
                    id="kode" label=t::code_label(l) hint=t::code_hint(l) value=typed error=error
                    error_prefix=t::wrong_prefix(l) autocomplete="off" spellcheck=false
                />
                <ui::Button>{t::code_go(l)}</ui::Button>
            </ui::Form>
        </ui::Page>
    };
    visit.page(page, view)
}

/// `POST /layanan/lupakan`: a computer that others use keeps nothing.
pub(super) async fn forget(visit: Visit, _: Fields) -> Answer {
    let stays = match hand(&visit) {
        // What is in an account is left by signing out.
        Some(hand) if visit.actor.account().is_none() => {
            service::form::forget(&visit.service, &hand).await?
        }
        _ => false,
    };
    let l = visit.locale;
    let help = if stays {
        t::forgotten_kept(l)
    } else {
        t::forgotten_gone(l)
    };
    let view = view! {
        <ui::Page>
            <h1>{t::forgotten(l)}</h1>
            <ui::Lead text=help/>
            <ui::Buttons><ui::Button href=links::SERVICES>{t::all_services(l)}</ui::Button></ui::Buttons>
        </ui::Page>
    };
    let response = visit.page(Page::new(t::forgotten(l)).unlisted(), view);
    Ok(if visit.actor.account().is_none() {
        account::guest_left(response)
    } else {
        response
    })
}

/// `GET /layanan/{key}/berkas/{id}`: a file that one has uploaded oneself.
pub(super) async fn file(visit: Visit, Path((key, id)): Path<(String, String)>) -> Answer {
    let hand = hand(&visit).ok_or(Failure::NotFound)?;
    let found = service::form::content(&visit.service, &hand, &key, &FileId::new(id)).await?;
    crate::file::private(&found.name, media_type(found.kind), found.bytes)
}
