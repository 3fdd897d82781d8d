use domain::{
    Actor, Day as Date, Locale, OfficeId, Refusal, Timestamp, Zone, payment::State,
    result::csv::Csv,
};
use storage::Tx;

use storage::payment::{DayBill, DayNotice, Difference};

use crate::{Error, Result};

/// Most lines of a list.
const MOST: u32 = 5_000;

/// The payments of a day, as the office compares them with its account at the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which day, on the city's wall clock.
    pub date: Date,
    /// The office whose list it is; all of them without one.
    pub office: Option<OfficeId>,
    /// The offices of which the actor may see the list; empty for all.
    pub offices: Vec<OfficeId>,
    /// Bills that were issued or paid on that day.
    pub bills: Vec<DayBill>,
    /// Bills issued on that day, and their sum in whole Rupiah.
    pub issued: (u64, u64),
    /// Bills paid on that day, and their sum.
    pub paid: (u64, u64),
    /// Of the bills of the list, those that are to be paid still, and their sum.
    pub open: (u64, u64),
    /// Reports that count for nothing: another amount, another currency, no order of ours.
    pub odd: Vec<DayNotice>,
    /// What the comparison with the provider found.
    pub differences: Vec<Difference>,
}

/// The list of a day, of `office` or, for administrators, of all offices.
///
/// Errors: [`Error::Forbidden`] for who belongs to no office, [`Error::NotFound`] for another office's.
pub async fn day(
    tx: &mut Tx,
    actor: &Actor,
    zone: &Zone,
    date: Date,
    office: Option<&OfficeId>,
) -> Result<Day> {
    actor.may_enter_office()?;
    let is_administrator = actor.may_administer().is_ok();
    let offices = match actor.member() {
        Some(member) if !is_administrator => member.offices.clone(),
        _ => Vec::new(),
    };
    let office = match office {
        Some(office) => {
            actor.may_handle(office).map_err(|_| Error::NotFound)?;
            Some(office.clone())
        }
        None if is_administrator => None,
        None => Some(offices.first().cloned().ok_or(Refusal::Forbidden)?),
    };
    let from = date.midnight(zone);
    let until = date.plus(1).unwrap_or(date).midnight(zone);
    let word = office.as_ref().map_or("", OfficeId::as_str);
    let bills = storage::payment::bills_of(tx, word, from, until, MOST).await?;
    let odd = storage::payment::odd_notices(tx, word, from, until, MOST).await?;
    let differences = storage::payment::differences(tx, word, &date.to_string()).await?;
    let within = |at: i64| (from.0..until.0).contains(&at);
    let is_paid = |bill: &DayBill| bill.state == State::Paid.word();
    Ok(Day {
        date,
        office,
        offices,
        issued: sum(&bills, |bill| within(bill.issued_at)),
        paid: sum(&bills, |bill| bill.paid_at.is_some_and(within)),
        open: sum(&bills, |bill| !is_paid(bill) && bill.withdrawn_at.is_none()),
        bills,
        odd,
        differences,
    })
}

fn sum(bills: &[DayBill], such: impl Fn(&DayBill) -> bool) -> (u64, u64) {
    bills
        .iter()
        .filter(|bill| such(bill))
        .fold((0, 0), |(count, sum), bill| {
            (count + 1, sum + u64::try_from(bill.amount).unwrap_or(0))
        })
}

/// The list as a table for spreadsheets: a line a bill, then a line a report that counts for nothing.
pub fn csv(day: &Day, zone: &Zone) -> String {
    let mut csv = Csv::new(&[
        "line",
        "code",
        "office",
        "title",
        "case",
        "amount",
        "issued_at",
        "state",
        "paid_at",
        "provider",
        "reference",
        "overpaid",
        "refunded",
    ]);
    let moment = |at: Option<i64>| at.map_or(String::new(), |at| zone.input(Timestamp(at)));
    for bill in &day.bills {
        let state = if bill.withdrawn_at.is_some() && bill.paid_at.is_none() {
            "withdrawn"
        } else {
            &bill.state
        };
        csv.row([
            "bill",
            &bill.code,
            &bill.office_short,
            &bill.title_id,
            bill.case_reference.as_deref().unwrap_or_default(),
            &bill.amount.to_string(),
            &moment(Some(bill.issued_at)),
            state,
            &moment(bill.paid_at),
            bill.paid_by.as_deref().unwrap_or_default(),
            bill.paid_reference.as_deref().unwrap_or_default(),
            if bill.is_overpaid { "yes" } else { "" },
            &hundredths(bill.refunded),
        ]);
    }
    for notice in &day.odd {
        csv.row([
            "notice",
            &notice.order_id,
            "",
            &notice.verdict,
            "",
            &format!("{} {}", hundredths(notice.amount), notice.currency),
            &moment(Some(notice.received_at)),
            &notice.report,
            "",
            &notice.provider,
            &notice.reference,
            "",
            "",
        ]);
    }
    for difference in &day.differences {
        csv.row([
            "difference",
            &difference.order_id,
            "",
            &difference.what,
            "",
            "",
            &moment(Some(difference.at)),
            "",
            "",
            "",
            "",
            "",
            "",
        ]);
    }
    csv.finish()
}

/// Hundredths as people write them in a table; nothing for none.
fn hundredths(n: i64) -> String {
    match (n / 100, n % 100) {
        (0, 0) => String::new(),
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

impl Day {
    /// The name of the file with the table.
    pub fn file_name(&self) -> String {
        let office = self.office.as_ref().map_or("semua", OfficeId::as_str);
        format!("pembayaran-{office}-{}.csv", self.date)
    }
}

/// What a bill in a list is for.
pub fn title(bill: &DayBill, locale: Locale) -> &str {
    match locale {
        Locale::Id => &bill.title_id,
        Locale::En => &bill.title_en,
    }
}
