//! The votes that count, as a sparse matrix: people in canonical order as rows, statements by id as columns.

use super::Statement;
use crate::polis::Vote;

/// A vote in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Place of the statement.
    pub(super) column: usize,
    /// 1, −1 or 0.
    pub(super) value: i8,
}

impl Cell {
    /// Its place in a count: agree, disagree, pass.
    const fn answer(self) -> usize {
        match self.value {
            1 => 0,
            -1 => 1,
            _ => 2,
        }
    }
}

/// The matrix. Rows are not empty.
#[derive(Debug)]
pub(super) struct Table {
    statements: Vec<Statement>,
    people: Vec<i64>,
    /// Where each row begins in `cells`, and the end.
    starts: Vec<usize>,
    /// Row by row, within a row by column.
    cells: Vec<Cell>,
    /// For each statement: how many agree, disagree, pass.
    totals: Vec<[u32; 3]>,
}

impl Table {
    /// People stand in the order of their first vote, those of the same moment by id: later votes do not change the order of
    /// those who were there, and the order does not depend on how numbers were given.
    pub(super) fn new(statements: &[Statement], votes: &[Vote]) -> Self {
        let statements = distinct(statements);
        let columns = Index::new(statements.iter().map(|s| s.id).collect());
        let voters = Index::new(votes.iter().map(|vote| vote.voter).collect());
        let mut events = Vec::with_capacity(votes.len());
        events.extend(
            votes
                .iter()
                .filter_map(|v| Event::read(v, &columns, &voters)),
        );
        let mut first = vec![None; voters.ids.len()];
        for event in &events {
            let first: &mut Option<i64> = &mut first[event.person];
            *first = Some(first.map_or(event.at, |at| at.min(event.at)));
        }
        // Places are in the order of ids. Who has no vote that counts is not in the table.
        let mut order: Vec<usize> = (0..first.len()).filter(|p| first[*p].is_some()).collect();
        order.sort_by_key(|place| (first[*place], *place));
        let mut rows = vec![0; first.len()];
        for (row, place) in order.iter().enumerate() {
            rows[*place] = row;
        }
        // By column, then by row, each without comparing.
        let all: Vec<usize> = (0..events.len()).collect();
        let by_column = sorted(&all, statements.len(), |n| events[n].cell.column);
        let by_row = sorted(&by_column, order.len(), |n| rows[events[n].person]);
        let mut starts = vec![0; order.len() + 1];
        let mut cells: Vec<Cell> = Vec::with_capacity(events.len());
        let mut before: Option<Event> = None;
        for event in by_row.into_iter().map(|n| events[n]) {
            match before {
                Some(last) if last.is_beside(&event) => {
                    if event.is_later(&last) {
                        cells.pop();
                    } else {
                        continue;
                    }
                }
                _ => {}
            }
            cells.push(event.cell);
            starts[rows[event.person] + 1] = cells.len();
            before = Some(event);
        }
        let mut totals = vec![[0; 3]; statements.len()];
        for cell in &cells {
            totals[cell.column][cell.answer()] += 1;
        }
        Self {
            totals,
            people: order.iter().map(|place| voters.ids[*place]).collect(),
            statements,
            starts,
            cells,
        }
    }

    /// By id, each once.
    pub(super) fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// In canonical order.
    pub(super) fn people(&self) -> &[i64] {
        &self.people
    }

    /// Votes that count.
    pub(super) const fn len(&self) -> usize {
        self.cells.len()
    }

    /// A person's votes, by column.
    pub(super) fn row(&self, row: usize) -> &[Cell] {
        &self.cells[self.starts[row]..self.starts[row + 1]]
    }

    /// For each statement: how many agree, disagree, pass.
    pub(super) fn totals(&self) -> &[[u32; 3]] {
        &self.totals
    }

    /// For each statement: how many of these people agree, disagree, pass.
    pub(super) fn count(&self, rows: &[usize]) -> Vec<[u32; 3]> {
        let mut counts = vec![[0; 3]; self.statements.len()];
        for cell in rows.iter().flat_map(|row| self.row(*row)) {
            counts[cell.column][cell.answer()] += 1;
        }
        counts
    }
}

/// A vote that is one, with its column and the place of its voter.
#[derive(Clone, Copy)]
struct Event {
    person: usize,
    at: i64,
    cell: Cell,
}

impl Event {
    /// Of the same person on the same statement.
    const fn is_beside(&self, other: &Self) -> bool {
        self.person == other.person && self.cell.column == other.cell.column
    }

    /// Of the same moment the greater value counts.
    fn is_later(&self, other: &Self) -> bool {
        (self.at, self.cell.value) > (other.at, other.cell.value)
    }

    fn read(vote: &Vote, columns: &Index, voters: &Index) -> Option<Self> {
        let value = i8::try_from(vote.value).ok()?;
        (-1..=1).contains(&value).then_some(())?;
        let column = columns.find(vote.comment)?;
        Some(Self {
            person: voters.find(vote.voter)?,
            at: vote.at,
            cell: Cell { column, value },
        })
    }
}

/// A counting sort of places by a number below `size`; equal ones stay in their order.
fn sorted(places: &[usize], size: usize, key: impl Fn(usize) -> usize) -> Vec<usize> {
    let mut free = vec![0; size + 1];
    for place in places {
        free[key(*place) + 1] += 1;
    }
    for n in 1..free.len() {
        free[n] += free[n - 1];
    }
    let mut sorted = vec![0; places.len()];
    for place in places {
        let next = &mut free[key(*place)];
        sorted[*next] = *place;
        *next += 1;
    }
    sorted
}

/// By id, each once; left out if it is so anywhere.
fn distinct(statements: &[Statement]) -> Vec<Statement> {
    let mut all = statements.to_vec();
    all.sort_by_key(|statement| statement.id);
    all.chunk_by(|a, b| a.id == b.id)
        .map(|same| Statement {
            id: same[0].id,
            out: same.iter().any(|s| s.out),
            meta: same.iter().any(|s| s.meta),
        })
        .collect()
}

/// Ids in order, and where each is. Numbers that lie close together, as those of exports do, are found without a search.
struct Index {
    ids: Vec<i64>,
    direct: Option<Vec<usize>>,
}

/// Stands for "not there".
const NOWHERE: usize = usize::MAX;

impl Index {
    fn new(mut ids: Vec<i64>) -> Self {
        let (least, given) = (ids.iter().min().copied(), ids.len());
        let most = ids.iter().max().copied();
        let width = least
            .zip(most)
            .and_then(|(least, most)| usize::try_from(most.checked_sub(least)?).ok())
            .filter(|width| *width / 4 <= given)
            .map(|width| width + 1);
        let Some((least, width)) = least.zip(width) else {
            ids.sort_unstable();
            ids.dedup();
            return Self { ids, direct: None };
        };
        let mut direct = vec![NOWHERE; width];
        for id in &ids {
            if let Some(place) = offset(*id, least) {
                direct[place] = 0;
            }
        }
        let mut ids = Vec::new();
        for (id, place) in (least..).zip(&mut direct) {
            if *place != NOWHERE {
                *place = ids.len();
                ids.push(id);
            }
        }
        Self {
            ids,
            direct: Some(direct),
        }
    }

    fn find(&self, id: i64) -> Option<usize> {
        match &self.direct {
            Some(direct) => {
                let place = offset(id, *self.ids.first()?)?;
                direct.get(place).copied().filter(|p| *p != NOWHERE)
            }
            None => self.ids.binary_search(&id).ok(),
        }
    }
}

fn offset(id: i64, least: i64) -> Option<usize> {
    usize::try_from(id.checked_sub(least)?).ok()
}
