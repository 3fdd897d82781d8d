//! How bills are written.

use domain::{Locale, Timestamp, payment::State};
use service::payment::{Bill, Phase};

use crate::{Visit, t::payment as t};

/// Whole Rupiah as people write them: `Rp152.500`.
pub fn rupiah(l: Locale, amount: u64) -> String {
    format!("Rp{}", l.number(i64::try_from(amount).unwrap_or(i64::MAX)))
}

/// Hundredths of a Rupiah, which are whole ones nearly always.
pub(super) fn hundredths(l: Locale, amount: u64) -> String {
    let mark = match l {
        Locale::Id => ',',
        Locale::En => '.',
    };
    match amount % 100 {
        0 => rupiah(l, amount / 100),
        part => format!("{}{mark}{part:02}", rupiah(l, amount / 100)),
    }
}

/// Millionths as a percentage: 1,000 is `0,1 %`.
pub(super) fn percent(l: Locale, millionths: u32) -> String {
    let mark = match l {
        Locale::Id => ',',
        Locale::En => '.',
    };
    let part = format!("{:04}", millionths % 10_000);
    let part = part.trim_end_matches('0');
    let whole = l.number(i64::from(millionths / 10_000));
    let sign = match l {
        Locale::Id => " %",
        Locale::En => "%",
    };
    if part.is_empty() {
        format!("{whole}{sign}")
    } else {
        format!("{whole}{mark}{part}{sign}")
    }
}

/// A moment as people write it.
pub(super) fn moment(visit: &Visit, at: Timestamp) -> String {
    let (zone, l) = (visit.zone(), visit.locale);
    t::moment(l, zone.date(at, l), zone.clock(at, l))
}

/// The day on the city's wall clock, or, on the same day, the time alone.
pub(super) fn until(visit: &Visit, at: Timestamp) -> String {
    let zone = visit.zone();
    if zone.day(at) == zone.day(visit.now) {
        t::at_clock(visit.locale, zone.clock(at, visit.locale))
    } else {
        moment(visit, at)
    }
}

/// How a provider is called.
pub(super) fn provider(l: Locale, word: &str) -> String {
    match word {
        service::payment::simulator::NAME => t::simulator(l).to_owned(),
        service::payment::midtrans::NAME => "Midtrans".to_owned(),
        other => other.to_owned(),
    }
}

/// How far a bill is, in a word or two, and its look.
pub(super) fn tag(l: Locale, phase: &Phase) -> (ui::TagKind, &'static str) {
    match phase {
        Phase::Paid(_) => (ui::TagKind::Open, t::paid(l)),
        Phase::Withdrawn => (ui::TagKind::Neutral, t::withdrawn(l)),
        _ => (ui::TagKind::Time, t::unpaid(l)),
    }
}

/// How far a bill in a list of the office is.
pub(super) const fn state(l: Locale, state: State) -> &'static str {
    match state {
        State::Issued => t::state_issued(l),
        State::Pending => t::state_pending(l),
        State::Expired => t::state_expired(l),
        State::Cancelled => t::state_cancelled(l),
        State::Paid => t::paid(l),
    }
}

/// Until when a bill is to be paid.
pub(super) fn due(visit: &Visit, bill: &Bill) -> String {
    let l = visit.locale;
    let day = bill.due.written(l);
    if visit.zone().day(visit.now) > bill.due {
        t::overdue(l, day)
    } else {
        t::due(l, day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_sums_are_written_as_people_do() {
        let id = Locale::Id;
        assert_eq!(percent(id, 1_000), "0,1 %");
        assert_eq!(percent(id, 500), "0,05 %");
        assert_eq!(percent(id, 400_000), "40 %");
        assert_eq!(percent(Locale::En, 12_345), "1.2345%");
        assert_eq!(rupiah(id, 152_500), "Rp152.500");
        assert_eq!(hundredths(id, 15_250_050), "Rp152.500,50");
    }
}
