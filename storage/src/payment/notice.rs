use domain::Timestamp;

use crate::{Result, Tx, args, sql};

/// A report of a provider, as it came.
#[derive(Clone, Debug)]
pub struct NewNotice<'a> {
    /// Our identity of it.
    pub id: &'a str,
    /// From which provider.
    pub provider: &'a str,
    /// The provider's own identity of it.
    pub notice_id: &'a str,
    /// The bill that it is about.
    pub bill: Option<&'a str>,
    /// The order.
    pub order: &'a str,
    /// The provider's name of the payment.
    pub reference: &'a str,
    /// A word of `domain::payment::Report`.
    pub report: &'a str,
    /// In hundredths.
    pub amount: i64,
    /// Three letters.
    pub currency: &'a str,
    /// By the provider's clock.
    pub at: Timestamp,
    /// A word of `domain::payment::Verdict`.
    pub verdict: &'a str,
    /// `callback` or `question`.
    pub source: &'a str,
    /// Sealed.
    pub body: &'a str,
    /// When it came.
    pub received_at: Timestamp,
}

/// A report as it is counted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NoticeRow {
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
    /// By the provider's clock.
    pub at: i64,
}

/// Keeps a report; `false` when it came before.
pub async fn insert_notice(tx: &mut Tx, new: &NewNotice<'_>) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into payment_notice (id, provider, notice_id, bill_id, order_id, reference, report, amount, currency,
                                             at, verdict, source, body, received_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                 on conflict (provider, notice_id) do nothing"
            ),
            args![
                new.id,
                new.provider,
                new.notice_id,
                new.bill,
                new.order,
                new.reference,
                new.report,
                new.amount,
                new.currency,
                new.at,
                new.verdict,
                new.source,
                new.body,
                new.received_at
            ],
        )
        .await?;
    Ok(rows > 0)
}

/// All reports about a bill.
pub async fn notices_of(tx: &mut Tx, bill: &str) -> Result<Vec<NoticeRow>> {
    tx.all(
        sql!(
            "select provider, order_id, reference, report, amount, currency, at from payment_notice
             where bill_id = $1
             order by received_at, id"
        ),
        args![bill],
    )
    .await
}

/// Empties what providers wrote before an instant; how many.
pub async fn empty_bodies(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(
        sql!("update payment_notice set body = '' where received_at < $1 and body <> ''"),
        args![before],
    )
    .await
}
