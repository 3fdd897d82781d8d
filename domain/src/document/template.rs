//! The template of a letter: what an administrator can change.

use serde::{Deserialize, Serialize};

use super::{Unfit, blanks, code};
use crate::{Invalid, Problem, text};

/// A template. In the texts stand blanks such as `{{nama}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    /// The code of the matter, before the number: `470`.
    pub matter: String,
    /// The code of the office, behind it; the office's own word when empty.
    pub office: String,
    /// The letterhead: the city, the office, how to reach it, a line each.
    pub letterhead: String,
    /// The title.
    pub title: String,
    /// The first paragraphs.
    pub opening: String,
    /// What was decided, and why.
    pub body: String,
    /// The last paragraphs.
    pub closing: String,
    /// Where it is signed: `Batu`.
    pub place: String,
    /// The post of who signs.
    pub post: String,
    /// The name of who signs.
    pub signer: String,
}

/// A field with the fewest and most characters that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The field.
    pub field: &'static str,
    /// Fewest.
    pub min: u32,
    /// Most.
    pub max: u32,
}

const fn limits(field: &'static str, min: u32, max: u32) -> Limits {
    Limits { field, min, max }
}

/// The fields with blanks, in the order of the page.
pub const LIMITS: [Limits; 8] = [
    limits("letterhead", 3, 400),
    limits("title", 3, 120),
    limits("opening", 0, 3_000),
    limits("body", 10, 10_000),
    limits("closing", 0, 3_000),
    limits("place", 2, 60),
    limits("post", 2, 200),
    limits("signer", 2, 120),
];

impl Template {
    /// The template with which a city begins, until it writes its own.
    pub fn shipped() -> Self {
        let text = str::to_owned;
        Self {
            matter: String::new(),
            office: String::new(),
            letterhead: text("Pemerintah {{kota}}\n{{kantor}}\n{{alamat_kantor}}"),
            title: text("Surat keputusan"),
            opening: text(
                "Yth. {{nama}}\n\nTerima kasih atas permohonan Anda. Kami sudah memeriksanya dan mengambil keputusan.",
            ),
            body: text(
                "Permohonan {{layanan}} dengan nomor {{nomor_permohonan}}, yang kami terima pada {{tanggal_permohonan}}, {{keputusan}}.\n\n\
                 Alasan keputusan: {{alasan}}",
            ),
            closing: text(
                "Bila Anda keberatan, sampaikan secara tertulis kepada kantor kami. Batas waktunya diatur undang-undang; \
                 tanyakan kepada kami bila Anda ragu.",
            ),
            place: text("{{kota}}"),
            post: text("a.n. Kepala {{kantor}}"),
            signer: text("{{petugas}}"),
        }
    }

    /// A field by its word.
    pub fn get(&self, field: &str) -> &str {
        match field {
            "matter" => &self.matter,
            "office" => &self.office,
            "letterhead" => &self.letterhead,
            "title" => &self.title,
            "opening" => &self.opening,
            "body" => &self.body,
            "closing" => &self.closing,
            "place" => &self.place,
            "post" => &self.post,
            "signer" => &self.signer,
            _ => "",
        }
    }

    fn set(&mut self, field: &str, value: String) {
        match field {
            "matter" => self.matter = value,
            "office" => self.office = value,
            "letterhead" => self.letterhead = value,
            "title" => self.title = value,
            "opening" => self.opening = value,
            "body" => self.body = value,
            "closing" => self.closing = value,
            "place" => self.place = value,
            "post" => self.post = value,
            "signer" => self.signer = value,
            _ => {}
        }
    }

    /// Checks what was typed: each field by its limits, `matter` and `office` as codes; blanks that are none of ours are
    /// [`Problem::Unknown`], braces that are not closed [`Problem::Malformed`]: [`Template::unfit`] says which.
    pub fn check(&self, is_asked: impl Fn(&str) -> bool) -> Result<Self, Invalid> {
        let (mut invalid, mut checked) = (Invalid::default(), Self::default());
        for field in ["matter", "office"] {
            if let Some(value) = invalid.take(field, code(self.get(field))) {
                checked.set(field, value);
            }
        }
        for Limits { field, min, max } in LIMITS {
            let raw = self.get(field);
            let is_line = ["title", "place", "signer"].contains(&field);
            let read = if is_line {
                text::line(raw, min, max)
            } else {
                text::body(raw, min, max)
            };
            let read = read.and_then(|value| match blanks(&value, &is_asked) {
                Ok(()) => Ok(value),
                Err(Unfit::Open) => Err(Problem::Malformed),
                Err(Unfit::Unknown(_)) => Err(Problem::Unknown),
            });
            if let Some(value) = invalid.take(field, read) {
                checked.set(field, value);
            }
        }
        invalid.check()?;
        Ok(checked)
    }

    /// What is wrong with the blanks of a field.
    pub fn unfit(&self, field: &str, is_asked: impl Fn(&str) -> bool) -> Option<Unfit> {
        blanks(self.get(field), is_asked).err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_one_is_sound() {
        let shipped = Template::shipped();
        assert_eq!(shipped.check(|_| false), Ok(shipped.clone()));
        let json = serde_json::to_string(&shipped).expect("is written");
        assert_eq!(
            serde_json::from_str::<Template>(&json).expect("is read"),
            shipped
        );
    }

    #[test]
    fn every_field_is_checked() {
        let mut typed = Template::shipped();
        typed.matter = "47 0".into();
        typed.title = "{{judul}}".into();
        typed.body = "Anak: {{jawaban.anak}}, {{nama".into();
        typed.signer = String::new();
        let invalid = typed.check(|_| true).expect_err("is wrong");
        let found: Vec<_> = invalid.0.iter().map(|(f, p)| (f.as_str(), p)).collect();
        assert_eq!(
            found,
            [
                ("body", &Problem::Malformed),
                ("matter", &Problem::Malformed),
                ("signer", &Problem::Missing),
                ("title", &Problem::Unknown),
            ]
        );
        assert_eq!(
            typed.unfit("title", |_| true),
            Some(Unfit::Unknown("judul".into()))
        );
        typed = Template::shipped();
        typed.body = "Anak kami: {{jawaban.anak}}".into();
        assert!(typed.check(|key| key == "anak").is_ok());
        assert!(typed.check(|_| false).is_err());
    }
}
