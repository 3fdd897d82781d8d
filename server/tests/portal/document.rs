//! Receipts, letters, their templates, and the page on which anybody verifies one.

use axum::{body::Body, http::StatusCode};
use domain::{
    AccountId, OfficeId,
    case::Kind,
    deadline::{Limit, Unit},
    reference::Reference,
};
use http_body_util::BodyExt;
use service::case::{Contact, NewCase, open};

use crate::rig::{Portal, browser};

const PROOF: &str = "__Host-lacak";

/// A town whose transport office has decided a case of Siti's; its reference.
async fn town() -> (Portal, Reference) {
    let portal = Portal::new().await;
    let service = portal.world.service.clone();
    let table = r#"{"years":[{"year":2026,"decree":"SKB","off":[]}]}"#;
    service::case::import_holidays(&service, &portal.world.admin, table)
        .await
        .expect("the table is taken");
    let new = NewCase {
        kind: Kind::Form,
        office: OfficeId::new("dishub"),
        title: "Izin <b>parkir</b>".into(),
        form_version: None,
        key: "kunci-dari-perangkat".into(),
        applicant: Some(AccountId::new("siti")),
        desk: None,
        contact: Contact {
            name: "Siti Aminah".into(),
            phone: "0812-3456-7890".into(),
            email: String::new(),
        },
        answers: "{}".into(),
        nik: None,
        files: Vec::new(),
        terms: Limit {
            unit: Unit::WorkingDays,
            length: 5,
            extension: 0,
            pauses: false,
            steps: Vec::new(),
            note: String::new(),
        },
        retention_days: 30,
    };
    let inner = service.clone();
    let opened = service
        .db()
        .write(move |tx| Box::pin(async move { open(tx, &inner, new).await }))
        .await;
    let reference = opened.expect("the case is opened").reference;
    let rina = &portal.world.rina;
    service::case::check(&service, rina, reference, 1, "periksa")
        .await
        .expect("is complete");
    let decision = ("granted", "Persyaratan lengkap dan sesuai.");
    service::case::decide(&service, rina, reference, decision, 2, "putuskan")
        .await
        .expect("is decided");
    (portal, reference)
}

/// The bytes of an address that is a PDF.
pub(crate) async fn pdf(portal: &Portal, place: &str, cookies: &str) -> Vec<u8> {
    let request = browser("GET", place, cookies).body(Body::empty());
    let response = portal.open(request.expect("an address")).await;
    assert_eq!(response.status(), StatusCode::OK, "{place}");
    let head = |name: &str| {
        response.headers()[name]
            .to_str()
            .expect("is text")
            .to_owned()
    };
    assert_eq!(head("content-type"), "application/pdf");
    assert_eq!(head("cache-control"), "private, no-store");
    assert!(head("content-disposition").starts_with("attachment; filename=\""));
    let bytes = response.into_body().collect().await.expect("a whole body");
    let bytes = bytes.to_bytes().to_vec();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    bytes
}

/// What follows a text in a page, up to a quotation mark.
fn after<'p>(page: &'p str, mark: &str) -> &'p str {
    let rest = page
        .split_once(mark)
        .unwrap_or_else(|| panic!("no {mark}: {page}"))
        .1;
    rest.split('"').next().unwrap_or_default()
}

async fn issue(portal: &Portal, reference: Reference) -> String {
    let rina = portal.sign_in("rina").await;
    let place = format!("/kantor/kasus/{}/surat", reference.compact());
    let done = portal
        .post(&place, &rina, &[("aksi", "terbit"), ("kunci", "kunci-1")])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = portal.get(&place, &rina).await;
    after(&page.text, "href=\"/verifikasi/").to_owned()
}

async fn compare(portal: &Portal, code: &str, file: Option<&[u8]>) -> crate::rig::Answer {
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"s.pdf\"\r\n\r\n"
            .to_vec();
    body.extend_from_slice(file.unwrap_or_default());
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = browser("POST", &format!("/verifikasi/{code}"), "")
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::from(body));
    portal.send(request.expect("an address")).await
}

#[tokio::test]
async fn a_letter_is_issued_got_and_verified() {
    let (portal, reference) = town().await;
    let rina = portal.sign_in("rina").await;
    let case = format!("/kantor/kasus/{}", reference.compact());
    let page = portal.get(&case, &rina).await;
    assert!(page.text.contains("Terbitkan surat"), "{}", page.text);
    let code = issue(&portal, reference).await;
    assert_eq!(issue(&portal, reference).await, code, "twice is once");
    let siti = portal.sign_in("siti").await;
    let own = portal
        .get(&format!("/lacak/{}", reference.compact()), &siti)
        .await;
    let place = format!("/lacak/{}/surat/{code}.pdf", reference.compact());
    assert!(
        own.text.contains(&place)
            && own
                .text
                .contains("Surat keputusan terbit: 0001/DISHUB/2026"),
        "{}",
        own.text
    );
    let letter = pdf(&portal, &place, &siti).await;
    assert_eq!(
        pdf(&portal, &format!("{case}/surat/{code}.pdf"), &rina).await,
        letter
    );
    let page = portal.get(&format!("/verifikasi/{code}"), "").await;
    assert_eq!(page.status, StatusCode::OK);
    for said in [
        "Surat ini berlaku.",
        "0001/DISHUB/2026",
        "Dinas Perhubungan",
        "S. A.",
        "Izin &lt;b&gt;parkir",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(page.text.contains("noindex"));
    for hidden in [
        "Siti",
        "Aminah",
        "7890",
        &reference.compact(),
        &reference.to_string(),
    ] {
        assert!(!page.text.contains(hidden), "{hidden} is nobody's business");
    }
    let same = compare(&portal, &code, Some(&letter)).await;
    assert!(
        same.status == StatusCode::OK && same.text.contains("sama persis"),
        "{}",
        same.text
    );
    let other = compare(&portal, &code, Some(b"%PDF-1.7 palsu")).await;
    assert!(other.text.contains("berbeda dari surat"), "{}", other.text);
    assert_eq!(
        compare(&portal, &code, None).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let typed = portal
        .get(&format!("/verifikasi?kode=+{}+", code.to_lowercase()), "")
        .await;
    assert_eq!(typed.place(), format!("/verifikasi/{code}"));
}

#[tokio::test]
async fn not_theirs_and_not_there_look_the_same() {
    let (portal, reference) = town().await;
    let code = issue(&portal, reference).await;
    let (siti, bambang) = (
        portal.sign_in("siti").await,
        portal.sign_in("bambang").await,
    );
    let (own, absent) = (reference.compact(), Reference::new([9; 6]).compact());
    let there = portal
        .get(&format!("/lacak/{absent}/surat/{absent}.pdf"), &bambang)
        .await;
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    for (place, cookie) in [
        (format!("/lacak/{own}/surat/{code}.pdf"), &bambang),
        (format!("/lacak/{own}/surat/{absent}.pdf"), &siti),
        (format!("/lacak/{absent}/surat/{code}.pdf"), &siti),
        (format!("/lacak/{own}/surat/{code}"), &siti),
        (format!("/lacak/{own}/tanda-terima.pdf"), &bambang),
        (format!("/lacak/{absent}/tanda-terima.pdf"), &siti),
    ] {
        let found = portal.get(&place, cookie).await;
        assert_eq!(found.status, StatusCode::NOT_FOUND, "{place}");
        assert!(found.text.contains("<h1>"), "{place}");
    }
    let agus = portal.sign_in("agus").await;
    for place in [
        format!("/kantor/kasus/{own}/surat"),
        format!("/kantor/kasus/{own}/surat/{code}.pdf"),
    ] {
        assert_eq!(
            portal.get(&place, &agus).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            portal.get(&place, &siti).await.status,
            StatusCode::FORBIDDEN
        );
        assert!(
            portal
                .get(&place, "")
                .await
                .place()
                .starts_with("/akun/masuk")
        );
    }
}

#[tokio::test]
async fn a_receipt_is_for_who_asked_by_account_or_proof() {
    let (portal, reference) = town().await;
    let place = format!("/lacak/{}/tanda-terima.pdf", reference.compact());
    let siti = portal.sign_in("siti").await;
    let first = pdf(&portal, &place, &siti).await;
    assert_eq!(
        first,
        pdf(&portal, &place, &siti).await,
        "the same case and moment"
    );
    let typed = reference.to_string();
    let found = portal
        .post("/lacak", "", &[("nomor", &typed), ("angka", "7890")])
        .await;
    let proof = found.pair(PROOF);
    assert_eq!(pdf(&portal, &place, &proof).await, first);
    let english = pdf(&portal, &format!("{place}?bahasa=en"), &proof).await;
    assert_ne!(english, first, "in the reader's language");
    assert_eq!(portal.get(&place, "").await.status, StatusCode::NOT_FOUND);
    let page = portal
        .get(&format!("/lacak/{}", reference.compact()), &proof)
        .await;
    assert!(page.text.contains(&place), "{}", page.text);
}

#[tokio::test]
async fn a_letter_is_replaced_and_revoked_in_public() {
    let (portal, reference) = town().await;
    let first = issue(&portal, reference).await;
    let rina = portal.sign_in("rina").await;
    let place = format!("/kantor/kasus/{}/surat", reference.compact());
    let deed = |deed: &'static str, code: &str, reason: &'static str| {
        let fields = [deed, code, reason, "kunci-2"].map(str::to_owned);
        let (portal, place, rina) = (&portal, &place, &rina);
        async move {
            let [deed, code, reason, key] = &fields;
            let fields = [
                ("aksi", deed),
                ("kode", code),
                ("alasan", reason),
                ("kunci", key),
            ];
            portal
                .post(place, rina, &fields.map(|(n, v)| (n, v.as_str())))
                .await
        }
    };
    let short = deed("ganti", &first, "salah").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        short.text.contains("salah</textarea>"),
        "what was typed is still there"
    );
    let done = deed("ganti", &first, "Nama <i>jalan</i> salah tulis.").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let old = portal.get(&format!("/verifikasi/{first}"), "").await;
    assert!(
        old.text.contains("sudah diganti") && old.text.contains("0002/DISHUB/2026"),
        "{}",
        old.text
    );
    let late = deed("cabut", &first, "Keputusan keliru.").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let page = portal.get(&place, &rina).await;
    let second = after(&page.text, "href=\"/verifikasi/").to_owned();
    assert_ne!(second, first);
    assert_eq!(
        deed("cabut", &second, "Keputusan <b>keliru</b>.")
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let now = portal.get(&format!("/verifikasi/{second}"), "").await;
    assert!(
        now.text.contains("sudah dicabut")
            && now.text.contains("Keputusan &lt;b&gt;keliru&lt;/b&gt;."),
        "{}",
        now.text
    );
    assert_eq!(
        deed("lain", &second, "").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        deed("cabut", "bukan-kode", "").await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn guessing_codes_is_throttled_with_one_answer() {
    let (portal, reference) = town().await;
    let code = issue(&portal, reference).await;
    let mut texts = Vec::new();
    for n in 0..20_u8 {
        let wrong = match n % 3 {
            0 => Reference::new([n; 6]).compact(),
            1 => "KODE-SALAH".to_owned(),
            _ => "x".repeat(60),
        };
        let answer = portal.get(&format!("/verifikasi/{wrong}"), "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(
            answer.text.contains("Tidak ada surat dengan kode ini."),
            "{}",
            answer.text
        );
        texts.push(answer.text.contains("id=\"kode\""));
    }
    assert!(texts.iter().all(|form| *form), "the field is there again");
    for place in [
        format!("/verifikasi/{code}"),
        "/verifikasi?kode=x".to_owned(),
    ] {
        assert_eq!(
            portal.get(&place, "").await.status,
            StatusCode::TOO_MANY_REQUESTS
        );
    }
    portal.world.clock.advance(60);
    assert_eq!(
        portal.get(&format!("/verifikasi/{code}"), "").await.status,
        StatusCode::OK
    );
}

const TEMPLATE: [(&str, &str); 12] = [
    ("layanan", ""),
    ("edisi", "0"),
    ("kode", "474"),
    ("kode_kantor", "422.108"),
    ("kop", "Pemerintah {{kota}}\n{{kantor}}"),
    ("judul", "Keputusan"),
    ("pembuka", "Yth. {{nama}}"),
    ("isi", "Permohonan Anda {{keputusan}}: {{alasan}}"),
    ("penutup", ""),
    ("tempat", "Batu"),
    ("jabatan", "Kepala {{kantor}}"),
    ("penanda_tangan", "Dra. Wiwik"),
];

fn template<'f>(change: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let changed = |name: &str| change.iter().find(|(own, _)| *own == name);
    let mut fields: Vec<(&str, &str)> = TEMPLATE
        .iter()
        .map(|(name, value)| *changed(name).unwrap_or(&(*name, *value)))
        .collect();
    fields.extend(change.iter().filter(|(name, _)| *name == "aksi"));
    fields
}

#[tokio::test]
async fn administrators_write_templates_and_others_do_not() {
    let (portal, reference) = town().await;
    let place = "/kantor/templat-surat";
    let admin = portal.sign_in("admin").await;
    let page = portal.get(place, &admin).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.contains("{{nama}}") && page.text.contains("templat bawaan"),
        "{}",
        page.text
    );
    let rina = portal.sign_in("rina").await;
    assert_eq!(portal.get(place, &rina).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        portal.post(place, &rina, &template(&[])).await.status,
        StatusCode::FORBIDDEN
    );
    let unknown = [
        ("aksi", "simpan"),
        ("isi", "Halo {{namaa}} </textarea><script>"),
    ];
    let refused = portal.post(place, &admin, &template(&unknown)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("isian \"namaa\" tidak dikenal")
            || refused
                .text
                .contains("isian &quot;namaa&quot; tidak dikenal"),
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains("Dra. Wiwik")
            && refused.text.contains("Halo {{namaa}} &lt;/textarea"),
        "what was typed is still there"
    );
    let open = portal
        .post(
            place,
            &admin,
            &template(&[("aksi", "contoh"), ("judul", "{{kota")]),
        )
        .await;
    assert!(open.status == StatusCode::UNPROCESSABLE_ENTITY && open.text.contains("belum ditutup"));
    let sample = portal
        .post(place, &admin, &template(&[("aksi", "contoh")]))
        .await;
    assert_eq!(
        (sample.status, sample.kind()),
        (StatusCode::OK, "application/pdf")
    );
    let saved = portal
        .post(place, &admin, &template(&[("aksi", "simpan")]))
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let stale = portal
        .post(
            place,
            &admin,
            &template(&[("aksi", "simpan"), ("judul", "Lain")]),
        )
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text.contains("value=\"Lain\""));
    let page = portal.get(&format!("{place}?versi=1"), &admin).await;
    assert!(page.text.contains("Versi 1") && page.text.contains("Hartono"));
    assert_eq!(
        portal
            .get(&format!("{place}?layanan=tidak-ada"), &admin)
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let code = issue(&portal, reference).await;
    let page = portal.get(&format!("/verifikasi/{code}"), "").await;
    assert!(page.text.contains("474/0001/422.108/2026"), "{}", page.text);
}
