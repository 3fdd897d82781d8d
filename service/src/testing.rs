//! A small town for tests: named people, an office or two, and a clock that is moved by hand.

use std::sync::Arc;

use domain::{AccountId, Actor, AreaId, FixedClock, Member, OfficeId, Role, Timestamp};
use storage::{Db, args, sql};

use crate::{Chance, Service, account::Hashing};

/// The instant at which every world begins: 24 November 2026, 07.00 WIB.
pub const START: Timestamp = Timestamp(1_795_478_400_000);

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
        let service = Service::new(db, clock.clone(), Chance::seeded(7), Hashing::CHEAP);
        fill(&service).await.expect("an empty database takes the town");
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

const AREAS: [(&str, &str, &str, Option<&str>); 7] = [
    ("35.79", "Kota Batu", "kota", None),
    ("35.79.01", "Batu", "kecamatan", Some("35.79")),
    ("35.79.02", "Bumiaji", "kecamatan", Some("35.79")),
    ("35.79.01.1004", "Sisir", "kelurahan", Some("35.79.01")),
    ("35.79.01.1002", "Ngaglik", "kelurahan", Some("35.79.01")),
    ("35.79.02.2009", "Sumberbrantas", "desa", Some("35.79.02")),
    ("35.79.02.2001", "Punten", "desa", Some("35.79.02")),
];

const PEOPLE: [(&str, &str, &str, Option<&str>, Option<&str>); 7] = [
    ("siti", "Siti Aminah", "resident", None, Some("35.79.02.2009")),
    ("bambang", "Bambang W.", "resident", None, Some("35.79.01.1004")),
    ("wayan", "Wayan", "resident", None, None),
    ("rina", "Rina Kartika", "resident", Some("dishub"), None),
    ("agus", "Agus Salim", "resident", Some("dlh"), None),
    ("moderator", "Dewi Lestari", "moderator", None, None),
    ("admin", "Hartono", "administrator", None, None),
];

async fn fill(service: &Service) -> crate::Result<()> {
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                tx.run(sql!("insert into city (id, name, zone_name, zone_hours) values ('city', 'Kota Batu', 'WIB', 7)"), args![])
                    .await?;
                for (id, name, kind, parent) in AREAS {
                    tx.run(
                        sql!("insert into area (id, name, kind, parent_id) values ($1, $2, $3, $4)"),
                        args![id, name, kind, parent],
                    )
                    .await?;
                }
                for (id, name, short) in [("dishub", "Dinas Perhubungan", "Dishub"), ("dlh", "Dinas Lingkungan Hidup", "DLH")] {
                    tx.run(sql!("insert into office (id, name, short) values ($1, $2, $3)"), args![id, name, short])
                        .await?;
                }
                for (key, name, role, office, home) in PEOPLE {
                    let email = format!("{key}@warga.example");
                    tx.run(
                        sql!(
                            "insert into account (id, email, email_key, name, password_hash, role, home_area_id, created_at)
                             values ($1, $2, $2, $3, '-', $4, $5, $6)"
                        ),
                        args![key, email, name, role, home, START],
                    )
                    .await?;
                    if let Some(office) = office {
                        tx.run(
                            sql!("insert into membership (account_id, office_id, since) values ($1, $2, $3)"),
                            args![key, office, START],
                        )
                        .await?;
                    }
                }
                Ok(())
            })
        })
        .await
}
