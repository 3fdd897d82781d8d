use super::*;

fn labels(source: &str) -> Vec<String> {
    cut(source)
        .expect("cuts")
        .into_iter()
        .map(|piece| piece.label)
        .collect()
}

#[test]
fn markdown_of_articles_and_chapters() {
    let pieces = cut(
        "# BAB I. Ketentuan umum\n\n## Pasal 1. Pengertian\n\n(1) Sampah.\n\n1. satu\n2. dua\n\n# BAB II. Rumah\n\n## Pasal 2. Wadah\n\nTiga wadah.",
    )
    .expect("cuts");
    assert_eq!(pieces.len(), 2);
    assert_eq!(pieces[0].label, "1");
    assert_eq!(pieces[0].chapter, "BAB I. Ketentuan umum");
    assert_eq!(pieces[0].heading, "Pengertian");
    assert_eq!(pieces[0].body, "(1) Sampah.\n\n1. satu\n2. dua");
    assert_eq!(pieces[1].chapter, "BAB II. Rumah");
    assert_eq!(pieces[1].body, "Tiga wadah.");
}

#[test]
fn a_law_in_plain_text() {
    let pieces = cut(
        "PERATURAN DAERAH\nNOMOR 3 TAHUN 2027\n\nBAB I\nKETENTUAN UMUM\n\nPasal 1\n\nDalam peraturan ini, Pasal 4 ayat (2) tidak berlaku.\nPasal 4 ayat (2) dihapus.\n\nPasal 2A\nJelas.\n\nPasal 2B: Penutup\nSelesai.",
    )
    .expect("cuts");
    let found: Vec<_> = pieces
        .iter()
        .map(|p| (p.label.as_str(), p.chapter.as_str(), p.heading.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (PREAMBLE, "", ""),
            ("1", "BAB I. KETENTUAN UMUM", ""),
            ("2a", "", ""),
            ("2b", "", "Penutup")
        ]
    );
    assert!(pieces[1].body.contains("Pasal 4 ayat (2) dihapus."));
}

#[test]
fn headings_without_articles() {
    let pieces =
        cut("# Rencana\n\nPengantar.\n\n## 1. Tujuan\n\nA\n\n## Letak\n\nB\n\n### Rinci\n\nC")
            .expect("cuts");
    let found: Vec<_> = pieces
        .iter()
        .map(|p| (p.label.as_str(), p.heading.as_str()))
        .collect();
    assert_eq!(found, [(PREAMBLE, ""), ("1", "Tujuan"), ("2", "Letak")]);
    assert_eq!(pieces[1].chapter, "Rencana");
    assert_eq!(pieces[2].body, "B\n\n### Rinci\n\nC");
}

#[test]
fn numbered_lines_and_paragraphs() {
    let pieces =
        cut("1. Tujuan\nAman bagi semua.\n2) Parkir pindah ke Alun-alun Barat.\n3. Mulai berlaku")
            .expect("cuts");
    assert_eq!(pieces[0].heading, "Tujuan");
    assert_eq!(pieces[0].body, "Aman bagi semua.");
    assert_eq!(pieces[1].heading, "");
    assert_eq!(pieces[1].body, "Parkir pindah ke Alun-alun Barat.");
    assert_eq!(
        labels("Satu.\nMasih satu.\n\nDua.\n\n\n\nTiga."),
        ["1", "2", "3"]
    );
    // A year at the start of a line is no number of a clause.
    assert_eq!(labels("2027. Tahun baru.\n\nDua."), ["1", "2"]);
}

#[test]
fn the_same_label_twice_gets_a_suffix() {
    assert_eq!(
        labels("Pasal 1\na\nPasal 1\nb\nPasal 1-2\nc\nPasal 2\nd"),
        ["1", "1-2", "2"],
        "\"Pasal 1-2\" is text"
    );
    assert_eq!(
        labels("## Pasal 1\na\n## Pasal 1\nb\n## Pasal 1\nc"),
        ["1", "1-2", "1-3"]
    );
}

#[test]
fn code_begins_nothing() {
    let pieces = cut("## Pasal 1. A\n\n```\n## Pasal 2. B\n```").expect("cuts");
    assert_eq!(pieces.len(), 1);
    assert!(pieces[0].body.contains("Pasal 2"));
}

#[test]
fn limits() {
    assert_eq!(cut(" \n\u{feff}\n"), Err(CutError::Empty));
    assert_eq!(cut(&"a".repeat(TEXT_BYTES + 1)), Err(CutError::TooLarge));
    let many = |n: usize| {
        (1..=n)
            .map(|i| format!("Pasal {i}\nIsi."))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(cut(&many(CLAUSES)).map(|p| p.len()), Ok(CLAUSES));
    assert_eq!(cut(&many(CLAUSES + 1)), Err(CutError::TooMany));
}

#[test]
fn headings_alone_lose_nothing() {
    let pieces = cut("## Pasal 1. A\n\nIsi.\n\n# BAB II. Akhir").expect("cuts");
    assert_eq!(pieces.len(), 1);
    assert!(pieces[0].body.contains("BAB II. Akhir"));
    assert_eq!(cut("BAB I").expect("cuts").len(), 1);
}

#[test]
fn the_demos_own_texts() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/consultations");
    let count = |path: &str| {
        let text = std::fs::read_to_string(format!("{dir}/{path}")).expect("a text of the demo");
        let pieces = cut(&text).expect("cuts");
        let headings = text.lines().filter(|l| l.starts_with("## Pasal")).count();
        assert_eq!(pieces.len(), headings, "{path}");
        assert!(
            pieces
                .iter()
                .all(|p| !p.heading.is_empty() && !p.body.is_empty())
        );
        for (n, piece) in pieces.iter().enumerate() {
            assert_eq!(piece.label, (n + 1).to_string());
        }
        pieces.iter().filter(|p| !p.chapter.is_empty()).count()
    };
    assert_eq!(count("pengelolaan-sampah-dari-rumah/text-1.md"), 7);
    assert_eq!(count("jalur-sepeda-panglima-sudirman/text-3.md"), 0);
    assert_eq!(count("air-irigasi-dan-sumber-mata-air/text-2.md"), 0);
    assert_eq!(count("penataan-homestay-dan-parkir-wisata/text-1.md"), 0);
}

proptest::proptest! {
    #[test]
    fn any_text_is_cut_or_refused(source in "(\\PC|\n|#|Pasal |BAB |1\\. ){0,200}") {
        if let Ok(pieces) = cut(&source) {
            proptest::prop_assert!(!pieces.is_empty());
            let labels: BTreeSet<_> = pieces.iter().map(|p| &p.label).collect();
            proptest::prop_assert_eq!(labels.len(), pieces.len());
            for label in labels {
                proptest::prop_assert!(!label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
            }
            proptest::prop_assert_eq!(cut(&source), Ok(pieces));
        }
    }
}
