//! Whatever the votes are, there is a defined answer: never a panic, never NaN, and the same for every order of rows.

use proptest::{collection::vec, prelude::*};

use super::*;

fn any_statement() -> impl Strategy<Value = Statement> {
    let id = prop_oneof![8 => -2..14_i64, 1 => any::<i64>()];
    (id, prop::bool::weighted(0.15), prop::bool::weighted(0.1))
        .prop_map(|(id, out, meta)| Statement { id, out, meta })
}

fn any_vote() -> impl Strategy<Value = Vote> {
    let id = prop_oneof![20 => 0..40_i64, 1 => any::<i64>()];
    let comment = prop_oneof![20 => -2..14_i64, 1 => any::<i64>()];
    let value = prop_oneof![20 => -1..=1_i64, 1 => any::<i64>()];
    let at = prop_oneof![20 => 0..50_i64, 1 => any::<i64>()];
    (id, comment, value, at).prop_map(|(voter, comment, value, at)| Vote {
        at,
        comment,
        voter,
        value,
    })
}

proptest! {
    #[test]
    fn any_votes_have_a_sound_answer_in_any_order(
        statements in vec(any_statement(), 0..16),
        votes in vec(any_vote(), 0..300),
        turn in any::<prop::sample::Index>(),
    ) {
        let found = compute(&statements, &votes);
        assert_sound(&found);
        let (mut turned, mut reversed) = (votes.clone(), statements.clone());
        if !turned.is_empty() {
            let place = turn.index(turned.len());
            turned.rotate_left(place);
            turned.reverse();
        }
        reversed.reverse();
        prop_assert_eq!(json(&compute(&reversed, &turned)), json(&found));
        sign::signs(&statements, &votes);
    }

    #[test]
    fn any_membership_has_a_sound_answer(
        statements in vec(any_statement(), 0..16),
        votes in vec(any_vote(), 0..100),
        membership in prop::collection::btree_map(0..50_i64, any::<i64>().prop_map(|n| n % 4), 0..40),
    ) {
        let found = compute_with(&statements, &votes, &membership);
        assert_sound(&found);
        let labels: Vec<u32> = (0..).take(found.groups.len()).collect();
        let own = compute(&statements, &votes);
        let again = relabel(&found, &labels, &own);
        let distinct: std::collections::BTreeSet<u32> = again.iter().copied().collect();
        prop_assert_eq!(distinct.len(), own.groups.len());
    }
}

#[test]
fn bad_votes_have_a_defined_answer() {
    let none = compute(&[], &[]);
    assert_sound(&none);
    assert_eq!(
        (none.participants, none.groups.len(), none.statements.len()),
        (0, 0, 0)
    );

    let unseen = compute(&statements(3), &[]);
    assert_sound(&unseen);
    assert!((unseen.statements[0].consensus - 0.5).abs() < 1e-15);

    let alone = compute(&statements(3), &[vote(1, 1, 1), vote(1, 2, -1)]);
    assert_sound(&alone);
    assert_eq!(alone.groups[0].members, [1]);

    let many = |statements: i64, value: &dyn Fn(i64, i64) -> i64| -> Vec<Vote> {
        (1..=50)
            .flat_map(|p| (1..=statements).map(move |s| (p, s)))
            .map(|(p, s)| vote(p, s, value(p, s)))
            .collect()
    };
    let passes = compute(&statements(9), &many(9, &|_, _| 0));
    let identical = compute(&statements(9), &many(9, &|_, s| s % 3 - 1));
    for found in [passes, identical] {
        assert_sound(&found);
        assert_eq!(found.groups.len(), 1, "nothing tells them apart");
        assert_eq!(found.groups[0].members.len(), 50);
        assert!(
            found
                .pca
                .components
                .iter()
                .flatten()
                .all(|v| v.to_bits() == 0)
        );
    }

    let one_statement = compute(&statements(1), &many(1, &|p, _| p % 3 - 1));
    assert_sound(&one_statement);
    assert_eq!(
        one_statement.groups.len(),
        2,
        "three places are too few for three groups"
    );
    assert!(
        one_statement.pca.components[1][0].to_bits() == 0,
        "there is one direction"
    );

    let all_out: Vec<Statement> = statements(9)
        .into_iter()
        .map(|s| Statement { out: true, ..s })
        .collect();
    let out = compute(&all_out, &many(9, &|p, s| (p + s) % 3 - 1));
    assert_sound(&out);
    assert_eq!((out.groups.len(), out.majority.agree.len()), (1, 0));
}

#[test]
fn a_million_votes_of_one_person_are_one_ballot() {
    let votes: Vec<Vote> = (0..1_000_000)
        .map(|n| Vote {
            at: n,
            comment: n % 9 + 1,
            voter: 5,
            value: n % 3 - 1,
        })
        .collect();
    let found = compute(&statements(9), &votes);
    assert_sound(&found);
    assert_eq!(
        (found.participants, found.votes, found.groups.len()),
        (1, 9, 1)
    );
}
