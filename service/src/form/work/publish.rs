//! From a working copy to the next version.

use domain::{
    Actor,
    form::{Bundle, lint},
};
use storage::form::NewStep;

use super::{STEPS, Work, own};
use crate::{
    Conflict, Error, Event, News, Result, Service, audit,
    form::{Form, Imported, Unfit, import::json, import::store},
};

/// Publishes a working copy as the next version. Those who are filling the one before in go on with it. The working copy is done with.
///
/// Errors: [`Unfit::Unpublishable`] while the linter has errors or the service lacks something; [`Conflict::Stale`] when the working
/// copy is no longer at the revision `seen`; [`Unfit::Published`] when a version was published that it does not know.
pub async fn publish_work(
    service: &Service,
    actor: &Actor,
    key: &str,
    seen: i64,
) -> Result<Imported, Unfit> {
    actor.may_enter_office().map_err(Error::from)?;
    let (inner, reader, form_key) = (service.clone(), actor.clone(), key.to_owned());
    let imported = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let work = super::show_work(tx, &reader, &form_key).await?;
                let permit = own(&reader, &work.office)?;
                if work.revision != seen {
                    return Err(Error::Conflict(Conflict::Stale).into());
                }
                if work.is_behind() {
                    let newest = work.current.unwrap_or(0);
                    return Err(Unfit::Published { newest });
                }
                if !work.is_publishable() {
                    let Work { report, gaps, .. } = work;
                    return Err(Unfit::Unpublishable { report, gaps });
                }
                let mut bundle = work.bundle;
                bundle.definition.version = work.current.unwrap_or(0).saturating_add(1);
                store(&inner, tx, permit.by(), &bundle, work.report.minutes).await?;
                storage::form::delete_work(tx, &form_key, seen).await?;
                Ok::<_, Unfit>(Imported {
                    key: form_key,
                    version: bundle.definition.version,
                    is_new: true,
                    report: work.report,
                })
            })
        })
        .await?;
    told(service).await;
    Ok(imported)
}

async fn told(service: &Service) {
    service
        .publish(Event {
            consultation: None,
            news: News::Site,
        })
        .await;
}

/// Opens a service for requests here, or closes it, at once: the next version differs in nothing else. A working copy follows.
/// Those who are filling it in when it closes can read what they typed, not send it.
///
/// Errors: [`Error::NotFound`]; [`Conflict::Stale`] when it is so already.
pub async fn open_form(service: &Service, actor: &Actor, key: &str, is_open: bool) -> Result<()> {
    actor.may_enter_office()?;
    let (inner, actor, key) = (service.clone(), actor.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let row = storage::form::current(tx, &key).await?;
                let form = Form::read(row.ok_or(Error::NotFound)?)?;
                let permit = own(&actor, &form.office)?;
                if form.service.is_online == is_open {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let before = form.definition.version;
                let mut bundle = Bundle {
                    service: form.service,
                    definition: form.definition,
                };
                bundle.service.is_online = is_open;
                bundle.definition.version = before.saturating_add(1);
                let minutes = lint::lint(&bundle.definition).minutes;
                store(&inner, tx, permit.by(), &bundle, minutes)
                    .await
                    .map_err(|unfit| match unfit {
                        Unfit::Service(error) => error,
                        _ => Error::Conflict(Conflict::Stale),
                    })?;
                let verb = if is_open { "form.open" } else { "form.close" };
                audit::note(&inner, tx, permit.by(), verb, &key, "").await?;
                let Some(row) = storage::form::find_work(tx, &key).await? else {
                    return Ok(());
                };
                let work = Work::read(row)?;
                if work.base == Some(before) {
                    storage::form::rebase_work(tx, &key, bundle.definition.version).await?;
                }
                let mut next = work.bundle;
                next.service.is_online = is_open;
                let step = NewStep {
                    key: &key,
                    what: if is_open { "open" } else { "close" },
                    body: &json(&next).map_err(|_| Error::NotFound)?,
                    at: inner.now(),
                    by: permit.by(),
                };
                storage::form::step_work(tx, work.revision, &step, STEPS).await?;
                Ok(())
            })
        })
        .await?;
    told(service).await;
    Ok(())
}
