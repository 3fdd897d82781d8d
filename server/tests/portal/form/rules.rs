//! The rules of question pages, errors, task lists, check pages and confirmations that the GOV.UK Design System found by
//! watching people (its patterns "Question pages", "Recover from validation errors", "Complete multiple tasks", "Check answers",
//! "Confirmation pages"), each with its proof here. Those of single pages are proved on every page of every form that is shipped.

use std::{fs, path::Path};

use axum::http::{StatusCode, header};
use domain::form::{Bundle, Kind, Page};
use service::form::fixture::publish;

use super::{BIRTH, GENERAL, asked, begin, fill, hidden, open, plain, save};
use crate::rig::{Answer, Portal};

/// The forms that are shipped, for the transport office.
fn shipped() -> Vec<Bundle> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../city/kota-batu/forms");
    let mut all: Vec<Bundle> = fs::read_dir(folder)
        .expect("forms")
        .map(|file| {
            let text = fs::read_to_string(file.expect("a file").path()).expect("a text");
            let mut bundle: Bundle = serde_json::from_str(&text).expect("a form");
            "dishub".clone_into(&mut bundle.service.office);
            bundle
        })
        .collect();
    all.sort_by(|a, b| a.definition.key.cmp(&b.definition.key));
    assert!(all.len() >= 8);
    all
}

/// Every page of every shipped form as a guest sees it first, with the questions that it holds.
async fn every_page(portal: &Portal, judge: impl Fn(&str, &Page, &Answer)) {
    for bundle in shipped() {
        publish(&portal.world, &bundle).await;
        let service = format!("/layanan/{}", bundle.definition.key);
        let guest = begin(portal, &service).await;
        for page in &bundle.definition.pages {
            let place = format!("{service}/isi/{}", page.key);
            let seen = portal.get(&place, &guest).await;
            assert_eq!(seen.status, StatusCode::OK, "{place}");
            judge(&place, page, &seen);
        }
    }
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or(rest, |(found, _)| found)
}

#[tokio::test]
async fn question_page_has_a_way_back_one_heading_and_one_button() {
    let portal = Portal::new().await;
    every_page(&portal, |at, _, seen| {
        assert_eq!(seen.text.matches("<h1").count(), 1, "{at}");
        let top = between(&seen.text, "<header", "</header>");
        assert!(
            top.contains("class=\"back\"") && top.contains("Kembali"),
            "{at}: {top}"
        );
        assert!(
            !top.contains("brand") && !seen.text.contains("class=\"footer\""),
            "{at}: nothing leads away by accident"
        );
        let primary = "class=\"btn btn-primary\"";
        assert_eq!(seen.text.matches(primary).count(), 1, "{at}");
        let button = between(&seen.text, primary, "</button>");
        assert!(button.contains("Lanjut"), "{at}: {button}");
        assert!(
            seen.text.find(primary) > seen.text.rfind("name=\"_ada\""),
            "{at}: the button comes after the questions"
        );
    })
    .await;
}

#[tokio::test]
async fn question_page_asks_one_thing_and_says_what_may_stay_empty() {
    let portal = Portal::new().await;
    every_page(&portal, |at, page, seen| {
        assert!(asked(seen).len() <= 7, "{at} asks {:?}", asked(seen));
        assert!(
            !seen.text.contains("*</label>") && !seen.text.contains("*</legend>"),
            "{at}: no asterisks"
        );
        for question in &page.questions {
            let is_spoken = matches!(
                question.kind,
                Kind::Declaration
                    | Kind::Calculated { .. }
                    | Kind::Place { .. }
                    | Kind::Address { .. }
            );
            if is_spoken || !asked(seen).contains(&question.key) {
                continue;
            }
            let label = &question.label.id;
            let mark = format!("{label}<span class=\"marker\"> (boleh kosong)</span>");
            assert_eq!(
                plain(seen).contains(&mark),
                question.is_optional,
                "{at}: {label}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn question_page_does_not_judge_before_it_is_sent_and_leaves_judging_to_the_server() {
    let portal = Portal::new().await;
    every_page(&portal, |at, _, seen| {
        assert!(seen.text.contains("novalidate"), "{at}");
        let form = between(&seen.text, "<form", "</form>");
        for word in [
            " required",
            " pattern=",
            " min=",
            " max=",
            " maxlength=",
            "type=\"number\"",
            " onblur",
            " onchange",
            " oninput",
        ] {
            assert!(!form.contains(word), "{at}:{word}");
        }
        assert!(
            !seen.text.contains("error-summary") && !seen.text.contains("aria-invalid"),
            "{at}"
        );
        assert!(!seen.text.contains("<title>Kesalahan"), "{at}");
    })
    .await;
}

#[tokio::test]
async fn question_page_is_whole_in_english() {
    let portal = Portal::new().await;
    for bundle in shipped() {
        publish(&portal.world, &bundle).await;
        let service = format!("/layanan/{}", bundle.definition.key);
        let guest = format!("{}; bahasa=en", begin(&portal, &service).await);
        for page in &bundle.definition.pages {
            let place = format!("{service}/isi/{}", page.key);
            let text = plain(&portal.get(&place, &guest).await);
            assert!(text.contains("<html lang=\"en\">"), "{place}");
            for word in [
                "Lanjut",
                "Kembali",
                "boleh kosong",
                "Belum ada.",
                "Unggah",
                "Pilih ",
                "Misalnya",
            ] {
                assert!(!text.contains(word), "{place}: {word}");
            }
        }
    }
}

#[tokio::test]
async fn question_page_never_asks_what_is_known() {
    let portal = open().await;
    let siti = portal.sign_in("siti").await;
    portal.post(&format!("{GENERAL}/mulai"), &siti, &[]).await;
    let page = portal.get(&format!("{GENERAL}/isi/pemohon"), &siti).await;
    assert!(
        page.text.contains("value=\"siti@warga.example\""),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn going_back_shows_the_page_as_it_was_left() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let place = format!("{GENERAL}/isi/pemohon");
    let fields = [("nama", "Siti Aminah"), ("telepon", "081234567890")];
    save(&portal, &guest, &place, &fields).await;
    let next = portal.get(&format!("{GENERAL}/isi/alamat"), &guest).await;
    assert!(between(&next.text, "<header", "</header>").contains(&format!("href=\"{place}\"")));
    let back = portal.get(&place, &guest).await;
    for (_, value) in fields {
        assert!(back.text.contains(&format!("value=\"{value}\"")), "{value}");
    }
    assert_eq!(
        back.head(header::CACHE_CONTROL),
        "no-store",
        "the browser asks again"
    );
}

/// Sends the general request.
async fn send(portal: &Portal, guest: &str) -> Answer {
    fill(portal, guest).await;
    let check = format!("{GENERAL}/periksa");
    let key = hidden(&portal.get(&check, guest).await, "_kunci");
    let sent = portal.post(&check, guest, &[("_kunci", &key)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    sent
}

#[tokio::test]
async fn going_back_after_sending_shows_a_message_not_a_repeat() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let done = send(&portal, &guest).await;
    for page in ["isi", "isi/permohonan", "periksa", "nanti"] {
        let back = portal.get(&format!("{GENERAL}/{page}"), &guest).await;
        assert_eq!(
            (back.status, back.place()),
            (StatusCode::SEE_OTHER, GENERAL),
            "{page}"
        );
    }
    let start = portal.get(GENERAL, &guest).await;
    assert!(
        start.text.contains("Anda sudah mengirim permohonan ini")
            && start.text.contains(&format!("href=\"{}\"", done.place())),
        "{}",
        start.text
    );
    assert_eq!(start.head(header::CACHE_CONTROL), "no-store");
    let other = portal.get(GENERAL, "").await;
    assert!(
        !other.text.contains("Anda sudah mengirim"),
        "nobody else is told"
    );
}

#[tokio::test]
async fn errors_lead_to_the_first_field_that_is_wrong_in_the_same_words() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let wrong = save(&portal, &guest, &format!("{GENERAL}/isi/alamat"), &[]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let summary = between(&wrong.text, "id=\"error-summary\"", "</ul>");
    let links: Vec<&str> = summary.split("href=\"#").skip(1).collect();
    assert_eq!(links.len(), 2, "{summary}");
    for link in links {
        let (id, rest) = link.split_once("\">").expect("a link");
        let said = rest.split("</a>").next().expect("a sentence");
        let field = between(&wrong.text, &format!(" id=\"{id}\""), ">");
        assert!(field.contains("aria-invalid=\"true\""), "{id}: {field}");
        let beside = between(&wrong.text, &format!("id=\"{id}-error\""), "</p>");
        assert!(beside.ends_with(said), "{id}: {said} / {beside}");
    }
    let focus = wrong
        .text
        .find("id=\"error-summary\" tabindex=\"-1\" autofocus");
    assert!(
        focus.is_some() && focus < wrong.text.find("<h1"),
        "it stands first and takes the focus"
    );
}

#[tokio::test]
async fn errors_of_a_date_are_said_once_and_lead_to_the_part_that_is_missing() {
    let portal = open().await;
    let guest = begin(&portal, BIRTH).await;
    for (day, month, year, field) in [
        ("", "7", "1995", "day"),
        ("1", "", "", "month"),
        ("31", "2", "1995", "day"),
        ("1", "1", "2999", "day"),
    ] {
        let fields = [
            ("pelapor", "Siti"),
            ("nik", "3579014107950001"),
            ("lahir_pelapor.day", day),
            ("lahir_pelapor.month", month),
            ("lahir_pelapor.year", year),
        ];
        let wrong = save(&portal, &guest, &format!("{BIRTH}/isi/pelapor"), &fields).await;
        let summary = between(&wrong.text, "id=\"error-summary\"", "</ul>");
        assert_eq!(summary.matches("<li>").count(), 1, "{fields:?}: {summary}");
        let id = format!("lahir_pelapor.{field}");
        assert!(
            summary.contains(&format!("href=\"#{id}\"")),
            "{fields:?}: {summary}"
        );
        let input = between(&wrong.text, &format!(" id=\"{id}\""), ">");
        assert!(
            input.contains("aria-invalid=\"true\""),
            "{fields:?}: {input}"
        );
    }
}

#[tokio::test]
async fn errors_spare_whoever_writes_numbers_with_blanks_dots_and_dashes() {
    let portal = open().await;
    let guest = begin(&portal, BIRTH).await;
    for nik in [
        "3579 0141 0795 0001",
        "3579.0141.0795.0001",
        "3579-0141-0795-0001",
        " 3579014107950001 ",
    ] {
        let fields = [
            ("pelapor", "Siti"),
            ("nik", nik),
            ("lahir_pelapor.day", " 1"),
            ("lahir_pelapor.month", "Juli"),
            ("lahir_pelapor.year", "1995 "),
        ];
        let sent = save(&portal, &guest, &format!("{BIRTH}/isi/pelapor"), &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{nik}: {}", sent.text);
    }
}

#[tokio::test]
async fn task_list_comes_after_each_task_and_says_how_far_each_is() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let list = format!("{GENERAL}/isi");
    let tasks = plain(&portal.get(&list, &guest).await);
    // What is open carries a tag and the whole row leads on; what cannot start is grey text without a link.
    assert_eq!(
        tasks.matches("<li class=\"row-link task\">").count(),
        3,
        "{tasks}"
    );
    assert_eq!(
        tasks
            .matches("class=\"tag tag-time\">Belum selesai")
            .count(),
        3,
        "{tasks}"
    );
    assert!(
        tasks.contains(
            "<li class=\"task\"><span>Periksa dan kirim</span><span class=\"state meta\">Belum dapat diisi</span>"
        ),
        "{tasks}"
    );
    fill(&portal, &guest).await;
    let tasks = plain(&portal.get(&list, &guest).await);
    // What is done is plain text.
    assert_eq!(
        tasks
            .matches("<span class=\"state\">Selesai</span>")
            .count(),
        3,
        "{tasks}"
    );
    assert!(
        tasks.contains(&format!(
            "<a href=\"{GENERAL}/periksa\">Periksa dan kirim</a>"
        )),
        "{tasks}"
    );
    // Red is for errors alone.
    assert!(!tasks.contains("tag-alert"));
    let wrong = [("nama", "Siti Aminah"), ("telepon", "12")];
    save(&portal, &guest, &format!("{GENERAL}/isi/pemohon"), &wrong).await;
    let tasks = plain(&portal.get(&list, &guest).await);
    assert_eq!(
        tasks
            .matches("class=\"tag tag-alert\">Ada yang salah")
            .count(),
        1,
        "{tasks}"
    );
}

#[tokio::test]
async fn check_page_names_each_question_and_shows_only_what_counts() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    fill(&portal, &guest).await;
    let check = plain(&portal.get(&format!("{GENERAL}/periksa"), &guest).await);
    for text in [
        "<h2>Tentang Anda</h2>",
        "Ubah<span class=\"vh\"> Perihal</span>",
        "Kirim permohonan</button>",
        "Tidak diisi",
    ] {
        assert!(check.contains(text), "{text}: {check}");
    }
    assert_eq!(
        check.matches("Ubah<span").count(),
        check.matches("<dt>").count(),
        "each row can be changed"
    );
    assert!(
        !check.contains("<dt>Letak</dt>"),
        "what was not asked is not shown"
    );
}

#[tokio::test]
async fn check_page_comes_back_after_a_change_by_way_of_what_it_opened() {
    let portal = open().await;
    let guest = begin(&portal, BIRTH).await;
    let born = [
        ("nama_anak", "Budi"),
        ("lahir.day", "1"),
        ("lahir.month", "11"),
        ("lahir.year", "2026"),
        ("berat", "3.200"),
        ("tempat", "4"),
    ];
    let place = format!("{BIRTH}/isi/anak?dari=periksa");
    let on = save(&portal, &guest, &place, &born).await;
    assert!(
        on.place().ends_with("?dari=periksa"),
        "what is still open comes first: {}",
        on.place()
    );
    let guest = begin(&portal, GENERAL).await;
    fill(&portal, &guest).await;
    let change = format!("{GENERAL}/isi/pemohon?dari=periksa");
    let check = format!("{GENERAL}/periksa");
    let page = portal.get(&change, &guest).await;
    assert!(
        between(&page.text, "<header", "</header>").contains(&format!("href=\"{check}\"")),
        "back leads to the check page"
    );
    let fields = [("nama", ""), ("telepon", "081234567890")];
    let wrong = save(&portal, &guest, &change, &fields).await;
    assert!(
        wrong.text.contains(&format!("action=\"{change}\"")),
        "it still knows the way"
    );
    let fields = [("nama", "Siti A."), ("telepon", "081234567890")];
    let done = save(&portal, &guest, &change, &fields).await;
    assert_eq!(done.place(), check);
}

#[tokio::test]
async fn confirmation_says_the_number_what_comes_next_and_works_from_a_bookmark() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let done = send(&portal, &guest).await;
    let number = done.place().rsplit('/').next().expect("a number");
    let case = format!("/lacak/{}", number.replace('-', ""));
    for _ in 0..2 {
        let page = portal.get(done.place(), &guest).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = plain(&page);
        for part in [
            number,
            "Dinas Perhubungan memeriksa permohonan Anda.",
            "Paling lama 14 hari kerja.",
            "Perlu bantuan?",
            "Simpan atau cetak halaman ini",
            &format!("href=\"{case}\""),
            &format!("href=\"{case}#pesan\">Ada saran tentang formulir ini?"),
            "href=\"/layanan\"",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        portal.world.days(20);
    }
}

#[tokio::test]
async fn whoever_has_just_sent_follows_the_case_without_typing_its_number() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let sent = send(&portal, &guest).await;
    let number = sent.place().rsplit('/').next().expect("a number");
    let cookies = format!("{guest}; {}", sent.pair("__Host-lacak"));
    let place = format!("/lacak/{}", number.replace('-', ""));
    let case = portal.get(&place, &cookies).await;
    assert_eq!(case.status, StatusCode::OK, "{}", case.place());
    assert!(case.text.contains("Permohonan umum"));
    let left = portal.post("/layanan/lupakan", &cookies, &[]).await;
    let gone = left.cookie("__Host-lacak").expect("is taken back");
    assert!(gone.contains("Max-Age=0"), "{gone}");
}

#[tokio::test]
async fn a_place_is_a_village_or_a_point() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    let place = format!("{GENERAL}/isi/tempat");
    let page = portal.get(&place, &guest).await;
    assert!(
        page.text.contains("class=\"opened by-1\"") && page.text.contains("id=\"titik.area\""),
        "what yes would open is there already: {}",
        page.text
    );
    let village = [("ada_tempat", "yes"), ("titik.area", "35.79.02.2001")];
    let sent = save(&portal, &guest, &place, &village).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let check = plain(&portal.get(&format!("{GENERAL}/periksa"), &guest).await);
    assert!(check.contains("Punten, Kec. Bumiaji"), "{check}");
    let point = [("ada_tempat", "yes"), ("titik.lat", "-7.8712, 112.5269")];
    let sent = save(&portal, &guest, &place, &point).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let page = portal.get(&place, &guest).await;
    assert!(
        page.text.contains("value=\"-7.8712, 112.5269\""),
        "{}",
        page.text
    );
    for typed in ["di depan balai desa", "-7.8712", "-97.8712, 112.5269"] {
        let fields = [("ada_tempat", "yes"), ("titik.lat", typed)];
        let wrong = save(&portal, &guest, &place, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        let summary = between(&wrong.text, "id=\"error-summary\"", "</ul>");
        assert_eq!(summary.matches("<li>").count(), 1, "{typed}: {summary}");
        assert!(
            summary.contains("href=\"#titik.lat\""),
            "{typed}: {summary}"
        );
    }
}

#[tokio::test]
async fn an_item_that_is_not_whole_is_said_on_the_page_of_its_group() {
    let portal = open().await;
    let guest = begin(&portal, BIRTH).await;
    let group = format!("{BIRTH}/isi/saksi");
    for _ in 0..2 {
        save(&portal, &guest, &group, &[("_tambah", "saksi")]).await;
    }
    let wrong = save(&portal, &guest, &group, &[]).await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.text
    );
    assert!(
        plain(&wrong).contains("href=\"#saksi.1\">Saksi 1: "),
        "{}",
        wrong.text
    );
    assert!(!wrong.text.contains("membuka pertanyaan baru"));
}

#[tokio::test]
async fn a_service_that_closes_while_somebody_fills_in_gives_back_what_was_typed() {
    let portal = open().await;
    let guest = begin(&portal, GENERAL).await;
    fill(&portal, &guest).await;
    let mut bundle = shipped()
        .into_iter()
        .find(|bundle| bundle.definition.key == "permohonan-umum")
        .expect("the general request");
    bundle.definition.version = 2;
    bundle.service.closes = domain::Day::parse("2020-01-01");
    publish(&portal.world, &bundle).await;
    let check = format!("{GENERAL}/periksa");
    for place in [format!("{GENERAL}/isi/alamat"), check.clone()] {
        let page = portal.get(&place, &guest).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{place}");
        let text = plain(&page);
        assert!(text.contains("Layanan ini sudah ditutup"), "{text}");
        for typed in ["Siti Aminah", "Punten, Kec. Bumiaji", "Lampu di gang tiga"] {
            assert!(text.contains(typed), "{typed}: {text}");
        }
    }
    let fields = [
        ("_ada", "alamat"),
        ("alamat.street", "Jl. yang baru 9"),
        ("alamat.area", "35.79.01.1004"),
    ];
    let sent = portal
        .post(&format!("{GENERAL}/isi/alamat"), &guest, &fields)
        .await;
    let text = plain(&sent);
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(
        text.contains("Jl. yang baru 9\nSisir, Kec. Batu"),
        "what was just typed, by names: {text}"
    );
    let start = portal.get(GENERAL, "").await;
    assert!(start.text.contains("Ditutup sejak"), "{}", start.text);
}
