//! The office's statements that everybody sees first.

use domain::ConsultationId;

use crate::{Result, Tx, args, sql};

/// Waits for other writes of the same pins and keeps them to this one until the end of the transaction.
pub async fn lock_pins(tx: &mut Tx, consultation: &ConsultationId) -> Result<()> {
    tx.run(
        sql!("update consultation set edition = edition where id = $1"),
        args![consultation],
    )
    .await
    .map(drop)
}

/// The public statements of the office by number, each with its place when it is pinned.
pub async fn pins(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<(i64, Option<i64>)>> {
    tx.all(
        sql!(
            "select number, pin from statement
             where consultation_id = $1 and status = 'accepted' and is_seed
             order by number"
        ),
        args![consultation],
    )
    .await
}

/// Gives a statement its place, from 1, or none.
pub async fn put_pin(
    tx: &mut Tx,
    consultation: &ConsultationId,
    number: i64,
    pin: Option<i64>,
) -> Result<()> {
    tx.run(
        sql!(
            "update statement set pin = $3
             where consultation_id = $1 and number = $2 and status = 'accepted' and is_seed"
        ),
        args![consultation, number, pin],
    )
    .await
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, statement::testing::town};

    db_test! { async fn only_what_the_office_wrote_is_pinned(db) {
        let id = db.write(|tx| Box::pin(async move {
            let id = town(tx).await?;
            lock_pins(tx, &id).await?;
            for (number, place) in [(3, Some(1)), (1, Some(2)), (2, Some(3)), (2, None), (5, Some(4)), (8, Some(5))] {
                put_pin(tx, &id, number, place).await?;
            }
            Ok::<_, crate::Error>(id)
        })).await.expect("is written");
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(pins(&mut tx, &id).await.expect("reads"), [(1, Some(2)), (2, None), (3, Some(1))]);
        let shown = crate::statement::desk(&mut tx, &id, None).await.expect("reads");
        assert_eq!(shown.iter().filter_map(|s| Some((s.found.number, s.pin?))).collect::<Vec<_>>(), [(1, 2), (3, 1)]);
    } }
}
