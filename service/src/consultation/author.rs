//! What every deed of an officer needs: the sheet with the permit to write it, and the pen that writes the history.
//!
//! A verb needs the permit of the consultation's office, compares the edition the officer saw with the one that is
//! stored, and writes down what changed in the same transaction.

use domain::{
    AccountId, Actor, ConsultationId, Permit, Timestamp,
    actor::Author,
    ballot::Question,
    clause::Version,
    consultation::{self as rules, ChangeKind, Consultation, Missing, Phase},
};
use storage::{
    Tx,
    consultation::{NewChange, Sheet},
};

use crate::{Conflict, Error, Event, News, Result, Service};

/// Who writes, and when: what every row of the history needs.
#[derive(Clone, Debug)]
pub(crate) struct Pen {
    service: Service,
    by: Option<AccountId>,
    /// The instant of the deed.
    pub(crate) now: Timestamp,
}

impl Pen {
    /// A pen for the one who holds the permit.
    pub(crate) fn of(service: &Service, permit: &Permit<Author>) -> Self {
        Self {
            service: service.clone(),
            by: permit.by().cloned(),
            now: service.now(),
        }
    }

    /// The account that writes.
    pub(crate) const fn by(&self) -> Option<&AccountId> {
        self.by.as_ref()
    }

    /// Writes a change down; everybody sees it once the consultation is published.
    pub(crate) async fn note(&self, tx: &mut Tx, of: &Consultation, note: Note<'_>) -> Result<()> {
        let change = NewChange {
            id: self.service.id(),
            at: self.now,
            by: self.by(),
            kind: note.kind,
            field: note.field,
            before: note.before,
            after: note.after,
            reason: note.reason,
            is_public: note.public || of.published_at.is_some(),
        };
        Ok(storage::consultation::insert_change(tx, &of.id, &change).await?)
    }
}

/// What is written down of a change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note<'a> {
    pub(crate) kind: ChangeKind,
    pub(crate) field: &'a str,
    pub(crate) before: &'a str,
    pub(crate) after: &'a str,
    pub(crate) reason: &'a str,
    /// Seen by everybody although the consultation is not published yet.
    pub(crate) public: bool,
}

impl<'a> Note<'a> {
    pub(crate) const fn of(kind: ChangeKind) -> Self {
        Self {
            kind,
            field: "",
            before: "",
            after: "",
            reason: "",
            public: false,
        }
    }

    pub(crate) const fn field(self, field: &'a str) -> Self {
        Self { field, ..self }
    }

    pub(crate) const fn from(self, before: &'a str) -> Self {
        Self { before, ..self }
    }

    pub(crate) const fn to(self, after: &'a str) -> Self {
        Self { after, ..self }
    }

    pub(crate) const fn because(self, reason: &'a str) -> Self {
        Self { reason, ..self }
    }

    pub(crate) const fn public(self) -> Self {
        Self {
            public: true,
            ..self
        }
    }
}

/// The sheet of a consultation, for those who may write it.
///
/// Errors: [`Error::NotFound`] for a draft of another office, as if it were not there; [`Error::Forbidden`] for a published one.
pub async fn sheet(tx: &mut Tx, actor: &Actor, slug: &str) -> Result<Sheet> {
    Ok(owned(tx, actor, slug).await?.0)
}

/// The sheet and the permit to write it.
pub(crate) async fn owned(
    tx: &mut Tx,
    actor: &Actor,
    slug: &str,
) -> Result<(Sheet, Permit<Author>)> {
    actor.may_enter_office()?;
    let sheet = storage::consultation::find_sheet(tx, slug)
        .await?
        .ok_or(Error::NotFound)?;
    match actor.may_author(&sheet.consultation.office) {
        Ok(permit) => Ok((sheet, permit)),
        Err(_) if sheet.consultation.published_at.is_none() => Err(Error::NotFound),
        Err(refusal) => Err(refusal.into()),
    }
}

/// What hangs on a sheet: its questions and the versions of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hanging {
    /// Its questions in order.
    pub questions: Vec<Question>,
    /// The versions of its text, the newest first.
    pub versions: Vec<Version>,
}

/// The questions of a consultation and the versions of its text.
pub async fn hanging(tx: &mut Tx, consultation: &ConsultationId) -> Result<Hanging> {
    Ok(Hanging {
        questions: storage::ballot::questions(tx, consultation).await?,
        versions: storage::clause::list_versions(tx, consultation).await?,
    })
}

/// What a sheet still lacks before it can be published.
pub fn missing(sheet: &Sheet, hanging: &Hanging, now: Timestamp) -> Vec<Missing> {
    rules::missing(
        &sheet.consultation,
        &sheet.body,
        &hanging.questions,
        &hanging.versions,
        now,
    )
}

/// Whether its texts may still change: not once it has closed.
pub(crate) fn writable(consultation: &Consultation, now: Timestamp) -> Result<()> {
    match consultation.phase(now) {
        Phase::Closed => Err(Error::Conflict(Conflict::Closed)),
        Phase::Answered => Err(Error::Conflict(Conflict::Answered)),
        Phase::Draft | Phase::Announced | Phase::Open => Ok(()),
    }
}

/// Tells everybody who listens that the consultation changed.
pub(crate) async fn told(service: &Service, id: ConsultationId) {
    service
        .publish(Event {
            consultation: Some(id),
            news: News::Consultation,
        })
        .await;
}
