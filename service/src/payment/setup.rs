use std::sync::Arc;

use domain::qris::Merchant;
use serde::Deserialize;

use super::{
    midtrans::{self, Midtrans},
    provider::Provider,
    simulator::{self, Simulator},
};
use crate::Keys;

/// Days until a fee is due, where the file does not say.
const DUE_DAYS: i64 = 14;
/// Minutes for which a code is good, where the file does not say.
const CODE_MINUTES: u32 = 60;

/// Through whom bills are paid here.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The provider.
    pub provider: Arc<dyn Provider>,
    /// Days until a fee is due.
    pub due_days: i64,
    /// Minutes for which a code is asked to be good.
    pub code_minutes: u32,
}

/// Why a file of settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It is no such file.
    #[error("it is no file of payment settings: {0}")]
    Layout(#[from] toml::de::Error),
    /// A provider that we do not know.
    #[error("there is no provider {0:?}: `simulator` or `midtrans`")]
    Provider(String),
    /// What the provider needs is not there.
    #[error("the provider {0:?} needs a part [{1}]")]
    Missing(&'static str, &'static str),
    /// The merchant's data would make codes that no wallet takes.
    #[error("the merchant's data cannot stand in a QRIS code: {0}")]
    Merchant(#[from] domain::qris::Error),
    /// A number that cannot be.
    #[error("{0} must be from {1} to {2}")]
    Range(&'static str, i64, i64),
    /// An address that a password must not be sent to.
    #[error("[midtrans] base must begin with https://, or be this machine (http://127.0.0.1)")]
    Base,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: String,
    #[serde(default)]
    due_days: Option<i64>,
    #[serde(default)]
    code_minutes: Option<u32>,
    merchant: Option<Merchant>,
    midtrans: Option<midtrans::Settings>,
}

impl Setup {
    /// Reads a file of settings (TOML); see `docs/operations.md`.
    pub fn read(text: &str, keys: &Keys) -> Result<Self, Unusable> {
        let file: File = toml::from_str(text)?;
        let due_days = file.due_days.unwrap_or(DUE_DAYS);
        if !(1..=365).contains(&due_days) {
            return Err(Unusable::Range("due_days", 1, 365));
        }
        let code_minutes = file.code_minutes.unwrap_or(CODE_MINUTES);
        if !(5..=1_440).contains(&code_minutes) {
            return Err(Unusable::Range("code_minutes", 5, 1_440));
        }
        let provider: Arc<dyn Provider> = match file.provider.as_str() {
            simulator::NAME => {
                let missing = Unusable::Missing(simulator::NAME, "merchant");
                let merchant = file.merchant.ok_or(missing)?;
                merchant.qris()?;
                let secret = keys.mark("payment", simulator::NAME);
                Arc::new(Simulator::new(secret, merchant))
            }
            midtrans::NAME => {
                let missing = Unusable::Missing(midtrans::NAME, midtrans::NAME);
                let settings = file.midtrans.ok_or(missing)?;
                if !is_safe(&settings.base) {
                    return Err(Unusable::Base);
                }
                Arc::new(Midtrans::new(settings))
            }
            other => return Err(Unusable::Provider(other.to_owned())),
        };
        Ok(Self {
            provider,
            due_days,
            code_minutes,
        })
    }
}

/// The server key is sent along: only over TLS, or to this machine.
fn is_safe(base: &str) -> bool {
    !base.ends_with('/')
        && (base.starts_with("https://") && base.len() > 8
            || ["http://127.0.0.1:", "http://[::1]:"]
                .iter()
                .any(|own| base.starts_with(own)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MERCHANT: &str = r#"
        [merchant]
        national_id = "ID1020012345678"
        criteria = "UME"
        category = "9311"
        name = "BAPENDA KOTA BATU"
        city = "BATU"
        postcode = "65313"
        [[merchant.accounts]]
        guid = "ID.CO.BANKJATIM.WWW"
        pan = "936001140000000017"
        merchant = "000000000000017"
    "#;

    fn read(text: &str) -> Result<Setup, Unusable> {
        Setup::read(text, &Keys::for_tests())
    }

    #[test]
    fn both_providers_are_read() {
        let setup = read(&format!("provider = \"simulator\"\n{MERCHANT}")).expect("is read");
        assert_eq!((setup.provider.name(), setup.due_days), ("simulator", 14));
        assert!(setup.provider.is_simulated());
        let text = "provider = \"midtrans\"\ncode_minutes = 15\n[midtrans]\nbase = \"https://api.example\"\nserver_key = \"k\"";
        let setup = read(text).expect("is read");
        assert_eq!(
            (setup.provider.name(), setup.code_minutes),
            ("midtrans", 15)
        );
        assert!(!format!("{setup:?}").contains("server_key"));
    }

    #[test]
    fn what_cannot_be_is_told() {
        assert!(matches!(read("provider = 1"), Err(Unusable::Layout(_))));
        assert!(matches!(
            read("provider = \"x\""),
            Err(Unusable::Provider(_))
        ));
        assert!(matches!(
            read("provider = \"simulator\""),
            Err(Unusable::Missing(..))
        ));
        let long = MERCHANT.replace("BAPENDA KOTA BATU", "BADAN PENDAPATAN DAERAH KOTA BATU");
        let broken = read(&format!("provider = \"simulator\"\n{long}"));
        assert!(matches!(broken, Err(Unusable::Merchant(_))));
        let days = read(&format!(
            "provider = \"simulator\"\ndue_days = 0\n{MERCHANT}"
        ));
        assert!(matches!(days, Err(Unusable::Range("due_days", 1, 365))));
        for base in [
            "http://api.example",
            "https://",
            "https://api.example/",
            "ftp://x",
        ] {
            let text = format!(
                "provider = \"midtrans\"\n[midtrans]\nbase = \"{base}\"\nserver_key = \"k\""
            );
            assert!(matches!(read(&text), Err(Unusable::Base)), "{base}");
        }
    }
}
