//! The guide to risks that belongs to a form.

use domain::Timestamp;

use crate::{Result, Tx, args, sql};

/// Keeps the guide of a form, in the stead of an earlier one.
pub async fn put_guide(tx: &mut Tx, form_key: &str, body: &str, at: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "insert into risk_guide (id, body, at) values ($1, $2, $3)
             on conflict (id) do update set body = excluded.body, at = excluded.at"
        ),
        args![form_key, body, at],
    )
    .await?;
    Ok(())
}

/// The guide of a form as JSON.
pub async fn find_guide(tx: &mut Tx, form_key: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select body from risk_guide where id = $1"),
            args![form_key],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// Whether a form has a guide.
pub async fn has_guide(tx: &mut Tx, form_key: &str) -> Result<bool> {
    let found = tx
        .number(
            sql!("select count(*) from risk_guide where id = $1"),
            args![form_key],
        )
        .await?;
    Ok(found == 1)
}
