//! Accounts: registering, signing in and out, one's own profile, and who may do what.

mod hashing;
mod invite;
mod people;
mod person;
mod profile;
mod session;
#[cfg(test)]
mod tests;

use domain::{
    AccountId, Problem, Role,
    account::{Email, Registration, Secret},
};
use storage::account::NewAccount;

use crate::{Error, Result, Service, area, audit, limit};

pub use hashing::{Hashing, hash};
pub use invite::{INVITE_HOURS, invite};
pub use people::{PER_PAGE, People, get_person, search_people, set_standing};
pub(crate) use person::person_of;
pub use person::{own_person, update_person};
pub use profile::{change_password, get_own, update_profile};
pub use session::{
    OwnSession, SessionView, end_session, handle_of, list_sessions, resolve, sign_out,
    sign_out_everywhere, sweep,
};

/// From where somebody comes: to slow guessing, to name the device, and to take along what they typed as a guest.
#[derive(Clone, Debug, Default)]
pub struct Arrival {
    /// The client's address as the server trusts it.
    pub address: String,
    /// The `User-Agent` header.
    pub agent: String,
    /// The session cookie that was sent. Its session ends; its value is never taken over.
    pub session: Option<String>,
    /// The guest's draft cookie.
    pub guest: Option<String>,
}

/// Somebody has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The secret for the session cookie.
    pub token: String,
    /// Who.
    pub account: AccountId,
    /// Seconds for which the browser has to keep the cookie.
    pub seconds: i64,
}

/// Makes an account and signs in. With the token of an invitation the account becomes an administrator.
///
/// Errors: [`Error::Invalid`] by field (`email` [`Problem::Taken`], `home` and `invite` [`Problem::Unknown`], the others
/// as [`Registration::validate`]); [`Error::TooOften`] for too many accounts from one address.
///
/// That an e-mail is taken is said in the open: without letters to confirm an address there is no other way to help the
/// person who forgot that they have an account. The limit by address keeps lists from being tried.
pub async fn register(
    service: &Service,
    form: &Registration,
    invite: Option<&str>,
    arrival: &Arrival,
) -> Result<SignedIn> {
    let mut tx = service.read().await?;
    let areas = area::list(&mut tx).await?;
    let newcomer = form.validate(&area::names(&areas))?;
    area::check_home(&areas, newcomer.home.as_ref())?;
    let now = service.now();
    service
        .limits()
        .take(limit::REGISTER, &arrival.address, now)?;
    // Asked before the password is hashed, to save the work; what decides is the insert below.
    if storage::account::find_credentials(&mut tx, &newcomer.email.key)
        .await?
        .is_some()
    {
        return Err(Error::invalid("email", Problem::Taken));
    }
    drop(tx);
    let password_hash = hash(service, &newcomer.password).await?;
    let (inner, arrival) = (service.clone(), arrival.clone());
    let invite = invite.map(crate::chance::digest);
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let id: AccountId = inner.id();
                let role = if invite.is_some() {
                    Role::Administrator
                } else {
                    Role::Resident
                };
                let new = NewAccount {
                    id: &id,
                    email: &newcomer.email.address,
                    email_key: &newcomer.email.key,
                    name: &newcomer.name,
                    password_hash: &password_hash,
                    role,
                    home: newcomer.home.as_ref(),
                    locale: None,
                    at: now,
                };
                if !storage::account::insert(tx, &new).await? {
                    return Err(Error::invalid("email", Problem::Taken));
                }
                if let Some(token_hash) = &invite {
                    if !storage::account::use_invite(tx, token_hash, &id, now).await? {
                        return Err(Error::invalid("invite", Problem::Unknown));
                    }
                    audit::note(&inner, tx, Some(&id), "account.invited", id.as_str(), "").await?;
                }
                session::begin(&inner, tx, &id, &arrival).await
            })
        })
        .await
}

/// Signs in with e-mail and password.
///
/// Errors: [`Error::Invalid`] of the field `sign_in` for an unknown e-mail and for a wrong password alike, after the same
/// work; [`Error::TooOften`] after too many failures for one e-mail or from one address.
pub async fn sign_in(
    service: &Service,
    email: &str,
    password: &Secret,
    arrival: &Arrival,
) -> Result<SignedIn> {
    let (now, key) = (service.now(), Email::key_of(email));
    service
        .limits()
        .take(limit::SIGN_IN_ADDRESS, &arrival.address, now)?;
    service.limits().take(limit::SIGN_IN, &key, now)?;
    let mut tx = service.read().await?;
    let found = storage::account::find_credentials(&mut tx, &key).await?;
    drop(tx);
    let stored = found.as_ref().map(|c| c.password_hash.clone());
    let fits = hashing::verify(service, password, stored).await?;
    let (Some(found), true) = (found, fits) else {
        return Err(Error::invalid("sign_in", Problem::Unknown));
    };
    // Only failures count, so that a household behind one address can come and go.
    service.limits().give_back(limit::SIGN_IN, &key);
    service
        .limits()
        .give_back(limit::SIGN_IN_ADDRESS, &arrival.address);
    let better = if hashing::is_outdated(service, &found.password_hash) {
        Some(hash(service, password).await?)
    } else {
        None
    };
    let (inner, arrival) = (service.clone(), arrival.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if let Some(better) = better {
                    // A password changed in between keeps its own hash.
                    storage::account::set_password(tx, &found.id, &found.password_hash, &better)
                        .await?;
                }
                let account = AccountId::new(found.id);
                session::begin(&inner, tx, &account, &arrival).await
            })
        })
        .await
}
