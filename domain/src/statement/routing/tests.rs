use proptest::prelude::*;

use super::*;

fn counts(agree: i64, disagree: i64, pass: i64) -> Counts {
    Counts {
        agree,
        disagree,
        pass,
    }
}

fn candidate(number: i64, agree: i64, disagree: i64, pass: i64) -> Candidate {
    Candidate {
        number,
        pin: None,
        counts: counts(agree, disagree, pass),
        extremity: 0.0,
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs().max(1.0)
}

#[test]
fn priorities_by_hand() {
    // p = a = 1/2, newness 9: (1/2 · 1 · 1/2 · 9)² = 2.25².
    assert!(near(priority(counts(0, 0, 0), 0.0), 5.0625));
    // p = 1/7, a = 4/7, newness 1 + 8/2.
    let five = (6.0_f64 / 7.0 * 4.0 / 7.0 * 5.0).powi(2);
    assert!(near(priority(counts(3, 2, 0), 0.0), five));
    assert!(near(priority(counts(3, 2, 0), 1.5), five * 6.25));
    assert!(near(priority(counts(3, 2, 0), f64::NAN), five));
    assert!(near(priority(counts(3, 2, 0), -7.0), five));
    assert!(priority(counts(0, 0, 90), 0.0) < priority(counts(0, 90, 0), 0.0));
}

#[test]
fn somebody_unknown_sees_the_highest_and_of_equals_the_lowest() {
    assert_eq!(first(&[]), None);
    assert_eq!(drawn(&[], 1), None);
    let town = [
        candidate(4, 9, 9, 9),
        candidate(7, 0, 0, 0),
        candidate(5, 0, 0, 0),
    ];
    assert_eq!(first(&town), Some(5));
}

#[test]
fn pinned_ones_come_first_in_their_order() {
    let mut town = [
        candidate(1, 0, 0, 0),
        candidate(2, 90, 0, 0),
        candidate(3, 0, 90, 0),
    ];
    town[1].pin = Some(2);
    town[2].pin = Some(1);
    assert_eq!((first(&town), drawn(&town, 9)), (Some(3), Some(3)));
    town[2].pin = None;
    assert_eq!((first(&town), drawn(&town, 9)), (Some(2), Some(2)));
    town[2].pin = Some(2);
    assert_eq!(
        first(&town),
        Some(2),
        "of two at one place the lower number"
    );
}

/// Twenty thousand people, four statements: each comes up as often as its weight says, within four standard deviations.
#[test]
fn the_draw_is_in_proportion_to_the_priorities() {
    let town = [
        candidate(1, 0, 0, 0),
        candidate(2, 3, 2, 0),
        candidate(3, 2, 6, 1),
        candidate(1_000, 40, 20, 5),
    ];
    let weights = town.map(|one| priority(one.counts, one.extremity));
    let whole: f64 = weights.iter().sum();
    let people = 20_000_u64;
    let mut came = [0.0; 4];
    for seed in 0..people {
        // Seeds one after the other are the hardest for a hash.
        let number = drawn(&town, seed).expect("one is left");
        came[town
            .iter()
            .position(|one| one.number == number)
            .expect("of these")] += 1.0;
    }
    for (came, weight) in came.iter().zip(weights) {
        let share = weight / whole;
        let expected = share * 20_000.0;
        let wide = 4.0 * (expected * (1.0 - share)).sqrt();
        assert!(
            (came - expected).abs() < wide,
            "{came} of {expected} ± {wide}"
        );
    }
}

#[test]
fn others_who_judge_move_nobody_but_now_and_then() {
    let before: Vec<Candidate> = (1..=100)
        .map(|n| candidate(n, n % 7, n % 5, n % 3))
        .collect();
    let mut after = before.clone();
    after[16].counts.agree += 1;
    let moved = (0..1_000)
        .filter(|seed| drawn(&before, *seed) != drawn(&after, *seed))
        .count();
    assert!(moved < 50, "{moved} of 1,000 people");
}

#[test]
fn pins_are_put_in_order() {
    assert_eq!(Pinning::Pin.on(&[3, 1], 7), [3, 1, 7]);
    assert_eq!(Pinning::Pin.on(&[3, 1], 1), [3, 1]);
    assert_eq!(Pinning::Unpin.on(&[3, 1], 3), [1]);
    assert_eq!(Pinning::Unpin.on(&[3, 1], 7), [3, 1]);
    assert_eq!(Pinning::Earlier.on(&[3, 1], 1), [1, 3]);
    assert_eq!(Pinning::Earlier.on(&[3, 1], 3), [3, 1]);
    assert_eq!(Pinning::Earlier.on(&[3, 1], 7), [3, 1]);
    for deed in Pinning::ALL {
        assert_eq!(Pinning::parse(deed.word()), Some(deed));
    }
}

proptest! {
    #[test]
    fn whatever_was_counted_gives_a_weight_and_one_of_those_that_are_there(
        rows in prop::collection::btree_map(1_i64..5_000, (0_i64..1_000_000, 0_i64..1_000_000, 0_i64..1_000_000, 0.0_f64..1e6), 1..40),
        seed in any::<u64>(),
    ) {
        let town: Vec<Candidate> = rows.iter().map(|(number, (agree, disagree, pass, extremity))| Candidate {
            extremity: *extremity,
            ..candidate(*number, *agree, *disagree, *pass)
        }).collect();
        for one in &town {
            let weight = priority(one.counts, one.extremity);
            prop_assert!(weight.is_finite() && weight > 0.0);
        }
        let mut turned = town.clone();
        turned.reverse();
        for (there, here) in [(first(&town), first(&turned)), (drawn(&town, seed), drawn(&turned, seed))] {
            prop_assert_eq!(there, here, "whatever the order");
            prop_assert!(rows.contains_key(&there.expect("one")));
        }
    }
}
