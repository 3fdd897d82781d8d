//! A light stemmer for Indonesian.
//!
//! After the idea of F. Z. Tala, *A Study of Stemming Effects on Information Retrieval in Bahasa Indonesia* (2003), Porter's
//! way for Indonesian: particles, possessives, prefixes and suffixes go in turn as long as two syllables stay. Where a prefix
//! swallows the first letter of the root (me + tata = menata) Nazief and Adriani ask a dictionary; we have none and keep
//! both possible roots. A wrong stem does no harm as long as the forms of a word share one.

/// Most stems kept of one word.
const MOST: usize = 6;

/// Roots whose end looks like a particle, a possessive or a suffix.
const WHOLE: [&str; 37] = [
    "aku", "ampun", "baku", "beku", "belah", "berkah", "buku", "himpun", "ilmu", "istilah", "jamu",
    "jumlah", "kalah", "kamu", "laku", "langkah", "lelah", "limbah", "masalah", "musnah", "naskah",
    "nikah", "olah", "pelihara", "pun", "punya", "rumpun", "saku", "salah", "sekolah", "semu",
    "siku", "suku", "tamu", "telah", "temu", "tingkah",
];

/// Words so common that they say nothing beside others.
const STOP: [&str; 92] = [
    "a", "ada", "adalah", "agar", "akan", "an", "and", "anda", "antara", "apa", "apakah", "are",
    "as", "at", "atas", "atau", "bagi", "bahwa", "be", "belum", "berupa", "bisa", "by", "dalam",
    "dan", "dapat", "dari", "dengan", "di", "dia", "for", "from", "hal", "hanya", "harus", "in",
    "ini", "is", "it", "itu", "jika", "juga", "kalau", "kami", "karena", "ke", "kepada", "kita",
    "lagi", "lain", "lebih", "maka", "masih", "mereka", "nya", "of", "oleh", "on", "or", "pada",
    "para", "saat", "saja", "sangat", "saya", "sebagai", "secara", "sehingga", "seperti", "serta",
    "setiap", "sudah", "supaya", "tanpa", "telah", "tentang", "ter", "terhadap", "tersebut",
    "tetapi", "that", "the", "this", "tiap", "to", "untuk", "was", "were", "what", "with", "yaitu",
    "yang",
];

/// Whether a folded word is one of the most common of Indonesian or English.
pub fn stop_word(key: &str) -> bool {
    STOP.binary_search(&key).is_ok()
}

/// The possible stems of a folded word, the likeliest first; the word itself when nothing can go.
pub fn stems(key: &str) -> Vec<String> {
    // Numbers, codes and foreign scripts have no affixes.
    if key.len() < 5 || !key.bytes().all(|b| b.is_ascii_lowercase()) {
        return vec![key.to_owned()];
    }
    let word = strip_end(key, &["lah", "kah", "tah", "pun"]);
    let word = strip_end(word, &["nya", "ku", "mu"]);
    let mut out: Vec<String> = Vec::new();
    let (prefix, bases) = strip_prefix(word, Prefix::None);
    for base in bases {
        for middle in strip_suffix(&base, prefix) {
            let (second, inner) = strip_prefix(&middle, prefix);
            if prefix == Prefix::None || second == Prefix::None {
                out.push(middle);
            } else {
                for root in inner {
                    out.extend(strip_prefix(&root, Prefix::Inner).1);
                }
            }
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for stem in out {
        if !seen.contains(&stem) {
            seen.push(stem);
        }
    }
    seen.truncate(MOST);
    seen
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefix {
    None,
    Me,
    Di,
    Ter,
    Ke,
    Se,
    Ber,
    Pe,
    Per,
    /// Any, once two are gone.
    Inner,
}

/// Takes one ending off, unless the word ends in a root that only looks so or too little would stay.
fn strip_end<'w>(word: &'w str, ends: &[&str]) -> &'w str {
    if WHOLE.iter().any(|root| word.ends_with(root)) {
        return word;
    }
    ends.iter()
        .find_map(|end| word.strip_suffix(end).filter(|rest| stands(rest)))
        .unwrap_or(word)
}

/// Takes `-kan`, `-an` or `-i` off where the prefix allows it. Where one letter decides (`gerak-an`, `letak-kan`), both stay.
fn strip_suffix(word: &str, prefix: Prefix) -> Vec<String> {
    let mut out = Vec::new();
    let whole = WHOLE.iter().any(|root| word.ends_with(root));
    if whole {
        return vec![word.to_owned()];
    }
    if let Some(rest) = word.strip_suffix("kan").filter(|rest| stands(rest))
        && !matches!(prefix, Prefix::Ke | Prefix::Pe | Prefix::Per)
    {
        out.push(rest.to_owned());
    }
    if let Some(rest) = word.strip_suffix("an").filter(|rest| stands(rest))
        && !matches!(prefix, Prefix::Di | Prefix::Me | Prefix::Ter)
    {
        out.push(rest.to_owned());
    }
    if out.is_empty()
        && let Some(rest) = word.strip_suffix('i').filter(|rest| stands(rest))
        && !matches!(prefix, Prefix::Ber | Prefix::Pe)
    {
        out.push(rest.to_owned());
        // The i of `nilai` and `sungai` belongs to the root, that of `tanda-i` does not.
        if rest.ends_with('a') {
            out.push(word.to_owned());
        }
    }
    if out.is_empty() {
        out.push(word.to_owned());
    }
    out
}

/// Takes one prefix off; the roots that it may have stood before.
fn strip_prefix(word: &str, before: Prefix) -> (Prefix, Vec<String>) {
    use Prefix::{Ber, Di, Ke, Me, Pe, Per, Se, Ter};
    let nasal = matches!(before, Prefix::None | Ke | Se | Prefix::Inner);
    // (what it looks like, which prefix, letters that may stand before the rest when it begins with a vowel)
    let tries: [(&str, Prefix, &[&str]); 21] = [
        ("belajar", Ber, &["ajar"]),
        ("pelajar", Pe, &["ajar"]),
        ("meny", Me, &["s", "ny"]),
        ("meng", Me, &["", "k"]),
        ("mem", Me, &["p", "m"]),
        ("men", Me, &["t", "n"]),
        ("me", Me, &[]),
        ("peny", Pe, &["s", "ny"]),
        ("peng", Pe, &["", "k"]),
        ("pem", Pe, &["p", "m"]),
        ("pen", Pe, &["t", "n"]),
        ("per", Per, &["", "r"]),
        ("pe", Pe, &[]),
        ("di", Di, &[""]),
        ("ter", Ter, &["", "r"]),
        ("ke", Ke, &[""]),
        ("ber", Ber, &["", "r"]),
        ("be", Ber, &[]),
        ("se", Se, &[""]),
        ("ku", Prefix::None, &[]),
        ("kau", Prefix::None, &[]),
    ];
    for (look, prefix, vowels) in tries {
        let Some(rest) = word.strip_prefix(look) else {
            continue;
        };
        if prefix == Prefix::None || (before == prefix && before != Prefix::Inner) {
            continue;
        }
        // Within a word (mem-per-, di-ber-, ke-ter-) only these follow.
        if before != Prefix::None && matches!(prefix, Me | Di) && !nasal {
            continue;
        }
        if look.ends_with("lajar") {
            return (
                prefix,
                vowels.iter().map(|root| format!("{root}{rest}")).collect(),
            );
        }
        let vowel = rest.starts_with(is_vowel);
        let roots: Vec<String> = if vowel {
            vowels
                .iter()
                .map(|first| format!("{first}{rest}"))
                .filter(|root| stands(root))
                .collect()
        } else if begins_well(rest) && stands(rest) && follows(look, rest) {
            vec![rest.to_owned()]
        } else {
            Vec::new()
        };
        if !roots.is_empty() {
            return (prefix, roots);
        }
    }
    (Prefix::None, vec![word.to_owned()])
}

/// Whether the prefix takes this shape before a root that begins with this consonant.
fn follows(look: &str, rest: &str) -> bool {
    let first = rest.chars().next().unwrap_or(' ');
    match look {
        "mem" | "pem" => matches!(first, 'b' | 'f' | 'p' | 'v'),
        "men" | "pen" => matches!(first, 'c' | 'd' | 'j' | 's' | 't' | 'z'),
        "meng" | "peng" => matches!(first, 'g' | 'h' | 'k'),
        "me" => matches!(first, 'l' | 'm' | 'n' | 'r' | 'w' | 'y'),
        "meny" | "peny" => false,
        // be-kerja, be-terbang: an r in the first syllable swallows the prefix's own.
        "be" => rest.get(1..3) == Some("er"),
        _ => true,
    }
}

/// Whether an Indonesian word may begin so: one consonant and a vowel, or one of the usual pairs.
fn begins_well(word: &str) -> bool {
    let mut letters = word.chars();
    let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
    let pair = match second {
        'h' | 'w' => first == 'k' || (second == 'w' && first == 's'),
        'y' => matches!(first, 's' | 'n'),
        'r' => matches!(first, 'b' | 'd' | 'f' | 'g' | 'k' | 'p' | 't'),
        'l' => matches!(first, 'b' | 'f' | 'g' | 'k' | 'p' | 's'),
        'k' | 'p' | 't' => first == 's',
        _ => false,
    };
    is_vowel(first)
        || is_vowel(second)
        || pair
        || (word.starts_with("ng") && word.chars().nth(2).is_some_and(is_vowel))
}

/// Whether enough stays: three letters, two of them vowels.
fn stands(rest: &str) -> bool {
    rest.len() >= 3 && rest.chars().filter(|c| is_vowel(*c)).count() >= 2
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_in_order() {
        assert!(STOP.is_sorted());
        assert!(stop_word("yang") && !stop_word("sampah"));
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (root, forms) in [
            (
                "kelola",
                "mengelola pengelolaan dikelola kelolalah pengelola",
            ),
            ("tata", "menata penataan ditata menatanya"),
            (
                "parkir",
                "parkirnya parkiran memarkir perparkiran parkirkah",
            ),
            ("bangun", "bangunan pembangunan membangun dibangunkan"),
            ("bijak", "kebijakan kebijakannya"),
            ("lanjut", "berkelanjutan kelanjutan melanjutkan dilanjutkan"),
            (
                "baik",
                "perbaikan memperbaiki diperbaiki kebaikan sebaiknya",
            ),
            ("tahan", "mempertahankan dipertahankan"),
            ("jalan", "pejalan perjalanan berjalan jalanan dijalankan"),
            ("kerja", "bekerja pekerja pekerjaan dikerjakan"),
            ("ajar", "belajar pelajar pelajaran mengajar pembelajaran"),
            ("rencana", "perencanaan merencanakan berencana direncanakan"),
            ("sedia", "menyediakan penyediaan disediakan tersedia"),
            ("laku", "berlaku pemberlakuan diberlakukan"),
            ("ubah", "mengubah perubahan berubah diubah"),
            ("buang", "pembuangan membuang dibuang"),
            ("olah", "pengolahan mengolah diolah"),
            ("masalah", "permasalahan masalahnya bermasalah"),
            ("air", "perairan airnya pengairan"),
            ("tanda", "menandai penanda ditandai"),
        ] {
            let own = stems(root);
            for form in forms.split(' ') {
                assert!(
                    stems(form)
                        .iter()
                        .any(|stem| own.contains(stem) || stem == root),
                    "{root} {own:?}, {form} {:?}",
                    stems(form)
                );
            }
        }
    }

    #[test]
    fn roots_stay_whole() {
        for root in [
            "jalan",
            "makan",
            "taman",
            "buku",
            "hari",
            "sungai",
            "masalah",
            "kendaraan",
            "ibu",
        ] {
            let found = stems(root);
            assert!(
                !found.is_empty() && found[0].len() >= 3,
                "{root}: {found:?}"
            );
        }
        assert_eq!(stems("masalah"), ["masalah"]);
        assert_eq!(stems("jalan"), ["jalan"]);
        assert_eq!(stems("kendaraan"), ["kendara"]);
        assert_eq!(stems("b3rsih"), ["b3rsih"]);
    }
}
