use domain::{
    Actor, OfficeId,
    account::{Account, Lifetime, Profile},
};
use storage::{Tx, db_test};

use super::*;
use crate::testing::{PASSWORD, World};

fn form(key: &str) -> Registration {
    Registration {
        name: format!("Warga {key}"),
        email: format!("{key}@baru.example"),
        password: Secret::new(PASSWORD),
        home: String::new(),
    }
}

fn from(address: &str) -> Arrival {
    Arrival {
        address: address.into(),
        agent: "Firefox/127.0 Linux".into(),
        ..Arrival::default()
    }
}

async fn enter(world: &World, key: &str) -> SignedIn {
    let email = format!("{key}@warga.example");
    sign_in(&world.service, &email, &Secret::new(PASSWORD), &from("ip"))
        .await
        .expect("signs in")
}

async fn who(world: &World, token: &str) -> Option<Actor> {
    resolve(&world.service, token)
        .await
        .expect("answers")
        .map(|view| view.actor)
}

async fn read(world: &World) -> Tx {
    world.service.read().await.expect("a connection")
}

fn problem<T>(done: Result<T>, field: &str) -> Option<Problem> {
    match done {
        Err(Error::Invalid(invalid)) => invalid.of(field).cloned(),
        _ => None,
    }
}

db_test! { async fn a_newcomer_registers_and_is_signed_in(db) {
    let world = World::new(db).await;
    let typed = Registration { home: "35.79.02.2001".into(), ..form("ning") };
    let new = register(&world.service, &typed, None, &from("ip")).await.expect("registers");
    assert_eq!(new.token.len(), 64);
    let view = resolve(&world.service, &new.token).await.expect("answers").expect("is signed in");
    let member = view.actor.member().expect("is a person");
    assert_eq!((member.name.as_str(), member.role), ("Warga ning", Role::Resident));
    assert_eq!(member.home.as_ref().map(domain::AreaId::as_str), Some("35.79.02.2001"));
    let again = sign_in(&world.service, " NING@baru.example ", &Secret::new(PASSWORD), &from("ip")).await;
    assert_eq!(again.expect("signs in").account, new.account);
} }

db_test! { async fn what_cannot_be_registered(db) {
    let world = World::new(db).await;
    let try_with = async |form: Registration| register(&world.service, &form, None, &from("ip")).await;
    let taken = Registration { email: "SITI@warga.example".into(), ..form("x") };
    assert_eq!(problem(try_with(taken).await, "email"), Some(Problem::Taken));
    for home in ["35.79", "35.79.01", "99.99", "';--"] {
        let odd = Registration { home: home.into(), ..form("x") };
        assert_eq!(problem(try_with(odd).await, "home"), Some(Problem::Unknown), "{home}");
    }
    let local = Registration { password: Secret::new("Sumberbrantas1"), ..form("x") };
    assert_eq!(problem(try_with(local).await, "password"), Some(Problem::Guessable));
} }

db_test! { async fn fifty_at_once_with_one_address_make_one_account(db) {
    let world = World::new(db).await;
    let tries: Vec<_> = (0..50)
        .map(|n| {
            let service = world.service.clone();
            tokio::spawn(async move {
                register(&service, &form("ning"), None, &from(&format!("ip{n}"))).await
            })
        })
        .collect();
    let (mut made, mut taken) = (0, 0);
    for one in tries {
        match one.await.expect("does not panic") {
            Ok(_) => made += 1,
            done => taken += i32::from(problem(done, "email") == Some(Problem::Taken)),
        }
    }
    assert_eq!((made, taken), (1, 49));
} }

db_test! { async fn unknown_people_and_wrong_passwords_get_one_answer(db) {
    let world = World::new(db).await;
    for (email, password) in [
        ("siti@warga.example", "bukan kata sandinya"),
        ("tidak.ada@warga.example", PASSWORD),
        ("bukan surel", PASSWORD),
        ("", ""),
        ("siti@warga.example", "tiga ekor bebek lewat "),
    ] {
        let done = sign_in(&world.service, email, &Secret::new(password), &from("ip")).await;
        assert_eq!(problem(done, "sign_in"), Some(Problem::Unknown), "{email}");
    }
} }

db_test! { async fn guessing_is_slowed_and_success_is_not_counted(db) {
    let world = World::new(db).await;
    for _ in 0..30 {
        enter(&world, "siti").await;
    }
    let guess = async |email: &str, address: &str| {
        sign_in(&world.service, email, &Secret::new("bukan kata sandinya"), &from(address)).await
    };
    for n in 0..limit::SIGN_IN.burst {
        // Another address each time: what slows one account must not depend on where the guesses come from.
        let done = guess("siti@warga.example", &format!("ip{n}")).await;
        assert_eq!(problem(done, "sign_in"), Some(Problem::Unknown));
    }
    assert!(matches!(guess("SITI@warga.example", "other").await, Err(Error::TooOften { .. })));
    world.clock.advance(i64::from(limit::SIGN_IN.seconds));
    enter(&world, "siti").await;
    for n in 0..limit::SIGN_IN_ADDRESS.burst {
        let _ = guess(&format!("warga{n}@x.example"), "one").await;
    }
    assert!(matches!(guess("warga99@x.example", "one").await, Err(Error::TooOften { .. })));
    assert!(!matches!(guess("warga99@x.example", "two").await, Err(Error::TooOften { .. })));
} }

db_test! { async fn too_many_accounts_from_one_address_are_slowed(db) {
    let world = World::new(db).await;
    let mut refused = 0;
    for n in 0..limit::REGISTER.burst + 2 {
        let done = register(&world.service, &form(&format!("w{n}")), None, &from("ip")).await;
        refused += i32::from(matches!(done, Err(Error::TooOften { .. })));
    }
    assert_eq!(refused, 2);
    assert!(register(&world.service, &form("z"), None, &from("other")).await.is_ok());
} }

db_test! { async fn a_planted_cookie_is_never_taken_over(db) {
    let world = World::new(db).await;
    let planted = "a".repeat(64);
    let arrival = Arrival { session: Some(planted.clone()), ..from("ip") };
    let password = Secret::new(PASSWORD);
    let siti = sign_in(&world.service, "siti@warga.example", &password, &arrival).await.expect("signs in");
    assert_ne!(siti.token, planted);
    assert!(who(&world, &planted).await.is_none());
    // Signing in over a session of somebody else ends that one.
    let arrival = Arrival { session: Some(siti.token.clone()), ..from("ip") };
    let bambang = sign_in(&world.service, "bambang@warga.example", &password, &arrival).await.expect("signs in");
    assert!(who(&world, &siti.token).await.is_none());
    assert_eq!(who(&world, &bambang.token).await.expect("is in").account(), world.bambang.account());
    for odd in ["", "x", &"g".repeat(64), &"é".repeat(32), &bambang.token.to_uppercase()] {
        assert!(who(&world, odd).await.is_none(), "{odd}");
    }
} }

db_test! { async fn sessions_end_when_idle_and_when_old(db) {
    let world = World::new(db).await;
    let (idle, busy) = (enter(&world, "siti").await, enter(&world, "siti").await);
    for _ in 0..3 {
        world.days(29);
        assert!(who(&world, &busy.token).await.is_some());
    }
    assert!(who(&world, &idle.token).await.is_none(), "87 days without a visit");
    world.clock.advance(3 * 86_400 - 1);
    assert!(who(&world, &busy.token).await.is_some());
    world.clock.advance(1);
    assert!(who(&world, &busy.token).await.is_none(), "90 days are the end in any case");
    let rested = enter(&world, "siti").await;
    world.clock.advance(Lifetime::RESIDENT.idle - 1);
    assert!(who(&world, &rested.token).await.is_some());
    world.clock.advance(Lifetime::RESIDENT.idle);
    assert!(who(&world, &rested.token).await.is_none());
} }

db_test! { async fn staff_sessions_are_short(db) {
    let world = World::new(db).await;
    for key in ["rina", "moderator", "admin"] {
        let idle = enter(&world, key).await;
        let busy = enter(&world, key).await;
        world.clock.advance(Lifetime::STAFF.idle - 1);
        assert!(who(&world, &busy.token).await.is_some(), "{key}");
        world.clock.advance(1);
        assert!(who(&world, &idle.token).await.is_none(), "{key}: twelve hours without a request");
        world.clock.advance(11 * 3_600);
        assert!(who(&world, &busy.token).await.is_some(), "{key}: at 23 hours");
        world.clock.advance(3_600);
        assert!(who(&world, &busy.token).await.is_none(), "{key}: after 24 hours in any case");
    }
} }

db_test! { async fn over_is_over_and_swept(db) {
    let world = World::new(db).await;
    let siti = enter(&world, "siti").await;
    enter(&world, "rina").await;
    invite(&world.service).await.expect("is made");
    world.days(1);
    assert_eq!(sweep(&world.service).await.expect("answers"), 2, "Rina's session and the invitation");
    assert!(who(&world, &siti.token).await.is_some());
    world.days(30);
    assert!(who(&world, &siti.token).await.is_none());
    assert_eq!(sweep(&world.service).await.expect("answers"), 1);
} }

db_test! { async fn use_is_noted_at_most_every_ten_minutes(db) {
    let world = World::new(db).await;
    let siti = enter(&world, "siti").await;
    let seen = async || {
        let mut tx = read(&world).await;
        list_sessions(&world.service, &mut tx, &world.siti).await.expect("answers")[0].seen_at
    };
    let begin = seen().await;
    for (seconds, noted) in [(599, 0), (1, 600), (599, 600), (1, 1_200)] {
        world.clock.advance(seconds);
        who(&world, &siti.token).await;
        assert_eq!(seen().await, begin.plus_seconds(noted));
    }
} }

db_test! { async fn one_signs_out_here_there_and_everywhere(db) {
    let world = World::new(db).await;
    let service = &world.service;
    let mut tokens = Vec::new();
    for _ in 0..4 {
        tokens.push(enter(&world, "siti").await.token);
        world.clock.advance(1);
    }
    let other = enter(&world, "bambang").await;
    sign_out(service, &tokens[0]).await.expect("signs out");
    sign_out(service, "unknown").await.expect("nothing happens");
    assert!(who(&world, &tokens[0]).await.is_none());
    let mut tx = read(&world).await;
    let mine = list_sessions(service, &mut tx, &world.siti).await.expect("answers");
    drop(tx);
    assert_eq!(mine.len(), 3);
    assert_eq!(mine[0].device, "Firefox · Linux");
    let here = resolve(service, &tokens[3]).await.expect("answers").expect("is in");
    assert_eq!(mine[0].handle, here.handle, "the last used comes first");
    let foreign = end_session(service, &world.bambang, &mine[1].handle).await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    end_session(service, &world.siti, &mine[1].handle).await.expect("ends");
    assert!(who(&world, &tokens[2]).await.is_none());
    assert_eq!(sign_out_everywhere(service, &world.siti).await.expect("signs out"), 2);
    for token in &tokens {
        assert!(who(&world, token).await.is_none());
    }
    assert!(who(&world, &other.token).await.is_some());
    for anonymous in [end_session(service, &Actor::Anonymous, "x").await.err(), sign_out_everywhere(service, &Actor::Anonymous).await.err()] {
        assert!(matches!(anonymous, Some(Error::SignIn)));
    }
} }

db_test! { async fn a_password_changes_with_the_present_one_alone(db) {
    let world = World::new(db).await;
    let service = &world.service;
    let (here, there) = (enter(&world, "siti").await, enter(&world, "siti").await);
    let arrival = Arrival { session: Some(here.token.clone()), ..from("ip") };
    let change = async |current: &str, new: &str, others: bool| {
        change_password(service, &world.siti, &Secret::new(current), &Secret::new(new), others, &arrival).await
    };
    let new = "kambing makan rumput hijau";
    assert_eq!(problem(change("bukan kata sandinya", new, true).await, "current"), Some(Problem::Unknown));
    assert_eq!(problem(change(PASSWORD, "pendek", true).await, "password"), Some(Problem::TooShort { min: 12 }));
    assert_eq!(problem(change(PASSWORD, "Siti Aminah 99", true).await, "password"), Some(Problem::Guessable));
    assert!(who(&world, &here.token).await.is_some(), "nothing changed yet");
    let token = change(PASSWORD, new, false).await.expect("changes").token;
    assert!(who(&world, &here.token).await.is_none(), "the secret is a new one");
    assert!(who(&world, &token).await.is_some());
    assert!(who(&world, &there.token).await.is_some(), "the other was left");
    let arrival = Arrival { session: Some(token.clone()), ..from("ip") };
    let last = change_password(service, &world.siti, &Secret::new(new), &Secret::new(PASSWORD), true, &arrival).await.expect("changes");
    assert!(who(&world, &there.token).await.is_none());
    assert!(who(&world, &last.token).await.is_some());
    for _ in 0..limit::SIGN_IN.burst {
        let _ = change("bukan kata sandinya", new, true).await;
    }
    assert!(matches!(change("bukan kata sandinya", new, true).await, Err(Error::TooOften { .. })));
    let anonymous = change_password(service, &Actor::Anonymous, &Secret::new(new), &Secret::new(new), true, &arrival).await;
    assert!(matches!(anonymous, Err(Error::SignIn)));
} }

db_test! { async fn a_hash_rises_with_the_price(db) {
    let world = World::new(db.clone()).await;
    let dearer = Hashing { memory_kib: 128, passes: 2 };
    let later = Service::new(db, world.clock.clone(), crate::Chance::seeded(9), dearer, crate::Keys::for_tests());
    let stored = async || {
        let mut tx = world.service.read().await.expect("a connection");
        let found = storage::account::find_credentials(&mut tx, "siti@warga.example").await;
        found.expect("answers").expect("is there").password_hash
    };
    assert!(stored().await.contains("m=64,t=1"));
    sign_in(&later, "siti@warga.example", &Secret::new(PASSWORD), &from("ip")).await.expect("signs in");
    let risen = stored().await;
    assert!(risen.contains("m=128,t=2"), "{risen}");
    enter(&world, "siti").await;
    assert_eq!(stored().await, risen, "a lower price changes nothing");
} }

db_test! { async fn an_invitation_makes_one_administrator(db) {
    let world = World::new(db).await;
    let service = &world.service;
    let token = invite(service).await.expect("is made");
    let first = register(service, &form("hartini"), Some(&token), &from("ip")).await.expect("registers");
    let actor = who(&world, &first.token).await.expect("is in");
    assert!(actor.may_administer().is_ok());
    let second = register(service, &form("orang"), Some(&token), &from("ip")).await;
    assert_eq!(problem(second, "invite"), Some(Problem::Unknown));
    let late = invite(service).await.expect("is made");
    world.clock.advance(INVITE_HOURS * 3_600);
    for bad in [late.as_str(), "", "x"] {
        let done = register(service, &form("orang"), Some(bad), &from("ip")).await;
        assert_eq!(problem(done, "invite"), Some(Problem::Unknown), "{bad}");
    }
    let none = sign_in(service, "orang@baru.example", &Secret::new(PASSWORD), &from("ip")).await;
    assert!(none.is_err(), "a failed registration leaves no account");
    let mut tx = read(&world).await;
    let deeds = audit::list_of(&mut tx, &world.admin, first.account.as_str(), 9).await.expect("answers");
    assert_eq!(deeds.iter().map(|d| d.verb.as_str()).collect::<Vec<_>>(), ["account.invited"]);
} }

db_test! { async fn one_invitation_used_ten_times_at_once_makes_one(db) {
    let world = World::new(db).await;
    let token = invite(&world.service).await.expect("is made");
    let tries: Vec<_> = (0..10)
        .map(|n| {
            let (service, token) = (world.service.clone(), token.clone());
            tokio::spawn(async move {
                register(&service, &form(&format!("w{n}")), Some(&token), &from("ip")).await.is_ok()
            })
        })
        .collect();
    let mut made = 0;
    for one in tries {
        made += i32::from(one.await.expect("does not panic"));
    }
    assert_eq!(made, 1);
} }

async fn person(world: &World, key: &str) -> Account {
    let mut tx = read(world).await;
    get_person(&mut tx, &Actor::System, &AccountId::new(key))
        .await
        .expect("is there")
}

db_test! { async fn roles_and_offices_hold_at_once_and_are_noted(db) {
    let world = World::new(db).await;
    let service = &world.service;
    let wayan = enter(&world, "wayan").await;
    let id = wayan.account.clone();
    let dlh = [OfficeId::new("dlh"), OfficeId::new("dlh")];
    set_standing(service, &world.admin, &id, Role::Moderator, &dlh).await.expect("is given");
    assert!(who(&world, &wayan.token).await.is_none(), "new rights begin with a new secret");
    world.clock.advance(1);
    let again = enter(&world, "wayan").await;
    let actor = who(&world, &again.token).await.expect("is in");
    assert!(actor.may_moderate().is_ok() && actor.may_author(&OfficeId::new("dlh")).is_ok());
    set_standing(service, &world.admin, &id, Role::Resident, &[]).await.expect("is taken");
    assert!(who(&world, &again.token).await.is_none());
    set_standing(service, &world.admin, &id, Role::Resident, &[]).await.expect("nothing to do");
    let mut tx = read(&world).await;
    let deeds = audit::list_of(&mut tx, &world.admin, id.as_str(), 9).await.expect("answers");
    assert_eq!(deeds.len(), 2, "what changes nothing is not noted");
    assert_eq!(deeds[0].by_name.as_deref(), Some("Hartono"));
    assert!(deeds[1].detail.contains("\"to\":{\"offices\":[\"dlh\"],\"role\":\"moderator\"}"), "{}", deeds[1].detail);
} }

db_test! { async fn only_administrators_give_roles(db) {
    let world = World::new(db).await;
    let service = &world.service;
    for (actor, refused) in [
        (&Actor::Anonymous, "SignIn"),
        (&world.siti, "Forbidden"),
        (&world.rina, "Forbidden"),
        (&world.moderator, "Forbidden"),
    ] {
        let id = AccountId::new("siti");
        let mut tx = read(&world).await;
        let tries = [
            set_standing(service, actor, &id, Role::Administrator, &[]).await.err(),
            search_people(&mut tx, actor, "", false, 1).await.err(),
            get_person(&mut tx, actor, &id).await.err(),
            audit::list(&mut tx, actor, 5).await.err(),
            audit::list_of(&mut tx, actor, "siti", 5).await.err(),
        ];
        for error in tries {
            assert_eq!(error.map(|e| format!("{e:?}")).as_deref(), Some(refused), "{actor:?}");
        }
    }
    assert_eq!(person(&world, "siti").await.role, Role::Resident);
    let unknown = set_standing(service, &world.admin, &AccountId::new("x"), Role::Moderator, &[]).await;
    assert!(matches!(unknown, Err(Error::NotFound)));
    let office = [OfficeId::new("x")];
    let unknown = set_standing(service, &world.admin, &AccountId::new("siti"), Role::Resident, &office).await;
    assert_eq!(problem(unknown, "offices"), Some(Problem::Unknown));
} }

db_test! { async fn the_last_administrator_stays(db) {
    let world = World::new(db).await;
    let service = &world.service;
    let (admin, siti) = (AccountId::new("admin"), AccountId::new("siti"));
    let down = set_standing(service, &world.admin, &admin, Role::Resident, &[]).await;
    assert_eq!(problem(down, "role"), Some(Problem::NotNow));
    let token = enter(&world, "admin").await.token;
    set_standing(service, &world.admin, &admin, Role::Administrator, &[OfficeId::new("dlh")]).await.expect("is given");
    assert!(who(&world, &token).await.is_some(), "one's own session goes on");
    set_standing(service, &world.admin, &siti, Role::Administrator, &[]).await.expect("is given");
    let siti_now = Actor::Member(domain::Member { role: Role::Administrator, ..world.siti.member().expect("is a person").clone() });
    let (one, other) = tokio::join!(
        set_standing(service, &world.admin, &siti, Role::Resident, &[]),
        set_standing(service, &siti_now, &admin, Role::Resident, &[]),
    );
    assert!(one.is_ok() != other.is_ok(), "one comes first, the other has no right any more: {one:?} {other:?}");
    let mut tx = read(&world).await;
    let staff = search_people(&mut tx, &Actor::System, "", true, 1).await.expect("answers");
    let left = staff.people.iter().filter(|a| a.role == Role::Administrator).count();
    assert_eq!(left, 1);
} }

db_test! { async fn people_are_found(db) {
    let world = World::new(db).await;
    let mut tx = read(&world).await;
    let all = search_people(&mut tx, &world.admin, "", false, 1).await.expect("answers");
    assert_eq!((all.total, all.people.len()), (7, 7));
    let odd = search_people(&mut tx, &world.admin, " SITI\0 ", false, 0).await.expect("answers");
    assert_eq!(odd.people.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["siti"]);
    let far = search_people(&mut tx, &world.admin, "", true, u32::MAX).await.expect("answers");
    assert_eq!((far.total, far.people.len()), (4, 0));
} }

db_test! { async fn a_profile_is_ones_own(db) {
    let world = World::new(db).await;
    let service = &world.service;
    let form = Profile { name: " Bu  Siti ".into(), home: "35.79.01.1002".into(), locale: "en".into() };
    update_profile(service, &world.siti, &form).await.expect("changes");
    let mut tx = read(&world).await;
    let own = get_own(&mut tx, &world.siti).await.expect("is there");
    assert_eq!((own.name.as_str(), own.locale), ("Bu Siti", Some(domain::Locale::En)));
    assert_eq!(own.home.as_ref().map(domain::AreaId::as_str), Some("35.79.01.1002"));
    let nowhere = Profile { home: "35.79.01".into(), ..form.clone() };
    assert_eq!(problem(update_profile(service, &world.siti, &nowhere).await, "home"), Some(Problem::Unknown));
    assert!(matches!(update_profile(service, &Actor::Anonymous, &form).await, Err(Error::SignIn)));
    assert!(matches!(get_own(&mut tx, &Actor::Anonymous).await, Err(Error::SignIn)));
} }

db_test! { async fn what_a_guest_typed_comes_along(db) {
    let world = World::new(db).await;
    let service = &world.service;
    let guest = crate::draft::Owner::guest("token");
    let arrival = Arrival { guest: Some("token".into()), ..from("ip") };
    crate::draft::save(service, &guest, "comment:a", r#"{"text":"halo"}"#, "ip").await.expect("is kept");
    let new = register(service, &form("ning"), None, &arrival).await.expect("registers");
    let owner = crate::draft::Owner::account(&new.account);
    let mut tx = read(&world).await;
    let found = crate::draft::find(&mut tx, &owner, "comment:a").await.expect("answers");
    assert_eq!(found.expect("came along").text("text"), "halo");
    drop(tx);
    crate::draft::save(service, &guest, "comment:b", "{}", "ip").await.expect("is kept");
    sign_in(service, "ning@baru.example", &Secret::new(PASSWORD), &arrival).await.expect("signs in");
    let mut tx = read(&world).await;
    assert!(crate::draft::find(&mut tx, &owner, "comment:b").await.expect("answers").is_some());
    assert!(crate::draft::list(&mut tx, &guest).await.expect("answers").is_empty());
} }

db_test! { async fn a_request_with_a_session_costs_one_statement(db) {
    let world = World::new(db).await;
    let siti = enter(&world, "siti").await;
    let (view, statements) = storage::database::counting(resolve(&world.service, &siti.token)).await;
    assert!(view.expect("answers").is_some());
    assert_eq!(statements, 1);
} }
