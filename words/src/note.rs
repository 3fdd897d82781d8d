use serde::{Deserialize, Serialize};

/// What the status line at the bottom of the screen says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Whether something has not come through.
    pub warns: bool,
    /// The first words, in bold.
    pub title: String,
    /// The rest.
    pub text: String,
    /// Where to go on: address and words.
    pub link: Option<(String, String)>,
}
