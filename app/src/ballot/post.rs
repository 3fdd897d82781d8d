//! A vote arrives.

use axum::extract::Path;
use domain::{
    Invalid, QuestionId,
    ballot::{Question, QuestionView},
    consultation::Consultation,
};
use leptos::prelude::*;
use service::{Error, ballot::FIELD};
use ui::{BackLink, ErrorItem, ErrorSummary};

use super::question::{Typed, one, part_id};
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, account, links,
    problem::sentence,
    t::{ballot as t, layout},
};

/// `POST /konsultasi/{slug}/suara/{question}`: saves what was chosen (`pilihan`), or takes it back (`tarik`).
pub(super) async fn send(
    visit: Visit,
    Path((slug, question)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let question = QuestionId::new(question);
    let back = format!("{}#suara-{question}", links::consultation(&slug));
    if fields.has("tarik") {
        service::ballot::withdraw(&visit.service, &visit.actor, &slug, &question).await?;
        return Ok(visit.go_saying(&back, Said::Withdrawn));
    }
    let choices: Vec<String> = fields.all(FIELD).into_iter().map(str::to_owned).collect();
    let saved = if visit.actor.member().is_some() {
        service::ballot::cast(
            &visit.service,
            &visit.actor,
            &slug,
            &question,
            choices.clone(),
        )
        .await
        .map(drop)
    } else {
        check(&visit, &slug, &question, &choices).await
    };
    match saved {
        Ok(()) if visit.actor.member().is_some() => Ok(visit.go(&back)),
        Ok(()) => {
            // One press is one vote: it is cast as soon as they have signed in.
            let place = format!("ballot:{slug}:{question}");
            let chosen: Vec<(&str, &str)> =
                choices.iter().map(|c| ("choices", c.as_str())).collect();
            account::keep_for_sign_in(&visit, &place, &chosen, &back).await
        }
        Err(Error::Invalid(invalid)) => wrong(&visit, &slug, &question, &choices, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

/// Whether this could be cast: nobody is led to sign in for a vote that cannot be.
async fn check(
    visit: &Visit,
    slug: &str,
    question: &QuestionId,
    choices: &[String],
) -> Result<(), Error> {
    let (consultation, views) = read(visit, slug).await?;
    let view = views
        .into_iter()
        .find(|view| view.question.id == *question)
        .ok_or(Error::NotFound)?;
    consultation.takes_part(visit.now)?;
    let chosen: Result<Vec<String>, _> = Question::read(&view.question, choices);
    chosen
        .map(drop)
        .map_err(|problem| Error::invalid(FIELD, problem))
}

async fn read(visit: &Visit, slug: &str) -> Result<(Consultation, Vec<QuestionView>), Error> {
    let mut tx = visit.service.read().await?;
    let consultation =
        service::consultation::get(&visit.service, &mut tx, &visit.actor, slug).await?;
    let views =
        service::ballot::tallies(&visit.service, &mut tx, &visit.actor, &consultation).await?;
    Ok((consultation, views))
}

/// The question alone, with what was ticked and what is wrong with it.
async fn wrong(
    visit: &Visit,
    slug: &str,
    question: &QuestionId,
    choices: &[String],
    invalid: &Invalid,
) -> Answer {
    let l = visit.locale;
    let (consultation, views) = read(visit, slug).await?;
    let view = views
        .into_iter()
        .find(|view| view.question.id == *question)
        .ok_or(Failure::NotFound)?;
    let problem = invalid.of(FIELD).ok_or(Failure::Invalid)?;
    let words = sentence(l, t::choices_label(l), problem);
    let typed = Typed {
        choices: choices.to_vec(),
        error: words.clone(),
    };
    let errors = vec![ErrorItem::new(format!("{}-pilihan", part_id(&view)), words)];
    let back = links::consultation(&consultation.slug);
    let part = one(visit, &consultation, &view, Some(typed));
    let body = view! {
        <ui::Page>
            <BackLink href=back label=t::back(l)/>
            <h1>{t::wrong_title(l)}</h1>
            <ErrorSummary title=layout::error_title(l) errors/>
            {part}
        </ui::Page>
    };
    Ok(visit.page(Page::new(t::wrong_title(l)).wrong().unlisted(), body))
}
