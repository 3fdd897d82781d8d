//! Every kind of question: what is taken, what is refused and where the summary leads.

use super::*;

fn ask(kind: Kind, is_optional: bool) -> Definition {
    Definition {
        format: FORMAT,
        key: "uji".into(),
        version: 1,
        title: Text::new("Uji", "Test"),
        intro: Text::default(),
        sections: Vec::new(),
        pages: vec![Page {
            key: "satu".into(),
            title: Text::new("Satu", "One"),
            help: Text::default(),
            section: String::new(),
            when: None,
            questions: vec![Question {
                key: "x".into(),
                label: Text::new("Apa", "What"),
                help: Text::default(),
                is_optional,
                class: Some(Class::General),
                when: None,
                prefill: None,
                kind,
            }],
        }],
        checks: Vec::new(),
    }
}

fn wrong_in(kind: Kind, fields: &[(&str, &str)], context: &Context<'_>) -> Vec<(String, Fault)> {
    let outcome = validate(&ask(kind, false), &draft(fields), context);
    outcome
        .wrong
        .into_iter()
        .map(|wrong| (wrong.field, wrong.fault))
        .collect()
}

/// The answer, or the first fault.
fn answer(kind: Kind, fields: &[(&str, &str)]) -> Result<Answer, Fault> {
    let outcome = validate(&ask(kind, false), &draft(fields), &today());
    match outcome.wrong.first() {
        Some(wrong) => Err(wrong.fault.clone()),
        None => Ok(outcome.answers.get("x").expect("an answer").clone()),
    }
}

fn choices(exclusive: &str) -> Vec<Choice> {
    ["a", "b", "c"]
        .map(|key| Choice {
            key: key.into(),
            label: Text::new(key, key),
            hint: Text::default(),
            is_exclusive: key == exclusive,
        })
        .to_vec()
}

#[test]
fn numbers_and_money() {
    let number = |raw: &str| {
        let kind = Kind::Number {
            min: Some(Decimal::small(1)),
            max: Some(Decimal::small(5_000)),
            decimals: 1,
            unit: Text::default(),
        };
        answer(kind, &[("x", raw)])
    };
    assert_eq!(
        number("3.200,5"),
        Ok(Answer::Number(Decimal::parse("3200.5").unwrap()))
    );
    assert_eq!(
        number("0"),
        Err(Fault::TooSmall {
            min: Decimal::small(1)
        })
    );
    assert_eq!(
        number("5001"),
        Err(Fault::TooGreat {
            max: Decimal::small(5_000)
        })
    );
    assert_eq!(number("2,55"), Err(Fault::Decimals { max: 1 }));
    assert_eq!(number("dua"), Err(Fault::Malformed));
    let money = |raw: &str| {
        answer(
            Kind::Money {
                min: 0,
                max: Some(1_000_000),
            },
            &[("x", raw)],
        )
    };
    assert_eq!(money("Rp 152.500"), Ok(Answer::Money(152_500)));
    assert_eq!(money("152.500,50"), Err(Fault::Decimals { max: 0 }));
    assert_eq!(money("-1"), Err(Fault::TooSmall { min: Decimal::ZERO }));
    assert_eq!(money(" "), Err(Fault::Missing));
}

#[test]
fn dates() {
    let kind = || Kind::Date {
        earliest: Some(Bound::On(day("1900-01-01"))),
        latest: Some(Bound::Today(0)),
    };
    let three =
        |d: &str, m: &str, y: &str| answer(kind(), &[("x.day", d), ("x.month", m), ("x.year", y)]);
    let good = Ok(Answer::Date(day("2026-08-17")));
    for month in ["8", "08", "Agustus", "agu", "August"] {
        assert_eq!(three("17", month, " 2026"), good, "{month}");
    }
    for whole in ["2026-08-17", "17-8-2026", "17/08/2026", "17 Agustus 2026"] {
        assert_eq!(answer(kind(), &[("x", whole)]), good, "{whole}");
    }
    assert_eq!(three("30", "2", "2026"), Err(Fault::NoSuchDate));
    assert_eq!(three("17", "8", "26"), Err(Fault::Malformed));
    assert_eq!(
        three("17", "8", "1899"),
        Err(Fault::TooEarly {
            earliest: day("1900-01-01")
        })
    );
    assert_eq!(
        three("25", "11", "2026"),
        Err(Fault::TooLate {
            latest: day("2026-11-24")
        })
    );
    assert_eq!(
        wrong_in(kind(), &[("x.day", "17"), ("x.year", "2026")], &today()),
        [("x.month".to_owned(), Fault::DatePart)]
    );
}

#[test]
fn choices_of_one_and_many() {
    let one = |raw: &str| {
        answer(
            Kind::One {
                options: choices(""),
            },
            &[("x", raw)],
        )
    };
    assert_eq!(one("b"), Ok(Answer::One("b".into())));
    assert_eq!(one("d"), Err(Fault::Unknown));
    let many = |given: &[&str]| {
        let fields: Vec<(&str, &str)> = given.iter().map(|value| ("x", *value)).collect();
        let kind = Kind::Many {
            options: choices("c"),
            min: 2,
            max: Some(2),
        };
        answer(kind, &fields)
    };
    assert_eq!(
        many(&["b", "a", "b"]),
        Ok(Answer::Many(vec!["a".into(), "b".into()]))
    );
    assert_eq!(many(&["c"]), Ok(Answer::Many(vec!["c".into()])));
    assert_eq!(many(&["a", "c"]), Err(Fault::Exclusive));
    assert_eq!(many(&["a"]), Err(Fault::TooFew { min: 2 }));
    assert_eq!(many(&[]), Err(Fault::Missing));
    assert_eq!(many(&["a", "z"]), Err(Fault::Unknown));
    assert_eq!(answer(Kind::YesNo, &[("x", "ya")]), Ok(Answer::YesNo(true)));
    assert_eq!(
        answer(Kind::YesNo, &[("x", "mungkin")]),
        Err(Fault::Unknown)
    );
    assert_eq!(answer(Kind::Declaration, &[]), Err(Fault::NotDeclared));
}

#[test]
fn addresses() {
    let areas = vec![Area {
        id: AreaId::new("35.79.01.2008"),
        name: "Pesanggrahan".into(),
        kind: crate::area::Kind::Desa,
        parent: None,
        postcode: Some("65313".into()),
    }];
    let context = Context {
        areas: Some(&areas),
        ..today()
    };
    let kind = |may_be_elsewhere| Kind::Address { may_be_elsewhere };
    let home = [
        ("x.street", "Jl. Panglima Sudirman 507"),
        ("x.rt", "1"),
        ("x.rw", "2"),
        ("x.area", "35.79.01.2008"),
    ];
    let outcome = validate(&ask(kind(false), false), &draft(&home), &context);
    let expected = Address {
        street: "Jl. Panglima Sudirman 507".into(),
        rt: "001".into(),
        rw: "002".into(),
        area: Some(AreaId::new("35.79.01.2008")),
        elsewhere: String::new(),
        postcode: "65313".into(),
    };
    assert_eq!(outcome.answers.get("x"), Some(&Answer::Address(expected)));
    let other = [&home[..], &[("x.postcode", "65311")]].concat();
    let expected = "65313".to_owned();
    assert_eq!(
        wrong_in(kind(false), &other, &context),
        [("x.postcode".to_owned(), Fault::Postcode { expected })]
    );
    assert_eq!(
        wrong_in(
            kind(false),
            &[("x.rt", "12a"), ("x.area", "35.79.01.9999")],
            &context
        ),
        [
            ("x.street".to_owned(), Fault::Missing),
            ("x.rt".to_owned(), Fault::Malformed),
            ("x.area".to_owned(), Fault::Unknown),
        ]
    );
    let far = [
        ("x.street", "Jl. Ijen 1"),
        (
            "x.elsewhere",
            "Oro-oro Dowo, Klojen, Kota Malang, Jawa Timur",
        ),
    ];
    assert_eq!(wrong_in(kind(true), &far, &context), []);
    assert_eq!(
        wrong_in(kind(false), &far, &context),
        [("x.area".to_owned(), Fault::Missing)]
    );
    // Half an address is not left out.
    let outcome = validate(&ask(kind(true), true), &draft(&[("x.rt", "1")]), &context);
    assert_eq!(outcome.wrong.len(), 2);
    let outcome = validate(&ask(kind(true), true), &Draft::default(), &context);
    assert!(outcome.is_ready() && outcome.answers.0.is_empty());
}

#[test]
fn places() {
    let n = |text: &str| Decimal::parse(text).expect("a number");
    let within = Bounds {
        south: n("-7.94"),
        west: n("112.47"),
        north: n("-7.73"),
        east: n("112.6"),
    };
    let place = |lat: &str, lon: &str| {
        answer(
            Kind::Place {
                within: Some(within),
            },
            &[("x.lat", lat), ("x.lon", lon)],
        )
    };
    let expected = Place {
        lat: n("-7.871234"),
        lon: n("112.5"),
    };
    assert_eq!(
        place("-7.87123456789", "112,5"),
        Ok(Answer::Place(expected))
    );
    assert_eq!(place("7.87", "112.5"), Err(Fault::Outside));
    assert_eq!(place("-97", "112.5"), Err(Fault::Outside));
    assert_eq!(place("-7.87", ""), Err(Fault::Missing));
    assert_eq!(place("-7.87123456é", "112.5"), Err(Fault::Malformed));
}

#[test]
fn uploads() {
    let files = files();
    let context = Context {
        files: &files,
        ..today()
    };
    let kind = |kinds: &[FileKind], max_kb| Kind::File {
        kinds: kinds.to_vec(),
        max_kb,
        max: 1,
    };
    let name = || "ktp.jpg".to_owned();
    let one = [("x", "f1")];
    assert_eq!(wrong_in(kind(&[FileKind::Jpeg], 200), &one, &context), []);
    let fault = |kind, fields: &[(&str, &str)]| wrong_in(kind, fields, &context)[0].1.clone();
    assert_eq!(
        fault(kind(&[FileKind::Pdf], 200), &one),
        Fault::FileKind { name: name() }
    );
    let large = Fault::FileTooLarge {
        name: name(),
        max_kb: 195,
    };
    assert_eq!(fault(kind(&[FileKind::Jpeg], 195), &one), large);
    assert_eq!(
        fault(kind(&[FileKind::Jpeg], 200), &[("x", "f2")]),
        Fault::FileGone
    );
    assert_eq!(fault(kind(&[FileKind::Jpeg], 200), &[]), Fault::Missing);
}

#[test]
fn texts_and_numbers_of_the_state() {
    let short = |raw: &str| answer(Kind::Short { min: 3, max: 5 }, &[("x", raw)]);
    assert_eq!(short("ab"), Err(Fault::TooShort { min: 3 }));
    assert_eq!(short("abcdef"), Err(Fault::TooLong { max: 5, given: 6 }));
    assert_eq!(short("\u{200b}"), Err(Fault::Missing));
    let optional = validate(
        &ask(Kind::Short { min: 3, max: 5 }, true),
        &draft(&[("x", "\u{200b} ")]),
        &today(),
    );
    assert!(optional.is_ready() && optional.answers.0.is_empty());
    assert!(answer(Kind::Email, &[("x", " siti@warga.example ")]).is_ok());
    assert!(answer(Kind::Phone, &[("x", "0812 3456 789")]).is_ok());
    assert!(answer(Kind::Kk, &[("x", "3579010101200007")]).is_ok());
    assert!(
        answer(
            Kind::Nop { area: None },
            &[("x", "35.79.010.001.001-0001.0")]
        )
        .is_ok()
    );
    assert_eq!(answer(Kind::Nik, &[]), Err(Fault::Missing));
}

#[test]
fn a_form_may_be_empty() {
    let mut form = ask(Kind::YesNo, false);
    form.pages.clear();
    let outcome = validate(&form, &full(), &today());
    assert_eq!(outcome, Outcome::default());
    assert!(outcome.is_ready());
}
