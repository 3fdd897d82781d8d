//! Copies of a SQLite file, and what a file must be to be one.

use std::{
    fs::{File, OpenOptions},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use sqlx::{Connection as _, FromRow, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{Db, Error, Result, args, database::migrations};

/// A whole Rembug database in a file, by what it holds.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Whole {
    /// People who can sign in.
    pub accounts: i64,
    /// Consultations, drafts too.
    pub consultations: i64,
    /// Ballots with all that were replaced.
    pub ballots: i64,
    /// Judgements of statements with all that were replaced.
    pub judgements: i64,
    /// Comments.
    pub comments: i64,
    /// Uploaded files.
    pub files: i64,
}

const WHOLE: &str = "select (select count(*) from account) as accounts,
        (select count(*) from consultation) as consultations, (select count(*) from ballot) as ballots,
        (select count(*) from statement_vote) as judgements, (select count(*) from comment) as comments,
        (select count(*) from file) as files";

/// Writes a copy of a SQLite database to `file`, as it is at one moment; others go on reading and writing meanwhile.
///
/// The file appears under its name when it is whole, checked and flushed, and only its owner can read it. Errors:
/// [`Error::Unfit`] for PostgreSQL, for a file that is there already and for a copy that does not pass its checks.
pub async fn back_up(db: &Db, file: &Path) -> Result<Whole> {
    if db.is_postgres() {
        return Err(Error::Unfit(
            "a PostgreSQL database is copied by its own tool: pg_dump --format=custom --file=FILE DATABASE_URL".to_owned(),
        ));
    }
    refuse_what_is_there(file)?;
    let part = beside(file, ".part");
    let done = vacuum(db, &part).await;
    match settle(done, &part, file).await {
        Ok(whole) => Ok(whole),
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            Err(error)
        }
    }
}

async fn vacuum(db: &Db, part: &Path) -> Result<()> {
    make(part)?;
    let name = part
        .to_str()
        .ok_or_else(|| Error::Unfit("the file's name must be UTF-8".to_owned()))?
        .to_owned();
    let mut tx = db.read().await?;
    // Readers write nothing, also not to another file; this one does, once.
    tx.run("pragma query_only = off", vec![]).await?;
    let done = tx.run("vacuum into $1", args![name]).await;
    tx.run("pragma query_only = on", vec![]).await?;
    done.map(drop)
}

/// Puts a copy where a database is to be: checks it, copies, checks again.
///
/// Errors: [`Error::Unfit`] when something is there already, or when `file` is no whole database of a schema that this
/// program knows. Nothing is at `database` then.
pub async fn put_back(file: &Path, database: &Path) -> Result<Whole> {
    for tail in ["", "-wal", "-shm", "-journal"] {
        refuse_what_is_there(&beside(database, tail))?;
    }
    inspect(file).await?;
    let part = beside(database, ".part");
    let copied = copy(file, &part);
    match settle(copied, &part, database).await {
        Ok(whole) => Ok(whole),
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            Err(error)
        }
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut source = File::open(from).map_err(|e| trouble(from, "cannot be read", &e))?;
    make(to)?;
    let mut target = OpenOptions::new()
        .write(true)
        .open(to)
        .map_err(|e| trouble(to, "cannot be written", &e))?;
    std::io::copy(&mut source, &mut target)
        .map(drop)
        .map_err(|e| trouble(to, "cannot be written", &e))
}

/// Flushes and checks a finished part and gives it its name.
async fn settle(done: Result<()>, part: &Path, name: &Path) -> Result<Whole> {
    done?;
    flush(part)?;
    let whole = inspect(part).await?;
    refuse_what_is_there(name)?;
    std::fs::rename(part, name).map_err(|e| trouble(name, "cannot be written", &e))?;
    flush(&folder(name))?;
    Ok(whole)
}

/// Checks that a file is a whole Rembug database of a schema that this program knows, without changing it.
pub async fn inspect(file: &Path) -> Result<Whole> {
    let unfit = |why: &str| Error::Unfit(format!("{}: {why}", file.display()));
    File::open(file).map_err(|e| trouble(file, "cannot be read", &e))?;
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(true);
    let mut connection = SqliteConnection::connect_with(&options)
        .await
        .map_err(|_| unfit("this is no SQLite database"))?;
    let found: Vec<(i64, Vec<u8>, bool)> =
        sqlx::query_as("select version, checksum, success from _sqlx_migrations order by version")
            .fetch_all(&mut connection)
            .await
            .map_err(|_| unfit("this is no Rembug database, or it is damaged"))?;
    for (version, checksum, success) in &found {
        let known = migrations()
            .iter()
            .find(|m| m.version == *version)
            .ok_or_else(|| unfit("a newer Rembug made this; use that one"))?;
        if !success || known.checksum.as_ref() != checksum.as_slice() {
            return Err(unfit("its schema is not one that this program knows"));
        }
    }
    if found.is_empty() {
        return Err(unfit("this is no Rembug database"));
    }
    let damage: Vec<(String,)> = sqlx::query_as("pragma integrity_check(1)")
        .fetch_all(&mut connection)
        .await
        .map_err(|_| unfit("it is damaged"))?;
    if damage.first().is_none_or(|(line,)| line != "ok") {
        return Err(unfit("it is damaged"));
    }
    let loose = sqlx::query("pragma foreign_key_check")
        .fetch_optional(&mut connection)
        .await?;
    if loose.is_some() {
        return Err(unfit(
            "it is damaged: rows point to rows that are not there",
        ));
    }
    let whole = sqlx::query_as(WHOLE)
        .fetch_one(&mut connection)
        .await
        .map_err(|_| unfit("it is damaged: a table is missing"))?;
    connection.close().await?;
    Ok(whole)
}

/// An empty file that only its owner can read: a database holds hashes of passwords.
fn make(file: &Path) -> Result<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .map(drop)
        .map_err(|e| trouble(file, "cannot be made", &e))
}

fn flush(path: &Path) -> Result<()> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|e| trouble(path, "cannot be flushed to the disk", &e))
}

fn refuse_what_is_there(path: &Path) -> Result<()> {
    match path.symlink_metadata() {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(trouble(path, "cannot be looked at", &e)),
        Ok(_) => Err(Error::Unfit(format!(
            "{} is there already and is not overwritten",
            path.display()
        ))),
    }
}

fn trouble(path: &Path, what: &str, error: &std::io::Error) -> Error {
    Error::Unfit(format!("{} {what}: {error}", path.display()))
}

fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(tail);
    name.into()
}

fn folder(path: &Path) -> PathBuf {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}
