use domain::{AccountId, Actor, AreaId, Locale, Member, Timestamp};

use super::{offices, role};
use crate::{Result, Tx, args, sql};

/// Who stands behind a session, and since when.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The person with what they may do now.
    pub actor: Actor,
    /// The language they chose.
    pub locale: Option<Locale>,
    /// Notices they have not read.
    pub unread: i64,
    /// When the session began.
    pub created_at: Timestamp,
    /// When it was last noted to be in use.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    account_id: String,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
    name: String,
    role: String,
    home_area_id: Option<String>,
    locale: Option<String>,
    offices: Option<String>,
    unread: i64,
}

/// The session of this hash, over or not.
pub async fn resolve(tx: &mut Tx, id_hash: &str) -> Result<Option<Resolved>> {
    let row: Option<Row> = tx
        .first(
            sql!(
                "select s.account_id, s.created_at, s.seen_at, s.expires_at, a.name, a.role, a.home_area_id, a.locale,
                        (select string_agg(m.office_id, ' ') from membership m where m.account_id = a.id) as offices,
                        (select count(*) from notice n where n.account_id = a.id and n.read_at is null) as unread
                 from session s
                 join account a on a.id = s.account_id
                 where s.id_hash = $1"
            ),
            args![id_hash],
        )
        .await?;
    Ok(row.map(|row| Resolved {
        actor: Actor::Member(Member {
            account: AccountId::new(row.account_id),
            name: row.name,
            role: role(&row.role),
            offices: offices(row.offices.as_deref()),
            home: row.home_area_id.map(AreaId::new),
        }),
        locale: row.locale.as_deref().and_then(Locale::parse),
        unread: row.unread,
        created_at: Timestamp(row.created_at),
        seen_at: Timestamp(row.seen_at),
        expires_at: Timestamp(row.expires_at),
    }))
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// The SHA-256 of its cookie.
    pub id_hash: String,
    /// When it began, in milliseconds.
    pub created_at: i64,
    /// When it was last noted to be in use.
    pub seen_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
    /// Browser and system, as far as they told.
    pub device: String,
}

/// Begins a session.
pub async fn insert_session(tx: &mut Tx, account: &AccountId, session: &Session) -> Result<()> {
    tx.run(
        sql!(
            "insert into session (id_hash, account_id, created_at, seen_at, expires_at, device)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        args![
            &session.id_hash,
            account,
            session.created_at,
            session.seen_at,
            session.expires_at,
            &session.device,
        ],
    )
    .await?;
    Ok(())
}

/// Notes that a session was in use; never goes back in time.
pub async fn touch(tx: &mut Tx, id_hash: &str, now: Timestamp) -> Result<()> {
    tx.run(
        sql!("update session set seen_at = $2 where id_hash = $1 and seen_at < $2"),
        args![id_hash, now],
    )
    .await?;
    Ok(())
}

/// The sessions of an account, the last used first.
pub async fn list_sessions(tx: &mut Tx, account: &AccountId) -> Result<Vec<Session>> {
    tx.all(
        sql!(
            "select id_hash, created_at, seen_at, expires_at, device from session
             where account_id = $1
             order by seen_at desc, id_hash"
        ),
        args![account],
    )
    .await
}

/// Ends the session of this hash.
pub async fn end(tx: &mut Tx, id_hash: &str) -> Result<()> {
    tx.run(
        sql!("delete from session where id_hash = $1"),
        args![id_hash],
    )
    .await?;
    Ok(())
}

/// Ends the session of an account whose hash begins with these 16 characters; how many there were.
pub async fn end_one(tx: &mut Tx, account: &AccountId, handle: &str) -> Result<u64> {
    tx.run(
        sql!("delete from session where account_id = $1 and substr(id_hash, 1, 16) = $2"),
        args![account, handle],
    )
    .await
}

/// Ends all sessions of an account but the one of this hash; how many there were.
pub async fn end_all(tx: &mut Tx, account: &AccountId, but: Option<&str>) -> Result<u64> {
    tx.run(
        sql!("delete from session where account_id = $1 and id_hash <> $2"),
        args![account, but.unwrap_or_default()],
    )
    .await
}

/// Forgets sessions that ended before `now` or were not seen since `idle`; how many.
pub async fn sweep_sessions(tx: &mut Tx, now: Timestamp, idle: Timestamp) -> Result<u64> {
    tx.run(
        sql!("delete from session where expires_at <= $1 or seen_at <= $2"),
        args![now, idle],
    )
    .await
}

#[cfg(test)]
mod tests {
    use domain::Role;

    use super::{super::tests::add, *};
    use crate::{Db, db_test};

    async fn begin(db: &Db, account: &'static str, hash: &'static str, at: i64) {
        let done: Result<()> = db
            .write(move |tx| {
                Box::pin(async move {
                    let session = Session {
                        id_hash: format!("{hash:x<16}"),
                        created_at: at,
                        seen_at: at,
                        expires_at: at + 100,
                        device: "Firefox".into(),
                    };
                    insert_session(tx, &AccountId::new(account), &session).await
                })
            })
            .await;
        done.expect("begins");
    }

    async fn count(db: &Db, account: &str) -> usize {
        let mut tx = db.read().await.expect("a connection");
        list_sessions(&mut tx, &AccountId::new(account))
            .await
            .expect("answers")
            .len()
    }

    db_test! { async fn a_session_finds_its_person_and_ends(db) {
        add(&db, "siti", Role::Moderator).await;
        add(&db, "bambang", Role::Resident).await;
        for (account, hash, at) in [("siti", "a", 1), ("siti", "b", 2), ("siti", "c", 3), ("bambang", "d", 4)] {
            begin(&db, account, hash, at).await;
        }
        let mut tx = db.read().await.expect("a connection");
        let found = resolve(&mut tx, "axxxxxxxxxxxxxxx").await.expect("answers").expect("is there");
        assert_eq!(found.actor.account().map(AccountId::as_str), Some("siti"));
        assert_eq!(found.actor.member().map(|m| m.role), Some(Role::Moderator));
        assert_eq!((found.created_at, found.expires_at, found.unread),
            (Timestamp(1), Timestamp(101), 0));
        assert!(resolve(&mut tx, "unknown").await.expect("answers").is_none());
        drop(tx);
        let done: Result<_> = db.write(|tx| Box::pin(async move {
            touch(tx, "axxxxxxxxxxxxxxx", Timestamp(50)).await?;
            touch(tx, "axxxxxxxxxxxxxxx", Timestamp(40)).await?;
            let (siti, bambang) = (AccountId::new("siti"), AccountId::new("bambang"));
            let newest = list_sessions(tx, &siti).await?.remove(0);
            let foreign = end_one(tx, &bambang, "bxxxxxxxxxxxxxxx").await?;
            let own = end_one(tx, &siti, "bxxxxxxxxxxxxxxx").await?;
            let others = end_all(tx, &siti, Some("axxxxxxxxxxxxxxx")).await?;
            Ok((newest.seen_at, foreign, own, others))
        })).await;
        assert_eq!(done.expect("answers"), (50, 0, 1, 1));
        assert_eq!((count(&db, "siti").await, count(&db, "bambang").await), (1, 1));
        let swept: Result<_> = db.write(|tx| Box::pin(async move {
            end(tx, "axxxxxxxxxxxxxxx").await?;
            sweep_sessions(tx, Timestamp(104), Timestamp(0)).await
        })).await;
        assert_eq!(swept.expect("answers"), 1);
        assert_eq!((count(&db, "siti").await, count(&db, "bambang").await), (0, 0));
    } }
}
