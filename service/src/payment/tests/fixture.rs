//! A town that takes payments through the simulator, and a service with a fee.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use domain::{
    Actor,
    case::Happening,
    form::{Bundle, Fee},
    payment::{CURRENCY, Notice, Report},
    reference::Reference,
};

use super::super::{
    provider::{Answer, Reported, Untrue},
    *,
};
use crate::{
    Result,
    case::Visitor,
    form::{
        Hand, PageSave, Saved, Sent, begin,
        fixture::{general, hand, publish},
        resume, save_page, send,
    },
    testing::World,
};

pub(super) const FEE: u64 = 25_000;

/// Settings of the simulator.
pub(super) const SETTINGS: &str = include_str!("../../../../city/kota-batu/payment.toml");

pub(super) fn with_fee(fee: Fee) -> Bundle {
    let mut bundle = general();
    bundle.service.fee = fee;
    bundle
}

pub(super) async fn town(db: storage::Db) -> World {
    let world = World::new(db).await;
    let setup = Setup::read(SETTINGS, world.service.keys()).expect("settings");
    assert!(world.service.take_payments(setup));
    publish(&world, &with_fee(Fee::Fixed(FEE))).await;
    world
}

async fn save(world: &World, hand: &Hand, page: &str, fields: &[(&str, &str)]) {
    let mut asked: Vec<String> = fields
        .iter()
        .filter_map(|(name, _)| name.split('.').next().map(str::to_owned))
        .collect();
    asked.dedup();
    let sheet = PageSave {
        page: page.to_owned(),
        item: None,
        asked,
        fields: fields
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        seen: None,
    };
    let done = save_page(&world.service, hand, "permohonan-umum", sheet).await;
    assert!(matches!(done.expect("is saved"), Saved::Here(_)));
}

/// Siti hands the general request in; its reference.
pub(super) async fn sent(world: &World) -> Reference {
    let (key, hand) = ("permohonan-umum", hand(world, &world.siti, "tamu"));
    begin(&world.service, &hand, key, false)
        .await
        .expect("begins");
    for (page, fields) in PAGES {
        save(world, &hand, page, fields).await;
    }
    let mut tx = world.service.read().await.expect("a connection");
    let filling = resume(&world.service, &mut tx, &hand, key).await;
    drop(tx);
    let send_key = filling.expect("reads").expect("is there").key;
    let done = send(&world.service, &hand, &send_key, None).await;
    let Ok(Sent::Received(reference)) = done else {
        panic!("not handed in: {done:?}");
    };
    let again = send(&world.service, &hand, &send_key, None).await;
    assert_eq!(again.expect("again"), Sent::Received(reference));
    reference
}

/// The bill of a case, once its code was asked for.
pub(super) async fn bill(world: &World, case: Reference) -> Bill {
    let found = bill_of(world, case).await.expect("it has a bill");
    charge(&world.service, &found.id).await;
    for _ in 0..200 {
        let found = bill_of(world, case).await.expect("it has a bill");
        // The task that began with handing in may be the one that asks.
        if found.attempt.as_ref().is_some_and(|one| one.code.is_some()) {
            return found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("no code came");
}

pub(super) async fn bill_of(world: &World, case: Reference) -> Option<Bill> {
    let mut tx = world.service.read().await.expect("a connection");
    of_case(&mut tx, case).await.expect("reads")
}

pub(super) fn order(bill: &Bill) -> String {
    bill.attempt.as_ref().expect("an attempt").order.clone()
}

/// What a provider would report about a bill.
pub(super) fn report(bill: &Bill, reference: &str, report: Report) -> Notice {
    Notice {
        order: order(bill),
        reference: reference.to_owned(),
        report,
        amount: bill.amount * 100,
        currency: CURRENCY.to_owned(),
        at: bill.issued_at.plus_seconds(60),
    }
}

/// Sends a report the way a provider does, signed.
pub(super) async fn arrives(world: &World, id: &str, notice: &Notice) -> Result<Received, Refused> {
    let setup = world.service.payments().expect("payments are taken");
    let reported = Reported {
        id: id.to_owned(),
        notice: notice.clone(),
    };
    let (headers, body) = setup.provider.pretend(&reported).expect("a simulator");
    let header = |name: &str| {
        let found = headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    };
    let callback = Callback {
        header: &header,
        body: &body,
    };
    receive(&world.service, setup.provider.name(), &callback).await
}

/// How often the timeline of a case says that its fee is paid.
pub(super) async fn paid_lines(world: &World, case: Reference) -> usize {
    let mut tx = world.service.read().await.expect("a connection");
    let who = visitor(&world.siti);
    let found = crate::case::track(&world.service, &mut tx, &who, case)
        .await
        .expect("is Siti's");
    let is_paid = |line: &&crate::case::Line| line.kind == Happening::Paid;
    found.lines.iter().filter(is_paid).count()
}

pub(super) fn visitor(actor: &Actor) -> Visitor {
    Visitor {
        actor: actor.clone(),
        proof: None,
    }
}

/// A provider whose moods are set by hand.
#[derive(Debug, Default)]
pub(super) struct Moody {
    pub(super) is_away: AtomicBool,
    pub(super) refuses: AtomicBool,
    pub(super) says: Mutex<Option<Reported>>,
}

impl Provider for Arc<Moody> {
    fn name(&self) -> &'static str {
        "moody"
    }

    fn create(&self, order: &Order) -> Answer<Charge> {
        let answer = if self.is_away.load(Ordering::SeqCst) {
            Err(Trouble::Away("asleep".to_owned()))
        } else if self.refuses.load(Ordering::SeqCst) {
            Err(Trouble::Refused("no".to_owned()))
        } else {
            Ok(Charge {
                payload: format!("code of {}", order.id),
                expires_at: order.now.plus_seconds(600),
            })
        };
        Box::pin(async move { answer })
    }

    fn verify(&self, _: &Callback<'_>) -> Result<Reported, Untrue> {
        Err(Untrue::Forged)
    }

    fn status(&self, _: &str) -> Answer<Option<Reported>> {
        let says = self.says.lock().expect("nobody panics").clone();
        Box::pin(async move { Ok(says) })
    }
}

/// A town whose provider is moody.
pub(super) async fn moody_town(db: storage::Db) -> (World, Arc<Moody>) {
    let world = World::new(db).await;
    let moody = Arc::new(Moody::default());
    let setup = Setup {
        provider: Arc::new(moody.clone()),
        due_days: 14,
        code_minutes: 10,
    };
    assert!(world.service.take_payments(setup));
    publish(&world, &with_fee(Fee::Fixed(FEE))).await;
    (world, moody)
}

/// The answers of the general request, page by page.
const PAGES: [(&str, &[(&str, &str)]); 5] = [
    (
        "pemohon",
        &[
            ("nama", "Siti Aminah"),
            ("telepon", "0812-3456-7890"),
            ("surel", ""),
        ],
    ),
    (
        "alamat",
        &[
            ("alamat.street", "Jl. Punten 3"),
            ("alamat.area", "35.79.02.2001"),
        ],
    ),
    (
        "permohonan",
        &[
            ("perihal", "Lampu jalan"),
            ("uraian", "Lampu di gang tiga mati sejak Senin."),
        ],
    ),
    ("tempat", &[("ada_tempat", "no")]),
    ("pernyataan", &[("benar", "yes")]),
];
