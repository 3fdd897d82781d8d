use std::collections::BTreeMap;

use domain::{
    Actor, Problem,
    statement::{Draft, Order, Status},
};
use storage::{args, db_test, sql};

use super::*;
use crate::{
    ballot::fixture::{find, open, residents},
    testing::World,
};

const FIRST: &str = "Trotoar lebih penting daripada tempat parkir.";

fn draft(text: &str) -> Draft {
    Draft {
        teks: text.to_owned(),
    }
}

async fn town(db: storage::Db, shown: &'static str) -> World {
    let world = World::new(db).await;
    open(&world, "c", shown).await;
    for text in [
        FIRST,
        "Jalur sepeda perlu pagar pembatas.",
        "Toko boleh bongkar muat pagi hari.",
    ] {
        seed(&world.service, &world.rina, "c", &draft(text))
            .await
            .expect("plants");
    }
    world
}

async fn desk_of(world: &World, actor: &Actor) -> Desk {
    let consultation = find(world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    desk(&world.service, &mut tx, actor, &consultation, None)
        .await
        .expect("reads")
}

async fn listed(world: &World, actor: &Actor, order: Order, page: i64) -> Listed {
    let consultation = find(world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    list(&world.service, &mut tx, actor, &consultation, order, page)
        .await
        .expect("reads")
}

async fn says(world: &World, actor: &Actor, number: i64, judgement: Judgement) -> Result<Judged> {
    judge(&world.service, actor, "c", number, judgement).await
}

db_test! { async fn statements_are_judged_one_at_a_time(db) {
    let world = town(db, "live").await;
    let start = desk_of(&world, &world.siti).await;
    assert_eq!((start.progress.whole, start.progress.mine, start.practised), (3, 0, false));
    says(&world, &world.bambang, 1, Judgement::Pass).await.expect("saves");
    assert_eq!(desk_of(&world, &Actor::Anonymous).await.statement.map(|s| s.number), Some(2), "what was passed on waits");

    let mut seen = Vec::new();
    while let Some(next) = desk_of(&world, &world.siti).await.statement {
        assert!(!seen.contains(&next.number), "nobody sees the same twice");
        assert_eq!(desk_of(&world, &world.siti).await.statement.map(|s| s.number), Some(next.number), "after a reload, too");
        seen.push(next.number);
        says(&world, &world.siti, next.number, Judgement::Agree).await.expect("saves");
    }
    assert_eq!(seen.len(), 3);
    let done = desk_of(&world, &world.siti).await;
    assert_eq!((done.progress.mine, done.statement, done.practised), (3, None, true));
    let consultation = find(&world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    let all = totals(&mut tx, &consultation).await.expect("counts");
    assert_eq!((all.whole, all.voters, all.judgements), (3, 2, 4));
    drop(tx);

    let again = says(&world, &world.siti, 1, Judgement::Agree).await.expect("saves");
    assert_eq!((again.revision, again.changed), (0, false));
    let changed = says(&world, &world.siti, 1, Judgement::Disagree).await.expect("saves");
    assert_eq!((changed.revision, changed.changed), (1, true));
    let page = listed(&world, &world.siti, Order::Votes, 1).await;
    assert_eq!(page.statements[0].number, 1);
    let counts = page.statements[0].counts.expect("live");
    assert_eq!((counts.agree, counts.disagree, counts.pass), (0, 1, 1));
    assert_eq!(page.statements[0].mine, Some(Judgement::Disagree));
    let consultation = find(&world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    let one = desk(&world.service, &mut tx, &world.siti, &consultation, Some(1)).await.expect("reads");
    assert_eq!(one.statement.and_then(|s| s.mine), Some(Judgement::Disagree));
    let none = desk(&world.service, &mut tx, &world.siti, &consultation, Some(99)).await;
    assert!(matches!(none, Err(Error::NotFound)));
} }

db_test! { async fn people_begin_with_different_statements_and_telling_ones_come_up_more(db) {
    let world = town(db, "live").await;
    let people = residents(&world, "p", "35.79.01.1004", 60).await;
    let consultation = find(&world, "c").await;
    let drawn = async || {
        let mut came = BTreeMap::<i64, u32>::new();
        let mut tx = world.service.read().await.expect("a connection");
        for actor in &people {
            let desk = desk(&world.service, &mut tx, actor, &consultation, None).await.expect("reads");
            *came.entry(desk.statement.expect("one is left").number).or_default() += 1;
        }
        came
    };
    let even = drawn().await;
    assert_eq!(even.len(), 3, "{even:?}");
    let id = consultation.id.clone();
    let told: Result<()> = world.service.db().write(move |tx| Box::pin(async move {
        Ok(storage::group::set_extremities(tx, &id, &[(3, 3.0), (99, 1.0)]).await?)
    })).await;
    told.expect("is noted");
    let told = drawn().await;
    assert!(told[&3] > 45, "sixteen times the weight: {told:?}");
} }

db_test! { async fn fifty_judgements_at_once_are_one(db) {
    let world = town(db, "live").await;
    let tasks: Vec<_> = (0..50_usize).map(|n| {
        let (service, siti) = (world.service.clone(), world.siti.clone());
        tokio::spawn(async move { judge(&service, &siti, "c", 1, Judgement::ALL[n % 3]).await })
    }).collect();
    for task in tasks {
        task.await.expect("does not panic").expect("every judgement is answered");
    }
    let page = listed(&world, &world.siti, Order::Number, 1).await;
    assert_eq!(page.statements[0].counts.map(|c| c.total()), Some(1));
    let mut tx = world.service.read().await.expect("a connection");
    let gaps = tx.number(sql!(
        "select count(*) from (select count(*) as n, max(revision) as top from statement_vote group by statement_id, participant_id) r where n <> top + 1"
    ), args![]).await.expect("counts");
    assert_eq!(gaps, 0);
    let wrong = tx.number(sql!(
        "select count(*) from statement_vote v join statement_mark m on m.statement_id = v.statement_id and m.participant_id = v.participant_id
         where v.revision = (select max(revision) from statement_vote) and v.value <> m.value"
    ), args![]).await.expect("counts");
    assert_eq!(wrong, 0, "the newest is what counts");
    let rules = storage::upkeep::rules(&mut tx).await.expect("checks");
    let counted = rules.iter().find(|c| c.rule.contains("every statement are counted")).expect("such a rule");
    assert_eq!(counted.wrong, 0, "{counted:?}");
} }

db_test! { async fn a_vote_and_a_judgement_at_once_are_of_one_voice(db) {
    let world = town(db, "live").await;
    let people = residents(&world, "p", "35.79.01.1004", 12).await;
    let tasks: Vec<_> = people.into_iter().map(|actor| {
        let service = world.service.clone();
        tokio::spawn(async move {
            let (question, own) = (crate::ballot::fixture::q("q-position"), draft(&format!("Kalimat dari {}", actor.account().expect("a member"))));
            let both = tokio::join!(
                crate::ballot::cast(&service, &actor, "c", &question, vec!["agree".to_owned()]),
                judge(&service, &actor, "c", 2, Judgement::Agree),
                add(&service, &actor, "c", &own),
            );
            both.0.map(drop).and(both.1.map(drop)).and(both.2.map(drop))
        })
    }).collect();
    for task in tasks {
        task.await.expect("does not panic").expect("all are answered");
    }
    let mut tx = world.service.read().await.expect("a connection");
    assert_eq!(tx.number(sql!("select count(*) from participant"), args![]).await.expect("counts"), 12);
    assert_eq!(tx.number(sql!("select max(number) from statement"), args![]).await.expect("counts"), 15);
} }

db_test! { async fn what_is_written_waits_and_is_seen_by_its_author_alone(db) {
    let world = town(db, "live").await;
    add(&world.service, &world.siti, "c", &draft("Parkir dipindah ke Alun-alun Barat.")).await.expect("waits");
    let refused = |r: Result<domain::StatementId>| match r {
        Err(Error::Invalid(invalid)) => invalid.of("teks").cloned(),
        other => panic!("{other:?}"),
    };
    let same = draft("parkir dipindah ke alun alun barat");
    assert_eq!(refused(add(&world.service, &world.bambang, "c", &same).await), Some(Problem::Taken));
    assert_eq!(refused(seed(&world.service, &world.rina, "c", &same).await), Some(Problem::Taken));
    assert_eq!(refused(add(&world.service, &world.siti, "c", &draft("pendek")).await), Some(Problem::TooShort { min: 10 }));
    assert_eq!(listed(&world, &world.bambang, Order::Number, 1).await.whole, 3);
    assert!(matches!(says(&world, &world.bambang, 4, Judgement::Agree).await, Err(Error::NotFound)));
    let consultation = find(&world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    let own = mine(&mut tx, &world.siti, &consultation).await.expect("reads");
    assert_eq!(own.iter().map(|p| (p.number, p.status)).collect::<Vec<_>>(), [(4, Status::Waiting)]);
    assert_eq!(mine(&mut tx, &world.bambang, &consultation).await.expect("reads"), []);
    assert_eq!(mine(&mut tx, &Actor::Anonymous, &consultation).await.expect("reads"), []);
    assert_eq!(of_office(&mut tx, &world.rina, &consultation).await.expect("reads").len(), 4);
    assert!(matches!(of_office(&mut tx, &world.agus, &consultation).await, Err(Error::Forbidden)));
} }

db_test! { async fn nothing_is_taken_from_the_wrong_person_or_at_the_wrong_time(db) {
    let world = town(db.clone(), "live").await;
    let text = draft("Kalimat yang cukup panjang.");
    assert!(matches!(says(&world, &Actor::Anonymous, 1, Judgement::Agree).await, Err(Error::SignIn)));
    assert!(matches!(add(&world.service, &Actor::Anonymous, "c", &text).await, Err(Error::SignIn)));
    assert!(matches!(seed(&world.service, &world.agus, "c", &text).await, Err(Error::Forbidden)));
    assert!(matches!(seed(&world.service, &world.siti, "c", &text).await, Err(Error::Forbidden)));
    for (days, reason) in [(-1, Conflict::NotYetOpen), (11, Conflict::Closed)] {
        world.days(days);
        for found in [says(&world, &world.siti, 1, Judgement::Agree).await.err(), add(&world.service, &world.siti, "c", &text).await.err()] {
            assert!(matches!(found, Some(Error::Conflict(r)) if r == reason), "{found:?}");
        }
    }
    assert!(matches!(seed(&world.service, &world.rina, "c", &text).await, Err(Error::Conflict(Conflict::Closed))));
    world.days(-10);
    db.write(|tx| Box::pin(async move { tx.run(sql!("update consultation set statements_open = false"), args![]).await })).await.expect("switches off");
    assert!(matches!(says(&world, &world.siti, 1, Judgement::Agree).await, Err(Error::Conflict(Conflict::SwitchedOff))));
    let mut tx = world.service.read().await.expect("a connection");
    assert_eq!(tx.number(sql!("select count(*) from participant"), args![]).await.expect("counts"), 0);
} }

db_test! { async fn hidden_counts_show_neither_in_figures_nor_in_the_order(db) {
    let world = town(db, "after_vote").await;
    says(&world, &world.bambang, 3, Judgement::Agree).await.expect("saves");
    let page = listed(&world, &world.siti, Order::Votes, 1).await;
    assert_eq!((page.order, page.orders.len()), (Order::Number, 1));
    assert_eq!(page.statements.iter().map(|s| (s.number, s.counts)).collect::<Vec<_>>(), [(1, None), (2, None), (3, None)]);
    assert!(listed(&world, &world.bambang, Order::Number, 1).await.statements[2].counts.is_some());
    let consultation = find(&world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    let rows = open_rows(&world.service, &mut tx, &world.admin, &consultation).await.expect("rows");
    assert!(rows.iter().all(|row| row.agree.is_none() && row.disagree.is_none() && row.pass.is_none()));
    world.days(10);
    let page = listed(&world, &Actor::Anonymous, Order::Votes, 7).await;
    assert_eq!((page.page, page.order, page.statements[0].number), (1, Order::Votes, 3));
} }

db_test! { async fn orders_are_by_what_they_say(db) {
    let world = town(db, "live").await;
    let people = residents(&world, "p", "35.79.01.1004", 6).await;
    for (n, actor) in people.iter().enumerate() {
        says(&world, actor, 1, if n < 3 { Judgement::Agree } else { Judgement::Disagree }).await.expect("saves");
        if n < 4 {
            says(&world, actor, 2, Judgement::Agree).await.expect("saves");
        }
    }
    let order = async |order| listed(&world, &Actor::Anonymous, order, 1).await.statements.iter().map(|s| s.number).collect::<Vec<_>>();
    assert_eq!(order(Order::Votes).await, [1, 2, 3]);
    assert_eq!(order(Order::Agreed).await, [2, 1, 3]);
    assert_eq!(order(Order::Divided).await, [1, 2, 3]);
    assert_eq!(order(Order::Number).await, [1, 2, 3]);
} }
