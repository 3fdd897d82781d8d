//! Addresses as functions: a link to a page that is not there does not compile.

use std::fmt::Display;

/// The home page.
pub const HOME: &str = "/";
/// All consultations.
pub const CONSULTATIONS: &str = "/konsultasi";
/// Search.
pub const SEARCH: &str = "/cari";
/// The Atom feed.
pub const FEED: &str = "/umpan.atom";
/// The calendar of all closing dates.
pub const CALENDAR: &str = "/kalender.ics";
/// What is shown instead of a page that cannot be fetched.
pub const OFFLINE: &str = "/luring";
/// Sign in.
pub const SIGN_IN: &str = "/akun/masuk";
/// Open an account.
pub const REGISTER: &str = "/akun/daftar";
/// Sign out (POST).
pub const SIGN_OUT: &str = "/akun/keluar";
/// One's own account.
pub const PROFILE: &str = "/akun/profil";
/// One's notices.
pub const NOTICES: &str = "/akun/kabar";
/// Keeps what is being typed (POST).
pub const DRAFT: &str = "/draf";
/// The back office.
pub const OFFICE: &str = "/kantor";
/// Following a case by its reference.
pub const TRACK: &str = "/lacak";
/// The inbox of cases.
pub const CASES: &str = "/kantor/kasus";
/// Filling a form in at the counter.
pub const COUNTER: &str = "/kantor/loket";
/// Looking for a case by its reference or a NIK.
pub const FIND_CASE: &str = "/kantor/kasus/cari";
/// Asking whether a letter holds.
pub const VERIFY: &str = "/verifikasi";
/// How letters are written.
pub const LETTER_TEMPLATES: &str = "/kantor/templat-surat";
/// The table of holidays.
pub const HOLIDAYS: &str = "/kantor/hari-libur";
/// The public log of moderation.
pub const MODERATION_LOG: &str = "/moderasi";
/// The land tax of a property.
pub const TAX: &str = "/layanan/pbb/tagihan";
/// The payments of a day, for the office.
pub const PAYMENTS: &str = "/kantor/pembayaran";
/// The forms that an office builds.
pub const FORMS: &str = "/kantor/formulir";
/// All services.
pub const SERVICES: &str = "/layanan";
/// Going on with a form by a code.
pub const RESUME: &str = "/layanan/lanjut";
/// Open data.
pub const OPEN_DATA: &str = "/data";

/// A consultation.
pub fn consultation(slug: impl Display) -> String {
    format!("/konsultasi/{slug}")
}

/// The policy text.
pub fn text(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/naskah")
}

/// One clause with its comments.
pub fn clause(slug: impl Display, label: impl Display) -> String {
    format!("/konsultasi/{slug}/naskah/{label}")
}

/// What changed from version to version.
pub fn text_changes(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/naskah/perubahan")
}

/// All comments.
pub fn comments(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/tanggapan")
}

/// One comment with its thread.
pub fn comment(id: impl Display) -> String {
    format!("/tanggapan/{id}")
}

/// Judging statements one at a time.
pub fn statements(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/pernyataan")
}

/// All statements with their counts.
pub fn all_statements(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/pernyataan/semua")
}

/// Where people agree: the groups of opinion.
pub fn groups(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/kelompok")
}

/// Casting a ballot (POST).
pub fn vote(slug: impl Display, question: impl Display) -> String {
    format!("/konsultasi/{slug}/suara/{question}")
}

/// The result.
pub fn result(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/hasil")
}

/// The public history of changes.
pub fn history(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/riwayat")
}

/// The closing date for a calendar.
pub fn calendar(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/kalender.ics")
}

/// News of the consultation while it is open, as server-sent events.
pub fn live(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/langsung")
}

/// Follow or unfollow (POST).
pub fn follow(slug: impl Display) -> String {
    format!("/konsultasi/{slug}/ikuti")
}

/// A service.
pub fn service(key: impl Display) -> String {
    format!("{SERVICES}/{key}")
}

/// The confirmation of what was handed in, by the number of its case.
pub fn sent(key: impl Display, reference: impl Display) -> String {
    format!("{SERVICES}/{key}/terkirim/{reference}")
}

/// The guide to risks that belongs to a service.
pub fn guide(key: impl Display) -> String {
    format!("{SERVICES}/{key}/panduan")
}

/// A form as its office keeps it.
pub fn form(key: impl Display) -> String {
    format!("{FORMS}/{key}")
}

/// A form as a phone keeps it, for filling in without a network.
pub fn service_offline(key: impl Display) -> String {
    format!("{SERVICES}/{key}{OFFLINE}")
}

/// What a phone keeps of a version of a form, and where it shows what waits: three addresses.
pub fn kept(key: impl Display, version: u32) -> String {
    format!(
        "{SERVICES}/{key}{OFFLINE}?versi={version} {SERVICES}/{key}/formulir.json?versi={version} {SERVICES}"
    )
}

/// Announcing a file of a form that comes piece by piece (POST).
pub const UPLOAD: &str = "/layanan/unggah";

/// A stored file.
pub fn file(id: impl Display, name: impl Display) -> String {
    format!("/berkas/{id}/{name}")
}

/// A case as who asked sees it, by its reference without the dash.
pub fn track(reference: impl Display) -> String {
    format!("{TRACK}/{reference}")
}

/// A bill, by its code without the dash.
pub fn bill(code: impl Display) -> String {
    format!("/bayar/{code}")
}

/// Where who asked shows that a case is theirs.
pub fn track_of(reference: impl Display) -> String {
    format!("{TRACK}?nomor={reference}")
}

/// The receipt of a case for who asked.
pub fn receipt(reference: impl Display) -> String {
    format!("{TRACK}/{reference}/tanda-terima.pdf")
}

/// A letter of a case for who asked, by its code without the dash.
pub fn letter(reference: impl Display, code: impl Display) -> String {
    format!("{TRACK}/{reference}/surat/{code}.pdf")
}

/// The letters of a case in the office.
pub fn letters(reference: impl Display) -> String {
    format!("{CASES}/{reference}/surat")
}

/// Whether a letter holds, by its code without the dash.
pub fn verify(code: impl Display) -> String {
    format!("{VERIFY}/{code}")
}

/// A case in the office, by its reference without the dash.
pub fn case(reference: impl Display) -> String {
    format!("{CASES}/{reference}")
}

/// Sign in and come back to `place` afterwards.
pub fn sign_in_for(place: &str) -> String {
    format!("{SIGN_IN}?lanjut={}", encode(place))
}

/// A text as a query value: everything but unreserved characters and `/` becomes `%XX`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            for nibble in [byte >> 4, byte & 15] {
                out.push(
                    char::from_digit(u32::from(nibble), 16)
                        .unwrap_or('0')
                        .to_ascii_uppercase(),
                );
            }
            let at = out.len() - 2;
            out.insert(at, '%');
        }
    }
    out
}

/// Whether an address stays on this site: a single leading slash, no backslash, no control character.
pub fn is_local(place: &str) -> bool {
    place.starts_with('/')
        && !place.starts_with("//")
        && !place.chars().any(|c| c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_what_would_end_a_value() {
        assert_eq!(encode("/a b?c=d&é"), "/a%20b%3Fc%3Dd%26%C3%A9");
    }

    #[test]
    fn only_our_own_addresses_are_local() {
        for good in ["/", "/konsultasi/a?b=c#d"] {
            assert!(is_local(good), "{good}");
        }
        for bad in [
            "",
            "//evil",
            "/\\evil",
            "https:evil",
            "evil",
            "/a\nb",
            "javascript:alert(1)",
        ] {
            assert!(!is_local(bad), "{bad}");
        }
    }
}
