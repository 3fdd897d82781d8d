//! From judgements to what a reader sees, on both databases.

use domain::{Actor, group::FEWEST_PEOPLE, statement::Judgement};
use storage::db_test;

use super::*;
use crate::{
    Conflict, Error,
    ballot::fixture::{find, open, residents, statements},
    group::{Side, findings, published, see},
    statement::judge,
    testing::World,
};

/// An open consultation with eight accepted statements.
async fn town(db: storage::Db, shown: &'static str) -> World {
    let world = World::new(db).await;
    open(&world, "c", shown).await;
    statements(&world, "c", 8).await;
    world
}

/// Two camps that agree on statement 1 alone; half of the people each.
async fn two_camps(world: &World, people: &[Actor]) {
    for (n, actor) in people.iter().enumerate() {
        for number in 1..=8_i64 {
            let agrees = number == 1 || (n % 2 == 0) == (number % 2 == 0);
            let said = if agrees {
                Judgement::Agree
            } else {
                Judgement::Disagree
            };
            judge(&world.service, actor, "c", number, said)
                .await
                .expect("is stored");
        }
    }
}

async fn seen(world: &World, actor: &Actor) -> crate::group::Seen {
    let consultation = find(world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    see(
        &world.service,
        &mut tx,
        actor,
        &consultation,
        Side::Everybody,
    )
    .await
    .expect("reads")
}

db_test! { async fn two_camps_are_found_named_and_found_again(db) {
    let world = town(db, "live").await;
    let id = find(&world, "c").await.id;
    assert!(!refresh(&world.service, &id).await.expect("answers"), "nobody has judged");
    assert!(matches!(findings(&world.service, &Actor::Anonymous, "c", Side::Everybody).await, Err(Error::NotFound)));

    let people = residents(&world, "p", "35.79.01.1004", 40).await;
    two_camps(&world, &people).await;
    assert_eq!(refresh_all(&world.service).await.expect("finds"), 1);
    assert!(!refresh(&world.service, &id).await.expect("answers"), "nothing has changed since");
    assert_eq!(refresh_all(&world.service).await.expect("finds"), 0);

    let anybody = seen(&world, &Actor::Anonymous).await;
    let picture = anybody.picture.expect("counts are live");
    assert_eq!((picture.participants, picture.votes, picture.groups.len()), (40, 320, 2));
    assert_eq!(picture.groups.iter().map(|g| (g.label, g.people)).collect::<Vec<_>>(), [(0, 20), (1, 20)]);
    assert_eq!(picture.said().agreed.iter().map(|s| s.id).collect::<Vec<_>>(), [1]);
    assert_eq!((anybody.place, anybody.judged, anybody.texts.len()), (None, 0, 8));
    let mine = seen(&world, &people[3]).await;
    let place = mine.place.expect("judged all");
    let nearest = picture.nearest(place).expect("there are groups");
    assert!((nearest.center[0] - place[0]).abs() < 1e-9, "everybody in a camp votes alike");

    // Anybody finds the same in what is published, byte for byte.
    let theirs = findings(&world.service, &Actor::Anonymous, "c", Side::Everybody).await.expect("is public");
    let votes = published(&world.service, &Actor::Anonymous, "c").await.expect("is public");
    assert_eq!(serde_json::to_string(&votes.compute()).expect("is JSON"), theirs);
    let far: f64 = {
        let mut tx = world.service.read().await.expect("a connection");
        let all = storage::statement::desk(&mut tx, &id, None).await.expect("reads");
        all.iter().map(|one| one.extremity).sum()
    };
    assert!(far > 0.0, "how far out statements lie decides which one comes next");

    // Somebody changes their mind: found anew, under the same names.
    judge(&world.service, &people[0], "c", 2, Judgement::Pass).await.expect("is stored");
    assert!(refresh(&world.service, &id).await.expect("finds"));
    let again = seen(&world, &Actor::Anonymous).await.picture.expect("is there");
    let names = |p: &domain::group::Picture| p.groups.iter().map(|g| (g.label, g.center[0] > 0.0)).collect::<Vec<_>>();
    assert_eq!(names(&again), names(&picture));
} }

db_test! { async fn what_is_hidden_leaks_nowhere(db) {
    let world = town(db, "after_vote").await;
    let people = residents(&world, "p", "35.79.01.1004", FEWEST_PEOPLE).await;
    two_camps(&world, &people).await;
    refresh_all(&world.service).await.expect("finds");
    assert_eq!(seen(&world, &Actor::Anonymous).await.picture, None);
    assert_eq!(seen(&world, &world.siti).await.place, None);
    assert!(seen(&world, &people[0]).await.picture.is_some(), "for those who have judged");
    for found in [
        findings(&world.service, &people[0], "c", Side::Everybody).await.err(),
        published(&world.service, &people[0], "c").await.map(drop).err(),
    ] {
        assert!(matches!(found, Some(Error::Conflict(Conflict::StillOpen))), "{found:?}");
    }
    world.days(11);
    assert!(seen(&world, &Actor::Anonymous).await.picture.is_some());
    assert!(findings(&world.service, &Actor::Anonymous, "c", Side::Everybody).await.is_ok());
} }

db_test! { async fn few_people_are_no_groups(db) {
    let world = town(db, "live").await;
    let people = residents(&world, "p", "35.79.01.1004", FEWEST_PEOPLE - 1).await;
    two_camps(&world, &people).await;
    refresh_all(&world.service).await.expect("finds");
    let picture = seen(&world, &Actor::Anonymous).await.picture.expect("counts are live");
    assert_eq!((picture.participants, picture.groups.len(), picture.dots.len()), (FEWEST_PEOPLE - 1, 0, 0));
} }

db_test! { async fn the_follower_finds_what_is_new_and_what_was_there_before_it(db) {
    let world = town(db, "live").await;
    let people = residents(&world, "p", "35.79.01.1004", FEWEST_PEOPLE).await;
    two_camps(&world, &people).await;
    let mut news = world.service.bus().listen();
    let (stop, stopped) = watch::channel(false);
    let service = world.service.clone();
    let follower = tokio::spawn(async move { follow(&service, stopped).await });
    let mut heard = async || {
        let wait = async {
            while news.recv().await.is_ok_and(|event| event.news != News::Groups) {}
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.expect("groups are found");
    };
    heard().await;
    judge(&world.service, &people[0], "c", 2, Judgement::Pass).await.expect("is stored");
    heard().await;
    let picture = seen(&world, &Actor::Anonymous).await.picture.expect("counts are live");
    assert_eq!(picture.votes, FEWEST_PEOPLE * 8);
    stop.send(true).expect("it still runs");
    follower.await.expect("it ends");
} }
