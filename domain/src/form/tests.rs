use std::collections::BTreeMap;

use super::*;
use crate::{AreaId, Day, FileId, area::Area, identity};

mod any;
mod edit;
mod fields;
mod pages;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn today() -> Context<'static> {
    Context::on(day("2026-11-24"))
}

/// A birth in a family: enough of a real form for every rule.
pub(super) fn birth() -> Definition {
    serde_json::from_str(include_str!("tests/birth.json")).expect("a definition")
}

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (field, value) in fields {
        draft
            .values
            .entry((*field).to_owned())
            .or_default()
            .push((*value).to_owned());
    }
    draft
}

/// A birth that is filled in.
fn full() -> Draft {
    draft(&[
        ("pelapor", "Siti Aminah"),
        ("nik", "357901 410795 0001"),
        ("lahir_pelapor.day", "1"),
        ("lahir_pelapor.month", "Juli"),
        ("lahir_pelapor.year", "1995"),
        ("nama_anak", "  Budi   Santoso "),
        ("lahir.day", "1"),
        ("lahir.month", "11"),
        ("lahir.year", "2026"),
        ("berat", "3.200"),
        ("tempat", "1"),
        ("saksi", "1"),
        ("saksi", "2"),
        ("saksi.1.nama_saksi", "Joko"),
        ("saksi.1.warga", "yes"),
        ("saksi.1.nik_saksi", "3579021708450003"),
        ("saksi.1.ktp", "f1"),
        ("saksi.2.nama_saksi", "Wati"),
        ("saksi.2.warga", "no"),
        ("saksi.2.paspor", "X1234567"),
        ("benar", "yes"),
    ])
}

fn files() -> BTreeMap<FileId, Upload> {
    let photo = Upload {
        name: "ktp.jpg".into(),
        kind: FileKind::Jpeg,
        bytes: 200_000,
    };
    [(FileId::new("f1"), photo)].into()
}

fn faults(outcome: &Outcome) -> Vec<(&str, &Fault)> {
    outcome
        .wrong
        .iter()
        .map(|wrong| (wrong.field.as_str(), &wrong.fault))
        .collect()
}

#[test]
fn a_form_that_is_filled_in_is_ready() {
    let files = files();
    let context = Context {
        files: &files,
        ..today()
    };
    let outcome = validate(&birth(), &full(), &context);
    assert_eq!(faults(&outcome), []);
    assert!(outcome.is_ready());
    let answers = &outcome.answers;
    assert_eq!(
        answers.get("nama_anak"),
        Some(&Answer::Text("Budi Santoso".into()))
    );
    assert_eq!(answers.get("lahir"), Some(&Answer::Date(day("2026-11-01"))));
    assert_eq!(
        answers.get("berat"),
        Some(&Answer::Number(Decimal::small(3_200)))
    );
    assert_eq!(
        answers.get("hari"),
        Some(&Answer::Number(Decimal::small(23)))
    );
    assert_eq!(
        answers.get("saksi"),
        Some(&Answer::Items(vec!["1".into(), "2".into()]))
    );
    assert_eq!(
        answers.get("saksi.1.ktp"),
        Some(&Answer::Files(vec![FileId::new("f1")]))
    );
    assert_eq!(
        answers.get("saksi.2.paspor"),
        Some(&Answer::Text("X1234567".into()))
    );
    // Logic inside each item: the one has no passport, the other no NIK.
    assert_eq!(
        (
            answers.get("saksi.1.paspor"),
            answers.get("saksi.2.nik_saksi")
        ),
        (None, None)
    );
}

#[test]
fn what_was_typed_for_a_hidden_question_is_no_answer() {
    let mut typed = full();
    typed.put("tempat_lain", "Di jalan");
    typed.put("saksi.1.paspor", "A7654321");
    typed.put("alasan", "Rumah jauh dari kota.");
    let outcome = validate(&birth(), &typed, &today());
    for path in ["tempat_lain", "saksi.1.paspor", "alasan"] {
        assert_eq!(outcome.answers.get(path), None, "{path}");
        assert!(!outcome.shown.iter().any(|shown| shown.path == path));
    }
    typed.put("tempat", "5");
    let outcome = validate(&birth(), &typed, &today());
    assert_eq!(
        outcome.answers.get("tempat_lain"),
        Some(&Answer::Text("Di jalan".into()))
    );
}

#[test]
fn problems_stand_in_the_order_of_the_pages() {
    let outcome = validate(&birth(), &Draft::default(), &today());
    let found = faults(&outcome);
    assert_eq!(found[0], ("pelapor", &Fault::Missing));
    assert_eq!(
        found.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
        [
            "pelapor",
            "nik",
            "lahir_pelapor.day",
            "nama_anak",
            "lahir.day",
            "berat",
            "tempat",
            "saksi",
            "benar"
        ]
    );
    assert_eq!(found[7].1, &Fault::TooFew { min: 2 });
    assert_eq!(found[8].1, &Fault::NotDeclared);
    assert_eq!(outcome.wrong_on("anak").count(), 4);
}

#[test]
fn checks_compare_answers_and_say_why() {
    let mut typed = full();
    typed.put("lahir_pelapor.year", "1996");
    typed.put("saksi.2.nama_saksi", "Siti Aminah");
    let files = files();
    let context = Context {
        files: &files,
        ..today()
    };
    let outcome = validate(&birth(), &typed, &context);
    let found: Vec<(&str, &str)> = outcome
        .wrong
        .iter()
        .map(|wrong| match &wrong.fault {
            Fault::Check { key, .. } => (wrong.path.as_str(), key.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        found,
        [
            ("nik", "nik_lahir"),
            ("saksi.2.nama_saksi", "bukan_pelapor")
        ]
    );
    // Without a birth date there is nothing to compare with.
    typed
        .values
        .retain(|field, _| !field.starts_with("lahir_pelapor"));
    let outcome = validate(&birth(), &typed, &context);
    assert_eq!(outcome.fault("nik"), None);
    // Advice does not hold up.
    let mut typed = full();
    typed.put("berat", "900");
    let outcome = validate(&birth(), &typed, &context);
    assert!(outcome.is_ready());
    assert_eq!(outcome.advice[0].path, "berat");
}

#[test]
fn items_come_and_go_by_their_ids() {
    let mut typed = full();
    assert_eq!(typed.add_item("saksi"), "3");
    typed.put("saksi.3.nama_saksi", "Tono");
    typed.remove_item("saksi", "1");
    assert_eq!(typed.items("saksi"), ["2", "3"]);
    assert!(!typed.has("saksi.1.nama_saksi"));
    assert_eq!(typed.text("saksi.3.nama_saksi"), "Tono");
    typed.remove_item("saksi", "3");
    assert_eq!(typed.add_item("saksi"), "3");
    typed.put("saksi", "../x");
    assert_eq!(typed.items("saksi"), Vec::<&str>::new());
    let many = (0..50).map(|n| n.to_string()).collect();
    typed.values.insert("saksi".into(), many);
    let outcome = validate(&birth(), &typed, &today());
    assert_eq!(outcome.fault("saksi"), Some(&Fault::TooMany { max: 4 }));
    assert!(matches!(outcome.answers.get("saksi"), Some(Answer::Items(items)) if items.len() == 4));
}

#[test]
fn what_the_account_knows_fills_only_what_is_empty() {
    let mut typed = draft(&[("pelapor", "Siti")]);
    let account = [
        (Prefill::Name, "Siti Aminah".to_owned()),
        (Prefill::Nik, "3579014107950001".to_owned()),
    ];
    birth().prefill(&mut typed, &account.into());
    assert_eq!(
        (typed.text("pelapor"), typed.text("nik")),
        ("Siti", "3579014107950001")
    );
}

#[test]
fn export_and_import_are_exact_and_lose_nothing() {
    let form = birth();
    let text = serde_json::to_string_pretty(&form).unwrap();
    let again: Definition = serde_json::from_str(&text).unwrap();
    assert_eq!(again, form);
    assert_eq!(serde_json::to_string_pretty(&again).unwrap(), text);
    for (from, to) in [
        ("\"format\": 1", "\"format\": 2"),
        ("\"version\"", "\"edition\""),
        ("\"is_optional\"", "\"optional\""),
    ] {
        assert!(text.contains(from));
        let changed = text.replacen(from, to, 1);
        assert!(
            serde_json::from_str::<Definition>(&changed).is_err(),
            "{to}"
        );
    }
}

#[test]
fn a_question_is_found_by_its_path() {
    let form = birth();
    let key = |path: &str| form.question(path).map(|question| question.key.as_str());
    assert_eq!(key("nik"), Some("nik"));
    assert_eq!(key("saksi.2.paspor"), Some("paspor"));
    assert_eq!(
        (key("saksi.2"), key("nik.2.x"), key("")),
        (None, None, None)
    );
    assert_eq!(
        form.page("anak")
            .map(|page| page.title.get(crate::Locale::En)),
        Some("The child")
    );
}

#[test]
fn a_nik_of_the_city_with_an_unknown_kecamatan_is_odd() {
    let areas = vec![Area {
        id: AreaId::new("35.79.01"),
        name: "Batu".into(),
        kind: crate::area::Kind::Kecamatan,
        parent: None,
        postcode: None,
    }];
    let context = Context {
        areas: Some(&areas),
        ..today()
    };
    let advice = |nik: &str| {
        let outcome = validate(&birth(), &draft(&[("nik", nik)]), &context);
        assert_eq!(outcome.fault("nik"), None);
        outcome.advice.len()
    };
    assert_eq!(advice("3579992902000001"), 1);
    assert_eq!(advice("3579012902000001"), 0);
    // Of another city nothing is known.
    assert_eq!(advice("3578992902000001"), 0);
    let outcome = validate(&birth(), &draft(&[("nik", "9779010101900001")]), &context);
    let fault = identity::Fault::Province;
    assert_eq!(outcome.fault("nik"), Some(&Fault::Identity { fault }));
}
