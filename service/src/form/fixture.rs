//! Forms for tests: a birth with witnesses, and the general request that is shipped.

use domain::{
    AccountId, Actor, FileId, Zone,
    form::{Bundle, Component, Definition, Fault, Fee, Service as Offer, Text},
    reference::Reference,
};

use super::{
    Hand, Imported, PageSave, Sent, add_item, attach, begin, import, resume, save_page, send,
    written,
};
use crate::{Result, Service, draft::Owner, file::Upload, testing::World};

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

/// A page with the fields that somebody filled in on it.
fn page(page: &str, item: Option<&str>, fields: &[(&str, &str)]) -> PageSave {
    let depth = item.map_or(0, |item| item.split('.').count()) + 1;
    let path = |name: &str| name.split('.').take(depth).collect::<Vec<_>>().join(".");
    PageSave {
        page: page.to_owned(),
        item: item.map(str::to_owned),
        asked: fields.iter().map(|(name, _)| path(name)).collect(),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        seen: None,
    }
}

/// A small picture as a phone sends it.
pub fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(40, 20)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("writes");
    bytes.into_inner()
}

/// Fills in `lapor-lahir`, which must have begun: with the reporter's NIK `3579014107950001`, a witness's
/// `3579021708450003` and a picture of her card, and a witness from abroad.
pub async fn fill_birth(world: &World, hand: &Hand, reporter: &str, child: &str) {
    let (service, key) = (&world.service, "lapor-lahir");
    for _ in 0..2 {
        add_item(service, hand, key, "saksi")
            .await
            .expect("is added");
    }
    let pages = [
        page(
            "pelapor",
            None,
            &[
                ("pelapor", reporter),
                ("nik", "3579 0141 0795 0001"),
                ("lahir_pelapor.day", "1"),
                ("lahir_pelapor.month", "7"),
                ("lahir_pelapor.year", "1995"),
            ],
        ),
        page(
            "anak",
            None,
            &[
                ("nama_anak", child),
                ("lahir.day", "20"),
                ("lahir.month", "11"),
                ("lahir.year", "2026"),
                ("berat", "3200"),
                ("tempat", "4"),
                ("catatan", ""),
            ],
        ),
        page(
            "saksi",
            Some("saksi.1"),
            &[
                ("saksi.1.nama_saksi", "Wati Saksi"),
                ("saksi.1.warga", "yes"),
                ("saksi.1.nik_saksi", "3579021708450003"),
            ],
        ),
        page(
            "saksi",
            Some("saksi.2"),
            &[
                ("saksi.2.nama_saksi", "John Doe"),
                ("saksi.2.warga", "no"),
                ("saksi.2.paspor", "X1234567"),
            ],
        ),
        page("saksi", None, &[]),
        page("pernyataan", None, &[("benar", "yes")]),
    ];
    for page in pages {
        save_page(service, hand, key, page).await.expect("is saved");
    }
    let card = Upload {
        name: "KTP Wati.png".to_owned(),
        bytes: picture(),
    };
    attach_one(service, hand, key, "saksi.1.ktp", card)
        .await
        .expect("answers")
        .expect("is taken");
}

/// One file alone.
pub(crate) async fn attach_one(
    service: &Service,
    hand: &Hand,
    key: &str,
    path: &str,
    upload: Upload,
) -> Result<std::result::Result<FileId, Fault>> {
    let mut done = attach(service, hand, key, vec![(path.to_owned(), upload)]).await?;
    let (_, taken) = done.pop().expect("an answer for each file");
    Ok(taken)
}

/// Publishes `lapor-lahir`, and has it filled in and handed in: the case.
pub async fn birth_case(world: &World, actor: &Actor) -> Reference {
    publish(world, &birth()).await;
    let hand = hand(world, actor, "tamu");
    begin(&world.service, &hand, "lapor-lahir", false)
        .await
        .expect("begins");
    fill_birth(world, &hand, "Siti Aminah", "Bima Putra").await;
    handed_in(world, &hand, None).await
}

/// Hands `lapor-lahir` in: the case.
pub async fn handed_in(world: &World, hand: &Hand, desk: Option<AccountId>) -> Reference {
    let mut tx = world.service.read().await.expect("a connection");
    let filling = resume(&world.service, &mut tx, hand, "lapor-lahir")
        .await
        .expect("reads")
        .expect("is there");
    drop(tx);
    match send(&world.service, hand, &filling.key, desk).await {
        Ok(Sent::Received(reference)) => reference,
        other => panic!("{other:?}: {:?}", filling.outcome(&[]).wrong),
    }
}
