//! One page at a time.

use axum::{extract::Path, http::StatusCode};
use domain::{
    FileId,
    area::Area,
    form::{Draft, Fault, Kind, Outcome, Question, Wrong},
};
use leptos::prelude::*;
use service::{
    Conflict, Error,
    area::Chart,
    form::{Filling, Hand, PageSave, Saved},
};

use super::{
    field::{Sheet as View, anchor, owned, question, said},
    halt,
    place::{self, FROM_CHECK, SHOW_WRONG, filling, hand, own, says},
    reveal::{self, Asked},
    task,
    upload::Sheet,
    written::{self, item_name},
};
use crate::{Answer, Failure, Page, Visit, links, t::form as t};

/// Names of the hidden fields: the questions that a page asks, and those that an answer on it would open.
const ASKED: &str = "_ada";
const OPENED: &str = "_mungkin";

/// `GET /layanan/{key}/isi/{page}`.
pub(super) async fn show(visit: Visit, Path((key, page)): Path<(String, String)>) -> Answer {
    shown(&visit, &key, &page, None).await
}

/// `GET /layanan/{key}/isi/{page}/{item}`: an item of a group, such as `saksi.2`.
pub(super) async fn show_item(
    visit: Visit,
    Path((key, page, item)): Path<(String, String, String)>,
) -> Answer {
    shown(&visit, &key, &page, Some(&item)).await
}

/// `POST /layanan/{key}/isi/{page}`.
pub(super) async fn save(
    visit: Visit,
    Path((key, page)): Path<(String, String)>,
    sheet: Sheet,
) -> Answer {
    saved(&visit, &key, &page, None, sheet).await
}

/// `POST /layanan/{key}/isi/{page}/{item}`.
pub(super) async fn save_item(
    visit: Visit,
    Path((key, page, item)): Path<(String, String, String)>,
    sheet: Sheet,
) -> Answer {
    saved(&visit, &key, &page, Some(&item), sheet).await
}

async fn shown(visit: &Visit, key: &str, page: &str, item: Option<&str>) -> Answer {
    let Some(hand) = hand(visit) else {
        return Ok(visit.go(&links::service(key)));
    };
    let Some((filling, areas)) = filling(visit, &hand, key).await? else {
        return Ok(visit.go(&links::service(key)));
    };
    if filling.halt.is_some() {
        return Ok(halt::of(visit, &filling, &areas, &[]));
    }
    if filling.form.definition.page(page).is_none() || !has_item(&filling, page, item) {
        return Err(Failure::NotFound);
    }
    let outcome = filling.outcome(&areas);
    let wrong = if says(visit, SHOW_WRONG) {
        own_wrong(&outcome, page, item)
    } else {
        Vec::new()
    };
    let draft = filling.draft.clone();
    Ok(draw(
        visit,
        &Drawn {
            filling: &filling,
            areas: &areas,
            chart: place::chart(visit, page_of(&filling, page)).await?,
            outcome: &outcome,
            page,
            item,
            draft: &draft,
            wrong,
            note: Note::None,
            status: StatusCode::OK,
        },
    ))
}

/// The page alone; nothing when there is none.
fn page_of<'a>(filling: &'a Filling, key: &str) -> &'a [domain::form::Page] {
    filling
        .form
        .definition
        .page(key)
        .map_or(&[], std::slice::from_ref)
}

/// Whether an item is there, in a group of this page.
fn has_item(filling: &Filling, page: &str, item: Option<&str>) -> bool {
    let Some(item) = item else {
        return true;
    };
    let first = item.split('.').next().unwrap_or_default();
    let on_page = filling
        .form
        .definition
        .page(page)
        .is_some_and(|page| page.questions.iter().any(|question| question.key == first));
    on_page && filling.item(item).is_some()
}

/// What is wrong with the questions that the page itself asks.
fn own_wrong(outcome: &Outcome, page: &str, item: Option<&str>) -> Vec<Wrong> {
    outcome
        .wrong_on(page)
        .filter(|wrong| match item {
            None => true,
            Some(item) => wrong
                .path
                .strip_prefix(item)
                .is_some_and(|rest| rest.starts_with('.')),
        })
        .cloned()
        .collect()
}

async fn saved(visit: &Visit, key: &str, page: &str, item: Option<&str>, sheet: Sheet) -> Answer {
    let fields = sheet.fields.pairs().to_vec();
    let Some(hand) = hand(visit) else {
        return halt::gone(visit, key, &fields).await;
    };
    let named = |name: &str| -> Vec<String> {
        let all = sheet.fields.all(name).into_iter();
        all.map(str::to_owned).collect()
    };
    // What was asked, and what only an answer on the page would open: its fields were there too.
    let asked = named(ASKED);
    let there = [asked.clone(), named(OPENED)].concat();
    let save = PageSave {
        page: page.to_owned(),
        item: item.map(str::to_owned),
        asked: there.clone(),
        fields: fields.clone(),
        seen: sheet.fields.text("_revisi").parse().ok(),
    };
    let done = service::form::save_page(&visit.service, &hand, key, save).await;
    let is_elsewhere = match done {
        Ok(Saved::Here(_)) => false,
        Ok(Saved::Elsewhere(_)) => true,
        Err(error) => return stopped(visit, &hand, key, error, &fields).await,
    };
    if is_elsewhere {
        return elsewhere(visit, &hand, key, (page, item), &fields, &there).await;
    }
    let refused = match files(visit, &hand, key, page, sheet).await? {
        Done::Went(place) => return Ok(own(visit, visit.go(&place))),
        Done::Here(refused) => refused,
    };
    let (filling, areas) = self::filling(visit, &hand, key)
        .await?
        .ok_or(Failure::NotFound)?;
    let outcome = filling.outcome(&areas);
    // A file that was not taken says more than that one is missing.
    let mut wrong = own_wrong(&outcome, page, item);
    wrong.retain(|one| !refused.iter().any(|known| known.path == one.path));
    wrong.splice(0..0, refused);
    if wrong.is_empty() {
        return Ok(own(
            visit,
            visit.go(&onward(visit, &filling, &outcome, page, item)),
        ));
    }
    // A question that the answers have only just opened is no error yet: it is asked first. One inside an item was asked on the
    // item's own page.
    let is_own = |path: &str| match item {
        None => !path.contains('.'),
        Some(item) => path[item.len() + 1..].split('.').count() == 1,
    };
    let opened = |wrong: &Wrong| {
        matches!(
            wrong.fault,
            Fault::Missing | Fault::NotDeclared | Fault::TooFew { .. }
        ) && is_own(&wrong.path)
            && !asked.contains(&wrong.path)
    };
    let (note, status) = if wrong.iter().all(opened) {
        wrong.clear();
        (Note::OneMore, StatusCode::OK)
    } else {
        (Note::None, StatusCode::UNPROCESSABLE_ENTITY)
    };
    let draft = filling.draft.clone();
    Ok(draw(
        visit,
        &Drawn {
            filling: &filling,
            areas: &areas,
            chart: place::chart(visit, page_of(&filling, page)).await?,
            outcome: &outcome,
            page,
            item,
            draft: &draft,
            wrong,
            note,
            status,
        },
    ))
}

/// Where a page leads that is complete: back to the check page by way of what the change has opened, up from an item, or on.
fn onward(
    visit: &Visit,
    filling: &Filling,
    outcome: &Outcome,
    page: &str,
    item: Option<&str>,
) -> String {
    let key = &filling.form.key;
    let is_from_check = says(visit, FROM_CHECK);
    if let Some(item) = item {
        let group = item.rsplit_once('.').map_or("", |(group, _)| group);
        let up = match group.rsplit_once('.') {
            Some((outer, _)) => place::item(key, page, outer),
            None => place::page(key, page),
        };
        return place::with(&up, if is_from_check { &[FROM_CHECK] } else { &[] });
    }
    if is_from_check {
        return match outcome.resume() {
            Some(next) => place::with(&place::page(key, next), &[FROM_CHECK]),
            None => place::check(key),
        };
    }
    task::after(filling, outcome, page)
}

enum Done {
    /// On to another page.
    Went(String),
    /// Files that were not taken, and why.
    Here(Vec<Wrong>),
}

/// What else was asked for with the page: files, a new item, a file to be thrown away.
async fn files(
    visit: &Visit,
    hand: &Hand,
    key: &str,
    page: &str,
    sheet: Sheet,
) -> Result<Done, Failure> {
    let service = &visit.service;
    let words: &[&str] = if says(visit, FROM_CHECK) {
        &[FROM_CHECK]
    } else {
        &[]
    };
    let here = visit.path.split('?').next().unwrap_or_default().to_owned();
    let mut refused = Vec::new();
    let wrong = |path: &str, fault: Fault| Wrong {
        page: page.to_owned(),
        path: path.to_owned(),
        field: path.to_owned(),
        fault,
    };
    for (path, name) in &sheet.too_large {
        let max_kb = u32::try_from(service::form::FILE_BYTES / 1_024).unwrap_or(u32::MAX);
        let name = name.chars().filter(|c| !c.is_control()).take(80).collect();
        refused.push(wrong(path, Fault::FileTooLarge { name, max_kb }));
    }
    for (path, upload) in sheet.files {
        if let Err(fault) = service::form::attach(service, hand, key, &path, upload).await? {
            refused.push(wrong(&path, fault));
        }
    }
    for pair in sheet.fields.all("_unggahan") {
        let Some((path, id)) = pair.split_once(' ') else {
            continue;
        };
        let id = FileId::new(id);
        match service::form::attach_upload(service, hand, key, path, &id).await {
            Ok(Ok(_)) => {}
            Ok(Err(fault)) => refused.push(wrong(path, fault)),
            // It came too late, or is not theirs: to be chosen again.
            Err(Error::NotFound) => refused.push(wrong(path, Fault::FileGone)),
            Err(error) => return Err(error.into()),
        }
    }
    if let Some((path, file)) = sheet.fields.text("_buang").split_once(' ') {
        service::form::detach(service, hand, key, path, &FileId::new(file)).await?;
        return Ok(Done::Went(place::with(&format!("{here}#{path}"), words)));
    }
    if !refused.is_empty() {
        return Ok(Done::Here(refused));
    }
    let uploaded = sheet.fields.text("_unggah");
    if !uploaded.is_empty() {
        return Ok(Done::Went(place::with(
            &format!("{here}#{uploaded}"),
            words,
        )));
    }
    let group = sheet.fields.text("_tambah");
    if !group.is_empty() {
        return match service::form::add_item(service, hand, key, group).await {
            Ok(item) => Ok(Done::Went(place::with(
                &place::item(key, page, &item),
                words,
            ))),
            // It is full: the page comes back without the button.
            Err(Error::Invalid(_)) => Ok(Done::Went(place::with(&here, words))),
            Err(error) => Err(error.into()),
        };
    }
    Ok(Done::Here(refused))
}

/// A save that was refused: what was typed stands on the page that says why.
async fn stopped(
    visit: &Visit,
    hand: &Hand,
    key: &str,
    error: Error,
    fields: &[(String, String)],
) -> Answer {
    match error {
        Error::Conflict(Conflict::Gone | Conflict::Closed) => {
            let Some((filling, areas)) = filling(visit, hand, key).await? else {
                return halt::gone(visit, key, fields).await;
            };
            Ok(halt::of(visit, &filling, &areas, fields))
        }
        Error::NotFound => {
            let is_there = filling(visit, hand, key).await?.is_some();
            if is_there {
                Err(Failure::NotFound)
            } else {
                halt::gone(visit, key, fields).await
            }
        }
        error => Err(error.into()),
    }
}

/// The same page was saved in another tab since: both stand on the page, and nothing was saved over.
async fn elsewhere(
    visit: &Visit,
    hand: &Hand,
    key: &str,
    (page, item): (&str, Option<&str>),
    fields: &[(String, String)],
    asked: &[String],
) -> Answer {
    let (filling, areas) = self::filling(visit, hand, key)
        .await?
        .ok_or(Failure::NotFound)?;
    let mut draft = filling.draft.clone();
    let is_of = |name: &str, path: &str| {
        name == path
            || name
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('.'))
    };
    draft
        .values
        .retain(|name, _| !asked.iter().any(|path| is_of(name, path)));
    for (name, value) in fields {
        if !value.is_empty() && asked.iter().any(|path| is_of(name, path)) {
            draft
                .values
                .entry(name.clone())
                .or_default()
                .push(value.clone());
        }
    }
    let outcome = filling.outcome(&areas);
    Ok(draw(
        visit,
        &Drawn {
            filling: &filling,
            areas: &areas,
            chart: place::chart(visit, page_of(&filling, page)).await?,
            outcome: &outcome,
            page,
            item,
            draft: &draft,
            wrong: Vec::new(),
            note: Note::Elsewhere,
            status: StatusCode::CONFLICT,
        },
    ))
}

/// What the page says before its questions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Note {
    None,
    OneMore,
    Elsewhere,
}

/// A page to be drawn.
struct Drawn<'a> {
    filling: &'a Filling,
    areas: &'a [Area],
    chart: Option<Chart>,
    outcome: &'a Outcome,
    page: &'a str,
    item: Option<&'a str>,
    draft: &'a Draft,
    wrong: Vec<Wrong>,
    note: Note,
    status: StatusCode,
}

fn draw(visit: &Visit, drawn: &Drawn<'_>) -> axum::response::Response {
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
        .map(|page| super::start::text(l, &page.help));
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
