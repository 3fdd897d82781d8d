use domain::{
    AccountId, Actor, Locale, Member, Timestamp,
    account::{Lifetime, device},
};
use storage::{Tx, account::Session};

use super::{Arrival, SignedIn};
use crate::{Error, Result, Service, chance, draft};

/// Seconds for which it is not noted again that a session is in use: a write every ten minutes at most.
const NOTED_EVERY: i64 = 600;

/// Characters of a session's hash that name it in its owner's list.
const HANDLE: usize = 16;

/// Who stands behind a cookie.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// The person, with the role and offices they have now.
    pub actor: Actor,
    /// The language they chose.
    pub locale: Option<Locale>,
    /// Notices they have not read.
    pub unread: i64,
    /// Names this session in the list of one's own.
    pub handle: String,
}

/// The person behind a session cookie; `None` when there is no such session or it is over.
///
/// One statement. A role that was taken away is gone with the next request, and so is the longer life of the session.
pub async fn resolve(service: &Service, token: &str) -> Result<Option<SessionView>> {
    if token.len() != 64 || !token.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let id_hash = chance::digest(token);
    let mut tx = service.read().await?;
    let Some(found) = storage::account::resolve(&mut tx, &id_hash).await? else {
        return Ok(None);
    };
    drop(tx);
    let now = service.now();
    let lifetime = Lifetime::of(&found.actor);
    if now >= found.expires_at || lifetime.is_over(found.created_at, found.seen_at, now) {
        return Ok(None);
    }
    if now >= found.seen_at.plus_seconds(NOTED_EVERY) {
        touch(service, &id_hash, now).await;
    }
    Ok(Some(SessionView {
        actor: found.actor,
        locale: found.locale,
        unread: found.unread,
        handle: id_hash[..HANDLE].to_owned(),
    }))
}

/// Notes that a session is in use. That it could not be noted must not keep anybody from reading.
async fn touch(service: &Service, id_hash: &str, now: Timestamp) {
    let id_hash = id_hash.to_owned();
    let done: Result<()> = service
        .db()
        .write(move |tx| {
            Box::pin(async move { Ok(storage::account::touch(tx, &id_hash, now).await?) })
        })
        .await;
    if let Err(error) = done {
        tracing::warn!(?error, "it was not noted that a session is in use");
    }
}

/// Begins a session with a new secret, ends the one that was there before, and takes the guest's drafts along.
///
/// The only place where a session is made.
pub(super) async fn begin(
    service: &Service,
    tx: &mut Tx,
    id: &AccountId,
    arrival: &Arrival,
) -> Result<SignedIn> {
    let account = storage::account::find(tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    let actor = Actor::Member(Member {
        account: account.id,
        name: account.name,
        role: account.role,
        offices: account.offices,
        home: account.home,
    });
    if let Some(before) = &arrival.session {
        storage::account::end(tx, &chance::digest(before)).await?;
    }
    if let Some(guest) = &arrival.guest {
        draft::adopt(tx, guest, id).await?;
        crate::form::adopt(tx, guest, id).await?;
    }
    let (token, now) = (service.chance().token(), service.now());
    let seconds = Lifetime::of(&actor).absolute;
    let session = Session {
        id_hash: chance::digest(&token),
        created_at: now.0,
        seen_at: now.0,
        expires_at: now.plus_seconds(seconds).0,
        device: device(&arrival.agent),
    };
    storage::account::insert_session(tx, id, &session).await?;
    Ok(SignedIn {
        token,
        account: id.clone(),
        seconds,
    })
}

/// Ends the session of this cookie, if there is one.
pub async fn sign_out(service: &Service, token: &str) -> Result<()> {
    let id_hash = chance::digest(token);
    service
        .db()
        .write(move |tx| Box::pin(async move { Ok(storage::account::end(tx, &id_hash).await?) }))
        .await
}

/// Ends all sessions of the actor, this one too; how many there were.
pub async fn sign_out_everywhere(service: &Service, actor: &Actor) -> Result<u64> {
    let account = actor.signed_in()?.account.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move { Ok(storage::account::end_all(tx, &account, None).await?) })
        })
        .await
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// Names it, to end it.
    pub handle: String,
    /// Browser and system, as far as they told; may be empty.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last in use, give or take ten minutes.
    pub seen_at: Timestamp,
}

/// The name that a cookie's session has in [`list_sessions`].
pub fn handle_of(token: &str) -> String {
    chance::digest(token)[..HANDLE].to_owned()
}

/// The actor's sessions that are not over, the last used first.
pub async fn list_sessions(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
) -> Result<Vec<OwnSession>> {
    let account = &actor.signed_in()?.account;
    let (now, lifetime) = (service.now(), Lifetime::of(actor));
    let sessions = storage::account::list_sessions(tx, account).await?;
    Ok(sessions
        .into_iter()
        .map(|s| {
            (
                s.expires_at,
                OwnSession {
                    handle: s.id_hash.get(..HANDLE).unwrap_or_default().to_owned(),
                    device: s.device,
                    created_at: Timestamp(s.created_at),
                    seen_at: Timestamp(s.seen_at),
                },
            )
        })
        .filter(|(end, s)| now.0 < *end && !lifetime.is_over(s.created_at, s.seen_at, now))
        .map(|(_, session)| session)
        .collect())
}

/// Ends one of the actor's own sessions; [`Error::NotFound`] for one that is not theirs or not there.
pub async fn end_session(service: &Service, actor: &Actor, handle: &str) -> Result<()> {
    let account = actor.signed_in()?.account.clone();
    let handle = handle.to_owned();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                match storage::account::end_one(tx, &account, &handle).await? {
                    0 => Err(Error::NotFound),
                    _ => Ok(()),
                }
            })
        })
        .await
}

/// Forgets sessions that are over and invitations that nobody used in time; how many.
pub async fn sweep(service: &Service) -> Result<u64> {
    let now = service.now();
    let idle = now.plus_seconds(-Lifetime::RESIDENT.idle);
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let sessions = storage::account::sweep_sessions(tx, now, idle).await?;
                Ok(sessions + storage::account::sweep_invites(tx, now).await?)
            })
        })
        .await
}
