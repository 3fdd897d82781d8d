use domain::{CaseId, Day, Locale, OfficeId, Timestamp, payment::State, reference::Reference};
use storage::Tx;

use super::{Setup, broken};
use crate::{Error, Result, Service, limit};

/// A bill as its pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Its identity.
    pub id: String,
    /// What stands in its address.
    pub code: Reference,
    /// Who is paid.
    pub office: OfficeId,
    /// The office's name.
    pub office_name: String,
    /// How the office is reached.
    pub office_contact: String,
    /// The case of which it is the fee.
    pub case_id: Option<CaseId>,
    /// The reference of that case.
    pub case: Option<Reference>,
    /// The tax that it is for.
    pub tax_bill: Option<String>,
    /// What it is for, in Indonesian.
    pub title_id: String,
    /// What it is for, in English.
    pub title_en: String,
    /// Whole Rupiah.
    pub amount: u64,
    /// The last day for paying.
    pub due: Day,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// How far it is.
    pub state: State,
    /// How it was paid.
    pub paid: Option<Paid>,
    /// Whether it was paid more than once.
    pub is_overpaid: bool,
    /// What was given back, in hundredths of a Rupiah.
    pub refunded: u64,
    /// When it need not be paid any more.
    pub withdrawn_at: Option<Timestamp>,
    /// The newest try to have it paid.
    pub attempt: Option<Attempt>,
    pub(super) attempts: i64,
}

/// How a bill was paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// When, by the provider's clock.
    pub at: Timestamp,
    /// The provider's word.
    pub by: String,
    /// The provider's name of the payment.
    pub reference: String,
}

/// A try to have a bill paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What the provider knows it by.
    pub order: String,
    /// The provider's word.
    pub provider: String,
    /// The code, once the provider gave it, and when it ends.
    pub code: Option<(String, Timestamp)>,
    /// Whether it ended before that.
    pub has_ended: bool,
}

/// What there is to do with a bill now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It is paid.
    Paid(Paid),
    /// It need not be paid any more.
    Withdrawn,
    /// Nobody takes payments here: it is paid at the office.
    AtOffice,
    /// The provider has not given a code yet; it is asked again by itself.
    Preparing,
    /// The code can be scanned until then.
    Scan {
        /// The payload of the code.
        payload: String,
        /// When it ends.
        until: Timestamp,
    },
    /// The code is over; another can be asked for.
    Over,
}

impl Bill {
    pub(super) fn read(row: storage::payment::Bill) -> Result<Self> {
        let reference = |text: &str| Reference::parse(text).map_err(|_| broken("code of a bill"));
        let whole = |n: i64| u64::try_from(n).map_err(|_| broken("amount of a bill"));
        let paid = match (row.paid_at, row.paid_by, row.paid_reference) {
            (Some(at), Some(by), Some(reference)) => Some(Paid {
                at: Timestamp(at),
                by,
                reference,
            }),
            _ => None,
        };
        let attempt = match (row.order_id, row.provider) {
            (Some(order), Some(provider)) => Some(Attempt {
                order,
                provider,
                code: row.payload.zip(row.expires_at.map(Timestamp)),
                has_ended: row.ended_at.is_some(),
            }),
            _ => None,
        };
        Ok(Self {
            code: reference(&row.code)?,
            id: row.id,
            office: OfficeId::new(row.office_id),
            office_name: row.office_name,
            office_contact: row.office_contact,
            case_id: row.case_id.map(CaseId::new),
            case: row.case_reference.as_deref().map(reference).transpose()?,
            tax_bill: row.tax_bill_id,
            title_id: row.title_id,
            title_en: row.title_en,
            amount: whole(row.amount)?,
            due: Day::parse(&row.due).ok_or_else(|| broken("due date of a bill"))?,
            issued_at: Timestamp(row.issued_at),
            state: State::parse(&row.state).ok_or_else(|| broken("state of a bill"))?,
            paid,
            is_overpaid: row.is_overpaid,
            refunded: whole(row.refunded)?,
            withdrawn_at: row.withdrawn_at.map(Timestamp),
            attempt,
            attempts: row.attempts,
        })
    }

    /// What it is for.
    pub fn title(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.title_id,
            Locale::En => &self.title_en,
        }
    }

    /// Its local address.
    pub fn place(&self) -> String {
        super::place(self.code)
    }

    /// What there is to do with it at `now`, where payments are taken through `setup`.
    ///
    /// Paid is paid, whatever else has happened.
    pub fn phase(&self, setup: Option<&Setup>, now: Timestamp) -> Phase {
        if let Some(paid) = &self.paid {
            return Phase::Paid(paid.clone());
        }
        if self.withdrawn_at.is_some() {
            return Phase::Withdrawn;
        }
        let Some(setup) = setup else {
            return Phase::AtOffice;
        };
        let attempt = self
            .attempt
            .as_ref()
            .filter(|attempt| attempt.provider == setup.provider.name());
        match attempt {
            None => Phase::Over,
            Some(attempt) if attempt.has_ended => Phase::Over,
            Some(attempt) => match &attempt.code {
                None => Phase::Preparing,
                Some((_, until)) if *until <= now => Phase::Over,
                Some((payload, until)) => Phase::Scan {
                    payload: payload.clone(),
                    until: *until,
                },
            },
        }
    }
}

/// The bill of a code, for whoever knows the code: it holds nothing personal. `address` is the client's.
///
/// Errors: [`Error::NotFound`], [`Error::TooOften`] for who tries codes out.
pub async fn show(service: &Service, tx: &mut Tx, code: Reference, address: &str) -> Result<Bill> {
    let row = storage::payment::by_code(tx, &code.compact()).await?;
    let Some(row) = row else {
        service.limits().take(limit::BILL, address, service.now())?;
        return Err(Error::NotFound);
    };
    Bill::read(row)
}
