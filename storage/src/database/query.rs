//! Queries that are put together from fixed pieces: filters and lists. Text of a person cannot get in.

use std::fmt::Write as _;

use super::Value;

/// A query under construction. Its text comes from `&'static str` alone; everything else is a value.
#[derive(Debug, Default)]
pub struct Query {
    text: String,
    values: Vec<Value>,
}

impl Query {
    /// Begins with a piece of text.
    pub fn new(piece: &'static str) -> Self {
        Self::default().push(piece)
    }

    /// Adds a piece of text, with a blank before it.
    #[must_use]
    pub fn push(mut self, piece: &'static str) -> Self {
        self.text.push(' ');
        self.text.push_str(piece);
        self
    }

    /// Adds a value as the next `$n`.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        let _ = write!(self.text, " ${}", self.values.len());
        self
    }

    /// Adds a list in brackets, for `in`; nothing is in an empty one.
    #[must_use]
    pub fn list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.text.push_str(" (");
        let start = self.values.len();
        for value in values {
            if self.values.len() > start {
                self.text.push_str(", ");
            }
            self.values.push(value.into());
            let _ = write!(self.text, "${}", self.values.len());
        }
        if self.values.len() == start {
            self.text.push_str("null");
        }
        self.text.push(')');
        self
    }

    pub(super) fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_its_values_and_survives_an_empty_list() {
        let query = Query::new("select 1 where a =")
            .bind("x")
            .push("and b in")
            .list(["y", "z"])
            .push("and c in")
            .list(Vec::<&str>::new());
        let (text, values) = query.into_parts();
        assert_eq!(
            text,
            " select 1 where a = $1 and b in ($2, $3) and c in (null)"
        );
        assert_eq!(values.len(), 3);
    }
}
