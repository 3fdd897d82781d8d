//! The demo town behind the whole router.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use app::{Site, request::Assets};
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use domain::FixedClock;
use http_body_util::BodyExt;
use server::{assets::Files, router};
use service::{Chance, Keys, Service, account::Hashing, testing::START};
use storage::{Db, args, sql};
use tower::ServiceExt;

pub(crate) struct Portal {
    pub(crate) router: Router,
    pub(crate) site: Site,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) service: Service,
}

/// The demo town, and a draft that nobody may see.
pub(crate) async fn portal(db: Db) -> Portal {
    let clock = Arc::new(FixedClock::at(START));
    let service = Service::new(
        db,
        clock.clone(),
        Chance::seeded(3),
        Hashing::CHEAP,
        Keys::for_tests(),
    );
    let mut files = BTreeMap::new();
    for folder in ["city", "demo"] {
        read(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("..")
                .join(folder),
            folder,
            &mut files,
        );
    }
    service::demo::fill(&service, &files)
        .await
        .expect("the demo fits")
        .expect("the database was empty");
    let done: Result<(), storage::Error> = service
        .db()
        .write(|tx| {
            Box::pin(async move {
                tx.run(
                    sql!(
                        "insert into consultation (id, slug, office_id, title, summary, preview_token, opens_at, closes_at, created_at, updated_at)
                         select 'draft', 'konsep-rahasia', min(id), 'Konsep Xylofon', 'Xylofon', 'kunci', $1, $2, 0, 0 from office"
                    ),
                    args![START.plus_days(-1), START.plus_days(9)],
                )
                .await?;
                Ok(())
            })
        })
        .await;
    done.expect("a draft is there");
    let draft = domain::ConsultationId::new("draft");
    service::search::refresh(&service, &draft)
        .await
        .expect("is indexed");
    let site = Site::new(
        service.clone(),
        Assets::default(),
        Some("https://rembug.example".to_owned()),
    );
    Portal {
        router: router::router(site.clone(), Files::new(None)),
        site,
        clock,
        service,
    }
}

fn read(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder of the demo") {
        let path = entry.expect("an entry").path();
        let name = format!(
            "{name}/{}",
            path.file_name().expect("a name").to_string_lossy()
        );
        if path.is_dir() {
            read(&path, &name, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            files.insert(name, text);
        }
    }
}

impl Portal {
    /// A page as somebody without any cookie gets it.
    pub(crate) async fn get(&self, place: &str) -> (StatusCode, String) {
        self.get_as(place, "").await
    }

    /// A page as a browser with these cookies gets it.
    pub(crate) async fn get_as(&self, place: &str, cookies: &str) -> (StatusCode, String) {
        let request = Request::get(place)
            .header(header::HOST, "rembug.example")
            .header(header::COOKIE, cookies)
            .body(Body::empty())
            .expect("an address");
        let response = self.send(request).await;
        let status = response.status();
        let bytes = response
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The session's cookie of one of the demo town's people.
    pub(crate) async fn sign_in(&self, email: &str) -> String {
        let body = format!(
            "email={}&password={}",
            email.replace('@', "%40"),
            service::demo::PASSWORD
        );
        let request = Request::post("/akun/masuk")
            .header(header::HOST, "rembug.example")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("an address");
        let response = self.send(request).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{email} signs in");
        let cookies = response.headers().get_all(header::SET_COOKIE).iter();
        let pairs = cookies.filter_map(|c| c.to_str().ok()?.split(';').next());
        pairs.collect::<Vec<_>>().join("; ")
    }

    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers")
    }

    /// The words of all published consultations in addresses.
    pub(crate) async fn slugs(&self) -> Vec<String> {
        let mut tx = self.service.read().await.expect("a connection");
        service::consultation::map(&self.service, &mut tx)
            .await
            .expect("lists")
            .into_iter()
            .map(|row| row.slug)
            .collect()
    }

    /// Some comments of every kind: answered, edited, hidden, deleted, plain.
    pub(crate) async fn comments(&self) -> Vec<String> {
        let mut tx = self.service.read().await.expect("a connection");
        let rows: Vec<(String,)> = tx
            .all(
                sql!(
                    "select id from (select id, row_number() over (
                         partition by edited_at is null, hidden_at is null, deleted_at is null, depth order by id) as place
                     from comment) kinds where place <= 3 order by id"
                ),
                args![],
            )
            .await
            .expect("lists");
        rows.into_iter().map(|row| row.0).collect()
    }
}
