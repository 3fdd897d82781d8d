use domain::{Locale, Timestamp, Zone};
use lopdf::{Dictionary, Object};

use super::*;

/// A document with one of everything.
pub(super) fn paper() -> Paper {
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Paper {
        locale: Locale::Id,
        letterhead: vec![
            "Pemerintah Kota Batu".into(),
            "Dinas Perhubungan".into(),
            "Jalan Panglima Sudirman 507".into(),
        ],
        title: "Surat keputusan".into(),
        subtitle: "Nomor 470/0012/422.108/2026".into(),
        foot: "Surat nomor 470/0012/422.108/2026".into(),
        at: Timestamp(1_795_478_400_000),
        zone: Zone {
            name: "WIB".into(),
            hours: 7,
        },
        blocks: vec![
            Block::Heading("Yang diminta".into()),
            Block::Text("Yth. Siti Aminah\n\nPermohonan Anda dikabulkan.".into()),
            Block::Facts(vec![fact("Layanan", "Izin parkir"), fact("Kosong", "")]),
            Block::List(vec!["ktp.pdf".into(), "kk.jpg".into()]),
            Block::Signature {
                place: "Batu, 24 November 2026".into(),
                post: "Kepala Dinas Perhubungan".into(),
                name: "Ñoño Đặng".into(),
            },
            Block::Code {
                address: "https://rembug.batu.example/verifikasi/K7M2P9XQ4T".into(),
                words: "Kode QR untuk memeriksa surat ini".into(),
                text: "Periksa surat ini.".into(),
            },
        ],
    }
}

/// What another program reads out of a document.
pub(super) struct Read(lopdf::Document);

impl Read {
    pub(super) fn new(pdf: &[u8]) -> Self {
        Self(lopdf::Document::load_mem(pdf).expect("is a PDF"))
    }

    pub(super) fn text(&self) -> String {
        let pages: Vec<u32> = self.0.get_pages().into_keys().collect();
        let text = self.0.extract_text(&pages).expect("has text");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn pages(&self) -> usize {
        self.0.get_pages().len()
    }

    fn catalog(&self) -> &Dictionary {
        self.0.catalog().expect("has a catalog")
    }

    fn deep<'d>(&'d self, object: &'d Object) -> &'d Object {
        match object {
            Object::Reference(id) => self.0.get_object(*id).expect("is there"),
            other => other,
        }
    }

    fn at<'d>(&'d self, dictionary: &'d Dictionary, key: &str) -> &'d Object {
        let found = dictionary.get(key.as_bytes());
        self.deep(found.unwrap_or_else(|_| panic!("no {key} in {dictionary:?}")))
    }

    /// All dictionaries that are of this type.
    fn all(&self, kind: &str) -> Vec<&Dictionary> {
        let is = |d: &&Dictionary| {
            let of = d.get(b"Type").and_then(Object::as_name);
            of.is_ok_and(|name| name == kind.as_bytes())
        };
        let objects = self.0.objects.values();
        objects
            .filter_map(|o| o.as_dict().ok())
            .filter(is)
            .collect()
    }

    /// The tags of its parts, each once.
    fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self
            .0
            .objects
            .values()
            .filter_map(|o| o.as_dict().ok())
            .filter(|d| d.has(b"P") && d.has(b"K"))
            .filter_map(|d| d.get(b"S").and_then(Object::as_name).ok())
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        tags.sort();
        tags.dedup();
        tags
    }
}

#[test]
fn another_program_reads_text_tags_and_fonts() {
    let read = Read::new(&draw(&paper()).expect("is drawn"));
    assert_eq!(read.pages(), 1);
    let text = read.text();
    for said in [
        "Pemerintah Kota Batu",
        "Surat keputusan",
        "Nomor 470/0012/422.108/2026",
        "Permohonan Anda dikabulkan.",
        "Izin parkir",
        "ktp.pdf",
        "Ñoño Đặng",
        "Halaman 1 dari 1",
        "https://rembug.batu.example/verifikasi/K7M2P9XQ4T",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let catalog = read.catalog();
    let marked = read.at(catalog, "MarkInfo").as_dict().expect("says");
    assert!(read.at(marked, "Marked").as_bool().expect("says"));
    assert_eq!(read.at(catalog, "Lang").as_str().expect("says"), b"id");
    let shown = read
        .at(catalog, "ViewerPreferences")
        .as_dict()
        .expect("says");
    assert!(read.at(shown, "DisplayDocTitle").as_bool().expect("says"));
    read.at(catalog, "StructTreeRoot")
        .as_dict()
        .expect("is tagged");
    read.at(catalog, "Outlines")
        .as_dict()
        .expect("has an outline");
    let tags = read.tags();
    for tag in [
        "H1", "H2", "P", "Table", "TR", "TH", "TD", "L", "LI", "LBody", "Figure", "Link",
    ] {
        assert!(tags.iter().any(|own| own == tag), "{tag}: {tags:?}");
    }
    let metadata = read
        .at(catalog, "Metadata")
        .as_stream()
        .expect("says")
        .content
        .clone();
    let metadata = String::from_utf8_lossy(&metadata);
    for said in [
        "Surat keputusan",
        "pdfuaid:part",
        "pdfaid:part",
        "Dinas Perhubungan",
    ] {
        assert!(metadata.contains(said), "{said}: {metadata}");
    }
    let fonts = read.all("FontDescriptor");
    assert_eq!(fonts.len(), 3, "text, semi-bold and serif");
    for font in fonts {
        let is_embedded = ["FontFile2", "FontFile3"]
            .iter()
            .any(|key| font.has(key.as_bytes()));
        assert!(is_embedded, "{font:?}");
        let name = read.at(font, "FontName").as_name().expect("has a name");
        assert_eq!(name.get(6), Some(&b'+'), "only what is used of it");
    }
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    let first = draw(&paper()).expect("is drawn");
    assert_eq!(first, draw(&paper()).expect("is drawn"));
    let mut later = paper();
    later.at = later.at.plus_days(1);
    assert_ne!(first, draw(&later).expect("is drawn"));
    assert!(first.len() < 80_000, "{} bytes", first.len());
}

#[test]
fn long_papers_have_many_pages_and_lose_nothing() {
    let mut long = paper();
    long.blocks = vec![
        Block::Facts(
            (1..=60)
                .map(|n| {
                    (
                        format!("Pertanyaan {n}"),
                        format!("Jawaban ke-{n}. ").repeat(n),
                    )
                })
                .collect(),
        ),
        Block::Text("kata ".repeat(3_000)),
    ];
    let read = Read::new(&draw(&long).expect("is drawn"));
    assert!(read.pages() > 10, "{}", read.pages());
    let text = read.text();
    assert_eq!(text.matches("kata").count(), 3_000);
    assert_eq!(text.matches("Jawaban ke-60.").count(), 60);
    assert!(text.contains(&format!("Halaman {0} dari {0}", read.pages())));
}

#[test]
fn what_no_font_has_is_drawn_all_the_same() {
    let mut odd = paper();
    odd.title = "ꦧꦠꦸ \u{202e}北 \u{e000} 👍🏽".into();
    odd.letterhead = vec![String::new(), "\0".into(), "محمد".into()];
    odd.subtitle = "\u{ffff}".into();
    odd.foot = String::new();
    odd.blocks.push(Block::Heading(String::new()));
    odd.blocks.push(Block::Code {
        address: "x".repeat(3_000),
        words: String::new(),
        text: String::new(),
    });
    let read = Read::new(&draw(&odd).expect("is drawn"));
    assert!(read.text().contains("Permohonan Anda"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(48))]

    #[test]
    fn any_text_is_drawn(
        texts in proptest::collection::vec(proptest::prelude::any::<String>(), 12),
        word in "[a-z\u{300}-\u{36f}\u{900}-\u{97f}\u{1100}-\u{11ff}\u{feff}\n]{0,400}",
    ) {
        let text = |n: usize| texts[n].clone();
        let odd = Paper {
            letterhead: vec![text(0), text(1), word.clone()],
            title: text(2),
            subtitle: text(3),
            foot: text(4),
            blocks: vec![
                Block::Heading(text(5)),
                Block::Text(word.clone()),
                Block::Facts(vec![(text(6), text(7)), (word.clone(), word)]),
                Block::List(vec![text(8)]),
                Block::Signature { place: text(9), post: text(10), name: text(11) },
                Block::Code { address: text(8), words: text(9), text: text(10) },
            ],
            ..paper()
        };
        let pdf = draw(&odd);
        proptest::prop_assert!(pdf.is_ok(), "{:?}", pdf.err());
    }
}
