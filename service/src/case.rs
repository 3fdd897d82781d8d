//! Cases: opened by whatever is handed in, worked on by an office, followed by who asked.

mod attach;
mod clock;
mod deed;
mod desk;
mod held;
mod job;
mod open;
mod paid;
mod paper;
mod proof;
mod resident;
mod show;
mod template;
#[cfg(test)]
mod tests;

use domain::{
    AccountId, CaseId, Locale, OfficeId, Timestamp,
    case::{Happening, Kind, Outcome, Side, Status},
    deadline::Deadline,
    reference::Reference,
};
use serde::{Deserialize, Serialize};
use storage::Tx;

use crate::{Error, Result, Service};

pub(crate) use clock::tell;
pub(crate) use deed::handle;
pub(crate) use held::{Entry, Held};
pub(crate) use paper::{attached, paper as handed_in};
pub(crate) use show::note_look;

pub use attach::{FILE_KB, FILES};
pub use clock::{Holidays, Standing, calendar, import_holidays, lacking_years, standing};
pub use deed::{AT_ONCE, ask, assign, check, decide, extend, hand_out, note, reply};
pub use desk::{Colleague, Inbox, Listed, Narrow, Owner, inbox, own, waiting};
pub use domain::deadline::Limit as Terms;
pub use job::{erase, escalate};
pub use open::{Counter, NewCase, Opened, open};
pub(crate) use paid::note_payment;
pub use paper::{Attached, Numbers, Paper, numbers, open_file, own_file, own_paper};
pub use proof::{HOURS as PROOF_HOURS, Proof, Visitor, prove};
pub use resident::{answer, withdraw, write};
pub use show::{HERE_SECONDS, Look, OfficeView, Reading, Tracked, look, show, since, track};
pub use storage::case::Counts;
pub use template::{Template, put_template, remove_template, templates};

/// Whom to reach about a case. Stored sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The name as they write it.
    pub name: String,
    /// The phone as typed, or empty.
    #[serde(default)]
    pub phone: String,
    /// The e-mail address, or empty.
    #[serde(default)]
    pub email: String,
}

/// What is sealed of who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    #[serde(flatten)]
    pub(crate) contact: Contact,
    #[serde(default)]
    nik: Option<String>,
}

/// A case as its pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its identity.
    pub id: CaseId,
    /// What people read aloud.
    pub reference: Reference,
    /// What kind of thing was asked for.
    pub kind: Kind,
    /// The office that works on it.
    pub office: OfficeId,
    /// The office's name.
    pub office_name: String,
    /// The office's short name.
    pub office_short: String,
    /// What it is.
    pub title: String,
    /// The same in English; empty where nobody wrote it.
    pub title_en: String,
    /// The version of the form that was filled in.
    pub form_version: Option<String>,
    /// Whether who asked has an account, and which.
    pub account: Option<AccountId>,
    /// The officer who filled it in at the counter.
    pub desk_name: Option<String>,
    /// How far it is.
    pub status: Status,
    /// What was decided.
    pub outcome: Option<Outcome>,
    /// Who works on it.
    pub handler: Option<AccountId>,
    /// Their name.
    pub handler_name: Option<String>,
    /// The legal clock.
    pub deadline: Deadline,
    /// The first moment that is too late.
    pub due_at: Option<Timestamp>,
    /// The year without a table of holidays that keeps the due date from being known.
    pub lacks_year: Option<i32>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// When what is personal is erased; set once it is closed.
    pub erase_at: Option<Timestamp>,
    /// When it was.
    pub erased_at: Option<Timestamp>,
    /// The number of the newest event: what a page saw.
    pub revision: i64,
}

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// From whom.
    pub side: Side,
    /// The name of the account that did it.
    pub by: Option<String>,
    /// What.
    pub kind: Happening,
    /// What was written.
    pub text: String,
    /// A plain fact that the kind defines: the outcome, the name of the handler, who was told.
    pub detail: String,
}

impl Case {
    /// Reads a row. A word that is none of ours is a broken database.
    pub(crate) fn read(row: &storage::case::Row) -> Result<Self> {
        Ok(Self {
            id: CaseId::new(&row.id),
            reference: Reference::parse(&row.reference)
                .map_err(|_| broken("reference of a case"))?,
            kind: Kind::parse(&row.kind).ok_or_else(|| broken("kind of a case"))?,
            office: OfficeId::new(&row.office_id),
            office_name: row.office_name.clone(),
            office_short: row.office_short.clone(),
            title: row.title.clone(),
            title_en: row.title_en.clone(),
            form_version: row.form_version_id.clone(),
            account: row.account_id.as_ref().map(AccountId::new),
            desk_name: row.desk_name.clone(),
            status: Status::parse(&row.status).ok_or_else(|| broken("status of a case"))?,
            outcome: row.outcome.as_deref().and_then(Outcome::parse),
            handler: row.handler_id.as_ref().map(AccountId::new),
            handler_name: row.handler_name.clone(),
            deadline: serde_json::from_str(&row.clock).map_err(|_| broken("clock of a case"))?,
            due_at: row.due_at.map(Timestamp),
            lacks_year: row.lacks_year.and_then(|year| i32::try_from(year).ok()),
            received_at: Timestamp(row.received_at),
            closed_at: row.closed_at.map(Timestamp),
            erase_at: row.erase_at.map(Timestamp),
            erased_at: row.erased_at.map(Timestamp),
            revision: row.revision,
        })
    }

    /// What it is, in a language as far as it was written.
    pub fn title_in(&self, locale: Locale) -> &str {
        title_in(locale, &self.title, &self.title_en)
    }

    /// The local address of its page for who asked.
    pub fn place(&self) -> String {
        place(self.reference)
    }

    /// The local address of its page in the office.
    pub fn office_place(&self) -> String {
        format!("/kantor/kasus/{}", self.reference.compact())
    }
}

/// The local address of the page of a case for who asked.
pub fn place(reference: Reference) -> String {
    format!("/lacak/{}", reference.compact())
}

/// Something in the database that this program did not write.
fn broken(what: &'static str) -> Error {
    tracing::error!(what, "the database holds something unreadable");
    Error::Unavailable(storage::Error::Unfit(format!("unreadable: {what}")))
}

/// What a case is, in a language as far as it was written.
fn title_in<'a>(locale: Locale, title: &'a str, title_en: &'a str) -> &'a str {
    if locale == Locale::En && !title_en.is_empty() {
        title_en
    } else {
        title
    }
}

/// Under which context the contact of a case is sealed.
fn contact_context(id: &CaseId) -> String {
    format!("case:{id}:contact")
}

/// Under which context the answers of a case are sealed.
fn answers_context(id: &CaseId) -> String {
    format!("case:{id}:answers")
}

/// Under which context a line of the timeline is sealed.
fn line_context(id: &CaseId, number: i64) -> String {
    format!("case:{id}:event:{number}")
}

fn seal(service: &Service, context: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        service.keys().seal(context, text.as_bytes())
    }
}

/// What was sealed, as text; empty when it was erased.
fn unseal(service: &Service, context: &str, sealed: &str) -> Result<String> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    let plain = service.keys().open(context, sealed)?;
    String::from_utf8(plain).map_err(|_| broken("sealed text"))
}

/// Who asked; nobody once erased.
pub(crate) fn person(service: &Service, id: &CaseId, sealed: &str) -> Result<Person> {
    if sealed.is_empty() {
        return Ok(Person::default());
    }
    let text = unseal(service, &contact_context(id), sealed)?;
    serde_json::from_str(&text).map_err(|_| broken("contact of a case"))
}

/// Writes the name of who asked as it should have been from the beginning; whether that changes it.
pub(crate) async fn correct_name(
    service: &Service,
    tx: &mut Tx,
    id: &CaseId,
    name: &str,
) -> Result<bool> {
    let row = storage::case::get(tx, id).await?.ok_or(Error::NotFound)?;
    let mut person = person(service, id, &row.contact)?;
    if row.contact.is_empty() || person.contact.name == name {
        return Ok(false);
    }
    name.clone_into(&mut person.contact.name);
    let text = serde_json::to_string(&person).map_err(|_| broken("contact"))?;
    let sealed = seal(service, &contact_context(id), &text);
    storage::case::put_contact(tx, id, &sealed).await?;
    Ok(true)
}

pub(crate) fn lines(
    service: &Service,
    id: &CaseId,
    rows: Vec<storage::case::EventRow>,
) -> Result<Vec<Line>> {
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                number: row.number,
                at: Timestamp(row.at),
                side: Side::parse(&row.side).ok_or_else(|| broken("side of an event"))?,
                by: row.by_name,
                kind: Happening::parse(&row.kind).ok_or_else(|| broken("kind of an event"))?,
                text: unseal(service, &line_context(id, row.number), &row.body)?,
                detail: row.detail,
            })
        })
        .collect()
}
