//! Forms for tests: a birth with witnesses, and the general request that is shipped.

use domain::{
    Actor, Zone,
    form::{Bundle, Component, Definition, Fee, Service as Offer, Text},
};

use super::{Hand, Imported, import, written};
use crate::{draft::Owner, testing::World};

/// A service that can be published, of the transport office.
pub fn offer() -> Offer {
    let mut offer: Offer = serde_json::from_str(
        r#"{"office":"dishub","life_event":"birth","summary":{"id":"Laporkan kelahiran anak.","en":"Report the birth of a child."},
            "standard":{},"limit":{"unit":"working_days","length":5,"extension":3,"pauses":true},
            "retention_days":365,"is_online":true}"#,
    )
    .expect("a service");
    let text = |component: Component| {
        let word = component.word();
        Text::new(&format!("Isi {word}"), &format!("What {word} says"))
    };
    let standard: serde_json::Map<String, serde_json::Value> = Component::ALL
        .into_iter()
        .map(|component| {
            let text = serde_json::to_value(text(component)).expect("a text");
            (component.word().to_owned(), text)
        })
        .collect();
    offer.standard = serde_json::from_value(standard.into()).expect("a standard");
    offer.fee = Fee::Free;
    offer
}

/// A birth in a family, `lapor-lahir`: pages, conditions, a group with files inside, checks.
pub fn birth() -> Bundle {
    let definition: Definition =
        serde_json::from_str(include_str!("../../../domain/src/form/tests/birth.json"))
            .expect("a form");
    Bundle {
        service: offer(),
        definition,
    }
}

/// The general request, `permohonan-umum`, for the transport office.
pub fn general() -> Bundle {
    let text = include_str!("../../../city/kota-batu/forms/permohonan-umum.json");
    let mut bundle: Bundle = serde_json::from_str(text).expect("a form");
    "dishub".clone_into(&mut bundle.service.office);
    bundle
}

/// Publishes a form.
pub async fn publish(world: &World, bundle: &Bundle) -> Imported {
    import(&world.service, &Actor::System, &written(bundle))
        .await
        .expect("is published")
}

/// The hand of an account, or of a guest with this token.
pub fn hand(world: &World, actor: &Actor, guest: &str) -> Hand {
    let zone = Zone {
        name: "WIB".to_owned(),
        hours: 7,
    };
    Hand {
        owner: Owner::of(actor, Some(guest)).expect("somebody"),
        actor: actor.clone(),
        today: zone.day(world.service.now()),
        address: "10.0.0.1".to_owned(),
    }
}
