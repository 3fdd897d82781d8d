//! What is done by itself: codes that a provider owes, and the comparison with what it says.

use domain::{Timestamp, payment::Report};

use super::{
    charge::{charge_waiting, write},
    receive::{Source, end, record},
};
use crate::{Result, Service};

/// Orders that are asked about in one go; the next minute goes on.
const AT_ONCE: u32 = 50;
/// Seconds until an order is asked about again: doubled each time, at most [`LONGEST`].
const AGAIN: i64 = 300;
/// The longest pause, in seconds.
const LONGEST: i64 = 6 * 3_600;
/// Days after the end of a code until which a payment may still be reported.
const LATE: i64 = 2;
/// Days for which the bodies of reports are kept.
const KEPT: i64 = 365;

/// Asks for codes that are due, asks how far open orders are, and writes down where provider and city differ. A job.
pub async fn work(service: &Service) -> Result<()> {
    charge_waiting(service).await?;
    compare(service).await?;
    let before = service.now().plus_days(-KEPT);
    write(service, move |tx| {
        Box::pin(async move { storage::payment::empty_bodies(tx, before).await })
    })
    .await?;
    Ok(())
}

async fn compare(service: &Service) -> Result<()> {
    let Some(setup) = service.payments().cloned() else {
        return Ok(());
    };
    let mut tx = service.read().await?;
    let due = storage::payment::to_ask(&mut tx, service.now(), AT_ONCE).await?;
    drop(tx);
    for attempt in due {
        let now = service.now();
        let next = next_look(now, attempt.asked, attempt.expires_at.map(Timestamp));
        let order = attempt.order_id.clone();
        let is_ours = write(service, move |tx| {
            Box::pin(async move { storage::payment::asked(tx, &order, now, next).await })
        })
        .await?;
        if !is_ours || attempt.provider != setup.provider.name() {
            continue;
        }
        let order = attempt.order_id;
        match setup.provider.status(&order).await {
            Ok(Some(reported)) => {
                let report = reported.notice.report;
                let name = setup.provider.name();
                let done = record(service, name, reported, Source::Question, b"").await?;
                if report == Report::Paid && done.is_new && done.is_newly_paid {
                    differ(service, order, "missed_notice").await?;
                } else if attempt.is_paid && !matches!(report, Report::Paid | Report::Refunded) {
                    differ(service, order, "not_paid_there").await?;
                } else if attempt.is_paid {
                    // Both say that it is paid: nothing is left to ask.
                    settled(service, order).await?;
                }
            }
            Ok(None) => {
                differ(service, order.clone(), "unknown_there").await?;
                end(service, order).await?;
            }
            Err(trouble) => {
                tracing::warn!(%trouble, order, "the payment provider did not say how far an order is");
            }
        }
    }
    Ok(())
}

/// When an order is asked about again; never once its code has been over for long enough.
fn next_look(now: Timestamp, asked: i64, expires_at: Option<Timestamp>) -> Option<Timestamp> {
    let doubled = u32::try_from(asked.clamp(0, 12)).unwrap_or(12);
    let next = now.plus_seconds((AGAIN << doubled).min(LONGEST));
    let last = expires_at?.plus_days(LATE);
    (next < last).then_some(next)
}

async fn settled(service: &Service, order: String) -> Result<()> {
    let now = service.now();
    write(service, move |tx| {
        Box::pin(async move {
            storage::payment::asked(tx, &order, Timestamp(i64::MAX), None).await?;
            storage::payment::ended(tx, &order, now).await
        })
    })
    .await
}

/// Writes a difference into the list of the day.
async fn differ(service: &Service, order: String, what: &'static str) -> Result<()> {
    let now = service.now();
    let mut tx = service.read().await?;
    let zone = storage::area::find_city(&mut tx)
        .await?
        .map_or(domain::Zone::UTC, |city| city.zone);
    drop(tx);
    let day = zone.day(now).to_string();
    tracing::warn!(order, what, "the city and the payment provider differ");
    write(service, move |tx| {
        Box::pin(async move { storage::payment::add_difference(tx, &day, &order, what, now).await })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_become_rare_and_end() {
        let now = Timestamp(0);
        let end = Some(now.plus_seconds(3_600));
        assert_eq!(next_look(now, 0, end), Some(now.plus_seconds(300)));
        assert_eq!(next_look(now, 2, end), Some(now.plus_seconds(1_200)));
        assert_eq!(next_look(now, 99, end), Some(now.plus_seconds(21_600)));
        assert_eq!(next_look(now.plus_days(3), 0, end), None);
    }
}
