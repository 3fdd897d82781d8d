use domain::{Actor, Problem, case::Outcome};

use super::{fixture::as_account, *};
use crate::Error;

db_test! { async fn from_received_to_handed_out(db) {
    let town = Town::new(db).await;
    let (service, rina) = (&town.world.service, &town.world.rina);
    let reference = sent(&town.world, new_case(KEY)).await.reference;
    crate::case::check(service, rina, reference, 1, "k1").await.expect("is checked");
    let case = town.case(reference).await;
    assert_eq!((case.status, case.handler_name.as_deref()), (Status::Checked, Some("Rina Kartika")), "who takes a step works on it");
    ask(service, rina, reference, "Mohon unggah KTP.", 2, "k2").await.expect("is asked");
    assert_eq!(town.case(reference).await.due_at, None, "the clock stands");
    town.world.days(3);
    answer(service, &as_account(&town.world.siti), reference, ("Ini KTP saya.", Vec::new()), false, "k3").await.expect("is answered");
    let case = town.case(reference).await;
    assert_eq!((case.status, case.revision), (Status::Received, 4));
    assert!(case.due_at.is_some(), "and goes on");
    crate::case::check(service, rina, reference, 4, "k4").await.expect("is checked");
    decide(service, rina, reference, ("granted", "Berkas lengkap dan sah."), 5, "k5").await.expect("is decided");
    let case = town.case(reference).await;
    assert_eq!((case.status, case.outcome, case.due_at), (Status::Decided, Some(Outcome::Granted), None));
    hand_out(service, rina, reference, 6, "k6").await.expect("is handed out");
    let tracked = town.track(&town.world.siti, None, reference).await.expect("is hers");
    let kinds: Vec<_> = tracked.lines.iter().map(|line| line.kind.word()).collect();
    assert_eq!(kinds, ["received", "checked", "asked", "answered", "checked", "decided", "handed_out"]);
    assert_eq!(tracked.lines[5].text, "Berkas lengkap dan sah.");
    assert_eq!(tracked.lines[5].detail, "granted");
    let told = crate::notice::list(service, &town.world.siti, 1).await.expect("lists");
    assert_eq!(told.total, 5, "each step of the office is told");
    assert!(told.notices.iter().all(|n| n.place == place(reference)));
} }

db_test! { async fn a_second_decision_is_told_of_the_first(db) {
    let town = Town::new(db).await;
    let (service, rina, admin) = (&town.world.service, &town.world.rina, &town.world.admin);
    let reference = sent(&town.world, new_case(KEY)).await.reference;
    crate::case::check(service, rina, reference, 1, "").await.expect("is checked");
    let reason = ("granted", "Berkas lengkap dan sah.");
    decide(service, rina, reference, reason, 2, "kunci").await.expect("is decided");
    decide(service, rina, reference, reason, 2, "kunci").await.expect("the same form sent twice is once");
    let second = decide(service, admin, reference, ("refused", "Berkas tidak lengkap."), 2, "lain").await;
    assert!(matches!(second, Err(Error::Conflict(Conflict::Stale))), "{second:?}");
    let mut tx = service.read().await.expect("a connection");
    let case = town.case(reference).await;
    let others = since(service, &mut tx, admin, &case, 2).await.expect("reads");
    assert_eq!((others.len(), others[0].by.as_deref()), (1, Some("Rina Kartika")), "what the other did is shown");
    drop(tx);
    let third = decide(service, admin, reference, ("refused", "Berkas tidak lengkap."), 3, "lain").await;
    assert!(matches!(third, Err(Error::Conflict(Conflict::Decided))), "{third:?}");
    assert_eq!(town.case(reference).await.outcome, Some(Outcome::Granted));
    assert_eq!(town.case(reference).await.revision, 3, "what failed left no trace");
} }

db_test! { async fn another_office_does_not_see_it_and_residents_may_not(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let reference = sent(world, new_case(KEY)).await.reference;
    for (actor, expected) in [(&world.agus, "NotFound"), (&world.moderator, "NotFound"), (&world.siti, "Forbidden"), (&Actor::Anonymous, "SignIn")] {
        let results = [
            crate::case::check(service, actor, reference, 1, "").await,
            ask(service, actor, reference, "Mohon unggah KTP.", 1, "").await,
            decide(service, actor, reference, ("granted", "Berkas lengkap."), 1, "").await,
            hand_out(service, actor, reference, 1, "").await,
            extend(service, actor, reference, "Arsip ada di tiga kantor.", 1, "").await,
            reply(service, actor, reference, ("Halo", Vec::new()), "").await,
            note(service, actor, reference, "Halo", "").await,
            assign(service, actor, &[reference], None).await.map(drop),
            show(service, actor, reference).await.map(drop),
        ];
        for result in results {
            let error = format!("{:?}", result.expect_err("is refused"));
            assert_eq!(error, expected, "{actor:?}");
        }
    }
    assert_eq!(town.case(reference).await.revision, 1);
    assert!(matches!(crate::case::check(service, &world.rina, domain::reference::Reference::new([7; 6]), 1, "").await, Err(Error::NotFound)));
} }

db_test! { async fn cases_are_given_to_officers_of_their_office(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let mut references = Vec::new();
    for n in 0..3 {
        references.push(sent(world, new_case(&format!("kunci-dari-perangkat-{n}"))).await.reference);
    }
    let (rina, agus) = (AccountId::new("rina"), AccountId::new("agus"));
    let wrong = assign(service, &world.admin, &references, Some(&agus)).await;
    assert!(matches!(&wrong, Err(Error::Invalid(i)) if i.of("handler") == Some(&Problem::Unknown)), "{wrong:?}");
    assert!(matches!(assign(service, &world.admin, &[], Some(&rina)).await, Err(Error::Invalid(_))));
    assert_eq!(assign(service, &world.admin, &references, Some(&rina)).await.expect("is done"), 3);
    assert_eq!(assign(service, &world.rina, &references, Some(&rina)).await.expect("is done"), 0, "hers already");
    let told = crate::notice::list(service, &world.rina, 1).await.expect("lists");
    assert_eq!(told.total, 3);
    assert_eq!(assign(service, &world.rina, &references[..1], None).await.expect("is done"), 1);
    let mut tx = service.read().await.expect("a connection");
    let narrow = |owner| Narrow { owner, ..Narrow::default() };
    let mine = inbox(service, &mut tx, &world.rina, &narrow(Owner::Own)).await.expect("lists");
    let free = inbox(service, &mut tx, &world.rina, &narrow(Owner::Nobody)).await.expect("lists");
    assert_eq!((mine.cases.len(), free.cases.len()), (2, 1));
    assert_eq!((mine.cases[0].name.as_str(), mine.titles.as_slice()), ("Siti Aminah", &["Izin parkir".to_owned()][..]));
    assert_eq!((mine.counts.own, mine.counts.free, mine.counts.late), (2, 1, 0));
    let none = inbox(service, &mut tx, &world.agus, &narrow(Owner::Any)).await.expect("lists");
    assert!(none.cases.is_empty() && none.titles.is_empty());
    let foreign = Narrow { office: Some(OfficeId::new("dishub")), ..Narrow::default() };
    assert!(inbox(service, &mut tx, &world.agus, &foreign).await.expect("lists").cases.is_empty());
} }

db_test! { async fn the_inbox_finds_by_reference_and_nik_and_goes_page_by_page(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let mut first = None;
    for n in 0..desk::PER_PAGE + 5 {
        let mut new = new_case(&format!("kunci-dari-perangkat-{n}"));
        if n > 0 {
            new.nik = None;
        }
        let opened = sent(world, new).await;
        first.get_or_insert(opened.reference);
    }
    let first = first.expect("one");
    let mut tx = service.read().await.expect("a connection");
    let one = inbox(service, &mut tx, &world.rina, &Narrow::default()).await.expect("lists");
    assert_eq!((one.cases.len(), one.previous.as_ref()), (50, None));
    let after = Narrow { after: one.next.expect("there is more"), ..Narrow::default() };
    let two = inbox(service, &mut tx, &world.rina, &after).await.expect("lists");
    assert_eq!((two.cases.len(), two.next.as_ref()), (5, None));
    let back = Narrow { before: two.previous.expect("there is a page before"), ..Narrow::default() };
    assert_eq!(inbox(service, &mut tx, &world.rina, &back).await.expect("lists").cases, one.cases);
    for (search, count) in [("3579 0241 0790 0001", 1), ("3579024107900002", 0), (&*first.to_string().to_lowercase(), 1), ("' or 1=1", 0)] {
        let narrow = Narrow { search: search.into(), ..Narrow::default() };
        let found = inbox(service, &mut tx, &world.rina, &narrow).await.expect("lists");
        assert_eq!(found.cases.len(), count, "{search}");
        assert!(inbox(service, &mut tx, &world.agus, &narrow).await.expect("lists").cases.is_empty());
    }
    let broken = Narrow { after: "x.y".into(), ..Narrow::default() };
    assert_eq!(inbox(service, &mut tx, &world.rina, &broken).await.expect("lists").cases, one.cases);
} }

db_test! { async fn who_has_it_open_is_seen(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let reference = sent(world, new_case(KEY)).await.reference;
    let seen = show(service, &world.rina, reference).await.expect("is hers");
    assert!(seen.others.is_empty());
    assert_eq!((seen.contact.name.as_str(), seen.nik.as_deref()), ("Siti Aminah", Some("3579********0001")));
    let seen = show(service, &world.admin, reference).await.expect("sees all");
    assert_eq!(seen.others, ["Rina Kartika"]);
    world.clock.advance(HERE_SECONDS + 1);
    let seen = show(service, &world.admin, reference).await.expect("sees all");
    assert!(seen.others.is_empty(), "she has left");
} }

db_test! { async fn notes_stay_in_the_office_and_templates_too(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let reference = sent(world, new_case(KEY)).await.reference;
    note(service, &world.rina, reference, "Pernah ditolak 2024.", "k").await.expect("is written");
    note(service, &world.rina, reference, "Pernah ditolak 2024.", "k").await.expect("once");
    reply(service, &world.rina, reference, ("Halo Bu Siti.", Vec::new()), "l").await.expect("is written");
    let tracked = town.track(&world.siti, None, reference).await.expect("is hers");
    assert_eq!(tracked.lines.len(), 2);
    let seen = show(service, &world.rina, reference).await.expect("is hers");
    assert_eq!(seen.lines.len(), 3);
    let dishub = OfficeId::new("dishub");
    let id = put_template(service, &world.rina, &dishub, None, ("Minta KTP", "Mohon unggah KTP.")).await.expect("is kept");
    put_template(service, &world.rina, &dishub, Some(&id), ("Minta KK", "Mohon unggah KK.")).await.expect("is changed");
    assert!(matches!(put_template(service, &world.agus, &dishub, Some(&id), ("Minta", "Mohon unggah")).await, Err(Error::Forbidden)));
    assert!(matches!(put_template(service, &world.agus, &OfficeId::new("dlh"), Some(&id), ("Minta", "Mohon unggah")).await, Err(Error::NotFound)));
    assert_eq!(show(service, &world.rina, reference).await.expect("is hers").templates[0].title, "Minta KK");
    let mut tx = service.read().await.expect("a connection");
    assert_eq!(templates(&mut tx, &world.rina, &dishub).await.expect("lists").len(), 1);
    drop(tx);
    assert!(matches!(remove_template(service, &world.agus, &id).await, Err(Error::NotFound)));
    assert_eq!(remove_template(service, &world.rina, &id).await.expect("goes"), dishub);
} }

db_test! { async fn the_counter_is_written_down(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let mut new = new_case(KEY);
    new.applicant = None;
    new.desk = Some(Counter {
        officer: AccountId::new("rina"),
        mandate: domain::case::mandate("Siti Aminah", "attorney", "Joko, surat 4/XI/2026").expect("is sound"),
    });
    let reference = sent(world, new).await.reference;
    let case = town.case(reference).await;
    assert_eq!((case.desk_name.as_deref(), case.account), (Some("Rina Kartika"), None));
    let first = show(service, &world.rina, reference).await.expect("is hers").lines.remove(0);
    assert_eq!((first.detail.as_str(), first.text.as_str()), ("desk:attorney", "Siti Aminah\nJoko, surat 4/XI/2026"));
    ask(service, &world.rina, reference, "Mohon bawa KTP.", 1, "").await.expect("is asked");
    let foreign = answer(service, &as_account(&world.agus), reference, ("KTP dibawa.", Vec::new()), true, "").await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    answer(service, &as_account(&world.rina), reference, ("KTP dibawa.", Vec::new()), true, "").await.expect("is written down");
    let seen = show(service, &world.rina, reference).await.expect("is hers");
    let last = seen.lines.last().expect("a line");
    assert_eq!((last.by.as_deref(), last.detail.as_str(), last.side), (Some("Rina Kartika"), "desk", Side::Applicant));
} }
