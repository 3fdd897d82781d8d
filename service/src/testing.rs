//! A small town for tests: named people, an office or two, and a clock that is moved by hand.

use std::sync::Arc;

use domain::{
    AccountId, Actor, AreaId, FixedClock, Member, OfficeId, Role, Timestamp, Zone,
    account::Secret,
    area::{Area, Kind},
    office::Office,
};
use storage::{Db, account::NewAccount};

use crate::{
    Chance, Keys, Service,
    account::{self, Hashing},
};

/// The instant at which every world begins: 24 November 2026, 07.00 WIB.
pub const START: Timestamp = Timestamp(1_795_478_400_000);

/// The password of everybody in the town; the e-mail is `<key>@warga.example`.
pub const PASSWORD: &str = "tiga ekor bebek lewat";

/// A town: three areas, two offices, seven people.
#[derive(Debug)]
pub struct World {
    /// The use cases, on the town's database.
    pub service: Service,
    /// Moves by hand.
    pub clock: Arc<FixedClock>,
    /// A resident of Sumberbrantas.
    pub siti: Actor,
    /// A resident of Sisir.
    pub bambang: Actor,
    /// A resident who stated no area.
    pub wayan: Actor,
    /// An officer of the transport office (`dishub`).
    pub rina: Actor,
    /// An officer of the environment office (`dlh`).
    pub agus: Actor,
    /// A moderator.
    pub moderator: Actor,
    /// The administrator.
    pub admin: Actor,
}

impl World {
    /// Builds the town on an empty database.
    pub async fn new(db: Db) -> Self {
        let clock = Arc::new(FixedClock::at(START));
        let service = Service::new(
            db,
            clock.clone(),
            Chance::seeded(7),
            Hashing::CHEAP,
            Keys::for_tests(),
        );
        fill(&service)
            .await
            .expect("an empty database takes the town");
        Self {
            siti: resident("siti", "Siti Aminah", Some("35.79.02.2009")),
            bambang: resident("bambang", "Bambang W.", Some("35.79.01.1004")),
            wayan: resident("wayan", "Wayan", None),
            rina: person("rina", "Rina Kartika", Role::Resident, Some("dishub"), None),
            agus: person("agus", "Agus Salim", Role::Resident, Some("dlh"), None),
            moderator: person("moderator", "Dewi Lestari", Role::Moderator, None, None),
            admin: person("admin", "Hartono", Role::Administrator, None, None),
            service,
            clock,
        }
    }

    /// Moves the clock by whole days.
    pub fn days(&self, days: i64) {
        self.clock.advance(days * 86_400);
    }
}

fn resident(key: &str, name: &str, home: Option<&str>) -> Actor {
    person(key, name, Role::Resident, None, home)
}

fn person(key: &str, name: &str, role: Role, office: Option<&str>, home: Option<&str>) -> Actor {
    Actor::Member(Member {
        account: AccountId::new(key),
        name: name.to_owned(),
        role,
        offices: office.map(OfficeId::new).into_iter().collect(),
        home: home.map(AreaId::new),
    })
}

const AREAS: [(&str, &str, Kind, Option<&str>); 7] = [
    ("35.79", "Kota Batu", Kind::Kota, None),
    ("35.79.01", "Batu", Kind::Kecamatan, Some("35.79")),
    ("35.79.02", "Bumiaji", Kind::Kecamatan, Some("35.79")),
    ("35.79.01.1004", "Sisir", Kind::Kelurahan, Some("35.79.01")),
    (
        "35.79.01.1002",
        "Ngaglik",
        Kind::Kelurahan,
        Some("35.79.01"),
    ),
    (
        "35.79.02.2009",
        "Sumberbrantas",
        Kind::Desa,
        Some("35.79.02"),
    ),
    ("35.79.02.2001", "Punten", Kind::Desa, Some("35.79.02")),
];

const OFFICES: [(&str, &str, &str); 2] = [
    ("dishub", "Dinas Perhubungan", "Dishub"),
    ("dlh", "Dinas Lingkungan Hidup", "DLH"),
];

const PEOPLE: [(&str, &str, Role, Option<&str>, Option<&str>); 7] = [
    (
        "siti",
        "Siti Aminah",
        Role::Resident,
        None,
        Some("35.79.02.2009"),
    ),
    (
        "bambang",
        "Bambang W.",
        Role::Resident,
        None,
        Some("35.79.01.1004"),
    ),
    ("wayan", "Wayan", Role::Resident, None, None),
    ("rina", "Rina Kartika", Role::Resident, Some("dishub"), None),
    ("agus", "Agus Salim", Role::Resident, Some("dlh"), None),
    ("moderator", "Dewi Lestari", Role::Moderator, None, None),
    ("admin", "Hartono", Role::Administrator, None, None),
];

async fn fill(service: &Service) -> crate::Result<()> {
    let password_hash = account::hash(service, &Secret::new(PASSWORD)).await?;
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let zone = Zone {
                    name: "WIB".to_owned(),
                    hours: 7,
                };
                storage::area::put_city(tx, "Kota Batu", &zone).await?;
                for (id, name, kind, parent) in AREAS {
                    let area = Area {
                        id: AreaId::new(id),
                        name: name.to_owned(),
                        kind,
                        parent: parent.map(AreaId::new),
                        postcode: None,
                    };
                    storage::area::put(tx, &area).await?;
                }
                for (id, name, short) in OFFICES {
                    let office = Office {
                        id: OfficeId::new(id),
                        name: name.to_owned(),
                        short: short.to_owned(),
                        contact: String::new(),
                    };
                    storage::office::put(tx, &office).await?;
                }
                for (key, name, role, office, home) in PEOPLE {
                    let (id, email) = (AccountId::new(key), format!("{key}@warga.example"));
                    let home = home.map(AreaId::new);
                    let new = NewAccount {
                        id: &id,
                        email: &email,
                        email_key: &email,
                        name,
                        password_hash: &password_hash,
                        role,
                        home: home.as_ref(),
                        locale: None,
                        at: START,
                    };
                    storage::account::insert(tx, &new).await?;
                    let offices: Vec<OfficeId> = office.map(OfficeId::new).into_iter().collect();
                    storage::account::replace_offices(tx, &id, &offices, None, START).await?;
                }
                Ok(())
            })
        })
        .await
}
