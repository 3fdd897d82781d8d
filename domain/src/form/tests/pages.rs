//! The path of pages and the task list.

use super::*;

#[test]
fn pages_lead_on_and_back() {
    let mut typed = full();
    let outcome = validate(&birth(), &typed, &today());
    assert_eq!(outcome.state("terlambat"), State::Hidden);
    assert_eq!(
        (outcome.next("anak"), outcome.back("saksi")),
        (Some("saksi"), Some("anak"))
    );
    assert_eq!(
        (outcome.back("pelapor"), outcome.next("pernyataan")),
        (None, None)
    );
    assert_eq!(outcome.next("tidak-ada"), None);
    // Born more than 60 days ago: a page opens, and is asked first.
    typed.put("lahir.month", "Mei");
    typed.seen = birth().pages.iter().map(|page| page.key.clone()).collect();
    typed.seen.remove("terlambat");
    let files = files();
    let outcome = validate(
        &birth(),
        &typed,
        &Context {
            files: &files,
            ..today()
        },
    );
    assert_eq!(
        (outcome.next("anak"), outcome.back("saksi")),
        (Some("terlambat"), Some("terlambat"))
    );
    assert_eq!(outcome.resume(), Some("terlambat"));
    typed.put("alasan", "Rumah jauh dari kota.");
    let outcome = validate(
        &birth(),
        &typed,
        &Context {
            files: &files,
            ..today()
        },
    );
    assert_eq!(outcome.resume(), None);
}

#[test]
fn the_task_list_says_how_far_each_task_is() {
    let form = birth();
    let states = |typed: &Draft| -> Vec<(String, State, String)> {
        let files = files();
        let outcome = validate(
            &form,
            typed,
            &Context {
                files: &files,
                ..today()
            },
        );
        let tasks = outcome.tasks(&form);
        tasks
            .iter()
            .map(|task| (task.section.to_owned(), task.state, task.page.to_owned()))
            .collect()
    };
    let line = |section: &str, state, page: &str| (section.to_owned(), state, page.to_owned());
    assert_eq!(
        states(&Draft::default()),
        [
            line("tentang_anda", State::Incomplete, "pelapor"),
            line("tentang_anak", State::Incomplete, "anak"),
            line("kirim", State::Incomplete, "saksi"),
        ]
    );
    let mut typed = full();
    typed.put("nik", "3579014107950000");
    typed.put("lahir.month", "5");
    assert_eq!(
        states(&typed),
        [
            line("tentang_anda", State::Problem, "pelapor"),
            line("tentang_anak", State::Incomplete, "terlambat"),
            line("kirim", State::Complete, "saksi"),
        ]
    );
    // Whether the page about lateness is needed is not known without the day of birth.
    let outcome = validate(&form, &Draft::default(), &today());
    assert_eq!(outcome.state("terlambat"), State::CannotStart);
    assert_eq!(outcome.next("anak"), Some("saksi"));
}
