use super::*;
use crate::Problem;

const MOVES: [Move; 8] = [
    Move::Check,
    Move::Ask,
    Move::Answer,
    Move::Decide(Outcome::Granted),
    Move::Decide(Outcome::Partly),
    Move::Decide(Outcome::Refused),
    Move::HandOut,
    Move::Withdraw,
];

#[test]
fn every_move_from_every_status() {
    use Status::{Checked, Decided, HandedOut, NeedsInformation, Received, Withdrawn};
    let (closed, not_now) = (Err(Stuck::Closed), Err(Stuck::NotNow));
    // check, ask, answer, granted, partly, refused, hand out, withdraw
    let table = [
        (
            Received,
            [
                Ok(Checked),
                Ok(NeedsInformation),
                not_now,
                not_now,
                not_now,
                not_now,
                not_now,
                Ok(Withdrawn),
            ],
        ),
        (
            Checked,
            [
                not_now,
                Ok(NeedsInformation),
                not_now,
                Ok(Decided),
                Ok(Decided),
                Ok(Decided),
                not_now,
                Ok(Withdrawn),
            ],
        ),
        (
            NeedsInformation,
            [
                not_now,
                not_now,
                Ok(Received),
                not_now,
                not_now,
                Ok(Decided),
                not_now,
                Ok(Withdrawn),
            ],
        ),
        (
            Decided,
            [
                closed,
                closed,
                closed,
                closed,
                closed,
                closed,
                Ok(HandedOut),
                closed,
            ],
        ),
        (HandedOut, [closed; 8]),
        (Withdrawn, [closed; 8]),
    ];
    for (from, expected) in table {
        for (deed, expected) in MOVES.into_iter().zip(expected) {
            let outcome = (!from.is_open()).then_some(Outcome::Granted);
            assert_eq!(from.after(deed, outcome), expected, "{from:?} {deed:?}");
        }
    }
    assert_eq!(
        Decided.after(Move::HandOut, Some(Outcome::Refused)),
        not_now,
        "nothing was granted that could be handed out"
    );
    assert_eq!(
        Decided.after(Move::HandOut, Some(Outcome::Partly)),
        Ok(HandedOut)
    );
}

#[test]
fn words_read_back() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.word()), Some(*status));
    }
    for happening in Happening::ALL {
        assert_eq!(Happening::parse(happening.word()), Some(*happening));
    }
    assert_eq!(Outcome::parse("Granted"), None);
    assert!(!Happening::Note.is_public());
}

#[test]
fn what_is_typed_is_measured() {
    let wrong = decision("maybe", "short").unwrap_err();
    assert_eq!(wrong.of("outcome"), Some(&Problem::Malformed));
    assert_eq!(
        wrong.of("reason"),
        Some(&Problem::TooShort { min: REASON_LEAST })
    );
    assert_eq!(
        decision("", "Berkas lengkap.").unwrap_err().of("outcome"),
        Some(&Problem::Missing)
    );
    assert!(decision("granted", "Berkas lengkap dan sah.").is_ok());
    assert_eq!(
        message(" \n ").unwrap_err().of("message"),
        Some(&Problem::Missing)
    );
    assert!(question("Mohon unggah KK.").is_ok());
    assert!(note(&"a".repeat(4_001)).is_err());
    assert_eq!(template("ab", "").unwrap_err().0.len(), 2);
}

#[test]
fn a_limit_has_steps_in_order() {
    let limit = |unit, steps| Limit {
        unit,
        length: 5,
        extension: 0,
        pauses: true,
        steps,
        note: String::new(),
    };
    let after = |limit: Limit| limit.steps.iter().map(|s| s.after).collect::<Vec<_>>();
    assert_eq!(after(with_steps(limit(Unit::WorkingDays, vec![]))), [-2, 1]);
    assert_eq!(after(with_steps(limit(Unit::Hours, vec![]))), [-12, 1]);
    let step = |after| Step {
        after,
        tell: "handler".into(),
    };
    assert_eq!(
        after(with_steps(limit(Unit::Days, vec![step(3), step(-1)]))),
        [-1, 3]
    );
}
