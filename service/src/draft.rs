//! What people are typing, kept on the server until they send it: through a reload, a lost network, a sign-in.

use std::collections::BTreeMap;

use domain::{AccountId, Actor, Problem, Timestamp};
use storage::Tx;

use crate::{Error, Result, Service, chance, limit};

/// Most characters of a place.
pub const LONGEST_PLACE: usize = 120;
/// Most bytes of what is kept at one place.
pub const LARGEST: usize = 64 * 1024;
/// Most drafts of one owner; the oldest make room.
pub const MOST: u32 = 100;
/// Days after which a draft that nobody touched is forgotten.
pub const DAYS: i64 = 30;

/// How the owner of drafts at the counter begins; no account and no digest does.
const DESK: &str = "desk:";

/// Whose draft it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner(String);

impl Owner {
    /// Drafts of an account.
    pub fn account(account: &AccountId) -> Self {
        Self(account.to_string())
    }

    /// Drafts of whoever holds this token. Only its hash is stored.
    pub fn guest(token: &str) -> Self {
        Self(chance::digest(token))
    }

    /// Drafts at the counter: those of one person whom an officer serves, whose token ends with them. Neither the officer's
    /// own nor another officer's, whoever holds the token.
    pub fn desk(officer: &AccountId, token: &str) -> Self {
        Self(format!("{DESK}{officer}:{}", chance::digest(token)))
    }

    /// Whether these are drafts at the counter.
    pub fn is_desk(&self) -> bool {
        self.0.starts_with(DESK)
    }

    /// The account when signed in, else the holder of the guest's token; `None` without either.
    pub fn of(actor: &Actor, guest: Option<&str>) -> Option<Self> {
        actor
            .account()
            .map(Self::account)
            .or_else(|| guest.filter(|token| !token.is_empty()).map(Self::guest))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody typed at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which form, such as `comment:jalur-sepeda:pasal-4`.
    pub place: String,
    /// The fields as typed; a field of several choices has them all, in order.
    pub fields: BTreeMap<String, Vec<String>>,
    /// The same as it was kept: a JSON object.
    pub body: String,
    /// When it was last kept.
    pub updated_at: Timestamp,
}

impl Draft {
    /// The first value of a field; empty when it has none.
    pub fn text(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// All values of a field.
    pub fn all(&self, field: &str) -> &[String] {
        self.fields.get(field).map_or(&[], Vec::as_slice)
    }
}

impl From<storage::draft::Draft> for Draft {
    fn from(row: storage::draft::Draft) -> Self {
        Self {
            fields: read(&row.body).unwrap_or_default(),
            body: row.body,
            place: row.place,
            updated_at: Timestamp(row.updated_at),
        }
    }
}

/// The fields in a JSON object of texts and lists of texts. Numbers and switches become texts, anything deeper is left out.
fn read(body: &str) -> Option<BTreeMap<String, Vec<String>>> {
    use serde_json::Value;
    let text = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    };
    let Value::Object(object) = serde_json::from_str(body).ok()? else {
        return None;
    };
    Some(
        object
            .into_iter()
            .map(|(field, value)| match value {
                Value::Array(values) => (field, values.into_iter().filter_map(text).collect()),
                value => (field, text(value).into_iter().collect()),
            })
            .collect(),
    )
}

/// Keeps the JSON object `body` for a place, in the stead of an earlier one. `address` is the client's.
///
/// Errors: [`Error::Invalid`] for the fields `place` (empty, too long, control characters) and `body` (no JSON object),
/// [`Error::TooLarge`] beyond [`LARGEST`], [`Error::TooOften`].
pub async fn save(
    service: &Service,
    owner: &Owner,
    place: &str,
    body: &str,
    address: &str,
) -> Result<()> {
    let length = place.chars().count();
    if length == 0 || length > LONGEST_PLACE || place.chars().any(char::is_control) {
        return Err(Error::invalid("place", Problem::Malformed));
    }
    if body.len() > LARGEST {
        return Err(Error::TooLarge);
    }
    // PostgreSQL takes no NUL in a text; the escape of one in JSON would come out as one later.
    if body.contains('\0') || read(body).is_none() {
        return Err(Error::invalid("body", Problem::Malformed));
    }
    let now = service.now();
    service.limits().take(limit::DRAFT, address, now)?;
    let (owner, place, body) = (owner.0.clone(), place.to_owned(), body.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                storage::draft::put(tx, &owner, &place, &body, now).await?;
                storage::draft::trim(tx, &owner, MOST).await?;
                Ok(())
            })
        })
        .await
}

/// Keeps the fields of a form for a place, as [`save`]. A field may come several times.
pub async fn save_fields(
    service: &Service,
    owner: &Owner,
    place: &str,
    fields: &[(&str, &str)],
    address: &str,
) -> Result<()> {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (field, value) in fields {
        all.entry(field).or_default().push(value);
    }
    let body = serde_json::to_string(&all).unwrap_or_default();
    save(service, owner, place, &body, address).await
}

/// What the owner was typing at this place.
pub async fn find(tx: &mut Tx, owner: &Owner, place: &str) -> Result<Option<Draft>> {
    Ok(storage::draft::find(tx, &owner.0, place)
        .await?
        .map(Draft::from))
}

/// What the owner was typing anywhere, oldest first.
pub async fn list(tx: &mut Tx, owner: &Owner) -> Result<Vec<Draft>> {
    let drafts = storage::draft::list(tx, &owner.0).await?;
    Ok(drafts.into_iter().map(Draft::from).collect())
}

/// Forgets the draft of this place, because it was sent or thrown away; returns what it was.
pub async fn take(service: &Service, owner: &Owner, place: &str) -> Result<Option<Draft>> {
    let (owner, place) = (owner.0.clone(), place.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                Ok(storage::draft::take(tx, &owner, &place)
                    .await?
                    .map(Draft::from))
            })
        })
        .await
}

/// [`take`] inside the transaction that stores what was sent.
pub async fn forget(tx: &mut Tx, owner: &Owner, place: &str) -> Result<()> {
    storage::draft::take(tx, &owner.0, place).await?;
    Ok(())
}

/// Hands a guest's drafts to the account that they signed in to; where the account has a newer one, that stays.
pub async fn adopt(tx: &mut Tx, guest: &str, account: &AccountId) -> Result<()> {
    let (from, to) = (Owner::guest(guest), Owner::account(account));
    storage::draft::adopt(tx, &from.0, &to.0).await?;
    storage::draft::trim(tx, &to.0, MOST).await?;
    Ok(())
}

/// Forgets drafts that nobody touched for [`DAYS`]; how many.
pub async fn sweep(service: &Service) -> Result<u64> {
    let before = service.now().plus_days(-DAYS);
    service
        .db()
        .write(move |tx| Box::pin(async move { Ok(storage::draft::sweep(tx, before).await?) }))
        .await
}

#[cfg(test)]
mod tests {
    use storage::db_test;

    use super::*;
    use crate::testing::World;

    db_test! { async fn a_draft_survives_a_sign_in_and_goes_when_it_is_sent(db) {
        let world = World::new(db).await;
        let service = &world.service;
        let siti = world.siti.account().expect("is signed in");
        let guest = Owner::of(&Actor::Anonymous, Some("token")).expect("has a token");
        let mine = Owner::of(&world.siti, Some("token")).expect("is signed in");
        save(service, &mine, "comment:a", r#"{"text":"lama"}"#, "ip").await.expect("is kept");
        world.clock.advance(1);
        save_fields(service, &guest, "comment:a", &[("text", "baru"), ("x", "1"), ("x", "2")], "ip").await.expect("is kept");
        save(service, &guest, "comment:b", r#"{"text":"tamu"}"#, "ip").await.expect("is kept");
        world.clock.advance(1);
        save(service, &mine, "comment:b", r#"{"text":"punya akun"}"#, "ip").await.expect("is kept");
        let account = siti.clone();
        let done: Result<()> = service.db().write(move |tx| Box::pin(async move {
            adopt(tx, "token", &account).await
        })).await;
        done.expect("is adopted");
        let mut tx = service.read().await.expect("a connection");
        let a = find(&mut tx, &mine, "comment:a").await.expect("answers").expect("is there");
        assert_eq!((a.text("text"), a.all("x"), a.text("none")), ("baru", &["1".to_owned(), "2".to_owned()][..], ""));
        let b = find(&mut tx, &mine, "comment:b").await.expect("answers").expect("is there");
        assert_eq!(b.text("text"), "punya akun");
        assert_eq!(list(&mut tx, &guest).await.expect("answers"), []);
        drop(tx);
        assert!(take(service, &mine, "comment:a").await.expect("answers").is_some());
        assert!(take(service, &mine, "comment:a").await.expect("answers").is_none());
        world.days(DAYS);
        assert_eq!(sweep(service).await.expect("answers"), 0, "30 days are kept whole");
        world.clock.advance(1);
        assert_eq!(sweep(service).await.expect("answers"), 1);
    } }

    db_test! { async fn the_hundred_newest_stay(db) {
        let world = World::new(db).await;
        let owner = Owner::guest("token");
        for n in 0..103 {
            world.clock.advance(2);
            save(&world.service, &owner, &format!("p{n}"), "{}", "ip").await.expect("is kept");
        }
        let mut tx = world.service.read().await.expect("a connection");
        let places: Vec<_> = list(&mut tx, &owner).await.expect("answers").into_iter().map(|d| d.place).collect();
        assert_eq!((places.len(), places[0].as_str()), (100, "p3"));
    } }

    db_test! { async fn what_is_no_draft_is_refused(db) {
        let world = World::new(db).await;
        let owner = Owner::guest("token");
        let save = async |place: &str, body: &str| save(&world.service, &owner, place, body, "ip").await;
        for place in ["", "a\nb", &"x".repeat(121)] {
            assert!(matches!(save(place, "{}").await, Err(Error::Invalid(_))), "{place}");
        }
        for body in ["", "[]", "{", "\"a\"", "{\"a\":\"\0\"}"] {
            assert!(matches!(save("a", body).await, Err(Error::Invalid(_))), "{body}");
        }
        let large = format!("{{\"a\":\"{}\"}}", "x".repeat(LARGEST));
        assert!(matches!(save("a", &large).await, Err(Error::TooLarge)));
        assert!(save("a", r#"{"deep":{"er":1},"n":5,"yes":true,"no":null,"nul":"\u0000"}"#).await.is_ok());
        let mut tx = world.service.read().await.expect("a connection");
        let found = find(&mut tx, &owner, "a").await.expect("answers").expect("is there");
        assert_eq!((found.text("n"), found.text("yes"), found.text("deep")), ("5", "true", ""));
        assert_eq!(Owner::of(&Actor::Anonymous, None), None);
        assert_eq!(Owner::of(&Actor::Anonymous, Some("")), None);
    } }

    db_test! { async fn a_flood_of_drafts_is_slowed(db) {
        let world = World::new(db).await;
        let mut refused = 0;
        for n in 0..limit::DRAFT.burst + 5 {
            let owner = Owner::guest(&n.to_string());
            refused += u32::from(matches!(
                save(&world.service, &owner, "a", "{}", "ip").await,
                Err(Error::TooOften { .. })
            ));
        }
        assert_eq!(refused, 5);
    } }
}
