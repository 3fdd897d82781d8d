//! The pages of accounts as a browser without JavaScript uses them.

use app::{Site, request::Assets};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use server::{assets::Files, router};
use service::{
    draft::{self, Owner},
    testing::{PASSWORD, World},
};
use tower::ServiceExt;

struct Portal {
    router: Router,
    world: World,
    _guard: storage::testing::Guard,
}

/// What came back, with the page as text.
struct Came {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Came {
    fn to(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }

    /// The whole `Set-Cookie` line of a cookie.
    fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .find(|v| v.starts_with(&format!("{name}=")))
    }

    /// `name=value`, to send it back.
    fn pair(&self, name: &str) -> String {
        let line = self
            .cookie(name)
            .unwrap_or_else(|| panic!("no cookie {name}: {:?}", self.headers));
        line.split(';').next().unwrap_or_default().to_owned()
    }
}

impl Portal {
    async fn new() -> Self {
        let (db, guard) = storage::testing::sqlite().await;
        let world = World::new(db).await;
        let site = Site::new(world.service.clone(), Assets::default(), None);
        Self {
            router: router::router(site, Files::new(None)),
            world,
            _guard: guard,
        }
    }

    async fn send(&self, request: Request<Body>) -> Came {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("a page is UTF-8");
        Came {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    async fn get(&self, place: &str, cookies: &str) -> Came {
        let request = Request::get(place)
            .header(header::HOST, "rembug.example")
            .header(header::COOKIE, cookies);
        self.send(request.body(Body::empty()).expect("builds"))
            .await
    }

    async fn post(&self, place: &str, cookies: &str, fields: &[(&str, &str)]) -> Came {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", app::links::encode(value)))
            .collect();
        let request = Request::post(place)
            .header(header::HOST, "rembug.example")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(
                header::USER_AGENT,
                "Mozilla/5.0 (Linux; Android 10; K) Chrome/126.0 Mobile Safari/537.36",
            )
            .header(header::COOKIE, cookies);
        self.send(request.body(Body::from(body.join("&"))).expect("builds"))
            .await
    }

    /// Signs in; the session cookie to send along.
    async fn enter(&self, key: &str) -> String {
        let email = format!("{key}@warga.example");
        let came = self
            .post(
                "/akun/masuk",
                "",
                &[("email", &email), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text);
        came.pair("__Host-rembug")
    }
}

#[tokio::test]
async fn signing_in_sets_a_cookie_of_this_host_alone_and_goes_on() {
    let portal = Portal::new().await;
    let page = portal
        .get("/akun/masuk?lanjut=/konsultasi%3Fkantor%3Ddlh", "")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text
            .contains(r#"name="lanjut" value="/konsultasi?kantor=dlh""#),
        "{}",
        page.text
    );
    let fields = [
        ("email", "siti@warga.example"),
        ("password", PASSWORD),
        ("lanjut", "/konsultasi?kantor=dlh#daftar"),
    ];
    let planted = format!("__Host-rembug={}", "a".repeat(64));
    let came = portal.post("/akun/masuk", &planted, &fields).await;
    assert_eq!(came.to(), "/konsultasi?kantor=dlh&kabar=masuk#daftar");
    let cookie = came.cookie("__Host-rembug").expect("is set");
    for part in [
        "; Path=/",
        "; Secure",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Max-Age=7776000",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Domain") && !cookie.contains(&"a".repeat(64)),
        "{cookie}"
    );
    let session = came.pair("__Host-rembug");
    let again = portal.get("/akun/masuk?lanjut=/konsultasi", &session).await;
    assert_eq!(
        (again.status, again.to()),
        (StatusCode::SEE_OTHER, "/konsultasi")
    );
}

#[tokio::test]
async fn no_way_back_leads_off_the_site() {
    let portal = Portal::new().await;
    for evil in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/akun/keluar",
    ] {
        let fields = [
            ("email", "siti@warga.example"),
            ("password", PASSWORD),
            ("lanjut", evil),
        ];
        let came = portal.post("/akun/masuk", "", &fields).await;
        assert_eq!(came.to(), "/?kabar=masuk", "{evil}");
    }
}

#[tokio::test]
async fn a_failed_sign_in_says_the_same_for_all_and_keeps_the_address() {
    let portal = Portal::new().await;
    let attempt = async |email: &str| {
        let fields = [
            ("email", email),
            ("password", "rahasia sekali ini"),
            ("lanjut", "/konsultasi"),
        ];
        let came = portal.post("/akun/masuk?bahasa=id", "", &fields).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(came.cookie("__Host-rembug").is_none());
        assert!(
            !came.text.contains("rahasia sekali ini"),
            "a password is never shown again"
        );
        assert!(
            came.text.contains(&format!("value=\"{email}\"")),
            "{}",
            came.text
        );
        assert!(came.text.contains("error-summary"), "{}", came.text);
        came.text.replace(email, "")
    };
    assert_eq!(
        attempt("siti@warga.example").await,
        attempt("tidak.ada@warga.example").await
    );
    let odd = portal
        .post(
            "/akun/masuk",
            "",
            &[("email", "\"><script>alert(1)</script>")],
        )
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!odd.text.contains("<script>alert"), "{}", odd.text);
    let empty = portal.post("/akun/masuk", "", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn too_many_tries_are_told_on_the_same_page() {
    let portal = Portal::new().await;
    let fields = [
        ("email", "siti@warga.example"),
        ("password", "bukan kata sandinya"),
    ];
    for _ in 0..service::limit::SIGN_IN.burst {
        portal.post("/akun/masuk", "", &fields).await;
    }
    let came = portal.post("/akun/masuk", "", &fields).await;
    assert_eq!(came.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        came.headers
            .get(header::RETRY_AFTER)
            .map(axum::http::HeaderValue::as_bytes),
        Some(&b"60"[..])
    );
    assert!(
        came.text.contains("value=\"siti@warga.example\""),
        "{}",
        came.text
    );
}

#[tokio::test]
async fn an_account_is_opened_and_mistakes_are_told_beside_their_fields() {
    let portal = Portal::new().await;
    let page = portal.get("/akun/daftar?bahasa=id", "").await;
    assert!(
        page.text.contains("Sumberbrantas, Kecamatan Bumiaji"),
        "{}",
        page.text
    );
    let wrong = [
        ("name", "S"),
        ("email", "bukan surel"),
        ("password", "pendek"),
        ("home", "99"),
        ("lanjut", "/cari"),
    ];
    let came = portal.post("/akun/daftar?bahasa=id", "", &wrong).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "id=\"name-error\"",
        "id=\"email-error\"",
        "id=\"password-error\"",
        "value=\"bukan surel\"",
        "value=\"/cari\"",
    ] {
        assert!(came.text.contains(part), "{part}: {}", came.text);
    }
    assert!(!came.text.contains("pendek\""));
    let taken = [
        ("name", "Siti"),
        ("email", "Siti@Warga.example"),
        ("password", PASSWORD),
    ];
    let came = portal.post("/akun/daftar?bahasa=id", "", &taken).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(came.text.contains("sudah punya akun"), "{}", came.text);
    let home = "35.79.02.2009";
    let sound = [
        ("name", "Bu <b>Ning</b>"),
        ("email", "ning@baru.example"),
        ("password", PASSWORD),
        ("home", home),
        ("lanjut", "/akun/profil"),
    ];
    let came = portal.post("/akun/daftar", "", &sound).await;
    assert_eq!(came.to(), "/akun/profil?kabar=terdaftar", "{}", came.text);
    let profile = portal
        .get("/akun/profil?bahasa=id", &came.pair("__Host-rembug"))
        .await;
    assert!(
        !profile.text.contains("<b>Ning</b>"),
        "what people type is text"
    );
    assert!(
        profile.text.contains("ning@baru.example") && profile.text.contains("Chrome · Android"),
        "{}",
        profile.text
    );
    let cache = profile
        .headers
        .get(header::CACHE_CONTROL)
        .and_then(|v| v.to_str().ok());
    assert_eq!(cache, Some("no-store"));
}

#[tokio::test]
async fn an_invitation_opens_one_administrators_account() {
    let portal = Portal::new().await;
    let token = service::account::invite(&portal.world.service)
        .await
        .expect("is made");
    let page = portal
        .get(&format!("/akun/daftar?undangan={token}&bahasa=id"), "")
        .await;
    assert!(
        page.text
            .contains(&format!("name=\"undangan\" value=\"{token}\"")),
        "{}",
        page.text
    );
    let fields = |email: &'static str| {
        [
            ("name", "Kepala"),
            ("email", email),
            ("password", PASSWORD),
            ("undangan", token.as_str()),
        ]
    };
    let came = portal
        .post("/akun/daftar", "", &fields("kepala@batu.example"))
        .await;
    let session = came.pair("__Host-rembug");
    assert!(
        came.cookie("__Host-rembug")
            .expect("is set")
            .contains("Max-Age=86400"),
        "staff stay a day at most"
    );
    assert_eq!(
        portal.get("/kantor/orang", &session).await.status,
        StatusCode::OK
    );
    let spent = portal
        .post("/akun/daftar?bahasa=id", "", &fields("lain@batu.example"))
        .await;
    assert_eq!(spent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        spent.text.contains("Undangan ini sudah dipakai"),
        "{}",
        spent.text
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_and_leaves_nothing_on_the_phone() {
    let portal = Portal::new().await;
    let (here, there) = (portal.enter("siti").await, portal.enter("siti").await);
    let came = portal.post("/akun/keluar", &here, &[]).await;
    assert_eq!(
        (came.status, came.to()),
        (StatusCode::SEE_OTHER, "/?kabar=keluar")
    );
    assert!(
        came.cookie("__Host-rembug")
            .expect("is taken back")
            .contains("Max-Age=0")
    );
    let clear = came
        .headers
        .get("clear-site-data")
        .and_then(|v| v.to_str().ok());
    assert_eq!(clear, Some("\"cache\", \"storage\""));
    let profile = portal.get("/akun/profil", &here).await;
    assert!(
        profile.to().starts_with("/akun/masuk?lanjut="),
        "{}",
        profile.to()
    );
    assert_eq!(
        portal.get("/akun/profil", &there).await.status,
        StatusCode::OK
    );
    let third = portal.enter("siti").await;
    portal.post("/akun/keluar", &third, &[("semua", "1")]).await;
    assert_eq!(
        portal.get("/akun/profil", &there).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        portal.get("/akun/keluar", &there).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn the_profile_changes_name_home_language_password_and_devices() {
    let portal = Portal::new().await;
    let (here, there) = (portal.enter("siti").await, portal.enter("siti").await);
    let fields = [
        ("name", "Bu Siti"),
        ("home", "35.79.01.1002"),
        ("locale", "en"),
    ];
    let came = portal
        .post("/akun/profil", &format!("{here}; bahasa=id"), &fields)
        .await;
    assert_eq!(came.to(), "/akun/profil?kabar=tersimpan");
    assert!(
        came.cookie("bahasa")
            .expect("is taken back")
            .contains("Max-Age=0")
    );
    let page = portal.get("/akun/profil", &here).await;
    assert!(
        page.text.contains("<html lang=\"en\">") && page.text.contains("value=\"Bu Siti\""),
        "{}",
        page.text
    );
    let came = portal
        .post("/akun/profil", &here, &[("name", ""), ("home", "99")])
        .await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(came.text.contains("id=\"name-error\""), "{}", came.text);

    let wrong = portal
        .post(
            "/akun/profil/sandi",
            &here,
            &[
                ("current", "bukan ini"),
                ("password", "kambing makan rumput"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("id=\"current-error\""),
        "{}",
        wrong.text
    );
    let right = [
        ("current", PASSWORD),
        ("password", "kambing makan rumput"),
        ("end_others", "on"),
    ];
    let came = portal.post("/akun/profil/sandi", &here, &right).await;
    let fresh = came.pair("__Host-rembug");
    for old in [&here, &there] {
        assert_eq!(
            portal.get("/akun/profil", old).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let fields = [
        ("email", "siti@warga.example"),
        ("password", "kambing makan rumput"),
    ];
    let other = portal
        .post("/akun/masuk", "", &fields)
        .await
        .pair("__Host-rembug");
    let token = other.split('=').nth(1).unwrap_or_default();
    let handle = service::account::handle_of(token);
    let came = portal
        .post("/akun/profil/sesi", &fresh, &[("sesi", &handle)])
        .await;
    assert_eq!(came.status, StatusCode::SEE_OTHER);
    assert_eq!(
        portal.get("/akun/profil", &other).await.status,
        StatusCode::SEE_OTHER,
        "was signed out"
    );
    assert_eq!(
        portal
            .post("/akun/profil/sesi", &fresh, &[("sesi", "x")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    for place in ["/akun/profil", "/akun/profil/sandi", "/akun/profil/sesi"] {
        let came = portal.post(place, "", &[]).await;
        assert!(
            came.to().starts_with("/akun/masuk"),
            "{place}: {}",
            came.status
        );
    }
}

#[tokio::test]
async fn what_a_guest_types_is_kept_and_comes_along() {
    let portal = Portal::new().await;
    let body = r#"{"text":"Saya setuju, tetapi …"}"#;
    let came = portal
        .post("/draf", "", &[("place", "comment:a"), ("body", body)])
        .await;
    assert_eq!(came.status, StatusCode::NO_CONTENT, "{}", came.text);
    let cookie = came.cookie("__Host-tamu").expect("is set");
    for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let guest = came.pair("__Host-tamu");
    let again = portal
        .post(
            "/draf",
            &guest,
            &[
                ("place", "ballot:tidak-ada:q"),
                ("body", r#"{"choices":["a"]}"#),
            ],
        )
        .await;
    assert!(
        again.cookie("__Host-tamu").is_none(),
        "the key stays the same"
    );
    let fields = [("email", "siti@warga.example"), ("password", PASSWORD)];
    let came = portal.post("/akun/masuk", &guest, &fields).await;
    assert_eq!(
        came.status,
        StatusCode::SEE_OTHER,
        "a vote that cannot be cast stands in nobody's way"
    );
    assert!(
        came.cookie("__Host-tamu")
            .expect("is taken back")
            .contains("Max-Age=0")
    );
    let mut tx = portal.world.service.read().await.expect("a connection");
    let owner = Owner::account(portal.world.siti.account().expect("is a person"));
    let kept = draft::list(&mut tx, &owner).await.expect("answers");
    assert_eq!(
        kept.iter().map(|d| d.place.as_str()).collect::<Vec<_>>(),
        ["comment:a"]
    );
    for bad in [
        &[("place", ""), ("body", "{}")][..],
        &[("place", "a"), ("body", "no")][..],
        &[][..],
    ] {
        assert_eq!(
            portal.post("/draf", "", bad).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(70_000));
    assert_eq!(
        portal
            .post("/draf", "", &[("place", "a"), ("body", &large)])
            .await
            .status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn administrators_alone_see_people_and_give_roles() {
    let portal = Portal::new().await;
    for place in ["/kantor/orang", "/kantor/orang/siti"] {
        assert!(
            portal.get(place, "").await.to().starts_with("/akun/masuk"),
            "{place}"
        );
        for key in ["siti", "rina", "moderator"] {
            let session = portal.enter(key).await;
            assert_eq!(
                portal.get(place, &session).await.status,
                StatusCode::FORBIDDEN,
                "{key} at {place}"
            );
            let came = portal
                .post("/kantor/orang/siti", &session, &[("role", "administrator")])
                .await;
            assert_eq!(came.status, StatusCode::FORBIDDEN, "{key}");
        }
    }
    let admin = portal.enter("admin").await;
    let list = portal
        .get("/kantor/orang?cari=siti&bahasa=id", &admin)
        .await;
    assert!(
        list.text.contains("Siti Aminah") && !list.text.contains("Bambang"),
        "{}",
        list.text
    );
    for odd in [
        "?halaman=x",
        "?halaman=4294967295",
        "?cari=%00%ff&petugas=2",
        "?cari=%25_%5C%27%22",
    ] {
        let came = portal.get(&format!("/kantor/orang{odd}"), &admin).await;
        assert_eq!(came.status, StatusCode::OK, "{odd}");
    }
    let siti = portal.enter("siti").await;
    let fields = [
        ("role", "moderator"),
        ("offices", "dlh"),
        ("offices", "dishub"),
    ];
    let came = portal.post("/kantor/orang/siti", &admin, &fields).await;
    assert_eq!(
        came.to(),
        "/kantor/orang/siti?kabar=tersimpan",
        "{}",
        came.text
    );
    assert_eq!(
        portal.get("/akun/profil", &siti).await.status,
        StatusCode::SEE_OTHER,
        "signs in anew"
    );
    let page = portal.get("/kantor/orang/siti?bahasa=id", &admin).await;
    assert!(
        page.text.contains("Moderator; Dishub, DLH"),
        "{}",
        page.text
    );
    assert!(page.text.contains("oleh Hartono"), "{}", page.text);
    let last = portal
        .post(
            "/kantor/orang/admin?bahasa=id",
            &admin,
            &[("role", "resident")],
        )
        .await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        last.text.contains("sedikitnya satu administrator"),
        "{}",
        last.text
    );
    for bad in [
        &[("role", "raja")][..],
        &[][..],
        &[("role", "resident"), ("offices", "x")][..],
    ] {
        let came = portal.post("/kantor/orang/siti", &admin, bad).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad:?}");
    }
    assert_eq!(
        portal.get("/kantor/orang/tidak-ada", &admin).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal
            .post("/kantor/orang/tidak-ada", &admin, &[("role", "resident")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let portal = Portal::new().await;
    let admin = portal.enter("admin").await;
    for (place, cookies) in [
        ("/akun/masuk", ""),
        ("/akun/daftar", ""),
        ("/akun/profil", admin.as_str()),
        ("/kantor/orang", admin.as_str()),
        ("/kantor/orang/siti", admin.as_str()),
    ] {
        let mut pages = Vec::new();
        for tag in ["id", "en"] {
            let came = portal.get(&format!("{place}?bahasa={tag}"), cookies).await;
            assert_eq!(came.status, StatusCode::OK, "{place}");
            assert!(
                came.text.contains(&format!("<html lang=\"{tag}\">")),
                "{place}"
            );
            assert_eq!(came.text.matches("<h1").count(), 1, "{place}");
            pages.push(came.text);
        }
        assert_ne!(pages[0], pages[1]);
    }
}
