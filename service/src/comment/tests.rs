use domain::{
    Role,
    comment::{FlagDraft, State},
};
use storage::{args, database::counting, db_test};

use super::*;
use crate::testing::{START, World};

/// A town with one consultation of the transport office, `jalur`, open for ten days, and a text with one clause.
pub(crate) async fn open_town(db: storage::Db) -> World {
    let world = World::new(db).await;
    let done: Result<()> = world
        .service
        .db()
        .write(|tx| {
            Box::pin(async move {
                tx.run(
                    "insert into consultation (id, slug, office_id, title, preview_token, created_at, updated_at,
                                               published_at, opens_at, closes_at)
                     values ('c', 'jalur', 'dishub', 'Jalur sepeda', '-', $1, $1, $1, $1, $2)",
                    args![START, START.plus_days(10)],
                )
                .await?;
                tx.run(
                    "insert into text_version (id, consultation_id, number, source, created_at, published_at)
                     values ('v1', 'c', 1, '', $1, $1)",
                    args![START],
                )
                .await?;
                tx.run(
                    "insert into clause (id, version_id, consultation_id, position, label, heading, body, body_html)
                     values ('k4', 'v1', 'c', 1, '4', 'Parkir pengganti', 'Kota menyediakan 180 tempat parkir.', '')",
                    args![],
                )
                .await?;
                Ok(())
            })
        })
        .await;
    done.expect("the consultation is kept");
    world
}

/// A comment with this text; the text is also the form's key.
pub(crate) fn said(body: &str) -> Post {
    Post {
        draft: Draft {
            body: body.to_owned(),
            ..Draft::default()
        },
        key: body.to_owned(),
        ..Post::default()
    }
}

fn reply(parent: &CommentId, body: &str) -> Post {
    Post {
        parent: Some(parent.clone()),
        ..said(body)
    }
}

async fn count(world: &World, sql: &'static str) -> i64 {
    let mut tx = world.service.read().await.expect("a connection");
    tx.number(sql, args![]).await.expect("counts")
}

async fn kinds(world: &World, actor: &Actor) -> Vec<Kind> {
    let inbox = notice::list(&world.service, actor, 1).await.expect("lists");
    inbox.notices.into_iter().map(|n| n.kind).collect()
}

db_test! { async fn the_same_form_twice_is_one_comment(db) {
    let world = open_town(db).await;
    let s = &world.service;
    let (a, b) = tokio::join!(post(s, &world.siti, "jalur", said("Bagus sekali")), post(s, &world.siti, "jalur", said("Bagus sekali")));
    let (a, b) = (a.expect("posts"), b.expect("posts"));
    assert_eq!(a.id, b.id);
    assert_eq!(count(&world, "select count(*) from comment").await, 1);
    // Without a key of the form, the minute tells two comments apart.
    let keyless = Post { key: String::new(), ..said("Tanpa kunci") };
    post(s, &world.siti, "jalur", keyless.clone()).await.expect("posts");
    assert!(post(s, &world.siti, "jalur", keyless.clone()).await.expect("posts").again);
    world.clock.advance(61);
    assert!(!post(s, &world.siti, "jalur", keyless).await.expect("posts").again);
    // Another text from the same form is not lost, and another person's is theirs.
    let other = Post { key: "Bagus sekali".into(), ..said("Bagus, tetapi mahal") };
    assert!(!post(s, &world.siti, "jalur", other).await.expect("posts").again);
    assert!(!post(s, &world.bambang, "jalur", said("Bagus sekali")).await.expect("posts").again);
    // The same form answers the same after closing, too.
    world.days(11);
    assert_eq!(post(s, &world.siti, "jalur", said("Bagus sekali")).await.expect("answers").id, a.id);
} }

db_test! { async fn replies_go_three_deep_and_carry_no_stance(db) {
    let world = open_town(db).await;
    let s = &world.service;
    let mut first = said("Saya setuju");
    first.draft.stance = "for".into();
    first.clause = Some(ClauseId::new("k4"));
    first.draft.quote = "menyediakan 180 tempat parkir".into();
    let root = post(s, &world.siti, "jalur", first).await.expect("posts");
    let mut last = root.id.clone();
    for depth in 1..=3 {
        let mut below = reply(&last, &format!("Balasan {depth}"));
        below.draft.stance = "against".into();
        last = post(s, &world.bambang, "jalur", below).await.expect("posts").id;
    }
    let deeper = post(s, &world.siti, "jalur", reply(&last, "Terlalu dalam")).await;
    assert!(matches!(deeper, Err(Error::Conflict(Conflict::TooDeep))));
    let shown = show(s, &world.wayan, &last).await.expect("reads");
    assert_eq!((shown.thread.root.replies, shown.thread.replies.len()), (3, 3));
    assert_eq!(shown.thread.root.stance, Some(Stance::For));
    for reply in &shown.thread.replies {
        assert!(reply.stance.is_none() && reply.about.as_ref().is_some_and(|a| a.clause.as_str() == "k4"));
    }
    for (post_, expected) in [
        (Post { clause: Some(ClauseId::new("k9")), ..said("Pasal lain") }, "Gone"),
        (Post { parent: Some(CommentId::new("tidak-ada")), ..said("Ke mana") }, "NotFound"),
    ] {
        let error = post(s, &world.siti, "jalur", post_).await.expect_err("is refused");
        assert!(format!("{error:?}").contains(expected), "{error:?}");
    }
    let mut invented = said("Kutipan karangan");
    invented.clause = Some(ClauseId::new("k4"));
    invented.draft.quote = "kota menghapus semua parkir".into();
    assert!(matches!(post(s, &world.siti, "jalur", invented).await, Err(Error::Invalid(_))));
} }

db_test! { async fn residents_write_while_it_is_open_and_the_office_also_after(db) {
    let world = open_town(db).await;
    let s = &world.service;
    let mine = post(s, &world.siti, "jalur", said("Sebelum ditutup")).await.expect("posts");
    let as_office = |body: &str| Post { as_office: true, ..reply(&mine.id, body) };
    assert!(matches!(post(s, &Actor::Anonymous, "jalur", said("Siapa")).await, Err(Error::SignIn)));
    assert!(matches!(post(s, &world.agus, "jalur", as_office("Bukan kantor saya")).await, Err(Error::Forbidden)));
    assert!(matches!(post(s, &world.siti, "jalur", as_office("Bukan kantor saya")).await, Err(Error::Forbidden)));
    world.days(11);
    assert!(matches!(post(s, &world.siti, "jalur", said("Terlambat")).await, Err(Error::Conflict(Conflict::Closed))));
    assert!(matches!(post(s, &world.rina, "jalur", said("Sebagai warga")).await, Err(Error::Conflict(Conflict::Closed))));
    post(s, &world.rina, "jalur", as_office("Terima kasih, pasal 4 diubah")).await.expect("the office answers");
    assert!(matches!(edit(s, &world.siti, &mine.id, "Diubah terlambat").await, Err(Error::Conflict(Conflict::Closed))));
    delete(s, &world.siti, &mine.id).await.expect("taking back is always possible");
    assert!(matches!(post(s, &world.rina, "jalur", as_office("Balas yang hilang")).await, Err(Error::Conflict(Conflict::Gone))));
    assert!(matches!(post(s, &world.siti, "lain", said("Di mana")).await, Err(Error::NotFound)));
} }

db_test! { async fn an_official_answer_is_told_once_to_everybody_concerned(db) {
    let world = open_town(db).await;
    let s = &world.service;
    let mine = post(s, &world.siti, "jalur", said("Kapan mulai?")).await.expect("posts");
    post(s, &world.bambang, "jalur", reply(&mine.id, "Tahun depan")).await.expect("posts");
    assert_eq!(kinds(&world, &world.siti).await, [Kind::CommentReplied]);
    notice::follow(s, &world.wayan, "jalur", true).await.expect("follows");
    let answer = Post { as_office: true, ..reply(&mine.id, "Juni 2027") };
    let answer = post(s, &world.rina, "jalur", answer).await.expect("answers");
    for who in [&world.siti, &world.bambang, &world.wayan] {
        assert_eq!(kinds(&world, who).await.iter().filter(|k| **k == Kind::OfficialReply).count(), 1);
    }
    assert!(kinds(&world, &world.rina).await.is_empty());
    let shown = show(s, &world.siti, &answer.id).await.expect("reads");
    let official = shown.thread.replies.iter().find(|c| c.id == answer.id).expect("is there");
    assert_eq!(official.office_name, "Dinas Perhubungan");
    // The way out holds: another comment does not make one follow again.
    notice::follow(s, &world.bambang, "jalur", false).await.expect("unfollows");
    post(s, &world.bambang, "jalur", said("Satu lagi")).await.expect("posts");
    assert_eq!(count(&world, "select count(*) from follow where account_id = 'bambang'").await, 0);
} }

db_test! { async fn fifty_people_at_once_are_fifty_supports(db) {
    let world = open_town(db).await;
    let s = world.service.clone();
    let mine = post(&s, &world.siti, "jalur", said("Dukung ini")).await.expect("posts").id;
    let people: Vec<Actor> = (0..25).map(|n| Actor::Member(domain::Member {
        account: AccountId::new(format!("p{n}")),
        name: "P".into(),
        role: Role::Resident,
        offices: Vec::new(),
        home: None,
    })).collect();
    let names: Vec<String> = (0..25).map(|n| format!("p{n}")).collect();
    let done: Result<()> = s.db().write(move |tx| Box::pin(async move {
        for name in names {
            tx.run(
                "insert into account (id, email, email_key, name, password_hash, role, created_at) values ($1, $1, $1, 'P', '-', 'resident', 0)",
                args![name],
            ).await?;
        }
        Ok(())
    })).await;
    done.expect("people come");
    // Everybody sends the same twice at once.
    let sends = people.iter().chain(&people).map(|who| {
        let (s, who, id) = (s.clone(), who.clone(), mine.clone());
        tokio::spawn(async move { support(&s, &who, &id, true).await })
    }).collect::<Vec<_>>();
    for send in sends {
        send.await.expect("does not panic").expect("is taken");
    }
    assert_eq!(count(&world, "select supports from comment").await, 25);
    assert_eq!(support(&s, &people[3], &mine, false).await.expect("takes back"), 24);
    assert_eq!(support(&s, &people[3], &mine, false).await.expect("takes back"), 24);
    assert!(matches!(support(&s, &world.siti, &mine, true).await, Err(Error::Forbidden)), "not one's own");
    assert!(matches!(support(&s, &people[0], &CommentId::new("x"), true).await, Err(Error::NotFound)));
    world.days(11);
    assert!(matches!(support(&s, &people[3], &mine, true).await, Err(Error::Conflict(Conflict::Closed))));
} }

db_test! { async fn edits_are_kept_and_deletions_keep_nothing(db) {
    let world = open_town(db).await;
    let s = &world.service;
    let mine = post(s, &world.siti, "jalur", said("Nomor saya 0812")).await.expect("posts").id;
    assert!(matches!(edit(s, &world.bambang, &mine, "Ambil alih").await, Err(Error::NotFound)));
    assert!(matches!(delete(s, &world.bambang, &mine).await, Err(Error::NotFound)));
    assert!(matches!(delete(s, &world.moderator, &mine).await, Err(Error::NotFound)), "moderators hide, they do not delete");
    edit(s, &world.siti, &mine, "Tanpa nomor").await.expect("edits");
    edit(s, &world.siti, &mine, " Tanpa nomor ").await.expect("the same text changes nothing");
    assert!(matches!(edit(s, &world.siti, &mine, "x").await, Err(Error::Invalid(_))));
    let shown = show(s, &world.bambang, &mine).await.expect("reads");
    assert_eq!(shown.revisions.iter().map(|r| r.body.as_str()).collect::<Vec<_>>(), ["Nomor saya 0812"]);
    assert_eq!((shown.thread.root.body.as_str(), shown.own.mine), ("Tanpa nomor", false));
    post(s, &world.bambang, "jalur", reply(&mine, "Saya balas")).await.expect("posts");
    delete(s, &world.siti, &mine).await.expect("deletes");
    delete(s, &world.siti, &mine).await.expect("twice is as once");
    let shown = show(s, &world.siti, &mine).await.expect("its place stays");
    assert!(matches!(shown.thread.root.state, State::Deleted { .. }) && shown.revisions.is_empty());
    assert_eq!(shown.thread.replies[0].body, "Saya balas");
    assert_eq!(count(&world, "select count(*) from comment_revision").await, 0);
    assert!(matches!(edit(s, &world.siti, &mine, "Kembali").await, Err(Error::Conflict(Conflict::Gone))));
} }

db_test! { async fn a_flag_counts_once_a_person(db) {
    let world = open_town(db).await;
    let s = &world.service;
    let mine = post(s, &world.siti, "jalur", said("Kalian bodoh")).await.expect("posts").id;
    let draft = FlagDraft { reason: "insult".into(), note: String::new() };
    flag(s, &world.bambang, &mine, &draft).await.expect("flags");
    flag(s, &world.bambang, &mine, &draft).await.expect("twice is as once");
    assert_eq!(count(&world, "select count(*) from comment_flag").await, 1);
    assert!(matches!(flag(s, &world.siti, &mine, &draft).await, Err(Error::Forbidden)));
    assert!(matches!(flag(s, &world.wayan, &mine, &FlagDraft::default()).await, Err(Error::Invalid(_))));
    assert!(matches!(flag(s, &Actor::Anonymous, &mine, &draft).await, Err(Error::SignIn)));
    let own = show(s, &world.bambang, &mine).await.expect("reads").own;
    assert!(own.flagged && !own.may_flag && !own.may_edit);
} }

db_test! { async fn a_switched_off_part_takes_nothing_and_a_page_is_one_statement(db) {
    let world = open_town(db).await;
    let s = &world.service;
    post(s, &world.siti, "jalur", said("Sempat menulis")).await.expect("posts");
    let off: Result<u64> = s.db().write(|tx| Box::pin(async move {
        Ok(tx.run("update consultation set comments_open = false", args![]).await?)
    })).await;
    off.expect("is switched off");
    assert!(matches!(post(s, &world.siti, "jalur", said("Lagi")).await, Err(Error::Conflict(Conflict::SwitchedOff))));
    let mut tx = s.read().await.expect("a connection");
    let c = crate::consultation::get(s, &mut tx, &world.siti, "jalur").await.expect("reads");
    let (listing, statements) = counting(list(&mut tx, &world.siti, &c, None, Order::Newest, 1)).await;
    assert_eq!((listing.expect("lists").total, statements), (1, 1));
} }
