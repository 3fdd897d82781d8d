//! The city and its areas: kecamatan with their desa and kelurahan.

mod map;
mod outline;

use serde::{Deserialize, Serialize};

use crate::{AreaId, Zone};

pub use map::{Frame, Map, Shape};
pub use outline::{Corner, Outline};

/// The city itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct City {
    /// Its name, such as `Kota Batu`.
    pub name: String,
    /// Its wall clock.
    pub zone: Zone,
    /// Whether everything in it is made up.
    pub is_demo: bool,
}

/// What an area is, from large to small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The whole city.
    Kota,
    /// A district.
    Kecamatan,
    /// A village with an elected head.
    Desa,
    /// An urban village with an appointed head.
    Kelurahan,
}

impl Kind {
    /// All, from large to small.
    pub const ALL: [Self; 4] = [Self::Kota, Self::Kecamatan, Self::Desa, Self::Kelurahan];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kota => "kota",
            Self::Kecamatan => "kecamatan",
            Self::Desa => "desa",
            Self::Kelurahan => "kelurahan",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether a resident can be at home in one: a desa or kelurahan.
    pub const fn is_village(self) -> bool {
        matches!(self, Self::Desa | Self::Kelurahan)
    }
}

/// An area of the city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its official code.
    pub id: AreaId,
    /// Its name without its kind.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The area it lies in.
    pub parent: Option<AreaId>,
    /// Its postal code.
    pub postcode: Option<String>,
}

/// A kecamatan and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct District {
    /// The kecamatan.
    pub area: Area,
    /// Its desa and kelurahan, by name.
    pub villages: Vec<Area>,
}

/// Puts areas into their kecamatan: both by name. An area without a kecamatan above it is left out.
pub fn districts(areas: Vec<Area>) -> Vec<District> {
    let (mut districts, mut rest) = (Vec::new(), Vec::new());
    for area in areas {
        match area.kind {
            Kind::Kecamatan => districts.push(District {
                area,
                villages: Vec::new(),
            }),
            kind if kind.is_village() => rest.push(area),
            _ => {}
        }
    }
    districts.sort_by(|a, b| a.area.name.cmp(&b.area.name));
    rest.sort_by(|a, b| a.name.cmp(&b.name));
    for village in rest {
        let home = districts
            .iter_mut()
            .find(|d| Some(&d.area.id) == village.parent.as_ref());
        if let Some(district) = home {
            district.villages.push(village);
        }
    }
    districts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(id: &str, name: &str, kind: Kind, parent: Option<&str>) -> Area {
        Area {
            id: AreaId::new(id),
            name: name.into(),
            kind,
            parent: parent.map(AreaId::new),
            postcode: None,
        }
    }

    #[test]
    fn villages_come_under_their_district_by_name() {
        let found = districts(vec![
            area("1", "Kota", Kind::Kota, None),
            area("1.2", "Bumiaji", Kind::Kecamatan, Some("1")),
            area("1.1", "Batu", Kind::Kecamatan, Some("1")),
            area("1.1.2", "Temas", Kind::Kelurahan, Some("1.1")),
            area("1.1.1", "Sisir", Kind::Kelurahan, Some("1.1")),
            area("1.2.1", "Punten", Kind::Desa, Some("1.2")),
        ]);
        let names: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|d| {
                (
                    d.area.name.as_str(),
                    d.villages.iter().map(|v| v.name.as_str()).collect(),
                )
            })
            .collect();
        assert_eq!(
            names,
            [
                ("Batu", vec!["Sisir", "Temas"]),
                ("Bumiaji", vec!["Punten"])
            ]
        );
    }

    #[test]
    fn kinds_have_words() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.word()), Some(kind));
        }
        assert_eq!(Kind::parse("provinsi"), None);
    }
}
