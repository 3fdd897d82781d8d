//! The city and its areas: loaded from a file, read by everybody.

mod load;
mod outline;

use domain::{
    Actor, AreaId, Problem, Zone,
    area::{Area, District, districts},
};
use storage::Tx;

use crate::{Error, Event, News, Result, Service};

pub use domain::area::City;
pub use load::load_city;
pub use outline::{Chart, Outlined, UnfitOutlines, chart, import_outlines};

/// The city. Before its file is loaded it has no name and its clock shows UTC.
///
/// Changes only with [`News::Site`], so that a caller may keep it until then.
pub async fn city(service: &Service) -> Result<City> {
    let mut tx = service.read().await?;
    let found = storage::area::find_city(&mut tx).await?;
    Ok(found.unwrap_or_else(|| City {
        name: String::new(),
        zone: Zone::UTC,
        is_demo: false,
    }))
}

/// All areas by their codes.
pub async fn list(tx: &mut Tx) -> Result<Vec<Area>> {
    Ok(storage::area::list(tx).await?)
}

/// The kecamatan with their desa and kelurahan, by name.
pub async fn list_districts(tx: &mut Tx) -> Result<Vec<District>> {
    Ok(districts(list(tx).await?))
}

/// Says that everything in this city is made up; the pages then say so. For the program itself and administrators.
pub async fn mark_demo(service: &Service, actor: &Actor) -> Result<()> {
    actor.may_administer()?;
    let done: Result<()> = service
        .db()
        .write(|tx| Box::pin(async move { Ok(storage::area::mark_demo(tx).await?) }))
        .await;
    done?;
    changed(service).await;
    Ok(())
}

/// Tells that the city is another one for whoever keeps something of it.
async fn changed(service: &Service) {
    service
        .publish(Event {
            consultation: None,
            news: News::Site,
        })
        .await;
}

/// A home must be a desa or kelurahan of this city. Error: field `home`, [`Problem::Unknown`].
pub(crate) fn check_home(areas: &[Area], home: Option<&AreaId>) -> Result<()> {
    let is_there = |id: &AreaId| areas.iter().any(|a| &a.id == id && a.kind.is_village());
    if home.is_none_or(is_there) {
        Ok(())
    } else {
        Err(Error::invalid("home", Problem::Unknown))
    }
}

/// Names of the city's areas: words that no password may be made of.
pub(crate) fn names(areas: &[Area]) -> Vec<String> {
    areas.iter().map(|area| area.name.clone()).collect()
}
