use super::*;
use crate::db_test;

db_test! { async fn every_statement_is_understood(db) {
    let mut tx = db.read().await.expect("a connection");
    for statement in inventory::iter::<Statement> {
        if let Err(error) = tx.check(statement.sql).await {
            panic!("{}:{}: {error:?}\n{}", statement.file, statement.line, statement.sql);
        }
    }
} }

db_test! { async fn a_failed_write_leaves_nothing_and_others_stay(db) {
    let insert = |name: &'static str, fail: bool| {
        let db = db.clone();
        async move {
            db.write(move |tx| Box::pin(async move {
                tx.run(
                    sql!("insert into office (id, name, short) values ($1, $2, $3)"),
                    args![name, name, name],
                ).await?;
                if fail { Err(Error::Unfit("on purpose".into())) } else { Ok(()) }
            })).await
        }
    };
    let (a, b, c) = tokio::join!(insert("a", false), insert("b", true), insert("c", false));
    assert!(a.is_ok() && b.is_err() && c.is_ok());
    assert!(matches!(insert("a", false).await, Err(Error::Conflict)));
    let mut tx = db.read().await.expect("a connection");
    assert_eq!(tx.number(sql!("select count(*) from office"), args![]).await.expect("counts"), 2);
} }

db_test! { async fn of_many_at_once_those_that_went_well_stay(db) {
    // In every order of going well (0), failing (1) and panicking (2), also first and last.
    let ends: Vec<usize> = (0..27).flat_map(|n| [n % 3, n / 3 % 3, n / 9 % 3]).collect();
    let writes = ends.iter().enumerate().map(|(n, end)| {
        let (db, end) = (db.clone(), *end);
        async move {
            let done: Result<()> = db.write(move |tx| Box::pin(async move {
                tx.run(sql!("insert into office (id, name, short) values ($1, $1, $1)"), args![format!("o{n}")]).await?;
                assert_ne!(end, 2, "on purpose");
                if end == 1 { Err(Error::Unfit("on purpose".into())) } else { Ok(()) }
            })).await;
            done.is_ok()
        }
    });
    let went_well = futures::future::join_all(writes).await;
    assert_eq!(went_well, ends.iter().map(|end| *end == 0).collect::<Vec<_>>());
    let mut tx = db.read().await.expect("a connection");
    let stored = tx.number(sql!("select count(*) from office"), args![]).await.expect("counts");
    assert_eq!(stored, i64::try_from(ends.iter().filter(|end| **end == 0).count()).expect("few"));
} }

db_test! { async fn a_panicking_write_does_not_stop_the_next(db) {
    let broken: Result<()> = db.write(|_| Box::pin(async { panic!("on purpose") })).await;
    assert!(matches!(broken, Err(Error::Unavailable(_))));
    let fine: Result<u64> = db.write(|tx| Box::pin(async move {
        tx.run(sql!("insert into office (id, name, short) values ($1, $2, $3)"), args!["x", "x", "x"]).await
    })).await;
    assert_eq!(fine.ok(), Some(1));
} }

#[tokio::test]
async fn sqlite_is_durable_and_new_enough() {
    let (db, _guard) = crate::testing::sqlite().await;
    let Db::Sqlite { readers, .. } = &db else {
        panic!("opened SQLite")
    };
    let mode: (i64,) = sqlx::query_as("pragma synchronous")
        .fetch_one(readers)
        .await
        .expect("answers");
    assert_eq!(mode.0, 2, "2 is FULL");
    let done: Result<i64> = db
        .write(|tx| Box::pin(async move { tx.number("pragma synchronous", vec![]).await }))
        .await;
    assert_eq!(done.ok(), Some(2), "the writer flushes each commit");
    let version: (String,) = sqlx::query_as("select sqlite_version()")
        .fetch_one(readers)
        .await
        .expect("answers");
    let parts: Vec<u32> = version
        .0
        .split('.')
        .filter_map(|p| p.parse().ok())
        .collect();
    assert!(
        (parts[0], parts[1], parts[2]) >= OLDEST_SQLITE,
        "{}",
        version.0
    );
}

#[tokio::test]
async fn without_room_nothing_is_stored_and_room_heals() {
    let (db, _guard) = crate::testing::sqlite().await;
    let pragma = |sql: &'static str| {
        let db = db.clone();
        async move {
            let done: Result<i64> = db
                .write(move |tx| Box::pin(async move { tx.number(sql, vec![]).await }))
                .await;
            done.expect("the limit is set");
        }
    };
    let insert = |name: &'static str, size: usize| {
        let db = db.clone();
        async move {
            db.write(move |tx| {
                Box::pin(async move {
                    tx.run(
                        sql!("insert into office (id, name, short) values ($1, $2, $1)"),
                        args![name, "x".repeat(size)],
                    )
                    .await
                })
            })
            .await
        }
    };
    // No smaller than the file is: its size now.
    pragma("pragma max_page_count = 1").await;
    let (large, small) = tokio::join!(insert("large", 1 << 20), insert("small", 1));
    assert!(matches!(large, Err(Error::Full(_))), "{large:?}");
    pragma("pragma max_page_count = 1000000").await;
    assert_eq!(insert("later", 1 << 20).await.ok(), Some(1));
    let mut tx = db.read().await.expect("a connection");
    let stored = tx
        .number(sql!("select count(*) from office"), args![])
        .await
        .expect("counts");
    assert_eq!(
        stored,
        1 + i64::from(small.is_ok()),
        "what was acknowledged, no more"
    );
}

#[tokio::test]
async fn closing_ends() {
    let (db, _guard) = crate::testing::sqlite().await;
    let closed = tokio::time::timeout(std::time::Duration::from_secs(10), db.close()).await;
    assert!(closed.is_ok(), "closing waits for nobody");
}

#[tokio::test]
async fn another_kind_of_address_is_refused() {
    assert!(matches!(Db::open("mysql://x").await, Err(Error::Unfit(_))));
}
