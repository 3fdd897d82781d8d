//! The votes that count, as a sparse matrix: people in canonical order as rows, statements by id as columns.

use super::Statement;
use crate::polis::Vote;

/// A vote in its row: four times the place of the statement, and the place of the answer in a count. There is no room for 2³⁰
/// statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell(u32);

impl Cell {
    /// Cells that a statement has room for: one more than answers, so that places are quickly found.
    pub(super) const SLOTS: usize = 4;

    /// Nothing for what is no vote.
    fn new(column: u32, value: i64) -> Option<Self> {
        let answer = match value {
            1 => 0,
            -1 => 1,
            0 => 2,
            _ => return None,
        };
        Some(Self(column * 4 + answer))
    }

    /// Those of a statement, in the order of [`Self::index`].
    pub(super) fn of(column: usize) -> [Option<Self>; Self::SLOTS] {
        [1, -1, 0, i64::MAX].map(|value| Self::new(short(column), value))
    }

    /// The same answer on another statement.
    pub(super) fn in_column(self, column: usize) -> Self {
        Self(short(column) * 4 + self.0 % 4)
    }

    /// Its place in a list of all cells.
    pub(super) fn index(self) -> usize {
        place(self.0)
    }

    /// Place of the statement.
    pub(super) fn column(self) -> usize {
        place(self.0 / 4)
    }

    /// Its place in a count: agree, disagree, pass.
    pub(super) fn answer(self) -> usize {
        place(self.0 % 4)
    }

    /// 1, −1 or 0.
    pub(super) fn value(self) -> i8 {
        [1, -1, 0, 0][self.answer()]
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
        // A counting sort by person: room for all of a person's votes, filled with those that count. Places are in the order
        // of ids.
        let mut people = vec![Person::NEW; voters.ids.len()];
        let mut end = 0;
        for (person, many) in people.iter_mut().zip(&voters.many) {
            (person.start, person.end) = (end, end);
            end += place(*many);
        }
        let mut sorted = vec![Event::NONE; end];
        for (n, vote) in (0..).zip(votes) {
            let column = columns.find(vote.comment);
            let Some(cell) = column.and_then(|column| Cell::new(column, vote.value)) else {
                continue;
            };
            let Some(person) = voters.find(vote.voter) else {
                continue;
            };
            let event = Event { vote: n, cell };
            let person = &mut people[place(person)];
            person.first = vote.at.min(person.first);
            sorted[person.end] = event;
            person.end += 1;
        }
        // Who has no vote that counts is not in the table.
        let there = people.iter().zip(&voters.ids);
        let mut order: Vec<(Person, i64)> = there
            .filter(|(person, _)| person.end > person.start)
            .map(|(person, id)| (*person, *id))
            .collect();
        order.sort_unstable_by_key(|(person, id)| (person.first, *id));
        let mut starts = vec![0];
        let mut cells = Vec::with_capacity(end);
        let mut latest = Latest::new(statements.len());
        for (person, _) in &order {
            latest.take(votes, &sorted[person.start..person.end], &mut cells);
            starts.push(cells.len());
        }
        Self {
            totals: count(statements.len(), &cells),
            people: order.iter().map(|(_, id)| *id).collect(),
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
        let cells = rows.iter().flat_map(|row| self.row(*row));
        count(self.statements.len(), cells)
    }
}

/// For each statement: how many of these votes agree, disagree, pass.
fn count<'a>(columns: usize, cells: impl IntoIterator<Item = &'a Cell>) -> Vec<[u32; 3]> {
    let mut counts = vec![0; columns * Cell::SLOTS];
    for cell in cells {
        counts[cell.index()] += 1;
    }
    let (counts, _) = counts.as_chunks::<{ Cell::SLOTS }>();
    counts.iter().map(|[a, d, p, _]| [*a, *d, *p]).collect()
}

/// Somebody's votes while they are sorted.
#[derive(Clone, Copy)]
struct Person {
    /// The moment of the first of them that counts.
    first: i64,
    /// Where they begin, and where those that were put there end.
    start: usize,
    end: usize,
}

impl Person {
    const NEW: Self = Self {
        first: i64::MAX,
        start: 0,
        end: 0,
    };
}

/// A vote that is one, with its place in the list.
#[derive(Clone, Copy)]
struct Event {
    vote: u32,
    cell: Cell,
}

impl Event {
    const NONE: Self = Self {
        vote: 0,
        cell: Cell(0),
    };

    /// Which of two counts: the later one, of those of the same moment the one with the greater value.
    fn rank(self, votes: &[Vote]) -> (i64, i64) {
        let vote = &votes[place(self.vote)];
        (vote.at, vote.value)
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
    fn take(&mut self, votes: &[Vote], events: &[Event], cells: &mut Vec<Cell>) {
        // As an export by statements brings them, for most people there is nothing to find.
        if events.is_sorted_by(|a, b| a.cell.column() < b.cell.column()) {
            cells.extend(events.iter().map(|event| event.cell));
            return;
        }
        for event in events {
            let column = event.cell.column();
            let (word, bit) = (&mut self.used[column / 64], 1 << (column % 64));
            let slot = &mut self.slots[column];
            if *word & bit == 0 || event.rank(votes) > slot.rank(votes) {
                *slot = *event;
                *word |= bit;
            }
        }
        for (n, word) in self.used.iter_mut().enumerate() {
            while *word != 0 {
                let bit = word.trailing_zeros();
                *word &= *word - 1;
                let column = n * 64 + place(bit);
                cells.push(self.slots[column].cell);
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
    /// How often each was given.
    many: Vec<u32>,
    least: i64,
    /// The place of an id by its distance from the least one; empty where they are searched.
    direct: Vec<u32>,
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
        let mut index = Self {
            ids: Vec::new(),
            many: Vec::new(),
            least,
            direct: Vec::new(),
        };
        let Some(width) = width.filter(|width| *width / 4 <= given) else {
            let mut all: Vec<i64> = ids.collect();
            all.sort_unstable();
            for same in all.chunk_by(|a, b| a == b) {
                index.ids.push(same[0]);
                index.many.push(short(same.len()));
            }
            return index;
        };
        // First how often, then where.
        index.direct.resize(width + 1, 0);
        for id in ids {
            index.direct[distance(id, least)] += 1;
        }
        // With its end, since no number may follow on the last.
        for (id, many) in (least..=most).zip(&mut index.direct) {
            if *many == 0 {
                *many = NOWHERE;
            } else {
                index
                    .many
                    .push(std::mem::replace(many, short(index.ids.len())));
                index.ids.push(id);
            }
        }
        index
    }

    fn find(&self, id: i64) -> Option<u32> {
        if self.direct.is_empty() {
            return self.ids.binary_search(&id).ok().map(short);
        }
        let found = self.direct.get(distance(id, self.least));
        found.copied().filter(|place| *place != NOWHERE)
    }
}

/// From the least id; of a smaller one, farther than any list is long.
fn distance(id: i64, least: i64) -> usize {
    usize::try_from(id.wrapping_sub(least).cast_unsigned()).unwrap_or(usize::MAX)
}

/// There is no room for 2³² votes.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NOWHERE)
}

/// A place in a list is as wide as the machine, which has 32 bits or more.
fn place(short: u32) -> usize {
    usize::try_from(short).unwrap_or(usize::MAX)
}
