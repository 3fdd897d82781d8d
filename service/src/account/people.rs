use domain::{AccountId, Actor, OfficeId, Problem, Role, account::Account};
use storage::{Tx, account::Filter};

use crate::{Error, Result, Service, audit};

/// Accounts on a page.
pub const PER_PAGE: u32 = 20;

/// A page of accounts.
#[derive(Clone, Debug)]
pub struct People {
    /// The accounts, by name.
    pub people: Vec<Account>,
    /// How many there are on all pages.
    pub total: i64,
}

/// Accounts whose name or e-mail holds `text`, 20 a page from page 1; with `staff` only those of the back office.
/// For administrators.
pub async fn search_people(
    tx: &mut Tx,
    actor: &Actor,
    text: &str,
    staff: bool,
    page: u32,
) -> Result<People> {
    actor.may_administer()?;
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect();
    let offset = page.saturating_sub(1).min(1_000_000) * PER_PAGE;
    let filter = Filter {
        text,
        staff,
        offset,
        limit: PER_PAGE,
    };
    let (people, total) = storage::account::search(tx, &filter).await?;
    Ok(People { people, total })
}

/// One account; for administrators.
pub async fn get_person(tx: &mut Tx, actor: &Actor, id: &AccountId) -> Result<Account> {
    actor.may_administer()?;
    storage::account::find(tx, id).await?.ok_or(Error::NotFound)
}

/// Sets what an account may do: its role, and the offices for which it acts. For administrators.
///
/// Every request looks the role up, so it holds at once; the account's sessions end as well, so that new rights begin
/// with a new secret. Only one's own session goes on.
///
/// Errors: `offices` [`Problem::Unknown`]; `role` [`Problem::NotNow`] when the last administrator would be gone.
pub async fn set_standing(
    service: &Service,
    actor: &Actor,
    id: &AccountId,
    role: Role,
    offices: &[OfficeId],
) -> Result<()> {
    let permit = actor.may_administer()?;
    let mut offices = offices.to_vec();
    offices.sort();
    offices.dedup();
    let (inner, id, now) = (service.clone(), id.clone(), service.now());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                // Two administrators who take each other's role at the same moment come one after the other.
                storage::account::lock_administrators(tx).await?;
                let before = storage::account::find(tx, &id)
                    .await?
                    .ok_or(Error::NotFound)?;
                if before.role == role && before.offices == offices {
                    return Ok(());
                }
                if let Some(by) = permit.by()
                    && !is_administrator(tx, by).await?
                {
                    return Err(Error::Forbidden);
                }
                let known = storage::office::list(tx).await?;
                if offices
                    .iter()
                    .any(|office| known.iter().all(|k| &k.id != office))
                {
                    return Err(Error::invalid("offices", Problem::Unknown));
                }
                let steps_down = before.role == Role::Administrator && role != Role::Administrator;
                if steps_down && storage::account::count_other_administrators(tx, &id).await? == 0 {
                    return Err(Error::invalid("role", Problem::NotNow));
                }
                storage::account::set_role(tx, &id, role).await?;
                storage::account::replace_offices(tx, &id, &offices, permit.by(), now).await?;
                if permit.by() != Some(&id) {
                    storage::account::end_all(tx, &id, None).await?;
                }
                let detail = serde_json::json!({
                    "from": { "role": before.role, "offices": before.offices },
                    "to": { "role": role, "offices": offices },
                });
                audit::note(
                    &inner,
                    tx,
                    permit.by(),
                    "account.standing",
                    id.as_str(),
                    &detail.to_string(),
                )
                .await
            })
        })
        .await
}

/// Asked again under the lock: the actor may have lost the role since the request began.
async fn is_administrator(tx: &mut Tx, id: &AccountId) -> Result<bool> {
    let account = storage::account::find(tx, id).await?;
    Ok(account.is_some_and(|a| a.role == Role::Administrator))
}
