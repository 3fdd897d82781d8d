//! Compression: what the client can read, and the bytes for it.

use std::io::Write as _;

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

/// Smaller answers are not worth compressing.
const SMALL: usize = 600;

/// What the client can read and what it has.
pub(crate) struct Wish {
    pub(crate) brotli: bool,
    pub(crate) gzip: bool,
    has: Option<HeaderValue>,
}

impl Wish {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let accepts = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        let takes = |name: &str| {
            accepts.split(',').any(|part| {
                let mut part = part.split(';');
                part.next().is_some_and(|n| n.trim() == name) && !part.any(|p| p.trim() == "q=0")
            })
        };
        Self {
            brotli: takes("br"),
            gzip: takes("gzip"),
            has: headers.get(header::IF_NONE_MATCH).cloned(),
        }
    }

    /// Whether the client has what bears this mark.
    pub(crate) fn has(&self, etag: &HeaderValue) -> bool {
        self.has
            .as_ref()
            .and_then(|v| v.to_str().ok())
            .is_some_and(|list| {
                list.split(',')
                    .any(|e| e.trim().as_bytes() == etag.as_bytes())
            })
    }
}

/// An answer as the client reads it: text is compressed.
pub(crate) async fn compress(response: Response, wish: &Wish) -> Response {
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let text = [
        "text/html",
        "text/css",
        "text/csv",
        "text/calendar",
        "application/json",
        "application/atom+xml",
        "application/xml",
    ]
    .iter()
    .any(|t| kind.starts_with(t));
    if !text
        || !(wish.brotli || wish.gzip)
        || response.headers().contains_key(header::CONTENT_ENCODING)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    vary(&mut parts.headers);
    if plain.len() < SMALL {
        return Response::from_parts(parts, plain.into());
    }
    let (bytes, name) = if wish.brotli {
        (brotli(&plain, 4), "br")
    } else {
        (gzip(&plain), "gzip")
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts
        .headers
        .insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    Response::from_parts(parts, bytes.into())
}

/// What else than the address an answer depends on.
pub(crate) fn vary(headers: &mut HeaderMap) {
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept-Encoding, Accept-Language, Cookie, Save-Data"),
    );
}

pub(crate) fn brotli(plain: &[u8], quality: i32) -> Bytes {
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 20,
        ..Default::default()
    };
    let mut out = Vec::with_capacity(plain.len() / 4);
    // Writing into memory does not fail.
    let _ = brotli::BrotliCompress(&mut &plain[..], &mut out, &params);
    out.into()
}

pub(crate) fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(
        Vec::with_capacity(plain.len() / 3),
        flate2::Compression::new(5),
    );
    let _ = encoder.write_all(plain);
    encoder.finish().unwrap_or_default().into()
}
