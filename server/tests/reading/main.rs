//! What everybody reads: each page in each language, odd addresses, hidden drafts, the number of statements a page costs.

mod cost;
mod portal;

use axum::{
    body::Body,
    http::{HeaderValue, Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use server::router;
use storage::{database::counting, db_test};
use tower::ServiceExt;

use portal::portal;

db_test! { async fn every_page_is_whole_in_every_language_and_the_same_twice(db) {
    let portal = portal(db).await;
    let mut places: Vec<String> = ["/", "/konsultasi", "/konsultasi?keadaan=dibuka", "/cari", "/cari?q=parkir"].map(String::from).into();
    let slugs = portal.slugs().await;
    assert!(slugs.len() >= 4);
    for slug in slugs {
        for tail in ["", "/naskah", "/naskah/1", "/naskah/perubahan", "/naskah?versi=1", "/riwayat"] {
            places.push(format!("/konsultasi/{slug}{tail}"));
        }
    }
    for place in places {
        let join = if place.contains('?') { '&' } else { '?' };
        for language in ["id", "en"] {
            let address = format!("{place}{join}bahasa={language}");
            let (status, html) = portal.get(&address).await;
            assert_eq!(status, StatusCode::OK, "{address}");
            assert!(html.contains(&format!("<html lang=\"{language}\"")), "{address}");
            assert_eq!(html.matches("<h1").count(), 1, "{address}");
            assert_eq!(html.matches("<main").count(), 1, "{address}");
            assert!(!html.contains("style=\"") && !html.contains("onclick"), "{address}");
            assert_eq!(portal.get(&address).await.1, html, "{address} twice");
        }
    }
} }

db_test! { async fn what_is_kept_is_what_the_router_says(db) {
    let portal = portal(db).await;
    let slug = portal.slugs().await.remove(0);
    let place = format!("/konsultasi/{slug}");
    let ask = |place: &str, cookie: &'static str, etag: Option<&HeaderValue>| {
        let mut request = Request::get(place).header(header::HOST, "rembug.example").header(header::COOKIE, cookie);
        if let Some(etag) = etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        request.body(Body::empty()).expect("an address")
    };
    let kept = |place: &str, cookie| router::kept(&portal.site, &ask(place, cookie, None));
    assert!(kept(&place, "").is_none(), "nothing is kept before it was drawn");
    let mut drawn = portal.router.clone().oneshot(ask(&place, "", None)).await.expect("the router answers");
    // The router tells the length, else the connection does.
    drawn.headers_mut().remove(header::CONTENT_LENGTH);
    let found = kept(&place, "").expect("is kept");
    assert_eq!((found.status(), found.headers()), (drawn.status(), drawn.headers()));
    let etag = found.headers()[header::ETAG].clone();
    let bytes = async |response: Response| response.into_body().collect().await.expect("a body").to_bytes();
    assert_eq!(bytes(found).await, bytes(drawn).await);
    let same = router::kept(&portal.site, &ask(&place, "", Some(&etag))).expect("is kept");
    assert_eq!(same.status(), StatusCode::NOT_MODIFIED);
    // Whoever is somebody, reads another language or hears something first goes through all layers.
    for cookie in ["__Host-rembug=x", "__Host-tamu=x", "bahasa=en", "hemat=1"] {
        assert!(kept(&place, cookie).is_none(), "{cookie}");
    }
    for query in ["bahasa=id", "hemat=0", "kabar=masuk", "x=1"] {
        assert!(kept(&format!("{place}?{query}"), "").is_none(), "{query}");
    }
    portal.clock.advance(1);
    assert!(kept(&place, "").is_none(), "it was drawn in another second");
} }

db_test! { async fn a_page_that_many_ask_for_at_once_is_drawn_once(db) {
    let portal = portal(db).await;
    let place = format!("/konsultasi/{}", portal.slugs().await.remove(0));
    // The city's name is asked for once in all.
    portal.get("/").await;
    let (first, alone) = counting(portal.get(&place)).await;
    portal.clock.advance(1);
    let (all, together) = counting(async {
        tokio::join!(portal.get(&place), portal.get(&place), portal.get(&place), portal.get(&place))
    })
    .await;
    assert_eq!(together, alone);
    assert_eq!([&all.0, &all.1, &all.2, &all.3], [&first; 4]);
    // What is not kept is answered to all of them, too.
    let none = tokio::join!(portal.get("/konsultasi/tidak-ada"), portal.get("/konsultasi/tidak-ada"));
    assert_eq!((none.0.0, none.1.0), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
} }

db_test! { async fn odd_addresses_are_answered_and_never_break(db) {
    let portal = portal(db).await;
    let slug = portal.slugs().await.remove(0);
    let odd = ["%", "%ff%fe", "x=%ff", "halaman=-1", "halaman=99999999999999999999", "halaman=x", "versi=x", "halaman=3&halaman=4", "&&==&", "q=%00", "q=%22*", "q=%25_", "kantor=%27", "wilayah=35.79.99", "keadaan=draft", "jenis=x&q=sampah", "cari=%F0%9F%99%82", "urut=zzz"];
    for page in ["/", "/konsultasi", "/cari", &format!("/konsultasi/{slug}"), &format!("/konsultasi/{slug}/naskah"), "/umpan.atom", "/kalender.ics"] {
        for query in odd {
            let (status, _) = portal.get(&format!("{page}?{query}")).await;
            assert_eq!(status, StatusCode::OK, "{page}?{query}");
        }
        let long = format!("{page}?q={}", "a".repeat(6_000));
        assert!(portal.get(&long).await.0.is_success(), "{page} with a long query");
    }
    for place in [
        "/konsultasi/tidak-ada", "/konsultasi/%ff", "/konsultasi/a%2Fb", "/konsultasi/%00", "/konsultasi/x/naskah/1", "/konsultasi/x/riwayat",
        &format!("/konsultasi/{slug}/naskah/tidak-ada"), &format!("/konsultasi/{slug}/naskah?versi=99"), &format!("/konsultasi/{slug}/naskah?versi=-1"),
        "/konsultasi/tidak-ada/kalender.ics", "/konsultasi/konsep-rahasia/pratinjau/salah",
    ] {
        let (status, html) = portal.get(place).await;
        assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST), "{place}: {status}");
        assert!(html.contains("<h1"), "{place} helps");
    }
} }

db_test! { async fn a_draft_is_nowhere_but_behind_its_secret(db) {
    let portal = portal(db).await;
    for place in [
        "/", "/konsultasi", "/konsultasi?cari=xylofon", "/cari?q=xylofon", "/umpan.atom", "/kalender.ics", "/sitemap.xml",
        "/konsultasi/konsep-rahasia", "/konsultasi/konsep-rahasia/naskah", "/konsultasi/konsep-rahasia/riwayat", "/konsultasi/konsep-rahasia/kalender.ics",
    ] {
        let (_, text) = portal.get(place).await;
        assert!(!text.contains("Xylofon") && !text.contains("konsep-rahasia</loc>"), "{place} tells of a draft");
    }
    let (status, html) = portal.get("/konsultasi/konsep-rahasia/pratinjau/kunci").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Konsep Xylofon") && html.contains("name=\"robots\" content=\"noindex\""));
} }

db_test! { async fn what_robots_and_readers_get_is_absolute_and_dated_by_what_happened(db) {
    let portal = portal(db).await;
    let (_, feed) = portal.get("/umpan.atom").await;
    assert!(feed.contains("https://rembug.example/konsultasi/") && feed.contains("urn:x-rembug:opened:"));
    let (_, calendar) = portal.get("/kalender.ics").await;
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains("@rembug\r\n"));
    let (_, map) = portal.get("/sitemap.xml").await;
    assert!(map.contains("<loc>https://rembug.example/konsultasi/"));
    let (_, robots) = portal.get("/robots.txt").await;
    assert!(robots.contains("Disallow: /kantor") && robots.contains("Disallow: /akun") && robots.contains("https://rembug.example/sitemap.xml"));
    let (_, manifest) = portal.get("/manifest.webmanifest").await;
    assert!(manifest.contains("\"start_url\":\"/\"") && manifest.contains("\"name\":\"Rembug Kota Batu\""), "{manifest}");
    let slug = portal.slugs().await.remove(0);
    let (_, html) = portal.get(&format!("/konsultasi/{slug}?bahasa=en")).await;
    assert!(html.contains(&format!("<link rel=\"canonical\" href=\"https://rembug.example/konsultasi/{slug}\">")), "{}", &html[..1500]);
    assert!(html.contains("hreflang=\"id\"") && html.contains("property=\"og:title\""));
} }
