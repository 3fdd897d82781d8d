//! Addresses, places and files.

use super::*;

fn pesanggrahan() -> Area {
    Area {
        id: AreaId::new("35.79.01.2008"),
        name: "Pesanggrahan".into(),
        kind: crate::area::Kind::Desa,
        parent: None,
        postcode: Some("65313".into()),
    }
}

#[test]
fn addresses() {
    let areas = [pesanggrahan()];
    let context = Context {
        areas: Some(&areas),
        ..today()
    };
    let kind = |may_be_elsewhere| Kind::Address { may_be_elsewhere };
    let home = [
        ("x.street", "Jl. Panglima Sudirman 507"),
        ("x.rt", "1"),
        ("x.rw", "2"),
        ("x.area", "35.79.01.2008"),
    ];
    let outcome = validate(&ask(kind(false), false), &draft(&home), &context);
    let expected = Address {
        street: "Jl. Panglima Sudirman 507".into(),
        rt: "001".into(),
        rw: "002".into(),
        area: Some(AreaId::new("35.79.01.2008")),
        elsewhere: String::new(),
        postcode: "65313".into(),
    };
    assert_eq!(outcome.answers.get("x"), Some(&Answer::Address(expected)));
    let other = [&home[..], &[("x.postcode", "65311")]].concat();
    let expected = "65313".to_owned();
    assert_eq!(
        wrong_in(kind(false), &other, &context),
        [("x.postcode".to_owned(), Fault::Postcode { expected })]
    );
    assert_eq!(
        wrong_in(
            kind(false),
            &[("x.rt", "12a"), ("x.area", "35.79.01.9999")],
            &context
        ),
        [
            ("x.street".to_owned(), Fault::Missing),
            ("x.rt".to_owned(), Fault::Malformed),
            ("x.area".to_owned(), Fault::Unknown),
        ]
    );
    let far = [
        ("x.street", "Jl. Ijen 1"),
        (
            "x.elsewhere",
            "Oro-oro Dowo, Klojen, Kota Malang, Jawa Timur",
        ),
    ];
    assert_eq!(wrong_in(kind(true), &far, &context), []);
    assert_eq!(
        wrong_in(kind(false), &far, &context),
        [("x.area".to_owned(), Fault::Missing)]
    );
    // Half an address is not left out.
    let outcome = validate(&ask(kind(true), true), &draft(&[("x.rt", "1")]), &context);
    assert_eq!(outcome.wrong.len(), 2);
    let outcome = validate(&ask(kind(true), true), &Draft::default(), &context);
    assert!(outcome.is_ready() && outcome.answers.0.is_empty());
}

#[test]
fn places() {
    let n = |text: &str| Decimal::parse(text).expect("a number");
    let within = Bounds {
        south: n("-7.94"),
        west: n("112.47"),
        north: n("-7.73"),
        east: n("112.6"),
    };
    let place = |lat: &str, lon: &str| {
        answer(
            Kind::Place {
                within: Some(within),
            },
            &[("x.lat", lat), ("x.lon", lon)],
        )
    };
    let point = Point {
        lat: n("-7.871234"),
        lon: n("112.5"),
    };
    let expected = Place {
        area: None,
        point: Some(point),
    };
    assert_eq!(
        place("-7.87123456789", "112,5"),
        Ok(Answer::Place(expected))
    );
    assert_eq!(place("7.87", "112.5"), Err(Fault::Outside));
    assert_eq!(place("-97", "112.5"), Err(Fault::Outside));
    assert_eq!(place("-7.87", ""), Err(Fault::Missing));
    assert_eq!(place("-7.87123456é", "112.5"), Err(Fault::Malformed));
    // The village alone is a place, and both together are one.
    let areas = [pesanggrahan()];
    let context = Context {
        areas: Some(&areas),
        ..today()
    };
    let of = |fields: &[(&str, &str)]| {
        let outcome = validate(
            &ask(Kind::Place { within: None }, false),
            &draft(fields),
            &context,
        );
        match outcome.answers.get("x") {
            Some(Answer::Place(place)) => Ok(place.clone()),
            _ => Err(Box::new(outcome.wrong[0].clone())),
        }
    };
    let area = areas[0].id.clone();
    let village = of(&[("x.area", area.as_str())]).expect("a place");
    assert_eq!((village.area, village.point), (Some(area.clone()), None));
    let both = of(&[
        ("x.area", area.as_str()),
        ("x.lat", "-7.871234"),
        ("x.lon", "112.5"),
    ]);
    assert_eq!(
        both.map(|place| (place.area, place.point)),
        Ok((Some(area), Some(point)))
    );
    for (fields, field, fault) in [
        (&[][..], "x.area", Fault::Missing),
        (&[("x.area", "35.79.01")], "x.area", Fault::Unknown),
        (&[("x.area", "99.99.99.9999")], "x.area", Fault::Unknown),
        (&[("x.lat", "-7.87")], "x.lon", Fault::Missing),
    ] {
        let wrong = *of(fields).expect_err("is wrong");
        assert_eq!((wrong.field.as_str(), wrong.fault), (field, fault));
    }
}

#[test]
fn uploads() {
    let files = files();
    let context = Context {
        files: &files,
        ..today()
    };
    let kind = |kinds: &[FileKind], max_kb| Kind::File {
        kinds: kinds.to_vec(),
        max_kb,
        max: 1,
    };
    let name = || "ktp.jpg".to_owned();
    let one = [("x", "f1")];
    assert_eq!(wrong_in(kind(&[FileKind::Jpeg], 200), &one, &context), []);
    let fault = |kind, fields: &[(&str, &str)]| wrong_in(kind, fields, &context)[0].1.clone();
    assert_eq!(
        fault(kind(&[FileKind::Pdf], 200), &one),
        Fault::FileKind { name: name() }
    );
    let large = Fault::FileTooLarge {
        name: name(),
        max_kb: 195,
    };
    assert_eq!(fault(kind(&[FileKind::Jpeg], 195), &one), large);
    assert_eq!(
        fault(kind(&[FileKind::Jpeg], 200), &[("x", "f2")]),
        Fault::FileGone
    );
    assert_eq!(fault(kind(&[FileKind::Jpeg], 200), &[]), Fault::Missing);
}
