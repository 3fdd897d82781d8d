use domain::{
    Actor, CommentId, QuestionId, ThemeId,
    result::{OutcomeDraft, Subject, ThemeDraft},
};
use storage::{args, db_test, sql};

use super::*;
use crate::{
    ballot,
    ballot::fixture,
    testing::{START, World},
};

const SLUG: &str = "jalur-sepeda";

async fn comment(
    world: &World,
    id: &'static str,
    stance: &'static str,
    body: &'static str,
    supports: i64,
) {
    let written: Result<u64> = world.service.db().write(move |tx| Box::pin(async move {
        Ok(tx.run(
            sql!("insert into comment (id, consultation_id, root_id, depth, account_id, stance, body, posted_at, supports, send_key)
                  values ($1, 'jalur-sepeda', $1, 0, 'siti', $2, $3, $4, $5, $1)"),
            args![id, stance, body, START, supports],
        ).await?)
    })).await;
    written.expect("a comment");
}

fn theme(title: &str) -> ThemeDraft {
    ThemeDraft {
        title: title.into(),
        description: String::new(),
    }
}

fn outcome() -> OutcomeDraft {
    OutcomeDraft {
        kind: "changed".into(),
        body: "Rancangan diubah setelah konsultasi.".into(),
        link: "https://jdih.batu.example/1".into(),
    }
}

async fn vote(world: &World, who: &Actor, choice: &str) {
    ballot::cast(
        &world.service,
        who,
        SLUG,
        &QuestionId::new("q-position"),
        vec![choice.into()],
    )
    .await
    .expect("a vote");
}

/// Replies to all three questions of the fixture.
async fn reply_to_questions(world: &World) {
    for question in ["q-position", "q-one", "q-many"] {
        let subject = Subject::Question(QuestionId::new(question));
        reply(
            &world.service,
            &world.rina,
            SLUG,
            &subject,
            "Terima kasih, kami **mengubahnya**.",
        )
        .await
        .expect("a reply");
    }
}

db_test! { async fn only_officers_of_the_office_work_on_the_result(db) {
    let world = World::new(db).await;
    fixture::open(&world, SLUG, "live").await;
    let s = &world.service;
    let subject = Subject::Question(QuestionId::new("q-one"));
    for (who, allowed) in [
        (&Actor::Anonymous, None), (&world.siti, None), (&world.agus, None), (&world.moderator, None),
        (&world.rina, Some(())), (&world.admin, Some(())),
    ] {
        let verbs = [
            themes(s, who, SLUG, &Filter::default()).await.map(drop),
            board(s, who, SLUG).await.map(drop),
            standing(s, who, SLUG).await.map(drop),
            reply(s, who, SLUG, &subject, "Kami mempertimbangkannya.").await,
            add_theme(s, who, SLUG, &theme(&format!("Parkir {}", who.account().map_or("x", |a| a.as_str())))).await.map(drop),
        ];
        for done in verbs {
            match (&done, who) {
                (Ok(()), _) => assert!(allowed.is_some(), "{who:?}"),
                (Err(Error::SignIn), Actor::Anonymous) | (Err(Error::Forbidden), _) => assert!(allowed.is_none(), "{who:?}"),
                _ => panic!("{who:?} got {done:?}"),
            }
        }
    }
    assert!(matches!(board(s, &world.rina, "tidak-ada").await, Err(Error::NotFound)));
} }

db_test! { async fn themes_are_made_moved_filled_and_removed(db) {
    let world = World::new(db).await;
    fixture::open(&world, SLUG, "live").await;
    comment(&world, "c1", "for", "Parkir pengganti harus dibuka sebelum lajur parkir ditutup.", 4).await;
    comment(&world, "c2", "against", "Buka dulu parkir penggantinya, baru lajur parkir ditutup.", 9).await;
    comment(&world, "c3", "for", "Trotoar miring di depan gang membuat kursi roda terguling.", 1).await;
    let (s, rina) = (&world.service, &world.rina);
    let parking = add_theme(s, rina, SLUG, &theme("Parkir")).await.expect("a theme");
    let pavement = add_theme(s, rina, SLUG, &theme("Trotoar")).await.expect("a theme");
    assert!(matches!(add_theme(s, rina, SLUG, &theme("parkir")).await, Err(Error::Invalid(_))), "named twice");
    assert!(matches!(add_theme(s, rina, SLUG, &theme(" ")).await, Err(Error::Invalid(_))));
    let ids = |ids: &[&str]| -> Vec<CommentId> { ids.iter().map(|id| CommentId::new(*id)).collect() };
    assert_eq!(gather(s, rina, SLUG, &parking, ids(&["c1", "c1", "fremd"])).await.expect("gathers"), 1);
    assert!(matches!(gather(s, rina, SLUG, &parking, Vec::new()).await, Err(Error::Invalid(_))));
    assert!(matches!(gather(s, rina, SLUG, &ThemeId::new("x"), ids(&["c1"])).await, Err(Error::NotFound)));

    let under = Filter { place: Place::Under(parking.clone()), ..Filter::default() };
    let found = themes(s, rina, SLUG, &under).await.expect("lists");
    assert_eq!(found.similar.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["c2"]);
    assert_eq!((found.found, found.free, found.all, found.pages), (1, 2, 3, 1));
    let empty = Filter { place: Place::Under(pavement.clone()), page: 99, ..Filter::default() };
    let found = themes(s, rina, SLUG, &empty).await.expect("lists");
    assert_eq!(found.similar.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["c3"], "by the title alone");
    let filter = Filter { place: Place::Free, stance: Some("for".into()), text: "GANG kursi".into(), ..Filter::default() };
    let found = themes(s, rina, SLUG, &filter).await.expect("lists");
    assert_eq!(found.comments.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["c3"]);

    move_theme(s, rina, SLUG, &pavement, true).await.expect("moves");
    move_theme(s, rina, SLUG, &pavement, true).await.expect("stays at the top");
    edit_theme(s, rina, SLUG, &parking, &theme("Parkir pengganti")).await.expect("renames");
    let found = themes(s, rina, SLUG, &Filter::default()).await.expect("lists");
    assert_eq!(found.themes.iter().map(|t| (t.title.as_str(), t.comments)).collect::<Vec<_>>(), [("Trotoar", 0), ("Parkir pengganti", 1)]);
    assert_eq!(release(s, rina, SLUG, &parking, ids(&["c1", "c2"])).await.expect("releases"), 1);
    remove_theme(s, rina, SLUG, &parking).await.expect("removes");
    assert!(matches!(remove_theme(s, rina, SLUG, &parking).await, Err(Error::NotFound)));
} }

db_test! { async fn it_is_answered_once_after_closing_when_nothing_is_missing(db) {
    let world = World::new(db).await;
    fixture::open(&world, SLUG, "live").await;
    let (s, rina) = (&world.service, &world.rina);
    let conflict = |done: Result<()>| match done {
        Err(Error::Conflict(why)) => why,
        other => panic!("{other:?}"),
    };
    let id = add_theme(s, rina, SLUG, &theme("Parkir")).await.expect("a theme");
    assert_eq!(conflict(answer(s, rina, SLUG, &outcome()).await), Conflict::StillOpen);
    world.days(11);
    assert_eq!(conflict(answer(s, rina, SLUG, &outcome()).await), Conflict::Incomplete);
    reply_to_questions(&world).await;
    let missing = standing(s, rina, SLUG).await.expect("stands").missing;
    assert_eq!(missing.iter().map(|m| m.title.as_str()).collect::<Vec<_>>(), ["Parkir"]);
    assert_eq!(conflict(answer(s, rina, SLUG, &outcome()).await), Conflict::Incomplete);
    reply(s, rina, SLUG, &Subject::Theme(id.clone()), "Parkir pengganti dibuka lebih dulu.").await.expect("a reply");
    assert!(matches!(reply(s, rina, SLUG, &Subject::Theme(ThemeId::new("x")), "Kepada siapa ini?").await, Err(Error::NotFound)));
    assert!(matches!(reply(s, rina, SLUG, &Subject::Theme(id.clone()), "pendek").await, Err(Error::Invalid(_))));
    assert!(matches!(answer(s, rina, SLUG, &OutcomeDraft::default()).await, Err(Error::Invalid(_))));
    let (one, admin, two, admins) = (outcome(), outcome(), rina.clone(), world.admin.clone());
    let (a, b) = tokio::join!(answer(s, &two, SLUG, &one), answer(s, &admins, SLUG, &admin));
    assert!(a.is_ok() != b.is_ok(), "answered twice at once: {a:?} {b:?}");
    assert_eq!(conflict(answer(s, rina, SLUG, &outcome()).await), Conflict::Answered);
    assert!(matches!(add_theme(s, rina, SLUG, &theme("Lain")).await, Err(Error::Conflict(Conflict::Answered))));
    assert_eq!(conflict(remove_theme(s, rina, SLUG, &id).await), Conflict::Answered);
    // A reply can still be mended; what it said before stays known.
    reply(s, rina, SLUG, &Subject::Theme(id.clone()), "Parkir pengganti dibuka enam bulan lebih dulu.").await.expect("mends");
    let mut tx = s.read().await.expect("a connection");
    let c = public(s, &mut tx, SLUG).await.expect("is public");
    assert_eq!(c.phase(s.now()), Phase::Answered);
    let all = storage::consultation::list_changes(&mut tx, &c.id, false).await.expect("lists");
    assert!(all.iter().any(|change| change.before == "Parkir pengganti dibuka lebih dulu."), "{all:?}");
    let seen = storage::consultation::list_changes(&mut tx, &c.id, true).await.expect("lists");
    assert_eq!(seen.len(), 1, "only the answer itself is public: {seen:?}");
} }

db_test! { async fn a_theme_and_the_answer_at_once_leave_nothing_unanswered(db) {
    let world = World::new(db).await;
    fixture::open(&world, SLUG, "live").await;
    reply_to_questions(&world).await;
    world.days(11);
    let (s, rina) = (&world.service, &world.rina);
    let (title, end) = (theme("Parkir"), outcome());
    let (added, answered) = tokio::join!(add_theme(s, rina, SLUG, &title), answer(s, rina, SLUG, &end));
    assert!(added.is_ok() != answered.is_ok(), "{added:?} {answered:?}");
} }

db_test! { async fn nothing_of_hidden_counts_is_in_any_file(db) {
    let world = World::new(db).await;
    for (slug, shown) in [(SLUG, "after_close")] {
        fixture::open(&world, slug, shown).await;
    }
    vote(&world, &world.siti, "agree").await;
    vote(&world, &world.bambang, "disagree").await;
    let s = &world.service;
    for sheet in [Sheet::Results, Sheet::Ballots] {
        assert!(matches!(csv(s, SLUG, sheet).await, Err(Error::Conflict(Conflict::StillOpen))), "{sheet:?}");
    }
    assert!(matches!(results_json(s, SLUG).await, Err(Error::Conflict(Conflict::StillOpen))));
    let all = everything(s, SLUG).await.expect("is public");
    assert!(all.results.is_none());
    assert!(all.questions.iter().flat_map(|q| &q.choices).all(|c| c.votes.is_none()));
    world.days(11);
    let table = csv(s, SLUG, Sheet::Results).await.expect("is over");
    assert!(table.contains(",agree,,1,2\r\n"), "{table}");
    let all = everything(s, SLUG).await.expect("is public");
    assert_eq!(all.questions[0].choices[0].votes, Some(1));
    assert_eq!(all.results.expect("is over").turnout.voters, 2);
} }

db_test! { async fn ballots_tell_nobody_who_cast_them(db) {
    let world = World::new(db).await;
    fixture::open(&world, SLUG, "live").await;
    vote(&world, &world.siti, "agree").await;
    vote(&world, &world.bambang, "disagree").await;
    vote(&world, &world.bambang, "abstain").await;
    let s = &world.service;
    world.days(11);
    let table = csv(s, SLUG, Sheet::Ballots).await.expect("is over");
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 3, "{table}");
    assert!(rows[1..].iter().all(|row| row.ends_with(",2026-11-24")), "the city's day alone: {table}");
    assert!(rows[1..].iter().all(|row| row.starts_with("1,,,1,") || row.starts_with("2,,,1,")), "areas of one person each: {table}");
    assert!(!table.contains("bambang") && !table.contains("disagree"), "{table}");
    let mut tx = s.read().await.expect("a connection");
    let voices: Vec<(String,)> = tx.all(sql!("select id from participant"), args![]).await.expect("lists");
    assert!(voices.iter().all(|(id,)| !table.contains(id)));
} }

db_test! { async fn the_result_says_who_took_part_and_what_was_most_supported(db) {
    let world = World::new(db).await;
    let c = fixture::open(&world, SLUG, "live").await;
    comment(&world, "c1", "for", "=SUM(A1) setuju", 4).await;
    comment(&world, "c2", "against", "Tidak, terima kasih.", 9).await;
    vote(&world, &world.siti, "agree").await;
    let s = &world.service;
    let mut tx = s.read().await.expect("a connection");
    assert!(matches!(show(s, &mut tx, &c).await, Err(Error::Conflict(Conflict::StillOpen))));
    world.days(11);
    let shown = show(s, &mut tx, &c).await.expect("is over");
    assert_eq!((shown.participation.participants, shown.participation.comments), (1, 2));
    assert!(shown.areas.is_empty() && shown.elsewhere == 1, "one person of an area is nobody's business");
    assert_eq!((shown.most_for.len(), shown.most_against[0].supports), (1, 9));
    let table = csv(s, SLUG, Sheet::Comments).await.expect("is public");
    assert!(table.contains("\"'=SUM(A1) setuju\""), "{table}");
    let folder = std::env::temp_dir().join(format!("rembug-export-{}-{}", std::process::id(), s.db().is_postgres()));
    let mut files = export(s, SLUG, Format::Csv, &folder).await.expect("is written");
    files.extend(export(s, SLUG, Format::Json, &folder).await.expect("is written"));
    assert_eq!(files, ["hasil.csv", "suara.csv", "pernyataan.csv", "tanggapan.csv", "semua.json"]);
    let json = std::fs::read_to_string(folder.join("semua.json")).expect("is there");
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    std::fs::remove_dir_all(folder).expect("can be removed");
    assert!(matches!(export(s, "tidak-ada", Format::Json, std::path::Path::new("/")).await, Err(ExportError::Service(Error::NotFound))));
} }
