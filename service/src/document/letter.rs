//! A letter put together: its template with everything in the blanks.

use std::collections::BTreeMap;

use domain::{
    Actor, Locale, Timestamp, Zone,
    case::Outcome,
    document::{Blank, Template, decision, fill},
    reference::Reference,
};

use super::{Block, Paper, draw};
use crate::{Error, Result, Service};

/// What is put into the blanks of a letter. Letters are in Bahasa Indonesia.
#[derive(Clone, Debug)]
pub(super) struct Values {
    pub(super) name: String,
    pub(super) reference: Reference,
    pub(super) service: String,
    pub(super) outcome: Outcome,
    pub(super) reason: String,
    pub(super) at: Timestamp,
    pub(super) received_at: Timestamp,
    pub(super) number: String,
    pub(super) office: String,
    pub(super) contact: String,
    pub(super) city: String,
    pub(super) officer: String,
    pub(super) zone: Zone,
    /// Answers by the keys of their questions.
    pub(super) answers: BTreeMap<String, String>,
    /// Answers that are not there are shown by their keys.
    pub(super) is_sample: bool,
    /// What stands in the place of which letter, and why.
    pub(super) replaces: Option<String>,
    pub(super) code: Reference,
    /// The address at which it is checked.
    pub(super) address: String,
}

impl Values {
    fn day(&self, at: Timestamp) -> String {
        self.zone.date(at, Locale::Id)
    }

    fn of(&self, word: &str) -> Option<String> {
        if let Some(key) = word.strip_prefix("jawaban.") {
            let answer = self.answers.get(key).cloned();
            return answer.or_else(|| self.is_sample.then(|| format!("[{key}]")));
        }
        Some(match Blank::parse(word)? {
            Blank::Name => self.name.clone(),
            Blank::Reference => self.reference.to_string(),
            Blank::Service => self.service.clone(),
            Blank::Decision => decision(self.outcome).to_owned(),
            Blank::Reason => self.reason.clone(),
            Blank::Date => self.day(self.at),
            Blank::Received => self.day(self.received_at),
            Blank::Number => self.number.clone(),
            Blank::Office => self.office.clone(),
            Blank::Contact => self.contact.clone(),
            Blank::City => self.city.clone(),
            Blank::Officer => self.officer.clone(),
        })
    }
}

/// The letter of a template.
pub(super) fn letter(template: &Template, values: &Values) -> Paper {
    let filled = |text: &str| fill(text, |word| values.of(word));
    let fact = |name: &str, value: String| (name.to_owned(), value);
    let mut blocks = vec![
        Block::Text(filled(&template.opening)),
        Block::Facts(vec![
            fact("Pemohon", values.name.clone()),
            fact("Layanan", values.service.clone()),
            fact("Nomor permohonan", values.reference.to_string()),
            fact("Diterima", values.day(values.received_at)),
            fact("Keputusan", capital(decision(values.outcome))),
        ]),
        Block::Text(filled(&template.body)),
    ];
    blocks.extend(values.replaces.clone().map(Block::Text));
    blocks.extend([
        Block::Text(filled(&template.closing)),
        Block::Signature {
            place: format!("{}, {}", filled(&template.place), values.day(values.at)),
            post: filled(&template.post),
            name: filled(&template.signer),
        },
        Block::Code {
            address: values.address.clone(),
            words: format!("Kode QR untuk memeriksa surat ini: {}", values.address),
            text: format!(
                "Periksa apakah surat ini asli dan masih berlaku: pindai kode di samping, atau buka alamat di bawah ini. \
                 Kode surat: {}",
                values.code
            ),
        },
    ]);
    let head = filled(&template.letterhead);
    Paper {
        locale: Locale::Id,
        letterhead: head
            .lines()
            .map(str::trim)
            // What is not known is not written.
            .filter(|line| !line.is_empty() && *line != "–")
            .map(str::to_owned)
            .collect(),
        title: filled(&template.title),
        subtitle: format!("Nomor {}", values.number),
        foot: format!("Surat nomor {}", values.number),
        at: values.at,
        zone: values.zone.clone(),
        blocks,
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A letter of a template with made-up values, for who writes the template. Blanks of answers show their keys.
///
/// For administrators. `verify_at` is the address of the page on which letters are checked. Errors: [`Error::Forbidden`].
pub async fn sample(
    service: &Service,
    actor: &Actor,
    template: &Template,
    verify_at: &str,
) -> Result<Vec<u8>> {
    actor.may_administer()?;
    let mut tx = service.read().await?;
    let city = storage::area::find_city(&mut tx).await?;
    let office = storage::office::list(&mut tx).await?.into_iter().next();
    drop(tx);
    let reference = Reference::new([7; 6]);
    let values = Values {
        name: "Siti Aminah".to_owned(),
        reference,
        service: "Contoh layanan".to_owned(),
        outcome: Outcome::Granted,
        reason: "Persyaratan lengkap dan sesuai.".to_owned(),
        at: service.now(),
        received_at: service.now(),
        number: "CONTOH".to_owned(),
        office: office.as_ref().map_or_else(String::new, |o| o.name.clone()),
        contact: office.map_or_else(String::new, |o| o.contact),
        city: city.as_ref().map_or_else(String::new, |c| c.name.clone()),
        officer: "Nama petugas".to_owned(),
        zone: city.map_or(Zone::UTC, |c| c.zone),
        answers: BTreeMap::new(),
        is_sample: true,
        replaces: None,
        code: reference,
        address: verify_at.to_owned(),
    };
    draw_aside(letter(template, &values)).await
}

/// Draws where it keeps nobody waiting.
pub(super) async fn draw_aside(paper: Paper) -> Result<Vec<u8>> {
    tokio::task::spawn_blocking(move || draw(&paper))
        .await
        .map_err(|error| {
            tracing::error!(?error, "the drawing of a document broke off");
            Error::Unavailable(storage::Error::Unfit("a document cannot be drawn".into()))
        })?
}
