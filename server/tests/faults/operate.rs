//! The commands of the person who runs the machine, and the figures.

use std::{
    path::Path,
    process::{Command, Output},
};

use crate::rig::{Folder, PROGRAM, Sent, Server, Town, get};

fn rembug(database: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .env("DATABASE_URL", format!("sqlite:{}", database.display()))
        .output()
        .expect("the program runs")
}

fn fine(output: &Output) -> String {
    let (out, problem) = texts(output);
    assert!(output.status.success(), "{out}{problem}");
    out
}

/// Status 1, and one sentence.
fn refused(output: &Output) -> String {
    let (out, problem) = texts(output);
    assert_eq!(output.status.code(), Some(1), "{out}{problem}");
    assert_eq!(problem.lines().count(), 1, "{problem}");
    format!("{out}{problem}")
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_while_people_vote_is_whole_and_is_restored() {
    let folder = Folder::new();
    let mut town = Town::new(folder.0.join("rembug.db"), 8).await;
    let server = Server::start(&town.path);
    for voter in &mut town.voters {
        assert!(matches!(
            voter.vote(server.address, "id").await,
            Sent::Acknowledged
        ));
    }
    let copy = folder.0.join("copy.db");
    let name = copy.display().to_string();
    let said = fine(&rembug(&town.path, &["backup", &name]));
    assert!(said.contains("8 ballots"), "{said}");
    assert!(refused(&rembug(&town.path, &["backup", &name])).contains("is there already"));
    assert!(refused(&rembug(&town.path, &["restore", &name])).contains("is there already"));
    let restored = folder.0.join("elsewhere.db");
    assert!(fine(&rembug(&restored, &["restore", &name])).contains("8 ballots"));
    town.check(&restored).await;
    fine(&rembug(&restored, &["reindex"]));
    let checked = fine(&rembug(&restored, &["check"]));
    assert!(
        checked.lines().count() > 15 && !checked.contains("WRONG"),
        "{checked}"
    );
    server.kill();

    let damaged = storage::Db::open(&format!("sqlite:{}", restored.display()))
        .await
        .expect("opens");
    let done: storage::Result<u64> = damaged
        .write(|tx| Box::pin(async move { tx.run("delete from ballot_mark", vec![]).await }))
        .await;
    assert!(done.is_ok_and(|rows| rows > 0));
    damaged.close().await;
    let checked = refused(&rembug(&restored, &["check"]));
    assert!(
        checked.contains("WRONG") && checked.contains("one check found something wrong"),
        "{checked}"
    );

    let none = folder.0.join("none.db");
    for command in [["check", ""], ["backup", "x.db"]] {
        let arguments: Vec<&str> = command.into_iter().filter(|a| !a.is_empty()).collect();
        assert!(refused(&rembug(&none, &arguments)).contains("there is no database"));
    }
    assert!(!none.exists(), "nothing is made by looking");
}

#[test]
fn the_data_folder_is_where_the_database_is() {
    let folder = Folder::new();
    let data = folder.0.join("a folder with 100% of it?");
    let done = Command::new(PROGRAM)
        .arg("reindex")
        .env_remove("DATABASE_URL")
        .env("REMBUG_DATA_DIR", &data)
        .output()
        .expect("the program runs");
    fine(&done);
    assert!(data.join("rembug.db").exists());
}

#[test]
fn keys_are_made_once_and_never_anew() {
    let folder = Folder::new();
    let (database, keys) = (folder.0.join("rembug.db"), folder.0.join("keys.toml"));
    fine(&rembug(&database, &["reindex"]));
    let made = std::fs::read_to_string(&keys).expect("is made beside the database");
    fine(&rembug(&database, &["reindex"]));
    assert_eq!(std::fs::read_to_string(&keys).expect("is there"), made);
    let said = fine(&rembug(&database, &["keys", "rotate"]));
    assert!(said.contains("restart the portal"), "{said}");
    let rotated = std::fs::read_to_string(&keys).expect("is there");
    assert!(rotated.starts_with(&made), "the older keys stay");
    fine(&rembug(&database, &["check"]));

    let copy = folder.0.join("copy.db").display().to_string();
    let said = fine(&rembug(&database, &["backup", &copy]));
    assert!(said.contains(&*keys.display().to_string()), "{said}");
    std::fs::write(&keys, made).expect("an old copy is put there");
    let said = refused(&rembug(&database, &["check"]));
    assert!(said.contains("does not fit this database"), "{said}");
    std::fs::remove_file(&keys).expect("is lost");
    let said = refused(&rembug(&database, &["check"]));
    assert!(said.contains("is missing") && !keys.exists(), "{said}");

    let elsewhere = folder.0.join("elsewhere.toml");
    std::fs::write(&elsewhere, rotated).expect("is kept in another place");
    let named = elsewhere.display().to_string();
    fine(&rembug(&database, &["check", "--keys", &named]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_are_kept_from_the_public() {
    let folder = Folder::new();
    let mut town = Town::new(folder.0.join("rembug.db"), 4).await;
    let (server, figures) = Server::start_with_figures(&town.path);
    for voter in &mut town.voters {
        assert!(matches!(
            voter.vote(server.address, "id").await,
            Sent::Acknowledged
        ));
    }
    let hidden = get(server.address, "/metrics", "", "id")
        .await
        .expect("an answer");
    assert_eq!(hidden.status, 404);
    let shown = get(figures, "/metrics", "", "id").await.expect("an answer");
    assert_eq!(shown.status, 200);
    for line in [
        "rembug_votes_accepted_total{on=\"question\"} 4",
        "rembug_http_requests_total{class=\"3xx\"} 4",
        "rembug_http_requests_total{class=\"4xx\"} 1",
        "rembug_http_request_seconds_bucket{le=\"+Inf\"} 5",
        "rembug_writer_group_size_count",
        "rembug_database_connections{state=\"open\"}",
        "process_resident_memory_bytes",
        "# HELP rembug_votes_accepted_total",
    ] {
        assert!(shown.text.contains(line), "{line} is not in {}", shown.text);
    }
    assert_eq!(
        get(figures, "/", "", "id").await.map(|got| got.status),
        Some(404)
    );
}
