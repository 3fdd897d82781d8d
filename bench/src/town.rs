//! The town that is measured: the demo as it comes, and a busy one with 1,000 comments and thousands of residents.

use std::{
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result};
use sqlx::{
    AssertSqlSafe, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    account,
    child::{Server, output},
    machine::Machine,
    options::Options,
    scratch::Scratch,
};

/// The open consultation of the demo that has everything: two questions, statements, clauses, comments.
pub(crate) const OPEN: &str = "jalur-sepeda-panglima-sudirman";
/// The demo's consultation that was answered.
pub(crate) const ANSWERED: &str = "air-irigasi-dan-sumber-mata-air";
/// Comments on the busy town's open consultation.
pub(crate) const COMMENTS: i64 = 1_000;

/// Everything a measurement needs.
pub(crate) struct Town<'a> {
    pub(crate) options: &'a Options,
    pub(crate) machine: &'a Machine,
    pub(crate) scratch: &'a Scratch,
    demo: PathBuf,
    busy: PathBuf,
    /// The question of the open consultation that is answered with agree or disagree.
    pub(crate) question: String,
}

impl<'a> Town<'a> {
    pub(crate) async fn build(
        options: &'a Options,
        machine: &'a Machine,
        scratch: &'a Scratch,
    ) -> Result<Self> {
        let (demo, busy) = (scratch.path("demo.db"), scratch.path("busy.db"));
        output(
            machine
                .command(&options.rembug)
                .args(["demo", "--fill-only"])
                .env("DATABASE_URL", url(&demo)),
        )
        .context("The demo town cannot be filled")?;
        std::fs::copy(&demo, &busy).context("The demo town cannot be copied")?;
        let mut connection = open(&busy).await?;
        add_comments(&mut connection).await?;
        account::add(&mut connection).await?;
        let (question,): (String,) = sqlx::query_as(
            "select q.id from question q join consultation c on c.id = q.consultation_id
             where c.slug = $1 and q.kind = 'position' order by q.position limit 1",
        )
        .bind(OPEN)
        .fetch_one(&mut connection)
        .await
        .context("The demo has no question of the expected kind")?;
        connection.close().await?;
        Ok(Self {
            options,
            machine,
            scratch,
            demo,
            busy,
            question,
        })
    }

    /// The portal on the demo as it comes.
    pub(crate) async fn demo(&self) -> Result<Server> {
        self.portal(&self.demo).await
    }

    /// The busy town's database, for one measurement alone.
    pub(crate) fn busy_copy(&self, name: &str) -> Result<PathBuf> {
        let copy = self.scratch.path(name);
        std::fs::copy(&self.busy, &copy).context("The busy town cannot be copied")?;
        Ok(copy)
    }

    /// The portal on a database, when its home page is answered.
    pub(crate) async fn portal(&self, database: &Path) -> Result<Server> {
        let log = self.scratch.path("rembug.log");
        Server::start(log, "/", |address| {
            let mut command = self.machine.command(&self.options.rembug);
            command
                .arg("serve")
                .env("DATABASE_URL", url(database))
                .env("REMBUG_LISTEN", address.to_string());
            command
        })
        .await
    }

    /// A reference of this program on the portal's core, when it answers `page`.
    pub(crate) async fn reference(&self, verb: &str, file: &Path, page: &str) -> Result<Server> {
        let own = std::env::current_exe()?;
        Server::start(self.scratch.path("reference.log"), page, |address| {
            let mut command = self.machine.command(&own);
            command
                .args(["reference", verb])
                .arg(file)
                .arg(address.to_string());
            command
        })
        .await
    }

    /// Runs a reference of this program on the portal's core to its end; what it printed.
    pub(crate) fn reference_output(&self, verb: &str, file: &Path, number: u128) -> Result<String> {
        let own = std::env::current_exe()?;
        output(
            self.machine
                .command(&own)
                .args(["reference", verb])
                .arg(file)
                .arg(number.to_string()),
        )
    }
}

/// The address of a SQLite file for the portal.
pub(crate) fn url(database: &Path) -> String {
    format!("sqlite:{}", database.display())
}

/// A connection as the portal's own: write-ahead log, each commit flushed, as much of the file in memory.
pub(crate) async fn open(database: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("cache_size", "-16000")
        .pragma("mmap_size", "268435456")
        .pragma("temp_store", "MEMORY");
    Ok(SqliteConnection::connect_with(&options).await?)
}

/// Comments up to [`COMMENTS`] in groups of five of the first level and three replies, over the last days, by people of
/// the demo, some of them on a clause.
async fn add_comments(connection: &mut SqliteConnection) -> Result<()> {
    let there = "select count(*) from comment m join consultation c on c.id = m.consultation_id where c.slug = $1";
    let (there,): (i64,) = sqlx::query_as(there)
        .bind(OPEN)
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query(
        "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < $2),
              c as (select id from consultation where slug = $1),
              v as (select v.id from text_version v join c on c.id = v.consultation_id
                    where v.published_at is not null order by v.number desc limit 1),
              k as (select k.id, row_number() over (order by k.position) - 1 as place from clause k join v on v.id = k.version_id),
              a as (select id, row_number() over (order by id) - 1 as place from account),
              row as (select i, i % 8 >= 5 as is_reply, i - (case when i % 8 >= 5 then 5 else 0 end) as root from n)
         insert into comment (id, consultation_id, clause_id, parent_id, root_id, depth, account_id, stance, body,
                              posted_at, supports, replies, send_key)
         select printf('01bench%019d', i), (select id from c),
                case when not is_reply and i % 2 = 1 then (select id from k where place = i % 9) end,
                case when is_reply then printf('01bench%019d', root) end, printf('01bench%019d', root), is_reply,
                (select id from a where place = i % 50),
                case when is_reply or i % 4 = 3 then null else
                    (case i % 4 when 0 then 'for' when 1 then 'against' else 'neutral' end) end,
                case i % 4
                    when 0 then 'Setuju, asal pembatasnya jelas dan lampunya menyala sampai malam.'
                    when 1 then 'Toko saya di sisi selatan. Pembeli berhenti sebentar, lalu jalan lagi. Kalau parkirnya pindah, tolong sediakan tempat berhenti lima menit di dekat perempatan.'
                    when 2 then 'Anak saya bersepeda ke sekolah setiap hari. Sekarang dia naik ke trotoar karena takut. ' ||
                        'Jalur yang terpisah akan sangat menolong, apalagi pagi hari ketika bus wisata lewat.' || char(10) || char(10) || 'Terima kasih sudah bertanya.'
                    else 'Bagaimana dengan angkot? Tempat menaikkan penumpang belum saya lihat di gambar.' end,
                (select opens_at from consultation where slug = $1) + i * 60000, i % 40, case when is_reply then 0 else i % 8 < 3 end,
                printf('bench-%d', i)
         from row",
    )
    .bind(OPEN)
    .bind(COMMENTS - there)
    .execute(connection)
    .await?;
    Ok(())
}

/// The present instant in milliseconds.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// A number out of a database that no server has open.
pub(crate) async fn count(database: &Path, sql: &str) -> Result<i64> {
    let mut connection = open(database).await?;
    let (count,): (i64,) = sqlx::query_as(AssertSqlSafe(sql.to_owned()))
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    Ok(count)
}
