//! The safety headers of every answer, and what is refused before anything else looks at a request.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// No inline script or style, no host but our own, no frame; compiling WASM is allowed, evaluating text is not.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
     object-src 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (
        header::STRICT_TRANSPORT_SECURITY,
        "max-age=31536000; includeSubDomains",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
    ),
];

/// Adds the headers that an answer does not set itself.
pub(crate) async fn protect(mut request: Request, next: Next) -> Response {
    drop_foreign_referer(&mut request);
    let mut response = next.run(request).await;
    add(&mut response);
    response
}

/// Adds the headers to an answer that is not the router's.
pub(crate) fn add(response: &mut Response) {
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}

/// A form without JavaScript goes back to the page it came from: never to another site.
fn drop_foreign_referer(request: &mut Request) {
    let text = |name: HeaderName| request.headers().get(name).and_then(|v| v.to_str().ok());
    let own = match (text(header::REFERER), text(header::HOST)) {
        (Some(referer), Some(host)) => referer
            .split_once("://")
            .is_some_and(|(_, rest)| rest.split('/').next() == Some(host)),
        _ => false,
    };
    if !own {
        request.headers_mut().remove(header::REFERER);
    }
}
