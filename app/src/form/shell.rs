//! A form as a phone keeps it, for filling in without a network: all its pages in one, nobody's name in it.
//!
//! The server draws every question once, with the same components as the pages that it serves one by one; the island shows
//! the page that is due, puts in what was typed and says what is wrong.

use axum::extract::Path;
use domain::{
    area::Area,
    form::{Kind, Page as Sheet, Question},
};
use leptos::prelude::*;
use service::form::{Filling, Form};

use super::{
    device,
    field::{Sheet as View, question},
};
use crate::{Answer, Page, Visit, links, t::form as t};

/// `GET /layanan/{key}/luring?versi=`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    let (form, areas) = device::form(&visit, &key).await?;
    let page = Page::new(form.definition.title.get(visit.locale))
        .in_form()
        .canonical(links::service_offline(&key));
    let view = view(&visit, form, &areas);
    Ok(visit.page(page, view))
}

fn view(visit: &Visit, form: Form, areas: &[Area]) -> impl IntoView + use<> {
    let l = visit.locale;
    let filling = Filling::blank(form, visit.zone().day(visit.now));
    let definition = &filling.form.definition;
    let key = filling.form.key.clone();
    let title = definition.title.get(l).to_owned();
    let version = definition.version;
    let count = u32::try_from(definition.pages.len()).unwrap_or(1).max(1);
    let pages: Vec<AnyView> = definition
        .pages
        .iter()
        .map(|page| sheet(visit, &filling, areas, page))
        .collect();
    let mut items = Vec::new();
    for page in &definition.pages {
        templates(
            visit,
            &filling,
            areas,
            page,
            &page.questions,
            "",
            &mut items,
        );
    }
    let check = view! {
        <section data-check="" hidden=true>
            <h1>{t::check(l)}</h1>
            <p data-lead=""></p>
            <div data-advice=""></div>
            <div data-rows=""></div>
            <div class="buttons"><button class="btn btn-primary" type="button" data-send="">{t::device_send(l)}</button></div>
            <p class="meta">{t::device_send_help(l)}</p>
        </section>
    };
    let sent = view! {
        <section data-sent="" hidden=true>
            <h1 data-state=""></h1>
            <p data-state-help=""></p>
            <p><a href=links::SERVICES>{t::all_services(l)}</a></p>
        </section>
    };
    // One of each, for the island to copy.
    let summary = view! {
        <ui::ErrorSummary title="-" errors=vec![ui::ErrorItem::new("-", "-")]/>
    };
    let error = view! { <ui::ErrorMessage id="-" text="-" prefix=t::wrong_prefix(l)/> };
    let row = view! {
        <ui::SummaryList rows=vec![ui::SummaryRow::new("-", "-").change("#", t::change(l))]/>
    };
    let advice = view! {
        <ui::Notice kind=ui::NoticeKind::Warning title=t::check_advice(l)><ul></ul></ui::Notice>
    };
    let (back, again) = (links::service(&key), links::service(&key));
    view! {
        <ui::FormHeader
            back_href=back back_label=t::back(l) title=title.clone() progress_label=t::progress_label(l, 1, count) value=1 max=count
        />
        <ui::Page>
            <div data-device=key.clone() data-version=version>
                <div data-wait="">
                    <h1>{title}</h1>
                    <p>{t::device_wait(l)}</p>
                    <p><a href=again>{t::halt_again(l)}</a></p>
                </div>
                <div data-say="" role="status"></div>
                <div data-summary=""></div>
                {pages}
                <div data-item-place=""></div>
                {check}
                {sent}
                <p class="meta" data-kept="" hidden=true>{t::device_kept_here(l)}" "<a href=links::SERVICES>{t::later(l)}</a></p>
                <template data-make="summary">{summary}</template>
                <template data-make="error">{error}</template>
                <template data-make="row">{row}</template>
                <template data-make="advice">{advice}</template>
                {items}
            </div>
        </ui::Page>
    }
}

/// A page with its questions.
fn sheet(visit: &Visit, filling: &Filling, areas: &[Area], page: &Sheet) -> AnyView {
    let l = visit.locale;
    let title = page.title.get(l).to_owned();
    let single = match &page.questions[..] {
        [one] => one.label.get(l) == title && !matches!(one.kind, Kind::Declaration),
        _ => false,
    };
    let heading = (!single).then(|| view! { <h1>{title}</h1> });
    let help = (!page.help.is_empty()).then(|| super::start::text(l, &page.help));
    let fields = fields(visit, filling, areas, page, &page.questions, "", single);
    view! {
        <section data-page=page.key.clone() hidden=true>
            {heading}
            {help}
            {form(visit, fields)}
        </section>
    }
    .into_any()
}

/// An item of a group, once, to be copied: its place among the items is `0`.
fn templates(
    visit: &Visit,
    filling: &Filling,
    areas: &[Area],
    page: &Sheet,
    questions: &[Question],
    before: &str,
    made: &mut Vec<AnyView>,
) {
    for group in questions {
        let Kind::Group { questions, .. } = &group.kind else {
            continue;
        };
        let item = format!("{before}{}.0", group.key);
        let inside = format!("{item}.");
        let fields = fields(visit, filling, areas, page, questions, &inside, false);
        made.push(
            view! {
                <template data-item=item>
                    <section>
                        <h1 data-name=""></h1>
                        {form(visit, fields)}
                    </section>
                </template>
            }
            .into_any(),
        );
        templates(visit, filling, areas, page, questions, &inside, made);
    }
}

fn form(visit: &Visit, fields: Vec<AnyView>) -> impl IntoView + use<> {
    let next = t::next(visit.locale);
    view! {
        <form class="form" novalidate=true>
            // The enter key presses the first button of a form.
            <button class="vh" type="submit" tabindex="-1" aria-hidden="true">{next}</button>
            {fields}
            <ui::Buttons><ui::Button>{next}</ui::Button></ui::Buttons>
        </form>
    }
}

fn fields(
    visit: &Visit,
    filling: &Filling,
    areas: &[Area],
    page: &Sheet,
    questions: &[Question],
    before: &str,
    heading: bool,
) -> Vec<AnyView> {
    let l = visit.locale;
    let view = View {
        visit,
        filling,
        areas,
        draft: &filling.draft,
        wrong: Vec::new(),
        page: &page.key,
        words: &[],
        is_device: true,
    };
    questions
        .iter()
        .map(|one| {
            let path = format!("{before}{}", one.key);
            let inside = if matches!(one.kind, Kind::Calculated { .. }) {
                let row = ui::SummaryRow::new(one.label.get(l), "");
                view! { <ui::SummaryList rows=vec![row]/> }.into_any()
            } else {
                question(&view, one, &path, heading)
            };
            view! { <div class="form-part" data-question=path>{inside}</div> }.into_any()
        })
        .collect()
}
