//! The forms of comments as a browser without JavaScript meets them.

use app::{Site, request::Assets};
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use http_body_util::BodyExt;
use server::{assets::Files, router};
use service::testing::{START, World};
use storage::args;
use tower::ServiceExt;

struct Portal {
    router: Router,
    world: World,
    _guard: storage::testing::Guard,
}

/// A town with one open consultation, `jalur`, and nothing written about it.
async fn portal() -> Portal {
    let (db, guard) = storage::testing::sqlite().await;
    let world = World::new(db).await;
    let done: service::Result<u64> = world
        .service
        .db()
        .write(|tx| {
            Box::pin(async move {
                Ok(tx
                    .run(
                        "insert into consultation (id, slug, office_id, title, preview_token, created_at, updated_at,
                                                   published_at, opens_at, closes_at)
                         values ('c', 'jalur', 'dishub', 'Jalur sepeda', '-', $1, $1, $1, $1, $2)",
                        args![START, START.plus_days(10)],
                    )
                    .await?)
            })
        })
        .await;
    done.expect("the consultation is kept");
    let site = Site::new(world.service.clone(), Assets::default(), None);
    let router = router::router(site, Files::new(None));
    Portal {
        router,
        world,
        _guard: guard,
    }
}

struct Answer {
    status: StatusCode,
    place: String,
    cookies: String,
    text: String,
}

impl Portal {
    async fn send(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self
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
        let cookies: Vec<String> = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok()?.split(';').next().map(str::to_owned))
            .filter(|pair| !pair.ends_with('='))
            .collect();
        let (status, place) = (response.status(), head(header::LOCATION));
        let body = response
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        Answer {
            status,
            place,
            cookies: cookies.join("; "),
            text: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    async fn get(&self, place: &str, cookie: &str) -> Answer {
        let place = place.split('#').next().unwrap_or_default();
        let request = Request::get(place)
            .header(header::HOST, "rembug.example")
            .header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).expect("builds"))
            .await
    }

    async fn post(&self, place: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(k, v)| format!("{k}={}", app::links::encode(v)))
            .collect();
        let request = Request::post(place)
            .header(header::HOST, "rembug.example")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).expect("builds"))
            .await
    }

    /// Opens an account and returns the cookie of its session.
    async fn person(&self, name: &str, guest: &str) -> String {
        let email = format!("{name}@surat.example");
        let fields = [
            ("name", name),
            ("email", &email),
            ("password", "gunung arjuno pagi hari"),
        ];
        let answer = self.post("/akun/daftar", guest, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        answer.cookies
    }
}

const ALL: &str = "/konsultasi/jalur/tanggapan";

#[tokio::test]
async fn what_was_typed_before_signing_in_is_there_afterwards() {
    let portal = portal().await;
    let first = portal.get(ALL, "").await;
    assert_eq!(
        (first.status, &first.text),
        (StatusCode::OK, &portal.get(ALL, "").await.text),
        "byte for byte"
    );

    let sent = portal
        .post(
            ALL,
            "",
            &[("isi", "Trotoarnya jangan sempit"), ("sikap", "for")],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(
        sent.place
            .starts_with("/akun/masuk?lanjut=/konsultasi/jalur/tanggapan%23tulis"),
        "{}",
        sent.place
    );
    let siti = portal.person("Siti", &sent.cookies).await;
    let page = portal.get(ALL, &siti).await;
    assert!(
        page.text.contains("Trotoarnya jangan sempit"),
        "the text is in the form again"
    );
    assert!(
        !portal.get(ALL, "").await.text.contains("Trotoarnya"),
        "for this person alone"
    );
}

#[tokio::test]
async fn a_comment_is_written_once_answered_supported_changed_and_taken_back() {
    let portal = portal().await;
    let (siti, budi) = (
        portal.person("Siti", "").await,
        portal.person("Budi", "").await,
    );
    let attack = "Lihat https://batu.example </textarea><script>alert(1)</script>";
    let fields = [("isi", attack), ("sikap", "against"), ("kunci", "k1")];
    let (first, again) = (
        portal.post(ALL, &siti, &fields).await,
        portal.post(ALL, &siti, &fields).await,
    );
    assert_eq!(
        (first.status, &first.place),
        (StatusCode::SEE_OTHER, &again.place)
    );
    let page = portal.get(ALL, "").await.text;
    assert_eq!(page.matches("class=\"comment\"").count(), 1);
    assert!(
        page.contains("rel=\"nofollow ugc noopener\"") && !page.contains("<script>alert"),
        "{page}"
    );

    let id = first
        .place
        .rsplit_once("#t-")
        .expect("leads to the comment")
        .1
        .to_owned();
    let at = |verb: &str| format!("/tanggapan/{id}/{verb}");
    let reply = portal
        .post(
            ALL,
            &budi,
            &[
                ("induk", &id),
                ("isi", "Saya tidak sependapat"),
                ("kunci", "k2"),
            ],
        )
        .await;
    assert!(
        reply.place.starts_with(&format!("/tanggapan/{id}")),
        "{}",
        reply.place
    );
    assert_eq!(
        portal
            .post(&at("dukung"), &budi, &[("ya", "")])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        portal
            .post(&at("dukung"), &siti, &[("ya", "")])
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        portal.post(&at("dukung"), &budi, &[]).await.status,
        StatusCode::BAD_REQUEST
    );
    assert!(
        portal
            .post(&at("dukung"), "", &[("ya", "")])
            .await
            .place
            .starts_with("/akun/masuk")
    );

    for verb in ["ubah", "hapus"] {
        let stranger = portal
            .post(&at(verb), &budi, &[("isi", "Ambil alih")])
            .await;
        let missing = portal
            .post(
                &format!("/tanggapan/tidakada/{verb}"),
                &budi,
                &[("isi", "Ambil alih")],
            )
            .await;
        assert_eq!(
            (stranger.status, missing.status),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
            "{verb}"
        );
    }
    let short = portal.post(&at("ubah"), &siti, &[("isi", "x")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        portal
            .post(&at("ubah"), &siti, &[("isi", "Tanpa tautan")])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let page = portal.get(&format!("/tanggapan/{id}"), "").await.text;
    assert!(
        page.contains("Tanpa tautan")
            && page.contains("Teks sebelumnya")
            && page.contains("batu.example")
    );
    let flag = portal
        .post(&at("lapor"), &budi, &[("alasan", "insult")])
        .await;
    assert_eq!(flag.status, StatusCode::SEE_OTHER);
    assert_eq!(
        portal
            .post(&at("lapor"), &budi, &[("alasan", "bukan")])
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    assert_eq!(
        portal.post(&at("hapus"), &siti, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = portal.get(ALL, "").await.text;
    assert!(
        !page.contains("Tanpa tautan")
            && !page.contains("batu.example")
            && page.contains("Dihapus penulisnya")
    );
    assert!(page.contains("Saya tidak sependapat"));
    let news = portal.get("/akun/kabar", &siti).await.text;
    assert!(
        news.contains("Tanggapan Anda dibalas") && news.contains("Jalur sepeda"),
        "{news}"
    );
}

#[tokio::test]
async fn what_is_not_taken_is_said_and_kept_in_the_form() {
    let portal = portal().await;
    let siti = portal.person("Siti", "").await;
    let long = format!("Panjang {}", "x".repeat(4_000));
    for (text, status) in [("ab", 422), (long.as_str(), 422)] {
        let answer = portal.post(ALL, &siti, &[("isi", text)]).await;
        assert_eq!(answer.status.as_u16(), status);
        assert!(answer.text.contains(text) && answer.text.contains("error-summary"));
    }
    let answer = portal
        .post(ALL, &siti, &[("isi", "Sikap aneh"), ("sikap", "mungkin")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        portal
            .post(ALL, &siti, &[("isi", "Ke mana"), ("induk", "x")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let office = portal
        .post(
            ALL,
            &siti,
            &[("isi", "Saya kantor"), ("sebagai_kantor", "ya")],
        )
        .await;
    assert_eq!(office.status, StatusCode::FORBIDDEN);
    portal.world.days(11);
    for cookie in [siti.as_str(), ""] {
        let answer = portal
            .post(ALL, cookie, &[("isi", "Terlambat sedikit")])
            .await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.text.contains("Terlambat sedikit") && answer.text.contains("sudah ditutup"));
    }
    for odd in [
        "?halaman=-5",
        "?halaman=99999999999999999999",
        "?urut=%00",
        "?urut=%ff&halaman=x",
        "?x=y&&==",
    ] {
        assert_eq!(
            portal.get(&format!("{ALL}{odd}"), "").await.status,
            StatusCode::OK,
            "{odd}"
        );
    }
    assert_eq!(
        portal.get(&format!("{ALL}?pasal=x"), "").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal.get("/tanggapan/tidak-ada", "").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn moderation_is_for_moderators_and_its_log_for_everybody() {
    let portal = portal().await;
    let siti = portal.person("Siti", "").await;
    assert!(
        portal
            .get("/kantor/moderasi", "")
            .await
            .place
            .starts_with("/akun/masuk")
    );
    assert_eq!(
        portal.get("/kantor/moderasi", &siti).await.status,
        StatusCode::FORBIDDEN
    );
    let hide = [("pilih", "x"), ("keputusan", "hide"), ("alasan", "spam")];
    assert_eq!(
        portal
            .post("/kantor/moderasi/tanggapan", &siti, &hide)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert!(
        portal
            .get("/moderasi", "")
            .await
            .text
            .contains("Belum ada keputusan")
    );
    let dewi = portal.person("Dewi", "").await;
    let done: service::Result<u64> = portal
        .world
        .service
        .db()
        .write(|tx| {
            Box::pin(async move {
                Ok(tx
                    .run(
                        "update account set role = 'moderator' where name = 'Dewi'",
                        args![],
                    )
                    .await?)
            })
        })
        .await;
    assert_eq!(done.ok(), Some(1));
    let sent = portal
        .post(ALL, &siti, &[("isi", "Kata yang kasar sekali")])
        .await;
    let id = sent
        .place
        .rsplit_once("#t-")
        .expect("leads to the comment")
        .1
        .to_owned();
    let none = portal
        .post(
            "/kantor/moderasi/tanggapan",
            &dewi,
            &[("keputusan", "hide"), ("alasan", "insult")],
        )
        .await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let hide = [
        ("pilih", id.as_str()),
        ("keputusan", "hide"),
        ("alasan", "insult"),
    ];
    assert_eq!(
        portal
            .post("/kantor/moderasi/tanggapan", &dewi, &hide)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        portal
            .post("/kantor/moderasi/tanggapan", &dewi, &hide)
            .await
            .status,
        StatusCode::CONFLICT
    );
    for (place, cookie, sees) in [
        (ALL.to_owned(), "", false),
        (format!("/tanggapan/{id}"), "", false),
        (format!("/tanggapan/{id}"), siti.as_str(), true),
        ("/kantor/moderasi".to_owned(), dewi.as_str(), true),
        ("/moderasi".to_owned(), "", false),
        ("/moderasi.csv".to_owned(), "", false),
    ] {
        let page = portal.get(&place, cookie).await;
        assert_eq!(
            (page.status, page.text.contains("kasar sekali")),
            (StatusCode::OK, sees),
            "{place}"
        );
    }
    assert!(
        portal
            .get("/moderasi.csv", "")
            .await
            .text
            .contains("jalur,comment,hide,insult")
    );
    assert!(
        portal
            .get("/akun/kabar", &siti)
            .await
            .text
            .contains("disembunyikan moderator")
    );
}
