use axum::{extract::RawQuery, http::HeaderMap, response::Response};
use domain::{
    Problem, QuestionId,
    account::{Secret, local_path},
};
use leptos::prelude::*;
use service::{
    account::SignedIn,
    draft::{self, Owner},
};

use super::{
    cookie,
    form::{Wrong, arrival, next},
};
use crate::{Answer, Fields, Page, Said, Visit, links, t::account as t};

/// What was typed, and where to go afterwards.
#[derive(Clone, Debug, Default)]
struct Form {
    email: String,
    next: String,
}

pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let fields = Fields::of_query(query.as_deref());
    let next = place(&fields);
    if visit.actor.member().is_some() {
        return Ok(visit.go(&next));
    }
    let form = Form {
        email: fields.string("surel"),
        next,
    };
    Ok(page(&visit, form, Wrong::default()))
}

pub(super) async fn send(visit: Visit, headers: HeaderMap, fields: Fields) -> Answer {
    let l = visit.locale;
    let form = Form {
        email: fields.string("email"),
        next: place(&fields),
    };
    let password = Secret::new(fields.text("password"));
    let arrival = arrival(&visit, &headers);
    match service::account::sign_in(&visit.service, &form.email, &password, &arrival).await {
        Ok(new) => Ok(arrive(&visit, &new, &form.next, Said::SignedIn).await),
        Err(error) => {
            let same = [("sign_in", &Problem::Unknown, t::does_not_match(l))];
            let wrong = Wrong::from_error(l, error, &[("sign_in", t::email(l))], &same)?;
            // One sentence for both fields, told at the first.
            let wrong = wrong.at_field("email");
            Ok(wrong.mark(page(&visit, form, wrong.clone())))
        }
    }
}

pub(super) async fn sign_out(visit: Visit, fields: Fields) -> Answer {
    if fields.has("semua") && visit.actor.member().is_some() {
        service::account::sign_out_everywhere(&visit.service, &visit.actor).await?;
    } else if let Some(token) = &visit.session {
        service::account::sign_out(&visit.service, token).await?;
    }
    Ok(cookie::signed_out(
        visit.go_saying(links::HOME, Said::SignedOut),
    ))
}

/// On to where they were going, with the new session, after the votes are cast that they had chosen as a guest.
pub(super) async fn arrive(visit: &Visit, new: &SignedIn, next: &str, said: Said) -> Response {
    let said = if cast_kept_votes(visit, new).await {
        Said::Voted
    } else {
        said
    };
    cookie::signed_in(visit.go_saying(next, said), new)
}

/// Casts the votes kept as `ballot:<slug>:<question>`; whether there was one that now counts. A vote that can no longer
/// be cast (closed, question gone) is let go: it must not stand in the way of signing in, nor be cast much later.
async fn cast_kept_votes(visit: &Visit, new: &SignedIn) -> bool {
    let owner = Owner::account(&new.account);
    let kept = async {
        let mut tx = visit.service.read().await?;
        draft::list(&mut tx, &owner).await
    };
    let votes: Vec<_> = match kept.await {
        Ok(drafts) => drafts
            .into_iter()
            .filter(|d| d.place.starts_with("ballot:"))
            .collect(),
        Err(error) => {
            tracing::warn!(?error, "kept votes were not looked for");
            return false;
        }
    };
    if votes.is_empty() {
        return false;
    }
    let Ok(Some(session)) = service::account::resolve(&visit.service, &new.token).await else {
        return false;
    };
    let mut cast = false;
    for vote in votes {
        let mut parts = vote.place.splitn(3, ':').skip(1);
        let (Some(slug), Some(question)) = (parts.next(), parts.next()) else {
            continue;
        };
        let question = QuestionId::new(question);
        let done = service::ballot::apply_draft(
            &visit.service,
            &session.actor,
            slug,
            &question,
            &vote.body,
        )
        .await;
        match &done {
            Ok(_) => cast = true,
            // The store may be back in a moment: the vote stays kept.
            Err(
                service::Error::Unavailable(_)
                | service::Error::Unwritable(_)
                | service::Error::Full,
            ) => continue,
            Err(error) => tracing::debug!(?error, "a kept vote could no longer be cast"),
        }
        if let Err(error) = draft::take(&visit.service, &owner, &vote.place).await {
            tracing::warn!(?error, "a kept vote was not forgotten");
        }
    }
    cast
}

/// Where to go afterwards, by the field or query `lanjut`, without a sentence that belonged to an earlier deed.
pub(super) fn place(fields: &Fields) -> String {
    let place = local_path(fields.text("lanjut"));
    let Some((path, rest)) = place.split_once('?') else {
        return place;
    };
    let (query, mark) = rest
        .split_once('#')
        .map_or((rest, String::new()), |(q, m)| (q, format!("#{m}")));
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("kabar="))
        .collect();
    let query = if kept.is_empty() {
        String::new()
    } else {
        format!("?{}", kept.join("&"))
    };
    format!("{path}{query}{mark}")
}

fn page(visit: &Visit, form: Form, wrong: Wrong) -> Response {
    let l = visit.locale;
    let mut page = Page::new(t::sign_in_title(l))
        .describe(t::sign_in_lead(l))
        .unlisted();
    if wrong.is_some() {
        page = page.wrong();
    }
    let to_register = match form.next.as_str() {
        "/" => links::REGISTER.to_owned(),
        place => format!("{}?lanjut={}", links::REGISTER, links::encode(place)),
    };
    let view = view! {
        <ui::Page>
            {wrong.summary(l)}
            <h1>{t::sign_in_title(l)}</h1>
            <ui::Lead text=t::sign_in_lead(l)/>
            <ui::Form action=links::SIGN_IN>
                {next(&form.next)}
                <ui::TextInput
                    id="email"
                    label=t::email(l)
                    kind="email"
                    value=form.email
                    autocomplete="username"
                    spellcheck=false
                    error=wrong.at("email")
                    error_prefix=t::error_prefix(l)
                />
                <ui::TextInput id="password" label=t::password(l) kind="password" autocomplete="current-password"/>
                <ui::Button>{t::sign_in(l)}</ui::Button>
            </ui::Form>
            <p>{t::no_account(l)} " " <a href=to_register>{t::to_register(l)}</a></p>
        </ui::Page>
    };
    visit.page(page, view)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_loses_only_old_sentences() {
        let place = |raw: &str| place(&Fields::from(vec![("lanjut".to_owned(), raw.to_owned())]));
        assert_eq!(
            place("/konsultasi/a?kabar=masuk&versi=2#x"),
            "/konsultasi/a?versi=2#x"
        );
        assert_eq!(place("/konsultasi/a?kabar=masuk"), "/konsultasi/a");
        assert_eq!(place("//evil.example"), "/");
        assert_eq!(place(""), "/");
    }
}
