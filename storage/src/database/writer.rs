//! The one writer of a SQLite file. Works that wait are put into one commit: one flush to the disk for many.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use futures::{FutureExt, future::BoxFuture};
use sqlx::{Executor, SqlitePool};
use tokio::sync::{Notify, mpsc, oneshot};

use super::{Error, Result, Tx, Work};

/// Most works in one commit: bounds how long the first of them waits.
const BATCH: usize = 256;

/// How many writes share a commit: its count is the number of flushes to the disk.
pub const GROUP: &str = "rembug_writer_group_size";
/// Commits that failed.
pub const FAILED: &str = "rembug_writer_failures_total";

/// A work's own value or error, whatever its type.
type Done = Box<dyn Any + Send>;
type Erased = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<Done, Done>> + Send>;
/// Where the answer goes: the database's error, or what the work itself gave.
type Answer = oneshot::Sender<Result<Result<Done, Done>>>;
type Job = (Erased, Answer);

/// A handle to the writing task. Cheap to clone; the task ends with the last handle.
#[derive(Clone, Debug)]
pub struct Writer {
    jobs: mpsc::Sender<Job>,
    closing: Arc<Notify>,
    pool: SqlitePool,
}

impl Writer {
    /// Starts the task on the only connection of `pool`.
    pub(super) async fn start(pool: SqlitePool) -> Result<Self> {
        let (jobs, inbox) = mpsc::channel(1024);
        let connection = pool.acquire().await?;
        let closing = Arc::new(Notify::new());
        tokio::spawn(run(Tx::Sqlite(connection), inbox, closing.clone()));
        Ok(Self {
            jobs,
            closing,
            pool,
        })
    }

    /// Hands a work over and waits until its commit is durable.
    pub(super) async fn write<T, E>(&self, work: Box<Work<T, E>>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (answer, wait) = oneshot::channel();
        let job: Job = (
            Box::new(move |tx| {
                work(tx)
                    .map(|done| match done {
                        Ok(value) => Ok(Box::new(value) as Done),
                        Err(error) => Err(Box::new(error) as Done),
                    })
                    .boxed()
            }),
            answer,
        );
        let gone = || Error::Unavailable(sqlx::Error::PoolClosed);
        self.jobs.send(job).await.map_err(|_| gone())?;
        match wait.await.map_err(|_| gone())?? {
            Ok(value) => Ok(*value.downcast().expect("the work's own value comes back")),
            Err(error) => Err(*error.downcast().expect("the work's own error comes back")),
        }
    }

    /// Lets the waiting works end, then closes the connection.
    pub(super) async fn close(&self) {
        self.closing.notify_one();
        self.pool.close().await;
    }
}

async fn run(mut tx: Tx, mut inbox: mpsc::Receiver<Job>, closing: Arc<Notify>) {
    loop {
        let first = tokio::select! {
            biased;
            job = inbox.recv() => job,
            () = closing.notified() => None,
        };
        let Some(first) = first else { return };
        if let Err(error) = begin(&mut tx).await {
            let _ = first.1.send(Err(error));
            continue;
        }
        let mut finished = Vec::new();
        let mut next = Some(first);
        let mut broken = None;
        while let Some((work, answer)) = next.take() {
            match one(&mut tx, work).await {
                Ran::Done(done) => finished.push((answer, done)),
                Ran::Panicked => {
                    drop(answer.send(Err(Error::Unavailable(sqlx::Error::WorkerCrashed))));
                }
                Ran::Broken(error, own) => {
                    let _ = answer.send(own.map_or_else(|| Err(error.again()), Ok));
                    broken = Some(error);
                    break;
                }
            }
            if finished.len() < BATCH {
                next = inbox.try_recv().ok();
            }
        }
        match broken {
            None => commit(&mut tx, finished).await,
            Some(error) => give_up(&mut tx, finished, &error).await,
        }
    }
}

/// Begins a transaction; one that a failure left open is ended first.
async fn begin(tx: &mut Tx) -> Result<()> {
    if plain(tx, "begin immediate").await.is_ok() {
        return Ok(());
    }
    let _ = plain(tx, "rollback").await;
    plain(tx, "begin immediate").await
}

/// How a work ended.
enum Ran {
    /// With its own value or error; the transaction goes on.
    Done(Result<Done, Done>),
    /// In the middle; what it had done is undone, and the transaction goes on.
    Panicked,
    /// The whole transaction is lost: on a full disk SQLite takes all of it back, not only this work. With the
    /// work's own error, when it has one.
    Broken(Error, Option<Result<Done, Done>>),
}

/// Runs one work between savepoints, so that its failure leaves the others of the batch alone.
async fn one(tx: &mut Tx, work: Erased) -> Ran {
    if let Err(error) = plain(tx, "savepoint work").await {
        return Ran::Broken(error, None);
    }
    let done = AssertUnwindSafe(work(tx)).catch_unwind().await;
    let stays = matches!(done, Ok(Ok(_)));
    let undone = if stays {
        Ok(())
    } else {
        plain(tx, "rollback to work").await
    };
    let ended = match undone {
        Ok(()) => plain(tx, "release work").await,
        Err(error) => Err(error),
    };
    match (ended, done) {
        (Ok(()), Ok(done)) => Ran::Done(done),
        (Ok(()), Err(_)) => Ran::Panicked,
        (Err(error), Ok(Err(own))) => Ran::Broken(error, Some(Err(own))),
        (Err(error), _) => Ran::Broken(error, None),
    }
}

async fn commit(tx: &mut Tx, finished: Vec<(Answer, Result<Done, Done>)>) {
    match plain(tx, "commit").await {
        Ok(()) => {
            metrics::histogram!(GROUP).record(u32::try_from(finished.len()).unwrap_or(u32::MAX));
            for (answer, done) in finished {
                let _ = answer.send(Ok(done));
            }
        }
        Err(error) => give_up(tx, finished, &error).await,
    }
}

/// Nothing of the batch is stored, and everybody in it is told so.
async fn give_up(tx: &mut Tx, finished: Vec<(Answer, Result<Done, Done>)>, error: &Error) {
    tracing::error!(
        ?error,
        "a commit failed: none of its writes is acknowledged"
    );
    metrics::counter!(FAILED).increment(1);
    let _ = plain(tx, "rollback").await;
    for (answer, done) in finished {
        // A work that failed by itself keeps its own answer; it stored nothing anyway.
        let _ = answer.send(if done.is_err() {
            Ok(done)
        } else {
            Err(error.again())
        });
    }
}

async fn plain(tx: &mut Tx, sql: &'static str) -> Result<()> {
    if let Tx::Sqlite(connection) = tx {
        (&mut **connection).execute(sqlx::query(sql)).await?;
    }
    Ok(())
}
