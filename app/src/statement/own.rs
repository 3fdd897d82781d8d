//! Writing an own statement.

use axum::extract::Path;
use domain::{
    Problem,
    consultation::Consultation,
    moderation::Reason,
    statement::{Draft, FEWEST, MOST, Proposal, Status, validate},
};
use leptos::prelude::*;
use service::{Error, draft::Owner};
use ui::{Button, ErrorItem, ErrorSummary, Tag, TagKind, TextArea};

use super::desk;
use crate::{
    Answer, Fields, Said, Visit, account, links,
    problem::sentence,
    t::{layout, statement as t},
};

/// The part of the page with the form.
const PART: &str = "tulis";
const FIELD: &str = "teks";

/// The form and what the person wrote before.
pub(super) struct Own {
    typed: String,
    error: Option<Problem>,
    proposals: Vec<Proposal>,
}

/// Where a sentence that is being typed is kept.
fn place(slug: &str) -> String {
    format!("statement:{slug}")
}

/// What the person wrote before, and what they were typing.
pub(super) async fn read(visit: &Visit, consultation: &Consultation) -> Result<Own, Error> {
    let mut own = Own {
        typed: String::new(),
        error: None,
        proposals: Vec::new(),
    };
    let writable = consultation.statements_open && consultation.takes_part(visit.now).is_ok();
    let Some(owner) = Owner::of(&visit.actor, visit.guest.as_deref()).filter(|_| writable) else {
        return Ok(own);
    };
    let mut tx = visit.service.read().await?;
    own.proposals = service::statement::mine(&mut tx, &visit.actor, consultation).await?;
    if let Some(draft) = service::draft::find(&mut tx, &owner, &place(&consultation.slug)).await? {
        draft.text(FIELD).clone_into(&mut own.typed);
    }
    Ok(own)
}

impl Own {
    pub(super) const fn is_wrong(&self) -> bool {
        self.error.is_some()
    }

    fn words(&self, visit: &Visit) -> Option<String> {
        let l = visit.locale;
        self.error.as_ref().map(|problem| match problem {
            Problem::Taken => t::same(l).to_owned(),
            other => sentence(l, t::own_label(l), other),
        })
    }

    /// The summary of what is wrong, for the top of the page.
    pub(super) fn errors(&self, visit: &Visit) -> AnyView {
        let errors = self
            .words(visit)
            .map(|words| ErrorItem::new(FIELD, words))
            .into_iter()
            .collect();
        view! { <ErrorSummary title=t::errors(visit.locale) errors/> }.into_any()
    }

    /// The form, and below it what waits or was not taken.
    pub(super) fn view(&self, visit: &Visit, consultation: &Consultation) -> AnyView {
        if !consultation.statements_open || consultation.takes_part(visit.now).is_err() {
            return ().into_any();
        }
        let l = visit.locale;
        view! {
            <section id=PART aria-labelledby="tulis-judul">
                <h2 id="tulis-judul">{t::own_title(l)}</h2>
                <form
                    class="form"
                    method="post"
                    action=links::statements(&consultation.slug)
                    data-swap=PART
                    novalidate=true
                >
                    <TextArea
                        id=FIELD
                        label=t::own_label(l)
                        value=self.typed.clone()
                        hint=t::own_hint(l)
                        error=self.words(visit)
                        error_prefix=layout::error_title(l)
                        rows=3
                    />
                    <Button kind=ui::ButtonKind::Secondary>{t::send(l)}</Button>
                </form>
                {self.list(visit)}
            </section>
        }
        .into_any()
    }

    fn list(&self, visit: &Visit) -> AnyView {
        if self.proposals.is_empty() {
            return ().into_any();
        }
        let l = visit.locale;
        let rows = self
            .proposals
            .iter()
            .map(|proposal| {
                let reason =
                    reason(visit, proposal).map(|words| view! { <p class="meta">{words}</p> });
                view! { <li><p>{proposal.body.clone()}</p> {status(visit, proposal)} {reason}</li> }
            })
            .collect_view();
        view! { <h3>{t::own_list(l)}</h3> <ul class="sentences">{rows}</ul> }.into_any()
    }
}

/// What was decided, as a tag.
pub(super) fn status(visit: &Visit, proposal: &Proposal) -> AnyView {
    let l = visit.locale;
    let (kind, words) = match proposal.status {
        Status::Waiting => (TagKind::Time, t::waiting(l)),
        Status::Accepted => (TagKind::Open, t::accepted(l)),
        Status::Rejected => (TagKind::Neutral, t::rejected(l)),
    };
    view! { <Tag kind text=words/> }.into_any()
}

/// Why it was not taken.
pub(super) fn reason(visit: &Visit, proposal: &Proposal) -> Option<&'static str> {
    let l = visit.locale;
    if proposal.status != Status::Rejected {
        return None;
    }
    Some(match Reason::parse(&proposal.reason)? {
        Reason::Duplicate => t::reason_duplicate(l),
        Reason::Several => t::reason_several(l),
        Reason::Unclear => t::reason_unclear(l),
        Reason::OffTopic => t::reason_off_topic(l),
        Reason::Insult => t::reason_insult(l),
        Reason::PersonalData => t::reason_personal_data(l),
        Reason::Spam => t::reason_spam(l),
        Reason::Unlawful | Reason::Other => t::reason_other(l),
    })
}

/// `POST /konsultasi/{slug}/pernyataan`: an own statement (`teks`).
pub(super) async fn send(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
    let draft = Draft {
        teks: fields.string(FIELD),
    };
    let back = format!("{}#{PART}", links::statements(&slug));
    let sent = if visit.actor.member().is_some() {
        service::statement::add(&visit.service, &visit.actor, &slug, &draft)
            .await
            .map(drop)
    } else {
        validate(&draft).map(drop).map_err(Error::from)
    };
    match sent {
        Ok(()) if visit.actor.member().is_none() => {
            account::keep_for_sign_in(&visit, &place(&slug), &[(FIELD, &draft.teks)], &back).await
        }
        Ok(()) => {
            if let Some(owner) = Owner::of(&visit.actor, None)
                && let Err(error) =
                    service::draft::take(&visit.service, &owner, &place(&slug)).await
            {
                // It is sent; a draft that stays is seen and can be wiped.
                tracing::warn!(?error, "a sent draft was not forgotten");
            }
            Ok(visit.go_saying(&back, Said::StatementSent))
        }
        Err(Error::Invalid(invalid)) => {
            let consultation = {
                let mut tx = visit.service.read().await?;
                service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?
            };
            let mut own = read(&visit, &consultation).await?;
            own.typed = draft.teks;
            own.error = invalid.of(FIELD).cloned();
            desk::page(&visit, &consultation, &Fields::default(), own).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The limits that the hint names are those of the rule.
const _: () = assert!(FEWEST == 10 && MOST == 140);
