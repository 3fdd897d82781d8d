use domain::{Day, Problem, Zone, case::Happening};

use super::{fixture::as_account, *};
use crate::Error;

fn wib() -> Zone {
    Zone {
        name: "WIB".into(),
        hours: 7,
    }
}

fn last_day(case: &Case) -> Option<String> {
    let at = case.due_at?;
    Some(wib().day(Timestamp(at.0 - 1)).to_string())
}

db_test! { async fn the_due_date_counts_working_days_and_stands_while_the_city_waits(db) {
    let town = Town::new(db).await;
    let (service, rina) = (&town.world.service, &town.world.rina);
    // Tuesday, 24 November 2026.
    let reference = sent(&town.world, new_case(KEY)).await.reference;
    assert_eq!(last_day(&town.case(reference).await).as_deref(), Some("2026-12-01"));
    ask(service, rina, reference, "Mohon unggah KTP.", 1, "").await.expect("is asked");
    town.world.days(3);
    answer(service, &as_account(&town.world.siti), reference, ("Ini.", Vec::new()), false, "").await.expect("is answered");
    assert_eq!(last_day(&town.case(reference).await).as_deref(), Some("2026-12-04"), "the 25th to the 27th do not count");
    extend(service, rina, reference, "Arsip ada di tiga kantor.", 3, "").await.expect("is extended");
    assert_eq!(last_day(&town.case(reference).await).as_deref(), Some("2026-12-09"));
    let again = extend(service, rina, reference, "Arsip ada di tiga kantor.", 4, "").await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::Answered))), "{again:?}");
    let tracked = town.track(&town.world.siti, None, reference).await.expect("is hers");
    let last = tracked.lines.last().expect("a line");
    assert_eq!((last.kind, last.text.as_str()), (Happening::Extended, "Arsip ada di tiga kantor."));
} }

db_test! { async fn a_year_without_a_table_is_not_guessed(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let mut new = new_case(KEY);
    new.terms.length = 40;
    let reference = sent(world, new).await.reference;
    let case = town.case(reference).await;
    assert_eq!((case.due_at, case.lacks_year), (None, Some(2027)), "taken all the same");
    let mut tx = service.read().await.expect("a connection");
    let seen = lacking_years(&mut tx, &world.admin).await.expect("may see");
    assert_eq!((seen.lacking, seen.years.len()), (vec![2027], 1));
    assert!(matches!(lacking_years(&mut tx, &world.rina).await, Err(Error::Forbidden)));
    drop(tx);
    let mut short = new_case("kunci-yang-kedua-x");
    short.terms.length = 24;
    let second = sent(world, short).await.reference;
    assert_eq!(last_day(&town.case(second).await).as_deref(), Some("2026-12-30"));
    let late = extend(service, &world.rina, second, "Arsip ada di tiga kantor.", 1, "").await;
    assert!(matches!(&late, Err(Error::Invalid(i)) if i.of("holidays") == Some(&Problem::Unknown)), "{late:?}");
    for (json, problem) in [
        ("{}", Problem::Malformed),
        (r#"{"years":[]}"#, Problem::Missing),
        (r#"{"rest":[1,2,3,4,5,6,7],"years":[]}"#, Problem::Unknown),
        (r#"{"years":[{"year":2027,"decree":"","off":[{"day":"2026-01-01","kind":"holiday","name":""}]}]}"#, Problem::Order),
    ] {
        let refused = import_holidays(service, &world.admin, json).await;
        assert!(matches!(&refused, Err(Error::Invalid(i)) if i.of("table") == Some(&problem)), "{json} {refused:?}");
    }
    let table = r#"{"years":[{"year":2027,"decree":"SKB","off":[{"day":"2027-01-01","kind":"holiday","name":"Tahun Baru"}]}]}"#;
    assert!(matches!(import_holidays(service, &world.rina, table).await, Err(Error::Forbidden)));
    assert_eq!(import_holidays(service, &world.admin, table).await.expect("is taken"), [2027]);
    let case = town.case(reference).await;
    assert_eq!((last_day(&case).as_deref(), case.lacks_year), (Some("2027-01-22"), None));
    let tracked = town.track(&world.siti, None, reference).await.expect("is hers");
    let last = tracked.lines.last().expect("a line");
    assert_eq!((last.kind, last.detail.as_str()), (Happening::DueKnown, "2027-01-22"));
} }

db_test! { async fn what_is_due_is_told_once_for_each_step(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let reference = sent(world, new_case(KEY)).await.reference;
    assert_eq!(escalate(service).await.expect("works"), 0);
    // Due on Tuesday the 1st: two working days before is Friday the 27th.
    world.days(3);
    assert_eq!(escalate(service).await.expect("works"), 1);
    assert_eq!(escalate(service).await.expect("works"), 0);
    let told = async |actor| crate::notice::list(service, actor, 1).await.expect("lists").total;
    assert_eq!((told(&world.rina).await, told(&world.agus).await), (1, 0), "nobody works on it: the whole office");
    world.days(5);
    assert_eq!(escalate(service).await.expect("works"), 1);
    assert_eq!(told(&world.rina).await, 2);
    world.days(30);
    assert_eq!(escalate(service).await.expect("works"), 0);
    let case = town.case(reference).await;
    assert_eq!(case.revision, 3);
    assert_eq!(town.track(&world.siti, None, reference).await.expect("is hers").lines.len(), 1, "told inside the office alone");
    // The city that waits for the resident is not told.
    let other = sent(world, new_case("kunci-yang-kedua-x")).await.reference;
    ask(service, &world.rina, other, "Mohon unggah KTP.", 1, "").await.expect("is asked");
    world.days(60);
    assert_eq!(escalate(service).await.expect("works"), 0);
} }

db_test! { async fn what_is_personal_is_erased_when_its_time_is_over(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let reference = sent(world, new_case(KEY)).await.reference;
    let proof = Proof::of_sender(service, reference);
    reply(service, &world.rina, reference, ("Halo Bu Siti.", Vec::new()), "").await.expect("is written");
    show(service, &world.rina, reference).await.expect("is hers");
    withdraw(service, &as_account(&world.siti), reference, "").await.expect("is taken back");
    world.days(29);
    assert_eq!(erase(service).await.expect("works"), 0);
    world.days(1);
    assert_eq!(erase(service).await.expect("works"), 1);
    assert_eq!(erase(service).await.expect("works"), 0);
    let seen = show(service, &world.rina, reference).await.expect("the skeleton stays");
    let kinds: Vec<_> = seen.lines.iter().map(|line| (line.kind.word(), line.text.as_str())).collect();
    assert_eq!(kinds, [("received", ""), ("message", ""), ("withdrawn", ""), ("erased", "")]);
    assert_eq!((seen.contact, seen.nik, seen.paper.is_none()), (Contact::default(), None, true));
    let late = reply(service, &world.rina, reference, ("Masih ingat saya?", Vec::new()), "").await;
    assert!(matches!(late, Err(Error::Conflict(Conflict::Gone))), "what nobody would erase is not kept: {late:?}");
    for (actor, proof) in [(&world.siti, None), (&domain::Actor::Anonymous, Some(proof))] {
        assert!(matches!(town.track(actor, proof, reference).await, Err(Error::NotFound)), "nobody's any more");
    }
} }

#[test]
fn the_clock_of_a_closed_case_says_nothing() {
    assert!(Day::parse("2026-12-01").is_some());
    assert_eq!(place(Reference::new([0; 6])), "/lacak/0000000000");
}
