use domain::{AccountId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A year's tax to be kept.
#[derive(Clone, Debug)]
pub struct NewTaxBill<'a> {
    /// Its identity, when it is not there yet.
    pub id: &'a str,
    /// Keyed hash of the property's number.
    pub nop_mark: &'a str,
    /// The number with its middle hidden.
    pub nop_masked: &'a str,
    /// The tax year.
    pub year: i32,
    /// Sealed.
    pub person: &'a str,
    /// JSON.
    pub object: &'a str,
    /// JSON of `domain::tax::Assessment`.
    pub assessment: &'a str,
    /// Whole Rupiah.
    pub tax: i64,
    /// The last day without interest.
    pub due: &'a str,
    /// When it was paid, by the list that is brought in.
    pub paid_at: Option<Timestamp>,
    /// When.
    pub at: Timestamp,
}

/// A year's tax.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TaxBill {
    /// Its identity.
    pub id: String,
    /// The number with its middle hidden.
    pub nop_masked: String,
    /// The tax year.
    pub year: i64,
    /// Sealed.
    pub person: String,
    /// JSON.
    pub object: String,
    /// JSON of `domain::tax::Assessment`.
    pub assessment: String,
    /// Whole Rupiah.
    pub tax: i64,
    /// The last day without interest.
    pub due: String,
    /// When it was paid.
    pub paid_at: Option<i64>,
    /// The code of its bill: the one that is paid, or is to be.
    pub code: Option<String>,
    /// The amount of that bill, in whole Rupiah.
    pub amount: Option<i64>,
}

/// Keeps a table of rates, in the stead of an earlier one.
pub async fn put_table(
    tx: &mut Tx,
    word: &str,
    body: &str,
    by: Option<&AccountId>,
    at: Timestamp,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into tax_table (word, body, at, by_account_id) values ($1, $2, $3, $4)
             on conflict (word) do update
             set body = excluded.body, at = excluded.at, by_account_id = excluded.by_account_id"
        ),
        args![word, body, at, by],
    )
    .await?;
    Ok(())
}

/// The table of a tax.
pub async fn table(tx: &mut Tx, word: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select body from tax_table where word = $1"),
            args![word],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// Keeps a year's tax; one that is there is written anew unless it is paid. Whether it was written.
pub async fn put_tax_bill(tx: &mut Tx, new: &NewTaxBill<'_>) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into tax_bill (id, nop_mark, nop_masked, year, person, object, assessment, tax, due, paid_at,
                                       paid_elsewhere, imported_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                 on conflict (nop_mark, year) do update
                 set person = excluded.person, object = excluded.object, assessment = excluded.assessment,
                     tax = excluded.tax, due = excluded.due, paid_at = excluded.paid_at,
                     paid_elsewhere = excluded.paid_elsewhere, imported_at = excluded.imported_at
                 where tax_bill.paid_at is null"
            ),
            args![
                new.id,
                new.nop_mark,
                new.nop_masked,
                new.year,
                new.person,
                new.object,
                new.assessment,
                new.tax,
                new.due,
                new.paid_at,
                new.paid_at.is_some(),
                new.at
            ],
        )
        .await?;
    Ok(rows > 0)
}

/// The taxes of a property, the newest year first.
pub async fn tax_bills(tx: &mut Tx, nop_mark: &str) -> Result<Vec<TaxBill>> {
    tx.all(
        sql!(
            "select t.id, t.nop_masked, t.year, t.person, t.object, t.assessment, t.tax, t.due, t.paid_at, b.code, b.amount
             from tax_bill t
             left join bill b on b.id = (
                 select x.id from bill x
                 where x.tax_bill_id = t.id and (x.withdrawn_at is null or x.state = 'paid')
                 order by case when x.state = 'paid' then 0 else 1 end, x.issued_at, x.id
                 limit 1
             )
             where t.nop_mark = $1
             order by t.year desc"
        ),
        args![nop_mark],
    )
    .await
}

/// A year's tax.
pub async fn get_tax_bill(tx: &mut Tx, id: &str) -> Result<Option<TaxBill>> {
    tx.first(
        sql!(
            "select t.id, t.nop_masked, t.year, t.person, t.object, t.assessment, t.tax, t.due, t.paid_at, b.code, b.amount
             from tax_bill t
             left join bill b on b.id = (
                 select x.id from bill x
                 where x.tax_bill_id = t.id and (x.withdrawn_at is null or x.state = 'paid')
                 order by case when x.state = 'paid' then 0 else 1 end, x.issued_at, x.id
                 limit 1
             )
             where t.id = $1"
        ),
        args![id],
    )
    .await
}

/// A year's tax is paid; the first time stays.
pub async fn mark_paid(tx: &mut Tx, id: &str, at: Timestamp) -> Result<()> {
    tx.run(
        sql!("update tax_bill set paid_at = coalesce(paid_at, $2) where id = $1"),
        args![id, at],
    )
    .await?;
    Ok(())
}
