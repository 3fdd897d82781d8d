//! What stands around every page of a form that is being changed.

use axum::{http::StatusCode, response::Response};
use domain::{
    Invalid, Locale,
    form::{compare::compare, edit::Edit},
};
use leptos::prelude::*;
use service::{Conflict, Error, form::Work};

use super::{
    fields::hidden,
    place::{outline, part},
    words,
};
use crate::{
    Failure, Fields, Page, Visit, links,
    office::{Part, moment, shell},
    t::form_office as t,
};

/// The pages of a working copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Outline,
    Checks,
    Texts,
    Offer,
    Findings,
    Preview,
    Attempt,
    Compare,
}

/// How a change turned out that was refused.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// Fields with their sentences.
    wrong: Vec<(String, String)>,
    /// What a colleague changed meanwhile, in sentences.
    theirs: Option<Vec<String>>,
}

impl Outcome {
    pub(super) fn wrong(l: Locale, invalid: &Invalid) -> Self {
        let wrong = invalid
            .0
            .iter()
            .map(|(field, problem)| (field.clone(), words::problem(l, field, problem)))
            .collect();
        Self {
            wrong,
            theirs: None,
        }
    }

    /// The sentence beside a field.
    pub(super) fn at(&self, field: &str) -> Option<String> {
        let found = self.wrong.iter().find(|(known, _)| known == field);
        found.map(|(_, text)| text.clone())
    }

    pub(super) const fn is_stale(&self) -> bool {
        self.theirs.is_some()
    }

    pub(super) const fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// The list on top of the page; nothing when all is well.
    pub(super) fn summary(&self, l: Locale) -> impl IntoView + use<> {
        let errors: Vec<ui::ErrorItem> = self
            .wrong
            .iter()
            .map(|(field, text)| ui::ErrorItem::new(field.clone(), text.clone()))
            .collect();
        view! { <ui::ErrorSummary title=t::problems(l) errors=errors/> }
    }
}

/// What became of a change.
pub(super) enum Changed {
    Done,
    /// The working copy as it is now, and why nothing was changed.
    Refused(Box<Work>, Outcome),
}

/// The working copy of a form.
pub(super) async fn work(visit: &Visit, key: &str) -> Result<Work, Failure> {
    let mut tx = visit.service.read().await?;
    Ok(service::form::show_work(&mut tx, &visit.actor, key).await?)
}

/// Changes a working copy by what was read out of a form.
pub(super) async fn change(
    visit: &Visit,
    work: Work,
    fields: &Fields,
    edit: Result<Edit, Invalid>,
) -> Result<Changed, Failure> {
    let l = visit.locale;
    let refused =
        |work, invalid: &Invalid| Changed::Refused(Box::new(work), Outcome::wrong(l, invalid));
    let edit = match edit {
        Ok(edit) => edit,
        Err(invalid) => return Ok(refused(work, &invalid)),
    };
    let seen = fields.text("edisi").parse().unwrap_or(0);
    match service::form::edit_work(&visit.service, &visit.actor, &work.key, seen, edit).await {
        Ok(()) => Ok(Changed::Done),
        Err(Error::Invalid(invalid)) => Ok(refused(work, &invalid)),
        Err(Error::Conflict(Conflict::Stale)) => stale(visit, &work.key, seen).await,
        Err(other) => Err(other.into()),
    }
}

/// What a colleague changed since the revision that was seen.
pub(super) async fn stale(visit: &Visit, key: &str, seen: i64) -> Result<Changed, Failure> {
    let mut tx = visit.service.read().await?;
    let work = service::form::show_work(&mut tx, &visit.actor, key).await?;
    let before = service::form::work_at(&mut tx, &visit.actor, &work, seen).await?;
    drop(tx);
    let theirs = before.map_or_else(Vec::new, |before| {
        compare(&before, &work.bundle)
            .iter()
            .map(|change| words::change(visit.locale, &before, &work.bundle, change))
            .collect()
    });
    let outcome = Outcome {
        wrong: Vec::new(),
        theirs: Some(theirs),
    };
    Ok(Changed::Refused(Box::new(work), outcome))
}

/// A form of the builder: it says which revision its writer saw.
pub(super) fn form(action: String, work: &Work, inner: AnyView) -> AnyView {
    let revision = work.revision.to_string();
    view! { <ui::Form action=action>{hidden("edisi", revision)}{inner}</ui::Form> }.into_any()
}

/// Draws a page of the builder. `title` is that of a part; without it the form's own stands there.
pub(super) fn draw(
    visit: &Visit,
    work: &Work,
    tab: Tab,
    title: Option<String>,
    outcome: &Outcome,
    view: AnyView,
) -> Response {
    let l = visit.locale;
    let name = words::name(l, &work.bundle.definition.title);
    let about = match &title {
        Some(title) => format!("{title} – {name}"),
        None => name.clone(),
    };
    let about = Page::new(about).in_office();
    let about = if outcome.is_stale() {
        about.status(StatusCode::CONFLICT)
    } else if outcome.is_wrong() {
        about.wrong()
    } else {
        about
    };
    let summary = outcome.summary(l);
    let theirs = outcome.theirs.clone().map(|theirs| collision(l, theirs));
    let (back, back_label) = match title {
        Some(_) => (outline(&work.key), t::to_outline(l)),
        None => (links::FORMS.to_owned(), t::forms(l)),
    };
    let heading = title.unwrap_or_else(|| name.clone());
    let undo = undo(visit, work);
    let view = view! {
        {summary}
        <ui::BackLink href=back label=back_label/>
        <h1>{heading}</h1>
        {tabs(l, work, tab)}
        {theirs}
        {undo}
        {view}
    };
    let aside = aside(visit, work, tab);
    let mut response = visit.page(
        about,
        shell(
            visit,
            Part::Forms,
            view.into_any(),
            Some((t::standing(l), aside)),
        ),
    );
    no_store(&mut response);
    response
}

/// A page of the office alone: never kept by anything on the way.
pub(super) fn no_store(response: &mut Response) {
    use axum::http::{HeaderValue, header};
    let value = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
}

/// Both states: what a colleague changed stands here, what was typed stands in the fields.
fn collision(l: Locale, theirs: Vec<String>) -> AnyView {
    let items = theirs
        .into_iter()
        .map(|text| view! { <li>{text}</li> })
        .collect::<Vec<_>>();
    let list = if items.is_empty() {
        view! { <p>{t::theirs_unknown(l)}</p> }.into_any()
    } else {
        view! { <p>{t::theirs(l)}</p><ul>{items}</ul> }.into_any()
    };
    view! {
        <div role="alert" tabindex="-1" id="halangan">
            <ui::Notice kind=ui::NoticeKind::Warning title=t::stale(l)>{list}<p>{t::stale_help(l)}</p></ui::Notice>
        </div>
    }
    .into_any()
}

fn tabs(l: Locale, work: &Work, current: Tab) -> impl IntoView + use<> {
    let all = [
        (Tab::Outline, "/susunan", t::tab_outline(l)),
        (Tab::Checks, "/aturan", t::tab_checks(l)),
        (Tab::Texts, "/teks", t::tab_texts(l)),
        (Tab::Offer, "/layanan", t::tab_offer(l)),
        (Tab::Findings, "/temuan", t::tab_findings(l)),
        (Tab::Preview, "/pratinjau", t::tab_preview(l)),
        (Tab::Attempt, "/coba", t::tab_attempt(l)),
        (Tab::Compare, "/banding", t::tab_compare(l)),
    ];
    let errors = work.errors();
    let items = all
        .into_iter()
        .map(|(tab, tail, label)| {
            let item = ui::TabItem::new(part(&work.key, tail), label, tab == current);
            if tab == Tab::Findings && errors > 0 {
                item.count(errors.to_string())
            } else {
                item
            }
        })
        .collect();
    view! { <ui::Tabs label=t::tabs(l) items/> }
}

/// Going back and forth.
fn undo(visit: &Visit, work: &Work) -> AnyView {
    let l = visit.locale;
    let button = |value: &'static str, word: &'static str, what: Option<&String>| {
        what.map(|what| {
            let deed = words::deed(l, what);
            view! {
                <ui::Button kind=ui::ButtonKind::Quiet name="aksi" value=value>{word}": "{deed}</ui::Button>
            }
        })
    };
    let (back, forth) = (
        button("batalkan", t::undo(l), work.done.as_ref()),
        button("ulangi", t::redo(l), work.undone.as_ref()),
    );
    if back.is_none() && forth.is_none() {
        return ().into_any();
    }
    let action = outline(&work.key);
    let revision = work.revision.to_string();
    let here = visit.path.clone();
    view! {
        <form method="post" action=action>
            {hidden("edisi", revision)}
            {hidden("kembali", here)}
            <div class="actions">{back}{forth}</div>
        </form>
    }
    .into_any()
}

/// Where it stands, and what still holds it up.
fn aside(visit: &Visit, work: &Work, tab: Tab) -> AnyView {
    let l = visit.locale;
    let published = match work.current {
        Some(version) => t::version(l, version),
        None => t::never_published(l).to_owned(),
    };
    let changed = match &work.by {
        Some(name) => t::changed_by(l, moment(visit, work.updated_at), name),
        None => moment(visit, work.updated_at),
    };
    let minutes = i64::from(work.report.minutes);
    let facts = vec![
        ui::SummaryRow::new(t::office(l), work.office_name.clone()),
        ui::SummaryRow::new(t::published(l), published),
        ui::SummaryRow::new(t::changed(l), changed),
        ui::SummaryRow::new(t::filling_in(l), t::minutes(l, minutes)),
    ];
    let key = &work.key;
    let errors = i64::try_from(work.errors()).unwrap_or(i64::MAX);
    let behind = work.is_behind().then(|| {
        let href = part(key, "/banding");
        view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::behind(l)>
                {t::behind_help(l)}" "<a href=href>{t::see_changes(l)}</a>
            </ui::Notice>
        }
    });
    let next = if errors > 0 {
        let href = part(key, "/temuan");
        view! { <p>{t::errors(l, errors)}" "<a href=href>{t::see_findings(l)}</a></p> }.into_any()
    } else if work.is_behind() {
        ().into_any()
    } else {
        let action = part(key, "/terbit");
        // Where something is edited or tried, that is the page's first deed.
        let kind = match tab {
            Tab::Findings | Tab::Preview | Tab::Compare => ui::ButtonKind::Primary,
            Tab::Outline | Tab::Checks | Tab::Texts | Tab::Offer | Tab::Attempt => {
                ui::ButtonKind::Secondary
            }
        };
        let word = t::publish(l, work.current.unwrap_or(0).saturating_add(1));
        let inner = view! {
            <p>{t::publish_help(l)}</p>
            <ui::Buttons><ui::Button kind=kind>{word}</ui::Button></ui::Buttons>
        };
        form(action, work, inner.into_any())
    };
    let shelf = links::form(key);
    let download = part(key, "/unduh");
    view! {
        <h2>{t::standing(l)}</h2>
        <p><ui::Tag kind=ui::TagKind::Time text=t::working_copy(l)/></p>
        <ui::SummaryList rows=facts/>
        {behind}
        {next}
        <p><a href=shelf>{t::versions_and_discard(l)}</a></p>
        <p><a href=download>{t::export(l)}</a></p>
    }
    .into_any()
}

/// What was typed for something that a colleague removed meanwhile: to be copied from here.
pub(super) fn gone(visit: &Visit, work: &Work, fields: &Fields, outcome: &Outcome) -> Response {
    let l = visit.locale;
    let rows: Vec<ui::SummaryRow> = fields
        .pairs()
        .iter()
        .filter(|(name, value)| !value.is_empty() && !matches!(name.as_str(), "edisi" | "aksi"))
        .map(|(name, value)| ui::SummaryRow::new(words::field(l, name), value.clone()))
        .collect();
    let view =
        view! { <h2>{t::typed(l)}</h2><p>{t::typed_help(l)}</p><ui::SummaryList rows=rows/> };
    draw(visit, work, Tab::Outline, None, outcome, view.into_any())
}
