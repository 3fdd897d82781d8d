//! What a page costs: the statements of SQL that it runs, for every page and every kind of person who reads it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use storage::{database::counting, db_test};

use crate::portal::{Portal, portal};

/// A page, and the most statements for somebody unknown and for somebody signed in, whose session is one of them.
type Page = (&'static str, u32, u32);

/// Pages of the site.
const SITE: [Page; 21] = [
    ("/", 4, 5),
    ("/layanan", 1, 3),
    ("/layanan?cari=parkir", 1, 3),
    ("/konsultasi", 3, 4),
    ("/konsultasi?cari=parkir", 4, 5),
    ("/konsultasi?halaman=99", 3, 4),
    ("/konsultasi?halaman=99&cari=parkir", 4, 5),
    ("/cari", 0, 1),
    ("/cari?q=parkir", 3, 4),
    ("/cari?q=parkir&jenis=tanggapan&halaman=2", 2, 3),
    ("/moderasi", 3, 4),
    ("/data", 1, 2),
    ("/data?halaman=99", 1, 2),
    ("/umpan.atom", 1, 2),
    ("/kalender.ics", 1, 2),
    ("/sitemap.xml", 2, 3),
    ("/akun/masuk", 0, 1),
    ("/akun/daftar", 1, 1),
    ("/akun/profil", 0, 5),
    ("/akun/kabar", 0, 3),
    ("/akun/kabar?halaman=9", 0, 3),
];

/// Pages of each consultation, whatever its phase.
const CONSULTATION: [Page; 19] = [
    ("", 4, 5),
    ("/naskah", 3, 4),
    ("/naskah?versi=1", 3, 4),
    ("/naskah/1", 3, 5),
    ("/naskah/perubahan", 2, 3),
    ("/riwayat", 2, 3),
    ("/tanggapan", 2, 4),
    ("/tanggapan?urut=terlama", 2, 4),
    ("/tanggapan?urut=didukung&halaman=2", 3, 4),
    ("/tanggapan?urut=dibahas&halaman=99", 3, 4),
    ("/pernyataan", 2, 5),
    ("/pernyataan?nomor=1&terakhir=2", 2, 5),
    ("/pernyataan/semua", 2, 3),
    ("/pernyataan/semua?urut=terbelah", 2, 3),
    ("/pernyataan/semua?halaman=99", 2, 3),
    ("/kelompok", 2, 3),
    ("/kelompok?halaman=99&tanpa=ya", 2, 3),
    ("/hasil", 4, 5),
    ("/kalender.ics", 1, 2),
];

/// Pages of one comment.
const COMMENT: (u32, u32) = (3, 5);

/// Who reads, each with the session's cookie: nobody known, and every kind of account.
async fn readers(portal: &Portal) -> Vec<(&'static str, String)> {
    let mut readers = vec![("anybody", String::new())];
    for (who, email) in [
        ("a resident", "siti@warga.example"),
        ("an officer", "wahyu@batu.example"),
        ("a moderator", "lestari@batu.example"),
        ("the administrator", "galih@batu.example"),
    ] {
        readers.push((who, portal.sign_in(email).await));
    }
    readers
}

#[derive(Default)]
struct Costs(BTreeMap<String, [u32; 2]>);

impl Costs {
    /// Reads a page and notes what it cost, under the name of its kind.
    async fn read(&mut self, portal: &Portal, kind: &str, place: &str, reader: &(&str, String)) {
        let (who, cookies) = reader;
        let ((status, _), cost) = counting(portal.get_as(place, cookies)).await;
        assert!(
            status == StatusCode::OK
                || status == StatusCode::SEE_OTHER
                || status == StatusCode::NOT_FOUND,
            "{place} for {who}: {status}"
        );
        let most =
            &mut self.0.entry(kind.to_owned()).or_default()[usize::from(!cookies.is_empty())];
        *most = cost.max(*most);
    }

    /// Compares with the limits, and prints the table of `docs/performance.md`.
    fn check(self, limits: impl Iterator<Item = (String, u32, u32)>) {
        let mut over = Vec::new();
        for (kind, anonymous, signed_in) in limits {
            let found = self.0[&kind];
            println!("| `{kind}` | {} | {} |", found[0], found[1]);
            if found[0] > anonymous || found[1] > signed_in {
                over.push(format!(
                    "{kind}: {found:?}, allowed are {anonymous} and {signed_in}"
                ));
            }
        }
        assert!(over.is_empty(), "{}", over.join("\n"));
    }
}

fn limits(place: &str, pages: &[Page]) -> Vec<(String, u32, u32)> {
    pages
        .iter()
        .map(|(tail, anonymous, signed_in)| (format!("{place}{tail}"), *anonymous, *signed_in))
        .collect()
}

db_test! { async fn every_page_for_every_kind_of_reader_costs_few_statements(db) {
    let portal = portal(db).await;
    let readers = readers(&portal).await;
    // The city is read once and kept; the first page pays for it.
    portal.get("/akun/masuk").await;
    let comments = portal.comments().await;
    let mut costs = Costs::default();
    for reader in &readers {
        for (place, _, _) in SITE {
            costs.read(&portal, place, place, reader).await;
        }
        for slug in portal.slugs().await {
            for (tail, _, _) in CONSULTATION {
                costs.read(&portal, &format!("/konsultasi/…{tail}"), &format!("/konsultasi/{slug}{tail}"), reader).await;
            }
        }
        for id in &comments {
            costs.read(&portal, "/tanggapan/…", &format!("/tanggapan/{id}"), reader).await;
        }
    }
    let mut all = limits("", &SITE);
    all.extend(limits("/konsultasi/…", &CONSULTATION));
    all.push(("/tanggapan/…".to_owned(), COMMENT.0, COMMENT.1));
    costs.check(all.into_iter());
} }
