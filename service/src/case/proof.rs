//! That a case is one's own: by the account, or by reference and the last four digits of the phone.

use domain::{AccountId, Actor, Invalid, Problem, Timestamp, reference::Reference};

use super::{Case, open::phone_mark};
use crate::{Error, Result, Service, chance::digest, limit};

/// Hours for which reference and digits need not be typed again.
pub const HOURS: i64 = 8;

/// Somebody showed that they know the reference of a case and the last four digits of its phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    reference: Reference,
    until: Timestamp,
}

/// Who looks at a case that may be their own.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who acts.
    pub actor: Actor,
    /// What they showed.
    pub proof: Option<Proof>,
}

impl Proof {
    /// A proof for who has just handed in the case, on the same device.
    pub fn of_sender(service: &Service, reference: Reference) -> Self {
        Self {
            reference,
            until: service.now().plus_seconds(HOURS * 3_600),
        }
    }

    /// Of which case.
    pub const fn reference(&self) -> Reference {
        self.reference
    }

    /// As it stands in a cookie: signed, so that nobody makes one.
    pub fn signed(&self, service: &Service) -> String {
        let what = format!("{}.{}", self.reference.compact(), self.until.0);
        let mark = service.keys().mark("track", &what);
        format!("{what}.{mark}")
    }

    /// Reads what a cookie says; `None` when we did not sign it, or its time is over.
    pub fn read(service: &Service, cookie: &str) -> Option<Self> {
        let (what, mark) = cookie.rsplit_once('.')?;
        let (reference, until) = what.split_once('.')?;
        let expected = service.keys().mark("track", what);
        // Compared by their digests: how long it takes tells nothing about the mark.
        if digest(mark) != digest(&expected) {
            return None;
        }
        let until = Timestamp(until.parse().ok()?);
        (service.now() < until).then_some(Self {
            reference: Reference::parse(reference).ok()?,
            until,
        })
    }
}

impl Visitor {
    /// The account when the case is theirs by account, nothing when by proof; [`Error::NotFound`] when it is not theirs.
    pub(crate) fn owns(&self, case: &Case) -> Result<Option<AccountId>> {
        if let (Some(account), Some(owner)) = (self.actor.account(), &case.account)
            && account == owner
        {
            return Ok(Some(account.clone()));
        }
        match &self.proof {
            // What is erased is nobody's any more.
            Some(proof) if proof.reference == case.reference && case.erased_at.is_none() => {
                Ok(None)
            }
            _ => Err(Error::NotFound),
        }
    }
}

/// Checks a reference and the last four digits of the phone, both as typed. `address` is the client's.
///
/// The same answer and the same work for a reference that is not there and for wrong digits. Errors: fields `reference`
/// and `digits` when they cannot be right as typed, [`Error::NotFound`], [`Error::TooOften`].
pub async fn prove(
    service: &Service,
    reference: &str,
    digits: &str,
    address: &str,
) -> Result<Proof> {
    let mut invalid = Invalid::default();
    let parsed = invalid.take(
        "reference",
        Reference::parse(reference).map_err(|fault| match fault {
            domain::reference::Fault::Missing => Problem::Missing,
            _ => Problem::Malformed,
        }),
    );
    let digits = digits.trim();
    let digits = invalid.take(
        "digits",
        match digits.len() {
            0 => Err(Problem::Missing),
            4 if digits.bytes().all(|b| b.is_ascii_digit()) => Ok(digits),
            _ => Err(Problem::Malformed),
        },
    );
    let (Some(reference), Some(digits)) = (parsed, digits) else {
        return Err(invalid.into());
    };
    let (now, compact) = (service.now(), reference.compact());
    service.limits().take(limit::TRACK, address, now)?;
    service.limits().take(limit::TRACK_CASE, &compact, now)?;
    let mark = phone_mark(service, &compact, digits);
    let mut tx = service.read().await?;
    if !storage::case::is_proven(&mut tx, &compact, &mark).await? {
        return Err(Error::NotFound);
    }
    service.limits().give_back(limit::TRACK, address);
    service.limits().give_back(limit::TRACK_CASE, &compact);
    Ok(Proof::of_sender(service, reference))
}
