//! The builder: a form made, tried, published, filled in and handed in, by plain forms alone.

use axum::http::{StatusCode, header};
use service::form::fixture::{birth, general, publish};

use super::{begin, hidden, plain, save};
use crate::rig::{Answer, Portal};

const FORMS: &str = "/kantor/formulir";

/// Sends a form of the builder with the revision that its page shows.
async fn send(portal: &Portal, officer: &str, page: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = portal.get(page, officer).await;
    assert_eq!(shown.status, StatusCode::OK, "{page}: {}", shown.text);
    let revision = hidden(&shown, "edisi");
    let mut all = vec![("edisi", revision.as_str())];
    all.extend(fields);
    let action = page.split('?').next().unwrap_or_default();
    portal.post(action, officer, &all).await
}

async fn done(portal: &Portal, officer: &str, page: &str, fields: &[(&str, &str)]) -> String {
    let answer = send(portal, officer, page, fields).await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "{page} {fields:?}: {}",
        answer.text
    );
    let place = answer.place();
    place
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn a_form_is_made_tried_published_filled_in_and_handed_in() {
    let portal = Portal::new().await;
    let rina = portal.sign_in("rina").await;
    assert!(
        portal
            .get(FORMS, &rina)
            .await
            .text
            .contains("Belum ada formulir")
    );
    let fields = [
        ("title.id", "Izin parkir acara"),
        ("title.en", "Event parking permit"),
        ("office", "dishub"),
    ];
    let made = portal.post(&format!("{FORMS}/baru"), &rina, &fields).await;
    let outline = format!("{FORMS}/izin-parkir-acara/susunan");
    assert_eq!(
        made.place().split('?').next(),
        Some(outline.as_str()),
        "{}",
        made.text
    );
    let at = |tail: &str| format!("{FORMS}/izin-parkir-acara{tail}");

    // Two pages, three questions.
    for (id, en) in [("Acara", "Event"), ("Pernyataan", "Declaration")] {
        let fields = [("aksi", "halaman"), ("halaman.id", id), ("halaman.en", en)];
        done(&portal, &rina, &outline, &fields).await;
    }
    let add = async |home: &str, id: &str, en: &str, kind: &str| {
        let (own, other) = (format!("{home}.id"), format!("{home}.en"));
        let fields = [
            ("aksi", "pertanyaan"),
            ("di", home),
            (own.as_str(), id),
            (other.as_str(), en),
            ("kind", kind),
        ];
        done(&portal, &rina, &outline, &fields).await
    };
    let name = add("page:acara", "Nama acara", "Name of the event", "short").await;
    assert_eq!(name, at("/pertanyaan/nama_acara"));
    let closed = add(
        "page:acara",
        "Jalan ditutup?",
        "Is a road closed?",
        "yes_no",
    )
    .await;
    let road = add("page:acara", "Jalan mana", "Which road", "one").await;
    let declared = add(
        "page:pernyataan",
        "Semua benar.",
        "All is true.",
        "declaration",
    )
    .await;
    let lacking = portal.get(&at("/temuan"), &rina).await;
    assert!(
        lacking
            .text
            .contains("golongan data pribadi belum ditentukan"),
        "{}",
        lacking.text
    );
    assert!(
        lacking
            .text
            .contains("href=\"/kantor/formulir/izin-parkir-acara/pertanyaan/jalan_mana\"")
    );
    assert!(lacking.text.contains("layanan#safety.id"));

    // What is wrong is said beside its field, and what was typed stays.
    let fields = [
        ("aksi", "simpan"),
        ("key", "nama_acara"),
        ("label.id", "Nama acaranya"),
        ("max", "banyak"),
    ];
    let wrong = send(&portal, &rina, &name, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("href=\"#max\"") && wrong.text.contains("value=\"Nama acaranya\""),
        "{}",
        wrong.text
    );
    let common = [("aksi", "simpan"), ("class", "none")];
    for (place, more) in [
        (
            &name,
            &[
                ("key", "acara"),
                ("label.id", "Nama acara"),
                ("label.en", "Name of the event"),
                ("max", "80"),
            ][..],
        ),
        (
            &closed,
            &[
                ("key", "tutup"),
                ("label.id", "Jalan ditutup?"),
                ("label.en", "Is a road closed?"),
            ][..],
        ),
        (
            &road,
            &[
                ("key", "jalan"),
                ("label.id", "Jalan mana"),
                ("label.en", "Which road"),
                (
                    "options",
                    "D | Jalan Diponegoro | Diponegoro Street\r\nI | Jalan Ijen | Ijen Street",
                ),
            ][..],
        ),
        (
            &declared,
            &[
                ("key", "benar"),
                ("label.id", "Semua benar."),
                ("label.en", "All is true."),
            ][..],
        ),
    ] {
        let fields = [&common[..], more].concat();
        done(&portal, &rina, place, &fields).await;
    }
    let road = at("/pertanyaan/jalan");
    let fields = [
        ("aksi", "syarat"),
        ("when.join", "all"),
        ("when.what.0", "is:tutup=yes"),
        ("when.how.0", "yes"),
    ];
    done(&portal, &rina, &road, &fields).await;
    let shown = portal.get(&outline, &rina).await;
    assert!(
        plain(&shown).contains("hanya bila Jalan ditutup? adalah Ya"),
        "{}",
        shown.text
    );

    // The service.
    let mut fields = vec![
        ("life_event", "business"),
        ("summary.id", "Minta izin parkir."),
        ("summary.en", "Ask for a parking permit."),
        ("fee", "fixed"),
        ("amount", "15.000"),
        ("limit.unit", "working_days"),
        ("limit.length", "3"),
        ("retention_days", "365"),
        ("is_online", "1"),
    ];
    let standard: Vec<(String, String)> = domain::form::Component::ALL
        .into_iter()
        .flat_map(|of| {
            [
                (format!("{}.id", of.word()), "Isi".to_owned()),
                (format!("{}.en", of.word()), "Text".to_owned()),
            ]
        })
        .collect();
    fields.extend(
        standard
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    done(&portal, &rina, &at("/layanan"), &fields).await;

    // Looked at and tried.
    let preview = portal
        .get(&at("/pratinjau?halaman=acara&dalam=en"), &rina)
        .await;
    assert!(
        preview.text.contains("lang=\"en\" class=\"phone\"") && preview.text.contains("Which road"),
        "{}",
        preview.text
    );
    let phone = preview
        .text
        .split("class=\"phone\"")
        .nth(1)
        .and_then(|rest| rest.split("office-aside").next())
        .expect("a phone");
    assert!(!phone.contains("<form"), "nothing can be sent");
    let first = portal.get(&at("/coba"), &rina).await;
    assert!(first.text.contains("Nama acara") && !first.text.contains("Jalan Diponegoro"));
    let tried = portal
        .post(&at("/coba"), &rina, &[("acara", "Pawai"), ("tutup", "yes")])
        .await;
    assert!(
        tried.text.contains("Jalan Diponegoro") && tried.text.contains("belum dapat dikirim"),
        "{}",
        tried.text
    );
    let fields = [
        ("acara", "Pawai"),
        ("tutup", "yes"),
        ("jalan", "D"),
        ("benar", "yes"),
    ];
    let tried = portal.post(&at("/coba"), &rina, &fields).await;
    assert!(
        tried.text.contains("Isian ini dapat dikirim") && tried.text.contains("15.000"),
        "{}",
        tried.text
    );

    // Published, filled in, handed in.
    let place = {
        let shown = portal.get(&outline, &rina).await;
        let revision = hidden(&shown, "edisi");
        portal
            .post(&at("/terbit"), &rina, &[("edisi", &revision)])
            .await
    };
    assert_eq!(place.place(), at("?kabar=terbit"), "{}", place.text);
    assert!(
        portal
            .get("/layanan", "")
            .await
            .text
            .contains("Izin parkir acara")
    );
    let service = "/layanan/izin-parkir-acara";
    let guest = begin(&portal, service).await;
    let sent = save(
        &portal,
        &guest,
        &format!("{service}/isi/acara"),
        &[("acara", "Pawai"), ("tutup", "no")],
    )
    .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    save(
        &portal,
        &guest,
        &format!("{service}/isi/pernyataan"),
        &[("benar", "yes")],
    )
    .await;
    let check = portal.get(&format!("{service}/periksa"), &guest).await;
    let key = hidden(&check, "_kunci");
    let sent = portal
        .post(&format!("{service}/periksa"), &guest, &[("_kunci", &key)])
        .await;
    assert!(
        sent.place().starts_with(&format!("{service}/terkirim/")),
        "{}",
        sent.text
    );
}

#[tokio::test]
async fn who_is_on_version_one_goes_on_with_it() {
    let portal = Portal::new().await;
    publish(&portal.world, &general()).await;
    let service = "/layanan/permohonan-umum";
    let guest = begin(&portal, service).await;
    let rina = portal.sign_in("rina").await;
    let key = format!("{FORMS}/permohonan-umum");
    let begun = portal.post(&key, &rina, &[("aksi", "mulai")]).await;
    let outline = format!("{key}/susunan");
    assert!(begun.place().starts_with(&outline));
    done(
        &portal,
        &rina,
        &outline,
        &[("aksi", "buang question:perihal")],
    )
    .await;
    let shown = portal.get(&outline, &rina).await;
    let revision = hidden(&shown, "edisi");
    let sent = portal
        .post(&format!("{key}/terbit"), &rina, &[("edisi", &revision)])
        .await;
    assert_eq!(sent.place(), format!("{key}?kabar=terbit"), "{}", sent.text);
    let old = portal
        .get(&format!("{service}/isi/permohonan"), &guest)
        .await;
    assert!(old.text.contains("name=\"perihal\""), "{}", old.text);
    let fields = [
        ("perihal", "Lampu jalan"),
        ("uraian", "Lampu di gang tiga mati sejak Senin."),
    ];
    let saved = save(
        &portal,
        &guest,
        &format!("{service}/isi/permohonan"),
        &fields,
    )
    .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let other = begin(&portal, service).await;
    let new = portal
        .get(&format!("{service}/isi/permohonan"), &other)
        .await;
    assert!(new.text.contains("name=\"uraian\"") && !new.text.contains("name=\"perihal\""));
    // The office sees what changed, and takes each version out to the letter.
    let compared = portal.get(&format!("{key}/banding"), &rina).await;
    assert!(
        compared.text.contains("Dibuang") && compared.text.contains("1 perbedaan"),
        "{}",
        compared.text
    );
    let first = portal.get(&format!("{key}/unduh?versi=1"), &rina).await;
    assert_eq!(first.kind(), "application/json");
    assert!(
        first
            .head(header::CONTENT_DISPOSITION)
            .contains("permohonan-umum-1.json")
    );
    let again: domain::form::Bundle = serde_json::from_str(&first.text).expect("a form");
    assert_eq!(again, general());
    // Closed at once for those who come.
    portal.post(&key, &rina, &[("aksi", "tutup")]).await;
    let start = portal.get(service, "").await;
    assert!(!start.text.contains("Mulai mengisi"), "{}", start.text);
    let twice = portal.post(&key, &rina, &[("aksi", "tutup")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn two_officers_see_both_states_and_can_go_back() {
    let portal = Portal::new().await;
    publish(&portal.world, &birth()).await;
    let (rina, admin) = (portal.sign_in("rina").await, portal.sign_in("admin").await);
    let key = format!("{FORMS}/lapor-lahir");
    portal.post(&key, &rina, &[("aksi", "mulai")]).await;
    let page = format!("{key}/pertanyaan/berat");
    let seen = hidden(&portal.get(&page, &admin).await, "edisi");
    let base = [
        ("aksi", "simpan"),
        ("key", "berat"),
        ("min", "100"),
        ("max", "9000"),
        ("class", "specific"),
    ];
    let by_rina = [
        &base[..],
        &[
            ("label.id", "Berat bayi"),
            ("label.en", "Weight of the child"),
        ],
    ]
    .concat();
    done(&portal, &rina, &page, &by_rina).await;
    let by_admin = [
        &[("edisi", seen.as_str())][..],
        &base[..],
        &[("label.id", "Berat lahir"), ("label.en", "Weight at birth")],
    ]
    .concat();
    let stale = portal.post(&page, &admin, &by_admin).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(
        stale.text.contains("value=\"Berat lahir\""),
        "what was typed stays: {}",
        stale.text
    );
    assert!(
        plain(&stale).contains("Pertanyaan Berat bayi: judul diubah"),
        "what a colleague did stands there: {}",
        stale.text
    );
    let now = portal.get(&page, &rina).await;
    assert!(
        now.text.contains("value=\"Berat bayi\""),
        "nothing was overwritten"
    );
    // Sent again from that page, it is meant.
    let meant = hidden(&stale, "edisi");
    let by_admin = [&[("edisi", meant.as_str())][..], &by_admin[1..]].concat();
    assert_eq!(
        portal.post(&page, &admin, &by_admin).await.status,
        StatusCode::SEE_OTHER
    );
    // Back, and forth.
    let outline = format!("{key}/susunan");
    let shown = portal.get(&outline, &rina).await;
    assert!(
        plain(&shown).contains("Batalkan: ubah pertanyaan berat"),
        "{}",
        shown.text
    );
    done(&portal, &rina, &outline, &[("aksi", "batalkan")]).await;
    assert!(
        portal
            .get(&page, &rina)
            .await
            .text
            .contains("value=\"Berat bayi\"")
    );
    done(&portal, &rina, &outline, &[("aksi", "ulangi")]).await;
    assert!(
        portal
            .get(&page, &rina)
            .await
            .text
            .contains("value=\"Berat lahir\"")
    );
    let stale = portal
        .post(&outline, &rina, &[("aksi", "batalkan"), ("edisi", "1")])
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn every_part_can_be_looked_at_and_changed() {
    let portal = Portal::new().await;
    publish(&portal.world, &birth()).await;
    let rina = portal.sign_in("rina").await;
    let key = format!("{FORMS}/lapor-lahir");
    portal.post(&key, &rina, &[("aksi", "mulai")]).await;
    let outline = format!("{key}/susunan");
    for question in birth().definition.each_question() {
        let place = format!("{key}/pertanyaan/{}", question.0.key);
        let page = portal.get(&place, &rina).await;
        assert_eq!(page.status, StatusCode::OK, "{place}");
        assert_eq!(page.head(header::CACHE_CONTROL), "no-store");
    }
    for page in &birth().definition.pages {
        for place in [
            format!("{key}/halaman/{}", page.key),
            format!("{key}/pratinjau?halaman={}", page.key),
        ] {
            assert_eq!(
                portal.get(&place, &rina).await.status,
                StatusCode::OK,
                "{place}"
            );
        }
    }
    // What rows cannot say is said in words and as JSON.
    let late = portal.get(&format!("{key}/halaman/terlambat"), &rina).await;
    assert!(
        late.text
            .contains("jumlah hari dari Tanggal lahir anak sampai hari pengisian lebih dari 60"),
        "{}",
        late.text
    );
    let broken = send(
        &portal,
        &rina,
        &format!("{key}/halaman/terlambat"),
        &[("aksi", "syarat"), ("json", "{")],
    )
    .await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(broken.text.contains("JSON tidak dapat dibaca"));
    // Order, copies, another kind, another page.
    done(&portal, &rina, &outline, &[("aksi", "naik page:anak")]).await;
    done(&portal, &rina, &outline, &[("aksi", "salin page:saksi")]).await;
    done(
        &portal,
        &rina,
        &format!("{key}/pertanyaan/catatan"),
        &[("aksi", "jenis"), ("jenis", "short")],
    )
    .await;
    done(
        &portal,
        &rina,
        &format!("{key}/pertanyaan/catatan"),
        &[("aksi", "pindah"), ("ke", "page:pelapor")],
    )
    .await;
    let fields = [
        ("aksi", "simpan"),
        ("key", "ayah-ibu"),
        ("title.id", "Orang tua"),
        ("title.en", "Parents"),
        ("section", "tentang_anda"),
    ];
    done(&portal, &rina, &format!("{key}/halaman/pelapor"), &fields).await;
    // Rules.
    let rules = format!("{key}/aturan");
    let fields = [
        ("aksi", "simpan"),
        ("message.id", "Lahir tidak boleh nanti."),
        ("message.en", "No birth in the future."),
        ("at", "lahir"),
        ("must.join", "all"),
        ("must.what.0", "compare:lahir"),
        ("must.how.0", "at_most"),
        ("must.with.0", "@today"),
    ];
    done(&portal, &rina, &rules, &fields).await;
    let shown = portal.get(&rules, &rina).await;
    assert!(
        plain(&shown).contains("Harus berlaku: Tanggal lahir anak paling besar hari pengisian"),
        "{}",
        shown.text
    );
    let lacks = send(
        &portal,
        &rina,
        &rules,
        &[("aksi", "simpan"), ("message.id", "Salah")],
    )
    .await;
    assert!(
        lacks.text.contains("href=\"#at\"") && lacks.text.contains("href=\"#must.what.0\""),
        "{}",
        lacks.text
    );
    // Texts, by part.
    let texts = format!("{key}/teks?bagian=ayah-ibu");
    assert!(
        portal
            .get(&texts, &rina)
            .await
            .text
            .contains("value=\"question.nik.label\"")
    );
    let fields = [
        ("bagian", "ayah-ibu"),
        ("jalur", "question.nik.label"),
        ("question.nik.label.id", "NIK pelapor"),
        ("question.nik.label.en", "Your NIK"),
    ];
    done(&portal, &rina, &texts, &fields).await;
    let compared = portal.get(&format!("{key}/banding"), &rina).await;
    for text in ["Dipindahkan", "Ditambahkan", "<del>", "<ins>pelapor"] {
        assert!(plain(&compared).contains(text), "{text}: {}", compared.text);
    }
    // A group is tried with its items.
    let more = portal
        .post(&format!("{key}/coba"), &rina, &[("_tambah", "saksi")])
        .await;
    assert!(
        more.text.contains("name=\"saksi.1.nama_saksi\""),
        "{}",
        more.text
    );
    let less = portal
        .post(
            &format!("{key}/coba"),
            &rina,
            &[("saksi", "1"), ("_lepas", "saksi 1")],
        )
        .await;
    assert!(!less.text.contains("name=\"saksi.1.nama_saksi\""));
    // Thrown away; what is published stays.
    let shelf = portal.get(&key, &rina).await;
    let revision = hidden(&shelf, "edisi");
    let gone = portal
        .post(&key, &rina, &[("aksi", "buang"), ("edisi", &revision)])
        .await;
    assert_eq!(gone.place(), format!("{FORMS}?kabar=dibuang"));
    assert_eq!(
        portal.get(&outline, &rina).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal.get("/layanan/lapor-lahir", "").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn another_office_finds_nothing() {
    let portal = Portal::new().await;
    publish(&portal.world, &general()).await;
    let (rina, agus) = (portal.sign_in("rina").await, portal.sign_in("agus").await);
    let key = format!("{FORMS}/permohonan-umum");
    portal.post(&key, &rina, &[("aksi", "mulai")]).await;
    assert!(
        !portal
            .get(FORMS, &agus)
            .await
            .text
            .contains("Permohonan umum")
    );
    for tail in [
        "",
        "/susunan",
        "/halaman/pemohon",
        "/pertanyaan/perihal",
        "/aturan",
        "/teks",
        "/layanan",
        "/temuan",
        "/pratinjau",
        "/coba",
        "/banding",
        "/unduh",
        "/unduh?versi=1",
    ] {
        let place = format!("{key}{tail}");
        assert_eq!(
            portal.get(&place, &agus).await.status,
            StatusCode::NOT_FOUND,
            "{place}"
        );
        assert_eq!(
            portal.get(&place, "").await.status,
            StatusCode::SEE_OTHER,
            "{place}"
        );
        assert_eq!(
            portal.get(&place, &rina).await.status,
            StatusCode::OK,
            "{place}"
        );
    }
    for (tail, fields) in [
        ("", &[("aksi", "tutup")][..]),
        (
            "/susunan",
            &[("aksi", "buang page:pemohon"), ("edisi", "1")][..],
        ),
        ("/terbit", &[("edisi", "1")][..]),
        ("/coba", &[][..]),
    ] {
        assert_eq!(
            portal
                .post(&format!("{key}{tail}"), &agus, fields)
                .await
                .status,
            StatusCode::NOT_FOUND
        );
    }
    let fields = [("title.id", "Izin lain"), ("office", "dishub")];
    assert_eq!(
        portal
            .post(&format!("{FORMS}/baru"), &agus, &fields)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn what_comes_in_is_a_form_or_a_clear_sentence() {
    let portal = Portal::new().await;
    let rina = portal.sign_in("rina").await;
    let place = format!("{FORMS}/impor");
    let import = async |text: &str| portal.post(&place, &rina, &[("json", text)]).await;
    let whole = serde_json::to_string(&birth()).expect("writes");
    for (text, sentence) in [
        ("", "Pilih berkas JSON"),
        ("{\"service\": ", "Isi JSON rusak pada baris 1"),
        ("{\"judul\": 1}", "bukan formulir yang dikenal"),
        ("[".repeat(9_000).as_str(), "bukan formulir yang dikenal"),
        (
            whole.replace("\"dishub\"", "\"antariksa\"").as_str(),
            "Dinas antariksa tidak ada",
        ),
        (
            whole.replace("\"lapor-lahir\"", "\"../x\"").as_str(),
            "Kata kunci formulir",
        ),
    ] {
        let refused = import(text).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{sentence}"
        );
        assert!(
            refused.text.contains(sentence),
            "{sentence}: {}",
            refused.text
        );
    }
    let huge = import(&" ".repeat(2 * 1024 * 1024)).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(huge.text.contains("lebih besar dari 1 MB"), "{}", huge.text);
    assert!(
        portal
            .get(FORMS, &rina)
            .await
            .text
            .contains("Belum ada formulir"),
        "nothing was stored"
    );
    let came = import(&whole).await;
    assert!(
        came.place()
            .starts_with(&format!("{FORMS}/lapor-lahir/susunan")),
        "{}",
        came.text
    );
    let out = portal
        .get(&format!("{FORMS}/lapor-lahir/unduh"), &rina)
        .await;
    let again: domain::form::Bundle = serde_json::from_str(&out.text).expect("a form");
    assert_eq!(again, birth());
}
