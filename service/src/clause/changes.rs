//! What changed between two versions, clause by clause and word by word.

use domain::clause::{Change, Clause, Text, carry};
use similar::{ChangeTag, TextDiff};

/// A clause and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What happened.
    pub change: Change,
    /// The clause in the old version; `None` for a new one.
    pub before: Option<Clause>,
    /// The clause in the new version; `None` when it has gone.
    pub after: Option<Clause>,
    /// The text word by word, where it was reworded; empty otherwise.
    pub words: Vec<Piece>,
}

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Kept(String),
    /// In the new text alone.
    Added(String),
    /// In the old text alone.
    Removed(String),
}

/// Compares two versions. Rows follow the new one; a clause that has gone stands where it stood.
pub fn changes(old: &Text, new: &Text) -> Vec<Changed> {
    carry::compare(&old.clauses, &new.clauses)
        .into_iter()
        .map(|row| {
            let before = row.before.map(|place| old.clauses[place].clone());
            let after = row.after.map(|place| new.clauses[place].clone());
            let words = match (row.change, &before, &after) {
                // A heading that stayed stands above the words already.
                (Change::Reworded, Some(before), Some(after))
                    if before.heading == after.heading && before.body != after.body =>
                {
                    words(&before.body, &after.body)
                }
                (Change::Reworded, Some(before), Some(after)) => {
                    words(&whole(before), &whole(after))
                }
                _ => Vec::new(),
            };
            Changed {
                change: row.change,
                before,
                after,
                words,
            }
        })
        .collect()
}

/// Compares two texts word by word; neighbours of one kind come as one piece.
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let word = change.value();
        match (change.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Kept(text)))
            | (ChangeTag::Insert, Some(Piece::Added(text)))
            | (ChangeTag::Delete, Some(Piece::Removed(text))) => text.push_str(word),
            (ChangeTag::Equal, _) => pieces.push(Piece::Kept(word.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(Piece::Added(word.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(Piece::Removed(word.to_owned())),
        }
    }
    pieces
}

fn whole(clause: &Clause) -> String {
    if clause.heading.is_empty() {
        clause.body.clone()
    } else {
        format!("{}\n\n{}", clause.heading, clause.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_and_nothing_is_lost() {
        let (before, after) = (
            "Iuran Rp15.000 setiap bulan.",
            "Iuran Rp10.000 setiap dua bulan.",
        );
        let pieces = words(before, after);
        let side = |new: bool| -> String {
            pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Kept(text) => Some(text.as_str()),
                    Piece::Added(text) => new.then_some(text.as_str()),
                    Piece::Removed(text) => (!new).then_some(text.as_str()),
                })
                .collect()
        };
        assert_eq!(side(false), before);
        assert_eq!(side(true), after);
        assert!(
            pieces.contains(&Piece::Removed("Rp15.000".into())),
            "{pieces:?}"
        );
        assert!(
            pieces.contains(&Piece::Added("Rp10.000".into())),
            "{pieces:?}"
        );
    }
}
