//! An import: read and check everything, then store everything in one transaction.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Instant,
};

use domain::{
    Actor, ConsultationId, OfficeId, ParticipantId, Permit, StatementId, Timestamp,
    actor::Author,
    consultation::ChangeKind,
    polis::{Conversation, Mismatch, Moderated, latest, mismatches, revisions},
    statement::Status,
    text,
};
use sha2::{Digest, Sha256};
use storage::{
    Tx,
    consultation::{NewChange, NewImport, insert_change},
    statement::{Event, ImportedPerson, ImportedStatement},
};

use super::{COMMENTS, FILES, ImportError, PEOPLE, SUMMARY, VOTES, read};
use crate::{Conflict, Error, News, Service, chance};

/// Most contradictions that are written out.
const SHOWN: usize = 10;

/// What an import brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Statements, those not taken too.
    pub statements: i64,
    /// People, those without a vote too.
    pub participants: i64,
    /// Votes, re-votes too.
    pub votes: i64,
    /// Votes beyond the first of a person on a statement.
    pub revotes: i64,
    /// How long it took.
    pub seconds: f64,
    /// `true` when the same files had been imported before: nothing was changed.
    pub unchanged: bool,
    /// Where the export contradicts itself; the votes count.
    pub warnings: Vec<Mismatch>,
}

/// Imports the conversation in `dir` as a closed consultation of `office` at `slug`. Whole, or not at all.
///
/// The same files again change nothing. Errors name the file and the line.
pub async fn import(
    service: &Service,
    actor: &Actor,
    dir: &Path,
    slug: &str,
    office: &OfficeId,
) -> Result<Imported, ImportError> {
    let start = Instant::now();
    let permit = actor.may_author(office).map_err(Error::from)?;
    let slug = text::slug(slug).map_err(|_| ImportError::Slug(slug.to_owned()))?;
    let files = open(dir).await?;
    let digest = digest(&files);
    let conversation = read::conversation(&files)?;
    let mut done = store(service, &permit, conversation, slug, office.clone(), digest).await?;
    done.seconds = start.elapsed().as_secs_f64();
    Ok(done)
}

async fn open(dir: &Path) -> Result<read::Files, ImportError> {
    let read = async |name: &str| {
        let path = dir.join(name);
        tokio::fs::read(&path)
            .await
            .map_err(|source| ImportError::File { path, source })
    };
    Ok(read::Files {
        comments: read(COMMENTS).await?,
        votes: read(VOTES).await?,
        people: read(PEOPLE).await?,
        summary: read(SUMMARY).await?,
    })
}

/// One digest of all four files: a digest of their digests.
fn digest(files: &read::Files) -> String {
    let mut all = Sha256::new();
    let bytes = [&files.comments, &files.votes, &files.people, &files.summary];
    for (name, bytes) in FILES.iter().zip(bytes) {
        all.update(name.as_bytes());
        all.update(Sha256::digest(bytes));
    }
    chance::hex(&all.finalize())
}

async fn store(
    service: &Service,
    permit: &Permit<Author>,
    conversation: Conversation,
    slug: String,
    office: OfficeId,
    digest: String,
) -> Result<Imported, ImportError> {
    let (inner, by) = (service.clone(), permit.by().cloned());
    let (id, done) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if let Some((id, before)) = storage::consultation::source_digest(tx, &slug).await? {
                    return match before.as_str() {
                        "" => Err(ImportError::Taken(slug)),
                        same if same == digest => Ok((id, counted(&conversation, true))),
                        _ => Err(ImportError::Changed(slug)),
                    };
                }
                let id: ConsultationId = inner.id();
                let (opens_at, closes_at) = times(&conversation, inner.now());
                let new = NewImport {
                    id: &id,
                    slug: &slug,
                    office: &office,
                    title: if conversation.topic.is_empty() {
                        &slug
                    } else {
                        &conversation.topic
                    },
                    body: &conversation.description,
                    body_html: &crate::markdown::render(&conversation.description),
                    opens_at,
                    closes_at,
                    source: if conversation.url.is_empty() {
                        "Polis"
                    } else {
                        &conversation.url
                    },
                    digest: &digest,
                    preview_token: &inner.chance().token(),
                    by: by.as_ref(),
                    now: inner.now(),
                };
                if !storage::consultation::insert_import(tx, &new).await? {
                    return Err(ImportError::Office(office.to_string()));
                }
                let change = NewChange {
                    id: inner.id::<ConsultationId>().to_string(),
                    at: inner.now(),
                    by: by.as_ref(),
                    kind: ChangeKind::Imported,
                    field: "",
                    before: "",
                    after: new.source,
                    reason: "",
                    is_public: true,
                };
                insert_change(tx, &id, &change).await?;
                let found = fill(&inner, tx, &id, &conversation, opens_at).await?;
                crate::search::put_all(tx, &id).await?;
                let mut done = counted(&conversation, false);
                done.warnings = mismatches(&conversation.people, &found);
                Ok((id, done))
            })
        })
        .await
        .map_err(|error| match error {
            // Two imports at once: the other one was first.
            ImportError::Store(Error::Conflict(Conflict::Taken)) => {
                ImportError::Store(Error::Conflict(Conflict::Stale))
            }
            other => other,
        })?;
    if !done.unchanged {
        for news in [News::Consultation, News::Site] {
            service
                .publish(crate::Event {
                    consultation: Some(id.clone()),
                    news,
                })
                .await;
        }
    }
    Ok(done)
}

/// Opens with the first vote and closes at the next full minute after the last. Without votes the statements say when.
fn times(conversation: &Conversation, now: Timestamp) -> (Timestamp, Timestamp) {
    let votes = || conversation.votes.iter().map(|vote| vote.at);
    let comments = || conversation.comments.iter().map(|comment| comment.at);
    let first = votes().min().or_else(|| comments().min()).unwrap_or(now.0);
    let last = votes().max().or_else(|| comments().max()).unwrap_or(now.0);
    (Timestamp(first), Timestamp((last / 60_000 + 1) * 60_000))
}

/// Stores people, statements and votes; the votes that count, as the database has them now.
async fn fill(
    service: &Service,
    tx: &mut Tx,
    consultation: &ConsultationId,
    conversation: &Conversation,
    opens_at: Timestamp,
) -> Result<BTreeMap<(i64, i64), i64>, ImportError> {
    let mut joined: BTreeMap<i64, i64> = conversation
        .people
        .iter()
        .map(|p| (p.id, opens_at.0))
        .collect();
    // In the order of casting, backwards: what stays is the first vote of each.
    joined.extend(
        conversation
            .votes
            .iter()
            .rev()
            .map(|vote| (vote.voter, vote.at)),
    );
    let people: BTreeMap<i64, ParticipantId> =
        joined.keys().map(|id| (*id, service.id())).collect();
    let rows: Vec<ImportedPerson> = joined
        .iter()
        .map(|(id, at)| ImportedPerson {
            id: people[id].clone(),
            external: id.to_string(),
            joined_at: Timestamp(*at),
        })
        .collect();
    storage::statement::add_people(tx, consultation, &rows).await?;

    let mut statements: BTreeMap<i64, StatementId> = BTreeMap::new();
    let rows: Vec<ImportedStatement> = conversation
        .comments
        .iter()
        .map(|comment| {
            let id: StatementId = service.id();
            statements.insert(comment.id, id.clone());
            ImportedStatement {
                id,
                number: comment.id,
                body: comment.body.clone(),
                status: match comment.moderated {
                    Moderated::Accepted | Moderated::Unseen => Status::Accepted,
                    Moderated::Rejected => Status::Rejected,
                },
                is_seed: comment.is_seed,
                created_at: Timestamp(comment.at),
                author: Some(comment.author.clone()),
            }
        })
        .collect();
    storage::statement::add_statements(tx, consultation, &rows).await?;

    let events: Vec<Event> = conversation
        .votes
        .iter()
        .zip(revisions(&conversation.votes))
        .map(|(vote, revision)| Event {
            statement: statements[&vote.comment].clone(),
            participant: people[&vote.voter].clone(),
            revision,
            value: vote.value,
            at: Timestamp(vote.at),
        })
        .collect();
    storage::statement::add_events(tx, consultation, &events).await?;
    Ok(storage::statement::marks_by_number(tx, consultation).await?)
}

fn counted(conversation: &Conversation, unchanged: bool) -> Imported {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let people: BTreeSet<i64> = conversation
        .people
        .iter()
        .map(|person| person.id)
        .chain(conversation.votes.iter().map(|vote| vote.voter))
        .collect();
    let votes = count(conversation.votes.len());
    Imported {
        statements: count(conversation.comments.len()),
        participants: count(people.len()),
        votes,
        revotes: votes - count(latest(&conversation.votes).len()),
        seconds: 0.0,
        unchanged,
        warnings: Vec::new(),
    }
}

impl std::fmt::Display for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            statements,
            participants,
            votes,
            revotes,
            ..
        } = self;
        if self.unchanged {
            write!(
                f,
                "These files were imported before; nothing was changed. They hold "
            )?;
        } else {
            write!(f, "Imported in {:.1} s: ", self.seconds)?;
        }
        write!(
            f,
            "{statements} statements, {participants} people, {votes} votes, {revotes} of them re-votes."
        )?;
        if !self.warnings.is_empty() {
            write!(
                f,
                "\nThe export contradicts itself in {} places; the votes count:",
                self.warnings.len()
            )?;
            for mismatch in self.warnings.iter().take(SHOWN) {
                write!(f, "\n  {mismatch}")?;
            }
            if self.warnings.len() > SHOWN {
                write!(f, "\n  and so on")?;
            }
        }
        Ok(())
    }
}
