//! What somebody has typed so far.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The texts of a form as HTML sends them: field name → values, in the order in which they came. Nothing in it is checked.
///
/// A question's field has its path as name. In a group, the field of the group holds the ids of its items in order, and an
/// item's fields are `group.ITEM.question`. An item keeps its id while others come and go, so that a file that is still on its way
/// finds it. A date has fields `PATH.day`, `PATH.month`, `PATH.year`, or one `PATH`; an address and a place have their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Field name → values.
    pub values: BTreeMap<String, Vec<String>>,
    /// Keys of the pages that were sent at least once.
    pub seen: BTreeSet<String>,
}

/// Longest id of an item.
const ITEM: usize = 12;

impl Draft {
    /// The first value of a field, or nothing.
    pub fn text(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// All values of a field.
    pub fn all(&self, field: &str) -> &[String] {
        self.values.get(field).map_or(&[], Vec::as_slice)
    }

    /// Whether something other than blanks was typed.
    pub fn has(&self, field: &str) -> bool {
        self.all(field).iter().any(|value| !value.trim().is_empty())
    }

    /// Sets a field to one value.
    pub fn put(&mut self, field: &str, value: &str) {
        self.values.insert(field.to_owned(), vec![value.to_owned()]);
    }

    /// The ids of a group's items in order: 1 to 12 small letters and digits, each once; others are passed over.
    pub fn items(&self, group: &str) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.all(group)
            .iter()
            .map(String::as_str)
            .filter(|id| {
                let fits = (1..=ITEM).contains(&id.len())
                    && id
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
                fits && seen.insert(*id)
            })
            .collect()
    }

    /// Adds an empty item at the end of a group and gives its id: the number after the highest that was used.
    pub fn add_item(&mut self, group: &str) -> String {
        let prefix = format!("{group}.");
        // Fields of items that were taken out may still be on their way from another device.
        let used = self
            .values
            .keys()
            .filter_map(|field| field.strip_prefix(&prefix)?.split('.').next());
        let highest = used
            .chain(self.items(group))
            .filter_map(|id| id.parse::<u32>().ok())
            .max()
            .unwrap_or(0);
        let id = highest.saturating_add(1).to_string();
        self.values
            .entry(group.to_owned())
            .or_default()
            .push(id.clone());
        id
    }

    /// Of a place at `path`: a pair of numbers, as maps give it to be copied, may stand in the first field.
    pub fn split_place(&mut self, path: &str) {
        let (lat, lon) = (format!("{path}.lat"), format!("{path}.lon"));
        if self.has(&lon) {
            return;
        }
        let pair = self.text(&lat).to_owned();
        if let Some((a, b)) = pair.split_once(", ").or_else(|| pair.split_once(' '))
            && [a, b].iter().all(|half| is_number(half))
        {
            self.put(&lat, a.trim());
            self.put(&lon, b.trim());
        }
    }

    /// Takes an item with everything in it out of a group.
    pub fn remove_item(&mut self, group: &str, item: &str) {
        if let Some(items) = self.values.get_mut(group) {
            items.retain(|id| id != item);
        }
        let prefix = format!("{group}.{item}.");
        self.values.retain(|field, _| !field.starts_with(&prefix));
    }
}

/// Whether it can be a number of degrees; words that were typed stay together.
fn is_number(half: &str) -> bool {
    let half = half.trim();
    half.contains(|c: char| c.is_ascii_digit())
        && half
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '\u{2212}' | '.' | ','))
}
