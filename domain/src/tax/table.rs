use serde::{Deserialize, Serialize};

use super::{Error, Object, Rates};
use crate::identity::TaxArea;

/// A tax of a city in all years: what an administrator brings in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The key of the office that is paid.
    pub office: String,
    /// How the tax office numbers the kecamatan.
    pub area: TaxArea,
    /// A table of rates a year.
    pub rates: Vec<Rates>,
}

impl Table {
    /// Whether it can be used.
    ///
    /// Errors: as [`Rates::check`], and [`Error::Years`] when there is no year or one stands twice.
    pub fn check(&self) -> Result<(), Error> {
        let mut years: Vec<i32> = self.rates.iter().map(|rates| rates.year).collect();
        years.sort_unstable();
        years.dedup();
        if years.is_empty() || years.len() != self.rates.len() {
            return Err(Error::Years);
        }
        self.rates.iter().try_for_each(Rates::check)
    }

    /// The rates of a year; a year without them is refused, never guessed.
    pub fn year(&self, year: i32) -> Option<&Rates> {
        self.rates.iter().find(|rates| rates.year == year)
    }
}

/// A property as a tax bill (SPPT) describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// What is taxed.
    pub object: Object,
    /// The class of the land, such as `A30`; empty where the list does not say.
    pub land_class: String,
    /// The class of the buildings.
    pub building_class: String,
}
