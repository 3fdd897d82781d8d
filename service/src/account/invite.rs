use crate::{Result, Service, audit, chance};

/// Hours for which an invitation is good.
pub const INVITE_HOURS: i64 = 24;

/// Makes an invitation to register as an administrator: good once, for [`INVITE_HOURS`]. Only its hash is stored.
///
/// For the command line alone: whoever can run the program on the machine may do this, nobody over the network.
pub async fn invite(service: &Service) -> Result<String> {
    let (token, now) = (service.chance().token(), service.now());
    let token_hash = chance::digest(&token);
    let inner = service.clone();
    let done: Result<()> = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let expires = now.plus_seconds(INVITE_HOURS * 3_600);
                storage::account::insert_invite(tx, &token_hash, now, expires).await?;
                audit::note(&inner, tx, None, "invite.make", "administrator", "").await
            })
        })
        .await;
    done?;
    Ok(token)
}
