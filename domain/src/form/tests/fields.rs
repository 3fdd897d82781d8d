//! Every kind of question: what is taken, what is refused and where the summary leads.

use super::*;

mod compound;

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
