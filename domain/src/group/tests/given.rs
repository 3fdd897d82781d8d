//! Groups that are given, names that stay, and priorities.

use super::*;

#[test]
fn given_groups_are_described_as_given() {
    let membership: BTreeMap<i64, i64> =
        (1..=40).map(|p| (p, 7 + p % 2)).chain([(999, 7)]).collect();
    let found = compute_with(&statements(8), &town(), &membership);
    assert_sound(&found);
    let ids: Vec<i64> = found.groups.iter().map(|g| g.id).collect();
    assert_eq!(ids, [7, 8]);
    assert!(
        found.groups[0].members.contains(&999),
        "a member without a vote stays one"
    );
    assert!(
        found
            .projection
            .iter()
            .all(|place| place.participant != 999)
    );
    // The found groups, given, are described in the same words.
    let own = compute(&statements(8), &town());
    let membership = own
        .groups
        .iter()
        .flat_map(|g| g.members.iter().map(|m| (*m, g.id)))
        .collect();
    assert_eq!(
        json(&compute_with(&statements(8), &town(), &membership)),
        json(&own)
    );
    assert_sound(&compute_with(&statements(8), &[], &membership));
    assert!(
        compute_with(&statements(8), &town(), &BTreeMap::new())
            .groups
            .is_empty()
    );
}

#[test]
fn hundreds_of_given_groups_leave_a_consensus() {
    // Everybody is a group: all disagree with 1, half agree with 2, all but one agree with 3.
    let people = 1..=1_500_i64;
    let votes: Vec<Vote> = people
        .clone()
        .flat_map(|p| {
            [
                (p, 1, -1),
                (p, 2, p % 2),
                (p, 3, if p == 7 { -1 } else { 1 }),
            ]
        })
        .map(|(person, statement, value)| vote(person, statement, value))
        .collect();
    let alone: BTreeMap<i64, i64> = people.clone().map(|p| (p, p)).collect();
    let found = compute_with(&statements(3), &votes, &alone);
    assert_sound(&found);
    assert_eq!(found.groups.len(), 1_500);
    let consensus = |found: &Findings| -> Vec<f64> {
        let statements = found.statements.iter();
        statements.map(|figures| figures.consensus).collect()
    };
    // (⅓)¹⁵⁰⁰ ≈ 10⁻⁷¹⁶ and (⅔ × ⅓)⁷⁵⁰ ≈ 10⁻⁴⁹⁰ are no numbers here; (⅔)¹⁴⁹⁹ × ⅓ ≈ 10⁻²⁶⁴ is.
    let [first, second, third] = consensus(&found)[..] else {
        panic!("three statements");
    };
    assert_eq!(
        [first, second].map(f64::to_bits),
        [LEAST_CONSENSUS.to_bits(); 2]
    );
    let exponent = 1_499.0 * (2.0_f64 / 3.0).log10() + (1.0_f64 / 3.0).log10();
    assert!((third.log10() - exponent).abs() < 1e-9);
    // As many as are found are far from it, however many people disagree.
    let five: BTreeMap<i64, i64> = people.map(|p| (p, p % 5)).collect();
    let found = compute_with(&statements(3), &votes, &five);
    let factor: f64 = 1.0 / 302.0;
    assert!((consensus(&found)[0] / factor.powi(5) - 1.0).abs() < 1e-12);
    // Nor is anything lost on the way to a reader, but for the last digit that reading JSON may round otherwise.
    let read: Findings = serde_json::from_str(&json(&found)).expect("is JSON");
    assert_eq!(read.groups.len(), found.groups.len());
    for (read, found) in consensus(&read).into_iter().zip(consensus(&found)) {
        assert!((read / found - 1.0).abs() < 1e-12, "{read} {found}");
    }
}

#[test]
fn names_stay_when_sizes_change_and_when_an_axis_turns() {
    let before = compute(&statements(8), &town());
    assert_eq!(relabel(&before, &[4, 9], &before), [4, 9]);
    // The smaller camp grows until it is the larger one: number 0 is now what was number 1.
    let mut votes = town();
    let camp: Vec<Vote> = votes.iter().filter(|v| v.voter == 3).copied().collect();
    for person in 100..130 {
        votes.extend(camp.iter().map(|v| vote(person, v.comment, v.value)));
    }
    let after = compute(&statements(8), &votes);
    assert!(after.groups[0].members.contains(&3) && after.groups[1].members.contains(&1));
    assert_eq!(relabel(&before, &[4, 9], &after), [9, 4]);
    let mut turned = after.clone();
    for entry in &mut turned.pca.components[0] {
        *entry = -*entry;
    }
    for group in &mut turned.groups {
        group.center[0] = -group.center[0];
    }
    assert_eq!(relabel(&before, &[4, 9], &turned), [9, 4]);
    let nothing = compute(&statements(8), &[]);
    assert_eq!(relabel(&nothing, &[], &after), [0, 1]);
    assert!(relabel(&after, &[0, 1], &nothing).is_empty());
}

#[test]
fn priorities_are_those_of_the_formula() {
    // No votes: p = a = ½, (½ × 1 × ½ × 9)².
    assert!((priority([0, 0, 0], 0.0, false) - 5.062_5).abs() < 1e-12);
    // Ten votes: 2^(−2) = ¼, so the factor is 3.
    let expected: f64 = (1.0 - 3.0 / 12.0) * 2.5 * (6.0 / 12.0) * 3.0;
    assert!((priority([5, 3, 2], 1.5, false) - expected * expected).abs() < 1e-12);
    assert!((priority([5, 3, 2], 1.5, true) - 49.0).abs() < 1e-12);
    for n in 0..12_u32 {
        let exact = 2.0_f64.powf(-f64::from(n) / 5.0);
        let a = 1.0 / (f64::from(n) + 2.0);
        let root = (1.0 - a) * (f64::from(n) + 1.0) * a * (1.0 + 8.0 * exact);
        assert!(
            (priority([n, 0, 0], 0.0, false) - root * root).abs() < 1e-12,
            "{n}"
        );
    }
}
