//! The rules of a payload.

use serde::{Deserialize, Serialize};

use super::{Amount, Field, NATIONAL, Qris, REFERENCE, crc, tlv};

/// A rule of EMVCo or QRIS. Stable words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Tag 00 comes first and is `01`.
    Version,
    /// Tag 63 is there.
    ChecksumMissing,
    /// Tag 63 comes last.
    ChecksumPlace,
    /// Tag 63 fits what is before it.
    Checksum,
    /// A tag stands once.
    Duplicate,
    /// A template holds tags.
    Template,
    /// A tag that must be there.
    Required,
    /// Some merchant account is there (02 to 51).
    Account,
    /// A value of its length.
    Length,
    /// A value of its form.
    Form,
    /// Point of initiation is 11 or 12.
    Initiation,
    /// Currency is 360, Rupiah.
    Currency,
    /// Country is ID.
    Country,
    /// The amount is more than 0 with at most two decimals.
    Amount,
    /// A tip (55) has what it needs (56, 57), and nothing else.
    Tip,
    /// Advice: tags ascend.
    Order,
    /// Advice: hexadecimal digits of the checksum in upper case.
    LowerCase,
    /// Advice: a static code has no amount.
    AmountOnStatic,
    /// Advice: a dynamic code has an amount.
    NoAmountOnDynamic,
    /// Advice: the national account is there.
    National,
    /// Advice: the postal code is there.
    Postcode,
}

impl Rule {
    /// Whether wallets refuse a payload that breaks it; otherwise it is advice.
    pub const fn is_error(self) -> bool {
        !matches!(
            self,
            Self::Order
                | Self::LowerCase
                | Self::AmountOnStatic
                | Self::NoAmountOnDynamic
                | Self::National
                | Self::Postcode
        )
    }
}

/// A rule that a payload breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The tag, such as `59` or `62.05`; empty for the payload as a whole.
    pub tag: String,
    /// The rule.
    pub rule: Rule,
}

impl Issue {
    pub(super) fn of(tag: &str, rule: Rule) -> Self {
        Self {
            tag: tag.to_owned(),
            rule,
        }
    }
}

pub(super) fn check(qris: &Qris) -> Vec<Issue> {
    let mut issues = Issues(Vec::new());
    let fields = &qris.fields;
    let starts = fields
        .first()
        .is_some_and(|field| field.tag == "00" && field.value == "01");
    issues.expect(starts, "00", Rule::Version);
    checksum(fields, &mut issues);
    duplicates(fields, "", &mut issues);
    for tag in ["01", "52", "53", "58", "59", "60"] {
        issues.expect(qris.get(tag).is_some(), tag, Rule::Required);
    }
    let has_account = fields
        .iter()
        .any(|field| ("02"..="51").contains(&field.tag.as_str()));
    issues.expect(has_account, "", Rule::Account);
    for field in fields {
        root(field, &mut issues);
    }
    tip(qris, &mut issues);
    let is_static = qris.get("01") == Some("11");
    let has_amount = qris.get("54").is_some();
    issues.expect(!(is_static && has_amount), "54", Rule::AmountOnStatic);
    issues.expect(is_static || has_amount, "54", Rule::NoAmountOnDynamic);
    issues.expect(qris.national_id().is_some(), "51", Rule::National);
    issues.expect(qris.get("61").is_some(), "61", Rule::Postcode);
    let ascends = fields
        .iter()
        .filter(|field| field.tag != "63")
        .is_sorted_by_key(|field| &field.tag);
    issues.expect(ascends, "", Rule::Order);
    issues.0
}

struct Issues(Vec<Issue>);

impl Issues {
    fn expect(&mut self, holds: bool, tag: &str, rule: Rule) {
        if !holds {
            self.0.push(Issue::of(tag, rule));
        }
    }

    /// A value of `least` to `most` characters, all of them such.
    fn value(&mut self, tag: &str, value: &str, least: usize, most: usize, such: fn(char) -> bool) {
        let length = value.chars().count();
        self.expect((least..=most).contains(&length), tag, Rule::Length);
        self.expect(value.chars().all(such), tag, Rule::Form);
    }
}

fn checksum(fields: &[Field], issues: &mut Issues) {
    let Some(place) = fields.iter().position(|field| field.tag == "63") else {
        issues.expect(false, "63", Rule::ChecksumMissing);
        return;
    };
    issues.expect(place + 1 == fields.len(), "63", Rule::ChecksumPlace);
    let expected = format!(
        "{:04X}",
        crc(format!("{}6304", tlv::write(&fields[..place])).as_bytes())
    );
    let given = &fields[place].value;
    issues.expect(given.eq_ignore_ascii_case(&expected), "63", Rule::Checksum);
    let is_upper = !given.chars().any(|c| c.is_ascii_lowercase());
    issues.expect(is_upper, "63", Rule::LowerCase);
}

fn duplicates(fields: &[Field], parent: &str, issues: &mut Issues) {
    for (place, field) in fields.iter().enumerate() {
        let again = fields[..place]
            .iter()
            .any(|earlier| earlier.tag == field.tag);
        issues.expect(!again, &format!("{parent}{}", field.tag), Rule::Duplicate);
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_printable(c: char) -> bool {
    c == ' ' || c.is_ascii_graphic()
}

fn is_text(c: char) -> bool {
    !c.is_control()
}

/// The number of a tag; tags that were read are two digits.
fn number(tag: &str) -> u8 {
    tag.parse().unwrap_or_default()
}

fn root(field: &Field, issues: &mut Issues) {
    let (tag, value) = (field.tag.as_str(), field.value.as_str());
    match number(tag) {
        1 => issues.expect(matches!(value, "11" | "12"), tag, Rule::Initiation),
        52 => issues.value(tag, value, 4, 4, is_digit),
        53 => issues.expect(value == "360", tag, Rule::Currency),
        54 => issues.expect(Amount::parse(value).is_some(), tag, Rule::Amount),
        58 => issues.expect(value == "ID", tag, Rule::Country),
        59 => issues.value(tag, value, 1, 25, is_text),
        60 => issues.value(tag, value, 1, 15, is_text),
        61 => issues.value(tag, value, 1, 10, is_printable),
        26..=51 | 62 | 64 | 80.. => template(tag, value, issues),
        _ => {}
    }
}

fn template(tag: &str, value: &str, issues: &mut Issues) {
    let Ok(inner) = tlv::parse(value) else {
        issues.expect(false, tag, Rule::Template);
        return;
    };
    duplicates(&inner, &format!("{tag}."), issues);
    for field in &inner {
        let path = format!("{tag}.{}", field.tag);
        let value = field.value.as_str();
        match (number(tag), number(&field.tag)) {
            (62, 1..=8) => issues.value(&path, value, 1, REFERENCE, is_printable),
            (64, 0) => issues.value(&path, value, 2, 2, char::is_alphanumeric),
            (64, 1) => issues.value(&path, value, 1, 25, is_text),
            (64, 2) => issues.value(&path, value, 1, 15, is_text),
            (26..=51, 0) => issues.value(&path, value, 1, 32, is_printable),
            (26..=51, 1) => issues.value(&path, value, 1, 19, is_digit),
            (51, 2) => {
                let digits = value.strip_prefix("ID").unwrap_or_default();
                let fits = digits.len() == 13 && digits.bytes().all(|b| b.is_ascii_digit());
                issues.expect(fits, &path, Rule::Form);
            }
            (26..=50, 2) => issues.value(&path, value, 1, 15, is_printable),
            (26..=51, 3) => issues.value(&path, value, 3, 3, is_printable),
            _ => {}
        }
    }
    if tag == "51" {
        let guid = tlv::find(&inner, "00");
        issues.expect(guid == Some(NATIONAL), "51.00", Rule::National);
    }
}

fn tip(qris: &Qris, issues: &mut Issues) {
    let fixed = qris.get("56").map(|text| Amount::parse(text).is_some());
    let percent = qris.get("57").map(|text| {
        let rate = Amount::parse(text).map(Amount::hundredths);
        rate.is_some_and(|rate| rate <= 9_999)
    });
    let holds = match qris.get("55") {
        None | Some("01") => fixed.is_none() && percent.is_none(),
        Some("02") => fixed == Some(true) && percent.is_none(),
        Some("03") => percent == Some(true) && fixed.is_none(),
        Some(_) => false,
    };
    issues.expect(holds, "55", Rule::Tip);
}
