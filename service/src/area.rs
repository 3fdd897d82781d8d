//! The city and its areas.

use domain::Zone;

use crate::{Result, Service};

/// The city: its name and wall clock.
#[derive(Clone, Debug)]
pub struct City {
    /// Its name, such as Kota Batu.
    pub name: String,
    /// Its wall clock.
    pub zone: Zone,
    /// Whether people and figures are made up.
    pub is_demo: bool,
}

/// The city of this installation.
pub async fn city(_service: &Service) -> Result<City> {
    Ok(City { name: "Kota Batu".to_owned(), zone: Zone { name: "WIB".to_owned(), hours: 7 }, is_demo: false })
}
