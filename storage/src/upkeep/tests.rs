//! A sound town, and each kind of damage that a check must find.

use std::path::PathBuf;

use super::*;
use crate::{
    Db, Error,
    comment::testing::{Town, town},
    db_test, sql, testing,
};

/// Votes, judgements, comments with replies and support, all as the program would leave them.
const SOUND: &[&str] = &[
    "insert into consultation (id, slug, office_id, title, preview_token, created_at, updated_at)
     values ('d', 'd', 'o', 'D', '-', 0, 0)",
    "insert into participant (id, consultation_id, joined_at) values ('p', 'c', 0), ('x', 'd', 0)",
    "insert into participation (consultation_id, account_id, participant_id) values ('c', 'ani', 'p')",
    "insert into question (id, consultation_id, position, kind, title, max_choices)
     values ('q', 'c', 1, 'position', 'Q', 1), ('m', 'c', 2, 'many', 'M', 2)",
    "insert into question_option (id, question_id, position, label)
     values ('m1', 'm', 1, '1'), ('m2', 'm', 2, '2'), ('m3', 'm', 3, '3')",
    r#"insert into ballot (question_id, participant_id, revision, choices, cast_at)
       values ('q', 'p', 0, '["agree"]', 1), ('q', 'p', 1, '["abstain"]', 2), ('m', 'p', 0, '["m1","m2"]', 1)"#,
    "insert into ballot_mark (question_id, participant_id, choice)
     values ('q', 'p', 'abstain'), ('m', 'p', 'm2'), ('m', 'p', 'm1')",
    "insert into statement (id, consultation_id, number, body, status, created_at)
     values ('s', 'c', 1, 'S', 'accepted', 0)",
    "insert into statement_vote (statement_id, participant_id, revision, value, cast_at)
     values ('s', 'p', 0, 1, 1), ('s', 'p', 1, -1, 2)",
    "insert into statement_mark (statement_id, participant_id, value) values ('s', 'p', -1)",
    "insert into statement_tally (statement_id, agree, disagree, pass) values ('s', 0, 1, 0)",
    "insert into comment_support (comment_id, account_id, at) values ('a', 'budi', 1)",
    "update comment set supports = 1 where id = 'a'",
    "insert into comment_revision (comment_id, revision, body, at) values ('a', 1, 'dulu', 1)",
    "insert into search_doc (number, kind, subject_id, consultation_id, at)
     values (1, 'comment', 'a', 'c', 0), (2, 'comment', 'b', 'c', 0), (3, 'comment', 'k', 'c', 0),
            (4, 'consultation', 'c', 'c', 0)",
    "insert into form (key, office_id, current, updated_at) values ('f', 'o', 1, 0)",
    "insert into form_version (id, form_key, version, title_id, title_en, minutes, service, definition, at)
     values ('f1', 'f', 1, 'F', 'F', 1, '{}', '{}', 0)",
    "insert into cases (id, reference, kind, office_id, title, form_version_id, key_hash, contact, answers, status, clock,
                        is_open, due_sort, received_at, updated_at, retention_days, revision)
     values ('k', 'R1', 'form', 'o', 'F', 'f1', 'h', '', '', 'received', '{}', true, 0, 0, 0, 30, 2)",
    "insert into case_event (case_id, number, at, side, kind, is_public)
     values ('k', 1, 0, 'applicant', 'received', true), ('k', 2, 1, 'office', 'note', false)",
    "insert into form_draft (id, version_id, body, revision, key, created_at, updated_at, expires_at, reference)
     values ('r', 'f1', '', 1, 'key', 0, 0, 1, 'R1')",
    "insert into form_file (id, draft_id, field, name, kind, size, created_at)
     values ('i', null, 'foto', 'a.png', 'png', 1, 0), ('j', 'r', 'foto', 'b.png', 'png', 1, 0)",
    "insert into form_file_body (file_id, body) select id, cast('x' as bytea) from form_file",
    "insert into case_file (case_id, file_id, place) values ('k', 'i', 0)",
    "insert into tax_bill (id, nop_mark, nop_masked, year, person, object, assessment, tax, due, paid_at, paid_elsewhere, imported_at)
     values ('t', 'n', 'n', 2026, '', '{}', '{}', 1, '2026-08-31', 5, false, 0)",
    "insert into bill (id, code, office_id, tax_bill_id, title_id, title_en, amount, due, issued_at, attempts, state, paid_at,
                       is_overpaid, refunded, revision)
     values ('b', 'B', 'o', 't', 'P', 'P', 1, '2026-08-31', 0, 0, 'paid', 5, false, 0, 1)",
];

/// The damage, and a word of the rule that finds it.
const DAMAGE: &[(&str, &str)] = &[
    (
        "update ballot set revision = 5 where question_id = 'q' and revision = 1",
        "ballots on a question count from 0",
    ),
    (
        "delete from ballot where question_id = 'q' and revision = 0",
        "ballots on a question count from 0",
    ),
    (
        "delete from ballot_mark where question_id = 'q'",
        "newest ballot says",
    ),
    (
        "delete from ballot_mark where choice = 'm2'",
        "newest ballot says",
    ),
    (
        "update ballot set choices = 'oops' where question_id = 'q' and revision = 1",
        "newest ballot says",
    ),
    (
        "insert into ballot_mark (question_id, participant_id, choice) values ('q', 'p', 'agree')",
        "more choices",
    ),
    (
        "insert into ballot_mark (question_id, participant_id, choice) values ('m', 'p', 'm3')",
        "more choices",
    ),
    (
        "insert into ballot_mark (question_id, participant_id, choice) values ('q', 'x', 'agree')",
        "belongs to a ballot",
    ),
    (
        "update ballot_mark set choice = 'maybe' where question_id = 'q'",
        "can be chosen",
    ),
    (
        r"insert into ballot (question_id, participant_id, revision, choices, cast_at) values ('q', 'x', 0, '[]', 1)",
        "question's own consultation",
    ),
    (
        "update participation set consultation_id = 'd'",
        "consultation that it stands for",
    ),
    (
        "delete from statement_vote where revision = 0",
        "judgements of a statement count from 0",
    ),
    (
        "update statement_mark set value = 1",
        "counted is the newest",
    ),
    ("delete from statement_mark", "counted is the newest"),
    ("delete from statement_vote", "counted is the newest"),
    ("delete from statement_tally", "every statement are counted"),
    (
        "update statement_tally set pass = 1",
        "every statement are counted",
    ),
    ("update statement set pin = 1", "office is pinned"),
    (
        "insert into statement_vote (statement_id, participant_id, revision, value, cast_at) values ('s', 'x', 0, 1, 1)",
        "statement's own consultation",
    ),
    ("delete from clause", "some version of the text"),
    (
        "update comment set depth = 2 where id = 'b'",
        "one step below",
    ),
    (
        "update comment set root_id = 'k' where id = 'b'",
        "one step below",
    ),
    (
        "update comment set supports = 7 where id = 'k'",
        "support of every comment",
    ),
    (
        "update comment set replies = 0 where id = 'a'",
        "replies to every comment",
    ),
    ("update comment_revision set revision = 2", "earlier texts"),
    (
        "delete from search_doc where subject_id = 'b'",
        "comment that can be read is in the search",
    ),
    (
        "update comment set hidden_at = 1 where id = 'k'",
        "comment that can be read is in the search",
    ),
    (
        "delete from search_doc where kind = 'consultation'",
        "published consultation is in the search",
    ),
    (
        "update comment set hidden_at = 1 where id = 'k'",
        "moderator's decision",
    ),
    (
        "update form_draft set reference = 'R2'",
        "handed in is a case",
    ),
    ("delete from case_event where number = 1", "lines of a case"),
    (
        "update case_event set number = 3 where number = 2",
        "lines of a case",
    ),
    ("update cases set revision = 1", "lines of a case"),
    (
        "delete from form_file where id = 'i'",
        "file of a case is there",
    ),
    (
        "update form_file set draft_id = 'r' where id = 'i'",
        "file of a case is there",
    ),
    (
        "delete from form_file_body where file_id = 'j'",
        "has its content",
    ),
    ("update bill set state = 'issued'", "day of payment"),
    ("update bill set paid_at = null", "day of payment"),
    ("update tax_bill set paid_at = null", "tax is paid"),
];

async fn sound(db: &Db) -> Town {
    let town = town(db).await;
    town.version(1, &[("k1", "1", "Pasal 1", "isi")]).await;
    town.comment("a", None, 1).await;
    town.comment("b", Some("a"), 2).await;
    town.about("k", "k1", "isi").await;
    let done: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                for statement in SOUND {
                    tx.run(statement, args![]).await?;
                }
                Ok(())
            })
        })
        .await;
    done.expect("a sound town");
    town
}

/// The rules that do not hold after `damage`, which is taken back.
async fn broken_by(db: &Db, damage: &'static str) -> Vec<Checked> {
    let (found, wait) = tokio::sync::oneshot::channel();
    let undone: Result<()> = db
        .write(move |tx| {
            Box::pin(async move {
                tx.run(damage, args![]).await?;
                let broken = rules(tx).await?.into_iter().filter(|c| c.wrong > 0);
                let _ = found.send(broken.collect());
                Err(Error::Unfit("taken back".to_owned()))
            })
        })
        .await;
    assert!(
        matches!(undone, Err(Error::Unfit(_))),
        "{damage}: {undone:?}"
    );
    wait.await.expect("was checked")
}

db_test! { async fn a_sound_town_passes_and_each_damage_is_found(db) {
    sound(&db).await;
    let mut tx = db.read().await.expect("a connection");
    let checked = rules(&mut tx).await.expect("answers");
    drop(tx);
    for rule in &checked {
        assert_eq!(rule.wrong, 0, "{rule:?}");
    }
    let looked_at: i64 = checked.iter().map(|c| c.looked_at).sum();
    assert!(looked_at > 20, "{checked:?}");
    for own in own(&db).await.expect("answers") {
        assert!(own.wrong == 0 && own.looked_at > 0, "{own:?}");
    }
    for (damage, word) in DAMAGE {
        let broken = broken_by(&db, damage).await;
        let found = broken.iter().find(|c| c.rule.contains(word));
        assert!(found.is_some_and(|c| c.example.is_some()), "{damage}: {broken:?}");
    }
    let every = checked.iter().filter(|c| !DAMAGE.iter().any(|(_, word)| c.rule.contains(word)));
    assert_eq!(every.count(), 0, "each rule is tried");
} }

db_test! { async fn a_probe_writes_and_leaves_one_row(db) {
    for now in [1, 2, 3] {
        let done: Result<()> = db.write(move |tx| Box::pin(async move { probe(tx, Timestamp(now)).await })).await;
        assert!(done.is_ok());
    }
    let mut tx = db.read().await.expect("a connection");
    assert_eq!(tx.number(sql!("select count(*) from draft"), args![]).await.expect("counts"), 1);
} }

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rembug-copy-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(&self.0)
            .expect("is there")
            .map(|e| {
                e.expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn sentence<T: std::fmt::Debug>(done: Result<T>) -> String {
    match done {
        Err(Error::Unfit(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_copy_is_whole_and_comes_back() {
    use std::os::unix::fs::PermissionsExt as _;
    let (db, _guard) = testing::sqlite().await;
    sound(&db).await;
    let folder = Folder::new("whole");
    let copy = folder.file("copy.db");
    let whole = back_up(&db, &copy).await.expect("is copied");
    assert_eq!(
        (
            whole.accounts,
            whole.ballots,
            whole.judgements,
            whole.comments
        ),
        (2, 3, 2, 3)
    );
    let mode = copy.metadata().expect("is there").permissions().mode();
    assert_eq!(mode & 0o077, 0, "only the owner reads it");
    assert!(sentence(back_up(&db, &copy).await).contains("is there already"));
    assert_eq!(folder.names(), ["copy.db"], "nothing else is left");

    let target = folder.file("rembug.db");
    assert_eq!(put_back(&copy, &target).await.expect("comes back"), whole);
    let again = Db::open(&format!("sqlite:{}", target.display()))
        .await
        .expect("opens");
    let mut tx = again.read().await.expect("a connection");
    assert!(
        rules(&mut tx)
            .await
            .expect("answers")
            .iter()
            .all(|c| c.wrong == 0)
    );
    drop(tx);
    again.close().await;
    assert!(sentence(put_back(&copy, &target).await).contains("is there already"));
    // The readers still write nothing.
    let mut tx = db.read().await.expect("a connection");
    assert!(tx.run("delete from draft", args![]).await.is_err());
}

#[tokio::test]
async fn what_is_no_whole_copy_is_refused_and_leaves_nothing() {
    let (db, _guard) = testing::sqlite().await;
    sound(&db).await;
    let folder = Folder::new("broken");
    let copy = folder.file("copy.db");
    back_up(&db, &copy).await.expect("is copied");
    let bytes = std::fs::read(&copy).expect("can be read");
    let target = folder.file("rembug.db");
    let half = bytes[..bytes.len() / 2].to_vec();
    let mut flipped = bytes.clone();
    for byte in flipped.iter_mut().skip(4096).step_by(4096) {
        *byte ^= 0xff;
    }
    for (name, bytes) in [
        ("half", half),
        ("flipped", flipped),
        ("text", b"hello".repeat(900)),
        ("empty", Vec::new()),
    ] {
        let file = folder.file(name);
        std::fs::write(&file, bytes).expect("can be written");
        let why = sentence(put_back(&file, &target).await);
        assert!(why.contains(name), "{why}");
        assert!(!target.exists(), "{name}");
    }
    assert!(sentence(put_back(&folder.file("none"), &target).await).contains("cannot be read"));

    let newer = folder.file("newer.db");
    std::fs::copy(&copy, &newer).expect("can be copied");
    let db = Db::open(&format!("sqlite:{}", newer.display()))
        .await
        .expect("opens");
    let done: Result<u64> = db
        .write(|tx| {
            Box::pin(async move {
                tx.run(
                    "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                     values (9999, 'later', true, x'00', 0)",
                    args![],
                )
                .await
            })
        })
        .await;
    done.expect("is written");
    db.close().await;
    assert!(sentence(put_back(&newer, &target).await).contains("newer Rembug"));

    std::fs::write(folder.file("rembug.db-wal"), b"old").expect("can be written");
    assert!(sentence(put_back(&copy, &target).await).contains("rembug.db-wal"));
    assert!(!target.exists());
}

#[tokio::test]
async fn postgres_is_copied_by_its_own_tool() {
    let Some((db, _guard)) = testing::postgres().await else {
        return eprintln!("skipped: TEST_POSTGRES_URL is not set");
    };
    let file = std::env::temp_dir().join("rembug-never.db");
    assert!(sentence(back_up(&db, &file).await).contains("pg_dump"));
}
