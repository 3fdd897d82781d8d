//! Accounts: what people type to register, and how long a session lasts.

mod device;
mod email;
mod password;
mod person;
mod place;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{AccountId, Actor, AreaId, Invalid, Locale, OfficeId, Problem, Role, Timestamp, text};

pub use device::device;
pub use email::Email;
pub use password::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
pub use person::{Person, PersonForm};
pub use place::local_path;

/// Fewest characters of a name.
pub const SHORTEST_NAME: u32 = 2;
/// Most characters of a name.
pub const LONGEST_NAME: u32 = 80;

/// A text that never shows up in a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the text as it was typed: not trimmed, not folded.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one place that hashes it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The registration form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registration {
    /// Field `name`.
    pub name: String,
    /// Field `email`.
    pub email: String,
    /// Field `password`.
    pub password: Secret,
    /// Field `home`: the code of a desa or kelurahan, or nothing.
    pub home: String,
}

/// A registration that holds what it must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The name as they write it.
    pub name: String,
    /// Where they can be reached.
    pub email: Email,
    /// What they will sign in with.
    pub password: Secret,
    /// The desa or kelurahan they state; whether there is one of that code is the store's to say.
    pub home: Option<AreaId>,
}

impl Registration {
    /// Checks the fields. `local` are words that everybody in the city would guess: names of the city and its areas.
    ///
    /// Errors: name [`Problem::Missing`], [`Problem::TooShort`], [`Problem::TooLong`]; e-mail also
    /// [`Problem::Malformed`]; password as [`check_password`].
    pub fn validate(&self, local: &[String]) -> Result<Newcomer, Invalid> {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", text::line(&self.name, SHORTEST_NAME, LONGEST_NAME));
        let email = invalid.take("email", Email::parse(&self.email));
        let password = check_password(&self.password, &self.email, &self.name, local);
        let password = invalid.take("password", password);
        match (name, email, password) {
            (Some(name), Some(email), Some(())) => Ok(Newcomer {
                name,
                email,
                password: self.password.clone(),
                home: home(&self.home),
            }),
            _ => Err(invalid),
        }
    }
}

/// Whether a password may be used: 12 to 128 characters of any kind, not one that somebody would guess.
///
/// Errors: [`Problem::Missing`], [`Problem::TooShort`], [`Problem::TooLong`]; [`Problem::Guessable`] for common
/// passwords and for those that are little more than the city's words, the person's own name or e-mail.
pub fn check_password(
    password: &Secret,
    email: &str,
    name: &str,
    local: &[String],
) -> Result<(), Problem> {
    password::check(password.reveal(), email, name, local)
}

/// The profile form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Field `name`.
    pub name: String,
    /// Field `home`.
    pub home: String,
    /// Field `locale`: a language tag, or nothing for the browser's wish.
    pub locale: String,
}

/// A profile that holds what it must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidProfile {
    /// The name as they write it.
    pub name: String,
    /// The desa or kelurahan they state.
    pub home: Option<AreaId>,
    /// The language they chose; `None` follows the browser.
    pub locale: Option<Locale>,
}

impl Profile {
    /// Checks the fields. Errors: name as in [`Registration::validate`]; locale [`Problem::Unknown`].
    pub fn validate(&self) -> Result<ValidProfile, Invalid> {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", text::line(&self.name, SHORTEST_NAME, LONGEST_NAME));
        let locale = match self.locale.trim() {
            "" => Ok(None),
            tag => Locale::parse(tag).map(Some).ok_or(Problem::Unknown),
        };
        let locale = invalid.take("locale", locale);
        match (name, locale) {
            (Some(name), Some(locale)) => Ok(ValidProfile {
                name,
                home: home(&self.home),
                locale,
            }),
            _ => Err(invalid),
        }
    }
}

fn home(raw: &str) -> Option<AreaId> {
    Some(raw.trim())
        .filter(|code| !code.is_empty())
        .map(AreaId::new)
}

/// An account as the person and the administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its identity.
    pub id: AccountId,
    /// The e-mail as it was typed.
    pub email: String,
    /// The name as they write it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Offices for which they act, by their short words in order.
    pub offices: Vec<OfficeId>,
    /// The desa or kelurahan they stated.
    pub home: Option<AreaId>,
    /// The language they chose.
    pub locale: Option<Locale>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Seconds without a request after which it is over.
    pub idle: i64,
    /// Seconds after which it is over in any case.
    pub absolute: i64,
}

impl Lifetime {
    /// 30 days without a visit, 90 days at most.
    pub const RESIDENT: Self = Self {
        idle: 30 * 86_400,
        absolute: 90 * 86_400,
    };
    /// For those who may enter the back office: half a day without a request, one day at most.
    pub const STAFF: Self = Self {
        idle: 12 * 3_600,
        absolute: 24 * 3_600,
    };

    /// The lifetime for what an actor may do now, not for what they could do when they signed in.
    pub fn of(actor: &Actor) -> Self {
        if actor.may_enter_office().is_ok() {
            Self::STAFF
        } else {
            Self::RESIDENT
        }
    }

    /// Whether a session that began at `created` and was last seen at `seen` is over at `now`.
    pub const fn is_over(self, created: Timestamp, seen: Timestamp, now: Timestamp) -> bool {
        now.0 >= created.plus_seconds(self.absolute).0 || now.0 >= seen.plus_seconds(self.idle).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn siti() -> Registration {
        Registration {
            name: "Siti Aminah".into(),
            email: " Siti@Warga.example ".into(),
            password: Secret::new("tiga ekor bebek lewat"),
            home: "35.79.02.2009".into(),
        }
    }

    #[test]
    fn a_sound_registration_passes() {
        let newcomer = siti().validate(&[]).expect("is sound");
        assert_eq!(newcomer.email.address, "Siti@Warga.example");
        assert_eq!(newcomer.email.key, "siti@warga.example");
        assert_eq!(newcomer.home, Some(AreaId::new("35.79.02.2009")));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let invalid = Registration::default().validate(&[]).expect_err("is empty");
        for field in ["name", "email", "password"] {
            assert_eq!(invalid.of(field), Some(&Problem::Missing), "{field}");
        }
        let long = Registration {
            name: "a".repeat(81),
            ..siti()
        };
        assert_eq!(
            long.validate(&[]).expect_err("is too long").of("name"),
            Some(&Problem::TooLong { max: 80, given: 81 })
        );
    }

    #[test]
    fn a_profile_may_leave_home_and_language_open() {
        let profile = Profile {
            name: "Siti".into(),
            ..Profile::default()
        };
        let valid = profile.validate().expect("is sound");
        assert_eq!((valid.home, valid.locale), (None, None));
        let odd = Profile {
            name: "Siti".into(),
            locale: "tlh".into(),
            ..Profile::default()
        };
        assert_eq!(
            odd.validate().expect_err("no such language").of("locale"),
            Some(&Problem::Unknown)
        );
    }

    #[test]
    fn a_secret_is_not_printed() {
        assert!(!format!("{:?}", siti()).contains("bebek"));
    }

    #[test]
    fn sessions_end_by_idleness_and_by_age() {
        let (start, hour) = (Timestamp(0), 3_600);
        let staff = Lifetime::STAFF;
        assert!(!staff.is_over(start, start, start.plus_seconds(12 * hour - 1)));
        assert!(staff.is_over(start, start, start.plus_seconds(12 * hour)));
        let busy = start.plus_seconds(23 * hour);
        assert!(!staff.is_over(start, busy, start.plus_seconds(24 * hour - 1)));
        assert!(staff.is_over(start, busy, start.plus_seconds(24 * hour)));
        assert!(!Lifetime::RESIDENT.is_over(start, start, start.plus_days(29)));
        assert!(Lifetime::RESIDENT.is_over(start, start, start.plus_days(30)));
        assert!(Lifetime::RESIDENT.is_over(start, start.plus_days(89), start.plus_days(90)));
    }
}
