//! Services: the list, filling a form in page by page, checking, sending, going on elsewhere.

mod counter;
mod guide;
mod office;
mod rules;

use axum::{
    body::Body,
    http::{StatusCode, header},
};
use service::form::fixture::{birth, general, publish};

use crate::rig::{Answer, Portal, browser};

const GENERAL: &str = "/layanan/permohonan-umum";
const BIRTH: &str = "/layanan/lapor-lahir";
const GUEST: &str = "__Host-tamu";

async fn open() -> Portal {
    let portal = Portal::new().await;
    publish(&portal.world, &general()).await;
    publish(&portal.world, &birth()).await;
    portal
}

/// Begins a form as a guest; the guest's cookie.
async fn begin(portal: &Portal, service: &str) -> String {
    let begun = portal.post(&format!("{service}/mulai"), "", &[]).await;
    assert_eq!(
        (begun.status, begun.place()),
        (StatusCode::SEE_OTHER, format!("{service}/isi").as_str())
    );
    begun.pair(GUEST)
}

/// Sends a page; where it leads.
async fn save(portal: &Portal, guest: &str, place: &str, fields: &[(&str, &str)]) -> Answer {
    let page = portal.get(place, guest).await;
    assert_eq!(page.status, StatusCode::OK, "{place}: {}", page.text);
    let mut all = vec![("_revisi", hidden(&page, "_revisi"))];
    all.extend(asked(&page).into_iter().map(|path| ("_ada", path)));
    all.extend(
        named(&page, "_mungkin")
            .into_iter()
            .map(|path| ("_mungkin", path)),
    );
    all.extend(
        fields
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    let pairs: Vec<(&str, &str)> = all
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    portal.post(place, guest, &pairs).await
}

fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    page.text
        .split_once(&mark)
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

/// A page without the marks between its texts.
fn plain(page: &Answer) -> String {
    page.text.replace("<!>", "")
}

/// The questions that a page says it asks.
fn asked(page: &Answer) -> Vec<String> {
    named(page, "_ada")
}

/// The values of all hidden fields of a name.
fn named(page: &Answer, name: &str) -> Vec<String> {
    let mark = format!("name=\"{name}\" value=\"");
    let pieces = page.text.split(mark.as_str()).skip(1);
    pieces
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

async fn fill(portal: &Portal, guest: &str) {
    for (page, next, fields) in [
        (
            "pemohon",
            "/isi/alamat",
            &[("nama", "Siti Aminah"), ("telepon", "0812 3456 7890")][..],
        ),
        (
            "alamat",
            "/isi",
            &[
                ("alamat.street", "Jl. Punten 3"),
                ("alamat.area", "35.79.02.2001"),
            ][..],
        ),
        (
            "permohonan",
            "/isi/tempat",
            &[
                ("perihal", "Lampu jalan"),
                ("uraian", "Lampu di gang tiga mati sejak Senin."),
            ][..],
        ),
        ("tempat", "/isi/lampiran", &[("ada_tempat", "no")][..]),
        ("lampiran", "/isi", &[][..]),
        ("pernyataan", "/isi", &[("benar", "yes")][..]),
    ] {
        let sent = save(portal, guest, &format!("{GENERAL}/isi/{page}"), fields).await;
        assert_eq!(
            (sent.status, sent.place()),
            (StatusCode::SEE_OTHER, format!("{GENERAL}{next}").as_str()),
            "{page}: {}",
            sent.text
        );
    }
}

#[tokio::test]
async fn services_are_found_and_say_what_the_law_asks() {
    let portal = open().await;
    let list = portal.get("/layanan", "").await;
    assert!(list.text.contains("Permohonan umum") && list.text.contains("Lapor kelahiran"));
    assert_eq!(
        list.text,
        portal.get("/layanan", "").await.text,
        "the same bytes for everybody"
    );
    let found = portal
        .get("/layanan?cari=kelahiran&keperluan=birth&kantor=dishub", "")
        .await;
    assert!(found.text.contains("Lapor kelahiran") && !found.text.contains(">Permohonan umum<"));
    let none = portal.get("/layanan?cari=tidakada", "").await;
    assert!(none.text.contains("Tidak ada layanan yang cocok"));
    let start = portal.get(GENERAL, "").await;
    for text in [
        "Persyaratan",
        "Dasar hukum",
        "Evaluasi kinerja",
        "Jaminan pelayanan",
        "Gratis",
        "Paling lama 14 hari kerja",
        "Mulai mengisi",
    ] {
        assert!(start.text.contains(text), "{text}");
    }
    assert_eq!(start.text.matches("<h3>").count(), 14);
    assert_eq!(
        portal.get("/layanan/tidak-ada", "").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_guest_fills_in_checks_changes_sends_and_finds_the_number_again() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let tasks = portal.get(&format!("{GENERAL}/isi"), &guest).await;
    assert!(
        tasks.text.contains("0 dari 3 langkah selesai") && tasks.text.contains("Belum dapat diisi"),
        "{}",
        tasks.text
    );
    assert_eq!(tasks.head(header::CACHE_CONTROL), "no-store");
    fill(&portal, &guest).await;
    let check = portal.get(&format!("{GENERAL}/periksa"), &guest).await;
    for text in [
        "Siti Aminah",
        "0812 3456 7890",
        "Punten, Kec. Bumiaji",
        "Tidak diisi",
        "Kirim permohonan",
        "Ubah<span class=\"vh\"> Nama lengkap</span>",
    ] {
        assert!(plain(&check).contains(text), "{text}: {}", check.text);
    }
    // A change leads back here, by way of what it opened.
    let place = format!("{GENERAL}/isi/tempat?dari=periksa");
    let one_more = save(&portal, &guest, &place, &[("ada_tempat", "yes")]).await;
    assert_eq!(
        one_more.place(),
        format!("{GENERAL}/periksa"),
        "what is optional holds nobody up"
    );
    let key = hidden(
        &portal.get(&format!("{GENERAL}/periksa"), &guest).await,
        "_kunci",
    );
    let sent = portal
        .post(&format!("{GENERAL}/periksa"), &guest, &[("_kunci", &key)])
        .await;
    let number = sent
        .place()
        .rsplit('/')
        .next()
        .expect("a number")
        .to_owned();
    assert_eq!(
        sent.place(),
        format!("{GENERAL}/terkirim/{number}"),
        "{}",
        sent.text
    );
    let again = portal
        .post(&format!("{GENERAL}/periksa"), &guest, &[("_kunci", &key)])
        .await;
    assert_eq!(again.place(), sent.place(), "sent twice is one");
    let done = portal.get(sent.place(), &guest).await;
    for text in [
        "Permohonan Anda kami terima",
        &number,
        "Dinas Perhubungan memeriksa",
        &format!("/lacak/{}", number.replace('-', "")),
    ] {
        assert!(done.text.contains(text), "{text}");
    }
    // Another's number, and one that is not there, give the same answer.
    for place in [
        sent.place().to_owned(),
        format!("{GENERAL}/terkirim/00000-00000"),
    ] {
        let other = portal.get(&place, "").await;
        assert!(
            other.status == StatusCode::SEE_OTHER && other.place().starts_with("/lacak/"),
            "{place}"
        );
    }
    let late = save_late(&portal, &guest).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.text.contains("yang baru saja"),
        "what was typed is there to copy: {}",
        late.text
    );
}

async fn save_late(portal: &Portal, guest: &str) -> Answer {
    portal
        .post(
            &format!("{GENERAL}/isi/permohonan"),
            guest,
            &[("_ada", "perihal"), ("perihal", "yang baru saja")],
        )
        .await
}

#[tokio::test]
async fn what_is_wrong_is_said_twice_in_the_same_words_and_nothing_is_lost() {
    let portal = open().await;
    let guest = begin(&portal, BIRTH).await;
    let place = format!("{BIRTH}/isi/pelapor");
    let fields = [
        ("pelapor", "Siti"),
        ("nik", "357901410795000"),
        ("lahir_pelapor.day", "1"),
        ("lahir_pelapor.year", "1995"),
    ];
    let wrong = save(&portal, &guest, &place, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("<title>Kesalahan: "), "{}", wrong.text);
    assert!(wrong.text.contains("novalidate") && !wrong.text.contains(" required"));
    assert_eq!(
        wrong
            .text
            .matches("NIK Anda memuat 15 angka, seharusnya 16.")
            .count(),
        2
    );
    assert!(
        wrong.text.contains("href=\"#nik\"")
            && wrong.text.contains("href=\"#lahir_pelapor.month\"")
    );
    assert!(
        wrong.text.contains("id=\"lahir_pelapor.month\"")
            && wrong.text.contains("belum memuat bulan")
    );
    assert!(
        wrong
            .text
            .contains("id=\"error-summary\" tabindex=\"-1\" autofocus")
    );
    assert!(
        wrong.text.contains("value=\"357901410795000\"") && wrong.text.contains("value=\"Siti\"")
    );
    let again = portal.get(&place, &guest).await;
    assert!(
        again.text.contains("value=\"357901410795000\""),
        "saved, though wrong"
    );
    assert!(
        !again.text.contains("error-summary"),
        "nobody is blamed before sending"
    );
    let tasks = portal.get(&format!("{BIRTH}/isi"), &guest).await;
    assert!(tasks.text.contains("Ada yang salah"));
    let evil = "\"><script>alert(1)</script>";
    let typed = save(
        &portal,
        &guest,
        &format!("{BIRTH}/isi/anak"),
        &[("nama_anak", evil), ("catatan", evil)],
    )
    .await;
    assert!(!typed.text.contains("<script>alert"), "{}", typed.text);
}

#[tokio::test]
async fn an_answer_opens_a_question_on_the_same_page_without_blame() {
    let portal = open().await;
    let guest = begin(&portal, BIRTH).await;
    let fields = [
        ("nama_anak", "Budi"),
        ("lahir.day", "1"),
        ("lahir.month", "11"),
        ("lahir.year", "2026"),
        ("berat", "3.200"),
        ("tempat", "5"),
    ];
    let opened = save(&portal, &guest, &format!("{BIRTH}/isi/anak"), &fields).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    assert!(
        opened.text.contains("membuka pertanyaan baru")
            && opened.text.contains("id=\"tempat_lain\"")
    );
    assert!(!opened.text.contains("error-summary"));
}

#[tokio::test]
async fn items_are_added_filled_in_and_removed_on_pages_of_their_own() {
    let portal = open().await;
    let guest = begin(&portal, BIRTH).await;
    let group = format!("{BIRTH}/isi/saksi");
    let added = save(&portal, &guest, &group, &[("_tambah", "saksi")]).await;
    let item = format!("{BIRTH}/isi/saksi/saksi.1");
    assert_eq!(added.place(), item);
    let page = portal.get(&item, &guest).await;
    assert!(page.text.contains("<h1>Saksi 1</h1>"), "{}", page.text);
    let up = save(
        &portal,
        &guest,
        &item,
        &[("saksi.1.nama_saksi", "Joko"), ("saksi.1.warga", "no")],
    )
    .await;
    assert_eq!(
        up.status,
        StatusCode::OK,
        "a passport is asked for now: {}",
        up.text
    );
    let up = save(
        &portal,
        &guest,
        &item,
        &[
            ("saksi.1.nama_saksi", "Joko"),
            ("saksi.1.warga", "no"),
            ("saksi.1.paspor", "X1234567"),
        ],
    )
    .await;
    assert_eq!(up.place(), group);
    let few = save(&portal, &guest, &group, &[]).await;
    assert_eq!(few.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        plain(&few).contains("sedikitnya 2") && plain(&few).contains("Saksi 1: Joko"),
        "{}",
        few.text
    );
    let ask = portal.get(&format!("{item}/hapus"), &guest).await;
    assert!(ask.text.contains("Hapus Saksi 1?"), "{}", ask.text);
    assert_eq!(
        portal
            .post(&format!("{item}/hapus"), &guest, &[])
            .await
            .place(),
        group
    );
    assert_eq!(
        portal.get(&item, &guest).await.status,
        StatusCode::NOT_FOUND
    );
}

/// A page with a file, as a browser sends it.
async fn upload(portal: &Portal, guest: &str, name: &str, content: &[u8]) -> Answer {
    let part = |field: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
            .into_bytes()
    };
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"lampiran\"; filename=\"{name}\"\r\n\r\n"
    );
    let body = [
        head.into_bytes(),
        content.to_vec(),
        b"\r\n".to_vec(),
        part("_unggah", "lampiran"),
        b"--x--\r\n".to_vec(),
    ]
    .concat();
    let request = browser("POST", &format!("{GENERAL}/isi/lampiran"), guest)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .expect("a request");
    portal.send(request).await
}

#[tokio::test]
async fn files_are_taken_listed_read_and_refused_with_a_sentence() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n";
    let taken = upload(&portal, &guest, "surat saya.pdf", pdf).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let place = format!("{GENERAL}/isi/lampiran");
    let page = portal.get(&place, &guest).await;
    assert!(page.text.contains("surat-saya.pdf"), "{}", page.text);
    let href = page
        .text
        .split("href=\"")
        .find(|rest| rest.contains("/berkas/") && rest.starts_with(GENERAL))
        .expect("a link");
    let href = href.split('"').next().expect("an address");
    let file = portal.get(href, &guest).await;
    assert!(
        file.status == StatusCode::OK
            && file
                .head(header::CONTENT_DISPOSITION)
                .starts_with("attachment")
    );
    assert_eq!(portal.get(href, "").await.status, StatusCode::NOT_FOUND);
    for (name, content, said) in [
        (
            "virus.pdf",
            b"%PDF-1.4\n/JavaScript \n%%EOF".to_vec(),
            "virus.pdf bukan jenis yang kami terima",
        ),
        (
            "besar.pdf",
            vec![b'a'; 11 * 1024 * 1024],
            "besar.pdf terlalu besar",
        ),
    ] {
        let refused = upload(&portal, &guest, name, &content).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(
            refused.text.matches(said).count(),
            2,
            "{name}: {}",
            refused.text
        );
    }
    let id = href.rsplit('/').next().expect("an id");
    let gone = save(
        &portal,
        &guest,
        &place,
        &[("_buang", &format!("lampiran {id}"))],
    )
    .await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(
        !portal
            .get(&place, &guest)
            .await
            .text
            .contains("surat-saya.pdf")
    );
}

#[tokio::test]
async fn two_tabs_with_the_same_page_lose_nothing() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let place = format!("{GENERAL}/isi/permohonan");
    let old = hidden(&portal.get(&place, &guest).await, "_revisi");
    let one = [
        ("perihal", "Lampu di tab satu"),
        ("uraian", "Lampu di gang tiga mati sejak Senin."),
    ];
    save(&portal, &guest, &place, &one).await;
    let two = [
        ("_revisi", old.as_str()),
        ("_ada", "perihal"),
        ("_ada", "uraian"),
        ("perihal", "Lampu di tab dua"),
        ("uraian", "lain"),
    ];
    let quarrel = portal.post(&place, &guest, &two).await;
    assert_eq!(quarrel.status, StatusCode::CONFLICT);
    assert!(
        quarrel.text.contains("value=\"Lampu di tab dua\"")
            && quarrel.text.contains("Lampu di tab satu"),
        "{}",
        quarrel.text
    );
    assert!(
        portal
            .get(&place, &guest)
            .await
            .text
            .contains("value=\"Lampu di tab satu\"")
    );
}

#[tokio::test]
async fn a_code_and_a_shared_computer() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    save(
        &portal,
        &guest,
        &format!("{GENERAL}/isi/pemohon"),
        &[("nama", "Siti Aminah"), ("telepon", "081234567890")],
    )
    .await;
    let made = portal.post(&format!("{GENERAL}/nanti"), &guest, &[]).await;
    let code = made
        .text
        .split_once("<b class=\"ref\">")
        .and_then(|(_, rest)| rest.split('<').next())
        .expect("a code")
        .to_owned();
    let wrong = portal
        .post("/layanan/lanjut", "", &[("kode", "00000-00000-00000")])
        .await;
    assert!(
        wrong.status == StatusCode::UNPROCESSABLE_ENTITY
            && wrong.text.contains("tidak cocok dengan isian mana pun")
    );
    let other = portal.post("/layanan/lanjut", "", &[("kode", &code)]).await;
    assert_eq!(other.place(), format!("{GENERAL}/isi"));
    let other = other.pair(GUEST);
    assert!(
        portal
            .get(&format!("{GENERAL}/isi/pemohon"), &other)
            .await
            .text
            .contains("value=\"Siti Aminah\"")
    );
    assert!(
        portal
            .get("/layanan", &other)
            .await
            .text
            .contains("belum dikirim")
    );
    let left = portal.post("/layanan/lupakan", &other, &[]).await;
    assert!(
        left.cookie(GUEST)
            .expect("is taken back")
            .contains("Max-Age=0")
    );
    assert!(left.head("clear-site-data").contains("storage"));
    assert_eq!(
        portal.get(&format!("{GENERAL}/isi"), &other).await.place(),
        GENERAL
    );
    let siti = portal.sign_in_with("siti", &guest).await;
    assert!(
        portal
            .get(&format!("{GENERAL}/isi/pemohon"), &siti)
            .await
            .text
            .contains("value=\"Siti Aminah\""),
        "it came along"
    );
}

#[tokio::test]
async fn what_closed_or_expired_is_there_to_copy() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    fill(&portal, &guest).await;
    portal.world.days(31);
    let page = portal
        .get(&format!("{GENERAL}/isi/permohonan"), &guest)
        .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.text.contains("kedaluwarsa") && page.text.contains("Lampu di gang tiga mati"),
        "{}",
        page.text
    );
    let typed = save_late(&portal, &guest).await;
    assert!(
        typed.status == StatusCode::CONFLICT
            && typed.text.contains("yang baru saja")
            && typed.text.contains("Siti Aminah")
    );
}
