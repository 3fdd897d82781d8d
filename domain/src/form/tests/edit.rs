//! Editing forms.

use proptest::prelude::*;

use super::*;
use crate::Problem;
use crate::form::testing;
use crate::form::{
    compare::{What, compare},
    edit::{
        Edit, Face, Home, Place, Step, apply, condition_of, condition_typed, question_of,
        question_typed, service_of, service_typed,
    },
};

fn bundle(definition: Definition) -> Bundle {
    let service = serde_json::from_str(
        r#"{"office":"dishub","life_event":"birth","summary":{"id":"a","en":"b"},"standard":{"fee":{"id":"Gratis"}},
        "fee":{"answer":"berat"},"limit":{"unit":"days","length":5},"retention_days":365,"is_online":true}"#,
    )
    .expect("a service");
    Bundle {
        service,
        definition,
    }
}

fn done(bundle: &Bundle, edit: Edit) -> Bundle {
    apply(bundle, &edit).expect("fits")
}

fn keys(questions: &[Question]) -> Vec<&str> {
    questions.iter().map(|one| one.key.as_str()).collect()
}

#[test]
fn things_are_added_moved_copied_and_removed() {
    let start = bundle(birth());
    let title = Text::new("Ayah", "Father");
    let edit = Edit::AddPage {
        title: title.clone(),
        section: "tentang_anda".into(),
    };
    let form = done(&start, edit);
    assert_eq!(
        form.definition.pages[1].key, "ayah",
        "after the last of its section"
    );
    let edit = Edit::AddQuestion {
        home: Home::Page("ayah".into()),
        label: Text::new("NIK", "NIK"),
        kind: Box::new(Kind::Nik),
    };
    let form = done(&form, edit);
    assert_eq!(keys(&form.definition.pages[1].questions), ["nik_2"]);
    let form = done(
        &form,
        Edit::MoveTo {
            question: "pelapor".into(),
            home: Home::Page("ayah".into()),
        },
    );
    let form = done(
        &form,
        Edit::Move {
            place: Place::Question("pelapor".into()),
            step: Step::Up,
        },
    );
    let form = done(
        &form,
        Edit::Move {
            place: Place::Question("pelapor".into()),
            step: Step::Up,
        },
    );
    assert_eq!(
        keys(&form.definition.pages[1].questions),
        ["pelapor", "nik_2"]
    );
    let form = done(&form, Edit::Remove(Place::Page("ayah".into())));
    let form = done(&form, Edit::Remove(Place::Section("tentang_anda".into())));
    assert_eq!(form.definition.pages[0].section, "", "pages stay");
    assert!(form.definition.question_by_key("pelapor").is_none());
    let gone = apply(&form, &Edit::Remove(Place::Question("pelapor".into())));
    assert!(gone.is_err_and(|wrong| wrong.of("place").is_some()));
    // A group cannot go into itself.
    let edit = Edit::MoveTo {
        question: "saksi".into(),
        home: Home::Group("saksi".into()),
    };
    assert!(apply(&form, &edit).is_err());
}

#[test]
fn a_copy_names_its_own_questions() {
    let form = done(&bundle(birth()), Edit::Copy(Place::Page("saksi".into())));
    let page = form.definition.page("saksi-2").expect("is there");
    let group = &page.questions[0];
    assert_eq!(
        (group.key.as_str(), group.label.en.as_str()),
        ("saksi_2", "Witnesses")
    );
    assert_eq!(page.title.id, "Saksi (salinan)");
    let Kind::Group {
        questions, checks, ..
    } = &group.kind
    else {
        panic!("a group")
    };
    assert_eq!(
        keys(questions),
        [
            "nama_saksi_2",
            "warga_2",
            "nik_saksi_2",
            "ktp_2",
            "paspor_2"
        ]
    );
    let waits = Condition::Is {
        question: "warga_2".into(),
        value: "yes".into(),
    };
    assert_eq!(questions[2].when, Some(waits));
    assert_eq!(checks[0].at, "nama_saksi_2");
    assert!(lint::lint(&form.definition).is_publishable());
}

#[test]
fn what_names_a_question_follows_it() {
    let form = bundle(birth());
    let mut question = form
        .definition
        .question_by_key("berat")
        .expect("is there")
        .clone();
    question.key = "berat_lahir".into();
    let form = done(
        &form,
        Edit::Question {
            key: "berat".into(),
            question: Box::new(question.clone()),
        },
    );
    assert_eq!(form.service.fee, Fee::Answer("berat_lahir".into()));
    assert_eq!(form.definition.checks[1].at, "berat_lahir");
    assert!(!serde_json::to_string(&form).unwrap().contains("\"berat\""));
    assert!(lint::lint(&form.definition).is_publishable());
    for (key, problem) in [("nik", Problem::Taken), ("Berat", Problem::Malformed)] {
        question.key = key.into();
        let edit = Edit::Question {
            key: "berat_lahir".into(),
            question: Box::new(question.clone()),
        };
        assert_eq!(
            apply(&form, &edit).expect_err("is refused").of("key"),
            Some(&problem)
        );
    }
    // A choice with another code.
    let mut place = form
        .definition
        .question_by_key("tempat")
        .expect("is there")
        .clone();
    let Kind::One { options } = &mut place.kind else {
        panic!("a choice")
    };
    options[2].key = "lain".into();
    let form = done(
        &form,
        Edit::Question {
            key: "tempat".into(),
            question: Box::new(place),
        },
    );
    let when = &form
        .definition
        .question_by_key("tempat_lain")
        .expect("is there")
        .when;
    assert_eq!(
        when,
        &Some(Condition::Is {
            question: "tempat".into(),
            value: "lain".into()
        })
    );
}

#[test]
fn texts_are_set_by_their_paths() {
    let start = bundle(birth());
    let texts = start.texts();
    assert!(
        texts.iter().filter(|at| at.is_lacking()).count() == 14,
        "the standard alone"
    );
    let all: Vec<(String, Text)> = texts
        .iter()
        .map(|at| (at.path.clone(), at.text.clone()))
        .collect();
    assert_eq!(done(&start, Edit::Texts(all)), start);
    let new = Text::new("Lahir di rumah", "Born at home");
    let paths = [
        "choice.tempat.4.label",
        "check.saksi.bukan_pelapor",
        "standard.staff",
        "question.saksi.item",
    ];
    let form = done(
        &start,
        Edit::Texts(paths.map(|path| (path.to_owned(), new.clone())).to_vec()),
    );
    let set: Vec<String> = form
        .texts()
        .into_iter()
        .filter(|at| at.text == new)
        .map(|at| at.path)
        .collect();
    assert_eq!(set.len(), 4, "{set:?}");
    assert!(apply(&start, &Edit::Texts(vec![("page.zz.title".into(), new)])).is_err());
    let long = Text::new(&"a".repeat(10_001), "");
    assert!(apply(&start, &Edit::Texts(vec![("title".into(), long)])).is_err());
}

#[test]
fn what_conditions_can_name_comes_before() {
    let form = birth();
    let known = |key: &str| {
        form.known_before(key)
            .iter()
            .map(|one| one.key.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(known("nama_anak"), ["pelapor", "nik", "lahir_pelapor"]);
    assert_eq!(known("terlambat").last(), Some(&"catatan"));
    assert_eq!(known("warga")[10..], ["alasan", "nama_saksi"]);
    assert_eq!(known("pernyataan").last(), Some(&"saksi"));
    assert_eq!(form.known_to_checks("saksi").len(), 16);
    assert_eq!(
        (form.group_of("warga"), form.page_of("warga")),
        (Some("saksi"), Some("saksi"))
    );
}

#[test]
fn the_shipped_fields_come_back() {
    let form = bundle(birth());
    for (question, _) in form.definition.each_question() {
        assert_eq!(
            question_of(&question_typed(question), question).as_ref(),
            Ok(question)
        );
    }
    assert_eq!(
        service_of(&service_typed(&form.service), &form.service),
        Ok(form.service.clone())
    );
    let mut typed = service_typed(&form.service);
    for (field, value) in [
        ("fee", "fixed"),
        ("amount", "Rp 15.000"),
        ("opens", "2026-02-30"),
        ("limit.length", ""),
    ] {
        typed.put(field, value);
    }
    let wrong = service_of(&typed, &form.service).expect_err("is wrong");
    assert_eq!(wrong.0.len(), 2, "{wrong:?}");
    typed.put("opens", "2026-03-01");
    typed.put("limit.length", "7");
    let service = service_of(&typed, &form.service).expect("fits");
    assert_eq!((service.fee, service.limit.length), (Fee::Fixed(15_000), 7));
}

#[test]
fn a_form_that_is_begun_has_a_key_of_its_own() {
    let form = Bundle::begin("dishub", Text::new("Izin parkir", ""), |key| {
        key == "izin-parkir"
    });
    assert_eq!(form.definition.key, "izin-parkir-2");
    let text = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<Bundle>(&text).unwrap(), form);
    assert!(!lint::lint(&form.definition).is_publishable());
}

fn name() -> impl Strategy<Value = String> {
    let known = [
        "q0", "q1", "q2", "q3", "q5", "g", "i0", "i1", "q0_2", "g_2", "nama", "zz",
    ];
    proptest::sample::select(known.to_vec()).prop_map(str::to_owned)
}

fn page() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["p0", "p1", "p2", "p0-2", "zz"]).prop_map(str::to_owned)
}

fn place() -> impl Strategy<Value = Place> {
    let check = (
        proptest::sample::select(vec!["", "g"]),
        proptest::sample::select(vec!["cq1", "cq5", "ci1", "cq1_2"]),
    );
    prop_oneof![
        Just(Place::Section("s".into())),
        page().prop_map(Place::Page),
        name().prop_map(Place::Question),
        check.prop_map(|(group, key)| Place::Check {
            group: group.into(),
            key: key.into()
        }),
    ]
}

fn home() -> impl Strategy<Value = Home> {
    prop_oneof![page().prop_map(Home::Page), name().prop_map(Home::Group)]
}

fn text() -> impl Strategy<Value = Text> {
    proptest::sample::select(vec!["Nama", "q0", "", "—", "Lahir di mana?"])
        .prop_map(|id| Text::new(id, "x"))
}

fn edit() -> impl Strategy<Value = Edit> {
    let kind = proptest::sample::select(vec!["short", "one", "group", "calculated"])
        .prop_map(|word| Box::new(crate::form::edit::kind_of_word(word).expect("a kind")));
    prop_oneof![
        (text(), text()).prop_map(|(title, intro)| Edit::Form { title, intro }),
        text().prop_map(Edit::AddSection),
        (text(), page()).prop_map(|(title, section)| Edit::AddPage { title, section }),
        (page(), page(), text()).prop_map(|(key, to, title)| Edit::Page {
            key,
            face: Face {
                key: to,
                title,
                help: Text::default(),
                section: "s".into()
            },
        }),
        (home(), text(), kind).prop_map(|(home, label, kind)| Edit::AddQuestion {
            home,
            label,
            kind
        }),
        (place(), proptest::option::of(testing::condition()))
            .prop_map(|(place, when)| Edit::When { place, when }),
        (place(), any::<bool>()).prop_map(|(place, up)| Edit::Move {
            place,
            step: if up { Step::Up } else { Step::Down },
        }),
        (name(), home()).prop_map(|(question, home)| Edit::MoveTo { question, home }),
        place().prop_map(Edit::Copy),
        place().prop_map(Edit::Remove),
        (name(), name()).prop_map(|(key, to)| Edit::Question {
            key,
            question: Box::new(Question {
                key: to,
                label: Text::new("Baru", "New"),
                help: Text::default(),
                is_optional: false,
                class: None,
                when: None,
                prefill: None,
                kind: Kind::YesNo,
            }),
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_edits_keep_a_form_a_form(form in testing::form(), edits in proptest::collection::vec(edit(), 0..24)) {
        let start = bundle(form);
        let mut past = vec![start];
        for edit in &edits {
            let before = past.last().expect("the start").clone();
            let Ok(after) = apply(&before, edit) else { continue };
            // What was before is untouched: undoing is going back.
            prop_assert_eq!(&before, past.last().expect("the start"));
            // Readable, and exact through export and import.
            let text = serde_json::to_string_pretty(&after).unwrap();
            let again: Bundle = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string_pretty(&again).unwrap(), text);
            prop_assert_eq!(&again, &after);
            // No key becomes another's.
            let all = after.definition.each_question();
            let unique: std::collections::BTreeSet<&str> = all.iter().map(|(one, _)| one.key.as_str()).collect();
            prop_assert_eq!(unique.len(), all.len());
            let pages: std::collections::BTreeSet<&str> = after.definition.pages.iter().map(|page| page.key.as_str()).collect();
            prop_assert_eq!(pages.len(), after.definition.pages.len());
            // A comparison finds every difference, and none where there is none.
            prop_assert_eq!(compare(&before, &after).is_empty(), before == after, "{:?}", edit);
            prop_assert!(compare(&after, &after).is_empty());
            prop_assert!(compare(&before, &after).len() < 200);
            past.push(after);
        }
        let (first, last) = (&past[0], past.last().expect("the start"));
        let removed = compare(first, last).into_iter().filter(|one| one.what == What::Removed).count();
        let added = compare(last, first).into_iter().filter(|one| one.what == What::Added).count();
        prop_assert_eq!(removed, added);
    }

    #[test]
    fn what_fields_show_comes_back(form in testing::form(), condition in testing::condition()) {
        for (question, _) in form.each_question() {
            match question_of(&question_typed(question), question) {
                Ok(read) => prop_assert_eq!(&read, question),
                // Amounts beyond what people write.
                Err(wrong) => prop_assert!(matches!(question.kind, Kind::Money { .. } | Kind::One { .. } | Kind::Many { .. } | Kind::File { .. }), "{:?}", wrong),
            }
            let shown = condition_typed(question.when.as_ref());
            prop_assert_eq!(&condition_of(&shown, question.when.as_ref()), &Ok(question.when.clone()));
        }
        let shown = condition_typed(Some(&condition));
        prop_assert_eq!(condition_of(&shown, Some(&condition)), Ok(Some(condition)));
    }
}
