//! The city with its areas and offices, and the people who use the demo.

use domain::{
    AccountId, AreaId, OfficeId, Zone,
    account::Secret,
    area::{Area, Kind},
    office::Office,
};
use storage::{Tx, demo::Person};

use super::{Maker, PASSWORD, People, Unusable, files::Town};
use crate::{Result, Service};

/// The one hash that all demo accounts share: hashing it for each would take seconds.
pub(super) async fn hash(service: &Service) -> Result<String> {
    crate::account::hash(service, &Secret::new(PASSWORD)).await
}

pub(super) async fn write(
    tx: &mut Tx,
    maker: &mut Maker,
    town: &Town,
    hash: &str,
) -> Result<People, Unusable> {
    let city = &town.city;
    let zone = Zone {
        name: city.zone.clone(),
        hours: city.utc_offset_hours,
    };
    storage::area::put_city(tx, &city.name, &zone).await?;
    storage::area::mark_demo(tx).await?;
    for area in &city.areas {
        let kind = Kind::parse(&area.kind).ok_or_else(|| {
            Unusable::Wrong(
                "city.toml".to_owned(),
                format!("{:?} is no kind of area", area.kind),
            )
        })?;
        let area = Area {
            id: AreaId::new(&area.code),
            name: area.name.clone(),
            kind,
            parent: area.parent.as_deref().map(AreaId::new),
            postcode: area.postcode.clone(),
        };
        storage::area::put(tx, &area).await?;
    }
    let mut people = People {
        accounts: std::collections::BTreeMap::new(),
        offices: std::collections::BTreeMap::new(),
        residents: Vec::new(),
        moderators: Vec::new(),
    };
    for office in &city.offices {
        let office = Office {
            id: OfficeId::new(&office.slug),
            name: office.name.clone(),
            short: office.short.clone(),
            contact: office.contact.clone(),
        };
        storage::office::put(tx, &office).await?;
    }
    let since = maker.days(-120.0);
    let mut accounts = Vec::new();
    for person in &town.people {
        let id: AccountId = maker.id(since);
        let role = if person.role == "officer" {
            "resident"
        } else {
            &person.role
        };
        match (person.role.as_str(), &person.office) {
            ("moderator", _) => people.moderators.push(id.clone()),
            ("resident", _) => people.residents.push(id.clone()),
            (_, Some(office)) => {
                people
                    .offices
                    .insert(person.key.clone(), OfficeId::new(office));
            }
            _ => {}
        }
        people.accounts.insert(person.key.clone(), id.clone());
        accounts.push(Person {
            id,
            email: person.email.clone(),
            name: person.name.clone(),
            password_hash: hash.to_owned(),
            role: role.to_owned(),
            home: person.area.as_deref().map(AreaId::new),
            office: person.office.as_deref().map(OfficeId::new),
            at: since,
        });
    }
    storage::demo::add_people(tx, &accounts).await?;
    maker.filled.people = accounts.len();
    Ok(people)
}
