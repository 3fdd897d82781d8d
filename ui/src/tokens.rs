//! `style/tokens.css` is the only place that knows colours; here is proof that each pair can be read.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/tokens.css");

/// The declarations of the block after `selector`.
fn block(selector: &str) -> BTreeMap<&'static str, &'static str> {
    let (_, rest) = TOKENS.split_once(selector).expect("the block is there");
    let (_, rest) = rest.split_once('{').expect("the block opens");
    let (block, _) = rest.split_once('}').expect("the block closes");
    block
        .split(';')
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, _)| name.starts_with("--"))
        .collect()
}

fn luminance(hex: &str) -> f64 {
    let digits = hex.trim_start_matches('#');
    let channel = |index: usize| {
        let byte = if digits.len() == 3 {
            digits[index..=index].repeat(2)
        } else {
            digits[index * 2..index * 2 + 2].to_owned()
        };
        let share = f64::from(u8::from_str_radix(&byte, 16).expect("hex digits")) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Text and the ground it stands on.
const TEXT: &[(&str, &[&str])] = &[
    (
        "ink",
        &[
            "paper",
            "surface",
            "sunk",
            "padi-soft",
            "agree-soft",
            "against-soft",
            "pass-soft",
            "green-soft",
        ],
    ),
    (
        "ink-2",
        &[
            "paper",
            "surface",
            "sunk",
            "agree-soft",
            "against-soft",
            "pass-soft",
            "green-soft",
        ],
    ),
    ("ink-3", &["paper", "surface"]),
    (
        "green",
        &[
            "paper",
            "surface",
            "sunk",
            "green-soft",
            "agree-soft",
            "padi-soft",
        ],
    ),
    ("on-green", &["green"]),
    ("on-deep", &["green-deep"]),
    ("on-vote", &["agree", "against", "pass"]),
    ("padi-ink", &["padi-soft"]),
    ("apple", &["paper", "surface", "apple-soft"]),
    ("agree", &["paper", "surface", "agree-soft"]),
    ("against", &["paper", "surface", "against-soft"]),
    ("pass", &["paper", "surface"]),
    ("group-a", &["paper", "surface"]),
    ("group-b", &["paper", "surface"]),
    ("group-c", &["paper", "surface"]),
    ("group-d", &["paper", "surface"]),
    ("group-e", &["paper", "surface"]),
    ("paper", &["ink"]),
];

/// Edges of controls and marks that carry meaning.
const EDGES: &[(&str, &[&str])] = &[
    ("line-strong", &["paper", "surface"]),
    ("padi", &["green-deep"]),
    ("green", &["paper"]),
];

fn too_weak(theme: &BTreeMap<&str, &str>, pairs: &[(&str, &[&str])], least: f64) -> Vec<String> {
    let colour = |name: &str| {
        *theme
            .get(format!("--{name}").as_str())
            .expect("the token is in the block")
    };
    pairs
        .iter()
        .flat_map(|(front, grounds)| grounds.iter().map(move |ground| (*front, *ground)))
        .map(|(front, ground)| (front, ground, contrast(colour(front), colour(ground))))
        .filter(|(_, _, ratio)| *ratio < least)
        .map(|(front, ground, ratio)| format!("{front} on {ground}: {ratio:.2}"))
        .collect()
}

#[test]
fn every_text_is_at_least_4_5_and_every_edge_3_against_its_ground() {
    for selector in [":root {", ":root[data-theme=\"dark\"] {"] {
        let theme = block(selector.trim_end_matches('{'));
        assert_eq!(
            too_weak(&theme, TEXT, 4.5),
            Vec::<String>::new(),
            "{selector}"
        );
        assert_eq!(
            too_weak(&theme, EDGES, 3.0),
            Vec::<String>::new(),
            "{selector}"
        );
    }
}

#[test]
fn dark_by_choice_is_dark_by_system() {
    assert_eq!(
        block(":root:not([data-theme=\"light\"])"),
        block(":root[data-theme=\"dark\"]")
    );
}

#[test]
fn contrast_is_that_of_the_standard() {
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#fff") - 4.48).abs() < 0.01);
}
