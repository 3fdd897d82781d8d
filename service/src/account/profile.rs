use domain::{
    Actor, Problem,
    account::{Account, Profile, Secret, check_password},
};
use storage::Tx;

use super::{Arrival, SignedIn, hashing, session};
use crate::{Conflict, Error, Result, Service, area, limit};

/// The actor's own account.
pub async fn get_own(tx: &mut Tx, actor: &Actor) -> Result<Account> {
    let account = &actor.signed_in()?.account;
    storage::account::find(tx, account)
        .await?
        .ok_or(Error::NotFound)
}

/// Changes the actor's name, home and language. Errors: by field; `home` [`Problem::Unknown`].
pub async fn update_profile(service: &Service, actor: &Actor, form: &Profile) -> Result<()> {
    let account = actor.signed_in()?.account.clone();
    let profile = form.validate()?;
    let mut tx = service.read().await?;
    let areas = area::list(&mut tx).await?;
    drop(tx);
    area::check_home(&areas, profile.home.as_ref())?;
    service
        .db()
        .write(move |tx| {
            Box::pin(
                async move { Ok(storage::account::update_profile(tx, &account, &profile).await?) },
            )
        })
        .await
}

/// Changes the actor's password and goes on in a new session, which it returns; the others end when `end_others`.
///
/// Errors: field `current` [`Problem::Unknown`] when it is not the present one; field `password` as in
/// [`check_password`]; [`Error::TooOften`] after too many wrong ones; [`Conflict::Stale`] when another window was faster.
pub async fn change_password(
    service: &Service,
    actor: &Actor,
    current: &Secret,
    new: &Secret,
    end_others: bool,
    arrival: &Arrival,
) -> Result<SignedIn> {
    let account = actor.signed_in()?.account.clone();
    let mut tx = service.read().await?;
    let own = storage::account::find_own_credentials(&mut tx, &account)
        .await?
        .ok_or(Error::SignIn)?;
    let areas = area::list(&mut tx).await?;
    drop(tx);
    service
        .limits()
        .take(limit::SIGN_IN, account.as_str(), service.now())?;
    if !hashing::verify(service, current, Some(own.password_hash.clone())).await? {
        return Err(Error::invalid("current", Problem::Unknown));
    }
    service.limits().give_back(limit::SIGN_IN, account.as_str());
    check_password(new, &own.email, &own.name, &area::names(&areas))
        .map_err(|problem| Error::invalid("password", problem))?;
    let hash = hashing::hash(service, new).await?;
    let (inner, arrival) = (service.clone(), arrival.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let id = account.as_str();
                if !storage::account::set_password(tx, id, &own.password_hash, &hash).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                if end_others {
                    storage::account::end_all(tx, &account, None).await?;
                }
                session::begin(&inner, tx, &account, &arrival).await
            })
        })
        .await
}
