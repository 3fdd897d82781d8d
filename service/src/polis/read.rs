//! Reading the four files: every line is checked before anything is stored.

mod table;

use std::collections::{BTreeMap, BTreeSet};

use domain::polis::{Comment, Conversation, Moderated, Person, Vote, in_order};

use super::{Broken, COMMENTS, Fault, PEOPLE, SUMMARY, VOTES};
use table::{Line, broken};

pub(crate) use table::Table;

/// The bytes of the four files.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) comments: Vec<u8>,
    pub(super) votes: Vec<u8>,
    pub(super) people: Vec<u8>,
    pub(super) summary: Vec<u8>,
}

/// Reads a conversation; the first line that is broken ends it.
pub(super) fn conversation(files: &Files) -> Result<Conversation, Broken> {
    let mut conversation = summary(&files.summary)?;
    conversation.comments = comments(&files.comments)?;
    let known: BTreeSet<i64> = conversation.comments.iter().map(|c| c.id).collect();
    conversation.votes = votes(&files.votes, &known)?;
    in_order(&mut conversation.votes);
    conversation.people = people(&files.people, &known)?;
    Ok(conversation)
}

pub(crate) fn comments(bytes: &[u8]) -> Result<Vec<Comment>, Broken> {
    let mut table = Table::open(COMMENTS, bytes)?;
    let (at, id) = (table.column("timestamp")?, table.column("comment-id")?);
    let (author, moderated) = (table.column("author-id")?, table.column("moderated")?);
    let body = table.column("comment-body")?;
    let (is_seed, is_meta) = (table.find("is-seed"), table.find("is-meta"));
    let mut known = BTreeSet::new();
    let mut comments = Vec::new();
    while let Some(line) = table.next()? {
        let comment = Comment {
            id: line.number(id)?,
            at: moment(&line, at)?,
            author: line.text(author)?.trim().to_owned(),
            moderated: decision(&line, moderated)?,
            is_seed: is_true(&line, is_seed)?,
            is_meta: is_true(&line, is_meta)?,
            body: line.text(body)?.trim().to_owned(),
        };
        if comment.body.is_empty() {
            return Err(line.broken(Fault::NoText));
        }
        if !known.insert(comment.id) {
            return Err(line.broken(Fault::SecondComment(comment.id)));
        }
        comments.push(comment);
    }
    Ok(comments)
}

fn is_true(line: &Line<'_>, place: Option<usize>) -> Result<bool, Broken> {
    let Some(place) = place else {
        return Ok(false);
    };
    let text = line.text(place)?.trim();
    Ok(matches!(text, "true" | "True" | "TRUE" | "1" | "t"))
}

fn decision(line: &Line<'_>, place: usize) -> Result<Moderated, Broken> {
    let text = line.text(place)?.trim();
    if text.is_empty() {
        return Ok(Moderated::Unseen);
    }
    text.parse()
        .ok()
        .and_then(Moderated::of)
        .ok_or_else(|| line.broken(Fault::Moderated(text.to_owned())))
}

pub(crate) fn votes(bytes: &[u8], known: &BTreeSet<i64>) -> Result<Vec<Vote>, Broken> {
    let mut table = Table::open(VOTES, bytes)?;
    let (at, comment) = (table.column("timestamp")?, table.column("comment-id")?);
    let (voter, value) = (table.column("voter-id")?, table.column("vote")?);
    let mut votes = Vec::new();
    while let Some(line) = table.next()? {
        let vote = Vote {
            at: moment(&line, at)?,
            comment: line.number(comment)?,
            voter: line.number(voter)?,
            value: line.vote(value)?.ok_or_else(|| {
                line.broken(Fault::Vote {
                    column: "vote".to_owned(),
                    value: String::new(),
                })
            })?,
        };
        if !known.contains(&vote.comment) {
            return Err(line.broken(Fault::UnknownComment(vote.comment)));
        }
        votes.push(vote);
    }
    Ok(votes)
}

fn people(bytes: &[u8], known: &BTreeSet<i64>) -> Result<Vec<Person>, Broken> {
    let mut table = Table::open(PEOPLE, bytes)?;
    let participant = table.column("participant")?;
    // Every column whose name is a number is a statement; names such as `xid` or `n-votes` are not.
    let statements: Vec<(usize, i64)> = table
        .heads()
        .enumerate()
        .filter_map(|(place, name)| name.parse().ok().map(|id| (place, id)))
        .collect();
    let mut seen = BTreeSet::new();
    let mut people = Vec::new();
    while let Some(line) = table.next()? {
        let id = line.number(participant)?;
        if !seen.insert(id) {
            return Err(line.broken(Fault::SecondPerson(id)));
        }
        let mut cells = BTreeMap::new();
        for (place, comment) in &statements {
            if let Some(value) = line.vote(*place)? {
                if !known.contains(comment) {
                    return Err(line.broken(Fault::UnknownComment(*comment)));
                }
                cells.insert(*comment, value);
            }
        }
        people.push(Person { id, cells });
    }
    Ok(people)
}

fn summary(bytes: &[u8]) -> Result<Conversation, Broken> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut table = Table::without_head(SUMMARY, bytes)?;
    while let Some(line) = table.next()? {
        if line.cells() > 1 {
            found.insert(
                line.text(0)?.trim().to_owned(),
                line.text(1)?.trim().to_owned(),
            );
        }
    }
    let topic = found
        .remove("topic")
        .ok_or_else(|| broken(SUMMARY, 1, Fault::NoKey("topic")))?;
    Ok(Conversation {
        topic: topic.split_whitespace().collect::<Vec<_>>().join(" "),
        url: found.remove("url").unwrap_or_default(),
        description: found.remove("conversation-description").unwrap_or_default(),
        ..Conversation::default()
    })
}

/// The year 10000: a number beyond it is no timestamp of ours.
const END_OF_TIME: i64 = 253_402_300_800_000;

fn moment(line: &Line<'_>, place: usize) -> Result<i64, Broken> {
    let at = line.number(place)?;
    if (0..END_OF_TIME).contains(&at) {
        Ok(at)
    } else {
        Err(line.broken(Fault::Moment(at)))
    }
}
