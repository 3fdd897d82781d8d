//! Comments from the first word to the last.

use axum::http::StatusCode;

use super::{ALL, open, person};

#[tokio::test]
async fn what_was_typed_before_signing_in_is_there_afterwards() {
    let portal = open().await;
    let first = portal.get(ALL, "").await;
    assert_eq!(
        (first.status, &first.text),
        (StatusCode::OK, &portal.get(ALL, "").await.text),
        "byte for byte"
    );

    let sent = portal
        .post(
            ALL,
            "",
            &[("isi", "Trotoarnya jangan sempit"), ("sikap", "for")],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(
        sent.place()
            .starts_with("/akun/masuk?lanjut=/konsultasi/jalur/tanggapan%23tulis"),
        "{}",
        sent.place()
    );
    let siti = person(&portal, "Siti", &sent.cookies()).await;
    let page = portal.get(ALL, &siti).await;
    assert!(
        page.text.contains("Trotoarnya jangan sempit"),
        "the text is in the form again"
    );
    assert!(
        !portal.get(ALL, "").await.text.contains("Trotoarnya"),
        "for this person alone"
    );
}

#[tokio::test]
async fn a_comment_is_written_once_answered_supported_changed_and_taken_back() {
    let portal = open().await;
    let (siti, budi) = (
        person(&portal, "Siti", "").await,
        person(&portal, "Budi", "").await,
    );
    let attack = "Lihat https://batu.example </textarea><script>alert(1)</script>";
    let fields = [("isi", attack), ("sikap", "against"), ("kunci", "k1")];
    let (first, again) = (
        portal.post(ALL, &siti, &fields).await,
        portal.post(ALL, &siti, &fields).await,
    );
    assert_eq!(
        (first.status, first.place()),
        (StatusCode::SEE_OTHER, again.place())
    );
    let page = portal.get(ALL, "").await.text;
    assert_eq!(page.matches("class=\"comment\"").count(), 1);
    assert!(
        page.contains("rel=\"nofollow ugc noopener\"") && !page.contains("<script>alert"),
        "{page}"
    );

    let id = first
        .place()
        .rsplit_once("#t-")
        .expect("leads to the comment")
        .1
        .to_owned();
    let at = |verb: &str| format!("/tanggapan/{id}/{verb}");
    let reply = portal
        .post(
            ALL,
            &budi,
            &[
                ("induk", &id),
                ("isi", "Saya tidak sependapat"),
                ("kunci", "k2"),
            ],
        )
        .await;
    assert!(
        reply.place().starts_with(&format!("/tanggapan/{id}")),
        "{}",
        reply.place()
    );
    assert_eq!(
        portal
            .post(&at("dukung"), &budi, &[("ya", "")])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        portal
            .post(&at("dukung"), &siti, &[("ya", "")])
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        portal.post(&at("dukung"), &budi, &[]).await.status,
        StatusCode::BAD_REQUEST
    );
    assert!(
        portal
            .post(&at("dukung"), "", &[("ya", "")])
            .await
            .place()
            .starts_with("/akun/masuk")
    );

    for verb in ["ubah", "hapus"] {
        let stranger = portal
            .post(&at(verb), &budi, &[("isi", "Ambil alih")])
            .await;
        let missing = portal
            .post(
                &format!("/tanggapan/tidakada/{verb}"),
                &budi,
                &[("isi", "Ambil alih")],
            )
            .await;
        assert_eq!(
            (stranger.status, missing.status),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
            "{verb}"
        );
    }
    let short = portal.post(&at("ubah"), &siti, &[("isi", "x")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        portal
            .post(&at("ubah"), &siti, &[("isi", "Tanpa tautan")])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let page = portal.get(&format!("/tanggapan/{id}"), "").await.text;
    assert!(
        page.contains("Tanpa tautan")
            && page.contains("Teks sebelumnya")
            && page.contains("batu.example")
    );
    let flag = portal
        .post(&at("lapor"), &budi, &[("alasan", "insult")])
        .await;
    assert_eq!(flag.status, StatusCode::SEE_OTHER);
    assert_eq!(
        portal
            .post(&at("lapor"), &budi, &[("alasan", "bukan")])
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    assert_eq!(
        portal.post(&at("hapus"), &siti, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = portal.get(ALL, "").await.text;
    assert!(
        !page.contains("Tanpa tautan")
            && !page.contains("batu.example")
            && page.contains("Dihapus penulisnya")
    );
    assert!(page.contains("Saya tidak sependapat"));
    let news = portal.get("/akun/kabar", &siti).await.text;
    assert!(
        news.contains("Tanggapan Anda dibalas") && news.contains("Jalur sepeda"),
        "{news}"
    );
}

#[tokio::test]
async fn what_is_not_taken_is_said_and_kept_in_the_form() {
    let portal = open().await;
    let siti = person(&portal, "Siti", "").await;
    let long = format!("Panjang {}", "x".repeat(4_000));
    for (text, status) in [("ab", 422), (long.as_str(), 422)] {
        let answer = portal.post(ALL, &siti, &[("isi", text)]).await;
        assert_eq!(answer.status.as_u16(), status);
        assert!(answer.text.contains(text) && answer.text.contains("error-summary"));
    }
    let answer = portal
        .post(ALL, &siti, &[("isi", "Sikap aneh"), ("sikap", "mungkin")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        portal
            .post(ALL, &siti, &[("isi", "Ke mana"), ("induk", "x")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let office = portal
        .post(
            ALL,
            &siti,
            &[("isi", "Saya kantor"), ("sebagai_kantor", "ya")],
        )
        .await;
    assert_eq!(office.status, StatusCode::FORBIDDEN);
    portal.world.days(11);
    for cookie in [siti.as_str(), ""] {
        let answer = portal
            .post(ALL, cookie, &[("isi", "Terlambat sedikit")])
            .await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.text.contains("Terlambat sedikit") && answer.text.contains("sudah ditutup"));
    }
    for odd in [
        "?halaman=-5",
        "?halaman=99999999999999999999",
        "?urut=%00",
        "?urut=%ff&halaman=x",
        "?x=y&&==",
    ] {
        assert_eq!(
            portal.get(&format!("{ALL}{odd}"), "").await.status,
            StatusCode::OK,
            "{odd}"
        );
    }
    assert_eq!(
        portal.get(&format!("{ALL}?pasal=x"), "").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal.get("/tanggapan/tidak-ada", "").await.status,
        StatusCode::NOT_FOUND
    );
}
