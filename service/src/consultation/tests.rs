use domain::{
    Actor, Invalid, Problem, QuestionId, Zone,
    clause::TextDraft,
    consultation::{ChangeKind, Draft, ExtensionDraft, Missing, Phase, QuestionDraft},
};
use storage::{consultation::Sheet, db_test};

use super::*;
use crate::{clause, testing::World};

fn wib() -> Zone {
    Zone {
        name: "WIB".into(),
        hours: 7,
    }
}

async fn read(world: &World, slug: &str) -> Sheet {
    let mut tx = world.service.read().await.expect("reads");
    sheet(&mut tx, &world.rina, slug).await.expect("is hers")
}

async fn history_of(world: &World, slug: &str, public: bool) -> Vec<Change> {
    let id = read(world, slug).await.consultation.id;
    let mut tx = world.service.read().await.expect("reads");
    let found = if public {
        history(&mut tx, &id).await
    } else {
        whole_history(&mut tx, &id).await
    };
    found.expect("reads")
}

/// A draft that can be published: opens in two days for ten.
async fn ready(world: &World) -> (String, Draft) {
    let slug = create(&world.service, &world.rina, "dishub", "Jalur sepeda")
        .await
        .expect("makes");
    // The history sorts by time, and the town's clock stands still between two deeds.
    world.clock.advance(1);
    let now = world.service.now();
    let mut draft = Draft::of(&read(world, &slug).await.consultation, "", &wib());
    draft.summary = "Satu lajur parkir menjadi jalur sepeda.".into();
    draft.body = "Rencana ini dijelaskan di sini. ".repeat(10);
    draft.contact = "dishub@batu.example".into();
    draft.opens_at = wib().input(now.plus_days(2));
    draft.closes_at = wib().input(now.plus_days(12));
    save(&world.service, &world.rina, &slug, 1, &draft, &wib())
        .await
        .expect("saves");
    world.clock.advance(1);
    (slug, draft)
}

async fn announced(world: &World) -> (String, Draft) {
    let (slug, draft) = ready(world).await;
    let edition = read(world, &slug).await.consultation.edition;
    publish(&world.service, &world.rina, &slug, edition)
        .await
        .expect("publishes");
    (slug, draft)
}

fn problem<T: std::fmt::Debug>(result: Result<T>, field: &str) -> Option<Problem> {
    match result {
        Err(Error::Invalid(Invalid(problems))) => problems.get(field).cloned(),
        other => panic!("{other:?}"),
    }
}

fn conflict<T: std::fmt::Debug>(result: Result<T>) -> Conflict {
    match result {
        Err(Error::Conflict(conflict)) => conflict,
        other => panic!("{other:?}"),
    }
}

db_test! { async fn from_a_blank_draft_to_the_end(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, _) = ready(&world).await;
    assert_eq!(slug, "jalur-sepeda");
    let sheet = read(&world, &slug).await;
    assert!(sheet.consultation.body_html.starts_with("<p>Rencana"));
    // Nobody else sees it.
    let mut tx = s.read().await.expect("reads");
    for other in [&Actor::Anonymous, &world.siti, &world.agus] {
        assert!(matches!(get(s, &mut tx, other, &slug).await, Err(Error::NotFound)));
    }
    assert!(preview(&mut tx, &slug, &sheet.preview_token).await.is_ok());
    assert!(matches!(preview(&mut tx, &slug, "").await, Err(Error::NotFound)));
    drop(tx);
    let edition = sheet.consultation.edition;
    publish(s, &world.rina, &slug, edition).await.expect("publishes");
    assert_eq!(conflict(publish(s, &world.rina, &slug, edition + 1).await), Conflict::Published);
    let phase = |sheet: &Sheet| sheet.consultation.phase(s.now());
    assert_eq!(phase(&read(&world, &slug).await), Phase::Announced);
    world.days(3);
    assert_eq!(phase(&read(&world, &slug).await), Phase::Open);
    world.days(10);
    assert_eq!(phase(&read(&world, &slug).await), Phase::Closed);
    let kinds = |changes: Vec<Change>| changes.iter().map(|c| c.kind).collect::<Vec<_>>();
    assert_eq!(kinds(history_of(&world, &slug, true).await), [ChangeKind::Published]);
    let whole = history_of(&world, &slug, false).await;
    assert!(whole.iter().any(|c| c.field == "summary" && c.before.is_empty() && c.by.as_deref() == Some("Rina Kartika")));
    assert_eq!(whole.last().map(|c| c.kind), Some(ChangeKind::Created));
} }

db_test! { async fn who_may_make_and_write(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, draft) = ready(&world).await;
    for (other, office) in [(&world.siti, "dishub"), (&world.agus, "dishub"), (&world.moderator, "dlh")] {
        assert!(matches!(create(s, other, office, "Judul").await, Err(Error::Forbidden)));
    }
    assert!(matches!(create(s, &Actor::Anonymous, "dishub", "Judul").await, Err(Error::SignIn)));
    assert!(matches!(save(s, &world.agus, &slug, 2, &draft, &wib()).await, Err(Error::NotFound)));
    assert!(matches!(publish(s, &world.siti, &slug, 2).await, Err(Error::Forbidden)));
    publish(s, &world.admin, &slug, 2).await.expect("administrators may");
    assert!(matches!(save(s, &world.agus, &slug, 3, &draft, &wib()).await, Err(Error::Forbidden)));
    assert!(matches!(close_early(s, &world.agus, &slug, 3, "Alasan panjang").await, Err(Error::Forbidden)));
    assert_eq!(problem(create(s, &world.rina, "", "").await, "title"), Some(Problem::Missing));
    assert_eq!(problem(create(s, &world.admin, "tidak-ada", "Judul").await, "office"), Some(Problem::Unknown));
    // An officer cannot hand a draft to an office that is not theirs, nor name areas that are not there.
    let own = create(s, &world.rina, "dishub", "Parkir").await.expect("makes");
    let edited = |edit: &dyn Fn(&mut Draft)| {
        let mut typed = Draft { slug: own.clone(), title: "Parkir".into(), office: "dishub".into(), counts_shown: "live".into(), comments_open: true, ..Draft::default() };
        edit(&mut typed);
        typed
    };
    let dlh = edited(&|d| d.office = "dlh".into());
    assert!(matches!(save(s, &world.rina, &own, 1, &dlh, &wib()).await, Err(Error::Forbidden)));
    let nowhere = edited(&|d| d.areas = vec!["99.99".into()]);
    assert_eq!(problem(save(s, &world.rina, &own, 1, &nowhere, &wib()).await, "areas"), Some(Problem::Unknown));
    let taken = edited(&|d| d.slug.clone_from(&slug));
    assert_eq!(problem(save(s, &world.rina, &own, 1, &taken, &wib()).await, "slug"), Some(Problem::Taken));
    let mut tx = s.read().await.expect("reads");
    assert_eq!(desk(&mut tx, &world.rina).await.expect("reads").len(), 2);
    assert_eq!(desk(&mut tx, &world.agus).await.expect("reads").len(), 0);
    assert_eq!(desk(&mut tx, &world.admin).await.expect("reads").len(), 2);
    assert!(matches!(desk(&mut tx, &world.siti).await, Err(Error::Forbidden)));
} }

db_test! { async fn titles_share_no_address_and_a_form_sent_twice_is_one_draft(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let first = create(s, &world.rina, "dishub", "Jalur sepeda").await.expect("makes");
    let again = create(s, &world.rina, "dishub", "Jalur sepeda").await.expect("answers");
    assert_eq!(first, again);
    let other = create(s, &world.agus, "dlh", "Jalur sepeda").await.expect("makes");
    assert_eq!(other, "jalur-sepeda-2");
    world.days(1);
    assert_eq!(create(s, &world.rina, "dishub", "Jalur sepeda").await.expect("makes"), "jalur-sepeda-3");
    assert_eq!(create(s, &world.rina, "dishub", "車道計画").await.expect("makes"), "konsultasi");
} }

db_test! { async fn two_editors_lose_nothing(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, draft) = ready(&world).await;
    let edition = read(&world, &slug).await.consultation.edition;
    let rina = Draft { title: "Jalur sepeda baru".into(), ..draft.clone() };
    let admin = Draft { title: "Jalur sepeda lama".into(), ..draft };
    let zone = wib();
    let (a, b) = tokio::join!(
        save(s, &world.rina, &slug, edition, &rina, &zone),
        save(s, &world.admin, &slug, edition, &admin, &zone),
    );
    let saved = [&a, &b].iter().filter(|r| r.is_ok()).count();
    assert_eq!(saved, 1, "{a:?} {b:?}");
    let loser = if a.is_ok() { (&world.admin, &admin) } else { (&world.rina, &rina) };
    assert_eq!(conflict(save(s, loser.0, &slug, edition, loser.1, &wib()).await), Conflict::Stale);
    world.clock.advance(1);
    // With the new edition in hand it goes, and the text of the other stays in the history.
    save(s, loser.0, &slug, edition + 1, loser.1, &wib()).await.expect("saves");
    let titles: Vec<_> = history_of(&world, &slug, false).await.into_iter().filter(|c| c.field == "title").collect();
    assert_eq!(titles.len(), 2);
    assert_eq!(titles[0].before, titles[1].after);
    // The same form once more changes nothing, whatever edition it names.
    save(s, loser.0, &slug, 1, loser.1, &wib()).await.expect("is saved already");
    assert_eq!(read(&world, &slug).await.consultation.edition, edition + 2);
} }

db_test! { async fn nothing_incomplete_is_published(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let slug = create(s, &world.rina, "dishub", "Jalur sepeda").await.expect("makes");
    assert_eq!(conflict(publish(s, &world.rina, &slug, 1).await), Conflict::Incomplete);
    let sheet = read(&world, &slug).await;
    let mut tx = s.read().await.expect("reads");
    let hanging = hanging(&mut tx, &sheet.consultation.id).await.expect("reads");
    drop(tx);
    let lacks = missing(&sheet, &hanging, s.now());
    assert!(lacks.contains(&Missing::Body) && lacks.contains(&Missing::Opens), "{lacks:?}");
    let (other, _) = ready(&world).await;
    assert_eq!(conflict(publish(s, &world.rina, &other, 1).await), Conflict::Stale);
    assert_eq!(read(&world, &other).await.consultation.published_at, None);
} }

db_test! { async fn after_publishing_only_texts_change_and_everybody_sees_it(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, draft) = announced(&world).await;
    let edit = |edition: i64, edit: &dyn Fn(&mut Draft)| {
        let mut draft = draft.clone();
        edit(&mut draft);
        let (slug, rina) = (slug.clone(), world.rina.clone());
        async move { save(s, &rina, &slug, edition, &draft, &wib()).await }
    };
    let not_now = Some(Problem::NotNow);
    assert_eq!(problem(edit(3, &|d| d.slug = "lain-lagi".into()).await, "slug"), not_now);
    assert_eq!(problem(edit(3, &|d| d.closes_at = wib().input(s.now().plus_days(30))).await, "closes_at"), not_now);
    assert_eq!(problem(edit(3, &|d| d.contact = String::new()).await, "contact"), Some(Problem::Missing));
    edit(3, &|d| d.counts_shown = "after_close".into()).await.expect("still announced");
    world.days(3);
    let open = |edit: &dyn Fn(&mut Draft)| {
        let mut draft = Draft { counts_shown: "after_close".into(), ..draft.clone() };
        edit(&mut draft);
        let (slug, rina) = (slug.clone(), world.rina.clone());
        async move { save(s, &rina, &slug, 4, &draft, &wib()).await }
    };
    assert_eq!(problem(open(&|d| d.counts_shown = "live".into()).await, "counts_shown"), not_now);
    assert_eq!(problem(open(&|d| d.opens_at = wib().input(s.now().plus_days(1))).await, "opens_at"), not_now);
    assert_eq!(problem(open(&|d| d.office = "dlh".into()).await, "office"), not_now);
    open(&|d| d.contact = "Balai kota".into()).await.expect("a correction");
    let public = history_of(&world, &slug, true).await;
    assert_eq!(public[0].field, "contact");
    assert_eq!((public[0].before.as_str(), public[0].after.as_str()), ("dishub@batu.example", "Balai kota"));
    world.days(20);
    assert_eq!(conflict(open(&|d| d.title = "Lain".into()).await), Conflict::Closed);
} }

db_test! { async fn closing_moves_with_a_reason_for_all_to_read(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, _) = ready(&world).await;
    let later = |days: i64, reason: &str| ExtensionDraft {
        closes_at: wib().input(s.now().plus_days(days)),
        reason: reason.into(),
    };
    let why = "Warga desa meminta waktu seminggu lagi.";
    let ask = |edition: i64, draft: ExtensionDraft| {
        let (slug, rina) = (slug.clone(), world.rina.clone());
        async move { extend(s, &rina, &slug, edition, &draft, &wib()).await }
    };
    assert_eq!(conflict(ask(2, later(20, why)).await), Conflict::Draft);
    assert_eq!(conflict(close_early(s, &world.rina, &slug, 2, why).await), Conflict::Draft);
    publish(s, &world.rina, &slug, 2).await.expect("publishes");
    world.clock.advance(1);
    assert_eq!(conflict(close_early(s, &world.rina, &slug, 3, why).await), Conflict::NotYetOpen);
    assert_eq!(problem(ask(3, later(5, why)).await, "closes_at"), Some(Problem::Order));
    assert_eq!(problem(ask(3, later(20, "ya")).await, "reason"), Some(Problem::TooShort { min: 10 }));
    assert_eq!(conflict(ask(2, later(20, why)).await), Conflict::Stale);
    ask(3, later(20, why)).await.expect("extends");
    world.days(3);
    assert_eq!(problem(close_early(s, &world.rina, &slug, 4, " ").await, "reason"), Some(Problem::Missing));
    close_early(s, &world.rina, &slug, 4, "Rencana ditarik oleh wali kota.").await.expect("closes");
    assert_eq!(conflict(close_early(s, &world.rina, &slug, 5, why).await), Conflict::Closed);
    assert_eq!(conflict(ask(5, later(20, why)).await), Conflict::Closed);
    assert_eq!(read(&world, &slug).await.consultation.phase(s.now()), Phase::Closed);
    let public = history_of(&world, &slug, true).await;
    let kinds: Vec<_> = public.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [ChangeKind::ClosedEarly, ChangeKind::Extended, ChangeKind::Published]);
    assert_eq!(public[1].reason, why);
} }

db_test! { async fn a_new_preview_link_ends_the_old_one(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, _) = ready(&world).await;
    let old = read(&world, &slug).await.preview_token;
    renew_preview(s, &world.rina, &slug).await.expect("renews");
    let new = read(&world, &slug).await.preview_token;
    let mut tx = s.read().await.expect("reads");
    assert!(matches!(preview(&mut tx, &slug, &old).await, Err(Error::NotFound)));
    assert!(preview(&mut tx, &slug, &new).await.is_ok());
    assert!(matches!(preview(&mut tx, "tidak-ada", &new).await, Err(Error::NotFound)));
    drop(tx);
    assert!(matches!(renew_preview(s, &world.agus, &slug).await, Err(Error::NotFound)));
} }

fn ask(title: &str, kind: &str, options: &str) -> QuestionDraft {
    QuestionDraft {
        kind: kind.into(),
        title: title.into(),
        options: options.into(),
        max_choices: "2".into(),
        ..QuestionDraft::default()
    }
}

db_test! { async fn questions_until_it_opens(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, _) = ready(&world).await;
    let act = |edition: i64, deed: Deed| {
        let (slug, rina) = (slug.clone(), world.rina.clone());
        async move { question(s, &rina, &slug, edition, deed).await }
    };
    let list = || async {
        let id = read(&world, &slug).await.consultation.id;
        let mut tx = s.read().await.expect("reads");
        storage::ballot::questions(&mut tx, &id).await.expect("reads")
    };
    let first = ask("Setujukah Anda?", "position", "");
    act(2, Deed::Add(first.clone())).await.expect("adds");
    act(2, Deed::Add(first)).await.expect("the same form again adds nothing");
    assert_eq!(list().await.len(), 1);
    assert_eq!(conflict(act(2, Deed::Add(ask("Kapan dibuka?", "one", "Pagi\nSore"))).await), Conflict::Stale);
    act(3, Deed::Add(ask("Kapan dibuka?", "one", "Pagi\nSore"))).await.expect("adds");
    assert_eq!(problem(act(4, Deed::Add(ask("Apa lagi?", "one", "Satu"))).await, "options"), Some(Problem::Malformed));
    let ids: Vec<QuestionId> = list().await.into_iter().map(|q| q.id).collect();
    act(4, Deed::Up(ids[1].clone())).await.expect("moves");
    act(5, Deed::Edit(ids[1].clone(), ask("Kapan dibuka?", "many", "Pagi\nSore\nMalam"))).await.expect("edits");
    let now = list().await;
    assert_eq!((now[0].id.clone(), now[0].options.len(), now[0].max_choices), (ids[1].clone(), 3, 2));
    act(6, Deed::Remove(ids[0].clone())).await.expect("removes");
    assert!(matches!(act(7, Deed::Remove(ids[0].clone())).await, Err(Error::NotFound)));
    assert!(matches!(act(7, Deed::Edit(QuestionId::new("x"), ask("Apa itu?", "position", ""))).await, Err(Error::NotFound)));
    publish(s, &world.rina, &slug, 7).await.expect("publishes");
    act(8, Deed::Add(ask("Setujukah Anda?", "position", ""))).await.expect("announced is not open yet");
    world.days(3);
    for deed in [Deed::Add(ask("Terlambat?", "position", "")), Deed::Up(ids[1].clone()), Deed::Remove(ids[1].clone())] {
        assert_eq!(conflict(act(9, deed).await), Conflict::Published);
    }
    assert_eq!(list().await.len(), 2);
} }

fn text(source: &str, note: &str) -> TextDraft {
    TextDraft {
        source: source.into(),
        note: note.into(),
        reason: note.into(),
    }
}

const ONE: &str = "## Pasal 1. Tujuan\n\nJalan yang aman bagi semua orang.\n\n## Pasal 2. Lebar\n\nLebar trotoar sedikitnya dua meter.";

db_test! { async fn a_text_keeps_its_clauses_through_versions(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, _) = announced(&world).await;
    let put = |edition: i64, draft: TextDraft| {
        let (slug, rina) = (slug.clone(), world.rina.clone());
        async move { clause::publish(s, &rina, &slug, edition, &draft).await }
    };
    let id = read(&world, &slug).await.consultation.id;
    let newest = || async {
        let mut tx = s.read().await.expect("reads");
        clause::newest(&mut tx, &id).await.expect("reads").expect("has a text")
    };
    assert_eq!(problem(put(3, text(" ", "")).await, "source"), Some(Problem::Missing));
    assert_eq!(put(3, text(ONE, "")).await.expect("publishes"), 1);
    let first = newest().await;
    world.clock.advance(1);
    let two = ONE
        .replace("## Pasal 2.", "## Pasal 2. Parkir\n\nTempat parkir pengganti dibuka dulu.\n\n## Pasal 3.")
        .replace("orang.", "warga.");
    assert_eq!(problem(put(4, text(&two, "")).await, "reason"), Some(Problem::Missing));
    let mut tx = s.read().await.expect("reads");
    let shown = clause::preview(&mut tx, &id, &two).await.expect("cuts");
    drop(tx);
    let from: Vec<_> = shown.clauses.iter().map(|c| c.from.as_deref()).collect();
    assert_eq!((shown.number, from), (2, vec![Some("1"), None, Some("2")]));
    let why = "Warga meminta tempat parkir pengganti.";
    assert_eq!(put(4, text(&two, why)).await.expect("publishes"), 2);
    assert_eq!(put(4, text(&two, why)).await.expect("the same form again"), 2);
    assert_eq!(problem(put(5, text(&two, why)).await, "source"), Some(Problem::Taken));
    assert_eq!(conflict(put(4, text("Pasal 1\nLain.", why)).await), Conflict::Stale);
    let second = newest().await;
    assert_eq!(second.clauses.len(), 3);
    assert_eq!(second.clauses[0].id, first.clauses[0].id);
    assert_eq!(second.clauses[2].id, first.clauses[1].id, "renumbered, the same clause");
    let rows = clause::changes(&first, &second);
    assert_eq!(rows.iter().filter(|row| !row.words.is_empty()).count(), 1);
    let public = history_of(&world, &slug, true).await;
    assert_eq!((public[0].kind, public[0].field.as_str(), public[0].reason.as_str()), (ChangeKind::TextPublished, "2", why));
    assert_eq!(conflict(clause::remove_newest(s, &world.rina, &slug, 5).await), Conflict::Published);
    world.days(30);
    assert_eq!(conflict(put(5, text("Pasal 1\nLain.", why)).await), Conflict::Closed);
} }

db_test! { async fn a_draft_takes_its_text_back(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let (slug, _) = ready(&world).await;
    clause::publish(s, &world.rina, &slug, 2, &text(ONE, "")).await.expect("publishes");
    world.clock.advance(1);
    clause::remove_newest(s, &world.rina, &slug, 3).await.expect("goes");
    let id = read(&world, &slug).await.consultation.id;
    let mut tx = s.read().await.expect("reads");
    assert_eq!(clause::newest(&mut tx, &id).await.expect("reads"), None);
    drop(tx);
    assert!(matches!(clause::remove_newest(s, &world.rina, &slug, 4).await, Err(Error::NotFound)));
    let whole = history_of(&world, &slug, false).await;
    assert_eq!((whole[0].kind, whole[0].before.as_str()), (ChangeKind::TextRemoved, ONE));
} }
