use super::*;

fn rates(assessed: u32, rate: u32) -> Rates {
    Rates {
        year: 2026,
        exempt: 10_000_000,
        tiers: vec![Tier {
            from: 0,
            assessed,
            rate,
            food_rate: None,
        }],
        late: Late {
            rate: 10_000,
            months: 24,
        },
        due_months: 6,
        source: "constructed".into(),
        is_verified: false,
    }
}

fn house() -> Object {
    Object {
        land: 120,
        land_value: 1_000_000,
        building: 60,
        building_value: 1_500_000,
        is_exempt: true,
        is_food: false,
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

#[test]
fn the_vectors() {
    let all = rates(1_000_000, 1_000).assess(&house()).expect("a tax");
    let expected = Assessment {
        land: 120_000_000,
        building: 90_000_000,
        value: 210_000_000,
        exempt: 10_000_000,
        assessed: 200_000_000,
        rate: 1_000,
        tax: 200_000,
    };
    assert_eq!(all, expected);
    let part = rates(400_000, 5_000).assess(&house()).expect("a tax");
    assert_eq!((part.assessed, part.tax), (80_000_000, 400_000));
    for land_value in [0, 50_000, 83_333] {
        let small = Object {
            land_value,
            building: 0,
            ..house()
        };
        let tax = rates(1_000_000, 1_000).assess(&small).expect("a tax");
        assert_eq!((tax.tax, tax.exempt), (0, tax.value));
    }
}

#[test]
fn the_exempt_value_is_for_one_object_only() {
    let second = Object {
        is_exempt: false,
        ..house()
    };
    assert_eq!(
        rates(1_000_000, 1_000).assess(&second).unwrap().tax,
        210_000
    );
}

#[test]
fn steps_and_the_rate_for_food() {
    let mut table = rates(1_000_000, 1_000);
    table.tiers.push(Tier {
        from: 210_000_000,
        assessed: 1_000_000,
        rate: 2_000,
        food_rate: Some(500),
    });
    assert_eq!(table.assess(&house()).unwrap().tax, 400_000);
    let field = Object {
        is_food: true,
        ..house()
    };
    assert_eq!(table.assess(&field).unwrap().tax, 100_000);
    let lower = Object { land: 119, ..field };
    assert_eq!(table.assess(&lower).unwrap().rate, 1_000);
}

#[test]
fn tables_that_cannot_be_are_refused() {
    let mut table = rates(1_000_000, 1_000);
    table.tiers[0].from = 1;
    assert_eq!(table.assess(&house()), Err(Error::Tiers));
    table.tiers.clear();
    assert_eq!(table.check(), Err(Error::Tiers));
    assert_eq!(rates(1_000_001, 1).check(), Err(Error::Rate));
    assert_eq!(rates(1, 1_000_001).check(), Err(Error::Rate));
    let huge = Object {
        land: u32::MAX,
        land_value: u64::MAX,
        ..house()
    };
    assert_eq!(rates(1_000_000, 1_000).assess(&huge), Err(Error::Beyond));
}

#[test]
fn a_begun_month_counts_and_two_years_are_the_most() {
    let table = rates(1_000_000, 1_000);
    let due = table.due(day("2026-03-31")).expect("a day");
    assert_eq!(due, day("2026-09-30"));
    for (paid, interest) in [
        ("2026-09-01", 0),
        ("2026-09-30", 0),
        ("2026-10-01", 1_525),
        ("2026-10-30", 1_525),
        ("2026-10-31", 3_050),
        ("2028-09-30", 36_600),
        ("2040-01-01", 36_600),
    ] {
        assert_eq!(
            table.interest(152_500, due, day(paid)),
            Ok(interest),
            "{paid}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn never_more_than_its_value(land in 0_u32..1_000_000, value in 0_u64..100_000_000, share in 0_u32..=1_000_000, rate in 0_u32..=1_000_000) {
        let object = Object { land, land_value: value, ..house() };
        let tax = rates(share, rate).assess(&object).expect("a tax");
        proptest::prop_assert!(tax.tax <= tax.assessed && tax.assessed <= tax.value - tax.exempt);
    }
}
