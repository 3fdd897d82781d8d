//! The file of keys: made at the first start, then only ever added to.
//!
//! Without it nothing sealed can be read again, so a database that has met keys is never opened with others: a missing
//! file is an error, not a reason to make a new one.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use storage::Db;

use super::{ID, Key, Keys, Ring};
use crate::{Chance, chance::hex};

/// What stands at the top of the file.
const HEAD: &str = "\
# The keys with which Rembug seals personal data. Whoever has them and the database can read it;
# without them nobody can, ever. Keep a copy somewhere else than the copies of the database.
# The last key seals, all of them open. Do not remove any: `rembug keys rotate` adds one.
";

/// Why the keys cannot be used. Each a sentence for the person at the console.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not readable or not writable.
    #[error("the file of keys {} cannot be used: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// No file of keys as we write it. What is in it is not repeated: it may be half a secret.
    #[error("{} is no file of keys: {what}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The database has met keys, and there is no file.
    #[error(
        "the file of keys {} is missing, but the database was used with the keys {}; put the file back from your copy \
         (no new one is made, since what is sealed could then never be read again)",
        path.display(),
        known.join(", ")
    )]
    Missing {
        /// Where the file is expected.
        path: PathBuf,
        /// The keys that the database has met.
        known: Vec<String>,
    },
    /// The file is of another installation, or too old.
    #[error(
        "the file of keys {} does not fit this database: it lacks, or has otherwise, {}; put back the newest copy of the file \
         that belongs to it",
        path.display(),
        lacking.join(", ")
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The keys that are not in it.
        lacking: Vec<String>,
    },
    /// The database did not answer.
    #[error("the keys cannot be compared with those of the database")]
    Store(#[from] storage::Error),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// Of keyed hashes, as 64 hexadecimal characters.
    marker: String,
    key: Vec<WrittenKey>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WrittenKey {
    id: String,
    secret: String,
}

/// The keys in the file at `path` for this database: read, compared with those that the database has met, and at the very
/// first start made.
pub async fn open(path: &Path, db: &Db, chance: &Chance, now: Timestamp) -> Result<Keys, Error> {
    let known = storage::seal::met(&mut db.read().await?).await?;
    let keys = match read(path)? {
        Some(keys) => keys,
        None if known.is_empty() => {
            create(path, &Keys::fresh(chance))?;
            // Another copy of the program may have been faster: what is there counts.
            read(path)?.ok_or_else(|| file(path, io::ErrorKind::NotFound.into()))?
        }
        None => {
            return Err(Error::Missing {
                path: path.to_owned(),
                known: known.into_iter().map(|key| key.id).collect(),
            });
        }
    };
    let ours = keys.check_values();
    agree(path, &known, &ours)?;
    // A full or read-only disk must not keep the program from showing what is there: written only when it is news.
    if ours.iter().any(|key| !known.contains(key)) {
        db.write(move |tx| {
            Box::pin(async move {
                for key in &ours {
                    storage::seal::meet(tx, key, now).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await?;
        let known = storage::seal::met(&mut db.read().await?).await?;
        agree(path, &known, &keys.check_values())?;
    }
    Ok(keys)
}

/// Adds a key that seals from the next start on, and gives its id. The others stay: they open what they sealed.
pub fn rotate(path: &Path, keys: &Keys, chance: &Chance) -> Result<String, Error> {
    let rotated = keys.rotated(chance);
    let next = beside(path, "new");
    write(&next, &rotated).map_err(|cause| file(&next, cause))?;
    std::fs::rename(&next, path).map_err(|cause| file(path, cause))?;
    flush_folder(path).map_err(|cause| file(path, cause))?;
    Ok(rotated.sealing().id.clone())
}

fn agree(
    path: &Path,
    known: &[storage::seal::Met],
    ours: &[storage::seal::Met],
) -> Result<(), Error> {
    let lacking: Vec<String> = known
        .iter()
        .filter(|key| !ours.contains(key))
        .map(|key| key.id.clone())
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(Error::Foreign {
        path: path.to_owned(),
        lacking,
    })
}

/// The keys in the file; `None` when there is no file.
fn read(path: &Path) -> Result<Option<Keys>, Error> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(file(path, cause)),
    };
    if let Ok(about) = std::fs::metadata(path)
        && about.permissions().mode() & 0o077 != 0
    {
        tracing::warn!("{} can be read by others: chmod 600", path.display());
    }
    parse(&text).map(Some).map_err(|what| Error::Form {
        path: path.to_owned(),
        what,
    })
}

fn parse(text: &str) -> Result<Keys, &'static str> {
    let written: Written =
        toml::from_str(text).map_err(|_| "it must have a marker and keys with id and secret")?;
    let marker = secret(&written.marker).ok_or("the marker must be 64 hexadecimal characters")?;
    let mut keys: Vec<Key> = Vec::new();
    for WrittenKey { id, secret: text } in written.key {
        let fits = id.len() == ID && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !fits || keys.iter().any(|key| key.id == id) {
            return Err("each id must be 8 hexadecimal characters, and no two the same");
        }
        let secret = secret(&text).ok_or("each secret must be 64 hexadecimal characters")?;
        keys.push(Key { id, secret });
    }
    if keys.is_empty() {
        return Err("it holds no key");
    }
    Ok(Keys(Arc::new(Ring { keys, marker })))
}

fn secret(text: &str) -> Option<[u8; 32]> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let mut bytes = [0; 32];
    if pairs.len() != bytes.len() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        let digit = |c: u8| char::from(c).to_digit(16);
        *byte = u8::try_from(digit(*high)? << 4 | digit(*low)?).ok()?;
    }
    Some(bytes)
}

fn print(keys: &Keys) -> String {
    let written = Written {
        marker: hex(&keys.0.marker),
        key: keys
            .0
            .keys
            .iter()
            .map(|key| WrittenKey {
                id: key.id.clone(),
                secret: hex(&key.secret),
            })
            .collect(),
    };
    let text = toml::to_string(&written).expect("texts alone are written");
    format!("{HEAD}{text}")
}

/// Makes the file whole or not at all; one that is there already stays as it is.
fn create(path: &Path, keys: &Keys) -> Result<(), Error> {
    if let Some(folder) = folder(path) {
        std::fs::create_dir_all(folder).map_err(|cause| file(path, cause))?;
    }
    let next = beside(path, &hex(&Chance::System.bytes::<8>()));
    write(&next, keys).map_err(|cause| file(path, cause))?;
    let linked = std::fs::hard_link(&next, path);
    let _ = std::fs::remove_file(&next);
    match linked {
        Ok(()) => flush_folder(path).map_err(|cause| file(path, cause)),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // A file system without links: here a cut of the power may leave half a file, which is refused at the next start.
        Err(_) => match write(path, keys) {
            Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(file(path, cause)),
            _ => Ok(()),
        },
    }
}

/// A new file that only its owner reads, flushed.
fn write(path: &Path, keys: &Keys) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(print(keys).as_bytes())?;
    file.sync_all()
}

fn flush_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path).unwrap_or(Path::new(".")))?.sync_all()
}

fn folder(path: &Path) -> Option<&Path> {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

fn file(path: &Path, cause: io::Error) -> Error {
    Error::File {
        path: path.to_owned(),
        cause,
    }
}
