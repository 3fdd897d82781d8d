//! Every page as a phone shows it: drawn with what draws the real page, but not to be sent.

use axum::extract::{Path, RawQuery};
use domain::{
    Locale,
    form::{Draft, Kind, Page, Question},
};
use leptos::prelude::*;
use service::form::{Work, trial};

use super::{
    frame::{self, Outcome, Tab},
    place, words,
};
use crate::{
    Answer, Fields, Visit,
    form::{field, place as filled_place, start},
    links,
    t::{form as filled, form_office as t},
};

/// `GET /kantor/formulir/{key}/pratinjau?halaman=&dalam=`.
pub(super) async fn show(
    visit: Visit,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let mut tx = visit.service.read().await?;
    let work = service::form::show_work(&mut tx, &visit.actor, &key).await?;
    let areas = service::area::list(&mut tx).await?;
    drop(tx);
    let query = Fields::of_query(query.as_deref());
    let l = visit.locale;
    let inside = match query.text("dalam") {
        "id" => Locale::Id,
        "en" => Locale::En,
        _ => l,
    };
    let definition = &work.bundle.definition;
    let pages = &definition.pages;
    let at = pages
        .iter()
        .position(|page| page.key == query.text("halaman"))
        .unwrap_or(0);
    let body = match pages.get(at) {
        None => view! { <ui::EmptyState title=t::no_pages(l)><p>{t::no_pages_help(l)}</p></ui::EmptyState> }
            .into_any(),
        Some(page) => {
            let mut reader = visit.clone();
            reader.locale = inside;
            let today = visit.zone().day(visit.now);
            let filling = trial(&work.bundle, &work.office_name, Draft::default(), today);
            let chart = filled_place::chart(&visit, std::slice::from_ref(page)).await?;
            let sheet = field::Sheet {
                visit: &reader,
                filling: &filling,
                areas: &areas,
                chart: chart.as_ref(),
                draft: &filling.draft,
                wrong: Vec::new(),
                page: "",
                words: &[],
                is_device: false,
            };
            frames(visit.locale, &work, &sheet, (page, at))
        }
    };
    let options = pages
        .iter()
        .enumerate()
        .map(|(n, page)| {
            let label = format!("{}. {}", n + 1, words::name(l, &page.title));
            ui::Choosable::new(page.key.clone(), label)
        })
        .collect();
    let languages = Locale::ALL
        .map(|one| {
            let label = match one {
                Locale::Id => filled::language_id(l),
                Locale::En => filled::language_en(l),
            };
            ui::Choosable::new(one.tag(), label)
        })
        .to_vec();
    let action = place::part(&key, "/pratinjau");
    let page = pages
        .get(at)
        .map_or_else(String::new, |page| page.key.clone());
    let way = |n: Option<usize>, word: &'static str| {
        let page = n.and_then(|n| pages.get(n))?;
        let (page, tag) = (links::encode(&page.key), inside.tag());
        let href = format!("{action}?halaman={page}&dalam={tag}");
        Some(view! { <ui::Button kind=ui::ButtonKind::Quiet href=href>{word}</ui::Button> })
    };
    let before = way(at.checked_sub(1), t::page_before(l));
    let after = way(at.checked_add(1), t::page_after(l));
    let view = view! {
        <p class="hint">{t::preview_help(l)}</p>
        <ui::FilterBar action=action.clone() label=t::narrow(l) button=t::show(l)>
            <ui::FilterSelect id="halaman" label=t::pages(l) options=options value=page/>
            <ui::FilterSelect id="dalam" label=t::language(l) options=languages value=inside.tag()/>
        </ui::FilterBar>
        <div class="actions">{before}{after}</div>
        {body}
    };
    Ok(frame::draw(
        &visit,
        &work,
        Tab::Preview,
        None,
        &Outcome::default(),
        view.into_any(),
    ))
}

/// The page, and a page for each group on it as one of its items is asked.
fn frames(
    locale: Locale,
    work: &Work,
    sheet: &field::Sheet<'_>,
    (page, at): (&Page, usize),
) -> AnyView {
    let l = sheet.visit.locale;
    let title = page.title.get(l).to_owned();
    let help = (!page.help.is_empty()).then(|| start::text(l, &page.help));
    let first = phone(
        sheet,
        (title, help, &page.questions, ""),
        (at, work.bundle.definition.pages.len()),
    );
    let items = page
        .questions
        .iter()
        .filter_map(|group| {
            let Kind::Group {
                item, questions, ..
            } = &group.kind
            else {
                return None;
            };
            let title = format!("{} 1", item.get(l));
            let before = format!("{}.1.", group.key);
            let heading = t::one_of(locale, words::name(locale, &group.label));
            let phone = phone(
                sheet,
                (title, None, questions, &before),
                (at, work.bundle.definition.pages.len()),
            );
            Some(view! { <h2>{heading}</h2>{phone} })
        })
        .collect::<Vec<_>>();
    let when = notes(locale, work, page);
    view! { {when}{first}{items} }.into_any()
}

/// What is shown only sometimes, said outside of the phone.
fn notes(l: Locale, work: &Work, page: &Page) -> AnyView {
    let definition = &work.bundle.definition;
    let own = page
        .when
        .as_ref()
        .map(|when| t::page_only_when(l, words::condition(l, definition, when)));
    let inner = page.questions.iter().flat_map(|one| one.kind.inner());
    let questions = page.questions.iter().chain(inner).filter_map(|one| {
        let when = words::condition(l, definition, one.when.as_ref()?);
        Some(t::question_only_when(l, words::name(l, &one.label), when))
    });
    let notes: Vec<_> = own
        .into_iter()
        .chain(questions)
        .map(|text| view! { <li>{text}</li> })
        .collect();
    if notes.is_empty() {
        return ().into_any();
    }
    view! { <ul class="meta">{notes}</ul> }.into_any()
}

/// A phone's screen. There is no form in it: nothing can be sent.
fn phone(
    sheet: &field::Sheet<'_>,
    (title, help, questions, before): (String, Option<AnyView>, &[Question], &str),
    (at, count): (usize, usize),
) -> AnyView {
    let l = sheet.visit.locale;
    let single = questions.len() == 1
        && questions
            .iter()
            .all(|one| one.label.get(l) == title && !matches!(one.kind, Kind::Declaration));
    let fields = questions
        .iter()
        .map(|one| match &one.kind {
            Kind::Calculated { .. } => {
                let row = ui::SummaryRow::new(one.label.get(l), "…");
                view! { <ui::SummaryList rows=vec![row]/> }.into_any()
            }
            _ => field::question(sheet, one, &format!("{before}{}", one.key), single),
        })
        .collect_view();
    // The office's page has its own first heading.
    let heading = (!single).then(|| view! { <p class="phone-title">{title}</p> });
    let name = sheet.filling.form.definition.title.get(l);
    let progress = filled::progress(l, name, at + 1, count);
    let label = filled::progress_label(l, at + 1, count);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    view! {
        <div class="phone" lang=l.tag()>
            <ui::FormHeader
                back_href="#".to_owned() back_label=filled::back(l) title=progress progress_label=label value=number(at + 1)
                max=number(count)
            />
            <div class="phone-page">
                {heading}
                {help}
                {fields}
                <p><span class="btn btn-primary">{filled::next(l)}</span></p>
            </div>
        </div>
    }
    .into_any()
}
