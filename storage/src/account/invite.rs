use domain::{AccountId, Timestamp};

use crate::{Result, Tx, args, sql};

/// Adds an invitation by the hash of its token.
pub async fn insert_invite(
    tx: &mut Tx,
    token_hash: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    tx.run(
        sql!("insert into invite (token_hash, created_at, expires_at) values ($1, $2, $3)"),
        args![token_hash, now, expires],
    )
    .await?;
    Ok(())
}

/// Uses an invitation up; `false` when there is none, it has expired or was used.
pub async fn use_invite(
    tx: &mut Tx,
    token_hash: &str,
    by: &AccountId,
    now: Timestamp,
) -> Result<bool> {
    let used = tx
        .run(
            sql!(
                "update invite set used_at = $3, used_by = $2
                 where token_hash = $1 and used_at is null and expires_at > $3"
            ),
            args![token_hash, by, now],
        )
        .await?;
    Ok(used == 1)
}

/// Forgets invitations that expired before `before` and were not used; how many.
pub async fn sweep_invites(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(
        sql!("delete from invite where used_at is null and expires_at <= $1"),
        args![before],
    )
    .await
}

#[cfg(test)]
mod tests {
    use domain::Role;

    use super::{super::tests::add, *};
    use crate::db_test;

    db_test! { async fn an_invitation_works_once_and_in_time(db) {
        add(&db, "siti", Role::Resident).await;
        let done: Result<_> = db.write(|tx| Box::pin(async move {
            let siti = AccountId::new("siti");
            for hash in ["a", "b"] {
                insert_invite(tx, hash, Timestamp(0), Timestamp(10)).await?;
            }
            Ok([
                use_invite(tx, "a", &siti, Timestamp(9)).await?,
                use_invite(tx, "a", &siti, Timestamp(9)).await?,
                use_invite(tx, "b", &siti, Timestamp(10)).await?,
                use_invite(tx, "c", &siti, Timestamp(1)).await?,
                sweep_invites(tx, Timestamp(10)).await? == 1,
            ])
        })).await;
        assert_eq!(done.expect("answers"), [true, false, false, false, true]);
    } }
}
