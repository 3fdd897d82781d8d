//! Figures by area, without telling on anybody: small areas are left out, and none can be found by subtraction.

use std::collections::BTreeMap;

use crate::AreaId;

/// Fewest people of an area for which figures are shown.
pub const FEWEST: i64 = 5;

/// Which areas may be shown, given how many people each has and how many stated none.
///
/// Areas below [`FEWEST`] are withheld. What is withheld together with those without an area is itself either
/// nothing or at least [`FEWEST`] people: otherwise the total minus the shown areas would give a small area away,
/// so the next smallest area is withheld as well. Ties go by the area's code.
pub fn shown(people: &BTreeMap<AreaId, i64>, without_area: i64) -> Vec<AreaId> {
    let mut by_size: Vec<(&AreaId, i64)> = people
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(area, n)| (area, *n))
        .collect();
    by_size.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(b.0)));
    let mut withheld = 0;
    let mut rest = without_area.max(0);
    for (_, n) in &by_size {
        let guarded = withheld == 0 || rest >= FEWEST;
        if *n >= FEWEST && guarded {
            break;
        }
        withheld += 1;
        rest += n;
    }
    let mut areas: Vec<AreaId> = by_size[withheld..]
        .iter()
        .map(|(area, _)| (*area).clone())
        .collect();
    areas.sort();
    areas
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(counts: &[(&str, i64)], without: i64) -> Vec<String> {
        let people = counts.iter().map(|(a, n)| (AreaId::new(*a), *n)).collect();
        shown(&people, without)
            .into_iter()
            .map(|a| a.to_string())
            .collect()
    }

    #[test]
    fn small_areas_are_withheld_and_cannot_be_subtracted() {
        assert_eq!(areas(&[("a", 5), ("b", 9)], 0), ["a", "b"]);
        // b alone would be found by subtraction: a goes too.
        assert_eq!(areas(&[("a", 6), ("b", 2), ("c", 9)], 0), ["c"]);
        // Enough people without an area hide it.
        assert_eq!(areas(&[("a", 6), ("b", 2), ("c", 9)], 3), ["a", "c"]);
        assert_eq!(areas(&[("a", 3), ("b", 3), ("c", 9)], 0), ["c"]);
        assert!(areas(&[("a", 4)], 0).is_empty());
        assert!(areas(&[], 7).is_empty());
        // People without an area are no area: nothing is told by subtraction.
        assert_eq!(areas(&[("a", 5)], 1), ["a"]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_withheld_is_never_few(
            counts in proptest::collection::vec(0_i64..12, 0..12),
            without in 0_i64..9,
        ) {
            let people: BTreeMap<_, _> = counts
                .iter()
                .enumerate()
                .map(|(n, c)| (AreaId::new(format!("{n:02}")), *c))
                .collect();
            let shown = shown(&people, without);
            for area in &shown {
                proptest::prop_assert!(people[area] >= FEWEST);
            }
            let hidden: i64 = people.iter().filter(|(a, _)| !shown.contains(a)).map(|(_, c)| c).sum();
            if hidden > 0 && !shown.is_empty() {
                proptest::prop_assert!(hidden + without >= FEWEST);
            }
        }
    }
}
