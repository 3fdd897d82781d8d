//! Texts that people type: measured in characters, trimmed, without control characters.

use crate::Problem;

/// A single line: inner white space becomes one blank, control and direction-override characters go.
///
/// Counts Unicode characters, not bytes. Errors: [`Problem::Missing`], [`Problem::TooShort`], [`Problem::TooLong`].
pub fn line(raw: &str, min: u32, max: u32) -> Result<String, Problem> {
    let text = raw
        .split_whitespace()
        .map(|word| {
            word.chars()
                .filter(|c| !is_unwanted(*c))
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    measured(text, min, max)
}

/// A text of several lines: line ends become `\n`, trailing blanks go, three or more empty lines become one.
///
/// Counts and errors as [`line`].
pub fn body(raw: &str, min: u32, max: u32) -> Result<String, Problem> {
    let mut text = String::with_capacity(raw.len());
    let mut empty = 0;
    for row in raw.replace("\r\n", "\n").replace('\r', "\n").lines() {
        let row: String = row
            .chars()
            .filter(|c| *c == '\t' || !is_unwanted(*c))
            .collect();
        let row = row.trim_end();
        if row.is_empty() {
            empty += 1;
            if empty > 1 {
                continue;
            }
        } else {
            empty = 0;
        }
        text.push_str(row);
        text.push('\n');
    }
    measured(text.trim().to_owned(), min, max)
}

/// A short word for addresses: lower-case ASCII letters, digits and single hyphens, 3 to 80 characters.
pub fn slug(raw: &str) -> Result<String, Problem> {
    let text = raw.trim();
    let text = measured(text.to_owned(), 3, 80)?;
    let fits = text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--");
    if fits {
        Ok(text)
    } else {
        Err(Problem::Malformed)
    }
}

/// Makes a slug out of a title; may be shorter than a valid one when the title has few Latin letters.
pub fn slug_of(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        let c = match c {
            'à'..='å' => 'a',
            'è'..='ë' => 'e',
            'ì'..='ï' => 'i',
            'ò'..='ö' => 'o',
            'ù'..='ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other => other,
        };
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
        if out.len() >= 72 {
            break;
        }
    }
    out.trim_matches('-').to_owned()
}

/// Whether a character has no place in what a person types: controls, and marks that reverse or hide text.
fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn measured(text: String, min: u32, max: u32) -> Result<String, Problem> {
    let given = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if given == 0 && min > 0 {
        Err(Problem::Missing)
    } else if given < min {
        Err(Problem::TooShort { min })
    } else if given > max {
        Err(Problem::TooLong { max, given })
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(
            line("  Bu\r\n Siti \u{202e}A. ", 1, 50),
            Ok("Bu Siti A.".to_owned())
        );
        assert_eq!(line(" \n ", 1, 5), Err(Problem::Missing));
        assert_eq!(line("", 0, 5), Ok(String::new()));
        assert_eq!(line("äöü", 4, 9), Err(Problem::TooShort { min: 4 }));
        assert_eq!(
            line("äöüß", 1, 3),
            Err(Problem::TooLong { max: 3, given: 4 })
        );
    }

    #[test]
    fn a_body_keeps_its_paragraphs() {
        assert_eq!(
            body("a \r\n\r\n\r\n\r\nb\u{0}", 1, 50),
            Ok("a\n\nb".to_owned())
        );
    }

    #[test]
    fn slugs() {
        assert_eq!(
            slug_of("Jalur Sepeda & Pejalan Kaki, 2027"),
            "jalur-sepeda-pejalan-kaki-2027"
        );
        assert!(slug("jalur-sepeda").is_ok());
        for bad in ["a", "A-b-c", "-abc", "abc-", "a--bc", "äbc", "a/b"] {
            assert!(slug(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_text_or_a_problem(raw in "\\PC*") {
            if let Ok(text) = line(&raw, 1, 100) {
                proptest::prop_assert!(text.chars().count() <= 100);
                proptest::prop_assert_eq!(line(&text, 1, 100), Ok(text.clone()));
            }
            let _ = body(&raw, 1, 100);
            let made = slug_of(&raw);
            proptest::prop_assert!(made.len() < 3 || slug(&made).is_ok());
        }
    }
}
