//! The editor of a consultation: one page for each part, with a check list of what is still missing.

pub(super) mod content;
pub(super) mod files;
pub(super) mod history;
pub(super) mod questions;
pub(super) mod text;
pub(super) mod timing;

use axum::{http::StatusCode, response::Response};
use domain::consultation::{Draft, Missing, Phase};
use leptos::prelude::*;
use service::{
    Conflict, Tx,
    consultation::{Hanging, Sheet},
};

use super::{
    shell::{Part, Tab, place, shell, tabs},
    words::{self, Wrong},
};
use crate::{Failure, Page, Visit, error::conflict, links, t::office as t};

/// A consultation as its editor sees it.
struct Editor {
    sheet: Sheet,
    hanging: Hanging,
    missing: Vec<Missing>,
    phase: Phase,
}

impl Editor {
    /// Reads it, for those who may write it.
    async fn read(visit: &Visit, tx: &mut Tx, slug: &str) -> Result<Self, Failure> {
        let sheet = service::consultation::sheet(tx, &visit.actor, slug).await?;
        let hanging = service::consultation::hanging(tx, &sheet.consultation.id).await?;
        let missing = service::consultation::missing(&sheet, &hanging, visit.now);
        let phase = sheet.consultation.phase(visit.now);
        Ok(Self {
            sheet,
            hanging,
            missing,
            phase,
        })
    }

    fn slug(&self) -> &str {
        &self.sheet.consultation.slug
    }

    fn edition(&self) -> i64 {
        self.sheet.consultation.edition
    }

    /// What is stored, as forms show it.
    fn stored(&self, visit: &Visit) -> Draft {
        Draft::of(&self.sheet.consultation, &self.sheet.body, visit.zone())
    }

    /// Whether texts can still change.
    fn is_writable(&self) -> bool {
        self.phase < Phase::Closed
    }
}

/// How a part of the editor turned out.
#[derive(Default)]
struct Outcome {
    /// What is wrong with what was typed (422).
    wrong: Wrong,
    /// What state stands in the way (409).
    conflict: Option<Conflict>,
}

impl Outcome {
    fn wrong(visit: &Visit, invalid: &domain::Invalid) -> Self {
        Self {
            wrong: Wrong::of(visit.locale, invalid),
            conflict: None,
        }
    }

    fn conflict(conflict: Conflict) -> Self {
        Self {
            wrong: Wrong::default(),
            conflict: Some(conflict),
        }
    }

    /// What the page can show of a refusal; anything else has a page of its own.
    fn of(visit: &Visit, error: service::Error) -> Result<Self, Failure> {
        match error {
            service::Error::Invalid(invalid) => Ok(Self::wrong(visit, &invalid)),
            service::Error::Conflict(conflict) => Ok(Self::conflict(conflict)),
            other => Err(other.into()),
        }
    }
}

/// Draws a part of the editor: heading, tabs, what went wrong, the part itself, the check list.
fn page(visit: &Visit, editor: &Editor, tab: Tab, outcome: &Outcome, view: AnyView) -> Response {
    let l = visit.locale;
    let c = &editor.sheet.consultation;
    let about = Page::new(t::editing(l, &c.title)).in_office();
    let about = match (outcome.wrong.is_some(), outcome.conflict) {
        (true, _) => about.wrong(),
        (false, Some(_)) => about.status(StatusCode::CONFLICT),
        (false, None) => about,
    };
    let stands = outcome.conflict.map(|why| {
        let text = match why {
            Conflict::Stale => t::stale(l),
            other => conflict(l, other),
        };
        view! {
            <div role="alert" tabindex="-1" id="halangan">
                <ui::Notice kind=ui::NoticeKind::Warning>{text}</ui::Notice>
            </div>
        }
    });
    let closed = (!editor.is_writable()).then(|| {
        view! { <ui::Notice kind=ui::NoticeKind::Closed>{t::no_more_changes(l)}</ui::Notice> }
    });
    let public = (editor.phase > Phase::Draft && editor.is_writable()).then(|| {
        view! { <ui::Notice>{t::changes_are_public(l)}</ui::Notice> }
    });
    let view = view! {
        {outcome.wrong.summary(l)}
        <ui::BackLink href="/kantor/konsultasi" label=t::consultations(l)/>
        <h1>{c.title.clone()}</h1>
        {tabs(l, c, tab)}
        {stands}
        {closed.or(public)}
        <div class="column">{view}</div>
    };
    let aside = aside(visit, editor);
    visit.page(
        about,
        shell(
            visit,
            Part::Consultations,
            view.into_any(),
            Some((t::standing(l), aside)),
        ),
    )
}

/// Where it stands, and what it still lacks.
fn aside(visit: &Visit, editor: &Editor) -> AnyView {
    let l = visit.locale;
    let c = &editor.sheet.consultation;
    let tag = view! { <p><ui::Tag kind=words::phase_kind(editor.phase) text=words::phase(l, editor.phase)/></p> };
    let facts = vec![
        ui::SummaryRow::new(t::office(l), c.office_name.clone()),
        ui::SummaryRow::new(t::opens_at(l), words::maybe_moment(visit, c.opens_at)),
        ui::SummaryRow::new(t::closes_at(l), words::maybe_moment(visit, c.closes_at)),
        ui::SummaryRow::new(
            t::last_saved(l),
            words::moment(visit, editor.sheet.updated_at),
        ),
    ];
    let next = if editor.phase == Phase::Draft {
        check_list(visit, editor)
    } else {
        view! { <p><a href=links::consultation(&c.slug)>{t::see_public(l)}</a></p> }.into_any()
    };
    view! { <h2>{t::standing(l)}</h2> {tag} <ui::SummaryList rows=facts/> {next} }.into_any()
}

/// What a draft still lacks, each a link to its place.
fn check_list(visit: &Visit, editor: &Editor) -> AnyView {
    let l = visit.locale;
    let slug = editor.slug();
    let preview = format!(
        "{}/pratinjau/{}",
        links::consultation(slug),
        editor.sheet.preview_token
    );
    let preview = view! { <p><a href=preview>{t::see_preview(l)}</a></p> };
    if editor.missing.is_empty() {
        return view! {
            <h2>{t::before_publishing(l)}</h2>
            <ui::Notice kind=ui::NoticeKind::Success>{t::complete(l)}</ui::Notice>
            <p><a href=place(slug, "/waktu#terbit")>{t::to_publishing(l)}</a></p>
            {preview}
        }
        .into_any();
    }
    let count = i64::try_from(editor.missing.len()).unwrap_or(i64::MAX);
    let items = editor
        .missing
        .iter()
        .map(|missing| {
            let (text, href) = words::missing(l, slug, missing);
            view! { <li><a href=href>{text}</a></li> }
        })
        .collect_view();
    view! {
        <h2>{t::before_publishing(l)}</h2>
        <p>{t::still_missing(l, count)}</p>
        <ul class="checks">{items}</ul>
        {preview}
    }
    .into_any()
}

/// The fields in which what was typed differs from what a colleague saved meanwhile.
fn collision(visit: &Visit, outcome: &Outcome, stored: &Draft, typed: &Draft) -> Option<AnyView> {
    let l = visit.locale;
    if outcome.conflict != Some(Conflict::Stale) {
        return None;
    }
    let rows = service::consultation::differences(stored, typed)
        .into_iter()
        .map(|(field, theirs, yours)| {
            view! { <h3>{words::label(l, field)}</h3> {words::diff(&theirs, &yours)} }
        })
        .collect_view();
    Some(
        view! { <section><h2>{t::collision(l)}</h2><p>{t::collision_help(l)}</p>{rows}</section> }
            .into_any(),
    )
}
