//! Opinion groups of any votes: a defined answer, every number a number, the same for every order of rows, and no picture of
//! persons.
#![no_main]

mod check;
mod input;

use std::collections::BTreeSet;

use domain::{
    group::{Names, PUBLISHABLE, Published, compute, compute_with, left_out, relabel, sign},
    polis::Vote,
};
use libfuzzer_sys::fuzz_target;

use check::{Ballots, json, leads_everybody, shows_what_it_may};
use input::Input;

fuzz_target!(|input: Input| {
    let (statements, votes) = (&input.statements, &input.votes);
    let ballots = Ballots::of(statements, votes);

    let found = compute(statements, votes);
    ballots.agree_with(&found);
    ballots.hold_members(&found);
    let names = Names::first(&found);
    shows_what_it_may(&found, &names, statements);
    leads_everybody(&found, &names, statements);

    let (mut turned, mut reversed) = (votes.clone(), statements.clone());
    if !turned.is_empty() {
        let place = usize::from(input.turn) % turned.len();
        turned.rotate_left(place);
        turned.reverse();
    }
    reversed.reverse();
    assert_eq!(json(&compute(&reversed, &turned)), json(&found));
    let signs = sign::signs(statements, votes);
    assert_eq!(sign::signs(&reversed, &turned), signs);
    ballots.bear_out(&signs, votes);

    let own = found.groups.iter();
    let own = own.flat_map(|group| group.members.iter().map(|member| (*member, group.id)));
    let again = compute_with(statements, votes, &own.collect());
    assert_eq!(json(&again), json(&found), "found groups, given");
    let given = compute_with(statements, votes, &input.membership);
    ballots.agree_with(&given);
    let labels: BTreeSet<u32> = relabel(&found, &names.labels, &given).into_iter().collect();
    assert_eq!(labels.len(), given.groups.len(), "a label each");
    shows_what_it_may(&given, &names.of_next(&found, &given), statements);
    assert_eq!(relabel(&found, &names.labels, &found), names.labels);

    let out = left_out(statements, votes, &input.rules);
    let rest = Published::of(statements, votes).compute_without(&input.rules);
    let stays = |vote: &&Vote| !out.contains(&vote.voter);
    let others: Vec<Vote> = votes.iter().filter(stays).copied().collect();
    let ballots = Ballots::of(statements, &others);
    ballots.agree_with(&rest);
    ballots.hold_members(&rest);
    shows_what_it_may(&rest, &names.of_next(&found, &rest), statements);
    let is_asked = |rule| input.rules.contains(rule);
    assert!(out.is_empty() || PUBLISHABLE.iter().any(is_asked));
});
