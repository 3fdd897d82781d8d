//! A conversation in a folder: an export of Polis, or its tables as JSON.

use std::{collections::BTreeSet, path::Path};

use domain::{
    group::Statement,
    polis::{Comment, Moderated},
};

use super::{Poll, ReadError, fixture};
use crate::polis::{COMMENTS, VOTES, read};

/// Reads `comments.csv` and `votes.csv`, or `comments.json` and `votes.json` where there are no CSV files. What else is in
/// the folder does not matter.
pub fn read_folder(dir: &Path) -> Result<Poll, ReadError> {
    if !dir.join(COMMENTS).is_file() && dir.join(fixture::COMMENTS).is_file() {
        return fixture::read(dir);
    }
    let comments = read::comments(&ReadError::read(dir.join(COMMENTS))?)?;
    let known: BTreeSet<i64> = comments.iter().map(|comment| comment.id).collect();
    let votes = read::votes(&ReadError::read(dir.join(VOTES))?, &known)?;
    Ok(Poll {
        statements: comments.iter().map(statement).collect(),
        texts: comments.into_iter().map(|c| (c.id, c.body)).collect(),
        votes,
    })
}

/// Out is what moderators rejected. What nobody moderated counts: if it was hidden for that, nobody voted on it.
fn statement(comment: &Comment) -> Statement {
    Statement {
        id: comment.id,
        out: comment.moderated == Moderated::Rejected,
        meta: comment.is_meta,
    }
}
