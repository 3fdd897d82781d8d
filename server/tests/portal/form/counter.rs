//! At the counter: an officer fills a form in on somebody's behalf.

use axum::http::StatusCode;

use super::{BIRTH, GENERAL, fill, hidden, open, plain};

const COUNTER: &str = "/kantor/loket";
const DESK: &str = "__Host-loket";

#[tokio::test]
async fn an_officer_fills_in_for_somebody_and_leaves_nothing_behind() {
    let portal = open().await;
    let rina = portal.sign_in("rina").await;
    let page = portal.get(COUNTER, &rina).await;
    assert!(
        page.text.contains("Permohonan umum") && page.text.contains("Siapa yang datang?"),
        "{}",
        page.text
    );
    let fields = |name: &'static str, ground: &'static str, letter: &'static str| {
        [
            ("layanan", "permohonan-umum"),
            ("untuk", name),
            ("dasar", ground),
            ("kuasa", letter),
        ]
    };
    for (wrong, field) in [
        (fields("", "present", ""), "untuk"),
        (fields("Siti Aminah", "", ""), "dasar"),
        (fields("Siti Aminah", "attorney", ""), "kuasa"),
    ] {
        let refused = portal.post(COUNTER, &rina, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text.contains(&format!("href=\"#{field}\"")),
            "{field}: {}",
            refused.text
        );
    }
    let unknown = portal
        .post(
            COUNTER,
            &rina,
            &[
                ("layanan", "tidak-ada"),
                ("untuk", "Siti"),
                ("dasar", "present"),
            ],
        )
        .await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let begun = portal
        .post(
            COUNTER,
            &rina,
            &fields("Sulastri", "attorney", "Joko, surat 4/XI/2026"),
        )
        .await;
    assert_eq!(begun.place(), format!("{GENERAL}/isi"), "{}", begun.text);
    let line = begun.cookie(DESK).expect("a cookie");
    assert!(line.contains("; Secure; HttpOnly; SameSite=Lax"), "{line}");
    let desk = format!("{rina}; {}", begun.pair(DESK));
    let first = portal.get(&format!("{GENERAL}/isi/pemohon"), &desk).await;
    assert!(
        first
            .text
            .contains("Loket: Anda mengisi atas nama pemohon.")
            && first.text.contains("Sulastri"),
        "{}",
        first.text
    );
    assert!(
        !first.text.contains("Rina Kartika") && !first.text.contains("rina@"),
        "nothing of the officer's own"
    );
    // Her own forms are other forms, also with the cookie.
    let own = portal.post(&format!("{BIRTH}/mulai"), &desk, &[]).await;
    assert_eq!(own.place(), format!("{BIRTH}/isi"));
    assert!(
        !portal
            .get(&format!("{BIRTH}/isi"), &desk)
            .await
            .text
            .contains("Loket: Anda")
    );
    assert_eq!(
        portal
            .post(&format!("{GENERAL}/mulai"), &desk, &[])
            .await
            .place(),
        COUNTER
    );
    assert_eq!(
        portal.get(&format!("{GENERAL}/nanti"), &desk).await.place(),
        format!("{GENERAL}/isi")
    );
    fill(&portal, &desk).await;
    let check = portal.get(&format!("{GENERAL}/periksa"), &desk).await;
    let key = hidden(&check, "_kunci");
    let foreign = portal
        .post(&format!("{GENERAL}/periksa"), &rina, &[("_kunci", &key)])
        .await;
    assert!(
        !foreign.place().contains("terkirim"),
        "not without the token of the counter"
    );
    let sent = portal
        .post(&format!("{GENERAL}/periksa"), &desk, &[("_kunci", &key)])
        .await;
    let number = sent
        .place()
        .rsplit('/')
        .next()
        .expect("a number")
        .to_owned();
    assert!(sent.place().contains("/terkirim/"), "{}", sent.text);
    let done = portal.get(sent.place(), &desk).await;
    assert!(
        done.text.contains(&number) && done.text.contains("Berikan nomor ini kepada pemohon"),
        "{}",
        done.text
    );
    let compact = number.replace('-', "");
    let case = portal.get(&format!("/kantor/kasus/{compact}"), &rina).await;
    assert!(
        case.text.contains("Diisi di loket dengan surat kuasa")
            && case.text.contains("Joko, surat 4/XI/2026"),
        "{}",
        case.text
    );
    let proof = portal
        .post("/lacak", "", &[("nomor", &number), ("angka", "7890")])
        .await
        .pair("__Host-lacak");
    let followed = plain(&portal.get(&format!("/lacak/{compact}"), &proof).await);
    assert!(
        followed.contains("Diisi di loket dengan surat kuasa") && followed.contains("Rina Kartika"),
        "{followed}"
    );
    let ended = portal.post(&format!("{COUNTER}/selesai"), &desk, &[]).await;
    assert!(
        ended.place().starts_with(COUNTER)
            && ended
                .cookie(DESK)
                .is_some_and(|line| line.contains("Max-Age=0"))
    );
    let late = portal.get(sent.place(), &desk).await;
    assert_ne!(late.status, StatusCode::OK, "also with the old cookie");
    assert_eq!(
        portal.get(&format!("{GENERAL}/isi"), &desk).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn the_counter_is_the_offices() {
    let portal = open().await;
    let fields = [
        ("layanan", "permohonan-umum"),
        ("untuk", "Siti"),
        ("dasar", "present"),
    ];
    let agus = portal.sign_in("agus").await;
    let refused = portal.post(COUNTER, &agus, &fields).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a service of another office"
    );
    assert!(refused.cookie(DESK).is_none());
    let siti = portal.sign_in("siti").await;
    for place in [COUNTER, "/kantor/loket/selesai"] {
        assert_eq!(
            portal.post(place, &siti, &fields).await.status,
            StatusCode::FORBIDDEN
        );
        assert!(
            portal
                .post(place, "", &fields)
                .await
                .place()
                .starts_with("/akun/masuk")
        );
    }
    // A resident with the cookie of a counter is a resident.
    let begun = portal
        .post(COUNTER, &portal.sign_in("rina").await, &fields)
        .await
        .pair(DESK);
    let page = portal
        .get(&format!("{GENERAL}/isi"), &format!("{siti}; {begun}"))
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}
