//! The cookies of sessions and of guests' drafts: for this host alone, unseen by scripts, not sent along by other sites.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use service::account::SignedIn;

use crate::request::{CASE_COOKIE, GUEST_COOKIE, SESSION_COOKIE};

/// Days for which a guest's drafts are found again; the server keeps them as long.
const GUEST_SECONDS: i64 = service::draft::DAYS * 86_400;

/// Hands a new session to the browser; what the guest typed has gone over to the account.
pub(super) fn signed_in(mut response: Response, new: &SignedIn) -> Response {
    set(&mut response, SESSION_COOKIE, &new.token, new.seconds);
    set(&mut response, GUEST_COOKIE, "", 0);
    response
}

/// Takes the session back.
pub(super) fn signed_out(mut response: Response) -> Response {
    set(&mut response, SESSION_COOKIE, "", 0);
    set(&mut response, CASE_COOKIE, "", 0);
    // Nothing of the person stays on a phone that others use: no kept page, no draft.
    response.headers_mut().insert(
        "clear-site-data",
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    response
}

/// Takes a guest's key back: a computer that others use.
pub(crate) fn guest_left(mut response: Response) -> Response {
    set(&mut response, GUEST_COOKIE, "", 0);
    set(&mut response, CASE_COOKIE, "", 0);
    response.headers_mut().insert(
        "clear-site-data",
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    response
}

/// Others use this computer, too: it is remembered until the browser is closed.
pub(crate) fn shared(response: &mut Response) {
    let value = HeaderValue::from_static("bersama=1; Path=/; HttpOnly; SameSite=Lax; Secure");
    response.headers_mut().append(header::SET_COOKIE, value);
    // What was kept before it was said.
    response.headers_mut().insert(
        "clear-site-data",
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
}

/// Hands a guest the key to their drafts.
pub(crate) fn guest(mut response: Response, token: &str) -> Response {
    set(&mut response, GUEST_COOKIE, token, GUEST_SECONDS);
    response
}

/// Forgets the language that a switch chose, so that the account's own counts again.
pub(super) fn forget_language(mut response: Response) -> Response {
    let value = HeaderValue::from_static("bahasa=; Path=/; Max-Age=0; SameSite=Lax; Secure");
    response.headers_mut().append(header::SET_COOKIE, value);
    response
}

/// Our tokens are hexadecimal, so that none can break out of the header.
fn set(response: &mut Response, name: &str, token: &str, seconds: i64) {
    let cookie =
        format!("{name}={token}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
