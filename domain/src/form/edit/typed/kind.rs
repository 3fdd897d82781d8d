//! The settings of each kind of question.

use std::fmt::Write as _;

use super::{needed, number, put_number, put_text, put_tick, text_of};
use crate::{
    Day, Invalid, Problem,
    form::{Bound, Bounds, Choice, Decimal, Draft, Expression, FileKind, Kind, Text, Unit},
};

/// The words of all kinds, in the order in which they are offered.
pub const KINDS: [&str; 18] = [
    "short",
    "long",
    "number",
    "money",
    "date",
    "one",
    "many",
    "yes_no",
    "email",
    "phone",
    "address",
    "place",
    "file",
    "nik",
    "kk",
    "nop",
    "declaration",
    "calculated",
];

/// The word of a kind.
pub const fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Short { .. } => "short",
        Kind::Long { .. } => "long",
        Kind::Number { .. } => "number",
        Kind::Money { .. } => "money",
        Kind::Date { .. } => "date",
        Kind::One { .. } => "one",
        Kind::Many { .. } => "many",
        Kind::YesNo => "yes_no",
        Kind::Email => "email",
        Kind::Phone => "phone",
        Kind::Address { .. } => "address",
        Kind::Place { .. } => "place",
        Kind::File { .. } => "file",
        Kind::Nik => "nik",
        Kind::Kk => "kk",
        Kind::Nop { .. } => "nop",
        Kind::Declaration => "declaration",
        Kind::Calculated { .. } => "calculated",
        Kind::Group { .. } => "group",
    }
}

/// A kind with settings to begin with; `group` for a group without questions.
pub fn kind_of_word(word: &str) -> Option<Kind> {
    let options = || {
        [
            ("1", "Pilihan pertama", "First choice"),
            ("2", "Pilihan kedua", "Second choice"),
        ]
        .map(|(key, id, en)| Choice {
            key: key.to_owned(),
            label: Text::new(id, en),
            hint: Text::default(),
            is_exclusive: false,
        })
        .to_vec()
    };
    Some(match word {
        "short" => Kind::Short { min: 0, max: 100 },
        "long" => Kind::Long { min: 0, max: 2_000 },
        "number" => Kind::Number {
            min: None,
            max: None,
            decimals: 0,
            unit: Text::default(),
        },
        "money" => Kind::Money { min: 0, max: None },
        "date" => Kind::Date {
            earliest: None,
            latest: None,
        },
        "one" => Kind::One { options: options() },
        "many" => Kind::Many {
            options: options(),
            min: 0,
            max: None,
        },
        "yes_no" => Kind::YesNo,
        "email" => Kind::Email,
        "phone" => Kind::Phone,
        "address" => Kind::Address {
            may_be_elsewhere: false,
        },
        "place" => Kind::Place { within: None },
        "file" => Kind::File {
            kinds: FILES.map(|(_, kind)| kind).to_vec(),
            max_kb: 5 * 1_024,
            max: 1,
        },
        "nik" => Kind::Nik,
        "kk" => Kind::Kk,
        "nop" => Kind::Nop { area: None },
        "declaration" => Kind::Declaration,
        "calculated" => Kind::Calculated {
            value: Expression::Number(Decimal::small(0)),
            unit: Unit::Number(0),
        },
        "group" => Kind::Group {
            item: Text::default(),
            min: 0,
            max: 10,
            questions: Vec::new(),
            checks: Vec::new(),
        },
        _ => return None,
    })
}

const FILES: [(&str, FileKind); 4] = [
    ("jpeg", FileKind::Jpeg),
    ("png", FileKind::Png),
    ("webp", FileKind::Webp),
    ("pdf", FileKind::Pdf),
];

pub(super) fn put(typed: &mut Draft, kind: &Kind) {
    match kind {
        Kind::Short { min, max } | Kind::Long { min, max } => {
            put_number(typed, "min", Some(min));
            put_number(typed, "max", Some(max));
        }
        Kind::Number {
            min,
            max,
            decimals,
            unit,
        } => {
            put_number(typed, "min", min.map(Decimal::to_typed));
            put_number(typed, "max", max.map(Decimal::to_typed));
            put_number(typed, "decimals", Some(decimals));
            put_text(typed, "unit", unit);
        }
        Kind::Money { min, max } => {
            put_number(typed, "min", Some(min));
            put_number(typed, "max", *max);
        }
        Kind::Date { earliest, latest } => {
            put_number(typed, "earliest", earliest.map(bound_typed));
            put_number(typed, "latest", latest.map(bound_typed));
        }
        Kind::One { options } => typed.put("options", &lines(options)),
        Kind::Many { options, min, max } => {
            typed.put("options", &lines(options));
            put_number(typed, "min", Some(min));
            put_number(typed, "max", *max);
        }
        Kind::Address { may_be_elsewhere } => {
            put_tick(typed, "may_be_elsewhere", *may_be_elsewhere);
        }
        Kind::Place { within } => {
            let side = |of: fn(&Bounds) -> Decimal| within.as_ref().map(|b| of(b).to_typed());
            put_number(typed, "south", side(|b| b.south));
            put_number(typed, "west", side(|b| b.west));
            put_number(typed, "north", side(|b| b.north));
            put_number(typed, "east", side(|b| b.east));
        }
        Kind::File { kinds, max_kb, max } => {
            let words = FILES.iter().filter(|(_, kind)| kinds.contains(kind));
            let words = words.map(|(word, _)| (*word).to_owned()).collect();
            typed.values.insert("kinds".to_owned(), words);
            put_number(typed, "max_kb", Some(max_kb));
            put_number(typed, "max", Some(max));
        }
        Kind::Nop { area } => {
            let text = area
                .as_ref()
                .and_then(|a| serde_json::to_string_pretty(a).ok());
            typed.put("area", &text.unwrap_or_default());
        }
        Kind::Calculated { value, unit } => {
            let text = serde_json::to_string_pretty(value).unwrap_or_default();
            typed.put("value", &text);
            let (word, places) = match unit {
                Unit::Number(places) => ("number", Some(*places)),
                Unit::Money => ("money", None),
                Unit::Date => ("date", None),
                Unit::Text => ("text", None),
            };
            typed.put("unit", word);
            put_number(typed, "places", places);
        }
        Kind::Group { item, min, max, .. } => {
            put_text(typed, "item", item);
            put_number(typed, "min", Some(min));
            put_number(typed, "max", Some(max));
        }
        Kind::YesNo | Kind::Email | Kind::Phone | Kind::Nik | Kind::Kk | Kind::Declaration => {}
    }
}

pub(super) fn read(typed: &Draft, old: &Kind, wrong: &mut Invalid) -> Kind {
    match old {
        Kind::Short { .. } => Kind::Short {
            min: number(typed, "min", wrong).unwrap_or(0),
            max: needed(typed, "max", wrong),
        },
        Kind::Long { .. } => Kind::Long {
            min: number(typed, "min", wrong).unwrap_or(0),
            max: needed(typed, "max", wrong),
        },
        Kind::Number { .. } => Kind::Number {
            min: decimal(typed, "min", wrong),
            max: decimal(typed, "max", wrong),
            decimals: number(typed, "decimals", wrong).unwrap_or(0),
            unit: text_of(typed, "unit", wrong),
        },
        Kind::Money { .. } => Kind::Money {
            min: number(typed, "min", wrong).unwrap_or(0),
            max: number(typed, "max", wrong),
        },
        Kind::Date { .. } => Kind::Date {
            earliest: bound(typed, "earliest", wrong),
            latest: bound(typed, "latest", wrong),
        },
        Kind::One { options } => Kind::One {
            options: choices(typed, options, wrong),
        },
        Kind::Many { options, .. } => Kind::Many {
            options: choices(typed, options, wrong),
            min: number(typed, "min", wrong).unwrap_or(0),
            max: number(typed, "max", wrong),
        },
        Kind::Address { .. } => Kind::Address {
            may_be_elsewhere: typed.has("may_be_elsewhere"),
        },
        Kind::Place { .. } => Kind::Place {
            within: rectangle(typed, wrong),
        },
        Kind::File { kinds, .. } => Kind::File {
            kinds: files(typed, kinds, wrong),
            max_kb: needed(typed, "max_kb", wrong),
            max: needed(typed, "max", wrong),
        },
        Kind::Nop { .. } => Kind::Nop {
            area: json(typed, "area", wrong),
        },
        Kind::Calculated { value, .. } => Kind::Calculated {
            value: json(typed, "value", wrong).unwrap_or_else(|| value.clone()),
            unit: match typed.text("unit") {
                "money" => Unit::Money,
                "date" => Unit::Date,
                "text" => Unit::Text,
                _ => Unit::Number(number(typed, "places", wrong).unwrap_or(0)),
            },
        },
        Kind::Group {
            questions, checks, ..
        } => Kind::Group {
            item: text_of(typed, "item", wrong),
            min: number(typed, "min", wrong).unwrap_or(0),
            max: needed(typed, "max", wrong),
            questions: questions.clone(),
            checks: checks.clone(),
        },
        plain => plain.clone(),
    }
}

fn json<T: serde::de::DeserializeOwned>(
    typed: &Draft,
    field: &str,
    wrong: &mut Invalid,
) -> Option<T> {
    let raw = typed.text(field).trim();
    if raw.is_empty() {
        return None;
    }
    let read = serde_json::from_str(raw).ok();
    if read.is_none() {
        wrong.add(field, Problem::Malformed);
    }
    read
}

fn decimal(typed: &Draft, field: &str, wrong: &mut Invalid) -> Option<Decimal> {
    let raw = typed.text(field).trim();
    if raw.is_empty() {
        return None;
    }
    let read = Decimal::typed(raw, 6);
    if read.is_none() {
        wrong.add(field, Problem::Malformed);
    }
    read
}

/// `2026-01-31` for that day, `-60` for so many days before the day of filling in.
fn bound_typed(bound: Bound) -> String {
    match bound {
        Bound::On(day) => day.to_string(),
        Bound::Today(days) if days > 0 => format!("+{days}"),
        Bound::Today(days) => days.to_string(),
    }
}

fn bound(typed: &Draft, field: &str, wrong: &mut Invalid) -> Option<Bound> {
    let raw = typed.text(field).trim();
    if raw.is_empty() {
        return None;
    }
    let read = Day::parse(raw)
        .map(Bound::On)
        .or_else(|| raw.parse().ok().map(Bound::Today));
    if read.is_none() {
        wrong.add(field, Problem::Malformed);
    }
    read
}

fn rectangle(typed: &Draft, wrong: &mut Invalid) -> Option<Bounds> {
    let sides = ["south", "west", "north", "east"];
    if sides.iter().all(|side| !typed.has(side)) {
        return None;
    }
    let mut side = |field: &str| {
        if !typed.has(field) {
            wrong.add(field, Problem::Missing);
        }
        decimal(typed, field, wrong)
    };
    let [south, west, north, east] = sides.map(&mut side);
    Some(Bounds {
        south: south?,
        west: west?,
        north: north?,
        east: east?,
    })
}

fn files(typed: &Draft, old: &[FileKind], wrong: &mut Invalid) -> Vec<FileKind> {
    let ticked = typed.all("kinds");
    let chosen: Vec<FileKind> = FILES
        .iter()
        .filter(|(word, _)| ticked.iter().any(|one| one == word))
        .map(|(_, kind)| *kind)
        .collect();
    if chosen.is_empty() {
        wrong.add("kinds", Problem::Missing);
    }
    // The order says nothing, so that of the form stays.
    let is_same = chosen.len() == old.len() && chosen.iter().all(|kind| old.contains(kind));
    if is_same { old.to_vec() } else { chosen }
}

/// One choice a line: `code | label | label in English | hint | hint in English`, a star before the code of one that excludes
/// all others.
fn lines(options: &[Choice]) -> String {
    let mut text = String::new();
    for option in options {
        let star = if option.is_exclusive { "*" } else { "" };
        let _ = write!(text, "{star}{} | {}", option.key, option.label.id);
        let more = [&option.label.en, &option.hint.id, &option.hint.en];
        let last = more.iter().rposition(|one| !one.is_empty());
        for one in more.iter().take(last.map_or(0, |last| last + 1)) {
            let _ = write!(text, " | {one}");
        }
        text.push('\n');
    }
    text
}

fn choices(typed: &Draft, old: &[Choice], wrong: &mut Invalid) -> Vec<Choice> {
    let raw = typed.text("options").replace("\r\n", "\n");
    // What nobody touched stays to the letter.
    if raw.trim() == lines(old).trim() {
        return old.to_vec();
    }
    let mut options: Vec<Choice> = Vec::new();
    for line in raw.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.split('|').map(str::trim);
        let mut next = || parts.next().unwrap_or_default().to_owned();
        let (code, id, en) = (next(), next(), next());
        let (hint_id, hint_en) = (next(), next());
        let is_exclusive = code.starts_with('*');
        let code = code.trim_start_matches('*').trim().to_owned();
        // A line without a code is a label: it gets the next number.
        let (key, label) = if id.is_empty() {
            (String::new(), Text::new(&code, ""))
        } else {
            (code, Text { id, en })
        };
        options.push(Choice {
            key,
            label,
            hint: Text {
                id: hint_id,
                en: hint_en,
            },
            is_exclusive,
        });
    }
    for place in 0..options.len() {
        if options[place].key.is_empty() {
            let is_taken = |key: &str| options.iter().any(|one| one.key == key);
            let key = (place + 1..=usize::MAX)
                .map(|n| n.to_string())
                .find(|key| !is_taken(key));
            options[place].key = key.unwrap_or_default();
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for option in &options {
        if !crate::form::lint::is_choice(&option.key) {
            wrong.add("options", Problem::Malformed);
        }
        if !seen.insert(&option.key) {
            wrong.add("options", Problem::Taken);
        }
    }
    if options.is_empty() {
        wrong.add("options", Problem::Missing);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_and_comes_back() {
        for kind in KINDS.iter().copied().chain(["group"]) {
            let made = kind_of_word(kind).expect(kind);
            assert_eq!(kind_word(&made), kind);
            let mut typed = Draft::default();
            put(&mut typed, &made);
            let mut wrong = Invalid::default();
            assert_eq!(read(&typed, &made, &mut wrong), made, "{kind}");
            assert_eq!(wrong, Invalid::default(), "{kind}");
        }
        assert_eq!(kind_of_word("page"), None);
    }

    #[test]
    fn choices_are_lines() {
        let old = kind_of_word("one").expect("a kind");
        let typed = |text: &str| {
            let mut typed = Draft::default();
            typed.put("options", text);
            let mut wrong = Invalid::default();
            let Kind::One { options } = read(&typed, &old, &mut wrong) else {
                panic!("a choice");
            };
            (lines(&options), wrong.of("options").cloned())
        };
        let (text, wrong) =
            typed("RS | Rumah sakit | Hospital\r\n\r\n*0|Tidak tahu||Kalau ragu\nRumah");
        assert_eq!(
            text,
            "RS | Rumah sakit | Hospital\n*0 | Tidak tahu |  | Kalau ragu\n3 | Rumah\n"
        );
        assert_eq!(wrong, None);
        assert_eq!(typed("a | A\na | B").1, Some(Problem::Taken));
        assert_eq!(typed("a b | A").1, Some(Problem::Malformed));
        assert_eq!(typed(" ").1, Some(Problem::Missing));
    }

    #[test]
    fn days_are_fixed_or_counted_from_today() {
        for (text, bound) in [
            (
                "2026-01-31",
                Some(Bound::On(Day::parse("2026-01-31").expect("a day"))),
            ),
            ("+30", Some(Bound::Today(30))),
            ("-60", Some(Bound::Today(-60))),
            ("0", Some(Bound::Today(0))),
            ("", None),
        ] {
            let mut typed = Draft::default();
            typed.put("latest", text);
            let mut wrong = Invalid::default();
            assert_eq!(super::bound(&typed, "latest", &mut wrong), bound);
            assert_eq!(bound.map(bound_typed).unwrap_or_default(), text);
            typed.put("latest", "besok");
            assert_eq!(super::bound(&typed, "latest", &mut wrong), None);
            assert!(wrong.of("latest").is_some());
        }
    }
}
