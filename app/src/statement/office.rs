//! The office's own page of a consultation's statements: all that were written, and a form for more.

use axum::extract::Path;
use domain::{
    Actor, Problem,
    consultation::{Consultation, Phase},
    statement::{Draft, Proposal, Status, routing::Pinning},
};
use leptos::prelude::*;
use service::Error;
use ui::{
    Button, ButtonKind, Column, EmptyState, ErrorItem, ErrorSummary, Lead, Notice, NoticeKind, Row,
    Table, TextArea,
};

use super::own::status;
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, Tab, shell, tabs},
    problem::sentence,
    t::{layout, statement as t},
};

const FIELD: &str = "teks";
/// The part of the page with what comes first.
const PINNED: &str = "sematan";

fn address(slug: &str) -> String {
    format!("{}/konsultasi/{slug}", links::OFFICE)
}

/// `GET /kantor/konsultasi/{slug}/pernyataan`.
pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    page(&visit, &slug, String::new(), None).await
}

/// `POST /kantor/konsultasi/{slug}/pernyataan`: one more statement of the office (`teks`).
pub(super) async fn send(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
    let draft = Draft {
        teks: fields.string(FIELD),
    };
    match service::statement::seed(&visit.service, &visit.actor, &slug, &draft).await {
        Ok(_) => Ok(visit.go_saying(&format!("{}/pernyataan", address(&slug)), Said::Saved)),
        Err(Error::Invalid(invalid)) => {
            page(&visit, &slug, draft.teks, invalid.of(FIELD).cloned()).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn read(visit: &Visit, slug: &str) -> Result<(Consultation, Vec<Proposal>), Failure> {
    if visit.actor == Actor::Anonymous {
        return Err(Failure::SignIn);
    }
    let mut tx = visit.service.read().await?;
    let consultation =
        service::consultation::get(&visit.service, &mut tx, &visit.actor, slug).await?;
    let statements = service::statement::of_office(&mut tx, &visit.actor, &consultation).await?;
    Ok((consultation, statements))
}

async fn page(visit: &Visit, slug: &str, typed: String, problem: Option<Problem>) -> Answer {
    let l = visit.locale;
    let (consultation, statements) = read(visit, slug).await?;
    let page = Page::new(format!("{}: {}", t::seed_title(l), consultation.title)).in_office();
    let page = if problem.is_some() {
        page.wrong()
    } else {
        page
    };
    let error = problem.map(|problem| match problem {
        Problem::Taken => t::same(l).to_owned(),
        other => sentence(l, t::seed_label(l), &other),
    });
    let errors = error
        .iter()
        .map(|words| ErrorItem::new(FIELD, words.clone()))
        .collect();
    let off = (!consultation.statements_open)
        .then(|| view! { <Notice kind=NoticeKind::Warning>{t::switched_off(l)}</Notice> });
    let open = consultation.phase(visit.now) < Phase::Closed;
    let form = if open {
        form(visit, slug, typed, error)
    } else {
        view! { <Notice kind=NoticeKind::Closed>{t::seed_closed(l)}</Notice> }.into_any()
    };
    let list = list(visit, slug, &statements, open);
    let tabs = tabs(l, &consultation, Tab::Statements);
    let body = view! {
        <ErrorSummary title=t::errors(l) errors/>
        <h1>{consultation.title}</h1>
        {tabs}
        <h2>{t::seed_title(l)}</h2>
        <Lead text=t::seed_lead(l)/>
        {off}
        {form}
        {list}
    };
    let body = shell(visit, Part::Consultations, body.into_any(), None);
    Ok(visit.page(page, body))
}

fn form(visit: &Visit, slug: &str, typed: String, error: Option<String>) -> AnyView {
    let l = visit.locale;
    view! {
        <ui::Form action=format!("{}/pernyataan", address(slug))>
            <TextArea
                id=FIELD
                label=t::seed_label(l)
                value=typed
                hint=t::seed_hint(l)
                error
                error_prefix=layout::error_title(l)
                rows=3
            />
            <Button>{t::seed_send(l)}</Button>
        </ui::Form>
    }
    .into_any()
}

/// `POST /kantor/konsultasi/{slug}/pernyataan/sematan`: which of the office's statements come first, and in which order
/// (`aksi`: `sematkan`, `lepas`, `naik`; `nomor`).
pub(super) async fn pin(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
    let asked = Pinning::parse(fields.text("aksi")).zip(fields.text("nomor").parse().ok());
    let Some((pinning, number)) = asked else {
        // Who may not write here hears that first.
        read(&visit, &slug).await?;
        return Err(Failure::Invalid);
    };
    service::statement::pin(&visit.service, &visit.actor, &slug, number, pinning).await?;
    let back = format!("{}/pernyataan#{PINNED}", address(&slug));
    Ok(visit.go_saying(&back, Said::Saved))
}

/// A button that changes what comes first.
fn button(
    slug: &str,
    number: i64,
    pinning: Pinning,
    words: &'static str,
    label: String,
) -> AnyView {
    view! {
        <form method="post" action=format!("{}/pernyataan/sematan", address(slug))>
            <input type="hidden" name="nomor" value=number.to_string()/>
            <Button kind=ButtonKind::Quiet name="aksi" value=pinning.word() label>{words}</Button>
        </form>
    }
    .into_any()
}

/// The statements that everybody sees first, in their order.
fn pinned(visit: &Visit, slug: &str, statements: &[Proposal], open: bool) -> AnyView {
    let l = visit.locale;
    let mut pinned: Vec<&Proposal> = statements.iter().filter(|s| s.pin.is_some()).collect();
    pinned.sort_by_key(|statement| (statement.pin, statement.number));
    let items = pinned
        .iter()
        .enumerate()
        .map(|(place, statement)| {
            let number = statement.number;
            let buttons = open.then(|| {
                let earlier = (place > 0).then(|| {
                    let label = t::pin_earlier_number(l, number);
                    button(slug, number, Pinning::Earlier, t::pin_earlier(l), label)
                });
                let label = t::unpin_number(l, number);
                let unpin = button(slug, number, Pinning::Unpin, t::unpin(l), label);
                view! { <div class="buttons">{earlier}{unpin}</div> }
            });
            let words = format!("{}. {}", number, statement.body);
            view! { <li class="card"><p>{words}</p>{buttons}</li> }
        })
        .collect_view();
    let list = if pinned.is_empty() {
        view! { <p class="meta">{t::pinned_none(l)}</p> }.into_any()
    } else {
        view! { <ol class="cards">{items}</ol> }.into_any()
    };
    view! {
        <section id=PINNED aria-labelledby="sematan-judul">
            <h2 id="sematan-judul">{t::pinned_title(l)}</h2>
            <p>{t::pinned_lead(l)}</p>
            {list}
        </section>
    }
    .into_any()
}

fn list(visit: &Visit, slug: &str, statements: &[Proposal], open: bool) -> AnyView {
    let l = visit.locale;
    if statements.is_empty() {
        return view! { <EmptyState title=t::empty_office(l)><p>{t::empty_office_help(l)}</p></EmptyState> }
            .into_any();
    }
    let rows = statements
        .iter()
        .map(|statement| {
            let number = statement.number;
            let writer = if statement.is_seed {
                t::writer_office(l)
            } else {
                t::writer_resident(l)
            };
            let first = if statement.pin.is_some() {
                t::is_pinned(l).into_any()
            } else if open && statement.is_seed && statement.status == Status::Accepted {
                button(
                    slug,
                    number,
                    Pinning::Pin,
                    t::pin(l),
                    t::pin_number(l, number),
                )
            } else {
                "–".into_any()
            };
            Row::new(vec![
                number.to_string().into_any(),
                statement.body.clone().into_any(),
                writer.into_any(),
                status(visit, statement),
                first,
            ])
        })
        .collect();
    let columns = vec![
        Column::text(t::number_head(l)),
        Column::text(t::statement_head(l)),
        Column::text(t::writer_head(l)),
        Column::text(t::status_head(l)),
        Column::text(t::pin_head(l)),
    ];
    view! {
        {pinned(visit, slug, statements, open)}
        <h2>{t::all_title(l)}</h2>
        <p><a href=format!("{}/kelompok", address(slug))>{t::to_signs(l)}</a></p>
        <Table id="pernyataan" caption=t::all_title(l) hide_caption=true columns rows/>
    }
    .into_any()
}
