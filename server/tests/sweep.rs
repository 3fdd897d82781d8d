//! Every address of the program, for every kind of actor, with every kind of bad input: an answer below 500 with words
//! in it, and nothing half stored. And the permissions as a text that can be read: `permissions.txt` beside this file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use app::{Site, links::encode, request::Assets};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{AccountId, ConsultationId};
use http_body_util::BodyExt;
use server::{assets::Files, router};
use service::{
    Chance,
    ballot::fixture,
    chance,
    testing::{START, World},
};
use storage::{Db, Error, account::Session, db_test};
use tower::ServiceExt;

/// The kinds of actors, by their account. The consultation is one of `rina`'s office.
const ACTORS: [(&str, Option<&str>); 6] = [
    ("anonymous", None),
    ("resident", Some("siti")),
    ("moderator", Some("moderator")),
    ("officer", Some("rina")),
    ("officer elsewhere", Some("agus")),
    ("administrator", Some("admin")),
];

/// A text that must come back as a text.
const EVIL: &str = "\"'></textarea></title><script>alert(1)</script>";

/// What a route's parameters stand for in a town where all of it is there.
const THERE: &[(&str, &str)] = &[
    ("{slug}", "sepeda"),
    ("{question}", "q-position"),
    ("{number}", "1"),
    ("{label}", "1"),
    ("{token}", "x"),
    ("{name}", "peta.txt"),
    ("{*name}", "rembug.css"),
];

// ---- Addresses, read from the sources: a new one is swept by itself.

fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![root.join("app/src"), root.join("server/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                found.insert(path.display().to_string(), text);
            }
        }
    }
    found
}

/// Every address with whether it can be got and posted to.
fn routes() -> BTreeMap<String, (bool, bool)> {
    let sources = sources();
    let constant = |name: &str| {
        let name = name.rsplit("::").next().unwrap_or(name);
        let wanted = format!("const {name}: &str = \"");
        sources
            .values()
            .find_map(|text| text.split_once(&wanted)?.1.split('"').next())
            .unwrap_or_else(|| panic!("no address named {name}"))
            .to_owned()
    };
    let mut routes = BTreeMap::new();
    for (name, text) in &sources {
        // The listener of the figures is another one.
        if name.ends_with("server/src/metrics.rs") {
            continue;
        }
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for piece in text.split(".route(").skip(1) {
            let inside = inside(piece);
            let (address, methods) = inside.split_once(',').expect("an address and its methods");
            let address = address.trim();
            let address = match address.strip_prefix('"') {
                Some(literal) => literal.trim_end_matches('"').to_owned(),
                None => constant(address),
            };
            let prefix = if name.ends_with("server/src/api.rs") {
                "/api/v1"
            } else {
                ""
            };
            routes.insert(
                format!("{prefix}{address}"),
                (methods.contains("get("), methods.contains("post(")),
            );
        }
    }
    assert!(routes.len() > 70, "{routes:?}");
    routes
}

/// Up to the bracket that closes what is open.
fn inside(text: &str) -> &str {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return &text[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// The names of all fields that a handler asks for.
fn fields() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in sources().values() {
        for ask in [".text(\"", ".string(\"", ".all(\"", ".has(\""] {
            for piece in text.split(ask).skip(1) {
                names.extend(piece.split('"').next().map(str::to_owned));
            }
        }
    }
    names.insert("pilihan".to_owned());
    names.insert("jawab".to_owned());
    assert!(names.len() > 50, "{names:?}");
    names
}

// ---- A town in which all of it is there.

struct Portal {
    router: Router,
    world: World,
    /// A front end of empty files: the tests run before there is a built one.
    _front: tempfile::TempDir,
}

const TOWN: &[&str] = &[
    "insert into text_version (id, consultation_id, number, source, created_at, published_at)
     values ('v1', 'sepeda', 1, 'Pasal 1', 0, 1)",
    "insert into clause (id, version_id, consultation_id, position, label, heading, body, body_html)
     values ('k1', 'v1', 'sepeda', 1, '1', 'Pasal 1', 'isi', '<p>isi</p>')",
    "insert into statement (id, consultation_id, number, body, status, is_seed, created_at)
     values ('s1', 'sepeda', 1, 'Trotoar perlu diperlebar.', 'accepted', true, 0)",
    "insert into comment (id, consultation_id, root_id, depth, account_id, body, posted_at, send_key)
     values ('c1', 'sepeda', 'c1', 0, 'siti', 'Setuju sekali.', 1, 'k')",
    "insert into file (id, name, media_type, size, sha256, body, created_at)
     values ('f1', 'peta.txt', 'text/plain', 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '', 0)",
    "insert into attachment (consultation_id, file_id, title, position) values ('sepeda', 'f1', 'Peta', 1)",
];

impl Portal {
    async fn new(db: Db) -> Self {
        let world = World::new(db).await;
        fixture::open(&world, "sepeda", "live").await;
        let done: Result<(), Error> = world
            .service
            .db()
            .write(|tx| {
                Box::pin(async move {
                    for statement in TOWN {
                        tx.run(statement, vec![]).await?;
                    }
                    // The clock goes on between the requests, so that no limit hides what lies behind it.
                    tx.run(
                        "update consultation set closes_at = $1",
                        storage::args![START.plus_days(900)],
                    )
                    .await?;
                    Ok(())
                })
            })
            .await;
        done.expect("the town takes it");
        service::search::refresh(&world.service, &ConsultationId::new("sepeda"))
            .await
            .expect("is found");
        let front = tempfile::tempdir().expect("a folder");
        fs::create_dir(front.path().join("pkg")).expect("a folder");
        for name in ["pkg/rembug.css", "boot.js", "favicon.svg", "og.png"] {
            fs::write(front.path().join(name), "").expect("a file");
        }
        let site = Site::new(world.service.clone(), Assets::default(), None);
        Self {
            router: router::router(site, Files::new(Some(front.path().to_owned()))),
            world,
            _front: front,
        }
    }

    /// A new session of an account, as its cookie. A request may end it.
    async fn session(&self, account: Option<&'static str>) -> String {
        let Some(account) = account else {
            return String::new();
        };
        let (token, now) = (Chance::System.token(), self.world.service.now());
        let session = Session {
            id_hash: chance::digest(&token),
            created_at: now.0,
            seen_at: now.0,
            expires_at: now.plus_days(1).0,
            device: String::new(),
        };
        let done: Result<(), Error> = self
            .world
            .service
            .db()
            .write(move |tx| {
                Box::pin(async move {
                    storage::account::insert_session(tx, &AccountId::new(account), &session).await
                })
            })
            .await;
        done.expect("a session");
        format!("__Host-rembug={token}")
    }

    async fn send(&self, request: Request<Body>) -> Got {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let head = |name| {
            response
                .headers()
                .get(name)
                .and_then(|v| v.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        let (status, kind, place) = (
            response.status(),
            head(header::CONTENT_TYPE),
            head(header::LOCATION),
        );
        // News go on and on.
        let bytes = if kind.starts_with("text/event-stream") {
            axum::body::Bytes::new()
        } else {
            let body = response.into_body().collect().await;
            body.expect("a whole body").to_bytes()
        };
        Got {
            status,
            kind,
            place,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

struct Got {
    status: StatusCode,
    kind: String,
    place: String,
    text: String,
}

/// A request that may not even be one: `None` when no client could send it.
fn request(
    method: &str,
    place: &str,
    cookie: &str,
    kind: &str,
    body: Vec<u8>,
) -> Option<Request<Body>> {
    let mut request = Request::builder()
        .method(method)
        .uri(place)
        .header(header::HOST, "rembug.example")
        .header(header::COOKIE, cookie);
    if !kind.is_empty() {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    request.body(Body::from(body)).ok()
}

const FORM: &str = "application/x-www-form-urlencoded";

/// The address with its parameters filled.
fn filled(route: &str, with: &[(&str, &str)]) -> String {
    let id = match route.split('/').nth(1) {
        Some("tanggapan") => "c1",
        Some("berkas") => "f1",
        _ => "bambang",
    };
    let mut place = route.replace("{id}", id);
    for (name, value) in with {
        place = place.replace(name, value);
    }
    place
}

fn is_markup(kind: &str) -> bool {
    ["html", "xml", "svg"].iter().any(|of| kind.contains(of))
}

/// Below 500, and with words where something is refused.
fn judge(case: &str, place: &str, got: &Got) {
    let status = got.status.as_u16();
    assert!(
        matches!(
            status,
            200 | 204 | 303 | 304 | 400 | 403 | 404 | 405 | 409 | 413 | 422 | 429
        ),
        "{case}: {status} {}",
        got.text
    );
    // Only what a browser reads as markup can run; in a CSV or a JSON it is the text that was written.
    assert!(
        !(is_markup(&got.kind) && got.text.contains("<script>alert(1)")),
        "{case}: a text became a script"
    );
    if status == 303 {
        assert!(
            got.place.starts_with('/') && !got.place.starts_with("//"),
            "{case}: leads to {}",
            got.place
        );
    }
    if status < 400 {
        return;
    }
    if place.starts_with("/api/") {
        let problem: serde_json::Value = serde_json::from_str(&got.text)
            .unwrap_or_else(|_| panic!("{case}: {} is no JSON", got.text));
        assert!(
            problem["code"].is_string()
                && problem["message"].as_str().is_some_and(|m| m.len() > 10),
            "{case}: {problem}"
        );
    } else if got.kind.starts_with("text/html") {
        assert!(got.text.contains("<h1"), "{case}: {}", got.text);
    } else {
        assert!(
            got.text.trim().len() > 10,
            "{case}: {status} without a sentence"
        );
    }
}

// ---- The permissions.

db_test! { async fn permissions_are_as_written_down(db) {
    let portal = Portal::new(db).await;
    let mut text = String::from(
        "# Who gets which answer, in a consultation that is open, with an empty form. 303> leads to signing in.\n#\n",
    );
    let mut columns = String::new();
    for (actor, _) in ACTORS {
        let _ = write!(columns, " {actor:<18}");
    }
    let _ = writeln!(text, "# {:<55}{}", "", columns.trim_end());
    let routes = routes();
    // What is got changes nothing, so that comes first.
    for method in ["GET", "POST"] {
        for (route, (get, post)) in &routes {
            if !(if method == "GET" { *get } else { *post }) {
                continue;
            }
            let mut line = format!("{method:<4} {route:<52}");
            for (actor, account) in ACTORS {
                let cookie = portal.session(account).await;
                let place = filled(route, THERE);
                let kind = if method == "POST" { FORM } else { "" };
                let request = request(method, &place, &cookie, kind, Vec::new()).expect("builds");
                let got = portal.send(request).await;
                judge(&format!("{method} {place} by {actor}"), &place, &got);
                let sign_in = got.place.starts_with("/akun/masuk") && route != "/akun/keluar";
                let mark = if sign_in { ">" } else { "" };
                let _ = write!(line, " {:<18}", format!("{}{mark}", got.status.as_u16()));
                portal.world.clock.advance(61);
            }
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/permissions.txt");
    let written = fs::read_to_string(&file).unwrap_or_default();
    if written != text {
        let new = std::env::temp_dir().join("rembug-permissions.txt");
        fs::write(&new, &text).expect("the new text can be written");
        panic!("permissions have changed; if that is meant, put {} in the place of {}:\n{text}", new.display(), file.display());
    }
} }

// ---- Bad input.

fn bad_queries(names: &BTreeSet<String>) -> Vec<(&'static str, String)> {
    let each = |value: &str| {
        let pairs: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
        pairs.join("&")
    };
    vec![
        ("a script in every field", each(&encode(EVIL))),
        (
            "nothing readable",
            "halaman=-1&urut=%ff&cari=%00&q=%ED%A0%80&&=&%".to_owned(),
        ),
        (
            "huge and twice",
            format!("{}&{}", each("99999999999999999999"), each("-1")),
        ),
        ("long", format!("q={0}&cari={0}", "a".repeat(3_000))),
        (
            "switches",
            "bahasa=xx&hemat=9&kabar=%3Cscript%3Ealert(1)%3C/script%3E&kabar=masuk".to_owned(),
        ),
    ]
}

type Bad = (&'static str, &'static str, Vec<u8>);

fn bad_bodies(names: &BTreeSet<String>) -> Vec<Bad> {
    let each = |value: &str| {
        let pairs: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
        pairs.join("&")
    };
    let one = |value: &str| each(value).into_bytes();
    vec![
        ("no fields", FORM, Vec::new()),
        ("unknown fields", FORM, b"tidak_ada=1&x=y".to_vec()),
        ("a script in every field", FORM, one(&encode(EVIL))),
        ("NUL in every field", FORM, one("a%00b%00")),
        (
            "every field twice",
            FORM,
            format!("{}&{}", each("1"), each("2")).into_bytes(),
        ),
        ("huge numbers", FORM, one("99999999999999999999")),
        ("too long", FORM, one(&"b".repeat(8_000))),
        ("broken UTF-8", FORM, one("%ff%fe")),
        ("half a surrogate", FORM, one("%ED%A0%80")),
        ("bytes that are no form", FORM, b"\xff\x00&=&&==;%".to_vec()),
        (
            "a megabyte",
            FORM,
            format!("isi={}", "c".repeat(1_100_000)).into_bytes(),
        ),
        ("plain text", "text/plain", b"isi=halo".to_vec()),
        ("JSON", "application/json", b"{\"isi\":".to_vec()),
        ("no kind", "", b"isi=halo".to_vec()),
        (
            "half a multipart",
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"isi\"\r\n\r\nhal".to_vec(),
        ),
    ]
}

/// Cases that no handler which reads a form may take for one.
const UNREADABLE: [&str; 3] = ["broken UTF-8", "half a surrogate", "a megabyte"];

db_test! { async fn no_input_breaks_an_answer_or_stores_a_half(db) {
    let portal = Portal::new(db).await;
    let (routes, names) = (routes(), fields());
    let (queries, bodies) = (bad_queries(&names), bad_bodies(&names));
    for (route, (get, post)) in &routes {
        let place = filled(route, THERE);
        for (actor, account) in ACTORS {
            let cookie = portal.session(account).await;
            if *get {
                for (case, query) in &queries {
                    let case = format!("GET {place} by {actor}: {case}");
                    if let Some(request) = request("GET", &format!("{place}?{query}"), &cookie, "", Vec::new()) {
                        judge(&case, &place, &portal.send(request).await);
                    }
                }
            }
            if *post {
                for (case, kind, body) in &bodies {
                    let name = format!("POST {place} by {actor}: {case}");
                    let cookie = portal.session(account).await;
                    let request = request("POST", &place, &cookie, kind, body.clone()).expect("builds");
                    let got = portal.send(request).await;
                    judge(&name, &place, &got);
                    if UNREADABLE.contains(case) {
                        assert_ne!(got.status, StatusCode::OK, "{name}");
                    }
                    portal.world.clock.advance(61);
                }
            }
        }
    }
    sound(&portal).await;
} }

db_test! { async fn no_address_breaks_an_answer(db) {
    let portal = Portal::new(db).await;
    let values = ["%00", "%ff%fe", "%ED%A0%80", "..%2f..", "99999999999999999999", "-1", "%27%3B%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "{}"];
    for (route, (get, post)) in &routes() {
        if !route.contains('{') {
            continue;
        }
        for value in values {
            let with: Vec<(&str, &str)> = THERE.iter().map(|(name, _)| (*name, value)).collect();
            let place = filled(&route.replace("{id}", value), &with);
            for (actor, account) in [ACTORS[0], ACTORS[1], ACTORS[5]] {
                let cookie = portal.session(account).await;
                for (method, there) in [("GET", get), ("POST", post)] {
                    let kind = if method == "POST" { FORM } else { "" };
                    let Some(request) = request(method, &place, &cookie, kind, Vec::new()).filter(|_| *there) else {
                        continue;
                    };
                    let got = portal.send(request).await;
                    judge(&format!("{method} {place} by {actor}"), &place, &got);
                }
            }
        }
    }
    sound(&portal).await;
} }

/// What was refused has left nothing behind, and what was taken is whole.
async fn sound(portal: &Portal) {
    let checked = service::upkeep::check(&portal.world.service)
        .await
        .expect("is checked");
    for one in checked {
        assert_eq!(one.wrong, 0, "{one:?}");
    }
}
