//! A case in the hands of one transaction: read, changed, its line written.

use domain::{
    AccountId, CaseId,
    case::{Happening, Side},
};
use storage::{Tx, case::NewEvent};

use super::{Case, clock::Count, line_context, seal};
use crate::{
    Error, Result, Service, chance,
    notice::{self, Kind, News},
};

/// A line to write.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) side: Side,
    pub(crate) by: Option<&'a AccountId>,
    pub(crate) kind: Happening,
    pub(crate) text: &'a str,
    pub(crate) detail: &'a str,
    /// The sender's own key: sent twice is one line.
    pub(crate) key: &'a str,
}

impl<'a> Entry<'a> {
    pub(crate) const fn new(side: Side, by: Option<&'a AccountId>, kind: Happening) -> Self {
        Self {
            side,
            by,
            kind,
            text: "",
            detail: "",
            key: "",
        }
    }
}

/// A case that nobody else changes until the transaction ends. Its `revision` is the number of the line to write.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) case: Case,
    /// Steps of escalation that were told.
    pub(crate) told: usize,
    retention_days: i64,
}

impl Held {
    /// Takes hold of a case.
    pub(crate) async fn lock(service: &Service, tx: &mut Tx, reference: &str) -> Result<Self> {
        let id = storage::case::lock(tx, reference, service.now())
            .await?
            .ok_or(Error::NotFound)?;
        let row = storage::case::get(tx, &id).await?.ok_or(Error::NotFound)?;
        Ok(Self {
            case: Case::read(&row)?,
            told: usize::try_from(row.steps_told).unwrap_or(0),
            retention_days: row.retention_days,
        })
    }

    /// What the page of the deed saw must be the newest: [`crate::Conflict::Stale`] otherwise.
    pub(crate) const fn check_seen(&self, seen: i64) -> Result<()> {
        if self.case.revision == seen + 1 {
            Ok(())
        } else {
            Err(Error::Conflict(crate::Conflict::Stale))
        }
    }

    /// A line with this key must not be there yet: [`crate::Conflict::Taken`] otherwise.
    pub(crate) async fn check_key(&self, tx: &mut Tx, key: &str) -> Result<()> {
        if !key.is_empty()
            && storage::case::is_sent(tx, &self.case.id, &chance::digest(key)).await?
        {
            return Err(Error::Conflict(crate::Conflict::Taken));
        }
        Ok(())
    }

    /// Writes the line. Errors: [`crate::Conflict::Gone`] for a text to a case whose time is over: nothing would erase it.
    pub(crate) async fn write(
        &self,
        tx: &mut Tx,
        service: &Service,
        entry: &Entry<'_>,
    ) -> Result<()> {
        if self.case.erased_at.is_some() && !entry.text.is_empty() {
            return Err(Error::Conflict(crate::Conflict::Gone));
        }
        let number = self.case.revision;
        let body = seal(service, &line_context(&self.case.id, number), entry.text);
        let key_hash = (!entry.key.is_empty()).then(|| chance::digest(entry.key));
        let event = NewEvent {
            case: &self.case.id,
            number,
            at: service.now(),
            side: entry.side,
            by: entry.by,
            kind: entry.kind,
            body: &body,
            detail: entry.detail,
            key_hash: key_hash.as_deref(),
        };
        Ok(storage::case::add_event(tx, &event).await?)
    }

    /// Writes down where the case stands now.
    pub(super) async fn save(&self, tx: &mut Tx, service: &Service, count: &Count) -> Result<()> {
        let case = &self.case;
        let dates = count.dates(&case.deadline, case.status, self.told, service.now());
        let clock =
            serde_json::to_string(&case.deadline).map_err(|_| super::broken("clock of a case"))?;
        let standing = storage::case::Standing {
            status: case.status,
            outcome: case.outcome,
            handler: case.handler.as_ref(),
            clock: &clock,
            due_at: dates.due_at,
            lacks_year: dates.lacks_year,
            escalate_at: dates.escalate_at,
            steps_told: u32::try_from(self.told).unwrap_or(u32::MAX),
            closed_at: case.closed_at,
            erase_at: case.erase_at,
        };
        Ok(storage::case::save(tx, &case.id, &standing).await?)
    }

    /// The case is closed now: the time until what is personal is erased begins.
    pub(crate) fn close(&mut self, service: &Service) {
        let now = service.now();
        self.case.closed_at = Some(now);
        self.case.erase_at = Some(now.plus_days(self.retention_days));
    }

    /// Tells who asked, when they have an account.
    pub(crate) async fn tell_applicant(&self, tx: &mut Tx, service: &Service) -> Result<()> {
        if let Some(account) = &self.case.account {
            let news = self.news(Kind::CaseNews, self.case.place());
            notice::tell(service, tx, account, &news).await?;
        }
        Ok(())
    }

    /// Tells who works on it; all of the office when nobody does.
    pub(crate) async fn tell_office(
        &self,
        tx: &mut Tx,
        service: &Service,
        kind: Kind,
        everybody: bool,
    ) -> Result<()> {
        let news = self.news(kind, self.case.office_place());
        if let Some(handler) = self.case.handler.as_ref().filter(|_| !everybody) {
            notice::tell(service, tx, handler, &news).await?;
            return Ok(());
        }
        for (office, account, _) in storage::case::officers(tx).await? {
            if office == self.case.office.as_str() {
                notice::tell(service, tx, &AccountId::new(account), &news).await?;
            }
        }
        Ok(())
    }

    pub(crate) fn news(&self, kind: Kind, place: String) -> News {
        News {
            kind,
            consultation: None,
            detail: self.case.title.clone(),
            place,
            mark: self.case.revision.to_string(),
        }
    }

    pub(crate) fn id(&self) -> CaseId {
        self.case.id.clone()
    }
}
