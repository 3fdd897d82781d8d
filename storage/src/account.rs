//! Accounts, their sessions, roles and offices, and the invitations of the first administrator.

mod invite;
mod people;
mod person;
mod session;

use domain::{
    AccountId, AreaId, Locale, OfficeId, Role, Timestamp,
    account::{Account, ValidProfile},
};

use crate::{Result, Tx, args, sql};

pub use invite::{insert_invite, sweep_invites, use_invite};
pub use people::{
    Filter, count_other_administrators, lock_administrators, replace_offices, search, set_role,
};
pub use person::{delete_person, find_person, put_person};
pub use session::{
    Resolved, Session, end, end_all, end_one, insert_session, list_sessions, resolve,
    sweep_sessions, touch,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    email: String,
    name: String,
    role: String,
    offices: Option<String>,
    home_area_id: Option<String>,
    locale: Option<String>,
    created_at: i64,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        Self {
            id: AccountId::new(row.id),
            email: row.email,
            name: row.name,
            role: role(&row.role),
            offices: offices(row.offices.as_deref()),
            home: row.home_area_id.map(AreaId::new),
            locale: row.locale.as_deref().and_then(Locale::parse),
            created_at: Timestamp(row.created_at),
        }
    }
}

/// The table takes no other word; if it did, the least of the roles is the safe one.
fn role(word: &str) -> Role {
    Role::parse(word).unwrap_or_default()
}

/// Ids of offices out of a list with blanks, in order.
fn offices(list: Option<&str>) -> Vec<OfficeId> {
    let mut ids: Vec<OfficeId> = list
        .unwrap_or_default()
        .split_whitespace()
        .map(OfficeId::new)
        .collect();
    ids.sort();
    ids
}

/// A new account.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// Its identity.
    pub id: &'a AccountId,
    /// The e-mail as typed.
    pub email: &'a str,
    /// The e-mail as compared.
    pub email_key: &'a str,
    /// The name.
    pub name: &'a str,
    /// The password's hash as a PHC string.
    pub password_hash: &'a str,
    /// What it may do.
    pub role: Role,
    /// The desa or kelurahan.
    pub home: Option<&'a AreaId>,
    /// The language.
    pub locale: Option<Locale>,
    /// When.
    pub at: Timestamp,
}

/// Adds an account; `false`, and nothing added, when there is one with this e-mail.
pub async fn insert(tx: &mut Tx, new: &NewAccount<'_>) -> Result<bool> {
    let added = tx
        .run(
            sql!(
                "insert into account (id, email, email_key, name, password_hash, role, home_area_id, locale, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 on conflict (email_key) do nothing"
            ),
            args![
                new.id,
                new.email,
                new.email_key,
                new.name,
                new.password_hash,
                new.role.word(),
                new.home,
                new.locale.map(Locale::tag),
                new.at,
            ],
        )
        .await?;
    Ok(added == 1)
}

/// What is needed to check a password.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Credentials {
    /// The account.
    pub id: String,
    /// The e-mail as typed.
    pub email: String,
    /// The name.
    pub name: String,
    /// The password's hash.
    pub password_hash: String,
}

/// The credentials of the account with this e-mail.
pub async fn find_credentials(tx: &mut Tx, email_key: &str) -> Result<Option<Credentials>> {
    tx.first(
        sql!("select id, email, name, password_hash from account where email_key = $1"),
        args![email_key],
    )
    .await
}

/// The credentials of an account.
pub async fn find_own_credentials(tx: &mut Tx, id: &AccountId) -> Result<Option<Credentials>> {
    tx.first(
        sql!("select id, email, name, password_hash from account where id = $1"),
        args![id],
    )
    .await
}

/// The account.
pub async fn find(tx: &mut Tx, id: &AccountId) -> Result<Option<Account>> {
    let row: Option<Row> = tx
        .first(
            sql!(
                "select a.id, a.email, a.name, a.role, a.home_area_id, a.locale, a.created_at,
                        (select string_agg(m.office_id, ' ') from membership m where m.account_id = a.id) as offices
                 from account a
                 where a.id = $1"
            ),
            args![id],
        )
        .await?;
    Ok(row.map(Account::from))
}

/// Puts `new` in the place of the hash `old`; `false` when somebody changed it in between.
pub async fn set_password(tx: &mut Tx, id: &str, old: &str, new: &str) -> Result<bool> {
    let changed = tx
        .run(
            sql!("update account set password_hash = $3 where id = $1 and password_hash = $2"),
            args![id, old, new],
        )
        .await?;
    Ok(changed == 1)
}

/// Changes name, home and language.
pub async fn update_profile(tx: &mut Tx, id: &AccountId, profile: &ValidProfile) -> Result<()> {
    tx.run(
        sql!("update account set name = $2, home_area_id = $3, locale = $4 where id = $1"),
        args![
            id,
            &profile.name,
            profile.home.as_ref(),
            profile.locale.map(Locale::tag),
        ],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, db_test};

    pub(super) async fn add(db: &Db, id: &'static str, role: Role) -> bool {
        let added: Result<bool> = db
            .write(move |tx| {
                Box::pin(async move {
                    let email = format!("{id}@warga.example");
                    insert(
                        tx,
                        &NewAccount {
                            id: &AccountId::new(id),
                            email: &email,
                            email_key: &email,
                            name: id,
                            password_hash: "first",
                            role,
                            home: None,
                            locale: Some(Locale::En),
                            at: Timestamp(1),
                        },
                    )
                    .await
                })
            })
            .await;
        added.expect("the database answers")
    }

    db_test! { async fn an_account_is_added_once(db) {
        assert!(add(&db, "siti", Role::Resident).await);
        assert!(!add(&db, "siti", Role::Administrator).await);
        let mut tx = db.read().await.expect("a connection");
        let siti = find(&mut tx, &AccountId::new("siti")).await.expect("answers").expect("is there");
        assert_eq!((siti.role, siti.locale, siti.offices), (Role::Resident, Some(Locale::En), vec![]));
        let found = find_credentials(&mut tx, "siti@warga.example").await.expect("answers").expect("is there");
        assert_eq!(found.password_hash, "first");
        assert!(find_credentials(&mut tx, "x").await.expect("answers").is_none());
    } }

    db_test! { async fn a_password_changes_only_from_what_it_was(db) {
        add(&db, "siti", Role::Resident).await;
        let done: Result<_> = db.write(|tx| Box::pin(async move {
            Ok((
                set_password(tx, "siti", "first", "second").await?,
                set_password(tx, "siti", "first", "third").await?,
            ))
        })).await;
        assert_eq!(done.expect("answers"), (true, false));
        let mut tx = db.read().await.expect("a connection");
        let own = find_own_credentials(&mut tx, &AccountId::new("siti")).await.expect("answers");
        assert_eq!(own.expect("is there").password_hash, "second");
    } }

    db_test! { async fn a_profile_changes(db) {
        add(&db, "siti", Role::Resident).await;
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            let profile = ValidProfile { name: "Bu Siti".into(), home: None, locale: None };
            update_profile(tx, &AccountId::new("siti"), &profile).await
        })).await;
        done.expect("is changed");
        let mut tx = db.read().await.expect("a connection");
        let siti = find(&mut tx, &AccountId::new("siti")).await.expect("answers").expect("is there");
        assert_eq!((siti.name.as_str(), siti.locale), ("Bu Siti", None));
    } }
}
