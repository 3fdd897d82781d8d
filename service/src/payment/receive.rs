//! What a provider reports: signed, kept once, and counted with everything reported before.

use domain::{
    Timestamp,
    payment::{Notice, Report, Standing, State, Verdict},
    reference::Reference,
};
use storage::{
    Tx,
    payment::{NewNotice, Saved},
};

use super::{
    Bill, Phase, broken,
    charge::write,
    provider::{Callback, Provider, Reported, Trouble, Untrue},
    tell,
};
use crate::{Error, Result, Service, case, figures, limit};

/// What became of a callback that was true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It was kept.
    Kept,
    /// It came before.
    Repeated,
}

/// Why a callback was not taken. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such provider here.
    #[error("no such provider")]
    Unknown,
    /// It cannot be read.
    #[error("unreadable")]
    Malformed,
    /// The provider did not sign it, or says that it is not true.
    #[error("not the provider's")]
    Forged,
    /// It cannot be taken now; the provider sends it again.
    #[error("not now")]
    NotNow,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
}

/// How a report came.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Callback,
    Question,
}

impl Source {
    const fn word(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Question => "question",
        }
    }
}

/// What keeping a report did.
pub(super) struct Recorded {
    pub(super) is_new: bool,
    /// Whether the bill is paid since this report.
    pub(super) is_newly_paid: bool,
    pub(super) bill: Option<Bill>,
}

/// Takes a callback of the provider `name`.
///
/// The same again changes nothing and is answered as before. Errors: [`Refused`].
pub async fn receive(
    service: &Service,
    name: &str,
    callback: &Callback<'_>,
) -> Result<Received, Refused> {
    let setup = service.payments().ok_or(Refused::Unknown)?.clone();
    if setup.provider.name() != name {
        return Err(Refused::Unknown);
    }
    let provider = &*setup.provider;
    let verified = provider.verify(callback).map_err(|untrue| match untrue {
        Untrue::Malformed => Refused::Malformed,
        Untrue::Forged => Refused::Forged,
    });
    let reported = match verified {
        Ok(reported) => confirmed(provider, reported).await,
        Err(refused) => Err(refused),
    };
    let reported = reported.inspect_err(|refused| {
        figures::payment_notice("refused");
        tracing::warn!(provider = name, %refused, "a payment callback was not taken");
    })?;
    let recorded = record(service, name, reported, Source::Callback, callback.body).await?;
    figures::payment_notice(if recorded.is_new { "kept" } else { "repeated" });
    Ok(if recorded.is_new {
        Received::Kept
    } else {
        Received::Repeated
    })
}

/// What the provider itself says, where its signature covers too little.
async fn confirmed(provider: &dyn Provider, reported: Reported) -> Result<Reported, Refused> {
    if !provider.must_be_asked() {
        return Ok(reported);
    }
    // It stands in an address; ours are nothing but letters, digits and dashes.
    let order = &reported.notice.order;
    if order.len() > 40
        || !order
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Err(Refused::Malformed);
    }
    match provider.status(order).await {
        Ok(Some(true_one)) => Ok(true_one),
        Ok(None) => Err(Refused::Forged),
        Err(Trouble::Away(why) | Trouble::Refused(why)) => {
            tracing::warn!(why, "a payment callback could not be confirmed");
            Err(Refused::NotNow)
        }
    }
}

/// Keeps a report and counts where it leaves its bill; tells the pages that show it.
pub(super) async fn record(
    service: &Service,
    provider: &str,
    reported: Reported,
    source: Source,
    body: &[u8],
) -> Result<Recorded> {
    let (inner, provider, body) = (service.clone(), provider.to_owned(), body.to_vec());
    let recorded = service
        .db()
        .write(move |tx| {
            Box::pin(
                async move { record_in(tx, &inner, &provider, &reported, source, &body).await },
            )
        })
        .await?;
    if let Some(bill) = recorded.bill.as_ref().filter(|_| recorded.is_new) {
        tell(service, bill).await;
    }
    Ok(recorded)
}

async fn record_in(
    tx: &mut Tx,
    service: &Service,
    provider: &str,
    reported: &Reported,
    source: Source,
    body: &[u8],
) -> Result<Recorded> {
    let notice = &reported.notice;
    let found = storage::payment::order_of(tx, provider, &notice.order).await?;
    let verdict = match &found {
        Some((_, rupiah)) => notice.verdict(whole(*rupiah)?),
        None => Verdict::UnknownOrder,
    };
    if let Some((bill, _)) = &found {
        storage::payment::held(tx, bill).await?;
    }
    let id: String = service.id();
    let sealed = service.keys().seal(&format!("payment:notice:{id}"), body);
    let new = NewNotice {
        id: &id,
        provider,
        notice_id: &reported.id,
        bill: found.as_ref().map(|(bill, _)| bill.as_str()),
        order: &notice.order,
        reference: &notice.reference,
        report: notice.report.word(),
        amount: i64::try_from(notice.amount).map_err(|_| broken("amount of a notice"))?,
        currency: &notice.currency,
        at: notice.at,
        verdict: verdict.word(),
        source: source.word(),
        body: &sealed,
        received_at: service.now(),
    };
    let is_new = storage::payment::insert_notice(tx, &new).await?;
    let mut recorded = Recorded {
        is_new,
        is_newly_paid: false,
        bill: None,
    };
    let Some((bill, _)) = found else {
        return Ok(recorded);
    };
    let row = storage::payment::by_id(tx, &bill).await?;
    let before = Bill::read(row.ok_or(Error::NotFound)?)?;
    if is_new {
        recorded.is_newly_paid = count(tx, service, &before, notice, verdict).await?;
    }
    recorded.bill = Some(before);
    Ok(recorded)
}

/// Counts everything reported about a bill, and writes down where that leaves it; whether it is paid since.
async fn count(
    tx: &mut Tx,
    service: &Service,
    bill: &Bill,
    newest: &Notice,
    verdict: Verdict,
) -> Result<bool> {
    let rows = storage::payment::notices_of(tx, &bill.id).await?;
    let mut notices = Vec::with_capacity(rows.len());
    let mut providers = Vec::with_capacity(rows.len());
    for row in rows {
        notices.push(Notice {
            order: row.order_id,
            reference: row.reference.clone(),
            report: Report::parse(&row.report).ok_or_else(|| broken("report of a notice"))?,
            amount: whole(row.amount)?,
            currency: row.currency,
            at: Timestamp(row.at),
        });
        providers.push((row.reference, row.provider));
    }
    let standing = Standing::of(bill.amount, &notices);
    let paid = standing.paid();
    let by = paid.as_ref().and_then(|paid| {
        let of = providers.iter().find(|(name, _)| *name == paid.reference);
        of.map(|(_, provider)| provider.as_str())
    });
    let saved = Saved {
        state: standing.state().word(),
        paid_at: paid.as_ref().map(|paid| paid.at),
        paid_by: by,
        paid_reference: paid.as_ref().map(|paid| paid.reference.as_str()),
        is_overpaid: standing.is_overpaid(),
        refunded: i64::try_from(standing.refunded()).map_err(|_| broken("sum given back"))?,
    };
    storage::payment::save(tx, &bill.id, &saved).await?;
    let ends = matches!(
        newest.report,
        Report::Paid | Report::Expired | Report::Cancelled
    );
    if verdict == Verdict::Counted && ends {
        storage::payment::ended(tx, &newest.order, service.now()).await?;
    }
    let is_newly_paid = bill.state != State::Paid && standing.state() == State::Paid;
    if let Some(paid) = paid.filter(|_| is_newly_paid) {
        if let Some(case) = bill.case {
            let key = format!("bill:{}:paid", bill.id);
            let detail = bill.amount.to_string();
            case::note_payment(tx, service, case, &detail, &key).await?;
        }
        if let Some(tax) = &bill.tax_bill {
            storage::payment::mark_paid(tx, tax, paid.at).await?;
            storage::payment::withdraw_of_tax(tx, tax, service.now()).await?;
        }
    }
    Ok(is_newly_paid)
}

fn whole(n: i64) -> Result<u64> {
    u64::try_from(n).map_err(|_| broken("amount"))
}

/// What a simulated payer does.
///
/// Goes the way of a real callback: signed by the simulator, and read again from its bytes. `address` is the client's.
/// Errors: [`Error::NotFound`] where payments are not simulated or the bill is not there, [`Error::TooOften`],
/// [`crate::Conflict::Gone`] where there is no code that could be paid.
pub async fn simulate(
    service: &Service,
    code: Reference,
    report: Report,
    address: &str,
) -> Result<()> {
    let now = service.now();
    service.limits().take(limit::BILL_NEW, address, now)?;
    let setup = service.payments().ok_or(Error::NotFound)?.clone();
    if !setup.provider.is_simulated() {
        return Err(Error::NotFound);
    }
    let mut tx = service.read().await?;
    let bill = super::show(service, &mut tx, code, address).await?;
    drop(tx);
    let phase = bill.phase(Some(&setup), now);
    let order = bill.attempt.as_ref().map(|attempt| attempt.order.clone());
    let (Phase::Scan { .. }, Some(order)) = (phase, order) else {
        return Err(Error::Conflict(crate::Conflict::Gone));
    };
    let reported = Reported {
        id: format!("{order}:{}", report.word()),
        notice: Notice {
            reference: format!("SIM-{order}"),
            order,
            report,
            amount: bill.amount.saturating_mul(100),
            currency: domain::payment::CURRENCY.to_owned(),
            at: now,
        },
    };
    let (headers, body) = setup.provider.pretend(&reported).ok_or(Error::NotFound)?;
    let header = |name: &str| {
        let found = headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    };
    let callback = Callback {
        header: &header,
        body: &body,
    };
    match receive(service, setup.provider.name(), &callback).await {
        Ok(_) => Ok(()),
        Err(Refused::Store(error)) => Err(error),
        Err(_) => Err(Error::NotFound),
    }
}

/// Asks the provider how far the newest order of a bill is, because somebody wants to know now; the bill after that.
/// `address` is the client's.
///
/// A provider that is away changes nothing. Errors: [`Error::NotFound`], [`Error::TooOften`].
pub async fn check_again(service: &Service, code: Reference, address: &str) -> Result<Bill> {
    service
        .limits()
        .take(limit::BILL_NEW, address, service.now())?;
    let mut tx = service.read().await?;
    let bill = super::show(service, &mut tx, code, address).await?;
    drop(tx);
    let Some(setup) = service.payments().cloned() else {
        return Ok(bill);
    };
    let attempt = bill.attempt.as_ref().filter(|attempt| {
        let ours = attempt.provider == setup.provider.name() && attempt.code.is_some();
        ours && bill.paid.is_none() && !setup.provider.is_simulated()
    });
    let Some(attempt) = attempt else {
        return Ok(bill);
    };
    match setup.provider.status(&attempt.order).await {
        Ok(Some(reported)) => {
            record(
                service,
                setup.provider.name(),
                reported,
                Source::Question,
                b"",
            )
            .await?;
        }
        Ok(None) => {}
        Err(trouble) => {
            tracing::warn!(%trouble, "the payment provider did not say how far an order is");
        }
    }
    let mut tx = service.read().await?;
    super::show(service, &mut tx, code, address).await
}

/// Ends an order of which the provider knows nothing.
pub(super) async fn end(service: &Service, order: String) -> Result<()> {
    let now = service.now();
    write(service, move |tx| {
        Box::pin(async move { storage::payment::ended(tx, &order, now).await })
    })
    .await
}
