use super::*;

/// The tables of the decrees for 2026 and 2027.
pub(crate) fn table() -> Table {
    serde_json::from_str(include_str!("2026-2027.json")).expect("a table")
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// Start, working days, due, due if joint leave were worked.
const VECTORS: [(&str, i32, &str, &str); 7] = [
    ("2026-03-17", 5, "2026-03-31", "2026-03-25"),
    ("2026-03-17", 10, "2026-04-08", "2026-04-01"),
    ("2026-03-17", 17, "2026-04-17", "2026-04-13"),
    ("2026-05-13", 3, "2026-05-20", "2026-05-19"),
    ("2026-12-23", 1, "2026-12-28", "2026-12-24"),
    ("2026-08-14", 14, "2026-09-07", "2026-09-07"),
    ("2026-11-24", 60, "2027-02-23", "2027-02-19"),
];

#[test]
fn the_vectors() {
    let office = Calendar::new(&table()).expect("a calendar");
    let company = Calendar::new(&Table {
        joint_leave: false,
        ..table()
    })
    .expect("a calendar");
    for (start, count, due, without) in VECTORS {
        let start = day(start);
        assert_eq!(office.add(start, count), Ok(day(due)), "{start} +{count}");
        assert_eq!(
            company.add(start, count),
            Ok(day(without)),
            "{start} +{count}"
        );
        assert_eq!(office.between(start, day(due)), Ok(count));
        assert_eq!(office.between(day(due), start), Ok(-count));
    }
}

#[test]
fn a_year_without_a_table_is_refused() {
    let calendar = Calendar::new(&table()).expect("a calendar");
    let missing = Err(Error::NoTable { year: 2028 });
    assert_eq!(calendar.add(day("2027-12-30"), 2), missing);
    assert_eq!(calendar.add(day("2027-12-30"), 1), Ok(day("2027-12-31")));
    assert_eq!(
        calendar.is_working(day("2028-01-01")),
        Err(Error::NoTable { year: 2028 })
    );
    assert_eq!(
        calendar.add(day("2026-01-02"), -3),
        Err(Error::NoTable { year: 2025 })
    );
    assert_eq!(calendar.add(day("2029-05-05"), 0), Ok(day("2029-05-05")));
}

#[test]
fn tables_that_cannot_be_are_refused() {
    let year = |year: i32, on: &str| Year {
        year,
        decree: String::new(),
        source: String::new(),
        off: vec![Off {
            day: day(on),
            kind: Kind::Holiday,
            name: String::new(),
        }],
    };
    let of = |rest: Vec<u8>, years: Vec<Year>| {
        Calendar::new(&Table {
            rest,
            joint_leave: true,
            years,
        })
        .map(|_| ())
    };
    let astray = Error::Astray {
        year: 2026,
        day: day("2027-01-01"),
    };
    assert_eq!(of(vec![6, 7], vec![year(2026, "2027-01-01")]), Err(astray));
    let twice = vec![year(2026, "2026-01-01"), year(2026, "2026-01-01")];
    assert_eq!(of(vec![6, 7], twice), Err(Error::Twice { year: 2026 }));
    assert_eq!(of(vec![0], vec![]), Err(Error::Week));
    assert_eq!(of(vec![8], vec![]), Err(Error::Week));
    assert_eq!(of(vec![1, 2, 3, 4, 5, 6, 7], vec![]), Err(Error::Week));
}

#[test]
fn a_day_that_is_both_is_a_holiday() {
    let mut both = table();
    both.joint_leave = false;
    for kind in [Kind::JointLeave, Kind::Holiday] {
        both.years[0].off.push(Off {
            day: day("2026-07-01"),
            kind,
            name: "Keduanya".into(),
        });
    }
    let calendar = Calendar::new(&both).expect("a calendar");
    assert_eq!(calendar.is_working(day("2026-07-01")), Ok(false));
    let off = calendar
        .off(day("2026-12-25"))
        .expect("a table")
        .expect("a holiday");
    assert_eq!(off.name, "Kelahiran Yesus Kristus");
}

proptest::proptest! {
    #[test]
    fn adding_and_counting_agree(offset in 0_i64..600, count in 1_i32..60) {
        let calendar = Calendar::new(&table()).expect("a calendar");
        let start = day("2026-01-01").plus(offset).expect("a day");
        if let Ok(due) = calendar.add(start, count) {
            proptest::prop_assert_eq!(calendar.is_working(due), Ok(true));
            proptest::prop_assert_eq!(calendar.between(start, due), Ok(count));
        }
    }
}
