//! QRIS through Midtrans, by its Core API.
//!
//! `POST /v2/charge` makes a code, `GET /v2/{order}/status` says how far it is, and a notification comes by HTTP with
//! `signature_key`, the SHA-512 of order, status code, amount and our server key. That signature does not cover the status
//! itself, so whoever saw one notification could change a cancellation into a payment: as the provider's documentation
//! advises, it is asked before anything is believed. Its clock is that of Jakarta (GMT+7).

use std::{sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use domain::{
    Timestamp, Zone,
    payment::{CURRENCY, Notice, Report},
    qris::{Amount, Qris},
};
use serde::Deserialize;
use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;

use super::provider::{Answer, Callback, Charge, Order, Provider, Reported, Trouble, Untrue};
use crate::chance::hex;

/// Its word in addresses and in the database.
pub const NAME: &str = "midtrans";
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer that is read, in bytes.
const LARGEST: u64 = 256 * 1024;

/// What the adapter needs to know.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The address of the service without a slash at its end: the sandbox or the real one.
    pub base: String,
    /// The server key, which signs and is our password.
    pub server_key: String,
    /// Through whom the code is made: `gopay` or `airpay shopee`.
    #[serde(default = "gopay")]
    pub acquirer: String,
}

fn gopay() -> String {
    "gopay".to_owned()
}

/// The provider.
pub struct Midtrans {
    settings: Arc<Settings>,
    agent: ureq::Agent,
}

/// What an answer or a notification holds, as far as we read it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Body {
    status_code: String,
    status_message: String,
    transaction_id: String,
    order_id: String,
    gross_amount: String,
    currency: Option<String>,
    transaction_status: String,
    fraud_status: Option<String>,
    transaction_time: Option<String>,
    settlement_time: Option<String>,
    expiry_time: Option<String>,
    refund_amount: Option<String>,
    qr_string: Option<String>,
    signature_key: Option<String>,
}

impl Midtrans {
    /// A client of the service at `settings.base`. Nothing is sent yet.
    pub fn new(settings: Settings) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .build();
        Self {
            settings: Arc::new(settings),
            agent: config.into(),
        }
    }

    /// Sends a request off the threads that answer people.
    fn send(&self, place: String, body: Option<String>) -> Answer<Body> {
        let (agent, settings) = (self.agent.clone(), self.settings.clone());
        Box::pin(async move {
            tokio::task::spawn_blocking(move || exchange(&agent, &settings, &place, body))
                .await
                .unwrap_or_else(|_| Err(Trouble::Away("the request broke off".to_owned())))
        })
    }
}

impl std::fmt::Debug for Midtrans {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Midtrans")
            .field("base", &self.settings.base)
            .finish_non_exhaustive()
    }
}

fn exchange(
    agent: &ureq::Agent,
    settings: &Settings,
    place: &str,
    body: Option<String>,
) -> Result<Body, Trouble> {
    let address = format!("{}{place}", settings.base);
    let password = format!(
        "Basic {}",
        BASE64.encode(format!("{}:", settings.server_key))
    );
    // The cause of a transport error names the host and nothing secret.
    let away = |error: ureq::Error| Trouble::Away(error.to_string());
    let answer = match body {
        Some(body) => agent
            .post(&address)
            .header("authorization", &password)
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .send(body)
            .map_err(away)?,
        None => agent
            .get(&address)
            .header("authorization", &password)
            .header("accept", "application/json")
            .call()
            .map_err(away)?,
    };
    let status = answer.status().as_u16();
    let text = answer
        .into_body()
        .with_config()
        .limit(LARGEST)
        .read_to_string()
        .map_err(away)?;
    if status >= 500 || status == 429 {
        return Err(Trouble::Away(format!("status {status}")));
    }
    let body: Body = serde_json::from_str(&text)
        .map_err(|_| Trouble::Away(format!("status {status} without a readable answer")))?;
    // The status that counts stands in the answer.
    match body.status_code.as_str() {
        code if code.starts_with('5') || code == "429" => {
            Err(Trouble::Away(body.status_message.clone()))
        }
        _ => Ok(body),
    }
}

impl Provider for Midtrans {
    fn name(&self) -> &'static str {
        NAME
    }

    fn must_be_asked(&self) -> bool {
        true
    }

    fn create(&self, order: &Order) -> Answer<Charge> {
        let request = serde_json::json!({
            "payment_type": "qris",
            "transaction_details": { "order_id": order.id, "gross_amount": order.amount },
            "qris": { "acquirer": self.settings.acquirer },
            "custom_expiry": { "expiry_duration": order.minutes, "unit": "minute" },
        });
        let sent = self.send("/v2/charge".to_owned(), Some(request.to_string()));
        let order = order.clone();
        Box::pin(async move { charged(&order, sent.await?) })
    }

    fn verify(&self, callback: &Callback<'_>) -> Result<Reported, Untrue> {
        let body: Body = serde_json::from_slice(callback.body).map_err(|_| Untrue::Malformed)?;
        let given = body.signature_key.clone().ok_or(Untrue::Forged)?;
        let expected = signature(
            &body.order_id,
            &body.status_code,
            &body.gross_amount,
            &self.settings.server_key,
        );
        if !bool::from(
            expected
                .as_bytes()
                .ct_eq(given.to_ascii_lowercase().as_bytes()),
        ) {
            return Err(Untrue::Forged);
        }
        reported(&body).ok_or(Untrue::Malformed)
    }

    fn status(&self, order: &str) -> Answer<Option<Reported>> {
        // Our orders are letters, digits and dashes.
        let sent = self.send(format!("/v2/{order}/status"), None);
        let order = order.to_owned();
        Box::pin(async move {
            let body = sent.await?;
            if body.status_code == "404" {
                return Ok(None);
            }
            let found = reported(&body).filter(|found| found.notice.order == order);
            found.map(Some).ok_or_else(|| {
                Trouble::Refused(format!("{} {}", body.status_code, body.status_message))
            })
        })
    }
}

fn charged(order: &Order, body: Body) -> Result<Charge, Trouble> {
    let refused = |why: &str| Trouble::Refused(format!("{} {why}", body.status_code));
    if body.status_code != "201" {
        return Err(refused(&body.status_message));
    }
    let payload = body.qr_string.clone().ok_or_else(|| refused("no code"))?;
    // What the payer's phone will show is not left to trust.
    let qris = Qris::parse(&payload).map_err(|_| refused("a code that cannot be read"))?;
    let is_broken = qris
        .check()
        .iter()
        .any(|issue| issue.tag == "63" && issue.rule.is_error());
    if is_broken {
        return Err(refused("a code whose checksum is wrong"));
    }
    if qris
        .amount()
        .is_some_and(|amount| Some(amount) != Amount::rupiah(order.amount))
    {
        return Err(refused("a code of another amount"));
    }
    let expires_at = body.expiry_time.as_deref().and_then(moment);
    let wished = order.now.plus_seconds(i64::from(order.minutes) * 60);
    Ok(Charge {
        payload,
        expires_at: expires_at.unwrap_or(wished),
    })
}

/// SHA-512 of order, status code, amount and key, as small hexadecimal characters.
pub fn signature(order: &str, status_code: &str, gross_amount: &str, server_key: &str) -> String {
    let text = format!("{order}{status_code}{gross_amount}{server_key}");
    hex(&Sha512::digest(text.as_bytes()))
}

fn reported(body: &Body) -> Option<Reported> {
    let report = match (
        body.transaction_status.as_str(),
        body.fraud_status.as_deref(),
    ) {
        ("settlement" | "capture", None | Some("accept")) => Report::Paid,
        ("settlement" | "capture", Some("deny")) | ("deny" | "failure", _) => Report::Denied,
        ("settlement" | "capture" | "pending" | "authorize", _) => Report::Pending,
        ("expire", _) => Report::Expired,
        ("cancel", _) => Report::Cancelled,
        ("refund" | "partial_refund", _) => Report::Refunded,
        _ => return None,
    };
    let amount = match report {
        Report::Refunded => body.refund_amount.as_ref().unwrap_or(&body.gross_amount),
        _ => &body.gross_amount,
    };
    let at = [&body.settlement_time, &body.transaction_time]
        .into_iter()
        .find_map(|time| moment(time.as_deref()?))?;
    let amount = Amount::parse(amount)?;
    if body.order_id.is_empty() || body.transaction_id.is_empty() {
        return None;
    }
    Some(Reported {
        id: format!("{}:{}:{amount}", body.transaction_id, report.word()),
        notice: Notice {
            order: body.order_id.clone(),
            reference: body.transaction_id.clone(),
            report,
            amount: amount.hundredths(),
            currency: body.currency.clone().unwrap_or_else(|| CURRENCY.to_owned()),
            at,
        },
    })
}

/// Reads `2026-11-24 07:00:00` of a clock in Jakarta.
fn moment(text: &str) -> Option<Timestamp> {
    let zone = Zone {
        name: "WIB".to_owned(),
        hours: 7,
    };
    let (minute, seconds) = (text.get(..16)?, text.get(17..19)?);
    let at = zone.parse_input(&minute.replace(' ', "T"))?;
    let seconds: i64 = seconds.parse().ok()?;
    Some(at.plus_seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn midtrans() -> Midtrans {
        Midtrans::new(Settings {
            base: "http://127.0.0.1:9".to_owned(),
            server_key: "askvnoibnosifnboseofinbofinfgbiufglnbfg".to_owned(),
            acquirer: gopay(),
        })
    }

    fn read(body: &str) -> Result<Reported, Untrue> {
        let header = |_: &str| None;
        midtrans().verify(&Callback {
            header: &header,
            body: body.as_bytes(),
        })
    }

    fn notification(order: &str, status: &str, code: &str, amount: &str) -> String {
        let key = signature(order, code, amount, &midtrans().settings.server_key);
        format!(
            r#"{{"order_id":"{order}","transaction_id":"57d5","transaction_status":"{status}","status_code":"{code}",
                "gross_amount":"{amount}","currency":"IDR","fraud_status":"accept","signature_key":"{key}",
                "transaction_time":"2026-11-24 07:00:01","settlement_time":"2026-11-24 07:00:09"}}"#
        )
    }

    /// The sample of the documentation, computed by another program.
    #[test]
    fn the_signature_is_the_documented_one() {
        assert_eq!(
            signature(
                "1111",
                "200",
                "100000.00",
                "askvnoibnosifnboseofinbofinfgbiufglnbfg"
            ),
            "edc076b21793ebe3e17926350f5b8ae67d902fe657b3d0aa31b932d5c127e2375d308a2bc94f3265ac2d80a1f181a79b997ac178a236fcff35af263fc4d4c231"
        );
    }

    #[test]
    fn statuses_are_read_as_documented() {
        for (status, code, report) in [
            ("settlement", "200", Report::Paid),
            ("pending", "201", Report::Pending),
            ("expire", "407", Report::Expired),
            ("cancel", "200", Report::Cancelled),
            ("deny", "202", Report::Denied),
            ("refund", "200", Report::Refunded),
        ] {
            let found =
                read(&notification("K7M2P9XQ4T-1", status, code, "152500.00")).expect(status);
            assert_eq!(found.notice.report, report);
            assert_eq!(found.notice.amount, 15_250_000);
            // 24 November 2026, 07.00.09 in Jakarta.
            assert_eq!(found.notice.at, crate::testing::START.plus_seconds(9));
        }
        assert_eq!(
            read(&notification("o-1", "unheard-of", "200", "1.00")),
            Err(Untrue::Malformed)
        );
    }

    #[test]
    fn what_is_not_signed_is_not_read() {
        let good = notification("o-1", "settlement", "200", "152500.00");
        for bad in [
            good.replace("o-1", "o-2"),
            good.replace("152500.00", "152500.01"),
            good.replace("\"200\"", "\"201\""),
            good.replace("signature_key", "signature"),
        ] {
            assert_eq!(read(&bad), Err(Untrue::Forged), "{bad}");
        }
        assert_eq!(read("{"), Err(Untrue::Malformed));
        assert_eq!(read("{}"), Err(Untrue::Forged));
    }
}
