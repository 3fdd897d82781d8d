//! A town whose transport office takes cases.

use domain::{Actor, deadline::Unit};

use super::*;

/// The key of a sender.
pub(super) const KEY: &str = "kunci-dari-perangkat";
/// The holidays of 2026, as far as the tests need them.
pub(super) const HOLIDAYS: &str = r#"{"years":[{"year":2026,"decree":"SKB","off":[
    {"day":"2026-12-24","kind":"joint_leave","name":"Cuti bersama Natal"},
    {"day":"2026-12-25","kind":"holiday","name":"Natal"}]}]}"#;

pub(super) struct Town {
    pub(super) world: World,
}

/// A case of Siti for the transport office: five working days, once three more.
pub(super) fn new_case(key: &str) -> NewCase {
    NewCase {
        kind: Kind::Form,
        office: OfficeId::new("dishub"),
        title: "Izin parkir".into(),
        form_version: None,
        key: key.into(),
        applicant: Some(AccountId::new("siti")),
        desk: None,
        contact: Contact {
            name: "Siti Aminah".into(),
            phone: "0812-3456-7890".into(),
            email: String::new(),
        },
        answers: r#"{"nama":"jawaban"}"#.into(),
        nik: Some("3579024107900001".into()),
        files: Vec::new(),
        terms: Terms {
            unit: Unit::WorkingDays,
            length: 5,
            extension: 3,
            pauses: true,
            steps: Vec::new(),
            note: String::new(),
        },
        retention_days: 30,
    }
}

/// Hands a case in.
pub(super) async fn sent(world: &World, new: NewCase) -> Opened {
    let service = world.service.clone();
    world
        .service
        .db()
        .write(move |tx| Box::pin(async move { open(tx, &service, new).await }))
        .await
        .expect("the case is opened")
}

impl Town {
    pub(super) async fn new(db: storage::Db) -> Self {
        let world = World::new(db).await;
        import_holidays(&world.service, &world.admin, HOLIDAYS)
            .await
            .expect("the table is taken");
        Self { world }
    }

    pub(super) async fn track(
        &self,
        actor: &Actor,
        proof: Option<Proof>,
        reference: Reference,
    ) -> Result<Tracked> {
        let mut tx = self.world.service.read().await?;
        let visitor = Visitor {
            actor: actor.clone(),
            proof,
        };
        track(&self.world.service, &mut tx, &visitor, reference).await
    }

    /// The case as its office has it, without a look.
    pub(super) async fn case(&self, reference: Reference) -> Case {
        let mut tx = self.world.service.read().await.expect("a connection");
        let row = storage::case::find(&mut tx, &reference.compact())
            .await
            .expect("reads");
        Case::read(&row.expect("is there")).expect("is readable")
    }
}

pub(super) fn as_account(actor: &Actor) -> Visitor {
    Visitor {
        actor: actor.clone(),
        proof: None,
    }
}
