use domain::{OfficeId, Timestamp};

use super::*;
use crate::{Db, Result, args, db_test};

async fn town(db: &Db) {
    let done: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                tx.run(
                    "insert into office (id, name, short) values ('o', 'Dinas', 'Dinas')",
                    args![],
                )
                .await?;
                Ok(())
            })
        })
        .await;
    done.expect("an empty database takes the town");
}

fn tax(id: &str, amount: i64, paid_at: Option<i64>) -> NewTaxBill<'_> {
    NewTaxBill {
        id,
        nop_mark: "mark",
        nop_masked: "35.79.***",
        year: 2026,
        person: "sealed",
        object: "{}",
        assessment: "{}",
        tax: amount,
        due: "2026-09-30",
        paid_at: paid_at.map(Timestamp),
        at: Timestamp(1),
    }
}

fn bill<'a>(id: &'a str, code: &'a str, office: &'a OfficeId, tax: Option<&'a str>) -> New<'a> {
    New {
        id,
        code,
        office,
        case: None,
        tax_bill: tax,
        title_id: "PBB",
        title_en: "PBB",
        amount: 80_000,
        due: "2026-09-30",
        at: Timestamp(10),
    }
}

fn attempt<'a>(order: &'a str, bill: &'a str, number: i64) -> NewAttempt<'a> {
    NewAttempt {
        order,
        bill,
        number,
        provider: "p",
        at: Timestamp(10),
    }
}

fn notice<'a>(id: &'a str, bill: Option<&'a str>, verdict: &'a str) -> NewNotice<'a> {
    NewNotice {
        id,
        provider: "p",
        notice_id: id,
        bill,
        order: "A-1",
        reference: "t",
        report: "paid",
        amount: 8_000_000,
        currency: "IDR",
        at: Timestamp(12),
        verdict,
        source: "callback",
        body: "sealed",
        received_at: Timestamp(13),
    }
}

db_test! { async fn a_tax_has_one_bill_at_a_time_and_stays_paid(db) {
    town(&db).await;
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        let office = OfficeId::new("o");
        assert!(put_tax_bill(tx, &tax("t1", 80_000, None)).await?);
        assert!(put_tax_bill(tx, &tax("t2", 90_000, None)).await?, "what is not paid is written anew");
        let found = tax_bills(tx, "mark").await?;
        assert_eq!((found.len(), found[0].id.as_str(), found[0].tax), (1, "t1", 90_000));
        assert!(insert(tx, &bill("b1", "AAAAAAAAAA", &office, Some("t1"))).await?);
        assert!(!insert(tx, &bill("b2", "BBBBBBBBBB", &office, Some("t1"))).await?);
        assert_eq!(of_tax(tx, "t1").await?, Some(("AAAAAAAAAA".into(), 80_000, "issued".into())));
        withdraw_of_tax(tx, "t1", Timestamp(11)).await?;
        assert!(insert(tx, &bill("b2", "BBBBBBBBBB", &office, Some("t1"))).await?);
        assert!(!insert(tx, &bill("b3", "BBBBBBBBBB", &office, None)).await?, "the code is taken");
        mark_paid(tx, "t1", Timestamp(20)).await?;
        mark_paid(tx, "t1", Timestamp(30)).await?;
        assert!(!put_tax_bill(tx, &tax("t3", 1, None)).await?, "what is paid stays");
        let found = get_tax_bill(tx, "t1").await?.expect("is there");
        assert_eq!((found.tax, found.paid_at, found.code.as_deref()), (90_000, Some(20), Some("BBBBBBBBBB")));
        assert_eq!(table(tx, "pbb").await?, None);
        put_table(tx, "pbb", "{}", None, Timestamp(1)).await?;
        put_table(tx, "pbb", "{1}", None, Timestamp(2)).await?;
        assert_eq!(table(tx, "pbb").await?.as_deref(), Some("{1}"));
        Ok(())
    })).await;
    done.expect("is written");
} }

db_test! { async fn attempts_are_claimed_once_and_asked_about_in_turn(db) {
    town(&db).await;
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        let office = OfficeId::new("o");
        insert(tx, &bill("b", "AAAAAAAAAA", &office, None)).await?;
        assert!(add_attempt(tx, "b", 0).await?);
        assert!(!add_attempt(tx, "b", 0).await?, "somebody was faster");
        insert_attempt(tx, &attempt("A-1", "b", 1)).await?;
        assert_eq!(waiting(tx, Timestamp(9), 9).await?.len(), 0);
        assert_eq!(waiting(tx, Timestamp(10), 9).await?.len(), 1);
        assert_eq!(claim(tx, "A-1", Timestamp(10), Timestamp(70)).await?, Some(1));
        assert_eq!(claim(tx, "A-1", Timestamp(10), Timestamp(70)).await?, None);
        put_off(tx, "A-1", Timestamp(40)).await?;
        assert_eq!(claim(tx, "A-1", Timestamp(40), Timestamp(90)).await?, Some(2));
        let row = by_id(tx, "b").await?.expect("is there");
        assert_eq!((row.order_id.as_deref(), row.payload, row.next_at), (Some("A-1"), None, Some(90)));
        open(tx, "A-1", "qris", Timestamp(100), Some(Timestamp(50))).await?;
        put_off(tx, "A-1", Timestamp(40)).await?;
        assert_eq!(waiting(tx, Timestamp(999), 9).await?.len(), 0, "it has its code");
        assert_eq!(to_ask(tx, Timestamp(49), 9).await?.len(), 0);
        let due = to_ask(tx, Timestamp(50), 9).await?;
        assert_eq!((due.len(), due[0].asked, due[0].is_paid), (1, 0, false));
        assert!(asked(tx, "A-1", Timestamp(50), Some(Timestamp(80))).await?);
        assert!(!asked(tx, "A-1", Timestamp(50), None).await?);
        ended(tx, "A-1", Timestamp(60)).await?;
        ended(tx, "A-1", Timestamp(61)).await?;
        let row = by_code(tx, "AAAAAAAAAA").await?.expect("is there");
        assert_eq!((row.ended_at, row.payload.as_deref()), (Some(60), Some("qris")));
        assert_eq!(order_of(tx, "p", "A-1").await?, Some(("b".into(), 80_000)));
        assert_eq!(order_of(tx, "q", "A-1").await?, None);
        Ok(())
    })).await;
    done.expect("is written");
} }

db_test! { async fn notices_come_once_and_the_day_shows_them(db) {
    town(&db).await;
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        let office = OfficeId::new("o");
        insert(tx, &bill("b", "AAAAAAAAAA", &office, None)).await?;
        add_attempt(tx, "b", 0).await?;
        insert_attempt(tx, &attempt("A-1", "b", 1)).await?;
        assert!(held(tx, "b").await? && !held(tx, "x").await?);
        assert!(insert_notice(tx, &notice("n1", Some("b"), "counted")).await?);
        assert!(!insert_notice(tx, &notice("n1", Some("b"), "counted")).await?);
        assert!(insert_notice(tx, &notice("n2", Some("b"), "wrong_amount")).await?);
        assert!(insert_notice(tx, &notice("n3", None, "unknown_order")).await?);
        assert_eq!(notices_of(tx, "b").await?.len(), 2);
        let saved = Saved {
            state: "paid", paid_at: Some(Timestamp(12)), paid_by: Some("p"), paid_reference: Some("t"),
            is_overpaid: false, refunded: 0,
        };
        save(tx, "b", &saved).await?;
        assert!(!withdraw(tx, "b", Timestamp(14)).await?, "what is paid is not withdrawn");
        add_difference(tx, "2026-11-24", "A-1", "missed_notice", Timestamp(15)).await?;
        add_difference(tx, "2026-11-24", "A-1", "missed_notice", Timestamp(16)).await?;
        let (from, until) = (Timestamp(0), Timestamp(100));
        let bills = bills_of(tx, "o", from, until, 9).await?;
        assert_eq!((bills.len(), bills[0].paid_by.as_deref()), (1, Some("p")));
        assert_eq!(bills_of(tx, "elsewhere", from, until, 9).await?.len(), 0);
        assert_eq!(bills_of(tx, "", Timestamp(11), until, 9).await?.len(), 1, "paid in the span");
        assert_eq!(bills_of(tx, "", Timestamp(13), until, 9).await?.len(), 0);
        assert_eq!(odd_notices(tx, "o", from, until, 9).await?.len(), 1);
        assert_eq!(odd_notices(tx, "", from, until, 9).await?.len(), 2);
        assert_eq!(differences(tx, "o", "2026-11-24").await?.len(), 1);
        assert_eq!(differences(tx, "p", "2026-11-24").await?.len(), 0);
        assert_eq!(empty_bodies(tx, Timestamp(14)).await?, 3);
        assert_eq!(empty_bodies(tx, Timestamp(14)).await?, 0);
        Ok(())
    })).await;
    done.expect("is written");
} }
