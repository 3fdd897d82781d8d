//! The traps of the field, each closed: take the fix away and the test here fails.

use std::time::Duration;

use app::{Site, request::Assets};
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use http_body_util::BodyExt;
use server::{accept, assets::Files, router};
use service::testing::World;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tower::ServiceExt;

struct Portal {
    router: Router,
    _world: World,
    _guard: storage::testing::Guard,
}

async fn portal() -> Portal {
    let (db, guard) = storage::testing::sqlite().await;
    let world = World::new(db).await;
    let site = Site::new(world.service.clone(), Assets::default(), None);
    Portal {
        router: router::router(site, Files::new(None)),
        _world: world,
        _guard: guard,
    }
}

impl Portal {
    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers")
    }
}

fn post(place: &str) -> axum::http::request::Builder {
    Request::post(place)
        .header(header::HOST, "rembug.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

async fn text(response: Response<Body>) -> String {
    let bytes = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// F2: forms of other sites change nothing; forms of our own without JavaScript pass.
#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let portal = portal().await;
    let body = "email=a%40b.example&password=x";
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let response = portal
            .send(
                post("/akun/masuk")
                    .header(name, value)
                    .body(Body::from(body))
                    .expect("builds"),
            )
            .await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(!text(response).await.is_empty(), "a refusal says why");
    }
    let own = post("/akun/masuk")
        .header("origin", "http://rembug.example")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("builds");
    assert_ne!(portal.send(own).await.status(), StatusCode::FORBIDDEN);
}

/// F3: nobody is sent to another site, and no text of an address is shown as ours.
#[tokio::test]
async fn no_redirect_leaves_the_site_and_no_address_speaks_for_us() {
    let portal = portal().await;
    let sent = post("/konsultasi/tidak-ada/ikuti")
        .header(header::REFERER, "https://evil.example/phish")
        .body(Body::empty())
        .expect("builds");
    let response = portal.send(sent).await;
    if let Some(place) = response.headers().get(header::LOCATION) {
        assert!(!place.to_str().expect("text").contains("evil"), "{place:?}");
    }
    let crafted = Request::get("/?__path=/api/x&__err=PGI-aGFja2Vk&kabar=%3Cb%3Ehacked")
        .body(Body::empty())
        .expect("builds");
    let response = portal.send(crafted).await;
    assert_eq!(response.status(), StatusCode::OK);
    let page = text(response).await;
    assert!(!page.contains("<b>hacked"), "the address speaks");
    for far in [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example",
    ] {
        let place = format!("/akun/masuk?lanjut={}", app::links::encode(far));
        let page = text(
            portal
                .send(Request::get(place).body(Body::empty()).expect("builds"))
                .await,
        )
        .await;
        assert!(
            !page.contains(&format!("value=\"{far}\"")),
            "{far} is kept as the way on"
        );
    }
}

/// F4: broken multipart bodies are a 4xx with a sentence, never a dropped connection.
#[tokio::test]
async fn broken_multipart_is_an_answer() {
    let portal = portal().await;
    for kind in [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x",
    ] {
        for place in [
            "/akun/masuk",
            "/konsultasi/a/tanggapan",
            "/kantor/konsultasi/a/berkas",
        ] {
            let request = Request::post(place)
                .header(header::HOST, "rembug.example")
                .header(header::CONTENT_TYPE, kind)
                .body(Body::from(
                    "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut",
                ))
                .expect("builds");
            let status = portal.send(request).await.status();
            assert!(
                status.is_client_error() || status.is_redirection(),
                "{place} {kind}: {status}"
            );
        }
    }
}

/// A panic inside a request is an answer with a sentence, and the next request works.
#[tokio::test]
async fn a_panic_stays_inside_its_request() {
    async fn broken() -> &'static str {
        panic!("on purpose")
    }
    let app = Router::new()
        .route("/", axum::routing::get(broken))
        .layer(tower_http::catch_panic::CatchPanicLayer::new());
    let response = app
        .oneshot(Request::get("/").body(Body::empty()).expect("builds"))
        .await
        .expect("answers");
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

/// Starts the real accept loop on a free port.
async fn listening() -> (std::net::SocketAddr, watch::Sender<bool>, Portal) {
    let portal = portal().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(accept::serve(
        listener,
        portal.router.clone(),
        |_| None,
        Vec::new(),
        stopped,
    ));
    (address, stop, portal)
}

/// F5: too large by its length and too large in pieces are both 413.
#[tokio::test]
async fn too_large_is_refused_however_it_is_sent() {
    let (address, _stop, _portal) = listening().await;
    let size = 12 * 1024 * 1024;
    for chunked in [false, true] {
        let mut stream = TcpStream::connect(address).await.expect("connects");
        let head = if chunked {
            "transfer-encoding: chunked".to_owned()
        } else {
            format!("content-length: {size}")
        };
        let head = format!(
            "POST /akun/masuk HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n{head}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("writes");
        let piece = vec![b'a'; 64 * 1024];
        for _ in 0..size / piece.len() {
            let sent = if chunked {
                let mut chunk = format!("{:x}\r\n", piece.len()).into_bytes();
                chunk.extend_from_slice(&piece);
                chunk.extend_from_slice(b"\r\n");
                stream.write_all(&chunk).await
            } else {
                stream.write_all(&piece).await
            };
            if sent.is_err() {
                break;
            }
        }
        let mut answer = vec![0; 64];
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut answer)).await;
        // A closed connection without reading on is what some clients see; an acceptance is not.
        if let Ok(Ok(n)) = read
            && n > 0
        {
            let line = String::from_utf8_lossy(&answer[..n]).into_owned();
            assert!(line.contains(" 413 "), "chunked {chunked}: {line}");
        }
    }
}

/// F6: a client that sends its headers drop by drop is cut off.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_headers_are_cut_off() {
    let (address, _stop, _portal) = listening().await;
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ")
        .await
        .expect("writes");
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(14), stream.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "still open after 14 seconds");
}

/// Every answer carries the safety headers, errors and redirects too.
#[tokio::test]
async fn every_answer_is_protected() {
    let portal = portal().await;
    for place in [
        "/",
        "/tidak/ada",
        "/akun/profil",
        "/healthz",
        "/konsultasi",
        "/boot.js",
    ] {
        let response = portal
            .send(Request::get(place).body(Body::empty()).expect("builds"))
            .await;
        for name in [
            "content-security-policy",
            "strict-transport-security",
            "x-content-type-options",
            "referrer-policy",
            "cross-origin-opener-policy",
        ] {
            assert!(
                response.headers().contains_key(name),
                "{place} lacks {name}"
            );
        }
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .expect("text")
            .to_owned();
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        if let Some(kind) = response.headers().get("content-type") {
            let kind = kind.to_str().expect("text");
            assert!(
                !kind.starts_with("text/") || kind.contains("charset=utf-8"),
                "{place}: {kind}"
            );
        }
    }
}

/// Two drawings of an anonymous page are the same bytes.
#[tokio::test]
async fn anonymous_pages_are_byte_identical() {
    let portal = portal().await;
    for place in [
        "/",
        "/konsultasi",
        "/akun/masuk",
        "/cari",
        "/moderasi",
        "/data",
    ] {
        let get = || Request::get(place).body(Body::empty()).expect("builds");
        let (one, two) = (
            text(portal.send(get()).await).await,
            text(portal.send(get()).await).await,
        );
        assert_eq!(one, two, "{place}");
        assert!(one.contains("<h1"), "{place} has a title");
    }
}

/// Odd addresses are answers below 500.
#[tokio::test]
async fn odd_addresses_never_break() {
    let portal = portal().await;
    let long = format!("/cari?q={}", "a".repeat(6_000));
    for place in [
        "/konsultasi/%ff%fe",
        "/konsultasi/..%2f..%2fetc",
        "/konsultasi?halaman=-1",
        "/konsultasi?halaman=99999999999999999999",
        "/konsultasi?halaman=2&halaman=3&kantor=%00&wilayah=%27&keadaan=x",
        "/cari?q=%25_%22*%27)%20OR%201",
        "/cari?q=%ff",
        "/konsultasi/x/tanggapan?urut=aneh&halaman=0",
        "/tanggapan/%00",
        "/berkas/x/%2e%2e",
        "/%",
        "/?%",
        &long,
    ] {
        let Ok(request) = Request::get(place).body(Body::empty()) else {
            continue;
        };
        let status = portal.send(request).await.status();
        assert!(!status.is_server_error(), "{place}: {status}");
    }
}
