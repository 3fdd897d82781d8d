//! What holds of any findings, reckoned from the rows in the plainest way.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    group::{
        Compass, FEWEST_MEMBERS, FEWEST_PEOPLE, Findings, Names, Picture, Statement,
        sign::{FEWEST_ALIKE, FEWEST_AT_ONCE, FEWEST_VOTES, Rule, Sign},
    },
    polis::Vote,
};

/// The votes that count, by person and statement.
pub struct Ballots(BTreeMap<(i64, i64), i64>);

impl Ballots {
    /// The latest of each; of those of one moment the greatest.
    pub fn of(statements: &[Statement], votes: &[Vote]) -> Self {
        let known: BTreeSet<i64> = statements.iter().map(|s| s.id).collect();
        let mut latest: BTreeMap<(i64, i64), (i64, i64)> = BTreeMap::new();
        for vote in votes {
            if (-1..=1).contains(&vote.value) && known.contains(&vote.comment) {
                let new = (vote.at, vote.value);
                let slot = latest.entry((vote.voter, vote.comment)).or_insert(new);
                *slot = new.max(*slot);
            }
        }
        let cells = latest.into_iter();
        Self(cells.map(|(cell, (_, value))| (cell, value)).collect())
    }

    /// Who voted.
    pub fn people(&self) -> BTreeSet<i64> {
        self.0.keys().map(|(person, _)| *person).collect()
    }

    /// How many of those who are meant agree, disagree, pass.
    fn count(&self, comment: i64, is_meant: impl Fn(i64) -> bool) -> [u32; 3] {
        let mut counts = [0; 3];
        for ((person, on), value) in &self.0 {
            if *on == comment && is_meant(*person) {
                counts[match value {
                    1 => 0,
                    -1 => 1,
                    _ => 2,
                }] += 1;
            }
        }
        counts
    }

    /// Counts are those of the rows, every number is one, and everybody is in at most one group.
    pub fn agree_with(&self, findings: &Findings) {
        // `serde_json` writes `null` for NaN and infinity, and nothing else here is one.
        let text = json(findings);
        assert!(!text.contains("null"), "{text}");
        assert_eq!(
            usize::try_from(findings.participants),
            Ok(self.people().len())
        );
        assert_eq!(usize::try_from(findings.votes), Ok(self.0.len()));
        assert!(findings.statements.is_sorted_by(|a, b| a.id < b.id));
        for figures in &findings.statements {
            assert!(figures.consensus > 0.0 && figures.consensus < 1.0);
            assert!(figures.priority > 0.0);
            assert_eq!(
                [figures.agrees, figures.disagrees, figures.passes],
                self.count(figures.id, |_| true)
            );
        }
        let mut seen = BTreeSet::new();
        for group in &findings.groups {
            assert!(!group.members.is_empty() && group.members.is_sorted());
            assert!(group.members.iter().all(|member| seen.insert(*member)));
            assert!(group.representative.len() <= 5);
            assert_eq!(group.votes.len(), findings.statements.len());
            for (figures, votes) in findings.statements.iter().zip(&group.votes) {
                let of_members = |person| group.members.binary_search(&person).is_ok();
                assert_eq!(*votes, self.count(figures.id, of_members));
            }
        }
        let placed: Vec<i64> = findings.projection.iter().map(|p| p.participant).collect();
        let voted: Vec<i64> = seen.intersection(&self.people()).copied().collect();
        assert_eq!(placed, voted, "who is in a group and voted has a place");
        assert_eq!(findings.pca.center.len(), findings.statements.len());
        assert!(findings.pca.center.iter().all(|mean| mean.abs() <= 1.0));
        for component in &findings.pca.components {
            assert_eq!(component.len(), findings.statements.len());
            let length: f64 = component.iter().map(|v| v * v).sum();
            assert!(
                length.abs() < 1e-12 || (length - 1.0).abs() < 1e-9,
                "{length}"
            );
        }
    }

    /// Of found groups alone: they are of those who voted.
    pub fn hold_members(&self, findings: &Findings) {
        let people = self.people();
        let mut members = findings.groups.iter().flat_map(|group| &group.members);
        assert!(members.all(|member| people.contains(member)));
        assert_eq!(findings.groups.is_empty(), people.is_empty());
        let sizes = findings.groups.iter().map(|group| group.members.len());
        assert!(sizes.is_sorted_by(|a, b| a >= b), "the largest first");
    }

    /// Signs name people who voted, each once, and enough of them. Bursts are found in the moments of all rows.
    pub fn bear_out(&self, signs: &[Sign], votes: &[Vote]) {
        let people = self.people();
        let anybody: BTreeSet<i64> = votes.iter().map(|vote| vote.voter).collect();
        for sign in signs {
            let people = match sign.rule {
                Rule::Burst => &anybody,
                _ => &people,
            };
            assert!(
                sign.people.iter().all(|person| people.contains(person)),
                "{sign:?}"
            );
            assert!(sign.people.is_sorted_by(|a, b| a < b), "{sign:?}");
            let (fewest, figure) = match sign.rule {
                Rule::Burst => (FEWEST_AT_ONCE, FEWEST_AT_ONCE),
                Rule::IdenticalBallots => (FEWEST_ALIKE, FEWEST_VOTES),
                Rule::AgreesWithAll | Rule::DisagreesWithAll => (1, FEWEST_VOTES),
            };
            assert!(
                sign.people.len() >= fewest && sign.figure >= figure,
                "{sign:?}"
            );
            assert_eq!(sign.at.is_some(), sign.rule == Rule::Burst);
        }
    }
}

/// Nothing is shown of few people, and nothing of what moderators took out.
pub fn shows_what_it_may(findings: &Findings, names: &Names, statements: &[Statement]) {
    let is_out = |id: i64| statements.iter().any(|s| s.id == id && (s.out || s.meta));
    let picture = Picture::of(findings, names, statements);
    let text = serde_json::to_string(&picture).expect("serialises");
    assert!(!text.contains("null"), "{text}");
    let is_enough = findings.participants >= FEWEST_PEOPLE;
    assert!(is_enough || (picture.groups.is_empty() && picture.dots.is_empty()));
    assert!(
        picture.groups.is_sorted_by(|a, b| a.label < b.label),
        "a label each"
    );
    for group in &picture.groups {
        assert!(usize::try_from(group.people).is_ok_and(|people| people >= FEWEST_MEMBERS));
        assert_eq!(group.votes.len(), picture.statements.len());
        assert!(
            group
                .representative
                .iter()
                .all(|row| !is_out(row.statement))
        );
        let dots = picture.dots.iter().filter(|dot| dot.label == group.label);
        assert!(dots.map(|dot| dot.people).sum::<u32>() <= group.people);
    }
    let is_label = |label| picture.groups.iter().any(|group| group.label == label);
    for dot in &picture.dots {
        assert!(is_label(dot.label) && dot.people > 0);
        assert!(dot.x.abs().max(dot.y.abs()) <= picture.reach * (1.0 + 1e-9));
    }
    assert!(picture.statements.iter().all(|judged| !is_out(judged.id)));
    let majority = &findings.majority;
    let mut most = majority.agree.iter().chain(&majority.disagree);
    assert!(most.all(|id| !is_out(*id)));
    let said = picture.said();
    for list in [&said.agreed, &said.refused, &said.unsure] {
        assert!(list.len() <= 3 && (list.is_empty() || is_enough));
    }
    assert!(
        said.apart
            .iter()
            .all(|(_, rows)| !rows.is_empty() && is_enough)
    );
}

/// Who votes finds a place, and it is a number.
pub fn leads_everybody(findings: &Findings, names: &Names, statements: &[Statement]) {
    let compass = Compass::of(findings, names, statements);
    assert!(
        compass
            .extremities()
            .iter()
            .all(|(_, far)| *far >= 0.0 && far.is_finite())
    );
    let all = statements.iter().map(|s| (s.id, 1)).collect();
    let place = compass.place(&all);
    assert!(place.is_none_or(|place| place.iter().all(|x| x.is_finite())));
}

/// As it is served.
pub fn json(findings: &Findings) -> String {
    serde_json::to_string(findings).expect("serialises")
}
