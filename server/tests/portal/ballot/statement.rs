//! Statements: judged, written, added by the office.

use axum::http::StatusCode;

use super::open;

#[tokio::test]
async fn statements_are_judged_by_plain_forms() {
    let portal = open("after_vote").await;
    let siti = portal.sign_in("siti").await;
    let here = "/konsultasi/sepeda/pernyataan";
    let practice = portal.get(here, &siti).await;
    assert_eq!(practice.status, StatusCode::OK);
    assert!(
        practice.text.contains("Latihan 1 dari 2"),
        "{}",
        practice.text
    );
    let first = portal.get(&format!("{here}?latihan=selesai"), &siti).await;
    assert!(first.text.contains("0 dari 2 dinilai"), "{}", first.text);
    let got = portal
        .post(&format!("{here}/1"), &siti, &[("jawab", "agree")])
        .await;
    assert_eq!(got.place(), format!("{here}?terakhir=1#pernyataan"));
    let second = portal.get(got.place(), &siti).await;
    assert!(
        second.text.contains("&lt;b&gt;pagar&lt;/b&gt;"),
        "{}",
        second.text
    );
    assert!(
        second.text.contains(&format!("{here}?nomor=1")),
        "the last answer can be changed"
    );
    portal
        .post(
            &format!("{here}/2"),
            &siti,
            &[("jawab", "pass"), ("dari", "konsultasi")],
        )
        .await;
    assert!(
        portal
            .get(here, &siti)
            .await
            .text
            .contains("Anda sudah menilai semua 2 pernyataan.")
    );

    let all = format!("{here}/semua?urut=suara");
    let (mine, others) = (
        portal.get(&all, &siti).await.text,
        portal.get(&all, "").await.text,
    );
    assert!(
        mine.contains("1 setuju · 0 tidak setuju · 0 lewat"),
        "{mine}"
    );
    for secret in ["statement:", "1 setuju", "urut=disetujui", "class=\"bar\""] {
        assert!(!others.contains(secret), "{secret} in {others}");
    }
    assert_eq!(
        portal.get(&all, "").await.text,
        others,
        "two renders are the same, byte by byte"
    );

    for (place, status) in [
        ("/9", StatusCode::NOT_FOUND),
        ("/x", StatusCode::NOT_FOUND),
        ("/99999999999999999999", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(
            portal
                .post(&format!("{here}{place}"), &siti, &[("jawab", "agree")])
                .await
                .status,
            status
        );
    }
    assert_eq!(
        portal
            .post(&format!("{here}/1"), &siti, &[("jawab", "maybe")])
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let anonymous = portal
        .post(&format!("{here}/1"), "", &[("jawab", "agree")])
        .await;
    assert_eq!(
        anonymous.place(),
        "/akun/masuk?lanjut=/konsultasi/sepeda/pernyataan%3Fnomor%3D1"
    );
    for odd in ["?nomor=x", "?nomor=9"] {
        assert_eq!(
            portal.get(&format!("{here}{odd}"), "").await.status,
            StatusCode::NOT_FOUND,
            "{odd}"
        );
    }
    for odd in [
        "?halaman=-7&urut=%ff",
        "?halaman=999999999999",
        "?halaman=x",
    ] {
        assert_eq!(
            portal.get(&format!("{here}/semua{odd}"), "").await.status,
            StatusCode::OK,
            "{odd}"
        );
    }
}

#[tokio::test]
async fn an_own_statement_waits_and_what_was_typed_stays() {
    let portal = open("live").await;
    let here = "/konsultasi/sepeda/pernyataan";
    let kept = portal
        .post(here, "", &[("teks", "Parkir pindah ke alun-alun.")])
        .await;
    assert!(
        kept.place().starts_with("/akun/masuk?lanjut="),
        "{}",
        kept.place()
    );
    let siti = portal.sign_in_with("siti", &kept.cookies()).await;
    assert!(
        portal
            .get(here, &siti)
            .await
            .text
            .contains("Parkir pindah ke alun-alun."),
        "it is in the form again"
    );
    let sent = portal
        .post(here, &siti, &[("teks", "Parkir pindah ke alun-alun.")])
        .await;
    assert_eq!(sent.place(), format!("{here}?kabar=pernyataan#tulis"));
    let page = portal.get(here, &siti).await.text;
    assert!(
        page.contains("Menunggu diperiksa") && page.matches("Parkir pindah").count() == 1,
        "{page}"
    );
    assert!(!portal.get(here, "").await.text.contains("Parkir pindah"));

    let same = portal
        .post(here, &siti, &[("teks", "PARKIR pindah ke alun alun")])
        .await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        same.text.contains("sudah ada atau sedang diperiksa")
            && same.text.contains("PARKIR pindah"),
        "{}",
        same.text
    );
    let long = portal
        .post(here, &siti, &[("teks", &"a".repeat(141))])
        .await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        long.text.contains("141 karakter") && long.text.contains(&"a".repeat(141)),
        "{}",
        long.text
    );
    let attack = portal
        .post(here, &siti, &[("teks", "</textarea><script>")])
        .await;
    assert!(
        !attack.text.contains("</textarea><script>"),
        "{}",
        attack.text
    );
}

#[tokio::test]
async fn the_office_adds_statements() {
    let portal = open("live").await;
    let here = "/kantor/konsultasi/sepeda/pernyataan";
    assert!(
        portal
            .get(here, "")
            .await
            .place()
            .starts_with("/akun/masuk")
    );
    let siti = portal.sign_in("siti").await;
    assert_eq!(portal.get(here, &siti).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        portal
            .post(here, &siti, &[("teks", "Kalimat yang cukup panjang")])
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let rina = portal.sign_in("rina").await;
    assert_eq!(portal.get(here, &rina).await.status, StatusCode::OK);
    let wrong = portal.post(here, &rina, &[("teks", "pendek")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("pendek</textarea>"), "{}", wrong.text);
    assert_eq!(
        portal
            .post(here, &rina, &[("teks", "Kalimat yang cukup panjang")])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert!(
        portal
            .get("/konsultasi/sepeda/pernyataan/semua", "")
            .await
            .text
            .contains("Kalimat yang cukup panjang")
    );
}
