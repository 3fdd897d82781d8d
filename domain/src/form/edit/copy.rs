//! Copies, under keys of their own.

use std::collections::BTreeMap;

use super::{Place, find, key, rename};
use crate::form::{Definition, Kind, Question, Text};

/// Copies a page, question or check behind itself; nothing for what is not there or cannot be copied.
pub(super) fn copy(definition: &mut Definition, place: &Place) -> Option<()> {
    match place {
        Place::Page(key) => {
            let at = definition.pages.iter().position(|page| page.key == *key)?;
            let mut page = definition.pages[at].clone();
            page.key = key::another(key, '-', |key| definition.page(key).is_some());
            mark(&mut page.title);
            let mut names = BTreeMap::new();
            for question in &page.questions {
                name(definition, question, &mut names);
            }
            for question in &mut page.questions {
                own(question, &names);
            }
            definition.pages.insert(at + 1, page);
        }
        Place::Question(key) => {
            let trail = find::trail(definition, key)?;
            let mut question = definition.question_by_key(key)?.clone();
            mark(&mut question.label);
            let mut names = BTreeMap::new();
            name(definition, &question, &mut names);
            own(&mut question, &names);
            let (list, at) = find::list(definition, &trail)?;
            list.insert(at + 1, question);
        }
        Place::Check { group, key } => {
            let list = find::checks(definition, group)?;
            let at = list.iter().position(|check| check.key == *key)?;
            let mut check = list[at].clone();
            check.key = key::another(key, '_', |key| list.iter().any(|one| one.key == key));
            list.insert(at + 1, check);
        }
        Place::Form | Place::Service | Place::Section(_) => return None,
    }
    Some(())
}

/// Says in each language that is there that it is a copy.
fn mark(text: &mut Text) {
    for (text, word) in [(&mut text.id, "(salinan)"), (&mut text.en, "(copy)")] {
        if !text.is_empty() {
            text.push(' ');
            text.push_str(word);
        }
    }
}

/// A new key for a question and for each inside it.
fn name(definition: &Definition, question: &Question, names: &mut BTreeMap<String, String>) {
    let fresh = key::another(&question.key, '_', |key| {
        definition.question_by_key(key).is_some() || names.values().any(|name| name == key)
    });
    names.insert(question.key.clone(), fresh);
    for inner in question.kind.inner() {
        name(definition, inner, names);
    }
}

/// Gives a copied question its keys, and lets it name the copies.
fn own(question: &mut Question, names: &BTreeMap<String, String>) {
    rekey(question, names);
    rename::in_question(question, &|key| names.get(key).cloned());
}

fn rekey(question: &mut Question, names: &BTreeMap<String, String>) {
    if let Some(key) = names.get(&question.key) {
        question.key.clone_from(key);
    }
    if let Kind::Group { questions, .. } = &mut question.kind {
        for inner in questions {
            rekey(inner, names);
        }
    }
}
