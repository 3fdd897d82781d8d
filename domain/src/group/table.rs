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

/// The matrix. Rows are not empty.
#[derive(Debug)]
pub(super) struct Table {
    statements: Vec<Statement>,
    people: Vec<i64>,
    /// Where each row begins in `cells`, and the end.
    starts: Vec<usize>,
    /// Row by row, within a row by column.
    cells: Vec<Cell>,
}

impl Table {
    /// People stand in the order of their first vote, those of the same moment by id: later votes do not change the order of
    /// those who were there, and the order does not depend on how numbers were given.
    pub(super) fn new(statements: &[Statement], votes: &[Vote]) -> Self {
        let statements = distinct(statements);
        let columns = Index::new(statements.iter().map(|s| s.id).collect());
        let events: Vec<Event> = votes
            .iter()
            .filter_map(|v| Event::read(v, &columns))
            .collect();
        let voters = Index::new(events.iter().map(|e| e.voter).collect());
        let (mut first, mut sizes) = (vec![i64::MAX; voters.ids.len()], vec![0; voters.ids.len()]);
        let places: Vec<usize> = events
            .iter()
            .filter_map(|event| voters.find(event.voter))
            .collect();
        for (event, place) in events.iter().zip(&places) {
            first[*place] = first[*place].min(event.at);
            sizes[*place] += 1;
        }
        let mut order: Vec<usize> = (0..voters.ids.len()).collect();
        // Places are in the order of ids.
        order.sort_by_key(|place| (first[*place], *place));

        // A counting sort by person, then each person's few events by themselves.
        let mut begins = vec![0; order.len()];
        let mut end = 0;
        for place in &order {
            begins[*place] = end;
            end += sizes[*place];
        }
        let mut free = begins.clone();
        let mut sorted = events.clone();
        for (event, place) in events.iter().zip(&places) {
            sorted[free[*place]] = *event;
            free[*place] += 1;
        }
        let (mut starts, mut cells) = (vec![0], Vec::with_capacity(events.len()));
        for place in &order {
            let own = &mut sorted[begins[*place]..free[*place]];
            own.sort_unstable_by_key(|event| (event.cell.column, event.at, event.cell.value));
            let latest = own.chunk_by(|a, b| a.cell.column == b.cell.column);
            cells.extend(
                latest
                    .filter_map(|same| same.last())
                    .map(|event| event.cell),
            );
            starts.push(cells.len());
        }
        Self {
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

    /// For each statement: how many of these people agree, disagree, pass.
    pub(super) fn count(&self, rows: &[usize]) -> Vec<[u32; 3]> {
        let mut counts = vec![[0; 3]; self.statements.len()];
        for cell in rows.iter().flat_map(|row| self.row(*row)) {
            counts[cell.column][match cell.value {
                1 => 0,
                -1 => 1,
                _ => 2,
            }] += 1;
        }
        counts
    }
}

/// A vote that is one, with its column.
#[derive(Clone, Copy)]
struct Event {
    voter: i64,
    at: i64,
    cell: Cell,
}

impl Event {
    fn read(vote: &Vote, columns: &Index) -> Option<Self> {
        let value = i8::try_from(vote.value).ok()?;
        (-1..=1).contains(&value).then_some(())?;
        let column = columns.find(vote.comment)?;
        Some(Self {
            voter: vote.voter,
            at: vote.at,
            cell: Cell { column, value },
        })
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
