//! The legal clock: the table of holidays, and what follows from it for a case.

use domain::{
    Actor, Problem, Timestamp, Zone,
    calendar::{self, Calendar, Table, Year},
    case::{Happening, Side, Status},
    deadline::{self, Deadline},
};
use storage::Tx;

use super::{
    Case,
    held::{Entry, Held},
};
use crate::{Error, Event, News, Result, Service, audit};

pub use domain::deadline::Standing;

/// Cases counted anew in one transaction.
const AT_ONCE: u32 = 100;

/// The table of holidays as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holidays {
    /// The years that are known, the latest first.
    pub years: Vec<Year>,
    /// Days of the week on which nobody works: 1 Monday to 7 Sunday.
    pub rest: Vec<u8>,
    /// Years that cases wait for.
    pub lacking: Vec<i32>,
}

/// What a case is due by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) due_at: Option<Timestamp>,
    pub(super) lacks_year: Option<i32>,
    pub(super) escalate_at: Option<Timestamp>,
}

/// Everything that days are counted with.
#[derive(Clone, Debug)]
pub(super) struct Count {
    pub(super) calendar: Calendar,
    pub(super) zone: Zone,
}

impl Count {
    pub(super) async fn load(tx: &mut Tx) -> Result<Self> {
        let calendar = Calendar::new(&table(tx).await?).map_err(|_| super::broken("holidays"))?;
        let zone = storage::area::find_city(tx)
            .await?
            .map_or(Zone::UTC, |city| city.zone);
        Ok(Self { calendar, zone })
    }

    /// The dates that follow from a clock; none once the case is closed, or while the city waits.
    pub(super) fn dates(
        &self,
        deadline: &Deadline,
        status: Status,
        told: usize,
        now: Timestamp,
    ) -> Dates {
        if !status.is_open() {
            return Dates::default();
        }
        match deadline.until(&self.calendar, &self.zone) {
            Ok(None) => Dates::default(),
            Ok(Some(until)) => Dates {
                due_at: Some(until),
                lacks_year: None,
                escalate_at: deadline
                    .next_step(told, &self.calendar, &self.zone)
                    // A step in a year without a table is looked for again, day after day.
                    .unwrap_or_else(|_| Some(until.max(now).plus_days(1))),
            },
            Err(error) => Dates {
                lacks_year: missing(&error),
                ..Dates::default()
            },
        }
    }
}

/// The year that an error misses.
pub(super) const fn missing(error: &deadline::Error) -> Option<i32> {
    match error {
        deadline::Error::Calendar(calendar::Error::NoTable { year }) => Some(*year),
        _ => None,
    }
}

async fn table(tx: &mut Tx) -> Result<Table> {
    let mut all = Table {
        rest: vec![6, 7],
        joint_leave: true,
        years: Vec::new(),
    };
    for body in storage::case::years(tx).await? {
        let one: Table = serde_json::from_str(&body).map_err(|_| super::broken("holidays"))?;
        // The newest word on the week holds for all years.
        all.rest = one.rest;
        all.joint_leave = one.joint_leave;
        all.years.extend(one.years);
    }
    Ok(all)
}

/// The calendar of working days; a year without a table is refused by it.
pub async fn calendar(tx: &mut Tx) -> Result<Calendar> {
    Ok(Count::load(tx).await?.calendar)
}

/// Where the clock of a case stands at `now`; `None` when the case is closed, or when its year has no table.
pub fn standing(case: &Case, calendar: &Calendar, zone: &Zone, now: Timestamp) -> Option<Standing> {
    if !case.status.is_open() {
        return None;
    }
    case.deadline.standing(now, calendar, zone).ok()
}

/// The table of holidays, and the years that cases wait for; for administrators.
pub async fn lacking_years(tx: &mut Tx, actor: &Actor) -> Result<Holidays> {
    actor.may_administer()?;
    let table = table(tx).await?;
    let mut years = table.years;
    years.sort_by_key(|year| std::cmp::Reverse(year.year));
    Ok(Holidays {
        years,
        rest: table.rest,
        lacking: storage::case::lacking_years(tx).await?,
    })
}

/// Takes a table of holidays written as JSON of [`Table`]; years that it names take the place of earlier ones. Cases that
/// waited for such a year are counted anew. Returns the years. For administrators.
///
/// Errors: field `table`: [`Problem::Malformed`] when it is no such JSON, [`Problem::Order`] when a day stands in the
/// wrong year or a year twice, [`Problem::Unknown`] when the week has no working day, [`Problem::Missing`] without a year.
pub async fn import_holidays(service: &Service, actor: &Actor, json: &str) -> Result<Vec<i32>> {
    let permit = actor.may_administer()?;
    let table: Table =
        serde_json::from_str(json).map_err(|_| Error::invalid("table", Problem::Malformed))?;
    Calendar::new(&table).map_err(|error| {
        let problem = match error {
            calendar::Error::Week => Problem::Unknown,
            _ => Problem::Order,
        };
        Error::invalid("table", problem)
    })?;
    if table.years.is_empty() {
        return Err(Error::invalid("table", Problem::Missing));
    }
    let years: Vec<i32> = table.years.iter().map(|year| year.year).collect();
    let (inner, now, imported) = (service.clone(), service.now(), years.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                for year in &table.years {
                    let one = Table {
                        years: vec![year.clone()],
                        ..table.clone()
                    };
                    let body =
                        serde_json::to_string(&one).map_err(|_| super::broken("holidays"))?;
                    storage::case::put_year(tx, year.year, &body, permit.by(), now).await?;
                }
                let detail = serde_json::json!({ "years": imported }).to_string();
                audit::note(
                    &inner,
                    tx,
                    permit.by(),
                    "case.holidays",
                    "holidays",
                    &detail,
                )
                .await
            })
        })
        .await?;
    count_anew(service).await?;
    Ok(years)
}

/// Counts the due dates of all cases that waited for a table.
async fn count_anew(service: &Service) -> Result<()> {
    let mut after = String::new();
    loop {
        let mut tx = service.read().await?;
        let waiting = storage::case::lacking(&mut tx, &after, AT_ONCE).await?;
        drop(tx);
        let Some(last) = waiting.last() else {
            return Ok(());
        };
        after.clone_from(&last.id);
        for due in waiting {
            let inner = service.clone();
            let known = service
                .db()
                .write(move |tx| Box::pin(async move { recount(&inner, tx, due).await }))
                .await?;
            if let Some(id) = known {
                tell(service, id).await;
            }
        }
    }
}

/// Counts the due date of a case that waited for a table; `None` when it still waits.
async fn recount(
    service: &Service,
    tx: &mut Tx,
    due: storage::case::Due,
) -> Result<Option<domain::CaseId>> {
    let count = Count::load(tx).await?;
    let Some(row) = storage::case::find(tx, &due.reference).await? else {
        return Ok(None);
    };
    let case = Case::read(&row)?;
    let dates = count.dates(&case.deadline, case.status, 0, service.now());
    let Some(until) = dates.due_at else {
        return Ok(None);
    };
    let held = Held::lock(service, tx, &due.reference).await?;
    held.save(tx, service, &count).await?;
    let day = count.zone.day(Timestamp(until.0 - 1)).to_string();
    let entry = Entry {
        detail: &day,
        ..Entry::new(Side::Clock, None, Happening::DueKnown)
    };
    held.write(tx, service, &entry).await?;
    Ok(Some(held.id()))
}

/// Tells everybody who listens that something happened to a case.
pub(crate) async fn tell(service: &Service, id: domain::CaseId) {
    service
        .publish(Event {
            consultation: None,
            news: News::Case(id),
        })
        .await;
}
