use super::*;

const STATIC: &str = "00020101021126710019ID.CO.BANKJATIM.WWW011893600114000000001702150000000000000170303UME51440014ID.CO.QRIS.WWW0215ID10200123456780303UME5204931153033605802ID5917BAPENDA KOTA BATU6004BATU6105653136304B25B";
const DYNAMIC: &str = "00020101021226710019ID.CO.BANKJATIM.WWW011893600114000000001702150000000000000170303UME51440014ID.CO.QRIS.WWW0215ID10200123456780303UME52049311530336054061525005802ID5917BAPENDA KOTA BATU6004BATU610565313622205183579010001001000106304F12A";
/// EMVCo's own sample, in which a character is more than a byte.
const SAMPLE: &str = "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A";

/// A made-up merchant.
fn bapenda() -> Merchant {
    Merchant {
        accounts: vec![Account {
            guid: "ID.CO.BANKJATIM.WWW".into(),
            pan: "936001140000000017".into(),
            merchant: "000000000000017".into(),
        }],
        national_id: "ID1020012345678".into(),
        criteria: "UME".into(),
        category: "9311".into(),
        name: "BAPENDA KOTA BATU".into(),
        city: "BATU".into(),
        postcode: "65313".into(),
    }
}

fn rupiah(whole: u64) -> Amount {
    Amount::rupiah(whole).expect("an amount")
}

/// `payload` with other fields and its checksum made anew.
fn changed(payload: &str, change: impl Fn(&mut Vec<Field>)) -> Vec<Issue> {
    let mut qris = Qris::parse(payload).expect("a payload");
    qris.fields.pop();
    change(&mut qris.fields);
    let covered = format!("{}6304", qris.payload());
    qris.fields.push(Field::new(
        "63",
        &format!("{:04X}", crc(covered.as_bytes())),
    ));
    qris.check()
}

#[test]
fn checksums() {
    assert_eq!(crc(b"123456789"), 0x29B1);
    let covered = SAMPLE.strip_suffix("A13A").expect("ends so");
    assert_eq!(crc(covered.as_bytes()), 0xA13A);
    let sample = Qris::parse(SAMPLE).expect("a chain");
    assert_eq!(sample.payload(), SAMPLE);
    let rules: Vec<Rule> = sample.check().iter().map(|issue| issue.rule).collect();
    assert!(!rules.contains(&Rule::Checksum));
    assert!(rules.contains(&Rule::Currency) && rules.contains(&Rule::Country));
}

#[test]
fn our_codes_are_the_vectors() {
    let fixed = bapenda().qris().expect("a code");
    assert_eq!(fixed.payload(), STATIC);
    assert_eq!(fixed.check(), []);
    let bill = bapenda()
        .bill(rupiah(152_500), "357901000100100010")
        .expect("a code");
    assert_eq!(bill.payload(), DYNAMIC);
    assert_eq!(Qris::verify(DYNAMIC), Ok(bill.clone()));
    assert_eq!(bill.check(), []);
    assert_eq!(bill.amount(), Some(rupiah(152_500)));
    assert_eq!(bill.reference().as_deref(), Some("357901000100100010"));
    assert_eq!(bill.national_id().as_deref(), Some("ID1020012345678"));
    assert_eq!(bill.get("59"), Some("BAPENDA KOTA BATU"));
    let again = bill.with_bill(rupiah(1), "K7M2P9XQ4T").expect("a code");
    assert_eq!(again.amount(), Some(rupiah(1)));
}

#[test]
fn broken_codes_are_refused() {
    let only =
        |issues: Vec<Issue>, tag: &str, rule: Rule| assert_eq!(issues, [Issue::of(tag, rule)]);
    let bad = Qris::parse(&STATIC.replace("B25B", "B25C")).expect("a chain");
    only(bad.check(), "63", Rule::Checksum);
    let missing = Qris::parse(STATIC.strip_suffix("6304B25B").expect("ends so")).expect("a chain");
    only(missing.check(), "63", Rule::ChecksumMissing);
    let place = Qris::parse(&format!("{STATIC}6208030312 ")).expect_err("too short");
    assert_eq!(place, Error::Structure { at: STATIC.len() });
    let moved = Qris::parse(&format!("{STATIC}62070703123")).expect("a chain");
    only(moved.check(), "63", Rule::ChecksumPlace);
    only(
        changed(STATIC, |f| f.push(Field::new("61", "65313"))),
        "61",
        Rule::Duplicate,
    );
    only(
        changed(STATIC, |f| tlv::put(f, "55", "02")),
        "55",
        Rule::Tip,
    );
    only(
        changed(STATIC, |f| tlv::put(f, "53", "840")),
        "53",
        Rule::Currency,
    );
    only(
        changed(STATIC, |f| tlv::put(f, "59", &"N".repeat(26))),
        "59",
        Rule::Length,
    );
    only(
        changed(STATIC, |f| tlv::put(f, "58", "CN")),
        "58",
        Rule::Country,
    );
    let issues = changed(STATIC, |f| tlv::put(f, "01", "13"));
    assert!(issues.contains(&Issue::of("01", Rule::Initiation)));
}

#[test]
fn advice_is_not_refusal() {
    let issues = changed(STATIC, |f| tlv::put(f, "54", "1000"));
    assert_eq!(issues, [Issue::of("54", Rule::AmountOnStatic)]);
    let issues = changed(STATIC, |f| tlv::put(f, "01", "12"));
    assert_eq!(issues, [Issue::of("54", Rule::NoAmountOnDynamic)]);
    let lower = STATIC.replace("B25B", "b25b");
    assert_eq!(
        Qris::parse(&lower).unwrap().check(),
        [Issue::of("63", Rule::LowerCase)]
    );
    assert!(Qris::verify(&lower).is_ok());
}

#[test]
fn amounts_and_tips() {
    for good in ["1", "0.01", "152500.5", "9999999999999", "9999999999.99"] {
        assert!(Amount::parse(good).is_some(), "{good}");
    }
    for bad in [
        "",
        "0",
        "0.00",
        ".5",
        "5.",
        "1.234",
        "1,5",
        "-1",
        "99999999999999",
        "99999999999.5",
        "1e3",
        "٣",
    ] {
        assert!(Amount::parse(bad).is_none(), "{bad}");
    }
    for (tip, fixed, percent, holds) in [
        ("01", "", "", true),
        ("02", "2500", "", true),
        ("02", "2500", "1", false),
        ("03", "", "99.99", true),
        ("03", "", "100", false),
        ("03", "", "0", false),
        ("04", "", "", false),
    ] {
        let issues = changed(STATIC, |f| {
            tlv::put(f, "55", tip);
            for (tag, value) in [("56", fixed), ("57", percent)] {
                if !value.is_empty() {
                    tlv::put(f, tag, value);
                }
            }
        });
        assert_eq!(issues.is_empty(), holds, "{tip} {fixed} {percent}");
    }
}

#[test]
fn what_cannot_be_written_is_not_made() {
    let refused = |reference: &str| match bapenda().bill(rupiah(1), reference) {
        Err(Error::Rules(issues)) => issues[0].clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&"9".repeat(26)), Issue::of("62.05", Rule::Length));
    assert_eq!(refused(&"9".repeat(120)), Issue::of("62", Rule::Length));
    assert_eq!(refused(""), Issue::of("62.05", Rule::Length));
    assert_eq!(refused("a\u{7}"), Issue::of("62.05", Rule::Form));
    let mut other = bapenda();
    other.national_id = "ID12".into();
    assert!(matches!(other.qris(), Err(Error::Rules(_))));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}|[0-9A-Z]{0,60}|000201.{0,60}") {
        if let Ok(qris) = Qris::parse(&text) {
            proptest::prop_assert_eq!(qris.payload(), text);
            let _ = qris.check();
            let _ = qris.with_bill(rupiah(5), "A");
        }
    }

    #[test]
    fn every_bill_verifies(whole in 1_u64..10_000_000_000_000, reference in "[ -~]{1,25}") {
        let bill = bapenda().bill(rupiah(whole), &reference).expect("a code");
        proptest::prop_assert_eq!(bill.reference(), Some(reference));
        proptest::prop_assert_eq!(bill.amount(), Some(rupiah(whole)));
        proptest::prop_assert!(Qris::verify(&bill.payload()).is_ok());
    }
}
