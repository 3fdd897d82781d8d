//! Forms of services: published in versions, filled in over days and devices, handed in once.

mod code;
mod desk;
mod file;
mod filling;
#[cfg(any(test, feature = "testing"))]
pub mod fixture;
mod guide;
mod import;
mod pdf;
mod save;
mod send;
#[cfg(test)]
mod tests;
mod trial;
mod upload;
mod whole;
mod work;

use domain::{
    AccountId, Actor, Day, OfficeId,
    form::{Bundle, Definition, Service as Offer},
};
use storage::Tx;

use crate::{Error, Result, Service, draft::Owner};

pub use code::{forget, resume_by_code, show_code};
pub use desk::begin_at_desk;
pub use file::{Attached, Content, FILE_BYTES, attach, content, content_of_case, detach};
pub(crate) use file::{clean, keep_for_case};
pub(crate) use filling::kind_of;
pub use filling::{DAYS, Filling, Halt, begin, resume};
pub use guide::{UnfitGuide, guide, has_guide, import_guide};
pub use import::{Imported, Unfit, import};
pub use save::{PageSave, Saved, add_item, merge, remove_item, save_page};
pub use send::{Sent, last_sent, send, sent};
pub use storage::form::{Listed, Open};
pub use trial::{pretended, trial};
pub use upload::{Announced, CHUNK, Progress, Step, announce, append, attach_upload, progress};
pub use whole::{Whole, send_whole};
pub use work::{
    Built, Past, Shelf, Work, begin_work, discard_work, edit_work, import_work, list_built,
    new_work, open_form, publish_work, rebase_work, redo_work, shelf, show_work, undo_work,
    version_of, work_at,
};

/// Whose hand fills a form in, and when.
#[derive(Clone, Debug)]
pub struct Hand {
    /// Who acts.
    pub actor: Actor,
    /// Whose drafts these are.
    pub owner: Owner,
    /// The day on the city's wall clock.
    pub today: Day,
    /// The client's address, for limits alone.
    pub address: String,
}

/// A version of a form with its service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The version's identity.
    pub version_id: String,
    /// The form's word.
    pub key: String,
    /// The office that answers.
    pub office: OfficeId,
    /// The office's name.
    pub office_name: String,
    /// How the office is reached.
    pub office_contact: String,
    /// Expected minutes for filling in.
    pub minutes: u32,
    /// The service.
    pub service: Offer,
    /// The form.
    pub definition: Definition,
}

impl Form {
    fn read(row: storage::form::Version) -> Result<Self> {
        Ok(Self {
            version_id: row.id,
            key: row.form_key,
            office: OfficeId::new(row.office_id),
            office_name: row.office_name,
            office_contact: row.office_contact,
            minutes: u32::try_from(row.minutes).unwrap_or(0),
            service: parse(&row.service)?,
            definition: parse(&row.definition)?,
        })
    }
}

/// Reads JSON that we have written ourselves.
fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(?error, "a form in the database cannot be read");
        Error::NotFound
    })
}

/// All services by their names. Anybody may see them.
pub async fn list(tx: &mut Tx) -> Result<Vec<(Listed, Offer)>> {
    storage::form::list(tx)
        .await?
        .into_iter()
        .map(|row| {
            let offer = parse(&row.service)?;
            Ok((row, offer))
        })
        .collect()
}

/// The form with which filling in begins, or [`Error::NotFound`].
pub async fn find(tx: &mut Tx, key: &str) -> Result<Form> {
    let row = storage::form::current(tx, key).await?;
    Form::read(row.ok_or(Error::NotFound)?)
}

/// A version of a form, or [`Error::NotFound`]: what was begun with it can be gone on with.
pub async fn find_version(tx: &mut Tx, key: &str, version: u32) -> Result<Form> {
    let row = storage::form::find_version(tx, key, version).await?;
    Form::read(row.ok_or(Error::NotFound)?)
}

/// The form of a case, by the version that was filled in.
pub async fn definition(tx: &mut Tx, version_id: &str) -> Result<Definition> {
    let text = storage::form::definition(tx, version_id).await?;
    parse(&text.ok_or(Error::NotFound)?)
}

/// What an owner can go on with, newest first.
pub async fn list_open(service: &Service, tx: &mut Tx, owner: &Owner) -> Result<Vec<Open>> {
    Ok(storage::form::list_open(tx, owner.as_str(), service.now()).await?)
}

/// A version as it is exchanged; the newest when none is named. The bytes that [`import`] took, when those came from here.
pub async fn export(tx: &mut Tx, key: &str, version: Option<u32>) -> Result<String> {
    let row = match version {
        Some(version) => storage::form::find_version(tx, key, version).await?,
        None => storage::form::current(tx, key).await?,
    };
    let form = Form::read(row.ok_or(Error::NotFound)?)?;
    Ok(written(&Bundle {
        service: form.service,
        definition: form.definition,
    }))
}

/// A form as it is exchanged: the one text of it.
pub fn text_of(bundle: &Bundle) -> String {
    written(bundle)
}

/// The one text of a form: two blanks a step, a line feed at the end.
fn written(bundle: &Bundle) -> String {
    // Nothing in it can fail to be written: no maps with odd keys, no numbers beyond JSON.
    let mut text = serde_json::to_string_pretty(bundle).unwrap_or_default();
    text.push('\n');
    text
}

/// Hands what a guest was filling in to the account that they signed in to.
pub(crate) async fn adopt(tx: &mut Tx, guest: &str, account: &AccountId) -> Result<()> {
    let (from, to) = (Owner::guest(guest), Owner::account(account));
    Ok(storage::form::adopt(tx, from.as_str(), to.as_str()).await?)
}

/// Forgets what expired long enough ago, with its files, and files that never became part of anything; how many. A job.
pub async fn sweep(service: &Service) -> Result<u64> {
    let now = service.now();
    let before = now.plus_days(-filling::GRACE);
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let uploads = storage::form::sweep_uploads(tx, now).await?;
                Ok(uploads + storage::form::sweep(tx, before).await?)
            })
        })
        .await
}
