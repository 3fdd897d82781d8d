use std::os::unix::fs::PermissionsExt as _;

use domain::Timestamp;
use proptest::prelude::*;
use storage::db_test;

use super::{Keys, Unsealable, file};
use crate::{Chance, Error};

fn why(result: crate::Result<Vec<u8>>) -> Unsealable {
    match result {
        Err(Error::Sealed(why)) => why,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens_in_its_place_alone(
        plain in proptest::collection::vec(any::<u8>(), 0..200), place in ".{0,20}", other in ".{0,20}",
    ) {
        let keys = Keys::for_tests();
        let (text, bytes) = (keys.seal(&place, &plain), keys.seal_bytes(&place, &plain));
        prop_assert_eq!(keys.open(&place, &text).expect("opens"), plain.clone());
        prop_assert_eq!(keys.open_bytes(&place, &bytes).expect("opens"), plain.clone());
        prop_assert_ne!(keys.seal(&place, &plain), text.clone(), "a nonce is used once");
        if place != other {
            prop_assert_eq!(why(keys.open(&other, &text)), Unsealable::Changed);
            prop_assert_eq!(why(keys.open_bytes(&other, &bytes)), Unsealable::Changed);
        }
    }

    #[test]
    fn a_changed_or_cut_text_never_opens(
        plain in proptest::collection::vec(any::<u8>(), 0..60), at in any::<prop::sample::Index>(), flip in 1..=255_u8,
    ) {
        let keys = Keys::for_tests();
        let mut bytes = keys.seal_bytes("here", &plain);
        let cut = at.index(bytes.len());
        prop_assert!(keys.open_bytes("here", &bytes[..cut]).is_err());
        bytes[cut] ^= flip;
        prop_assert!(keys.open_bytes("here", &bytes).is_err());
        let text = keys.seal("here", &plain);
        prop_assert!(keys.open("here", &text[..at.index(text.len())]).is_err());
    }

    #[test]
    fn nothing_makes_it_panic(text in ".{0,80}", bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let keys = Keys::for_tests();
        prop_assert!(keys.open("here", &text).is_err());
        let foreign = ["v1.00000000.", &text].concat();
        prop_assert!(keys.open("here", &foreign).is_err());
        prop_assert!(keys.open_bytes("here", &bytes).is_err());
        prop_assert!(keys.open_bytes("here", &[b"RBS1", &bytes[..]].concat()).is_err());
    }

    #[test]
    fn marks_tell_values_and_kinds_apart(kind in "[a-z]{0,6}", text in ".{0,20}", more in "[a-z]{1,4}") {
        let keys = Keys::for_tests();
        let mark = keys.mark(&kind, &text);
        prop_assert_eq!(mark.len(), 64);
        prop_assert_eq!(&keys.mark(&kind, &text), &mark);
        let longer = [kind.as_str(), &more].concat();
        prop_assert_ne!(&keys.mark(&longer, &text), &mark);
        let shifted = [more.as_str(), &text].concat();
        prop_assert_ne!(&keys.mark(&kind, &shifted), &mark);
        prop_assert_ne!(&keys.mark(&longer, &text), &keys.mark(&kind, &shifted));
    }
}

#[test]
fn a_foreign_key_is_told_from_a_changed_text() {
    let (ours, theirs) = (Keys::for_tests(), Keys::fresh(&Chance::System));
    assert_eq!(
        why(ours.open("a", &theirs.seal("a", b"x"))),
        Unsealable::Key
    );
    assert_eq!(why(ours.open("a", "v2.x.y")), Unsealable::Form);
    assert_eq!(why(ours.open_bytes("a", b"%PDF-1.7")), Unsealable::Form);
    assert_ne!(ours.mark("nik", "1"), theirs.mark("nik", "1"));
    assert!(!format!("{ours:?}").contains(&crate::chance::hex(&ours.sealing().secret)));
}

#[test]
fn a_rotation_opens_the_old_and_keeps_the_marks() {
    let old = Keys::for_tests();
    let new = old.rotated(&Chance::System);
    let sealed = old.seal("a", b"lama");
    assert_eq!(new.open("a", &sealed).expect("opens"), b"lama");
    assert_eq!(new.mark("nik", "35"), old.mark("nik", "35"));
    assert_eq!(why(old.open("a", &new.seal("a", b"baru"))), Unsealable::Key);
}

db_test! { async fn the_file_is_made_once_and_belongs_to_its_database(db) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("deeper/keys.toml");
    let open = async |path: &std::path::Path| file::open(path, &db, &Chance::System, Timestamp(1)).await;
    let first = open(&path).await.expect("is made");
    assert_eq!(std::fs::metadata(&path).expect("is there").permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(path.parent().expect("a folder")).expect("reads").count(), 1, "nothing is left beside it");
    let sealed = first.seal("a", b"rahasia");
    assert_eq!(open(&path).await.expect("opens").open("a", &sealed).expect("opens"), b"rahasia");

    // A rotation, and what an old copy of the file is worth afterwards.
    let copy = dir.path().join("copy.toml");
    std::fs::copy(&path, &copy).expect("copies");
    let id = file::rotate(&path, &first, &Chance::System).expect("rotates");
    assert_eq!(std::fs::metadata(&path).expect("is there").permissions().mode() & 0o777, 0o600);
    let second = open(&path).await.expect("opens");
    assert!(second.seal("a", b"x").starts_with(&format!("v1.{id}.")));
    assert_eq!(second.open("a", &sealed).expect("opens"), b"rahasia");
    assert!(matches!(open(&copy).await, Err(file::Error::Foreign { lacking, .. }) if lacking == [id]));

    // Lost, foreign, broken: never a new key in silence.
    let lost = dir.path().join("lost.toml");
    let error = open(&lost).await.expect_err("is missing");
    assert!(matches!(&error, file::Error::Missing { known, .. } if known.len() == 3), "{error}");
    assert!(!lost.exists());
    let text = std::fs::read_to_string(&path).expect("reads");
    for broken in [String::new(), text[..text.len() / 2].to_owned(), text.replace("secret = \"", "secret = \"0")] {
        std::fs::write(&lost, broken).expect("writes");
        let error = open(&lost).await.expect_err("is broken");
        assert!(matches!(error, file::Error::Form { .. }), "{error}");
    }
    let marker = text.find("marker = \"").expect("is there") + 10;
    let digit = if &text[marker..=marker] == "0" { "1" } else { "0" };
    std::fs::write(&lost, format!("{}{digit}{}", &text[..marker], &text[marker + 1..])).expect("writes");
    assert!(matches!(open(&lost).await, Err(file::Error::Foreign { lacking, .. }) if lacking == ["marker"]));
} }
