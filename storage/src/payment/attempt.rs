use domain::Timestamp;

use crate::{Result, Tx, args, sql};

/// A try to have a bill paid.
#[derive(Clone, Debug)]
pub struct NewAttempt<'a> {
    /// What the provider knows it by.
    pub order: &'a str,
    /// Of which bill.
    pub bill: &'a str,
    /// Counted from 1.
    pub number: i64,
    /// At which provider.
    pub provider: &'a str,
    /// When.
    pub at: Timestamp,
}

/// An attempt that waits for the provider, or of which the provider is asked how far it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Attempt {
    /// What the provider knows it by.
    pub order_id: String,
    /// Of which bill.
    pub bill_id: String,
    /// At which provider.
    pub provider: String,
    /// How often the provider was asked how far it is.
    pub asked: i64,
    /// When its code ends.
    pub expires_at: Option<i64>,
    /// Whether its bill is paid.
    pub is_paid: bool,
}

/// Begins an attempt: the provider is to be asked at once.
pub async fn insert_attempt(tx: &mut Tx, new: &NewAttempt<'_>) -> Result<()> {
    tx.run(
        sql!(
            "insert into payment_attempt (order_id, bill_id, number, provider, created_at, tries, next_at, asked)
             values ($1, $2, $3, $4, $5, 0, $5, 0)"
        ),
        args![new.order, new.bill, new.number, new.provider, new.at],
    )
    .await?;
    Ok(())
}

/// Takes an attempt that is due until `until`, so that no other copy of the program asks for the same; how often it was asked
/// for, this time too.
pub async fn claim(
    tx: &mut Tx,
    order: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<i64>> {
    let row: Option<(i64,)> = tx
        .first(
            sql!(
                "update payment_attempt set tries = tries + 1, next_at = $3
                 where order_id = $1 and next_at <= $2 and ended_at is null
                 returning tries"
            ),
            args![order, now, until],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// The provider was away: it is asked again at `next`.
pub async fn put_off(tx: &mut Tx, order: &str, next: Timestamp) -> Result<()> {
    tx.run(
        sql!("update payment_attempt set next_at = $2 where order_id = $1 and next_at is not null"),
        args![order, next],
    )
    .await?;
    Ok(())
}

/// The provider gave the code.
pub async fn open(
    tx: &mut Tx,
    order: &str,
    payload: &str,
    expires_at: Timestamp,
    ask_at: Option<Timestamp>,
) -> Result<()> {
    tx.run(
        sql!(
            "update payment_attempt set payload = $2, expires_at = $3, ask_at = $4, next_at = null
             where order_id = $1"
        ),
        args![order, payload, expires_at, ask_at],
    )
    .await?;
    Ok(())
}

/// The provider will never give the code.
pub async fn give_up(tx: &mut Tx, order: &str, at: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "update payment_attempt set next_at = null, ended_at = coalesce(ended_at, $2)
             where order_id = $1"
        ),
        args![order, at],
    )
    .await?;
    Ok(())
}

/// An attempt has ended: its code is of no use any more.
pub async fn ended(tx: &mut Tx, order: &str, at: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "update payment_attempt set ended_at = coalesce(ended_at, $2)
             where order_id = $1"
        ),
        args![order, at],
    )
    .await?;
    Ok(())
}

/// Attempts for whose code the provider is to be asked now, at most `limit`.
pub async fn waiting(tx: &mut Tx, now: Timestamp, limit: u32) -> Result<Vec<Attempt>> {
    tx.all(
        sql!(
            "select a.order_id, a.bill_id, a.provider, a.asked, a.expires_at, b.state = 'paid' as is_paid
             from payment_attempt a
             join bill b on b.id = a.bill_id
             where a.next_at <= $1 and a.ended_at is null
             order by a.next_at, a.order_id
             limit $2"
        ),
        args![now, limit],
    )
    .await
}

/// Attempts of which the provider is to be asked now how far they are, at most `limit`.
pub async fn to_ask(tx: &mut Tx, now: Timestamp, limit: u32) -> Result<Vec<Attempt>> {
    tx.all(
        sql!(
            "select a.order_id, a.bill_id, a.provider, a.asked, a.expires_at, b.state = 'paid' as is_paid
             from payment_attempt a
             join bill b on b.id = a.bill_id
             where a.ask_at <= $1
             order by a.ask_at, a.order_id
             limit $2"
        ),
        args![now, limit],
    )
    .await
}

/// Takes an attempt to ask about; it is due again at `next`, or never.
pub async fn asked(
    tx: &mut Tx,
    order: &str,
    now: Timestamp,
    next: Option<Timestamp>,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update payment_attempt set asked = asked + 1, ask_at = $3
                 where order_id = $1 and ask_at <= $2"
            ),
            args![order, now, next],
        )
        .await?;
    Ok(rows > 0)
}

/// The bill and its amount of an order at a provider.
pub async fn order_of(tx: &mut Tx, provider: &str, order: &str) -> Result<Option<(String, i64)>> {
    tx.first(
        sql!(
            "select b.id, b.amount
             from payment_attempt a
             join bill b on b.id = a.bill_id
             where a.order_id = $2 and a.provider = $1"
        ),
        args![provider, order],
    )
    .await
}
