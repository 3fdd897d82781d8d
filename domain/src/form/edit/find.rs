//! Where things are in a form. Where a broken form has a key twice, the first is meant.

use super::Home;
use crate::form::{Check, Definition, Kind, Question};

/// The way to a question: the place of its page, then its place in the page and in each group on the way.
pub(super) struct Trail {
    page: usize,
    steps: Vec<usize>,
}

/// The way to a question anywhere in the form.
pub(super) fn trail(definition: &Definition, key: &str) -> Option<Trail> {
    definition
        .pages
        .iter()
        .enumerate()
        .find_map(|(page, one)| steps(&one.questions, key).map(|steps| Trail { page, steps }))
}

fn steps(questions: &[Question], key: &str) -> Option<Vec<usize>> {
    questions.iter().enumerate().find_map(|(place, one)| {
        if one.key == key {
            return Some(vec![place]);
        }
        let mut inner = steps(one.kind.inner(), key)?;
        inner.insert(0, place);
        Some(inner)
    })
}

/// The list that holds a question, and its place in it.
pub(super) fn list<'a>(
    definition: &'a mut Definition,
    trail: &Trail,
) -> Option<(&'a mut Vec<Question>, usize)> {
    let (last, outer) = trail.steps.split_last()?;
    let mut list = &mut definition.pages.get_mut(trail.page)?.questions;
    for step in outer {
        let Kind::Group { questions, .. } = &mut list.get_mut(*step)?.kind else {
            return None;
        };
        list = questions;
    }
    Some((list, *last))
}

/// A question, to be changed.
pub(super) fn question<'a>(definition: &'a mut Definition, key: &str) -> Option<&'a mut Question> {
    let trail = trail(definition, key)?;
    let (list, place) = list(definition, &trail)?;
    list.get_mut(place)
}

/// The questions of a page or a group, to be changed.
pub(super) fn home<'a>(
    definition: &'a mut Definition,
    home: &Home,
) -> Option<&'a mut Vec<Question>> {
    match home {
        Home::Page(key) => {
            let page = definition.pages.iter_mut().find(|page| page.key == *key)?;
            Some(&mut page.questions)
        }
        Home::Group(key) => match &mut question(definition, key)?.kind {
            Kind::Group { questions, .. } => Some(questions),
            _ => None,
        },
    }
}

/// The checks of the form, or of a group.
pub(super) fn checks<'a>(
    definition: &'a mut Definition,
    group: &str,
) -> Option<&'a mut Vec<Check>> {
    if group.is_empty() {
        return Some(&mut definition.checks);
    }
    match &mut question(definition, group)?.kind {
        Kind::Group { checks, .. } => Some(checks),
        _ => None,
    }
}

impl Definition {
    /// Every question, those of a group after the group, with the group in which it stands.
    pub fn each_question(&self) -> Vec<(&Question, Option<&Question>)> {
        let mut found = Vec::new();
        for page in &self.pages {
            gather(&page.questions, None, &mut found);
        }
        found
    }

    /// The question of that key, in a group or not.
    pub fn question_by_key(&self, key: &str) -> Option<&Question> {
        let all = self.each_question();
        all.into_iter()
            .find(|(question, _)| question.key == key)
            .map(|(question, _)| question)
    }

    /// The page on which a question stands, in a group or not.
    pub fn page_of(&self, key: &str) -> Option<&str> {
        let trail = trail(self, key)?;
        self.pages.get(trail.page).map(|page| page.key.as_str())
    }

    /// The group in which a question stands, if it stands in one.
    pub fn group_of(&self, key: &str) -> Option<&str> {
        let all = self.each_question();
        let (_, group) = all.into_iter().find(|(question, _)| question.key == key)?;
        group.map(|group| group.key.as_str())
    }

    /// The questions that are answered before a question, or before a page when `key` is that of a page: what its condition can
    /// name. Those inside groups are named inside the same group alone.
    pub fn known_before(&self, key: &str) -> Vec<&Question> {
        let mut known = Vec::new();
        for page in &self.pages {
            if page.key == key || before(&page.questions, key, &mut known) {
                return known;
            }
        }
        known
    }

    /// The questions that a check can name: those of the whole form outside of groups, or of a group with what came before it.
    pub fn known_to_checks(&self, group: &str) -> Vec<&Question> {
        if group.is_empty() {
            return self.pages.iter().flat_map(|page| &page.questions).collect();
        }
        let mut known = self.known_before(group);
        if let Some(question) = self.question_by_key(group) {
            known.extend(question.kind.inner());
        }
        known
    }
}

fn gather<'a>(
    questions: &'a [Question],
    group: Option<&'a Question>,
    found: &mut Vec<(&'a Question, Option<&'a Question>)>,
) {
    for question in questions {
        found.push((question, group));
        gather(question.kind.inner(), Some(question), found);
    }
}

/// Adds what comes before a question; whether it was met.
fn before<'a>(questions: &'a [Question], key: &str, known: &mut Vec<&'a Question>) -> bool {
    for question in questions {
        if question.key == key {
            return true;
        }
        let outside = known.len();
        if before(question.kind.inner(), key, known) {
            return true;
        }
        known.truncate(outside);
        known.push(question);
    }
    false
}
