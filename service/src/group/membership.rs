//! Groups that are given: a CSV file with the columns `participant` and `group`.

use std::{collections::BTreeMap, path::Path};

use super::ReadError;
use crate::polis::{Broken, Fault, read::Table};

/// Who is in which group. A line without a group leaves the person out; a person may stand in the file once.
pub fn read_membership(path: &Path) -> Result<BTreeMap<i64, i64>, ReadError> {
    let bytes = ReadError::read(path.to_owned())?;
    parse(&bytes).map_err(|Broken { line, fault, .. }| ReadError::Line {
        path: path.to_owned(),
        line,
        fault,
    })
}

fn parse(bytes: &[u8]) -> Result<BTreeMap<i64, i64>, Broken> {
    let mut table = Table::open("", bytes)?;
    let (participant, group) = (table.column("participant")?, table.column("group")?);
    let mut membership = BTreeMap::new();
    while let Some(line) = table.next()? {
        let person = line.number(participant)?;
        if line.text(group)?.trim().is_empty() {
            continue;
        }
        if membership.insert(person, line.number(group)?).is_some() {
            return Err(line.broken(Fault::SecondPerson(person)));
        }
    }
    Ok(membership)
}
