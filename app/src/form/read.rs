//! A form that was handed in, page by page, for whoever reads it.

use std::collections::BTreeMap;

use domain::{
    FileId, Locale,
    area::Area,
    form::{Answer, Answers, Definition, Place, Question, Upload},
};

use super::written::{answer, label};

/// Whether NIK and KK are shown in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// The middle digits hidden.
    Masked,
    /// All digits.
    Whole,
}

/// A page of a form with what was answered on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// Its answers, in order; never none.
    pub lines: Vec<Said>,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What the question is called; in a group with the item before it.
    pub name: String,
    /// The answer; of files their names.
    pub value: String,
    /// The files.
    pub files: Vec<FileId>,
    /// The place.
    pub place: Option<Place>,
    /// Whether it is a NIK or a KK.
    pub is_number: bool,
}

/// What is read.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The form, by the version that was filled in.
    pub definition: &'a Definition,
    /// What was answered.
    pub answers: &'a Answers,
    /// The city's areas.
    pub areas: &'a [Area],
    /// The files that answers name.
    pub files: &'a BTreeMap<FileId, Upload>,
}

/// All answers in the order of the form, page by page; pages without one are left out.
pub fn parts(l: Locale, sheet: Sheet<'_>, numbers: Numbers) -> Vec<Part> {
    sheet
        .definition
        .pages
        .iter()
        .filter_map(|page| {
            let mut lines = Vec::new();
            push(l, sheet, numbers, &page.questions, "", &mut lines);
            (!lines.is_empty()).then(|| Part {
                title: page.title.get(l).to_owned(),
                lines,
            })
        })
        .collect()
}

/// All answers of a form in its order, with what each question is called: for whoever decides on it. Numbers in full.
pub fn rows(
    l: Locale,
    definition: &Definition,
    answers: &Answers,
    areas: &[Area],
    files: &BTreeMap<FileId, Upload>,
) -> Vec<(String, String)> {
    let sheet = Sheet {
        definition,
        answers,
        areas,
        files,
    };
    parts(l, sheet, Numbers::Whole)
        .into_iter()
        .flat_map(|part| part.lines)
        .map(|line| (line.name, line.value))
        .collect()
}

fn push(
    l: Locale,
    sheet: Sheet<'_>,
    numbers: Numbers,
    questions: &[Question],
    before: &str,
    lines: &mut Vec<Said>,
) {
    let items = |group: &str| match sheet.answers.get(group) {
        Some(Answer::Items(items)) => items.clone(),
        _ => Vec::new(),
    };
    for question in questions {
        let path = format!("{before}{}", question.key);
        let Some(found) = sheet.answers.get(&path) else {
            continue;
        };
        let value = match (found, numbers) {
            (Answer::Nik(nik), Numbers::Masked) => nik.masked(),
            (Answer::Kk(kk), Numbers::Masked) => kk.masked(),
            _ => answer(l, sheet.areas, sheet.files, question, found),
        };
        lines.push(Said {
            name: label(l, sheet.definition, &items, &path),
            value,
            files: match found {
                Answer::Files(files) => files.clone(),
                _ => Vec::new(),
            },
            place: match found {
                Answer::Place(place) => Some(place.clone()),
                _ => None,
            },
            is_number: matches!(found, Answer::Nik(_) | Answer::Kk(_)),
        });
        for id in items(&path) {
            let inside = format!("{path}.{id}.");
            push(l, sheet, numbers, question.kind.inner(), &inside, lines);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        Day,
        form::{Context, Draft, validate},
    };

    use super::*;

    #[test]
    fn answers_are_read_in_the_order_of_the_form() {
        let form: Definition =
            serde_json::from_str(include_str!("../../../domain/src/form/tests/birth.json"))
                .expect("a form");
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
        let (files, answers) = (BTreeMap::new(), &outcome.answers);
        let sheet = Sheet {
            definition: &form,
            answers,
            areas: &[],
            files: &files,
        };
        let parts = parts(Locale::Id, sheet, Numbers::Masked);
        let titles: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
        assert_eq!(titles, ["Anda", "Anak", "Saksi", "Pernyataan"]);
        let nik = &parts[0].lines[1];
        assert_eq!(
            (nik.value.as_str(), nik.is_number),
            ("3579********0001", true)
        );
    }
}
