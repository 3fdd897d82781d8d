//! The office's own page of a consultation's statements: all that were written, and a form for more.

use axum::extract::Path;
use domain::{
    Actor, Problem,
    consultation::{Consultation, Phase},
    statement::{Draft, Proposal},
};
use leptos::prelude::*;
use service::Error;
use ui::{
    Button, Column, EmptyState, ErrorItem, ErrorSummary, Lead, Notice, NoticeKind, Row, Table,
    TextArea,
};

use super::own::status;
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, Tab, shell, tabs},
    problem::sentence,
    t::{layout, statement as t},
};

const FIELD: &str = "teks";

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
    let form = if consultation.phase(visit.now) >= Phase::Closed {
        view! { <Notice kind=NoticeKind::Closed>{t::seed_closed(l)}</Notice> }.into_any()
    } else {
        form(visit, slug, typed, error)
    };
    let list = list(visit, &statements);
    let tabs = tabs(
        l,
        slug,
        Tab::Statements,
        consultation.published_at.is_some(),
    );
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

fn list(visit: &Visit, statements: &[Proposal]) -> AnyView {
    let l = visit.locale;
    if statements.is_empty() {
        return view! { <EmptyState title=t::empty_office(l)><p>{t::empty_office_help(l)}</p></EmptyState> }
            .into_any();
    }
    let rows = statements
        .iter()
        .map(|statement| {
            let writer = if statement.is_seed {
                t::writer_office(l)
            } else {
                t::writer_resident(l)
            };
            Row::new(vec![
                statement.number.to_string().into_any(),
                statement.body.clone().into_any(),
                writer.into_any(),
                status(visit, statement),
            ])
        })
        .collect();
    let columns = vec![
        Column::text(t::number_head(l)),
        Column::text(t::statement_head(l)),
        Column::text(t::writer_head(l)),
        Column::text(t::status_head(l)),
    ];
    view! { <Table id="pernyataan" caption=t::seed_title(l) hide_caption=true columns rows/> }
        .into_any()
}
