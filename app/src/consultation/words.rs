//! Words that several pages share.

use domain::{Locale, Timestamp, Zone, clause::cut::PREAMBLE, consultation::Phase};

use crate::t::consultation as t;

/// The name of a phase.
pub(crate) const fn phase_name(l: Locale, phase: Phase) -> &'static str {
    match phase {
        Phase::Draft => t::draft(l),
        Phase::Announced => t::announced(l),
        Phase::Open => t::open(l),
        Phase::Closed => t::closed(l),
        Phase::Answered => t::answered(l),
    }
}

/// "Pasal 4. Parkir pengganti"; without the heading when it is empty.
pub(crate) fn clause_name(l: Locale, label: &str, heading: &str) -> String {
    let name = if label == PREAMBLE {
        t::preamble(l).to_owned()
    } else {
        t::clause(l, label.to_uppercase())
    };
    if heading.is_empty() {
        name
    } else {
        format!("{name}. {heading}")
    }
}

/// How many midnights of the city lie between now and the last moment before `end`; 0 is today. Negative when it is over.
pub(crate) fn days_left(zone: &Zone, now: Timestamp, end: Timestamp) -> i64 {
    // Closing at midnight means: the day before was the last.
    let last = Timestamp(end.0 - 1);
    (zone.midnight(last).0 - zone.midnight(now).0).div_euclid(86_400_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_city() {
        let wib = Zone {
            name: "WIB".into(),
            hours: 7,
        };
        let at = |text: &str| wib.parse_input(text).expect("a moment");
        let now = at("2026-11-24T22:00");
        for (end, days) in [
            ("2026-11-24T23:59", 0),
            ("2026-11-25T00:00", 0),
            ("2026-11-25T00:01", 1),
            ("2026-11-27T23:59", 3),
            ("2026-11-23T10:00", -1),
        ] {
            assert_eq!(days_left(&wib, now, at(end)), days, "{end}");
        }
    }

    #[test]
    fn clauses_are_called_as_people_do() {
        assert_eq!(clause_name(Locale::Id, "4a", "Parkir"), "Pasal 4A. Parkir");
        assert_eq!(clause_name(Locale::En, PREAMBLE, ""), "Preamble");
    }
}
