//! A town whose transport office has decided a case of Siti's.

use domain::{
    AccountId, Actor, Day, OfficeId,
    case::Kind,
    deadline::{Limit, Unit},
    form::{Context, Draft, validate},
    reference::Reference,
};
use storage::Db;

use crate::{
    Result, Service,
    case::{self, Contact, NewCase, Visitor},
    document::Letter,
    form::fixture,
    testing::World,
};

pub(super) const VERIFY_AT: &str = "https://rembug.batu.example/verifikasi";

/// Opens a case of Siti's for the transport office, by the form of a birth.
pub(super) async fn open(db: Db) -> (World, Reference) {
    let world = World::new(db).await;
    let table = r#"{"years":[{"year":2026,"decree":"SKB","off":[]}]}"#;
    case::import_holidays(&world.service, &world.admin, table)
        .await
        .expect("the table is taken");
    let bundle = fixture::birth();
    fixture::publish(&world, &bundle).await;
    let mut tx = world.service.read().await.expect("a connection");
    let row = storage::form::current(&mut tx, "lapor-lahir").await;
    let version = row.expect("reads").expect("is published").id;
    drop(tx);
    let mut draft = Draft::default();
    for (field, value) in [
        ("pelapor", "Siti Aminah"),
        ("nama_anak", "Dewi {{nama}}"),
        ("lahir.day", "1"),
        ("lahir.month", "11"),
        ("lahir.year", "2026"),
        ("berat", "3200"),
    ] {
        draft.put(field, value);
    }
    let today = Day::parse("2026-11-24").expect("a day");
    let outcome = validate(&bundle.definition, &draft, &Context::on(today));
    let new = NewCase {
        kind: Kind::Form,
        office: OfficeId::new("dishub"),
        title: "Lapor kelahiran".into(),
        form_version: Some(version),
        key: "kunci-dari-perangkat".into(),
        applicant: Some(AccountId::new("siti")),
        desk: None,
        contact: Contact {
            name: "Siti Aminah".into(),
            phone: "0812-3456-7890".into(),
            email: String::new(),
        },
        answers: serde_json::to_string(&outcome.answers).expect("is written"),
        nik: None,
        files: Vec::new(),
        terms: Limit {
            unit: Unit::WorkingDays,
            length: 5,
            extension: 0,
            pauses: false,
            steps: Vec::new(),
            note: String::new(),
        },
        retention_days: 30,
    };
    let service = world.service.clone();
    let opened: Result<case::Opened> = world
        .service
        .db()
        .write(move |tx| Box::pin(async move { case::open(tx, &service, new).await }))
        .await;
    let reference = opened.expect("the case is opened").reference;
    (world, reference)
}

/// The case, decided by Rina.
pub(super) async fn decided(db: Db) -> (World, Reference) {
    let (world, reference) = open(db).await;
    let (service, rina) = (&world.service, &world.rina);
    case::check(service, rina, reference, 1, "periksa")
        .await
        .expect("is complete");
    let decision = ("granted", "Persyaratan lengkap dan sesuai.");
    case::decide(service, rina, reference, decision, 2, "putuskan")
        .await
        .expect("is decided");
    (world, reference)
}

pub(super) async fn issued(world: &World, reference: Reference, key: &str) -> Result<Letter> {
    super::issue(&world.service, &world.rina, reference, VERIFY_AT, key).await
}

pub(super) fn as_account(actor: &Actor) -> Visitor {
    Visitor {
        actor: actor.clone(),
        proof: None,
    }
}

/// The lines of the case as Siti sees them.
pub(super) async fn lines(
    service: &Service,
    siti: &Actor,
    reference: Reference,
) -> Vec<case::Line> {
    let mut tx = service.read().await.expect("a connection");
    let tracked = case::track(service, &mut tx, &as_account(siti), reference).await;
    tracked.expect("is hers").lines
}
