use domain::form::{
    Component, Draft, Fee, Kind, Text,
    edit::{Edit, Home, Place, Step, service_of, service_typed},
};
use storage::db_test;

use super::*;
use crate::{
    Conflict, audit,
    form::{
        PageSave, Saved, Unfit, begin, export,
        fixture::{birth, general, hand, publish},
        import, resume, save_page, written,
    },
    testing::World,
};

async fn work(world: &World, key: &str) -> Work {
    let mut tx = world.service.read().await.expect("a connection");
    show_work(&mut tx, &world.rina, key)
        .await
        .expect("is there")
}

async fn edit(world: &World, key: &str, edit: Edit) {
    let seen = work(world, key).await.revision;
    edit_work(&world.service, &world.rina, key, seen, edit)
        .await
        .expect("is changed");
}

fn text(id: &str) -> Text {
    Text::new(id, &format!("{id} (en)"))
}

fn is_stale<T>(done: Result<T>) -> bool {
    matches!(done, Err(Error::Conflict(Conflict::Stale)))
}

db_test! { async fn a_form_is_made_from_nothing_and_published(db) {
    let world = World::new(db).await;
    let (service, rina) = (&world.service, &world.rina);
    let key = new_work(service, rina, "dishub", text("Izin parkir")).await.expect("begins");
    assert_eq!(key, "izin-parkir");
    assert_eq!(new_work(service, rina, "dishub", text("Izin parkir")).await.expect("begins"), "izin-parkir-2");
    assert!(matches!(publish_work(service, rina, &key, 1).await, Err(Unfit::Unpublishable { gaps, .. }) if gaps.len() == 30));
    edit(&world, &key, Edit::AddPage { title: text("Anda"), section: String::new() }).await;
    let kind = Box::new(Kind::Short { min: 0, max: 80 });
    edit(&world, &key, Edit::AddQuestion { home: Home::Page("anda".into()), label: text("Nama Anda"), kind }).await;
    let mut question = work(&world, &key).await.bundle.definition.pages[0].questions[0].clone();
    question.class = Some(domain::form::Class::General);
    edit(&world, &key, Edit::Question { key: "nama_anda".into(), question: Box::new(question) }).await;
    let offer = work(&world, &key).await.bundle.service;
    let mut typed: Draft = service_typed(&offer);
    for field in Component::ALL.map(Component::word).into_iter().chain(["summary"]) {
        typed.put(&format!("{field}.id"), "isi");
        typed.put(&format!("{field}.en"), "text");
    }
    let offer = service_of(&typed, &offer).expect("fits");
    edit(&world, &key, Edit::Service(Box::new(offer))).await;
    let ready = work(&world, &key).await;
    assert!(ready.is_publishable() && ready.errors() == 0, "{:?} {:?}", ready.report, ready.gaps);
    let done = publish_work(service, rina, &key, ready.revision).await.expect("is published");
    assert_eq!((done.version, done.is_new), (1, true));
    let mut tx = service.read().await.expect("a connection");
    let shelf = super::shelf(&mut tx, rina, &key).await.expect("is there");
    assert_eq!((shelf.versions.len(), shelf.work.is_some(), shelf.versions[0].by_name.as_deref()), (1, false, Some("Rina Kartika")));
    let verbs: Vec<String> = audit::list_of(&mut tx, &world.admin, &key, 20).await.expect("reads").into_iter().map(|one| one.verb).collect();
    assert_eq!(verbs.iter().filter(|verb| *verb == "form.edit").count(), 4);
    assert!(verbs.contains(&"form.begin".to_owned()) && verbs.contains(&"form.publish".to_owned()));
} }

db_test! { async fn two_officers_are_told_and_nothing_is_overwritten(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, key) = (&world.service, "permohonan-umum");
    begin_work(service, &world.rina, key).await.expect("begins");
    begin_work(service, &world.admin, key).await.expect("goes on");
    let title = |id| Edit::Form { title: text(id), intro: Text::default() };
    edit_work(service, &world.rina, key, 1, title("Satu")).await.expect("is changed");
    assert!(is_stale(edit_work(service, &world.admin, key, 1, title("Dua")).await));
    let there = work(&world, key).await;
    assert_eq!((there.bundle.definition.title.id.as_str(), there.revision), ("Satu", 2));
    let mut tx = service.read().await.expect("a connection");
    let seen = work_at(&mut tx, &world.admin, &there, 1).await.expect("reads").expect("is kept");
    drop(tx);
    assert_ne!(seen.definition.title.id, "Satu");
    for stale in [
        undo_work(service, &world.admin, key, 1).await,
        discard_work(service, &world.admin, key, 1).await,
    ] {
        assert!(is_stale(stale));
    }
    assert!(matches!(publish_work(service, &world.admin, key, 1).await, Err(Unfit::Service(Error::Conflict(Conflict::Stale)))));
    // What changes nothing is no step.
    edit_work(service, &world.rina, key, 2, title("Satu")).await.expect("is the same");
    assert_eq!(work(&world, key).await.revision, 2);
} }

db_test! { async fn undoing_is_exact_and_what_was_undone_comes_back(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let (service, rina, key) = (&world.service, &world.rina, "lapor-lahir");
    begin_work(service, rina, key).await.expect("begins");
    let mut past = vec![work(&world, key).await.bundle];
    for step in [
        Edit::Remove(Place::Question("nik".into())),
        Edit::Copy(Place::Page("saksi".into())),
        Edit::Move { place: Place::Page("anak".into()), step: Step::Up },
    ] {
        edit(&world, key, step).await;
        past.push(work(&world, key).await.bundle);
    }
    assert_eq!(work(&world, key).await.done.as_deref(), Some("move_page anak"));
    for before in past[..3].iter().rev() {
        let seen = work(&world, key).await.revision;
        undo_work(service, rina, key, seen).await.expect("goes back");
        assert_eq!(&work(&world, key).await.bundle, before);
    }
    let now = work(&world, key).await;
    assert_eq!((now.done, now.undone.as_deref()), (None, Some("remove_question nik")));
    assert!(is_stale(undo_work(service, rina, key, now.revision).await), "nothing to take back");
    for after in &past[1..] {
        let seen = work(&world, key).await.revision;
        redo_work(service, rina, key, seen).await.expect("goes on");
        assert_eq!(&work(&world, key).await.bundle, after);
    }
    let seen = work(&world, key).await.revision;
    discard_work(service, rina, key, seen).await.expect("is thrown away");
    let mut tx = service.read().await.expect("a connection");
    assert!(matches!(show_work(&mut tx, rina, key).await, Err(Error::NotFound)));
    assert_eq!(export(&mut tx, key, None).await.expect("stays"), written(&birth()));
} }

db_test! { async fn the_next_version_interrupts_nobody(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let (service, rina, key) = (&world.service, &world.rina, "lapor-lahir");
    let siti = hand(&world, &world.siti, "");
    begin(service, &siti, key, false).await.expect("begins");
    begin_work(service, rina, key).await.expect("begins");
    edit(&world, key, Edit::Remove(Place::Question("berat".into()))).await;
    let broken = work(&world, key).await;
    assert!(!broken.is_publishable(), "a check names it still");
    let refused = publish_work(service, rina, key, broken.revision).await;
    assert!(matches!(refused, Err(Unfit::Unpublishable { report, .. }) if report.findings.len() >= 2));
    let check = Place::Check { group: String::new(), key: "berat_ringan".into() };
    edit(&world, key, Edit::Remove(check)).await;
    let seen = work(&world, key).await.revision;
    let done = publish_work(service, rina, key, seen).await.expect("is published");
    assert_eq!(done.version, 2);
    let save = PageSave {
        page: "anak".into(),
        asked: vec!["berat".into()],
        fields: vec![("berat".into(), "3200".into())],
        ..PageSave::default()
    };
    let saved = save_page(service, &siti, key, save).await.expect("goes on");
    assert!(matches!(saved, Saved::Here(filling) if filling.form.definition.version == 1 && filling.draft.text("berat") == "3200"));
    let wayan = hand(&world, &world.wayan, "");
    begin(service, &wayan, key, false).await.expect("begins");
    let mut tx = service.read().await.expect("a connection");
    let new = resume(service, &mut tx, &wayan, key).await.expect("reads").expect("is there");
    assert_eq!(new.form.definition.version, 2);
    assert!(new.form.definition.question("berat").is_none());
    drop(tx);
    // Closed at once for those who come, with a version of its own; a working copy follows.
    begin_work(service, rina, key).await.expect("begins");
    open_form(service, rina, key, false).await.expect("closes");
    assert!(is_stale(open_form(service, rina, key, false).await));
    let follows = work(&world, key).await;
    assert_eq!((follows.base, follows.is_behind(), follows.bundle.service.is_online), (Some(3), false, false));
    assert!(matches!(begin(service, &hand(&world, &world.bambang, ""), key, false).await, Err(Error::Conflict(Conflict::SwitchedOff))));
    open_form(service, rina, key, true).await.expect("opens");
    assert_eq!(work(&world, key).await.base, Some(4));
} }

db_test! { async fn a_version_that_came_meanwhile_is_not_lost(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, rina, key) = (&world.service, &world.rina, "permohonan-umum");
    begin_work(service, rina, key).await.expect("begins");
    let mut second = general();
    second.definition.version = 2;
    second.service.fee = Fee::Fixed(5_000);
    import(service, rina, &written(&second)).await.expect("comes in");
    edit(&world, key, Edit::Form { title: text("Lain"), intro: Text::default() }).await;
    let behind = work(&world, key).await;
    assert!(behind.is_behind());
    assert!(matches!(publish_work(service, rina, key, behind.revision).await, Err(Unfit::Published { newest: 2 })));
    assert!(is_stale(rebase_work(service, rina, key, 1).await));
    rebase_work(service, rina, key, 2).await.expect("has looked");
    let done = publish_work(service, rina, key, behind.revision).await.expect("is published");
    assert_eq!(done.version, 3);
} }

db_test! { async fn others_get_the_same_answer_as_for_what_is_not_there(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, key) = (&world.service, "permohonan-umum");
    begin_work(service, &world.rina, key).await.expect("begins");
    let mut tx = service.read().await.expect("a connection");
    assert_eq!(list_built(&mut tx, &world.rina).await.expect("lists").len(), 1);
    assert_eq!(list_built(&mut tx, &world.admin).await.expect("lists").len(), 1);
    assert_eq!(list_built(&mut tx, &world.agus).await.expect("lists").len(), 0);
    assert!(matches!(list_built(&mut tx, &world.siti).await, Err(Error::Forbidden)));
    assert!(matches!(list_built(&mut tx, &Actor::Anonymous).await, Err(Error::SignIn)));
    for wrong in [
        shelf(&mut tx, &world.agus, key).await.err(),
        shelf(&mut tx, &world.agus, "tidak-ada").await.err(),
        show_work(&mut tx, &world.agus, key).await.err(),
        version_of(&mut tx, &world.agus, key, 1).await.err(),
    ] {
        assert!(matches!(wrong, Some(Error::NotFound)), "{wrong:?}");
    }
    drop(tx);
    let title = Edit::Form { title: text("Rebut"), intro: Text::default() };
    for wrong in [
        begin_work(service, &world.agus, key).await.err(),
        edit_work(service, &world.agus, key, 1, title.clone()).await.err(),
        undo_work(service, &world.agus, key, 1).await.err(),
        discard_work(service, &world.agus, key, 1).await.err(),
        open_form(service, &world.agus, key, false).await.err(),
        rebase_work(service, &world.agus, key, 1).await.err(),
    ] {
        assert!(matches!(wrong, Some(Error::NotFound)), "{wrong:?}");
    }
    assert!(matches!(edit_work(service, &world.siti, key, 1, title).await, Err(Error::Forbidden)));
    assert!(matches!(new_work(service, &world.agus, "dishub", text("Izin")).await, Err(Error::Forbidden)));
    // A form is not taken over by sending one of the same word for another office.
    let mut taken = general();
    taken.service.office = "dlh".into();
    taken.definition.version = 9;
    assert!(matches!(import(service, &world.agus, &written(&taken)).await, Err(Unfit::Service(Error::Forbidden))));
    assert!(matches!(import_work(service, &world.agus, &written(&taken)).await, Err(Unfit::Service(Error::NotFound))));
} }

db_test! { async fn what_comes_in_may_be_unfinished_but_must_be_a_form(db) {
    let world = World::new(db).await;
    let (service, rina) = (&world.service, &world.rina);
    for broken in ["", "{", "[]", "{\"service\":{}}", "null", &"[".repeat(100_000)] {
        assert!(matches!(import_work(service, rina, broken).await, Err(Unfit::Layout(_))));
    }
    let huge = " ".repeat(LARGEST + 1);
    assert!(matches!(import_work(service, rina, &huge).await, Err(Unfit::Service(Error::TooLarge))));
    let mut unfinished = birth();
    unfinished.definition.pages[0].questions[0].class = None;
    unfinished.definition.version = 7;
    assert_eq!(import_work(service, rina, &written(&unfinished)).await.expect("comes in"), "lapor-lahir");
    let there = work(&world, "lapor-lahir").await;
    assert_eq!((there.bundle.definition.version, there.errors(), there.done), (1, 1, None));
    // The same word again is the next step, and can be undone.
    import_work(service, rina, &written(&birth())).await.expect("comes in");
    let there = work(&world, "lapor-lahir").await;
    assert_eq!((there.errors(), there.done.as_deref()), (0, Some("replace")));
    undo_work(service, rina, "lapor-lahir", there.revision).await.expect("goes back");
    assert_eq!(work(&world, "lapor-lahir").await.errors(), 1);
    unfinished.definition.key = "../x".into();
    assert!(matches!(import_work(service, rina, &written(&unfinished)).await, Err(Unfit::Service(Error::Invalid(_)))));
    unfinished.definition.key = "lain".into();
    unfinished.service.office = "antariksa".into();
    assert!(matches!(import_work(service, rina, &written(&unfinished)).await, Err(Unfit::Office(_))));
} }
