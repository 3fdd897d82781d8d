//! A town in which all of it is there, and everybody who may ask.

use axum::{
    body::Body,
    http::{Request, header},
};
use domain::ConsultationId;
use service::{ballot::fixture, form, payment::Setup, testing::START};
use storage::{Db, Error};

use crate::{
    payment::SETTINGS,
    rig::{Portal, browser},
};

/// The kinds of actors, by their account. The consultation is one of `rina`'s office.
pub(super) const ACTORS: [(&str, Option<&str>); 6] = [
    ("anonymous", None),
    ("resident", Some("siti")),
    ("moderator", Some("moderator")),
    ("officer", Some("rina")),
    ("officer elsewhere", Some("agus")),
    ("administrator", Some("admin")),
];

const TOWN: &[&str] = &[
    "insert into text_version (id, consultation_id, number, source, created_at, published_at)
     values ('v1', 'sepeda', 1, 'Pasal 1', 0, 1)",
    "insert into clause (id, version_id, consultation_id, position, label, heading, body, body_html)
     values ('k1', 'v1', 'sepeda', 1, '1', 'Pasal 1', 'isi', '<p>isi</p>')",
    "insert into statement (id, consultation_id, number, body, status, is_seed, created_at)
     values ('s1', 'sepeda', 1, 'Trotoar perlu diperlebar.', 'accepted', true, 0)",
    "insert into comment (id, consultation_id, root_id, depth, account_id, body, posted_at, send_key)
     values ('c1', 'sepeda', 'c1', 0, 'siti', 'Setuju sekali.', 1, 'k')",
    "insert into file (id, name, media_type, size, sha256, body, created_at)
     values ('f1', 'peta.txt', 'text/plain', 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '', 0)",
    "insert into cases (id, reference, kind, office_id, title, key_hash, account_id, contact, answers, status, clock, is_open,
                        due_sort, received_at, updated_at, retention_days, revision)
     values ('k', '0000000000', 'form', 'dishub', 'Izin parkir', 'k', 'siti', '', '', 'received',
             '{\"limit\":{\"unit\":\"days\",\"length\":5,\"extension\":3,\"pauses\":true},\"start\":0,\"pauses\":[],\"extension\":null}',
             true, 9000000000000000, 0, 0, 30, 1)",
    "insert into case_event (case_id, number, at, side, kind, is_public) values ('k', 1, 0, 'applicant', 'received', true)",
    "insert into bill (id, code, office_id, case_id, title_id, title_en, amount, due, issued_at, attempts, state, is_overpaid,
                       refunded, revision)
     values ('b', '0000000000', 'dishub', 'k', 'Izin parkir', 'Parking', 25000, '2026-12-08', 0, 0, 'issued', false, 0, 0)",
    "insert into attachment (consultation_id, file_id, title, position) values ('sepeda', 'f1', 'Peta', 1)",
];

pub(super) async fn open(db: Db) -> Portal {
    let portal = Portal::over(db).await;
    let world = &portal.world;
    let setup = Setup::read(SETTINGS, world.service.keys()).expect("settings");
    assert!(world.service.take_payments(setup));
    fixture::open(world, "sepeda", "live").await;
    form::fixture::publish(world, &form::fixture::general()).await;
    let guide = include_str!("../../../../city/kota-batu/kbli.json");
    let guide = guide.replacen("izin-usaha", "permohonan-umum", 1);
    form::import_guide(&world.service, &domain::Actor::System, &guide)
        .await
        .expect("the guide comes in");
    form::begin_work(&world.service, &world.rina, "permohonan-umum")
        .await
        .expect("the office works on its form");
    let done: Result<(), Error> = world
        .service
        .db()
        .write(|tx| {
            Box::pin(async move {
                for statement in TOWN {
                    tx.run(statement, vec![]).await?;
                }
                // The clock goes on between the requests, so that no limit hides what lies behind it.
                tx.run(
                    "update consultation set closes_at = $1",
                    storage::args![START.plus_days(900)],
                )
                .await?;
                Ok(())
            })
        })
        .await;
    done.expect("the town takes it");
    service::search::refresh(&world.service, &ConsultationId::new("sepeda"))
        .await
        .expect("is found");
    portal
}

/// The cookies of an account. A request may end its session, so each has its own.
pub(super) async fn cookies(portal: &Portal, account: Option<&'static str>) -> String {
    match account {
        Some(account) => portal.session(account).await,
        None => String::new(),
    }
}

/// A request that may not even be one: `None` when no client could send it.
pub(super) fn request(
    method: &str,
    place: &str,
    cookies: &str,
    kind: &str,
    body: Vec<u8>,
) -> Option<Request<Body>> {
    let mut request = browser(method, place, cookies);
    if !kind.is_empty() {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    request.body(Body::from(body)).ok()
}

/// What was refused has left nothing behind, and what was taken is whole.
pub(super) async fn sound(portal: &Portal) {
    let checked = service::upkeep::check(&portal.world.service)
        .await
        .expect("is checked");
    for one in checked {
        assert_eq!(one.wrong, 0, "{one:?}");
    }
}
