//! A provider that moves no money: for trying out, and for tests.
//!
//! Its callbacks are signed (HMAC-SHA-256 over the body) and go the same way as those of a real one.

use domain::{
    Timestamp,
    payment::{Notice, Report},
    qris::{Amount, Merchant},
};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::provider::{Answer, Callback, Charge, Order, Provider, Reported, Trouble, Untrue};
use crate::chance::hex;

/// Its word in addresses and in the database.
pub const NAME: &str = "simulator";
/// The header with the signature: 64 hexadecimal characters.
pub const SIGNATURE: &str = "x-simulator-signature";

/// The provider.
pub struct Simulator {
    secret: String,
    merchant: Merchant,
}

/// What a callback holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    id: String,
    order: String,
    reference: String,
    report: Report,
    /// As in a payload: whole Rupiah, or with two decimals.
    amount: String,
    currency: String,
    /// Milliseconds.
    at: i64,
}

impl Simulator {
    /// `secret` signs its callbacks; `merchant` stands in its codes.
    pub fn new(secret: String, merchant: Merchant) -> Self {
        Self { secret, merchant }
    }

    fn mac(&self, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes())
            .expect("a key of any length makes a keyed hash");
        mac.update(body);
        mac
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulator").finish_non_exhaustive()
    }
}

impl Provider for Simulator {
    fn name(&self) -> &'static str {
        NAME
    }

    fn is_simulated(&self) -> bool {
        true
    }

    fn create(&self, order: &Order) -> Answer<Charge> {
        let payload = Amount::rupiah(order.amount)
            .ok_or_else(|| Trouble::Refused("no such amount".to_owned()))
            .and_then(|amount| {
                self.merchant
                    .bill(amount, &order.id)
                    .map_err(|error| Trouble::Refused(error.to_string()))
            });
        let expires_at = order.now.plus_seconds(i64::from(order.minutes) * 60);
        let charge = payload.map(|qris| Charge {
            payload: qris.payload(),
            expires_at,
        });
        Box::pin(async move { charge })
    }

    fn verify(&self, callback: &Callback<'_>) -> Result<Reported, Untrue> {
        let given = (callback.header)(SIGNATURE).ok_or(Untrue::Forged)?;
        let given = unhex(&given).ok_or(Untrue::Forged)?;
        // Compares in constant time.
        self.mac(callback.body)
            .verify_slice(&given)
            .map_err(|_| Untrue::Forged)?;
        let body: Body = serde_json::from_slice(callback.body).map_err(|_| Untrue::Malformed)?;
        let amount = Amount::parse(&body.amount).ok_or(Untrue::Malformed)?;
        Ok(Reported {
            id: body.id,
            notice: Notice {
                order: body.order,
                reference: body.reference,
                report: body.report,
                amount: amount.hundredths(),
                currency: body.currency,
                at: Timestamp(body.at),
            },
        })
    }

    /// It remembers nothing: what it had to say came by its callbacks.
    fn status(&self, _: &str) -> Answer<Option<Reported>> {
        Box::pin(async { Err(Trouble::Away("the simulator remembers nothing".to_owned())) })
    }

    fn pretend(&self, reported: &Reported) -> Option<(Vec<(&'static str, String)>, Vec<u8>)> {
        let notice = &reported.notice;
        let (whole, part) = (notice.amount / 100, notice.amount % 100);
        let body = Body {
            id: reported.id.clone(),
            order: notice.order.clone(),
            reference: notice.reference.clone(),
            report: notice.report,
            amount: format!("{whole}.{part:02}"),
            currency: notice.currency.clone(),
            at: notice.at.0,
        };
        let body = serde_json::to_vec(&body).ok()?;
        let signature = hex(&self.mac(&body).finalize().into_bytes());
        Some((vec![(SIGNATURE, signature)], body))
    }
}

/// Reads hexadecimal characters.
fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) || text.len() > 128 {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}
