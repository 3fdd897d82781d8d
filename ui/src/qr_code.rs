use std::fmt::Write as _;

use leptos::prelude::*;

use crate::Example;

/// Light modules around a code that readers need.
const QUIET: u32 = 4;

/// A QR code as a picture with a name. Dark on white whatever the theme: readers need it so.
///
/// - `runs` are dark modules beside one another: column, row, how many, both from 0.
/// - `label` says what it is for; whoever cannot see it needs another way beside it.
#[component]
pub fn QrCode(
    /// Modules of a side, without the quiet zone.
    size: u32,
    runs: Vec<(u32, u32, u32)>,
    #[prop(into)] label: String,
) -> impl IntoView {
    let mut path = String::with_capacity(runs.len() * 14);
    for (x, y, length) in runs {
        let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
    }
    let side = size + 2 * QUIET;
    view! {
        <svg class="qr" role="img" viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
            <title>{label}</title>
            <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
}

pub fn examples() -> Vec<Example> {
    // The three corners of the smallest code: not readable, but drawn as one.
    let corner = |x: u32, y: u32| {
        let mut runs = vec![(x, y, 7), (x, y + 6, 7)];
        for row in 1..6 {
            runs.extend([(x, y + row, 1), (x + 6, y + row, 1)]);
        }
        runs.extend((2..5).map(|row| (x + 2, y + row, 3)));
        runs
    };
    let runs = [corner(0, 0), corner(14, 0), corner(0, 14)].concat();
    vec![Example::new(
        "corners",
        view! { <QrCode size=21 runs label="Kode QRIS untuk membayar Rp152.500"/> },
    )]
}
