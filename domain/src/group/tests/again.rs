//! From texts to a text: what the reader's browser asks for.

use super::*;
use crate::group::sign::Rule;

/// Two more than anybody in town votes on.
const STATEMENTS: i64 = 10;

fn asked(findings: &Findings, votes: &[Vote], rules: &[Rule]) -> Again {
    let published = Published::of(&statements(STATEMENTS), votes);
    let votes = serde_json::to_string(&published).expect("serialises");
    let rules = serde_json::to_string(rules).expect("serialises");
    let answer = super::again(&json(findings), &votes, &rules).expect("an answer");
    serde_json::from_str(&answer).expect("its own JSON")
}

#[test]
fn the_same_votes_give_the_same_and_one_vote_less_does_not() {
    let votes = town();
    let published = compute(&statements(STATEMENTS), &votes);
    let same = Again {
        is_same: true,
        participants: 40,
        statements: 10,
        groups: 2,
        moved: 0,
    };
    assert_eq!(asked(&published, &votes, &[]), same);

    let without_one: Vec<Vote> = votes
        .iter()
        .filter(|vote| vote.voter != 1)
        .copied()
        .collect();
    let other = asked(&published, &without_one, &[]);
    assert!(!other.is_same);
    assert_eq!((other.participants, other.moved), (39, 1));
}

#[test]
fn the_rules_by_which_people_are_left_out_are_followed() {
    let mut votes = town();
    // Somebody who agrees with everything.
    votes.extend((1..=STATEMENTS).map(|statement| vote(99, statement, 1)));
    let rules = [Rule::AgreesWithAll];
    let published = Published::of(&statements(STATEMENTS), &votes).compute_without(&rules);
    assert!(asked(&published, &votes, &rules).is_same);
    assert!(!asked(&published, &votes, &[]).is_same);
}

#[test]
fn what_is_no_json_has_no_answer() {
    let votes = town();
    let published = Published::of(&statements(STATEMENTS), &votes);
    let findings = json(&published.compute());
    let votes = serde_json::to_string(&published).expect("serialises");
    for (findings, votes, rules) in [
        ("{", &votes[..], "[]"),
        (&findings, "<html>", "[]"),
        (&findings, &votes, "[\"no such rule\"]"),
        (&findings, "", ""),
    ] {
        let answer = super::again(findings, votes, rules);
        assert_eq!(answer, None, "{votes:.20} {rules}");
    }
}
