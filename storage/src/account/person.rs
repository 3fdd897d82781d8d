use domain::{AccountId, Timestamp};

use crate::{Result, Tx, args, sql};

/// What an account keeps for forms, sealed.
pub async fn find_person(tx: &mut Tx, id: &AccountId) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select body from account_person where account_id = $1"),
            args![id],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// Keeps something for forms, in the stead of what was kept before.
pub async fn put_person(tx: &mut Tx, id: &AccountId, body: &str, at: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "insert into account_person (account_id, body, updated_at) values ($1, $2, $3)
             on conflict (account_id) do update set body = excluded.body, updated_at = excluded.updated_at"
        ),
        args![id, body, at],
    )
    .await?;
    Ok(())
}

/// Keeps nothing any more.
pub async fn delete_person(tx: &mut Tx, id: &AccountId) -> Result<()> {
    tx.run(
        sql!("delete from account_person where account_id = $1"),
        args![id],
    )
    .await?;
    Ok(())
}
