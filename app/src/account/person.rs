//! What an account keeps for forms to begin with: a part of the profile's page.

use domain::account::{Person, PersonForm};
use leptos::prelude::*;

use super::{form::Wrong, profile};
use crate::{Answer, Fields, Said, Visit, links, t::account as t};

const PERSON: &str = "/akun/profil/data";

/// `POST /akun/profil/data`: changes what is kept, or takes it out.
pub(super) async fn save(visit: Visit, fields: Fields) -> Answer {
    let l = visit.locale;
    let typed = PersonForm {
        phone: fields.string("phone"),
        nik: fields.string("nik"),
        drop_nik: fields.has("drop_nik"),
        kk: fields.string("kk"),
        drop_kk: fields.has("drop_kk"),
    };
    match service::account::update_person(&visit.service, &visit.actor, &typed).await {
        Ok(()) => Ok(visit.go_saying(&format!("{}#data", links::PROFILE), Said::Saved)),
        Err(error) => {
            let labels = [("phone", t::phone(l)), ("nik", t::nik(l)), ("kk", t::kk(l))];
            let wrong = Wrong::from_error(l, error, &labels, &[])?;
            profile::page(&visit, None, Some(typed), wrong).await
        }
    }
}

/// The form. Numbers that are kept are shown masked; an empty field leaves them as they are.
pub(super) fn section(
    visit: &Visit,
    kept: &Person,
    typed: Option<PersonForm>,
    wrong: &Wrong,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let typed = typed.unwrap_or_else(|| PersonForm {
        phone: kept
            .phone
            .as_ref()
            .map(|phone| phone.as_str().to_owned())
            .unwrap_or_default(),
        ..PersonForm::default()
    });
    let number = |id: &'static str,
                  label: &'static str,
                  masked: Option<String>,
                  value: String,
                  drop: &'static str,
                  drops: bool| {
        let hint = match &masked {
            Some(masked) => t::number_kept(l, masked),
            None => t::number_none(l).to_owned(),
        };
        let drop = masked.map(|_| {
            view! { <ui::Checkbox id=drop label=t::take_out(l, label) checked=drops/> }
        });
        let error = wrong.at(id);
        view! {
            <ui::TextInput
                id
                label
                hint
                value
                marker=t::optional(l)
                inputmode="numeric"
                autocomplete="off"
                error
                error_prefix=t::error_prefix(l)
            />
            {drop}
        }
        .into_any()
    };
    let nik = number(
        "nik",
        t::nik(l),
        kept.nik.map(domain::identity::Nik::masked),
        typed.nik,
        "drop_nik",
        typed.drop_nik,
    );
    let kk = number(
        "kk",
        t::kk(l),
        kept.kk.map(domain::identity::Kk::masked),
        typed.kk,
        "drop_kk",
        typed.drop_kk,
    );
    let wrong_phone = wrong.at("phone");
    view! {
        <section aria-labelledby="data">
            <h2 id="data">{t::for_forms(l)}</h2>
            <p>{t::for_forms_help(l)}</p>
            <ui::Form action=PERSON>
                <ui::TextInput
                    id="phone"
                    label=t::phone(l)
                    value=typed.phone
                    marker=t::optional(l)
                    inputmode="tel"
                    autocomplete="tel"
                    error=wrong_phone
                    error_prefix=t::error_prefix(l)
                />
                {nik}
                {kk}
                <ui::Button kind=ui::ButtonKind::Secondary>{t::save(l)}</ui::Button>
            </ui::Form>
        </section>
    }
}
