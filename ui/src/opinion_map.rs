use std::fmt::Write as _;

use leptos::prelude::*;

use crate::{Example, Group};

/// The drawing, in units of its own.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 240.0;
/// Room around the dots, more of it on top for the groups' names.
const EDGE: f64 = 14.0;
const TOP: f64 = 30.0;
/// Dots for one person, up to four, and more, with their diameter.
const SIZES: [(u32, &str); 3] = [(1, "4"), (4, "6.5"), (u32::MAX, "10")];

/// A group on the map. Places are in the opinion space, upwards positive.
#[derive(Clone, Debug, PartialEq)]
pub struct MapGroup {
    pub group: Group,
    /// "A · 1.103"
    pub name: String,
    /// Where the group is described.
    pub href: String,
    pub outline: Vec<[f64; 2]>,
    /// Places, each with how many people stand there.
    pub dots: Vec<([f64; 2], u32)>,
}

/// The reader's own place.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPlace {
    /// "Anda"
    pub name: String,
    pub at: [f64; 2],
}

/// People by how they voted: who voted alike stands close together.
///
/// - MUST come with a list of the groups: whoever does not see the picture misses nothing that matters.
/// - The groups' names are links in the picture, so that the keyboard reaches them.
#[component]
pub fn OpinionMap(
    #[prop(into)] id: String,
    /// What the picture shows, in a sentence.
    #[prop(into)]
    label: String,
    groups: Vec<MapGroup>,
    you: Option<MapPlace>,
) -> impl IntoView {
    let frame = Frame::around(&groups, you.as_ref());
    let drawn = groups
        .iter()
        .map(|one| {
            view! {
                <g class=one.group.class()>
                    <path class="map-outline" d=frame.outline(&one.outline)></path>
                    {dots(&frame, &one.dots)}
                </g>
            }
        })
        .collect_view();
    // Above everything that could cover them.
    let names = groups
        .into_iter()
        .map(|one| {
            let [x, y] = frame.above(&one);
            view! {
                <a href=one.href class=one.group.class()>
                    <text x=number(x) y=number(y) text-anchor="middle">{one.name}</text>
                </a>
            }
        })
        .collect_view();
    let you = you.map(|you| {
        let [x, y] = frame.place(you.at);
        // On the side that has room.
        let (anchor, shift) = if x > WIDTH * 0.7 {
            ("end", -11.0)
        } else {
            ("start", 11.0)
        };
        view! {
            <g class="map-you">
                <circle cx=number(x) cy=number(y) r="7"></circle>
                <text x=number(x + shift) y=number(y + 4.0) text-anchor=anchor>{you.name}</text>
            </g>
        }
    });
    let box_ = format!("0 0 {WIDTH} {HEIGHT}");
    view! {
        <svg id=id class="opinion-map" viewBox=box_ role="group" aria-label=label>
            {drawn} {names} {you}
        </svg>
    }
}

/// A path for each size of dot: strokes without length and with round ends.
fn dots(frame: &Frame, dots: &[([f64; 2], u32)]) -> impl IntoView + use<> {
    let mut least = 0;
    SIZES
        .map(|(most, width)| {
            let mut path = String::new();
            for (at, _) in dots.iter().filter(|(_, n)| *n > least && *n <= most) {
                let [x, y] = frame.place(*at);
                let _ = write!(path, "M{x:.0} {y:.0}h0");
            }
            least = most;
            (!path.is_empty())
                .then(|| view! { <path class="map-dots" stroke-width=width d=path></path> })
        })
        .collect_view()
}

fn number(x: f64) -> String {
    format!("{x:.1}")
}

/// From the opinion space to the drawing; both axes alike, so that distances can be compared.
struct Frame {
    middle: [f64; 2],
    scale: f64,
}

impl Frame {
    fn around(groups: &[MapGroup], you: Option<&MapPlace>) -> Self {
        let places = groups.iter().flat_map(|g| g.dots.iter().map(|(at, _)| *at));
        let places: Vec<[f64; 2]> = places.chain(you.map(|you| you.at)).collect();
        let range = |axis: usize| {
            let on = || places.iter().map(|place| place[axis]);
            let (low, high) = (on().fold(f64::MAX, f64::min), on().fold(f64::MIN, f64::max));
            if low > high { (0.0, 0.0) } else { (low, high) }
        };
        let (x, y) = (range(0), range(1));
        let fit = |(low, high): (f64, f64), room: f64| {
            if high > low {
                room / (high - low)
            } else {
                f64::MAX
            }
        };
        let scale = fit(x, WIDTH - 2.0 * EDGE).min(fit(y, HEIGHT - TOP - EDGE));
        Self {
            middle: [f64::midpoint(x.0, x.1), f64::midpoint(y.0, y.1)],
            // Everybody on one point: any scale will do.
            scale: if scale < f64::MAX { scale } else { 1.0 },
        }
    }

    fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            WIDTH / 2.0 + (x - self.middle[0]) * self.scale,
            f64::midpoint(TOP, HEIGHT - EDGE) - (y - self.middle[1]) * self.scale,
        ]
    }

    fn outline(&self, corners: &[[f64; 2]]) -> String {
        let mut path = String::new();
        for (n, corner) in corners.iter().enumerate() {
            let [x, y] = self.place(*corner);
            let _ = write!(path, "{}{x:.0} {y:.0}", if n == 0 { "M" } else { "L" });
        }
        if corners.len() > 2 {
            path.push('Z');
        }
        path
    }

    /// Over the outline, inside the drawing.
    fn above(&self, group: &MapGroup) -> [f64; 2] {
        let corners = group.outline.iter().map(|corner| self.place(*corner));
        let (mut left, mut right, mut top) = (f64::MAX, f64::MIN, f64::MAX);
        for [x, y] in corners {
            (left, right, top) = (left.min(x), right.max(x), top.min(y));
        }
        if left > right {
            return [WIDTH / 2.0, TOP / 2.0];
        }
        [
            f64::midpoint(left, right).clamp(40.0, WIDTH - 40.0),
            (top - 9.0).max(13.0),
        ]
    }
}

pub fn examples() -> Vec<Example> {
    let around = |x: f64, y: f64| {
        let steps = [
            (-1.0, 0.2),
            (0.3, 0.9),
            (0.8, -0.4),
            (-0.2, -0.8),
            (0.1, 0.1),
        ];
        let places = steps.map(|(dx, dy)| [x + dx, y + dy]);
        (
            places[..4].to_vec(),
            places
                .iter()
                .zip([1, 3, 1, 9, 2])
                .map(|(at, n)| (*at, n))
                .collect(),
        )
    };
    let group = |group: Group, name: &str, (outline, dots)| MapGroup {
        group,
        name: name.to_owned(),
        href: format!("#kelompok-{}", group.letter().to_lowercase()),
        outline,
        dots,
    };
    let groups = vec![
        group(Group::A, "A · 1.103", around(-2.0, 0.0)),
        group(Group::B, "B · 818", around(2.0, 0.4)),
    ];
    let you = Some(MapPlace {
        name: "Anda".to_owned(),
        at: [-1.2, 0.1],
    });
    vec![Example::new(
        "two groups",
        view! { <OpinionMap id="peta" label="Dua kelompok pendapat, terpisah" groups you/> },
    )]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn everybody_on_one_point_is_a_dot_in_the_middle() {
        let groups = vec![MapGroup {
            group: Group::A,
            name: "A · 40".to_owned(),
            href: "#a".to_owned(),
            outline: vec![[0.5, 0.5]],
            dots: vec![([0.5, 0.5], 40)],
        }];
        let html = view! { <OpinionMap id="m" label="x" groups you=None/> }.to_html();
        assert!(html.contains("M160 128h0"), "{html}");
        assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
    }

    #[test]
    fn without_anybody_it_is_empty_and_whole() {
        let html = view! { <OpinionMap id="m" label="x" groups=vec![] you=None/> }.to_html();
        assert!(html.contains("</svg>") && !html.contains("NaN"), "{html}");
    }
}
