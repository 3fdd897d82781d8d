//! On whose behalf an officer fills a form in at the counter.

use serde::{Deserialize, Serialize};

use crate::{Invalid, Problem, text};

/// Most characters of a name.
pub const MANDATE_NAME: u32 = 120;
/// Most characters of what is said of a power of attorney.
pub const MANDATE_LETTER: u32 = 200;

/// Why an officer may fill a form in for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The person stands at the counter.
    Present,
    /// Somebody else does, with a power of attorney.
    Attorney,
}

impl Ground {
    /// All of them, in order.
    pub const ALL: [Self; 2] = [Self::Present, Self::Attorney];

    /// The word under which it is stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Attorney => "attorney",
        }
    }

    /// Reads the word; `None` when it is none of ours.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.word() == word)
    }
}

/// For whom, and why that is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Who asks for something, as they write their name.
    pub name: String,
    /// Why the officer may act for them.
    pub ground: Ground,
    /// Who holds the power of attorney, and of which letter; empty when the person is there.
    pub letter: String,
}

impl Mandate {
    /// What the timeline says: the name, and below it who holds the power.
    pub fn text(&self) -> String {
        if self.letter.is_empty() {
            self.name.clone()
        } else {
            format!("{}\n{}", self.name, self.letter)
        }
    }
}

/// Checks a mandate as typed: fields `name`, `ground`, and `letter` where somebody else comes.
pub fn mandate(name: &str, ground: &str, letter: &str) -> Result<Mandate, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", text::line(name, 2, MANDATE_NAME));
    let ground = Ground::parse(ground).ok_or(if ground.is_empty() {
        Problem::Missing
    } else {
        Problem::Malformed
    });
    let ground = invalid.take("ground", ground);
    let letter = match ground {
        Some(Ground::Attorney) => invalid.take("letter", text::line(letter, 5, MANDATE_LETTER)),
        // Nobody holds a power over who is there.
        _ => Some(String::new()),
    };
    match (name, ground, letter) {
        (Some(name), Some(ground), Some(letter)) => Ok(Mandate {
            name,
            ground,
            letter,
        }),
        _ => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_else_needs_a_letter() {
        let own = mandate(" Siti Aminah ", "present", "tidak dibaca").expect("is sound");
        assert_eq!(
            (own.text().as_str(), own.ground),
            ("Siti Aminah", Ground::Present)
        );
        let other = mandate("Siti Aminah", "attorney", "Joko, surat 4/XI/2026").expect("is sound");
        assert_eq!(other.text(), "Siti Aminah\nJoko, surat 4/XI/2026");
        let bare = mandate("Siti Aminah", "attorney", " ").expect_err("needs a letter");
        assert_eq!(bare.of("letter"), Some(&Problem::Missing));
        let nothing = mandate("", "", "").expect_err("is empty");
        assert_eq!(nothing.of("name"), Some(&Problem::Missing));
        assert_eq!(nothing.of("ground"), Some(&Problem::Missing));
        let odd = mandate("Siti", "kabar", "").expect_err("is odd");
        assert_eq!(odd.of("ground"), Some(&Problem::Malformed));
    }
}
