use super::*;
use crate::calendar::tests::table;

fn wib() -> Zone {
    Zone {
        name: "WIB".into(),
        hours: 7,
    }
}

fn calendar() -> Calendar {
    Calendar::new(&table()).expect("a calendar")
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A moment such as `2026-03-17T10:00`, in WIB.
fn at(text: &str) -> Timestamp {
    wib().parse_input(text).expect("a moment")
}

/// A request for public information: 10 working days, once 7 more.
fn information() -> Limit {
    Limit {
        unit: Unit::WorkingDays,
        length: 10,
        extension: 7,
        pauses: true,
        steps: vec![
            Step {
                after: -2,
                tell: "handler".into(),
            },
            Step {
                after: 0,
                tell: "handler".into(),
            },
            Step {
                after: 1,
                tell: "head".into(),
            },
        ],
        note: "UU 14/2008, PerKI 1/2021".into(),
    }
}

fn due(deadline: &Deadline) -> Day {
    let until = deadline
        .until(&calendar(), &wib())
        .expect("a table")
        .expect("running");
    wib().day(Timestamp(until.0 - 1))
}

#[test]
fn ten_working_days_and_once_seven_more() {
    let mut deadline = Deadline::new(information(), at("2026-03-17T10:00"));
    assert_eq!(due(&deadline), day("2026-04-08"));
    let now = at("2026-04-08T23:59");
    let reason = "Arsip ada di tiga kantor.";
    assert_eq!(
        deadline.extend("Sibuk", now, &calendar(), &wib()),
        Err(Error::Reason(Problem::TooShort { min: 10 }))
    );
    assert_eq!(
        deadline.extend(reason, at("2026-04-09T00:00"), &calendar(), &wib()),
        Err(Error::Late)
    );
    deadline
        .extend(reason, now, &calendar(), &wib())
        .expect("extended");
    assert_eq!(due(&deadline), day("2026-04-17"));
    assert_eq!(
        deadline.extend(reason, now, &calendar(), &wib()),
        Err(Error::Extended)
    );
    let plain = Limit {
        extension: 0,
        ..information()
    };
    let mut plain = Deadline::new(plain, now);
    assert_eq!(
        plain.extend(reason, now, &calendar(), &wib()),
        Err(Error::NoExtension)
    );
}

#[test]
fn what_is_left_and_how_late_it_is() {
    let deadline = Deadline::new(information(), at("2026-03-17T10:00"));
    let standing = |now: &str| {
        deadline
            .standing(at(now), &calendar(), &wib())
            .expect("a table")
    };
    let (due, until) = (day("2026-04-08"), at("2026-04-09T00:00"));
    let running = |left| Standing::Running { due, until, left };
    assert_eq!(standing("2026-03-17T10:00"), running(10));
    assert_eq!(standing("2026-03-24T10:00"), running(10));
    assert_eq!(standing("2026-04-07T23:59"), running(1));
    assert_eq!(standing("2026-04-08T23:59"), running(0));
    assert_eq!(standing("2026-04-09T00:00"), Standing::Late { due, by: 1 });
    assert_eq!(standing("2026-04-13T08:00"), Standing::Late { due, by: 3 });
}

#[test]
fn late_on_a_weekend_is_late_by_one() {
    let one = Limit {
        length: 1,
        ..information()
    };
    let deadline = Deadline::new(one, at("2026-11-26T10:00"));
    let standing = deadline.standing(at("2026-11-28T10:00"), &calendar(), &wib());
    let due = day("2026-11-27");
    assert_eq!(standing, Ok(Standing::Late { due, by: 1 }));
}

#[test]
fn the_clock_stands_while_the_city_waits() {
    let mut deadline = Deadline::new(information(), at("2026-11-02T10:00"));
    assert_eq!(due(&deadline), day("2026-11-16"));
    deadline.pause(at("2026-11-04T15:00")).expect("paused");
    assert_eq!(deadline.pause(at("2026-11-04T16:00")), Err(Error::Waiting));
    let waiting = Standing::Waiting {
        since: at("2026-11-04T15:00"),
        left: 8,
    };
    assert_eq!(
        deadline.standing(at("2026-12-01T08:00"), &calendar(), &wib()),
        Ok(waiting)
    );
    assert_eq!(deadline.until(&calendar(), &wib()), Ok(None));
    assert_eq!(
        deadline.escalated(at("2026-12-31T08:00"), &calendar(), &wib()),
        Ok(vec![])
    );
    assert_eq!(
        deadline.resume(at("2026-11-04T14:00")),
        Err(Error::Backwards)
    );
    deadline.resume(at("2026-11-10T09:00")).expect("resumed");
    // 3, 4 November and eight days from the 11th.
    assert_eq!(due(&deadline), day("2026-11-20"));
    // Asked and answered on one day costs nothing.
    deadline.pause(at("2026-11-12T09:00")).expect("paused");
    deadline.resume(at("2026-11-12T17:00")).expect("resumed");
    assert_eq!(due(&deadline), day("2026-11-20"));
    assert_eq!(
        deadline.resume(at("2026-11-12T18:00")),
        Err(Error::NotWaiting)
    );
    let mut strict = Deadline::new(
        Limit {
            pauses: false,
            ..information()
        },
        at("2026-11-02T10:00"),
    );
    assert_eq!(strict.pause(at("2026-11-03T10:00")), Err(Error::NoPause));
}

#[test]
fn steps_come_in_their_order() {
    let deadline = Deadline::new(information(), at("2026-03-17T10:00"));
    let told = |now: &str| -> Vec<(String, String)> {
        deadline
            .escalated(at(now), &calendar(), &wib())
            .expect("a table")
            .into_iter()
            .map(|(at, step)| (wib().input(at), step.tell.clone()))
            .collect()
    };
    assert_eq!(told("2026-04-05T10:00"), []);
    let first = ("2026-04-06T00:00".to_owned(), "handler".to_owned());
    assert_eq!(told("2026-04-06T00:00"), std::slice::from_ref(&first));
    let second = ("2026-04-08T00:00".to_owned(), "handler".to_owned());
    let third = ("2026-04-09T00:00".to_owned(), "head".to_owned());
    assert_eq!(told("2026-05-01T00:00"), [first, second, third]);
}

/// UU 27/2022: 3 × 24 hours of the clock, over a weekend and the new year without a table.
#[test]
fn hours_know_no_holiday() {
    let breach = Limit {
        unit: Unit::Hours,
        length: 72,
        extension: 0,
        pauses: true,
        steps: vec![Step {
            after: -24,
            tell: "officer".into(),
        }],
        note: "UU 27/2022 article 46".into(),
    };
    let mut deadline = Deadline::new(breach, at("2027-12-31T20:30"));
    let until = at("2028-01-03T20:30");
    assert_eq!(deadline.until(&calendar(), &wib()), Ok(Some(until)));
    let due = day("2028-01-03");
    let standing = |deadline: &Deadline, now: &str| {
        deadline
            .standing(at(now), &calendar(), &wib())
            .expect("no table needed")
    };
    assert_eq!(
        standing(&deadline, "2028-01-03T20:00"),
        Standing::Running {
            due,
            until,
            left: 0
        }
    );
    assert_eq!(
        standing(&deadline, "2028-01-03T20:30"),
        Standing::Late { due, by: 1 }
    );
    let reached = deadline
        .escalated(at("2028-01-02T20:30"), &calendar(), &wib())
        .expect("no table needed");
    assert_eq!(reached.len(), 1);
    deadline.pause(at("2028-01-01T08:00")).expect("paused");
    let since = at("2028-01-01T08:00");
    assert_eq!(
        standing(&deadline, "2028-01-02T08:00"),
        Standing::Waiting { since, left: 60 }
    );
    deadline.resume(at("2028-01-01T10:00")).expect("resumed");
    assert_eq!(
        deadline.until(&calendar(), &wib()),
        Ok(Some(at("2028-01-03T22:30")))
    );
}

#[test]
fn days_of_the_calendar_need_no_table() {
    let birth = Limit {
        unit: Unit::Days,
        length: 60,
        ..information()
    };
    let deadline = Deadline::new(birth, at("2030-01-01T10:00"));
    assert_eq!(due(&deadline), day("2030-03-02"));
}

#[test]
fn an_extension_into_a_year_without_a_table_is_refused_and_changes_nothing() {
    let mut deadline = Deadline::new(information(), at("2027-12-15T10:00"));
    let before = deadline.clone();
    assert_eq!(
        deadline.extend(
            "Arsip ada di tiga kantor.",
            at("2027-12-20T10:00"),
            &calendar(),
            &wib()
        ),
        Err(Error::Calendar(calendar::Error::NoTable { year: 2028 }))
    );
    assert_eq!(deadline, before);
}

proptest::proptest! {
    #[test]
    fn waiting_never_shortens(hours in proptest::collection::vec(0_i64..200, 0..6), length in 1_u16..30, unit in 0_usize..3) {
        let unit = [Unit::WorkingDays, Unit::Days, Unit::Hours][unit];
        let limit = Limit { unit, length, ..information() };
        let mut deadline = Deadline::new(limit, at("2026-03-17T10:00"));
        let mut now = deadline.start;
        let mut last = deadline.until(&calendar(), &wib()).expect("a table").expect("running");
        for (turn, hours) in hours.into_iter().enumerate() {
            now = now.plus_seconds(hours * 3_600);
            let moved = if turn % 2 == 0 { deadline.pause(now) } else { deadline.resume(now) };
            proptest::prop_assert!(moved.is_ok());
            deadline.standing(now, &calendar(), &wib()).expect("a table");
            if let Some(until) = deadline.until(&calendar(), &wib()).expect("a table") {
                proptest::prop_assert!(until >= last);
                last = until;
            }
        }
    }
}
