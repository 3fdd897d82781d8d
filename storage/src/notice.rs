//! Who follows what, and what people are told.

use domain::{AccountId, ConsultationId, NoticeId, Timestamp};

use crate::{Result, Tx, args, sql};

/// Something to tell.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// What kind, as a stable word.
    pub kind: &'a str,
    /// Of which consultation.
    pub consultation: Option<&'a ConsultationId>,
    /// A short text such as the title it is about.
    pub detail: &'a str,
    /// Local address it leads to.
    pub place: &'a str,
    /// Tells two events of one kind at one place apart; mostly empty.
    pub mark: &'a str,
    /// When.
    pub at: Timestamp,
}

/// A notice to a person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Notice {
    /// Its identity.
    pub id: String,
    /// What kind, as a stable word.
    pub kind: String,
    /// A short text such as the title it is about.
    pub detail: String,
    /// Local address it leads to.
    pub place: String,
    /// When, in milliseconds.
    pub at: i64,
    /// When it was marked as read.
    pub read_at: Option<i64>,
}

/// Begins (`true`) or ends to follow; whether that changed anything.
pub async fn follow(
    tx: &mut Tx,
    account: &AccountId,
    consultation: &ConsultationId,
    wanted: bool,
    at: Timestamp,
) -> Result<bool> {
    let rows = if wanted {
        tx.run(
            sql!(
                "insert into follow (account_id, consultation_id, since) values ($1, $2, $3)
                 on conflict (account_id, consultation_id) do nothing"
            ),
            args![account, consultation, at],
        )
        .await?
    } else {
        tx.run(
            sql!("delete from follow where account_id = $1 and consultation_id = $2"),
            args![account, consultation],
        )
        .await?
    };
    Ok(rows == 1)
}

/// Whether an account follows a consultation.
pub async fn follows(
    tx: &mut Tx,
    account: &AccountId,
    consultation: &ConsultationId,
) -> Result<bool> {
    let found = tx
        .number(
            sql!("select count(*) from follow where account_id = $1 and consultation_id = $2"),
            args![account, consultation],
        )
        .await?;
    Ok(found > 0)
}

/// Tells one person; `false` when they know already.
pub async fn tell(tx: &mut Tx, id: &NoticeId, account: &AccountId, new: &New<'_>) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into notice (id, account_id, consultation_id, kind, detail, place, mark, at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)
                 on conflict (account_id, kind, place, mark) do nothing"
            ),
            args![
                id,
                account,
                new.consultation,
                new.kind,
                new.detail,
                new.place,
                new.mark,
                new.at
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Tells everybody who follows the consultation, but for `except`; how many did not know yet.
///
/// The identity of each notice is `id` with the account behind it.
pub async fn tell_followers(
    tx: &mut Tx,
    id: &NoticeId,
    consultation: &ConsultationId,
    except: Option<&AccountId>,
    new: &New<'_>,
) -> Result<u64> {
    tx.run(
        sql!(
            "insert into notice (id, account_id, consultation_id, kind, detail, place, mark, at)
             select $1 || '-' || f.account_id, f.account_id, f.consultation_id, $3, $4, $5, $6, $7
             from follow f where f.consultation_id = $2 and f.account_id <> $8
             on conflict (account_id, kind, place, mark) do nothing"
        ),
        // No account has the empty id.
        args![
            id,
            consultation,
            new.kind,
            new.detail,
            new.place,
            new.mark,
            new.at,
            except.map_or("", AccountId::as_str)
        ],
    )
    .await
}

/// The notices of a person, newest first, at most `limit` after the first `skip`.
pub async fn list(tx: &mut Tx, account: &AccountId, limit: u32, skip: u32) -> Result<Vec<Notice>> {
    tx.all(
        sql!(
            "select id, kind, detail, place, at, read_at from notice
             where account_id = $1 order by at desc, id desc limit $2 offset $3"
        ),
        args![account, limit, skip],
    )
    .await
}

/// How many notices a person has, and how many of them are unread.
pub async fn counts(tx: &mut Tx, account: &AccountId) -> Result<(i64, i64)> {
    let row: Option<(i64, i64)> = tx
        .first(
            sql!(
                "select cast(count(*) as bigint), cast(count(case when read_at is null then 1 end) as bigint)
                 from notice where account_id = $1"
            ),
            args![account],
        )
        .await?;
    Ok(row.unwrap_or_default())
}

/// How many notices a person has not read. The session's own statement asks the same as a sub-select.
pub async fn unread_count(tx: &mut Tx, account: &AccountId) -> Result<i64> {
    tx.number(
        sql!("select count(*) from notice where account_id = $1 and read_at is null"),
        args![account],
    )
    .await
}

/// Marks one notice of a person as read, or, without an id, all that were there at `now`.
pub async fn mark_read(
    tx: &mut Tx,
    account: &AccountId,
    id: Option<&NoticeId>,
    now: Timestamp,
) -> Result<u64> {
    match id {
        Some(id) => {
            tx.run(
                sql!("update notice set read_at = $3 where account_id = $1 and id = $2 and read_at is null"),
                args![account, id, now],
            )
            .await
        }
        None => {
            tx.run(
                sql!("update notice set read_at = $2 where account_id = $1 and read_at is null and at <= $2"),
                args![account, now],
            )
            .await
        }
    }
}

/// Something that the clock brought and that was not announced yet.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    /// `opened`, `closes_soon` or `closed`.
    pub kind: String,
    /// Of which consultation.
    pub consultation_id: String,
    /// Its word in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The opening or closing time it is about.
    pub moment: i64,
}

/// What is due at `now`: openings and closings that have passed, and closings before `soon`.
pub async fn due(tx: &mut Tx, now: Timestamp, soon: Timestamp) -> Result<Vec<Due>> {
    tx.all(
        sql!(
            "select d.kind, d.consultation_id, d.slug, d.title, d.moment from (
               select 'opened' as kind, id as consultation_id, slug, title, opens_at as moment
               from consultation
               where published_at is not null and opens_at <= $1 and (closes_at is null or closes_at > $1)
               union all
               select 'closes_soon', id, slug, title, closes_at
               from consultation
               where published_at is not null and opens_at <= $1 and closes_at > $1 and closes_at <= $2
               union all
               select 'closed', id, slug, title, closes_at
               from consultation
               where published_at is not null and closes_at <= $1
             ) d
             where not exists (
               select 1 from announcement n
               where n.consultation_id = d.consultation_id and n.kind = d.kind and n.moment = d.moment)
             order by d.moment, d.consultation_id, d.kind"
        ),
        args![now, soon],
    )
    .await
}

/// Notes that something was announced; `false` when another did so before.
pub async fn announce(tx: &mut Tx, due: &Due, at: Timestamp) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into announcement (consultation_id, kind, moment, at) values ($1, $2, $3, $4)
                 on conflict (consultation_id, kind, moment) do nothing"
            ),
            args![&due.consultation_id, &due.kind, due.moment, at],
        )
        .await?;
    Ok(rows == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{comment::testing::town, db_test};

    fn news(mark: &'static str) -> New<'static> {
        New {
            kind: "closed",
            consultation: None,
            detail: "C",
            place: "/konsultasi/c",
            mark,
            at: Timestamp(5),
        }
    }

    db_test! { async fn followers_are_told_once(db) {
        let _town = town(&db).await;
        let told: Result<(u64, u64, u64, bool)> = db.write(|tx| Box::pin(async move {
            let (ani, budi, c) = (AccountId::new("ani"), AccountId::new("budi"), ConsultationId::new("c"));
            assert!(follow(tx, &ani, &c, true, Timestamp(1)).await?);
            assert!(!follow(tx, &ani, &c, true, Timestamp(2)).await?);
            assert!(follow(tx, &budi, &c, true, Timestamp(3)).await?);
            Ok((
                tell_followers(tx, &NoticeId::new("n1"), &c, Some(&budi), &news("")).await?,
                tell_followers(tx, &NoticeId::new("n2"), &c, None, &news("")).await?,
                tell_followers(tx, &NoticeId::new("n3"), &c, None, &news("2")).await?,
                tell(tx, &NoticeId::new("n4"), &ani, &news("2")).await?,
            ))
        })).await;
        assert_eq!(told.expect("writes"), (1, 1, 2, false));
        let ani = AccountId::new("ani");
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(counts(&mut tx, &ani).await.expect("counts"), (2, 2));
        let first = list(&mut tx, &ani, 1, 1).await.expect("lists");
        assert_eq!(first[0].id, "n1-ani");
        drop(tx);
        let read: Result<(u64, u64, u64)> = db.write(|tx| Box::pin(async move {
            let (ani, budi) = (AccountId::new("ani"), AccountId::new("budi"));
            Ok((
                mark_read(tx, &budi, Some(&NoticeId::new("n1-ani")), Timestamp(9)).await?,
                mark_read(tx, &ani, Some(&NoticeId::new("n1-ani")), Timestamp(9)).await?,
                mark_read(tx, &ani, None, Timestamp(9)).await?,
            ))
        })).await;
        assert_eq!(read.expect("writes"), (0, 1, 1), "nobody marks the notices of another");
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(unread_count(&mut tx, &ani).await.expect("counts"), 0);
        assert!(follows(&mut tx, &ani, &ConsultationId::new("c")).await.expect("reads"));
    } }

    db_test! { async fn what_the_clock_brings_is_due_once_for_each_moment(db) {
        let _town = town(&db).await;
        let set: Result<u64> = db.write(|tx| Box::pin(async move {
            tx.run("update consultation set opens_at = 100, closes_at = 300", args![]).await
        })).await;
        set.expect("writes");
        let kinds = async |now: i64| -> Vec<String> {
            let done: Result<Vec<String>> = db.write(move |tx| Box::pin(async move {
                let mut kinds = Vec::new();
                for due in due(tx, Timestamp(now), Timestamp(now + 50)).await? {
                    if announce(tx, &due, Timestamp(now)).await? {
                        kinds.push(due.kind);
                    }
                }
                Ok(kinds)
            })).await;
            done.expect("announces")
        };
        assert!(kinds(99).await.is_empty());
        assert_eq!(kinds(100).await, ["opened"]);
        assert!(kinds(101).await.is_empty());
        assert_eq!(kinds(260).await, ["closes_soon"]);
        assert_eq!(kinds(300).await, ["closed"]);
        assert!(kinds(301).await.is_empty());
    } }
}
