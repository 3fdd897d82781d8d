use domain::Timestamp;

use crate::{Result, Tx, args, sql};

/// A bill in the list of a day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DayBill {
    /// What stands in its address.
    pub code: String,
    /// The office's short name.
    pub office_short: String,
    /// What it is for, in Indonesian.
    pub title_id: String,
    /// What it is for, in English.
    pub title_en: String,
    /// The reference of its case.
    pub case_reference: Option<String>,
    /// Whole Rupiah.
    pub amount: i64,
    /// When it was issued.
    pub issued_at: i64,
    /// A word of `domain::payment::State`.
    pub state: String,
    /// When it was paid.
    pub paid_at: Option<i64>,
    /// Through which provider.
    pub paid_by: Option<String>,
    /// The provider's name of the payment.
    pub paid_reference: Option<String>,
    /// Whether it was paid more than once.
    pub is_overpaid: bool,
    /// What was given back, in hundredths.
    pub refunded: i64,
    /// When it need not be paid any more.
    pub withdrawn_at: Option<i64>,
}

/// A report that counts for nothing.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DayNotice {
    /// From which provider.
    pub provider: String,
    /// The order.
    pub order_id: String,
    /// The provider's name of the payment.
    pub reference: String,
    /// A word of `domain::payment::Report`.
    pub report: String,
    /// In hundredths.
    pub amount: i64,
    /// Three letters.
    pub currency: String,
    /// A word of `domain::payment::Verdict`.
    pub verdict: String,
    /// When it came.
    pub received_at: i64,
}

/// What the comparison with the provider found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Difference {
    /// The order.
    pub order_id: String,
    /// `missed_notice`, `unknown_there` or `not_paid_there`.
    pub what: String,
    /// When it was found.
    pub at: i64,
}

/// Bills that were issued or paid in a span of time, of one office or, with an empty word, of all; at most `limit`.
pub async fn bills_of(
    tx: &mut Tx,
    office: &str,
    from: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<DayBill>> {
    tx.all(
        sql!(
            "select b.code, o.short as office_short, b.title_id, b.title_en, c.reference as case_reference, b.amount,
                    b.issued_at, b.state, b.paid_at, b.paid_by, b.paid_reference, b.is_overpaid, b.refunded, b.withdrawn_at
             from bill b
             join office o on o.id = b.office_id
             left join cases c on c.id = b.case_id
             where ($1 = '' or b.office_id = $1)
               and ((b.issued_at >= $2 and b.issued_at < $3) or (b.paid_at >= $2 and b.paid_at < $3))
             order by b.issued_at, b.id
             limit $4"
        ),
        args![office, from, until, limit],
    )
    .await
}

/// Reports of a span of time that count for nothing, of one office, or with an empty word of all and of nobody.
pub async fn odd_notices(
    tx: &mut Tx,
    office: &str,
    from: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<DayNotice>> {
    tx.all(
        sql!(
            "select n.provider, n.order_id, n.reference, n.report, n.amount, n.currency, n.verdict, n.received_at
             from payment_notice n
             left join bill b on b.id = n.bill_id
             where n.verdict <> 'counted' and n.received_at >= $2 and n.received_at < $3
               and ($1 = '' or b.office_id = $1)
             order by n.received_at, n.id
             limit $4"
        ),
        args![office, from, until, limit],
    )
    .await
}

/// What the comparison of a day found, of one office, or with an empty word of all.
pub async fn differences(tx: &mut Tx, office: &str, day: &str) -> Result<Vec<Difference>> {
    tx.all(
        sql!(
            "select d.order_id, d.what, d.at
             from payment_difference d
             join payment_attempt a on a.order_id = d.order_id
             join bill b on b.id = a.bill_id
             where d.day = $2 and ($1 = '' or b.office_id = $1)
             order by d.at, d.order_id"
        ),
        args![office, day],
    )
    .await
}

/// Writes down what was found; found again it is one row.
pub async fn add_difference(
    tx: &mut Tx,
    day: &str,
    order: &str,
    what: &str,
    at: Timestamp,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into payment_difference (day, order_id, what, at) values ($1, $2, $3, $4)
             on conflict (day, order_id, what) do nothing"
        ),
        args![day, order, what, at],
    )
    .await?;
    Ok(())
}
