use super::*;
use crate::{
    Locale,
    form::{Comparison, Decimal, Expression, Page, Text, tests::birth},
};

fn found(form: &Definition) -> Vec<(String, Rule)> {
    lint(form)
        .findings
        .into_iter()
        .map(|finding| (finding.at, finding.rule))
        .collect()
}

fn question_mut<'a>(form: &'a mut Definition, key: &str) -> &'a mut Question {
    form.pages
        .iter_mut()
        .flat_map(|page| &mut page.questions)
        .find(|question| question.key == key)
        .expect("a question")
}

fn page_mut<'a>(form: &'a mut Definition, key: &str) -> &'a mut Page {
    form.pages
        .iter_mut()
        .find(|page| page.key == key)
        .expect("a page")
}

fn is(question: &str, value: &str) -> Condition {
    Condition::Is {
        question: question.into(),
        value: value.into(),
    }
}

fn weight(op: Comparison, gram: u32) -> Condition {
    Condition::Compare {
        left: Expression::Answer("berat".into()),
        op,
        right: Expression::Number(Decimal::small(gram)),
    }
}

/// What a change of the sound form brings up.
fn after(change: impl Fn(&mut Definition)) -> Vec<(String, Rule)> {
    let mut form = birth();
    change(&mut form);
    let sound = found(&birth());
    found(&form)
        .into_iter()
        .filter(|one| !sound.contains(one))
        .collect()
}

#[test]
fn a_sound_form_is_publishable() {
    let report = lint(&birth());
    let advice = Rule::ManyQuestions { count: 7 };
    assert_eq!(found(&birth()), [("anak".to_owned(), advice)]);
    assert!(report.is_publishable());
    assert_eq!(report.minutes, 6);
}

#[test]
fn what_can_never_be_shown_is_found() {
    let unreachable = |change: &dyn Fn(&mut Definition)| {
        let found = after(change);
        found
            .into_iter()
            .filter(|(_, rule)| *rule == Rule::Unreachable)
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    // Two choices of one at once.
    let both = Condition::All(vec![is("tempat", "1"), is("tempat", "5")]);
    assert_eq!(
        unreachable(&|form| page_mut(form, "saksi").when = Some(both.clone())),
        ["saksi"]
    );
    // Neither of all.
    let none = Condition::Not(Box::new(Condition::Any(vec![
        is("tempat", "1"),
        is("tempat", "4"),
        is("tempat", "5"),
    ])));
    assert_eq!(
        unreachable(&|form| page_mut(form, "saksi").when = Some(none.clone())),
        ["saksi"]
    );
    // Beyond what the question takes.
    let heavy = weight(Comparison::More, 9_000);
    assert_eq!(
        unreachable(&|form| page_mut(form, "saksi").when = Some(heavy.clone())),
        ["saksi"]
    );
    let at_most = weight(Comparison::AtLeast, 9_000);
    assert_eq!(
        unreachable(&|form| page_mut(form, "saksi").when = Some(at_most.clone())),
        Vec::<String>::new()
    );
    // A question that is only asked elsewhere is never answered here.
    let elsewhere = Condition::All(vec![
        is("tempat", "1"),
        Condition::Answered("tempat_lain".into()),
    ]);
    assert_eq!(
        unreachable(&|form| page_mut(form, "saksi").when = Some(elsewhere.clone())),
        ["saksi"]
    );
    // Inside an item.
    let inner = unreachable(&|form| {
        let Kind::Group { questions, .. } = &mut question_mut(form, "saksi").kind else {
            panic!("a group");
        };
        questions[4].when = Some(Condition::All(vec![
            is("warga", "no"),
            Condition::Answered("nik_saksi".into()),
        ]));
    });
    assert_eq!(inner, ["paspor"]);
}

#[test]
fn contradictory_checks_are_found() {
    let check = |key: &str, must: Condition| Check {
        key: key.into(),
        at: "berat".into(),
        when: None,
        must,
        message: Text::new("Salah.", "Wrong."),
        is_advice: false,
    };
    let alone = check("mustahil", weight(Comparison::Less, 100));
    assert_eq!(
        after(|form| form.checks.push(alone.clone())),
        [("mustahil".to_owned(), Rule::Contradiction)]
    );
    let pair = [
        check("berat_a", weight(Comparison::Less, 3_000)),
        check("berat_b", weight(Comparison::More, 4_000)),
    ];
    let conflict = Rule::Conflict {
        other: "berat_a".into(),
    };
    assert_eq!(
        after(|form| form.checks.extend(pair.clone())),
        [("berat_b".to_owned(), conflict)]
    );
    // Not where they are judged in different cases.
    let mut apart = pair.clone();
    apart[0].when = Some(is("tempat", "1"));
    apart[1].when = Some(is("tempat", "4"));
    assert_eq!(after(|form| form.checks.extend(apart.clone())), []);
}

#[test]
fn names_that_lead_nowhere_are_found() {
    let question = |key: &str| key.to_owned();
    let later = Rule::NotYet {
        question: question("berat"),
    };
    assert_eq!(
        after(|form| page_mut(form, "pelapor").when = Some(weight(Comparison::More, 500)))[0],
        ("pelapor".to_owned(), later)
    );
    let inside = Rule::NotYet {
        question: question("warga"),
    };
    assert_eq!(
        after(|form| page_mut(form, "pernyataan").when = Some(is("warga", "no"))),
        [("pernyataan".to_owned(), inside)]
    );
    let unknown = Rule::Unknown {
        question: question("ibu"),
    };
    let found =
        after(|form| page_mut(form, "saksi").when = Some(Condition::Answered("ibu".into())));
    assert!(found.contains(&("saksi".to_owned(), unknown)));
    let value = "9".to_owned();
    let no_choice = Rule::NoChoice {
        question: question("tempat"),
        value,
    };
    let found = after(|form| page_mut(form, "saksi").when = Some(is("tempat", "9")));
    assert!(found.contains(&("saksi".to_owned(), no_choice)));
    let wrong = Rule::WrongKind {
        question: question("lahir"),
    };
    assert_eq!(
        after(|form| page_mut(form, "saksi").when = Some(is("lahir", "2026-01-01"))),
        [("saksi".to_owned(), wrong)]
    );
}

#[test]
fn classes_texts_keys_and_bounds() {
    let one = |change: &dyn Fn(&mut Definition)| {
        let found = after(change);
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().expect("one")
    };
    assert_eq!(
        one(&|form| question_mut(form, "berat").class = None),
        ("berat".into(), Rule::NoClass)
    );
    let least = Class::General;
    assert_eq!(
        one(&|form| question_mut(form, "nik").class = Some(Class::None)),
        ("nik".into(), Rule::ClassTooLow { least })
    );
    let locale = Locale::En;
    assert_eq!(
        one(&|form| form.title.en.clear()),
        (String::new(), Rule::MissingText { locale })
    );
    assert_eq!(
        one(&|form| form.intro.id = "Baca dulu.".into()),
        (String::new(), Rule::MissingText { locale })
    );
    assert_eq!(
        one(&|form| page_mut(form, "anak").section = "lain".into()),
        ("anak".into(), Rule::Section)
    );
    assert_eq!(
        one(&|form| question_mut(form, "catatan").key = "nama_anak".into()),
        ("nama_anak".into(), Rule::KeyTwice)
    );
    assert_eq!(
        one(&|form| question_mut(form, "catatan").key = "Catatan.1".into()),
        ("Catatan.1".into(), Rule::Key)
    );
    assert_eq!(
        one(&|form| question_mut(form, "catatan").kind = Kind::Long { min: 9, max: 8 }),
        ("catatan".into(), Rule::Bounds)
    );
    assert_eq!(
        one(&|form| question_mut(form, "benar").is_optional = true),
        ("benar".into(), Rule::OptionalDeclaration)
    );
    assert_eq!(
        one(&|form| question_mut(form, "catatan").kind = Kind::One {
            options: Vec::new()
        }),
        ("catatan".into(), Rule::FewChoices)
    );
    let empty = after(|form| page_mut(form, "terlambat").questions.clear());
    assert_eq!(empty, [("terlambat".into(), Rule::Empty)]);
}

/// Conditions that multiply out beyond any bound cost no time, and bring no false alarm.
#[test]
fn a_monster_is_looked_through_in_bounded_time() {
    let any = Condition::Any((0..20).map(|_| is("tempat", "5")).collect());
    let all = Condition::All((0..20).map(|_| any.clone()).collect());
    assert_eq!(
        after(|form| page_mut(form, "saksi").when = Some(all.clone())),
        []
    );
}
