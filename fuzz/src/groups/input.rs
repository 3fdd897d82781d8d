//! Bytes become statements and votes: few bytes for what is common, so that small inputs already make groups.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Result, Unstructured};
use domain::{
    group::{Statement, sign::Rule},
    polis::Vote,
};

/// More would not find more, but fewer inputs a second.
const MOST_STATEMENTS: u8 = 24;
const MOST_VOTES: usize = 3_000;
/// Where arithmetic with ids and times goes wrong, if it does.
const EDGES: [i64; 8] = [
    i64::MIN,
    i64::MIN + 1,
    -600_001,
    -1,
    256,
    600_000,
    i64::MAX - 1,
    i64::MAX,
];
/// Numbers of the groups that are given. Not more than are tried for pairs of names, of which there are as many as orders.
const GIVEN: [i64; 6] = [0, 1, 2, 7, -3, i64::MIN];

/// What the groups are asked about.
#[derive(Debug)]
pub struct Input {
    /// Some of them twice.
    pub statements: Vec<Statement>,
    /// Some of them no votes.
    pub votes: Vec<Vote>,
    /// Groups that are given instead of found.
    pub membership: BTreeMap<i64, i64>,
    /// Rules by which people are left out, also such as cannot be published.
    pub rules: Vec<Rule>,
    /// Where the rows are cut to be laid in another order.
    pub turn: u16,
}

impl<'a> Arbitrary<'a> for Input {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [asked, statements, members]: [u8; 3] = u.arbitrary()?;
        let turn = u.arbitrary()?;
        let mut input = Self {
            statements: Vec::new(),
            votes: Vec::new(),
            membership: BTreeMap::new(),
            rules: (0..)
                .zip(Rule::ALL)
                .filter(|(n, _)| asked >> n & 1 == 1)
                .map(|(_, r)| r)
                .collect(),
            turn,
        };
        for place in 0..statements % (MOST_STATEMENTS + 1) {
            input.statements.push(statement(u, place)?);
        }
        for _ in 0..members % 64 {
            let person = number(u)?;
            let group = GIVEN[usize::from(u.arbitrary::<u8>()?) % GIVEN.len()];
            input.membership.insert(person, group);
        }
        while !u.is_empty() && input.votes.len() < MOST_VOTES {
            match u.arbitrary::<u8>()? {
                kind @ 0..200 => input.votes.push(plain(u, kind)?),
                200..232 => input.crowd(u)?,
                232.. => input.votes.push(odd(u)?),
            }
        }
        Ok(input)
    }
}

impl Input {
    /// People with ballots that are alike but for a twist, each with a moment of their own or all with one: camps, which
    /// single bytes would hardly ever make.
    fn crowd(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        let [first, people, width, twist, pace] = u.arbitrary::<[u8; 5]>()?.map(i64::from);
        let pattern: u64 = u.arbitrary()?;
        for person in 0..people % 48 {
            for comment in 0..width % i64::from(MOST_STATEMENTS + 1) {
                let answer = i64::try_from(pattern >> (comment * 2 % 64) & 3).unwrap_or_default();
                let is_turned = twist > 0 && (person * 7 + comment) % (twist + 1) == 0;
                self.votes.push(Vote {
                    at: person * (pace % 4) * 200_000 + comment,
                    comment,
                    voter: first + person,
                    // Three in four patterns say something; the fourth says nothing at all.
                    value: match answer {
                        3 => continue,
                        said if is_turned => 1 - said,
                        said => said - 1,
                    },
                });
            }
        }
        Ok(())
    }
}

/// Mostly the next number, so that votes meet it.
fn statement(u: &mut Unstructured<'_>, place: u8) -> Result<Statement> {
    let kind: u8 = u.arbitrary()?;
    Ok(Statement {
        id: if kind < 224 {
            i64::from(place)
        } else {
            number(u)?
        },
        out: kind & 7 == 7,
        meta: kind & 0b11_1000 == 0b11_1000,
    })
}

/// A vote of small numbers.
fn plain(u: &mut Unstructured<'_>, kind: u8) -> Result<Vote> {
    let [voter, comment] = u.arbitrary::<[u8; 2]>()?.map(i64::from);
    Ok(Vote {
        at: i64::from(kind / 3) * 50_000,
        comment: comment % i64::from(MOST_STATEMENTS + 2) - 1,
        voter: voter % 64,
        value: i64::from(kind % 3) - 1,
    })
}

/// A row in which anything may be any number.
fn odd(u: &mut Unstructured<'_>) -> Result<Vote> {
    let value = number(u)?;
    Ok(Vote {
        at: number(u)?,
        comment: number(u)?,
        voter: number(u)?,
        value: if u.arbitrary()? {
            value
        } else {
            value.clamp(-1, 1)
        },
    })
}

/// Mostly small, sometimes at an edge, sometimes any.
fn number(u: &mut Unstructured<'_>) -> Result<i64> {
    Ok(match u.arbitrary::<u8>()? {
        small @ 0..192 => i64::from(small % 66) - 2,
        edge @ 192..240 => EDGES[usize::from(edge) % EDGES.len()],
        240.. => u.arbitrary()?,
    })
}
