use domain::{clause::TextDraft, consultation::ExtensionDraft};
use storage::db_test;

use super::*;
use crate::{Error, comment::tests::open_town};

async fn kinds(service: &Service, actor: &Actor) -> Vec<Kind> {
    let inbox = list(service, actor, 1).await.expect("lists");
    inbox.notices.into_iter().map(|n| n.kind).collect()
}

db_test! { async fn the_clock_is_announced_once_to_those_who_follow(db) {
    let world = open_town(db).await;
    let s = &world.service;
    follow(s, &world.siti, "jalur", true).await.expect("follows");
    follow(s, &world.siti, "jalur", true).await.expect("twice is as once");
    let (a, b) = tokio::join!(due(s), due(s));
    assert_eq!(a.expect("announces") + b.expect("announces"), 1);
    world.days(9);
    assert_eq!(due(s).await.expect("announces"), 1);
    assert_eq!(due(s).await.expect("announces"), 0);
    world.days(1);
    assert_eq!(due(s).await.expect("announces"), 1);
    let mut told = kinds(s, &world.siti).await;
    told.reverse();
    assert_eq!(told, [Kind::Opened, Kind::ClosesSoon, Kind::Closed]);
    assert!(kinds(s, &world.bambang).await.is_empty());
} }

db_test! { async fn notices_are_ones_own_and_can_be_marked_as_read(db) {
    let world = open_town(db).await;
    let s = &world.service;
    assert!(matches!(follow(s, &Actor::Anonymous, "jalur", true).await, Err(Error::SignIn)));
    assert!(matches!(follow(s, &world.siti, "tidak-ada", true).await, Err(Error::NotFound)));
    assert!(matches!(list(s, &Actor::Anonymous, 1).await, Err(Error::SignIn)));
    follow(s, &world.siti, "jalur", true).await.expect("follows");
    due(s).await.expect("announces");
    let inbox = list(s, &world.siti, 1).await.expect("lists");
    assert_eq!((inbox.total, inbox.unread, inbox.notices[0].place.as_str()), (1, 1, "/konsultasi/jalur"));
    mark_read(s, &world.bambang, Some(inbox.notices[0].id.clone())).await.expect("nothing of his");
    let mut tx = s.read().await.expect("a connection");
    assert_eq!(unread_count(&mut tx, &world.siti).await.expect("counts"), 1);
    assert!(follows(&mut tx, &world.siti, &ConsultationId::new("c")).await.expect("reads"));
    drop(tx);
    mark_read(s, &world.siti, None).await.expect("marks");
    let mut tx = s.read().await.expect("a connection");
    assert_eq!(unread_count(&mut tx, &world.siti).await.expect("counts"), 0);
} }

#[test]
fn kinds_are_read_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.word()), Some(kind));
    }
}

db_test! { async fn a_later_closing_and_a_new_text_are_told_and_remind_again(db) {
    let world = open_town(db).await;
    let s = &world.service;
    follow(s, &world.siti, "jalur", true).await.expect("follows");
    world.days(9);
    assert_eq!(due(s).await.expect("announces"), 2, "it has opened and closes soon");
    let zone = domain::Zone { name: "WIB".into(), hours: 7 };
    let closes = zone.input(s.now().plus_days(5));
    let draft = ExtensionDraft { closes_at: closes, reason: "Hari libur panjang".into() };
    crate::consultation::extend(s, &world.rina, "jalur", 1, &draft, &zone).await.expect("extends");
    let text = TextDraft {
        source: "Pasal 1\nKota menyediakan 150 tempat parkir.\n".into(),
        note: "Jumlah tempat parkir dikurangi".into(),
        reason: "Lahan yang ada lebih sempit".into(),
    };
    crate::clause::publish(s, &world.rina, "jalur", 2, &text).await.expect("publishes");
    world.days(4);
    assert_eq!(due(s).await.expect("announces"), 1, "the new closing is near");
    let mut told = kinds(s, &world.siti).await;
    told.sort_by_key(|kind| kind.word());
    assert_eq!(told, [Kind::ClosesSoon, Kind::ClosesSoon, Kind::Extended, Kind::Opened, Kind::TextChanged]);
} }
