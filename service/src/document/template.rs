//! How letters are written: for all services, or for one; version after version.

use domain::{
    Actor, Timestamp,
    document::Template,
    form::{Definition, Question},
};
use storage::Tx;

use crate::{Conflict, Error, Result, Service, audit};

/// Versions that are listed.
const LISTED: u32 = 50;

/// For what a template is: `None` for all services without one of their own.
pub type Scope = Option<String>;

/// A version of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number, from 1.
    pub version: i64,
    /// When it was written.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<String>,
    /// What it says.
    pub template: Template,
}

/// The templates of one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    /// What is used now; for a service without a template of its own that of all services.
    pub template: Template,
    /// The number of the newest version of this very scope; 0 when there is none.
    pub version: i64,
    /// The versions of this scope, the newest first.
    pub editions: Vec<Edition>,
    /// The keys of the questions whose answers may be put into it.
    pub keys: Vec<String>,
}

/// Reads JSON that we have written ourselves.
pub(super) fn read(body: &str) -> Result<Template> {
    serde_json::from_str(body).map_err(|_| super::broken("template of a letter"))
}

/// The templates of a scope; for administrators. Errors: [`Error::NotFound`] for a service that is not there.
pub async fn templates(tx: &mut Tx, actor: &Actor, scope: &Scope) -> Result<Templates> {
    actor.may_administer()?;
    let keys = form_keys(tx, scope).await?;
    let word = scope.as_deref().unwrap_or_default();
    let used = storage::document::template(tx, word).await?;
    let editions: Vec<Edition> = storage::document::versions(tx, word, LISTED)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Edition {
                version: row.version,
                at: Timestamp(row.at),
                by: row.by_name,
                template: read(&row.body)?,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Templates {
        template: match used {
            Some(row) => read(&row.body)?,
            None => Template::shipped(),
        },
        version: editions.first().map_or(0, |edition| edition.version),
        editions,
        keys,
    })
}

/// The keys of the questions whose answers may be put into a template of this scope: those of the service's form outside of
/// groups. Errors: [`Error::NotFound`] for a service that is not there.
pub async fn form_keys(tx: &mut Tx, scope: &Scope) -> Result<Vec<String>> {
    let Some(word) = scope else {
        return Ok(Vec::new());
    };
    let form = crate::form::find(tx, word).await?;
    Ok(keys(&form.definition))
}

fn keys(definition: &Definition) -> Vec<String> {
    let questions = definition.pages.iter().flat_map(|page| &page.questions);
    questions
        .filter(|question: &&Question| question.kind.inner().is_empty())
        .map(|question| question.key.clone())
        .collect()
}

/// Writes the next version of a template. `seen` is the number of the version that the page showed. Its number; the same
/// text again makes no version. For administrators.
///
/// Errors: the fields of [`Template`]; [`Error::NotFound`] for a service that is not there; [`Conflict::Stale`] when somebody
/// else wrote one meanwhile.
pub async fn save_template(
    service: &Service,
    actor: &Actor,
    scope: &Scope,
    typed: &Template,
    seen: i64,
) -> Result<i64> {
    let permit = actor.may_administer()?;
    let (inner, who) = (service.clone(), actor.clone());
    let (scope, typed) = (scope.clone(), typed.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let there = templates(tx, &who, &scope).await?;
                let checked = typed.check(|key| there.keys.iter().any(|own| own == key))?;
                let newest = there.editions.first();
                if newest.is_some_and(|edition| edition.template == checked) {
                    return Ok(there.version);
                }
                if there.version != seen {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let word = scope.as_deref().unwrap_or_default();
                let body = serde_json::to_string(&checked)
                    .map_err(|_| super::broken("template of a letter"))?;
                let (version, now) = (seen + 1, inner.now());
                let by = permit.by();
                if !storage::document::add_template(tx, word, version, &body, by, now).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let detail = version.to_string();
                audit::note(&inner, tx, by, "document.template", word, &detail).await?;
                Ok(version)
            })
        })
        .await
}
