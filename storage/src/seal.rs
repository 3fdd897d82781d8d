//! The sealing keys that a database has met, by their check values; never the keys.

use domain::Timestamp;

use crate::{Result, Tx, args, sql};

/// A key by its id and the value by which it is known again.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Met {
    /// The key's id.
    pub id: String,
    /// A keyed hash that only this key gives.
    pub check_value: String,
}

/// All keys that were ever in use here, by id.
pub async fn met(tx: &mut Tx) -> Result<Vec<Met>> {
    tx.all(
        sql!("select id, check_value from seal_key order by id"),
        args![],
    )
    .await
}

/// Writes down that this key is in use from now on. One that is known already stays as it is.
pub async fn meet(tx: &mut Tx, key: &Met, at: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "insert into seal_key (id, check_value, first_met_at) values ($1, $2, $3)
             on conflict (id) do nothing"
        ),
        args![&key.id, &key.check_value, at],
    )
    .await
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    db_test! { async fn a_key_is_met_once_and_stays_as_it_is(db) {
        for value in ["first", "second"] {
            let done: Result<()> = db.write(move |tx| Box::pin(async move {
                meet(tx, &Met { id: "k1".into(), check_value: value.into() }, Timestamp(1)).await
            })).await;
            done.expect("is met");
        }
        let mut tx = db.read().await.expect("a connection");
        let known = met(&mut tx).await.expect("answers");
        assert_eq!(known, [Met { id: "k1".into(), check_value: "first".into() }]);
    } }
}
