use domain::{
    AccountId, CaseId, FileId, OfficeId, Timestamp,
    case::{Happening, Kind, Side, Status},
};

use super::*;
use crate::{Db, args, db_test};

/// Two offices, two officers of the first, and a resident.
async fn town(db: &Db) {
    let done: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                for office in ["o", "p"] {
                    tx.run(
                        "insert into office (id, name, short) values ($1, 'Dinas', $1)",
                        args![office],
                    )
                    .await?;
                }
                for id in ["ani", "budi", "cici"] {
                    tx.run(
                        "insert into account (id, email, email_key, name, password_hash, role, created_at)
                         values ($1, $1, $1, $1, '-', 'resident', 0)",
                        args![id],
                    )
                    .await?;
                }
                for id in ["ani", "budi"] {
                    tx.run(
                        "insert into membership (account_id, office_id, since) values ($1, 'o', 0)",
                        args![id],
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await;
    done.expect("an empty database takes the town");
}

fn standing(status: Status, due: Option<i64>, handler: Option<&AccountId>) -> Standing<'_> {
    Standing {
        status,
        outcome: None,
        handler,
        clock: "{}",
        due_at: due.map(Timestamp),
        lacks_year: None,
        escalate_at: due.map(Timestamp),
        steps_told: 0,
        closed_at: None,
        erase_at: None,
    }
}

/// Opens a case of an office; its reference is its id.
async fn case(db: &Db, id: &'static str, office: &'static str, due: Option<i64>) -> bool {
    let done: Result<bool> = db
        .write(move |tx| {
            Box::pin(async move {
                let new = New {
                    id: &CaseId::new(id),
                    reference: id,
                    kind: Kind::Form,
                    office: &OfficeId::new(office),
                    title: "Akta",
                    form_version: None,
                    key_hash: id,
                    account: Some(&AccountId::new("cici")),
                    desk: None,
                    contact: "sealed",
                    phone_mark: Some("mark"),
                    answers: "sealed answers",
                    nik_mark: Some("nik"),
                    at: Timestamp(1),
                    retention_days: 30,
                    standing: &standing(Status::Received, due, None),
                };
                insert(tx, &new).await
            })
        })
        .await;
    done.expect("the case is written")
}

fn ids(rows: &[Listed]) -> Vec<&str> {
    rows.iter().map(|row| row.id.as_str()).collect()
}

db_test! { async fn a_case_is_opened_once_and_changed_by_number(db) {
    town(&db).await;
    assert!(case(&db, "a", "o", Some(50)).await);
    assert!(!case(&db, "a", "o", Some(50)).await, "the reference and the key are taken");
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        let id = CaseId::new("a");
        assert_eq!(lock(tx, "x", Timestamp(2)).await?, None);
        assert_eq!(lock(tx, "a", Timestamp(2)).await?, Some(id.clone()));
        let event = NewEvent {
            case: &id, number: 1, at: Timestamp(2), side: Side::Applicant, by: Some(&AccountId::new("cici")),
            kind: Happening::Received, body: "sealed", detail: "", key_hash: Some("k"),
        };
        add_event(tx, &event).await?;
        assert!(is_sent(tx, &id, "k").await? && !is_sent(tx, &id, "l").await?);
        lock(tx, "a", Timestamp(3)).await?;
        add_event(tx, &NewEvent { number: 2, kind: Happening::Note, side: Side::Office, key_hash: None, ..event }).await?;
        add_file(tx, &id, &FileId::new("f"), None, 0).await?;
        add_file(tx, &id, &FileId::new("f"), None, 0).await?;
        assert_eq!(files(tx, &id).await?, ["f"]);
        lock(tx, "a", Timestamp(4)).await?;
        unlock(tx, &id).await?;
        let ani = AccountId::new("ani");
        let mut now = standing(Status::Decided, None, Some(&ani));
        now.closed_at = Some(Timestamp(4));
        now.erase_at = Some(Timestamp(10));
        save(tx, &id, &now).await
    })).await;
    done.expect("is written");
    let mut tx = db.read().await.expect("a connection");
    let row = find(&mut tx, "a").await.expect("reads").expect("is there");
    assert_eq!((row.status.as_str(), row.revision, row.handler_name.as_deref()), ("decided", 2, Some("ani")));
    assert_eq!(get(&mut tx, &CaseId::new("a")).await.expect("reads"), Some(row));
    assert_eq!(by_key(&mut tx, "a").await.expect("reads"), Some(("a".into(), "a".into())));
    let all = events(&mut tx, &CaseId::new("a"), false, 0).await.expect("reads");
    let public = events(&mut tx, &CaseId::new("a"), true, 0).await.expect("reads");
    assert_eq!((all.len(), public.len()), (2, 1), "notes stay in the office");
    assert_eq!(events(&mut tx, &CaseId::new("a"), false, 1).await.expect("reads").len(), 1);
    assert!(is_proven(&mut tx, "a", "mark").await.expect("reads"));
    assert!(!is_proven(&mut tx, "a", "other").await.expect("reads"));
} }

db_test! { async fn what_is_personal_goes_and_the_skeleton_stays(db) {
    town(&db).await;
    case(&db, "a", "o", Some(50)).await;
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        let (id, ani, budi) = (CaseId::new("a"), AccountId::new("ani"), AccountId::new("budi"));
        add_event(tx, &NewEvent {
            case: &id, number: 1, at: Timestamp(2), side: Side::Applicant, by: Some(&AccountId::new("cici")),
            kind: Happening::Message, body: "sealed", detail: "", key_hash: None,
        }).await?;
        for (file, event) in [("letter", Some(1)), ("scan", None)] {
            crate::form::insert_file(tx, crate::form::NewFile {
                id: &FileId::new(file), draft_id: None, field: "", name: "surat.pdf", kind: "pdf", size: 3,
                body: vec![1], at: Timestamp(1),
            }).await?;
            add_file(tx, &id, &FileId::new(file), event, 0).await?;
        }
        let there: Vec<_> = papers(tx, &id).await?.into_iter().map(|f| (f.id, f.event_number)).collect();
        assert_eq!(there, [("scan".into(), None), ("letter".into(), Some(1))], "those of the form come first");
        assert!(has_file(tx, &id, &FileId::new("scan")).await? && !has_file(tx, &id, &FileId::new("x")).await?);
        assert_eq!(filled(tx, &id).await?, Some(("sealed answers".into(), None)));
        look(tx, &id, &ani, ("page", ""), Timestamp(5), Timestamp(0)).await?;
        look(tx, &id, &ani, ("page", ""), Timestamp(8), Timestamp(0)).await?;
        look(tx, &id, &ani, ("page", ""), Timestamp(90), Timestamp(60)).await?;
        look(tx, &id, &budi, ("file", "letter"), Timestamp(7), Timestamp(0)).await?;
        assert!(is_reading(tx, &id, &ani, Timestamp(90)).await?);
        assert_eq!(readers_now(tx, &id, &budi, Timestamp(6)).await?, ["ani"]);
        assert_eq!(readers_now(tx, &id, &ani, Timestamp(8)).await?, Vec::<String>::new());
        let looks: Vec<_> = readers(tx, &id, 9).await?.into_iter().map(|r| (r.name, r.at, r.last_at)).collect();
        assert_eq!(looks, [("ani".into(), 90, 90), ("ani".into(), 5, 8), ("budi".into(), 7, 7)]);
        assert_eq!(readers(tx, &id, 9).await?[2].file.as_deref(), Some("surat.pdf"));
        let mut closed = standing(Status::Withdrawn, None, None);
        closed.erase_at = Some(Timestamp(10));
        save(tx, &id, &closed).await?;
        assert_eq!(erasable(tx, Timestamp(9), 5).await?, []);
        assert_eq!(erasable(tx, Timestamp(10), 5).await?.len(), 1);
        erase(tx, &id, Timestamp(10)).await?;
        assert_eq!(erasable(tx, Timestamp(99), 5).await?, []);
        Ok(())
    })).await;
    done.expect("is written");
    let mut tx = db.read().await.expect("a connection");
    let row = find(&mut tx, "a").await.expect("reads").expect("is there");
    assert_eq!((row.contact.as_str(), row.account_id, row.erased_at), ("", None, Some(10)));
    assert_eq!(answers(&mut tx, &CaseId::new("a")).await.expect("reads"), Some(String::new()));
    let lines = events(&mut tx, &CaseId::new("a"), true, 0).await.expect("reads");
    assert_eq!((lines.len(), lines[0].body.as_str(), &lines[0].by_name), (1, "", &None));
    assert!(!is_proven(&mut tx, "a", "mark").await.expect("reads"));
    assert_eq!(papers(&mut tx, &CaseId::new("a")).await.expect("reads"), []);
    assert_eq!(crate::form::find_file(&mut tx, &FileId::new("scan")).await.expect("reads"), None);
} }

db_test! { async fn the_inbox_goes_page_by_page_in_the_order_of_due_dates(db) {
    town(&db).await;
    for (id, office, due) in [("a", "o", Some(30)), ("b", "o", Some(10)), ("c", "o", None), ("d", "o", Some(10)), ("e", "p", Some(5))] {
        case(&db, id, office, due).await;
    }
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        save(tx, &CaseId::new("d"), &standing(Status::Checked, Some(10), Some(&AccountId::new("budi")))).await
    })).await;
    done.expect("is written");
    let mut tx = db.read().await.expect("a connection");
    let one = || vec![OfficeId::new("o")];
    let filter = Filter { offices: Some(one()), limit: 2, ..Filter::default() };
    let first = list(&mut tx, &filter).await.expect("lists");
    assert_eq!(ids(&first), ["b", "d"]);
    let place = Place { due_sort: first[1].due_sort, id: first[1].id.clone() };
    let second = list(&mut tx, &Filter { after: Some(place), ..filter.clone() }).await.expect("lists");
    assert_eq!(ids(&second), ["a", "c"], "without a due date comes last");
    let place = Place { due_sort: second[0].due_sort, id: second[0].id.clone() };
    let back = list(&mut tx, &Filter { after: Some(place), backwards: true, ..filter.clone() }).await.expect("lists");
    assert_eq!(ids(&back), ["b", "d"]);
    for (filter, expected) in [
        (Filter { offices: None, ..filter.clone() }, vec!["e", "b"]),
        (Filter { offices: Some(vec![]), ..filter.clone() }, vec![]),
        (Filter { offices: Some(vec![OfficeId::new("o"), OfficeId::new("p")]), ..filter.clone() }, vec!["e", "b"]),
        (Filter { status: Some(Status::Checked), ..filter.clone() }, vec!["d"]),
        (Filter { closed: true, ..filter.clone() }, vec![]),
        (Filter { handling: Handling::Nobody, ..filter.clone() }, vec!["b", "a"]),
        (Filter { handling: Handling::By(AccountId::new("budi")), ..filter.clone() }, vec!["d"]),
        (Filter { title: Some("Akta".into()), due_by: Some(Timestamp(11)), ..filter.clone() }, vec!["b", "d"]),
        (Filter { nik_mark: Some("nik".into()), ..filter.clone() }, vec!["b", "d"]),
        (Filter { reference: Some("c".into()), ..filter.clone() }, vec!["c"]),
        (Filter { reference: Some("e".into()), ..filter.clone() }, vec![]),
    ] {
        let found = list(&mut tx, &filter).await.expect("lists");
        assert_eq!(ids(&found), expected, "{filter:?}");
    }
    let budi = AccountId::new("budi");
    let found = counts(&mut tx, Some(&OfficeId::new("o")), Some(&budi), Timestamp(11)).await.expect("counts");
    assert_eq!(found, Counts { late: 2, free: 3, own: 1 });
    let found = counts(&mut tx, None, None, Timestamp(11)).await.expect("counts");
    assert_eq!(found, Counts { late: 3, free: 4, own: 0 });
    let kinds: Vec<_> = choices(&mut tx).await.expect("reads").into_iter().map(|c| (c.kind, c.office_id, c.name)).collect();
    let choice = |kind: &str, office: &str, name: &str| (kind.to_owned(), office.to_owned(), name.to_owned());
    assert_eq!(kinds, [
        choice("officer", "o", "ani"), choice("officer", "o", "budi"), choice("title", "o", "Akta"), choice("title", "p", "Akta"),
    ]);
    assert_eq!(officers(&mut tx).await.expect("reads").len(), 2);
    let own = own(&mut tx, &AccountId::new("cici"), 9).await.expect("lists");
    assert_eq!(ids(&own), ["e", "d", "c", "b", "a"]);
} }

db_test! { async fn the_clock_finds_what_it_has_to_do(db) {
    town(&db).await;
    case(&db, "a", "o", Some(50)).await;
    case(&db, "b", "o", None).await;
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        let mut lacks = standing(Status::Received, None, None);
        lacks.lacks_year = Some(2028);
        save(tx, &CaseId::new("b"), &lacks).await?;
        put_year(tx, 2027, "late", None, Timestamp(2)).await?;
        put_year(tx, 2026, "early", None, Timestamp(1)).await?;
        put_year(tx, 2026, "again", Some(&AccountId::new("ani")), Timestamp(3)).await
    })).await;
    done.expect("is written");
    let mut tx = db.read().await.expect("a connection");
    assert_eq!(due_steps(&mut tx, Timestamp(49), 9).await.expect("reads"), []);
    assert_eq!(due_steps(&mut tx, Timestamp(50), 9).await.expect("reads")[0].reference, "a");
    assert_eq!(lacking(&mut tx, "", 9).await.expect("reads")[0].id, "b");
    assert_eq!(lacking(&mut tx, "b", 9).await.expect("reads"), []);
    assert_eq!(lacking_years(&mut tx).await.expect("reads"), [2028]);
    assert!(choices(&mut tx).await.expect("reads").iter().any(|c| (&*c.kind, &*c.name) == ("lacking", "2028")));
    assert_eq!(years(&mut tx).await.expect("reads"), ["late", "again"], "the newest last");
} }

db_test! { async fn templates_belong_to_an_office(db) {
    town(&db).await;
    let row = TemplateRow { id: "t".into(), office_id: "o".into(), title: "Halo".into(), body: "Selamat pagi".into() };
    let new = row.clone();
    let done: Result<()> = db.write(move |tx| Box::pin(async move {
        put_template(tx, &new, Some(&AccountId::new("ani")), Timestamp(1)).await?;
        put_template(tx, &TemplateRow { title: "Hai".into(), ..new }, None, Timestamp(2)).await
    })).await;
    done.expect("is written");
    let mut tx = db.read().await.expect("a connection");
    let found = find_template(&mut tx, "t").await.expect("reads").expect("is there");
    assert_eq!(found.title, "Hai");
    assert_eq!(templates(&mut tx, &OfficeId::new("o")).await.expect("reads"), std::slice::from_ref(&found));
    assert_eq!(templates(&mut tx, &OfficeId::new("p")).await.expect("reads"), []);
    let aids = aids(&mut tx, &OfficeId::new("o")).await.expect("reads");
    let names: Vec<_> = aids.iter().map(|aid| (aid.kind.as_str(), aid.name.as_str())).collect();
    assert_eq!(names, [("officer", "ani"), ("officer", "budi"), ("template", "Hai")]);
    drop(tx);
    let gone: Result<(bool, bool)> = db.write(|tx| Box::pin(async move {
        Ok((remove_template(tx, "t").await?, remove_template(tx, "t").await?))
    })).await;
    assert_eq!(gone.expect("is written"), (true, false));
} }

db_test! { async fn the_cases_of_several_offices_come_in_one_order(db) {
    town(&db).await;
    for (id, office, due) in [("a", "o", 30), ("b", "p", 10), ("c", "o", 20), ("d", "p", 40), ("e", "p", 20)] {
        assert!(case(&db, id, office, Some(due)).await);
    }
    let mut tx = db.read().await.expect("a connection");
    let both = Filter {
        offices: Some(vec![OfficeId::new("p"), OfficeId::new("o")]),
        limit: 3,
        ..Filter::default()
    };
    let first = list(&mut tx, &both).await.expect("reads");
    assert_eq!(ids(&first), ["b", "c", "e"]);
    let end = first.last().expect("three");
    let after = Some(Place { due_sort: end.due_sort, id: end.id.clone() });
    let next = Filter { after: after.clone(), ..both.clone() };
    assert_eq!(ids(&list(&mut tx, &next).await.expect("reads")), ["a", "d"]);
    let back = Filter { after, backwards: true, ..both.clone() };
    assert_eq!(ids(&list(&mut tx, &back).await.expect("reads")), ["b", "c"]);
    let all = Filter { offices: None, ..both.clone() };
    assert_eq!(list(&mut tx, &all).await.expect("reads"), first);
    let none = Filter { offices: Some(Vec::new()), ..both };
    assert_eq!(list(&mut tx, &none).await.expect("reads"), []);
} }
