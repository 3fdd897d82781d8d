//! Bills of cases, and what providers report about them.

use std::sync::atomic::Ordering;

use domain::{
    Day, OfficeId,
    form::Fee,
    payment::{Report, State},
    qris::Qris,
};
use storage::db_test;

use super::{super::*, fixture::*};
use crate::{
    form::fixture::publish,
    payment::provider::Reported,
    testing::{START, World},
};

db_test! { async fn handing_in_issues_one_bill_and_its_code_says_the_amount(db) {
    let world = town(db).await;
    let case = sent(&world).await;
    let found = bill(&world, case).await;
    assert_eq!((found.amount, found.state, found.case), (FEE, State::Issued, Some(case)));
    assert_eq!(found.due, Day::parse("2026-12-08").expect("a day"));
    let Phase::Scan { payload, until } = found.phase(world.service.payments(), world.service.now()) else {
        panic!("no code: {found:?}");
    };
    let qris = Qris::verify(&payload).expect("keeps the rules of EMVCo and QRIS");
    assert_eq!(qris.amount().map(domain::qris::Amount::hundredths), Some(FEE * 100));
    assert_eq!(qris.reference(), Some(order(&found)));
    assert_eq!(until, START.plus_seconds(3_600));
    let mut tx = world.service.read().await.expect("a connection");
    let same = show(&world.service, &mut tx, found.code, "10.0.0.1").await;
    assert_eq!(same.expect("is shown by its code"), found);
} }

db_test! { async fn a_free_service_has_no_bill_and_without_a_provider_it_is_paid_at_the_office(db) {
    let world = World::new(db).await;
    publish(&world, &with_fee(Fee::Fixed(FEE))).await;
    let case = sent(&world).await;
    let found = bill_of(&world, case).await.expect("the bill is there");
    assert_eq!(found.phase(world.service.payments(), world.service.now()), Phase::AtOffice);
    let mut free = with_fee(Fee::Free);
    free.definition.version += 1;
    publish(&world, &free).await;
    let case = sent(&world).await;
    assert_eq!(bill_of(&world, case).await, None);
} }

db_test! { async fn forged_reports_store_nothing(db) {
    let world = town(db).await;
    let case = sent(&world).await;
    let found = bill(&world, case).await;
    let notice = report(&found, "t", Report::Paid);
    let setup = world.service.payments().expect("payments are taken");
    let (headers, body) = setup.provider
        .pretend(&Reported { id: "n".into(), notice })
        .expect("a simulator");
    let text = String::from_utf8(body.clone()).expect("JSON");
    let other = text.replace("2500000", "100").replace("25000.00", "1.00").into_bytes();
    let none = |_: &str| None;
    let wrong = |_: &str| Some("00".repeat(32));
    let odd = |_: &str| Some("no signature at all".to_owned());
    let right = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, v)| v.clone());
    let headers: [(&(dyn Fn(&str) -> Option<String> + Sync), &[u8]); 4] =
        [(&none, &body), (&wrong, &body), (&odd, &body), (&right, &other)];
    for (header, body) in headers {
        let done = receive(&world.service, "simulator", &Callback { header, body }).await;
        assert!(matches!(done, Err(Refused::Forged)), "{done:?}");
    }
    let callback = Callback { header: &right, body: &body };
    assert!(matches!(receive(&world.service, "midtrans", &callback).await, Err(Refused::Unknown)));
    let found = bill_of(&world, case).await.expect("is there");
    assert_eq!((found.state, found.paid), (State::Issued, None));
    let mut tx = world.service.read().await.expect("a connection");
    assert_eq!(storage::payment::notices_of(&mut tx, &found.id).await.expect("reads").len(), 0);
    drop(tx);
    let done = receive(&world.service, "simulator", &callback).await;
    assert_eq!(done.expect("the true one is taken"), Received::Kept);
    assert_eq!(bill_of(&world, case).await.expect("is there").state, State::Paid);
} }

db_test! { async fn twenty_at_once_pay_once(db) {
    let world = town(db).await;
    let case = sent(&world).await;
    let found = bill(&world, case).await;
    let notice = report(&found, "t", Report::Paid);
    let all = (0..20).map(|_| arrives(&world, "same", &notice));
    let all = futures_join(all.collect()).await;
    let kept = all.iter().filter(|done| matches!(done, Ok(Received::Kept))).count();
    let again = all.iter().filter(|done| matches!(done, Ok(Received::Repeated))).count();
    assert_eq!((kept, again), (1, 19));
    assert_eq!(paid_lines(&world, case).await, 1);
    let found = bill_of(&world, case).await.expect("is there");
    assert_eq!(found.paid.map(|paid| paid.reference), Some("t".into()));
    assert!(!found.is_overpaid);
} }

db_test! { async fn out_of_order_late_and_wrong(db) {
    let world = town(db).await;
    let case = sent(&world).await;
    let found = bill(&world, case).await;
    let mut little = report(&found, "t0", Report::Paid);
    little.amount -= 1;
    arrives(&world, "1", &little).await.expect("is kept");
    let dollars = domain::payment::Notice { currency: "USD".into(), ..report(&found, "t0", Report::Paid) };
    arrives(&world, "2", &dollars).await.expect("is kept");
    let mut nobody = report(&found, "t9", Report::Paid);
    nobody.order = "nobodys-1".into();
    arrives(&world, "3", &nobody).await.expect("is kept");
    assert_eq!(bill_of(&world, case).await.expect("is there").state, State::Issued);
    assert_eq!(paid_lines(&world, case).await, 0);
    // The code runs out first; then, a day late, the payment arrives; then what came before it.
    arrives(&world, "4", &report(&found, "t", Report::Expired)).await.expect("is kept");
    let over = bill_of(&world, case).await.expect("is there");
    assert_eq!(over.state, State::Expired);
    assert_eq!(over.phase(world.service.payments(), world.service.now()), Phase::Over);
    world.days(1);
    for (id, kind) in [("5", Report::Paid), ("6", Report::Pending), ("7", Report::Cancelled), ("5", Report::Paid)] {
        arrives(&world, id, &report(&found, "t", kind)).await.expect("is kept");
        assert_eq!(bill_of(&world, case).await.expect("is there").state, State::Paid, "{id}");
    }
    assert_eq!(paid_lines(&world, case).await, 1);
    // Paid again by another payment, and half of that given back.
    arrives(&world, "8", &report(&found, "u", Report::Paid)).await.expect("is kept");
    let mut back = report(&found, "u", Report::Refunded);
    back.amount = 1_250_000;
    arrives(&world, "9", &back).await.expect("is kept");
    let found = bill_of(&world, case).await.expect("is there");
    assert!(found.is_overpaid && found.refunded == 1_250_000 && found.state == State::Paid);
    assert_eq!(paid_lines(&world, case).await, 1);

    let mut tx = world.service.read().await.expect("a connection");
    let zone = domain::Zone { name: "WIB".into(), hours: 7 };
    let date = zone.day(START);
    let dishub = OfficeId::new("dishub");
    let list = day(&mut tx, &world.rina, &zone, date, None).await.expect("an officer may see it");
    assert_eq!((list.issued, list.paid, list.open), ((1, FEE), (1, FEE), (0, 0)));
    assert_eq!(list.odd.len(), 2, "what is nobody's is not an office's");
    let all = day(&mut tx, &world.admin, &zone, date, None).await.expect("may see it");
    assert_eq!((all.odd.len(), all.office.as_ref()), (3, None));
    let text = csv(&all, &zone);
    assert!(text.lines().count() == 5 && text.contains("wrong_currency"), "{text}");
    assert!(matches!(day(&mut tx, &world.agus, &zone, date, Some(&dishub)).await, Err(crate::Error::NotFound)));
    assert!(matches!(day(&mut tx, &world.siti, &zone, date, None).await, Err(crate::Error::Forbidden)));
    assert!(matches!(day(&mut tx, &world.moderator, &zone, date, None).await, Err(crate::Error::Forbidden)));
} }

db_test! { async fn what_a_provider_wrote_is_kept_sealed_and_for_a_year(db) {
    let world = town(db).await;
    let case = sent(&world).await;
    let found = bill(&world, case).await;
    arrives(&world, "1", &report(&found, "t", Report::Paid)).await.expect("is kept");
    let notices = async || {
        let all = storage::testing::dump(world.service.db()).await;
        all.into_iter().filter(|line| line.starts_with("payment_notice: ")).collect::<Vec<_>>()
    };
    world.days(365);
    work(&world.service).await.expect("works");
    assert!(notices().await.iter().any(|line| line.contains("v1.")), "sealed, and there for a year");
    world.days(1);
    work(&world.service).await.expect("works");
    let left = notices().await;
    assert!(!left.is_empty() && !left.iter().any(|line| line.contains("v1.")), "{left:?}");
    // The payment itself stays.
    assert_eq!(bill_of(&world, case).await.expect("is there").state, State::Paid);
} }

db_test! { async fn a_withdrawn_request_need_not_be_paid_but_money_that_came_counts(db) {
    let world = town(db).await;
    let case = sent(&world).await;
    let found = bill(&world, case).await;
    crate::case::withdraw(&world.service, &visitor(&world.siti), case, "kunci-penarikan-satu").await.expect("is withdrawn");
    let now = world.service.now();
    let withdrawn = bill_of(&world, case).await.expect("is there");
    assert_eq!(withdrawn.phase(world.service.payments(), now), Phase::Withdrawn);
    arrives(&world, "n", &report(&found, "t", Report::Paid)).await.expect("is kept");
    let paid = bill_of(&world, case).await.expect("is there");
    assert!(matches!(paid.phase(world.service.payments(), now), Phase::Paid(_)));
} }

db_test! { async fn a_provider_that_is_away_keeps_nobody_out_and_is_asked_again(db) {
    let (world, moody) = moody_town(db).await;
    moody.is_away.store(true, Ordering::SeqCst);
    let case = sent(&world).await;
    let found = bill_of(&world, case).await.expect("the bill is there");
    charge(&world.service, &found.id).await;
    let setup = world.service.payments();
    assert_eq!(found.phase(setup, world.service.now()), Phase::Preparing);
    let today = Day::parse("2026-11-24").expect("a day");
    let same = renew(&world.service, found.code, today, "10.0.0.1").await.expect("is asked at once");
    assert_eq!(same.phase(setup, world.service.now()), Phase::Preparing);
    moody.is_away.store(false, Ordering::SeqCst);
    work(&world.service).await.expect("works");
    let waits = bill_of(&world, case).await.expect("is there");
    assert_eq!(waits.phase(setup, world.service.now()), Phase::Preparing, "not before the pause is over");
    world.clock.advance(3_600);
    work(&world.service).await.expect("works");
    let has_code = bill_of(&world, case).await.expect("is there");
    assert!(matches!(has_code.phase(setup, world.service.now()), Phase::Scan { .. }));
    // The code runs out, and another is asked for: another order.
    world.clock.advance(601);
    let again = renew(&world.service, found.code, today, "10.0.0.1").await.expect("another code");
    assert!(order(&again).ends_with("-2") && matches!(again.phase(setup, world.service.now()), Phase::Scan { .. }));
    let same = renew(&world.service, found.code, today, "10.0.0.1").await.expect("the same code");
    assert_eq!(same, again, "a code that is good stays");
    // What is refused for good is over at once.
    moody.refuses.store(true, Ordering::SeqCst);
    world.clock.advance(601);
    let refused = renew(&world.service, found.code, today, "10.0.0.1").await.expect("is told");
    assert_eq!(refused.phase(setup, world.service.now()), Phase::Over);
} }

db_test! { async fn the_comparison_finds_payments_that_nobody_reported(db) {
    let (world, moody) = moody_town(db).await;
    let case = sent(&world).await;
    let found = bill(&world, case).await;
    *moody.says.lock().expect("nobody panics") = Some(Reported {
        id: "t:paid".into(),
        notice: report(&found, "t", Report::Paid),
    });
    work(&world.service).await.expect("works");
    assert_eq!(bill_of(&world, case).await.expect("is there").state, State::Issued, "not before its time");
    world.clock.advance(301);
    work(&world.service).await.expect("works");
    assert_eq!(bill_of(&world, case).await.expect("is there").state, State::Paid);
    assert_eq!(paid_lines(&world, case).await, 1);
    world.clock.advance(3_600);
    work(&world.service).await.expect("works");
    let zone = domain::Zone { name: "WIB".into(), hours: 7 };
    let mut tx = world.service.read().await.expect("a connection");
    let list = day(&mut tx, &world.admin, &zone, zone.day(START), None).await.expect("reads");
    let what: Vec<&str> = list.differences.iter().map(|found| found.what.as_str()).collect();
    assert_eq!(what, ["missed_notice"]);
} }

db_test! { async fn an_order_that_the_provider_does_not_know_is_told_and_over(db) {
    let (world, _) = moody_town(db).await;
    let case = sent(&world).await;
    bill(&world, case).await;
    world.clock.advance(301);
    work(&world.service).await.expect("works");
    let found = bill_of(&world, case).await.expect("is there");
    assert_eq!(found.phase(world.service.payments(), world.service.now()), Phase::Over);
    let zone = domain::Zone { name: "WIB".into(), hours: 7 };
    let mut tx = world.service.read().await.expect("a connection");
    let list = day(&mut tx, &world.rina, &zone, zone.day(START), None).await.expect("reads");
    assert_eq!(list.differences[0].what, "unknown_there");
} }

db_test! { async fn codes_of_bills_are_not_tried_out(db) {
    let world = town(db).await;
    let mut tx = world.service.read().await.expect("a connection");
    let code = domain::reference::Reference::new([1, 2, 3, 4, 5, 6]);
    let mut often = 0;
    for _ in 0..30 {
        match show(&world.service, &mut tx, code, "10.0.0.9").await {
            Err(crate::Error::TooOften { .. }) => often += 1,
            other => assert!(matches!(other, Err(crate::Error::NotFound))),
        }
    }
    assert_eq!(often, 10);
} }

/// Waits for all of them at once.
async fn futures_join<F>(all: Vec<F>) -> Vec<F::Output>
where
    F: Future,
{
    let mut all: Vec<_> = all.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (future, slot) in all.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *slot = Some(output);
            }
        }
        if done.iter().all(Option::is_some) {
            std::task::Poll::Ready(std::mem::take(&mut done).into_iter().flatten().collect())
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}
