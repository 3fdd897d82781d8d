//! Words for how far a case is, what happened to it, and until when the city answers.

use domain::{
    Locale, Timestamp,
    case::{Ground, Happening, Outcome, Side, Status},
    deadline::{Standing, Unit},
};
use service::case::{Case, Line};

use crate::{Visit, t::case as t};

/// How far it is, in a word or two.
pub(super) const fn status(l: Locale, status: Status, outcome: Option<Outcome>) -> &'static str {
    match (status, outcome) {
        (Status::Received, _) => t::received(l),
        (Status::Checked, _) => t::checked(l),
        (Status::NeedsInformation, _) => t::needs_information(l),
        (Status::Decided, Some(Outcome::Refused)) => t::refused(l),
        (Status::Decided, Some(Outcome::Partly)) => t::partly(l),
        (Status::Decided, _) => t::granted(l),
        (Status::HandedOut, _) => t::handed_out(l),
        (Status::Withdrawn, _) => t::withdrawn(l),
    }
}

pub(super) const fn kind(status: Status) -> ui::TagKind {
    match status {
        Status::Received => ui::TagKind::Time,
        Status::Checked | Status::Decided => ui::TagKind::Open,
        Status::NeedsInformation | Status::HandedOut | Status::Withdrawn => ui::TagKind::Neutral,
    }
}

/// What was decided, as its choice is called.
pub(super) const fn outcome(l: Locale, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => t::grant(l),
        Outcome::Partly => t::grant_partly(l),
        Outcome::Refused => t::refuse(l),
    }
}

/// What the city or the person does next, for who asked.
pub(super) const fn next(l: Locale, case: &Case) -> &'static str {
    match (case.status, case.outcome) {
        (Status::Received, _) => t::next_received(l),
        (Status::Checked, _) => t::next_checked(l),
        (Status::NeedsInformation, _) => t::next_needs_information(l),
        (Status::Decided, Some(Outcome::Refused)) => t::next_refused(l),
        (Status::Decided, _) => t::next_decided(l),
        (Status::HandedOut, _) => t::next_handed_out(l),
        (Status::Withdrawn, _) => t::next_withdrawn(l),
    }
}

/// A moment as people write it.
pub(super) fn moment(visit: &Visit, at: Timestamp) -> String {
    let (zone, l) = (visit.zone(), visit.locale);
    t::moment(l, zone.date(at, l), zone.clock(at, l))
}

/// The last day on which it is in time.
fn last_day(visit: &Visit, due: Timestamp) -> String {
    visit.zone().date(Timestamp(due.0 - 1), visit.locale)
}

/// Days of the calendar from today to the last day: 0 today, negative when it has passed.
fn days_left(visit: &Visit, due: Timestamp) -> i64 {
    let zone = visit.zone();
    zone.day(visit.now)
        .days_until(zone.day(Timestamp(due.0 - 1)))
}

/// Until when the city answers, in a sentence; nothing once it is closed.
pub(super) fn due(visit: &Visit, case: &Case) -> Option<String> {
    let l = visit.locale;
    if !case.status.is_open() {
        return None;
    }
    if let Some(due) = case.due_at {
        let day = last_day(visit, due);
        return Some(match days_left(visit, due) {
            days @ 1.. => t::due_in(l, day, days),
            0 => t::due_today(l, day),
            days => t::due_late(l, day, -days),
        });
    }
    if let Some(year) = case.lacks_year {
        return Some(t::due_unknown(l, year.to_string()));
    }
    case.deadline
        .waits_since()
        .map(|_| t::clock_stands(l).to_owned())
}

/// The due date in a cell of the inbox, and whether it has passed.
pub(super) fn due_short(
    visit: &Visit,
    status: Status,
    due: Option<Timestamp>,
    lacks: Option<i64>,
) -> (String, bool) {
    let l = visit.locale;
    match (due, lacks) {
        (Some(due), _) => match days_left(visit, due) {
            0 => (t::today(l).to_owned(), false),
            days @ ..0 => (t::late_by(l, -days), true),
            _ => (last_day(visit, due), false),
        },
        (None, Some(year)) => (t::no_table_short(l, year.to_string()), false),
        _ if status == Status::NeedsInformation => (t::waits(l).to_owned(), false),
        _ => ("–".to_owned(), false),
    }
}

/// A length of time as the service counts it: working days, days, or hours.
pub(super) fn span(l: Locale, unit: Unit, count: i64) -> String {
    match unit {
        Unit::WorkingDays => t::span_working_days(l, count),
        Unit::Days => t::span_days(l, count),
        Unit::Hours => t::span_hours(l, count),
    }
}

/// What is left of the time, for the office: nothing where the table of holidays does not say.
pub(super) fn left(l: Locale, unit: Unit, standing: Option<Standing>) -> Option<String> {
    match standing? {
        Standing::Running { left, .. } => Some(t::left(l, span(l, unit, i64::from(left)))),
        Standing::Late { by, .. } => Some(t::over(l, span(l, unit, i64::from(by)))),
        Standing::Waiting { left, .. } => Some(t::left_after(l, span(l, unit, i64::from(left)))),
    }
}

/// How the detail of a line begins that an officer wrote for who asks.
const DESK: &str = "desk";

/// A line of the timeline as it is shown.
pub(super) fn line(visit: &Visit, line: &Line, in_office: bool) -> ui::TimelineItem {
    let l = visit.locale;
    let title = match (line.kind, line.side) {
        (Happening::Received, _) if line.detail.starts_with(DESK) => {
            let ground = line.detail.strip_prefix("desk:").and_then(Ground::parse);
            match ground {
                Some(Ground::Present) => t::h_received_present(l),
                Some(Ground::Attorney) => t::h_received_attorney(l),
                None => t::h_received_desk(l),
            }
            .to_owned()
        }
        (Happening::Received, _) => t::h_received(l).to_owned(),
        (Happening::Checked, _) => t::h_checked(l).to_owned(),
        (Happening::Asked, _) => t::h_asked(l).to_owned(),
        (Happening::Answered, _) if line.detail == DESK => t::h_answered_desk(l).to_owned(),
        (Happening::Answered, _) if in_office => t::h_answered_office(l).to_owned(),
        (Happening::Answered, _) => t::h_answered(l).to_owned(),
        (Happening::Decided, _) => {
            let word = Outcome::parse(&line.detail).unwrap_or(Outcome::Refused);
            let word = status(l, Status::Decided, Some(word)).to_lowercase();
            t::h_decided(l, word)
        }
        (Happening::HandedOut, _) => t::h_handed_out(l).to_owned(),
        (Happening::Withdrawn, _) if in_office => t::h_withdrawn_office(l).to_owned(),
        (Happening::Withdrawn, _) => t::h_withdrawn(l).to_owned(),
        (Happening::Message, Side::Office) => t::h_message_office(l).to_owned(),
        (Happening::Message, _) if in_office => t::h_message_applicant(l).to_owned(),
        (Happening::Message, _) => t::h_message(l).to_owned(),
        (Happening::Note, _) => t::h_note(l).to_owned(),
        (Happening::Assigned, _) if line.detail.is_empty() => t::h_unassigned(l).to_owned(),
        (Happening::Assigned, _) => t::h_assigned(l, &line.detail),
        (Happening::Extended, _) => t::h_extended(l).to_owned(),
        (Happening::DueKnown, _) => {
            let day = domain::Day::parse(&line.detail);
            t::h_due_known(l, day.map_or(String::new(), |day| day.written(l)))
        }
        (Happening::Escalated, _) if line.detail == "handler" => t::h_escalated(l).to_owned(),
        (Happening::Escalated, _) => t::h_escalated_office(l).to_owned(),
        (Happening::LetterIssued | Happening::LetterReplaced | Happening::LetterRevoked, _) => {
            crate::document::line(l, line)
        }
        (Happening::Paid, _) => {
            let amount = line.detail.parse().unwrap_or(0);
            t::h_paid(l, crate::payment::rupiah(l, amount))
        }
        (Happening::Erased, _) => t::h_erased(l).to_owned(),
    };
    let at = moment(visit, line.at);
    let note = match line
        .by
        .as_ref()
        // Who acted at the counter is the city's, too.
        .filter(|_| line.side == Side::Office || in_office || line.detail.starts_with(DESK))
    {
        Some(name) => t::by(l, at, name),
        None => at,
    };
    ui::TimelineItem::new(title, note).body(&line.text)
}
