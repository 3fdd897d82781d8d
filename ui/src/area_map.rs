use leptos::prelude::*;

use crate::{Example, Slot};

/// How large the map stands on a phone, in CSS pixels: what is drawn before a script knows better.
pub const ROOM: (f64, f64) = (322.0, 440.0);
/// Size of the names in CSS pixels.
pub const LETTER: f64 = 12.0;
/// Width of a letter and height of a line in parts of the size.
const WIDE: f64 = 0.56;
const TALL: f64 = 1.05;

/// An area on the map, in the map's units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapArea {
    /// What it is known by, such as its code.
    pub id: String,
    pub name: String,
    /// The commands of an SVG path, filled by the even-odd rule.
    pub path: String,
    /// The middle of its name.
    pub name_at: (i32, i32),
    /// The area with a little around it.
    pub frame: MapFrame,
}

/// A part of the map: left, top, width and height in its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapFrame(pub i32, pub i32, pub i32, pub i32);

impl MapFrame {
    /// Units in a CSS pixel.
    fn unit(self) -> f64 {
        (f64::from(self.2) / ROOM.0).max(f64::from(self.3) / ROOM.1)
    }

    fn text(self) -> String {
        format!("{} {} {} {}", self.0, self.1, self.2, self.3)
    }
}

/// What a script needs to choose a place on the map: the ids of the fields, and how a place becomes degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct MapField {
    /// The field of the point: `-7.8712, 112.5269`.
    pub point: String,
    /// The field of the area; it need not be there.
    pub area: String,
    /// Degrees of longitude at 0, and units in a degree.
    pub west: f64,
    pub across: f64,
    /// Degrees of latitude at 0, and units in a degree downwards.
    pub north: f64,
    pub down: f64,
}

/// The outlines of areas with their names, and a pin.
///
/// - MUST come with the areas as a list or in words: whoever does not see the picture misses nothing that matters.
/// - A name that would cover another stands there once its area has been come closer to.
#[component]
pub fn AreaMap(
    /// What the picture shows, in a sentence.
    #[prop(into)]
    label: String,
    areas: Vec<MapArea>,
    /// All of the map.
    whole: MapFrame,
    /// The area that is shown and marked; all of the map without.
    #[prop(into, optional)]
    chosen: String,
    /// A place to be marked, in units of the map.
    #[prop(optional_no_strip)]
    pin: Option<(i32, i32)>,
    /// For a place to be chosen on it.
    #[prop(optional_no_strip)]
    field: Option<MapField>,
    /// Whose work the outlines are.
    #[prop(into, optional)]
    credit: String,
    /// Stands below the map, such as buttons.
    #[prop(into, optional)]
    below: Slot,
) -> impl IntoView {
    let near = areas.iter().find(|area| area.id == chosen);
    let frame = near.map_or(whole, |area| area.frame);
    let unit = frame.unit();
    let is_near = near.is_some();
    let far = covered(&areas, whole.unit());
    let class = |covered: bool| if covered { "far" } else { "" };
    let names = areas
        .iter()
        .zip(far)
        .map(|(area, covered)| {
            let ((x, y), of) = (area.name_at, area.id.clone());
            view! { <text x=x y=y class=class(covered) data-of=of>{area.name.clone()}</text> }
        })
        .collect_view();
    let drawn = areas
        .into_iter()
        .map(|area| {
            let class = if area.id == chosen { "is-chosen" } else { "" };
            view! { <path d=area.path class=class data-area=area.id data-frame=area.frame.text()></path> }
        })
        .collect_view();
    let (x, y) = pin.unwrap_or_default();
    let place = format!("translate({x} {y}) scale({unit:.2})");
    let number = |pick: fn(&MapField) -> f64| field.as_ref().map(|field| pick(field).to_string());
    let (west, across) = (number(|f| f.west), number(|f| f.across));
    let (north, down) = (number(|f| f.north), number(|f| f.down));
    let (point, area) = field.map(|field| (field.point, field.area)).unzip();
    let shown = (!chosen.is_empty()).then_some(chosen);
    let credit =
        (!credit.is_empty()).then(|| view! { <figcaption class="meta">{credit}</figcaption> });
    view! {
        <figure
            class="area-map" data-map=point data-map-area=area data-west=west data-across=across data-north=north data-down=down
            data-shown=shown data-whole=whole.text()
        >
            <svg viewBox=frame.text() role="img" aria-label=label class=if is_near { "is-near" } else { "" }>
                <g class="areas">{drawn}</g>
                <g class="area-names" font-size=format!("{:.1}", LETTER * unit)>{names}</g>
                <g class="area-pin" transform=place hidden=pin.is_none()>
                    <path d="M0 0c-3-6-9-10-9-17a9 9 0 0 1 18 0c0 7-6 11-9 17z"></path>
                    <circle cy="-17" r="3.5"></circle>
                </g>
            </svg>
            {below.get()}
            {credit}
        </figure>
    }
}

/// Which names would cover one that stands there already: the areas with more room come first.
fn covered(areas: &[MapArea], unit: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    let size = |area: &MapArea| i64::from(area.frame.2) * i64::from(area.frame.3);
    order.sort_by_key(|n| -size(&areas[*n]));
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let mut far = vec![false; areas.len()];
    for n in order {
        let area = &areas[n];
        let letters = f64::from(u32::try_from(area.name.chars().count()).unwrap_or(u32::MAX));
        let half = letters * WIDE * LETTER * unit / 2.0;
        let tall = TALL * LETTER * unit / 2.0;
        let (x, y) = (f64::from(area.name_at.0), f64::from(area.name_at.1));
        let own = [x - half, y - tall, x + half, y + tall];
        let meets = |other: &[f64; 4]| {
            own[0] < other[2] && other[0] < own[2] && own[1] < other[3] && other[1] < own[3]
        };
        if taken.iter().any(meets) {
            far[n] = true;
        } else {
            taken.push(own);
        }
    }
    far
}

pub fn examples() -> Vec<Example> {
    let area = |id: &str, name: &str, x: i32, y: i32| MapArea {
        id: id.to_owned(),
        name: name.to_owned(),
        path: format!("M{x} {y}l240 0 30 180-150 60-160-80z"),
        name_at: (x + 110, y + 110),
        frame: MapFrame(x - 80, y - 40, 390, 320),
    };
    let areas = || {
        vec![
            area("1", "Sumberbrantas", 220, 10),
            area("2", "Tulungrejo", 60, 220),
            area("3", "Bumiaji", 330, 250),
        ]
    };
    let whole = MapFrame(0, 0, 640, 520);
    vec![
        Example::new(
            "the whole city",
            view! { <AreaMap label="Peta tiga desa" areas=areas() whole/> },
        ),
        Example::new(
            "an area with a place",
            view! {
                <AreaMap
                    label="Peta Tulungrejo" areas=areas() whole chosen="2" pin=Some((180, 300))
                    credit="Garis batas: Pemerintah Kota"
                />
            },
        ),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn area(id: &str, name_at: (i32, i32), side: i32) -> MapArea {
        MapArea {
            id: id.to_owned(),
            name: "Sumberbrantas".to_owned(),
            path: "M0 0z".to_owned(),
            name_at,
            frame: MapFrame(0, 0, side, side),
        }
    }

    #[test]
    fn of_two_names_in_one_place_the_larger_areas_stands_there() {
        let areas = [
            area("1", (100, 100), 50),
            area("2", (110, 102), 80),
            area("3", (100, 300), 10),
        ];
        assert_eq!(covered(&areas, 1.0), [true, false, false]);
        // Closer to, both have room.
        assert_eq!(covered(&areas, 0.05), [false, false, false]);
    }

    #[test]
    fn the_chosen_area_fills_the_map_and_letters_keep_their_size() {
        let areas = || vec![area("1", (100, 100), 50), area("2", (500, 100), 100)];
        let html = |chosen: &str| {
            view! { <AreaMap label="x" areas=areas() whole=MapFrame(0, 0, 644, 400) chosen=chosen/> }.to_html()
        };
        let all = html("");
        assert!(
            all.contains("viewBox=\"0 0 644 400\"") && all.contains("font-size=\"24.0\""),
            "{all}"
        );
        let near = html("2");
        assert!(
            near.contains("viewBox=\"0 0 100 100\"") && near.contains("data-shown=\"2\""),
            "{near}"
        );
        assert!(
            near.contains("font-size=\"3.7\"") && near.matches("class=\"is-chosen\"").count() == 1,
            "{near}"
        );
        assert!(
            html("9").contains("viewBox=\"0 0 644 400\""),
            "an area that is not drawn shows all"
        );
    }
}
