//! The guide to risks of businesses (PP 28/2025): which risk an activity has at which capital, and what follows from it.
//!
//! All of it is data of a city. Annex I of the regulation has some 1,500 codes whose risks depend on more than capital; what
//! counts is the result of OSS, and a page that shows this says so.

use serde::{Deserialize, Serialize};

use super::Text;

/// A city's guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskGuide {
    /// The word of the form to which it belongs.
    pub service: String,
    /// Which list of codes, such as `2020`.
    pub kbli_version: String,
    /// The regulation.
    pub regulation: String,
    /// Where the figures come from.
    pub source: String,
    /// Whether somebody compared them with the regulation; where nobody did, pages say so.
    pub is_verified: bool,
    /// What a reader must know.
    pub note: Text,
    /// Capital in Rupiah up to which the risk of a small business counts.
    pub small_capital_up_to: u64,
    /// Scales of businesses by their capital, ascending; the last without an end.
    pub scales: Vec<Scale>,
    /// Where the scales come from.
    pub scale_source: String,
    /// The risks, from the lowest to the highest.
    pub risks: Vec<Risk>,
    /// What is done elsewhere.
    pub outside: Text,
    /// What people do for a living.
    pub activities: Vec<Activity>,
}

/// A scale of businesses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Its word in addresses.
    pub key: String,
    /// Its name.
    pub title: Text,
    /// Capital in Rupiah up to which it goes; nothing for the last.
    pub up_to: Option<u64>,
}

/// A risk and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Its word.
    pub key: String,
    /// Its name.
    pub title: Text,
    /// What the business needs: NIB, standard certificate, licence.
    pub licence: Text,
    /// What the city does about it.
    pub city: Text,
}

/// A five-digit activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Five digits.
    pub code: String,
    /// Its name.
    pub title: Text,
    /// Its risks.
    pub risk: ByCapital,
}

/// Words of risks by capital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByCapital {
    /// Up to [`RiskGuide::small_capital_up_to`].
    pub small: String,
    /// Above.
    pub large: String,
}

/// Why a guide is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// A code that is not five digits, or is there twice.
    #[error("the code {0} is not five digits, or is there twice")]
    Code(String),
    /// A risk that is not described.
    #[error("{code} has the risk {risk}, which is not described")]
    Risk {
        /// The activity.
        code: String,
        /// The risk's word.
        risk: String,
    },
    /// Scales that do not ascend, or have no end that is open.
    #[error("the scales must ascend, and the last has no end")]
    Scales,
}

impl RiskGuide {
    /// Whether it holds together.
    pub fn check(&self) -> Result<(), Unsound> {
        let mut seen = std::collections::BTreeSet::new();
        for activity in &self.activities {
            let is_code =
                activity.code.len() == 5 && activity.code.bytes().all(|b| b.is_ascii_digit());
            if !is_code || !seen.insert(&activity.code) {
                return Err(Unsound::Code(activity.code.clone()));
            }
            for risk in [&activity.risk.small, &activity.risk.large] {
                if self.risks.iter().all(|known| known.key != *risk) {
                    return Err(Unsound::Risk {
                        code: activity.code.clone(),
                        risk: risk.clone(),
                    });
                }
            }
        }
        let ends: Vec<u64> = self
            .scales
            .iter()
            .map(|scale| scale.up_to.unwrap_or(u64::MAX))
            .collect();
        let ascends = ends.windows(2).all(|pair| pair[0] < pair[1]);
        if ascends && ends.last() == Some(&u64::MAX) {
            Ok(())
        } else {
            Err(Unsound::Scales)
        }
    }

    /// The scale of that word.
    pub fn scale(&self, key: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.key == key)
    }

    /// The risk of an activity at a scale.
    pub fn risk(&self, activity: &Activity, scale: &Scale) -> Option<&Risk> {
        let is_small = scale
            .up_to
            .is_some_and(|most| most <= self.small_capital_up_to);
        let key = if is_small {
            &activity.risk.small
        } else {
            &activity.risk.large
        };
        self.risks.iter().find(|risk| risk.key == *key)
    }

    /// Activities whose code begins with what was typed, or whose name in any language holds all its words. Everything for
    /// nothing typed.
    pub fn search(&self, typed: &str) -> Vec<&Activity> {
        let typed = typed.to_lowercase();
        let words: Vec<&str> = typed
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        self.activities
            .iter()
            .filter(|activity| {
                let name = format!("{} {}", activity.title.id, activity.title.en).to_lowercase();
                words
                    .iter()
                    .all(|word| name.contains(word) || activity.code.starts_with(word))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide() -> RiskGuide {
        serde_json::from_str(include_str!("../../../city/kota-batu/kbli.json")).expect("a guide")
    }

    #[test]
    fn the_shipped_guide_holds_together_and_is_not_called_verified() {
        let guide = guide();
        assert_eq!(guide.check(), Ok(()));
        assert!(!guide.is_verified, "nobody compared it with the annex");
        assert_eq!(guide.risks.len(), 4);
    }

    #[test]
    fn risk_follows_capital() {
        let guide = guide();
        let homestay = guide.search("55130")[0];
        let of = |scale: &str| {
            let scale = guide.scale(scale).expect("a scale");
            guide.risk(homestay, scale).expect("a risk").key.clone()
        };
        assert_eq!(
            ["mikro", "kecil", "menengah", "besar"].map(of),
            ["rendah", "rendah", "menengah_rendah", "menengah_rendah"]
        );
    }

    #[test]
    fn by_code_or_by_words_of_either_language() {
        let guide = guide();
        let codes = |typed: &str| {
            let found = guide.search(typed);
            found.iter().map(|a| a.code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(codes("551").len(), 5);
        assert_eq!(codes("HOMESTAY"), ["55130"]);
        assert_eq!(codes("repair car"), ["45201"]);
        assert_eq!(codes("warung makan"), ["56102"]);
        assert!(codes("nuklir").is_empty());
        assert_eq!(codes(" ").len(), guide.activities.len());
    }

    #[test]
    fn what_does_not_hold_together_is_refused() {
        let broken = |change: fn(&mut RiskGuide)| {
            let mut guide = guide();
            change(&mut guide);
            guide.check().expect_err("is broken")
        };
        assert_eq!(
            broken(|g| g.activities[0].code = "551".into()),
            Unsound::Code("551".into())
        );
        assert!(matches!(
            broken(|g| g.activities[1].code = "55110".into()),
            Unsound::Code(_)
        ));
        assert!(matches!(
            broken(|g| g.activities[0].risk.large = "gawat".into()),
            Unsound::Risk { .. }
        ));
        assert_eq!(broken(|g| g.scales.truncate(3)), Unsound::Scales);
        assert_eq!(broken(|g| g.scales.swap(0, 1)), Unsound::Scales);
    }
}
