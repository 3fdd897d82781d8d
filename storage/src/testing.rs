//! Databases that live for one test, on SQLite and PostgreSQL.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::{Db, Query, Tx};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A SQLite database in a file of its own under the temporary folder; it goes with the returned guard.
pub async fn sqlite() -> (Db, Guard) {
    let path = std::env::temp_dir().join(format!(
        "rembug-test-{}-{}.db",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    ));
    let db = Db::open(&format!("sqlite:{}", path.display()))
        .await
        .expect("a SQLite file opens");
    (db, Guard(path))
}

/// A PostgreSQL database of its own, when `TEST_POSTGRES_URL` names a server to make it on.
///
/// It is dropped with the returned guard.
pub async fn postgres() -> Option<(Db, PostgresGuard)> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests find their server here; no configuration exists for them"
    )]
    let url = std::env::var("TEST_POSTGRES_URL").ok()?;
    let mut server = PgConnection::connect(&url)
        .await
        .expect("the test server answers");
    let name = format!(
        "rembug_test_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    // Numbers of processes come again: what an earlier one left behind goes.
    server
        .execute(AssertSqlSafe(format!("drop database if exists {name}")))
        .await
        .expect("what an earlier run left can be dropped");
    server
        .execute(AssertSqlSafe(format!(
            "create database {name} template template0 encoding 'UTF8' locale 'C'"
        )))
        .await
        .expect("a test database can be made");
    let base = url.rsplit_once('/').map_or(url.as_str(), |(base, _)| base);
    let db = Db::open(&format!("{base}/{name}"))
        .await
        .expect("a fresh PostgreSQL database opens");
    Some((db, PostgresGuard { url, name }))
}

/// Drops a PostgreSQL test database, whoever is still connected to it.
#[derive(Debug)]
pub struct PostgresGuard {
    url: String,
    name: String,
}

impl PostgresGuard {
    async fn remove(&self) -> sqlx::Result<()> {
        let mut server = PgConnection::connect(&self.url).await?;
        let drop = format!("drop database if exists {} with (force)", self.name);
        server.execute(AssertSqlSafe(drop)).await?;
        server.close().await
    }
}

impl Drop for PostgresGuard {
    fn drop(&mut self) {
        // A test's runtime may not wait inside a drop: a thread of its own does.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                if let Ok(runtime) = runtime {
                    let _ = runtime.block_on(self.remove());
                }
            });
        });
    }
}

/// Removes the files of a SQLite test database.
#[derive(Debug)]
pub struct Guard(std::path::PathBuf);

impl Drop for Guard {
    fn drop(&mut self) {
        for tail in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(tail);
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Every row of every table as text, each after the name of its table: what is stored anywhere.
///
/// Bytes are written in hexadecimal digits. A database that does not answer ends the test.
pub async fn dump(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.expect("a connection");
    let is_sqlite = matches!(tx, Tx::Sqlite(_));
    let tables: Vec<(String,)> = tx
        .all_of(Query::new(if is_sqlite {
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        } else {
            "select cast(table_name as text) from information_schema.tables where table_schema = 'public'"
        }))
        .await
        .expect("the tables are listed");
    let mut lines = Vec::new();
    for (table,) in tables {
        let rows = if is_sqlite {
            let columns = format!("select name from pragma_table_info('{table}')");
            let columns: Vec<(String,)> = tx.all_of(text(columns)).await.expect("has columns");
            let columns: Vec<String> = columns
                .into_iter()
                .map(|(name,)| format!("quote(\"{name}\")"))
                .collect();
            format!("select {} from \"{table}\"", columns.join(" || ' ' || "))
        } else {
            format!("select cast(t as text) from \"{table}\" t")
        };
        let rows: Vec<(String,)> = tx.all_of(text(rows)).await.expect("rows are read");
        lines.extend(rows.into_iter().map(|(row,)| format!("{table}: {row}")));
    }
    lines
}

/// A query that was put together; what it takes stays until the test ends.
fn text(query: String) -> Query {
    Query::new(query.leak())
}

/// Runs an async test on SQLite and, where `TEST_POSTGRES_URL` is set, on PostgreSQL.
///
/// `db_test! { async fn name(db) { … } }`, where `db` is a fresh [`Db`] of the newest schema.
#[macro_export]
macro_rules! db_test {
    ($(#[$attribute:meta])* async fn $name:ident($db:ident) $body:block) => {
        $(#[$attribute])*
        mod $name {
            use super::*;

            async fn check($db: $crate::Db) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let (db, _guard) = $crate::testing::sqlite().await;
                check(db).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                match $crate::testing::postgres().await {
                    Some((db, _guard)) => check(db).await,
                    None => eprintln!("skipped: TEST_POSTGRES_URL is not set"),
                }
            }
        }
    };
}

/// Inserts a draft consultation of an office `office`, for tests that need one to hang things on.
pub async fn consultation(tx: &mut crate::Tx, slug: &str) -> crate::Result<domain::ConsultationId> {
    tx.run(
        crate::sql!("insert into office (id, name, short) values ('office', 'Dinas', 'Dinas') on conflict do nothing"),
        crate::args![],
    )
    .await?;
    tx.run(
        crate::sql!(
            "insert into consultation (id, slug, office_id, title, preview_token, created_at, updated_at)
             values ($1, $1, 'office', $1, $1, 0, 0)"
        ),
        crate::args![slug],
    )
    .await?;
    Ok(domain::ConsultationId::new(slug))
}
