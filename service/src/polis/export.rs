//! An export in Polis's own files, which Polis's tools and [`import`](super::import) read.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use domain::{
    Actor, ParticipantId, Timestamp, Zone,
    consultation::{Consultation, Phase},
    polis::{Vote, latest},
    statement::Status,
};
use storage::{
    Tx,
    statement::{Event, ImportedStatement},
};

use super::{COMMENTS, ExportError, PEOPLE, SUMMARY, VOTES};
use crate::{Conflict, Error, Service};

/// What an export wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The files.
    pub files: Vec<PathBuf>,
    /// Statements.
    pub statements: i64,
    /// People.
    pub participants: i64,
    /// Votes, re-votes too.
    pub votes: i64,
}

/// Writes the statements of a consultation and how they were judged into `dir`, as four Polis files.
///
/// Of an imported conversation everything goes out under the numbers with which it came in. Of the city's own people are
/// numbered in the order in which they joined, a vote tells its day and not its moment, and only public statements go out.
/// Errors: [`Conflict::StillOpen`] while counts are hidden, but for [`Actor::System`].
pub async fn export(
    service: &Service,
    actor: &Actor,
    slug: &str,
    dir: &Path,
) -> Result<Exported, ExportError> {
    let whole = {
        let mut tx = service.read().await?;
        let consultation = crate::consultation::get(service, &mut tx, actor, slug).await?;
        let now = service.now();
        let open = consultation.phase(now) < Phase::Closed;
        if open && !consultation.counts_visible(now, false) && *actor != Actor::System {
            return Err(Error::Conflict(Conflict::StillOpen).into());
        }
        Whole::read(&mut tx, consultation).await?
    };
    let written = [
        (COMMENTS, whole.comments()),
        (VOTES, whole.votes_file()),
        (PEOPLE, whole.people_file()),
        (SUMMARY, whole.summary()),
    ];
    let failed = |path: &Path, source| ExportError::File {
        path: path.to_owned(),
        source,
    };
    tokio::fs::create_dir_all(dir)
        .await
        .map_err(|e| failed(dir, e))?;
    let mut files = Vec::new();
    for (name, rows) in written {
        let (path, part) = (dir.join(name), dir.join(format!("{name}.part")));
        // Under another name first: a file that is there is whole.
        tokio::fs::write(&part, table(rows))
            .await
            .map_err(|e| failed(&part, e))?;
        tokio::fs::rename(&part, &path)
            .await
            .map_err(|e| failed(&path, e))?;
        files.push(path);
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Exported {
        files,
        statements: count(whole.statements.len()),
        participants: count(whole.people.len()),
        votes: count(whole.votes.len()),
    })
}

/// Everything that goes out, under the numbers under which it goes out.
pub(crate) struct Whole {
    consultation: Consultation,
    body: String,
    /// Each with its author's number.
    pub(crate) statements: Vec<(ImportedStatement, String)>,
    people: Vec<i64>,
    pub(crate) votes: Vec<Vote>,
}

impl Whole {
    pub(crate) async fn read(
        tx: &mut Tx,
        consultation: Consultation,
    ) -> Result<Self, storage::Error> {
        let id = &consultation.id;
        let body = storage::consultation::body(tx, id).await?;
        let found = storage::statement::people(tx, id).await?;
        let is_import = found.iter().any(|(_, external, _)| external.is_some())
            || storage::consultation::source_digest(tx, &consultation.slug)
                .await?
                .is_some_and(|(_, digest)| !digest.is_empty());
        let numbers = numbers(&found);
        let statements: Vec<(ImportedStatement, String)> = storage::statement::statements(tx, id)
            .await?
            .into_iter()
            // What waits or was not taken in the city's own consultations is nobody's open data.
            .filter(|(s, _)| is_import || s.status == Status::Accepted)
            .map(|(s, by)| {
                let author = s
                    .author
                    .clone()
                    .or_else(|| by.and_then(|by| numbers.get(&by)).map(ToString::to_string));
                (s, author.unwrap_or_default())
            })
            .collect();
        let by_id: BTreeMap<&str, i64> = statements
            .iter()
            .map(|(s, _)| (s.id.as_str(), s.number))
            .collect();
        let events = storage::statement::events(tx, id).await?;
        let votes = votes(&events, &by_id, &numbers, is_import);
        let mut people: Vec<i64> = numbers.values().copied().collect();
        people.sort_unstable();
        Ok(Self {
            people,
            votes,
            statements,
            body,
            consultation,
        })
    }

    fn comments(&self) -> Vec<Vec<String>> {
        // As Polis counts: every vote, re-votes too.
        let mut counts: BTreeMap<(i64, i64), i64> = BTreeMap::new();
        for vote in &self.votes {
            *counts.entry((vote.comment, vote.value)).or_default() += 1;
        }
        let count = |number, value| {
            counts
                .get(&(number, value))
                .copied()
                .unwrap_or(0)
                .to_string()
        };
        let head = [
            "timestamp",
            "datetime",
            "comment-id",
            "author-id",
            "agrees",
            "disagrees",
            "moderated",
            "is-seed",
            "comment-body",
        ];
        let rows = self.statements.iter().map(|(s, author)| {
            vec![
                s.created_at.0.to_string(),
                s.created_at.rfc3339(),
                s.number.to_string(),
                author.clone(),
                count(s.number, 1),
                count(s.number, -1),
                (if s.status == Status::Rejected {
                    "-1"
                } else {
                    "1"
                })
                .to_owned(),
                s.is_seed.to_string(),
                s.body.clone(),
            ]
        });
        with_head(&head, rows)
    }

    fn votes_file(&self) -> Vec<Vec<String>> {
        let rows = self.votes.iter().map(|vote| {
            vec![
                vote.at.to_string(),
                Timestamp(vote.at).rfc3339(),
                vote.comment.to_string(),
                vote.voter.to_string(),
                vote.value.to_string(),
            ]
        });
        with_head(
            &["timestamp", "datetime", "comment-id", "voter-id", "vote"],
            rows,
        )
    }

    fn people_file(&self) -> Vec<Vec<String>> {
        let latest = latest(&self.votes);
        let head: Vec<String> = [
            "participant",
            "group-id",
            "n-comments",
            "n-votes",
            "n-agree",
            "n-disagree",
        ]
        .into_iter()
        .map(str::to_owned)
        .chain(self.statements.iter().map(|(s, _)| s.number.to_string()))
        .collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let rows = self.people.iter().map(|person| {
            let votes: Vec<Option<i64>> = self
                .statements
                .iter()
                .map(|(s, _)| latest.get(&(*person, s.number)).copied())
                .collect();
            let count = |wanted: &dyn Fn(i64) -> bool| {
                votes
                    .iter()
                    .flatten()
                    .filter(|vote| wanted(**vote))
                    .count()
                    .to_string()
            };
            let person_text = person.to_string();
            let written = self
                .statements
                .iter()
                .filter(|(_, author)| *author == person_text)
                .count();
            let mut row = vec![
                person_text,
                String::new(),
                written.to_string(),
                count(&|_| true),
                count(&|vote| vote == 1),
                count(&|vote| vote == -1),
            ];
            row.extend(
                votes
                    .iter()
                    .map(|vote| vote.map_or_else(String::new, |v| v.to_string())),
            );
            row
        });
        with_head(&head, rows)
    }

    /// Views and groups are left out: we count no views, and groups are not part of the votes.
    fn summary(&self) -> Vec<Vec<String>> {
        let voters: BTreeSet<i64> = self.votes.iter().map(|vote| vote.voter).collect();
        let writers: BTreeSet<&str> = self
            .statements
            .iter()
            .map(|(_, author)| author.as_str())
            .filter(|author| !author.is_empty())
            .collect();
        [
            ("topic", self.consultation.title.clone()),
            ("url", self.consultation.source.clone()),
            ("voters", voters.len().to_string()),
            ("voters-in-conv", voters.len().to_string()),
            ("commenters", writers.len().to_string()),
            ("comments", self.statements.len().to_string()),
            ("conversation-description", self.body.clone()),
        ]
        .into_iter()
        .map(|(key, value)| vec![key.to_owned(), value])
        .collect()
    }
}

/// The number of each voice: the one with which it came in, else by the order of joining, after the highest of those.
fn numbers(found: &[(ParticipantId, Option<String>, Timestamp)]) -> BTreeMap<ParticipantId, i64> {
    let external = |text: &Option<String>| text.as_ref().and_then(|t| t.parse::<i64>().ok());
    let mut next = found
        .iter()
        .filter_map(|(_, text, _)| external(text))
        .max()
        .map_or(0, |highest| highest.saturating_add(1));
    found
        .iter()
        .map(|(id, text, _)| {
            let number = external(text).unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            (id.clone(), number)
        })
        .collect()
}

fn votes(
    events: &[Event],
    statements: &BTreeMap<&str, i64>,
    people: &BTreeMap<ParticipantId, i64>,
    is_import: bool,
) -> Vec<Vote> {
    let mut votes: Vec<(Vote, i64)> = events
        .iter()
        .filter_map(|event| {
            let vote = Vote {
                // The moment of a vote could be compared with what else is known of a person; the day is enough. Its
                // milliseconds are the revision, so that the latest vote is known in any order of rows.
                at: if is_import {
                    event.at.0
                } else {
                    Zone::UTC.midnight(event.at).0 + event.revision
                },
                comment: *statements.get(event.statement.as_str())?,
                voter: *people.get(&event.participant)?,
                value: event.value,
            };
            Some((vote, event.revision))
        })
        .collect();
    votes.sort_by_key(|(vote, revision)| (vote.at, vote.comment, vote.voter, *revision));
    votes.into_iter().map(|(vote, _)| vote).collect()
}

fn with_head(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    let head = head.iter().map(|name| (*name).to_owned()).collect();
    std::iter::once(head).chain(rows).collect()
}

fn table(rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("memory takes every row");
    }
    writer.into_inner().expect("memory takes every row")
}
