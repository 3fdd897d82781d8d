//! Whether a PDF is nothing but a document.
//!
//! We never unpack what is inside, so that nothing in it can swell up here. What somebody else opens later must not be a
//! program or another file in disguise.

use memchr::memmem;

/// How far from its end the mark of a PDF's end may stand.
const TAIL: usize = 1_024;

/// Names that make a document act when it is opened, or carry other files.
///
/// `/JS` is not among them but looked for with what follows it: three bytes stand by chance in one of five scans of five
/// megabytes.
const ACTIVE: [&[u8]; 6] = [
    b"/JavaScript",
    b"/Rendition",
    b"/Launch",
    b"/EmbeddedFile",
    b"/RichMedia",
    b"/XFA",
];
/// What ends a name, beside white space.
const DELIMITERS: &[u8] = b"\0()<>[]{}/%";

/// Whether the bytes are a PDF with its end, which is no archive or page at the same time and does not act by itself.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let has = |what: &[u8]| memmem::find(bytes, what).is_some();
    let ends_name = |next: &u8| next.is_ascii_whitespace() || DELIMITERS.contains(next);
    let names = |what: &[u8]| {
        memmem::find_iter(bytes, what).any(|at| bytes.get(at + what.len()).is_some_and(ends_name))
    };
    // A script is a text or a stream: `(…)`, `<…>` or the number of an object.
    let scripts = memmem::find_iter(bytes, b"/JS").any(|at| {
        let after = &bytes[at + 3..];
        let value = after.trim_ascii_start();
        match value.first() {
            Some(b'(' | b'<') => true,
            Some(first) => first.is_ascii_digit() && value.len() < after.len(),
            None => false,
        }
    });
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let end = tail.windows(5).rposition(|window| window == b"%%EOF");
    let ends = end.is_some_and(|at| tail[at + 5..].iter().all(u8::is_ascii_whitespace));
    bytes.starts_with(b"%PDF-")
        && ends
        && !has(b"PK\x05\x06")
        && !has(b"PK\x03\x04")
        && !has(b"<script")
        && !has(b"<?php")
        && !scripts
        && !ACTIVE.into_iter().any(names)
}

#[cfg(test)]
mod tests {
    use super::is_sound;

    const PLAIN: &[u8] =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

    #[test]
    fn a_document_passes_and_disguises_do_not() {
        assert!(is_sound(PLAIN));
        let with = |more: &[u8]| [b"%PDF-1.4\n", more, b"\n%%EOF"].concat();
        assert!(is_sound(&with(b"/JSON 1")));
        // What a picture's data holds by chance.
        assert!(is_sound(&with(b"stream\n\x8f/JS \x91/XFA\x92\nendstream")));
        let odd: [Vec<u8>; 11] = [
            with(b"<</S 5 0 R/JS (app.alert(1))>>"),
            with(b"<</S 5 0 R/JS 7 0 R>>"),
            b"%PDF-1.4\n1 0 obj".to_vec(),
            [PLAIN, b"PK\x03\x04\x14\0evil.exe"].concat(),
            [PLAIN, b"<html><script>alert(1)</script>"].concat(),
            with(b"PK\x05\x06"),
            with(b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"),
            with(b"<</S/Rendition/OP 0/JS(app.alert(1))>>"),
            with(b"/Launch<</F(cmd.exe)>>"),
            with(b"<</Type/EmbeddedFile>>"),
            b"MZ%PDF-1.4\n%%EOF".to_vec(),
        ];
        for bytes in odd {
            assert!(!is_sound(&bytes), "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
