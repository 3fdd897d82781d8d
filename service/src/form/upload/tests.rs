use domain::Actor;
use storage::db_test;

use super::*;
use crate::{
    form::{
        Hand, begin,
        fixture::{general, hand, publish},
        sweep,
        tests::{now, photo},
    },
    testing::World,
};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A picture of more than two pieces: noise does not get smaller.
fn large() -> Vec<u8> {
    let mut bytes = photo();
    // What follows the end of a picture is not looked at and does not survive.
    let mut state = 1_u32;
    bytes.extend((0..CHUNK * 2).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    }));
    bytes
}

fn announced(bytes: &[u8]) -> Announced {
    Announced {
        form: "permohonan-umum".into(),
        version: 1,
        path: "lampiran".into(),
        key: KEY.into(),
        name: "foto rumah.jpg".into(),
        size: bytes.len(),
        digest: chance::digest_bytes(bytes),
    }
}

async fn begun(world: &World, hand: &Hand, file: Announced) -> Progress {
    let begun = announce(&world.service, hand, file).await;
    begun.expect("answers").expect("is wanted")
}

/// Sends everything from where it ends so far; the last step.
async fn rest(world: &World, hand: &Hand, id: &FileId, bytes: &[u8]) -> Step {
    let mut at = progress(&world.service, hand, id)
        .await
        .expect("is there")
        .received;
    loop {
        let end = bytes.len().min(at + CHUNK);
        let step = append(&world.service, hand, id, at, bytes[at..end].to_vec()).await;
        let step = step.expect("is kept");
        match &step {
            Step::Kept(progress) if !progress.is_whole => at = progress.received,
            _ => return step,
        }
    }
}

db_test! { async fn a_file_goes_on_where_it_was_cut_and_becomes_part_of_an_answer(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    begin(service, &guest, "permohonan-umum", false).await.expect("begins");
    let bytes = large();
    let first = begun(&world, &guest, announced(&bytes)).await;
    assert_eq!((first.received, first.is_whole), (0, false));
    let step = append(service, &guest, &first.id, 0, bytes[..CHUNK].to_vec()).await.expect("is kept");
    assert!(matches!(step, Step::Kept(Progress { received: CHUNK, .. })));
    // The answer was lost: the phone announces again and learns how far it is; the same piece again changes nothing.
    let again = begun(&world, &guest, announced(&bytes)).await;
    assert_eq!((again.id.clone(), again.received), (first.id.clone(), CHUNK));
    for wrong in [0, 1, CHUNK - 1, CHUNK + 1, CHUNK * 2] {
        let step = append(service, &guest, &first.id, wrong, bytes[..100].to_vec()).await.expect("answers");
        assert!(matches!(step, Step::Elsewhere(Progress { received: CHUNK, .. })), "{wrong}");
    }
    assert!(matches!(attach_upload(service, &guest, "permohonan-umum", "lampiran", &first.id).await, Err(Error::NotFound)), "not whole");
    let Step::Kept(whole) = rest(&world, &guest, &first.id, &bytes).await else { panic!("is not taken") };
    assert!(whole.is_whole);
    assert_eq!(rest(&world, &guest, &first.id, &bytes).await, Step::Elsewhere(whole.clone()), "whole already");
    let id = attach_upload(service, &guest, "permohonan-umum", "lampiran", &first.id).await.expect("answers").expect("is taken");
    assert_eq!(attach_upload(service, &guest, "permohonan-umum", "lampiran", &id).await.expect("answers"), Ok(id.clone()), "twice is once");
    let filling = now(&world, &guest, "permohonan-umum").await;
    assert_eq!((filling.draft.all("lampiran"), filling.files[&id].name.as_str()), (&[id.to_string()][..], "foto-rumah.jpg"));
    let file = crate::form::content(service, &guest, "permohonan-umum", &id).await.expect("opens");
    assert!(!file.bytes.windows(7).any(|w| w == b"RAHASIA"), "the place in the photo is gone");
    assert!(matches!(progress(service, &guest, &id).await, Err(Error::NotFound)), "it is no longer on its way");
} }

db_test! { async fn nobody_else_sees_or_goes_on_with_a_file(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    let other = hand(&world, &Actor::Anonymous, "lain");
    begin(service, &other, "permohonan-umum", false).await.expect("begins");
    let bytes = photo();
    let own = begun(&world, &guest, announced(&bytes)).await;
    assert!(matches!(progress(service, &other, &own.id).await, Err(Error::NotFound)));
    assert!(matches!(append(service, &other, &own.id, 0, bytes.clone()).await, Err(Error::NotFound)));
    let theirs = begun(&world, &other, announced(&bytes)).await;
    assert_ne!(theirs.id, own.id, "the same key of another is another file");
    assert!(matches!(rest(&world, &guest, &own.id, &bytes).await, Step::Kept(_)));
    assert!(matches!(attach_upload(service, &other, "permohonan-umum", "lampiran", &own.id).await, Err(Error::NotFound)));
    let mut tx = service.read().await.expect("a connection");
    let parts = storage::form::list_parts(&mut tx, &theirs.id).await.expect("reads");
    assert!(parts.is_empty());
    drop(tx);
    append(service, &other, &theirs.id, 0, bytes[..60].to_vec()).await.expect("is kept");
    let mut tx = service.read().await.expect("a connection");
    let parts = storage::form::list_parts(&mut tx, &theirs.id).await.expect("reads");
    assert!(!parts[0].body.windows(7).any(|w| w == b"RAHASIA"), "sealed");
    drop(tx);
    // A shared computer: what is on its way goes, too.
    crate::form::forget(service, &other).await.expect("is forgotten");
    assert!(matches!(progress(service, &other, &theirs.id).await, Err(Error::NotFound)));
} }

db_test! { async fn what_is_no_such_file_is_refused(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    let bytes = photo();
    for wrong in [
        Announced { path: "nama".into(), ..announced(&bytes) },
        Announced { path: "tidak.ada.x".into(), ..announced(&bytes) },
        Announced { form: "tidak-ada".into(), ..announced(&bytes) },
        Announced { version: 9, ..announced(&bytes) },
    ] {
        assert!(matches!(announce(service, &guest, wrong.clone()).await, Err(Error::NotFound)), "{wrong:?}");
    }
    for wrong in [
        Announced { key: "pendek".into(), ..announced(&bytes) },
        Announced { digest: "zz".repeat(32), ..announced(&bytes) },
        Announced { digest: String::new(), ..announced(&bytes) },
        Announced { size: 0, ..announced(&bytes) },
    ] {
        assert!(matches!(announce(service, &guest, wrong.clone()).await, Err(Error::Invalid(_))), "{wrong:?}");
    }
    let huge = Announced { size: usize::MAX, ..announced(&bytes) };
    assert_eq!(announce(service, &guest, huge).await.expect("answers"), Err(Fault::FileTooLarge { name: "foto rumah.jpg".into(), max_kb: 5_120 }));
    // More than was announced, by one piece and by a piece that is too large.
    let own = begun(&world, &guest, announced(&bytes)).await;
    let more = [&bytes[..], b"x"].concat();
    assert!(matches!(append(service, &guest, &own.id, 0, more).await, Err(Error::TooLarge)));
    assert!(matches!(append(service, &guest, &own.id, 0, vec![0; CHUNK + 1]).await, Err(Error::TooLarge)));
    // Other bytes than were announced, and bytes that are no picture.
    let mut changed = bytes.clone();
    changed[50] ^= 1;
    assert!(matches!(rest(&world, &guest, &own.id, &changed).await, Step::Refused { fault: Fault::FileGone, .. }));
    assert!(matches!(progress(service, &guest, &own.id).await, Err(Error::NotFound)), "nothing of it was kept");
    let text = b"<script>alert(1)</script>".to_vec();
    let odd = begun(&world, &guest, announced(&text)).await;
    let Step::Refused { form, version: 1, path, fault } = rest(&world, &guest, &odd.id, &text).await else { panic!("is taken") };
    assert_eq!((form.as_str(), path.as_str(), fault), ("permohonan-umum", "lampiran", Fault::FileKind { name: "foto rumah.jpg".into() }));
} }

db_test! { async fn what_is_on_its_way_is_bounded_and_does_not_stay(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    let file = |n: usize| Announced { key: format!("{KEY}{n}"), size: 5 * 1024 * 1024, ..announced(b"x") };
    let mut first = None;
    for n in 0..12 {
        first = first.or(Some(begun(&world, &guest, file(n)).await));
    }
    assert!(matches!(announce(service, &guest, file(12)).await, Err(Error::TooLarge)));
    let other = hand(&world, &Actor::Anonymous, "lain");
    begun(&world, &other, file(12)).await;
    let first = first.expect("the first").id;
    append(service, &guest, &first, 0, vec![7; 1_000]).await.expect("is kept");
    world.days(DAYS);
    assert!(matches!(append(service, &guest, &first, 1_000, vec![7; 1_000]).await, Err(Error::NotFound)), "its time is over");
    assert_eq!(sweep(service).await.expect("sweeps"), 13);
    begun(&world, &guest, file(12)).await;
} }
