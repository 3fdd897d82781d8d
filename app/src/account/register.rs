use axum::{extract::RawQuery, http::HeaderMap, response::Response};
use domain::{
    Problem,
    account::{Registration, Secret},
};
use leptos::prelude::*;

use super::{
    form::{Wrong, arrival, next, villages},
    sign_in::{arrive, place},
};
use crate::{Answer, Failure, Fields, Page, Said, Visit, links, t::account as t};

/// What was typed, where to go afterwards, and the token of an invitation.
#[derive(Clone, Debug, Default)]
struct Form {
    typed: Registration,
    next: String,
    invite: String,
}

pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let fields = Fields::of_query(query.as_deref());
    let next = place(&fields);
    if visit.actor.member().is_some() {
        return Ok(visit.go(&next));
    }
    let form = Form {
        next,
        invite: fields.string("undangan"),
        ..Form::default()
    };
    page(&visit, form, Wrong::default()).await
}

pub(super) async fn send(visit: Visit, headers: HeaderMap, fields: Fields) -> Answer {
    let l = visit.locale;
    let form = Form {
        typed: Registration {
            name: fields.string("name"),
            email: fields.string("email"),
            password: Secret::new(fields.text("password")),
            home: fields.string("home"),
        },
        next: place(&fields),
        invite: fields.string("undangan"),
    };
    let invite = Some(form.invite.trim()).filter(|token| !token.is_empty());
    let arrival = arrival(&visit, &headers);
    match service::account::register(&visit.service, &form.typed, invite, &arrival).await {
        Ok(new) => Ok(arrive(&visit, &new, &form.next, Said::Registered).await),
        Err(error) => {
            let labels = [
                ("name", t::name(l)),
                ("email", t::email(l)),
                ("password", t::password(l)),
                ("home", t::home(l)),
                ("invite", t::invited(l)),
            ];
            let special = [
                ("email", &Problem::Taken, t::taken(l)),
                ("invite", &Problem::Unknown, t::invite_spent(l)),
            ];
            let wrong = Wrong::from_error(l, error, &labels, &special)?;
            let response = page(&visit, form, wrong.clone()).await?;
            Ok(wrong.mark(response))
        }
    }
}

async fn page(visit: &Visit, form: Form, wrong: Wrong) -> Result<Response, Failure> {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let villages = villages(l, service::area::list_districts(&mut tx).await?);
    drop(tx);
    let mut page = Page::new(t::register_title(l))
        .describe(t::register_lead(l))
        .unlisted();
    if wrong.is_some() {
        page = page.wrong();
    }
    let to_sign_in = links::sign_in_for(&form.next);
    let invited = !form.invite.is_empty();
    let spent = wrong.at("invite");
    let invitation = invited.then(|| {
        let kind = if spent.is_some() {
            ui::NoticeKind::Warning
        } else {
            ui::NoticeKind::Info
        };
        let text = spent.unwrap_or_else(|| t::invited(l).to_owned());
        view! {
            <div id="invite"><ui::Notice kind=kind>{text}</ui::Notice></div>
            <input type="hidden" name="undangan" value=form.invite/>
        }
    });
    let view = view! {
        <ui::Page>
            {wrong.summary(l)}
            <h1>{t::register_title(l)}</h1>
            <ui::Lead text=t::register_lead(l)/>
            <ui::Form action=links::REGISTER>
                {invitation}
                {next(&form.next)}
                <ui::TextInput
                    id="name"
                    label=t::name(l)
                    hint=t::name_hint(l)
                    value=form.typed.name
                    autocomplete="name"
                    spellcheck=false
                    error=wrong.at("name")
                    error_prefix=t::error_prefix(l)
                />
                <ui::TextInput
                    id="email"
                    label=t::email(l)
                    hint=t::email_hint(l)
                    kind="email"
                    value=form.typed.email
                    autocomplete="username"
                    spellcheck=false
                    error=wrong.at("email")
                    error_prefix=t::error_prefix(l)
                />
                <ui::TextInput
                    id="password"
                    label=t::password(l)
                    hint=t::new_password_hint(l)
                    kind="password"
                    autocomplete="new-password"
                    error=wrong.at("password")
                    error_prefix=t::error_prefix(l)
                />
                <ui::Select
                    id="home"
                    label=t::home(l)
                    hint=t::home_hint(l)
                    marker=t::optional(l)
                    options=villages
                    value=form.typed.home
                    empty=t::home_empty(l)
                    error=wrong.at("home")
                    error_prefix=t::error_prefix(l)
                />
                <ui::Button>{t::register(l)}</ui::Button>
            </ui::Form>
            <p>{t::has_account(l)} " " <a href=to_sign_in>{t::to_sign_in(l)}</a></p>
        </ui::Page>
    };
    Ok(visit.page(page, view))
}
