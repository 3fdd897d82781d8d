mod clock;
mod fixture;
mod follow;
mod paper;
mod retention;
mod work;

use domain::{
    OfficeId,
    case::{Kind, Status},
};

use super::*;
use crate::{Conflict, testing::World};
use fixture::{KEY, Town, new_case, sent};
use storage::db_test;

db_test! { async fn the_same_key_opens_one_case(db) {
    let town = Town::new(db).await;
    let first = sent(&town.world, new_case("kunci-yang-pertama")).await;
    let again = sent(&town.world, new_case("kunci-yang-pertama")).await;
    let other = sent(&town.world, new_case("kunci-yang-kedua-x")).await;
    assert!(first.is_new && !again.is_new && other.is_new);
    assert_eq!((&first.id, first.reference), (&again.id, again.reference));
    assert_ne!(first.reference, other.reference);
    let mut short = new_case(KEY);
    short.key = "pendek".into();
    let service = town.world.service.clone();
    let refused: Result<Opened> = town.world.service.db().write(move |tx| Box::pin(async move {
        open(tx, &service, short).await
    })).await;
    assert!(matches!(refused, Err(crate::Error::Invalid(_))));
} }

db_test! { async fn what_is_stored_is_sealed(db) {
    let town = Town::new(db).await;
    let opened = sent(&town.world, new_case(KEY)).await;
    let mut tx = town.world.service.read().await.expect("a connection");
    let row = storage::case::get(&mut tx, &opened.id).await.expect("reads").expect("is there");
    let answers = storage::case::answers(&mut tx, &opened.id).await.expect("reads").expect("is there");
    for stored in [&row.contact, &answers] {
        assert!(stored.starts_with("v1."), "{stored}");
        assert!(!stored.contains("Siti") && !stored.contains("jawaban"));
    }
    drop(tx);
    show(&town.world.service, &town.world.rina, opened.reference).await.expect("is hers");
    let tracked = town.track(&town.world.siti, None, opened.reference).await.expect("is hers");
    let looks: Vec<_> = tracked.readers.iter().map(|r| (r.name.as_str(), &r.what)).collect();
    assert_eq!(looks, [("Rina Kartika", &Look::Page)], "who looked is shown to the person");
} }
