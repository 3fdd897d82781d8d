//! A new consultation: a title and an office, then the editor.

use domain::office::Office;
use leptos::prelude::*;
use service::Error;

use super::{
    shell::{NEW, Part, form, place, shell},
    words::Wrong,
};
use crate::{Answer, Failure, Fields, Page, Visit, t::office as t};

/// `GET /kantor/konsultasi/baru`.
pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, "", "", Wrong::default()).await
}

/// `POST /kantor/konsultasi/baru` (`title`, `office`).
pub(super) async fn send(visit: Visit, fields: Fields) -> Answer {
    let (title, office) = (fields.text("title"), fields.text("office"));
    match service::consultation::create(&visit.service, &visit.actor, office, title).await {
        Ok(slug) => Ok(visit.go(&place(&slug, ""))),
        Err(Error::Invalid(invalid)) => {
            page(&visit, title, office, Wrong::of(visit.locale, &invalid)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(visit: &Visit, title: &str, office: &str, wrong: Wrong) -> Answer {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let offices = own_offices(visit, &mut tx).await?;
    drop(tx);
    if offices.is_empty() {
        return Err(Failure::Forbidden);
    }
    let about = Page::new(t::make(l)).in_office();
    let about = if wrong.is_some() {
        about.wrong()
    } else {
        about
    };
    let inner = view! {
        <ui::TextInput
            id="title"
            label=t::title(l)
            hint=t::title_hint(l)
            value=title
            error=wrong.at("title")
            maxlength=200
        />
        {office_field(visit, offices, office, wrong.at("office"))}
        <ui::Buttons><ui::Button>{t::make_draft(l)}</ui::Button></ui::Buttons>
    };
    let view = view! {
        {wrong.summary(l)}
        <h1>{t::make(l)}</h1>
        <ui::Lead text=t::make_help(l)/>
        <div class="column">{form(NEW.to_owned(), None, false, inner.into_any())}</div>
    };
    Ok(visit.page(
        about,
        shell(visit, Part::Consultations, view.into_any(), None),
    ))
}

/// The offices for which the visitor may write.
pub(crate) async fn own_offices(
    visit: &Visit,
    tx: &mut service::Tx,
) -> Result<Vec<Office>, Failure> {
    visit.actor.may_enter_office()?;
    let all = service::office::list(tx).await?;
    Ok(all
        .into_iter()
        .filter(|office| visit.actor.may_author(&office.id).is_ok())
        .collect())
}

/// The choice of an office; only the one there is when there is no choice.
pub(crate) fn office_field(
    visit: &Visit,
    offices: Vec<Office>,
    value: &str,
    error: Option<String>,
) -> AnyView {
    let l = visit.locale;
    if let [only] = offices.as_slice()
        && error.is_none()
        && (value.is_empty() || value == only.id.as_str())
    {
        let id = only.id.to_string();
        return view! { <input type="hidden" name="office" value=id/> }.into_any();
    }
    let options = offices
        .into_iter()
        .map(|office| ui::Choosable::new(office.id.to_string(), office.name))
        .collect();
    view! { <ui::Select id="office" label=t::office(l) options value=value error empty=t::choose(l)/> }.into_any()
}
