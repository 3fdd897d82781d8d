use domain::FileId;

use super::*;
use crate::{db_test, testing};

const DAY: i64 = 86_400_000;

async fn version(tx: &mut Tx, number: u32) -> Result<bool> {
    let id = format!("v{number}");
    publish(
        tx,
        &NewVersion {
            id: &id,
            key: "akta",
            version: number,
            office: &OfficeId::new("office"),
            title_id: "Akta",
            title_en: "Certificate",
            minutes: 9,
            service: &format!("service {number}"),
            definition: &format!("form {number}"),
            at: Timestamp(1),
            by: None,
        },
    )
    .await
}

async fn begun(tx: &mut Tx, id: &str, owner: &str) -> Result<()> {
    insert(
        tx,
        &NewDraft {
            id,
            owner,
            version_id: "v1",
            body: "sealed",
            key: &format!("key {id}"),
            at: Timestamp(10),
            expires_at: Timestamp(DAY),
        },
    )
    .await
}

db_test! { async fn a_new_version_leaves_what_began_with_the_old_one(db) {
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        testing::consultation(tx, "jalur").await?;
        assert!(version(tx, 1).await?);
        begun(tx, "d", "siti").await?;
        assert!(version(tx, 2).await?);
        assert!(!version(tx, 2).await?, "a version never changes");
        assert_eq!(current(tx, "akta").await?.map(|v| v.version), Some(2));
        assert_eq!(find_version(tx, "akta", 1).await?.map(|v| v.definition), Some("form 1".into()));
        assert_eq!(definition(tx, "v2").await?.as_deref(), Some("form 2"));
        assert_eq!(list(tx).await?.len(), 1);
        let draft = find_open(tx, "siti", "akta").await?.expect("is there");
        assert_eq!((draft.definition.as_str(), draft.service_now.as_str()), ("form 1", "service 2"));
        assert_eq!(find_open(tx, "bambang", "akta").await?, None);
        assert_eq!(current(tx, "lain").await?, None);
        Ok(())
    })).await;
    done.expect("versions are kept");
} }

db_test! { async fn what_is_filled_in_is_saved_shared_sent_and_swept(db) {
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        testing::consultation(tx, "jalur").await?;
        version(tx, 1).await?;
        begun(tx, "d", "guest").await?;
        assert!(save(tx, "d", 1, "more", Timestamp(20), Timestamp(2 * DAY)).await?);
        assert!(!save(tx, "d", 1, "older", Timestamp(21), Timestamp(2 * DAY)).await?, "somebody was faster");
        set_code(tx, "d", "mark").await?;
        assert_eq!(find_by_code(tx, "mark", Timestamp(30)).await?, Some(("d".into(), "akta".into())));
        assert_eq!(find_by_code(tx, "mark", Timestamp(2 * DAY)).await?, None, "expired");
        hold(tx, "other", "d").await?;
        hold(tx, "other", "d").await?;
        assert_eq!(holders(tx, "d").await?, 2);
        touch(tx, "d", Timestamp(20)).await?;
        assert_eq!(list_held(tx, "other").await?, [Held { id: "d".into(), has_code: true, is_sent: false }]);
        adopt(tx, "guest", "siti").await?;
        adopt(tx, "other", "siti").await?;
        assert_eq!(find_open(tx, "guest", "akta").await?, None);
        let open = list_open(tx, "siti", Timestamp(30)).await?;
        assert_eq!((open.len(), open[0].updated_at), (1, 20));
        let draft = get(tx, "siti", "key d").await?.expect("is there");
        assert_eq!((draft.body.as_str(), draft.revision, draft.has_code), ("more", 2, true));
        assert!(mark_sent(tx, "d", "K7", Timestamp(40), Timestamp(9 * DAY)).await?);
        assert!(!mark_sent(tx, "d", "K8", Timestamp(40), Timestamp(9 * DAY)).await?);
        assert!(!save(tx, "d", 3, "late", Timestamp(41), Timestamp(DAY)).await?);
        assert_eq!(find_open(tx, "siti", "akta").await?, None);
        let sent = find_sent(tx, "siti", "K7").await?.expect("is there");
        assert_eq!((sent.body.as_str(), sent.has_code), ("", false));
        assert_eq!(find_sent(tx, "guest", "K7").await?, None);
        delete(tx, "d").await?;
        assert!(find_sent(tx, "siti", "K7").await?.is_some(), "the number stays");
        begun(tx, "e", "siti").await?;
        release(tx, "siti", "e").await?;
        assert_eq!(get(tx, "siti", "key e").await?, None);
        delete(tx, "e").await?;
        begun(tx, "f", "siti").await?;
        assert_eq!(sweep(tx, Timestamp(DAY + 1)).await?, 1);
        assert!(find_sent(tx, "siti", "K7").await?.is_some());
        Ok(())
    })).await;
    done.expect("drafts are kept");
} }

db_test! { async fn files_go_with_what_they_were_added_to_or_to_the_case(db) {
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        testing::consultation(tx, "jalur").await?;
        version(tx, 1).await?;
        begun(tx, "d", "guest").await?;
        for id in ["a", "b", "c", "x"] {
            insert_file(tx, NewFile {
                id: &FileId::new(id),
                draft_id: Some("d"),
                field: "ktp",
                name: "ktp.jpg",
                kind: "jpeg",
                size: 3,
                body: vec![1, 2, 3],
                at: Timestamp(1),
            }).await?;
        }
        delete_file(tx, "other", &FileId::new("x")).await?;
        assert_eq!(list_files(tx, "d").await?.len(), 4);
        delete_file(tx, "d", &FileId::new("x")).await?;
        keep_files(tx, "d", &[FileId::new("a"), FileId::new("b")]).await?;
        assert_eq!(list_files(tx, "d").await?, []);
        let kept = find_file(tx, &FileId::new("a")).await?.expect("is there");
        assert_eq!((kept.draft_id, kept.body), (None, vec![1, 2, 3]));
        assert_eq!(find_file(tx, &FileId::new("c")).await?, None);
        delete_files(tx, &[FileId::new("a")]).await?;
        assert_eq!(find_file(tx, &FileId::new("a")).await?, None);
        assert!(find_file(tx, &FileId::new("b")).await?.is_some());
        Ok(())
    })).await;
    done.expect("files are kept");
} }

fn step<'a>(what: &'a str, body: &'a str) -> NewStep<'a> {
    NewStep {
        key: "akta",
        what,
        body,
        at: Timestamp(5),
        by: None,
    }
}

async fn now(tx: &mut Tx) -> Result<(String, i64, bool, Option<String>)> {
    let work = find_work(tx, "akta").await?.expect("is there");
    Ok((work.body, work.revision, work.before.is_some(), work.undone))
}

db_test! { async fn a_working_copy_goes_forward_and_back(db) {
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        testing::consultation(tx, "jalur").await?;
        version(tx, 1).await?;
        let office = OfficeId::new("office");
        assert!(begin_work(tx, &office, Some(1), &step("begin", "one")).await?);
        assert!(!begin_work(tx, &office, Some(1), &step("begin", "other")).await?, "one each");
        assert!(step_work(tx, 1, &step("page a", "two"), 3).await?);
        assert!(!step_work(tx, 1, &step("page b", "lost"), 3).await?, "somebody was faster");
        assert_eq!(now(tx).await?, ("two".into(), 2, true, None));
        assert!(go_work(tx, "akta", 2, -1, Timestamp(6), None).await?);
        assert!(!go_work(tx, "akta", 2, -1, Timestamp(6), None).await?);
        assert_eq!(now(tx).await?, ("one".into(), 3, false, Some("page a".into())));
        assert!(!go_work(tx, "akta", 3, -1, Timestamp(6), None).await?, "nothing before it");
        assert!(go_work(tx, "akta", 3, 1, Timestamp(6), None).await?);
        assert_eq!(now(tx).await?, ("two".into(), 4, true, None));
        assert!(go_work(tx, "akta", 4, -1, Timestamp(6), None).await?);
        assert!(step_work(tx, 5, &step("page c", "three"), 3).await?);
        assert_eq!(now(tx).await?, ("three".into(), 6, true, None), "what was undone is gone");
        assert_eq!(work_at(tx, "akta", 6).await?.as_deref(), Some("three"));
        for revision in 6..9 {
            assert!(step_work(tx, revision, &step("page d", "more"), 3).await?);
        }
        for revision in 9..11 {
            assert!(go_work(tx, "akta", revision, -1, Timestamp(7), None).await?);
        }
        assert!(!go_work(tx, "akta", 11, -1, Timestamp(7), None).await?, "three are kept");
        rebase_work(tx, "akta", 2).await?;
        let work = &list_work(tx).await?[0];
        assert_eq!((work.base, work.current, work.office_short.as_str()), (Some(2), Some(1), find_work(tx, "akta").await?.expect("is there").office_short.as_str()));
        assert_eq!((list_built(tx).await?.len(), list_versions(tx, "akta").await?.len()), (1, 1));
        assert!(!delete_work(tx, "akta", 3).await?);
        assert!(delete_work(tx, "akta", 11).await?);
        assert_eq!((find_work(tx, "akta").await?, work_at(tx, "akta", 11).await?), (None, None));
        Ok(())
    })).await;
    done.expect("working copies are kept");
} }
