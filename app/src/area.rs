//! The map of the city: the outlines of its desa and kelurahan, and a place marked on it.

use domain::{
    AreaId, Locale,
    area::{Area, Corner, Frame},
    form::Place,
};
use leptos::prelude::*;
use service::area::Chart;

use crate::t::area as t;

/// What is shown on the map.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    /// The area that is come close to; without it that of the point.
    pub area: Option<AreaId>,
    /// A place.
    pub point: Option<Corner>,
}

impl Shown {
    /// What somebody answered.
    pub(crate) fn of(place: &Place) -> Self {
        let area = place.area.as_ref().map_or("", AreaId::as_str);
        match place.point {
            Some(at) => Self::new(area, &at.lat.to_string(), &at.lon.to_string()),
            None => Self::new(area, "", ""),
        }
    }

    /// A point in degrees, and the area that somebody chose; either may be missing or nowhere on earth.
    pub(crate) fn new(area: &str, lat: &str, lon: &str) -> Self {
        let number = |text: &str| text.trim().replace(',', ".").parse().ok();
        Self {
            area: (!area.is_empty()).then(|| AreaId::new(area)),
            point: number(lon)
                .zip(number(lat))
                .and_then(|(lon, lat)| Corner::at(lon, lat)),
        }
    }
}

/// The map; with fields of a form, by their ids, a place can be chosen on it.
pub(crate) fn map(
    l: Locale,
    chart: &Chart,
    areas: &[Area],
    shown: &Shown,
    fields: Option<(String, String)>,
    below: Option<AnyView>,
) -> AnyView {
    let drawing = &chart.map;
    let name = |id: &AreaId| {
        let found = areas.iter().find(|area| &area.id == id);
        found.map_or_else(String::new, |area| area.name.clone())
    };
    let frame = |f: Frame| ui::MapFrame(f.x, f.y, f.width, f.height);
    let drawn = drawing
        .shapes
        .iter()
        .map(|shape| ui::MapArea {
            id: shape.area.to_string(),
            name: name(&shape.area),
            path: shape.path.clone(),
            name_at: shape.name_at,
            frame: frame(shape.frame),
        })
        .collect::<Vec<_>>();
    let of_point = shown.point.and_then(|at| drawing.area_at(at));
    let chosen = of_point
        .or(shown.area.as_ref())
        .map_or_else(String::new, ToString::to_string);
    let field = fields.map(|(point, area)| ui::MapField {
        point,
        area,
        west: drawing.west,
        across: drawing.across,
        north: drawing.north,
        down: drawing.down,
    });
    let (pin, whole) = (
        shown.point.map(|at| drawing.place(at)),
        frame(drawing.whole),
    );
    let credit = chart.credit.clone();
    view! {
        <ui::AreaMap label=t::map(l) areas=drawn whole chosen pin=pin field=field credit=credit below=below/>
    }
    .into_any()
}
