//! Not a reference, but measured like one: the groups in a process of their own, on the core of the portal.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result};
use domain::{
    group::{Findings, Statement, compute},
    polis::Vote,
};
use serde_json::json;

use crate::machine::usage;

/// Reads the votes, finds the groups, and prints the seconds of each round, the peak of memory and what was found.
pub(super) fn run(file: &Path, rounds: usize) -> Result<()> {
    let (statements, votes) = read(&std::fs::read_to_string(file)?)?;
    let found = compute(&statements, &votes);
    for _ in 0..rounds {
        let begin = Instant::now();
        let text = serde_json::to_string(&compute(&statements, &votes))?;
        let seconds = begin.elapsed().as_secs_f64();
        println!("{seconds}");
        drop(text);
    }
    println!("peak {}", usage(std::process::id()).peak);
    println!("{}", summary(&found));
    Ok(())
}

/// What the reference is compared by.
fn summary(found: &Findings) -> serde_json::Value {
    let groups = found.groups.iter().map(|group| {
        let rows = group.representative.iter();
        let rows: Vec<_> = rows
            .map(|row| json!([row.statement, row.direction]))
            .collect();
        json!({ "members": group.members, "rows": rows })
    });
    json!({ "groups": groups.collect::<Vec<_>>(), "majority": found.majority })
}

fn read(text: &str) -> Result<(Vec<Statement>, Vec<Vote>)> {
    let (head, body) = text.split_once("\n\n").context("There are no votes")?;
    let numbers = |line: &str| -> Result<Vec<i64>> {
        line.split(' ').map(|word| Ok(word.parse()?)).collect()
    };
    let mut statements = Vec::new();
    for line in head.lines() {
        let [id, out] = numbers(line)?[..] else {
            anyhow::bail!("A statement is {line:?}");
        };
        statements.push(Statement {
            id,
            out: out == 1,
            meta: false,
        });
    }
    let mut votes = Vec::new();
    for line in body.lines() {
        let [at, voter, comment, value] = numbers(line)?[..] else {
            anyhow::bail!("A vote is {line:?}");
        };
        votes.push(Vote {
            at,
            comment,
            voter,
            value,
        });
    }
    Ok((statements, votes))
}
