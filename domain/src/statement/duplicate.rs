//! Statements that say nearly the same in nearly the same words.
//!
//! Two sentences are compared by their trigrams, as PostgreSQL's `pg_trgm` does: how many groups of three characters they
//! share, out of all that either has. Case, marks and the number of blanks do not count. What is close in words may still
//! say the opposite ("perlu", "tidak perlu"): a person decides, this only puts side by side.

use ngrammatic::{Ngram, NgramBuilder, Pad};

/// From here on two statements are put side by side. Of the demo town's 58 statements the two that say the same have 0.40,
/// and no two others more than 0.30.
pub const NEAR: f64 = 0.35;

/// A sentence that is ready to be compared.
#[derive(Debug)]
pub struct Sentence(Ngram);

impl Sentence {
    /// Reads a sentence.
    pub fn new(body: &str) -> Self {
        let lower = body.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let grams = NgramBuilder::new(&words.join(" "))
            .arity(3)
            .pad_full(Pad::Auto);
        Self(grams.finish())
    }

    /// Trigrams of both out of trigrams of either, each as often as it occurs: 0 to 1, and 1 for the same words in the same
    /// order. 0 where one is more than three times as long as the other, which cannot be near.
    pub fn likeness(&self, other: &Self) -> f64 {
        let (a, b) = (self.0.count_grams(), other.0.count_grams());
        // So different in length that no sharing makes them near: spares the comparison.
        if a.min(b) * 3 < a.max(b) {
            return 0.0;
        }
        f64::from(self.0.similarity_to(&other.0, 1.0))
    }
}

/// Places of the sentences, near-duplicates together: each is put to the first sentence before it that it is near to and
/// that begins a cluster, to the nearest of several. Clusters and what is in them are in the order of the sentences.
///
/// Nothing is chained: whatever is in a cluster is near to the one that begins it.
pub fn clusters(sentences: &[Sentence]) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for (place, sentence) in sentences.iter().enumerate() {
        let nearest = clusters
            .iter_mut()
            .map(|cluster| (sentences[cluster[0]].likeness(sentence), cluster))
            .filter(|(likeness, _)| *likeness >= NEAR)
            // Of equals the first one.
            .reduce(|best, other| if other.0 > best.0 { other } else { best });
        match nearest {
            Some((_, cluster)) => cluster.push(place),
            None => clusters.push(vec![place]),
        }
    }
    clusters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn likeness(a: &str, b: &str) -> f64 {
        Sentence::new(a).likeness(&Sentence::new(b))
    }

    #[test]
    fn the_same_words_are_one_whatever_stands_between() {
        assert!((likeness("Trotoar untuk semua!", "trotoar  UNTUK semua") - 1.0).abs() < 1e-9);
        assert!((likeness("", "!!!") - 1.0).abs() < 1e-9);
        assert!(likeness("!!!", "Trotoar") < NEAR);
    }

    #[test]
    fn what_a_reader_would_put_together_is_near_and_nothing_else() {
        for (a, b) in [
            (
                "Parkir pengganti harus ada sebelum jalur ditutup.",
                "Sebelum jalur ditutup, parkir pengganti harus sudah ada!",
            ),
            (
                "Trotoar lebih lebar untuk pejalan kaki",
                "Trotoar harus lebih lebar untuk pejalan kaki.",
            ),
            (
                "Angkot perlu lewat sampai jam sembilan malam.",
                "Angkot perlu tetap lewat sampai jam 9 malam",
            ),
            (
                "Toko boleh bongkar muat pagi hari.",
                "Toko tetap boleh bongkar-muat di pagi hari",
            ),
            (
                "Pengangkutan malam hari mengganggu tidur warga.",
                "Jangan ada pengangkutan malam, suara truknya mengganggu orang tidur.",
            ),
        ] {
            assert!(likeness(a, b) >= NEAR, "{} {a} {b}", likeness(a, b));
        }
        for (a, b) in [
            (
                "Trotoar lebih lebar untuk pejalan kaki",
                "Tarif parkir harus gratis untuk warga",
            ),
            (
                "Jalur sepeda perlu pagar pembatas.",
                "Jalur sepeda mengurangi pembeli toko.",
            ),
            (
                "Sampah diambil dua kali seminggu.",
                "Sampah organik diolah di tiap RT.",
            ),
        ] {
            assert!(likeness(a, b) < NEAR, "{} {a} {b}", likeness(a, b));
        }
    }

    #[test]
    fn clusters_are_in_order_and_do_not_chain() {
        let sentences = [
            "Trotoar lebih lebar untuk pejalan kaki",
            "Parkir pengganti harus ada sebelum jalur ditutup.",
            "Trotoar harus lebih lebar untuk pejalan kaki.",
            "Sampah diambil dua kali seminggu.",
            "Sebelum jalur ditutup parkir pengganti harus ada",
        ]
        .map(Sentence::new);
        assert_eq!(clusters(&sentences), [vec![0, 2], vec![1, 4], vec![3]]);
        assert_eq!(clusters(&[]), [] as [Vec<usize>; 0]);
    }

    proptest! {
        #[test]
        fn every_sentence_is_in_one_cluster_and_likeness_is_a_share(texts in prop::collection::vec(".{0,60}", 0..12)) {
            let sentences: Vec<Sentence> = texts.iter().map(|text| Sentence::new(text)).collect();
            let mut places: Vec<usize> = clusters(&sentences).concat();
            places.sort_unstable();
            prop_assert_eq!(places, (0..texts.len()).collect::<Vec<_>>());
            for a in &sentences {
                for b in &sentences {
                    let there = a.likeness(b);
                    prop_assert!((0.0..=1.0).contains(&there));
                    prop_assert!((there - b.likeness(a)).abs() < 1e-6);
                }
            }
        }
    }
}
