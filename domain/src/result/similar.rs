//! Comments that speak of the same thing: by the words they share, rare words counting more, and by their trigrams,
//! which see through Indonesian affixes (*parkir*, *parkirnya*, *diparkir*). No chance, no model: the same texts give
//! the same order.

use std::collections::BTreeMap;

use crate::CommentId;

/// Least likeness that is suggested.
pub const THRESHOLD: f64 = 0.14;
/// Most suggestions.
pub const MOST: usize = 20;

/// A comment that is like those that one has.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// The comment.
    pub comment: CommentId,
    /// From 0 (nothing in common) to 1 (the same words).
    pub likeness: f64,
}

/// Those of `others` that are most like one of `seeds`: at most [`MOST`], at least [`THRESHOLD`] alike, the most alike
/// first, ties by identity.
pub fn similar(seeds: &[&str], others: &[(CommentId, &str)]) -> Vec<Similar> {
    let mut shelf = Shelf::default();
    let seeds: Vec<Traits> = seeds.iter().map(|text| shelf.read(text)).collect();
    let others: Vec<(&CommentId, Traits)> = others
        .iter()
        .map(|(id, text)| (id, shelf.read(text)))
        .collect();
    let weights = shelf.weights();
    let mut found: Vec<Similar> = others
        .iter()
        .map(|(id, traits)| Similar {
            comment: (*id).clone(),
            likeness: seeds
                .iter()
                .map(|seed| seed.likeness(traits, &weights))
                .fold(0.0, f64::max),
        })
        .filter(|s| s.likeness >= THRESHOLD)
        .collect();
    found.sort_by(|a, b| {
        b.likeness
            .total_cmp(&a.likeness)
            .then(a.comment.cmp(&b.comment))
    });
    found.truncate(MOST);
    found
}

/// Words that carry no subject, in the spelling of formal and everyday Indonesian.
const STOP: &[&str] = &[
    "ada", "adalah", "agar", "akan", "aku", "anda", "apa", "apakah", "atau", "bagi", "bahwa",
    "banyak", "bapak", "beberapa", "begitu", "belum", "bisa", "boleh", "bu", "buat", "bukan",
    "cukup", "dalam", "dan", "dapat", "dari", "daripada", "dengan", "di", "dia", "dulu", "ga",
    "gak", "hanya", "harus", "hari", "hingga", "ibu", "ini", "itu", "jadi", "jangan", "jika",
    "juga", "kalau", "kali", "kami", "karena", "kata", "ke", "kepada", "ketika", "kita", "lagi",
    "lain", "lalu", "lebih", "maka", "malah", "mana", "masih", "mau", "mereka", "mohon", "namun",
    "nya", "nggak", "oleh", "orang", "pada", "pak", "para", "paling", "perlu", "pernah", "pun",
    "saat", "saja", "sama", "sampai", "sangat", "satu", "saya", "sebagai", "sebelum", "sebuah",
    "secara", "sekarang", "selalu", "semua", "seperti", "serta", "setelah", "setiap", "setuju",
    "siapa", "sini", "situ", "sudah", "supaya", "tapi", "telah", "tentang", "terhadap", "terlalu",
    "tetap", "tetapi", "tiap", "tidak", "tolong", "untuk", "usul", "waktu", "walau", "yaitu", "ya",
    "yang", "the", "a", "an", "and", "is", "of", "to", "in", "for",
];

/// What the words of all texts are called by, and in how many texts each stands.
#[derive(Default)]
struct Shelf {
    words: BTreeMap<String, usize>,
    texts_with: Vec<u32>,
    texts: u32,
}

/// A text as sorted sets.
struct Traits {
    words: Vec<usize>,
    trigrams: Vec<u64>,
}

impl Shelf {
    fn read(&mut self, text: &str) -> Traits {
        self.texts += 1;
        let mut words = Vec::new();
        let mut trigrams = Vec::new();
        for word in words_of(text) {
            // A character has 21 bits: three fit into one number.
            let letters: Vec<u64> = [' ']
                .into_iter()
                .chain(word.chars())
                .chain([' '])
                .map(|c| u64::from(u32::from(c)))
                .collect();
            trigrams.extend(letters.windows(3).map(|w| w[0] << 42 | w[1] << 21 | w[2]));
            let next = self.words.len();
            let place = *self.words.entry(word).or_insert(next);
            if place == self.texts_with.len() {
                self.texts_with.push(0);
            }
            words.push(place);
        }
        words.sort_unstable();
        words.dedup();
        for place in &words {
            self.texts_with[*place] += 1;
        }
        trigrams.sort_unstable();
        trigrams.dedup();
        Traits { words, trigrams }
    }

    /// A word's weight: the logarithm of how rare it is, never 0.
    fn weights(&self) -> Vec<f64> {
        self.texts_with
            .iter()
            .map(|n| (f64::from(self.texts + 1) / f64::from(*n)).ln())
            .collect()
    }
}

impl Traits {
    /// Half from words by weight (cosine of the sets), half from trigrams (Dice).
    fn likeness(&self, other: &Self, weights: &[f64]) -> f64 {
        let square = |words: &[usize]| words.iter().map(|w| weights[*w].powi(2)).sum::<f64>();
        let mut common = 0.0;
        each_common(&self.words, &other.words, |w| common += weights[*w].powi(2));
        let lengths = (square(&self.words) * square(&other.words)).sqrt();
        let cosine = if lengths > 0.0 { common / lengths } else { 0.0 };
        let mut shared = 0_u32;
        each_common(&self.trigrams, &other.trigrams, |_| shared += 1);
        let total = u32::try_from(self.trigrams.len() + other.trigrams.len()).unwrap_or(u32::MAX);
        let dice = if total > 0 {
            2.0 * f64::from(shared) / f64::from(total)
        } else {
            0.0
        };
        // Unrelated Indonesian texts share about a fifth of their trigrams: that much says nothing.
        f64::midpoint(cosine, ((dice - 0.2) / 0.8).max(0.0))
    }
}

/// Calls `then` for each element of both sorted sets.
fn each_common<T: Ord>(a: &[T], b: &[T], mut then: impl FnMut(&T)) {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                then(x);
                i += 1;
                j += 1;
            }
        }
    }
}

/// The words of a text in lower case, without stop words, words of one or two letters and the suffixes that
/// change nothing about the subject.
fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() > 2 && !STOP.contains(&word.as_str()))
        .map(|word| {
            ["nya", "lah", "kah"]
                .into_iter()
                .find_map(|suffix| {
                    word.strip_suffix(suffix)
                        .filter(|stem| stem.chars().count() > 3)
                        .map(str::to_owned)
                })
                .unwrap_or(word)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARKING: &str =
        "Parkir pengganti di Alun-alun Barat harus dibuka sebelum lajur parkir ditutup.";

    fn others() -> Vec<(CommentId, &'static str)> {
        [
            (
                "a",
                "Toko saya sepi kalau parkirnya pindah jauh ke Alun-alun Barat.",
            ),
            (
                "b",
                "Kursi roda saya tidak lewat karena trotoar miring di depan gang.",
            ),
            (
                "c",
                "Buka dulu parkir penggantinya, baru lajur parkir yang lama ditutup.",
            ),
            ("d", "Saya setuju, ini bagus sekali untuk kita semua."),
            ("e", ""),
        ]
        .into_iter()
        .map(|(id, text)| (CommentId::new(id), text))
        .collect()
    }

    #[test]
    fn finds_what_speaks_of_the_same() {
        let found = similar(&[PARKING], &others());
        let ids: Vec<_> = found.iter().map(|s| s.comment.as_str()).collect();
        assert_eq!(ids, ["c", "a"], "{found:?}");
        assert_eq!(
            found,
            similar(&[PARKING], &others()),
            "the same order each time"
        );
    }

    #[test]
    fn the_same_text_is_wholly_alike_and_nothing_is_like_nothing() {
        let same = similar(&[PARKING], &[(CommentId::new("x"), PARKING)]);
        assert!((same[0].likeness - 1.0).abs() < 1e-9, "{same:?}");
        assert!(similar(&[], &others()).is_empty());
        assert!(similar(&["yang dan di"], &others()).is_empty());
    }

    #[test]
    fn at_most_twenty() {
        let many: Vec<_> = (0..50)
            .map(|n| (CommentId::new(format!("{n:02}")), PARKING))
            .collect();
        let found = similar(&[PARKING], &many);
        assert_eq!(found.len(), MOST);
        assert_eq!(found[0].comment.as_str(), "00");
    }

    proptest::proptest! {
        #[test]
        fn any_texts_give_a_likeness_between_0_and_1(a in "\\PC{0,80}", b in "\\PC{0,80}") {
            for s in similar(&[&a], &[(CommentId::new("b"), &b)]) {
                proptest::prop_assert!((0.0..=1.0 + 1e-9).contains(&s.likeness));
            }
        }
    }
}
