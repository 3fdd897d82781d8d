//! Words for letters and whether they hold.

use domain::{Locale, Timestamp, case::Happening, document::State};
use service::{
    case::Line,
    document::{Told, number_of},
};

use crate::{Visit, t::document as t};

/// A line of the timeline about a letter.
pub(crate) fn line(l: Locale, line: &Line) -> String {
    let number = number_of(line);
    match line.kind {
        Happening::LetterReplaced => t::h_replaced(l, number),
        Happening::LetterRevoked => t::h_revoked(l, number),
        _ => t::h_issued(l, number),
    }
}

/// Whether it holds, in a word.
pub(super) const fn state(l: Locale, state: State) -> &'static str {
    match state {
        State::Valid => t::valid(l),
        State::Replaced => t::replaced(l),
        State::Revoked => t::revoked(l),
    }
}

pub(super) const fn kind(state: State) -> ui::TagKind {
    match state {
        State::Valid => ui::TagKind::Open,
        State::Replaced => ui::TagKind::Neutral,
        State::Revoked => ui::TagKind::Alert,
    }
}

/// A day as people write it.
pub(super) fn day(visit: &Visit, at: Timestamp) -> String {
    visit.zone().date(at, visit.locale)
}

/// A moment as people write it.
pub(super) fn moment(visit: &Visit, at: Timestamp) -> String {
    let (zone, l) = (visit.zone(), visit.locale);
    t::moment(l, zone.date(at, l), zone.clock(at, l))
}

/// Since when and why a letter holds, or no longer does.
pub(super) fn told(visit: &Visit, letter: &Told) -> String {
    let l = visit.locale;
    match letter.ended_at {
        None => t::issued_on(l, day(visit, letter.issued_at)),
        Some(at) if letter.state == State::Replaced => {
            t::replaced_on(l, day(visit, at), &letter.reason)
        }
        Some(at) => t::revoked_on(l, day(visit, at), &letter.reason),
    }
}
