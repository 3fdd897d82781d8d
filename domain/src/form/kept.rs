//! What server and phone exchange of a form: layouts of JSON that both know.

use std::collections::{BTreeMap, BTreeSet};

use crate::{FileId, area::Area};
use serde::{Deserialize, Serialize};

use super::{Definition, Upload};

/// The layout of these. A page of an older release that speaks another one is answered in words.
pub const FORMAT: u32 = 1;

/// A form as a phone keeps it: the same for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// [`FORMAT`].
    pub format: u32,
    /// Hours by which the city's clock is before UTC.
    pub hours: i8,
    /// The form.
    pub definition: Definition,
    /// The city's areas.
    pub areas: Vec<Area>,
}

/// What somebody is filling in, as the server has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The version that it began with.
    pub version: u32,
    /// With which it is handed in.
    pub key: String,
    /// How often it was saved.
    pub revision: i64,
    /// Field name → values.
    pub values: BTreeMap<String, Vec<String>>,
    /// Pages that were sent at least once.
    pub seen: BTreeSet<String>,
    /// Its files.
    pub files: BTreeMap<FileId, Upload>,
}

/// How far a file is on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Far {
    /// Its identity.
    pub id: String,
    /// Bytes that are here.
    pub received: usize,
    /// Whether it is whole and taken.
    pub is_whole: bool,
    /// Why it is not taken, in a sentence; empty otherwise.
    pub refused: String,
}

/// What became of something that was handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The number, as it is written.
    pub number: String,
    /// Where the case is followed.
    pub place: String,
}
