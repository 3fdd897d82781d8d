//! Forms and addresses that somebody else has made.

use axum::{
    body::Body,
    http::{StatusCode, header, request::Builder},
};

use crate::rig::{FORM, Portal, browser};

fn form(place: &str) -> Builder {
    browser("POST", place, "").header(header::CONTENT_TYPE, FORM)
}

/// F2: forms of other sites change nothing; forms of our own without JavaScript pass.
#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let portal = Portal::new().await;
    let body = "email=a%40b.example&password=x";
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let foreign = form("/akun/masuk").header(name, value);
        let answer = portal
            .send(foreign.body(Body::from(body)).expect("builds"))
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(!answer.text.is_empty(), "a refusal says why");
    }
    let own = form("/akun/masuk")
        .header("origin", "http://rembug.example")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("builds");
    assert_ne!(portal.send(own).await.status, StatusCode::FORBIDDEN);
}

/// F3: nobody is sent to another site, and no text of an address is shown as ours.
#[tokio::test]
async fn no_redirect_leaves_the_site_and_no_address_speaks_for_us() {
    let portal = Portal::new().await;
    let sent = form("/konsultasi/tidak-ada/ikuti")
        .header(header::REFERER, "https://evil.example/phish")
        .body(Body::empty())
        .expect("builds");
    let answer = portal.send(sent).await;
    assert!(!answer.place().contains("evil"), "{}", answer.place());
    let crafted = "/?__path=/api/x&__err=PGI-aGFja2Vk&kabar=%3Cb%3Ehacked";
    let answer = portal.get(crafted, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.text.contains("<b>hacked"), "the address speaks");
    for far in [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example",
    ] {
        let place = format!("/akun/masuk?lanjut={}", app::links::encode(far));
        let page = portal.get(&place, "").await.text;
        assert!(
            !page.contains(&format!("value=\"{far}\"")),
            "{far} is kept as the way on"
        );
    }
}

/// F4: broken multipart bodies are a 4xx with a sentence, never a dropped connection.
#[tokio::test]
async fn broken_multipart_is_an_answer() {
    let portal = Portal::new().await;
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
            let request = browser("POST", place, "")
                .header(header::CONTENT_TYPE, kind)
                .body(Body::from(
                    "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut",
                ))
                .expect("builds");
            let status = portal.send(request).await.status;
            assert!(
                status.is_client_error() || status.is_redirection(),
                "{place} {kind}: {status}"
            );
        }
    }
}
