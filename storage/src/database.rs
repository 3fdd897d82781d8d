//! One text, two databases: native drivers behind [`Db`] and [`Tx`], every statement registered by [`sql!`](crate::sql).

mod part;
mod query;
mod value;
mod writer;

use std::{path::PathBuf, str::FromStr, time::Duration};

use futures::future::BoxFuture;
use sqlx::{
    AssertSqlSafe, Executor, FromRow, PgPool, Postgres, Row, Sqlite, SqlitePool, Transaction,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions, PgRow},
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
    },
};

pub(crate) use part::{Part, Parts, parts};
pub use query::Query;
pub use value::Value;
use writer::Writer;
pub use writer::{FAILED as WRITER_FAILED, GROUP as WRITER_GROUP};

/// The first SQLite that cannot lose committed rows when a writer and a checkpoint meet.
pub const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// What can go wrong with a database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique rule refused the row: somebody was faster.
    #[error("a row like this is already there")]
    Conflict,
    /// The disk is full; what was acknowledged before is safe.
    #[error("the disk is full")]
    Full(#[source] sqlx::Error),
    /// The disk takes no writes: it is broken, read only, or a limit is reached. What was acknowledged before is safe.
    #[error("the disk takes no writes")]
    Unwritable(#[source] sqlx::Error),
    /// Not reachable, or refused the statement.
    #[error("the database failed")]
    Unavailable(#[source] sqlx::Error),
    /// Opened with something that we do not run on.
    #[error("{0}")]
    Unfit(String),
}

/// The result of everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(e) if e.is_unique_violation() => Self::Conflict,
            Some(e) => match e.code().as_deref() {
                Some(code) if FULL.contains(&code) => Self::Full(error),
                Some(code) if UNWRITABLE.contains(&code) => Self::Unwritable(error),
                _ => Self::Unavailable(error),
            },
            None => Self::Unavailable(error),
        }
    }
}

/// SQLite's FULL and PostgreSQL's disk_full.
const FULL: [&str; 2] = ["13", "53100"];

/// SQLite's READONLY, and IOERR of WRITE, FSYNC, DIR_FSYNC, TRUNCATE, SHMOPEN, SHMSIZE; PostgreSQL's
/// read_only_sql_transaction and io_error. A limit on the size of files shows as IOERR_WRITE.
const UNWRITABLE: [&str; 9] = [
    "8", "778", "1034", "1290", "1546", "4618", "4874", "25006", "58030",
];

impl Error {
    /// The same kind of failure again, for others whom it hits too.
    fn again(&self) -> Self {
        let cause = sqlx::Error::WorkerCrashed;
        match self {
            Self::Full(_) => Self::Full(cause),
            Self::Unwritable(_) => Self::Unwritable(cause),
            _ => Self::Unavailable(cause),
        }
    }
}

/// A row of either database. Derive `sqlx::FromRow`; nothing else is needed.
pub trait Record:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}
impl<T> Record for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file: many readers, and one writer that puts waiting writes into one commit.
    Sqlite {
        /// Connections that only read.
        readers: SqlitePool,
        /// The one that writes.
        writer: Writer,
    },
    /// A PostgreSQL server.
    Postgres(PgPool),
}

/// A connection to read with, or the inside of a write.
#[derive(Debug)]
pub enum Tx {
    /// Of SQLite; in a write, between its savepoints.
    Sqlite(PoolConnection<Sqlite>),
    /// Of PostgreSQL, to read.
    Postgres(PoolConnection<Postgres>),
    /// Of PostgreSQL, in a transaction.
    PostgresTx(Transaction<'static, Postgres>),
}

/// What a write does: statements on the [`Tx`] it is handed, all or nothing.
pub type Work<T, E> = dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send;

impl Db {
    /// Opens `sqlite:path` (made when missing) or `postgres://…` and brings it to the newest schema.
    ///
    /// Errors: [`Error::Unfit`] for another kind of address or a SQLite older than [`OLDEST_SQLITE`].
    pub async fn open(url: &str) -> Result<Self> {
        let db = if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?;
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .test_before_acquire(false)
                .connect_with(options)
                .await?;
            MIGRATIONS.run(&pool).await.map_err(unfit)?;
            Self::Postgres(pool)
        } else {
            return Err(Error::Unfit(
                "the database address must begin with sqlite: or postgres://".to_owned(),
            ));
        };
        crate::search::prepare(&db).await?;
        Ok(db)
    }

    async fn open_sqlite(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What we acknowledge survives a power cut; NORMAL lost rows when it was tried.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-16000")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "MEMORY")
            .pragma("journal_size_limit", "67108864");
        let one = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        check_sqlite_version(&one).await?;
        MIGRATIONS.run(&one).await.map_err(unfit)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        Ok(Self::Sqlite {
            readers,
            writer: Writer::start(one).await?,
        })
    }

    /// A connection to read with. Each statement sees the newest commit.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.acquire().await?),
            Self::Postgres(pool) => Tx::Postgres(pool.acquire().await?),
        })
    }

    /// Does `work` in one transaction and returns when it is durable; nothing of it stays when it fails.
    ///
    /// Goes on to its end even when the caller is dropped. Several waiting works share a commit on SQLite.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match self {
            Self::Sqlite { writer, .. } => writer.write(Box::new(work)).await,
            Self::Postgres(pool) => {
                let pool = pool.clone();
                tokio::spawn(async move {
                    let mut tx = Tx::PostgresTx(pool.begin().await.map_err(Error::from)?);
                    let done = work(&mut tx).await?;
                    if let Tx::PostgresTx(tx) = tx {
                        tx.commit().await.map_err(Error::from)?;
                    }
                    Ok(done)
                })
                .await
                .unwrap_or_else(|_| Err(Error::Unavailable(sqlx::Error::WorkerCrashed).into()))
            }
        }
    }

    /// Whether this is PostgreSQL: for the search, the one place where the two differ.
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Connections that are open, and those of them that nobody uses. The writer of SQLite is not among them.
    pub fn connections(&self) -> (u32, u32) {
        let (open, idle) = match self {
            Self::Sqlite { readers, .. } => (readers.size(), readers.num_idle()),
            Self::Postgres(pool) => (pool.size(), pool.num_idle()),
        };
        (open, u32::try_from(idle).unwrap_or(u32::MAX))
    }

    /// Closes all connections; on SQLite the log is written back into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// The schemas that this program knows, in order.
pub(crate) fn migrations() -> &'static [sqlx::migrate::Migration] {
    &MIGRATIONS.migrations
}

/// The file that a SQLite address names; `None` for another kind of address, or one without a file.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let options = url
        .starts_with("sqlite:")
        .then(|| SqliteConnectOptions::from_str(url).ok())??;
    let file = options.get_filename();
    (!url.contains(":memory:") && !file.as_os_str().is_empty()).then(|| file.to_owned())
}

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

fn unfit(error: sqlx::migrate::MigrateError) -> Error {
    match error {
        sqlx::migrate::MigrateError::Execute(e) => e.into(),
        other => Error::Unfit(format!("the schema does not fit this program: {other}")),
    }
}

async fn check_sqlite_version(pool: &SqlitePool) -> Result<()> {
    let version: String = sqlx::query("select sqlite_version()")
        .fetch_one(pool)
        .await?
        .try_get(0)?;
    let mut parts = version.split('.').map(|p| p.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let found = (next(), next(), next());
    if found < OLDEST_SQLITE {
        return Err(Error::Unfit(format!(
            "SQLite {version} can lose committed rows; Rembug needs 3.51.3 or newer"
        )));
    }
    Ok(())
}

macro_rules! on {
    ($tx:expr, $sql:expr, $values:expr, |$query:ident, $connection:ident| $then:expr) => {
        match $tx {
            Tx::Sqlite(c) => {
                let $query = value::bind_sqlite($sql, $values);
                let $connection = &mut **c;
                $then
            }
            Tx::Postgres(c) => {
                let $query = value::bind_postgres($sql, $values);
                let $connection = &mut **c;
                $then
            }
            Tx::PostgresTx(c) => {
                let $query = value::bind_postgres($sql, $values);
                let $connection = &mut **c;
                $then
            }
        }
    };
}

impl Tx {
    /// All rows.
    pub async fn all<T: Record>(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<T>> {
        count_query();
        Ok(on!(self, sql, values, |query, connection| query
            .try_map(|row| T::from_row(&row))
            .fetch_all(connection)
            .await?))
    }

    /// The first row, if there is one.
    pub async fn first<T: Record>(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<T>> {
        count_query();
        Ok(on!(self, sql, values, |query, connection| query
            .try_map(|row| T::from_row(&row))
            .fetch_optional(connection)
            .await?))
    }

    /// The first column of the first row as a whole number; 0 when there is no row or it is null.
    pub async fn number(&mut self, sql: &'static str, values: Vec<Value>) -> Result<i64> {
        let row: Option<(Option<i64>,)> = self.first(sql, values).await?;
        Ok(row.and_then(|r| r.0).unwrap_or(0))
    }

    /// Runs a statement; the number of rows that it changed.
    pub async fn run(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64> {
        count_query();
        Ok(on!(self, sql, values, |query, connection| query
            .execute(connection)
            .await?
            .rows_affected()))
    }

    /// All rows of a query that was put together.
    pub async fn all_of<T: Record>(&mut self, query: Query) -> Result<Vec<T>> {
        count_query();
        let (text, values) = query.into_parts();
        Ok(match self {
            Self::Sqlite(c) => {
                value::fill_sqlite(sqlx::query(AssertSqlSafe(text)), values)
                    .try_map(|row| T::from_row(&row))
                    .fetch_all(&mut **c)
                    .await?
            }
            Self::Postgres(c) => {
                value::fill_postgres(sqlx::query(AssertSqlSafe(text)), values)
                    .try_map(|row| T::from_row(&row))
                    .fetch_all(&mut **c)
                    .await?
            }
            Self::PostgresTx(c) => {
                value::fill_postgres(sqlx::query(AssertSqlSafe(text)), values)
                    .try_map(|row| T::from_row(&row))
                    .fetch_all(&mut **c)
                    .await?
            }
        })
    }

    /// Runs a statement that was put together; the number of rows that it changed.
    pub async fn run_of(&mut self, query: Query) -> Result<u64> {
        count_query();
        let (text, values) = query.into_parts();
        Ok(match self {
            Self::Sqlite(c) => value::fill_sqlite(sqlx::query(AssertSqlSafe(text)), values)
                .execute(&mut **c)
                .await?
                .rows_affected(),
            Self::Postgres(c) => value::fill_postgres(sqlx::query(AssertSqlSafe(text)), values)
                .execute(&mut **c)
                .await?
                .rows_affected(),
            Self::PostgresTx(c) => value::fill_postgres(sqlx::query(AssertSqlSafe(text)), values)
                .execute(&mut **c)
                .await?
                .rows_affected(),
        })
    }

    /// Whether the database understands a statement, without running it.
    pub async fn check(&mut self, sql: &'static str) -> Result<()> {
        use sqlx::SqlStr;
        match self {
            Self::Sqlite(c) => (&mut **c)
                .prepare(SqlStr::from_static(sql))
                .await
                .map(drop)?,
            Self::Postgres(c) => (&mut **c)
                .prepare(SqlStr::from_static(sql))
                .await
                .map(drop)?,
            Self::PostgresTx(c) => (&mut **c)
                .prepare(SqlStr::from_static(sql))
                .await
                .map(drop)?,
        }
        Ok(())
    }

    /// Whether this is PostgreSQL.
    pub const fn is_postgres(&self) -> bool {
        !matches!(self, Self::Sqlite(_))
    }
}

tokio::task_local! {
    /// How many statements the present task has run, where somebody counts ([`counting`]).
    static QUERIES: std::cell::Cell<u32>;
}

fn count_query() {
    let _ = QUERIES.try_with(|n| n.set(n.get() + 1));
}

/// Runs a future and counts the statements that it runs itself: the pages' budget of queries.
pub async fn counting<F: Future>(future: F) -> (F::Output, u32) {
    QUERIES
        .scope(std::cell::Cell::new(0), async {
            let output = future.await;
            (output, QUERIES.with(std::cell::Cell::get))
        })
        .await
}

/// A statement of the program and where it stands; one test prepares them all on both databases.
#[derive(Debug)]
pub struct Statement {
    /// Its text.
    pub sql: &'static str,
    /// The file.
    pub file: &'static str,
    /// The line.
    pub line: u32,
}

inventory::collect!(Statement);

/// A statement as text, registered so that a test prepares it on both databases.
#[macro_export]
macro_rules! sql {
    ($text:expr) => {{
        $crate::inventory::submit! {
            $crate::database::Statement { sql: $text, file: file!(), line: line!() }
        }
        $text
    }};
}

/// The values of a statement, in the order of `$1`, `$2`, ….
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::database::Value::from($value)),*] };
}

#[cfg(test)]
mod tests;
