//! Cleaned answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Decimal, Draft};
use crate::{
    AreaId, Day, FileId,
    identity::{Kk, Nik, Nop},
    phone::Phone,
};

/// A valid answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum Answer {
    /// Of short and long text, and of a calculated text.
    Text(String),
    /// Of a number.
    Number(Decimal),
    /// Of money: whole Rupiah.
    Money(u64),
    /// Of a date.
    Date(Day),
    /// Of a choice of one: the choice's key.
    One(String),
    /// Of a choice of many: keys in the order of the question.
    Many(Vec<String>),
    /// Of yes or no.
    YesNo(bool),
    /// Of an e-mail address, as typed without blanks around it.
    Email(String),
    /// Of a telephone number.
    Phone(Phone),
    /// Of an address.
    Address(Address),
    /// Of a place.
    Place(Place),
    /// Of files, in the order in which they were added.
    Files(Vec<FileId>),
    /// Of a person's number.
    Nik(Nik),
    /// Of a family card's number.
    Kk(Kk),
    /// Of a taxed property's number.
    Nop(Nop),
    /// Of a declaration that was made.
    Declared,
    /// Of a group: the ids of its items in order.
    Items(Vec<String>),
}

/// An address, in the city (with `area`) or elsewhere (without).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Rukun tetangga, three digits, or empty.
    pub rt: String,
    /// Rukun warga, three digits, or empty.
    pub rw: String,
    /// The desa or kelurahan, when it lies in the city.
    pub area: Option<AreaId>,
    /// Desa, kecamatan, city and province, when it lies elsewhere.
    pub elsewhere: String,
    /// Postal code, five digits, or empty.
    pub postcode: String,
}

/// A place in the city: its desa or kelurahan, a point, or both; never neither.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The desa or kelurahan.
    pub area: Option<AreaId>,
    /// The point.
    pub point: Option<Point>,
}

/// A point on the map in degrees (WGS 84), six decimals: about 11 cm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude, −90 to 90.
    pub lat: Decimal,
    /// Longitude, −180 to 180.
    pub lon: Decimal,
}

/// All answers by the paths of their questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

impl Answers {
    /// The answer at a path.
    pub fn get(&self, path: &str) -> Option<&Answer> {
        self.0.get(path)
    }

    /// The answers as a draft that gives the same answers again: for correcting what was sent.
    pub fn to_draft(&self) -> Draft {
        let mut draft = Draft::default();
        for (path, answer) in &self.0 {
            answer.type_into(&mut draft, path);
        }
        draft
    }
}

impl Answer {
    fn type_into(&self, draft: &mut Draft, path: &str) {
        match self {
            Self::Text(text) | Self::One(text) | Self::Email(text) => draft.put(path, text),
            Self::Number(number) => draft.put(path, &number.to_typed()),
            Self::Money(rupiah) => draft.put(path, &rupiah.to_string()),
            Self::Date(day) => draft.put(path, &day.to_string()),
            Self::Many(list) | Self::Items(list) => {
                draft.values.insert(path.to_owned(), list.clone());
            }
            Self::YesNo(yes) => draft.put(path, if *yes { "yes" } else { "no" }),
            Self::Phone(phone) => draft.put(path, phone.as_str()),
            Self::Address(address) => {
                let area = address.area.as_ref().map_or("", AreaId::as_str);
                for (field, text) in [
                    ("street", address.street.as_str()),
                    ("rt", &address.rt),
                    ("rw", &address.rw),
                    ("area", area),
                    ("elsewhere", &address.elsewhere),
                    ("postcode", &address.postcode),
                ] {
                    if !text.is_empty() {
                        draft.put(&format!("{path}.{field}"), text);
                    }
                }
            }
            Self::Place(place) => {
                if let Some(area) = &place.area {
                    draft.put(&format!("{path}.area"), area.as_str());
                }
                if let Some(point) = place.point {
                    draft.put(&format!("{path}.lat"), &point.lat.to_string());
                    draft.put(&format!("{path}.lon"), &point.lon.to_string());
                }
            }
            Self::Files(files) => {
                let ids = files.iter().map(ToString::to_string).collect();
                draft.values.insert(path.to_owned(), ids);
            }
            Self::Nik(nik) => draft.put(path, &nik.digits()),
            Self::Kk(kk) => draft.put(path, &kk.digits()),
            Self::Nop(nop) => draft.put(path, &nop.digits()),
            Self::Declared => draft.put(path, "yes"),
        }
    }
}
