//! Asking the provider for a code: off the way of whoever hands in, again and again while it is away.

use domain::{Day, reference::Reference};
use storage::Tx;

use super::{
    Bill, Phase, Setup,
    issue::attempt,
    provider::{Charge, Order, Trouble},
    tell,
};
use crate::{Error, Result, Service, limit};

/// Seconds until a provider that was away is asked again: doubled each time, at most [`LONGEST`].
const AGAIN: i64 = 30;
/// The longest pause, in seconds.
const LONGEST: i64 = 3_600;
/// Seconds for which an order is ours while the provider answers.
const LEASE: i64 = 60;
/// Orders that are asked for in one go.
const AT_ONCE: u32 = 50;
/// Seconds after which the provider is first asked how far an order is.
const FIRST_LOOK: i64 = 300;

/// Asks for the code of the newest attempt of a bill, when it is due. Trouble is written to the log: the bill is there, and
/// the job asks again.
pub async fn charge(service: &Service, bill: &str) {
    if let Err(error) = try_charge(service, bill).await {
        tracing::warn!(?error, "a payment code was not asked for");
    }
}

/// Asks for all codes that are due; how many came.
pub(super) async fn charge_waiting(service: &Service) -> Result<usize> {
    let mut tx = service.read().await?;
    let due = storage::payment::waiting(&mut tx, service.now(), AT_ONCE).await?;
    drop(tx);
    let mut came = 0;
    for waiting in due {
        came += usize::from(try_charge(service, &waiting.bill_id).await?);
    }
    Ok(came)
}

/// The seconds until the provider is asked again after so many tries.
fn pause(tries: i64) -> i64 {
    let doubled = u32::try_from(tries.clamp(1, 20) - 1).unwrap_or(20);
    (AGAIN << doubled).min(LONGEST)
}

/// Whether a code came.
async fn try_charge(service: &Service, bill: &str) -> Result<bool> {
    let Some(setup) = service.payments().cloned() else {
        return Ok(false);
    };
    let mut tx = service.read().await?;
    let row = storage::payment::by_id(&mut tx, bill).await?;
    drop(tx);
    let bill = Bill::read(row.ok_or(Error::NotFound)?)?;
    let Some(attempt) = &bill.attempt else {
        return Ok(false);
    };
    let now = service.now();
    let order = attempt.order.clone();
    if bill.phase(Some(&setup), now) != Phase::Preparing {
        // Paid by another order, withdrawn, or of a provider that is ours no more.
        if attempt.code.is_none() && !attempt.has_ended {
            write(service, move |tx| {
                Box::pin(async move { storage::payment::give_up(tx, &order, now).await })
            })
            .await?;
        }
        return Ok(false);
    }
    let (asked, until) = (order.clone(), now.plus_seconds(LEASE));
    let claimed = write(service, move |tx| {
        Box::pin(async move { storage::payment::claim(tx, &asked, now, until).await })
    })
    .await?;
    let Some(tries) = claimed else {
        return Ok(false);
    };
    let answer = setup
        .provider
        .create(&Order {
            id: order.clone(),
            amount: bill.amount,
            title: bill.title_id.clone(),
            now,
            minutes: setup.code_minutes,
        })
        .await;
    let came = answer.is_ok();
    settle(service, &setup, order, tries, answer).await?;
    if came {
        tell(service, &bill).await;
    }
    Ok(came)
}

/// Writes down what the provider answered.
async fn settle(
    service: &Service,
    setup: &Setup,
    order: String,
    tries: i64,
    answer: Result<Charge, Trouble>,
) -> Result<()> {
    let now = service.now();
    match answer {
        Ok(charge) => {
            // A simulator has nothing to say beyond its callbacks.
            let ask_at = (!setup.provider.is_simulated()).then(|| now.plus_seconds(FIRST_LOOK));
            write(service, move |tx| {
                Box::pin(async move {
                    let (payload, until) = (&charge.payload, charge.expires_at);
                    storage::payment::open(tx, &order, payload, until, ask_at).await
                })
            })
            .await
        }
        Err(Trouble::Away(why)) => {
            tracing::warn!(
                why,
                order,
                "the payment provider is away: it is asked again"
            );
            let next = now.plus_seconds(pause(tries));
            write(service, move |tx| {
                Box::pin(async move { storage::payment::put_off(tx, &order, next).await })
            })
            .await
        }
        Err(Trouble::Refused(why)) => {
            tracing::error!(why, order, "the payment provider refused an order");
            write(service, move |tx| {
                Box::pin(async move { storage::payment::give_up(tx, &order, now).await })
            })
            .await
        }
    }
}

/// A write that only the store can refuse.
pub(super) async fn write<T, F>(service: &Service, work: F) -> Result<T>
where
    T: Send + 'static,
    F: for<'t> FnOnce(
            &'t mut Tx,
        )
            -> std::pin::Pin<Box<dyn Future<Output = storage::Result<T>> + Send + 't>>
        + Send
        + 'static,
{
    Ok(service.db().write(work).await?)
}

/// Asks for another code where the last one is over, and at once for one that is being prepared; nothing where a code is
/// good, or the bill is paid. `today` is the day on the city's wall clock, `address` the client's.
///
/// The bill of a tax whose interest has grown since comes back as the one that took its place. Errors: [`Error::NotFound`],
/// [`Error::TooOften`].
pub async fn renew(service: &Service, code: Reference, today: Day, address: &str) -> Result<Bill> {
    let now = service.now();
    service.limits().take(limit::BILL_NEW, address, now)?;
    let mut tx = service.read().await?;
    let bill = super::show(service, &mut tx, code, address).await?;
    drop(tx);
    let order = bill.attempt.as_ref().map(|attempt| attempt.order.clone());
    let phase = bill.phase(service.payments(), now);
    if let (Phase::Over, Some(tax)) = (&phase, &bill.tax_bill) {
        // Another month of interest may have begun: then there is another bill.
        let current = super::for_tax(service, tax, today, address).await?;
        if current != code {
            let mut tx = service.read().await?;
            return super::show(service, &mut tx, current, address).await;
        }
    }
    match (phase, order) {
        (Phase::Over, _) => {
            let (inner, id, seen) = (service.clone(), bill.id.clone(), bill.attempts);
            service
                .db()
                .write(move |tx| {
                    Box::pin(async move { attempt(tx, &inner, &id, code, seen).await })
                })
                .await?;
        }
        (Phase::Preparing, Some(order)) => {
            // Somebody waits for it now.
            write(service, move |tx| {
                Box::pin(async move { storage::payment::put_off(tx, &order, now).await })
            })
            .await?;
        }
        _ => return Ok(bill),
    }
    charge(service, &bill.id).await;
    let mut tx = service.read().await?;
    super::show(service, &mut tx, code, address).await
}

#[cfg(test)]
mod tests {
    #[test]
    fn pauses_double_up_to_an_hour() {
        let pauses: Vec<i64> = [0, 1, 2, 3, 7, 8, 90].map(super::pause).to_vec();
        assert_eq!(pauses, [30, 30, 60, 120, 1_920, 3_600, 3_600]);
    }
}
