//! What each edit does.

use super::{Edit, Face, Home, Place, Step, copy, find, key, rename, text};
use crate::{
    Invalid, Problem,
    form::{
        Bundle, Check, Condition, Definition, Kind, Page, Question, Section, Text,
        lint::{is_choice, is_key},
    },
};

fn gone() -> Invalid {
    Invalid::one("place", Problem::Unknown)
}

pub(super) fn run(bundle: &mut Bundle, edit: &Edit) -> Result<(), Invalid> {
    let definition = &mut bundle.definition;
    match edit {
        Edit::Form { title, intro } => {
            title.clone_into(&mut definition.title);
            intro.clone_into(&mut definition.intro);
        }
        Edit::Service(service) => {
            let office = std::mem::take(&mut bundle.service.office);
            bundle.service = (**service).clone();
            bundle.service.office = office;
        }
        Edit::Texts(texts) => put_texts(bundle, texts)?,
        Edit::AddSection(title) => {
            let taken = |key: &str| definition.sections.iter().any(|one| one.key == key);
            let key = key::make(&title.id, '_', taken);
            let title = title.clone();
            definition.sections.push(Section { key, title });
        }
        Edit::Section { key, title } => {
            let section = definition.sections.iter_mut().find(|one| one.key == *key);
            title.clone_into(&mut section.ok_or_else(gone)?.title);
        }
        Edit::AddPage { title, section } => add_page(definition, title, section),
        Edit::Page { key, face } => put_page(definition, key, face)?,
        Edit::AddQuestion { home, label, kind } => add_question(definition, home, label, kind)?,
        Edit::Question { key, question } => put_question(bundle, key, question)?,
        Edit::When { place, when } => put_when(definition, place, when.as_ref())?,
        Edit::AddCheck { group, check } => add_check(definition, group, check)?,
        Edit::Check { group, key, check } => put_check(definition, group, key, check)?,
        Edit::Move { place, step } => in_list(definition, place, Deed::Move(*step))?,
        Edit::MoveTo { question, home } => move_to(definition, question, home)?,
        Edit::Copy(place) => copy::copy(definition, place).ok_or_else(gone)?,
        Edit::Remove(place) => remove(definition, place)?,
        Edit::Replace(other) => {
            let (key, office) = (definition.key.clone(), bundle.service.office.clone());
            let version = definition.version;
            *bundle = (**other).clone();
            bundle.definition.key = key;
            bundle.definition.version = version;
            bundle.service.office = office;
        }
    }
    Ok(())
}

fn put_texts(bundle: &mut Bundle, texts: &[(String, Text)]) -> Result<(), Invalid> {
    let mut left: std::collections::BTreeMap<&str, &Text> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text))
        .collect();
    text::each(bundle, &mut |path, _, _, text| {
        if let Some(new) = left.remove(path.as_str()) {
            new.clone_into(text);
        }
    });
    if left.is_empty() { Ok(()) } else { Err(gone()) }
}

fn add_page(definition: &mut Definition, title: &Text, section: &str) {
    let taken = |key: &str| definition.page(key).is_some();
    let key = key::make(&title.id, '-', taken);
    let page = Page {
        key,
        title: title.clone(),
        help: Text::default(),
        section: section.to_owned(),
        when: None,
        questions: Vec::new(),
    };
    let last = definition
        .pages
        .iter()
        .rposition(|page| page.section == section);
    match last {
        Some(last) if !section.is_empty() => definition.pages.insert(last + 1, page),
        _ => definition.pages.push(page),
    }
}

fn put_page(definition: &mut Definition, key: &str, face: &Face) -> Result<(), Invalid> {
    let place = definition.pages.iter().position(|page| page.key == key);
    let place = place.ok_or_else(gone)?;
    if face.key != key {
        fits(&face.key, is_key(&face.key, true), |key| {
            definition.page(key).is_some()
        })?;
    }
    let page = &mut definition.pages[place];
    face.key.clone_into(&mut page.key);
    face.title.clone_into(&mut page.title);
    face.help.clone_into(&mut page.help);
    face.section.clone_into(&mut page.section);
    Ok(())
}

/// Whether something can be called so.
fn fits(key: &str, is_word: bool, is_taken: impl Fn(&str) -> bool) -> Result<(), Invalid> {
    if !is_word {
        Err(Invalid::one("key", Problem::Malformed))
    } else if is_taken(key) {
        Err(Invalid::one("key", Problem::Taken))
    } else {
        Ok(())
    }
}

fn add_question(
    definition: &mut Definition,
    home: &Home,
    label: &Text,
    kind: &Kind,
) -> Result<(), Invalid> {
    let taken = |key: &str| definition.question_by_key(key).is_some();
    let key = key::make(&label.id, '_', taken);
    let list = find::home(definition, home).ok_or_else(gone)?;
    list.push(Question {
        key,
        label: label.clone(),
        help: Text::default(),
        is_optional: false,
        class: None,
        when: None,
        prefill: None,
        kind: kind.clone(),
    });
    Ok(())
}

fn put_question(bundle: &mut Bundle, key: &str, question: &Question) -> Result<(), Invalid> {
    let definition = &mut bundle.definition;
    if question.key != key {
        fits(&question.key, is_key(&question.key, false), |key| {
            definition.question_by_key(key).is_some()
        })?;
    }
    let there = find::question(definition, key).ok_or_else(gone)?;
    let renamed = renamed_choice(&there.kind, &question.kind);
    question.clone_into(there);
    if let Some((from, to)) = renamed {
        // Conditions still know the question by its old key.
        rename::choice(bundle, key, &from, &to);
    }
    if question.key != key {
        rename::questions(bundle, &|name| (name == key).then(|| question.key.clone()));
    }
    Ok(())
}

/// The one choice that stands in its old place under a new key, where all others are as they were.
fn renamed_choice(old: &Kind, new: &Kind) -> Option<(String, String)> {
    let (old, new) = (old.options(), new.options());
    if old.len() != new.len() {
        return None;
    }
    let mut changed = old.iter().zip(new).filter(|(old, new)| old.key != new.key);
    let (from, to) = changed.next()?;
    let is_free = !old.iter().any(|one| one.key == to.key);
    let is_only = changed.next().is_none() && is_free && is_choice(&to.key);
    is_only.then(|| (from.key.clone(), to.key.clone()))
}

fn put_when(
    definition: &mut Definition,
    place: &Place,
    when: Option<&Condition>,
) -> Result<(), Invalid> {
    let slot = match place {
        Place::Page(key) => {
            let page = definition.pages.iter_mut().find(|page| page.key == *key);
            page.map(|page| &mut page.when)
        }
        Place::Question(key) => find::question(definition, key).map(|one| &mut one.when),
        Place::Check { group, key } => find::checks(definition, group)
            .and_then(|checks| checks.iter_mut().find(|check| check.key == *key))
            .map(|check| &mut check.when),
        Place::Form | Place::Service | Place::Section(_) => None,
    };
    *slot.ok_or_else(gone)? = when.cloned();
    Ok(())
}

fn add_check(definition: &mut Definition, group: &str, check: &Check) -> Result<(), Invalid> {
    let list = find::checks(definition, group).ok_or_else(gone)?;
    let mut check = check.clone();
    let taken = |key: &str| list.iter().any(|one| one.key == key);
    if check.key.is_empty() {
        check.key = key::make(&check.message.id, '_', taken);
    } else {
        fits(&check.key, is_key(&check.key, false), taken)?;
    }
    list.push(check);
    Ok(())
}

fn put_check(
    definition: &mut Definition,
    group: &str,
    key: &str,
    check: &Check,
) -> Result<(), Invalid> {
    let list = find::checks(definition, group).ok_or_else(gone)?;
    if check.key != key {
        fits(&check.key, is_key(&check.key, false), |key| {
            list.iter().any(|one| one.key == key)
        })?;
    }
    let there = list.iter_mut().find(|one| one.key == key);
    check.clone_into(there.ok_or_else(gone)?);
    Ok(())
}

#[derive(Clone, Copy)]
enum Deed {
    Move(Step),
    Remove,
}

impl Deed {
    fn on<T>(self, list: &mut Vec<T>, place: usize) {
        match self {
            Self::Move(Step::Up) if place > 0 => list.swap(place, place - 1),
            Self::Move(Step::Down) if place + 1 < list.len() => list.swap(place, place + 1),
            Self::Move(_) => {}
            Self::Remove => {
                list.remove(place);
            }
        }
    }
}

fn in_list(definition: &mut Definition, place: &Place, deed: Deed) -> Result<(), Invalid> {
    match place {
        Place::Section(key) => {
            let at = definition.sections.iter().position(|one| one.key == *key);
            deed.on(&mut definition.sections, at.ok_or_else(gone)?);
        }
        Place::Page(key) => {
            let at = definition.pages.iter().position(|one| one.key == *key);
            deed.on(&mut definition.pages, at.ok_or_else(gone)?);
        }
        Place::Question(key) => {
            let trail = find::trail(definition, key).ok_or_else(gone)?;
            let (list, at) = find::list(definition, &trail).ok_or_else(gone)?;
            deed.on(list, at);
        }
        Place::Check { group, key } => {
            let list = find::checks(definition, group).ok_or_else(gone)?;
            let at = list.iter().position(|one| one.key == *key);
            let at = at.ok_or_else(gone)?;
            deed.on(list, at);
        }
        Place::Form | Place::Service => return Err(gone()),
    }
    Ok(())
}

fn remove(definition: &mut Definition, place: &Place) -> Result<(), Invalid> {
    in_list(definition, place, Deed::Remove)?;
    if let Place::Section(key) = place {
        for page in &mut definition.pages {
            if page.section == *key {
                page.section.clear();
            }
        }
    }
    Ok(())
}

fn move_to(definition: &mut Definition, key: &str, home: &Home) -> Result<(), Invalid> {
    let trail = find::trail(definition, key).ok_or_else(gone)?;
    // A group cannot go into itself: it is looked for where it no longer is.
    let mut without = definition.clone();
    let (list, place) = find::list(&mut without, &trail).ok_or_else(gone)?;
    let question = list.remove(place);
    find::home(&mut without, home)
        .ok_or_else(gone)?
        .push(question);
    *definition = without;
    Ok(())
}
