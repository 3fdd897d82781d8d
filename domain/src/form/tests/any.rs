//! Random forms, random drafts.

use proptest::prelude::*;

use super::*;
use crate::form::testing::{drafts, form};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_form_and_draft_keep_the_promises(form in form(), typed in drafts()) {
        let files = files();
        let context = Context { files: &files, ..today() };
        let outcome = validate(&form, &typed, &context);
        // The same in, the same out.
        prop_assert_eq!(&validate(&form, &typed, &context), &outcome);
        // A hidden question has no answer, nor a problem; a hidden page no shown question.
        for path in outcome.answers.0.keys() {
            prop_assert!(outcome.shown.iter().any(|shown| shown.path == *path), "{}", path);
            prop_assert!(form.question(path).is_some());
        }
        for shown in &outcome.shown {
            prop_assert!(!matches!(outcome.state(&shown.page), State::Hidden | State::CannotStart));
        }
        for wrong in outcome.wrong.iter().chain(&outcome.advice) {
            prop_assert!(outcome.shown.iter().any(|shown| shown.path == wrong.path));
            prop_assert!(wrong.field.starts_with(&wrong.path));
        }
        // What was cleaned stays as it is.
        let again = validate(&form, &outcome.answers.to_draft(), &context);
        prop_assert_eq!(&again.answers, &outcome.answers);
        // A question is either answered, or wrong, or may be empty.
        if outcome.is_ready() {
            for shown in &outcome.shown {
                let question = form.question(&shown.path).expect("shown");
                prop_assert!(question.is_optional || outcome.answers.get(&shown.path).is_some());
            }
        }
        // Walking on from the start meets every shown page once.
        let mut walked = Vec::new();
        let mut at = outcome.pages.iter().find(|page| !matches!(page.state, State::Hidden | State::CannotStart)).map(|page| page.key.as_str());
        while let Some(page) = at {
            walked.push(page);
            at = outcome.next(page);
            if let Some(next) = at {
                prop_assert_eq!(outcome.back(next), Some(page));
            }
        }
        prop_assert!(outcome.shown.iter().all(|shown| walked.contains(&shown.page.as_str())));
        prop_assert!(outcome.tasks(&form).len() <= 1);
    }

    #[test]
    fn export_import_and_lint_of_any_form(form in form(), typed in drafts()) {
        let text = serde_json::to_string(&form).unwrap();
        let again: Definition = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&again, &form);
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
        let report = lint::lint(&form);
        let unreachable = |key: &str| report.findings.iter().any(|found| found.at == key && found.rule == lint::Rule::Unreachable);
        // What is called unreachable is never shown.
        let files = files();
        let outcome = validate(&form, &typed, &Context { files: &files, ..today() });
        for shown in &outcome.shown {
            prop_assert!(!unreachable(&shown.page), "{}", shown.page);
            let key = shown.path.rsplit('.').next().unwrap_or_default();
            prop_assert!(!unreachable(key), "{}", key);
        }
        let stored = serde_json::to_string(&outcome).unwrap();
        prop_assert_eq!(serde_json::from_str::<Outcome>(&stored).unwrap(), outcome);
        let kept = serde_json::to_string(&typed).unwrap();
        prop_assert_eq!(serde_json::from_str::<Draft>(&kept).unwrap(), typed);
    }
}
