//! Bad input.

use std::collections::BTreeSet;

use app::links::encode;
use axum::http::StatusCode;
use storage::db_test;

use super::{
    address::{THERE, fields, filled, routes},
    judge::judge,
    town::{ACTORS, cookies, open, request, sound},
};
use crate::rig::FORM;

/// A text that must come back as a text.
const EVIL: &str = "\"'></textarea></title><script>alert(1)</script>";

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
    let portal = open(db).await;
    let (routes, names) = (routes(), fields());
    let (queries, bodies) = (bad_queries(&names), bad_bodies(&names));
    for (route, (get, post)) in &routes {
        let place = filled(route, THERE);
        for (actor, account) in ACTORS {
            let cookie = cookies(&portal, account).await;
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
                    let cookie = cookies(&portal, account).await;
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
    let portal = open(db).await;
    let values = ["%00", "%ff%fe", "%ED%A0%80", "..%2f..", "99999999999999999999", "-1", "%27%3B%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "{}"];
    for (route, (get, post)) in &routes() {
        if !route.contains('{') {
            continue;
        }
        for value in values {
            let with: Vec<(&str, &str)> = THERE.iter().map(|(name, _)| (*name, value)).collect();
            let place = filled(&route.replace("{id}", value), &with);
            for (actor, account) in [ACTORS[0], ACTORS[1], ACTORS[5]] {
                let cookie = cookies(&portal, account).await;
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
