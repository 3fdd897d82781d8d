//! A disk without room: nothing new is taken, everything is told, reading goes on, and room heals it.

use std::{path::Path, process::Command, time::Duration};

use crate::rig::{Folder, Mounted, PROGRAM, Sent, Server, Town, get, is_root, system};

/// Most votes that are tried until the disk is full.
const VOTES: usize = 1_200;

/// Without rights of an administrator: a limit on the size of files is a disk that takes no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_limit_of_file_sizes_people_are_told_and_room_heals() {
    let folder = Folder::new();
    let town = Town::new(folder.0.join("rembug.db"), 16).await;
    let size = std::fs::metadata(&town.path).expect("is there").len();
    let mut command = Command::new("sh");
    command.args([
        "-c",
        &format!("ulimit -S -f {}; exec \"$0\" \"$@\"", (size + 65_536) / 512),
        PROGRAM,
    ]);
    let server = Server::start_by(command, &town.path);
    let id = server.id();
    let room = || {
        system("prlimit", &["--fsize=unlimited:", "--pid", &id]).expect("the limit can be lifted");
    };
    until_full_and_healed(
        town,
        server,
        503,
        [
            ("id", "Ini belum dapat disimpan"),
            ("en", "This cannot be saved right now"),
        ],
        room,
    )
    .await;
}

/// With the rights to mount: a small disk of its own, really full.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_people_are_told_and_room_heals() {
    let folder = Folder::new();
    let place = folder.0.display().to_string();
    if !is_root() || system("mount", &["-t", "tmpfs", "-o", "size=8m", "tmpfs", &place]).is_err() {
        println!("skipped: only an administrator can mount a small disk");
        return;
    }
    let mounted = Mounted(folder.0.clone());
    let town = Town::new(folder.0.join("rembug.db"), 16).await;
    let server = Server::start(&town.path);
    let ballast = folder.0.join("ballast");
    fill(&ballast);
    until_full_and_healed(
        town,
        server,
        507,
        [
            ("id", "Tempat penyimpanan kota penuh"),
            ("en", "storage is full"),
        ],
        || std::fs::remove_file(&ballast).expect("the ballast goes"),
    )
    .await;
    drop(mounted);
}

/// Takes all room but 300 kB.
fn fill(ballast: &Path) {
    use std::io::Write as _;
    let mut file = std::fs::File::create(ballast).expect("there is room");
    while file.write_all(&[0; 4_096]).is_ok() {}
    let size = file.metadata().expect("is there").len();
    file.set_len(size.saturating_sub(300_000))
        .expect("can be made smaller");
}

async fn until_full_and_healed(
    mut town: Town,
    server: Server,
    status: u16,
    sentences: [(&str, &str); 2],
    room: impl FnOnce(),
) {
    let (address, voters) = (server.address, town.voters.len());
    let mut acknowledged = 0;
    let mut refused = None;
    for n in 0..VOTES {
        match town.voters[n % voters].vote(address, "id").await {
            Sent::Acknowledged => acknowledged += 1,
            Sent::Refused(got) => {
                refused = Some(got);
                break;
            }
            Sent::Unknown => panic!("no answer after {acknowledged} votes"),
        }
    }
    let refused = refused.expect("the disk is full at last");
    assert_eq!(refused.status, status, "{}", refused.text);
    assert!(acknowledged > 3, "only {acknowledged} votes had room");

    // Everybody is told in their own language, also many at once.
    for (language, sentence) in sentences {
        for voter in &mut town.voters {
            match voter.vote(address, language).await {
                Sent::Refused(got) => {
                    assert_eq!(got.status, status, "{}", got.text);
                    assert!(
                        got.text.contains(sentence) && got.text.contains("<h1"),
                        "{}",
                        got.text
                    );
                }
                // A change that needs fewer pages may still have found room.
                Sent::Acknowledged => {}
                Sent::Unknown => panic!("no answer"),
            }
        }
    }
    for place in [
        "/",
        "/konsultasi",
        "/konsultasi/sepeda",
        "/moderasi",
        "/cari?q=sepeda",
    ] {
        let own = town.voters[0]
            .read(address, place)
            .await
            .expect("an answer");
        let anonymous = get(address, place, "", "en").await.expect("an answer");
        assert_eq!((own.status, anonymous.status), (200, 200), "{place}");
    }
    assert_eq!(health(address, "/healthz").await, 200);
    assert_eq!(
        health(address, "/readyz").await,
        503,
        "the balancer is told"
    );

    room();
    let mut healed = false;
    for _ in 0..50 {
        if matches!(town.voters[0].vote(address, "id").await, Sent::Acknowledged) {
            healed = true;
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(healed, "room is found without a restart");
    for voter in &mut town.voters {
        assert!(matches!(
            voter.vote(address, "id").await,
            Sent::Acknowledged
        ));
    }
    let mut ready = 0;
    for _ in 0..50 {
        ready = health(address, "/readyz").await;
        if ready == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(ready, 200, "the balancer is told that it is over");
    server.kill();
    town.check(&town.path).await;
    println!("{acknowledged} votes until there was no room");
}

async fn health(server: std::net::SocketAddr, place: &str) -> u16 {
    get(server, place, "", "en")
        .await
        .map_or(0, |got| got.status)
}
