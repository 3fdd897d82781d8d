use domain::{Actor, Invalid};
use storage::db_test;

use super::*;
use crate::{consultation, testing::World};

async fn draft(world: &World) -> String {
    consultation::create(&world.service, &world.rina, "dishub", "Jalur sepeda")
        .await
        .expect("an officer makes a draft")
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(64, 32)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("writes");
    bytes.into_inner()
}

fn upload(name: &str, bytes: &[u8]) -> Upload {
    Upload {
        name: name.into(),
        bytes: bytes.to_vec(),
    }
}

fn problem(result: Result<()>, field: &str) -> Option<Problem> {
    match result {
        Err(Error::Invalid(Invalid(problems))) => problems.get(field).cloned(),
        other => panic!("{other:?}"),
    }
}

db_test! { async fn a_picture_is_seen_by_its_office_and_then_by_all(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let slug = draft(&world).await;
    set_cover(s, &world.rina, &slug, upload("peta.png", &png()), "Peta jalur").await.expect("is taken");
    let mut tx = s.read().await.expect("reads");
    let sheet = consultation::sheet(&mut tx, &world.rina, &slug).await.expect("is hers");
    assert_eq!(sheet.consultation.cover_alt, "Peta jalur");
    let id = sheet.consultation.cover.expect("has a picture");
    assert!(find(&mut tx, &world.rina, &id).await.expect("is hers").is_cover);
    for other in [&Actor::Anonymous, &world.siti, &world.agus] {
        assert!(matches!(find(&mut tx, other, &id).await, Err(Error::NotFound)));
    }
    assert_eq!(content(&mut tx, &id).await.expect("has bytes")[..4], *b"\x89PNG");
    drop(tx);
    // Another picture takes its place; the first one is thrown away.
    set_cover(s, &world.rina, &slug, upload("b.png", &png()), "Peta kedua").await.expect("is taken");
    let mut tx = s.read().await.expect("reads");
    assert!(matches!(find(&mut tx, &world.rina, &id).await, Err(Error::NotFound)));
    drop(tx);
    remove_cover(s, &world.rina, &slug).await.expect("goes");
    remove_cover(s, &world.rina, &slug).await.expect("twice is fine");
    let mut tx = s.read().await.expect("reads");
    let sheet = consultation::sheet(&mut tx, &world.rina, &slug).await.expect("is hers");
    assert_eq!((sheet.consultation.cover, sheet.consultation.cover_alt.as_str()), (None, ""));
} }

db_test! { async fn what_is_refused_leaves_nothing(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let slug = draft(&world).await;
    let cover = |name: &'static str, bytes: Vec<u8>, alt: &'static str| {
        let slug = slug.clone();
        let rina = world.rina.clone();
        async move { set_cover(s, &rina, &slug, Upload { name: name.into(), bytes }, alt).await }
    };
    assert_eq!(problem(cover("a.png", png(), " ").await, "cover_alt"), Some(Problem::Missing));
    assert_eq!(problem(cover("a.png", b"%PDF-1.7".to_vec(), "x").await, "cover"), Some(Problem::Kind));
    assert_eq!(problem(cover("a.png", png()[..40].to_vec(), "x").await, "cover"), Some(Problem::Malformed));
    let large = problem(cover("a.png", vec![0; COVER_BYTES + 1], "x").await, "cover");
    assert_eq!(large, Some(Problem::TooLarge { max_kb: 5 * 1024 }));
    let file = |name: &'static str, bytes: &'static [u8], title: &'static str| {
        let slug = slug.clone();
        let rina = world.rina.clone();
        async move { add_attachment(s, &rina, &slug, upload(name, bytes), title).await }
    };
    assert_eq!(problem(file("a.pdf", b"%PDF-1.7", "").await, "file_title"), Some(Problem::Missing));
    assert_eq!(problem(file("a.docx", b"%PDF-1.7", "Laporan").await, "file"), Some(Problem::Kind));
    assert_eq!(problem(file("a.svg", b"<svg/>", "Gambar").await, "file"), Some(Problem::Kind));
    for other in [&world.siti, &Actor::Anonymous, &world.agus] {
        let refused = add_attachment(s, other, &slug, upload("a.pdf", b"%PDF-1"), "Laporan").await;
        assert!(matches!(refused, Err(Error::Forbidden | Error::SignIn | Error::NotFound)), "{refused:?}");
    }
    let mut tx = s.read().await.expect("reads");
    let sheet = consultation::sheet(&mut tx, &world.rina, &slug).await.expect("is hers");
    assert_eq!(sheet.consultation.edition, 1);
    assert_eq!(consultation::attachments(&mut tx, &sheet.consultation.id).await.expect("reads"), []);
} }

db_test! { async fn files_are_added_once_and_removed(db) {
    let world = World::new(db).await;
    let s = &world.service;
    let slug = draft(&world).await;
    for _ in 0..2 {
        add_attachment(s, &world.rina, &slug, upload("Kajian (1).pdf", b"%PDF-1.7 isi"), "Kajian")
            .await
            .expect("is taken");
    }
    let mut tx = s.read().await.expect("reads");
    let sheet = consultation::sheet(&mut tx, &world.rina, &slug).await.expect("is hers");
    let files = consultation::attachments(&mut tx, &sheet.consultation.id).await.expect("reads");
    assert_eq!(files.len(), 1);
    assert_eq!((files[0].name.as_str(), files[0].title.as_str(), files[0].size), ("Kajian-(1).pdf", "Kajian", 12));
    drop(tx);
    remove_attachment(s, &world.rina, &slug, &files[0].file).await.expect("goes");
    remove_attachment(s, &world.rina, &slug, &files[0].file).await.expect("twice is fine");
    let mut tx = s.read().await.expect("reads");
    assert!(matches!(find(&mut tx, &world.rina, &files[0].file).await, Err(Error::NotFound)));
    let history = consultation::whole_history(&mut tx, &sheet.consultation.id).await.expect("reads");
    assert_eq!(history.len(), 3, "created, added, removed");
} }
