//! Folders, tables as JSON, given groups and consultations: what is read, and what is said when it is broken.

use domain::{group::sign, statement::Judgement};
use storage::db_test;

use super::*;
use crate::{Error, ballot::fixture, testing::World};

/// A folder of its own that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let n = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("rembug-groups-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&path).expect("makes a folder");
        for (name, text) in files {
            std::fs::write(path.join(name), text).expect("writes");
        }
        Self(path)
    }

    fn broken(&self) -> String {
        let refused = read_folder(&self.0).expect_err("it is broken").to_string();
        refused.replace(&self.0.display().to_string(), "DIR")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const COMMENTS: (&str, &str) = (
    "comments.csv",
    "timestamp,comment-id,author-id,moderated,is-meta,comment-body\n\
     1,0,7,1,false,Trotoar\n2,4,7,-1,false,Iklan\n3,5,7,0,true,Saya pedagang\n",
);
const VOTES: (&str, &str) = (
    "votes.csv",
    "timestamp,datetime,comment-id,voter-id,vote\n9,x,0,1,1\n8,x,0,1,-1\n8,x,5,2,0\n",
);

#[test]
fn an_export_needs_its_statements_and_votes_alone() {
    let poll = read_folder(&Folder::with(&[COMMENTS, VOTES]).0).expect("reads");
    let flags: Vec<(i64, bool, bool)> = poll
        .statements
        .iter()
        .map(|s| (s.id, s.out, s.meta))
        .collect();
    assert_eq!(
        flags,
        [(0, false, false), (4, true, false), (5, false, true)]
    );
    assert_eq!(poll.texts[&5], "Saya pedagang");
    let found = compute(&poll.statements, &poll.votes);
    assert_eq!(
        (found.participants, found.votes, found.statements[0].agrees),
        (2, 2, 1)
    );
}

#[test]
fn both_spellings_of_the_tables_say_the_same() {
    let first = Folder::with(&[
        (
            "comments.json",
            r#"[{"statement_id": 0, "moderated": -1, "is_meta": false, "txt": "a"}, {"statement_id": 3, "moderated": 1, "is_meta": true, "txt": "b"}]"#,
        ),
        (
            "votes.json",
            r#"[{"participant_id": 5, "statement_id": 3, "vote": 1, "modified": 1714782753431.0}]"#,
        ),
    ]);
    let second = Folder::with(&[
        (
            "comments.json",
            r#"[{"tid": 0, "mod": -1, "is_meta": false, "txt": "a"}, {"tid": 3, "mod": 1, "is_meta": true, "txt": "b"}]"#,
        ),
        (
            "votes.json",
            r#"[{"pid": 5, "tid": 3, "vote": 1, "modified": "1714782753431"}]"#,
        ),
    ]);
    let poll = read_folder(&first.0).expect("reads");
    assert_eq!(poll, read_folder(&second.0).expect("reads"));
    assert_eq!(poll.votes[0].at, 1_714_782_753_431);
    assert!(poll.statements[0].out && poll.statements[1].meta);
}

#[test]
fn what_is_broken_is_named() {
    assert!(
        Folder::with(&[])
            .broken()
            .starts_with("DIR/comments.csv cannot be read")
    );
    assert!(
        Folder::with(&[COMMENTS])
            .broken()
            .starts_with("DIR/votes.csv cannot be read")
    );
    let votes = "timestamp,datetime,comment-id,voter-id,vote\n9,x,0,1,1\n8,x,0,1,7\n";
    assert_eq!(
        Folder::with(&[COMMENTS, ("votes.csv", votes)]).broken(),
        "votes.csv, line 3: \"vote\" is \"7\"; a vote is -1, 0 or 1"
    );
    let json = Folder::with(&[
        ("comments.json", "[]"),
        ("votes.json", "[{\"pid\": 1,\n\"tid\": \"x\"}]"),
    ]);
    let said = json.broken();
    assert!(
        said.starts_with("DIR/votes.json: invalid type") && said.contains("line 2"),
        "{said}"
    );
}

#[test]
fn given_groups_are_read_line_by_line() {
    let read = |text: &str| {
        let folder = Folder::with(&[("groups.csv", text)]);
        let file = folder.0.join("groups.csv");
        read_membership(&file).map_err(|e| {
            e.to_string()
                .replace(&folder.0.display().to_string(), "DIR")
        })
    };
    let given = read("group,name,participant\n0,a,7\n1,b,9\n,c,12\n").expect("reads");
    assert_eq!(given, BTreeMap::from([(7, 0), (9, 1)]));
    for (text, said) in [
        (
            "participant,group\n7,0\n9,B\n",
            "DIR/groups.csv, line 3: \"group\" is \"B\", not a whole number",
        ),
        (
            "participant,group\n7,0\n7,1\n",
            "DIR/groups.csv, line 3: participant 7 was there before",
        ),
        (
            "participant\n7\n",
            "DIR/groups.csv, line 1: there is no column \"group\"",
        ),
        (
            "participant,group\n7,0,1\n",
            "DIR/groups.csv, line 2: 3 cells where the first line has 2",
        ),
        ("", "DIR/groups.csv, line 1: the file is empty"),
    ] {
        assert_eq!(read(text), Err(said.to_owned()));
    }
    let missing = read_membership(Path::new("/tidak/ada.csv")).expect_err("is not there");
    assert!(
        missing
            .to_string()
            .starts_with("/tidak/ada.csv cannot be read")
    );
}

db_test! { async fn a_consultation_gives_what_its_export_gives(db) {
    let world = World::new(db).await;
    fixture::open(&world, "c", "live").await;
    for text in ["Trotoar untuk semua orang.", "Parkir tetap gratis di pusat kota."] {
        let draft = domain::statement::Draft { teks: text.to_owned() };
        crate::statement::seed(&world.service, &world.rina, "c", &draft).await.expect("plants");
    }
    for (actor, number, judgement) in [
        (&world.siti, 1, Judgement::Agree),
        (&world.bambang, 1, Judgement::Disagree),
        (&world.siti, 2, Judgement::Pass),
        (&world.siti, 1, Judgement::Disagree),
    ] {
        world.clock.advance(60);
        crate::statement::judge(&world.service, actor, "c", number, judgement).await.expect("saves");
    }
    let out = Folder::with(&[]);
    crate::polis::export(&world.service, &domain::Actor::System, "c", &out.0).await.expect("exports");
    let own = read(&world.service, "c").await.expect("reads");
    let mut exported = read_folder(&out.0).expect("reads");
    let json = |poll: &Poll| serde_json::to_string(&compute(&poll.statements, &poll.votes)).expect("serialises");
    assert_eq!(json(&own), json(&exported));
    exported.votes.reverse();
    assert_eq!(json(&own), json(&exported), "a change within a day is known in any order of rows");
    let found = compute(&own.statements, &own.votes);
    assert_eq!((found.participants, found.votes, found.statements[0].disagrees), (2, 3, 2));
    assert!(sign::signs(&own.statements, &own.votes).is_empty());
    assert!(matches!(read(&world.service, "tidak-ada").await, Err(Error::NotFound)));
} }
