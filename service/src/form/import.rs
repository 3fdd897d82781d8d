//! Bringing a version of a form in.

use domain::{
    AccountId, Actor, OfficeId,
    form::{
        Bundle, Gap,
        lint::{self, Report},
    },
};
use storage::{Tx, form::NewVersion};

use crate::{Error, Event, News, Result, Service, audit};

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The form's word.
    pub key: String,
    /// Its version.
    pub version: u32,
    /// Whether it was not there yet.
    pub is_new: bool,
    /// Advice of the linter, and how long filling in takes.
    pub report: Report,
}

/// Why a form does not come in. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// It is no form of this layout.
    #[error("no form of this layout")]
    Layout(#[from] serde_json::Error),
    /// There is no such office.
    #[error("there is no office {0}")]
    Office(String),
    /// Something is missing or cannot be, so that it must not be published.
    #[error("not fit to be published")]
    Unpublishable {
        /// What the linter found in the form.
        report: Report,
        /// What the service lacks.
        gaps: Vec<Gap>,
    },
    /// The version is published with another content, or a newer one is: what is published never changes.
    #[error("version {newest} is published already")]
    Published {
        /// The newest version.
        newest: u32,
    },
    /// Not allowed, or the store failed.
    #[error(transparent)]
    Service(#[from] Error),
}

impl From<storage::Error> for Unfit {
    fn from(error: storage::Error) -> Self {
        Self::Service(error.into())
    }
}

/// Publishes the version of a form in `text` (JSON of [`Bundle`]). Nobody who is filling in an older one is interrupted.
///
/// The same again changes nothing. For officers of its office, administrators and the program itself.
pub async fn import(service: &Service, actor: &Actor, text: &str) -> Result<Imported, Unfit> {
    let bundle: Bundle = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    let office = OfficeId::new(&bundle.service.office);
    let permit = actor.may_author(&office).map_err(Error::from)?;
    let report = lint::lint(&bundle.definition);
    let gaps = bundle.gaps();
    if !report.is_publishable() || !gaps.is_empty() {
        return Err(Unfit::Unpublishable { report, gaps });
    }
    let imported = Imported {
        key: bundle.definition.key.clone(),
        version: bundle.definition.version,
        is_new: true,
        report,
    };
    let (by, inner, reader) = (permit.by().cloned(), service.clone(), actor.clone());
    let done = imported.clone();
    let is_new = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if storage::office::find(tx, &office).await?.is_none() {
                    return Err(Unfit::Office(office.to_string()));
                }
                if let Some(there) = storage::form::current(tx, &done.key).await? {
                    // A form of another office is theirs to hand over.
                    let theirs = OfficeId::new(&there.office_id);
                    reader.may_author(&theirs).map_err(Error::from)?;
                    let newest = u32::try_from(there.version).unwrap_or(u32::MAX);
                    if done.version == newest
                        && super::export(tx, &done.key, None).await? == super::written(&bundle)
                    {
                        return Ok(false);
                    }
                    if done.version <= newest {
                        return Err(Unfit::Published { newest });
                    }
                }
                store(&inner, tx, by.as_ref(), &bundle, done.report.minutes).await?;
                Ok(true)
            })
        })
        .await?;
    if is_new {
        service
            .publish(Event {
                consultation: None,
                news: News::Site,
            })
            .await;
    }
    Ok(Imported { is_new, ..imported })
}

/// Stores a version and notes who published it. Nothing may be wrong with it any more.
pub(super) async fn store(
    service: &Service,
    tx: &mut Tx,
    by: Option<&AccountId>,
    bundle: &Bundle,
    minutes: u32,
) -> Result<(), Unfit> {
    let definition = &bundle.definition;
    let new = NewVersion {
        id: &service.id::<String>(),
        key: &definition.key,
        version: definition.version,
        office: &OfficeId::new(&bundle.service.office),
        title_id: &definition.title.id,
        title_en: &definition.title.en,
        minutes,
        service: &json(&bundle.service)?,
        definition: &json(definition)?,
        at: service.now(),
        by,
    };
    if !storage::form::publish(tx, &new).await? {
        let newest = definition.version;
        return Err(Unfit::Published { newest });
    }
    let version = definition.version.to_string();
    audit::note(service, tx, by, "form.publish", &definition.key, &version).await?;
    Ok(())
}

pub(super) fn json(part: &impl serde::Serialize) -> Result<String, Unfit> {
    Ok(serde_json::to_string(part)?)
}
