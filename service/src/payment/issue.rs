use domain::{
    Day, OfficeId,
    form::Answers,
    payment::{NewBill, Subject},
    reference::Reference,
};
use storage::{
    Tx,
    payment::{New, NewAttempt},
};

use super::{broken, tax};
use crate::{Conflict, Error, Result, Service, case::Opened, form::Form, limit};

/// How often another code is drawn; the second time happens once in the life of a universe.
const TRIES: u32 = 8;
/// Days until a fee is due where nobody takes payments yet.
const DUE_DAYS: i64 = 14;

/// Issues the bill of a case that was opened in this transaction, where its service has a fee. The bill's identity.
///
/// `today` is the day on the city's wall clock. The same case again has the same bill.
pub async fn for_case(
    tx: &mut Tx,
    service: &Service,
    form: &Form,
    answers: &Answers,
    opened: &Opened,
    today: Day,
) -> Result<Option<String>> {
    let amount = form.service.fee.amount(answers);
    if amount == 0 || !opened.is_new {
        return Ok(None);
    }
    let days = service.payments().map_or(DUE_DAYS, |setup| setup.due_days);
    let new = NewBill {
        subject: Subject::Case(opened.id.clone()),
        office: form.office.clone(),
        title_id: form.definition.title.id.clone(),
        title_en: form.definition.title.en.clone(),
        amount,
        due: today.plus(days).unwrap_or(today),
    };
    let (id, _) = issue(tx, service, &new).await?;
    Ok(Some(id))
}

/// Issues the bill of a year's tax, or finds the one that is there; its code. `today` is the day on the city's wall clock,
/// `address` the client's.
///
/// A bill whose amount has changed since, because another month of interest began, is withdrawn and issued anew.
/// Errors: [`Error::NotFound`], [`Error::TooOften`], [`Conflict::Decided`] when the tax is paid.
pub async fn for_tax(
    service: &Service,
    tax_bill: &str,
    today: Day,
    address: &str,
) -> Result<Reference> {
    service
        .limits()
        .take(limit::BILL_NEW, address, service.now())?;
    let (inner, tax_bill) = (service.clone(), tax_bill.to_owned());
    let (id, code) = service
        .db()
        .write(move |tx| Box::pin(async move { for_tax_in(tx, &inner, &tax_bill, today).await }))
        .await?;
    if let Some(id) = id {
        super::charge(service, &id).await;
    }
    Ok(code)
}

async fn for_tax_in(
    tx: &mut Tx,
    service: &Service,
    tax_bill: &str,
    today: Day,
) -> Result<(Option<String>, Reference)> {
    let row = storage::payment::get_tax_bill(tx, tax_bill).await?;
    let row = row.ok_or(Error::NotFound)?;
    let table = tax::table(tx).await?.ok_or(Error::NotFound)?;
    let found = tax::TaxBill::read(service, &table, row, today)?;
    if found.paid_at.is_some() {
        return Err(Error::Conflict(Conflict::Decided));
    }
    let amount = found.total();
    if let Some((code, before, _)) = storage::payment::of_tax(tx, tax_bill).await? {
        if u64::try_from(before) == Ok(amount) {
            let code = Reference::parse(&code).map_err(|_| broken("code of a bill"))?;
            return Ok((None, code));
        }
        storage::payment::withdraw_of_tax(tx, tax_bill, service.now()).await?;
    }
    let new = NewBill {
        subject: Subject::Tax(tax_bill.to_owned()),
        office: OfficeId::new(table.office),
        title_id: format!("{} {}", tax::NAME, found.year),
        title_en: format!("{} {}", tax::NAME, found.year),
        amount,
        due: found.due.max(today),
    };
    let (id, code) = issue(tx, service, &new).await?;
    Ok((Some(id), code))
}

/// Issues a bill with its first attempt; the identity and the code.
async fn issue(tx: &mut Tx, service: &Service, new: &NewBill) -> Result<(String, Reference)> {
    let id: String = service.id();
    let amount = i64::try_from(new.amount).map_err(|_| broken("amount of a bill"))?;
    let (case, tax_bill) = match &new.subject {
        Subject::Case(case) => (Some(case), None),
        Subject::Tax(tax) => (None, Some(tax.as_str())),
    };
    for _ in 0..TRIES {
        let code = Reference::new(service.chance().bytes());
        let row = New {
            id: &id,
            code: &code.compact(),
            office: &new.office,
            case,
            tax_bill,
            title_id: &new.title_id,
            title_en: &new.title_en,
            amount,
            due: &new.due.to_string(),
            at: service.now(),
        };
        if storage::payment::insert(tx, &row).await? {
            attempt(tx, service, &id, code, 0).await?;
            return Ok((id, code));
        }
    }
    Err(Error::Conflict(Conflict::Taken))
}

/// Begins another attempt to have a bill paid, after `seen` attempts; nothing where nobody takes payments, or when somebody
/// else was faster.
pub(super) async fn attempt(
    tx: &mut Tx,
    service: &Service,
    bill: &str,
    code: Reference,
    seen: i64,
) -> Result<()> {
    let Some(setup) = service.payments() else {
        return Ok(());
    };
    if !storage::payment::add_attempt(tx, bill, seen).await? {
        return Ok(());
    }
    let order = format!("{}-{}", code.compact(), seen + 1);
    let new = NewAttempt {
        order: &order,
        bill,
        number: seen + 1,
        provider: setup.provider.name(),
        at: service.now(),
    };
    Ok(storage::payment::insert_attempt(tx, &new).await?)
}
