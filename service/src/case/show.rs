//! What a case shows: to who asked, and to the office. Who looks is written down.

use domain::{AccountId, Actor, CaseId, Timestamp, identity::Nik, reference::Reference};
use storage::Tx;

use super::{
    Case, Contact, Line,
    clock::tell,
    deed::handle,
    lines,
    paper::{Attached, Paper, attached, paper},
    person,
    proof::Visitor,
    template::Template,
};
use crate::{Error, Result, Service};

/// For how long somebody who opened a case counts as having it open, in seconds.
pub const HERE_SECONDS: i64 = 120;
/// Looks with less than this between them are one, in seconds.
const ONE_LOOK_SECONDS: i64 = 1_800;
/// Most looks shown.
const READERS: u32 = 100;

/// What an officer looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// The page of a case without a form.
    Page,
    /// The page with what was answered, long numbers masked.
    Answers,
    /// NIK and KK in full.
    Numbers,
    /// A file, by its name.
    File(String),
}

impl Look {
    fn read(row: &storage::case::Reading) -> Self {
        match row.what.as_str() {
            "answers" => Self::Answers,
            "numbers" => Self::Numbers,
            "file" => Self::File(row.file.clone().unwrap_or_default()),
            _ => Self::Page,
        }
    }
}

/// Who looked at a case, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The name of the officer.
    pub name: String,
    /// What.
    pub what: Look,
    /// When it began.
    pub at: Timestamp,
    /// When it last was.
    pub last_at: Timestamp,
}

/// A case as who asked sees it.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// The case.
    pub case: Case,
    /// Its timeline, oldest first.
    pub lines: Vec<Line>,
    /// Its files: those of the form, then those of the timeline.
    pub files: Vec<Attached>,
    /// Who of the city looked at it, newest first.
    pub readers: Vec<Reading>,
}

/// A case as its office sees it.
#[derive(Clone, Debug)]
pub struct OfficeView {
    /// The case.
    pub case: Case,
    /// Whom to reach; empty once erased.
    pub contact: Contact,
    /// The NIK with its middle hidden.
    pub nik: Option<String>,
    /// What was answered; nothing once erased, or when there was no form.
    pub paper: Option<Paper>,
    /// Its files: those of the form, then those of the timeline.
    pub files: Vec<Attached>,
    /// Its timeline, notes and all, oldest first.
    pub lines: Vec<Line>,
    /// Who else has it open now.
    pub others: Vec<String>,
    /// The officers of its office: account and name.
    pub colleagues: Vec<(AccountId, String)>,
    /// Texts that the office writes again and again.
    pub templates: Vec<Template>,
}

/// The case of who asked. [`Error::NotFound`] when it is not theirs or not there.
pub async fn track(
    service: &Service,
    tx: &mut Tx,
    visitor: &Visitor,
    reference: Reference,
) -> Result<Tracked> {
    let row = storage::case::find(tx, &reference.compact()).await?;
    let case = Case::read(&row.ok_or(Error::NotFound)?)?;
    visitor.owns(&case)?;
    let rows = storage::case::events(tx, &case.id, true, 0).await?;
    let readers = storage::case::readers(tx, &case.id, READERS).await?;
    Ok(Tracked {
        lines: lines(service, &case.id, rows)?,
        files: attached(tx, &case.id).await?,
        readers: readers
            .into_iter()
            .map(|row| Reading {
                what: Look::read(&row),
                name: row.name,
                at: Timestamp(row.at),
                last_at: Timestamp(row.last_at),
            })
            .collect(),
        case,
    })
}

/// The case as its office sees it; that the actor looked is written down.
///
/// Errors: [`Error::NotFound`] for a case of another office.
pub async fn show(service: &Service, actor: &Actor, reference: Reference) -> Result<OfficeView> {
    look(service, actor, reference).await?;
    let mut tx = service.read().await?;
    let row = storage::case::find(&mut tx, &reference.compact()).await?;
    let row = row.ok_or(Error::NotFound)?;
    let case = Case::read(&row)?;
    handle(actor, &case)?;
    let person = person(service, &case.id, &row.contact)?;
    let rows = storage::case::events(&mut tx, &case.id, false, 0).await?;
    let since = service.now().plus_seconds(-HERE_SECONDS);
    // Nobody has the empty id.
    let nobody = AccountId::new("");
    let own = actor.account().unwrap_or(&nobody);
    let others = storage::case::readers_now(&mut tx, &case.id, own, since).await?;
    let (mut colleagues, mut templates) = (Vec::new(), Vec::new());
    for aid in storage::case::aids(&mut tx, &case.office).await? {
        if aid.kind == "officer" {
            colleagues.push((AccountId::new(aid.id), aid.name));
        } else {
            templates.push(Template {
                id: aid.id,
                title: aid.name,
                body: aid.body,
            });
        }
    }
    let files = attached(&mut tx, &case.id).await?;
    Ok(OfficeView {
        lines: lines(service, &case.id, rows)?,
        paper: paper(service, &mut tx, &case.id, &files).await?,
        files,
        contact: person.contact,
        nik: person
            .nik
            .and_then(|nik| Nik::parse(&nik).ok())
            .map(Nik::masked),
        others,
        colleagues,
        templates,
        case,
    })
}

/// Writes down that an officer has the page of a case open, with what was answered on it; tells it to the others when that is new. The case's identity.
///
/// Errors: [`Error::NotFound`] for a case of another office.
pub async fn look(service: &Service, actor: &Actor, reference: Reference) -> Result<CaseId> {
    actor.may_enter_office()?;
    let (inner, who) = (service.clone(), actor.clone());
    let (id, is_new) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let row = storage::case::find(tx, &reference.compact()).await?;
                let case = Case::read(&row.ok_or(Error::NotFound)?)?;
                handle(&who, &case)?;
                let has_answers = case.form_version.is_some() && case.erased_at.is_none();
                let what = if has_answers { "answers" } else { "page" };
                let is_new = note_look(&inner, tx, &who, &case.id, (what, "")).await?;
                Ok::<_, Error>((case.id, is_new))
            })
        })
        .await?;
    if is_new {
        tell(service, id.clone()).await;
    }
    Ok(id)
}

/// Writes down a look; whether it is not the going on of one within [`HERE_SECONDS`].
pub(crate) async fn note_look(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    id: &CaseId,
    what: (&str, &str),
) -> Result<bool> {
    let Some(account) = actor.account() else {
        return Ok(false);
    };
    let now = service.now();
    let here = now.plus_seconds(-HERE_SECONDS);
    let is_new = !storage::case::is_reading(tx, id, account, here).await?;
    let since = now.plus_seconds(-ONE_LOOK_SECONDS);
    storage::case::look(tx, id, account, what, now, since).await?;
    Ok(is_new)
}

/// What happened to a case after revision `seen`: for who was about to do something else.
pub async fn since(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    case: &Case,
    seen: i64,
) -> Result<Vec<Line>> {
    handle(actor, case)?;
    let rows = storage::case::events(tx, &case.id, false, seen).await?;
    lines(service, &case.id, rows)
}
