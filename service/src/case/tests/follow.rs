use domain::Actor;

use super::{fixture::as_account, *};
use crate::{Error, limit};

db_test! { async fn reference_and_digits_show_that_it_is_ones_own(db) {
    let town = Town::new(db).await;
    let service = &town.world.service;
    let reference = sent(&town.world, new_case(KEY)).await.reference;
    let proof = prove(service, &reference.to_string().to_lowercase(), " 7890 ", "a").await.expect("is proven");
    let cookie = proof.signed(service);
    assert_eq!(Proof::read(service, &cookie), Some(proof.clone()));
    let other = sent(&town.world, new_case("kunci-yang-kedua-x")).await.reference;
    for forged in [
        cookie.replace(&reference.compact(), &other.compact()),
        format!("{cookie}0"),
        cookie[..cookie.len() - 1].to_owned(),
        String::new(),
        "..".to_owned(),
    ] {
        assert_eq!(Proof::read(service, &forged), None, "{forged}");
    }
    let nobody = Actor::Anonymous;
    assert!(town.track(&nobody, Some(proof.clone()), reference).await.is_ok());
    assert!(matches!(town.track(&nobody, Some(proof.clone()), other).await, Err(Error::NotFound)), "of this case alone");
    assert!(matches!(town.track(&nobody, None, reference).await, Err(Error::NotFound)));
    assert!(matches!(town.track(&town.world.bambang, None, reference).await, Err(Error::NotFound)));
    assert!(matches!(town.track(&town.world.rina, None, reference).await, Err(Error::NotFound)), "an officer has another page");
    let visitor = Visitor { actor: nobody, proof: Some(proof) };
    write(service, &visitor, reference, ("Kapan selesai?", Vec::new()), "k").await.expect("is written");
    write(service, &visitor, reference, ("Kapan selesai?", Vec::new()), "k").await.expect("once");
    withdraw(service, &visitor, reference, "").await.expect("is taken back");
    assert!(matches!(withdraw(service, &visitor, reference, "").await, Err(Error::Conflict(Conflict::Decided))));
    let case = town.case(reference).await;
    assert_eq!((case.status, case.revision), (Status::Withdrawn, 3));
    town.world.days(1);
    assert_eq!(Proof::read(service, &cookie), None, "its time is over");
} }

db_test! { async fn guessing_gets_one_answer_and_then_none(db) {
    let town = Town::new(db).await;
    let service = &town.world.service;
    let reference = sent(&town.world, new_case(KEY)).await.reference.to_string();
    let unknown = Reference::new([9; 6]).to_string();
    for n in 0..limit::TRACK_CASE.burst {
        // From an address of its own each time: what is guessed about is what counts.
        let wrong = prove(service, &reference, "0000", &n.to_string()).await.expect_err("is wrong");
        let absent = prove(service, &unknown, "7890", &n.to_string()).await.expect_err("is not there");
        assert_eq!((format!("{wrong:?}"), format!("{absent:?}")), ("NotFound".into(), "NotFound".into()));
    }
    let right = prove(service, &reference, "7890", "x").await;
    let absent = prove(service, &unknown, "7890", "x").await;
    assert!(matches!(right, Err(Error::TooOften { .. })), "{right:?}");
    assert_eq!(format!("{absent:?}"), format!("{right:?}").replace("Ok", "Err"));
    town.world.days(1);
    assert!(prove(service, &reference, "7890", "x").await.is_ok());
    for (reference, digits) in [("", ""), ("K7M2P-9XQ4T0", "12345"), ("abc", "12a4")] {
        assert!(matches!(prove(service, reference, digits, "y").await, Err(Error::Invalid(i)) if i.0.len() == 2));
    }
} }

db_test! { async fn one_address_is_throttled(db) {
    let town = Town::new(db).await;
    let service = &town.world.service;
    let mut answers = Vec::new();
    for n in 0..=limit::TRACK.burst {
        let reference = Reference::new([u8::try_from(n).expect("is small"); 6]).to_string();
        answers.push(prove(service, &reference, "1234", "one").await.expect_err("is not there"));
    }
    assert!(matches!(answers.pop(), Some(Error::TooOften { .. })));
    assert!(answers.iter().all(|e| matches!(e, Error::NotFound)));
} }

db_test! { async fn answers_need_a_question(db) {
    let town = Town::new(db).await;
    let service = &town.world.service;
    let reference = sent(&town.world, new_case(KEY)).await.reference;
    let siti = as_account(&town.world.siti);
    let early = answer(service, &siti, reference, ("Ini KTP saya.", Vec::new()), false, "").await;
    assert!(matches!(early, Err(Error::Conflict(Conflict::Incomplete))), "{early:?}");
    assert!(matches!(write(service, &siti, reference, (" ", Vec::new()), "").await, Err(Error::Invalid(_))));
    let foreign = write(service, &as_account(&town.world.bambang), reference, ("Halo", Vec::new()), "").await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    let mut tx = service.read().await.expect("a connection");
    assert_eq!(own(service, &mut tx, &town.world.siti).await.expect("lists").len(), 1);
    assert!(own(service, &mut tx, &Actor::Anonymous).await.expect("lists").is_empty());
} }
