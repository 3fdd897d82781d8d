//! Votes of people who do not exist: three camps, each with its mind about most statements, and some who do as they like.

use std::fmt::Write as _;

/// Statements and votes as the runs read them; the same at every call. Nobody votes twice on a statement.
pub(super) fn votes(people: u64, statements: u64, votes: u64) -> String {
    let mut text = String::new();
    for statement in 0..statements {
        let _ = writeln!(text, "{statement} {}", u8::from(statement % 40 == 39));
    }
    for n in 0..votes {
        let (person, turn) = (n % people, n / people);
        // A step that shares no factor with the number of statements brings each statement once.
        let statement = (person * 7 + turn * step(statements)) % statements;
        let chance = mixed(person << 32 | statement) % 100;
        let camp = person % 3;
        let mind = mixed(camp << 40 | statement) % 3;
        let value = match (mind, chance) {
            (_, 90..) => 0,
            (0, 20..) | (1, ..20) | (2, ..45) => 1,
            _ => -1,
        };
        let _ = write!(text, "\n{} {person} {statement} {value}", 1_000_000 + n);
    }
    text.push('\n');
    text
}

/// The first number from two fifths of the statements on that has no factor in common with them.
fn step(statements: u64) -> u64 {
    let common = |mut a: u64, mut b: u64| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    (statements * 2 / 5..=statements)
        .find(|step| common(*step, statements) == 1)
        .unwrap_or(1)
}

/// A number without a pattern (SplitMix64).
fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_votes_twice() {
        let text = votes(30, 20, 600);
        let (head, body) = text.split_once("\n\n").unwrap();
        assert_eq!(head.lines().count(), 20);
        let pairs: std::collections::BTreeSet<(&str, &str)> = body
            .lines()
            .map(|line| {
                let words: Vec<&str> = line.split(' ').collect();
                (words[1], words[2])
            })
            .collect();
        assert_eq!(pairs.len(), 600);
    }
}
