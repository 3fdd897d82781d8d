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
use service::{
    area::Chart,
    form::{Filling, Form},
};

use super::{
    device,
    field::{Sheet as View, question},
    place,
};
use crate::{Answer, Page, Visit, links, t::form as t};

/// `GET /layanan/{key}/luring?versi=`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    let (form, areas) = device::form(&visit, &key).await?;
    let chart = place::chart(&visit, &form.definition.pages).await?;
    let page = Page::new(form.definition.title.get(visit.locale))
        .in_form()
        .canonical(links::service_offline(&key));
    let view = view(&visit, form, &areas, chart.as_ref());
    Ok(visit.page(page, view))
}

fn view(visit: &Visit, form: Form, areas: &[Area], chart: Option<&Chart>) -> impl IntoView + use<> {
    let l = visit.locale;
    let filling = Filling::blank(form, visit.zone().day(visit.now));
    let definition = &filling.form.definition;
    let key = filling.form.key.clone();
    let title = definition.title.get(l).to_owned();
    let version = definition.version;
    let count = u32::try_from(definition.pages.len()).unwrap_or(1).max(1);
    let mut items = Vec::new();
    let pages: Vec<AnyView> = definition
        .pages
        .iter()
        .map(|page| {
            let view = View {
                visit,
                filling: &filling,
                areas,
                chart,
                draft: &filling.draft,
                wrong: Vec::new(),
                page: &page.key,
                words: &[],
                is_device: true,
            };
            templates(&view, &page.questions, "", &mut items);
            sheet(&view, page)
        })
        .collect();
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
fn sheet(view: &View<'_>, page: &Sheet) -> AnyView {
    let l = view.visit.locale;
    let title = page.title.get(l).to_owned();
    let single = match &page.questions[..] {
        [one] => one.label.get(l) == title && !matches!(one.kind, Kind::Declaration),
        _ => false,
    };
    let heading = (!single).then(|| view! { <h1>{title}</h1> });
    let help = (!page.help.is_empty()).then(|| super::start::text(l, &page.help));
    let form = form(view.visit, fields(view, &page.questions, "", single));
    view! {
        <section data-page=page.key.clone() hidden=true>
            {heading}
            {help}
            {form}
        </section>
    }
    .into_any()
}

/// An item of a group, once, to be copied: its place among the items is `0`.
fn templates(view: &View<'_>, questions: &[Question], before: &str, made: &mut Vec<AnyView>) {
    for group in questions {
        let Kind::Group { questions, .. } = &group.kind else {
            continue;
        };
        let item = format!("{before}{}.0", group.key);
        let inside = format!("{item}.");
        let form = form(view.visit, fields(view, questions, &inside, false));
        made.push(
            view! {
                <template data-item=item>
                    <section>
                        <h1 data-name=""></h1>
                        {form}
                    </section>
                </template>
            }
            .into_any(),
        );
        templates(view, questions, &inside, made);
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

fn fields(view: &View<'_>, questions: &[Question], before: &str, heading: bool) -> Vec<AnyView> {
    let l = view.visit.locale;
    questions
        .iter()
        .map(|one| {
            let path = format!("{before}{}", one.key);
            let inside = if matches!(one.kind, Kind::Calculated { .. }) {
                let row = ui::SummaryRow::new(one.label.get(l), "");
                view! { <ui::SummaryList rows=vec![row]/> }.into_any()
            } else {
                question(view, one, &path, heading)
            };
            view! { <div class="form-part" data-question=path>{inside}</div> }.into_any()
        })
        .collect()
}
