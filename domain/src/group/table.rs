//! The votes that count, as a sparse matrix: people in canonical order as rows, statements by id as columns.

use super::Statement;
use crate::polis::Vote;

/// A vote in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    column: u32,
    /// 1, −1 or 0.
    pub(super) value: i8,
}

impl Cell {
    /// Place of the statement.
    pub(super) fn column(self) -> usize {
        place(self.column)
    }

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
        let columns = Index::new(statements.iter().map(|s| s.id));
        let voters = Index::new(votes.iter().map(|vote| vote.voter));
        let mut events = Vec::with_capacity(votes.len());
        let mut first = vec![i64::MAX; voters.ids.len()];
        let mut many = vec![0_usize; voters.ids.len()];
        for vote in votes {
            let Some((person, event)) = Event::read(vote, &columns, &voters) else {
                continue;
            };
            let began = &mut first[place(person)];
            *began = event.at.min(*began);
            many[place(person)] += 1;
            events.push((person, event));
        }
        // Places are in the order of ids. Who has no vote that counts is not in the table.
        let mut order: Vec<usize> = (0..first.len()).filter(|p| many[*p] > 0).collect();
        order.sort_by_key(|place| (first[*place], *place));
        // A counting sort by person, in canonical order.
        let mut free = vec![0; first.len()];
        let mut end = 0;
        for place in &order {
            free[*place] = end;
            end += many[*place];
        }
        let mut sorted = vec![Event::NONE; events.len()];
        for (person, event) in &events {
            let free = &mut free[place(*person)];
            sorted[*free] = *event;
            *free += 1;
        }
        let mut starts = vec![0];
        let mut cells = Vec::with_capacity(events.len());
        let mut latest = Latest::new(statements.len());
        for place in &order {
            latest.take(
                &sorted[free[*place] - many[*place]..free[*place]],
                &mut cells,
            );
            starts.push(cells.len());
        }
        let mut totals = vec![[0; 3]; statements.len()];
        for cell in &cells {
            totals[cell.column()][cell.answer()] += 1;
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
            counts[cell.column()][cell.answer()] += 1;
        }
        counts
    }
}

/// A vote that is one, with its column.
#[derive(Clone, Copy)]
struct Event {
    at: i64,
    column: u32,
    value: i8,
}

impl Event {
    const NONE: Self = Self {
        at: 0,
        column: 0,
        value: 0,
    };

    /// With the place of its voter.
    fn read(vote: &Vote, columns: &Index, voters: &Index) -> Option<(u32, Self)> {
        let value = i8::try_from(vote.value).ok()?;
        (-1..=1).contains(&value).then_some(())?;
        let event = Self {
            at: vote.at,
            column: columns.find(vote.comment)?,
            value,
        };
        Some((voters.find(vote.voter)?, event))
    }
}

/// Finds the latest vote on each statement: one slot for each column, and which of them are in use, a bit each.
struct Latest {
    slots: Vec<Event>,
    used: Vec<u64>,
}

impl Latest {
    fn new(columns: usize) -> Self {
        Self {
            slots: vec![Event::NONE; columns],
            used: vec![0; columns.div_ceil(64)],
        }
    }

    /// Appends what counts of a person's votes, by column.
    fn take(&mut self, events: &[Event], cells: &mut Vec<Cell>) {
        for event in events {
            let column = place(event.column);
            let (word, bit) = (&mut self.used[column / 64], 1 << (column % 64));
            let slot = &mut self.slots[column];
            if *word & bit == 0 || (event.at, event.value) > (slot.at, slot.value) {
                *slot = *event;
                *word |= bit;
            }
        }
        for (n, word) in self.used.iter_mut().enumerate() {
            while *word != 0 {
                let bit = word.trailing_zeros();
                *word &= *word - 1;
                let slot = self.slots[n * 64 + place(bit)];
                cells.push(Cell {
                    column: slot.column,
                    value: slot.value,
                });
            }
        }
    }
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
    /// By the distance from the least id.
    direct: Option<Vec<u32>>,
}

/// Stands for "not there". There is no room for as many votes.
const NOWHERE: u32 = u32::MAX;

impl Index {
    fn new(ids: impl ExactSizeIterator<Item = i64> + Clone) -> Self {
        let given = ids.len();
        let (least, most) = ids
            .clone()
            .fold((i64::MAX, i64::MIN), |(l, m), id| (id.min(l), id.max(m)));
        let width = usize::try_from(most.checked_sub(least).unwrap_or(-1)).ok();
        let Some(width) = width.filter(|width| *width / 4 <= given) else {
            let mut ids: Vec<i64> = ids.collect();
            ids.sort_unstable();
            ids.dedup();
            return Self { ids, direct: None };
        };
        let mut direct = vec![NOWHERE; width + 1];
        for id in ids {
            if let Some(place) = offset(id, least) {
                direct[place] = 0;
            }
        }
        let mut ids = Vec::new();
        // With its end, since no number may follow on the last.
        let there = (least..=most).zip(&mut direct);
        for (n, (id, place)) in (0..).zip(there.filter(|(_, place)| **place != NOWHERE)) {
            *place = n;
            ids.push(id);
        }
        Self {
            ids,
            direct: Some(direct),
        }
    }

    fn find(&self, id: i64) -> Option<u32> {
        match &self.direct {
            Some(direct) => {
                let place = offset(id, *self.ids.first()?)?;
                direct.get(place).copied().filter(|p| *p != NOWHERE)
            }
            None => u32::try_from(self.ids.binary_search(&id).ok()?).ok(),
        }
    }
}

fn offset(id: i64, least: i64) -> Option<usize> {
    usize::try_from(id.checked_sub(least)?).ok()
}

/// A place in a list is as wide as the machine, which has 32 bits or more.
fn place(short: u32) -> usize {
    usize::try_from(short).unwrap_or(usize::MAX)
}
