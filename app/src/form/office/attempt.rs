//! Filling a working copy in to see how it goes. What was typed stands in the page itself: nothing is stored.

use axum::{extract::Path, response::Response};
use domain::{
    area::Area,
    form::{Draft, Kind, Outcome as Worth, Page, Question, State},
};
use leptos::prelude::*;
use service::{
    area::Chart,
    form::{Filling, Work, pretended, trial},
};

use super::{
    fields::typed,
    frame::{self, Outcome, Tab},
    place, words,
};
use crate::{
    Answer, Fields, Visit,
    form::{
        field::{self, owned, said},
        place as filled_place, read, start, task,
        written::{self, item_name},
    },
    t::{form as filled, form_office as t},
};

/// Most items of a group in a try.
const ITEMS: usize = 20;

/// `GET /kantor/formulir/{key}/coba`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    attempt(&visit, &key, Draft::default(), false).await
}

/// `POST /kantor/formulir/{key}/coba`: `_tambah` adds an item to a group, `_lepas` takes one out; else all is judged.
pub(super) async fn send(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    let mut draft = typed(&fields);
    draft
        .values
        .retain(|name, _| !name.starts_with('_') && name != "edisi");
    let (more, less) = (fields.text("_tambah"), fields.text("_lepas"));
    if !more.is_empty() && draft.items(more).len() < ITEMS {
        draft.add_item(more);
    }
    if let Some((group, item)) = less.split_once(' ') {
        draft.remove_item(group, item);
    }
    let is_judged = more.is_empty() && less.is_empty();
    attempt(&visit, &key, draft, is_judged).await
}

async fn attempt(visit: &Visit, key: &str, draft: Draft, is_judged: bool) -> Answer {
    let mut tx = visit.service.read().await?;
    let work = service::form::show_work(&mut tx, &visit.actor, key).await?;
    let areas = service::area::list(&mut tx).await?;
    drop(tx);
    let chart = filled_place::chart(visit, &work.bundle.definition.pages).await?;
    let today = visit.zone().day(visit.now);
    let filling = trial(&work.bundle, &work.office_name, draft, today);
    let worth = filling.outcome(&areas);
    let ground = (&areas[..], chart.as_ref());
    Ok(draw(visit, &work, &filling, ground, &worth, is_judged))
}

fn draw(
    visit: &Visit,
    work: &Work,
    filling: &Filling,
    (areas, chart): (&[Area], Option<&Chart>),
    worth: &Worth,
    is_judged: bool,
) -> Response {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let sheet = field::Sheet {
        visit,
        filling,
        areas,
        chart,
        draft: &filling.draft,
        wrong: if is_judged {
            worth.wrong.clone()
        } else {
            Vec::new()
        },
        page: "",
        words: &[],
        is_device: false,
    };
    let pages = definition
        .pages
        .iter()
        .filter(|page| !matches!(worth.state(&page.key), State::Hidden | State::CannotStart))
        .map(|page| one_page(&sheet, worth, page))
        .collect::<Vec<_>>();
    let body = if pages.is_empty() {
        view! { <ui::EmptyState title=t::no_pages(l)><p>{t::no_pages_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        let action = place::part(&work.key, "/coba");
        view! {
            <ui::Form action=action>
                // The enter key judges, and never takes an item out.
                <button class="vh" type="submit" tabindex="-1" aria-hidden="true">{t::judge(l)}</button>
                {pages}
                <ui::Buttons><ui::Button>{t::judge(l)}</ui::Button></ui::Buttons>
            </ui::Form>
        }
        .into_any()
    };
    let result = is_judged.then(|| result(visit, work, filling, areas, worth));
    let view = view! {
        <p class="hint">{t::attempt_help(l)}</p>
        {result}
        {body}
    };
    frame::draw(
        visit,
        work,
        Tab::Attempt,
        None,
        &Outcome::default(),
        view.into_any(),
    )
}

fn one_page(sheet: &field::Sheet<'_>, worth: &Worth, page: &Page) -> impl IntoView + use<> {
    let l = sheet.visit.locale;
    let title = words::name(l, &page.title);
    let help = (!page.help.is_empty()).then(|| start::text(l, &page.help));
    let fields = questions(sheet, worth, &page.questions, "");
    view! {
        <section class="card">
            <h2>{title}</h2>
            {help}
            {fields}
        </section>
    }
}

/// The questions that are shown now.
fn questions(
    sheet: &field::Sheet<'_>,
    worth: &Worth,
    list: &[Question],
    before: &str,
) -> Vec<AnyView> {
    list.iter()
        .map(|one| (one, format!("{before}{}", one.key)))
        .filter(|(_, path)| worth.shown.iter().any(|shown| shown.path == *path))
        .map(|(one, path)| question(sheet, worth, one, &path))
        .collect()
}

fn question(sheet: &field::Sheet<'_>, worth: &Worth, one: &Question, path: &str) -> AnyView {
    let l = sheet.visit.locale;
    let wrong = sheet.wrong.iter().find(|wrong| wrong.path == path);
    let error = wrong.map(|wrong| said(l, one, wrong));
    match &one.kind {
        Kind::Calculated { .. } => {
            let value = worth.answers.get(path).map_or_else(
                || "–".to_owned(),
                |answer| written::answer(l, sheet.areas, &sheet.filling.files, one, answer),
            );
            let row = ui::SummaryRow::new(one.label.get(l), value);
            view! { <ui::SummaryList rows=vec![row]/> }.into_any()
        }
        // A file is pretended: what counts is whether there is one.
        Kind::File { kinds, .. } => {
            let value = kinds
                .first()
                .map_or_else(String::new, |kind| pretended(*kind));
            let checked = sheet.draft.has(path);
            let (id, label) = (path.to_owned(), t::pretend(l, one.label.get(l)));
            let prefix = t::wrong_prefix(l);
            view! {
                <ui::Checkbox
                    id=id label=label value=value checked=checked error=error error_prefix=prefix hint=one.help.get(l).to_owned()
                />
            }
            .into_any()
        }
        Kind::Group {
            item,
            questions: inner,
            max,
            ..
        } => {
            let ids = owned(sheet.draft.items(path));
            let definition = &sheet.filling.form.definition;
            let items = |group: &str| owned(sheet.draft.items(group));
            let rows = ids
                .iter()
                .map(|id| {
                    let own = format!("{path}.{id}");
                    let name = item_name(l, definition, &items, &own).unwrap_or_default();
                    let fields = questions(sheet, worth, inner, &format!("{own}."));
                    let less = format!("{path} {id}");
                    let label = t::remove_of(l, &name);
                    view! {
                        <div class="card">
                            {hidden_item(path, id)}
                            <p class="h3">{name}</p>
                            {fields}
                            <ui::Button kind=ui::ButtonKind::Quiet name="_lepas" value=less label=label>{t::remove(l)}</ui::Button>
                        </div>
                    }
                })
                .collect::<Vec<_>>();
            let add = (ids.len() < usize::from(*max).min(ITEMS)).then(|| {
                let word = t::add_item(l, item.get(l));
                view! {
                    <ui::Button kind=ui::ButtonKind::Secondary name="_tambah" value=path.to_owned()>{word}</ui::Button>
                }
            });
            let prefix = t::wrong_prefix(l);
            view! {
                <ui::Fieldset id=path.to_owned() legend=one.label.get(l).to_owned() hint=one.help.get(l).to_owned() error=error error_prefix=prefix>
                    {rows}
                    {add}
                </ui::Fieldset>
            }
            .into_any()
        }
        _ => field::question(sheet, one, path, false),
    }
}

fn hidden_item(path: &str, id: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=path.to_owned() value=id.to_owned()/> }
}

/// What all of it is worth: whether it could be sent, what is wrong, which pages were shown, what the office would get.
fn result(visit: &Visit, work: &Work, filling: &Filling, areas: &[Area], worth: &Worth) -> AnyView {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let items = |group: &str| owned(filling.draft.items(group));
    let list = |all: &[domain::form::Wrong]| {
        all.iter()
            .filter_map(|wrong| {
                let question = definition.question(&wrong.path)?;
                let name = match wrong.path.rsplit_once('.') {
                    Some((item, _)) => item_name(l, definition, &items, item),
                    None => None,
                };
                let text = said(l, question, wrong);
                let text = name.map_or(text.clone(), |name| format!("{name}: {text}"));
                Some(ui::ErrorItem::new(wrong.field.clone(), text))
            })
            .collect::<Vec<_>>()
    };
    let errors = list(&worth.wrong);
    let head = if worth.is_ready() {
        let fee = work.bundle.service.fee.amount(&worth.answers);
        let fee = (fee > 0).then(|| {
            let rupiah = l.number(i64::try_from(fee).unwrap_or(i64::MAX));
            t::would_cost(l, rupiah)
        });
        view! {
            <ui::Notice kind=ui::NoticeKind::Success title=t::could_be_sent(l) live=true>{fee}</ui::Notice>
        }
        .into_any()
    } else {
        view! { <ui::ErrorSummary title=t::could_not_be_sent(l) errors=errors/> }.into_any()
    };
    let advice = list(&worth.advice)
        .into_iter()
        .map(|item| view! { <li>{item.text}</li> })
        .collect::<Vec<_>>();
    let advice = (!advice.is_empty()).then(|| view! { <h3>{t::advised(l)}</h3><ul>{advice}</ul> });
    let states = definition
        .pages
        .iter()
        .map(|page| {
            let of = worth.state(&page.key);
            let word = match of {
                State::Hidden => t::page_hidden(l),
                other => task::state(l, other),
            };
            ui::SummaryRow::new(words::name(l, &page.title), word)
        })
        .collect();
    let rows = read::rows(l, definition, &worth.answers, areas, &filling.files)
        .into_iter()
        .map(|(name, value)| ui::SummaryRow::new(name, value))
        .collect::<Vec<_>>();
    let answers = if rows.is_empty() {
        view! { <p>{t::no_answers(l)}</p> }.into_any()
    } else {
        view! { <ui::SummaryList rows=rows/> }.into_any()
    };
    let label = filled::check(l);
    view! {
        <section id="hasil" aria-label=label>
            {head}
            {advice}
            <ui::Disclosure summary=t::pages_now(l)><ui::SummaryList rows=states/></ui::Disclosure>
            <ui::Disclosure summary=t::answers_now(l)>{answers}</ui::Disclosure>
        </section>
    }
    .into_any()
}
