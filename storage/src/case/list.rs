//! The inbox: narrowed by what an officer looks for, by due date or by age, page after page by where the last one ended.

use domain::{AccountId, OfficeId, Timestamp, case::Status};

use crate::{Query, Result, Tx, args, sql};

/// Whose cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Handling {
    /// Everybody's.
    #[default]
    Any,
    /// Nobody's yet.
    Nobody,
    /// One person's.
    By(AccountId),
}

/// Where a page of the inbox begins or ends: the due date as sorted, and the identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `due_sort` of the case there.
    pub due_sort: i64,
    /// Its identity.
    pub id: String,
}

/// Which cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of these offices; `None` for all.
    pub offices: Option<Vec<OfficeId>>,
    /// In this status; `None` for all that are open.
    pub status: Option<Status>,
    /// Closed ones: decided, handed out, withdrawn. Does nothing beside a status.
    pub closed: bool,
    /// Whose.
    pub handling: Handling,
    /// With this title.
    pub title: Option<String>,
    /// Too late from this moment on, or before.
    pub due_by: Option<Timestamp>,
    /// Of the person with this keyed hash of the NIK, open or not.
    pub nik_mark: Option<String>,
    /// With this reference, open or not.
    pub reference: Option<String>,
    /// After this place, or before it.
    pub after: Option<Place>,
    /// Whether `after` means before: the page is read backwards.
    pub backwards: bool,
    /// How many at most.
    pub limit: u32,
}

/// A case in the inbox.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    /// Its identity.
    pub id: String,
    /// Its reference, without the dash.
    pub reference: String,
    /// What it is.
    pub title: String,
    /// The same in English; may be empty.
    pub title_en: String,
    /// Sealed; empty once erased.
    pub contact: String,
    /// The office's short name.
    pub office_short: String,
    /// A word of [`Status`].
    pub status: String,
    /// What was decided.
    pub outcome: Option<String>,
    /// Who works on it.
    pub handler_name: Option<String>,
    /// The first moment that is too late, in milliseconds.
    pub due_at: Option<i64>,
    /// The year without a table of holidays.
    pub lacks_year: Option<i64>,
    /// When it arrived, in milliseconds.
    pub received_at: i64,
    /// Where it stands in the order.
    pub due_sort: i64,
}

/// What waits, counted up to a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Open and late.
    pub late: i64,
    /// Open and nobody's.
    pub free: i64,
    /// Open and one's own.
    pub own: i64,
}

/// A page of the inbox, in its order.
pub async fn list(tx: &mut Tx, filter: &Filter) -> Result<Vec<Listed>> {
    // The office's register is in the city's language.
    let mut query = Query::new(
        "select c.id, c.reference, c.title, '' as title_en, c.contact, o.short as office_short, c.status, c.outcome, h.name as handler_name,
                c.due_at, c.lacks_year, c.received_at, c.due_sort
         from (",
    );
    // One office after the other, each as far as a page goes: an index gives the cases of one in their order, those of several
    // together would all have to be sorted.
    match filter.offices.as_deref() {
        None => query = found(query, filter, None),
        Some([]) => return Ok(Vec::new()),
        Some([first, others @ ..]) => {
            query = found(query, filter, Some(first));
            for office in others {
                query = found(query.push("union all"), filter, Some(office));
            }
        }
    }
    query = query.push(
        ") f
         join cases c on c.id = f.id
         join office o on o.id = c.office_id
         left join account h on h.id = c.handler_id",
    );
    let mut rows: Vec<Listed> = tx.all_of(in_order(query, filter)).await?;
    if filter.backwards {
        rows.reverse();
    }
    Ok(rows)
}

/// The cases of one office, or of all, that fit.
fn found(query: Query, filter: &Filter, office: Option<&OfficeId>) -> Query {
    let mut query = query.push("select n.id from (select c.id from cases c where true");
    if let Some(office) = office {
        query = query.push("and c.office_id =").bind(office);
    }
    if let Some(mark) = &filter.nik_mark {
        query = query.push("and c.nik_mark =").bind(mark);
    } else if let Some(reference) = &filter.reference {
        query = query.push("and c.reference =").bind(reference);
    } else if let Some(status) = filter.status {
        query = query.push("and c.status =").bind(status.word());
    } else {
        query = query.push("and c.is_open =").bind(!filter.closed);
    }
    match &filter.handling {
        Handling::Any => {}
        // The index of what is nobody's has what is open alone.
        Handling::Nobody => query = query.push("and c.handler_id is null and c.is_open"),
        Handling::By(account) => query = query.push("and c.handler_id =").bind(account),
    }
    if let Some(title) = &filter.title {
        query = query.push("and c.title =").bind(title);
    }
    if let Some(moment) = filter.due_by {
        query = query.push("and c.due_sort <=").bind(moment);
    }
    if let Some(place) = &filter.after {
        query = query
            .push(if filter.backwards {
                "and (c.due_sort, c.id) < ("
            } else {
                "and (c.due_sort, c.id) > ("
            })
            .bind(place.due_sort)
            .push(",")
            .bind(&place.id)
            .push(")");
    }
    in_order(query, filter).push(") n")
}

/// As many of the cases `c` as were asked for, in the order of the inbox or against it.
fn in_order(query: Query, filter: &Filter) -> Query {
    query
        .push(if filter.backwards {
            "order by c.due_sort desc, c.id desc limit"
        } else {
            "order by c.due_sort, c.id limit"
        })
        .bind(filter.limit)
}

/// What waits in one office, or in all, each counted up to 1,000.
pub async fn counts(
    tx: &mut Tx,
    office: Option<&OfficeId>,
    account: Option<&AccountId>,
    now: Timestamp,
) -> Result<Counts> {
    // Nobody has the empty id.
    let account = account.map_or("", AccountId::as_str);
    let row = match office {
        Some(office) => {
            tx.first(
                sql!(
                    "select (select count(*) from (select 1 from cases
                               where office_id = $1 and is_open = true and due_sort <= $3 limit 1000) l) as late,
                            (select count(*) from (select 1 from cases
                               where office_id = $1 and handler_id is null and is_open limit 1000) f) as free,
                            (select count(*) from (select 1 from cases
                               where handler_id = $2 and is_open = true and office_id = $1 limit 1000) o) as own"
                ),
                args![office, account, now],
            )
            .await?
        }
        None => {
            tx.first(
                sql!(
                    "select (select count(*) from (select 1 from cases
                               where is_open = true and due_sort <= $2 limit 1000) l) as late,
                            (select count(*) from (select 1 from cases
                               where handler_id is null and is_open limit 1000) f) as free,
                            (select count(*) from (select 1 from cases
                               where handler_id = $1 and is_open = true limit 1000) o) as own"
                ),
                args![account, now],
            )
            .await?
        }
    };
    Ok(row.unwrap_or_default())
}

/// What the inbox can be narrowed to, and what it waits for.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Choice {
    /// `officer`, `title` or `lacking`.
    pub kind: String,
    /// Of which office; of a year that lacks a table: none.
    pub office_id: String,
    /// The account of an officer.
    pub id: String,
    /// A name, a title, or a year.
    pub name: String,
}

/// The officers of all offices, the services of which they have cases, and the years without a table of holidays that
/// cases wait for, by name.
pub async fn choices(tx: &mut Tx) -> Result<Vec<Choice>> {
    tx.all(
        sql!(
            "select 'officer' as kind, m.office_id, a.id, a.name
             from membership m join account a on a.id = m.account_id
             union all
             select 'title', t.office_id, '', t.title from case_title t
             union all
             select 'lacking', '', '', y.year from (
               select distinct cast(c.lacks_year as text) as year from cases c where c.lacks_year is not null) y
             order by 1, 4, 2, 3"
        ),
        args![],
    )
    .await
}

/// The officers of all offices: office, account, name; by name.
pub async fn officers(tx: &mut Tx) -> Result<Vec<(String, String, String)>> {
    tx.all(
        sql!(
            "select m.office_id, a.id, a.name from membership m join account a on a.id = m.account_id
             order by a.name, a.id, m.office_id"
        ),
        args![],
    )
    .await
}

/// The cases that an account asked for, newest first, at most `limit`.
pub async fn own(tx: &mut Tx, account: &AccountId, limit: u32) -> Result<Vec<Listed>> {
    tx.all(
        sql!(
            "select c.id, c.reference, c.title, coalesce(v.title_en, '') as title_en, c.contact, o.short as office_short, c.status, c.outcome, h.name as handler_name,
                    c.due_at, c.lacks_year, c.received_at, c.due_sort
             from cases c
             join office o on o.id = c.office_id
             left join form_version v on v.id = c.form_version_id
             left join account h on h.id = c.handler_id
             where c.account_id = $1
             order by c.received_at desc, c.id desc limit $2"
        ),
        args![account, limit],
    )
    .await
}
