//! Several small lists in one statement: rows that say what they are.
//!
//! A statement costs a hop to another thread on SQLite and a trip to the server on PostgreSQL, however little it reads. What
//! a page shows at once is therefore read at once: each feature names its parts in a macro of text (`select`s with
//! `union all` between them), [`parts!`] puts them together, and each feature takes its own rows out of [`Parts`].

use std::collections::BTreeMap;

use super::{Result, Tx, Value};

/// A row. What the columns mean is said where the part is selected; they come in this order.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Part {
    /// Which part it belongs to.
    pub(crate) kind: String,
    /// Mostly an identity.
    pub(crate) id: String,
    /// A text.
    pub(crate) a: String,
    /// Another.
    pub(crate) b: String,
    /// A third.
    pub(crate) c: String,
    /// A number or an instant.
    pub(crate) n: i64,
    /// The rows of a part are in this order, then by `id`.
    pub(crate) place: i64,
}

/// The text of a statement with the parts of these macros: `sql!(parts!(around_parts, ballot_parts))`.
///
/// By agreement `$1` is what the page is about and `$2` the account of the reader, null when nobody is signed in.
macro_rules! parts {
    ($($parts:ident),+ $(,)?) => {
        concat!(
            // Without a row: it gives the columns their names, and on PostgreSQL their types.
            "select kind, id, a, b, c, n, place from (
                 select '' as kind, '' as id, '' as a, '' as b, '' as c, cast(0 as bigint) as n, cast(0 as bigint) as place
                 where false",
            $(" union all ", $parts!(),)+
            ") parts order by kind, place, id"
        )
    };
}

pub(crate) use parts;

/// The rows of such a statement.
#[derive(Debug)]
pub(crate) struct Parts(BTreeMap<String, Vec<Part>>);

impl Parts {
    /// Runs the statement.
    pub(crate) async fn read(tx: &mut Tx, sql: &'static str, values: Vec<Value>) -> Result<Self> {
        let mut parts = BTreeMap::<String, Vec<Part>>::new();
        for row in tx.all::<Part>(sql, values).await? {
            match parts.get_mut(&row.kind) {
                Some(rows) => rows.push(row),
                None => drop(parts.insert(row.kind.clone(), vec![row])),
            }
        }
        Ok(Self(parts))
    }

    /// Takes the rows of a part out.
    pub(crate) fn take(&mut self, part: &str) -> Vec<Part> {
        self.0.remove(part).unwrap_or_default()
    }

    /// Takes the only row of a part out.
    pub(crate) fn one(&mut self, part: &str) -> Option<Part> {
        self.take(part).pop()
    }

    /// The number of a part that is one; 0 when it is not there.
    pub(crate) fn number(&mut self, part: &str) -> i64 {
        self.one(part).map_or(0, |row| row.n)
    }
}
