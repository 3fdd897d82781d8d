use storage::{args, db_test};

use super::*;
use crate::{
    comment::tests::open_town,
    moderation::{decide_statements, queue},
    notice::Kind,
    testing::World,
};

fn decide(action: &str, reason: &str) -> Draft {
    Draft {
        action: action.into(),
        reason: reason.into(),
        note: String::new(),
    }
}

fn ids(names: &[&str]) -> Vec<StatementId> {
    names.iter().map(|name| StatementId::new(*name)).collect()
}

/// One public statement; four by Siti that wait, two of them alike, and one of another consultation with the same words.
async fn town(db: storage::Db) -> World {
    let world = open_town(db).await;
    let done: Result<()> = world
        .service
        .db()
        .write(|tx| {
            Box::pin(async move {
                tx.run(
                    "insert into consultation (id, slug, office_id, title, preview_token, created_at, updated_at)
                     values ('d', 'd', 'dishub', 'D', '-', 0, 0)",
                    args![],
                )
                .await?;
                tx.run("insert into participant (id, consultation_id, joined_at) values ('p', 'c', 0)", args![]).await?;
                tx.run(
                    "insert into participation (consultation_id, account_id, participant_id) values ('c', 'siti', 'p')",
                    args![],
                )
                .await?;
                for (n, at, body, status) in [
                    (1, "c", "Parkir pengganti harus ada sebelum jalur ditutup", "accepted"),
                    (2, "c", "Sebelum jalur ditutup harus ada parkir pengganti", "waiting"),
                    (3, "c", "Trotoar lebih lebar untuk pejalan kaki", "waiting"),
                    (4, "c", "Trotoar harus lebih lebar untuk pejalan kaki.", "waiting"),
                    (5, "c", "Sampah diambil dua kali seminggu.", "waiting"),
                    (6, "d", "Trotoar lebih lebar untuk pejalan kaki", "waiting"),
                ] {
                    tx.run(
                        "insert into statement (id, consultation_id, number, participant_id, body, status, created_at)
                         values ($1, $2, $3, case when $2 = 'c' then 'p' end, $4, $5, $3)",
                        args![format!("s{n}"), at, n, body, status],
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await;
    done.expect("statements come");
    world
}

/// The status and the reason of each, by number.
async fn standing(world: &World) -> Vec<(String, String)> {
    let mut tx = world.service.read().await.expect("a connection");
    tx.all(
        "select status, reason from statement order by number",
        args![],
    )
    .await
    .expect("reads")
}

async fn told(world: &World) -> Vec<Kind> {
    let inbox = crate::notice::list(&world.service, &world.siti, 1)
        .await
        .expect("lists");
    let mut kinds: Vec<Kind> = inbox.notices.into_iter().map(|n| n.kind).collect();
    kinds.sort_by_key(|kind| kind.word());
    kinds
}

fn is(all: &[(String, String)], number: usize) -> (&str, &str) {
    let (status, reason) = &all[number - 1];
    (status, reason)
}

db_test! { async fn near_duplicates_wait_together_beside_what_is_public(db) {
    let world = town(db).await;
    let queue = queue(&world.service, &world.moderator).await.expect("lists");
    assert_eq!(queue.statements_total, 5);
    let bodies = |statements: &[Waiting]| statements.iter().map(|s| s.id.to_string()).collect::<Vec<_>>();
    assert_eq!(queue.clusters.len(), 1);
    assert_eq!(bodies(&queue.clusters[0].statements), ["s3", "s4"], "the oldest first, and of one consultation alone");
    assert!(queue.clusters[0].near.is_empty());
    assert_eq!(bodies(&queue.statements), ["s2", "s5", "s6"]);
    let near: Vec<Vec<i64>> = queue.statements.iter().map(|s| s.near.iter().map(|n| n.number).collect()).collect();
    assert_eq!(near, [vec![1], vec![], vec![]]);
} }

db_test! { async fn one_is_accepted_and_the_others_are_its_duplicates(db) {
    let world = town(db).await;
    let (s, both) = (&world.service, ids(&["s3", "s4"]));
    let keep = StatementId::new("s4");
    let done = decide_cluster(s, &world.moderator, &both, Some(&keep), &decide("accept", "")).await;
    assert_eq!(done.expect("decides"), 2);
    let all = standing(&world).await;
    assert_eq!((is(&all, 3), is(&all, 4)), (("rejected", "duplicate"), ("accepted", "")));
    assert_eq!(told(&world).await, [Kind::StatementAccepted, Kind::StatementRejected]);
    let again = decide_cluster(s, &world.moderator, &both, Some(&keep), &decide("accept", "")).await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::Decided))));
    let mut tx = s.read().await.expect("a connection");
    let written = tx.number("select count(*) from moderation", args![]).await.expect("counts");
    let noted = tx.number("select count(*) from audit where verb like 'statement.%'", args![]).await.expect("counts");
    assert_eq!((written, noted), (2, 2), "nothing twice");
} }

db_test! { async fn all_are_rejected_for_one_reason(db) {
    let world = town(db).await;
    let done = decide_cluster(&world.service, &world.moderator, &ids(&["s3", "s4", "s3"]), None, &decide("reject", "several")).await;
    assert_eq!(done.expect("decides"), 2, "each once");
    let all = standing(&world).await;
    assert_eq!((is(&all, 3), is(&all, 4)), (("rejected", "several"), ("rejected", "several")));
} }

db_test! { async fn what_is_not_as_it_was_shown_stores_nothing(db) {
    let world = town(db).await;
    let (s, dewi) = (&world.service, &world.moderator);
    let (accept, reject) = (decide("accept", ""), decide("reject", "spam"));
    let (s3, s5) = (StatementId::new("s3"), StatementId::new("s5"));
    let refused = |done: Result<usize>, field: &str| match done {
        Err(Error::Invalid(invalid)) => invalid.of(field).cloned().expect("names the field"),
        other => panic!("{other:?}"),
    };
    let both = ids(&["s3", "s4"]);
    assert_eq!(refused(decide_cluster(s, dewi, &both, None, &accept).await, "terima"), Problem::Missing);
    assert_eq!(refused(decide_cluster(s, dewi, &both, Some(&s5), &accept).await, "terima"), Problem::Malformed);
    assert_eq!(refused(decide_cluster(s, dewi, &both, None, &decide("reject", "")).await, "reason"), Problem::Missing);
    assert_eq!(refused(decide_cluster(s, dewi, &[], Some(&s3), &accept).await, "pilih"), Problem::Missing);
    assert_eq!(refused(decide_cluster(s, dewi, &both, None, &decide("hide", "spam")).await, "action"), Problem::Malformed);
    assert_eq!(refused(decide_cluster(s, dewi, &ids(&["s3", "s6"]), Some(&s3), &accept).await, "anggota"), Problem::Malformed);
    assert!(matches!(decide_cluster(s, dewi, &ids(&["s3", "x"]), Some(&s3), &accept).await, Err(Error::NotFound)));
    for (actor, error) in [(&world.siti, Error::Forbidden), (&world.rina, Error::Forbidden), (&Actor::Anonymous, Error::SignIn)] {
        let found = decide_cluster(s, actor, &both, Some(&s3), &accept).await.expect_err("not theirs");
        assert_eq!(format!("{found:?}"), format!("{error:?}"));
    }
    // Somebody decides about one of them meanwhile: the other stays as it is.
    decide_statements(s, dewi, &ids(&["s4"]), &decide("reject", "unclear")).await.expect("decides");
    for (keep, draft) in [(Some(&s3), &accept), (None, &reject)] {
        let late = decide_cluster(s, dewi, &both, keep, draft).await;
        assert!(matches!(late, Err(Error::Conflict(Conflict::Decided))), "{late:?}");
    }
    let all = standing(&world).await;
    assert_eq!((is(&all, 3), is(&all, 4), is(&all, 6)), (("waiting", ""), ("rejected", "unclear"), ("waiting", "")));
    assert_eq!(told(&world).await, [Kind::StatementRejected]);
} }

db_test! { async fn of_moderators_at_once_one_decides(db) {
    let world = town(db).await;
    let tasks: Vec<_> = (0..12_usize).map(|n| {
        let (service, who) = (world.service.clone(), if n % 2 == 0 { world.moderator.clone() } else { world.admin.clone() });
        let mut members = ids(&["s2", "s3", "s4", "s5"]);
        members.rotate_left(n % 4);
        let keep = members[0].clone();
        let draft = if n % 3 == 0 { decide("reject", "spam") } else { decide("accept", "") };
        tokio::spawn(async move { decide_cluster(&service, &who, &members, Some(&keep), &draft).await })
    }).collect();
    let mut won = 0;
    for task in tasks {
        match task.await.expect("does not panic") {
            Ok(4) => won += 1,
            Err(Error::Conflict(Conflict::Decided)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
    let mut tx = world.service.read().await.expect("a connection");
    assert_eq!(tx.number("select count(*) from moderation", args![]).await.expect("counts"), 4);
    let all = standing(&world).await;
    let accepted = all.iter().filter(|(status, _)| status == "accepted").count();
    assert!(accepted <= 2 && all[1..5].iter().all(|(status, _)| status != "waiting"), "{all:?}");
} }
