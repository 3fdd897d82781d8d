//! Signs and rules, from judgements to both results, on both databases.

use domain::{
    group::{Published as Votes, sign::WINDOW},
    statement::Judgement,
};
use storage::db_test;

use super::*;
use crate::{
    ballot::fixture::{find, open, residents, statements},
    group::{Seen, Side, findings, published as votes, refresh, see},
    statement::judge,
    testing::World,
};

const REASON: &str = "Tiga akun menyetujui semua pernyataan dalam satu menit.";

/// An open consultation with twelve statements: thirty-two people in two camps, and three who agree with everything. The
/// first six come day by day, everybody else with the last of them.
async fn town(db: storage::Db) -> World {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    statements(&world, "c", 12).await;
    for (n, person) in residents(&world, "p", "35.79.01.1004", 35)
        .await
        .iter()
        .enumerate()
    {
        if n < 6 {
            world.days(1);
        }
        for number in 1..=12_usize {
            let skipped = n < 32 && number == n % 3 + 2;
            let agrees = n >= 32 || number == 1 || (n % 2 == 0) == (number % 2 == 0);
            let said = match (skipped, agrees) {
                (true, _) => Judgement::Pass,
                (false, true) => Judgement::Agree,
                (false, false) => Judgement::Disagree,
            };
            let number = i64::try_from(number).expect("small");
            judge(&world.service, person, "c", number, said)
                .await
                .expect("is stored");
        }
    }
    world
}

async fn seen(world: &World, side: Side) -> Seen {
    let consultation = find(world, "c").await;
    let mut tx = world.service.read().await.expect("a connection");
    see(
        &world.service,
        &mut tx,
        &Actor::Anonymous,
        &consultation,
        side,
    )
    .await
    .expect("reads")
}

async fn found(world: &World) {
    let id = find(world, "c").await.id;
    assert!(
        refresh(&world.service, &id).await.expect("finds"),
        "something changed"
    );
}

/// Participants of both results, and how many are left out.
async fn both(world: &World) -> (u32, u32, Option<i64>) {
    let (all, others) = (
        seen(world, Side::Everybody).await,
        seen(world, Side::Without).await,
    );
    assert_eq!(all.left_out, others.left_out);
    let people = |seen: Seen| seen.picture.expect("counts are live").participants;
    (people(all), people(others), {
        let seen = seen(world, Side::Without).await;
        assert_eq!(seen.side == Side::Without, seen.left_out.is_some());
        seen.left_out
    })
}

db_test! { async fn the_office_sees_figures_without_names(db) {
    let world = town(db).await;
    let (consultation, all) = figures(&world.service, &world.rina, "c").await.expect("reads");
    assert_eq!(consultation.slug, "c");
    let of = |rule: Rule| all.iter().find(|f| f.rule == rule).expect("each rule is there");
    assert_eq!(all.iter().map(|f| f.rule).collect::<Vec<_>>(), Rule::ALL);
    let burst = of(Rule::Burst);
    assert_eq!((burst.people, burst.signs.len()), (30, 1), "the moments are the real ones");
    assert_eq!(burst.signs[0].at.map(|at| at % WINDOW), Some(0));
    let agree = of(Rule::AgreesWithAll);
    assert_eq!(agree.signs, [Figure { people: 3, figure: 12, at: None }]);
    assert!(of(Rule::IdenticalBallots).people >= 3);
    assert_eq!((of(Rule::DisagreesWithAll).people, of(Rule::DisagreesWithAll).signs.len()), (0, 0));
    assert!(all.iter().all(|f| f.published.is_none()));
    for actor in [&world.agus, &world.siti] {
        assert!(matches!(figures(&world.service, actor, "c").await, Err(Error::Forbidden)));
    }
    assert!(matches!(figures(&world.service, &Actor::Anonymous, "c").await, Err(Error::SignIn)));
} }

db_test! { async fn a_published_rule_gives_a_second_result_and_goes_again(db) {
    let world = town(db).await;
    let s = &world.service;
    found(&world).await;
    assert_eq!(both(&world).await, (35, 35, None));
    let missing = findings(s, &Actor::Anonymous, "c", Side::Without).await;
    assert!(matches!(missing, Err(Error::NotFound)), "{missing:?}");
    let before = findings(s, &Actor::Anonymous, "c", Side::Everybody).await.expect("is public");

    let rule = Rule::AgreesWithAll;
    assert!(publish(s, &world.rina, "c", rule, REASON).await.expect("is published"));
    let again = publish(s, &world.admin, "c", rule, "Alasan lain yang datang terlambat.").await;
    assert!(!again.expect("is harmless"));
    assert_eq!(both(&world).await, (35, 35, None), "not yet found");
    assert_eq!(seen(&world, Side::Everybody).await.rules.len(), 1, "but it is said already");
    found(&world).await;
    assert_eq!(both(&world).await, (35, 32, Some(3)));
    let rules = seen(&world, Side::Everybody).await.rules;
    assert_eq!(rules.iter().map(|p| (p.rule, p.reason.as_str())).collect::<Vec<_>>(), [(rule, REASON)]);
    let all = findings(s, &Actor::Anonymous, "c", Side::Everybody).await.expect("is public");
    assert_eq!(all, before, "the result of everybody stays what it was");

    // Anybody finds both in the published votes, byte for byte.
    let public: Votes = votes(s, &Actor::Anonymous, "c").await.expect("is public");
    let others = findings(s, &Actor::Anonymous, "c", Side::Without).await.expect("is public");
    assert_eq!(serde_json::to_string(&public.compute_without(&[rule])).expect("is JSON"), others);
    assert_eq!(serde_json::to_string(&public.compute()).expect("is JSON"), all);

    let (_, figures) = figures(s, &world.rina, "c").await.expect("reads");
    assert!(figures.iter().all(|f| f.published.is_some() == (f.rule == rule)));

    assert!(withdraw(s, &world.rina, "c", rule, REASON).await.expect("is withdrawn"));
    assert!(!withdraw(s, &world.rina, "c", rule, REASON).await.expect("is harmless"));
    assert_eq!(both(&world).await, (35, 35, None));
    found(&world).await;
    assert_eq!(both(&world).await, (35, 35, None));

    let id = find(&world, "c").await.id;
    let mut tx = s.read().await.expect("a connection");
    let history = crate::consultation::history(&mut tx, &id).await.expect("reads");
    let mut told: Vec<_> = history
        .iter()
        .map(|c| (c.kind.word(), c.field.as_str(), c.reason.as_str(), c.is_public))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("rule_published", "agrees_with_all", REASON, true),
            ("rule_withdrawn", "agrees_with_all", REASON, true),
        ]
    );
} }

db_test! { async fn what_nobody_could_check_or_may_not_be_done_is_refused(db) {
    let world = World::new(db).await;
    open(&world, "c", "live").await;
    let s = &world.service;
    let rule = Rule::IdenticalBallots;
    for actor in [&world.agus, &world.siti] {
        assert!(matches!(publish(s, actor, "c", rule, REASON).await, Err(Error::Forbidden)));
        assert!(matches!(withdraw(s, actor, "c", rule, REASON).await, Err(Error::Forbidden)));
    }
    assert!(matches!(publish(s, &Actor::Anonymous, "c", rule, REASON).await, Err(Error::SignIn)));
    assert!(matches!(publish(s, &world.rina, "tidak-ada", rule, REASON).await, Err(Error::NotFound)));
    for (rule, reason, field) in [
        (Rule::Burst, REASON, "rule"),
        (rule, "", "reason"),
        (rule, "Pendek.", "reason"),
    ] {
        let refused = publish(s, &world.rina, "c", rule, reason).await;
        assert!(matches!(&refused, Err(Error::Invalid(invalid)) if invalid.of(field).is_some()), "{refused:?}");
    }
    assert!(!withdraw(s, &world.rina, "c", rule, REASON).await.expect("there is nothing to withdraw"));
    assert_eq!(seen(&world, Side::Everybody).await.rules, []);
    let id = find(&world, "c").await.id;
    let mut tx = s.read().await.expect("a connection");
    assert_eq!(crate::consultation::history(&mut tx, &id).await.expect("reads").len(), 0);
} }
