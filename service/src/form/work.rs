//! Working copies: how an officer changes a form before the next version is published.
//!
//! There is one working copy a form. Every change names the revision that its writer saw; when somebody else was faster, nothing is
//! changed and [`Conflict::Stale`] is told. Every step is kept whole until the next version, so that going back is exact.

mod copy;
mod publish;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use domain::{
    Actor, OfficeId, Timestamp,
    form::{
        Bundle, Gap, Service as Offer,
        lint::{self, Report},
    },
};
use storage::Tx;
pub use storage::form::Past;

use super::{Form, parse};
use crate::{Error, Result};

pub use copy::{
    begin_work, discard_work, edit_work, import_work, new_work, rebase_work, redo_work, undo_work,
};
pub use publish::{open_form, publish_work};

/// Most steps of a working copy that can be gone back to.
pub(super) const STEPS: i64 = 100;
/// Most bytes of a form as it is stored.
pub(super) const LARGEST: usize = 1024 * 1024;

/// A working copy.
#[derive(Clone, Debug)]
pub struct Work {
    /// The form's word.
    pub key: String,
    /// The office that answers.
    pub office: OfficeId,
    /// Its name.
    pub office_name: String,
    /// The published version that it knows; none of a new form.
    pub base: Option<u32>,
    /// The version that is published now.
    pub current: Option<u32>,
    /// How often it was changed; a change names it.
    pub revision: i64,
    /// What was done last, where it can be undone: the word of the edit, then where.
    pub done: Option<String>,
    /// What was undone last, where it can be done again.
    pub undone: Option<String>,
    /// The form with its service.
    pub bundle: Bundle,
    /// What the linter says.
    pub report: Report,
    /// What the service lacks.
    pub gaps: Vec<Gap>,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// By whom.
    pub by: Option<String>,
}

impl Work {
    fn read(row: storage::form::Work) -> Result<Self> {
        let bundle: Bundle = parse(&row.body)?;
        let number = |n: Option<i64>| n.and_then(|n| u32::try_from(n).ok());
        Ok(Self {
            key: row.form_key,
            office: OfficeId::new(row.office_id),
            office_name: row.office_name,
            base: number(row.base),
            current: number(row.current),
            revision: row.revision,
            done: row.before.map(|_| row.what),
            undone: row.undone,
            report: lint::lint(&bundle.definition),
            gaps: bundle.gaps(),
            bundle,
            updated_at: Timestamp(row.updated_at),
            by: row.by_name,
        })
    }

    /// Whether nothing holds up its publication.
    pub fn is_publishable(&self) -> bool {
        self.report.is_publishable() && self.gaps.is_empty()
    }

    /// What holds it up: how many findings.
    pub fn errors(&self) -> usize {
        let findings = self.report.findings.iter();
        findings.filter(|found| found.rule.is_error()).count() + self.gaps.len()
    }

    /// Whether a version was published that it does not know.
    pub fn is_behind(&self) -> bool {
        self.current.is_some() && self.current != self.base
    }
}

/// A form in the list of an office: published, being changed, or both.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its word.
    pub key: String,
    /// Its name.
    pub title: domain::form::Text,
    /// The office's short name.
    pub office_short: String,
    /// The published version with its service, and when it was published.
    pub published: Option<(u32, Offer, Timestamp)>,
    /// The working copy.
    pub work: Option<Work>,
}

/// A form as its office keeps it.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// The published version; none of a new form.
    pub current: Option<Form>,
    /// All versions, newest first.
    pub versions: Vec<Past>,
    /// The working copy; none where nothing is being changed.
    pub work: Option<Work>,
}

/// Not there and not theirs are the same answer for everybody who may enter the office.
fn own(actor: &Actor, office: &OfficeId) -> Result<domain::Permit<domain::actor::Author>> {
    actor.may_enter_office()?;
    actor.may_author(office).map_err(|_| Error::NotFound)
}

/// The forms of the offices for which the actor may write, by their names.
pub async fn list_built(tx: &mut Tx, actor: &Actor) -> Result<Vec<Built>> {
    actor.may_enter_office()?;
    let mut works = BTreeMap::new();
    for row in storage::form::list_work(tx).await? {
        if actor.may_author(&OfficeId::new(&row.office_id)).is_ok() {
            let short = row.office_short.clone();
            let work = Work::read(row)?;
            works.insert(work.key.clone(), (short, work));
        }
    }
    let mut found = Vec::new();
    for row in storage::form::list_built(tx).await? {
        if actor.may_author(&OfficeId::new(&row.office_id)).is_err() {
            continue;
        }
        let version = u32::try_from(row.current).unwrap_or(u32::MAX);
        found.push(Built {
            title: domain::form::Text::new(&row.title_id, &row.title_en),
            office_short: row.office_short,
            published: Some((version, parse(&row.service)?, Timestamp(row.at))),
            work: works.remove(&row.form_key).map(|(_, work)| work),
            key: row.form_key,
        });
    }
    found.extend(works.into_iter().map(|(key, (office_short, work))| Built {
        key,
        title: work.bundle.definition.title.clone(),
        office_short,
        published: None,
        work: Some(work),
    }));
    found.sort_by(|a, b| (&a.title.id, &a.key).cmp(&(&b.title.id, &b.key)));
    Ok(found)
}

/// A form of an office for which the actor may write, or [`Error::NotFound`].
pub async fn shelf(tx: &mut Tx, actor: &Actor, key: &str) -> Result<Shelf> {
    actor.may_enter_office()?;
    let work = storage::form::find_work(tx, key).await?;
    let current = storage::form::current(tx, key).await?;
    let offices = [
        current.as_ref().map(|row| row.office_id.clone()),
        work.as_ref().map(|row| row.office_id.clone()),
    ];
    let mut offices = offices.into_iter().flatten().peekable();
    if offices.peek().is_none() {
        return Err(Error::NotFound);
    }
    for office in offices {
        own(actor, &OfficeId::new(office))?;
    }
    Ok(Shelf {
        current: current.map(Form::read).transpose()?,
        versions: storage::form::list_versions(tx, key).await?,
        work: work.map(Work::read).transpose()?,
    })
}

/// The working copy of a form, or [`Error::NotFound`].
pub async fn show_work(tx: &mut Tx, actor: &Actor, key: &str) -> Result<Work> {
    actor.may_enter_office()?;
    let row = storage::form::find_work(tx, key).await?;
    let row = row.ok_or(Error::NotFound)?;
    own(actor, &OfficeId::new(&row.office_id))?;
    Work::read(row)
}

/// What a working copy was at the revision that somebody saw; nothing when that step is no longer kept.
pub async fn work_at(
    tx: &mut Tx,
    actor: &Actor,
    work: &Work,
    revision: i64,
) -> Result<Option<Bundle>> {
    own(actor, &work.office)?;
    let body = storage::form::work_at(tx, &work.key, revision).await?;
    body.as_deref().map(parse).transpose()
}

/// A published version, or [`Error::NotFound`].
pub async fn version_of(tx: &mut Tx, actor: &Actor, key: &str, version: u32) -> Result<Bundle> {
    actor.may_enter_office()?;
    let row = storage::form::find_version(tx, key, version).await?;
    let form = Form::read(row.ok_or(Error::NotFound)?)?;
    own(actor, &form.office)?;
    Ok(Bundle {
        service: form.service,
        definition: form.definition,
    })
}
