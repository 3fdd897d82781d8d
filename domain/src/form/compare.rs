//! What changed from one form to another.

use std::collections::BTreeSet;

use super::{Bundle, Check, Choice, Component, Kind, Question, edit::Place};

/// A part of something that can be changed by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its name, heading or question.
    Title,
    /// Its explanation or introduction.
    Help,
    /// The task of a page.
    Section,
    /// When it holds.
    When,
    /// Whether it may stay empty.
    Optional,
    /// Its class of personal data.
    Class,
    /// What of the account it begins with.
    Prefill,
    /// How it is answered: another kind, or other settings.
    Kind,
    /// What can be chosen.
    Choices,
    /// What must hold.
    Must,
    /// What is said when it does not.
    Message,
    /// Whether a check only warns.
    Advice,
    /// Beside which question a check stands.
    At,
    /// The office.
    Office,
    /// Where people look for the service.
    LifeEvent,
    /// Its summary.
    Summary,
    /// A component of its standard.
    Component(Component),
    /// What it costs.
    Fee,
    /// How long the city has.
    Limit,
    /// How long cases are kept.
    Retention,
    /// Whether and when it can be asked for here.
    Opening,
    /// What is unverified.
    Note,
}

/// What became of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// It is no more.
    Removed,
    /// It stands in another order, or on another page.
    Moved,
    /// A part of it is another.
    Changed(Part),
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

/// What one must do to a form to get from one to the other, in the order of the newer; what was removed comes last. Empty for
/// forms that are the same but for their version.
pub fn compare(old: &Bundle, new: &Bundle) -> Vec<Change> {
    let mut found = Found(Vec::new());
    found.form(old, new);
    found.0
}

struct Found(Vec<Change>);

impl Found {
    fn add(&mut self, place: &Place, what: What) {
        self.0.push(Change {
            place: place.clone(),
            what,
        });
    }

    fn part<T: PartialEq>(&mut self, place: &Place, part: Part, old: &T, new: &T) {
        if old != new {
            self.add(place, What::Changed(part));
        }
    }

    fn form(&mut self, old: &Bundle, new: &Bundle) {
        let (was, is) = (&old.definition, &new.definition);
        self.part(&Place::Form, Part::Title, &was.title, &is.title);
        self.part(&Place::Form, Part::Help, &was.intro, &is.intro);
        self.list(
            &was.sections,
            &is.sections,
            |one| one.key.clone(),
            Place::Section,
            |found, place, a, b| found.part(place, Part::Title, &a.title, &b.title),
        );
        self.list(
            &was.pages,
            &is.pages,
            |page| page.key.clone(),
            Place::Page,
            |found, place, a, b| {
                found.part(place, Part::Title, &a.title, &b.title);
                found.part(place, Part::Help, &a.help, &b.help);
                found.part(place, Part::Section, &a.section, &b.section);
                found.part(place, Part::When, &a.when, &b.when);
            },
        );
        self.questions(old, new);
        self.checks("", &was.checks, &is.checks);
        self.service(old, new);
    }

    /// Things of one kind that have keys; `each` compares what stands in both.
    fn list<T>(
        &mut self,
        old: &[T],
        new: &[T],
        key: impl Fn(&T) -> String,
        place: impl Fn(String) -> Place,
        mut each: impl FnMut(&mut Self, &Place, &T, &T),
    ) {
        let keys = |list: &[T]| list.iter().map(&key).collect::<Vec<String>>();
        let (was, is) = (keys(old), keys(new));
        let moved = moved(&was, &is);
        for one in new {
            let own = key(one);
            let at = place(own.clone());
            match old.iter().find(|old| key(old) == own) {
                None => self.add(&at, What::Added),
                Some(old) => {
                    if moved.contains(&own) {
                        self.add(&at, What::Moved);
                    }
                    each(self, &at, old, one);
                }
            }
        }
        for gone in was.iter().filter(|key| !is.contains(key)) {
            self.add(&place(gone.clone()), What::Removed);
        }
    }

    fn questions(&mut self, old: &Bundle, new: &Bundle) {
        // Where a question stands, and its place among its neighbours that were there before.
        let homes = |bundle: &Bundle| {
            let definition = &bundle.definition;
            let all = definition.each_question();
            all.into_iter()
                .map(|(question, group)| {
                    let home = match group {
                        Some(group) => format!("group {}", group.key),
                        None => definition
                            .page_of(&question.key)
                            .unwrap_or_default()
                            .to_owned(),
                    };
                    (question.clone(), home)
                })
                .collect::<Vec<(Question, String)>>()
        };
        let (was, is) = (homes(old), homes(new));
        let mut still = BTreeSet::new();
        for home in is.iter().map(|(_, home)| home).collect::<BTreeSet<_>>() {
            let own = |list: &[(Question, String)]| {
                let own = list.iter().filter(|(_, at)| at == home);
                own.map(|(question, _)| question.key.clone())
                    .collect::<Vec<_>>()
            };
            still.extend(moved(&own(&was), &own(&is)));
        }
        for (question, home) in &is {
            let place = Place::Question(question.key.clone());
            match was.iter().find(|(old, _)| old.key == question.key) {
                None => self.add(&place, What::Added),
                Some((old, at)) => {
                    if at != home || still.contains(&question.key) {
                        self.add(&place, What::Moved);
                    }
                    self.question(&place, old, question);
                }
            }
        }
        for (gone, _) in &was {
            if !is.iter().any(|(question, _)| question.key == gone.key) {
                self.add(&Place::Question(gone.key.clone()), What::Removed);
            }
        }
    }

    fn question(&mut self, place: &Place, old: &Question, new: &Question) {
        self.part(place, Part::Title, &old.label, &new.label);
        self.part(place, Part::Help, &old.help, &new.help);
        self.part(place, Part::Optional, &old.is_optional, &new.is_optional);
        self.part(place, Part::Class, &old.class, &new.class);
        self.part(place, Part::When, &old.when, &new.when);
        self.part(place, Part::Prefill, &old.prefill, &new.prefill);
        self.part(place, Part::Kind, &bare(&old.kind), &bare(&new.kind));
        let choices = |kind: &Kind| kind.options().to_vec();
        let (was, is): (Vec<Choice>, Vec<Choice>) = (choices(&old.kind), choices(&new.kind));
        self.part(place, Part::Choices, &was, &is);
        let checks = |kind: &Kind| match kind {
            Kind::Group { checks, .. } => checks.clone(),
            _ => Vec::new(),
        };
        self.checks(&new.key, &checks(&old.kind), &checks(&new.kind));
    }

    fn checks(&mut self, group: &str, old: &[Check], new: &[Check]) {
        self.list(
            old,
            new,
            |check| check.key.clone(),
            |key| Place::Check {
                group: group.to_owned(),
                key,
            },
            |found, place, a, b| {
                found.part(place, Part::At, &a.at, &b.at);
                found.part(place, Part::When, &a.when, &b.when);
                found.part(place, Part::Must, &a.must, &b.must);
                found.part(place, Part::Message, &a.message, &b.message);
                found.part(place, Part::Advice, &a.is_advice, &b.is_advice);
            },
        );
    }

    fn service(&mut self, old: &Bundle, new: &Bundle) {
        let (was, is) = (&old.service, &new.service);
        let at = &Place::Service;
        self.part(at, Part::Office, &was.office, &is.office);
        self.part(at, Part::LifeEvent, &was.life_event, &is.life_event);
        self.part(at, Part::Summary, &was.summary, &is.summary);
        for component in Component::ALL {
            let (was, is) = (was.standard.get(component), is.standard.get(component));
            self.part(at, Part::Component(component), was, is);
        }
        self.part(at, Part::Fee, &was.fee, &is.fee);
        self.part(at, Part::Limit, &was.limit, &is.limit);
        self.part(at, Part::Retention, &was.retention_days, &is.retention_days);
        let opening = |one: &super::Service| (one.is_online, one.opens, one.closes);
        self.part(at, Part::Opening, &opening(was), &opening(is));
        self.part(at, Part::Note, &was.note, &is.note);
    }
}

/// A kind without what is compared by itself: its choices, the questions and checks in it.
fn bare(kind: &Kind) -> Kind {
    let mut kind = kind.clone();
    match &mut kind {
        Kind::One { options } | Kind::Many { options, .. } => options.clear(),
        Kind::Group {
            questions, checks, ..
        } => {
            questions.clear();
            checks.clear();
        }
        _ => {}
    }
    kind
}

/// The fewest of those in both lists that must be moved to get from one order to the other: all but a longest common sequence.
fn moved(old: &[String], new: &[String]) -> BTreeSet<String> {
    let both = |list: &[String], other: &[String]| {
        let kept = list.iter().filter(|key| other.contains(key));
        kept.cloned().collect::<Vec<String>>()
    };
    let (old, new) = (both(old, new), both(new, old));
    let (rows, columns) = (old.len(), new.len());
    let mut longest = vec![vec![0_usize; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[row][column] = if old[row] == new[column] {
                longest[row + 1][column + 1] + 1
            } else {
                longest[row + 1][column].max(longest[row][column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut moved: BTreeSet<String> = new.iter().cloned().collect();
    while row < rows && column < columns {
        if old[row] == new[column] {
            moved.remove(&new[column]);
            row += 1;
            column += 1;
        } else if longest[row + 1][column] >= longest[row][column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_must_be_moved_is_called_moved() {
        let keys = |text: &str| text.chars().map(String::from).collect::<Vec<String>>();
        let found = |old, new| {
            moved(&keys(old), &keys(new))
                .into_iter()
                .collect::<String>()
        };
        assert_eq!(found("abcd", "abcd"), "");
        assert_eq!(found("abcd", "dabc"), "d");
        assert_eq!(found("abcd", "abxd"), "");
        assert_eq!(found("abcde", "acbde").len(), 1);
        assert_eq!(found("ab", "ba").len(), 1);
    }
}
