use domain::{CaseId, OfficeId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A bill to be issued.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Its identity.
    pub id: &'a str,
    /// What stands in its address.
    pub code: &'a str,
    /// Who is paid.
    pub office: &'a OfficeId,
    /// The case of which it is the fee.
    pub case: Option<&'a CaseId>,
    /// The tax that it is for.
    pub tax_bill: Option<&'a str>,
    /// What it is for, in Indonesian.
    pub title_id: &'a str,
    /// What it is for, in English.
    pub title_en: &'a str,
    /// Whole Rupiah.
    pub amount: i64,
    /// The last day for paying.
    pub due: &'a str,
    /// When.
    pub at: Timestamp,
}

/// A bill with its newest attempt.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Bill {
    /// Its identity.
    pub id: String,
    /// What stands in its address.
    pub code: String,
    /// Who is paid.
    pub office_id: String,
    /// The office's name.
    pub office_name: String,
    /// How the office is reached.
    pub office_contact: String,
    /// The case of which it is the fee.
    pub case_id: Option<String>,
    /// The reference of that case.
    pub case_reference: Option<String>,
    /// The tax that it is for.
    pub tax_bill_id: Option<String>,
    /// What it is for, in Indonesian.
    pub title_id: String,
    /// What it is for, in English.
    pub title_en: String,
    /// Whole Rupiah.
    pub amount: i64,
    /// The last day for paying.
    pub due: String,
    /// When it was issued.
    pub issued_at: i64,
    /// The number of the newest attempt.
    pub attempts: i64,
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
    /// What the provider knows the newest attempt by.
    pub order_id: Option<String>,
    /// The provider of the newest attempt.
    pub provider: Option<String>,
    /// The payload of the QR code of the newest attempt.
    pub payload: Option<String>,
    /// When that code ends.
    pub expires_at: Option<i64>,
    /// When the newest attempt ended otherwise.
    pub ended_at: Option<i64>,
    /// When the provider is asked for the code again.
    pub next_at: Option<i64>,
}

/// Where the notices left a bill.
#[derive(Clone, Debug)]
pub struct Saved<'a> {
    /// A word of `domain::payment::State`.
    pub state: &'a str,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Through which provider.
    pub paid_by: Option<&'a str>,
    /// The provider's name of the payment.
    pub paid_reference: Option<&'a str>,
    /// Whether it was paid more than once.
    pub is_overpaid: bool,
    /// What was given back, in hundredths.
    pub refunded: i64,
}

/// Issues a bill; `false` when its code is taken, or its case or tax has one.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into bill (id, code, office_id, case_id, tax_bill_id, title_id, title_en, amount, due, issued_at,
                                   attempts, state, is_overpaid, refunded, revision)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 'issued', false, 0, 0)
                 on conflict do nothing"
            ),
            args![
                new.id,
                new.code,
                new.office,
                new.case,
                new.tax_bill,
                new.title_id,
                new.title_en,
                new.amount,
                new.due,
                new.at
            ],
        )
        .await?;
    Ok(rows > 0)
}

/// The bill of a code.
pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Bill>> {
    tx.first(
        sql!(
            "select b.id, b.code, b.office_id, o.name as office_name, o.contact as office_contact, b.case_id,
                    c.reference as case_reference, b.tax_bill_id, b.title_id, b.title_en, b.amount, b.due, b.issued_at,
                    b.attempts, b.state, b.paid_at, b.paid_by, b.paid_reference, b.is_overpaid, b.refunded,
                    b.withdrawn_at, a.order_id, a.provider, a.payload, a.expires_at, a.ended_at, a.next_at
             from bill b
             join office o on o.id = b.office_id
             left join cases c on c.id = b.case_id
             left join payment_attempt a on a.bill_id = b.id and a.number = b.attempts
             where b.code = $1"
        ),
        args![code],
    )
    .await
}

/// The bill of an identity.
pub async fn by_id(tx: &mut Tx, id: &str) -> Result<Option<Bill>> {
    tx.first(
        sql!(
            "select b.id, b.code, b.office_id, o.name as office_name, o.contact as office_contact, b.case_id,
                    c.reference as case_reference, b.tax_bill_id, b.title_id, b.title_en, b.amount, b.due, b.issued_at,
                    b.attempts, b.state, b.paid_at, b.paid_by, b.paid_reference, b.is_overpaid, b.refunded,
                    b.withdrawn_at, a.order_id, a.provider, a.payload, a.expires_at, a.ended_at, a.next_at
             from bill b
             join office o on o.id = b.office_id
             left join cases c on c.id = b.case_id
             left join payment_attempt a on a.bill_id = b.id and a.number = b.attempts
             where b.id = $1"
        ),
        args![id],
    )
    .await
}

/// The bill of a case, by the case's reference.
pub async fn of_case(tx: &mut Tx, reference: &str) -> Result<Option<Bill>> {
    tx.first(
        sql!(
            "select b.id, b.code, b.office_id, o.name as office_name, o.contact as office_contact, b.case_id,
                    c.reference as case_reference, b.tax_bill_id, b.title_id, b.title_en, b.amount, b.due, b.issued_at,
                    b.attempts, b.state, b.paid_at, b.paid_by, b.paid_reference, b.is_overpaid, b.refunded,
                    b.withdrawn_at, a.order_id, a.provider, a.payload, a.expires_at, a.ended_at, a.next_at
             from cases c
             join bill b on b.case_id = c.id
             join office o on o.id = b.office_id
             left join payment_attempt a on a.bill_id = b.id and a.number = b.attempts
             where c.reference = $1"
        ),
        args![reference],
    )
    .await
}

/// The code and amount of the bill of a year's tax that is to be paid or was; not one that was withdrawn.
pub async fn of_tax(tx: &mut Tx, tax_bill: &str) -> Result<Option<(String, i64, String)>> {
    tx.first(
        sql!(
            "select code, amount, state from bill where tax_bill_id = $1 and withdrawn_at is null"
        ),
        args![tax_bill],
    )
    .await
}

/// Takes hold of a bill until the transaction ends.
pub async fn held(tx: &mut Tx, id: &str) -> Result<bool> {
    let rows = tx
        .run(
            sql!("update bill set revision = revision + 1 where id = $1"),
            args![id],
        )
        .await?;
    Ok(rows > 0)
}

/// Writes down where the notices left a bill.
pub async fn save(tx: &mut Tx, id: &str, saved: &Saved<'_>) -> Result<()> {
    tx.run(
        sql!(
            "update bill
             set state = $2, paid_at = $3, paid_by = $4, paid_reference = $5, is_overpaid = $6, refunded = $7
             where id = $1"
        ),
        args![
            id,
            saved.state,
            saved.paid_at,
            saved.paid_by,
            saved.paid_reference,
            saved.is_overpaid,
            saved.refunded
        ],
    )
    .await?;
    Ok(())
}

/// Counts one more attempt; `false` when somebody else was faster.
pub async fn add_attempt(tx: &mut Tx, id: &str, seen: i64) -> Result<bool> {
    let rows = tx
        .run(
            sql!("update bill set attempts = attempts + 1 where id = $1 and attempts = $2"),
            args![id, seen],
        )
        .await?;
    Ok(rows > 0)
}

/// A bill need not be paid any more, unless it is.
pub async fn withdraw(tx: &mut Tx, id: &str, at: Timestamp) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update bill set withdrawn_at = $2
                 where id = $1 and withdrawn_at is null and state <> 'paid'"
            ),
            args![id, at],
        )
        .await?;
    Ok(rows > 0)
}

/// The same for the bill of a case.
pub async fn withdraw_of_case(tx: &mut Tx, case: &CaseId, at: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "update bill set withdrawn_at = $2
             where case_id = $1 and withdrawn_at is null and state <> 'paid'"
        ),
        args![case, at],
    )
    .await?;
    Ok(())
}

/// The same for the bills of a year's tax, but for the one that was paid.
pub async fn withdraw_of_tax(tx: &mut Tx, tax_bill: &str, at: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "update bill set withdrawn_at = $2
             where tax_bill_id = $1 and withdrawn_at is null and state <> 'paid'"
        ),
        args![tax_bill, at],
    )
    .await?;
    Ok(())
}
