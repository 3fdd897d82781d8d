use domain::{Problem, case::Happening, document::Template};
use storage::db_test;

use super::{
    drawn::Read,
    town::{VERIFY_AT, as_account, decided, issued, lines, open},
    *,
};
use crate::{Conflict, Error, case};

/// A replacement that puts nothing right but the letter itself.
fn because(reason: &str) -> Correction<'_> {
    Correction { reason, name: "" }
}

db_test! { async fn a_decision_is_told_in_one_letter(db) {
    let (world, reference) = decided(db).await;
    let letter = issued(&world, reference, "kunci-1").await.expect("is issued");
    assert_eq!(letter.number, "0001/DISHUB/2026");
    assert_eq!((letter.state, letter.initials.as_str()), (State::Valid, "S. A."));
    for key in ["kunci-1", "kunci-2"] {
        let again = issued(&world, reference, key).await.expect("is there");
        assert_eq!(again, letter, "issued once, whoever asks");
    }
    let mut tx = world.service.read().await.expect("a connection");
    let siti = as_account(&world.siti);
    let found = own_file(&world.service, &mut tx, &siti, reference, letter.code).await;
    let (_, pdf) = found.expect("is hers");
    assert_eq!(crate::chance::digest_bytes(&pdf), letter.sha256);
    let text = Read::new(&pdf).text();
    let address = format!("{VERIFY_AT}/{}", letter.code.compact());
    for said in ["Siti Aminah", "dikabulkan", "Persyaratan lengkap dan sesuai.", &address, "0001/DISHUB/2026", "24 November 2026"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    drop(tx);
    let told = told(&lines(&world.service, &world.siti, reference).await);
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0].number, told[0].code, told[0].state), (&letter.number, letter.code, State::Valid));
    let office = office_file(&world.service, &world.rina, reference, letter.code).await;
    assert_eq!(office.expect("is of her office").1, pdf);
} }

db_test! { async fn not_theirs_and_not_there_are_the_same(db) {
    let (world, reference) = decided(db).await;
    let letter = issued(&world, reference, "kunci-1").await.expect("is issued");
    let absent = Reference::new([9; 6]);
    let mut tx = world.service.read().await.expect("a connection");
    for (who, reference, code) in [
        (&world.bambang, reference, letter.code),
        (&world.siti, absent, letter.code),
        (&world.siti, reference, absent),
        (&domain::Actor::Anonymous, reference, letter.code),
        (&world.rina, reference, letter.code),
    ] {
        let found = own_file(&world.service, &mut tx, &as_account(who), reference, code).await;
        assert!(matches!(found, Err(Error::NotFound)), "{who:?}");
    }
    for who in [&world.bambang, &domain::Actor::Anonymous, &world.rina] {
        let found = receipt(&world.service, &mut tx, &as_account(who), reference).await;
        assert!(matches!(found, Err(Error::NotFound)), "{who:?}");
    }
    drop(tx);
    let (service, agus) = (&world.service, &world.agus);
    assert!(matches!(issue(service, agus, reference, VERIFY_AT, "k").await, Err(Error::NotFound)));
    assert!(matches!(issue(service, &world.siti, reference, VERIFY_AT, "k").await, Err(Error::Forbidden)));
    assert!(matches!(office_file(service, agus, reference, letter.code).await, Err(Error::NotFound)));
    assert!(matches!(revoke(service, agus, reference, letter.code, "alasan panjang").await, Err(Error::NotFound)));
    let how = (VERIFY_AT, "k");
    assert!(matches!(replace(service, agus, reference, letter.code, because("alasan panjang"), how).await, Err(Error::NotFound)));
    assert!(matches!(replace(service, &world.rina, reference, absent, because("alasan panjang"), how).await, Err(Error::NotFound)));
} }

db_test! { async fn many_at_once_issue_one_letter(db) {
    let (world, reference) = decided(db).await;
    let all: Vec<_> = (0..8)
        .map(|n| {
            let (service, rina) = (world.service.clone(), world.rina.clone());
            tokio::spawn(async move {
                issue(&service, &rina, reference, VERIFY_AT, &format!("kunci-{n}")).await
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for one in all {
        numbers.push(one.await.expect("ends").expect("is issued").number);
    }
    numbers.dedup();
    assert_eq!(numbers, ["0001/DISHUB/2026"]);
    let lines = lines(&world.service, &world.siti, reference).await;
    assert_eq!(lines.iter().filter(|l| l.kind == Happening::LetterIssued).count(), 1);
    let held: Vec<i64> = lines.iter().map(|l| l.number).collect();
    assert_eq!(held, [1, 2, 3, 4], "no number of the timeline is lost");
} }

db_test! { async fn what_is_not_decided_has_no_letter(db) {
    let (world, reference) = open(db).await;
    let refused = issued(&world, reference, "kunci-1").await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::Incomplete))));
} }

db_test! { async fn a_name_that_was_written_wrong_is_right_in_the_new_letter_and_in_the_case(db) {
    let (world, reference) = decided(db).await;
    let (service, rina) = (&world.service, &world.rina);
    let first = issued(&world, reference, "kunci-1").await.expect("is issued");
    let (reason, long) = ("Nama pemohon salah tulis.", "x".repeat(121));
    let wrong = replace(service, rina, reference, first.code, Correction { reason: "salah", name: &long }, (VERIFY_AT, "k2")).await;
    assert!(matches!(wrong, Err(Error::Invalid(i)) if i.of("name").is_some() && i.of("reason").is_some()));
    let right = Correction { reason, name: " Siti Aminatun " };
    let second = replace(service, rina, reference, first.code, right, (VERIFY_AT, "k2")).await.expect("is replaced");
    let (_, pdf) = office_file(service, rina, reference, second.code).await.expect("is there");
    let text = Read::new(&pdf).text();
    assert!(text.contains("Siti Aminatun") && !text.contains("Siti Aminah"), "{text}");
    let seen = case::show(service, rina, reference).await.expect("is hers");
    assert_eq!(seen.contact.name, "Siti Aminatun");
    assert!(seen.contact.phone.ends_with("7890"), "only the name changes: {:?}", seen.contact);
    // Replaced once more, for another reason: the name stays right.
    let third = replace(service, rina, reference, second.code, because("Nama kantor salah tulis."), (VERIFY_AT, "k3")).await;
    let (_, pdf) = office_file(service, rina, reference, third.expect("is replaced").code).await.expect("is there");
    assert!(Read::new(&pdf).text().contains("Siti Aminatun"));
    // The old letter says what it said.
    let (_, pdf) = office_file(service, rina, reference, first.code).await.expect("is there");
    assert!(Read::new(&pdf).text().contains("Siti Aminah"));
} }

db_test! { async fn a_letter_is_replaced_and_revoked_with_reasons(db) {
    let (world, reference) = decided(db).await;
    let (service, rina) = (&world.service, &world.rina);
    let first = issued(&world, reference, "kunci-1").await.expect("is issued");
    let short = replace(service, rina, reference, first.code, because("salah"), (VERIFY_AT, "k2")).await;
    assert!(matches!(short, Err(Error::Invalid(i)) if i.of("reason") == Some(&Problem::TooShort { min: 10 })));
    world.days(1);
    let why = "Nama kantor salah tulis.";
    let second = replace(service, rina, reference, first.code, because(why), (VERIFY_AT, "k2")).await.expect("is replaced");
    let again = replace(service, rina, reference, first.code, because(why), (VERIFY_AT, "k2")).await.expect("sent twice is once");
    assert_eq!((&again, second.number.as_str()), (&second, "0002/DISHUB/2026"));
    let late = replace(service, rina, reference, first.code, because(why), (VERIFY_AT, "k3")).await;
    assert!(matches!(late, Err(Error::Conflict(Conflict::Stale))));
    let old = verify(service, &first.code.to_string(), "10.0.0.1").await.expect("is there");
    assert_eq!((old.state, old.replaced_by.as_deref(), old.reason.as_str()), (State::Replaced, Some("0002/DISHUB/2026"), why));
    let found = office_file(service, rina, reference, second.code).await.expect("is there");
    let text = Read::new(&found.1).text();
    assert!(text.contains("menggantikan surat nomor 0001/DISHUB/2026 tanggal 24 November 2026"), "{text}");
    let stale = revoke(service, rina, reference, first.code, "Keputusan keliru.").await;
    assert!(matches!(stale, Err(Error::Conflict(Conflict::Stale))));
    for _ in 0..2 {
        revoke(service, rina, reference, second.code, "Keputusan keliru.").await.expect("is revoked");
    }
    let now = verify(service, &second.code.compact(), "10.0.0.1").await.expect("is there");
    assert_eq!((now.state, now.reason.as_str()), (State::Revoked, "Keputusan keliru."));
    let told: Vec<_> = told(&lines(service, &world.siti, reference).await)
        .into_iter()
        .map(|one| (one.number, one.state, one.reason))
        .collect();
    assert_eq!(told, [
        ("0001/DISHUB/2026".to_owned(), State::Replaced, why.to_owned()),
        ("0002/DISHUB/2026".to_owned(), State::Revoked, "Keputusan keliru.".to_owned()),
    ]);
    let third = issued(&world, reference, "kunci-4").await.expect("is issued anew");
    assert_eq!((third.number.as_str(), third.state), ("0003/DISHUB/2026", State::Valid));
    let mut tx = service.read().await.expect("a connection");
    let mut deeds: Vec<_> = crate::audit::list(&mut tx, &world.admin, 20).await.expect("lists")
        .into_iter().filter(|deed| deed.verb.starts_with("document.")).map(|deed| deed.verb).collect();
    deeds.sort();
    assert_eq!(deeds, ["document.issue", "document.issue", "document.replace", "document.revoke"]);
} }

db_test! { async fn guessing_codes_is_throttled_and_learns_nothing(db) {
    let (world, reference) = decided(db).await;
    let letter = issued(&world, reference, "kunci-1").await.expect("is issued");
    let service = &world.service;
    for _ in 0..40 {
        verify(service, &letter.code.to_string().to_lowercase(), "10.0.0.1").await.expect("costs nothing");
    }
    for n in 0..20_u8 {
        let wrong = match n % 2 {
            0 => Reference::new([n; 6]).to_string(),
            _ => "bukan kode".to_owned(),
        };
        let found = verify(service, &wrong, "10.0.0.1").await;
        assert!(matches!(found, Err(Error::NotFound)), "{wrong}");
    }
    for code in [letter.code.to_string(), "x".to_owned()] {
        let found = verify(service, &code, "10.0.0.1").await;
        assert!(matches!(found, Err(Error::TooOften { .. })), "even the right one has to wait");
    }
    assert!(verify(service, &letter.code.to_string(), "10.0.0.2").await.is_ok(), "others do not wait");
    world.clock.advance(60);
    assert!(verify(service, &letter.code.to_string(), "10.0.0.1").await.is_ok());
} }

db_test! { async fn what_is_personal_goes_with_the_case(db) {
    let (world, reference) = decided(db).await;
    let letter = issued(&world, reference, "kunci-1").await.expect("is issued");
    world.days(31);
    assert_eq!(case::erase(&world.service).await.expect("erases"), 1);
    let found = office_file(&world.service, &world.rina, reference, letter.code).await;
    assert!(matches!(found, Err(Error::Conflict(Conflict::Gone))));
    let told = verify(&world.service, &letter.code.to_string(), "10.0.0.1").await.expect("is still there");
    assert_eq!((told.number.as_str(), told.state, told.initials.as_str()), ("0001/DISHUB/2026", State::Valid, ""));
    assert!(told.is_erased && told.sha256 == letter.sha256);
    let how = (VERIFY_AT, "k2");
    let gone = replace(&world.service, &world.rina, reference, letter.code, because("Nama salah tulis."), how).await;
    assert!(matches!(gone, Err(Error::Conflict(Conflict::Gone))));
    revoke(&world.service, &world.rina, reference, letter.code, "Keputusan keliru.").await.expect("can still be revoked");
    let told = verify(&world.service, &letter.code.to_string(), "10.0.0.1").await.expect("is still there");
    assert_eq!(told.state, State::Revoked);
} }

db_test! { async fn a_template_of_a_service_has_its_answers(db) {
    let (world, reference) = decided(db).await;
    let service = &world.service;
    let scope = Some("lapor-lahir".to_owned());
    let mut typed = Template::shipped();
    typed.matter = "474.1".into();
    typed.office = "422.108".into();
    typed.body = "Anak: {{jawaban.nama_anak}}, lahir {{jawaban.lahir}}, {{jawaban.berat}}. {{keputusan}}".into();
    assert!(matches!(save_template(service, &world.rina, &scope, &typed, 0).await, Err(Error::Forbidden)));
    assert!(matches!(save_template(service, &domain::Actor::Anonymous, &scope, &typed, 0).await, Err(Error::SignIn)));
    let refused = save_template(service, &world.admin, &None, &typed, 0).await;
    assert!(matches!(refused, Err(Error::Invalid(i)) if i.of("body") == Some(&Problem::Unknown)), "all services have no answers");
    let absent = Some("tidak-ada".to_owned());
    assert!(matches!(save_template(service, &world.admin, &absent, &typed, 0).await, Err(Error::NotFound)));
    assert_eq!(save_template(service, &world.admin, &scope, &typed, 0).await.expect("is saved"), 1);
    assert_eq!(save_template(service, &world.admin, &scope, &typed, 0).await.expect("the same makes no version"), 1);
    typed.closing = "Salam.".into();
    assert!(matches!(save_template(service, &world.admin, &scope, &typed, 0).await, Err(Error::Conflict(Conflict::Stale))));
    assert_eq!(save_template(service, &world.admin, &scope, &typed, 1).await.expect("is saved"), 2);
    let mut tx = service.read().await.expect("a connection");
    let there = templates(&mut tx, &world.admin, &scope).await.expect("reads");
    assert_eq!((there.version, there.editions.len(), &there.template), (2, 2, &typed));
    assert!(there.keys.iter().any(|key| key == "nama_anak") && there.keys.iter().all(|key| key != "saksi"));
    drop(tx);
    let letter = issued(&world, reference, "kunci-1").await.expect("is issued");
    assert_eq!(letter.number, "474.1/0001/422.108/2026");
    let found = office_file(service, &world.rina, reference, letter.code).await.expect("is there");
    let text = Read::new(&found.1).text();
    assert!(text.contains("Anak: Dewi {{nama}}, lahir 1 November 2026, 3.200 gram. dikabulkan"), "{text}");
    let pdf = sample(service, &world.admin, &typed, VERIFY_AT).await.expect("is drawn");
    let text = Read::new(&pdf).text();
    assert!(text.contains("[nama_anak]") && text.contains("CONTOH"), "{text}");
    assert!(matches!(sample(service, &world.rina, &typed, VERIFY_AT).await, Err(Error::Forbidden)));
} }

db_test! { async fn a_receipt_has_what_was_answered(db) {
    let (world, reference) = open(db).await;
    let mut tx = world.service.read().await.expect("a connection");
    let receipt = receipt(&world.service, &mut tx, &as_account(&world.siti), reference).await.expect("is hers");
    assert_eq!(receipt.contact.name, "Siti Aminah");
    let paper = receipt.paper.expect("has a form");
    let asked = paper.definition.question("berat").expect("is asked");
    let given = paper.answers.get("berat").expect("is answered");
    let text = domain::form::written::answer(domain::Locale::Id, &paper.areas, &paper.files, asked, given);
    assert_eq!(text, "3.200 gram");
} }
