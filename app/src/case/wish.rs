//! What the inbox is narrowed to, as its address says it.

use domain::{AccountId, OfficeId, case::Status, identity::Nik};
use service::case::{Narrow, Owner};

use crate::{Fields, Visit, links};

/// What the address narrows to, as it was written.
const KEYS: [&str; 6] = ["kantor", "keadaan", "petugas", "layanan", "tenggat", "cari"];

/// The choice in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish(pub(super) Vec<(&'static str, String)>);

impl Wish {
    pub(super) fn of(fields: &Fields) -> Self {
        Self(
            KEYS.into_iter()
                .map(|key| (key, fields.text(key).trim().to_owned()))
                .filter(|(key, value)| {
                    // A number that stands for a person has no place in an address: it is looked for by a form.
                    !value.is_empty() && (*key != "cari" || Nik::parse(value).is_err())
                })
                .collect(),
        )
    }

    pub(super) fn get(&self, key: &str) -> &str {
        self.0
            .iter()
            .find(|(k, _)| *k == key)
            .map_or("", |(_, value)| value)
    }

    /// The address of the same choice with one more value.
    pub(super) fn address(&self, more: &[(&'static str, &str)]) -> String {
        let kept = self
            .0
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .filter(|(key, _)| more.iter().all(|(k, _)| k != key));
        let pairs: Vec<String> = kept
            .chain(more.iter().copied())
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("{key}={}", links::encode(value)))
            .collect();
        if pairs.is_empty() {
            links::CASES.to_owned()
        } else {
            format!("{}?{}", links::CASES, pairs.join("&"))
        }
    }

    pub(super) fn narrow(&self, visit: &Visit, fields: &Fields) -> Narrow {
        let today = visit.zone().day(visit.now);
        let before = |days| {
            let day = today.plus(days)?;
            Some(day.midnight(visit.zone()))
        };
        Narrow {
            office: Some(self.get("kantor"))
                .filter(|word| !word.is_empty())
                .map(OfficeId::new),
            status: Status::parse(self.get("keadaan")),
            closed: self.get("keadaan") == "tutup",
            owner: match self.get("petugas") {
                "" => Owner::Any,
                "saya" => Owner::Own,
                "kosong" => Owner::Nobody,
                account => Owner::By(AccountId::new(account)),
            },
            title: Some(self.get("layanan").to_owned()).filter(|title| !title.is_empty()),
            due_by: match self.get("tenggat") {
                "lewat" => Some(visit.now),
                "3" => before(4),
                "7" => before(8),
                _ => None,
            },
            search: self.get("cari").to_owned(),
            after: fields.string("sesudah"),
            before: fields.string("sebelum"),
        }
    }
}
