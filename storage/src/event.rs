//! News between the copies of the program that share a PostgreSQL server. On SQLite there is one copy and nothing to do.

use sqlx::postgres::PgListener;

use crate::{Db, Result, Tx, args};

/// The channel's name on the server.
const CHANNEL: &str = "rembug";

/// Tells the other copies, when this transaction commits. `payload` is at most 8,000 bytes.
pub async fn notify(tx: &mut Tx, payload: &str) -> Result<()> {
    if tx.is_postgres() {
        tx.run(NOTIFY, args![CHANNEL, payload]).await?;
    }
    Ok(())
}

/// Not registered with [`sql!`]: only one of the two databases knows the function.
const NOTIFY: &str = "select pg_notify($1, $2)";

/// What the other copies tell, in order. `None` on SQLite.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Begins to listen; `None` on SQLite.
    pub async fn start(db: &Db) -> Result<Option<Self>> {
        let Db::Postgres(pool) = db else {
            return Ok(None);
        };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Self(listener)))
    }

    /// Waits for the next news; connects again by itself after a failure.
    pub async fn next(&mut self) -> Result<String> {
        Ok(self.0.recv().await?.payload().to_owned())
    }
}
