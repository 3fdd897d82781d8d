//! The inbox of an office, and the list of one's own cases.

use domain::{
    AccountId, Actor, CaseId, Locale, OfficeId, Role, Timestamp,
    case::{Outcome, Status},
    identity::Nik,
    reference::Reference,
};
use storage::{
    Tx,
    case::{Counts, Filter, Handling, Place},
};

use super::{broken, person};
use crate::{Result, Service};

/// Cases on a page of the inbox.
pub(super) const PER_PAGE: u32 = 50;
/// Most of one's own cases that are shown.
const OWN: u32 = 100;

/// Whose cases the inbox shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Owner {
    /// Everybody's.
    #[default]
    Any,
    /// One's own.
    Own,
    /// Nobody's yet.
    Nobody,
    /// One officer's.
    By(AccountId),
}

/// What the inbox is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// To one office.
    pub office: Option<OfficeId>,
    /// To one status; without one, to all that are open.
    pub status: Option<Status>,
    /// To what is closed; does nothing beside a status.
    pub closed: bool,
    /// To whom.
    pub owner: Owner,
    /// To one service.
    pub title: Option<String>,
    /// To what is too late from a moment on, or before.
    pub due_by: Option<Timestamp>,
    /// A reference or a NIK, as typed. What is found may be open or closed.
    pub search: String,
    /// Where the page before ended: what [`Inbox::next`] said. Anything else begins at the beginning.
    pub after: String,
    /// Where the page after began: what [`Inbox::previous`] said.
    pub before: String,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What people read aloud.
    pub reference: Reference,
    /// What it is.
    pub title: String,
    /// The same in English; empty where nobody wrote it.
    pub title_en: String,
    /// Who asked, as they write it; empty once erased.
    pub name: String,
    /// The office's short name.
    pub office_short: String,
    /// How far it is.
    pub status: Status,
    /// What was decided.
    pub outcome: Option<Outcome>,
    /// Who works on it.
    pub handler_name: Option<String>,
    /// The first moment that is too late.
    pub due_at: Option<Timestamp>,
    /// The year without a table of holidays.
    pub lacks_year: Option<i64>,
    /// When it arrived.
    pub received_at: Timestamp,
}

impl Listed {
    /// What it is, in a language as far as it was written.
    pub fn title_in(&self, locale: Locale) -> &str {
        super::title_in(locale, &self.title, &self.title_en)
    }
}

/// An officer whom cases can be given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The office.
    pub office: OfficeId,
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
}

/// A page of the inbox.
#[derive(Clone, Debug, Default)]
pub struct Inbox {
    /// The cases, the first due first.
    pub cases: Vec<Listed>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
    /// Where the page before ends; none on the first.
    pub previous: Option<String>,
    /// What waits, counted up to 1,000 in each office.
    pub counts: Counts,
    /// The services of which there are cases, by title.
    pub titles: Vec<String>,
    /// The officers of the offices, by name.
    pub colleagues: Vec<Colleague>,
    /// Years without a table of holidays that cases wait for.
    pub lacking: Vec<i32>,
}

/// The inbox of the actor's offices; an administrator's holds all.
pub async fn inbox(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    narrow: &Narrow,
) -> Result<Inbox> {
    actor.may_enter_office()?;
    let mine = offices_of(actor);
    let is_mine = |office: &OfficeId| mine.as_ref().is_none_or(|mine| mine.contains(office));
    let offices = match &narrow.office {
        Some(office) if is_mine(office) => Some(vec![office.clone()]),
        // Another's inbox is empty, as one of an office that is not there.
        Some(_) => Some(Vec::new()),
        None => mine.clone(),
    };
    let mut found = if narrow.search.trim().is_empty() {
        page(service, tx, actor, narrow, offices.clone()).await?
    } else {
        search(service, tx, narrow.search.trim(), offices.clone()).await?
    };
    found.counts = counts(tx, actor, offices.as_deref(), service.now()).await?;
    for choice in storage::case::choices(tx).await? {
        let office = OfficeId::new(choice.office_id);
        match &*choice.kind {
            "lacking" => found.lacking.extend(choice.name.parse::<i32>()),
            _ if !is_mine(&office) => {}
            "title" => found.titles.push(choice.name),
            _ => found.colleagues.push(Colleague {
                office,
                account: AccountId::new(choice.id),
                name: choice.name,
            }),
        }
    }
    found.titles.dedup();
    Ok(found)
}

async fn page(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    narrow: &Narrow,
    offices: Option<Vec<OfficeId>>,
) -> Result<Inbox> {
    let nobody = AccountId::new("");
    let back = place(&narrow.before);
    let backwards = back.is_some();
    let after = back.or_else(|| place(&narrow.after));
    let is_first = after.is_none();
    let filter = Filter {
        offices,
        status: narrow.status,
        closed: narrow.closed,
        handling: match &narrow.owner {
            Owner::Any => Handling::Any,
            Owner::Own => Handling::By(actor.account().unwrap_or(&nobody).clone()),
            Owner::Nobody => Handling::Nobody,
            Owner::By(account) => Handling::By(account.clone()),
        },
        title: narrow.title.clone(),
        due_by: narrow.due_by,
        nik_mark: None,
        reference: None,
        after,
        backwards,
        limit: PER_PAGE + 1,
    };
    let mut rows = storage::case::list(tx, &filter).await?;
    let more = rows.len() > PER_PAGE as usize;
    if more && backwards {
        rows.remove(0);
    } else if more {
        rows.pop();
    }
    let has_next = if backwards { true } else { more };
    let has_previous = if backwards { more } else { !is_first };
    let mark = |row: Option<&storage::case::Listed>, there: bool| {
        row.filter(|_| there)
            .map(|row| format!("{}.{}", row.due_sort, row.id))
    };
    Ok(Inbox {
        next: mark(rows.last(), has_next),
        previous: mark(rows.first(), has_previous),
        cases: listed(service, rows)?,
        ..Inbox::default()
    })
}

/// Reads where a page begins: `due.id`.
fn place(word: &str) -> Option<Place> {
    let (due, id) = word.split_once('.')?;
    Some(Place {
        due_sort: due.parse().ok()?,
        id: id.to_owned(),
    })
}

/// By reference or by NIK, whatever was typed.
async fn search(
    service: &Service,
    tx: &mut Tx,
    text: &str,
    offices: Option<Vec<OfficeId>>,
) -> Result<Inbox> {
    let rows = if let Ok(nik) = Nik::parse(text) {
        let filter = Filter {
            offices,
            nik_mark: Some(service.keys().mark("nik", &nik.digits())),
            limit: PER_PAGE,
            ..Filter::default()
        };
        storage::case::list(tx, &filter).await?
    } else if let Ok(reference) = Reference::parse(text) {
        let filter = Filter {
            offices,
            reference: Some(reference.compact()),
            limit: 1,
            ..Filter::default()
        };
        storage::case::list(tx, &filter).await?
    } else {
        Vec::new()
    };
    Ok(Inbox {
        cases: listed(service, rows)?,
        ..Inbox::default()
    })
}

/// What waits in the actor's offices, counted up to 1,000 in each; an administrator's are all.
pub async fn waiting(service: &Service, tx: &mut Tx, actor: &Actor) -> Result<Counts> {
    actor.may_enter_office()?;
    counts(tx, actor, offices_of(actor).as_deref(), service.now()).await
}

/// Whose cases somebody sees; none: those of all offices.
fn offices_of(actor: &Actor) -> Option<Vec<OfficeId>> {
    match actor.member() {
        Some(member) if member.role != Role::Administrator => Some(member.offices.clone()),
        _ => None,
    }
}

async fn counts(
    tx: &mut Tx,
    actor: &Actor,
    offices: Option<&[OfficeId]>,
    now: Timestamp,
) -> Result<Counts> {
    let account = actor.account();
    let Some(offices) = offices else {
        return Ok(storage::case::counts(tx, None, account, now).await?);
    };
    let mut sum = Counts::default();
    for office in offices {
        let one = storage::case::counts(tx, Some(office), account, now).await?;
        sum.late += one.late;
        sum.free += one.free;
        sum.own += one.own;
    }
    Ok(sum)
}

fn listed(service: &Service, rows: Vec<storage::case::Listed>) -> Result<Vec<Listed>> {
    rows.into_iter()
        .map(|row| {
            Ok(Listed {
                reference: Reference::parse(&row.reference)
                    .map_err(|_| broken("reference of a case"))?,
                name: person(service, &CaseId::new(&row.id), &row.contact)?
                    .contact
                    .name,
                title: row.title,
                title_en: row.title_en,
                office_short: row.office_short,
                status: Status::parse(&row.status).ok_or_else(|| broken("status of a case"))?,
                outcome: row.outcome.as_deref().and_then(Outcome::parse),
                handler_name: row.handler_name,
                due_at: row.due_at.map(Timestamp),
                lacks_year: row.lacks_year,
                received_at: Timestamp(row.received_at),
            })
        })
        .collect()
}

/// The cases that the actor asked for, newest first; none for nobody.
pub async fn own(service: &Service, tx: &mut Tx, actor: &Actor) -> Result<Vec<Listed>> {
    match actor.account() {
        Some(account) => listed(service, storage::case::own(tx, account, OWN).await?),
        None => Ok(Vec::new()),
    }
}
