use std::path::{Path, PathBuf};

use domain::{Actor, OfficeId, statement::Judgement};
use storage::{args, db_test, sql};

use super::*;
use crate::{Conflict, Error, ballot::fixture, testing::World};

/// A folder of its own that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let n = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("rembug-polis-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&path).expect("makes a folder");
        Self(path)
    }

    fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self::new();
        for (name, bytes) in SMALL.iter().chain(files) {
            std::fs::write(folder.0.join(name), bytes).expect("writes");
        }
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Other orders of columns, a mark at the start, line ends of Windows, cells over several lines, a re-vote, a voter who has
/// no line (3), a person who never voted (9), a statement that was not taken (5), one nobody looked at (4).
const SMALL: [(&str, &[u8]); 4] = [
    (
        "comments.csv",
        "\u{feff}comment-body,is-seed,comment-id,author-id,moderated,agrees,disagrees,timestamp\r\n\
         \"Trotoar, \"\"lebar\"\",\r\nuntuk semua\",true,0,7,1,2,0,1000\r\n\
         =1+1 bukan rumus,false,4,,0,0,1,2000\r\n\
         Tidak diambil,false,5,1,-1,1,0,3000\r\n"
            .as_bytes(),
    ),
    (
        "votes.csv",
        b"voter-id,vote,timestamp,comment-id,datetime,xid\r\n\
          1,1,5000,0,Sat Nov 17 05:09:36 WIB 2018,a\r\n\
          1,-1,4000,0,x,a\r\n\
          2,1,4500,0,x,b\r\n\
          1,-1,4600,4,x,a\r\n\
          1,-1,4700,4,x,a\r\n\
          3,1,4800,5,x,c\r\n",
    ),
    (
        "participants-votes.csv",
        b"participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,5,0,4\r\n\
          1,a,0,1,2,1,1,,1,-1\r\n2,b,,0,1,1,0,,1,\r\n9,d,,0,0,0,0,,,\r\n",
    ),
    (
        "summary.csv",
        "topic,Trotoar di Jalan Sudirman\nurl,https://pol.is/2demo\nviews,6184\nvoters,3\n\
         conversation-description,\"Baris satu.\n\n* butir\"\n"
            .as_bytes(),
    ),
];

async fn bring(world: &World, dir: &Path, slug: &str) -> Result<Imported, ImportError> {
    import(
        &world.service,
        &Actor::System,
        dir,
        slug,
        &OfficeId::new("dishub"),
    )
    .await
}

async fn rows(world: &World) -> [i64; 4] {
    let mut tx = world.service.read().await.expect("a connection");
    [
        tx.number(sql!("select count(*) from consultation"), args![])
            .await
            .expect("counts"),
        tx.number(sql!("select count(*) from participant"), args![])
            .await
            .expect("counts"),
        tx.number(sql!("select count(*) from statement"), args![])
            .await
            .expect("counts"),
        tx.number(sql!("select count(*) from statement_vote"), args![])
            .await
            .expect("counts"),
    ]
}

db_test! { async fn a_conversation_comes_in_whole_and_once(db) {
    let world = World::new(db).await;
    let folder = Folder::with(&[]);
    let done = bring(&world, &folder.0, "trotoar").await.expect("imports");
    assert_eq!((done.statements, done.participants, done.votes, done.revotes, done.unchanged), (3, 4, 6, 2, false));
    assert_eq!(done.warnings, []);
    assert_eq!(rows(&world).await, [1, 4, 3, 6]);

    let c = fixture::find(&world, "trotoar").await;
    assert_eq!((c.title.as_str(), c.source.as_str()), ("Trotoar di Jalan Sudirman", "https://pol.is/2demo"));
    assert_eq!(c.phase(world.service.now()), domain::consultation::Phase::Closed);
    assert_eq!((c.opens_at.map(|t| t.0), c.closes_at.map(|t| t.0)), (Some(4000), Some(60_000)));
    assert!(c.body_html.contains("<li>butir</li>"), "{}", c.body_html);
    let mut tx = world.service.read().await.expect("a connection");
    let listed = crate::statement::list(&world.service, &mut tx, &Actor::Anonymous, &c, domain::statement::Order::Number, 1)
        .await.expect("lists");
    let found: Vec<_> = listed.statements.iter().map(|s| {
        let counts = s.counts.expect("it is closed");
        (s.number, counts.agree, counts.disagree, counts.pass)
    }).collect();
    assert_eq!(found, [(0, 2, 0, 0), (4, 0, 1, 0)], "each person once, by the last vote; nothing of what was not taken");
    assert_eq!(listed.statements[0].body, "Trotoar, \"lebar\",\r\nuntuk semua");
    assert!(listed.statements[0].is_seed);
    drop(tx);

    let again = bring(&world, &folder.0, "trotoar").await.expect("the same files are fine");
    assert!(again.unchanged && again.votes == 6);
    assert_eq!(rows(&world).await, [1, 4, 3, 6]);
    let other = Folder::with(&[("summary.csv", b"topic,Lain\n")]);
    assert!(matches!(bring(&world, &other.0, "trotoar").await, Err(ImportError::Changed(_))));
    fixture::open(&world, "jalan", "live").await;
    assert!(matches!(bring(&world, &other.0, "jalan").await, Err(ImportError::Taken(_))));
    assert!(matches!(bring(&world, &other.0, "Tidak Cocok").await, Err(ImportError::Slug(_))));
    let nobody = OfficeId::new("tidak-ada");
    let refused = import(&world.service, &Actor::System, &other.0, "lain", &nobody).await;
    assert!(matches!(refused, Err(ImportError::Office(_))));
    let refused = import(&world.service, &world.siti, &other.0, "lain", &OfficeId::new("dishub")).await;
    assert!(matches!(refused, Err(ImportError::Store(Error::Forbidden))));
    let refused = bring(&world, Path::new("/tidak/ada"), "lain").await.expect_err("no folder");
    assert!(refused.to_string().starts_with("/tidak/ada/comments.csv cannot be read"), "{refused}");
} }

db_test! { async fn what_goes_out_comes_in_again(db) {
    let world = World::new(db).await;
    let folder = Folder::with(&[]);
    bring(&world, &folder.0, "trotoar").await.expect("imports");
    let out = Folder::new();
    let done = export(&world.service, &Actor::Anonymous, "trotoar", &out.0).await.expect("exports");
    assert_eq!((done.statements, done.participants, done.votes, done.files.len()), (3, 4, 6, 4));
    let text = std::fs::read_to_string(out.0.join("comments.csv")).expect("reads");
    assert!(text.contains(",=1+1 bukan rumus\n"), "as it was, so that it comes in again as it was: {text}");
    bring(&world, &out.0, "lagi").await.expect("imports what was exported");
    let back = Folder::new();
    export(&world.service, &Actor::Anonymous, "lagi", &back.0).await.expect("exports");
    for name in FILES {
        let [a, b] = [&out, &back].map(|f| std::fs::read_to_string(f.0.join(name)).expect("reads"));
        assert_eq!(a, b, "{name}");
    }
    assert!(matches!(
        export(&world.service, &Actor::System, "tidak-ada", &out.0).await,
        Err(ExportError::Store(Error::NotFound))
    ));
} }

db_test! { async fn the_citys_own_go_out_without_names_moments_and_waiting_texts(db) {
    let world = World::new(db).await;
    fixture::open(&world, "c", "after_close").await;
    let text = |t: &str| domain::statement::Draft { teks: t.to_owned() };
    crate::statement::seed(&world.service, &world.rina, "c", &text("Trotoar untuk semua orang.")).await.expect("plants");
    crate::statement::add(&world.service, &world.siti, "c", &text("Kalimat yang masih menunggu.")).await.expect("waits");
    for (actor, judgement) in [(&world.siti, Judgement::Agree), (&world.bambang, Judgement::Pass), (&world.siti, Judgement::Disagree)] {
        world.clock.advance(60);
        crate::statement::judge(&world.service, actor, "c", 1, judgement).await.expect("saves");
    }
    let out = Folder::new();
    for actor in [&Actor::Anonymous, &world.rina, &world.admin] {
        let refused = export(&world.service, actor, "c", &out.0).await;
        assert!(matches!(refused, Err(ExportError::Store(Error::Conflict(Conflict::StillOpen)))));
    }
    export(&world.service, &Actor::System, "c", &out.0).await.expect("the machine's administrator may");
    let read = |name: &str| std::fs::read_to_string(out.0.join(name)).expect("reads");
    assert_eq!(
        read("votes.csv"),
        "timestamp,datetime,comment-id,voter-id,vote\n\
         1795478400000,2026-11-24T00:00:00Z,1,0,1\n\
         1795478400000,2026-11-24T00:00:00Z,1,1,0\n\
         1795478400001,2026-11-24T00:00:00Z,1,0,-1\n"
    );
    assert_eq!(read("participants-votes.csv"), "participant,group-id,n-comments,n-votes,n-agree,n-disagree,1\n0,,0,1,0,1,-1\n1,,0,1,0,0,0\n");
    for name in FILES {
        for secret in ["siti", "Siti", "menunggu", "bambang"] {
            assert!(!read(name).contains(secret), "{name}");
        }
    }
    let back = bring(&world, &out.0, "kembali").await.expect("comes in again");
    assert_eq!((back.votes, back.revotes, back.warnings), (3, 1, vec![]));
} }

db_test! { async fn a_broken_line_is_named_and_nothing_is_stored(db) {
    let world = World::new(db).await;
    let head = "timestamp,datetime,comment-id,voter-id,vote\n";
    let votes = |lines: &str| format!("{head}{lines}").into_bytes();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("votes.csv", votes("4000,x,0,1,1\n4000,x,0,1,2\n"), "votes.csv, line 3: \"vote\" is \"2\"; a vote is -1, 0 or 1"),
        ("votes.csv", votes("4000,x,0,1,\n"), "votes.csv, line 2: \"vote\" is \"\"; a vote is -1, 0 or 1"),
        ("votes.csv", votes("4000,x,0,satu,1\n"), "votes.csv, line 2: \"voter-id\" is \"satu\", not a whole number"),
        ("votes.csv", votes("kemarin,x,0,1,1\n"), "votes.csv, line 2: \"timestamp\" is \"kemarin\", not a whole number"),
        ("votes.csv", votes("-4,x,0,1,1\n"), "votes.csv, line 2: the timestamp -4 is no moment in milliseconds since 1970"),
        ("votes.csv", votes("4000,x,77,1,1\n"), "votes.csv, line 2: statement 77 is not in comments.csv"),
        ("votes.csv", votes("4000,x,0,1\n"), "votes.csv, line 2: 4 cells where the first line has 5"),
        ("votes.csv", votes("4000,x,0,1,1,1\n"), "votes.csv, line 2: 6 cells where the first line has 5"),
        ("votes.csv", votes("4000,\"x,0,1,1\n4000,x,0,1,1\n"), "votes.csv, line 2: a quotation mark opens here and never closes"),
        ("votes.csv", b"timestamp,datetime,comment-id,voter-id,choice\n".to_vec(), "votes.csv, line 1: there is no column \"vote\""),
        ("votes.csv", Vec::new(), "votes.csv, line 1: the file is empty"),
        ("comments.csv", b"timestamp,comment-id,author-id,moderated,comment-body\n1,0,1,1,\"a\nb\"\n2,4,1,1,\xff\xfe\n".to_vec(), "comments.csv, line 4: this is not UTF-8"),
        ("comments.csv", b"timestamp,comment-id,author-id,moderated,comment-body\n1,0,1,1,a\n1,0,1,1,b\n".to_vec(), "comments.csv, line 3: statement 0 was there before"),
        ("comments.csv", b"timestamp,comment-id,author-id,moderated,comment-body\n1,0,1,7,a\n".to_vec(), "comments.csv, line 2: \"moderated\" is \"7\"; it is -1, 0 or 1"),
        ("comments.csv", b"timestamp,comment-id,author-id,moderated,comment-body\n1,0,1,1, \n".to_vec(), "comments.csv, line 2: the statement has no text"),
        ("comments.csv", b"timestamp,comment-id,comment-id,author-id,moderated,comment-body\n".to_vec(), "comments.csv, line 1: the column \"comment-id\" is there twice"),
        ("participants-votes.csv", b"participant,0\n1,5\n".to_vec(), "participants-votes.csv, line 2: \"0\" is \"5\"; a vote is -1, 0 or 1"),
        ("participants-votes.csv", b"participant,0\n1,1\n1,1\n".to_vec(), "participants-votes.csv, line 3: participant 1 was there before"),
        ("participants-votes.csv", b"participant,88\n1,1\n".to_vec(), "participants-votes.csv, line 2: statement 88 is not in comments.csv"),
        ("summary.csv", b"url,https://pol.is/x\n".to_vec(), "summary.csv, line 1: there is no line that begins with \"topic\""),
    ];
    for (file, bytes, expected) in cases {
        let folder = Folder::with(&[(file, &bytes)]);
        let refused = bring(&world, &folder.0, "trotoar").await.expect_err(expected);
        assert_eq!(refused.to_string(), expected);
    }
    assert_eq!(rows(&world).await, [0, 0, 0, 0]);
} }

db_test! { async fn a_line_that_contradicts_the_votes_is_a_warning(db) {
    let world = World::new(db).await;
    let folder = Folder::with(&[("participants-votes.csv", b"participant,0,4,5\n1,-1,-1,\n2,1,,\n")]);
    let done = bring(&world, &folder.0, "trotoar").await.expect("imports");
    assert_eq!(done.warnings.len(), 1);
    assert!(done.to_string().contains("participant 1, statement 0: the last vote is 1, participants-votes.csv says -1"), "{done}");
} }

/// The real conversations beside the repository; a message and nothing else where they are missing.
fn real(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/polis")
        .join(name);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// Every cell of the people's file, by participant and statement, read without the code under test.
fn cells(dir: &Path) -> std::collections::BTreeMap<(String, String), String> {
    let mut reader = csv::Reader::from_path(dir.join("participants-votes.csv")).expect("opens");
    let heads = reader.headers().expect("has a head").clone();
    let mut cells = std::collections::BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("reads");
        for (head, cell) in heads
            .iter()
            .zip(&record)
            .filter(|(head, _)| head.parse::<i64>().is_ok())
        {
            cells.insert((record[0].to_owned(), head.to_owned()), cell.to_owned());
        }
    }
    cells
}

/// What is in the files, by name: statements, people, votes, re-votes.
const REAL: [(&str, [i64; 4]); 4] = [
    ("vtaiwan.uberx", [197, 1921, 49_997, 554]),
    ("brexit-consensus", [50, 204, 5312, 9]),
    ("15-per-hour-seattle", [54, 339, 2995, 123]),
    ("scoop-hivemind.biodiversity", [316, 536, 29_802, 83]),
];

db_test! { async fn real_conversations_come_in_and_go_out_cell_by_cell(db) {
    let world = World::new(db).await;
    for (name, expected) in REAL {
        let Some(dir) = real(name) else { continue };
        let slug = domain::text::slug_of(name);
        let done = bring(&world, &dir, &slug).await.expect("imports");
        eprintln!("{name}: {done}");
        assert_eq!([done.statements, done.participants, done.votes, done.revotes], expected, "{name}");
        assert_eq!(done.warnings, [], "{name}");
        let before = rows(&world).await;
        assert!(bring(&world, &dir, &slug).await.expect("again").unchanged);
        assert_eq!(rows(&world).await, before);
        let out = Folder::new();
        let written = export(&world.service, &Actor::Anonymous, &slug, &out.0).await.expect("exports");
        assert_eq!([written.statements, written.participants, written.votes], expected[..3], "{name}");
        let found = cells(&out.0);
        let differing = cells(&dir).into_iter().filter(|(place, cell)| found.get(place).is_none_or(|f| f != cell)).count();
        assert_eq!(differing, 0, "{name}: every cell as it was");
    }
} }
