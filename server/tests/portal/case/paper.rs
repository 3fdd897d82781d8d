//! What was handed in: read by the office, and by who asked; files both ways; NIK and KK masked.

use axum::{
    body::Body,
    http::{StatusCode, header},
};
use domain::reference::Reference;
use service::form::fixture::{birth_case, picture};

use super::{COOKIE, sent, town};
use crate::rig::{Answer, Portal, browser};

/// The NIK of the reporter, as it must never stand anywhere unasked.
const WHOLE: [&str; 2] = ["357901 410795 0001", "3579014107950001"];

async fn with_birth() -> (Portal, Reference) {
    let portal = Portal::new().await;
    let reference = birth_case(&portal.world, &portal.world.siti).await;
    (portal, reference)
}

/// Addresses of files on a page.
fn files(page: &Answer) -> Vec<String> {
    page.text
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.contains("/berkas/"))
        .map(str::to_owned)
        .collect()
}

/// Sends a form with a file.
async fn post_file(
    portal: &Portal,
    place: &str,
    cookies: &str,
    fields: &[(&str, &str)],
    (name, content): (&str, &[u8]),
) -> Answer {
    let mut body = Vec::new();
    for (field, value) in fields {
        let part =
            format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = browser("POST", place, cookies)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .expect("a request");
    portal.send(request).await
}

#[tokio::test]
async fn the_office_reads_masked_and_the_person_sees_who_looked() {
    let (portal, reference) = with_birth().await;
    let rina = portal.sign_in("rina").await;
    let place = format!("/kantor/kasus/{}", reference.compact());
    let page = portal.get(&place, &rina).await;
    for there in [
        "Bima Putra",
        "3579********0001",
        "Saksi 1: Nama",
        "3.200 gram",
    ] {
        assert!(page.text.contains(there), "{there}: {}", page.text);
    }
    assert!(WHOLE.iter().all(|nik| !page.text.contains(nik)));
    assert!(!page.text.contains("3579021708450003"), "nor a witness's");
    let [card] = &files(&page)[..] else {
        panic!("{:?}", files(&page))
    };
    let file = portal.get(card, &rina).await;
    assert_eq!(
        (file.status, file.head(header::CACHE_CONTROL), file.kind()),
        (StatusCode::OK, "private, no-store", "image/png")
    );
    assert!(
        file.head(header::CONTENT_DISPOSITION)
            .starts_with("attachment")
    );
    assert_eq!(file.head(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    let numbers = format!("{place}/nomor-induk");
    assert_eq!(
        portal.get(&numbers, &rina).await.place(),
        place,
        "not by an address alone"
    );
    let shown = portal.post(&numbers, &rina, &[]).await;
    assert!(shown.text.contains(WHOLE[0]) && shown.text.contains("357902 170845 0003"));
    assert_eq!(shown.head(header::CACHE_CONTROL), "no-store");
    let own = portal
        .get(
            &format!("/lacak/{}", reference.compact()),
            &portal.sign_in("siti").await,
        )
        .await;
    for said in [
        "Rina Kartika membuka permohonan dan isian Anda, 24 November 2026 pukul",
        "Rina Kartika membuka berkas KTP-Wati.png, 24 November 2026 pukul",
        "Rina Kartika membuka NIK dan KK lengkap, 24 November 2026 pukul",
    ] {
        assert!(own.text.contains(said), "{said}: {}", own.text);
    }
    for (cookie, status) in [
        (portal.sign_in("agus").await, StatusCode::NOT_FOUND),
        (portal.sign_in("siti").await, StatusCode::FORBIDDEN),
        (String::new(), StatusCode::SEE_OTHER),
    ] {
        assert_eq!(portal.get(card, &cookie).await.status, status);
        assert_eq!(portal.post(&numbers, &cookie, &[]).await.status, status);
    }
}

#[tokio::test]
async fn who_asked_reads_their_own_answers_and_files() {
    let (portal, reference) = with_birth().await;
    let place = format!("/lacak/{}/isian", reference.compact());
    let siti = portal.sign_in("siti").await;
    let page = portal.get(&place, &siti).await;
    assert!(
        page.text.contains("Bima Putra") && page.text.contains("3579********0001"),
        "{}",
        page.text
    );
    assert!(
        WHOLE.iter().all(|nik| !page.text.contains(nik)),
        "somebody may look over the shoulder"
    );
    assert_eq!(page.head(header::CACHE_CONTROL), "no-store");
    let card = files(&page).remove(0);
    assert_eq!(portal.get(&card, &siti).await.status, StatusCode::OK);
    let closed = format!("/lacak?nomor={reference}");
    for cookie in [
        "",
        &portal.sign_in("bambang").await,
        &portal.sign_in("rina").await,
    ] {
        for place in [&place, &card] {
            let refused = portal.get(place, cookie).await;
            assert_eq!(
                (refused.status, refused.place()),
                (StatusCode::SEE_OTHER, &*closed)
            );
        }
    }
}

#[tokio::test]
async fn a_missing_paper_is_sent_without_script_and_what_is_no_paper_comes_back() {
    let (portal, reference) = town().await;
    let (office, own) = (
        format!("/kantor/kasus/{}", reference.compact()),
        format!("/lacak/{}", reference.compact()),
    );
    let rina = portal.sign_in("rina").await;
    let asked = [
        ("aksi", "tanya"),
        ("pertanyaan", "Mohon unggah KTP."),
        ("edisi", "1"),
    ];
    assert_eq!(
        portal.post(&office, &rina, &asked).await.status,
        StatusCode::SEE_OTHER
    );
    let proof = portal
        .post(
            "/lacak",
            "",
            &[("nomor", &reference.to_string()), ("angka", "7890")],
        )
        .await
        .pair(COOKIE);
    let form = portal.get(&own, &proof).await.text;
    assert!(
        form.contains("enctype=\"multipart/form-data\"") && form.contains("type=\"file\""),
        "{form}"
    );
    let fields = [
        ("aksi", "jawab"),
        ("pesan", "Ini <b>KTP</b> saya."),
        ("kunci", "sekali"),
    ];
    for (name, content) in [
        ("virus.png", &b"MZ\x90\0"[..]),
        ("teks.pdf", &b"bukan pdf"[..]),
        ("besar.png", &vec![0; 10 * 1024 * 1024 + 1][..]),
    ] {
        let refused = post_file(&portal, &own, &proof, &fields, (name, content)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            refused.text.contains("Ini &lt;b&gt;KTP&lt;/b&gt; saya."),
            "what was typed is kept"
        );
        assert!(
            refused.text.contains("href=\"#berkas\""),
            "and the reason leads to the field"
        );
    }
    for _ in 0..2 {
        let sent = post_file(&portal, &own, &proof, &fields, ("KTP.png", &picture())).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    let page = portal.get(&own, &proof).await;
    assert_eq!(files(&page).len(), 1, "sent twice is once");
    let reply = [("aksi", "balas"), ("pesan", "")];
    let sent = post_file(&portal, &office, &rina, &reply, ("surat.png", &picture())).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let page = portal.get(&own, &proof).await;
    assert_eq!(files(&page).len(), 2);
    for file in files(&page) {
        assert_eq!(portal.get(&file, &proof).await.status, StatusCode::OK);
    }
    let odd = post_file(&portal, &office, &rina, &reply, ("x.png", b"MZ")).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = portal.get(&office, &rina).await;
    assert_eq!(
        files(&seen).len(),
        2,
        "both are in the timeline: {}",
        seen.text
    );
}

#[tokio::test]
async fn a_nik_is_looked_for_without_standing_in_an_address() {
    let (portal, reference) = town().await;
    let other = sent(&portal, "kunci-yang-kedua-x", None).await;
    let rina = portal.sign_in("rina").await;
    let inbox = portal.get("/kantor/kasus", &rina).await.text;
    let form = inbox
        .split("<form")
        .find(|form| form.contains("name=\"cari\""))
        .expect("a search");
    assert!(
        form.contains("method=\"post\"") && form.contains("action=\"/kantor/kasus/cari\""),
        "{form}"
    );
    let find = async |text: &str| {
        portal
            .post("/kantor/kasus/cari", &rina, &[("cari", text)])
            .await
    };
    let found = find("3579 0241 0790 0001").await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(found.text.contains(&reference.to_string()) && found.text.contains(&other.to_string()));
    assert!(found.text.contains("3579********0001"), "{}", found.text);
    assert!(
        !found.text.contains("3579024107900001") && !found.text.contains("3579 0241 0790 0001"),
        "nor in a link of the page"
    );
    assert_eq!(found.head(header::CACHE_CONTROL), "no-store");
    let none = find("3579024107900002").await;
    assert!(none.text.contains("Tidak ada permohonan di sini"));
    let odd = find("357902410790000x").await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !odd.text.contains("357902410790000x"),
        "a mistyped NIK is no less personal"
    );
    let by_number = find(&reference.to_string()).await;
    assert_eq!(
        by_number.place(),
        format!("/kantor/kasus?cari={}", reference.compact())
    );
    let page = portal.get(by_number.place(), &rina).await;
    assert!(page.text.contains(&reference.to_string()) && !page.text.contains(&other.to_string()));
    // An old bookmark with a NIK shows the inbox, and no link carries the number on.
    let old = portal
        .get("/kantor/kasus?cari=3579024107900001", &rina)
        .await;
    assert!(
        old.status == StatusCode::OK && !old.text.contains("3579024107900001"),
        "{}",
        old.text
    );
    assert_eq!(
        portal.get("/kantor/kasus/cari", &rina).await.place(),
        "/kantor/kasus"
    );
    let agus = portal.sign_in("agus").await;
    let foreign = portal
        .post("/kantor/kasus/cari", &agus, &[("cari", "3579024107900001")])
        .await;
    assert!(!foreign.text.contains(&reference.to_string()));
}
