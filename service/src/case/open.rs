//! Opening a case: within the transaction of whoever hands something in.

use domain::{
    AccountId, CaseId, FileId, OfficeId,
    case::{Happening, Kind, Mandate, Side, Status, with_steps},
    deadline::Deadline,
    phone::Phone,
    reference::Reference,
};
use storage::{
    Tx,
    case::{New, NewEvent},
};

use super::{
    Contact, Person, Terms, answers_context, broken, clock, contact_context, line_context, seal,
};
use crate::{Error, Result, Service, chance};

/// How often another reference is drawn; the second time happens once in the life of a universe.
const TRIES: u32 = 8;

/// Who acts at the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// The officer.
    pub officer: AccountId,
    /// On whose behalf, and why that is right.
    pub mandate: Mandate,
}

/// What is handed in.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// What kind of thing is asked for.
    pub kind: Kind,
    /// The office that works on it.
    pub office: OfficeId,
    /// What it is, such as the name of the service.
    pub title: String,
    /// The version of the form that was filled in.
    pub form_version: Option<String>,
    /// The sender's own key: the same key is the same case.
    pub key: String,
    /// Who asks, when signed in.
    pub applicant: Option<AccountId>,
    /// The officer who fills it in at the counter, and for whom.
    pub desk: Option<Counter>,
    /// Whom to reach.
    pub contact: Contact,
    /// JSON of `domain::form::Answers`.
    pub answers: String,
    /// The NIK of who asks: sixteen digits.
    pub nik: Option<String>,
    /// Files that come with it, in order.
    pub files: Vec<FileId>,
    /// How long the city has.
    pub terms: Terms,
    /// Days after closing until what is personal is erased.
    pub retention_days: u32,
}

/// The case that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its identity.
    pub id: CaseId,
    /// What the sender is told.
    pub reference: Reference,
    /// Whether it was opened now; `false` when the same key opened it before.
    pub is_new: bool,
}

/// Opens a case, or finds the one that the same key opened. Tell [`crate::News::Case`] after the commit when it is new.
///
/// A year without a table of holidays does not keep anybody out: the due date is counted once the table is there.
///
/// Errors: [`Error::Invalid`] for a `key` shorter than 16 characters: somebody else could have chosen the same.
pub async fn open(tx: &mut Tx, service: &Service, new: NewCase) -> Result<Opened> {
    if new.key.len() < 16 {
        return Err(Error::invalid("key", domain::Problem::TooShort { min: 16 }));
    }
    let key_hash = chance::digest(&new.key);
    if let Some(opened) = opened_before(tx, &key_hash).await? {
        return Ok(opened);
    }
    let now = service.now();
    let id: CaseId = service.id();
    let deadline = Deadline::new(with_steps(new.terms.clone()), now);
    let counted = clock::Count::load(tx).await?;
    let dates = counted.dates(&deadline, Status::Received, 0, now);
    let clock_json = serde_json::to_string(&deadline).map_err(|_| broken("clock"))?;
    let person = Person {
        contact: new.contact.clone(),
        nik: new.nik.clone(),
    };
    let person = serde_json::to_string(&person).map_err(|_| broken("contact"))?;
    let contact = seal(service, &contact_context(&id), &person);
    let answers = seal(service, &answers_context(&id), &new.answers);
    let nik_mark = new.nik.as_ref().map(|nik| service.keys().mark("nik", nik));
    let digits = last_four(&new.contact.phone);
    let standing = storage::case::Standing {
        status: Status::Received,
        outcome: None,
        handler: None,
        clock: &clock_json,
        due_at: dates.due_at,
        lacks_year: dates.lacks_year,
        escalate_at: dates.escalate_at,
        steps_told: 0,
        closed_at: None,
        erase_at: None,
    };
    for _ in 0..TRIES {
        let reference = Reference::new(service.chance().bytes());
        let compact = reference.compact();
        let phone_mark = digits
            .as_ref()
            .map(|digits| phone_mark(service, &compact, digits));
        let row = New {
            id: &id,
            reference: &compact,
            kind: new.kind,
            office: &new.office,
            title: &new.title,
            form_version: new.form_version.as_deref(),
            key_hash: &key_hash,
            account: new.applicant.as_ref(),
            desk: new.desk.as_ref().map(|desk| &desk.officer),
            contact: &contact,
            phone_mark: phone_mark.as_deref(),
            answers: &answers,
            nik_mark: nik_mark.as_deref(),
            at: now,
            retention_days: new.retention_days,
            standing: &standing,
        };
        if storage::case::insert(tx, &row).await? {
            begin(tx, service, &id, &compact, &new).await?;
            return Ok(Opened {
                id,
                reference,
                is_new: true,
            });
        }
        // The key was faster elsewhere, or the reference is taken.
        if let Some(opened) = opened_before(tx, &key_hash).await? {
            return Ok(opened);
        }
    }
    Err(broken("references"))
}

async fn begin(
    tx: &mut Tx,
    service: &Service,
    id: &CaseId,
    reference: &str,
    new: &NewCase,
) -> Result<()> {
    let now = service.now();
    // At the counter it is the officer who acts for who asks: said in the timeline, and why that is right.
    let desk = new.desk.as_ref();
    let detail = desk.map_or(String::new(), |desk| {
        format!("desk:{}", desk.mandate.ground.word())
    });
    let body = desk.map_or(String::new(), |desk| {
        seal(service, &line_context(id, 1), &desk.mandate.text())
    });
    storage::case::lock(tx, reference, now).await?;
    let event = NewEvent {
        case: id,
        number: 1,
        at: now,
        side: Side::Applicant,
        by: desk.map(|desk| &desk.officer).or(new.applicant.as_ref()),
        kind: Happening::Received,
        body: &body,
        detail: &detail,
        key_hash: None,
    };
    storage::case::add_event(tx, &event).await?;
    for (place, file) in (0..).zip(&new.files) {
        storage::case::add_file(tx, id, file, None, place).await?;
    }
    Ok(())
}

async fn opened_before(tx: &mut Tx, key_hash: &str) -> Result<Option<Opened>> {
    let Some((id, reference)) = storage::case::by_key(tx, key_hash).await? else {
        return Ok(None);
    };
    Ok(Some(Opened {
        id: CaseId::new(id),
        reference: Reference::parse(&reference).map_err(|_| broken("reference of a case"))?,
        is_new: false,
    }))
}

/// Keyed hash of the last four digits of a phone for one reference: the same digits of two cases do not look alike.
pub(super) fn phone_mark(service: &Service, reference: &str, digits: &str) -> String {
    service
        .keys()
        .mark("phone", &format!("{reference}:{digits}"))
}

/// The last four digits of a phone number as typed; `None` when it has fewer.
fn last_four(phone: &str) -> Option<String> {
    if let Ok(phone) = Phone::parse(phone) {
        return Some(phone.last_four().to_owned());
    }
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 4).then(|| digits[digits.len() - 4..].to_owned())
}
