use proptest::{collection::vec, prelude::*};

use super::*;

const BILL: u64 = 152_500;

fn notice(order: &str, reference: &str, report: Report, amount: u64) -> Notice {
    Notice {
        order: order.into(),
        reference: reference.into(),
        report,
        amount,
        currency: CURRENCY.into(),
        at: Timestamp(1_000),
    }
}

fn right(order: &str, reference: &str, report: Report) -> Notice {
    notice(order, reference, report, BILL * 100)
}

#[test]
fn words_read_back() {
    for report in Report::ALL {
        assert_eq!(Report::parse(report.word()), Some(report));
    }
    for state in State::ALL {
        assert_eq!(State::parse(state.word()), Some(state));
    }
    for verdict in [
        Verdict::Counted,
        Verdict::WrongAmount,
        Verdict::WrongCurrency,
        Verdict::UnknownOrder,
    ] {
        assert_eq!(Verdict::parse(verdict.word()), Some(verdict));
    }
    assert_eq!(Report::parse("settlement"), None);
}

#[test]
fn paid_wins_whatever_comes_before_and_after() {
    let all = [
        Report::Pending,
        Report::Denied,
        Report::Expired,
        Report::Cancelled,
    ];
    for other in all {
        let (paid, other) = (right("o-1", "t", Report::Paid), right("o-1", "t", other));
        for order in [[&paid, &other], [&other, &paid]] {
            let standing = Standing::of(BILL, order);
            assert_eq!(standing.state(), State::Paid, "{other:?}");
            assert_eq!(standing.paid().map(|p| p.reference), Some("t".into()));
        }
    }
}

#[test]
fn a_late_word_that_it_waits_does_not_open_it_again() {
    let (pending, expired) = (
        right("o-1", "t", Report::Pending),
        right("o-1", "t", Report::Expired),
    );
    assert_eq!(
        Standing::of(BILL, [&expired, &pending]).state(),
        State::Expired
    );
    // Another order is another try.
    let again = right("o-2", "u", Report::Pending);
    assert_eq!(
        Standing::of(BILL, [&again, &expired]).state(),
        State::Pending
    );
}

#[test]
fn another_amount_or_currency_counts_for_nothing_and_is_kept() {
    let little = notice("o-1", "t", Report::Paid, BILL * 100 - 1);
    let much = notice("o-1", "u", Report::Paid, BILL * 100 + 1);
    let dollars = Notice {
        currency: "USD".into(),
        ..right("o-1", "v", Report::Paid)
    };
    let standing = Standing::of(BILL, [&little, &much, &dollars]);
    assert_eq!((standing.state(), standing.paid()), (State::Issued, None));
    assert_eq!(standing.odd().count(), 3);
    assert_eq!(little.verdict(BILL), Verdict::WrongAmount);
    assert_eq!(dollars.verdict(BILL), Verdict::WrongCurrency);
}

#[test]
fn paid_twice_is_told_and_the_same_payment_twice_is_not() {
    let (one, two) = (
        right("o-1", "t", Report::Paid),
        right("o-2", "u", Report::Paid),
    );
    assert!(!Standing::of(BILL, [&one, &one]).is_overpaid());
    assert!(Standing::of(BILL, [&one, &two]).is_overpaid());
}

#[test]
fn money_given_back_leaves_it_paid_and_without_a_payment_is_nothing() {
    let (paid, part, more) = (
        right("o-1", "t", Report::Paid),
        notice("o-1", "t", Report::Refunded, 5_000),
        notice("o-1", "t", Report::Refunded, 9_000),
    );
    let standing = Standing::of(BILL, [&more, &part, &paid]);
    assert_eq!(
        (standing.state(), standing.refunded()),
        (State::Paid, 9_000)
    );
    let alone = Standing::of(BILL, [&part]);
    assert_eq!((alone.state(), alone.refunded()), (State::Issued, 0));
    assert_eq!(
        notice("o-1", "t", Report::Refunded, 0).verdict(BILL),
        Verdict::WrongAmount
    );
}

#[test]
fn names_are_masked() {
    assert_eq!(masked_name("Siti  Aminah"), "S*** A***");
    assert_eq!(masked_name("(alm.) Éko"), "a*** É***");
    assert_eq!(masked_name(" "), "");
}

fn any_notice() -> impl Strategy<Value = Notice> {
    (
        0_usize..3,
        0_usize..3,
        0_usize..6,
        prop_oneof![4 => Just(BILL * 100), 1 => 1..BILL * 200],
        prop_oneof![6 => Just("IDR"), 1 => Just("USD")],
        0_i64..50,
    )
        .prop_map(|(order, reference, report, amount, currency, at)| Notice {
            order: format!("o-{order}"),
            reference: format!("t-{reference}"),
            report: Report::ALL[report],
            amount,
            currency: currency.into(),
            at: Timestamp(at),
        })
}

/// The notices, and the same ones in another order with repetitions.
fn any_two_orders() -> impl Strategy<Value = (Vec<Notice>, Vec<Notice>)> {
    vec(any_notice(), 0..9).prop_flat_map(|notices| {
        let count = notices.len();
        let again = vec(0..count.max(1), 0..6);
        let given = notices.clone();
        (Just(notices), again).prop_flat_map(move |(notices, again)| {
            let mut all = given.clone();
            all.extend(again.iter().filter_map(|place| given.get(*place).cloned()));
            (Just(notices), Just(all).prop_shuffle())
        })
    })
}

proptest! {
    #[test]
    fn any_order_and_repetition_ends_in_the_same_place((given, other) in any_two_orders()) {
        prop_assert_eq!(Standing::of(BILL, &given), Standing::of(BILL, &other));
    }

    #[test]
    fn what_is_paid_stays_paid(before in vec(any_notice(), 0..6), after in vec(any_notice(), 0..6)) {
        let first = Standing::of(BILL, &before);
        let then = Standing::of(BILL, before.iter().chain(&after));
        if first.state() == State::Paid {
            prop_assert_eq!(then.state(), State::Paid);
            prop_assert!(then.paid().is_some() && then.paid() <= first.paid());
        }
        // Paid means: a right notice said so.
        let said = before.iter().chain(&after).any(|n| n.report == Report::Paid && n.verdict(BILL) == Verdict::Counted);
        prop_assert_eq!(then.state() == State::Paid, said);
    }
}
