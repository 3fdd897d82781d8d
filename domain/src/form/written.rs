//! Answers as people read them.

use std::collections::BTreeMap;

use super::{Answer, Decimal, Definition, Kind, Question, Unit, Upload};
use crate::{AreaId, FileId, Locale, area::Area, phone};

/// A number as the language writes it: `−1.234,5` or `−1,234.5`.
pub fn decimal(l: Locale, number: Decimal) -> String {
    let text = number.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole
        .parse()
        .map_or_else(|_| whole.to_owned(), |n: i64| l.number(n));
    match (l, part) {
        (_, "") => whole,
        (Locale::Id, part) => format!("{whole},{part}"),
        (Locale::En, part) => format!("{whole}.{part}"),
    }
}

/// `Sisir, Kec. Batu`.
pub fn area_name(areas: &[Area], id: &AreaId) -> String {
    let find = |id: &AreaId| areas.iter().find(|area| &area.id == id);
    let Some(area) = find(id) else {
        return id.to_string();
    };
    match area.parent.as_ref().and_then(find) {
        Some(district) => format!("{}, Kec. {}", area.name, district.name),
        None => area.name.clone(),
    }
}

/// One answer; files by their names, lines below one another.
pub fn answer(
    l: Locale,
    areas: &[Area],
    files: &BTreeMap<FileId, Upload>,
    question: &Question,
    answer: &Answer,
) -> String {
    let choice = |key: &str| {
        let options = question.kind.options().iter();
        let found = options.clone().find(|option| option.key == key);
        found.map_or_else(|| key.to_owned(), |option| option.label.get(l).to_owned())
    };
    match answer {
        Answer::Text(text) => match &question.kind {
            Kind::Calculated { .. } => choice(text),
            _ => text.clone(),
        },
        Answer::Email(text) => text.clone(),
        Answer::Number(number) => match &question.kind {
            Kind::Number { unit, .. } if !unit.is_empty() => {
                format!("{} {}", decimal(l, *number), unit.get(l))
            }
            // What counts nothing is a year, a number of something: not parted.
            Kind::Number { .. } => undivided(l, *number),
            Kind::Calculated {
                unit: Unit::Money, ..
            } => format!("Rp{}", decimal(l, *number)),
            _ => decimal(l, *number),
        },
        Answer::Money(rupiah) => {
            format!("Rp{}", l.number(i64::try_from(*rupiah).unwrap_or(i64::MAX)))
        }
        Answer::Date(day) => day.written(l),
        Answer::One(key) => choice(key),
        Answer::Many(keys) => lines(keys.iter().map(|key| choice(key))),
        Answer::YesNo(true) | Answer::Declared => yes_or_no(l, true).to_owned(),
        Answer::YesNo(false) => yes_or_no(l, false).to_owned(),
        Answer::Phone(phone) => phone::dialled(phone.as_str()),
        Answer::Address(address) => {
            let mut parts = vec![address.street.clone()];
            if !address.rt.is_empty() || !address.rw.is_empty() {
                parts.push(format!("RT {} / RW {}", address.rt, address.rw));
            }
            match &address.area {
                Some(area) => parts.push(area_name(areas, area)),
                None => parts.push(address.elsewhere.clone()),
            }
            parts.push(address.postcode.clone());
            lines(parts.into_iter().filter(|part| !part.is_empty()))
        }
        Answer::Place(place) => {
            let area = place.area.as_ref().map(|id| area_name(areas, id));
            let point = place.point.map(|at| format!("{}, {}", at.lat, at.lon));
            lines(area.into_iter().chain(point))
        }
        Answer::Files(ids) => lines(ids.iter().map(|id| {
            files
                .get(id)
                .map_or_else(|| id.to_string(), |upload| upload.name.clone())
        })),
        Answer::Nik(nik) => nik.spaced(),
        Answer::Kk(kk) => kk.spaced(),
        Answer::Nop(nop) => nop.dotted(),
        Answer::Items(items) => l.number(i64::try_from(items.len()).unwrap_or(i64::MAX)),
    }
}

/// A number without marks between its thousands.
fn undivided(l: Locale, number: Decimal) -> String {
    let text = number.to_string();
    match l {
        Locale::Id => text.replace('.', ","),
        Locale::En => text,
    }
}

const fn yes_or_no(l: Locale, yes: bool) -> &'static str {
    match (l, yes) {
        (Locale::Id, true) => "Ya",
        (Locale::Id, false) => "Tidak",
        (Locale::En, true) => "Yes",
        (Locale::En, false) => "No",
    }
}

fn lines(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("\n")
}

/// What a question is called; in a group with the item before it: `Saksi 2: Nama`.
pub fn label(
    l: Locale,
    definition: &Definition,
    items: &dyn Fn(&str) -> Vec<String>,
    path: &str,
) -> String {
    let Some(question) = definition.question(path) else {
        return path.to_owned();
    };
    let own = question.label.get(l);
    match path
        .rsplit_once('.')
        .and_then(|(item, _)| item_name(l, definition, items, item))
    {
        Some(item) => format!("{item}: {own}"),
        None => own.to_owned(),
    }
}

/// What an item such as `saksi.7` is called: `Saksi 2`, by its place.
pub fn item_name(
    l: Locale,
    definition: &Definition,
    items: &dyn Fn(&str) -> Vec<String>,
    item: &str,
) -> Option<String> {
    let (group, id) = item.rsplit_once('.')?;
    let Kind::Group { item: name, .. } = &definition.question(group)?.kind else {
        return None;
    };
    let place = items(group).iter().position(|known| known == id)? + 1;
    let own = format!("{} {place}", name.get(l));
    match group
        .rsplit_once('.')
        .and_then(|(outer, _)| item_name(l, definition, items, outer))
    {
        Some(outer) => Some(format!("{outer}, {own}")),
        None => Some(own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_long_numbers_are_not_parted() {
        let number = |text: &str| Decimal::parse(text).expect("a number");
        assert_eq!(undivided(Locale::Id, number("2026")), "2026");
        assert_eq!(
            undivided(Locale::En, number("9120001234567")),
            "9120001234567"
        );
        assert_eq!(undivided(Locale::Id, number("1.5")), "1,5");
    }
}
