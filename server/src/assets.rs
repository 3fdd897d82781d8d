//! The built front end: inside the release binary, so that it runs from any folder, or from a folder that is named.

use std::{borrow::Cow, path::PathBuf, sync::Arc};

use app::request::Assets;
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

#[derive(rust_embed::RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Embedded;

/// Where the front end lies.
#[derive(Clone, Debug)]
pub struct Files {
    root: Option<Arc<PathBuf>>,
}

impl Files {
    /// The folder, or the files inside the binary.
    pub fn new(root: Option<PathBuf>) -> Self {
        Self {
            root: root.map(Arc::new),
        }
    }

    fn read(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        let safe = !name
            .split('/')
            .any(|part| part.is_empty() || part.starts_with('.'));
        match &self.root {
            _ if !safe => None,
            Some(root) => std::fs::read(root.join(name)).ok().map(Cow::Owned),
            None => Embedded::get(name).map(|file| file.data),
        }
    }

    /// The addresses that pages use; their mark changes with the content of any of the files.
    pub fn addresses(&self) -> Assets {
        let mut digest = service::chance::Digester::default();
        for name in [
            "pkg/rembug.css",
            "pkg/rembug.js",
            "pkg/rembug.wasm",
            "pkg/form.js",
            "pkg/form.wasm",
            "pkg/group.js",
            "pkg/group.wasm",
            "boot.js",
            "worker.js",
        ] {
            digest.add(&self.read(name).unwrap_or_default());
        }
        let mark = &digest.end()[..12];
        let boot = self
            .read("pkg/rembug.wasm")
            .map(|_| format!("/boot.js?v={mark}"))
            .unwrap_or_default();
        Assets {
            style: format!("/pkg/rembug.css?v={mark}"),
            boot,
        }
    }

    /// The routes of the files.
    pub fn router(self) -> Router {
        Router::new()
            .route("/pkg/{*name}", get(package))
            .route("/boot.js", get(top))
            .route("/worker.js", get(top))
            .route("/icon-192.png", get(top))
            .route("/icon-512.png", get(top))
            .route("/favicon.svg", get(top))
            .route("/og.png", get(top))
            .with_state(self)
    }
}

async fn package(
    State(files): State<Files>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    answer(&files, &format!("pkg/{name}"), &request)
}

async fn top(State(files): State<Files>, request: Request) -> Response {
    answer(
        &files,
        request.uri().path().trim_start_matches('/'),
        &request,
    )
}

fn answer(files: &Files, name: &str, request: &Request) -> Response {
    let accepts = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let (bytes, encoding) = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(word, _)| accepts.contains(word))
        .find_map(|(word, tail)| Some((files.read(&format!("{name}{tail}"))?, Some(word))))
        .or_else(|| Some((files.read(name)?, None)))
        .unzip();
    let (Some(bytes), encoding) = (bytes, encoding.flatten()) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(kind_of(name)),
    );
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    // An address with a mark names this very content for ever.
    let kept = if request.uri().query().is_some_and(|q| q.starts_with("v=")) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=300"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, tail)| tail) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
