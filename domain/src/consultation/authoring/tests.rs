use super::*;
use crate::{ConsultationId, FileId, OptionId, QuestionId, VersionId, ballot::Choice};

fn wib() -> Zone {
    Zone {
        name: "WIB".into(),
        hours: 7,
    }
}

fn draft() -> Draft {
    Draft {
        slug: "jalur-sepeda".into(),
        title: "Jalur sepeda".into(),
        office: "dishub".into(),
        opens_at: "2026-12-01T08:00".into(),
        closes_at: "2026-12-31T23:59".into(),
        counts_shown: "live".into(),
        comments_open: true,
        ..Draft::default()
    }
}

fn stored(valid: &Valid) -> Consultation {
    Consultation {
        id: ConsultationId::new("c"),
        slug: valid.slug.clone(),
        office: valid.office.clone(),
        office_name: String::new(),
        office_short: String::new(),
        title: valid.title.clone(),
        summary: valid.summary.clone(),
        body_html: String::new(),
        contact: valid.contact.clone(),
        cover: None,
        cover_alt: String::new(),
        opens_at: valid.opens_at,
        closes_at: valid.closes_at,
        published_at: None,
        answered_at: None,
        counts_shown: valid.counts_shown,
        comments_open: valid.comments_open,
        statements_open: valid.statements_open,
        areas: valid.areas.clone(),
        source: String::new(),
        edition: 1,
    }
}

#[test]
fn what_is_stored_reads_back() {
    let mut typed = draft();
    typed.areas = vec![
        "35.79.02".into(),
        "35.79.01".into(),
        "35.79.02".into(),
        String::new(),
    ];
    let valid = validate(&typed, &wib()).expect("is valid");
    assert_eq!(valid.areas.len(), 2);
    let again = Draft::of(&stored(&valid), &valid.body, &wib());
    assert_eq!(validate(&again, &wib()), Ok(valid));
}

#[test]
fn every_field_is_checked() {
    let long = |n: usize| "a".repeat(n);
    let table: Vec<(&str, Draft, Problem)> = vec![
        (
            "title",
            Draft {
                title: " ".into(),
                ..draft()
            },
            Problem::Missing,
        ),
        (
            "title",
            Draft {
                title: long(121),
                ..draft()
            },
            Problem::TooLong {
                max: 120,
                given: 121,
            },
        ),
        (
            "summary",
            Draft {
                summary: long(401),
                ..draft()
            },
            Problem::TooLong {
                max: 400,
                given: 401,
            },
        ),
        (
            "body",
            Draft {
                body: long(60_001),
                ..draft()
            },
            Problem::TooLong {
                max: 60_000,
                given: 60_001,
            },
        ),
        (
            "slug",
            Draft {
                slug: "A b".into(),
                ..draft()
            },
            Problem::Malformed,
        ),
        (
            "slug",
            Draft {
                slug: "baru".into(),
                ..draft()
            },
            Problem::Taken,
        ),
        (
            "office",
            Draft {
                office: String::new(),
                ..draft()
            },
            Problem::Missing,
        ),
        (
            "contact",
            Draft {
                contact: long(201),
                ..draft()
            },
            Problem::TooLong {
                max: 200,
                given: 201,
            },
        ),
        (
            "cover_alt",
            Draft {
                cover_alt: long(201),
                ..draft()
            },
            Problem::TooLong {
                max: 200,
                given: 201,
            },
        ),
        (
            "opens_at",
            Draft {
                opens_at: "besok".into(),
                ..draft()
            },
            Problem::Malformed,
        ),
        (
            "closes_at",
            Draft {
                closes_at: "2026-02-30T10:00".into(),
                ..draft()
            },
            Problem::Malformed,
        ),
        (
            "closes_at",
            Draft {
                closes_at: "2026-11-30T10:00".into(),
                ..draft()
            },
            Problem::Order,
        ),
        (
            "closes_at",
            Draft {
                closes_at: "2026-12-01T08:00".into(),
                ..draft()
            },
            Problem::Order,
        ),
        (
            "counts_shown",
            Draft {
                counts_shown: "x".into(),
                ..draft()
            },
            Problem::Unknown,
        ),
        (
            "areas",
            Draft {
                areas: (0..61).map(|n| n.to_string()).collect(),
                ..draft()
            },
            Problem::TooMany { max: 60 },
        ),
    ];
    for (field, draft, problem) in table {
        let invalid = validate(&draft, &wib()).unwrap_err();
        assert_eq!(invalid.of(field), Some(&problem), "{field}");
    }
    let empty = validate(&Draft::default(), &wib()).unwrap_err();
    assert_eq!(
        empty.0.keys().collect::<Vec<_>>(),
        ["counts_shown", "office", "slug", "title"]
    );
}

#[test]
fn what_is_fixed_when() {
    let complete = Draft {
        summary: "Ringkas".into(),
        body: "a".repeat(200),
        contact: "Balai kota".into(),
        ..draft()
    };
    let valid = validate(&complete, &wib()).expect("is valid");
    let mut was = stored(&valid);
    let change = |edit: &dyn Fn(&mut Valid)| {
        let mut will = valid.clone();
        edit(&mut will);
        will
    };
    let opens = was.opens_at.expect("is set");
    let edits: [(&str, Valid); 6] = [
        ("slug", change(&|v| v.slug = "lain-lagi".into())),
        ("office", change(&|v| v.office = OfficeId::new("dlh"))),
        (
            "opens_at",
            change(&|v| v.opens_at = v.opens_at.map(|t| t.plus_days(1))),
        ),
        (
            "closes_at",
            change(&|v| v.closes_at = v.closes_at.map(|t| t.plus_days(1))),
        ),
        (
            "counts_shown",
            change(&|v| v.counts_shown = CountsShown::AfterClose),
        ),
        ("title", change(&|v| v.title = "Judul lain".into())),
    ];
    // field, fixed in a draft, when announced, when open
    let table = [
        ("slug", [false, true, true]),
        ("office", [false, false, true]),
        ("opens_at", [false, false, true]),
        ("closes_at", [false, true, true]),
        ("counts_shown", [false, false, true]),
        ("title", [false, false, false]),
    ];
    for (phase, (published, now)) in [
        (None, opens.plus_days(-5)),
        (Some(opens.plus_days(-6)), opens.plus_days(-5)),
        (Some(opens.plus_days(-6)), opens.plus_days(1)),
    ]
    .into_iter()
    .enumerate()
    {
        was.published_at = published;
        for ((field, will), (_, fixed)) in edits.iter().zip(table) {
            let found = check_published(&was, will, false, now)
                .err()
                .map(|i| i.of(field).cloned());
            let expected = fixed[phase].then_some(Some(Problem::NotNow));
            assert_eq!(found, expected, "{field} in phase {phase}");
        }
    }
    // An announced consultation cannot be opened in the past, nor so late that a day is not left.
    was.published_at = Some(opens.plus_days(-6));
    let now = opens.plus_days(-5);
    let past = change(&|v| v.opens_at = Some(opens.plus_days(-6)));
    assert_eq!(
        check_published(&was, &past, false, now)
            .unwrap_err()
            .of("opens_at"),
        Some(&Problem::NotNow)
    );
    let late = change(&|v| v.opens_at = v.closes_at.map(|t| t.plus_seconds(-3_600)));
    assert_eq!(
        check_published(&was, &late, false, now)
            .unwrap_err()
            .of("opens_at"),
        Some(&Problem::Order)
    );
    // What was complete stays so.
    was.cover = Some(FileId::new("f"));
    let bare = Valid {
        summary: String::new(),
        body: "pendek".into(),
        contact: String::new(),
        comments_open: false,
        ..valid.clone()
    };
    let invalid = check_published(&was, &bare, false, now).unwrap_err();
    assert_eq!(
        invalid.0.keys().collect::<Vec<_>>(),
        ["body", "comments_open", "contact", "cover_alt", "summary"]
    );
    assert!(
        check_published(&was, &bare, true, now)
            .unwrap_err()
            .of("comments_open")
            .is_none()
    );
    was.published_at = None;
    assert_eq!(check_published(&was, &bare, false, now), Ok(()));
}

fn question(kind: QuestionKind, options: usize) -> Question {
    Question {
        id: QuestionId::new("q"),
        position: 1,
        kind,
        title: "Setujukah Anda?".into(),
        help: String::new(),
        options: (0..options)
            .map(|n| Choice {
                id: OptionId::new(n.to_string()),
                label: n.to_string(),
            })
            .collect(),
        max_choices: 1,
    }
}

#[test]
fn the_check_list_names_all_that_is_missing() {
    let valid = validate(&draft(), &wib()).expect("is valid");
    let mut c = stored(&valid);
    let opens = c.opens_at.expect("is set");
    let closes = c.closes_at.expect("is set");
    let now = opens.plus_days(-7);
    let body = "a".repeat(200);
    assert_eq!(
        missing(&c, "pendek", &[], &[], now),
        [Missing::Summary, Missing::Body, Missing::Contact]
    );
    c.summary = "Ringkas".into();
    c.contact = "dishub@batu.example".into();
    assert_eq!(missing(&c, &body, &[], &[], now), []);

    c.comments_open = false;
    assert_eq!(missing(&c, &body, &[], &[], now), [Missing::Part]);
    assert_eq!(
        missing(&c, &body, &[question(QuestionKind::Position, 0)], &[], now),
        []
    );
    assert_eq!(
        missing(&c, &body, &[question(QuestionKind::One, 1)], &[], now),
        [Missing::Options(1)]
    );
    c.statements_open = true;
    c.cover = Some(FileId::new("f"));
    let version = |number| Version {
        id: VersionId::new("v"),
        number,
        note: String::new(),
        reason: String::new(),
        published_at: now,
        clauses: 1,
    };
    assert_eq!(
        missing(&c, &body, &[], &[version(2), version(1)], now),
        [Missing::VersionReason(2), Missing::CoverAlt]
    );
    c.cover = None;

    assert_eq!(missing(&c, &body, &[], &[], closes), [Missing::Past]);
    assert_eq!(
        missing(&c, &body, &[], &[], closes.plus_seconds(-3_600)),
        [Missing::TooShort]
    );
    assert_eq!(missing(&c, &body, &[], &[], closes.plus_days(-1)), []);
    c.closes_at = Some(opens.plus_seconds(3_600));
    assert_eq!(missing(&c, &body, &[], &[], now), [Missing::TooShort]);
    c.closes_at = Some(opens);
    assert_eq!(missing(&c, &body, &[], &[], now), [Missing::Order]);
    c.closes_at = None;
    c.opens_at = None;
    assert_eq!(
        missing(&c, &body, &[], &[], now),
        [Missing::Opens, Missing::Closes]
    );
}

#[test]
fn an_extension_is_later_and_says_why() {
    let closes = wib().parse_input("2026-12-31T23:59").expect("a moment");
    let now = closes.plus_days(-3);
    let check = |at: &str, reason: &str| {
        validate_extension(
            &ExtensionDraft {
                closes_at: at.into(),
                reason: reason.into(),
            },
            closes,
            &wib(),
            now,
        )
    };
    let reason = "Banyak warga meminta waktu.";
    assert_eq!(
        check("2027-01-07T23:59", reason),
        Ok((closes.plus_days(7), reason.to_owned()))
    );
    for (at, problem) in [
        ("", Problem::Missing),
        ("nanti", Problem::Malformed),
        ("2026-12-31T23:59", Problem::Order),
        ("2026-12-30T23:59", Problem::Order),
        ("2099-01-01T00:00", Problem::Malformed),
    ] {
        assert_eq!(
            check(at, reason).unwrap_err().of("closes_at"),
            Some(&problem),
            "{at}"
        );
    }
    let invalid = check("", "pendek").unwrap_err();
    assert_eq!(invalid.of("reason"), Some(&Problem::TooShort { min: 10 }));
}
