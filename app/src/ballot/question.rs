//! The questions on the page of a consultation.

use domain::{
    ballot::{ABSTAIN, AGREE, DISAGREE, QuestionKind, QuestionView},
    consultation::{Consultation, CountsShown, Phase},
};
use leptos::prelude::*;
use ui::{
    BarItem, Bars, Button, ButtonKind, Checkboxes, Choice, ChoiceKind, Choices, Choosable, Column,
    Disclosure, LiveBar, Notice, NoticeKind, ResultBar, Row, Table,
};

use super::figures::{bar, figure, key};
use crate::{Visit, links, t::ballot as t};

/// The part of the page in which people vote; nothing when the consultation has no questions.
pub fn section(visit: &Visit, consultation: &Consultation, views: &[QuestionView]) -> AnyView {
    views
        .iter()
        .map(|view| one(visit, consultation, view, None))
        .collect_view()
        .into_any()
}

/// The id of a question's part of the page.
pub(super) fn part_id(view: &QuestionView) -> String {
    format!("suara-{}", view.question.id)
}

/// What was ticked and is not saved, and why.
pub(super) struct Typed {
    pub(super) choices: Vec<String>,
    pub(super) error: String,
}

/// One question: to vote on while it is open, else with its result.
pub(super) fn one(
    visit: &Visit,
    consultation: &Consultation,
    view: &QuestionView,
    typed: Option<Typed>,
) -> AnyView {
    let l = visit.locale;
    let id = part_id(view);
    let title_id = format!("{id}-judul");
    let heading_id = title_id.clone();
    let open = consultation.takes_part(visit.now).is_ok();
    let help =
        (!view.question.help.is_empty()).then(|| view! { <p>{view.question.help.clone()}</p> });
    let body = if open {
        ballot(visit, consultation, view, typed)
    } else {
        choices(visit, view, true)
    };
    view! {
        <section id=id aria-labelledby=title_id>
            <h2 id=heading_id>{view.question.title.clone()}</h2>
            {help}
            {body}
            {result(visit, view)}
            {standing(visit, consultation, view)}
            <p class="meta">
                <span data-count=key(view, "voters")>{t::voters(l, view.voters)}</span>
            </p>
        </section>
    }
    .into_any()
}

/// The form of a question: one press on a choice saves it; of several choices, one press after ticking.
fn ballot(
    visit: &Visit,
    consultation: &Consultation,
    view: &QuestionView,
    typed: Option<Typed>,
) -> AnyView {
    let l = visit.locale;
    let id = part_id(view);
    let action = links::vote(&consultation.slug, &view.question.id);
    let title_id = format!("{id}-judul");
    let (ticked, error) = match typed {
        Some(typed) => (typed.choices, Some(typed.error)),
        None => (view.mine.clone().unwrap_or_default(), None),
    };
    let body = match view.question.kind {
        QuestionKind::Position | QuestionKind::One => choices(visit, view, false),
        QuestionKind::Many => {
            let items = view
                .question
                .options
                .iter()
                .map(|option| Choosable::new(option.id.as_str(), option.label.clone()))
                .collect();
            let limit = i64::try_from(view.question.limit()).unwrap_or(i64::MAX);
            view! {
                <Checkboxes
                    id=format!("{id}-pilihan")
                    name=service::ballot::FIELD
                    legend=t::choices_label(l)
                    items
                    values=ticked
                    hint=t::up_to(l, limit)
                    error
                    error_prefix=crate::t::layout::error_title(l)
                />
                <Button kind=if view.mine.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary }>
                    {t::save_choices(l)}
                </Button>
            }
            .into_any()
        }
    };
    view! {
        <form method="post" action=action aria-labelledby=title_id data-swap=id novalidate=true>{body}</form>
    }
    .into_any()
}

/// Every choice with its figure: as buttons, or locked.
fn choices(visit: &Visit, view: &QuestionView, locked: bool) -> AnyView {
    let l = visit.locale;
    let items = view
        .question
        .choices()
        .into_iter()
        .map(|choice| {
            let (kind, label) = worded(visit, view, choice);
            view! {
                <Choice
                    kind
                    label
                    name=service::ballot::FIELD
                    value=choice
                    figure=figure(l, view, choice).map(|f| f.share)
                    live=key(view, &format!("{choice}:share"))
                    selected=view.chose(choice)
                    selected_label=t::yours(l)
                    locked
                />
            }
        })
        .collect_view();
    view! { <Choices>{items}</Choices> }.into_any()
}

/// The sign and the words of a choice.
fn worded(visit: &Visit, view: &QuestionView, choice: &str) -> (ChoiceKind, String) {
    let l = visit.locale;
    match (view.question.kind, choice) {
        (QuestionKind::Position, AGREE) => (ChoiceKind::Agree, t::agree(l).to_owned()),
        (QuestionKind::Position, DISAGREE) => (ChoiceKind::Against, t::disagree(l).to_owned()),
        (QuestionKind::Position, _) => (ChoiceKind::Pass, t::abstain(l).to_owned()),
        (QuestionKind::One | QuestionKind::Many, id) => (
            ChoiceKind::Plain,
            view.label(id).unwrap_or_default().to_owned(),
        ),
    }
}

/// The picture of the counts with its table; nothing while they are hidden.
fn result(visit: &Visit, view: &QuestionView) -> Option<AnyView> {
    view.counts.as_ref()?;
    let l = visit.locale;
    Some(match view.question.kind {
        QuestionKind::Position => {
            let votes = |choice| {
                view.votes(choice)
                    .and_then(|n| u64::try_from(n).ok())
                    .unwrap_or(0)
            };
            let live = LiveBar {
                widths: [AGREE, DISAGREE, ABSTAIN].map(|c| key(view, &format!("{c}:width"))),
                label: key(view, "bar"),
            };
            let label = bar(l, view).unwrap_or_default();
            let [agree, against, pass] = [AGREE, DISAGREE, ABSTAIN].map(votes);
            view! { <ResultBar label agree against pass live=Some(live)/> {table(visit, view)} }
                .into_any()
        }
        QuestionKind::One => table(visit, view),
        QuestionKind::Many => {
            let items = view
                .question
                .options
                .iter()
                .filter_map(|option| {
                    let choice = option.id.as_str();
                    let figure = figure(l, view, choice)?;
                    let live = |part| key(view, &format!("{choice}:{part}"));
                    Some(
                        BarItem::new(option.label.clone(), figure.percent, figure.both)
                            .live(live("width"), live("both")),
                    )
                })
                .collect();
            view! {
                <Bars
                    id=format!("{}-tabel", part_id(view))
                    title=t::chart(l)
                    items
                    table_label=t::table(l)
                    label_head=t::choice_head(l)
                    figure_head=t::votes_head(l)
                />
            }
            .into_any()
        }
    })
}

fn table(visit: &Visit, view: &QuestionView) -> AnyView {
    let l = visit.locale;
    let rows = view
        .question
        .choices()
        .into_iter()
        .filter_map(|choice| {
            let figure = figure(l, view, choice)?;
            let share_key = key(view, &format!("{choice}:share"));
            Some(Row::new(vec![
                worded(visit, view, choice).1.into_any(),
                view! { <span data-count=key(view, choice)>{figure.count}</span> }.into_any(),
                view! { <span data-count=share_key>{figure.share}</span> }.into_any(),
            ]))
        })
        .collect();
    let (id, caption) = (
        format!("{}-tabel", part_id(view)),
        view.question.title.clone(),
    );
    view! {
        <Disclosure summary=t::table(l)>
            <Table
                id
                caption
                hide_caption=true
                columns=vec![Column::text(t::choice_head(l)), Column::number(t::votes_head(l)), Column::number(t::share_head(l))]
                rows
            />
        </Disclosure>
    }
    .into_any()
}

/// What stands: saved and until when, closed, not open yet, or when counts will show.
fn standing(visit: &Visit, consultation: &Consultation, view: &QuestionView) -> AnyView {
    let l = visit.locale;
    let voted = view.mine.is_some();
    match consultation.phase(visit.now) {
        Phase::Open if voted => saved(visit, consultation, view),
        Phase::Open if view.counts.is_none() => {
            let words = match consultation.counts_shown {
                CountsShown::AfterVote => t::counts_after_vote(l),
                CountsShown::AfterClose | CountsShown::Live => t::counts_after_close(l),
            };
            view! { <p class="meta">{words}</p> }.into_any()
        }
        Phase::Open => ().into_any(),
        Phase::Closed | Phase::Answered => {
            let words = if voted {
                t::closed_with_yours(l)
            } else {
                t::closed(l)
            };
            view! { <p class="meta">{words}</p> }.into_any()
        }
        Phase::Draft | Phase::Announced => {
            let words = match consultation.opens_at {
                Some(at) => t::opens_on(l, visit.zone().date(at, l), visit.zone().clock(at, l)),
                None => t::opens_later(l).to_owned(),
            };
            view! { <Notice>{words}</Notice> }.into_any()
        }
    }
}

fn saved(visit: &Visit, consultation: &Consultation, view: &QuestionView) -> AnyView {
    let l = visit.locale;
    let until = match consultation.closes_at {
        Some(at) => t::change_until(l, visit.zone().date(at, l), visit.zone().clock(at, l)),
        None => t::change_while_open(l).to_owned(),
    };
    let hidden = (view.counts.is_none()).then(|| format!(" {}", t::counts_after_close(l)));
    view! {
        <Notice kind=NoticeKind::Success title=t::saved(l)>{until}{hidden}</Notice>
        <form
            method="post"
            action=links::vote(&consultation.slug, &view.question.id)
            data-swap=part_id(view)
        >
            <Button
                kind=ButtonKind::Quiet
                name="tarik"
                value="1"
                label=t::withdraw_from(l, view.question.title.clone())
            >
                {t::withdraw(l)}
            </Button>
        </form>
    }
    .into_any()
}
