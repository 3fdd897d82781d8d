//! Accounts and officers.

use domain::{AccountId, AreaId, OfficeId, Timestamp};

use super::insert;
use crate::{Result, Tx, args};

/// An account of the demo.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its identity.
    pub id: AccountId,
    /// Its address; also what is compared, since the demo's are in lower case.
    pub email: String,
    /// The name.
    pub name: String,
    /// The hash of the password.
    pub password_hash: String,
    /// `resident`, `moderator`, `administrator`.
    pub role: String,
    /// Where they live.
    pub home: Option<AreaId>,
    /// The office they work for.
    pub office: Option<OfficeId>,
    /// Since when.
    pub at: Timestamp,
}

/// Adds accounts, and makes those with an office its officers.
pub async fn add_people(tx: &mut Tx, people: &[Person]) -> Result<()> {
    let head = "insert into account (id, email, email_key, name, password_hash, role, home_area_id, created_at) values";
    let rows = people.iter().map(|p| {
        args![
            &p.id,
            &p.email,
            &p.email,
            &p.name,
            &p.password_hash,
            &p.role,
            p.home.as_ref(),
            p.at
        ]
    });
    insert(tx, head, rows.collect()).await?;
    let officers = people
        .iter()
        .filter_map(|p| p.office.as_ref().map(|office| args![&p.id, office, p.at]));
    insert(
        tx,
        "insert into membership (account_id, office_id, since) values",
        officers.collect(),
    )
    .await
}
