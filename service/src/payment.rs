//! Payment: a bill where a service has a fee or a year's tax is due, paid through a provider.
//!
//! A bill is issued in the transaction that opens its case; the provider is asked for a QR code afterwards, again and again
//! while it is away, so that nobody is kept from handing in. What a provider reports is kept as it came, once, and where the
//! bill stands is counted from all of it (`domain::payment::Standing`): forged reports store nothing, repeated ones change
//! nothing, and their order does not matter.

mod case;
mod charge;
mod desk;
mod issue;
mod job;
pub mod midtrans;
pub mod provider;
mod receive;
mod setup;
mod show;
pub mod simulator;
mod tax;
#[cfg(test)]
mod tests;

pub use case::of_case;
pub use charge::{charge, renew};
pub use desk::{Day, csv, day, title};
pub use issue::{for_case, for_tax};
pub use job::work;
pub use provider::{Callback, Charge, Order, Provider, Trouble};
pub use receive::{Received, Refused, check_again, receive, simulate};
pub use setup::{Setup, Unusable};
pub use show::{Attempt, Bill, Paid, Phase, show};
pub use tax::{
    Asked, Flaw, Imported, TaxBill, Unfit, WORD as TAX, import_bills, import_table, look_up,
};

use domain::reference::Reference;

use crate::{Error, Event, News, Service};

/// The local address of the page of a bill.
pub fn place(code: Reference) -> String {
    format!("/bayar/{}", code.compact())
}

/// Tells the pages that show a bill that it has changed.
async fn tell(service: &Service, bill: &Bill) {
    let news = News::Bill(bill.code);
    service
        .publish(Event {
            consultation: None,
            news,
        })
        .await;
    if let Some(case) = &bill.case_id {
        service
            .publish(Event {
                consultation: None,
                news: News::Case(case.clone()),
            })
            .await;
    }
}

/// Something in the database that this program did not write.
fn broken(what: &'static str) -> Error {
    tracing::error!(what, "the database holds something unreadable");
    Error::Unavailable(storage::Error::Unfit(format!("unreadable: {what}")))
}
