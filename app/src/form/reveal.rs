//! Questions that an answer on the same page opens. They are drawn right behind it, and the style sheet shows them as soon as it
//! is given: nobody is sent round once more, and no script is needed.

use domain::form::{Condition, Kind, Question};

/// Most choices of a question that opens others: as many as the style sheet counts.
const CHOICES: usize = 10;

/// A question of a page.
pub(super) struct Asked<'a> {
    pub(super) question: &'a Question,
    pub(super) path: String,
    /// Whether the answers so far ask it.
    pub(super) is_shown: bool,
    /// The choices, from 1, of the block's first question that open it; none of the first itself.
    pub(super) opened_by: Vec<usize>,
}

/// The questions of a page in blocks: one that is asked, and those right behind it that it opens, asked already or not.
///
/// `questions` are all of the page, with whether the answers so far ask them.
pub(super) fn blocks<'a>(questions: Vec<(&'a Question, String, bool)>) -> Vec<Vec<Asked<'a>>> {
    let mut blocks: Vec<Vec<Asked<'a>>> = Vec::new();
    for (question, path, is_shown) in questions {
        let opened_by = blocks
            .last()
            .and_then(|block| opened_by(question, block.first()?.question));
        let asked = Asked {
            question,
            path,
            is_shown,
            opened_by: opened_by.unwrap_or_default(),
        };
        match blocks.last_mut() {
            Some(block) if !asked.opened_by.is_empty() => block.push(asked),
            _ if is_shown => blocks.push(vec![asked]),
            _ => {}
        }
    }
    blocks
}

/// The choices of `first` that alone decide whether `question` is asked.
fn opened_by(question: &Question, first: &Question) -> Option<Vec<usize>> {
    let keys: Vec<&str> = match &first.kind {
        Kind::YesNo => vec!["yes", "no"],
        Kind::One { options } | Kind::Many { options, .. } => {
            options.iter().map(|option| option.key.as_str()).collect()
        }
        _ => return None,
    };
    if keys.len() > CHOICES {
        return None;
    }
    choices(question.when.as_ref()?, &first.key, &keys)
}

fn choices(when: &Condition, first: &str, keys: &[&str]) -> Option<Vec<usize>> {
    match when {
        Condition::Is { question, value } if question == first => {
            let place = keys.iter().position(|key| key == value)?;
            Some(vec![place + 1])
        }
        Condition::Any(list) => {
            let mut all = Vec::new();
            for one in list {
                all.extend(choices(one, first, keys)?);
            }
            all.sort_unstable();
            all.dedup();
            Some(all)
        }
        Condition::All(list) if list.len() == 1 => choices(list.first()?, first, keys),
        Condition::Not(one) => {
            let not = choices(one, first, keys)?;
            Some((1..=keys.len()).filter(|n| !not.contains(n)).collect())
        }
        _ => None,
    }
}

/// The classes by which the style sheet shows a question that another opens.
pub(super) fn class(asked: &Asked<'_>) -> String {
    use std::fmt::Write as _;
    let mut class = "opened".to_owned();
    if asked.is_shown {
        class.push_str(" now");
    }
    for n in &asked.opened_by {
        let _ = write!(class, " by-{n}");
    }
    class
}

#[cfg(test)]
mod tests {
    use domain::form::Definition;

    use super::*;

    fn page(questions: &str) -> Vec<Question> {
        serde_json::from_str(questions).expect("questions")
    }

    fn shape(questions: &[Question], shown: &[&str]) -> Vec<String> {
        let all = questions
            .iter()
            .map(|one| (one, one.key.clone(), shown.contains(&one.key.as_str())))
            .collect();
        blocks(all)
            .iter()
            .map(|block| {
                let parts: Vec<String> = block
                    .iter()
                    .map(|one| format!("{}{:?}", one.path, one.opened_by))
                    .collect();
                parts.join(" ")
            })
            .collect()
    }

    #[test]
    fn what_an_answer_opens_stands_right_behind_it() {
        let questions = page(
            r#"[
            {"key":"wni","label":{"id":"WNI?"},"kind":"yes_no"},
            {"key":"nik","label":{"id":"NIK"},"when":{"is":{"question":"wni","value":"yes"}},"kind":"nik"},
            {"key":"paspor","label":{"id":"Paspor"},"when":{"not":{"is":{"question":"wni","value":"yes"}}},"kind":{"short":{"max":20}}},
            {"key":"lain","label":{"id":"Lain"},"when":{"is":{"question":"jauh","value":"yes"}},"kind":"nik"},
            {"key":"tempat","label":{"id":"Tempat"},"kind":{"short":{"max":20}}},
            {"key":"kartu","label":{"id":"Kartu"},"when":{"is":{"question":"wni","value":"yes"}},"kind":"kk"}
        ]"#,
        );
        // Before anything is answered: what could be opened is there, what other pages decide is not.
        assert_eq!(
            shape(&questions, &["wni", "tempat"]),
            ["wni[] nik[1] paspor[2]", "tempat[]"]
        );
        // What does not stand right behind its question comes when it is asked.
        assert_eq!(
            shape(&questions, &["wni", "nik", "tempat", "kartu"]),
            ["wni[] nik[1] paspor[2]", "tempat[]", "kartu[]"]
        );
    }

    #[test]
    fn every_page_of_the_birth_form_keeps_its_questions() {
        let form: Definition =
            serde_json::from_str(include_str!("../../../domain/src/form/tests/birth.json"))
                .expect("a form");
        for page in &form.pages {
            let all = page.questions.iter();
            let count = blocks(all.map(|one| (one, one.key.clone(), true)).collect())
                .iter()
                .map(Vec::len)
                .sum::<usize>();
            assert_eq!(count, page.questions.len(), "{}", page.key);
        }
    }
}
