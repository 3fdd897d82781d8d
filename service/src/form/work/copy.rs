//! Beginning, changing, undoing, throwing away.

use domain::{
    AccountId, Actor, OfficeId, Problem,
    form::{
        Bundle, Text,
        edit::{self, Edit},
        lint::is_form_key,
    },
};
use storage::{Tx, form::NewStep};

use super::{LARGEST, STEPS, Work, own};
use crate::{
    Conflict, Error, Result, Service, audit,
    form::{Form, Unfit, import::json},
};

/// Begins a working copy of a published form, or goes on with the one that is there. It is of the office's present version.
///
/// Errors: [`Error::NotFound`], also for forms of other offices.
pub async fn begin_work(service: &Service, actor: &Actor, key: &str) -> Result<()> {
    actor.may_enter_office()?;
    let (inner, actor, key) = (service.clone(), actor.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let row = storage::form::current(tx, &key).await?;
                let form = Form::read(row.ok_or(Error::NotFound)?)?;
                let permit = own(&actor, &form.office)?;
                let base = form.definition.version;
                let bundle = Bundle {
                    service: form.service,
                    definition: form.definition,
                };
                begin(&inner, tx, permit.by(), &bundle, Some(base), "begin").await?;
                Ok(())
            })
        })
        .await
}

/// Whether it begins now.
async fn begin(
    service: &Service,
    tx: &mut Tx,
    by: Option<&AccountId>,
    bundle: &Bundle,
    base: Option<u32>,
    what: &str,
) -> Result<bool> {
    let key = &bundle.definition.key;
    let step = NewStep {
        key,
        what,
        body: &body_of(bundle)?,
        at: service.now(),
        by,
    };
    let office = OfficeId::new(&bundle.service.office);
    let is_new = storage::form::begin_work(tx, &office, base, &step).await?;
    if is_new {
        audit::note(service, tx, by, "form.begin", key, what).await?;
    }
    Ok(is_new)
}

fn body_of(bundle: &Bundle) -> Result<String> {
    let body = json(bundle).map_err(|_| Error::NotFound)?;
    if body.len() > LARGEST {
        return Err(Error::TooLarge);
    }
    Ok(body)
}

/// Begins a new form of an office; its word. The word is made from the name.
///
/// Errors: [`Error::Invalid`] for `title` and `office`; [`Error::Forbidden`] for an office that is not the actor's.
pub async fn new_work(
    service: &Service,
    actor: &Actor,
    office: &str,
    title: Text,
) -> Result<String> {
    actor.may_enter_office()?;
    let title = Text {
        id: domain::text::line(&title.id, 3, 200).map_err(|why| Error::invalid("title.id", why))?,
        en: domain::text::line(&title.en, 0, 200).map_err(|why| Error::invalid("title.en", why))?,
    };
    let office = OfficeId::new(office);
    let (inner, actor) = (service.clone(), actor.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if storage::office::find(tx, &office).await?.is_none() {
                    return Err(Error::invalid("office", Problem::Unknown));
                }
                let permit = actor.may_author(&office)?;
                let taken = keys(tx).await?;
                let bundle = Bundle::begin(office.as_str(), title, |key| {
                    taken.iter().any(|one| one == key)
                });
                if !begin(&inner, tx, permit.by(), &bundle, None, "new").await? {
                    return Err(Error::Conflict(Conflict::Taken));
                }
                Ok(bundle.definition.key)
            })
        })
        .await
}

/// The words of all forms, published or not.
async fn keys(tx: &mut Tx) -> Result<Vec<String>> {
    let published = storage::form::list_built(tx).await?;
    let works = storage::form::list_work(tx).await?;
    let published = published.into_iter().map(|row| row.form_key);
    Ok(published
        .chain(works.into_iter().map(|row| row.form_key))
        .collect())
}

/// Brings a form in as a working copy, from JSON of [`Bundle`]; its word. Where its word is known already, it becomes the next step of
/// that form's working copy, and the office stays; it need not be fit to be published yet.
///
/// Errors: [`Unfit::Layout`], [`Unfit::Office`]; [`Error::NotFound`] for a form of another office.
pub async fn import_work(service: &Service, actor: &Actor, text: &str) -> Result<String, Unfit> {
    actor.may_enter_office().map_err(Error::from)?;
    if text.len() > LARGEST {
        return Err(Error::TooLarge.into());
    }
    let bundle: Bundle = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    let key = bundle.definition.key.clone();
    if !is_form_key(&key) {
        return Err(Error::invalid("key", Problem::Malformed).into());
    }
    let (inner, actor) = (service.clone(), actor.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let office = OfficeId::new(&bundle.service.office);
                if storage::office::find(tx, &office).await?.is_none() {
                    return Err(Unfit::Office(office.to_string()));
                }
                if let Some(row) = storage::form::current(tx, &key).await? {
                    let form = Form::read(row)?;
                    let permit = own(&actor, &form.office)?;
                    let base = form.definition.version;
                    let there = Bundle {
                        service: form.service,
                        definition: form.definition,
                    };
                    begin(&inner, tx, permit.by(), &there, Some(base), "begin").await?;
                }
                let Some(row) = storage::form::find_work(tx, &key).await? else {
                    let permit = actor.may_author(&office).map_err(Error::from)?;
                    let mut bundle = bundle;
                    bundle.definition.version = 1;
                    begin(&inner, tx, permit.by(), &bundle, None, "import").await?;
                    return Ok(key);
                };
                let work = Work::read(row)?;
                let permit = own(&actor, &work.office)?;
                let edit = Edit::Replace(Box::new(bundle));
                step(&inner, tx, permit.by(), &work, &edit).await?;
                Ok(key)
            })
        })
        .await
}

/// Changes a working copy that is still at the revision `seen`.
///
/// Errors: [`Error::NotFound`]; [`Error::Invalid`] as [`edit::apply`] says; [`Conflict::Stale`] when somebody else was faster;
/// [`Error::TooLarge`].
pub async fn edit_work(
    service: &Service,
    actor: &Actor,
    key: &str,
    seen: i64,
    edit: Edit,
) -> Result<()> {
    actor.may_enter_office()?;
    let (inner, actor, key) = (service.clone(), actor.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let work = super::show_work(tx, &actor, &key).await?;
                let permit = own(&actor, &work.office)?;
                if work.revision != seen {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                step(&inner, tx, permit.by(), &work, &edit).await
            })
        })
        .await
}

async fn step(
    service: &Service,
    tx: &mut Tx,
    by: Option<&AccountId>,
    work: &Work,
    edit: &Edit,
) -> Result<()> {
    let next = edit::apply(&work.bundle, edit)?;
    if next == work.bundle {
        return Ok(());
    }
    let what = edit.what();
    let new = NewStep {
        key: &work.key,
        what: &what,
        body: &body_of(&next)?,
        at: service.now(),
        by,
    };
    if !storage::form::step_work(tx, work.revision, &new, STEPS).await? {
        return Err(Error::Conflict(Conflict::Stale));
    }
    audit::note(service, tx, by, "form.edit", &work.key, &what).await
}

/// Takes the last step back. Errors: [`Error::NotFound`]; [`Conflict::Stale`], also when there is nothing to take back.
pub async fn undo_work(service: &Service, actor: &Actor, key: &str, seen: i64) -> Result<()> {
    go(service, actor, key, seen, -1).await
}

/// Does again what was taken back. Errors: as [`undo_work`].
pub async fn redo_work(service: &Service, actor: &Actor, key: &str, seen: i64) -> Result<()> {
    go(service, actor, key, seen, 1).await
}

async fn go(service: &Service, actor: &Actor, key: &str, seen: i64, steps: i64) -> Result<()> {
    actor.may_enter_office()?;
    let (inner, actor, key) = (service.clone(), actor.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let work = super::show_work(tx, &actor, &key).await?;
                let permit = own(&actor, &work.office)?;
                let now = inner.now();
                if !storage::form::go_work(tx, &key, seen, steps, now, permit.by()).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let verb = if steps < 0 { "form.undo" } else { "form.redo" };
                let what = if steps < 0 { work.done } else { work.undone };
                audit::note(
                    &inner,
                    tx,
                    permit.by(),
                    verb,
                    &key,
                    &what.unwrap_or_default(),
                )
                .await
            })
        })
        .await
}

/// Lets a working copy know the published version, after its writer has looked at what changed there.
///
/// Errors: [`Error::NotFound`]; [`Conflict::Stale`] when `version` is not the published one.
pub async fn rebase_work(service: &Service, actor: &Actor, key: &str, version: u32) -> Result<()> {
    actor.may_enter_office()?;
    let (actor, key) = (actor.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let work = super::show_work(tx, &actor, &key).await?;
                if work.current != Some(version) {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                Ok(storage::form::rebase_work(tx, &key, version).await?)
            })
        })
        .await
}

/// Throws a working copy away; what is published stays. Errors: [`Error::NotFound`], [`Conflict::Stale`].
pub async fn discard_work(service: &Service, actor: &Actor, key: &str, seen: i64) -> Result<()> {
    actor.may_enter_office()?;
    let (inner, actor, key) = (service.clone(), actor.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let work = super::show_work(tx, &actor, &key).await?;
                let permit = own(&actor, &work.office)?;
                if !storage::form::delete_work(tx, &key, seen).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                audit::note(&inner, tx, permit.by(), "form.discard", &key, "").await
            })
        })
        .await
}
