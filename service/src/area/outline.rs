//! Where areas lie: taken from a file, drawn as a map.

use std::collections::BTreeMap;

use domain::{
    Actor, AreaId,
    area::{Area, Corner, Map, Outline},
    text,
};
use geojson::{Feature, FeatureCollection, GeometryValue, JsonValue};
use storage::Tx;

use crate::{Error, Result, Service, audit};

/// Most corners of all outlines together.
const CORNERS: usize = 200_000;
/// Names of the property with the area's code, in the order in which they are looked for.
const CODES: [&str; 4] = ["code", "kode", "kode_desa", "KDEPUM"];

/// What came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlined {
    /// Areas with an outline now.
    pub areas: usize,
    /// Features that are no desa or kelurahan of this city, and were left out.
    pub others: usize,
    /// Names of the desa and kelurahan that have none.
    pub without: Vec<String>,
}

/// Why outlines do not come in.
#[derive(Debug, thiserror::Error)]
pub enum UnfitOutlines {
    /// It is no GeoJSON of features.
    #[error("no GeoJSON of features: {0}")]
    Layout(#[from] Box<geojson::Error>),
    /// No feature is a desa or kelurahan of this city.
    #[error(
        "no feature has the code of a desa or kelurahan of this city in a property code, kode, kode_desa or KDEPUM, such as 35.79.01.1001"
    )]
    Strangers,
    /// A feature is no area, or lies beyond the ends of the earth.
    #[error("{0}: no polygon in degrees of longitude and latitude (WGS 84)")]
    Shape(String),
    /// More corners than a map can use.
    #[error("more than {CORNERS} corners: simplify the outlines first")]
    TooMany,
    /// The line that says whose work it is has no fitting length.
    #[error("attribution: at most 200 characters")]
    Credit,
    /// It could not be kept.
    #[error(transparent)]
    Service(#[from] Error),
}

/// A map of the city.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The drawing.
    pub map: Map,
    /// Whose work the outlines are; may be empty.
    pub credit: String,
}

/// Takes the outlines of the city's desa and kelurahan from GeoJSON (RFC 7946), in the place of all earlier ones, or nothing.
/// For administrators.
///
/// A feature names its area by a property `code` or one of its kin; a member `attribution` of the whole says whose work the
/// outlines are, and stands below every map.
pub async fn import_outlines(
    service: &Service,
    actor: &Actor,
    file: &str,
) -> std::result::Result<Outlined, UnfitOutlines> {
    let permit = actor.may_administer().map_err(Error::from)?;
    let mut tx = service.read().await?;
    let areas = super::list(&mut tx).await?;
    drop(tx);
    let read = read(file, &areas)?;
    let inner = service.clone();
    let (outlines, credit) = (read.outlines, read.credit);
    let done: Result<()> = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                storage::area::replace_outlines(tx, &outlines, &credit).await?;
                audit::note(&inner, tx, permit.by(), "city.outline", "city", "").await
            })
        })
        .await;
    done?;
    super::changed(service).await;
    Ok(read.said)
}

/// The map of the city; `None` before its outlines were brought in.
pub async fn chart(tx: &mut Tx) -> Result<Option<Chart>> {
    let outlines = storage::area::list_outlines(tx).await?;
    let Some(map) = Map::of(outlines) else {
        return Ok(None);
    };
    let credit = storage::area::outline_credit(tx).await?;
    Ok(Some(Chart { map, credit }))
}

struct Read {
    outlines: Vec<Outline>,
    credit: String,
    said: Outlined,
}

fn read(file: &str, areas: &[Area]) -> std::result::Result<Read, UnfitOutlines> {
    let file: FeatureCollection = file
        .trim_start_matches('\u{feff}')
        .parse::<geojson::GeoJson>()
        .and_then(FeatureCollection::try_from)
        .map_err(Box::new)?;
    let attribution = file.foreign_members.as_ref();
    let attribution = attribution.and_then(|members| members.get("attribution")?.as_str());
    let credit = match attribution.map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => text::line(line, 1, 200).map_err(|_| UnfitOutlines::Credit)?,
        None => String::new(),
    };
    let villages = || areas.iter().filter(|area| area.kind.is_village());
    let mut said = Outlined::default();
    // An area of several features, such as one a part, has all their rings.
    let mut found: BTreeMap<&AreaId, Vec<Vec<Corner>>> = BTreeMap::new();
    let mut corners = 0;
    for feature in &file.features {
        let code = code(feature);
        let Some(area) = villages().find(|area| Some(area.id.as_str()) == code) else {
            said.others += 1;
            continue;
        };
        let rings = rings(feature).ok_or_else(|| UnfitOutlines::Shape(area.id.to_string()))?;
        corners += rings.iter().map(Vec::len).sum::<usize>();
        if corners > CORNERS {
            return Err(UnfitOutlines::TooMany);
        }
        found.entry(&area.id).or_default().extend(rings);
    }
    if found.is_empty() {
        return Err(UnfitOutlines::Strangers);
    }
    let outlines = found
        .into_iter()
        .map(|(id, rings)| {
            Outline::new(id.clone(), rings).ok_or_else(|| UnfitOutlines::Shape(id.to_string()))
        })
        .collect::<std::result::Result<Vec<_>, _>>()?;
    said.areas = outlines.len();
    said.without = villages()
        .filter(|area| outlines.iter().all(|one| one.area != area.id))
        .map(|area| area.name.clone())
        .collect();
    Ok(Read {
        outlines,
        credit,
        said,
    })
}

/// The code of a feature's area.
fn code(feature: &Feature) -> Option<&str> {
    let properties = feature.properties.as_ref()?;
    CODES
        .iter()
        .find_map(|name| properties.get(*name))
        .and_then(JsonValue::as_str)
}

/// All rings of a feature; `None` when it is no polygon, or has a corner that is nowhere on earth.
fn rings(feature: &Feature) -> Option<Vec<Vec<Corner>>> {
    let polygons = match &feature.geometry.as_ref()?.value {
        GeometryValue::Polygon { coordinates } => std::slice::from_ref(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.as_slice(),
        _ => return None,
    };
    polygons
        .iter()
        .flatten()
        .map(|ring| {
            ring.iter()
                .map(|at| match at.as_slice() {
                    [lon, lat, ..] => Corner::at(*lon, *lat),
                    _ => None,
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests;
