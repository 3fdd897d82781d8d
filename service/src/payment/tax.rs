//! Land tax (PBB-P2): the bills of a property by its number, with how each came about.

mod import;

use domain::{
    Day, Timestamp,
    identity::{Fault, Nop},
    payment::masked_name,
    reference::Reference,
    tax::{Assessment, Property, Rates, Table},
};
use serde::{Deserialize, Serialize};
use storage::Tx;

use super::broken;
use crate::{Error, Result, Service, limit};

pub use import::{Flaw, Imported, Unfit, import_bills, import_table};

/// The tax's word in the database, and the word of the form beside which it is paid.
pub const WORD: &str = "pbb";
/// How the tax is called in both languages.
pub(super) const NAME: &str = "PBB-P2";

/// What is sealed of a tax bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Person {
    nop: Nop,
    owner: String,
    place: String,
}

/// A year's tax on a property as its page shows it to whoever knows the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxBill {
    /// Its identity.
    pub id: String,
    /// The property's number.
    pub nop: Nop,
    /// The tax year.
    pub year: i32,
    /// The owner's name, all but its first letters hidden.
    pub owner: String,
    /// Where the property lies.
    pub place: String,
    /// What is taxed.
    pub property: Property,
    /// How the tax came about.
    pub assessment: Assessment,
    /// The rates of the year.
    pub rates: Rates,
    /// The last day without interest.
    pub due: Day,
    /// Begun months of lateness that interest is counted for.
    pub months_late: u16,
    /// Interest, in whole Rupiah: when it is paid today, or as it was paid.
    pub interest: u64,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// The code of the bill that was issued for it.
    pub code: Option<Reference>,
}

/// What the look-up of a number gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The number cannot be one of this city.
    Wrong(Fault),
    /// The bills, the newest year first; none for a number that is not in the list.
    Bills(Vec<TaxBill>),
}

impl TaxBill {
    pub(super) fn read(
        service: &Service,
        table: &Table,
        row: storage::payment::TaxBill,
        today: Day,
    ) -> Result<Self> {
        let year = i32::try_from(row.year).map_err(|_| broken("year of a tax"))?;
        let rates = table.year(year).ok_or_else(|| broken("rates of a tax"))?;
        let plain = service
            .keys()
            .open(&context(&row.nop_masked, year), &row.person)?;
        let person: Person =
            serde_json::from_slice(&plain).map_err(|_| broken("owner of a property"))?;
        let due = Day::parse(&row.due).ok_or_else(|| broken("due date of a tax"))?;
        let tax = u64::try_from(row.tax).map_err(|_| broken("a tax"))?;
        let (months_late, interest) = if row.paid_at.is_some() {
            // What was paid beside the tax, where it was paid here.
            let paid = row.amount.and_then(|paid| u64::try_from(paid).ok());
            (0, paid.map_or(0, |paid| paid.saturating_sub(tax)))
        } else {
            let interest = rates.interest(tax, due, today);
            (
                rates.months_late(due, today),
                interest.map_err(|_| broken("interest of a tax"))?,
            )
        };
        Ok(Self {
            id: row.id,
            nop: person.nop,
            year,
            owner: masked_name(&person.owner),
            place: person.place,
            property: serde_json::from_str(&row.object).map_err(|_| broken("a property"))?,
            assessment: serde_json::from_str(&row.assessment)
                .map_err(|_| broken("assessment of a tax"))?,
            rates: rates.clone(),
            due,
            months_late,
            interest,
            paid_at: row.paid_at.map(Timestamp),
            code: row
                .code
                .map(|code| Reference::parse(&code).map_err(|_| broken("code of a bill")))
                .transpose()?,
        })
    }

    /// What is to be paid today, or was paid: tax and interest, in whole Rupiah.
    pub const fn total(&self) -> u64 {
        self.assessment.tax.saturating_add(self.interest)
    }
}

/// Under which context the owner of a property is sealed.
fn context(nop_masked: &str, year: i32) -> String {
    format!("tax:{nop_masked}:{year}")
}

/// The keyed hash by which a property is found.
fn mark(service: &Service, nop: Nop) -> String {
    service.keys().mark("nop", &nop.digits())
}

/// The city's table of the tax.
pub(super) async fn table(tx: &mut Tx) -> Result<Option<Table>> {
    let text = storage::payment::table(tx, WORD).await?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| broken("table of a tax")))
        .transpose()
}

/// The bills of a property by its number as typed. `today` is the day on the city's wall clock, `address` the client's.
///
/// Every look counts against the limit, found or not: numbers follow one another, and nobody is to walk through them.
/// Errors: [`Error::TooOften`].
pub async fn look_up(
    service: &Service,
    tx: &mut Tx,
    raw: &str,
    today: Day,
    address: &str,
) -> Result<Asked> {
    let nop = match Nop::parse(raw) {
        Ok(nop) => nop,
        Err(fault) => return Ok(Asked::Wrong(fault)),
    };
    service.limits().take(limit::TAX, address, service.now())?;
    let Some(table) = table(tx).await? else {
        return Ok(Asked::Bills(Vec::new()));
    };
    if let Err(fault) = nop.district_in(&table.area) {
        return Ok(Asked::Wrong(fault));
    }
    let rows = storage::payment::tax_bills(tx, &mark(service, nop)).await?;
    let bills = rows
        .into_iter()
        .map(|row| TaxBill::read(service, &table, row, today));
    bills.collect::<Result<Vec<_>, Error>>().map(Asked::Bills)
}
