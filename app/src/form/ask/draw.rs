//! How a page looks: where it stands in the form, what is wrong, its questions, the way on.

use axum::http::StatusCode;
use domain::{
    area::Area,
    form::{Draft, Kind, Outcome, Question, Wrong},
};
use leptos::prelude::*;
use service::{area::Chart, form::Filling};

use super::{
    super::{
        field::{Sheet as View, anchor, owned, question, said},
        halt,
        place::{self, FROM_CHECK, own, says},
        reveal::{self, Asked},
        start,
        written::{self, item_name},
    },
    ASKED, OPENED,
};
use crate::{Page, Visit, links, t::form as t};

/// What the page says before its questions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    None,
    OneMore,
    Elsewhere,
}

/// A page to be drawn.
pub(super) struct Drawn<'a> {
    pub(super) filling: &'a Filling,
    pub(super) areas: &'a [Area],
    pub(super) chart: Option<Chart>,
    pub(super) outcome: &'a Outcome,
    pub(super) page: &'a str,
    pub(super) item: Option<&'a str>,
    pub(super) draft: &'a Draft,
    pub(super) wrong: Vec<Wrong>,
    pub(super) note: Note,
    pub(super) status: StatusCode,
}

pub(super) fn draw(visit: &Visit, drawn: &Drawn<'_>) -> axum::response::Response {
    let l = visit.locale;
    let definition = &drawn.filling.form.definition;
    let title = match drawn.item {
        Some(item) => {
            let items = |group: &str| owned(drawn.draft.items(group));
            item_name(l, definition, &items, item).unwrap_or_default()
        }
        None => definition
            .page(drawn.page)
            .map_or_else(String::new, |page| page.title.get(l).to_owned()),
    };
    let name = format!("{title} – {}", definition.title.get(l));
    let mut page = Page::new(name).in_form();
    if !drawn.wrong.is_empty() {
        page = page.wrong();
    }
    let page = page.status(drawn.status);
    own(visit, visit.page(page, view(visit, drawn, title)))
}

fn view(visit: &Visit, drawn: &Drawn<'_>, title: String) -> impl IntoView + use<> {
    let l = visit.locale;
    let filling = drawn.filling;
    let definition = &filling.form.definition;
    let key = &filling.form.key;
    let words: &[&'static str] = if says(visit, FROM_CHECK) {
        &[FROM_CHECK]
    } else {
        &[]
    };
    let sheet = View {
        visit,
        filling,
        areas: drawn.areas,
        chart: drawn.chart.as_ref(),
        draft: drawn.draft,
        wrong: drawn.wrong.clone(),
        page: drawn.page,
        words,
        is_device: false,
    };
    let blocks = reveal::blocks(questions_here(drawn));
    let all = || blocks.iter().flatten();
    let help = drawn
        .item
        .is_none()
        .then(|| definition.page(drawn.page))
        .flatten()
        .filter(|page| !page.help.is_empty())
        .map(|page| start::text(l, &page.help));
    // A page of one question whose name is its own: the label is the heading.
    let single = help.is_none()
        && all().count() == 1
        && all().all(|one| {
            one.question.label.get(l) == title && !matches!(one.question.kind, Kind::Declaration)
        });
    let heading = (!single).then(|| view! { <h1>{title}</h1> });
    let has_files = all().any(|one| matches!(one.question.kind, Kind::File { .. }));
    let draw_one = |one: &Asked<'_>| {
        let name = if one.is_shown { ASKED } else { OPENED };
        let path = one.path.clone();
        let field = match drawn.outcome.answers.get(&path) {
            // What was reckoned is shown where it stands in the form.
            Some(answer) if matches!(one.question.kind, Kind::Calculated { .. }) => {
                let value = written::answer(l, drawn.areas, &filling.files, one.question, answer);
                let row = ui::SummaryRow::new(one.question.label.get(l), value);
                view! { <ui::SummaryList rows=vec![row]/> }.into_any()
            }
            _ => question(&sheet, one.question, &path, single),
        };
        view! { <input type="hidden" name=name value=path/> {field} }.into_any()
    };
    let fields = blocks
        .iter()
        .map(|block| match block.as_slice() {
            [one] => draw_one(one),
            several => {
                let inner = several
                    .iter()
                    .map(|one| {
                        let field = draw_one(one);
                        if one.opened_by.is_empty() {
                            field
                        } else {
                            view! { <div class=reveal::class(one)>{field}</div> }.into_any()
                        }
                    })
                    .collect_view();
                view! { <div class="opens">{inner}</div> }.into_any()
            }
        })
        .collect_view();
    let action = visit.path.split('?').next().unwrap_or_default().to_owned();
    let action = place::with(&action, words);
    let revision = filling.revision;
    let expires = visit.zone().date(filling.expires_at, l);
    let header = header(visit, drawn);
    let (send_key, keep) = (
        filling.key.clone(),
        (!visit.shared).then(|| links::kept(key, definition.version)),
    );
    // What a page says of itself to the phone: nothing on a computer that others use.
    let form_key = (!visit.shared).then(|| key.clone());
    let page_key = drawn.page.to_owned();
    let version = definition.version;
    let form = view! {
        <input type="hidden" name="_revisi" value=revision/>
        // The enter key presses the first button of a form: this one, never one that removes something.
        <button class="vh" type="submit" tabindex="-1" aria-hidden="true">{t::next(l)}</button>
        {fields}
        <ui::Buttons><ui::Button>{t::next(l)}</ui::Button></ui::Buttons>
    };
    let (note, summary, later) = (note(visit, drawn), summary(visit, drawn), place::later(key));
    view! {
        {header}
        <ui::Page>
            {note}
            {summary}
            {heading}
            {help}
            <div data-form=form_key data-version=version data-key=send_key data-page=page_key data-revision=revision data-keep=keep>
                <ui::Form action=action files=has_files>{form}</ui::Form>
            </div>
            <p class="meta">{t::kept_until(l, expires)}" "<a href=later>{t::later(l)}</a></p>
        </ui::Page>
    }
}

/// The questions of the page or item with their paths, and whether the answers so far ask them.
fn questions_here<'a>(drawn: &Drawn<'a>) -> Vec<(&'a Question, String, bool)> {
    let filling = drawn.filling;
    let (questions, before): (&[Question], String) = match drawn.item {
        Some(item) => (filling.item(item).unwrap_or_default(), format!("{item}.")),
        None => (
            filling
                .form
                .definition
                .page(drawn.page)
                .map_or(&[], |page| &page.questions),
            String::new(),
        ),
    };
    let is_page_shown = drawn
        .outcome
        .shown
        .iter()
        .any(|shown| shown.page == drawn.page);
    questions
        .iter()
        .map(|question| {
            let path = format!("{before}{}", question.key);
            let is_shown = drawn.outcome.shown.iter().any(|shown| shown.path == path)
                // A page that is not for this person shows what it would ask: an address may be typed.
                || (!is_page_shown && question.when.is_none());
            (question, path, is_shown)
        })
        .collect()
}

/// The way back, the form and how far.
fn header(visit: &Visit, drawn: &Drawn<'_>) -> impl IntoView + use<> {
    let l = visit.locale;
    let filling = drawn.filling;
    let key = &filling.form.key;
    let back = if let Some(item) = drawn.item {
        let group = item.rsplit_once('.').map_or("", |(group, _)| group);
        match group.rsplit_once('.') {
            Some((outer, _)) => place::item(key, drawn.page, outer),
            None => place::page(key, drawn.page),
        }
    } else if says(visit, FROM_CHECK) {
        place::check(key)
    } else {
        let has_tasks = !filling.form.definition.sections.is_empty();
        match drawn.outcome.back(drawn.page) {
            Some(before) => place::page(key, before),
            None if has_tasks => place::tasks(key),
            None => links::service(key),
        }
    };
    let shown: Vec<&str> = drawn
        .outcome
        .pages
        .iter()
        .filter(|page| {
            !matches!(
                page.state,
                domain::form::State::Hidden | domain::form::State::CannotStart
            )
        })
        .map(|page| page.key.as_str())
        .collect();
    let at = shown
        .iter()
        .position(|page| *page == drawn.page)
        .map_or(1, |at| at + 1);
    let all = shown.len().max(at);
    let title = t::progress(l, filling.form.definition.title.get(l), at, all);
    let label = t::progress_label(l, at, all);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    view! {
        <ui::FormHeader
            back_href=back back_label=t::back(l) title=title progress_label=label value=number(at) max=number(all)
        />
    }
}

/// All that is wrong, each a link to its field; what is wrong inside an item leads to the item.
fn summary(visit: &Visit, drawn: &Drawn<'_>) -> impl IntoView + use<> {
    let l = visit.locale;
    let definition = &drawn.filling.form.definition;
    let items = |group: &str| owned(drawn.draft.items(group));
    let mut told: Vec<(&str, String)> = Vec::new();
    let errors: Vec<ui::ErrorItem> = drawn
        .wrong
        .iter()
        .filter_map(|wrong| {
            let question = definition.question(&wrong.path)?;
            let text = said(l, question, wrong);
            // Of a date one sentence is said, above its three fields; of a point one, whichever number is wrong.
            let is_told = told.iter().any(|(path, said)| {
                *path == wrong.path && (*said == text || matches!(question.kind, Kind::Date { .. }))
            });
            if is_told {
                return None;
            }
            told.push((&wrong.path, text.clone()));
            let own = match drawn.item {
                Some(item) => wrong.path[item.len() + 1..].contains('.'),
                None => wrong.path.contains('.'),
            };
            if !own {
                return Some(ui::ErrorItem::new(
                    anchor(question, &wrong.path, &wrong.field),
                    text,
                ));
            }
            // The row of the item on this page.
            let depth = drawn.item.map_or(0, |item| item.split('.').count());
            let parts: Vec<&str> = wrong.path.split('.').take(depth + 2).collect();
            let row = parts.join(".");
            let name = item_name(l, definition, &items, &row).unwrap_or_default();
            Some(ui::ErrorItem::new(row, format!("{name}: {text}")))
        })
        .collect();
    let title = match errors.len() {
        1 => t::wrong_one(l).to_owned(),
        count => t::wrong_many(l, i64::try_from(count).unwrap_or(i64::MAX)),
    };
    view! { <ui::ErrorSummary title=title errors=errors/> }
}

fn note(visit: &Visit, drawn: &Drawn<'_>) -> Option<AnyView> {
    let l = visit.locale;
    match drawn.note {
        Note::None => None,
        Note::OneMore => {
            Some(view! { <ui::Notice live=true>{t::one_more(l)}</ui::Notice> }.into_any())
        }
        Note::Elsewhere => {
            let rows = questions_here(drawn)
                .into_iter()
                .filter(|(one, _, is_shown)| {
                    *is_shown && !matches!(one.kind, Kind::Group { .. } | Kind::File { .. })
                })
                .map(|(one, path, _)| {
                    let there = halt::typed(l, drawn.areas, one, &drawn.filling.draft, &path);
                    ui::SummaryRow::new(one.label.get(l), there)
                })
                .collect::<Vec<_>>();
            Some(
                view! {
                    <ui::Notice kind=ui::NoticeKind::Warning title=t::elsewhere(l) live=true>{t::elsewhere_help(l)}</ui::Notice>
                    <ui::Disclosure summary=t::elsewhere_there(l) open=true><ui::SummaryList rows=rows/></ui::Disclosure>
                }
                .into_any(),
            )
        }
    }
}
