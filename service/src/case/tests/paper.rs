use domain::{Actor, FileId, Problem, form::Answer};

use super::{fixture::as_account, *};
use crate::{
    Error,
    file::Upload,
    form::fixture::{birth_case, picture},
};

fn letter(name: &str, bytes: Vec<u8>) -> Vec<Upload> {
    vec![Upload {
        name: name.to_owned(),
        bytes,
    }]
}

db_test! { async fn the_office_reads_what_was_answered_and_the_person_sees_who_read(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let reference = birth_case(world, &world.siti).await;
    let seen = show(service, &world.rina, reference).await.expect("is hers");
    let paper = seen.paper.expect("was filled in");
    assert_eq!(paper.definition.key, "lapor-lahir");
    assert_eq!(paper.answers.get("nama_anak"), Some(&Answer::Text("Bima Putra".into())));
    assert_eq!(seen.nik.as_deref(), Some("3579********0001"));
    let card = seen.files[0].clone();
    assert_eq!((card.known.name.as_str(), card.event, seen.files.len()), ("KTP-Wati.png", None, 1));
    assert_eq!(paper.files.keys().collect::<Vec<_>>(), [&card.id]);
    let file = open_file(service, &world.rina, reference, &card.id).await.expect("is hers");
    assert!(file.name == "KTP-Wati.png" && !file.bytes.is_empty());
    let whole = numbers(service, &world.rina, reference).await.expect("is hers");
    assert_eq!(whole.nik.map(domain::identity::Nik::digits).as_deref(), Some("3579014107950001"));
    let tracked = town.track(&world.siti, None, reference).await.expect("is hers");
    let mut looks: Vec<_> = tracked.readers.iter().map(|r| r.what.clone()).collect();
    looks.sort_by_key(|look| format!("{look:?}"));
    assert_eq!(looks, [Look::Answers, Look::File("KTP-Wati.png".into()), Look::Numbers]);
    open_file(service, &world.rina, reference, &card.id).await.expect("is hers");
    let again = town.track(&world.siti, None, reference).await.expect("is hers");
    assert_eq!(again.readers.len(), 3, "looks that follow one another are one");
    for (actor, expected) in [(&world.agus, "NotFound"), (&world.siti, "Forbidden"), (&Actor::Anonymous, "SignIn")] {
        let file = open_file(service, actor, reference, &card.id).await.map(drop);
        let numbers = numbers(service, actor, reference).await.map(drop);
        for result in [file, numbers] {
            assert_eq!(format!("{:?}", result.expect_err("is refused")), expected, "{actor:?}");
        }
    }
} }

db_test! { async fn the_person_reads_their_own_and_nobody_elses(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let reference = birth_case(world, &world.siti).await;
    let other = sent(world, new_case(KEY)).await.reference;
    let file = show(service, &world.rina, reference).await.expect("is hers").files[0].id.clone();
    let mut tx = service.read().await.expect("a connection");
    let siti = as_account(&world.siti);
    let (_, paper) = own_paper(service, &mut tx, &siti, reference).await.expect("is hers");
    assert!(paper.is_some_and(|paper| paper.files.len() == 1));
    assert!(own_file(service, &mut tx, &siti, reference, &file).await.is_ok());
    let proof = Visitor { actor: Actor::Anonymous, proof: Some(Proof::of_sender(service, reference)) };
    assert!(own_file(service, &mut tx, &proof, reference, &file).await.is_ok(), "also by the reference");
    for (visitor, reference, id) in [
        (&as_account(&world.bambang), reference, &file),
        (&as_account(&world.rina), reference, &file),
        (&siti, other, &file),
        (&siti, reference, &FileId::new("lain")),
    ] {
        assert!(matches!(own_file(service, &mut tx, visitor, reference, id).await, Err(Error::NotFound)));
    }
    assert!(matches!(own_paper(service, &mut tx, &as_account(&world.bambang), reference).await, Err(Error::NotFound)));
} }

db_test! { async fn files_go_both_ways_with_what_was_written(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let reference = sent(world, new_case(KEY)).await.reference;
    let siti = as_account(&world.siti);
    ask(service, &world.rina, reference, "Mohon unggah KTP.", 1, "").await.expect("is asked");
    answer(service, &siti, reference, ("", letter("KTP saya.png", picture())), false, "sekali").await.expect("a file is an answer");
    answer(service, &siti, reference, ("", letter("KTP saya.png", picture())), false, "sekali").await.expect("once");
    reply(service, &world.rina, reference, ("Ini formulirnya.", letter("formulir.png", picture())), "b").await.expect("is sent");
    let tracked = town.track(&world.siti, None, reference).await.expect("is hers");
    let files: Vec<_> = tracked.files.iter().map(|f| (f.known.name.as_str(), f.event)).collect();
    assert_eq!(files, [("KTP-saya.png", Some(3)), ("formulir.png", Some(4))]);
    assert_eq!(tracked.case.status, Status::Received, "the clock goes on");
    let mut tx = service.read().await.expect("a connection");
    let stored = storage::form::find_file(&mut tx, &tracked.files[0].id).await.expect("reads").expect("is there");
    assert!(stored.body.starts_with(b"RBS1") && !stored.body.windows(4).any(|w| w == b"\x89PNG"), "is sealed");
    drop(tx);
    let before = tracked.case.revision;
    let six = (0..6).flat_map(|_| letter("a.png", picture())).collect();
    for (files, problem) in [
        (six, Problem::TooMany { max: 5 }),
        (letter("virus.pdf", b"MZ\x90\0".to_vec()), Problem::Kind),
        (letter("daftar.csv", b"a,b\n1,2\n".to_vec()), Problem::Kind),
        (letter("besar.png", vec![0; 10 * 1024 * 1024 + 1]), Problem::TooLarge { max_kb: 10 * 1024 }),
    ] {
        let refused = write(service, &siti, reference, ("Ini berkasnya.", files), "").await;
        assert!(matches!(&refused, Err(Error::Invalid(i)) if i.of("files") == Some(&problem)), "{refused:?}");
    }
    let foreign = write(service, &as_account(&world.bambang), reference, ("", letter("a.png", picture())), "").await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    let foreign = reply(service, &world.agus, reference, ("", letter("a.png", picture())), "").await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    let tracked = town.track(&world.siti, None, reference).await.expect("is hers");
    assert_eq!((tracked.case.revision, tracked.files.len()), (before, 2), "nothing is half stored");
} }
