//! Blanks in a template, `{{nama}}`, and what is put into them.

/// What may be put into a letter, beside the answers of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blank {
    /// The name of who asked.
    Name,
    /// The reference of the case.
    Reference,
    /// What was asked for.
    Service,
    /// What was decided.
    Decision,
    /// Why.
    Reason,
    /// The day of the letter.
    Date,
    /// The day on which it was asked for.
    Received,
    /// The number of the letter.
    Number,
    /// The office.
    Office,
    /// How the office is reached.
    Contact,
    /// The city.
    City,
    /// The officer who issues the letter.
    Officer,
}

impl Blank {
    /// All of them with the word that stands between the braces.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Name, "nama"),
        (Self::Reference, "nomor_permohonan"),
        (Self::Service, "layanan"),
        (Self::Decision, "keputusan"),
        (Self::Reason, "alasan"),
        (Self::Date, "tanggal"),
        (Self::Received, "tanggal_permohonan"),
        (Self::Number, "nomor_surat"),
        (Self::Office, "kantor"),
        (Self::Contact, "alamat_kantor"),
        (Self::City, "kota"),
        (Self::Officer, "petugas"),
    ];

    /// Reads the word; `None` when it is none of ours.
    pub fn parse(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, own)| *own == word);
        found.map(|(blank, _)| *blank)
    }
}

/// How the word of an answer begins: `jawaban.nama_anak`.
const ANSWER: &str = "jawaban.";

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Two opening braces without two closing ones in the same line.
    #[error("braces are not closed")]
    Open,
    /// A blank that is none of ours, by its word.
    #[error("no such blank: {0}")]
    Unknown(String),
}

/// A piece of a template.
enum Piece<'t> {
    Text(&'t str),
    Blank(&'t str),
}

/// The pieces of a text in order; `None` behind the first braces that are not closed in their line.
fn pieces(text: &str) -> Vec<Option<Piece<'_>>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once("{{") {
        pieces.push(Some(Piece::Text(before)));
        let inside = after
            .split_once("}}")
            .filter(|(word, _)| !word.contains(['\n', '{']));
        let Some((word, after)) = inside else {
            pieces.push(None);
            return pieces;
        };
        pieces.push(Some(Piece::Blank(word.trim())));
        rest = after;
    }
    pieces.push(Some(Piece::Text(rest)));
    pieces
}

/// Checks the blanks of a text. `is_asked` says whether a form has a question of this key.
///
/// Errors: the first thing that is wrong.
pub fn blanks(text: &str, is_asked: impl Fn(&str) -> bool) -> Result<(), Unfit> {
    for piece in pieces(text) {
        match piece {
            None => return Err(Unfit::Open),
            Some(Piece::Text(_)) => {}
            Some(Piece::Blank(word)) => {
                let is_known = match word.strip_prefix(ANSWER) {
                    Some(key) => is_asked(key),
                    None => Blank::parse(word).is_some(),
                };
                if !is_known {
                    return Err(Unfit::Unknown(word.to_owned()));
                }
            }
        }
    }
    Ok(())
}

/// Puts values into the blanks of a text, by their words. What is put in is text, never a blank again. Where there is no value
/// stands a dash; braces that are not closed stay as they are.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut read = 0;
    for piece in pieces(text) {
        match piece {
            None => {
                filled.push_str(&text[read..]);
                break;
            }
            Some(Piece::Text(part)) => {
                filled.push_str(part);
                read += part.len();
            }
            Some(Piece::Blank(word)) => {
                let value = value(word).filter(|value| !value.trim().is_empty());
                filled.push_str(value.as_deref().unwrap_or("–"));
                read += text[read..].find("}}").map_or(0, |end| end + 2);
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        fill(text, |word| match word {
            "nama" => Some("Siti {{alasan}}".to_owned()),
            "jawaban.anak" => Some("Dewi".to_owned()),
            "alasan" => Some("  ".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn values_go_into_blanks_once() {
        assert_eq!(filled("Yth. {{nama}},"), "Yth. Siti {{alasan}},");
        assert_eq!(filled("{{ jawaban.anak }}{{nama}}"), "DewiSiti {{alasan}}");
        assert_eq!(filled("{{alasan}} {{apa}} {{}}"), "– – –");
        assert_eq!(filled("a {b} }} {{nama"), "a {b} }} {{nama");
        assert_eq!(filled("{{nama\n}} x {{nama}}"), "{{nama\n}} x {{nama}}");
        assert_eq!(filled("{{nama}} {{{{x}}"), "Siti {{alasan}} {{{{x}}");
    }

    #[test]
    fn what_is_no_blank_is_named() {
        let check = |text: &str| blanks(text, |key| key == "anak");
        assert_eq!(
            check("{{nama}} {{ keputusan }} {{jawaban.anak}} { }"),
            Ok(())
        );
        assert_eq!(check("{{namaa}}"), Err(Unfit::Unknown("namaa".into())));
        assert_eq!(
            check("{{jawaban.ibu}}"),
            Err(Unfit::Unknown("jawaban.ibu".into()))
        );
        assert_eq!(check("x {{nama"), Err(Unfit::Open));
        assert_eq!(check("{{nama\n}}"), Err(Unfit::Open));
        for (blank, word) in Blank::ALL {
            assert_eq!(Blank::parse(word), Some(blank));
            assert_eq!(check(&format!("{{{{{word}}}}}")), Ok(()));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_template_or_not(text in "([{}a-z. \n]|nama|\\PC){0,40}") {
            let is_fit = blanks(&text, |_| true).is_ok();
            let same = fill(&text, |word| Some(format!("<{word}>")));
            proptest::prop_assert!(!is_fit || !same.contains("{{"));
        }

        #[test]
        fn a_text_without_blanks_stays(text in "[^{]{0,40}") {
            proptest::prop_assert_eq!(fill(&text, |_| None), text);
        }
    }
}
