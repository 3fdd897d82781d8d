//! Votes.

use axum::http::StatusCode;

use super::{VOTE, open, tallies};

#[tokio::test]
async fn one_press_votes_changes_and_withdraws() {
    let portal = open("live").await;
    let siti = portal.sign_in("siti").await;
    for choice in ["agree", "disagree", "disagree"] {
        let got = portal.post(VOTE, &siti, &[("pilihan", choice)]).await;
        assert_eq!(
            (got.status, got.place()),
            (StatusCode::SEE_OTHER, "/konsultasi/sepeda#suara-q-position")
        );
        assert_eq!(
            tallies(&portal).await[0].mine,
            Some(vec![choice.to_owned()])
        );
    }
    let got = portal
        .post(
            "/konsultasi/sepeda/suara/q-many",
            &siti,
            &[("pilihan", "q-many-a"), ("pilihan", "q-many-c")],
        )
        .await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert_eq!(
        tallies(&portal).await[2].mine.as_ref().map(Vec::len),
        Some(2)
    );
    let got = portal.post(VOTE, &siti, &[("tarik", "1")]).await;
    assert_eq!(
        got.place(),
        "/konsultasi/sepeda?kabar=ditarik#suara-q-position"
    );
    assert_eq!(tallies(&portal).await[0].mine, None);
}

#[tokio::test]
async fn a_vote_pressed_before_signing_in_is_cast_by_signing_in() {
    let portal = open("live").await;
    let got = portal.post(VOTE, "", &[("pilihan", "agree")]).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert!(
        got.place()
            .starts_with("/akun/masuk?lanjut=/konsultasi/sepeda%23suara-q-position"),
        "{}",
        got.place()
    );
    assert!(got.cookies().contains("__Host-tamu="), "{}", got.cookies());
    assert_eq!(
        tallies(&portal).await[0].voters,
        0,
        "nothing is counted yet"
    );
    portal.sign_in_with("siti", &got.cookies()).await;
    assert_eq!(
        tallies(&portal).await[0].mine,
        Some(vec!["agree".to_owned()])
    );
    // Nobody is led to sign in for a vote that cannot be cast.
    assert_eq!(
        portal.post(VOTE, "", &[("pilihan", "maybe")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        portal
            .post("/konsultasi/sepeda/suara/none", "", &[("pilihan", "agree")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_cannot_be_saved_is_told_and_what_was_ticked_stays() {
    let portal = open("live").await;
    let siti = portal.sign_in("siti").await;
    let many = "/konsultasi/sepeda/suara/q-many";
    let got = portal
        .post(
            many,
            &siti,
            &[
                ("pilihan", "q-many-a"),
                ("pilihan", "q-many-b"),
                ("pilihan", "q-many-c"),
            ],
        )
        .await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text.contains("paling banyak 2"), "{}", got.text);
    assert_eq!(got.text.matches(" checked").count(), 3, "{}", got.text);
    assert!(!got.text.contains("Suara Anda tersimpan."), "{}", got.text);
    assert_eq!(
        portal.post(many, &siti, &[]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        portal
            .post("/konsultasi/lain/suara/q-many", &siti, &[("pilihan", "a")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    portal.world.days(10);
    for cookies in [siti.as_str(), ""] {
        let got = portal.post(VOTE, cookies, &[("pilihan", "agree")]).await;
        assert_eq!(got.status, StatusCode::CONFLICT);
        assert!(got.text.contains("sudah ditutup"), "{}", got.text);
    }
}
