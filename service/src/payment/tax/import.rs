//! Bringing in the table of rates, and a year's list of tax bills: all of it or nothing.

use std::collections::BTreeMap;

use domain::{
    Actor, Day, OfficeId, Timestamp, Zone,
    identity::Nop,
    tax::{self, Assessment, Object, Property, Table},
};
use storage::payment::NewTaxBill;

use super::{Person, WORD, context, mark, table};
use crate::{Error, Result, Service, audit};

/// The columns of a list; their order does not matter.
const COLUMNS: [&str; 16] = [
    "nop",
    "year",
    "owner",
    "place",
    "land",
    "land_class",
    "land_value",
    "building",
    "building_class",
    "building_value",
    "exempt",
    "food",
    "tax",
    "billed_on",
    "due_on",
    "paid_on",
];
/// Most flaws that are told at once.
const FLAWS: usize = 20;

/// What is wrong with a line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line in the file, from 1.
    pub line: u64,
    /// What, in a few words of English.
    pub what: String,
}

/// Why a file does not come in. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// It is no table of this layout.
    #[error("no table of this layout: {0}")]
    Layout(#[from] serde_json::Error),
    /// The rates cannot be used.
    #[error("the table cannot be used: {0}")]
    Rates(#[from] tax::Error),
    /// There is no such office.
    #[error("there is no office {0}")]
    Office(String),
    /// There is no table of rates yet.
    #[error("there is no table of rates yet: bring it in first (rembug import tax-rates FILE)")]
    NoTable,
    /// A column is missing.
    #[error("the list has no column {0:?}")]
    Column(&'static str),
    /// Lines are wrong.
    #[error("lines are wrong")]
    Lines(Vec<Flaw>),
    /// Not allowed, or the store failed.
    #[error(transparent)]
    Service(#[from] Error),
}

impl From<storage::Error> for Unfit {
    fn from(error: storage::Error) -> Self {
        Self::Service(error.into())
    }
}

/// What came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Bills that were written.
    pub written: usize,
    /// Bills that are paid already, and stay as they are.
    pub kept: usize,
}

/// Brings in the table of rates (JSON of [`Table`]). For administrators and the program itself.
pub async fn import_table(service: &Service, actor: &Actor, text: &str) -> Result<Table, Unfit> {
    let permit = actor.may_administer().map_err(Error::from)?;
    let table: Table = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    table.check()?;
    let body = serde_json::to_string(&table)?;
    let (inner, by, office) = (service.clone(), permit.by().cloned(), table.office.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if storage::office::find(tx, &OfficeId::new(&office))
                    .await?
                    .is_none()
                {
                    return Err(Unfit::Office(office));
                }
                let now = inner.now();
                storage::payment::put_table(tx, WORD, &body, by.as_ref(), now).await?;
                audit::note(&inner, tx, by.as_ref(), "tax.table", WORD, "").await?;
                Ok(())
            })
        })
        .await?;
    Ok(table)
}

/// Brings in a list of tax bills (CSV with a head of [`COLUMNS`]), all of it or nothing. For administrators and the program
/// itself.
///
/// The tax is computed from the table; where the list has one, it must be the same. A bill that is paid stays as it is.
pub async fn import_bills(service: &Service, actor: &Actor, text: &str) -> Result<Imported, Unfit> {
    let permit = actor.may_administer().map_err(Error::from)?;
    let mut tx = service.read().await?;
    let table = table(&mut tx).await?.ok_or(Unfit::NoTable)?;
    let zone = storage::area::find_city(&mut tx)
        .await?
        .map_or(Zone::UTC, |city| city.zone);
    drop(tx);
    let lines = read(text, &table, &zone)?;
    let (inner, by) = (service.clone(), permit.by().cloned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut imported = Imported::default();
                for line in &lines {
                    if write(tx, &inner, line).await? {
                        imported.written += 1;
                    } else {
                        imported.kept += 1;
                    }
                }
                let detail = format!("{} written, {} kept", imported.written, imported.kept);
                audit::note(&inner, tx, by.as_ref(), "tax.bills", WORD, &detail).await?;
                Ok(imported)
            })
        })
        .await
}

/// A line that is right.
struct Line {
    year: i32,
    person: Person,
    property: Property,
    assessment: Assessment,
    due: Day,
    paid_at: Option<Timestamp>,
}

async fn write(tx: &mut storage::Tx, service: &Service, line: &Line) -> Result<bool, Unfit> {
    let (id, masked): (String, _) = (service.id(), line.person.nop.masked());
    let person = serde_json::to_vec(&line.person)?;
    let new = NewTaxBill {
        id: &id,
        nop_mark: &mark(service, line.person.nop),
        nop_masked: &masked,
        year: line.year,
        person: &service.keys().seal(&context(&masked, line.year), &person),
        object: &serde_json::to_string(&line.property)?,
        assessment: &serde_json::to_string(&line.assessment)?,
        tax: i64::try_from(line.assessment.tax).map_err(|_| tax::Error::Beyond)?,
        due: &line.due.to_string(),
        paid_at: line.paid_at,
        at: service.now(),
    };
    // A bill that was issued for another amount is withdrawn when somebody goes on with it.
    Ok(storage::payment::put_tax_bill(tx, &new).await?)
}

fn read(text: &str, table: &Table, zone: &Zone) -> Result<Vec<Line>, Unfit> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let head = reader.headers().cloned().unwrap_or_default();
    let mut places = BTreeMap::new();
    for column in COLUMNS {
        let place = head.iter().position(|name| name == column);
        places.insert(column, place.ok_or(Unfit::Column(column))?);
    }
    let (mut lines, mut flaws): (Vec<Line>, Vec<Flaw>) = (Vec::new(), Vec::new());
    let mut met: BTreeMap<(String, i32), u64> = BTreeMap::new();
    for record in reader.records() {
        if flaws.len() >= FLAWS {
            break;
        }
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let what = "not the columns of the head".to_owned();
                flaws.push(Flaw { line, what });
                continue;
            }
        };
        let number = record.position().map_or(0, csv::Position::line);
        let cell = |column: &str| {
            let place = places.get(column).copied().unwrap_or(usize::MAX);
            record.get(place).unwrap_or_default()
        };
        match one(&cell, table, zone) {
            Ok(line) => {
                let key = (line.person.nop.digits(), line.year);
                if let Some(first) = met.insert(key, number) {
                    let what = format!("the same property and year as line {first}");
                    flaws.push(Flaw { line: number, what });
                }
                lines.push(line);
            }
            Err(what) => flaws.push(Flaw { line: number, what }),
        }
    }
    if flaws.is_empty() {
        Ok(lines)
    } else {
        Err(Unfit::Lines(flaws))
    }
}

fn one<'c>(cell: &impl Fn(&str) -> &'c str, table: &Table, zone: &Zone) -> Result<Line, String> {
    let nop = Nop::parse(cell("nop")).map_err(|fault| format!("nop: {fault}"))?;
    nop.district_in(&table.area)
        .map_err(|fault| format!("nop: {fault}"))?;
    let year: i32 = number(cell, "year")?;
    let rates = table
        .year(year)
        .ok_or_else(|| format!("year: there are no rates of {year}"))?;
    let object = Object {
        land: number(cell, "land")?,
        land_value: number(cell, "land_value")?,
        building: number(cell, "building")?,
        building_value: number(cell, "building_value")?,
        is_exempt: truth(cell, "exempt")?,
        is_food: truth(cell, "food")?,
    };
    let assessment = rates.assess(&object).map_err(|error| error.to_string())?;
    if !cell("tax").is_empty() {
        let given: u64 = number(cell, "tax")?;
        if given != assessment.tax {
            let computed = assessment.tax;
            return Err(format!("tax: {given}, but the table gives {computed}"));
        }
    }
    let billed = date(cell, "billed_on")?.ok_or("billed_on: missing")?;
    let due = match date(cell, "due_on")? {
        Some(due) => due,
        None => rates.due(billed).ok_or("billed_on: beyond the calendar")?,
    };
    let (owner, place) = (cell("owner"), cell("place"));
    if owner.is_empty() || place.is_empty() {
        return Err("owner or place: missing".to_owned());
    }
    if owner.chars().count() > 100 || place.chars().count() > 200 {
        return Err("owner or place: too long".to_owned());
    }
    Ok(Line {
        year,
        person: Person {
            nop,
            owner: owner.to_owned(),
            place: place.to_owned(),
        },
        property: Property {
            object,
            land_class: cell("land_class").to_owned(),
            building_class: cell("building_class").to_owned(),
        },
        assessment,
        due,
        paid_at: date(cell, "paid_on")?.map(|day| day.midnight(zone)),
    })
}

fn number<'c, T: std::str::FromStr>(
    cell: &impl Fn(&str) -> &'c str,
    column: &str,
) -> Result<T, String> {
    let text = cell(column);
    text.parse()
        .map_err(|_| format!("{column}: {text:?} is no whole number"))
}

fn truth<'c>(cell: &impl Fn(&str) -> &'c str, column: &str) -> Result<bool, String> {
    match cell(column) {
        "yes" => Ok(true),
        "no" | "" => Ok(false),
        other => Err(format!("{column}: {other:?} is neither yes nor no")),
    }
}

fn date<'c>(cell: &impl Fn(&str) -> &'c str, column: &str) -> Result<Option<Day>, String> {
    match cell(column) {
        "" => Ok(None),
        text => Day::parse(text)
            .map(Some)
            .ok_or_else(|| format!("{column}: {text:?} is no day such as 2026-03-02")),
    }
}
