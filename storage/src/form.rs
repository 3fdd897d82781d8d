//! Forms of services and their versions, what is being filled in, its files, and forms that are being changed.

mod draft;
mod file;
mod guide;
mod upload;
mod work;

use domain::{AccountId, OfficeId, Timestamp};

use crate::{Result, Tx, args, sql};

pub use draft::{
    Draft, Held, NewDraft, Open, adopt, delete, find_by_code, find_last_sent, find_open, find_sent,
    get, hold, holders, insert, insert_once, list_held, list_open, mark_sent, reference, release,
    save, set_code, sweep, touch,
};
pub use file::{
    File, Known, NewFile, delete_file, delete_files, find_file, insert_file, keep_files, list_files,
};
pub use guide::{find_guide, has_guide, put_guide};
pub use upload::{
    NewUpload, Part, Upload, Whole, append_part, delete_upload, delete_uploads, find_upload,
    finish_upload, insert_upload, list_parts, sweep_uploads, take_upload, upload_by_key,
    uploads_of, uploads_of_all,
};
pub use work::{
    Built, NewStep, Past, Work, begin_work, delete_work, find_work, go_work, list_built,
    list_versions, list_work, rebase_work, step_work, work_at,
};

/// A version that is published.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// Its identity.
    pub id: &'a str,
    /// The form's word.
    pub key: &'a str,
    /// Its number.
    pub version: u32,
    /// The office that answers.
    pub office: &'a OfficeId,
    /// The name in Indonesian.
    pub title_id: &'a str,
    /// The name in English.
    pub title_en: &'a str,
    /// Expected minutes for filling in.
    pub minutes: u32,
    /// JSON of the service.
    pub service: &'a str,
    /// JSON of the form.
    pub definition: &'a str,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<&'a AccountId>,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    /// Its identity.
    pub id: String,
    /// The form's word.
    pub form_key: String,
    /// Its number.
    pub version: i64,
    /// The office that answers.
    pub office_id: String,
    /// The office's name.
    pub office_name: String,
    /// The office's short name.
    pub office_short: String,
    /// How the office is reached.
    pub office_contact: String,
    /// Expected minutes for filling in.
    pub minutes: i64,
    /// JSON of the service.
    pub service: String,
    /// JSON of the form.
    pub definition: String,
}

/// A service in the list of all.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    /// The form's word.
    pub form_key: String,
    /// The name in Indonesian.
    pub title_id: String,
    /// The name in English.
    pub title_en: String,
    /// The office that answers.
    pub office_id: String,
    /// The office's name.
    pub office_name: String,
    /// The office's short name.
    pub office_short: String,
    /// JSON of the service.
    pub service: String,
}

/// Publishes a version: filling in begins with it from now on. Whether it is new; nothing is changed when the number is taken.
pub async fn publish(tx: &mut Tx, new: &NewVersion<'_>) -> Result<bool> {
    tx.run(
        sql!(
            "insert into form (key, office_id, current, updated_at) values ($1, $2, $3, $4)
             on conflict (key) do nothing"
        ),
        args![new.key, new.office, new.version, new.at],
    )
    .await?;
    let rows = tx
        .run(
            sql!(
                "insert into form_version
                     (id, form_key, version, title_id, title_en, minutes, service, definition, at, by_account_id)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                 on conflict (form_key, version) do nothing"
            ),
            args![
                new.id,
                new.key,
                new.version,
                new.title_id,
                new.title_en,
                new.minutes,
                new.service,
                new.definition,
                new.at,
                new.by
            ],
        )
        .await?;
    if rows == 0 {
        return Ok(false);
    }
    tx.run(
        sql!("update form set office_id = $2, current = $3, updated_at = $4 where key = $1"),
        args![new.key, new.office, new.version, new.at],
    )
    .await?;
    Ok(true)
}

/// The version with which filling in begins.
pub async fn current(tx: &mut Tx, key: &str) -> Result<Option<Version>> {
    tx.first(
        sql!(
            "select v.id, v.form_key, v.version, f.office_id, o.name as office_name, o.short as office_short,
                    o.contact as office_contact, v.minutes, v.service, v.definition
             from form f
             join form_version v on v.form_key = f.key and v.version = f.current
             join office o on o.id = f.office_id
             where f.key = $1"
        ),
        args![key],
    )
    .await
}

/// A version by its number.
pub async fn find_version(tx: &mut Tx, key: &str, version: u32) -> Result<Option<Version>> {
    tx.first(
        sql!(
            "select v.id, v.form_key, v.version, f.office_id, o.name as office_name, o.short as office_short,
                    o.contact as office_contact, v.minutes, v.service, v.definition
             from form_version v
             join form f on f.key = v.form_key
             join office o on o.id = f.office_id
             where v.form_key = $1 and v.version = $2"
        ),
        args![key, version],
    )
    .await
}

/// JSON of the form of a version by its identity.
pub async fn definition(tx: &mut Tx, version_id: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select definition from form_version where id = $1"),
            args![version_id],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// All services by their names.
pub async fn list(tx: &mut Tx) -> Result<Vec<Listed>> {
    tx.all(
        sql!(
            "select f.key as form_key, v.title_id, v.title_en, f.office_id, o.name as office_name,
                    o.short as office_short, v.service
             from form f
             join form_version v on v.form_key = f.key and v.version = f.current
             join office o on o.id = f.office_id
             order by v.title_id, f.key"
        ),
        args![],
    )
    .await
}

#[cfg(test)]
mod tests;
