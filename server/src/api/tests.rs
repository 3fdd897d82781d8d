use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use domain::{
    AccountId, CommentId, ConsultationId, OfficeId, QuestionId, StatementId, moderation::Reason,
};
use http_body_util::BodyExt;
use serde_json::Value;
use service::testing::World;
use storage::{db_test, demo};
use tower::ServiceExt;

use super::router;

/// A draft, and a consultation that is open for ten days and shows nothing before its end.
async fn filled(world: &World) {
    let start = service::testing::START;
    let id = ConsultationId::new("buka");
    let siti = AccountId::new("siti");
    let consultation = demo::Consultation {
        id: id.clone(),
        slug: "buka".into(),
        office: OfficeId::new("dishub"),
        title: "Jalur sepeda".into(),
        summary: String::new(),
        body: String::new(),
        body_html: String::new(),
        contact: String::new(),
        opens_at: start,
        closes_at: start.plus_days(10),
        published_at: start,
        created_at: start,
        counts_shown: "after_close".into(),
        comments_open: true,
        statements_open: true,
        preview_token: "rahasia".into(),
        by: AccountId::new("rina"),
        areas: Vec::new(),
        told_until: None,
    };
    let question = demo::Question {
        id: QuestionId::new("q"),
        kind: "position".into(),
        title: "Setuju?".into(),
        help: String::new(),
        max_choices: 1,
        options: Vec::new(),
    };
    let statement = demo::Statement {
        id: StatementId::new("s"),
        number: 1,
        voice: None,
        body: "Trotoar dulu.".into(),
        status: "accepted".into(),
        at: start,
        decided: None,
        reason: None,
    };
    let comment = |id: &str, hidden: bool| demo::Comment {
        id: CommentId::new(id),
        clause: None,
        quote: String::new(),
        parent: None,
        root: CommentId::new(id),
        depth: 0,
        author: siti.clone(),
        office: None,
        stance: None,
        body: format!("Kata {id}"),
        at: start,
        edited: None,
        deleted_at: None,
        hidden: hidden.then(|| (start, Reason::Insult, "kasar".to_owned())),
        supporters: Vec::new(),
        replies: 0,
    };
    let comments = [comment("c1", false), comment("c2", true)];
    let done: service::Result<()> = world
        .service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                storage::testing::consultation(tx, "rancangan").await?;
                demo::add_consultation(tx, &consultation).await?;
                demo::add_questions(tx, &id, &[question]).await?;
                demo::add_statements(tx, &id, &[statement]).await?;
                demo::add_comments(tx, &id, &comments).await?;
                service::search::put_all(tx, &id).await
            })
        })
        .await;
    done.expect("is written");
    let (s, siti) = (&world.service, &world.siti);
    service::ballot::cast(s, siti, "buka", &QuestionId::new("q"), vec!["agree".into()])
        .await
        .expect("votes");
}

async fn get(router: &Router, place: &str) -> Response<Body> {
    let request = Request::get(place).body(Body::empty()).expect("builds");
    router.clone().oneshot(request).await.expect("answers")
}

async fn json(response: Response<Body>) -> Value {
    let bytes = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    serde_json::from_slice(&bytes).expect("JSON")
}

db_test! { async fn it_gives_what_is_public_and_hides_counts_until_their_time(db) {
    let world = World::new(db).await;
    filled(&world).await;
    let api = router(world.service.clone());
    let list = json(get(&api, "/api/v1/consultations?phase=open&office=dishub&q=sepeda").await).await;
    assert_eq!((list["total"].as_i64(), list["items"][0]["slug"].as_str()), (Some(1), Some("buka")));
    assert_eq!(json(get(&api, "/api/v1/consultations?page=9").await).await["total"], 1, "{list}");
    let questions = json(get(&api, "/api/v1/consultations/buka/questions").await).await;
    assert!(questions["items"][0]["choices"][0]["votes"].is_null() && questions["items"][0]["voters"].is_null(), "{questions}");
    let statements = json(get(&api, "/api/v1/consultations/buka/statements").await).await;
    assert!(statements["items"][0]["agree"].is_null(), "{statements}");
    let comments = json(get(&api, "/api/v1/consultations/buka/comments?order=newest").await).await;
    assert_eq!(comments["total"], 2);
    let hidden = comments["items"].as_array().expect("a list").iter().find(|c| c["state"] == "hidden").expect("is there");
    assert_eq!((hidden["text"].as_str(), hidden["author"].as_str()), (Some(""), Some("")));
    let early = get(&api, "/api/v1/consultations/buka/results").await;
    assert_eq!(early.status(), StatusCode::CONFLICT);
    assert_eq!(json(early).await["code"], "not_yet");
    world.days(11);
    let questions = json(get(&api, "/api/v1/consultations/buka/questions").await).await;
    assert_eq!(questions["items"][0]["choices"][0]["votes"], 1);
    let results = json(get(&api, "/api/v1/consultations/buka/results").await).await;
    assert_eq!(results["turnout"]["participants"], 1);
    let everything = results.to_string() + &comments.to_string() + &questions.to_string();
    for secret in ["rahasia", "siti@", "warga.example"] {
        assert!(!everything.contains(secret), "{secret}");
    }
} }

db_test! { async fn odd_questions_get_a_code_and_never_a_fault(db) {
    let world = World::new(db).await;
    filled(&world).await;
    let api = router(world.service.clone());
    for (place, status) in [
        ("consultations/rancangan", 404), ("consultations/rancangan/results", 404), ("consultations/tidak-ada/comments", 404),
        ("consultations/%00", 404), ("consultations/%ff", 400), ("consultations?q=%ff", 400), ("consultations?page=-1", 422),
        ("consultations?page=99999999999999999999999", 422), ("consultations?per_page=101", 422), ("consultations?phase=draft", 422),
        ("consultations?q=%00%27%22%3B--", 200), ("consultations?q=a%25_b", 200), ("consultations?page=1000000&per_page=100", 200),
        ("consultations/buka/comments?order=worst", 422), ("consultations?office=%F0%9F%9A%B2&area=..", 200), ("nothing", 404),
        ("consultations/buka/comments?page=1000000&per_page=100", 200),
    ] {
        let response = get(&api, &format!("/api/v1/{place}")).await;
        assert_eq!(response.status().as_u16(), status, "{place}");
        assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*", "{place}");
        if status >= 400 {
            assert!(json(response).await["code"].is_string(), "{place}");
        }
    }
    let post = Request::post("/api/v1/consultations").body(Body::empty()).expect("builds");
    assert_eq!(api.clone().oneshot(post).await.expect("answers").status(), StatusCode::METHOD_NOT_ALLOWED);
} }

db_test! { async fn an_answer_that_one_has_is_not_sent_again(db) {
    let world = World::new(db).await;
    filled(&world).await;
    let api = router(world.service.clone());
    let first = get(&api, "/api/v1/consultations/buka").await;
    let mark = first.headers()[header::ETAG].clone();
    assert!(first.headers()[header::CACHE_CONTROL].to_str().expect("text").contains("max-age"));
    let again = Request::get("/api/v1/consultations/buka").header(header::IF_NONE_MATCH, &mark).body(Body::empty()).expect("builds");
    let again = api.clone().oneshot(again).await.expect("answers");
    assert_eq!((again.status(), &again.headers()[header::ETAG]), (StatusCode::NOT_MODIFIED, &mark));
} }

#[tokio::test]
async fn the_description_names_every_address_and_explains_every_field() {
    let (db, _guard) = storage::testing::sqlite().await;
    let world = World::new(db).await;
    let api = router(world.service.clone());
    let text = json(get(&api, "/api/v1/openapi.json").await).await;
    assert_eq!(text["paths"].as_object().expect("paths").len(), 6);
    for (name, schema) in text["components"]["schemas"].as_object().expect("schemas") {
        assert!(
            schema["description"].is_string(),
            "{name} has no description"
        );
        for (field, about) in schema["properties"].as_object().into_iter().flatten() {
            let refers = about.get("$ref").is_some() || about.get("oneOf").is_some();
            assert!(
                about["description"].is_string() || refers,
                "{name}.{field} has no description"
            );
        }
    }
}
