use domain::{CaseId, OfficeId, Timestamp};

use super::*;
use crate::{Db, args, db_test};

async fn town(db: &Db) {
    let done: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                tx.run(
                    "insert into office (id, name, short) values ('o', 'Dinas', 'D')",
                    args![],
                )
                .await?;
                tx.run(
                    "insert into account (id, email, email_key, name, password_hash, role, created_at)
                     values ('ani', 'a', 'a', 'Ani', '-', 'resident', 0)",
                    args![],
                )
                .await?;
                tx.run(
                    "insert into cases (id, reference, kind, office_id, title, key_hash, contact, answers, status, clock,
                       is_open, due_sort, received_at, updated_at, retention_days, revision)
                     values ('c', 'c', 'form', 'o', 'Akta', 'k', '', '', 'decided', '{}', false, 0, 0, 0, 30, 1)",
                    args![],
                )
                .await?;
                Ok(())
            })
        })
        .await;
    done.expect("an empty database takes the town");
}

fn letter<'a>(id: &'a str, case: &'a CaseId, ani: &'a AccountId) -> New<'a> {
    New {
        id,
        case,
        number: id,
        code: id,
        template_scope: "",
        template_version: 0,
        body: vec![1, 2],
        sha256: "hash",
        initials: "S. A.",
        // The second letter is a later one.
        at: Timestamp(if id == "dua" { 8 } else { 5 }),
        by: Some(ani),
        key_hash: id,
    }
}

async fn add(db: &Db, id: &'static str) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            let (case, ani) = (CaseId::new("c"), AccountId::new("ani"));
            insert(tx, letter(id, &case, &ani)).await
        })
    })
    .await
}

db_test! { async fn numbers_follow_one_another_by_office_and_year(db) {
    town(&db).await;
    for (year, expected) in [(2026, 1), (2026, 2), (2027, 1), (2026, 3)] {
        let next: Result<i64> = db.write(move |tx| Box::pin(async move {
            next_number(tx, &OfficeId::new("o"), year).await
        })).await;
        assert_eq!(next.expect("counts"), expected);
    }
} }

db_test! { async fn one_letter_of_a_case_holds(db) {
    town(&db).await;
    add(&db, "satu").await.expect("is kept");
    assert!(matches!(add(&db, "dua").await, Err(crate::Error::Conflict)), "one holds already");
    let replaced: Result<bool> = db.write(|tx| Box::pin(async move {
        let was = replace(tx, "satu", "salah nama", Timestamp(7)).await?;
        assert!(!replace(tx, "satu", "lagi", Timestamp(8)).await?, "it holds no longer");
        Ok(was)
    })).await;
    assert!(replaced.expect("is replaced"));
    add(&db, "dua").await.expect("is kept");
    let revoked: Result<bool> = db.write(|tx| Box::pin(async move {
        name_next(tx, "satu", "dua").await?;
        revoke(tx, "dua", "keliru", None, Timestamp(9)).await
    })).await;
    assert!(revoked.expect("is revoked"));
    let mut tx = db.read().await.expect("a connection");
    let rows = list(&mut tx, &CaseId::new("c")).await.expect("lists");
    let told: Vec<_> = rows
        .iter()
        .map(|r| (r.number.as_str(), r.replaced_number.as_deref(), r.replaced_at, r.revoked_at, r.reason.as_str()))
        .collect();
    assert_eq!(told, [
        ("satu", Some("dua"), Some(7), None, "salah nama"),
        ("dua", None, None, Some(9), "keliru"),
    ]);
    let found = find(&mut tx, "dua").await.expect("reads").expect("is there");
    assert_eq!((found.office_name.as_str(), found.title.as_str(), found.is_erased), ("Dinas", "Akta", false));
    assert_eq!(found.issued_name.as_deref(), Some("Ani"));
    assert!(find(&mut tx, "tiga").await.expect("reads").is_none());
    assert!(is_taken(&mut tx, "satu").await.expect("reads") && is_sent(&mut tx, "dua").await.expect("reads"));
    assert!(!is_taken(&mut tx, "tiga").await.expect("reads") && !is_sent(&mut tx, "tiga").await.expect("reads"));
} }

db_test! { async fn what_is_personal_goes_and_the_number_stays(db) {
    town(&db).await;
    add(&db, "satu").await.expect("is kept");
    let erased: Result<()> = db.write(|tx| Box::pin(async move { erase(tx, &CaseId::new("c")).await })).await;
    erased.expect("is erased");
    let mut tx = db.read().await.expect("a connection");
    assert_eq!(body(&mut tx, "satu").await.expect("reads"), Some(Vec::new()));
    let row = find(&mut tx, "satu").await.expect("reads").expect("is there");
    assert_eq!((row.initials.as_str(), row.sha256.as_str()), ("", "hash"));
} }

db_test! { async fn the_newest_template_for_a_service_is_used(db) {
    town(&db).await;
    let added: Result<Vec<bool>> = db.write(|tx| Box::pin(async move {
        let ani = AccountId::new("ani");
        let mut added = Vec::new();
        for (scope, version) in [("", 1), ("", 2), ("akta", 1), ("", 2)] {
            let body = format!("{scope}{version}");
            added.push(add_template(tx, scope, version, &body, Some(&ani), Timestamp(1)).await?);
        }
        Ok(added)
    })).await;
    assert_eq!(added.expect("are added"), [true, true, true, false]);
    let mut tx = db.read().await.expect("a connection");
    for (scope, expected) in [("akta", "akta1"), ("", "2"), ("pindah", "2")] {
        let found = template(&mut tx, scope).await.expect("reads").expect("is there");
        assert_eq!(found.body, expected);
    }
    let all = versions(&mut tx, "", 10).await.expect("reads");
    assert_eq!(all.iter().map(|v| v.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(all[0].by_name.as_deref(), Some("Ani"));
} }
