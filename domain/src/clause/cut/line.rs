//! What single lines look like: headings, chapters, articles, numbers, titles.

/// Which lines stand outside fenced code, where nothing begins.
pub(super) fn outside_code(lines: &[&str]) -> Vec<bool> {
    let mut inside = false;
    lines
        .iter()
        .map(|line| {
            let fence = line.trim_start().starts_with("```");
            let plain = !inside && !fence;
            inside ^= fence;
            plain
        })
        .collect()
}

/// `## Judul` as its level and title.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let title = line.get(level..)?.strip_prefix(' ')?;
    let title = title.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&level) && !title.is_empty()).then_some((level, title))
}

/// The level of headings at which to cut: the deepest that comes more than once, or the only one there is.
pub(super) fn clause_level(lines: &[&str], plain: &[bool]) -> Option<usize> {
    let mut count = [0_usize; 7];
    for (line, _) in lines.iter().zip(plain).filter(|(_, plain)| **plain) {
        if let Some((level, _)) = heading(line) {
            count[level] += 1;
        }
    }
    (1..=6)
        .rev()
        .find(|level| count[*level] > 1)
        .or_else(|| (1..=6).rev().find(|level| count[*level] > 0))
}

/// A line without marks of emphasis and of headings.
pub(super) fn bare(line: &str) -> String {
    let line = heading(line).map_or(line, |(_, title)| title);
    line.trim().trim_matches(['*', '_']).trim().to_owned()
}

/// `BAB II. Judul` as `BAB II. Judul`.
pub(super) fn chapter(line: &str) -> Option<String> {
    let line = bare(line);
    let (word, rest) = line.split_once(' ')?;
    let is_word = ["bab", "chapter", "bagian", "buku", "part"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known));
    let number = rest.split([' ', '.', ':']).next().unwrap_or_default();
    let counts = !number.is_empty()
        && (number.bytes().all(|b| b.is_ascii_digit())
            || number.bytes().all(|b| b"IVXLCDM".contains(&b))
            || ORDINALS
                .iter()
                .any(|known| number.eq_ignore_ascii_case(known)));
    let rest = rest[number.len()..].trim();
    // "Bab II berisi …" is a sentence, not a heading.
    let ends = rest.is_empty() || rest.starts_with(['.', ':', '–', '-', '—']);
    let loud = rest.chars().any(char::is_alphabetic) && rest == rest.to_uppercase();
    (is_word && counts && (ends || loud || is_title(rest) && rest.starts_with(char::is_uppercase)))
        .then(|| line.trim_end_matches(['.', ':']).to_owned())
}

const ORDINALS: [&str; 10] = [
    "kesatu",
    "kedua",
    "ketiga",
    "keempat",
    "kelima",
    "keenam",
    "ketujuh",
    "kedelapan",
    "kesembilan",
    "kesepuluh",
];

/// `Pasal 4A. Judul` as `("4a", "Judul")`.
pub(super) fn article(line: &str) -> Option<(String, String)> {
    let is_heading = heading(line).is_some();
    let line = bare(line);
    let (word, rest) = line.split_once(' ')?;
    if !["pasal", "article", "clause"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
    {
        return None;
    }
    let rest = rest.trim_start();
    let label: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    let roman = !label.is_empty() && label.bytes().all(|b| b"IVXLC".contains(&b));
    if !(roman || digits > 0 && label.len() <= digits + 2) {
        return None;
    }
    let rest = rest[label.len()..].trim_start();
    let title = rest
        .trim_start_matches(['.', ':', '–', '—', '-', ')'])
        .trim();
    // "Pasal 4 ayat (2) dihapus." is a sentence about a clause; a heading says so, or stops there, or has a mark.
    let marked = title.len() < rest.len() && !title.starts_with(|c: char| c.is_ascii_digit());
    let fits = is_heading || rest.is_empty() || marked && is_title(title);
    fits.then(|| (label.to_lowercase(), bare(title)))
}

/// `1. …` or `1) …` at the very start of a line.
pub(super) fn numbered(line: &str) -> Option<(String, &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
    let rest = rest.strip_prefix(' ')?.trim();
    ((1..=4).contains(&digits) && !rest.is_empty())
        .then(|| (line[..digits].trim_start_matches('0').to_owned(), rest))
}

/// Whether there are at least two numbered lines that count upwards from 1.
pub(super) fn counts_up(lines: &[&str], plain: &[bool]) -> bool {
    let numbers: Vec<usize> = lines
        .iter()
        .zip(plain)
        .filter(|(_, plain)| **plain)
        .filter_map(|(line, _)| numbered(line)?.0.parse().ok())
        .collect();
    numbers.len() > 1 && numbers.iter().enumerate().all(|(n, found)| *found == n + 1)
}

/// Whether a line reads like a title: short, and no sentence.
pub(super) fn is_title(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty()
        && line.chars().count() <= 100
        && !line.ends_with(['.', ';', ',', ':'])
        && !line.starts_with(['(', '-', '*', '>', '|'])
        && numbered(line).is_none()
        && article(line).is_none()
}
