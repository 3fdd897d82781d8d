//! Answers as people read them.

use std::collections::BTreeMap;

use super::{Answer, Answers, Decimal, Definition, Kind, Question, Unit, Upload};
use crate::{AreaId, FileId, Locale, area::Area};

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
        Answer::Phone(phone) => phone.as_str().to_owned(),
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
        Answer::Place(place) => format!("{}, {}", place.lat, place.lon),
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

/// All answers of a form in its order, with what each question is called: for whoever decides on it.
pub fn rows(
    l: Locale,
    definition: &Definition,
    answers: &Answers,
    areas: &[Area],
    files: &BTreeMap<FileId, Upload>,
) -> Vec<(String, String)> {
    let items = |group: &str| match answers.get(group) {
        Some(Answer::Items(items)) => items.clone(),
        _ => Vec::new(),
    };
    let mut rows = Vec::new();
    for page in &definition.pages {
        push(
            l,
            (definition, answers, areas, files),
            &items,
            &page.questions,
            "",
            &mut rows,
        );
    }
    rows
}

type Sheet<'a> = (
    &'a Definition,
    &'a Answers,
    &'a [Area],
    &'a BTreeMap<FileId, Upload>,
);

fn push(
    l: Locale,
    sheet: Sheet<'_>,
    items: &dyn Fn(&str) -> Vec<String>,
    questions: &[Question],
    before: &str,
    rows: &mut Vec<(String, String)>,
) {
    let (definition, answers, areas, files) = sheet;
    for question in questions {
        let path = format!("{before}{}", question.key);
        let Some(found) = answers.get(&path) else {
            continue;
        };
        let name = label(l, definition, items, &path);
        rows.push((name, answer(l, areas, files, question, found)));
        for id in items(&path) {
            let inside = format!("{path}.{id}.");
            push(l, sheet, items, question.kind.inner(), &inside, rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Day,
        form::{Context, Draft, validate},
    };

    #[test]
    fn answers_are_read_in_the_order_of_the_form() {
        let form: Definition =
            serde_json::from_str(include_str!("tests/birth.json")).expect("a form");
        let mut draft = Draft::default();
        for (field, value) in [
            ("pelapor", "Siti"),
            ("nik", "3579014107950001"),
            ("lahir.day", "1"),
            ("lahir.month", "11"),
            ("lahir.year", "2026"),
            ("berat", "3200"),
            ("tempat", "4"),
            ("saksi.7.nama_saksi", "Joko"),
            ("saksi.7.warga", "no"),
            ("benar", "yes"),
        ] {
            draft.put(field, value);
        }
        draft.values.insert("saksi".into(), vec!["7".into()]);
        let day = Day::parse("2026-11-24").expect("a day");
        let outcome = validate(&form, &draft, &Context::on(day));
        let rows = rows(Locale::Id, &form, &outcome.answers, &[], &BTreeMap::new());
        let all: Vec<(&str, &str)> = rows.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(
            all,
            [
                ("Nama Anda", "Siti"),
                ("NIK Anda", "357901 410795 0001"),
                ("Tanggal lahir anak", "1 November 2026"),
                ("Umur dalam hari", "23"),
                ("Berat", "3.200 gram"),
                ("Tempat dilahirkan", "Rumah"),
                ("Saksi", "1"),
                ("Saksi 1: Nama", "Joko"),
                ("Saksi 1: Warga negara Indonesia?", "Tidak"),
                ("Semua yang saya isi benar.", "Ya"),
            ]
        );
    }
}
