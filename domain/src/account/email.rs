use serde::{Deserialize, Serialize};

use crate::Problem;

/// Most characters of an address (RFC 5321).
const LONGEST: usize = 254;

/// An e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    /// As it was typed, without blanks around it.
    pub address: String,
    /// As it is compared: lower case. One account each.
    pub key: String,
}

impl Email {
    /// Reads an address. Only what cannot be one is refused: whether it exists, a letter to it would say.
    ///
    /// Errors: [`Problem::Missing`], [`Problem::TooLong`], [`Problem::Malformed`].
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let address = raw.trim();
        let given = address.chars().count();
        if given == 0 {
            return Err(Problem::Missing);
        }
        if given > LONGEST {
            return Err(Problem::TooLong {
                max: 254,
                given: u32::try_from(given).unwrap_or(u32::MAX),
            });
        }
        let (local, host) = address.rsplit_once('@').ok_or(Problem::Malformed)?;
        if !is_local(local) || !is_host(host) {
            return Err(Problem::Malformed);
        }
        Ok(Self {
            address: address.to_owned(),
            key: Self::key_of(address),
        })
    }

    /// The key of whatever was typed at sign-in; of something that is no address it finds no account.
    pub fn key_of(raw: &str) -> String {
        raw.trim()
            .chars()
            .flat_map(char::to_lowercase)
            .take(LONGEST)
            .collect()
    }
}

fn is_local(local: &str) -> bool {
    (1..=64).contains(&local.chars().count())
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || (c.is_ascii_graphic() && !"@\"(),:;<>[\\]".contains(c)))
}

fn is_host(host: &str) -> bool {
    let mut labels = 0;
    for label in host.split('.') {
        labels += 1;
        let fits = !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-');
        if !fits {
            return false;
        }
    }
    labels > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in [
            "a@b.id",
            "nama.saya+rembug@warga.example",
            "süti@bücher.example",
        ] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "siti",
            "siti@",
            "@b.id",
            "a b@c.id",
            "a@b",
            "a@b..id",
            "a@-b.id",
            "a@b.id\r\nBcc: x@y.id",
            "a@b@c.id",
            "<a@b.id>",
            "a@b.id, c@d.id",
        ] {
            assert_eq!(Email::parse(bad), Err(Problem::Malformed), "{bad}");
        }
        assert_eq!(Email::parse(" "), Err(Problem::Missing));
        assert!(matches!(
            Email::parse(&format!("{}@b.id", "a".repeat(300))),
            Err(Problem::TooLong { max: 254, .. })
        ));
    }

    proptest::proptest! {
        #[test]
        fn a_key_is_the_key_of_itself(raw in "\\PC{0,300}") {
            let key = Email::key_of(&raw);
            proptest::prop_assert!(key.chars().count() <= LONGEST);
            if let Ok(email) = Email::parse(&raw) {
                proptest::prop_assert!(!email.address.chars().any(|c| c.is_control() || c.is_whitespace()));
            }
        }
    }
}
