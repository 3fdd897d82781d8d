use domain::{Actor, form::Answer};
use storage::db_test;

use super::*;
use crate::{
    chance,
    form::{
        Announced, Step, announce, append, begin,
        fixture::{general, hand, publish},
        send,
        tests::{case_of, fill, now, photo},
    },
    testing::World,
};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// What a phone has filled in.
fn filled() -> Whole {
    let mut draft = Draft::default();
    for (field, value) in [
        ("nama", "Siti Aminah"),
        ("telepon", "0812-3456-7890"),
        ("alamat.street", "Jl. Punten 3"),
        ("alamat.area", "35.79.02.2001"),
        ("perihal", "Lampu jalan"),
        ("uraian", "Lampu di gang tiga mati sejak Senin."),
        ("ada_tempat", "no"),
        ("benar", "yes"),
    ] {
        draft.put(field, value);
    }
    Whole {
        form: "permohonan-umum".into(),
        version: 1,
        key: KEY.into(),
        draft,
    }
}

async fn uploaded(world: &World, hand: &Hand, key: &str) -> FileId {
    let bytes = photo();
    let file = Announced {
        form: "permohonan-umum".into(),
        version: 1,
        path: "lampiran".into(),
        key: key.into(),
        name: "foto.jpg".into(),
        size: bytes.len(),
        digest: chance::digest_bytes(&bytes),
    };
    let begun = announce(&world.service, hand, file).await;
    let id = begun.expect("answers").expect("is wanted").id;
    let step = append(&world.service, hand, &id, 0, bytes).await;
    assert!(matches!(step, Ok(Step::Kept(progress)) if progress.is_whole));
    id
}

async fn cases(world: &World) -> usize {
    let mut tx = world.service.read().await.expect("a connection");
    let all = storage::case::Filter {
        limit: 100,
        ..storage::case::Filter::default()
    };
    storage::case::list(&mut tx, &all)
        .await
        .expect("reads")
        .len()
}

db_test! { async fn what_a_phone_filled_in_becomes_one_case_however_often_it_is_sent(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    let photo = uploaded(&world, &guest, KEY).await;
    let mut whole = filled();
    whole.draft.values.insert("lampiran".into(), vec![photo.to_string()]);
    // Two windows and a phone that tries again and again, all in one moment.
    let all = (0..20).map(|_| {
        let (service, guest, whole) = (service.clone(), guest.clone(), whole.clone());
        tokio::spawn(async move { send_whole(&service, &guest, whole).await })
    });
    let mut numbers = BTreeSet::new();
    for one in all.collect::<Vec<_>>() {
        let Sent::Received(reference) = one.await.expect("ends").expect("is taken") else { panic!("is not ready") };
        numbers.insert(reference.compact());
    }
    assert_eq!((numbers.len(), cases(&world).await), (1, 1));
    // The answer was lost and the cookie, too: the key alone finds the number, and nothing else.
    let other = hand(&world, &Actor::Anonymous, "lain");
    let Sent::Received(reference) = send_whole(service, &other, whole).await.expect("answers") else { panic!("is not ready") };
    assert!(numbers.contains(&reference.compact()));
    let mut tx = service.read().await.expect("a connection");
    assert!(crate::form::sent(service, &mut tx, &other, reference).await.expect("reads").is_none());
    assert!(crate::form::sent(service, &mut tx, &guest, reference).await.expect("reads").is_some());
    let file = crate::form::content_of_case(service, &mut tx, &photo).await.expect("belongs to the case");
    assert!(!file.bytes.windows(7).any(|w| w == b"RAHASIA"));
    drop(tx);
    let (_, title, answers) = case_of(&world, reference).await;
    assert_eq!(title, "Permohonan umum");
    assert!(answers.get("lampiran").is_some() && answers.get("uraian").is_some());
} }

db_test! { async fn what_began_here_and_was_finished_on_the_phone_is_one_case(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    fill(&world, &guest).await;
    let begun = now(&world, &guest, "permohonan-umum").await;
    let mut whole = Whole { key: begun.key.clone(), draft: begun.draft.clone(), ..filled() };
    whole.draft.put("perihal", "Lampu jalan dan selokan");
    // Somebody else who learns of the key gets nothing of what is being filled in.
    let other = hand(&world, &Actor::Anonymous, "lain");
    assert!(matches!(send_whole(service, &other, whole.clone()).await, Err(Error::NotFound)));
    let Sent::Received(reference) = send_whole(service, &guest, whole).await.expect("answers") else { panic!("is not ready") };
    assert_eq!(send(service, &guest, &begun.key, None).await.expect("answers"), Sent::Received(reference), "the page sends the same");
    let (_, _, answers) = case_of(&world, reference).await;
    assert_eq!(answers.get("perihal"), Some(&Answer::Text("Lampu jalan dan selokan".into())), "what was confirmed on the phone counts");
    assert_eq!(cases(&world).await, 1);
} }

db_test! { async fn what_cannot_be_taken_leaves_nothing_behind(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    let file = uploaded(&world, &guest, KEY).await;
    let mut wrong = filled();
    wrong.draft.values.insert("lampiran".into(), vec![file.to_string()]);
    wrong.draft.put("telepon", "12");
    assert_eq!(send_whole(service, &guest, wrong.clone()).await.expect("answers"), Sent::NotReady);
    assert!(crate::form::progress(service, &guest, &file).await.expect("still waits").is_whole);
    wrong.draft.put("telepon", "0812-3456-7890");
    // Another's file, or one that does not exist, is a file that is not there.
    let other = hand(&world, &Actor::Anonymous, "lain");
    assert_eq!(send_whole(service, &other, wrong.clone()).await.expect("answers"), Sent::NotReady);
    for (whole, is_invalid) in [
        (Whole { key: "pendek".into(), ..filled() }, true),
        (Whole { version: 7, ..filled() }, false),
        (Whole { form: "tidak-ada".into(), ..filled() }, false),
    ] {
        let refused = send_whole(service, &guest, whole).await;
        assert!(matches!(refused, Err(Error::Invalid(_)) if is_invalid) || matches!(refused, Err(Error::NotFound) if !is_invalid), "{refused:?}");
    }
    let mut long = filled();
    long.draft.put("uraian", &"x".repeat(300_000));
    assert!(matches!(send_whole(service, &guest, long).await, Err(Error::TooLarge)));
    assert_eq!(cases(&world).await, 0);
    // Mended, the same key is taken.
    assert!(matches!(send_whole(service, &guest, wrong).await, Ok(Sent::Received(_))));
    assert_eq!(cases(&world).await, 1);
} }

db_test! { async fn a_new_version_strands_nobody_and_a_closed_service_says_so(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let service = &world.service;
    let mut next = general();
    next.definition.version = 2;
    next.definition.pages.retain(|page| page.key != "tempat");
    publish(&world, &next).await;
    world.days(DAYS + 8);
    let guest = hand(&world, &Actor::Anonymous, "tamu");
    let Sent::Received(reference) = send_whole(service, &guest, filled()).await.expect("answers") else { panic!("is not ready") };
    assert!(case_of(&world, reference).await.2.get("ada_tempat").is_some(), "judged by the version that was filled in");
    // The same key with another version is what was sent.
    let Ok(Sent::Received(again)) = send_whole(service, &guest, Whole { version: 2, ..filled() }).await else { panic!("is not known") };
    assert_eq!(again, reference);
    begin(service, &guest, "permohonan-umum", false).await.expect("begins with the second");
    let open = now(&world, &guest, "permohonan-umum").await;
    let odd = Whole { key: open.key, ..filled() };
    assert!(matches!(send_whole(service, &guest, odd).await, Err(Error::Conflict(Conflict::Stale))));
    next.definition.version = 3;
    next.service.closes = Some(guest.today);
    publish(&world, &next).await;
    world.days(1);
    let late = hand(&world, &Actor::Anonymous, "tamu");
    let other = Whole { key: format!("{KEY}2"), ..filled() };
    assert!(matches!(send_whole(service, &late, other).await, Err(Error::Conflict(Conflict::Closed))));
    assert!(matches!(send_whole(service, &late, filled()).await, Ok(Sent::Received(_))), "what was sent before is still known");
} }
