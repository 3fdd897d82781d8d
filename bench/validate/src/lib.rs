//! A form of sixty questions, one of them a group of ten people with all that the family card asks of each.

use std::hint::black_box;

use domain::{
    Day,
    form::{Bundle, Context, Definition, Draft, Kind, Question, validate},
};

/// Questions outside the group, and the group.
pub const QUESTIONS: usize = 60;
/// People in the group.
pub const PEOPLE: usize = 10;
/// How often [`Form::judge`] judges.
pub const TIMES: u32 = 50;

/// Where the group is taken from.
const SHIPPED: &str = include_str!("../../../city/kota-batu/forms/kartu-keluarga.json");
const GROUP: &str = "anggota";
/// What the others ask, in turn: kind, and an answer.
const KINDS: [(&str, &str); 7] = [
    (r#"{"short":{"min":2,"max":100}}"#, "Siti Aminah"),
    (r#""nik""#, "3579014107950001"),
    (
        r#"{"date":{"earliest":{"today":-44000},"latest":{"today":0}}}"#,
        "1 Juli 1995",
    ),
    (r#""phone""#, "0812 3456 7890"),
    (r#""yes_no""#, "yes"),
    (r#"{"money":{"min":0,"max":1000000000}}"#, "1.250.000"),
    (
        r#"{"long":{"min":2,"max":1000}}"#,
        "Rumah kami pindah karena pekerjaan, dan semua anggota keluarga ikut.",
    ),
];
/// Which of them is answered with yes or no.
const YES: usize = 4;
/// What is written of each person.
const PERSON: [(&str, &str); 13] = [
    ("nama_anggota", "Siti Aminah"),
    ("nik_anggota", "3579014107950001"),
    ("kelamin_anggota", "P"),
    ("tempat_lahir_anggota", "Batu"),
    ("lahir_anggota", "1995-07-01"),
    ("shdk", "4"),
    ("akta_lahir", "yes"),
    ("no_akta_lahir", "AL.5790012345"),
    ("agama", "1"),
    ("status_kawin", "1"),
    ("darah", "13"),
    ("pendidikan", "5"),
    ("pekerjaan", "88"),
];
const PARENTS: [(&str, &str); 2] = [
    ("nama_ibu_anggota", "Sumiati"),
    ("nama_ayah_anggota", "Rahmat"),
];

/// The form with what was written.
#[derive(Debug)]
pub struct Form {
    definition: Definition,
    draft: Draft,
    today: Day,
}

impl Form {
    /// Puts it together.
    ///
    /// # Panics
    /// When the shipped form has no such group any more.
    pub fn new() -> Self {
        let mut definition = read::<Bundle>(SHIPPED).definition;
        let group = definition
            .pages
            .iter()
            .flat_map(|page| &page.questions)
            .find(|question| question.key == GROUP)
            .expect("the family card asks for its members")
            .clone();
        let mut draft = Draft::default();
        let mut questions = vec![group];
        for n in 1..QUESTIONS {
            let (kind, answer) = KINDS[n % KINDS.len()];
            let mut question: Question = read(&format!(
                r#"{{"key":"q{n}","label":{{"id":"Pertanyaan {n}","en":"Question {n}"}},"class":"general","kind":{kind}}}"#
            ));
            // One in five is asked because of the answer to one before it.
            if n % 5 == 0 {
                let asking = n - (n + KINDS.len() - YES - 1) % KINDS.len() - 1;
                question.when = Some(read(&format!(
                    r#"{{"is":{{"question":"q{asking}","value":"yes"}}}}"#
                )));
            }
            questions.push(question);
            draft.put(&format!("q{n}"), answer);
        }
        for person in 1..=PEOPLE {
            let people = draft.values.entry(GROUP.to_owned()).or_default();
            people.push(person.to_string());
            for (key, answer) in PERSON.iter().chain(&PARENTS) {
                draft.put(&format!("{GROUP}.{person}.{key}"), answer);
            }
        }
        let mut rest = questions.into_iter().peekable();
        definition.pages.truncate(QUESTIONS.div_ceil(5));
        for page in &mut definition.pages {
            page.when = None;
            page.questions = rest.by_ref().take(5).collect();
        }
        assert!(rest.peek().is_none(), "there are pages for all");
        definition.checks.clear();
        Self {
            definition,
            draft,
            today: Day::parse("2026-11-24").expect("a day"),
        }
    }

    /// Judges the draft [`TIMES`] times.
    ///
    /// # Panics
    /// When it is not found complete: then something else was measured than meant.
    pub fn judge(&self) {
        for _ in 0..TIMES {
            let outcome = validate(
                black_box(&self.definition),
                black_box(&self.draft),
                &Context::on(self.today),
            );
            assert!(outcome.is_ready(), "{:?}", outcome.wrong);
            black_box(outcome);
        }
    }

    /// Questions outside the group and itself, and those that the group asks of each person.
    pub fn questions(&self) -> (usize, usize) {
        let all = || {
            self.definition
                .pages
                .iter()
                .flat_map(|page| &page.questions)
        };
        let inside = all().map(|question| match &question.kind {
            Kind::Group { questions, .. } => questions.len(),
            _ => 0,
        });
        (all().count(), inside.sum())
    }
}

impl Default for Form {
    fn default() -> Self {
        Self::new()
    }
}

fn read<'a, T: serde::Deserialize<'a>>(text: &'a str) -> T {
    serde_json::from_str(text).expect("is what it says")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_as_long_as_it_says_and_complete() {
        let form = Form::new();
        assert_eq!(form.questions().0, QUESTIONS);
        assert!(form.questions().1 > 15);
        assert_eq!(form.draft.items(GROUP).len(), PEOPLE);
        form.judge();
    }
}
