use std::path::Path;

use storage::{args, db_test, sql};

use super::*;
use crate::testing::{START, World};

/// The project's own files.
fn files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate stands in the project");
    let mut files = Files::new();
    for folder in ["city", "demo"] {
        collect(root, &root.join(folder), &mut files);
    }
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("inside the project")
                .to_string_lossy()
                .into_owned();
            files.insert(name, std::fs::read_to_string(&path).expect("a text"));
        }
    }
}

fn service(db: storage::Db) -> Service {
    let clock = std::sync::Arc::new(domain::FixedClock::at(START));
    Service::new(
        db,
        clock,
        Chance::seeded(1),
        crate::account::Hashing::CHEAP,
        crate::Keys::for_tests(),
    )
}

db_test! { async fn the_town_is_filled_once(db) {
    let service = service(db);
    let filled = fill(&service, &files()).await.expect("the project's files are usable").expect("an empty database");
    assert_eq!((filled.people, filled.consultations), (57, 4));
    assert!(filled.voices > 1200 && filled.votes > 15_000 && filled.comments > 100, "{filled:?}");
    assert_eq!(fill(&service, &files()).await.expect("is usable"), None);
    let mut tx = service.read().await.expect("a connection");
    for (sql, what) in [
        (sql!("select count(*) from statement_vote v join statement s on s.id = v.statement_id
               join consultation c on c.id = s.consultation_id
               where v.cast_at < c.opens_at or v.cast_at > c.closes_at"), "judgements outside the time"),
        (sql!("select count(*) from statement_vote v join statement s on s.id = v.statement_id where v.cast_at < s.decided_at"),
         "judgements before the statement could be seen"),
        (sql!("select count(*) from ballot b join question q on q.id = b.question_id
               join consultation c on c.id = q.consultation_id
               where b.cast_at < c.opens_at or b.cast_at > c.closes_at"), "ballots outside the time"),
        (sql!("select count(*) from moderation where action in ('hide', 'reject') and (reason = '' or note = '')"),
         "decisions without a reason"),
        (sql!("select count(*) from comment where hidden_at is not null and hidden_reason = ''"), "hidden without a reason"),
        (sql!("select count(*) from comment c join comment p on p.id = c.parent_id where c.posted_at < p.posted_at"),
         "replies before what they answer"),
        (sql!("select count(*) from comment where supports <> (select count(*) from comment_support s where s.comment_id = comment.id)"),
         "supports that do not add up"),
        (sql!("select count(*) from comment c where c.depth = 0 and c.replies <>
               (select count(*) from comment d where d.root_id = c.id and d.id <> c.id)"), "replies that do not add up"),
    ] {
        assert_eq!(tx.number(sql, args![]).await.expect("counts"), 0, "{what}");
    }
    let city = storage::area::find_city(&mut tx).await.expect("reads").expect("a city");
    assert!(city.is_demo);
    let found = crate::search::find(&mut tx, "parkir", None, 1).await.expect("searches");
    let crate::search::Answer::Finds(found) = found else { panic!("{found:?}") };
    assert!(found.counts.iter().all(|n| *n > 0), "of each kind something is found: {:?}", found.counts);
    let signed_in = crate::account::sign_in(
        &service, "siti@warga.example", &domain::account::Secret::new(PASSWORD), &crate::account::Arrival::default(),
    ).await;
    assert!(signed_in.is_ok());
    let mut phases = Vec::new();
    for slug in ["air-irigasi-dan-sumber-mata-air", "jalur-sepeda-panglima-sudirman",
                 "penataan-homestay-dan-parkir-wisata", "pengelolaan-sampah-dari-rumah"] {
        let c = crate::consultation::get(&service, &mut tx, &domain::Actor::Anonymous, slug).await.expect("is public");
        phases.push(c.phase(service.now()).word());
    }
    assert_eq!(phases, ["answered", "open", "announced", "open"]);
} }

/// Figures that change when anything in the town does.
async fn traces(db: storage::Db) -> (i64, Vec<(String, String)>) {
    let service = service(db);
    fill(&service, &files()).await.expect("is usable");
    let mut tx = service.read().await.expect("a connection");
    let votes = sql!(
        "select cast(coalesce(sum(value * (cast_at / 1000 % 1009)), 0) as bigint) from statement_vote"
    );
    let votes = tx.number(votes, args![]).await.expect("sums");
    let comments = sql!("select id, account_id from comment order by id");
    (votes, tx.all(comments, args![]).await.expect("reads"))
}

db_test! { async fn the_same_moment_gives_the_same_town(db) {
    let (other, _guard) = storage::testing::sqlite().await;
    assert_eq!(traces(db).await, traces(other).await);
} }

db_test! { async fn a_database_with_a_consultation_is_left_alone(db) {
    let world = World::new(db).await;
    world.service.db().write(|tx| Box::pin(storage::testing::consultation(tx, "ada"))).await.expect("a consultation");
    assert_eq!(fill(&world.service, &files()).await.expect("is usable"), None);
} }

db_test! { async fn a_broken_file_is_named_and_fills_nothing(db) {
    let service = service(db);
    let path = "demo/consultations/air-irigasi-dan-sumber-mata-air/consultation.toml";
    for (from, to) in [("lean = ", "laen = "), ("author = \"mujiono\"", "author = \"siapa\""), ("23.59", "25.59"), ("clause:3", "clause:99")] {
        let mut broken = files();
        let text = broken[path].replace(from, to);
        broken.insert(path.to_owned(), text);
        let error = fill(&service, &broken).await.expect_err("is not usable").to_string();
        assert!(error.contains(path), "{error}");
    }
    let mut missing = files();
    missing.remove("demo/people.toml");
    assert!(matches!(fill(&service, &missing).await, Err(Unusable::Missing(_))));
    let mut tx = service.read().await.expect("a connection");
    assert_eq!(tx.number(sql!("select count(*) from account"), args![]).await.expect("counts"), 0);
} }
