//! The inbox of an officer among 100,000 cases.

use anyhow::{Context, Result};
use domain::reference::Reference;
use sqlx::{Connection, SqliteConnection};

use crate::{
    account,
    http::{Request, once},
    load::{self, Plan, Round},
    report::{Budget, Report, Spread, series, series_heads},
    town::{Town, now, open},
};

/// So many cases.
const CASES: u32 = 100_000;
/// Officers who look at once.
const CONNECTIONS: usize = 4;
/// Milliseconds within which 99 of 100 pages come.
const LONGEST: f64 = 50.0;
/// The services that they are about.
const TITLES: [&str; 7] = [
    "Akta kelahiran",
    "Kartu keluarga",
    "Pindah datang",
    "Pajak bumi dan bangunan",
    "Izin usaha",
    "Informasi publik",
    "Permohonan umum",
];
const DAY: i64 = 86_400_000;

pub(crate) async fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let database = town.busy_copy("inbox.db")?;
    let mut connection = open(&database).await?;
    // Of one office alone: the bare statements are those of one.
    let (officer, office): (String, String) = sqlx::query_as(
        "select m.account_id, min(m.office_id) from membership m join account a on a.id = m.account_id
         where a.role <> 'administrator' group by m.account_id having count(*) = 1 order by m.account_id limit 1",
    )
    .fetch_one(&mut connection)
    .await
    .context("The demo has no officer of one office")?;
    let (administrator,): (String,) =
        sqlx::query_as("select id from account where role = 'administrator' order by id limit 1")
            .fetch_one(&mut connection)
            .await
            .context("The demo has no administrator")?;
    fill(&mut connection, &officer, &office).await?;
    let officer = account::admit(&mut connection, &officer, 0).await?;
    let administrator = account::admit(&mut connection, &administrator, 1).await?;
    connection.close().await?;
    let portal = town.portal(&database).await?;
    report.subject(
        "The inbox at 100,000 cases",
        &format!(
            "{CONNECTIONS} connections; half of the cases are of the officer's office, four in ten are closed. Session, limits, the\n\
             queries and drawing 50 rows each time. The bare loop asks what the first page asks, with the same statements over sqlx,\n\
             one after the other. Names are missing: they are sealed, and only the portal could make them."
        ),
    );
    let deep = {
        let request = Request::get_with("/kantor/kasus", &[("Cookie", &officer)]);
        let text = once(portal.address, &request).await?.text();
        let next = text
            .split("sesudah=")
            .nth(1)
            .and_then(|rest| rest.split(['"', '&']).next());
        format!("sesudah={}", next.context("The inbox has no second page")?)
    };
    let pages: [(&str, &str, &str); 6] = [
        ("open, first due first", "", &officer),
        ("the next page", &deep, &officer),
        ("late", "tenggat=lewat", &officer),
        (
            "nobody's, of one service",
            "petugas=kosong&layanan=Izin%20usaha",
            &officer,
        ),
        ("closed", "keadaan=tutup", &officer),
        ("of all offices", "", &administrator),
    ];
    let mut rounds = vec![Vec::new(); pages.len()];
    let mut bare = Vec::new();
    for _ in 0..town.options.rounds() {
        for ((_, query, cookie), rounds) in pages.iter().zip(&mut rounds) {
            let path = format!("/kantor/kasus?{query}");
            let request = Request::get_with(&path, &[("Cookie", cookie)]);
            let plan = Plan {
                connections: CONNECTIONS,
                time: town.options.slice(),
                status: 200,
                least: 10_000,
            };
            rounds.push(load::run(&portal, plan, move |_| request.clone()).await?);
        }
        let time = town.options.slice().as_millis();
        bare.push(Round::told(
            &town.reference_output("inbox", &database, time)?,
        )?);
    }
    portal.stop().await;
    series_heads();
    for ((name, _, _), rounds) in pages.iter().zip(&rounds) {
        series(name, rounds);
    }
    series("bare statements of the first", &bare);
    for ((name, _, _), rounds) in pages.iter().zip(&rounds) {
        let slowest = Spread::of(rounds.iter().map(|round| round.p99));
        report.spread(
            &format!("p99, {name}"),
            &slowest,
            "ms",
            Budget::Most(LONGEST),
        );
    }
    report.ratio(
        "ratio of the rates, first page",
        &rounds[0],
        &bare,
        Budget::None,
    );
    Ok(())
}

/// Cases over the last years: half of them of one office, four in ten closed, a third of the others nobody's.
async fn fill(connection: &mut SqliteConnection, officer: &str, office: &str) -> Result<()> {
    let references: Vec<String> = (0..CASES)
        .map(|number| {
            // Each another, and in no order: the factor is odd, so that no two have the same lower bits.
            let bytes = (u64::from(number) * 0x9e37_79b9_7f4b).to_be_bytes();
            Reference::new(std::array::from_fn(|place| bytes[place + 2])).compact()
        })
        .collect();
    let mut tx = connection.begin().await?;
    sqlx::query(
        "with o as (select id, row_number() over (order by id) - 1 as place, count(*) over () as many from office where id <> $2),
              a as (select account_id as id, row_number() over (order by account_id) - 1 as place, count(*) over () as many from membership),
              n as (select cast(key as integer) as i, value as reference from json_each($1)),
              c as (select i, reference, i % 10 >= 6 as is_closed, $4 - (i * 7919 % 1000) * $5 as received,
                           (i * 31 % 40 - 12) * $5 as rest from n)
         insert into cases (id, reference, kind, office_id, title, key_hash, contact, answers, status, outcome, handler_id, clock,
                            due_at, is_open, due_sort, received_at, updated_at, closed_at, retention_days, revision)
         select printf('01bench%019d', i), reference, 'form',
                case when i % 2 = 0 then $2 else (select id from o where place = i / 2 % many) end,
                json_extract($6, '$[' || (i % 7) || ']'), printf('bench-%d', i), '', '',
                case when not is_closed then (case i % 3 when 0 then 'received' when 1 then 'checked' else 'needs_information' end)
                     when i % 4 = 0 then 'handed_out' else 'decided' end,
                case when is_closed then 'granted' end,
                case when is_closed or i % 3 > 0 then (case when i % 5 = 0 then $3 else (select id from a where place = i % many) end) end,
                '', case when not is_closed then $4 + rest end, not is_closed,
                case when is_closed then 9223372036854775807 else $4 + rest end,
                received, received, case when is_closed then received + 5 * $5 end, 365, 1
         from c",
    )
    .bind(serde_json::to_string(&references)?)
    .bind(office)
    .bind(officer)
    .bind(now())
    .bind(DAY)
    .bind(serde_json::to_string(&TITLES)?)
    .execute(&mut *tx)
    .await
    .context("The cases cannot be filled in")?;
    sqlx::query("insert or ignore into case_title (office_id, title) select distinct office_id, title from cases")
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
