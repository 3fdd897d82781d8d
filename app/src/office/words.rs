//! Words of the office for what the rules name: fields, what is missing, what was done.

use domain::{
    Invalid, Locale, Problem, Timestamp,
    consultation::{BODY_LEAST, ChangeKind, CountsShown, Missing, OPEN_HOURS, Phase},
    group::sign::Rule,
};
use leptos::prelude::*;
use service::clause::Piece;

use super::shell::place;
use crate::{Visit, problem::sentence, t::office as t};

/// A moment as people write it.
pub(crate) fn moment(visit: &Visit, at: Timestamp) -> String {
    let (zone, l) = (visit.zone(), visit.locale);
    t::moment(l, zone.date(at, l), zone.clock(at, l))
}

/// A moment that may not be set.
pub(super) fn maybe_moment(visit: &Visit, at: Option<Timestamp>) -> String {
    at.map_or_else(
        || t::not_set(visit.locale).to_owned(),
        |at| moment(visit, at),
    )
}

/// The name of a field, as its form shows it.
pub(super) fn label(l: Locale, field: &str) -> &'static str {
    match field {
        "title" => t::title(l),
        "summary" => t::summary(l),
        "body" => t::body(l),
        "office" => t::office(l),
        "areas" => t::areas(l),
        "contact" => t::contact(l),
        "cover" => t::cover(l),
        "cover_alt" => t::cover_alt(l),
        "slug" => t::slug(l),
        "opens_at" => t::opens_at(l),
        "closes_at" => t::closes_at(l),
        "counts_shown" => t::counts_shown(l),
        "comments_open" => t::comments_open(l),
        "statements_open" => t::statements_open(l),
        "reason" => t::reason(l),
        "note" => t::note(l),
        "source" => t::source(l),
        "kind" => t::kind(l),
        "help" => t::help(l),
        "options" => t::options(l),
        "max_choices" => t::max_choices(l),
        "file" => t::file(l),
        "file_title" => t::file_title(l),
        _ => t::a_field(l),
    }
}

/// What is wrong with a form of the office: a sentence for each field.
#[derive(Clone, Debug, Default)]
pub(super) struct Wrong(Vec<(String, String)>);

impl Wrong {
    pub(super) fn of(l: Locale, invalid: &Invalid) -> Self {
        Self(
            invalid
                .0
                .iter()
                .map(|(field, problem)| (field.clone(), special(l, field, problem)))
                .collect(),
        )
    }

    /// The sentence beside a field.
    pub(super) fn at(&self, field: &str) -> Option<String> {
        self.0
            .iter()
            .find(|(f, _)| f == field)
            .map(|(_, text)| text.clone())
    }

    pub(super) fn is_some(&self) -> bool {
        !self.0.is_empty()
    }

    /// The list on top of the page; nothing when all is well.
    pub(super) fn summary(&self, l: Locale) -> impl IntoView + use<> {
        let errors = self
            .0
            .iter()
            .map(|(field, text)| ui::ErrorItem::new(field.clone(), text.clone()))
            .collect();
        view! { <ui::ErrorSummary title=t::problems(l) errors/> }
    }
}

/// The sentence of a problem; for some the usual one would not say what to do.
fn special(l: Locale, field: &str, problem: &Problem) -> String {
    match (field, problem) {
        ("closes_at", Problem::Order) => t::closes_order(l).to_owned(),
        ("opens_at", Problem::Order) => t::opens_order(l, OPEN_HOURS),
        ("closes_at", Problem::NotNow) => t::closes_not_now(l).to_owned(),
        ("comments_open", Problem::Missing) => t::missing_part(l).to_owned(),
        ("options", Problem::Malformed) => t::options_few(l).to_owned(),
        ("options", Problem::Taken) => t::options_twice(l).to_owned(),
        ("source", Problem::Taken) => t::source_same(l).to_owned(),
        ("source", Problem::TooMany { max }) => t::source_many(l, i64::from(*max)),
        ("source", Problem::Malformed) => t::source_encoding(l).to_owned(),
        ("source", Problem::TooLarge { .. }) => t::source_large(l).to_owned(),
        ("cover", Problem::TooLarge { .. }) => t::cover_large(l).to_owned(),
        ("cover", Problem::Kind) => t::cover_kind(l).to_owned(),
        ("cover" | "file", Problem::Malformed) => t::picture_broken(l).to_owned(),
        ("file", Problem::Kind) => t::file_kind(l).to_owned(),
        _ => sentence(l, label(l, field), problem),
    }
}

/// What is missing, and the place where it is put in.
pub(super) fn missing(l: Locale, slug: &str, missing: &Missing) -> (String, String) {
    let (text, tail) = match missing {
        Missing::Title => (t::missing_title(l).to_owned(), "#title"),
        Missing::Summary => (t::missing_summary(l).to_owned(), "#summary"),
        Missing::Body => (t::missing_body(l, i64::from(BODY_LEAST)), "#body"),
        Missing::Contact => (t::missing_contact(l).to_owned(), "#contact"),
        Missing::Opens => (t::missing_opens(l).to_owned(), "/waktu#opens_at"),
        Missing::Closes => (t::missing_closes(l).to_owned(), "/waktu#closes_at"),
        Missing::Order => (t::closes_order(l).to_owned(), "/waktu#closes_at"),
        Missing::Past => (t::missing_past(l).to_owned(), "/waktu#closes_at"),
        Missing::TooShort => (t::missing_too_short(l, OPEN_HOURS), "/waktu#closes_at"),
        Missing::Part => (t::missing_part(l).to_owned(), "/pertanyaan"),
        Missing::CoverAlt => (t::missing_cover_alt(l).to_owned(), "/berkas#cover_alt"),
        Missing::Options(number) => (t::missing_options(l, l.number(*number)), "/pertanyaan"),
        Missing::VersionReason(number) => (t::missing_reason(l, l.number(*number)), "/naskah"),
    };
    (text, place(slug, tail))
}

/// The name of a phase.
pub(super) fn phase(l: Locale, phase: Phase) -> &'static str {
    match phase {
        Phase::Draft => t::phase_draft(l),
        Phase::Announced => t::phase_announced(l),
        Phase::Open => t::phase_open(l),
        Phase::Closed => t::phase_closed(l),
        Phase::Answered => t::phase_answered(l),
    }
}

/// The look of a phase.
pub(super) const fn phase_kind(phase: Phase) -> ui::TagKind {
    match phase {
        Phase::Draft | Phase::Answered => ui::TagKind::Neutral,
        Phase::Announced | Phase::Closed => ui::TagKind::Time,
        Phase::Open => ui::TagKind::Open,
    }
}

/// When counts are shown: the choice and what it means.
pub(super) fn counts(l: Locale, shown: CountsShown) -> (&'static str, &'static str) {
    match shown {
        CountsShown::Live => (t::counts_live(l), t::counts_live_hint(l)),
        CountsShown::AfterVote => (t::counts_after_vote(l), t::counts_after_vote_hint(l)),
        CountsShown::AfterClose => (t::counts_after_close(l), t::counts_after_close_hint(l)),
    }
}

/// What was done, in words.
pub(super) fn deed(l: Locale, kind: ChangeKind, field: &str) -> String {
    match kind {
        ChangeKind::Created => t::did_create(l).to_owned(),
        ChangeKind::Edited => t::did_edit(l, label(l, field)),
        ChangeKind::Published => t::did_publish(l).to_owned(),
        ChangeKind::Extended => t::did_extend(l).to_owned(),
        ChangeKind::ClosedEarly => t::did_close_early(l).to_owned(),
        ChangeKind::TextPublished => t::did_text(l, field),
        ChangeKind::TextRemoved => t::did_remove_text(l, field),
        ChangeKind::QuestionAdded => t::did_add_question(l).to_owned(),
        ChangeKind::QuestionEdited => t::did_edit_question(l).to_owned(),
        ChangeKind::QuestionRemoved => t::did_remove_question(l).to_owned(),
        ChangeKind::QuestionMoved => t::did_move_question(l).to_owned(),
        ChangeKind::StatementsPinned => t::did_pin_statements(l).to_owned(),
        ChangeKind::RulePublished => t::did_publish_rule(l, rule(l, field)),
        ChangeKind::RuleWithdrawn => t::did_withdraw_rule(l, rule(l, field)),
        ChangeKind::FileAdded if field == "cover" => t::did_cover(l).to_owned(),
        ChangeKind::FileAdded => t::did_add_file(l).to_owned(),
        ChangeKind::FileRemoved if field == "cover" => t::did_remove_cover(l).to_owned(),
        ChangeKind::FileRemoved => t::did_remove_file(l).to_owned(),
        ChangeKind::PreviewRenewed => t::did_renew(l).to_owned(),
        ChangeKind::Answered => t::did_answer(l).to_owned(),
        ChangeKind::Imported => t::did_import(l).to_owned(),
        ChangeKind::Replied => t::did_reply(l).to_owned(),
    }
}

/// The name of a rule by which people are left out.
fn rule(l: Locale, word: &str) -> &'static str {
    Rule::parse(word).map_or("–", |rule| crate::group::rule_name(l, rule))
}

/// Two texts word by word: what went, what came. Screen readers hear it as deletion and insertion.
pub(crate) fn diff(before: &str, after: &str) -> AnyView {
    let pieces = service::clause::words(before, after)
        .into_iter()
        .map(|piece| match piece {
            Piece::Kept(text) => text.into_any(),
            Piece::Added(text) => view! { <ins>{text}</ins> }.into_any(),
            Piece::Removed(text) => view! { <del>{text}</del> }.into_any(),
        })
        .collect_view();
    view! { <p class="as-typed">{pieces}</p> }.into_any()
}
