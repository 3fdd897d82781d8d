//! Opinion groups of any votes: a defined answer, every number a number, the same for every order of rows.
#![no_main]

use std::collections::{BTreeMap, BTreeSet};

use arbitrary::Arbitrary;
use domain::{
    group::{
        Findings, Names, PUBLISHABLE, Published, Statement, compute, compute_with, left_out,
        relabel, sign,
    },
    polis::Vote,
};
use libfuzzer_sys::fuzz_target;

/// A number that is mostly small, so that rows meet, and sometimes any.
#[derive(Arbitrary, Debug)]
enum Number {
    Small(u8),
    Any(i64),
}

impl Number {
    fn get(&self) -> i64 {
        match *self {
            Self::Small(n) => i64::from(n % 48) - 2,
            Self::Any(n) => n,
        }
    }
}

#[derive(Arbitrary, Debug)]
struct Input {
    statements: Vec<(Number, bool, bool)>,
    /// Voter, statement, value, time.
    votes: Vec<(Number, Number, i8, u8)>,
    membership: Vec<(Number, u8)>,
    rules: [bool; 3],
    turn: u16,
}

fuzz_target!(|input: Input| {
    let statements: Vec<Statement> = input
        .statements
        .iter()
        .map(|(id, out, meta)| Statement {
            id: id.get(),
            out: *out,
            meta: *meta,
        })
        .collect();
    let votes: Vec<Vote> = input
        .votes
        .iter()
        .map(|(voter, comment, value, at)| Vote {
            at: i64::from(*at),
            comment: comment.get(),
            voter: voter.get(),
            // Mostly a vote.
            value: i64::from(if *value % 5 == 0 { *value } else { value % 2 }),
        })
        .collect();

    let found = compute(&statements, &votes);
    sound(&found);
    let names = Names::first(&found);

    let (mut turned, mut reversed) = (votes.clone(), statements.clone());
    if !turned.is_empty() {
        let place = usize::from(input.turn) % turned.len();
        turned.rotate_left(place);
        turned.reverse();
    }
    reversed.reverse();
    assert_eq!(json(&compute(&reversed, &turned)), json(&found));

    let membership: BTreeMap<i64, i64> = input
        .membership
        .iter()
        .map(|(person, group)| (person.get(), i64::from(group % 6)))
        .collect();
    let given = compute_with(&statements, &votes, &membership);
    sound(&given);
    let labels: Vec<u32> = (0..).take(found.groups.len()).collect();
    let again: BTreeSet<u32> = relabel(&found, &labels, &given).into_iter().collect();
    assert_eq!(again.len(), given.groups.len());
    assert_eq!(names.of_next(&found, &given).labels.len(), given.groups.len());

    sign::signs(&statements, &votes);
    let rules: Vec<_> = PUBLISHABLE
        .into_iter()
        .zip(input.rules)
        .filter_map(|(rule, asked)| asked.then_some(rule))
        .collect();
    let out = left_out(&statements, &votes, &rules);
    let rest = Published::of(&statements, &votes).compute_without(&rules);
    sound(&rest);
    assert!(
        rest.groups
            .iter()
            .flat_map(|g| &g.members)
            .all(|p| !out.contains(p))
    );
});

fn json(findings: &Findings) -> String {
    serde_json::to_string(findings).expect("serialises")
}

/// Every number in the JSON is one (`serde_json` writes `null` for NaN and infinity), and everybody is in one group.
fn sound(findings: &Findings) {
    let text = json(findings);
    assert!(!text.contains("null"), "{text}");
    let mut seen = BTreeSet::new();
    for group in &findings.groups {
        assert!(!group.members.is_empty());
        assert!(group.members.iter().all(|member| seen.insert(*member)));
        assert!(group.representative.len() <= 5);
    }
    for figures in &findings.statements {
        assert!(figures.consensus > 0.0 && figures.consensus < 1.0);
        assert!(figures.priority > 0.0 && figures.priority.is_finite());
    }
}
