//! Votes and statements through the whole router: what a browser without JavaScript sends and gets, and the news.

use std::time::Duration;

use app::{Site, request::Assets};
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use domain::{Actor, statement::Draft};
use http_body_util::BodyExt;
use server::{assets::Files, router};
use service::{
    ballot::fixture,
    testing::{PASSWORD, World},
};
use tower::ServiceExt;

struct Portal {
    router: Router,
    world: World,
    _guard: storage::testing::Guard,
}

async fn portal(shown: &'static str) -> Portal {
    let (db, guard) = storage::testing::sqlite().await;
    let world = World::new(db).await;
    fixture::open(&world, "sepeda", shown).await;
    for text in [
        "Trotoar lebih penting daripada parkir.",
        "Jalur sepeda perlu <b>pagar</b> pembatas.",
    ] {
        let draft = Draft {
            teks: text.to_owned(),
        };
        service::statement::seed(&world.service, &world.rina, "sepeda", &draft)
            .await
            .expect("plants");
    }
    let site = Site::new(world.service.clone(), Assets::default(), None);
    Portal {
        router: router::router(site, Files::new(None)),
        world,
        _guard: guard,
    }
}

/// What came back: status, where to, cookies as they are sent again, the text.
struct Got {
    status: StatusCode,
    place: String,
    cookies: String,
    text: String,
}

impl Portal {
    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers")
    }

    async fn get(&self, place: &str, cookies: &str) -> Got {
        let request = Request::get(place)
            .header(header::HOST, "rembug.example")
            .header(header::COOKIE, cookies)
            .body(Body::empty())
            .expect("builds");
        read(self.send(request).await).await
    }

    async fn post(&self, place: &str, cookies: &str, body: &str) -> Got {
        let request = Request::post(place)
            .header(header::HOST, "rembug.example")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookies)
            .body(Body::from(body.to_owned()))
            .expect("builds");
        read(self.send(request).await).await
    }

    /// Signs in as one of the town, with whatever cookies the browser has; the session's cookie.
    async fn sign_in(&self, key: &str, cookies: &str) -> String {
        let body = format!(
            "email={key}%40warga.example&password={}",
            PASSWORD.replace(' ', "+")
        );
        let got = self.post("/akun/masuk", cookies, &body).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text);
        got.cookies
    }

    async fn view(&self, actor: &Actor) -> Vec<domain::ballot::QuestionView> {
        let consultation = fixture::find(&self.world, "sepeda").await;
        let mut tx = self.world.service.read().await.expect("a connection");
        service::ballot::tallies(&self.world.service, &mut tx, actor, &consultation)
            .await
            .expect("counts")
    }
}

async fn read(response: Response<Body>) -> Got {
    let text = |value: &header::HeaderValue| value.to_str().expect("text").to_owned();
    let (parts, body) = response.into_parts();
    let cookies: Vec<String> = parts
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|cookie| {
            text(cookie)
                .split(';')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .filter(|pair| !pair.ends_with('='))
        .collect();
    let bytes = body.collect().await.expect("a body").to_bytes();
    Got {
        status: parts.status,
        place: parts
            .headers
            .get(header::LOCATION)
            .map(text)
            .unwrap_or_default(),
        cookies: cookies.join("; "),
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

const VOTE: &str = "/konsultasi/sepeda/suara/q-position";

#[tokio::test]
async fn one_press_votes_changes_and_withdraws() {
    let portal = portal("live").await;
    let siti = portal.sign_in("siti", "").await;
    for choice in ["agree", "disagree", "disagree"] {
        let got = portal.post(VOTE, &siti, &format!("pilihan={choice}")).await;
        assert_eq!(
            (got.status, got.place.as_str()),
            (StatusCode::SEE_OTHER, "/konsultasi/sepeda#suara-q-position")
        );
        assert_eq!(
            portal.view(&portal.world.siti).await[0].mine,
            Some(vec![choice.to_owned()])
        );
    }
    let got = portal
        .post(
            "/konsultasi/sepeda/suara/q-many",
            &siti,
            "pilihan=q-many-a&pilihan=q-many-c",
        )
        .await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert_eq!(
        portal.view(&portal.world.siti).await[2]
            .mine
            .as_ref()
            .map(Vec::len),
        Some(2)
    );
    let got = portal.post(VOTE, &siti, "tarik=1").await;
    assert_eq!(
        got.place,
        "/konsultasi/sepeda?kabar=ditarik#suara-q-position"
    );
    assert_eq!(portal.view(&portal.world.siti).await[0].mine, None);
}

#[tokio::test]
async fn a_vote_pressed_before_signing_in_is_cast_by_signing_in() {
    let portal = portal("live").await;
    let got = portal.post(VOTE, "", "pilihan=agree").await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert!(
        got.place
            .starts_with("/akun/masuk?lanjut=/konsultasi/sepeda%23suara-q-position"),
        "{}",
        got.place
    );
    assert!(got.cookies.contains("__Host-tamu="), "{}", got.cookies);
    assert_eq!(
        portal.view(&portal.world.siti).await[0].voters,
        0,
        "nothing is counted yet"
    );
    portal.sign_in("siti", &got.cookies).await;
    assert_eq!(
        portal.view(&portal.world.siti).await[0].mine,
        Some(vec!["agree".to_owned()])
    );
    // Nobody is led to sign in for a vote that cannot be cast.
    assert_eq!(
        portal.post(VOTE, "", "pilihan=maybe").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        portal
            .post("/konsultasi/sepeda/suara/none", "", "pilihan=agree")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_cannot_be_saved_is_told_and_what_was_ticked_stays() {
    let portal = portal("live").await;
    let siti = portal.sign_in("siti", "").await;
    let many = "/konsultasi/sepeda/suara/q-many";
    let got = portal
        .post(
            many,
            &siti,
            "pilihan=q-many-a&pilihan=q-many-b&pilihan=q-many-c",
        )
        .await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text.contains("paling banyak 2"), "{}", got.text);
    assert_eq!(got.text.matches(" checked").count(), 3, "{}", got.text);
    assert!(!got.text.contains("Suara Anda tersimpan."), "{}", got.text);
    assert_eq!(
        portal.post(many, &siti, "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        portal
            .post("/konsultasi/lain/suara/q-many", &siti, "pilihan=a")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    portal.world.days(10);
    for cookies in [siti.as_str(), ""] {
        let got = portal.post(VOTE, cookies, "pilihan=agree").await;
        assert_eq!(got.status, StatusCode::CONFLICT);
        assert!(got.text.contains("sudah ditutup"), "{}", got.text);
    }
}

#[tokio::test]
async fn statements_are_judged_by_plain_forms() {
    let portal = portal("after_vote").await;
    let siti = portal.sign_in("siti", "").await;
    let here = "/konsultasi/sepeda/pernyataan";
    let practice = portal.get(here, &siti).await;
    assert_eq!(practice.status, StatusCode::OK);
    assert!(
        practice.text.contains("Latihan 1 dari 2"),
        "{}",
        practice.text
    );
    let first = portal.get(&format!("{here}?latihan=selesai"), &siti).await;
    assert!(first.text.contains("0 dari 2 dinilai"), "{}", first.text);
    let got = portal
        .post(&format!("{here}/1"), &siti, "jawab=agree")
        .await;
    assert_eq!(got.place, format!("{here}?terakhir=1#pernyataan"));
    let second = portal.get(&got.place, &siti).await;
    assert!(
        second.text.contains("&lt;b&gt;pagar&lt;/b&gt;"),
        "{}",
        second.text
    );
    assert!(
        second.text.contains(&format!("{here}?nomor=1")),
        "the last answer can be changed"
    );
    portal
        .post(&format!("{here}/2"), &siti, "jawab=pass&dari=konsultasi")
        .await;
    assert!(
        portal
            .get(here, &siti)
            .await
            .text
            .contains("Anda sudah menilai semua 2 pernyataan.")
    );

    let all = format!("{here}/semua?urut=suara");
    let (mine, others) = (
        portal.get(&all, &siti).await.text,
        portal.get(&all, "").await.text,
    );
    assert!(
        mine.contains("1 setuju · 0 tidak setuju · 0 lewat"),
        "{mine}"
    );
    for secret in ["statement:", "1 setuju", "urut=disetujui", "class=\"bar\""] {
        assert!(!others.contains(secret), "{secret} in {others}");
    }
    assert_eq!(
        portal.get(&all, "").await.text,
        others,
        "two renders are the same, byte by byte"
    );

    for (place, status) in [
        ("/9", StatusCode::NOT_FOUND),
        ("/x", StatusCode::NOT_FOUND),
        ("/99999999999999999999", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(
            portal
                .post(&format!("{here}{place}"), &siti, "jawab=agree")
                .await
                .status,
            status
        );
    }
    assert_eq!(
        portal
            .post(&format!("{here}/1"), &siti, "jawab=maybe")
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let anonymous = portal.post(&format!("{here}/1"), "", "jawab=agree").await;
    assert_eq!(
        anonymous.place,
        "/akun/masuk?lanjut=/konsultasi/sepeda/pernyataan%3Fnomor%3D1"
    );
    for odd in ["?nomor=x", "?nomor=9"] {
        assert_eq!(
            portal.get(&format!("{here}{odd}"), "").await.status,
            StatusCode::NOT_FOUND,
            "{odd}"
        );
    }
    for odd in [
        "?halaman=-7&urut=%ff",
        "?halaman=999999999999",
        "?halaman=x",
    ] {
        assert_eq!(
            portal.get(&format!("{here}/semua{odd}"), "").await.status,
            StatusCode::OK,
            "{odd}"
        );
    }
}

#[tokio::test]
async fn an_own_statement_waits_and_what_was_typed_stays() {
    let portal = portal("live").await;
    let here = "/konsultasi/sepeda/pernyataan";
    let kept = portal
        .post(here, "", "teks=Parkir+pindah+ke+alun-alun.")
        .await;
    assert!(
        kept.place.starts_with("/akun/masuk?lanjut="),
        "{}",
        kept.place
    );
    let siti = portal.sign_in("siti", &kept.cookies).await;
    assert!(
        portal
            .get(here, &siti)
            .await
            .text
            .contains("Parkir pindah ke alun-alun."),
        "it is in the form again"
    );
    let sent = portal
        .post(here, &siti, "teks=Parkir+pindah+ke+alun-alun.")
        .await;
    assert_eq!(sent.place, format!("{here}?kabar=pernyataan#tulis"));
    let page = portal.get(here, &siti).await.text;
    assert!(
        page.contains("Menunggu diperiksa") && page.matches("Parkir pindah").count() == 1,
        "{page}"
    );
    assert!(!portal.get(here, "").await.text.contains("Parkir pindah"));

    let same = portal
        .post(here, &siti, "teks=PARKIR+pindah+ke+alun+alun")
        .await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        same.text.contains("sudah ada atau sedang diperiksa")
            && same.text.contains("PARKIR pindah"),
        "{}",
        same.text
    );
    let long = portal
        .post(here, &siti, &format!("teks={}", "a".repeat(141)))
        .await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        long.text.contains("141 karakter") && long.text.contains(&"a".repeat(141)),
        "{}",
        long.text
    );
    let attack = portal
        .post(here, &siti, "teks=%3C%2Ftextarea%3E%3Cscript%3E")
        .await;
    assert!(
        !attack.text.contains("</textarea><script>"),
        "{}",
        attack.text
    );
}

#[tokio::test]
async fn the_office_adds_statements() {
    let portal = portal("live").await;
    let here = "/kantor/konsultasi/sepeda/pernyataan";
    assert!(portal.get(here, "").await.place.starts_with("/akun/masuk"));
    let siti = portal.sign_in("siti", "").await;
    assert_eq!(portal.get(here, &siti).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        portal
            .post(here, &siti, "teks=Kalimat+yang+cukup+panjang")
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let rina = portal.sign_in("rina", "").await;
    assert_eq!(portal.get(here, &rina).await.status, StatusCode::OK);
    let wrong = portal.post(here, &rina, "teks=pendek").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("pendek</textarea>"), "{}", wrong.text);
    assert_eq!(
        portal
            .post(here, &rina, "teks=Kalimat+yang+cukup+panjang")
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert!(
        portal
            .get("/konsultasi/sepeda/pernyataan/semua", "")
            .await
            .text
            .contains("Kalimat yang cukup panjang")
    );
}

#[tokio::test]
async fn a_published_rule_is_told_with_both_results_and_can_be_withdrawn() {
    let portal = portal("live").await;
    let (here, public) = (
        "/kantor/konsultasi/sepeda/kelompok",
        "/konsultasi/sepeda/kelompok",
    );
    let siti = portal.sign_in("siti", "").await;
    let judged = portal
        .post("/konsultasi/sepeda/pernyataan/1", &siti, "jawab=agree")
        .await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER);
    let service = &portal.world.service;
    service::group::refresh_all(service).await.expect("finds");
    let plain = portal.get(public, "").await;
    assert!(!plain.text.contains("tanpa=ya"), "{}", plain.text);
    let same = portal.get(&format!("{public}?tanpa=ya"), "").await;
    assert_eq!(
        same.status,
        StatusCode::OK,
        "without a rule it is the result of everybody"
    );

    let rina = portal.sign_in("rina", "").await;
    let desk = portal.get(here, &rina).await;
    assert_eq!(desk.status, StatusCode::OK);
    assert!(desk.text.contains("Tidak ada tanda"), "{}", desk.text);
    assert!(desk.text.contains("Tanda bukan bukti"), "{}", desk.text);
    for body in [
        "aturan=apa&aksi=terbitkan&alasan=Alasan+yang+cukup+panjang",
        "aturan=burst&aksi=terbitkan&alasan=Alasan+yang+cukup+panjang",
        "aturan=agrees_with_all&aksi=apa&alasan=Alasan+yang+cukup+panjang",
        "",
    ] {
        let wrong = portal.post(here, &rina, body).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    let wrong = portal
        .post(
            here,
            &rina,
            "aturan=agrees_with_all&aksi=terbitkan&alasan=pendek",
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("pendek</textarea>"), "{}", wrong.text);
    assert!(
        wrong.text.contains("href=\"#alasan-agrees-with-all\""),
        "{}",
        wrong.text
    );

    let publish = "aturan=agrees_with_all&aksi=terbitkan&alasan=Ada+<b>tanda</b>+serempak";
    for _ in 0..2 {
        let done = portal.post(here, &rina, publish).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "twice is harmless");
    }
    let told = portal.get(public, "").await;
    assert!(
        told.text.contains("Ada &lt;b>tanda") || told.text.contains("Ada &lt;b&gt;tanda"),
        "{}",
        told.text
    );
    assert!(
        !told.text.contains("tanpa=ya"),
        "the other result is not found yet"
    );
    service::group::refresh_all(service).await.expect("finds");
    for (place, current) in [
        (public.to_owned(), "Hasil dengan semua orang"),
        (format!("{public}?tanpa=ya"), "Hasil tanpa 0 orang"),
    ] {
        let page = portal.get(&place, "").await;
        assert!(
            page.text
                .contains("href=\"/konsultasi/sepeda/kelompok?tanpa=ya\""),
            "{}",
            page.text
        );
        let marked = format!("href=\"{place}\" aria-current=\"page\">{current}");
        assert!(page.text.contains(&marked), "{marked}: {}", page.text);
    }
    let file = portal.get(&format!("{public}.json?tanpa=ya"), "").await;
    assert_eq!(file.status, StatusCode::OK);
    let history = portal.get("/konsultasi/sepeda/riwayat", "").await;
    assert!(
        history.text.contains("Setuju dengan semuanya"),
        "{}",
        history.text
    );

    let withdraw = "aturan=agrees_with_all&aksi=cabut&alasan=Tanda+itu+keliru";
    assert_eq!(
        portal.post(here, &rina, withdraw).await.status,
        StatusCode::SEE_OTHER
    );
    let gone = portal.get(public, "").await;
    assert!(
        !gone.text.contains("tanpa=ya") && !gone.text.contains("dua hasil"),
        "{}",
        gone.text
    );
    assert_eq!(
        portal
            .get(&format!("{public}.json?tanpa=ya"), "")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

/// Opens the news and reads message by message.
async fn listen(portal: &Portal, query: &str) -> Body {
    let request = Request::get(format!("/konsultasi/sepeda/langsung{query}"))
        .body(Body::empty())
        .expect("builds");
    let response = portal.send(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(
        response.headers()[header::CONTENT_TYPE]
            .to_str()
            .expect("text")
            .starts_with("text/event-stream")
    );
    response.into_body()
}

async fn message(body: &mut Body) -> String {
    let frame = tokio::time::timeout(Duration::from_secs(10), body.frame())
        .await
        .expect("comes in time");
    let frame = frame.expect("goes on").expect("is whole");
    String::from_utf8(frame.into_data().expect("data").to_vec()).expect("text")
}

#[tokio::test]
async fn news_bring_what_has_changed_and_nothing_that_is_hidden() {
    let portal = portal("live").await;
    let mut body = listen(&portal, "?pernyataan=1&urut=nomor").await;
    let first = message(&mut body).await;
    assert!(
        first.starts_with("event: counts\ndata: {")
            && first.contains("\"ballot:q-position:agree\":\"0\""),
        "{first}"
    );
    assert!(
        first.contains("\"statement:1:line\":\"0 setuju · 0 tidak setuju · 0 lewat\""),
        "{first}"
    );
    let siti = portal.sign_in("siti", "").await;
    portal.post(VOTE, &siti, "pilihan=agree").await;
    let second = message(&mut body).await;
    assert!(
        second.contains("\"ballot:q-position:agree:share\":\"100 %\""),
        "{second}"
    );
    assert!(second.contains("1 orang sudah memberi suara"), "{second}");
    assert!(!second.contains("q-one"), "only what has changed: {second}");
    portal
        .post("/konsultasi/sepeda/pernyataan/1", &siti, "jawab=disagree")
        .await;
    assert!(
        message(&mut body)
            .await
            .contains("\"statement:1:disagree\":\"1\"")
    );
    drop(body);

    portal.world.days(10);
    let closed = Request::get("/konsultasi/sepeda/langsung")
        .body(Body::empty())
        .expect("builds");
    assert_eq!(
        portal.send(closed).await.status(),
        StatusCode::NO_CONTENT,
        "a browser does not ask again"
    );
}

#[tokio::test]
async fn hidden_counts_are_in_no_news() {
    for shown in ["after_vote", "after_close"] {
        let portal = portal(shown).await;
        let siti = portal.sign_in("siti", "").await;
        portal.post(VOTE, &siti, "pilihan=agree").await;
        portal
            .post("/konsultasi/sepeda/pernyataan/1", &siti, "jawab=agree")
            .await;
        let mut body = listen(&portal, "?pernyataan=1").await;
        let first = message(&mut body).await;
        assert!(
            first.contains("\"ballot:q-position:voters\":\"1 orang sudah memberi suara\""),
            "{first}"
        );
        for secret in ["agree", "statement:", "share"] {
            assert!(!first.contains(secret), "{secret} in {first}");
        }
    }
}
