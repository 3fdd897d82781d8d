//! What was handed in with a case: for who asked, and for the office.

use axum::{extract::Path, response::Response};
use domain::{case::Status, reference::Reference};
use leptos::prelude::*;
use service::{
    Error,
    case::{Attached, OfficeView, Paper},
};

use super::{files::link, track::visitor};
use crate::{
    Answer, Failure, Fields, Page, Visit,
    area::{self, Shown},
    form::{Filled, Numbers, Part, Said, parts},
    links,
    office::{Part as Menu, shell},
    t::case as t,
};

/// `GET /lacak/{nomor}/isian`: what who asked has answered, and their files.
pub(super) async fn own(visit: Visit, Path(number): Path<String>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let mut tx = visit.service.read().await?;
    let who = visitor(&visit);
    let found = service::case::own_paper(&visit.service, &mut tx, &who, reference).await;
    drop(tx);
    let (case, paper) = match found {
        Ok((case, Some(paper))) => (case, paper),
        Ok((case, None)) => return Ok(visit.go(&links::track(case.reference.compact()))),
        Err(Error::NotFound) => return Ok(visit.go(&links::track_of(reference))),
        Err(other) => return Err(other.into()),
    };
    let l = visit.locale;
    let back = links::track(reference.compact());
    let files: Vec<Attached> = paper
        .files
        .iter()
        .map(|(id, known)| Attached {
            id: id.clone(),
            known: known.clone(),
            event: None,
        })
        .collect();
    let pages = pages(&visit, &back, &paper, &files, 2);
    let view = view! {
        <ui::Page>
            <ui::BackLink href=back label=t::back_to_case(l)/>
            <h1>{t::your_form(l)}</h1>
            <p class="meta">{t::of_office(l, case.reference.to_string(), case.title_in(l))}</p>
            {pages}
            <p class="meta">{t::masked_own(l)}</p>
        </ui::Page>
    };
    Ok(visit.page(Page::new(t::your_form(l)).unlisted(), view))
}

/// What was answered page by page, long numbers masked, files as links. `level` is that of the headings.
fn pages(visit: &Visit, place: &str, paper: &Paper, files: &[Attached], level: u8) -> AnyView {
    read(visit, paper, Numbers::Masked)
        .into_iter()
        .map(|part| {
            let map = |line: &Said| {
                let (chart, place) = (paper.chart.as_ref()?, line.place.as_ref()?);
                let shown = Shown::of(place);
                Some(area::map(
                    visit.locale,
                    chart,
                    &paper.areas,
                    &shown,
                    None,
                    None,
                ))
            };
            let maps = part.lines.iter().filter_map(map).collect_view();
            let rows = part
                .lines
                .into_iter()
                .map(|line| {
                    let its = files.iter().filter(|file| line.files.contains(&file.id));
                    let links = its.map(|file| link(visit, place, file)).collect();
                    ui::SummaryRow::new(line.name, line.value).links(links)
                })
                .collect();
            let title = if level == 2 {
                view! { <h2>{part.title}</h2> }.into_any()
            } else {
                view! { <h3>{part.title}</h3> }.into_any()
            };
            view! { {title}<ui::SummaryList rows/>{maps} }
        })
        .collect_view()
        .into_any()
}

fn read(visit: &Visit, paper: &Paper, numbers: Numbers) -> Vec<Part> {
    let filled = Filled {
        definition: &paper.definition,
        answers: &paper.answers,
        areas: &paper.areas,
        files: &paper.files,
    };
    parts(visit.locale, filled, numbers)
}

/// What was answered, on the page of the office: open while somebody looks it through, folded once it is checked.
pub(super) fn section(visit: &Visit, seen: &OfficeView, place: &str) -> Option<AnyView> {
    let l = visit.locale;
    let paper = seen.paper.as_ref()?;
    let lines: Vec<_> = read(visit, paper, Numbers::Masked)
        .into_iter()
        .flat_map(|part| part.lines)
        .collect();
    let files = seen.files.iter().filter(|f| f.event.is_none()).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let summary = t::form_of(l, count(lines.len()), count(files));
    let open = seen.case.status == Status::Received;
    let has_numbers = seen.nik.is_some() || lines.iter().any(|line| line.is_number);
    let show = has_numbers.then(|| {
        view! {
            <ui::Form action=format!("{place}/nomor-induk")>
                <ui::Buttons>
                    <ui::Button kind=ui::ButtonKind::Quiet>{t::show_numbers(l)}</ui::Button>
                </ui::Buttons>
                <p class="meta">{t::show_numbers_help(l)}</p>
            </ui::Form>
        }
    });
    let pages = pages(visit, place, paper, &seen.files, 3);
    Some(
        view! {
            <section id="isian">
                <h2>{t::form_title(l)}</h2>
                <ui::Disclosure summary open>{pages}{show}</ui::Disclosure>
            </section>
        }
        .into_any(),
    )
}

/// `GET /kantor/kasus/{nomor}/nomor-induk`: back to the case; numbers are not shown by an address alone.
pub(super) async fn no_numbers(visit: Visit, Path(number): Path<String>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    visit.actor.may_enter_office()?;
    Ok(visit.go(&links::case(reference.compact())))
}

/// `POST /kantor/kasus/{nomor}/nomor-induk`: NIK and KK in full. That they were looked at is written down.
pub(super) async fn numbers(visit: Visit, Path(number): Path<String>, _: Fields) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let found = service::case::numbers(&visit.service, &visit.actor, reference).await?;
    let l = visit.locale;
    let mut rows = Vec::new();
    if let Some(nik) = found.nik {
        rows.push(ui::SummaryRow::new(t::nik_of_applicant(l), nik.spaced()));
    }
    if let Some(paper) = &found.paper {
        let lines = read(&visit, paper, Numbers::Whole)
            .into_iter()
            .flat_map(|part| part.lines)
            .filter(|line| line.is_number);
        rows.extend(lines.map(|line| ui::SummaryRow::new(line.name, line.value)));
    }
    Ok(drawn(&visit, &found.case, rows))
}

fn drawn(visit: &Visit, case: &service::case::Case, rows: Vec<ui::SummaryRow>) -> Response {
    let l = visit.locale;
    let back = links::case(case.reference.compact());
    let of = t::of_office(l, case.reference.to_string(), &case.title);
    let view = view! {
        <ui::BackLink href=back label=t::back_to_case(l)/>
        <h1>{t::numbers_title(l)}</h1>
        <p class="meta">{of}</p>
        <ui::Notice>{t::numbers_noted(l)}</ui::Notice>
        <ui::SummaryList rows/>
    };
    let page = Page::new(t::numbers_title(l)).in_office();
    visit.page(page, shell(visit, Menu::Cases, view.into_any(), None))
}
