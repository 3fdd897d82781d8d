use std::fmt::Write as _;

/// Longest address that is followed.
const LONGEST: usize = 2_000;

/// Where to go after signing in: the local address `raw`, or `/` when it could lead to another site or back to signing in.
///
/// The answer is ASCII that may stand in a `Location` header; other characters come out percent-encoded.
pub fn local_path(raw: &str) -> String {
    let is_local = raw.starts_with('/')
        // Browsers read a backslash as a slash, and two slashes begin another host.
        && !raw[1..].starts_with(['/', '\\'])
        && raw.len() <= LONGEST
        // They also drop tabs and line ends from an address before they read it.
        && !raw.chars().any(char::is_control);
    if !is_local || leads_back(raw) {
        return "/".to_owned();
    }
    let mut path = String::with_capacity(raw.len());
    for byte in raw.bytes() {
        if byte.is_ascii_graphic() && !b"\\\"<>^`{|}".contains(&byte) {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path
}

fn leads_back(raw: &str) -> bool {
    let path = raw.split(['?', '#']).next().unwrap_or_default();
    ["/akun/masuk", "/akun/daftar", "/akun/keluar"].contains(&path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_addresses_are_followed() {
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "evil.example",
            "/\t/evil.example",
            "/\r\nSet-Cookie: a=b",
            " /konsultasi",
            "\\\\evil.example",
            "?x",
            "/akun/masuk",
            "/akun/masuk?lanjut=/x",
            "/akun/keluar/",
        ] {
            assert_eq!(local_path(bad), "/", "{bad:?}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(3_000))), "/");
    }

    #[test]
    fn local_addresses_come_back_as_they_are() {
        for good in [
            "/",
            "/konsultasi/jalur-sepeda?versi=2#pasal-4",
            "/cari?q=a%20b&x=https://y.example/",
        ] {
            assert_eq!(local_path(good), good);
        }
        assert_eq!(
            local_path("/cari?q=café \"a\""),
            "/cari?q=caf%C3%A9%20%22a%22"
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_leads_off_the_site(raw in "[/\\\\a.:@?#\\t\\r\\n\\PC]{0,60}") {
            let path = local_path(&raw);
            proptest::prop_assert!(path.starts_with('/'));
            proptest::prop_assert!(!path.starts_with("//"));
            proptest::prop_assert!(path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\'));
            proptest::prop_assert_eq!(local_path(&path), path.clone());
        }
    }
}
