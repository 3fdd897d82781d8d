//! What a file is, by its content.

/// The kinds of files that we take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A PDF document.
    Pdf,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A WebP picture; only as the picture on top.
    WebP,
    /// A table as text.
    Csv,
    /// An OpenDocument text.
    Odt,
    /// A text document of Office Open XML.
    Docx,
    /// A spreadsheet of Office Open XML.
    Xlsx,
}

/// A ZIP archive begins so.
const ZIP: &[u8] = b"PK\x03\x04";
/// Most characters of a name without its ending.
const NAME: usize = 80;

impl Kind {
    /// What the content is; `None` for what we do not take.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else if bytes.starts_with(ZIP) {
            office(bytes)
        } else {
            is_table(bytes).then_some(Self::Csv)
        }
    }

    /// The media type under which it is served.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The ending of its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Csv => "csv",
            Self::Odt => "odt",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// Whether it is decoded and written anew.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::WebP)
    }

    /// Whether people can be offered it for download.
    pub const fn is_attachment(self) -> bool {
        !matches!(self, Self::WebP)
    }

    /// Whether a name's ending says what the content is.
    pub fn fits_name(self, name: &str) -> bool {
        let ending = name
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending)
            .to_ascii_lowercase();
        ending == self.ending() || self == Self::Jpeg && ending == "jpeg"
    }
}

/// The documents of office programs are ZIP archives; the names inside are not compressed.
fn office(bytes: &[u8]) -> Option<Kind> {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if bytes
        .get(30..)
        .is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text"))
    {
        Some(Kind::Odt)
    } else if has(b"word/vbaProject.bin")
        || has(b"xl/vbaProject.bin")
        || !has(b"[Content_Types].xml")
    {
        // Macros are refused: a city does not hand out programs.
        None
    } else if has(b"word/document.xml") {
        Some(Kind::Docx)
    } else if has(b"xl/workbook.xml") {
        Some(Kind::Xlsx)
    } else {
        None
    }
}

/// A table is UTF-8 text without control characters, not markup, and has at least one line.
fn is_table(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    !start.is_empty()
        && !start.starts_with('<')
        && !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// A name that is safe in an address, a header and on any disk: the last part of a path, known characters, the right ending.
pub fn clean_name(raw: &str, kind: Kind) -> String {
    let base = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let mut name = String::new();
    for c in stem.chars().take(400) {
        if name.chars().count() >= NAME {
            break;
        }
        if c.is_alphanumeric() || matches!(c, '_' | '(' | ')') {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches('-');
    let name = if name.is_empty() { "berkas" } else { name };
    format!("{name}.{}", kind.ending())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides() {
        let odt = [
            b"PK\x03\x04".as_slice(),
            &[0; 26],
            b"mimetypeapplication/vnd.oasis.opendocument.textPK",
        ]
        .concat();
        let ooxml = |part: &str| {
            [
                b"PK\x03\x04....[Content_Types].xml....".as_slice(),
                part.as_bytes(),
            ]
            .concat()
        };
        let table: Vec<(&[u8], Option<Kind>)> = vec![
            (b"%PDF-1.7\n", Some(Kind::Pdf)),
            (b"\x89PNG\r\n\x1a\n...", Some(Kind::Png)),
            (b"\xff\xd8\xff\xe0", Some(Kind::Jpeg)),
            (b"RIFF....WEBPVP8 ", Some(Kind::WebP)),
            (b"desa,suara\nPunten,12\n", Some(Kind::Csv)),
            (b"", None),
            (b"  \n", None),
            (b"GIF89a\x01\x00", None),
            (b"<svg onload=alert(1)>", None),
            (b"\xef\xbb\xbf<html>", None),
            (b"MZ\x90\x00", None),
            (b"\xc3\x28", None),
            (b"PK\x03\x04....payload.exe", None),
        ];
        for (bytes, kind) in table {
            assert_eq!(Kind::sniff(bytes), kind, "{bytes:?}");
        }
        assert_eq!(Kind::sniff(&odt), Some(Kind::Odt));
        assert_eq!(Kind::sniff(&ooxml("word/document.xml")), Some(Kind::Docx));
        assert_eq!(Kind::sniff(&ooxml("xl/workbook.xml")), Some(Kind::Xlsx));
        assert_eq!(
            Kind::sniff(&ooxml("word/document.xml word/vbaProject.bin")),
            None
        );
    }

    #[test]
    fn names_say_what_the_content_is() {
        assert!(Kind::Jpeg.fits_name("foto.JPEG") && Kind::Jpeg.fits_name("foto.jpg"));
        assert!(!Kind::Pdf.fits_name("laporan.docx") && !Kind::Pdf.fits_name("laporan"));
        for (raw, clean) in [
            ("Rencana jalur (final).PDF", "Rencana-jalur-(final).pdf"),
            ("C:\\Users\\wahyu\\peta.pdf", "peta.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            (".htaccess", "berkas.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "a-Set-Cookie-x.pdf"),
            ("\u{202e}fdp.exe", "fdp.pdf"),
            ("\"; filename=evil.exe", "filename=evil"),
            ("", "berkas.pdf"),
        ] {
            let found = clean_name(raw, Kind::Pdf);
            let expected = if clean.to_ascii_lowercase().ends_with(".pdf") {
                clean.to_owned()
            } else {
                "filename-evil.pdf".to_owned()
            };
            assert_eq!(found, expected, "{raw:?}");
        }
        assert_eq!(
            clean_name(&"a".repeat(500), Kind::Csv).chars().count(),
            NAME + 4
        );
    }
}
