//! Random forms and drafts, for tests of this crate and of those that use it.

use proptest::prelude::*;

use super::*;
use crate::Day;

/// Keys that random conditions name: some are there, some come later, some are never there.
const KEYS: [&str; 10] = ["q0", "q1", "q2", "q3", "q4", "q5", "g", "i0", "i1", "zz"];

fn key() -> impl Strategy<Value = String> {
    proptest::sample::select(&KEYS[..]).prop_map(str::to_owned)
}

fn decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (-1_000_i64..1_000).prop_filter_map("in range", Decimal::whole),
        "-?[0-9]{1,16}(\\.[0-9]{1,6})?".prop_filter_map("in range", |text| Decimal::parse(&text)),
    ]
}

fn any_day() -> impl Strategy<Value = Day> {
    (-800_000_i64..3_000_000)
        .prop_filter_map("in range", |days| Day::parse("2026-11-24")?.plus(days))
}

fn op() -> impl Strategy<Value = Comparison> {
    proptest::sample::select(
        &[
            Comparison::Same,
            Comparison::Other,
            Comparison::Less,
            Comparison::AtMost,
            Comparison::More,
            Comparison::AtLeast,
        ][..],
    )
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        decimal().prop_map(Expression::Number),
        any_day().prop_map(Expression::Day),
        Just(Expression::Today),
        "[abc]|yes|\\PC{0,5}".prop_map(Expression::Text),
        key().prop_map(Expression::Answer),
        (key(), key()).prop_map(|(group, of)| Expression::Sum { group, of }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let two = || {
            (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            )
        };
        let list = || proptest::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            list().prop_map(Expression::Add),
            list().prop_map(Expression::Multiply),
            list().prop_map(Expression::Least),
            list().prop_map(Expression::Greatest),
            two().prop_map(|(a, b)| Expression::Subtract(a, b)),
            two().prop_map(|(a, b)| Expression::Divide(a, b)),
            two().prop_map(|(a, b)| Expression::Years(a, b)),
            two().prop_map(|(a, b)| Expression::Days(a, b)),
            (inner.clone().prop_map(Box::new), any::<u8>())
                .prop_map(|(a, places)| Expression::Round(a, places)),
            (key(), two()).prop_map(|(key, (then, otherwise))| Expression::If {
                when: Box::new(Condition::Answered(key)),
                then,
                otherwise,
            }),
        ]
    })
}

/// Any condition, also on questions that are not there.
pub fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        key().prop_map(Condition::Answered),
        (key(), "[abcd]|yes|no").prop_map(|(question, value)| Condition::Is { question, value }),
        (expression(), op(), expression()).prop_map(|(left, op, right)| Condition::Compare {
            left,
            op,
            right
        }),
        (
            key(),
            proptest::option::of(key()),
            proptest::option::of(key())
        )
            .prop_map(|(nik, born, sex)| Condition::NikFits { nik, born, sex }),
        (key(), key()).prop_map(|(one, other)| Condition::SameArea {
            one,
            other,
            level: Level::District,
        }),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|one| Condition::Not(Box::new(one))),
        ]
    })
}

fn options() -> impl Strategy<Value = Vec<Choice>> {
    proptest::sample::subsequence(vec!["a", "b", "c"], 0..=3).prop_flat_map(|keys| {
        (Just(keys), any::<bool>()).prop_map(|(keys, last)| {
            let count = keys.len();
            keys.into_iter()
                .enumerate()
                .map(|(place, key)| Choice {
                    key: key.into(),
                    label: Text::new(key, ""),
                    hint: Text::default(),
                    is_exclusive: last && place + 1 == count,
                })
                .collect()
        })
    })
}

fn simple() -> impl Strategy<Value = Kind> {
    let bound = || {
        proptest::option::of(prop_oneof![
            any_day().prop_map(Bound::On),
            any::<i32>().prop_map(Bound::Today)
        ])
    };
    prop_oneof![
        (0_u32..5, 0_u32..30).prop_map(|(min, max)| Kind::Short { min, max }),
        (0_u32..5, 0_u32..60).prop_map(|(min, max)| Kind::Long { min, max }),
        (
            proptest::option::of(decimal()),
            proptest::option::of(decimal()),
            any::<u8>()
        )
            .prop_map(|(min, max, decimals)| Kind::Number {
                min,
                max,
                decimals,
                unit: Text::default(),
            }),
        (0_u64..100, proptest::option::of(any::<u64>()))
            .prop_map(|(min, max)| Kind::Money { min, max }),
        (bound(), bound()).prop_map(|(earliest, latest)| Kind::Date { earliest, latest }),
        options().prop_map(|options| Kind::One { options }),
        (options(), 0_u16..3, proptest::option::of(0_u16..4))
            .prop_map(|(options, min, max)| Kind::Many { options, min, max }),
        any::<bool>().prop_map(|may_be_elsewhere| Kind::Address { may_be_elsewhere }),
        (0_u32..400, 0_u16..3).prop_map(|(max_kb, max)| Kind::File {
            kinds: vec![FileKind::Jpeg],
            max_kb,
            max,
        }),
        (expression(), 0_u8..9).prop_map(|(value, unit)| Kind::Calculated {
            value,
            unit: match unit {
                0 => Unit::Money,
                1 => Unit::Date,
                2 => Unit::Text,
                places => Unit::Number(places),
            },
        }),
        proptest::sample::select(vec![
            Kind::YesNo,
            Kind::Email,
            Kind::Phone,
            Kind::Place { within: None },
            Kind::Nik,
            Kind::Kk,
            Kind::Nop { area: None },
            Kind::Declaration,
        ]),
    ]
}

fn question(key: &'static str) -> impl Strategy<Value = Question> {
    (simple(), proptest::option::of(condition()), any::<bool>()).prop_map(
        move |(kind, when, is_optional)| Question {
            key: key.into(),
            label: Text::new(key, "x"),
            help: Text::default(),
            is_optional,
            class: is_optional.then_some(Class::Specific),
            when,
            prefill: None,
            kind,
        },
    )
}

fn check(at: &'static str) -> impl Strategy<Value = Check> {
    (
        proptest::option::of(condition()),
        condition(),
        any::<bool>(),
    )
        .prop_map(move |(when, must, is_advice)| Check {
            key: format!("c{at}"),
            at: at.into(),
            when,
            must,
            message: Text::new("salah", "wrong"),
            is_advice,
        })
}

/// Three pages of two questions, the last with a group of two.
pub fn form() -> impl Strategy<Value = Definition> {
    let group = (
        question("g"),
        question("i0"),
        question("i1"),
        check("i1"),
        0_u16..3,
        0_u16..4,
    )
        .prop_map(|(mut group, first, second, check, min, max)| {
            group.kind = Kind::Group {
                item: Text::new("Satu", "One"),
                min,
                max,
                questions: vec![first, second],
                checks: vec![check],
            };
            group
        });
    let questions = (
        question("q0"),
        question("q1"),
        question("q2"),
        question("q3"),
        group,
        question("q5"),
    );
    let whens = proptest::collection::vec(proptest::option::of(condition()), 3);
    (questions, whens, check("q1"), check("q5")).prop_map(
        |((q0, q1, q2, q3, g, q5), whens, one, two)| {
            let pages = [vec![q0, q1], vec![q2, q3], vec![g, q5]]
                .into_iter()
                .zip(whens)
                .enumerate()
                .map(|(place, (questions, when))| Page {
                    key: format!("p{place}"),
                    title: Text::new("Halaman", "Page"),
                    help: Text::default(),
                    section: "s".into(),
                    when,
                    questions,
                })
                .collect();
            Definition {
                format: FORMAT,
                key: "uji".into(),
                version: 7,
                title: Text::new("Uji", ""),
                intro: Text::default(),
                sections: vec![Section {
                    key: "s".into(),
                    title: Text::new("Tugas", "Task"),
                }],
                pages,
                checks: vec![one, two],
            }
        },
    )
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[abc]|yes|no|f1|1|2".prop_map(|text| text),
        proptest::sample::select(
            &[
                "3579014107950001",
                "357901000100100010",
                "siti@warga.example",
                "08123456789",
                "2026-08-17",
                "35.79.01.2008",
                "Jl. Ijen 1",
                "-7.87",
                "65313",
                "152.500",
            ][..]
        )
        .prop_map(str::to_owned),
        "-?[0-9]{1,4}[.,]?[0-9]{0,3}",
        "\\PC{0,12}",
    ]
}

/// What might be typed into [`form`], also into fields that it does not have; `f1` is a file.
pub fn drafts() -> impl Strategy<Value = Draft> {
    let field = (
        proptest::sample::select(
            &[
                "q0", "q1", "q2", "q3", "q5", "g", "g.1.i0", "g.1.i1", "g.2.i0", "g.2.i1",
                "g.9.i0", "zz",
            ][..],
        ),
        proptest::sample::select(
            &[
                "", "", "", ".day", ".month", ".year", ".street", ".area", ".rt", ".lat", ".lon",
            ][..],
        ),
    )
        .prop_map(|(path, part)| format!("{path}{part}"));
    let values =
        proptest::collection::btree_map(field, proptest::collection::vec(value(), 0..3), 0..20);
    (values, any::<bool>()).prop_map(|(mut values, has_items)| {
        if has_items {
            values.insert("g".into(), vec!["1".into(), "2".into()]);
        }
        Draft {
            values,
            seen: ["p0".to_owned()].into(),
        }
    })
}
