use std::collections::BTreeMap;

use domain::{
    Actor, AreaId, Invalid, OfficeId, Problem, Zone,
    area::{Area, Kind},
    office::Office,
    text,
};
use serde::Deserialize;

use crate::{Error, Result, Service, audit};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    zone: String,
    utc_offset_hours: i8,
    #[serde(default)]
    area: Vec<AreaEntry>,
    #[serde(default)]
    office: Vec<OfficeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaEntry {
    code: String,
    name: String,
    kind: String,
    parent: Option<String>,
    postcode: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeEntry {
    slug: String,
    name: String,
    short: String,
    #[serde(default)]
    contact: String,
}

struct Loaded {
    name: String,
    zone: Zone,
    areas: Vec<Area>,
    offices: Vec<Office>,
}

/// Loads a city's file: its name and clock, its areas, its offices. What is there already is brought up to date,
/// nothing is taken away. For the program itself and administrators.
///
/// Error: [`Error::Invalid`], whose fields are places in the file (`area 35.79.01 parent`, or where its TOML breaks).
pub async fn load_city(service: &Service, actor: &Actor, file: &str) -> Result<()> {
    let permit = actor.may_administer()?;
    let city = read(file)?;
    let inner = service.clone();
    let done: Result<()> = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                storage::area::put_city(tx, &city.name, &city.zone).await?;
                for area in &city.areas {
                    storage::area::put(tx, area).await?;
                }
                for office in &city.offices {
                    storage::office::put(tx, office).await?;
                }
                audit::note(&inner, tx, permit.by(), "city.load", "city", &city.name).await
            })
        })
        .await;
    done?;
    super::changed(service).await;
    Ok(())
}

fn read(file: &str) -> Result<Loaded> {
    let file: File = toml::from_str(file)
        .map_err(|error| Error::invalid(error.to_string().trim(), Problem::Malformed))?;
    let mut invalid = Invalid::default();
    let name = invalid
        .take("name", text::line(&file.name, 1, 80))
        .unwrap_or_default();
    let zone = invalid
        .take("zone", text::line(&file.zone, 1, 8))
        .unwrap_or_default();
    if !(-12..=14).contains(&file.utc_offset_hours) {
        invalid.add("utc_offset_hours", Problem::Malformed);
    }
    let areas = areas(&file.area, &mut invalid);
    let offices = offices(&file.office, &mut invalid);
    invalid.check()?;
    Ok(Loaded {
        name,
        zone: Zone {
            name: zone,
            hours: file.utc_offset_hours,
        },
        areas,
        offices,
    })
}

/// The areas, larger ones first, so that each finds the one above it.
fn areas(entries: &[AreaEntry], invalid: &mut Invalid) -> Vec<Area> {
    let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
    let mut areas = Vec::new();
    for entry in entries {
        let place = |field: &str| format!("area {} {field}", entry.code);
        let is_code = (2..=20).contains(&entry.code.len())
            && entry.code.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !is_code {
            invalid.add(&place("code"), Problem::Malformed);
        }
        let kind = Kind::parse(&entry.kind).ok_or(Problem::Unknown);
        let Some(kind) = invalid.take(&place("kind"), kind) else {
            continue;
        };
        let name = invalid.take(&place("name"), text::line(&entry.name, 1, 80));
        if kinds.insert(&entry.code, kind).is_some() {
            invalid.add(&place("code"), Problem::Taken);
        }
        areas.push(Area {
            id: AreaId::new(entry.code.as_str()),
            name: name.unwrap_or_default(),
            kind,
            parent: entry.parent.as_deref().map(AreaId::new),
            postcode: entry.postcode.clone(),
        });
    }
    for area in &areas {
        let place = format!("area {} parent", area.id);
        match area
            .parent
            .as_ref()
            .map(|parent| kinds.get(parent.as_str()))
        {
            None if area.kind == Kind::Kota => {}
            None => invalid.add(&place, Problem::Missing),
            Some(None) => invalid.add(&place, Problem::Unknown),
            Some(Some(above)) if *above < area.kind.min(Kind::Desa) => {}
            Some(Some(_)) => invalid.add(&place, Problem::Order),
        }
    }
    areas.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| a.id.cmp(&b.id)));
    areas
}

fn offices(entries: &[OfficeEntry], invalid: &mut Invalid) -> Vec<Office> {
    let mut offices: Vec<Office> = Vec::new();
    for entry in entries {
        let place = |field: &str| format!("office {} {field}", entry.slug);
        let slug = invalid.take(&place("slug"), text::slug(&entry.slug));
        let name = invalid.take(&place("name"), text::line(&entry.name, 2, 120));
        let short = invalid.take(&place("short"), text::line(&entry.short, 2, 40));
        let contact = invalid.take(&place("contact"), text::line(&entry.contact, 0, 200));
        let (Some(slug), Some(name), Some(short), Some(contact)) = (slug, name, short, contact)
        else {
            continue;
        };
        let id = OfficeId::new(slug);
        if offices.iter().any(|office| office.id == id) {
            invalid.add(&place("slug"), Problem::Taken);
        }
        offices.push(Office {
            id,
            name,
            short,
            contact,
        });
    }
    offices
}

#[cfg(test)]
mod tests {
    use storage::db_test;

    use super::*;
    use crate::{area, testing::World};

    const BATU: &str = include_str!("../../../city/kota-batu/city.toml");

    db_test! { async fn kota_batu_is_loaded_twice_and_is_one_city(db) {
        let world = World::new(db).await;
        for _ in 0..2 {
            load_city(&world.service, &Actor::System, BATU).await.expect("is loaded");
        }
        let city = area::city(&world.service).await.expect("answers");
        assert_eq!((city.name.as_str(), city.zone.hours, city.is_demo), ("Kota Batu", 7, false));
        area::mark_demo(&world.service, &Actor::System).await.expect("is marked");
        assert!(area::city(&world.service).await.expect("answers").is_demo);
        let mut tx = world.service.read().await.expect("a connection");
        let districts = area::list_districts(&mut tx).await.expect("answers");
        let villages: usize = districts.iter().map(|d| d.villages.len()).sum();
        assert_eq!((districts.len(), villages), (3, 24));
        let dishub = crate::office::get(&mut tx, &OfficeId::new("dishub")).await.expect("is there");
        assert!(dishub.contact.contains("dishub@batu.example"));
    } }

    db_test! { async fn only_the_program_and_administrators_load_a_city(db) {
        let world = World::new(db).await;
        for actor in [&world.siti, &world.rina, &world.moderator] {
            assert!(matches!(load_city(&world.service, actor, BATU).await, Err(Error::Forbidden)));
            assert!(matches!(area::mark_demo(&world.service, actor).await, Err(Error::Forbidden)));
        }
        assert!(matches!(load_city(&world.service, &Actor::Anonymous, BATU).await, Err(Error::SignIn)));
        assert!(load_city(&world.service, &world.admin, BATU).await.is_ok());
    } }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        let head = "name = \"X\"\nzone = \"WIB\"\nutc_offset_hours = 7\n";
        let wrong = |rest: &str| match read(&format!("{head}{rest}")) {
            Err(Error::Invalid(invalid)) => invalid,
            _ => panic!("was taken: {rest}"),
        };
        let invalid = wrong(
            "[[area]]\ncode = \"1.1\"\nname = \"\"\nkind = \"desa\"\nparent = \"9\"\n\
             [[area]]\ncode = \"x\"\nname = \"A\"\nkind = \"provinsi\"\n\
             [[area]]\ncode = \"1.2\"\nname = \"A\"\nkind = \"kecamatan\"\nparent = \"1.1\"\n\
             [[office]]\nslug = \"D L H\"\nname = \"Dinas\"\nshort = \"DLH\"\n",
        );
        assert_eq!(invalid.of("area 1.1 parent"), Some(&Problem::Unknown));
        assert_eq!(invalid.of("area 1.1 name"), Some(&Problem::Missing));
        assert_eq!(invalid.of("area x code"), Some(&Problem::Malformed));
        assert_eq!(invalid.of("area x kind"), Some(&Problem::Unknown));
        assert_eq!(invalid.of("area 1.2 parent"), Some(&Problem::Order));
        assert_eq!(invalid.of("office D L H slug"), Some(&Problem::Malformed));
        let broken = wrong("[[area]\n");
        assert!(
            broken.0.keys().any(|place| place.contains("line 4")),
            "{broken:?}"
        );
        assert!(
            wrong("extra = 1")
                .0
                .keys()
                .any(|place| place.contains("extra"))
        );
    }
}
