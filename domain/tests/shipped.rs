//! The forms that are shipped for Kota Batu: whole, in both languages, and taking what a resident would write.

use std::{collections::BTreeMap, fs, path::Path};

use domain::{
    Day, FileId,
    calendar::Calendar,
    form::{
        Answer, Bundle, Context, Draft, Fault, FileKind, Outcome, State, Upload, lint, validate,
    },
    identity::TaxArea,
    tax::{Object, Rates},
};

mod drafts;

fn city() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../city/kota-batu"))
}

fn read(name: &str) -> String {
    fs::read_to_string(city().join(name)).expect(name)
}

fn bundle(key: &str) -> Bundle {
    serde_json::from_str(&read(&format!("forms/{key}.json"))).expect(key)
}

fn today() -> Day {
    Day::parse("2026-11-24").expect("a day")
}

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (field, value) in fields {
        let values = draft.values.entry((*field).to_owned()).or_default();
        values.push((*value).to_owned());
    }
    draft
}

/// Judges a draft in which every file that is asked for is a photo.
fn judge(key: &str, mut draft: Draft) -> Outcome {
    let bundle = bundle(key);
    let photo = Upload {
        name: "foto.jpg".into(),
        kind: FileKind::Jpeg,
        bytes: 400_000,
    };
    let files: BTreeMap<FileId, Upload> = [(FileId::new("f1"), photo)].into();
    let context = Context {
        files: &files,
        ..Context::on(today())
    };
    let outcome = validate(&bundle.definition, &draft, &context);
    for shown in &outcome.shown {
        let question = bundle.definition.question(&shown.path).expect("a question");
        if matches!(question.kind, domain::form::Kind::File { .. }) && !draft.has(&shown.path) {
            draft.put(&shown.path, "f1");
        }
    }
    validate(&bundle.definition, &draft, &context)
}

#[test]
fn every_form_lints_without_finding_and_comes_back_byte_by_byte() {
    let mut count = 0;
    for file in fs::read_dir(city().join("forms")).expect("forms") {
        let path = file.expect("a file").path();
        let text = fs::read_to_string(&path).expect("a text");
        let bundle: Bundle =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        let report = lint::lint(&bundle.definition);
        assert_eq!(report.findings, [], "{path:?}");
        assert_eq!(bundle.gaps(), [], "{path:?}");
        assert!(
            (2..=20).contains(&report.minutes),
            "{path:?}: {}",
            report.minutes
        );
        let again = serde_json::to_string_pretty(&bundle).expect("JSON") + "\n";
        assert!(again == text, "{path:?} is written otherwise");
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        assert_eq!(stem, Some(bundle.definition.key.as_str()));
        count += 1;
    }
    assert!(count >= 7);
}

#[test]
fn what_a_resident_writes_is_taken() {
    for (name, key, fields) in drafts::TAKEN {
        let outcome = judge(key, draft(fields));
        assert_eq!(outcome.wrong, [], "{name}");
        assert!(outcome.is_ready(), "{name}: {:?}", outcome.pages);
        assert_eq!(outcome.advice, [], "{name}");
    }
}

#[test]
fn what_cannot_be_is_refused_beside_its_question() {
    for (name, key, field, value, path, check) in drafts::REFUSED {
        let (_, _, fields) = drafts::TAKEN
            .iter()
            .find(|(taken, _, _)| taken == name)
            .expect("a draft to spoil");
        let mut spoiled = draft(fields);
        spoiled.values.remove(*field);
        if !value.is_empty() {
            spoiled.put(field, value);
        }
        let outcome = judge(key, spoiled);
        let fault = outcome.fault(path).unwrap_or_else(|| {
            panic!(
                "{name} with {field}={value}: nothing wrong at {path}: {:?}",
                outcome.wrong
            )
        });
        match fault {
            Fault::Check { key, .. } => assert_eq!(key, check, "{name} {field}"),
            other => {
                let word = serde_json::to_value(other).expect("JSON");
                assert_eq!(word["code"], *check, "{name} {field}");
            }
        }
    }
}

#[test]
fn each_activity_leads_to_the_pages_of_its_risk() {
    let table: serde_json::Value = serde_json::from_str(&read("kbli.json")).expect("JSON");
    assert_eq!(table["is_verified"], false);
    let limit = table["small_capital_up_to"].as_u64().expect("a number");
    let form = bundle("izin-usaha");
    let options = form
        .definition
        .question("kbli")
        .expect("kbli")
        .kind
        .options();
    let activities = table["activities"].as_array().expect("a list");
    assert_eq!(options.len(), activities.len());
    for (activity, option) in activities.iter().zip(options) {
        assert_eq!(activity["code"], *option.key);
        for (size, capital) in [("small", limit), ("large", limit + 1)] {
            let typed = draft(&[("kbli", &option.key), ("modal", &capital.to_string())]);
            let outcome = judge("izin-usaha", typed);
            let risk = activity["risk"][size]
                .as_str()
                .expect("a word")
                .replace('_', "-");
            let shown: Vec<&str> = outcome
                .pages
                .iter()
                .filter(|page| page.state != State::Hidden)
                .map(|page| page.key.as_str())
                .filter(|key| {
                    ["rendah", "menengah-rendah", "menengah-tinggi", "tinggi"].contains(key)
                })
                .collect();
            assert_eq!(shown, [risk], "{} {size}", option.key);
        }
    }
}

#[test]
fn a_reduction_of_tax_is_reckoned() {
    let outcome = judge(
        "pbb",
        draft(&[
            ("perlu", "kurang"),
            ("pajak_terutang", "152.500"),
            ("persen", "25"),
        ]),
    );
    assert_eq!(outcome.answers.get("nilai"), Some(&Answer::Money(38_125)));
}

#[test]
fn public_information_has_ten_and_seven_working_days() {
    let limit = bundle("informasi-publik").service.limit;
    assert_eq!(
        (limit.length, limit.extension, limit.pauses),
        (10, 7, false)
    );
}

#[test]
fn calendar_and_tax_table_can_be_used() {
    let table = serde_json::from_str(&read("calendar.json")).expect("a table");
    let calendar = Calendar::new(&table).expect("a calendar");
    assert_eq!(
        calendar.add(today(), 60),
        Ok(Day::parse("2027-02-23").expect("a day"))
    );
    let table: serde_json::Value = serde_json::from_str(&read("pbb.json")).expect("JSON");
    let area: TaxArea = serde_json::from_value(table["area"].clone()).expect("an area");
    assert_eq!(area.city, "3579");
    let rates: Vec<Rates> = serde_json::from_value(table["rates"].clone()).expect("rates");
    for rates in &rates {
        assert!(!rates.is_verified && !rates.source.is_empty());
        let object = Object {
            land: 120,
            land_value: 1_000_000,
            building: 60,
            building_value: 1_500_000,
            is_exempt: true,
            is_food: false,
        };
        // (210,000,000 − 10,000,000) × 40 % × 0.1 %
        assert_eq!(rates.assess(&object).expect("a tax").tax, 80_000);
    }
}
