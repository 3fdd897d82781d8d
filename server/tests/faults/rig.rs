//! A town on a file, the real program on it, voters who keep a journal, and the oracle that compares both.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use domain::{AccountId, Actor, Clock as _, QuestionId};
use server::clock::SystemClock;
use service::{
    Chance, Keys, Service,
    account::Hashing,
    ballot::fixture,
    chance,
    testing::{START, World},
};
use storage::{Db, Error, account::Session, args, sql};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_rembug");
/// The consultation that is voted on.
const SLUG: &str = "sepeda";

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A folder for one test; it goes with this value.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!(
            "rembug-fault-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a command of the system; its output, or why it failed.
pub(crate) fn system(name: &str, arguments: &[&str]) -> Result<String, String> {
    let done = Command::new(name)
        .args(arguments)
        .output()
        .map_err(|e| format!("{name}: {e}"))?;
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
    } else {
        Err(format!(
            "{name}: {}",
            String::from_utf8_lossy(&done.stderr).trim()
        ))
    }
}

/// Whether this process may mount.
pub(crate) fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// Something that is mounted for one test.
pub(crate) struct Mounted(pub(crate) PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = system("umount", &[&self.0.display().to_string()]);
    }
}

/// A vote: the question and what is chosen; nothing withdraws.
type Vote = (&'static str, &'static [&'static str]);

/// No vote is like the one before it on the same question: each one that is stored is one revision.
const SCRIPT: [Vote; 12] = [
    ("q-position", &["agree"]),
    ("q-many", &["q-many-a"]),
    ("q-position", &["disagree"]),
    ("q-many", &["q-many-b", "q-many-c"]),
    ("q-position", &["abstain"]),
    ("q-many", &[]),
    ("q-position", &["agree"]),
    ("q-many", &["q-many-c"]),
    ("q-position", &[]),
    ("q-many", &["q-many-a", "q-many-b"]),
    ("q-position", &["disagree"]),
    ("q-many", &[]),
];

/// A resident with an open session and a memory of what was acknowledged.
pub(crate) struct Voter {
    account: String,
    cookie: String,
    step: usize,
    /// Sent and never answered: stored or not.
    pub(crate) unknown: bool,
    acknowledged: Vec<Vote>,
}

/// What came back for a vote.
pub(crate) enum Sent {
    Acknowledged,
    Refused(Got),
    Unknown,
}

impl Voter {
    /// Sends the next vote of the script; the same one again when the last was not acknowledged.
    pub(crate) async fn vote(&mut self, server: SocketAddr, language: &str) -> Sent {
        let vote = SCRIPT[self.step % SCRIPT.len()];
        let body = match vote.1 {
            [] => "tarik=1".to_owned(),
            chosen => chosen
                .iter()
                .map(|c| format!("pilihan={c}"))
                .collect::<Vec<_>>()
                .join("&"),
        };
        let place = format!("/konsultasi/{SLUG}/suara/{}", vote.0);
        match post(server, &place, &self.cookie, language, &body).await {
            Some(got) if got.status == 303 => {
                self.acknowledged.push(vote);
                self.step += 1;
                self.unknown = false;
                Sent::Acknowledged
            }
            Some(got) => Sent::Refused(got),
            None => {
                self.unknown = true;
                Sent::Unknown
            }
        }
    }

    /// A signed-in page.
    pub(crate) async fn read(&self, server: SocketAddr, place: &str) -> Option<Got> {
        get(server, place, &self.cookie, "id").await
    }
}

/// A town with voters in a SQLite file.
pub(crate) struct Town {
    pub(crate) path: PathBuf,
    pub(crate) voters: Vec<Voter>,
}

impl Town {
    /// Fills the file: a consultation that is open now, and residents who are signed in.
    pub(crate) async fn new(path: PathBuf, voters: u32) -> Self {
        let db = open(&path).await;
        let world = World::new(db).await;
        fixture::open(&world, SLUG, "live").await;
        let people = fixture::residents(&world, "voter", "35.79.01.1004", voters).await;
        let now = SystemClock.now();
        let mut journals = Vec::new();
        let mut sessions = Vec::new();
        for actor in &people {
            let account = actor.member().expect("a resident").account.clone();
            let token = Chance::System.token();
            sessions.push((account.clone(), chance::digest(&token)));
            journals.push(Voter {
                account: account.to_string(),
                cookie: format!("__Host-rembug={token}"),
                step: journals.len() * 5,
                unknown: false,
                acknowledged: Vec::new(),
            });
        }
        world
            .service
            .db()
            .write(move |tx| {
                Box::pin(async move {
                    for (account, id_hash) in sessions {
                        let session = Session {
                            id_hash,
                            created_at: now.0,
                            seen_at: now.0,
                            expires_at: now.plus_days(1).0,
                            device: String::new(),
                        };
                        storage::account::insert_session(tx, &account, &session).await?;
                    }
                    // The world lives on its own day; the program on the real one.
                    tx.run(
                        sql!("update consultation set opens_at = $1, published_at = $1, closes_at = $2"),
                        args![START.min(now.plus_days(-1)), now.plus_days(10)],
                    )
                    .await?;
                    Ok::<_, Error>(())
                })
            })
            .await
            .expect("the town takes sessions");
        world.service.db().close().await;
        // Scripts begin at different places; what comes first is not a withdrawal of nothing.
        for voter in &mut journals {
            while SCRIPT[voter.step % SCRIPT.len()].1.is_empty() {
                voter.step += 1;
            }
        }
        Self {
            path,
            voters: journals,
        }
    }

    /// Everything acknowledged is there once and in order, nothing else is, and the counts follow from it.
    pub(crate) async fn check(&self, path: &Path) {
        let db = open(path).await;
        let mut tx = db.read().await.expect("a connection");
        let whole: Vec<(String,)> = tx
            .all("pragma integrity_check", vec![])
            .await
            .expect("the file is checked");
        assert_eq!(whole, [("ok".to_owned(),)]);
        let history: Vec<(String, String, i64, String)> = tx
            .all(
                sql!(
                    "select p.account_id, b.question_id, b.revision, b.choices
                     from ballot b join participation p on p.participant_id = b.participant_id
                     order by p.account_id, b.question_id, b.revision"
                ),
                args![],
            )
            .await
            .expect("the history is there");
        let mut stored: BTreeMap<(String, String), Vec<Vec<String>>> = BTreeMap::new();
        for (account, question, revision, choices) in history {
            let ballots = stored.entry((account, question)).or_default();
            assert_eq!(i64::try_from(ballots.len()), Ok(revision), "no gap");
            ballots.push(serde_json::from_str(&choices).expect("a list"));
        }
        let mut promised: BTreeMap<(String, String), Vec<Vec<String>>> = BTreeMap::new();
        for voter in &self.voters {
            for (question, choices) in &voter.acknowledged {
                let ballots = promised
                    .entry((voter.account.clone(), (*question).to_owned()))
                    .or_default();
                // A withdrawal of nothing is acknowledged and adds nothing.
                if !(choices.is_empty() && ballots.last().is_none_or(Vec::is_empty)) {
                    ballots.push(choices.iter().map(|c| (*c).to_owned()).collect());
                }
            }
        }
        promised.retain(|_, ballots| !ballots.is_empty());
        assert_eq!(stored, promised, "the history is what was acknowledged");

        let mut counts: BTreeMap<(String, String), i64> = BTreeMap::new();
        for ((_, question), ballots) in &stored {
            for choice in ballots.last().into_iter().flatten() {
                *counts
                    .entry((question.clone(), choice.clone()))
                    .or_default() += 1;
            }
        }
        assert_eq!(shown(&db).await, counts, "the counts follow from it");
        drop(tx);
        db.close().await;
    }
}

/// The counts as the pages show them, without zeros.
async fn shown(db: &Db) -> BTreeMap<(String, String), i64> {
    let service = Service::new(
        db.clone(),
        Arc::new(SystemClock),
        Chance::System,
        Hashing::CHEAP,
        Keys::for_tests(),
    );
    let mut tx = service.read().await.expect("a connection");
    let consultation = storage::consultation::find_by_slug(&mut tx, SLUG)
        .await
        .expect("answers")
        .expect("is there");
    drop(tx);
    let mut tx = service.read().await.expect("a connection");
    let questions = service::ballot::tallies(&service, &mut tx, &Actor::Anonymous, &consultation)
        .await
        .expect("counts");
    let mut counts = BTreeMap::new();
    for view in questions {
        let id: QuestionId = view.question.id.clone();
        for count in view.counts.expect("are shown") {
            if count.votes > 0 {
                counts.insert((id.to_string(), count.choice), count.votes);
            }
        }
    }
    counts
}

pub(crate) async fn open(path: &Path) -> Db {
    Db::open(&format!("sqlite:{}", path.display()))
        .await
        .expect("the file opens")
}

type Output = BufReader<std::process::ChildStdout>;

/// The address in the next line that the program says.
fn address(output: &mut Output) -> SocketAddr {
    let mut line = String::new();
    output.read_line(&mut line).expect("it says where it is");
    line.trim()
        .rsplit("http://")
        .next()
        .and_then(|a| a.trim_end_matches("/metrics").parse().ok())
        .unwrap_or_else(|| panic!("no address in {line:?}"))
}

/// The program, serving on a free port; killed with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    output: Output,
}

impl Server {
    /// Starts `rembug serve` on a file.
    pub(crate) fn start(path: &Path) -> Self {
        Self::start_by(Command::new(PROGRAM), path)
    }

    /// Starts it with figures; the address that it says first is theirs.
    pub(crate) fn start_with_figures(path: &Path) -> (Self, SocketAddr) {
        let mut command = Command::new(PROGRAM);
        command.env("REMBUG_METRICS", "127.0.0.1:0");
        let mut server = Self::start_by(command, path);
        let figures = server.address;
        server.address = address(&mut server.output);
        (server, figures)
    }

    /// Starts it by a command that ends in the program. Its log goes to a device without room: that must not matter.
    pub(crate) fn start_by(mut command: Command, path: &Path) -> Self {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("every Linux has it");
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("DATABASE_URL", format!("sqlite:{}", path.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(full)
            .spawn()
            .expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("is piped"));
        let address = address(&mut output);
        Self {
            child,
            address,
            output,
        }
    }

    pub(crate) fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) text: String,
}

pub(crate) async fn get(
    server: SocketAddr,
    place: &str,
    cookie: &str,
    language: &str,
) -> Option<Got> {
    send(
        server,
        &format!(
            "GET {place} HTTP/1.1\r\nhost: {server}\r\nconnection: close\r\ncookie: {cookie}\r\naccept-language: {language}\r\n\r\n"
        ),
    )
    .await
}

async fn post(
    server: SocketAddr,
    place: &str,
    cookie: &str,
    language: &str,
    body: &str,
) -> Option<Got> {
    send(
        server,
        &format!(
            "POST {place} HTTP/1.1\r\nhost: {server}\r\nconnection: close\r\ncookie: {cookie}\r\naccept-language: {language}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ),
    )
    .await
}

/// One request on a connection of its own; `None` when no head of an answer came.
async fn send(server: SocketAddr, request: &str) -> Option<Got> {
    let exchange = async {
        let mut stream = TcpStream::connect(server).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer).await;
        let text = String::from_utf8_lossy(&answer).into_owned();
        // The head is the acknowledgement, also when the rest does not come any more.
        let head = text.split_once("\r\n\r\n").map(|(head, _)| head)?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        (read.is_ok() || status < 400).then_some(Got { status, text })
    };
    tokio::time::timeout(Duration::from_secs(20), exchange)
        .await
        .ok()
        .flatten()
}

/// The account of a voter, for messages.
impl std::fmt::Debug for Voter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Voter")
            .field(&AccountId::new(self.account.clone()))
            .field(&self.acknowledged.len())
            .finish()
    }
}
