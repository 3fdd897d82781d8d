//! What is left of somebody when the time is over, anywhere in the database.

use domain::Actor;

use super::{fixture::as_account, *};
use crate::{
    draft::{self, Owner},
    file::Upload,
    form::{self, fixture},
};

/// What people wrote and what stands for them, which nobody must find again.
const PERSONAL: [&str; 12] = [
    "Sulastri",
    "Bima Rahasia",
    "3579014107950001",
    "3579021708450003",
    "Wati",
    "X1234567",
    "RINDU-PESAN",
    "RINDU-JAWABAN",
    "RINDU-CATATAN",
    "RINDU-SURAT",
    "RINDU-ALASAN",
    "RINDU-DRAF",
];

fn found<'d>(dump: &'d [String], text: &str) -> Vec<&'d String> {
    // As SQLite and PostgreSQL write bytes in a dump.
    let hex = crate::chance::hex(text.as_bytes());
    dump.iter()
        .filter(|line| line.contains(text) || line.to_lowercase().contains(&hex))
        .collect()
}

fn letter() -> Vec<Upload> {
    vec![Upload {
        name: "RINDU-SURAT.png".into(),
        bytes: fixture::picture(),
    }]
}

db_test! { async fn nothing_of_anybody_is_left_when_the_time_is_over(db) {
    let town = Town::new(db).await;
    let (service, world) = (&town.world.service, &town.world);
    let (rina, siti) = (&world.rina, as_account(&world.siti));
    fixture::publish(world, &fixture::birth()).await;
    let hers = fixture::hand(world, &world.siti, "");
    form::begin(service, &hers, "lapor-lahir", false).await.expect("begins");
    fixture::fill_birth(world, &hers, "Sulastri", "Bima Rahasia").await;
    let reference = fixture::handed_in(world, &hers, None).await;
    show(service, rina, reference).await.expect("is hers");
    numbers(service, rina, reference).await.expect("is hers");
    ask(service, rina, reference, "RINDU-PESAN: mohon unggah.", 1, "").await.expect("is asked");
    answer(service, &siti, reference, ("RINDU-JAWABAN", letter()), false, "").await.expect("is answered");
    reply(service, rina, reference, ("RINDU-PESAN", letter()), "").await.expect("is sent");
    note(service, rina, reference, "RINDU-CATATAN", "").await.expect("is kept");
    crate::case::check(service, rina, reference, 5, "").await.expect("is checked");
    decide(service, rina, reference, ("refused", "RINDU-ALASAN: tidak lengkap."), 6, "").await.expect("is decided");
    // Somebody else begins and never comes back.
    let guest = fixture::hand(world, &Actor::Anonymous, "tamu");
    form::begin(service, &guest, "lapor-lahir", false).await.expect("begins");
    fixture::fill_birth(world, &guest, "Sulastri RINDU-DRAF", "Bima Rahasia").await;
    draft::save(service, &Owner::guest("tamu"), "comment:a", r#"{"text":"RINDU-DRAF"}"#, "ip").await.expect("is kept");

    let before = storage::testing::dump(service.db()).await;
    for text in PERSONAL.iter().filter(|text| !["Wati", "RINDU-SURAT", "RINDU-DRAF"].contains(text)) {
        assert!(found(&before, text).is_empty(), "{text} is not sealed: {:?}", found(&before, text));
    }
    assert_eq!(found(&before, "RINDU-SURAT").len(), 2, "names of files are found, so the search works");
    assert!(before.iter().filter(|line| line.contains("v1.")).count() >= 7, "sealed texts are found");
    assert!(before.iter().any(|line| line.to_lowercase().contains("52425331")), "sealed files are found");
    assert!(before.iter().any(|line| line.starts_with("notice: ") && line.contains("/lacak/")));

    world.days(365);
    assert_eq!(erase(service).await.expect("works"), 1);
    form::sweep(service).await.expect("works");
    draft::sweep(service).await.expect("works");
    let after = storage::testing::dump(service.db()).await;
    for text in PERSONAL {
        assert!(found(&after, text).is_empty(), "{text}: {:?}", found(&after, text));
    }
    let sealed: Vec<_> = after.iter().filter(|line| line.contains("v1.") || line.to_lowercase().contains("52425331")).collect();
    assert!(sealed.is_empty(), "something sealed is left: {sealed:?}");
    let of_case: Vec<_> = after.iter().filter(|line| {
        let table = line.split(':').next().unwrap_or_default();
        (table.starts_with("case") || table.starts_with("form_") || table == "notice") && line.contains("siti")
    }).collect();
    assert!(of_case.is_empty(), "her account is still named: {of_case:?}");
    for table in ["form_file: ", "form_file_body: ", "form_draft: ", "form_holder: ", "case_file: ", "case_reader: "] {
        assert!(!after.iter().any(|line| line.starts_with(table)), "{table}");
    }
    let kept = after.iter().filter(|line| line.starts_with("case_event: ")).count();
    assert_eq!(kept, 8, "the skeleton of the timeline stays");
} }
