//! A town behind the whole router, and a phone's browser without JavaScript before it.

use std::fs;

use app::{Site, request::Assets};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Request, Response, StatusCode, header, request::Builder},
};
use domain::AccountId;
use http_body_util::BodyExt;
use server::{assets::Files, router};
use service::{
    Chance, chance,
    testing::{PASSWORD, World},
};
use storage::{Db, Error, account::Session};
use tower::ServiceExt;

/// The kind of a form's body.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

const SESSION: &str = "__Host-rembug";

/// The program in one process: a town of its own, asked without a network.
pub(crate) struct Portal {
    pub(crate) router: Router,
    pub(crate) world: World,
    /// What goes away with the portal: its front end, its database.
    _front: tempfile::TempDir,
    _database: Option<storage::testing::Guard>,
}

impl Portal {
    /// A town on a SQLite database of its own.
    pub(crate) async fn new() -> Self {
        let (db, guard) = storage::testing::sqlite().await;
        Self {
            _database: Some(guard),
            ..Self::over(db).await
        }
    }

    /// A town on an empty database of any kind.
    pub(crate) async fn over(db: Db) -> Self {
        let world = World::new(db).await;
        // A front end of empty files: the tests run before there is a built one.
        let front = tempfile::tempdir().expect("a folder");
        fs::create_dir(front.path().join("pkg")).expect("a folder");
        for name in [
            "pkg/rembug.css",
            "boot.js",
            "worker.js",
            "favicon.svg",
            "icon-192.png",
            "icon-512.png",
            "og.png",
        ] {
            fs::write(front.path().join(name), "").expect("a file");
        }
        let site = Site::new(world.service.clone(), Assets::default(), None);
        Self {
            router: router::router(site, Files::new(Some(front.path().to_owned()))),
            world,
            _front: front,
            _database: None,
        }
    }

    /// The answer while it still comes in.
    pub(crate) async fn open(&self, request: Request<Body>) -> Response<Body> {
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers")
    }

    /// The whole answer; of news, which go on and on, the head alone.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.open(request).await.into_parts();
        let mut answer = Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::new(),
        };
        let bytes = if answer.kind().starts_with("text/event-stream") {
            Bytes::new()
        } else {
            body.collect().await.expect("a whole body").to_bytes()
        };
        answer.text = if answer.kind().starts_with("text/html") {
            String::from_utf8(bytes.to_vec()).expect("a page is UTF-8")
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        };
        answer
    }

    pub(crate) async fn get(&self, place: &str, cookies: &str) -> Answer {
        // A browser keeps the part of the page to itself.
        let place = place.split('#').next().unwrap_or_default();
        let request = browser("GET", place, cookies).body(Body::empty());
        self.send(request.expect("an address")).await
    }

    pub(crate) async fn post(&self, place: &str, cookies: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| {
                // A browser's forms write a space so.
                format!("{name}={}", app::links::encode(value).replace("%20", "+"))
            })
            .collect();
        let request = browser("POST", place, cookies)
            .header(header::CONTENT_TYPE, FORM)
            .body(Body::from(pairs.join("&")));
        self.send(request.expect("an address")).await
    }

    /// Signs in as one of the town; the session's cookie to send along.
    pub(crate) async fn sign_in(&self, key: &str) -> String {
        self.sign_in_with(key, "").await
    }

    /// Signs in with the cookies that the browser has already.
    pub(crate) async fn sign_in_with(&self, key: &str, cookies: &str) -> String {
        let email = format!("{key}@warga.example");
        let fields = [("email", email.as_str()), ("password", PASSWORD)];
        let answer = self.post("/akun/masuk", cookies, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        answer.pair(SESSION)
    }

    /// The cookie of a new session that no limit counts: for tests that need thousands of them.
    pub(crate) async fn session(&self, account: &'static str) -> String {
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
        format!("{SESSION}={token}")
    }
}

/// The head of a request as a phone's browser sends it; to be finished with a body.
pub(crate) fn browser(method: &str, place: &str, cookies: &str) -> Builder {
    let request = Request::builder()
        .method(method)
        .uri(place)
        .header(header::HOST, "rembug.example")
        .header(
            header::USER_AGENT,
            "Mozilla/5.0 (Linux; Android 10; K) Chrome/126.0 Mobile Safari/537.36",
        );
    if cookies.is_empty() {
        request
    } else {
        request.header(header::COOKIE, cookies)
    }
}

/// What came back, with its body as text.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// A header, or nothing.
    pub(crate) fn head(&self, name: impl header::AsHeaderName) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("a header is text"))
            .unwrap_or_default()
    }

    /// Where it leads.
    pub(crate) fn place(&self) -> &str {
        self.head(header::LOCATION)
    }

    /// Of what kind the body is.
    pub(crate) fn kind(&self) -> &str {
        self.head(header::CONTENT_TYPE)
    }

    fn set(&self) -> impl Iterator<Item = &str> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter();
        lines.map(|line| line.to_str().expect("a cookie is text"))
    }

    /// The whole `Set-Cookie` line of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.set()
            .find(|line| line.starts_with(&format!("{name}=")))
    }

    /// `name=value` of a cookie that must be set, to send it back.
    pub(crate) fn pair(&self, name: &str) -> String {
        let line = self
            .cookie(name)
            .unwrap_or_else(|| panic!("no cookie {name}: {:?}", self.headers));
        line.split(';').next().unwrap_or_default().to_owned()
    }

    /// All cookies that are set and not taken back, to send them back.
    pub(crate) fn cookies(&self) -> String {
        let pairs = self.set().filter_map(|line| line.split(';').next());
        let kept: Vec<&str> = pairs.filter(|pair| !pair.ends_with('=')).collect();
        kept.join("; ")
    }
}
