use std::time::Duration;

use axum::{body::Body, http::StatusCode};
use domain::reference::Reference;
use http_body_util::BodyExt;

use super::{COOKIE, hidden, sent, town};
use crate::rig::browser;

#[tokio::test]
async fn a_case_is_followed_by_reference_and_digits() {
    let (portal, reference) = town().await;
    let place = format!("/lacak/{}", reference.compact());
    let closed = portal.get(&place, "").await;
    assert_eq!(closed.place(), format!("/lacak?nomor={reference}"));
    let absent = Reference::new([3; 6]);
    let unknown = portal.get(&format!("/lacak/{absent}"), "").await;
    assert_eq!(
        (unknown.status, unknown.place()),
        (closed.status, &*format!("/lacak?nomor={absent}"))
    );
    assert_eq!(
        portal.get("/lacak/bukan-nomor", "").await.status,
        StatusCode::NOT_FOUND
    );
    let typed = reference.to_string().to_lowercase();
    let found = portal
        .post("/lacak", "", &[("nomor", &typed), ("angka", "7890")])
        .await;
    assert_eq!(
        (found.status, found.place()),
        (StatusCode::SEE_OTHER, &*place),
        "{}",
        found.text
    );
    let line = found.cookie(COOKIE).expect("a cookie");
    assert!(line.contains("; Secure; HttpOnly; SameSite=Lax"), "{line}");
    let proof = found.pair(COOKIE);
    let page = portal.get(&place, &proof).await;
    assert_eq!(
        (page.status, page.head("cache-control")),
        (StatusCode::OK, "no-store")
    );
    assert!(
        page.text.contains("Izin &lt;b&gt;parkir&lt;/b&gt;")
            && page.text.contains("1 Desember 2026"),
        "{}",
        page.text
    );
    assert!(
        !page.text.contains("Siti Aminah") && !page.text.contains("3579024107900001"),
        "the digits show no more than is needed"
    );
    let key = hidden(&page.text, "kunci");
    for _ in 0..2 {
        let written = portal
            .post(
                &place,
                &proof,
                &[
                    ("aksi", "pesan"),
                    ("pesan", "Kapan selesai?"),
                    ("kunci", &key),
                ],
            )
            .await;
        assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
    }
    let page = portal.get(&place, &proof).await;
    assert_eq!(
        page.text.matches("Kapan selesai?").count(),
        1,
        "sent twice is once"
    );
    let empty = portal
        .post(&place, &proof, &[("aksi", "pesan"), ("pesan", " ")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let early = portal
        .post(
            &place,
            &proof,
            &[("aksi", "jawab"), ("pesan", "Ini <b>KTP</b> saya")],
        )
        .await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(
        early.text.contains("Ini &lt;b&gt;KTP&lt;/b&gt; saya"),
        "what was typed is still there"
    );
    let back = portal.post(&place, &proof, &[("aksi", "tarik")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(portal.get(&place, &proof).await.text.contains("Dicabut"));
    assert_eq!(
        portal
            .post(&place, &proof, &[("aksi", "tarik")])
            .await
            .status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        portal.post(&place, "", &[("aksi", "tarik")]).await.place(),
        format!("/lacak?nomor={reference}")
    );
    let gone = portal.post("/lacak/lupakan", &proof, &[]).await;
    assert!(
        gone.cookie(COOKIE)
            .expect("is taken back")
            .contains("Max-Age=0")
    );
}

#[tokio::test]
async fn a_proof_is_good_for_one_case_and_cannot_be_made() {
    let (portal, reference) = town().await;
    let other = sent(&portal, "kunci-yang-kedua-x", Some("siti")).await;
    let found = portal
        .post(
            "/lacak",
            "",
            &[("nomor", &reference.to_string()), ("angka", "7890")],
        )
        .await;
    let proof = found.pair(COOKIE);
    let place = format!("/lacak/{}", other.compact());
    assert_eq!(
        portal.get(&place, &proof).await.status,
        StatusCode::SEE_OTHER
    );
    let forged = proof.replace(&reference.compact(), &other.compact());
    assert_eq!(
        portal.get(&place, &forged).await.status,
        StatusCode::SEE_OTHER
    );
    let siti = portal.sign_in("siti").await;
    assert_eq!(
        portal.get(&place, &siti).await.status,
        StatusCode::OK,
        "with the account directly"
    );
    assert!(
        portal
            .get("/lacak", &siti)
            .await
            .text
            .contains(&other.to_string())
    );
    for stranger in ["bambang", "rina", "admin"] {
        let cookie = portal.sign_in(stranger).await;
        assert_eq!(
            portal.get(&place, &cookie).await.status,
            StatusCode::SEE_OTHER,
            "{stranger}"
        );
    }
}

#[tokio::test]
async fn guessing_gets_the_same_page_and_then_none() {
    let (portal, reference) = town().await;
    let absent = Reference::new([3; 6]);
    let mut pages = Vec::new();
    for number in [reference, absent] {
        let number = number.to_string();
        for _ in 0..5 {
            let wrong = portal
                .post("/lacak", "", &[("nomor", &number), ("angka", "0000")])
                .await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                wrong.text.contains(&number),
                "what was typed is still there"
            );
            pages.push(wrong.text.replace(&number, ""));
        }
        let shut = portal
            .post("/lacak", "", &[("nomor", &number), ("angka", "7890")])
            .await;
        assert_eq!(shut.status, StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(
        pages.iter().all(|page| *page == pages[0]),
        "not there and not yours are one answer"
    );
}

#[tokio::test]
async fn the_page_hears_that_it_has_changed() {
    let (portal, reference) = town().await;
    let found = portal
        .post(
            "/lacak",
            "",
            &[("nomor", &reference.to_string()), ("angka", "7890")],
        )
        .await;
    let proof = found.pair(COOKIE);
    let live = format!("/lacak/{}/langsung", reference.compact());
    assert_eq!(
        portal.get(&live, "").await.status,
        StatusCode::NOT_FOUND,
        "not for others"
    );
    let request = browser("GET", &live, &proof)
        .body(Body::empty())
        .expect("builds");
    let mut body = portal.open(request).await.into_body();
    service::case::reply(
        &portal.world.service,
        &portal.world.rina,
        reference,
        ("Halo.", Vec::new()),
        "",
    )
    .await
    .expect("is written");
    let frame = tokio::time::timeout(Duration::from_secs(10), body.frame())
        .await
        .expect("comes in time");
    let data = frame
        .expect("goes on")
        .expect("is whole")
        .into_data()
        .expect("data");
    assert!(String::from_utf8_lossy(&data).starts_with("event: page"));
}
