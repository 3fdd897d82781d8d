//! Land tax: tables, lists, look-ups, payment.

use domain::{Day, identity::Fault, payment::Report};
use storage::db_test;

use super::{
    super::*,
    fixture::{SETTINGS, arrives, order, report},
};
use crate::{Conflict, Error, testing::World};

const TABLE: &str = include_str!("../../../../city/kota-batu/pbb.json");
const LIST: &str = include_str!("../../../../demo/sppt.csv");
const NOP: &str = "35.79.010.001.001-0001.0";

fn table() -> String {
    TABLE.replace("bapenda", "dishub")
}

fn today() -> Day {
    Day::parse("2026-11-24").expect("a day")
}

async fn town(db: storage::Db) -> World {
    let world = World::new(db).await;
    let setup = Setup::read(SETTINGS, world.service.keys()).expect("settings");
    assert!(world.service.take_payments(setup));
    import_table(&world.service, &world.admin, &table())
        .await
        .expect("the table is taken");
    let done = import_bills(&world.service, &world.admin, LIST)
        .await
        .expect("the list is taken");
    assert_eq!((done.written, done.kept), (38, 0));
    world
}

async fn asked(world: &World, nop: &str) -> Asked {
    let mut tx = world.service.read().await.expect("a connection");
    look_up(&world.service, &mut tx, nop, today(), "10.0.0.1")
        .await
        .expect("is looked up")
}

async fn bills(world: &World) -> Vec<TaxBill> {
    match asked(world, NOP).await {
        Asked::Bills(bills) => bills,
        wrong @ Asked::Wrong(_) => panic!("{wrong:?}"),
    }
}

async fn bill(world: &World, code: domain::reference::Reference) -> Bill {
    let mut tx = world.service.read().await.expect("a connection");
    show(&world.service, &mut tx, code, "10.0.0.1")
        .await
        .expect("is there")
}

db_test! { async fn the_years_of_a_property_with_interest(db) {
    let world = town(db).await;
    let found = bills(&world).await;
    assert_eq!(found.iter().map(|b| b.year).collect::<Vec<_>>(), [2026, 2025, 2024]);
    let (this, last, before) = (&found[0], &found[1], &found[2]);
    assert_eq!((this.owner.as_str(), this.property.land_class.as_str()), ("S*** A***", "A30"));
    // (210,000,000 − 10,000,000) × 40 % × 0.1 %; due 2 September, so the third month has begun.
    assert_eq!((this.assessment.tax, this.months_late, this.interest, this.total()), (80_000, 3, 2_400, 82_400));
    // Due 3 September 2025: the fifteenth month has begun.
    assert_eq!((last.months_late, last.total()), (15, 92_000));
    assert!(before.paid_at.is_some() && before.interest == 0 && before.code.is_none());
    assert_eq!(asked(&world, &NOP.replace(['.', '-'], "")).await, Asked::Bills(found));
    assert_eq!(asked(&world, "35.79.010.001.001-0009.0").await, Asked::Bills(vec![]));
    assert_eq!(asked(&world, "35.78.010.001.001-0001.0").await, Asked::Wrong(Fault::OtherCity));
    assert!(matches!(asked(&world, "35.79").await, Asked::Wrong(Fault::Digits { .. })));
    // Nobody's name or number stands in the database as it is.
    let mut tx = world.service.read().await.expect("a connection");
    let rows: Vec<(String, String)> = tx
        .all("select person, nop_mark from tax_bill", storage::args![])
        .await
        .expect("reads");
    assert!(rows.iter().all(|(person, mark)| person.starts_with("v1.") && mark.len() == 64));
} }

db_test! { async fn a_tax_is_paid_once_and_says_so_at_once(db) {
    let world = town(db).await;
    let tax = bills(&world).await.remove(0);
    let pay = || for_tax(&world.service, &tax.id, today(), "10.0.0.1");
    let code = pay().await.expect("a bill");
    assert_eq!(pay().await.expect("the same bill"), code);
    let first = bill(&world, code).await;
    assert_eq!((first.amount, first.title_id.as_str()), (82_400, "PBB-P2 2026"));
    assert!(matches!(first.phase(world.service.payments(), world.service.now()), Phase::Scan { .. }));
    // Another month of interest: another bill, and the old one need not be paid.
    let later = Day::parse("2026-12-03").expect("a day");
    world.days(9);
    let dearer = renew(&world.service, code, later, "10.0.0.1").await.expect("another bill");
    assert_ne!(dearer.code, code);
    assert_eq!(dearer.amount, 83_200);
    let now = world.service.now();
    assert_eq!(bill(&world, code).await.phase(world.service.payments(), now), Phase::Withdrawn);
    // The old code is paid all the same, late: the tax is paid, and the new bill need not be.
    arrives(&world, "n", &report(&first, "t", Report::Paid)).await.expect("is kept");
    assert!(matches!(bill(&world, code).await.phase(world.service.payments(), now), Phase::Paid(_)));
    assert_eq!(bill(&world, dearer.code).await.phase(world.service.payments(), now), Phase::Withdrawn);
    let paid = bills(&world).await.remove(0);
    assert_eq!((paid.paid_at.is_some(), paid.code, paid.total()), (true, Some(code), 82_400));
    assert!(matches!(pay().await, Err(Error::Conflict(Conflict::Decided))));
    // Brought in again, what is paid stays paid.
    let again = import_bills(&world.service, &world.admin, LIST).await.expect("the list is taken");
    assert_eq!((again.written, again.kept), (35, 3));
    assert!(bills(&world).await[0].paid_at.is_some());
    assert!(order(&first).ends_with("-1"));
    assert!(matches!(for_tax(&world.service, "x", today(), "10.0.0.1").await, Err(Error::NotFound)));
} }

db_test! { async fn lists_come_in_whole_or_not_at_all(db) {
    let world = World::new(db).await;
    let service = &world.service;
    assert!(matches!(import_bills(service, &world.admin, LIST).await, Err(Unfit::NoTable)));
    assert!(matches!(import_table(service, &world.admin, "{}").await, Err(Unfit::Layout(_))));
    assert!(matches!(import_table(service, &world.admin, TABLE).await, Err(Unfit::Office(_))));
    let twice = table().replace("\"year\": 2025", "\"year\": 2026");
    assert!(matches!(import_table(service, &world.admin, &twice).await, Err(Unfit::Rates(_))));
    assert!(matches!(import_table(service, &world.rina, &table()).await, Err(Unfit::Service(Error::Forbidden))));
    import_table(service, &world.admin, &table()).await.expect("the table is taken");
    assert!(matches!(import_bills(service, &world.rina, LIST).await, Err(Unfit::Service(Error::Forbidden))));
    let column = LIST.replacen("owner", "pemilik", 1);
    assert!(matches!(import_bills(service, &world.admin, &column).await, Err(Unfit::Column("owner"))));
    let broken = LIST
        .replacen(",80000,2026-03-02", ",80001,2026-03-02", 1)
        .replacen("35.79.020.004.012-0137.0", "35.78.020.004.012-0137.0", 1)
        .replacen("4200,A41", "-1,A41", 1)
        .replacen(",yes,yes,,2025-03-03", ",ja,yes,,2025-03-03", 1)
        .replacen("Ngaglik\",3100", "Ngaglik\"", 1)
        + "35.79.030.002.001-0015.0,2026,Ponirah,Punten,72,A44,64000,0,,0,yes,no,0,2026-03-02,,\n"
        + "35.79.030.002.001-0016.0,2019,Ponirah,Punten,72,A44,64000,0,,0,yes,no,0,kemarin,,\n";
    let Err(Unfit::Lines(flaws)) = import_bills(service, &world.admin, &broken).await else {
        panic!("it is broken");
    };
    let lines: Vec<u64> = flaws.iter().map(|flaw| flaw.line).collect();
    assert_eq!(lines, [2, 5, 6, 7, 8, 40, 41], "{flaws:?}");
    assert!(flaws[0].what.contains("80001") && flaws[5].what.contains("line 9"), "{flaws:?}");
    assert_eq!(asked(&world, NOP).await, Asked::Bills(vec![]), "nothing was stored");
} }

db_test! { async fn nobody_walks_through_the_numbers(db) {
    let world = town(db).await;
    let mut tx = world.service.read().await.expect("a connection");
    let mut taken = 0;
    for n in 1..60 {
        let nop = format!("35.79.010.001.001-{n:04}.0");
        match look_up(&world.service, &mut tx, &nop, today(), "10.0.0.7").await {
            Ok(_) => taken += 1,
            Err(error) => assert!(matches!(error, Error::TooOften { .. })),
        }
    }
    assert_eq!(taken, 40);
} }
