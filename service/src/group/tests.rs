//! The method against what Polis itself found, on data beside the repository, and reading what is broken.

mod read;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use domain::group::{Findings, compute, compute_with};
use serde_json::Value;

use super::*;

/// A folder of the data beside the repository; a message and nothing else where it is missing.
#[expect(
    clippy::disallowed_methods,
    reason = "where the data lies on this machine is no configuration of the portal"
)]
fn beside(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("REMBUG_TEST_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let path = data.join(name);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!(
        "skipped: {} is not there; REMBUG_TEST_DATA says where the data lies",
        path.display()
    );
    None
}

/// Polis's own result.
struct Oracle {
    poll: Poll,
    math: Value,
    membership: BTreeMap<i64, i64>,
}

impl Oracle {
    fn open(name: &str) -> Option<Self> {
        let dir = beside(&format!("polis-math/{name}"))?;
        let text = std::fs::read_to_string(dir.join("math-pca2.json")).expect("reads");
        let math: Value = serde_json::from_str(&text).expect("is JSON");
        let base = &math["base-clusters"];
        let members: BTreeMap<i64, Vec<i64>> = list(&base["id"])
            .into_iter()
            .zip(base["members"].as_array().expect("a list").iter().map(list))
            .collect();
        let mut membership = BTreeMap::new();
        for group in math["group-clusters"].as_array().expect("a list") {
            let id = group["id"].as_i64().expect("a number");
            for base in list(&group["members"]) {
                membership.extend(members[&base].iter().map(|person| (*person, id)));
            }
        }
        Some(Self {
            poll: read_folder(&dir).expect("reads"),
            math,
            membership,
        })
    }

    /// What the method finds without knowing the groups, and with the groups given.
    fn found(&self) -> Findings {
        compute(&self.poll.statements, &self.poll.votes)
    }

    fn given(&self) -> Findings {
        compute_with(&self.poll.statements, &self.poll.votes, &self.membership)
    }
}

const FIXTURES: [&str; 3] = [
    "25ptpt-3gp-no-strict-with-meta",
    "below-100-ptpts",
    "150ptpt-3gp-no-strict-no-meta",
];

fn list(value: &Value) -> Vec<i64> {
    let values = value.as_array().expect("a list").iter();
    values.map(|v| v.as_i64().expect("a number")).collect()
}

fn floats(value: &Value) -> Vec<f64> {
    let values = value.as_array().expect("a list").iter();
    values.map(|v| v.as_f64().expect("a number")).collect()
}

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * (1.0 + b.abs())
}

/// Adjusted Rand index (Hubert & Arabie 1985) over the people who are in both partitions.
fn ari(a: &BTreeMap<i64, i64>, b: &BTreeMap<i64, i64>) -> f64 {
    let pairs = |counts: &BTreeMap<(i64, i64), f64>| -> f64 {
        counts.values().map(|n| n * (n - 1.0) / 2.0).sum()
    };
    let [mut both, mut left, mut right] = [(); 3].map(|()| BTreeMap::new());
    let mut people = 0.0;
    for (person, group) in a {
        if let Some(other) = b.get(person) {
            *both.entry((*group, *other)).or_insert(0.0) += 1.0;
            *left.entry((*group, 0)).or_insert(0.0) += 1.0;
            *right.entry((*other, 0)).or_insert(0.0) += 1.0;
            people += 1.0;
        }
    }
    let (together, left, right) = (pairs(&both), pairs(&left), pairs(&right));
    let expected = left * right / (people * (people - 1.0) / 2.0);
    (together - expected) / (f64::midpoint(left, right) - expected)
}

fn members(findings: &Findings) -> BTreeMap<i64, i64> {
    let groups = findings.groups.iter();
    groups
        .flat_map(|group| group.members.iter().map(|person| (*person, group.id)))
        .collect()
}

#[test]
fn the_opinion_space_is_that_of_polis() {
    for name in FIXTURES {
        let Some(oracle) = Oracle::open(name) else {
            continue;
        };
        let found = oracle.found();
        let ids: Vec<i64> = found.statements.iter().map(|s| s.id).collect();
        assert_eq!(
            ids,
            list(&oracle.math["tids"]),
            "{name}: the same statements"
        );
        let pca = &oracle.math["pca"];
        for (ours, theirs) in found.pca.center.iter().zip(floats(&pca["center"])) {
            // Inside Polis agree is −1.
            assert!(near(*ours, -theirs, 1e-12), "{name}: {ours} {theirs}");
        }
        for (n, ours) in found.pca.components.iter().enumerate() {
            let theirs = floats(&pca["comps"][n]);
            let product: f64 = ours.iter().zip(&theirs).map(|(a, b)| a * b).sum();
            let length: f64 = theirs.iter().map(|v| v * v).sum::<f64>().sqrt();
            let cosine = (product / length).abs();
            eprintln!("{name}: component {n}, |cos| {cosine:.12}");
            assert!(cosine >= 0.999_999_999, "{name}: {cosine}");
        }
    }
}

#[test]
fn people_stand_where_polis_puts_them() {
    for name in FIXTURES {
        let Some(oracle) = Oracle::open(name) else {
            continue;
        };
        let found = oracle.given();
        let base = &oracle.math["base-clusters"];
        let members = base["members"].as_array().expect("a list");
        let places = floats(&base["x"]).into_iter().zip(floats(&base["y"]));
        let alone = members
            .iter()
            .zip(places)
            .filter(|(m, _)| list(m).len() == 1);
        let mut compared = 0;
        for (member, (x, y)) in alone {
            let place = found
                .projection
                .iter()
                .find(|place| place.participant == list(member)[0])
                .expect("is in a group");
            assert!(near(place.x.abs(), x.abs(), 1e-9), "{name}: {place:?} {x}");
            assert!(near(place.y.abs(), y.abs(), 1e-9), "{name}: {place:?} {y}");
            compared += 1;
        }
        eprintln!("{name}: {compared} places are the same");
    }
}

#[test]
fn what_represents_a_group_is_what_polis_says_row_by_row() {
    let mut rows = 0;
    for name in FIXTURES {
        let Some(oracle) = Oracle::open(name) else {
            continue;
        };
        for group in &oracle.given().groups {
            let theirs = oracle.math["repness"][group.id.to_string()]
                .as_array()
                .expect("a list");
            assert_eq!(
                group.representative.len(),
                theirs.len(),
                "{name}, group {}",
                group.id
            );
            for (ours, theirs) in group.representative.iter().zip(theirs) {
                let number = |key: &str| theirs[key].as_f64().expect("a number");
                let direction = serde_json::to_value(ours.direction).expect("serialises");
                assert_eq!(theirs["tid"], ours.statement, "{name}, group {}", group.id);
                assert_eq!(theirs["repful-for"], direction);
                assert_eq!(theirs["n-success"], ours.successes);
                assert_eq!(theirs["n-trials"], ours.trials);
                assert!(near(ours.probability, number("p-success"), 1e-12));
                assert!(near(ours.probability_test, number("p-test"), 1e-12));
                assert!(near(ours.ratio, number("repness"), 1e-12));
                // Written with seven digits there.
                assert!(near(ours.ratio_test, number("repness-test"), 1e-6));
                rows += 1;
            }
        }
    }
    eprintln!("{rows} rows are the same");
}

#[test]
fn majority_consensus_and_priorities_are_those_of_polis() {
    for name in FIXTURES {
        let Some(oracle) = Oracle::open(name) else {
            continue;
        };
        let found = oracle.given();
        let theirs = |side: &str| -> Vec<i64> {
            let rows = oracle.math["consensus"][side].as_array().expect("a list");
            rows.iter()
                .map(|r| r["tid"].as_i64().expect("a number"))
                .collect()
        };
        assert_eq!(found.majority.agree, theirs("agree"), "{name}");
        assert_eq!(found.majority.disagree, theirs("disagree"), "{name}");
        for figures in &found.statements {
            let of = |key: &str| {
                oracle.math[key][figures.id.to_string()]
                    .as_f64()
                    .expect("a number")
            };
            let consensus = of("group-aware-consensus");
            assert!(
                (figures.consensus - consensus).abs() <= 1e-12,
                "{name}: {figures:?}"
            );
            let priority = of("comment-priorities");
            assert!(
                near(figures.priority, priority, 1e-9),
                "{name}: {figures:?} {priority}"
            );
        }
    }
}

#[test]
fn groups_are_found_as_polis_found_them() {
    // Where its history made others of them there is no bound, only a figure.
    for (name, least) in [
        ("25ptpt-3gp-no-strict-with-meta", f64::MIN),
        ("below-100-ptpts", 0.9),
        ("150ptpt-3gp-no-strict-no-meta", 0.9),
    ] {
        let Some(oracle) = Oracle::open(name) else {
            continue;
        };
        let found = oracle.found();
        let index = ari(&members(&found), &oracle.membership);
        eprintln!("{name}: {} groups, ARI {index:.3}", found.groups.len());
        assert!(index >= least, "{name}: {index}");
    }
    for (name, least) in [
        ("vtaiwan.uberx", 0.9),
        ("scoop-hivemind.biodiversity", 0.9),
        ("brexit-consensus", f64::MIN),
        ("15-per-hour-seattle", f64::MIN),
    ] {
        let Some(dir) = beside(&format!("polis/{name}")) else {
            continue;
        };
        let poll = read_folder(&dir).expect("reads");
        let found = compute(&poll.statements, &poll.votes);
        let index = ari(&members(&found), &exported(&dir));
        eprintln!(
            "{name}: {} groups of {} people, ARI {index:.3}",
            found.groups.len(),
            members(&found).len()
        );
        assert!(index >= least, "{name}: {index}");
    }
}

/// The groups in `participants-votes.csv`, read without the code under test.
fn exported(dir: &Path) -> BTreeMap<i64, i64> {
    let mut reader = csv::Reader::from_path(dir.join("participants-votes.csv")).expect("opens");
    let heads = reader.headers().expect("has a head").clone();
    let column = |name: &str| {
        heads
            .iter()
            .position(|h| h == name)
            .expect("has the column")
    };
    let (participant, group) = (column("participant"), column("group-id"));
    reader
        .records()
        .filter_map(|record| {
            let record = record.expect("reads");
            Some((
                record[participant].parse().ok()?,
                record[group].parse().ok()?,
            ))
        })
        .collect()
}

#[test]
fn the_order_of_rows_does_not_matter_on_real_votes() {
    let Some(dir) = beside("polis/vtaiwan.uberx") else {
        return;
    };
    let mut poll = read_folder(&dir).expect("reads");
    let json = |poll: &Poll| {
        serde_json::to_string(&compute(&poll.statements, &poll.votes)).expect("serialises")
    };
    let first = json(&poll);
    poll.votes.reverse();
    poll.statements.reverse();
    assert_eq!(first, json(&poll));
    poll.votes.sort_by_key(|v| (v.value, v.at % 977, v.voter));
    assert_eq!(first, json(&poll));
    let unlike: BTreeSet<&str> = ["null", "NaN", "inf"]
        .into_iter()
        .filter(|w| first.contains(w))
        .collect();
    assert!(unlike.is_empty(), "{unlike:?}");
}
