//! A form on a phone: the form itself, everything sent at once, files piece by piece, pages of an older release.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{StatusCode, header},
};
use domain::form::kept::{Carried, Far, Held, Receipt};
use service::{
    chance,
    form::fixture::{birth, general, publish},
};
use storage::db_test;

use crate::rig::{Answer, Portal, browser};

const GENERAL: &str = "/layanan/permohonan-umum";
const GUEST: &str = "__Host-tamu";
const KEY: &str = "0123456789abcdef0123456789abcdef";

async fn open(portal: Portal) -> Portal {
    publish(&portal.world, &general()).await;
    publish(&portal.world, &birth()).await;
    portal
}

/// What a phone sends when it is finished.
fn filled() -> Vec<(&'static str, &'static str)> {
    vec![
        ("_format", "1"),
        ("_versi", "1"),
        ("_kunci", KEY),
        ("_halaman", "lampiran"),
        ("nama", "Siti Aminah"),
        ("telepon", "0812-3456-7890"),
        ("alamat.street", "Jl. Punten 3"),
        ("alamat.area", "35.79.02.2001"),
        ("perihal", "Lampu jalan"),
        ("uraian", "Lampu di gang tiga mati sejak Senin."),
        ("ada_tempat", "no"),
        ("benar", "yes"),
    ]
}

/// With another value of a field.
fn with(field: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut fields = filled();
    for pair in fields.iter_mut().filter(|(name, _)| *name == field) {
        pair.1 = value;
    }
    fields
}

fn receipt(answer: &Answer) -> Receipt {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    serde_json::from_str(&answer.text).expect("a receipt")
}

fn far(answer: &Answer) -> Far {
    serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("{}", answer.text))
}

#[tokio::test]
async fn the_form_is_the_same_for_everybody_and_names_nobody() {
    let portal = open(Portal::new().await).await;
    let siti = portal.sign_in("siti").await;
    for place in [
        format!("{GENERAL}/formulir.json"),
        format!("{GENERAL}/formulir.json?versi=1"),
    ] {
        let bundle = portal.get(&place, "").await;
        let carried: Carried = serde_json::from_str(&bundle.text).expect("a form");
        assert_eq!(
            (
                carried.format,
                carried.definition.version,
                carried.definition.key.as_str()
            ),
            (1, 1, "permohonan-umum")
        );
        assert!(!carried.areas.is_empty());
        assert_eq!(bundle.text, portal.get(&place, &siti).await.text);
    }
    let shell = portal.get("/layanan/lapor-lahir/luring", "").await;
    assert_eq!(
        shell.text,
        portal.get("/layanan/lapor-lahir/luring", "").await.text
    );
    for part in [
        "data-device=\"lapor-lahir\"",
        "name=\"pelapor\"",
        "name=\"saksi.0.nama_saksi\"",
        "data-items=\"saksi\"",
        "data-files=\"saksi.0.ktp\"",
    ] {
        assert!(shell.text.contains(part), "{part}: {}", shell.text);
    }
    assert!(!shell.text.contains("Siti"));
    for nowhere in [
        "/layanan/tidak-ada/luring",
        "/layanan/tidak-ada/formulir.json",
        "/layanan/permohonan-umum/luring?versi=9",
    ] {
        assert_eq!(
            portal.get(nowhere, "").await.status,
            StatusCode::NOT_FOUND,
            "{nowhere}"
        );
    }
    let start = portal.get(GENERAL, "").await;
    assert!(start.text.contains(
        "/layanan/permohonan-umum/luring?versi=1 /layanan/permohonan-umum/formulir.json?versi=1"
    ));
}

db_test! { async fn everything_at_once_is_one_case_however_often_it_comes(db) {
    let portal = Arc::new(open(Portal::over(db).await).await);
    let place = format!("{GENERAL}/kirim");
    let first = portal.post(&place, "", &filled()).await;
    assert_eq!(first.status, StatusCode::BAD_REQUEST, "a guest without a key gets one, and nothing else happens");
    let guest = first.pair(GUEST);
    let sent = receipt(&portal.post(&place, &guest, &filled()).await);
    assert!(sent.place.starts_with("/lacak/"));
    let mut again = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (portal, place, guest) = (portal.clone(), place.clone(), guest.clone());
        again.spawn(async move { receipt(&portal.post(&place, &guest, &with("_kunci", "another key of thirty-two letters")).await) });
    }
    let again = again.join_all().await;
    assert!(again.iter().all(|one| *one == again[0] && *one != sent), "{again:?}");
    let reference = sent.place.trim_start_matches("/lacak/");
    let done = portal.get(&format!("{GENERAL}/terkirim/{reference}"), &guest).await;
    assert!(done.text.contains(&sent.number), "{}", done.text);
    // Somebody else with the key learns the number, which opens nothing without the phone's digits.
    let other = portal.post(&place, "", &filled()).await.pair(GUEST);
    assert_eq!(receipt(&portal.post(&place, &other, &filled()).await), sent);
    let theirs = portal.get(&format!("{GENERAL}/terkirim/{reference}"), &other).await;
    assert_eq!((theirs.status, theirs.place()), (StatusCode::SEE_OTHER, sent.place.as_str()));
    for (field, value, status) in [
        ("telepon", "12", StatusCode::UNPROCESSABLE_ENTITY),
        ("_kunci", "pendek", StatusCode::UNPROCESSABLE_ENTITY),
        ("_versi", "9", StatusCode::NOT_FOUND),
        ("_versi", "x", StatusCode::BAD_REQUEST),
        ("_format", "0", StatusCode::CONFLICT),
        ("_format", "", StatusCode::CONFLICT),
    ] {
        let mut fields = with(field, value);
        if field != "_kunci" {
            let key = fields.iter_mut().find(|(name, _)| *name == "_kunci").expect("a key");
            key.1 = "a third key of thirty-two letters";
        }
        let refused = portal.post(&place, &guest, &fields).await;
        assert_eq!(refused.status, status, "{field}: {}", refused.text);
        assert!(refused.text.len() > 20, "a sentence");
    }
} }

#[tokio::test]
async fn a_form_that_closed_meanwhile_says_so() {
    let portal = open(Portal::new().await).await;
    let place = format!("{GENERAL}/kirim");
    let guest = portal.post(&place, "", &filled()).await.pair(GUEST);
    let mut next = general();
    next.definition.version = 2;
    next.service.is_online = false;
    publish(&portal.world, &next).await;
    let refused = portal.post(&place, &guest, &filled()).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("<h1"), "{}", refused.text);
}

#[tokio::test]
async fn phone_and_server_go_on_with_the_same() {
    let portal = open(Portal::new().await).await;
    let guest = portal
        .post(&format!("{GENERAL}/mulai"), "", &[])
        .await
        .pair(GUEST);
    let page = portal.get(&format!("{GENERAL}/isi/pemohon"), &guest).await;
    for part in [
        "data-form=\"permohonan-umum\"",
        "data-version=\"1\"",
        "data-revision=\"1\"",
        "data-page=\"pemohon\"",
    ] {
        assert!(page.text.contains(part), "{part}");
    }
    let place = format!("{GENERAL}/isian");
    let ask = |fields: Vec<(&'static str, String)>| {
        let (portal, guest, place) = (&portal, &guest, &place);
        async move {
            let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            portal.post(place, guest, &pairs).await
        }
    };
    let format = || ("_format", "1".to_owned());
    let held: Held = serde_json::from_str(&ask(vec![format()]).await.text).expect("what is held");
    assert_eq!(
        (held.version, held.revision, held.key.len() >= 16),
        (1, 1, true)
    );
    let typed = |key: &str| {
        vec![
            format(),
            ("_kunci", key.to_owned()),
            ("_halaman", "permohonan".to_owned()),
            ("perihal", "Lampu jalan".to_owned()),
            ("lampiran", "an-id-of-another".to_owned()),
            ("tidak_ada", "x".to_owned()),
        ]
    };
    let other: Held =
        serde_json::from_str(&ask(typed("another key of thirty-two letters")).await.text)
            .expect("what is held");
    assert_eq!(
        other, held,
        "not what this phone fills in: nothing is changed"
    );
    let merged: Held =
        serde_json::from_str(&ask(typed(&held.key)).await.text).expect("what is held");
    assert_eq!(
        merged.values.get("perihal"),
        Some(&vec!["Lampu jalan".to_owned()])
    );
    assert!(!merged.values.contains_key("lampiran") && !merged.values.contains_key("tidak_ada"));
    assert!(merged.seen.contains("permohonan") && merged.revision == 2);
    let page = portal
        .get(&format!("{GENERAL}/isi/permohonan"), &guest)
        .await;
    assert!(page.text.contains("Lampu jalan"));
    let emptied = vec![
        format(),
        ("_kunci", held.key.clone()),
        ("perihal", String::new()),
    ];
    let merged: Held = serde_json::from_str(&ask(emptied).await.text).expect("what is held");
    assert!(!merged.values.contains_key("perihal"));
    assert_eq!(
        portal.post(&place, "", &[("_format", "1")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal.post(&place, &guest, &[]).await.status,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn on_a_shared_computer_pages_say_nothing_to_the_browser() {
    let portal = open(Portal::new().await).await;
    let begun = portal
        .post(&format!("{GENERAL}/mulai"), "", &[("bersama", "1")])
        .await;
    assert!(begun.head("clear-site-data").contains("storage"));
    let cookies = format!("{}; {}", begun.pair(GUEST), begun.pair("bersama"));
    for place in ["", "/isi", "/isi/pemohon", "/periksa"] {
        let page = portal.get(&format!("{GENERAL}{place}"), &cookies).await;
        assert_eq!(page.status, StatusCode::OK);
        for attribute in ["data-form=", "data-keep="] {
            assert!(!page.text.contains(attribute), "{place}: {attribute}");
        }
    }
}

/// A PDF of so many bytes.
fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    bytes.resize(size - 6, b' ');
    bytes.extend_from_slice(b"\n%%EOF");
    bytes
}

async fn piece(portal: &Portal, guest: &str, id: &str, from: usize, bytes: &[u8]) -> Answer {
    let request = browser("POST", &format!("/layanan/unggah/{id}?dari={from}"), guest)
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .body(Body::from(bytes.to_vec()));
    portal.send(request.expect("an address")).await
}

#[tokio::test]
async fn a_file_comes_piece_by_piece_and_is_part_of_its_page() {
    let portal = open(Portal::new().await).await;
    let guest = portal
        .post(&format!("{GENERAL}/mulai"), "", &[])
        .await
        .pair(GUEST);
    let bytes = pdf(600_000);
    let (size, digest) = (bytes.len().to_string(), chance::digest_bytes(&bytes));
    let file = [
        ("layanan", "permohonan-umum"),
        ("versi", "1"),
        ("pertanyaan", "lampiran"),
        ("kunci", KEY),
        ("nama", "surat.pdf"),
        ("ukuran", &size),
        ("sha256", &digest),
    ];
    let begun = far(&portal.post("/layanan/unggah", &guest, &file).await);
    let id = begun.id.as_str();
    let cut = 256 * 1024;
    assert_eq!(
        far(&piece(&portal, &guest, id, 0, &bytes[..cut]).await).received,
        cut
    );
    // After a cut the phone asks, or begins anew: both say where it goes on.
    assert_eq!(
        far(&portal.get(&format!("/layanan/unggah/{id}"), &guest).await).received,
        cut
    );
    assert_eq!(
        far(&portal.post("/layanan/unggah", &guest, &file).await),
        Far {
            received: cut,
            ..begun.clone()
        }
    );
    let twice = piece(&portal, &guest, id, 0, &bytes[..cut]).await;
    assert_eq!(
        (twice.status, far(&twice).received),
        (StatusCode::CONFLICT, cut)
    );
    assert_eq!(
        piece(&portal, &guest, id, cut, &bytes[cut..]).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        piece(&portal, "", id, cut, b"x").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        piece(&portal, &format!("{GUEST}=other"), id, cut, b"x")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal
            .get(&format!("/layanan/unggah/{id}"), "")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    piece(&portal, &guest, id, cut, &bytes[cut..cut * 2]).await;
    let whole = far(&piece(&portal, &guest, id, cut * 2, &bytes[cut * 2..]).await);
    assert!(whole.is_whole, "{whole:?}");
    let named = format!("lampiran {id}");
    let page = format!("{GENERAL}/isi/lampiran");
    let sent = portal
        .post(
            &page,
            &guest,
            &[("_ada", "lampiran"), ("_unggahan", &named)],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(portal.get(&page, &guest).await.text.contains("surat.pdf"));
    let gone = portal
        .post(&page, &guest, &[("_unggahan", "lampiran no-such-file")])
        .await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(gone.text.contains("belum terunggah sampai selesai"));
    // What is no document says so, in the words of the form.
    let odd = b"GIF89a and nothing else".to_vec();
    let (size, digest) = (odd.len().to_string(), chance::digest_bytes(&odd));
    let fields = file.map(|(name, value)| match name {
        "kunci" => (name, "another key of thirty-two letters"),
        "ukuran" => (name, size.as_str()),
        "sha256" => (name, digest.as_str()),
        _ => (name, value),
    });
    let begun = far(&portal.post("/layanan/unggah", &guest, &fields).await);
    let refused = far(&piece(&portal, &guest, &begun.id, 0, &odd).await);
    assert!(
        refused.refused.contains("bukan jenis yang kami terima"),
        "{refused:?}"
    );
    let huge = file.map(|(name, value)| match name {
        "kunci" => (name, "a third key of thirty-two letters"),
        "ukuran" => (name, "99999999"),
        _ => (name, value),
    });
    assert!(
        far(&portal.post("/layanan/unggah", &guest, &huge).await)
            .refused
            .contains("terlalu besar")
    );
}
