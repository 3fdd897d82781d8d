//! What an account keeps for forms to begin with: sealed, and nobody's but the person's own.

use domain::{
    AccountId, Actor,
    account::{Person, PersonForm},
};
use storage::Tx;

use crate::{Error, Result, Service};

fn context(account: &AccountId) -> String {
    format!("account:{account}:person")
}

/// What the actor's own account keeps.
pub async fn own_person(service: &Service, tx: &mut Tx, actor: &Actor) -> Result<Person> {
    let account = &actor.signed_in()?.account;
    person_of(service, tx, account).await
}

/// What an account keeps, for its own forms alone.
pub(crate) async fn person_of(
    service: &Service,
    tx: &mut Tx,
    account: &AccountId,
) -> Result<Person> {
    let Some(sealed) = storage::account::find_person(tx, account).await? else {
        return Ok(Person::default());
    };
    let body = service.keys().open(&context(account), &sealed)?;
    serde_json::from_slice(&body).map_err(|_| {
        Error::Unavailable(storage::Error::Unfit(
            "unreadable: what an account keeps".to_owned(),
        ))
    })
}

/// Changes what the actor's account keeps; nothing is left when it keeps nothing.
///
/// Errors: fields `phone`, `nik`, `kk`.
pub async fn update_person(service: &Service, actor: &Actor, form: &PersonForm) -> Result<()> {
    let account = actor.signed_in()?.account.clone();
    let (inner, form) = (service.clone(), form.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let person = person_of(&inner, tx, &account).await?.after(&form)?;
                if person.is_empty() {
                    storage::account::delete_person(tx, &account).await?;
                } else {
                    let body = serde_json::to_vec(&person).unwrap_or_default();
                    let sealed = inner.keys().seal(&context(&account), &body);
                    storage::account::put_person(tx, &account, &sealed, inner.now()).await?;
                }
                Ok(())
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use storage::db_test;

    use super::*;
    use crate::{
        form::{self, fixture},
        testing::World,
    };

    db_test! { async fn forms_begin_with_what_the_account_keeps(db) {
        let world = World::new(db).await;
        let service = &world.service;
        let form = PersonForm {
            phone: "0812-3456-7890".into(),
            nik: "3579014107950001".into(),
            kk: "3579010101200001".into(),
            ..PersonForm::default()
        };
        update_person(service, &world.siti, &form).await.expect("is kept");
        assert!(matches!(update_person(service, &Actor::Anonymous, &form).await, Err(Error::SignIn)));
        let dump = storage::testing::dump(service.db()).await;
        assert!(!dump.iter().any(|line| line.contains("3579014107950001") || line.contains("34567890")), "is sealed");
        fixture::publish(&world, &fixture::birth()).await;
        let hand = fixture::hand(&world, &world.siti, "");
        form::begin(service, &hand, "lapor-lahir", false).await.expect("begins");
        form::add_item(service, &hand, "lapor-lahir", "saksi").await.expect("is added");
        let mut tx = service.read().await.expect("a connection");
        let filling = form::resume(service, &mut tx, &hand, "lapor-lahir").await.expect("reads").expect("is there");
        assert_eq!(filling.draft.text("nik"), "357901 410795 0001");
        assert_eq!(filling.draft.text("pelapor"), "Siti Aminah");
        assert!(!filling.draft.has("saksi.1.nik_saksi") && !filling.draft.has("saksi.1.nama_saksi"), "others are others");
        // Somebody else's form begins with nothing of hers.
        let his = fixture::hand(&world, &world.bambang, "");
        drop(tx);
        form::begin(service, &his, "lapor-lahir", false).await.expect("begins");
        let mut tx = service.read().await.expect("a connection");
        let filling = form::resume(service, &mut tx, &his, "lapor-lahir").await.expect("reads").expect("is there");
        assert!(!filling.draft.has("nik"));
        assert!(own_person(service, &mut tx, &world.bambang).await.expect("reads").is_empty());
        drop(tx);
        let none = PersonForm { drop_nik: true, drop_kk: true, ..PersonForm::default() };
        update_person(service, &world.siti, &none).await.expect("goes");
        let dump = storage::testing::dump(service.db()).await;
        assert!(!dump.iter().any(|line| line.starts_with("account_person:")), "nothing is left");
    } }
}
