use domain::{Problem, ballot::QuestionView};
use storage::{args, db_test, sql};

use super::{
    fixture::{find, open, q, residents},
    *,
};
use crate::testing::World;

fn words(choices: &[&str]) -> Vec<String> {
    choices.iter().map(|c| (*c).to_owned()).collect()
}

async fn vote(world: &World, actor: &Actor, question: &str, choices: &[&str]) -> Result<Cast> {
    cast(&world.service, actor, "c", &q(question), words(choices)).await
}

async fn seen(world: &World, actor: &Actor) -> Vec<QuestionView> {
    let consultation = find(world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    tallies(&world.service, &mut tx, actor, &consultation)
        .await
        .expect("counts")
}

async fn number(world: &World, sql: &'static str) -> i64 {
    let mut tx = world.service.read().await.expect("a connection");
    tx.number(sql, args![]).await.expect("counts")
}

/// Revisions without gaps, and marks that are exactly the newest ballots.
async fn consistent(world: &World) {
    let gaps = number(
        world,
        sql!("select count(*) from (select count(*) as n, max(revision) as top from ballot group by question_id, participant_id) r where n <> top + 1"),
    )
    .await;
    assert_eq!(gaps, 0, "revisions are 0, 1, 2, …");
    let mut tx = world.service.read().await.expect("a connection");
    let latest: Vec<(String, String, String)> = tx
        .all(
            sql!(
                "select b.question_id, b.participant_id, b.choices from ballot b
                 where b.revision = (select max(x.revision) from ballot x where x.question_id = b.question_id and x.participant_id = b.participant_id)"
            ),
            args![],
        )
        .await
        .expect("answers");
    let marks: Vec<(String, String, String)> = tx
        .all(
            sql!("select question_id, participant_id, choice from ballot_mark"),
            args![],
        )
        .await
        .expect("answers");
    let mut from_history: Vec<(String, String, String)> = latest
        .into_iter()
        .flat_map(|(question, participant, choices)| {
            let choices: Vec<String> = serde_json::from_str(&choices).expect("a list");
            choices
                .into_iter()
                .map(move |c| (question.clone(), participant.clone(), c))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut marks = marks;
    from_history.sort();
    marks.sort();
    assert_eq!(from_history, marks);
}

db_test! { async fn a_vote_is_saved_changed_and_withdrawn(db) {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    let first = vote(&world, &world.siti, "q-position", &["agree"]).await.expect("saves");
    assert_eq!((first.revision, first.changed), (0, true));
    let again = vote(&world, &world.siti, "q-position", &["agree"]).await.expect("saves");
    assert_eq!((again.revision, again.changed), (0, false), "sent twice is one vote");
    let other = vote(&world, &world.siti, "q-position", &["abstain"]).await.expect("saves");
    assert_eq!((other.revision, other.changed), (1, true));
    let view = seen(&world, &world.siti).await;
    assert_eq!(view[0].mine, Some(words(&["abstain"])));
    assert_eq!((view[0].votes("agree"), view[0].votes("abstain"), view[0].voters), (Some(0), Some(1), 1));

    assert!(withdraw(&world.service, &world.siti, "c", &q("q-position")).await.expect("withdraws"));
    assert!(!withdraw(&world.service, &world.siti, "c", &q("q-position")).await.expect("nothing there"));
    assert!(!withdraw(&world.service, &world.bambang, "c", &q("q-position")).await.expect("nothing there"));
    let view = seen(&world, &world.siti).await;
    assert_eq!((view[0].mine.clone(), view[0].voters), (None, 0));
    let back = vote(&world, &world.siti, "q-position", &["agree"]).await.expect("saves");
    assert_eq!(back.revision, 3);
    assert_eq!(number(&world, sql!("select count(*) from participant")).await, 1);
    consistent(&world).await;
} }

db_test! { async fn several_of_several_are_counted_by_choice_and_by_person(db) {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    vote(&world, &world.siti, "q-many", &["q-many-c", "q-many-a"]).await.expect("saves");
    vote(&world, &world.bambang, "q-many", &["q-many-a"]).await.expect("saves");
    vote(&world, &world.bambang, "q-one", &["q-one-b"]).await.expect("saves");
    let view = seen(&world, &world.siti).await;
    let counts: Vec<i64> = view[2].counts.iter().flatten().map(|c| c.votes).collect();
    assert_eq!((counts, view[2].voters), (vec![2, 0, 1], 2));
    assert_eq!((view[1].votes("q-one-b"), view[1].voters), (Some(1), 1));
    vote(&world, &world.siti, "q-many", &["q-many-b"]).await.expect("saves");
    consistent(&world).await;

    let mut tx = world.service.read().await.expect("a connection");
    let consultation = find(&world, "c").await;
    let rows = open_rows(&world.service, &mut tx, &Actor::Anonymous, &consultation).await.expect("rows");
    assert_eq!(rows.len(), 9);
    assert_eq!((rows[6].label.as_str(), rows[6].votes, rows[6].voters), ("a", 1, 2));
} }

db_test! { async fn what_cannot_be_voted_is_refused_with_its_reason(db) {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    let problem = |r: Result<Cast>| match r {
        Err(Error::Invalid(invalid)) => invalid.of(FIELD).cloned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(problem(vote(&world, &world.siti, "q-position", &[]).await), Some(Problem::Missing));
    assert_eq!(problem(vote(&world, &world.siti, "q-one", &["q-many-a"]).await), Some(Problem::Unknown));
    let three = ["q-many-a", "q-many-b", "q-many-c"];
    assert_eq!(problem(vote(&world, &world.siti, "q-many", &three).await), Some(Problem::TooMany { max: 2 }));
    assert!(matches!(vote(&world, &world.siti, "q-none", &["agree"]).await, Err(Error::NotFound)));
    assert!(matches!(vote(&world, &Actor::Anonymous, "q-position", &["agree"]).await, Err(Error::SignIn)));
    assert!(matches!(vote(&world, &Actor::System, "q-position", &["agree"]).await, Err(Error::SignIn)));
    let elsewhere = cast(&world.service, &world.siti, "tidak-ada", &q("q-position"), words(&["agree"])).await;
    assert!(matches!(elsewhere, Err(Error::NotFound)));
    let draft = apply_draft(&world.service, &world.siti, "c", &q("q-position"), "{\"choices\": 7}").await;
    assert!(matches!(draft, Err(Error::Invalid(_))));
    let draft = apply_draft(&world.service, &world.siti, "c", &q("q-position"), &draft_of(&words(&["agree"]))).await;
    assert_eq!(draft.map(|c| c.revision).ok(), Some(0));

    world.days(-1);
    assert!(matches!(vote(&world, &world.siti, "q-position", &["agree"]).await, Err(Error::Conflict(Conflict::NotYetOpen))));
    world.days(11);
    assert!(matches!(vote(&world, &world.siti, "q-position", &["agree"]).await, Err(Error::Conflict(Conflict::Closed))));
    let late = withdraw(&world.service, &world.siti, "c", &q("q-position")).await;
    assert!(matches!(late, Err(Error::Conflict(Conflict::Closed))));
    assert_eq!(number(&world, sql!("select count(*) from ballot")).await, 1, "nothing half-stored");
} }

db_test! { async fn a_draft_is_not_there_and_too_many_votes_are_refused(db) {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    let mut last = Ok(());
    for _ in 0..=limit::VOTE.burst {
        last = vote(&world, &world.siti, "q-position", &["agree"]).await.map(drop);
    }
    assert!(matches!(last, Err(Error::TooOften { .. })));
    world.service.db().write(|tx| Box::pin(async move {
        tx.run(sql!("update consultation set published_at = null"), args![]).await
    })).await.expect("takes it back");
    for actor in [&world.bambang, &world.rina] {
        assert!(matches!(vote(&world, actor, "q-position", &["agree"]).await, Err(Error::NotFound)));
    }
} }

db_test! { async fn fifty_at_once_are_one_vote(db) {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    let positions = domain::ballot::POSITIONS;
    let all = (0..50).map(|n| {
        let (service, siti) = (world.service.clone(), world.siti.clone());
        tokio::spawn(async move {
            cast(&service, &siti, "c", &q("q-position"), vec![positions[n % 3].to_owned()]).await
        })
    });
    for task in all.collect::<Vec<_>>() {
        task.await.expect("does not panic").expect("every cast is answered");
    }
    let view = seen(&world, &world.siti).await;
    assert_eq!(view[0].voters, 1);
    assert_eq!(view[0].counts.iter().flatten().map(|c| c.votes).sum::<i64>(), 1);
    assert_eq!(number(&world, sql!("select count(*) from participant")).await, 1);
    consistent(&world).await;
} }

db_test! { async fn fifty_people_at_once_are_fifty_votes(db) {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    let people = residents(&world, "p", "35.79.01.1004", 50).await;
    let tasks: Vec<_> = people.into_iter().map(|actor| {
        let service = world.service.clone();
        tokio::spawn(async move {
            for _ in 0..2 {
                cast(&service, &actor, "c", &q("q-one"), vec!["q-one-a".to_owned()]).await?;
            }
            Ok::<_, Error>(())
        })
    }).collect();
    for task in tasks {
        task.await.expect("does not panic").expect("every cast is answered");
    }
    assert_eq!(seen(&world, &world.siti).await[1].votes("q-one-a"), Some(50));
    assert_eq!(number(&world, sql!("select count(*) from ballot")).await, 50);
    consistent(&world).await;
} }

db_test! { async fn hidden_counts_are_not_in_the_answer(db) {
    let world = World::new(db).await;
    open(&world, "c", "after_vote").await;
    vote(&world, &world.siti, "q-position", &["agree"]).await.expect("saves");
    assert!(seen(&world, &world.siti).await[0].counts.is_some());
    assert!(seen(&world, &world.siti).await[1].counts.is_none(), "not voted on that one");
    for actor in [&world.bambang, &world.rina, &world.admin, &Actor::Anonymous, &Actor::System] {
        let view = seen(&world, actor).await;
        assert_eq!((view[0].counts.clone(), view[0].mine.clone(), view[0].voters), (None, None, 1));
        let consultation = find(&world, "c").await;
        let mut tx = world.service.read().await.expect("a connection");
        assert_eq!(open_rows(&world.service, &mut tx, actor, &consultation).await.expect("rows"), []);
    }
    world.days(10);
    assert!(seen(&world, &Actor::Anonymous).await[0].counts.is_some(), "after closing everybody sees them");
} }

db_test! { async fn small_areas_cannot_be_read(db) {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    for (prefix, area, count) in [("s", "35.79.01.1004", 7), ("n", "35.79.01.1002", 6), ("p", "35.79.02.2001", 2)] {
        for actor in residents(&world, prefix, area, count).await {
            vote(&world, &actor, "q-position", &["disagree"]).await.expect("saves");
        }
    }
    let consultation = find(&world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    assert_eq!(by_area(&world.service, &mut tx, &consultation).await.expect("counts"), [], "not while it is open");
    world.days(10);
    let (_, split) = by_area(&world.service, &mut tx, &consultation).await.expect("counts").swap_remove(0);
    assert_eq!(split.areas.len(), 1);
    assert_eq!((split.areas[0].voters, split.hidden, split.hidden_voters), (7, 2, 8));
} }

db_test! { async fn a_cast_is_few_statements(db) {
    let world = World::new(db).await;
    let consultation = open(&world, "c", "live").await;
    for (choice, expected) in [("agree", 5), ("abstain", 3), ("abstain", 1)] {
        let (service, account) = (world.service.clone(), world.siti.account().expect("a member").clone());
        let new = New { consultation: consultation.clone(), question: q("q-position"), choices: words(&[choice]), home: None };
        let used = world.service.db().write(move |tx| Box::pin(async move {
            let (done, used) = storage::database::counting(store(&service, tx, &account, new, false)).await;
            done.map(|_| used)
        })).await.expect("stores");
        assert_eq!(used, expected, "{choice}");
    }
} }

db_test! { async fn a_vote_after_the_times_moved_is_judged_again(db) {
    let world = World::new(db).await;
    let judged = open(&world, "c", "live").await;
    world.service.db().write(|tx| Box::pin(async move {
        tx.run(sql!("update consultation set closes_at = $1"), args![crate::testing::START]).await
    })).await.expect("closes early");
    let permit = world.siti.may_participate().expect("may");
    let new = New { consultation: judged, question: q("q-position"), choices: words(&["agree"]), home: None };
    let late = save(&world.service, &permit, new, false).await;
    assert!(matches!(late, Err(Error::Conflict(Conflict::Stale))));
    assert_eq!(number(&world, sql!("select count(*) from participant")).await, 0, "nothing half-stored");
    assert!(matches!(vote(&world, &world.siti, "q-position", &["agree"]).await, Err(Error::Conflict(Conflict::Closed))));
} }
