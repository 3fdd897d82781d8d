//! The office replies to questions, themes and clauses, and then says what it does with the result.

use axum::{extract::Path, response::Response};
use domain::{
    Invalid, Locale, Problem,
    consultation::Phase,
    result::{OutcomeDraft, OutcomeKind, Subject},
};
use leptos::prelude::*;
use service::{
    Conflict,
    result::{Board, Item},
};
use ui::{Button, ButtonKind, Choosable, Disclosure, Form, Prose, SectionHead, Tag, TagKind};

use super::{frame, show::outcome_tag};
use crate::{Answer, Failure, Fields, Page, Said, Visit, links, office::Tab, t::result as t};

/// What was typed when it has to be shown again.
#[derive(Default)]
struct Typed {
    invalid: Invalid,
    subject: Option<Subject>,
    body: String,
    outcome: OutcomeDraft,
}

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let page = Page::new(t::board_title(visit.locale));
    draw(&visit, &slug, page, &Typed::default()).await
}

pub(super) async fn change(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
    let (service, actor) = (&visit.service, &visit.actor);
    let subject = Subject::parse(fields.text("kind"), fields.text("id"));
    let outcome = OutcomeDraft {
        kind: fields.string("outcome"),
        body: fields.string("reason"),
        link: fields.string("link"),
    };
    let done = match (fields.text("buat"), &subject) {
        ("jawab", Some(subject)) => {
            service::result::reply(service, actor, &slug, subject, fields.text("body")).await
        }
        ("putuskan", _) => answer(&visit, &slug, &outcome).await,
        // Nothing that a page of ours sends; still only for those who may.
        _ => service::result::standing(service, actor, &slug)
            .await
            .and(Err(service::Error::invalid("kind", Problem::Unknown))),
    };
    let mark = subject.as_ref().map_or("keputusan".to_owned(), mark);
    let title = t::board_title(visit.locale);
    match done {
        Ok(()) => {
            let said = if subject.is_some() {
                Said::Saved
            } else {
                Said::Published
            };
            Ok(visit.go_saying(&format!("{}#{mark}", frame::replies(&slug)), said))
        }
        Err(service::Error::Invalid(invalid)) => {
            let typed = Typed {
                invalid,
                subject,
                body: fields.string("body"),
                outcome,
            };
            draw(&visit, &slug, Page::new(title).wrong(), &typed).await
        }
        // The page itself lists what is missing; what was typed stays in its fields.
        Err(service::Error::Conflict(Conflict::Incomplete)) => {
            let typed = Typed {
                outcome,
                ..Typed::default()
            };
            draw(
                &visit,
                &slug,
                Page::new(title).status(axum::http::StatusCode::CONFLICT),
                &typed,
            )
            .await
        }
        Err(other) => Err(other.into()),
    }
}

/// Errors with the names of this page's fields.
async fn answer(visit: &Visit, slug: &str, draft: &OutcomeDraft) -> service::Result<()> {
    match service::result::answer(&visit.service, &visit.actor, slug, draft).await {
        Err(service::Error::Invalid(invalid)) => {
            let mut renamed = Invalid::default();
            for (field, problem) in invalid.0 {
                let name = match field.as_str() {
                    "kind" => "outcome",
                    "body" => "reason",
                    other => other,
                };
                renamed.add(name, problem);
            }
            Err(service::Error::Invalid(renamed))
        }
        other => other,
    }
}

/// The place of a subject on the page.
fn mark(subject: &Subject) -> String {
    format!("{}-{}", subject.kind(), subject.id())
}

async fn draw(visit: &Visit, slug: &str, page: Page, typed: &Typed) -> Result<Response, Failure> {
    let board = service::result::board(&visit.service, &visit.actor, slug).await?;
    let l = visit.locale;
    let left = i64::try_from(board.missing().len()).unwrap_or(i64::MAX);
    let state = if left == 0 {
        view! { <Tag kind=TagKind::Open text=t::board_done(l)/> }.into_any()
    } else {
        view! { <Tag kind=TagKind::Time text=t::board_left(l, left)/> }.into_any()
    };
    let body_id = typed
        .subject
        .as_ref()
        .map_or("body".to_owned(), |s| format!("body-{}", s.id()));
    let fields = [
        ("body", body_id.as_str(), t::reply_label(l)),
        ("outcome", "outcome", t::answer_kind(l)),
        ("reason", "reason", t::answer_body(l)),
        ("link", "link", t::answer_link(l)),
    ];
    let group = |title: &'static str, kind: &str| {
        let items: Vec<&Item> = board
            .items
            .iter()
            .filter(|i| i.subject.kind() == kind)
            .collect();
        (!items.is_empty()).then(|| {
            let items = items
                .into_iter()
                .map(|item| one(visit, slug, item, typed))
                .collect_view();
            view! { <SectionHead title=title/> <ul class="cards">{items}</ul> }
        })
    };
    let view = view! {
        {frame::summary(l, &typed.invalid, &fields)}
        <h1>{t::board_title(l)}</h1>
        <ui::Lead text=t::board_lead(l)/>
        <p>{state}</p>
        {group(t::group_questions(l), "question")}
        {group(t::group_themes(l), "theme")}
        {group(t::group_clauses(l), "clause")}
        {decision(visit, &board, typed).await?}
    }
    .into_any();
    Ok(frame::draw(
        visit,
        page,
        &board.consultation,
        Tab::Answer,
        view,
    ))
}

/// Something to reply to: its state, the reply as people will read it, and the form.
fn one(visit: &Visit, slug: &str, item: &Item, typed: &Typed) -> AnyView {
    let l = visit.locale;
    let mine = typed.subject.as_ref() == Some(&item.subject);
    let (kind, word) = match (item.at.is_some(), item.needed) {
        (true, _) => (TagKind::Open, t::state_replied(l)),
        (false, true) => (TagKind::Time, t::state_missing(l)),
        (false, false) => (TagKind::Neutral, t::state_optional(l)),
    };
    let note = (!item.note.is_empty()).then(|| view! { <p>{item.note.clone()}</p> });
    let gathered = matches!(item.subject, Subject::Theme(_)).then(|| {
        view! {
            <p>
                <a href=format!("{}?tema={}#tanggapan", frame::themes(slug), item.subject.id())>
                    {t::under_theme(l, item.comments)}<span class="vh">" "{item.title.clone()}</span>
                </a>
            </p>
        }
    });
    let present = item.at.map(|at| {
        view! { <Prose html=item.body_html.clone()/> <p class="meta">{visit.zone().date(at, l)}</p> }
    });
    let body = if mine {
        typed.body.clone()
    } else {
        item.body.clone()
    };
    let error = mine
        .then(|| frame::error(l, &typed.invalid, "body", t::reply_label(l)))
        .flatten();
    let form = view! {
        <input type="hidden" name="kind" value=item.subject.kind()/>
        <input type="hidden" name="id" value=item.subject.id().to_owned()/>
        <ui::TextArea
            id=format!("body-{}", item.subject.id())
            name="body"
            label=format!("{}: {}", t::reply_label(l), item.title)
            hint=t::reply_hint(l)
            value=body
            error=error
            error_prefix=t::error_prefix(l)
            rows=6
        />
        <Button kind=ButtonKind::Secondary name="buat" value="jawab">{t::reply_save(l)}</Button>
    }
    .into_any();
    let action = frame::replies(slug);
    view! {
        <li class="card" id=mark(&item.subject)>
            <Tag kind=kind text=word/>
            <h3>{item.title.clone()}</h3>
            {note}
            {gathered}
            {present}
            <Disclosure summary=if item.at.is_some() { t::reply_edit(l) } else { t::reply_write(l) } open=mine>
                <Form action=action>{form}</Form>
            </Disclosure>
        </li>
    }
    .into_any()
}

/// The last step: not yet, what is missing, the form, or what was decided.
async fn decision(visit: &Visit, board: &Board, typed: &Typed) -> Result<AnyView, Failure> {
    let l = visit.locale;
    let c = &board.consultation;
    let body = match c.phase(visit.now) {
        Phase::Answered => decided(visit, &c.slug).await?,
        Phase::Closed => {
            let missing = missing(l, board);
            view! { {missing} {form(l, &c.slug, typed)} }.into_any()
        }
        Phase::Draft | Phase::Announced | Phase::Open => {
            let when = c.closes_at.map_or_else(
                || t::answer_not_yet_undated(l).to_owned(),
                |at| t::answer_not_yet(l, visit.zone().date(at, l), visit.zone().clock(at, l)),
            );
            view! { <ui::Notice>{when}</ui::Notice> }.into_any()
        }
    };
    Ok(view! {
        <section id="keputusan" class="stack">
            <SectionHead title=t::answer_title(l)/>
            <p>{t::answer_lead(l)}</p>
            {body}
        </section>
    }
    .into_any())
}

fn missing(l: Locale, board: &Board) -> AnyView {
    let missing = board.missing();
    if missing.is_empty() {
        return ().into_any();
    }
    let items = missing
        .into_iter()
        .map(|item| view! { <li><a href=format!("#{}", mark(&item.subject))>{item.title.clone()}</a></li> })
        .collect_view();
    view! {
        <ui::Notice kind=ui::NoticeKind::Warning title=t::answer_missing(l)><ul>{items}</ul></ui::Notice>
    }
    .into_any()
}

fn form(l: Locale, slug: &str, typed: &Typed) -> AnyView {
    let kinds = OutcomeKind::ALL
        .into_iter()
        .map(|kind| {
            let label = match kind {
                OutcomeKind::Adopted => t::outcome_adopted(l),
                OutcomeKind::Changed => t::outcome_changed(l),
                OutcomeKind::Dropped => t::outcome_dropped(l),
            };
            Choosable::new(kind.word(), label)
        })
        .collect::<Vec<_>>();
    let error = |field: &str, label: &str| frame::error(l, &typed.invalid, field, label);
    let inside = view! {
            <ui::Radios
                id="outcome"
                legend=t::answer_kind(l)
                items=kinds
                value=typed.outcome.kind.clone()
                error=error("outcome", t::answer_kind(l))
                error_prefix=t::error_prefix(l)
            />
            <ui::TextArea
                id="reason"
                label=t::answer_body(l)
                hint=t::answer_body_hint(l)
                value=typed.outcome.body.clone()
                error=error("reason", t::answer_body(l))
                error_prefix=t::error_prefix(l)
                rows=8
            />
            <ui::TextInput
                id="link"
                kind="url"
                label=t::answer_link(l)
                hint=t::answer_link_hint(l)
                value=typed.outcome.link.clone()
                error=error("link", t::answer_link(l))
                error_prefix=t::error_prefix(l)
            />
            <Button name="buat" value="putuskan">{t::answer_do(l)}</Button>
    }
    .into_any();
    let action = frame::replies(slug);
    view! { <Form action=action>{inside}</Form> }.into_any()
}

async fn decided(visit: &Visit, slug: &str) -> Result<AnyView, Failure> {
    let l = visit.locale;
    let standing = service::result::standing(&visit.service, &visit.actor, slug).await?;
    let outcome = standing.outcome.map(|outcome| {
        view! { <p>{outcome_tag(visit, &outcome.kind)}</p> <Prose html=outcome.body_html/> }
    });
    Ok(view! {
        <p>{t::answer_done(l)}</p>
        {outcome}
        <p><a href=links::result(slug)>{t::title(l)}</a></p>
    }
    .into_any())
}
