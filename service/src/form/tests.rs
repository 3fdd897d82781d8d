use std::io::Cursor;

use domain::{
    Actor, FileId,
    form::{Answers, Fault},
    reference::Reference,
};
use image::{DynamicImage, ImageFormat};
use storage::db_test;

use super::*;
use crate::{
    Conflict,
    draft::Owner,
    file::Upload,
    form::fixture::{attach_one, birth, general, hand, publish},
    testing::{START, World},
};

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn sheet(page: &str, item: Option<&str>, fields: Pairs<'_>, seen: Option<i64>) -> PageSave {
    let mut asked: Vec<String> = Vec::new();
    for (name, _) in fields {
        let depth = item.map_or(0, |item| item.split('.').count());
        let path: Vec<&str> = name.split('.').take(depth + 1).collect();
        asked.push(path.join("."));
    }
    PageSave {
        page: page.to_owned(),
        item: item.map(str::to_owned),
        asked,
        fields: fields
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        seen,
    }
}

async fn save(world: &World, hand: &Hand, key: &str, page: &str, fields: Pairs<'_>) {
    let done = save_page(&world.service, hand, key, sheet(page, None, fields, None)).await;
    assert!(matches!(done.expect("is saved"), Saved::Here(_)));
}

pub(super) async fn now(world: &World, hand: &Hand, key: &str) -> Filling {
    let mut tx = world.service.read().await.expect("a connection");
    resume(&world.service, &mut tx, hand, key)
        .await
        .expect("reads")
        .expect("is there")
}

/// Fills the general request in.
pub(super) async fn fill(world: &World, hand: &Hand) {
    let key = "permohonan-umum";
    begin(&world.service, hand, key, false)
        .await
        .expect("begins");
    save(
        world,
        hand,
        key,
        "pemohon",
        &[
            ("nama", "Siti Aminah"),
            ("telepon", "0812-3456-7890"),
            ("surel", ""),
        ],
    )
    .await;
    save(
        world,
        hand,
        key,
        "alamat",
        &[
            ("alamat.street", "Jl. Punten 3"),
            ("alamat.area", "35.79.02.2001"),
        ],
    )
    .await;
    save(
        world,
        hand,
        key,
        "permohonan",
        &[
            ("perihal", "Lampu jalan"),
            ("uraian", "Lampu di gang tiga mati sejak Senin."),
        ],
    )
    .await;
    save(
        world,
        hand,
        key,
        "tempat",
        &[
            ("ada_tempat", "yes"),
            ("titik.lat", "-7.8712, 112.5269"),
            ("titik.lon", ""),
        ],
    )
    .await;
    save(world, hand, key, "pernyataan", &[("benar", "yes")]).await;
}

pub(super) fn photo() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(40, 20)
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .expect("writes");
    let bytes = bytes.into_inner();
    // An EXIF block that names a place.
    let tiff = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0RAHASIA-7.87,112.52";
    let length = u16::try_from(tiff.len() + 2).expect("short").to_be_bytes();
    [&bytes[..2], &[0xff, 0xe1], &length, tiff, &bytes[2..]].concat()
}

fn upload(name: &str, bytes: Vec<u8>) -> Upload {
    Upload {
        name: name.to_owned(),
        bytes,
    }
}

db_test! { async fn forms_come_in_and_go_out_with_the_same_bytes(db) {
    let world = World::new(db).await;
    let text = written(&birth());
    let first = import(&world.service, &world.rina, &text).await.expect("comes in");
    assert!(first.is_new && first.report.minutes > 0);
    let mut tx = world.service.read().await.expect("a connection");
    assert_eq!(export(&mut tx, "lapor-lahir", None).await.expect("goes out"), text);
    assert_eq!(export(&mut tx, "lapor-lahir", Some(1)).await.expect("goes out"), text);
    assert!(matches!(export(&mut tx, "lapor-lahir", Some(2)).await, Err(Error::NotFound)));
    drop(tx);
    let again = import(&world.service, &Actor::System, &format!("\u{feff}{text}")).await.expect("is the same");
    assert!(!again.is_new);
    let mut other = birth();
    other.definition.title.id = "Lain".into();
    assert!(matches!(import(&world.service, &Actor::System, &written(&other)).await, Err(Unfit::Published { newest: 1 })));
    other.definition.version = 2;
    assert!(import(&world.service, &Actor::System, &written(&other)).await.expect("comes in").is_new);
    assert!(matches!(import(&world.service, &Actor::System, &text).await, Err(Unfit::Published { newest: 2 })));
    let mut tx = world.service.read().await.expect("a connection");
    let all = list(&mut tx).await.expect("lists");
    assert_eq!((all.len(), all[0].0.title_id.as_str(), all[0].0.office_short.as_str()), (1, "Lain", "Dishub"));
} }

db_test! { async fn what_must_not_be_published_is_not(db) {
    let world = World::new(db).await;
    let refused = async |bundle: &Bundle, actor: &Actor| {
        import(&world.service, actor, &written(bundle)).await.expect_err("is refused")
    };
    let mut gap = birth();
    gap.service.standard.safety.en.clear();
    assert!(matches!(refused(&gap, &Actor::System).await, Unfit::Unpublishable { gaps, .. } if gaps.len() == 1));
    let mut unclear = birth();
    unclear.definition.pages[0].questions[0].class = None;
    assert!(matches!(refused(&unclear, &Actor::System).await, Unfit::Unpublishable { report, .. } if report.findings.iter().any(|found| found.at == "pelapor")));
    let mut nowhere = birth();
    nowhere.service.office = "tidak-ada".into();
    assert!(matches!(refused(&nowhere, &Actor::System).await, Unfit::Office(_)));
    assert!(matches!(refused(&birth(), &world.agus).await, Unfit::Service(Error::Forbidden)));
    assert!(matches!(refused(&birth(), &Actor::Anonymous).await, Unfit::Service(Error::SignIn)));
    let layout = import(&world.service, &Actor::System, "{\"service\": 1}").await;
    assert!(matches!(layout, Err(Unfit::Layout(error)) if error.line() == 1));
    let mut tx = world.service.read().await.expect("a connection");
    assert!(list(&mut tx).await.expect("lists").is_empty());
} }

db_test! { async fn what_is_filled_in_is_handed_in_once_and_nothing_stays(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    fill(&world, &guest).await;
    let kept = attach_one(service, &guest, "permohonan-umum", "lampiran", upload("foto.jpg", photo())).await.expect("is attached").expect("is taken");
    let filling = now(&world, &guest, "permohonan-umum").await;
    assert_eq!(filling.draft.text("titik.lon"), "112.5269", "a pair that was copied from a map");
    let sent_now = send(service, &guest, &filling.key, None).await.expect("is sent");
    let Sent::Received(reference) = sent_now else { panic!("{sent_now:?}") };
    assert_eq!(send(service, &guest, &filling.key, None).await.expect("is sent"), sent_now, "twice is once");
    let other = hand(&world, &Actor::Anonymous, "lain");
    assert!(matches!(send(service, &other, &filling.key, None).await, Err(Error::NotFound)));
    let mut tx = service.read().await.expect("a connection");
    assert!(resume(service, &mut tx, &guest, "permohonan-umum").await.expect("reads").is_none());
    let (form, at) = super::sent(service, &mut tx, &guest, reference).await.expect("reads").expect("is known");
    assert_eq!((form.key.as_str(), at), ("permohonan-umum", START));
    assert!(super::sent(service, &mut tx, &other, reference).await.expect("reads").is_none());
    let nobody = Reference::new([9; 6]);
    assert!(super::sent(service, &mut tx, &guest, nobody).await.expect("reads").is_none());
    let row = storage::form::find_sent(&mut tx, guest.owner.as_str(), &reference.compact()).await.expect("reads").expect("is there");
    assert_eq!(row.body, "", "nothing of what was typed stays beside the case");
    let file = content_of_case(service, &mut tx, &kept).await.expect("belongs to the case");
    assert!(!file.bytes.windows(7).any(|w| w == b"RAHASIA"), "the place in the photo is gone");
    drop(tx);
    assert!(content(service, &guest, "permohonan-umum", &kept).await.is_err());
    let case = case_of(&world, reference).await;
    assert_eq!((case.0.as_str(), case.1.as_str()), ("dishub", "Permohonan umum"));
    let answers = case.2;
    assert!(answers.get("uraian").is_some() && answers.get("lampiran").is_some());
} }

/// Office, title and answers of a case, as its officer reads them.
pub(super) async fn case_of(world: &World, reference: Reference) -> (String, String, Answers) {
    let seen = crate::case::show(&world.service, &world.rina, reference)
        .await
        .expect("is hers");
    let answers = seen.paper.expect("was filled in").answers;
    (seen.case.office.to_string(), seen.case.title, answers)
}

db_test! { async fn what_is_not_ready_is_not_handed_in(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let guest = hand(&world, &Actor::Anonymous, "tamu");
    fill(&world, &guest).await;
    save(&world, &guest, "permohonan-umum", "pemohon", &[("nama", "Siti"), ("telepon", "12")]).await;
    let key = now(&world, &guest, "permohonan-umum").await.key;
    assert_eq!(send(&world.service, &guest, &key, None).await.expect("answers"), Sent::NotReady);
    assert_eq!(now(&world, &guest, "permohonan-umum").await.draft.text("telepon"), "12", "what was typed stays");
} }

db_test! { async fn two_tabs_lose_nothing(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let (service, siti) = (&world.service, hand(&world, &world.siti, ""));
    begin(service, &siti, "lapor-lahir", false).await.expect("begins");
    let seen = now(&world, &siti, "lapor-lahir").await;
    assert_eq!(seen.draft.text("pelapor"), "Siti Aminah", "what the account knows stands there");
    let (one, two) = (Some(seen.revision), Some(seen.revision));
    // Different pages in two tabs that were opened at the same time.
    let a = sheet("pelapor", None, &[("pelapor", "Siti A."), ("nik", "3579")], one);
    let b = sheet("anak", None, &[("nama_anak", "Budi")], two);
    assert!(matches!(save_page(service, &siti, "lapor-lahir", a.clone()).await, Ok(Saved::Here(_))));
    assert!(matches!(save_page(service, &siti, "lapor-lahir", b).await, Ok(Saved::Here(_))));
    let after = now(&world, &siti, "lapor-lahir").await;
    assert_eq!((after.draft.text("pelapor"), after.draft.text("nama_anak")), ("Siti A.", "Budi"));
    // The same page with the same answers is no quarrel, with others it is.
    assert!(matches!(save_page(service, &siti, "lapor-lahir", a).await, Ok(Saved::Here(_))));
    let c = sheet("pelapor", None, &[("pelapor", "Lain"), ("nik", "")], two);
    let Ok(Saved::Elsewhere(there)) = save_page(service, &siti, "lapor-lahir", c.clone()).await else { panic!("is saved over") };
    assert_eq!(there.draft.text("pelapor"), "Siti A.");
    let again = PageSave { seen: Some(there.revision), ..c };
    assert!(matches!(save_page(service, &siti, "lapor-lahir", again).await, Ok(Saved::Here(_))));
    assert!(!now(&world, &siti, "lapor-lahir").await.draft.has("nik"), "an emptied field is empty");
} }

db_test! { async fn a_new_version_interrupts_nobody(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let guest = hand(&world, &Actor::Anonymous, "tamu");
    begin(&world.service, &guest, "lapor-lahir", false).await.expect("begins");
    let mut next = birth();
    next.definition.version = 2;
    next.definition.pages.remove(1);
    next.definition.pages.remove(1);
    next.definition.sections.remove(1);
    next.definition.checks.retain(|check| check.at == "nik");
    publish(&world, &next).await;
    save(&world, &guest, "lapor-lahir", "anak", &[("nama_anak", "Budi")]).await;
    let old = now(&world, &guest, "lapor-lahir").await;
    assert_eq!((old.form.definition.version, old.draft.text("nama_anak")), (1, "Budi"));
    let other = hand(&world, &Actor::Anonymous, "lain");
    begin(&world.service, &other, "lapor-lahir", false).await.expect("begins");
    assert_eq!(now(&world, &other, "lapor-lahir").await.form.definition.version, 2);
    begin(&world.service, &guest, "lapor-lahir", true).await.expect("begins anew");
    let anew = now(&world, &guest, "lapor-lahir").await;
    assert_eq!((anew.form.definition.version, anew.draft.has("nama_anak")), (2, false));
} }

db_test! { async fn items_and_their_files_come_and_go(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    begin(service, &guest, "lapor-lahir", false).await.expect("begins");
    let first = add_item(service, &guest, "lapor-lahir", "saksi").await.expect("is added");
    let second = add_item(service, &guest, "lapor-lahir", "saksi").await.expect("is added");
    assert_eq!((first.as_str(), second.as_str()), ("saksi.1", "saksi.2"));
    let page = sheet("saksi", Some("saksi.2"), &[("saksi.2.nama_saksi", "Wati"), ("saksi.1.nama_saksi", "bukan saya")], None);
    save_page(service, &guest, "lapor-lahir", page).await.expect("is saved");
    let path = "saksi.2.ktp";
    let id = attach_one(service, &guest, "lapor-lahir", path, upload("KTP Wati.jpg", photo())).await.expect("answers").expect("is taken");
    let filling = now(&world, &guest, "lapor-lahir").await;
    assert_eq!(filling.draft.text("saksi.2.nama_saksi"), "Wati");
    assert!(!filling.draft.has("saksi.1.nama_saksi"), "a page saves its own questions alone");
    assert_eq!(filling.files[&id].name, "KTP-Wati.jpg");
    let file = content(service, &guest, "lapor-lahir", &id).await.expect("is hers");
    assert!(!file.bytes.windows(7).any(|w| w == b"RAHASIA"));
    assert!(matches!(content(service, &hand(&world, &Actor::Anonymous, "lain"), "lapor-lahir", &id).await, Err(Error::NotFound)));
    remove_item(service, &guest, "lapor-lahir", "saksi.2").await.expect("goes");
    let filling = now(&world, &guest, "lapor-lahir").await;
    assert!(filling.files.is_empty() && filling.item("saksi.2").is_none() && filling.item("saksi.1").is_some());
    for group in ["pelapor", "tidak_ada", "saksi.9.x"] {
        assert!(matches!(add_item(service, &guest, "lapor-lahir", group).await, Err(Error::NotFound)), "{group}");
    }
    for n in 2..=4 {
        add_item(service, &guest, "lapor-lahir", "saksi").await.unwrap_or_else(|_| panic!("item {n}"));
    }
    assert!(matches!(add_item(service, &guest, "lapor-lahir", "saksi").await, Err(Error::Invalid(_))));
} }

db_test! { async fn files_that_are_not_what_they_should_be(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    begin(service, &guest, "permohonan-umum", false).await.expect("begins");
    let attach = async |path: &str, name: &str, bytes: Vec<u8>| {
        attach_one(service, &guest, "permohonan-umum", path, upload(name, bytes)).await
    };
    let mut bomb = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(10, 10).write_to(&mut bomb, ImageFormat::Png).expect("writes");
    let mut bomb = bomb.into_inner();
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    for (name, bytes) in [
        ("foto.jpg", b"GIF89a\x01\x00".to_vec()),
        ("surat.pdf", b"%PDF-1.4\n%%EOF\nPK\x03\x04evil".to_vec()),
        ("surat.pdf", b"<html>".to_vec()),
        ("tabel.csv", b"a,b\n1,2\n".to_vec()),
        ("kosong.jpg", Vec::new()),
        ("rusak.jpg", photo()[..80].to_vec()),
    ] {
        let refused = attach("lampiran", name, bytes).await.expect("answers");
        assert_eq!(refused, Err(Fault::FileKind { name: name.into() }), "{name}");
    }
    for bytes in [vec![b'a'; 5_120 * 1_024 + 1], bomb] {
        let refused = attach("lampiran", "besar.png", bytes).await.expect("answers");
        assert!(matches!(refused, Err(Fault::FileTooLarge { max_kb: 5_120, .. } | Fault::FileKind { .. })), "{refused:?}");
    }
    assert!(matches!(attach("nama", "foto.jpg", photo()).await, Err(Error::NotFound)));
    assert!(matches!(attach("lampiran.1.x", "foto.jpg", photo()).await, Err(Error::NotFound)));
    assert!(now(&world, &guest, "permohonan-umum").await.files.is_empty(), "nothing half-stored");
    let mut last = FileId::new("");
    for n in 0..5 {
        last = attach("lampiran", &format!("{n}.jpg"), photo()).await.expect("answers").expect("is taken");
    }
    assert_eq!(attach("lampiran", "6.jpg", photo()).await.expect("answers"), Err(Fault::TooMany { max: 5 }));
    detach(service, &guest, "permohonan-umum", "lampiran", &last).await.expect("goes");
    assert!(attach("lampiran", "6.jpg", photo()).await.expect("answers").is_ok());
} }

db_test! { async fn of_several_files_at_once_each_is_taken_or_told_why(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    begin(service, &guest, "permohonan-umum", false).await.expect("begins");
    let given = |names: &[&str]| -> Vec<(String, Upload)> {
        let bytes = |name: &str| if name.contains("gif") { b"GIF89a\x01\x00".to_vec() } else { photo() };
        names.iter().map(|name| ("lampiran".to_owned(), upload(name, bytes(name)))).collect()
    };
    let names = ["1.jpg", "2.gif", "3.jpg", "4.jpg", "5.jpg", "6.jpg", "7.jpg"];
    let done = attach(service, &guest, "permohonan-umum", given(&names)).await.expect("answers");
    let told: Vec<_> = done.iter().map(|(_, taken)| taken.as_ref().err().cloned()).collect();
    let odd = Some(Fault::FileKind { name: "2.gif".into() });
    assert_eq!(told, [None, odd, None, None, None, None, Some(Fault::TooMany { max: 5 })]);
    let filling = now(&world, &guest, "permohonan-umum").await;
    let kept: Vec<&str> = filling.draft.all("lampiran").iter().map(String::as_str).collect();
    let taken: Vec<&str> = done.iter().filter_map(|(_, taken)| taken.as_ref().ok()).map(FileId::as_str).collect();
    assert_eq!((kept, filling.files.len()), (taken, 5), "in the order in which they were given");
    let only_odd = attach(service, &guest, "permohonan-umum", given(&["8.gif"])).await.expect("answers");
    assert!(only_odd[0].1.is_err());
    // One for a question that takes none: nothing of all is kept.
    detach(service, &guest, "permohonan-umum", "lampiran", &FileId::new(&filling.draft.all("lampiran")[0])).await.expect("goes");
    let strange = vec![("lampiran".to_owned(), upload("9.jpg", photo())), ("nama".to_owned(), upload("10.jpg", photo()))];
    assert!(matches!(attach(service, &guest, "permohonan-umum", strange).await, Err(Error::NotFound)));
    assert_eq!(now(&world, &guest, "permohonan-umum").await.files.len(), 4);
} }

db_test! { async fn another_device_goes_on_by_code_or_by_signing_in(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let service = &world.service;
    let phone = hand(&world, &Actor::Anonymous, "telepon");
    begin(service, &phone, "lapor-lahir", false).await.expect("begins");
    save(&world, &phone, "lapor-lahir", "anak", &[("nama_anak", "Budi")]).await;
    let old = show_code(service, &phone, "lapor-lahir").await.expect("is shown");
    let code = show_code(service, &phone, "lapor-lahir").await.expect("is shown");
    let desk = hand(&world, &Actor::Anonymous, "komputer");
    for wrong in ["", "ABC", &old, "00000-00000-00000"] {
        assert_eq!(resume_by_code(service, &desk, wrong).await.expect("answers"), None, "{wrong}");
    }
    let key = resume_by_code(service, &desk, &code.to_lowercase()).await.expect("answers");
    assert_eq!(key.as_deref(), Some("lapor-lahir"));
    assert_eq!(now(&world, &desk, "lapor-lahir").await.draft.text("nama_anak"), "Budi");
    let mut tx = service.read().await.expect("a connection");
    let stored = storage::form::find_open(&mut tx, phone.owner.as_str(), "lapor-lahir").await.expect("reads").expect("is there");
    assert!(stored.body.starts_with("v1.") && !stored.body.contains("Budi"), "sealed");
    drop(tx);
    let mut refused = 0;
    for _ in 0..20 {
        refused += u32::from(matches!(resume_by_code(service, &desk, "x").await, Err(Error::TooOften { .. })));
    }
    assert!(refused >= 10, "guessing is slowed");
    // Leaving the shared computer; the phone keeps it.
    assert!(forget(service, &desk).await.expect("is forgotten"));
    let mut tx = service.read().await.expect("a connection");
    assert!(resume(service, &mut tx, &desk, "lapor-lahir").await.expect("reads").is_none());
    drop(tx);
    let account = world.siti.account().expect("is a person").clone();
    let done: Result<()> = service.db().write(move |tx| Box::pin(async move { adopt(tx, "telepon", &account).await })).await;
    done.expect("is adopted");
    let siti = hand(&world, &world.siti, "");
    assert_eq!(now(&world, &siti, "lapor-lahir").await.draft.text("nama_anak"), "Budi");
    let mut tx = service.read().await.expect("a connection");
    let open = list_open(service, &mut tx, &siti.owner).await.expect("lists");
    assert_eq!((open.len(), open[0].form_key.as_str()), (1, "lapor-lahir"));
} }

db_test! { async fn what_nobody_else_holds_is_thrown_away_on_a_shared_computer(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let desk = hand(&world, &Actor::Anonymous, "komputer");
    begin(&world.service, &desk, "lapor-lahir", false).await.expect("begins");
    let key = now(&world, &desk, "lapor-lahir").await.key;
    assert!(!forget(&world.service, &desk).await.expect("is forgotten"));
    assert!(matches!(send(&world.service, &desk, &key, None).await, Err(Error::NotFound)));
} }

db_test! { async fn what_expired_or_closed_can_be_read_but_not_sent(db) {
    let world = World::new(db).await;
    publish(&world, &general()).await;
    let (service, guest) = (&world.service, hand(&world, &Actor::Anonymous, "tamu"));
    fill(&world, &guest).await;
    let key = now(&world, &guest, "permohonan-umum").await.key;
    // The office closes the service with a new version.
    let mut closing = general();
    closing.definition.version = 2;
    closing.service.closes = Some(guest.today);
    publish(&world, &closing).await;
    assert_eq!(now(&world, &guest, "permohonan-umum").await.halt, None, "still today");
    world.days(1);
    let tomorrow = hand(&world, &Actor::Anonymous, "tamu");
    let filling = now(&world, &tomorrow, "permohonan-umum").await;
    assert_eq!((filling.halt, filling.draft.text("nama")), (Some(Halt::Closed), "Siti Aminah"));
    assert!(matches!(send(service, &tomorrow, &key, None).await, Err(Error::Conflict(Conflict::Closed))));
    let page = sheet("pemohon", None, &[("nama", "Lain")], None);
    assert!(matches!(save_page(service, &tomorrow, "permohonan-umum", page.clone()).await, Err(Error::Conflict(Conflict::Closed))));
    assert!(matches!(begin(service, &tomorrow, "permohonan-umum", true).await, Err(Error::Conflict(Conflict::Closed))));
    world.days(DAYS);
    let later = hand(&world, &Actor::Anonymous, "tamu");
    let filling = now(&world, &later, "permohonan-umum").await;
    assert_eq!((filling.halt, filling.draft.text("nama")), (Some(Halt::Expired), "Siti Aminah"));
    assert!(matches!(save_page(service, &later, "permohonan-umum", page).await, Err(Error::Conflict(Conflict::Gone))));
    assert_eq!(sweep(service).await.expect("sweeps"), 0, "kept to be read for a while");
    world.days(7);
    assert_eq!(sweep(service).await.expect("sweeps"), 1);
    let mut tx = service.read().await.expect("a connection");
    assert!(resume(service, &mut tx, &later, "permohonan-umum").await.expect("reads").is_none());
} }

db_test! { async fn too_much_is_refused(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let guest = hand(&world, &Actor::Anonymous, "tamu");
    begin(&world.service, &guest, "lapor-lahir", false).await.expect("begins");
    let long = "x".repeat(300_000);
    let page = sheet("anak", None, &[("catatan", &long)], None);
    assert!(matches!(save_page(&world.service, &guest, "lapor-lahir", page).await, Err(Error::TooLarge)));
    for (page, item) in [("tidak-ada", None), ("saksi", Some("saksi.9")), ("saksi", Some("pelapor.1"))] {
        let save = sheet(page, item, &[("x", "1")], None);
        assert!(matches!(save_page(&world.service, &guest, "lapor-lahir", save).await, Err(Error::NotFound)));
    }
    let nobody = hand(&world, &Actor::Anonymous, "lain");
    assert!(matches!(show_code(&world.service, &nobody, "lapor-lahir").await, Err(Error::NotFound)));
} }

db_test! { async fn at_the_counter_the_next_person_finds_nothing(db) {
    let world = World::new(db).await;
    publish(&world, &birth()).await;
    let service = &world.service;
    let officer = world.rina.account().expect("is signed in");
    let at = |token: &str| Hand { owner: Owner::desk(officer, token), ..hand(&world, &world.rina, "") };
    let mandate = || domain::case::mandate("Sulastri", "attorney", "Joko, surat 4/XI/2026").expect("is sound");
    let key = "lapor-lahir";
    let own = hand(&world, &world.rina, "");
    begin(service, &own, key, false).await.expect("has a draft of her own");
    let desk = at("satu");
    assert!(matches!(begin(service, &desk, key, false).await, Err(Error::Forbidden)), "for whom is said first");
    assert!(matches!(begin_at_desk(service, &own, key, mandate()).await, Err(Error::Forbidden)));
    let agus = Hand { actor: world.agus.clone(), ..desk.clone() };
    assert!(matches!(begin_at_desk(service, &agus, key, mandate()).await, Err(Error::Forbidden)), "a service of another office");
    begin_at_desk(service, &desk, key, mandate()).await.expect("begins");
    let filling = now(&world, &desk, key).await;
    assert_eq!((filling.draft.text("pelapor"), filling.draft.text("nik")), ("Sulastri", ""), "nothing of the officer's own");
    assert_eq!(filling.mandate, Some(mandate()));
    assert_eq!(filling.expires_at, START.plus_days(1));
    assert!(matches!(show_code(service, &desk, key).await, Err(Error::Forbidden)));
    super::fixture::fill_birth(&world, &desk, "Sulastri", "Bima").await;
    let filling = now(&world, &desk, key).await;
    assert!(matches!(send(service, &desk, &filling.key, None).await, Err(Error::Forbidden)), "not as one's own");
    assert!(matches!(send(service, &own, &now(&world, &own, key).await.key, Some(officer.clone())).await, Ok(Sent::NotReady) | Err(Error::Forbidden)));
    let other = AccountId::new("admin");
    assert!(matches!(send(service, &desk, &filling.key, Some(other)).await, Err(Error::Forbidden)));
    let reference = super::fixture::handed_in(&world, &desk, Some(officer.clone())).await;
    let seen = crate::case::show(service, &world.rina, reference).await.expect("is hers");
    assert_eq!((seen.case.desk_name.as_deref(), seen.case.account, seen.contact.name.as_str()), (Some("Rina Kartika"), None, "Sulastri"));
    assert_eq!((seen.lines[0].detail.as_str(), seen.lines[0].text.as_str()), ("desk:attorney", "Sulastri\nJoko, surat 4/XI/2026"));
    let mut tx = service.read().await.expect("a connection");
    assert!(super::sent(service, &mut tx, &desk, reference).await.expect("reads").is_some(), "the number is shown");
    drop(tx);
    forget(service, &desk).await.expect("is left");
    begin_at_desk(service, &at("dua"), key, mandate()).await.expect("begins");
    let mut tx = service.read().await.expect("a connection");
    assert!(super::sent(service, &mut tx, &desk, reference).await.expect("reads").is_none());
    assert!(super::sent(service, &mut tx, &at("dua"), reference).await.expect("reads").is_none());
    assert!(resume(service, &mut tx, &own, key).await.expect("reads").is_some(), "her own is untouched");
    drop(tx);
    forget(service, &at("dua")).await.expect("is left");
    let mut tx = service.read().await.expect("a connection");
    assert!(resume(service, &mut tx, &at("dua"), key).await.expect("reads").is_none(), "what was not sent is gone");
} }
