//! A text cut into words, each with the ASCII key under which it is compared.

/// A word of a text: where it stands, in bytes, and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// As written.
    pub text: &'t str,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Lower case, without accents; letters beyond Latin as `z` and five hexadecimal digits.
    pub key: String,
    /// Whether it is one character of Chinese, Japanese or Korean, which are written without gaps.
    pub han: bool,
    /// Of such a character: whether no other stands beside it.
    pub lone: bool,
}

/// Longest key, in bytes: what is longer is no word that anybody looks for.
const LONGEST_KEY: usize = 60;

/// Cuts a text into words: runs of letters and digits. Apostrophes inside a word do not split it (`Jum'at`).
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        if is_han(c) {
            close(&mut out, &mut open, text, at);
            let lone = out
                .last()
                .is_none_or(|before| !before.han || before.end != at);
            if !lone && let Some(before) = out.last_mut() {
                before.lone = false;
            }
            out.push(Word {
                text: &text[at..end],
                start: at,
                end,
                key: fold_char(c),
                han: true,
                lone,
            });
            continue;
        }
        let key = fold_char(c);
        let inside = matches!(c, '\'' | '’' | 'ʼ')
            && open.is_some()
            && chars
                .peek()
                .is_some_and(|(_, next)| next.is_alphabetic() && !is_han(*next));
        if key.is_empty() && !inside && !is_mark(c) {
            close(&mut out, &mut open, text, at);
        } else if let Some((_, word)) = &mut open {
            word.push_str(&key);
        } else if !key.is_empty() {
            open = Some((at, key));
        }
    }
    close(&mut out, &mut open, text, text.len());
    out
}

fn close<'t>(
    out: &mut Vec<Word<'t>>,
    open: &mut Option<(usize, String)>,
    text: &'t str,
    end: usize,
) {
    if let Some((start, mut key)) = open.take() {
        // Keys are ASCII: any byte is a border.
        key.truncate(LONGEST_KEY);
        out.push(Word {
            text: &text[start..end],
            start,
            end,
            key,
            han: false,
            lone: false,
        });
    }
}

/// A whole text folded: the keys of its words, apart by single blanks. Folding twice changes nothing more.
pub fn fold(text: &str) -> String {
    words(text)
        .iter()
        .map(|word| word.key.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key of one character; empty when it belongs to no word.
fn fold_char(c: char) -> String {
    // Full-width letters and digits are the plain ones.
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase().to_string()
        } else {
            String::new()
        };
    }
    let plain = match c.to_lowercase().next().unwrap_or(c) {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ß' => "ss",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        other if is_mark(other) || !other.is_alphanumeric() => "",
        other => return format!("z{:05x}", u32::from(other)),
    };
    plain.to_owned()
}

/// Accents that stand as characters of their own: they belong to the letter before.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{200c}' | '\u{200d}')
}

/// Characters of scripts that put no gaps between words.
const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_and_folds() {
        assert_eq!(
            fold("Jum’at, Café-ÉTÉ 1.284 m²"),
            "jumat cafe ete 1 284 mz000b2"
        );
        assert_eq!(fold("e\u{301}cole '' ' x"), "ecole x");
        assert_eq!(fold("ＡＢＣ"), "abc");
        let found = words("a優步b");
        assert_eq!(
            found.iter().map(|w| w.text).collect::<Vec<_>>(),
            ["a", "優", "步", "b"]
        );
        assert_eq!(
            found.iter().map(|w| w.lone).collect::<Vec<_>>(),
            [false, false, false, false]
        );
        assert!(words("超 x")[0].lone);
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once.clone());
        }

        #[test]
        fn words_stand_where_they_say(text in "\\PC*") {
            let mut end = 0;
            for word in words(&text) {
                proptest::prop_assert!(word.start >= end && word.end > word.start);
                proptest::prop_assert_eq!(&text[word.start..word.end], word.text);
                end = word.end;
            }
        }
    }
}
