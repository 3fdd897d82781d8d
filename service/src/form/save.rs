//! Saving what is filled in, page by page.

use std::sync::Arc;

use domain::{
    Problem,
    form::{Kind, Question},
};

use super::{
    Filling, Hand,
    filling::{DAYS, DESK_DAYS},
};
use crate::{Conflict, Error, Result, Service, limit};

/// Most bytes of what is filled in, without files.
pub(super) const LARGEST: usize = 256 * 1024;
/// How often a save is tried again when somebody else saves in the same moment.
const TRIES: u32 = 5;

/// A page as it was sent.
#[derive(Clone, Debug, Default)]
pub struct PageSave {
    /// The page's word.
    pub page: String,
    /// The item of a group whose questions were asked, such as `saksi.2`; nothing for the page's own questions.
    pub item: Option<String>,
    /// The paths of the questions that were asked: what was not asked is not touched.
    pub asked: Vec<String>,
    /// What was sent.
    pub fields: Vec<(String, String)>,
    /// The revision that the page showed; nothing when it did not say.
    pub seen: Option<i64>,
}

/// What became of it.
#[derive(Debug)]
pub enum Saved {
    /// It is saved.
    Here(Box<Filling>),
    /// Nothing was saved: the same page was saved elsewhere since, with other answers, which are these.
    Elsewhere(Box<Filling>),
}

/// Saves a page; what other pages hold stays as it is.
///
/// Errors: [`Error::NotFound`] for a form that the owner is not filling in, a page or an item that is not there, [`Error::TooLarge`],
/// [`Error::TooOften`], [`Conflict::Gone`], [`Conflict::Closed`].
pub async fn save_page(service: &Service, hand: &Hand, key: &str, save: PageSave) -> Result<Saved> {
    let done = change(service, hand, key, move |filling| {
        let page = filling
            .form
            .definition
            .page(&save.page)
            .ok_or(Error::NotFound)?;
        let questions = match &save.item {
            None => &page.questions[..],
            Some(item) => filling.item(item).ok_or(Error::NotFound)?,
        };
        let mut next = filling.draft.clone();
        for question in questions {
            let path = match &save.item {
                None => question.key.clone(),
                Some(item) => format!("{item}.{}", question.key),
            };
            if !save.asked.contains(&path) {
                continue;
            }
            let names = fields_of(question, &path);
            if names.is_empty() {
                continue;
            }
            next.values.remove(&path);
            for name in &names {
                next.values.remove(name);
            }
            for (name, value) in save.fields.iter().filter(|(name, _)| names.contains(name)) {
                if !value.is_empty() {
                    next.values
                        .entry(name.clone())
                        .or_default()
                        .push(value.clone());
                }
            }
            if matches!(question.kind, Kind::Place { .. }) {
                next.split_place(&path);
            }
        }
        let place = save.item.as_ref().unwrap_or(&save.page);
        let last = filling.saved.get(place).copied().unwrap_or(0);
        if save.seen.is_some_and(|seen| seen < last) && next.values != filling.draft.values {
            return Ok(false);
        }
        if save.item.is_none() {
            next.seen.insert(save.page.clone());
        }
        filling.draft = next;
        let revision = filling.revision + 1;
        filling.saved.insert(place.clone(), revision);
        Ok(true)
    })
    .await?;
    Ok(match done {
        (true, filling) => Saved::Here(filling),
        (false, filling) => Saved::Elsewhere(filling),
    })
}

/// Puts what a phone has typed into what is being filled in, field by field: what it does not name stays. `None` when that is
/// not what the owner fills in: it has the key `send_key`.
///
/// Fields of questions that the form does not ask, and files, are passed over. Errors: as [`save_page`].
pub async fn merge(
    service: &Service,
    hand: &Hand,
    key: &str,
    send_key: &str,
    typed: domain::form::Draft,
) -> Result<Option<Box<Filling>>> {
    let send_key = send_key.to_owned();
    let (is_same, filling) = change(service, hand, key, move |filling| {
        if filling.key != send_key {
            return Ok(false);
        }
        let definition = &filling.form.definition;
        for (name, values) in &typed.values {
            let is_asked = owner_of(definition, name).is_some_and(|question| {
                !matches!(question.kind, Kind::File { .. } | Kind::Calculated { .. })
            });
            let values: Vec<String> = values.iter().filter(|v| !v.is_empty()).cloned().collect();
            if !is_asked {
                continue;
            }
            if values.is_empty() {
                filling.draft.values.remove(name);
            } else {
                filling.draft.values.insert(name.clone(), values);
            }
            // A pair of numbers in one field counts more than a second number from before.
            let is_place = |path: &&str| {
                let question = definition.question(path);
                question.is_some_and(|question| matches!(question.kind, Kind::Place { .. }))
            };
            if let Some(path) = name.strip_suffix(".lat").filter(is_place) {
                let lon = format!("{path}.lon");
                if !typed.values.contains_key(&lon) {
                    filling.draft.values.remove(&lon);
                }
                filling.draft.split_place(path);
            }
        }
        let seen = typed
            .seen
            .iter()
            .filter(|page| definition.page(page).is_some());
        filling.draft.seen.extend(seen.cloned());
        Ok(true)
    })
    .await?;
    Ok(is_same.then_some(filling))
}

/// The question to which a field belongs, such as that at `lahir` of `lahir.day`.
fn owner_of<'a>(definition: &'a domain::form::Definition, name: &str) -> Option<&'a Question> {
    let whole = definition.question(name);
    let part = || {
        name.rsplit_once('.')
            .and_then(|(path, _)| definition.question(path))
    };
    whole
        .filter(|question| {
            !matches!(
                question.kind,
                Kind::Date { .. } | Kind::Address { .. } | Kind::Place { .. }
            )
        })
        .or_else(|| {
            part().filter(|question| {
                matches!(
                    question.kind,
                    Kind::Date { .. } | Kind::Address { .. } | Kind::Place { .. }
                )
            })
        })
}

/// The names of the fields of a question; none of one that a page does not ask itself.
fn fields_of(question: &Question, path: &str) -> Vec<String> {
    let parts: &[&str] = match question.kind {
        Kind::Date { .. } => &["day", "month", "year"],
        Kind::Address { .. } => &["street", "rt", "rw", "area", "elsewhere", "postcode"],
        Kind::Place { .. } => &["area", "lat", "lon"],
        Kind::Group { .. } | Kind::File { .. } | Kind::Calculated { .. } => return Vec::new(),
        _ => return vec![path.to_owned()],
    };
    parts.iter().map(|part| format!("{path}.{part}")).collect()
}

/// Adds an empty item to a group; the item, such as `saksi.3`.
///
/// Errors: as [`save_page`]; [`Error::Invalid`] for the group when it is full.
pub async fn add_item(service: &Service, hand: &Hand, key: &str, group: &str) -> Result<String> {
    let group = group.to_owned();
    let (_, filling) = change(service, hand, key, {
        let group = group.clone();
        move |filling| {
            let question = filling.form.definition.question(&group);
            let Some(Kind::Group { max, .. }) = question.map(|found| &found.kind) else {
                return Err(Error::NotFound);
            };
            let outer = group.rsplit_once('.').map(|(outer, _)| outer);
            if outer.is_some_and(|outer| filling.item(outer).is_none()) {
                return Err(Error::NotFound);
            }
            let max = *max.min(&Kind::ITEMS);
            if filling.draft.items(&group).len() >= usize::from(max) {
                let max = u32::from(max);
                return Err(Error::invalid(&group, Problem::TooMany { max }));
            }
            filling.draft.add_item(&group);
            Ok(true)
        }
    })
    .await?;
    let items = filling.draft.items(&group);
    let id = items.last().ok_or(Error::NotFound)?;
    Ok(format!("{group}.{id}"))
}

/// Takes an item with everything in it out of its group, also its files; nothing happens when it is not there.
pub async fn remove_item(service: &Service, hand: &Hand, key: &str, item: &str) -> Result<()> {
    let item = item.to_owned();
    change(service, hand, key, move |filling| {
        let (group, id) = item.rsplit_once('.').ok_or(Error::NotFound)?;
        filling.draft.remove_item(group, id);
        Ok(true)
    })
    .await
    .map(drop)
}

/// Does a deed on what is being filled in and saves it, when the deed says so. The deed is done again when somebody was faster.
pub(super) async fn change<F>(
    service: &Service,
    hand: &Hand,
    key: &str,
    deed: F,
) -> Result<(bool, Box<Filling>)>
where
    F: Fn(&mut Filling) -> Result<bool> + Send + Sync + 'static,
{
    let now = service.now();
    service.limits().take(limit::DRAFT, &hand.address, now)?;
    let deed = Arc::new(deed);
    for _ in 0..TRIES {
        let (inner, hand, key, deed) = (
            service.clone(),
            hand.clone(),
            key.to_owned(),
            Arc::clone(&deed),
        );
        let done = service
            .db()
            .write(move |tx| {
                Box::pin(async move {
                    let mut filling = super::resume(&inner, tx, &hand, &key)
                        .await?
                        .ok_or(Error::NotFound)?;
                    filling.must_go_on()?;
                    if !deed(&mut filling)? {
                        return Ok::<_, Error>(Some((false, filling)));
                    }
                    Ok(store(&inner, tx, &mut filling)
                        .await?
                        .then_some((true, filling)))
                })
            })
            .await?;
        if let Some((saved, filling)) = done {
            return Ok((saved, Box::new(filling)));
        }
    }
    Err(Error::Conflict(Conflict::Stale))
}

/// Bytes of what is typed.
pub(super) fn size_of(draft: &domain::form::Draft) -> usize {
    let of = |(name, values): (&String, &Vec<String>)| {
        name.len() + values.iter().map(String::len).sum::<usize>()
    };
    draft.values.iter().map(of).sum()
}

/// Saves it and throws away the files that nothing names any more; `false` when somebody was faster.
pub(super) async fn store(
    service: &Service,
    tx: &mut storage::Tx,
    filling: &mut Filling,
) -> Result<bool> {
    if size_of(&filling.draft) > LARGEST {
        return Err(Error::TooLarge);
    }
    let now = service.now();
    let days = if filling.mandate.is_some() {
        DESK_DAYS
    } else {
        DAYS
    };
    let expires_at = now.plus_days(days);
    let body = filling.seal(service);
    if !storage::form::save(tx, &filling.id, filling.revision, &body, now, expires_at).await? {
        return Ok(false);
    }
    filling.revision += 1;
    filling.updated_at = now;
    filling.expires_at = expires_at;
    let named = |id: &domain::FileId| {
        let mut values = filling.draft.values.values().flatten();
        values.any(|value| value == id.as_str())
    };
    let unused: Vec<_> = filling
        .files
        .keys()
        .filter(|id| !named(id))
        .cloned()
        .collect();
    for id in unused {
        storage::form::delete_file(tx, &filling.id, &id).await?;
        filling.files.remove(&id);
    }
    Ok(true)
}
