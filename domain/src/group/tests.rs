//! The method on votes of our own, with exact expectations, and on everything that votes can be.

mod again;
mod any;
mod given;

use super::{
    Direction::{Agree, Disagree},
    *,
};

/// Statements 1 … `many`, none left out.
fn statements(many: i64) -> Vec<Statement> {
    (1..=many)
        .map(|id| Statement {
            id,
            out: false,
            meta: false,
        })
        .collect()
}

fn vote(voter: i64, comment: i64, value: i64) -> Vote {
    Vote {
        at: voter * 1_000 + comment,
        comment,
        voter,
        value,
    }
}

/// Forty people in two camps of 24 and 16 and eight statements: both agree with 1 and disagree with 2; the camps are
/// against each other on 3 … 6; 7 divides within the camps, and nobody has an opinion on 8. Every fifth person passes once.
fn town() -> Vec<Vote> {
    let mut votes = Vec::new();
    for person in 1..=40 {
        let camp = if person % 5 < 3 { 1 } else { -1 };
        for statement in 1..=8 {
            let value = match statement {
                1 => 1,
                2 => -1,
                3 | 4 if person % 7 == 3 => 0,
                3 | 4 => camp,
                5 | 6 => -camp,
                7 => 1 - (person / 5 % 2) * 2,
                _ => 0,
            };
            votes.push(vote(person, statement, value));
        }
    }
    votes
}

fn json(findings: &Findings) -> String {
    serde_json::to_string(findings).expect("serialises")
}

/// Every number in the JSON is one: `serde_json` writes `null` for NaN and infinity.
fn assert_sound(findings: &Findings) {
    assert!(!json(findings).contains("null"), "{}", json(findings));
    let mut seen = std::collections::BTreeSet::new();
    for group in &findings.groups {
        assert!(group.members.is_sorted());
        assert!(
            group.members.iter().all(|member| seen.insert(*member)),
            "in one group each"
        );
        assert_eq!(group.votes.len(), findings.statements.len());
        assert!(group.representative.len() <= 5);
    }
    for component in &findings.pca.components {
        assert_eq!(component.len(), findings.statements.len());
        let length: f64 = component.iter().map(|v| v * v).sum();
        assert!(
            length.abs() < 1e-12 || (length - 1.0).abs() < 1e-9,
            "{length}"
        );
    }
    for figures in &findings.statements {
        assert!(figures.consensus > 0.0 && figures.consensus < 1.0);
        assert!(figures.priority > 0.0);
    }
}

#[test]
fn two_camps_are_two_groups() {
    let found = compute(&statements(8), &town());
    assert_sound(&found);
    let sizes: Vec<usize> = found.groups.iter().map(|g| g.members.len()).collect();
    assert_eq!(
        (found.participants, found.votes, sizes),
        (40, 320, vec![24, 16])
    );
    assert_eq!(found.groups[0].members[..6], [1, 2, 5, 6, 7, 10]);
    assert_eq!(found.groups[1].members[..4], [3, 4, 8, 9]);
    assert_eq!(found.groups[0].votes[4], [0, 24, 0]);
    let says = |group: &Group| -> Vec<(i64, Direction)> {
        group
            .representative
            .iter()
            .map(|r| (r.statement, r.direction))
            .collect()
    };
    assert_eq!(
        says(&found.groups[0]),
        [(3, Agree), (4, Agree), (5, Disagree), (6, Disagree)]
    );
    assert_eq!(
        says(&found.groups[1]),
        [
            (1, Agree),
            (5, Agree),
            (6, Agree),
            (3, Disagree),
            (4, Disagree)
        ]
    );
    assert!(
        found.groups[1].representative[0].best_agree,
        "what it most clearly agrees with, though all do"
    );
    assert_eq!(found.majority.agree, [1]);
    assert_eq!(found.majority.disagree, [2, 5, 6]);
    // (24 + 1) ÷ (24 + 2) × (16 + 1) ÷ (16 + 2).
    assert!((found.statements[0].consensus - 25.0 / 26.0 * 17.0 / 18.0).abs() < 1e-15);
    assert!(found.is_shown() && found.shown().count() == 2);
}

#[test]
fn the_figures_of_a_row_are_those_of_the_tests() {
    let found = compute(&statements(8), &town());
    let row = found.groups[0].representative[2];
    assert_eq!(
        (row.statement, row.successes, row.trials, row.best_agree),
        (5, 24, 24, false)
    );
    // (24 + 1) ÷ (24 + 2) against (0 + 1) ÷ (16 + 2); √25 × (25 ÷ 25 − ½) × 2.
    assert!((row.probability - 25.0 / 26.0).abs() < 1e-15);
    assert!((row.ratio - 25.0 / 26.0 * 18.0).abs() < 1e-12);
    assert!((row.probability_test - 5.0).abs() < 1e-12);
    let pooled: f64 = 26.0 / 42.0;
    let error = (pooled * (1.0 - pooled) * (1.0 / 25.0 + 1.0 / 17.0)).sqrt();
    assert!((row.ratio_test - (1.0 - 1.0 / 17.0) / error).abs() < 1e-12);
    assert!(found.groups[0].representative[0].best_agree);
}

#[test]
fn the_json_is_this_byte_for_byte() {
    // Two camps of two on two statements: small enough to be checked by hand, and the same on every machine.
    let votes: Vec<Vote> = [(1, 1), (2, 1), (3, -1), (4, -1)]
        .into_iter()
        .flat_map(|(person, camp)| [vote(person, 1, camp), vote(person, 2, -camp)])
        .collect();
    let text = json(&compute(&statements(2), &votes));
    assert_eq!(text, include_str!("tests/small.json").trim_end());
}

#[test]
fn a_statement_that_is_out_or_asks_who_people_are_counts_for_nothing_but_its_own_figures() {
    let mut asked = statements(8);
    asked[2].out = true;
    asked[4].meta = true;
    let found = compute(&asked, &town());
    assert_sound(&found);
    for column in [2, 4] {
        assert_eq!(found.pca.center[column].to_bits(), 0);
        assert_eq!(
            found.pca.components.each_ref().map(|c| c[column].to_bits()),
            [0, 0]
        );
        let id = asked[column].id;
        let rows = found.groups.iter().flat_map(|group| &group.representative);
        assert!(rows.into_iter().all(|row| row.statement != id));
    }
    assert_eq!(
        (found.statements[2].agrees, found.statements[2].disagrees),
        (21, 13)
    );
    assert!((found.statements[4].priority - 49.0).abs() < 1e-12);
    assert_eq!(found.groups.len(), 2);
}

#[test]
fn who_votes_little_counts_only_where_few_vote() {
    let mut votes = town();
    votes.push(vote(90, 1, 1));
    let found = compute(&statements(8), &votes);
    assert_eq!(found.participants, 41);
    assert!(
        found
            .groups
            .iter()
            .all(|group| !group.members.contains(&90))
    );
    // Among six, all are added until there are fifteen.
    votes.retain(|v| v.voter <= 5 || v.voter == 90);
    let found = compute(&statements(8), &votes);
    let everybody: usize = found.groups.iter().map(|group| group.members.len()).sum();
    assert_eq!(everybody, 6);
    assert!(!found.is_shown() && found.shown().next().is_none());
}

#[test]
fn a_persons_latest_vote_counts_wherever_it_stands() {
    let mut votes = town();
    votes.insert(
        0,
        Vote {
            at: 99_999,
            ..vote(1, 3, -1)
        },
    );
    votes.insert(
        0,
        Vote {
            at: 88_888,
            ..vote(1, 3, 0)
        },
    );
    let found = compute(&statements(8), &votes);
    assert_eq!(found.votes, 320);
    assert_eq!(found.statements[2].disagrees, 14);
    // Of the same moment the greatest value.
    let same = [vote(1, 1, -1), vote(1, 1, 1), vote(1, 1, 0)];
    assert_eq!(compute(&statements(1), &same).statements[0].agrees, 1);
}

#[test]
fn somebody_stands_where_the_map_puts_them() {
    let asked = statements(8);
    let found = compute(&asked, &town());
    let compass = Compass::of(&found, &Names::first(&found), &asked);
    let own: BTreeMap<i64, i64> = town()
        .into_iter()
        .filter(|v| v.voter == 17)
        .map(|v| (v.comment, v.value))
        .collect();
    let [x, y] = compass.place(&own).expect("voted");
    let place = found
        .projection
        .iter()
        .find(|p| p.participant == 17)
        .expect("is there");
    assert!((place.x - x).abs() < 1e-12 && (place.y - y).abs() < 1e-12);
    assert_eq!(compass.place(&BTreeMap::new()), None);
    assert_eq!(compass.place(&BTreeMap::from([(77, 1)])), None);
}

#[test]
fn ids_at_the_end_of_all_numbers_are_ids() {
    for id in [i64::MIN, i64::MAX - 1, i64::MAX] {
        let statement = Statement {
            id,
            out: false,
            meta: false,
        };
        let found = compute(
            &[statement],
            &[
                vote(0, id, 1),
                Vote {
                    voter: id,
                    ..vote(0, id, 1)
                },
            ],
        );
        assert_sound(&found);
        assert_eq!((found.participants, found.statements[0].agrees), (2, 2));
    }
    let alone = Vote {
        voter: i64::MAX,
        ..vote(0, 1, 1)
    };
    assert_eq!(
        compute(&statements(1), &[alone]).groups[0].members,
        [i64::MAX]
    );
}
