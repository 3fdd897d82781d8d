//! Taking an item out of a group: asked first, since everything in it goes.

use axum::{extract::Path, http::StatusCode};
use domain::form::Kind;
use leptos::prelude::*;

use super::{
    field::owned,
    halt,
    place::{self, FROM_CHECK, filling, hand, own, says},
};
use crate::{Answer, Failure, Page, Visit, links, t::form as t};

/// `GET /layanan/{key}/isi/{page}/{item}/hapus`.
pub(super) async fn ask(
    visit: Visit,
    Path((key, page, item)): Path<(String, String, String)>,
) -> Answer {
    let Some(hand) = hand(&visit) else {
        return Ok(visit.go(&links::service(&key)));
    };
    let Some((filling, areas)) = filling(&visit, &hand, &key).await? else {
        return Ok(visit.go(&links::service(&key)));
    };
    if filling.halt.is_some() {
        return Ok(halt::of(&visit, &filling, &areas, &[]));
    }
    let (group, id) = item.rsplit_once('.').ok_or(Failure::NotFound)?;
    let question = filling
        .form
        .definition
        .question(group)
        .ok_or(Failure::NotFound)?;
    let Kind::Group { item: name, .. } = &question.kind else {
        return Err(Failure::NotFound);
    };
    let l = visit.locale;
    let at = owned(filling.draft.items(group))
        .iter()
        .position(|known| known == id);
    let at = at.ok_or(Failure::NotFound)? + 1;
    let title = t::item_remove_ask(l, name.get(l), at);
    let words: &[&str] = if says(&visit, FROM_CHECK) {
        &[FROM_CHECK]
    } else {
        &[]
    };
    let back = place::with(&place::page(&key, &page), words);
    let action = place::with(&format!("{}/hapus", place::item(&key, &page, &item)), words);
    let (heading, keep) = (title.clone(), back.clone());
    let view = view! {
        <ui::Page>
            <ui::BackLink href=back label=t::back(l)/>
            <h1>{heading}</h1>
            <p>{t::item_remove_help(l)}</p>
            <ui::Form action=action>
                <ui::Buttons>
                    <ui::Button kind=ui::ButtonKind::Danger>{t::item_remove_yes(l)}</ui::Button>
                    <ui::Button kind=ui::ButtonKind::Secondary href=keep>{t::item_remove_no(l)}</ui::Button>
                </ui::Buttons>
            </ui::Form>
        </ui::Page>
    };
    let page = Page::new(title).unlisted().status(StatusCode::OK);
    Ok(own(&visit, visit.page(page, view)))
}

/// `POST /layanan/{key}/isi/{page}/{item}/hapus`.
pub(super) async fn remove(
    visit: Visit,
    Path((key, page, item)): Path<(String, String, String)>,
) -> Answer {
    let Some(hand) = hand(&visit) else {
        return halt::gone(&visit, &key, &[]).await;
    };
    service::form::remove_item(&visit.service, &hand, &key, &item).await?;
    let words: &[&str] = if says(&visit, FROM_CHECK) {
        &[FROM_CHECK]
    } else {
        &[]
    };
    Ok(own(
        &visit,
        visit.go(&place::with(&place::page(&key, &page), words)),
    ))
}
