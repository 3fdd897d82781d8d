//! One statement with its three buttons.

use domain::{
    consultation::Consultation,
    statement::{Judgement, Statement},
};
use leptos::prelude::*;
use ui::{Choice, ChoiceKind, Choices};

use crate::{Visit, links, t::statement as t};

/// The field that the buttons send.
pub(super) const ANSWER: &str = "jawab";
/// The field that tells on which page the buttons stood.
pub(super) const FROM: &str = "dari";
/// Its value on the page of the consultation.
pub(super) const FROM_CONSULTATION: &str = "konsultasi";

/// The sentence, who wrote it, and the buttons. `part` is the part of the page that a press replaces.
pub(super) fn card(
    visit: &Visit,
    consultation: &Consultation,
    statement: &Statement,
    part: &'static str,
    from: Option<&'static str>,
) -> AnyView {
    let l = visit.locale;
    let action = format!(
        "{}/{}",
        links::statements(&consultation.slug),
        statement.number
    );
    let writer = if statement.is_seed {
        t::by_office(l)
    } else {
        t::by_resident(l)
    };
    let from = from.map(|from| view! { <input type="hidden" name=FROM value=from/> });
    let buttons = Judgement::ALL
        .into_iter()
        .map(|judgement| {
            view! {
                <Choice
                    kind=kind(judgement)
                    label=word(visit, judgement)
                    name=ANSWER
                    value=judgement.word()
                    selected=statement.mine == Some(judgement)
                    selected_label=t::yours(l)
                />
            }
        })
        .collect_view();
    view! {
        <p class="sentence">{statement.body.clone()}</p>
        <p class="meta">{t::number(l, statement.number)} " · " {writer}</p>
        <form
            method="post"
            action=action
            aria-label=t::question(l, statement.number)
            data-swap=part
            novalidate=true
        >
            {from}
            <Choices>{buttons}</Choices>
        </form>
    }
    .into_any()
}

pub(super) const fn kind(judgement: Judgement) -> ChoiceKind {
    match judgement {
        Judgement::Agree => ChoiceKind::Agree,
        Judgement::Disagree => ChoiceKind::Against,
        Judgement::Pass => ChoiceKind::Pass,
    }
}

pub(super) const fn word(visit: &Visit, judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Agree => t::agree(visit.locale),
        Judgement::Disagree => t::disagree(visit.locale),
        Judgement::Pass => t::pass(visit.locale),
    }
}
