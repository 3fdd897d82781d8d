//! Searching in Indonesian: how a text becomes words for the index, how a question becomes terms, and what is shown of a find.
//!
//! Everything that decides what is found happens here, in one place for both databases: they only compare small ASCII words.

mod snippet;
mod stem;
mod words;

pub use snippet::{Piece, snippet};
pub use stem::{stems, stop_word};
pub use words::{Word, fold, words};

/// Longest question that is read, in characters; the rest is ignored.
pub const LONGEST: usize = 200;

/// Most terms of a question; further ones are ignored.
pub const MOST_TERMS: usize = 12;

/// Most bytes of index words of one text: far more than any policy has, and less than PostgreSQL takes (1 MB).
const MOST_INDEXED: usize = 300_000;

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A consultation: its title, summary and explanation.
    Consultation,
    /// A clause of the newest published version of a policy text.
    Clause,
    /// A comment that everybody sees.
    Comment,
}

impl Kind {
    /// All, in the order of results.
    pub const ALL: [Self; 3] = [Self::Consultation, Self::Clause, Self::Comment];

    /// The word under which it is stored and filtered.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::Clause => "clause",
            Self::Comment => "comment",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its place in the order of results.
    pub const fn rank(self) -> i64 {
        match self {
            Self::Consultation => 0,
            Self::Clause => 1,
            Self::Comment => 2,
        }
    }
}

/// One thing a text must have: any of `exact`, or a word that begins with `prefix`.
///
/// All texts in it are of `a`–`z` and `0`–`9` alone, so that no database sees an operator in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Words of which one must be there; never empty.
    pub exact: Vec<String>,
    /// The beginning of a word; for the last word of a question, which may be half typed.
    pub prefix: Option<String>,
}

impl Term {
    /// Whether a word of a text is what this term looks for.
    fn meets(&self, word: &Word<'_>) -> bool {
        let mut keys = vec![word.key.clone()];
        if !word.han {
            keys.extend(stems(&word.key));
        }
        keys.iter().any(|key| {
            self.exact.contains(key)
                || self
                    .prefix
                    .as_ref()
                    .is_some_and(|prefix| key.starts_with(prefix))
        })
    }
}

/// What a person asked for, ready for the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// One letter, or signs alone: too little to look for.
    TooShort,
    /// A text must meet each of these.
    Terms(Vec<Term>),
}

/// Reads a question. Signs have no meaning: `"`, `*`, `%`, `-` only separate words.
pub fn ask(question: &str) -> Asked {
    let question: String = question.chars().take(LONGEST).collect();
    if question.trim().is_empty() {
        return Asked::Nothing;
    }
    let found: Vec<Word<'_>> = words(&question);
    let long_enough = found.iter().any(|word| word.han || word.key.len() > 1) || found.len() > 1;
    if !long_enough {
        return Asked::TooShort;
    }
    // "yang dan itu" is looked for as it stands; beside a word that says something, such words are left out.
    let telling = found.iter().any(|word| !stop_word(&word.key));
    let last = found.len().saturating_sub(1);
    let mut terms: Vec<Term> = Vec::new();
    for (place, word) in found.iter().enumerate() {
        if telling && stop_word(&word.key) {
            continue;
        }
        let prefix = (place == last && !word.han && word.key.len() >= 3).then(|| word.key.clone());
        let exact = if word.han {
            vec![word.key.clone()]
        } else {
            with_stems(&word.key)
        };
        let term = Term { exact, prefix };
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    // Two Chinese characters are looked for as a pair; the single ones say nothing more.
    let pairs = pairs(&found);
    if !pairs.is_empty() {
        let alone = |term: &Term| {
            found
                .iter()
                .any(|w| w.han && term.exact.first() == Some(&w.key) && !w.lone)
        };
        terms.retain(|term| !alone(term));
        terms.extend(pairs.into_iter().map(|pair| Term {
            exact: vec![pair],
            prefix: None,
        }));
    }
    terms.truncate(MOST_TERMS);
    Asked::Terms(terms)
}

/// The words of a text as the index keeps them: each as it stands and its stems, and of Chinese single characters and pairs;
/// without repetitions, in alphabetical order, apart by blanks.
pub fn index_text(text: &str) -> String {
    let found = words(text);
    let mut keys: Vec<String> = Vec::new();
    for word in &found {
        if word.han {
            keys.push(word.key.clone());
        } else {
            keys.extend(with_stems(&word.key));
        }
    }
    keys.extend(pairs(&found));
    keys.sort_unstable();
    keys.dedup();
    let mut bytes = 0;
    keys.retain(|key| {
        bytes += key.len() + 1;
        bytes <= MOST_INDEXED
    });
    keys.join(" ")
}

fn with_stems(key: &str) -> Vec<String> {
    let mut all = vec![key.to_owned()];
    for stem in stems(key) {
        if !all.contains(&stem) {
            all.push(stem);
        }
    }
    all
}

/// Neighbouring Chinese characters, two by two.
fn pairs(found: &[Word<'_>]) -> Vec<String> {
    found
        .windows(2)
        .filter(|two| two[0].han && two[1].han && two[0].end == two[1].start)
        .map(|two| format!("{}{}", two[0].key, two[1].key))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a text in the index would be found by a question: what both databases do.
    fn finds(question: &str, text: &str) -> bool {
        let Asked::Terms(terms) = ask(question) else {
            return false;
        };
        let index = index_text(text);
        let index: Vec<&str> = index.split(' ').collect();
        terms.iter().all(|term| {
            index.iter().any(|word| {
                term.exact.iter().any(|exact| exact == word)
                    || term
                        .prefix
                        .as_ref()
                        .is_some_and(|prefix| word.starts_with(prefix.as_str()))
            })
        })
    }

    #[test]
    fn finds_the_word_in_another_form() {
        for (question, text) in [
            ("kelola", "Pengelolaan sampah dari rumah"),
            ("pengelolaan", "Warga mengelola sampahnya sendiri"),
            ("mengelola sampah", "sampah dikelola oleh desa"),
            ("parkir", "Tempat parkirnya dipindahkan"),
            ("pindah", "Tempat parkirnya dipindahkan"),
            ("menata", "Penataan homestay"),
            ("penataan", "Rumah warga ditata"),
            ("rencana", "Perencanaan kota"),
            ("pimpin", "kepemimpinan"),
            ("tingkat", "meningkatkan pelayanan"),
            ("layanan", "meningkatkan pelayanan"),
            ("berlaku", "Pemberlakuan aturan"),
            ("pejalan kaki", "Jalur bagi yang berjalan kaki"),
            ("jumat", "Setiap hari Jum'at"),
            ("cafe", "Café di alun-alun"),
            ("alun", "Café di alun-alun"),
            ("PASAL 4", "pasal 4"),
            ("sepeda yang", "jalur sepeda"),
            ("penge", "Pengelolaan"),
            ("超", "優步超商"),
            ("超商", "優步超商"),
            ("優步", "優步超商"),
        ] {
            assert!(
                finds(question, text),
                "{question} in {text}: {:?} / {}",
                ask(question),
                index_text(text)
            );
        }
    }

    #[test]
    fn does_not_find_what_is_not_there() {
        for (question, text) in [
            ("masa depan", "masalah depan"),
            ("sepeda motor", "jalur sepeda"),
            ("商超", "優步超商"),
            ("buka", "buku tulis"),
            ("kendara", "darah"),
        ] {
            assert!(
                !finds(question, text),
                "{question} in {text}: {:?} / {}",
                ask(question),
                index_text(text)
            );
        }
    }

    #[test]
    fn too_little_is_said_to_be_so() {
        assert_eq!(ask("  \u{3000} "), Asked::Nothing);
        for short in ["a", "%", "\"*\"", "-", "_", "!!", "1"] {
            assert_eq!(ask(short), Asked::TooShort, "{short}");
        }
        assert!(
            matches!(ask("dan"), Asked::Terms(_)),
            "a common word alone is looked for"
        );
    }

    #[test]
    fn signs_are_only_gaps() {
        assert_eq!(ask("par\"kir* OR (x)"), ask("par kir OR x"));
        let Asked::Terms(terms) = ask("100% a_b \"naskah*\" NEAR/2 -jalan: ^x {y}") else {
            panic!("terms")
        };
        for word in terms
            .iter()
            .flat_map(|t| t.exact.iter().chain(t.prefix.as_ref()))
        {
            assert!(
                word.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
                "{word}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_found_by_its_own_words(text in "\\PC{0,60}") {
            if let Asked::Terms(terms) = ask(&text) {
                proptest::prop_assert!(terms.len() <= MOST_TERMS);
                proptest::prop_assert!(finds(&text, &text), "{:?} in {:?}", terms, index_text(&text));
            }
        }

        #[test]
        fn the_index_holds_plain_words_alone(text in "\\PC{0,80}") {
            let index = index_text(&text);
            proptest::prop_assert!(index.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' '), "{}", index);
        }

        #[test]
        fn indonesian_shapes_never_panic(word in "(me|mem|men|meng|meny|di|ter|ke|ber|pe|per|se)?[a-z]{1,9}(kan|an|i)?(ku|mu|nya)?(lah|kah|pun|tah)?") {
            for stem in stems(&word) {
                proptest::prop_assert!(!stem.is_empty() && stem.len() <= word.len() + 1);
            }
            proptest::prop_assert!(finds(&word, &word) || word.len() < 2);
        }
    }
}
