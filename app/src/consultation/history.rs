//! Everything that was changed since publication, with time and reason.

use axum::extract::Path;
use domain::{
    Locale, Timestamp,
    consultation::{Change, ChangeKind, Consultation},
    group::sign::Rule,
};
use leptos::prelude::*;

use crate::{Answer, Page, Visit, links, t::consultation as t};

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let c = service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?;
    let changes = service::consultation::history(&mut tx, &c.id).await?;
    drop(tx);
    let l = visit.locale;
    let page = Page::new(t::history_title(l, &c.title))
        .describe(t::history_lead(l))
        .of(&c.id);
    let page = if c.published_at.is_none() {
        page.unlisted()
    } else {
        page
    };
    Ok(visit.page(page, view(&visit, &c, changes)))
}

fn view(visit: &Visit, c: &Consultation, changes: Vec<Change>) -> impl IntoView + use<> {
    let l = visit.locale;
    let list = if changes.is_empty() {
        view! { <ui::EmptyState title=t::history_none(l)><p>{t::history_none_help(l)}</p></ui::EmptyState> }.into_any()
    } else {
        let rows = changes
            .into_iter()
            .map(|change| one(visit, c, change))
            .collect_view();
        view! { <ol class="timeline">{rows}</ol> }.into_any()
    };
    let (back, title) = (links::consultation(&c.slug), c.title.clone());
    view! {
        <ui::Page>
            <ui::BackLink href=back label=title/>
            <h1>{t::history(l)}</h1>
            <ui::Lead text=t::history_lead(l)/>
            {list}
        </ui::Page>
    }
}

fn one(visit: &Visit, c: &Consultation, change: Change) -> impl IntoView + use<> {
    let l = visit.locale;
    let title = title(visit, &change);
    let when = format!(
        "{}, {}",
        visit.zone().date(change.at, l),
        visit.zone().clock(change.at, l)
    );
    // The office answers for what it changed; whose hand it was is for the office to know.
    let who = c.office_short.clone();
    let reason = (!change.reason.is_empty())
        .then(|| view! { <p class="as-typed">{t::reason(l, &change.reason)}</p> });
    let texts = (change.kind == ChangeKind::Edited
        && !(change.before.is_empty() && change.after.is_empty()))
    .then(|| {
        let before = side(visit, t::before(l), &change.before);
        let after = side(visit, t::after(l), &change.after);
        view! { <ui::Disclosure summary=t::before_after(l)>{before}{after}</ui::Disclosure> }
    });
    view! { <li><b>{title}</b><p>{when}" · "{who}</p>{reason}{texts}</li> }
}

fn side(visit: &Visit, label: &'static str, text: &str) -> impl IntoView + use<> {
    let text = moment(visit, text).unwrap_or_else(|| {
        if text.is_empty() {
            "–".to_owned()
        } else {
            text.to_owned()
        }
    });
    view! { <p class="h3">{label}</p><p class="as-typed">{text}</p> }
}

/// What was done, in a few words.
fn title(visit: &Visit, change: &Change) -> String {
    let l = visit.locale;
    match change.kind {
        ChangeKind::Created => t::did_created(l).to_owned(),
        ChangeKind::Edited => t::did_edited(l, field(l, &change.field)),
        ChangeKind::Published => t::did_published(l).to_owned(),
        ChangeKind::Extended => {
            t::did_extended(l, moment(visit, &change.after).unwrap_or_default())
        }
        ChangeKind::ClosedEarly => t::did_closed_early(l).to_owned(),
        ChangeKind::TextPublished => t::did_text_published(l, &change.field),
        ChangeKind::TextRemoved => t::did_text_removed(l, &change.field),
        ChangeKind::QuestionAdded => t::did_question_added(l).to_owned(),
        ChangeKind::QuestionEdited => t::did_question_edited(l).to_owned(),
        ChangeKind::QuestionRemoved => t::did_question_removed(l).to_owned(),
        ChangeKind::QuestionMoved => t::did_question_moved(l).to_owned(),
        ChangeKind::StatementsPinned if change.after.is_empty() => {
            t::did_statements_unpinned(l).to_owned()
        }
        ChangeKind::StatementsPinned => t::did_statements_pinned(l, &change.after),
        ChangeKind::RulePublished => t::did_rule_published(l, rule(l, &change.field)),
        ChangeKind::RuleWithdrawn => t::did_rule_withdrawn(l, rule(l, &change.field)),
        ChangeKind::FileAdded => t::did_file_added(l).to_owned(),
        ChangeKind::FileRemoved => t::did_file_removed(l).to_owned(),
        ChangeKind::PreviewRenewed => t::did_preview_renewed(l).to_owned(),
        ChangeKind::Replied => t::did_replied(l).to_owned(),
        ChangeKind::Answered => t::did_answered(l).to_owned(),
        ChangeKind::Imported => t::did_imported(l).to_owned(),
    }
}

/// The name of a rule by which people are left out.
fn rule(l: Locale, word: &str) -> &'static str {
    Rule::parse(word).map_or("–", |rule| crate::group::rule_name(l, rule))
}

fn field(l: Locale, name: &str) -> &'static str {
    match name {
        "title" => t::field_title(l),
        "summary" => t::field_summary(l),
        "body" => t::field_body(l),
        "areas" => t::field_areas(l),
        "contact" => t::field_contact(l),
        "cover" | "cover_alt" => t::field_cover(l),
        "opens_at" => t::field_opens_at(l),
        "closes_at" => t::field_closes_at(l),
        _ => t::field_other(l),
    }
}

/// An instant that was written down as `2026-11-24T16:59:00Z`, as people write it.
fn moment(visit: &Visit, text: &str) -> Option<String> {
    let at: Timestamp = domain::Zone::UTC.parse_input(text.strip_suffix('Z')?)?;
    Some(format!(
        "{}, {}",
        visit.zone().date(at, visit.locale),
        visit.zone().clock(at, visit.locale)
    ))
}
