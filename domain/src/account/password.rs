use crate::Problem;

/// Fewest characters of a password.
pub const SHORTEST_PASSWORD: u32 = 12;
/// Most characters of a password.
pub const LONGEST_PASSWORD: u32 = 128;

/// Characters that must be left when all that can be guessed is taken out.
const LEAST_OWN: usize = 6;
/// Fewest different characters.
const LEAST_DIFFERENT: usize = 5;

/// What people put into passwords here and elsewhere. A password that is only these, runs and years is refused.
const COMMON: &str = "\
    password passw passwort katasandi sandi rahasia kunci login masuk admin administrator user \
    pengguna root guest tamu test tes demo contoh coba welcome selamat datang hello halo \
    letmein changeme secret default master qwerty qwertz azerty asdf zxcv qazwsx abc abcd xyz \
    iloveyou ilove love cinta sayang kamu aku saya kita dia kangen rindu selamanya forever \
    bismillah alhamdulillah subhanallah insyaallah allah akbar muhammad yesus jesus indonesia \
    merdeka garuda pancasila nusantara jakarta surabaya malang bandung jawa timur jatim arema \
    aremania persebaya persib ngalam singo edan football sepakbola barcelona liverpool \
    manchester chelsea arsenal juventus princess dragon monkey sunshine shadow superman batman \
    pokemon naruto keluarga bahagia anak mama papa ibu bapak ayah bunda kakak adik suami istri \
    sekolah kuliah kerja kantor rumah dinas pemkot pemerintah balaikota walikota warga kota \
    desa kelurahan kecamatan rembug rembuk agrowisata apel januari februari maret april juni \
    juli agustus september oktober november desember january february march august october \
    december senin selasa rabu kamis jumat sabtu minggu monday friday summer winter gmail \
    yahoo google facebook instagram whatsapp tiktok android samsung xiaomi oppo internet wifi";

/// Neighbours on a keyboard, row by row.
const ROWS: [&str; 5] = [
    "`1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "!@#$%^&*()_+",
];

pub(super) fn check(raw: &str, email: &str, name: &str, local: &[String]) -> Result<(), Problem> {
    let given = u32::try_from(raw.chars().count()).unwrap_or(u32::MAX);
    if given == 0 {
        Err(Problem::Missing)
    } else if given < SHORTEST_PASSWORD {
        Err(Problem::TooShort {
            min: SHORTEST_PASSWORD,
        })
    } else if given > LONGEST_PASSWORD {
        Err(Problem::TooLong {
            max: LONGEST_PASSWORD,
            given,
        })
    } else if is_guessable(raw, email, name, local) {
        Err(Problem::Guessable)
    } else {
        Ok(())
    }
}

fn is_guessable(raw: &str, email: &str, name: &str, local: &[String]) -> bool {
    let typed: Vec<char> = raw.chars().flat_map(char::to_lowercase).collect();
    let mut different = typed.clone();
    different.sort_unstable();
    different.dedup();
    if different.len() < LEAST_DIFFERENT || repeats(&typed) {
        return true;
    }
    let words = words(email, name, local);
    own(&typed, &words) < LEAST_OWN || own(&plain(&typed), &words) < LEAST_OWN
}

/// Everything that is taken out, longest first, so that `katasandi` goes before `sandi`.
fn words(email: &str, name: &str, local: &[String]) -> Vec<Vec<char>> {
    let mailbox = email.trim().split('@').next().unwrap_or_default();
    let pieces = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase)
            .collect()
    };
    let mut words: Vec<Vec<char>> = COMMON
        .split_whitespace()
        .map(|w| w.chars().collect())
        .collect();
    let mut personal = vec![mailbox.to_lowercase()];
    personal.extend(pieces(mailbox));
    personal.extend(pieces(name));
    personal.extend(local.iter().flat_map(|name| pieces(name)));
    personal.extend(local.iter().map(|name| name.to_lowercase()));
    words.extend(
        personal
            .into_iter()
            .map(|w| w.chars().collect::<Vec<_>>())
            .filter(|w| w.len() > 2),
    );
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words
}

/// How many characters are left without the words, with runs, years and blanks counted little.
fn own(typed: &[char], words: &[Vec<char>]) -> usize {
    let mut rest: Vec<char> = typed.to_vec();
    for word in words {
        let mut from = 0;
        while let Some(at) = rest[from..]
            .windows(word.len())
            .position(|w| w == word.as_slice())
        {
            // A blank stays in the gap, so that the ends do not make a new word.
            rest.splice(from + at..from + at + word.len(), [' ']);
            from += at;
        }
    }
    let mut left = 0;
    for part in rest.split(|c| c.is_whitespace()) {
        left += if is_year(part) {
            1
        } else {
            part.len() - run_length(part)
        };
    }
    left
}

/// How many characters of the part merely go on with what stands before them: `aaa`, `1234`, `rewq`.
fn run_length(part: &[char]) -> usize {
    let mut repeated = 0;
    let mut start = 0;
    while start < part.len() {
        let mut end = start + 1;
        while end < part.len() && is_step(part[end - 1], part[end]) {
            end += 1;
        }
        if end - start > 2 {
            repeated += end - start - 1;
        }
        start = end;
    }
    repeated
}

fn is_step(a: char, b: char) -> bool {
    let next = |row: &str| {
        let (x, y) = (
            row.chars().position(|c| c == a),
            row.chars().position(|c| c == b),
        );
        matches!((x, y), (Some(x), Some(y)) if x.abs_diff(y) == 1)
    };
    u32::from(a).abs_diff(u32::from(b)) <= 1 || ROWS.iter().any(|row| next(row))
}

fn is_year(part: &[char]) -> bool {
    let text: String = part.iter().filter(|c| c.is_numeric()).collect();
    part.iter().all(|c| !c.is_alphabetic())
        && text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
}

/// Whether the whole is one short piece again and again.
fn repeats(typed: &[char]) -> bool {
    (1..=typed.len() / 3)
        .any(|n| n <= 5 && typed.iter().enumerate().all(|(i, c)| *c == typed[i % n]))
}

/// Letters that stand behind their usual disguises.
fn plain(typed: &[char]) -> Vec<char> {
    typed
        .iter()
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' | '|' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => *other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(raw: &str) -> Result<(), Problem> {
        let local = ["Kota Batu", "Sumberbrantas", "Oro-oro Ombo"].map(String::from);
        check(raw, "siti.aminah77@warga.example", "Siti Aminah", &local)
    }

    #[test]
    fn what_everybody_guesses_is_refused() {
        for bad in [
            "123456789012",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "password1234",
            "P4ssw0rd2026",
            "PasswordPassword!!",
            "qwertyuiop12",
            "qazwsxqazwsx",
            "rahasia12345",
            "Bismillah2026",
            "iloveyou12345",
            "KotaBatu2026!",
            "sumberbrantas1",
            "oro-oro ombo",
            "siti.aminah77",
            "SitiAminah1990",
            "rembug-demo-2026",
            "indonesia#1945#",
            "987654321098",
            "asdfghjkl;'a",
        ] {
            assert_eq!(verdict(bad), Err(Problem::Guessable), "{bad}");
        }
    }

    #[test]
    fn any_other_text_is_fine() {
        for good in [
            "tiga ekor bebek lewat",
            "correct horse battery",
            "Xk9#mQ2$vL7p",
            "?;]{:'>|~`^\\",
            "жёлтый дом у реки",
            " kopi hitam pagi ",
            "482918472293",
            "山の上の小さな家が好きです",
        ] {
            assert_eq!(verdict(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn lengths_count_characters() {
        assert_eq!(verdict(""), Err(Problem::Missing));
        assert_eq!(verdict("sebelas hrf"), Err(Problem::TooShort { min: 12 }));
        assert_eq!(verdict("ängströmöüß7"), Ok(()));
        let long: String = "kopi luwak teh poci ".chars().cycle().take(128).collect();
        assert_eq!(verdict(&long), Ok(()));
        assert_eq!(
            verdict(&format!("{long}x")),
            Err(Problem::TooLong {
                max: 128,
                given: 129
            })
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_gets_a_verdict(raw in "\\PC{0,140}", email in "\\PC{0,40}", name in "\\PC{0,40}") {
            let _ = check(&raw, &email, &name, std::slice::from_ref(&name));
        }
    }
}
