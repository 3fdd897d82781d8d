//! What is wrong with an answer or a form, as sentences.

use domain::{
    Locale,
    form::{
        Class, Component, Decimal, Fault, Gap, Kind, Question, Wrong,
        lint::{Finding, Rule},
        written::decimal,
    },
    identity::{self, Doubt},
};

use crate::t::form as t;

/// What is wrong and what mends it, in one sentence. `label` is the question's, or the part's of an address; `field` says
/// which part of a date is missing.
pub fn sentence(l: Locale, label: &str, kind: &Kind, field: &str, fault: &Fault) -> String {
    let part = field.rsplit('.').next().unwrap_or_default();
    match fault {
        Fault::Missing | Fault::Malformed
            if matches!(kind, Kind::Place { .. }) && part != "area" =>
        {
            t::f_point(l, label)
        }
        Fault::Missing => match kind {
            Kind::One { .. } | Kind::Many { .. } | Kind::YesNo => t::f_missing_choice(l, label),
            Kind::File { .. } => t::f_missing_file(l, label),
            Kind::Address {
                may_be_elsewhere: true,
            } if part == "area" => t::f_area_or_elsewhere(l).to_owned(),
            Kind::Address { .. } | Kind::Place { .. } if part == "area" => {
                t::f_missing_choice(l, label)
            }
            _ => t::f_missing(l, label),
        },
        Fault::TooShort { min } => t::f_too_short(l, label, i64::from(*min)),
        Fault::TooLong { max, given } => {
            t::f_too_long(l, label, l.number(i64::from(*given)), i64::from(*max))
        }
        Fault::Malformed => t::f_malformed(l, label),
        Fault::TooSmall { min } => t::f_too_small(l, label, amount(l, kind, *min)),
        Fault::TooGreat { max } => t::f_too_great(l, label, amount(l, kind, *max)),
        Fault::Decimals { max: 0 } => t::f_whole(l, label),
        Fault::Decimals { max } => t::f_decimals(l, label, i64::from(*max)),
        Fault::DatePart => match part {
            "month" => t::f_date_month(l, label),
            "year" => t::f_date_year(l, label),
            _ => t::f_date_day(l, label),
        },
        Fault::NoSuchDate => t::f_no_such_date(l, label),
        Fault::TooEarly { earliest } => t::f_too_early(l, label, earliest.written(l)),
        Fault::TooLate { latest } => t::f_too_late(l, label, latest.written(l)),
        Fault::Unknown => t::f_unknown(l, label),
        Fault::TooFew { min } => t::f_too_few(l, label, i64::from(*min)),
        Fault::TooMany { max } => t::f_too_many(l, label, i64::from(*max)),
        Fault::Exclusive => t::f_exclusive(l, label),
        Fault::Identity { fault } => number(l, label, *fault),
        Fault::Doubt { doubt } => match doubt {
            Doubt::UnknownArea => t::f_doubt_area(l, label),
            Doubt::OtherBirth => t::f_doubt_birth(l, label),
            Doubt::OtherSex => t::f_doubt_sex(l, label),
        },
        Fault::Outside => t::f_outside(l, label),
        Fault::Postcode { expected } => t::f_postcode(l, label, expected),
        Fault::FileGone => t::f_file_gone(l, label),
        Fault::FileKind { name } => t::f_file_kind(l, label, name),
        Fault::FileTooLarge { name, max_kb } => {
            t::f_file_too_large(l, label, name, megabytes(l, *max_kb))
        }
        Fault::NotDeclared => t::f_not_declared(l, label),
        Fault::Check { message, .. } => message.get(l).to_owned(),
    }
}

/// What is wrong with a question, in one sentence that names the part of it.
pub fn said(l: Locale, question: &Question, wrong: &Wrong) -> String {
    let part = wrong.field.strip_prefix(&wrong.path).unwrap_or_default();
    let label = match (&question.kind, part.trim_start_matches('.')) {
        (Kind::Address { .. }, "street") => t::street(l),
        (Kind::Address { .. }, "rt") => t::rt(l),
        (Kind::Address { .. }, "rw") => t::rw(l),
        (Kind::Address { .. } | Kind::Place { .. }, "area") => t::village(l),
        (Kind::Address { .. }, "elsewhere") => t::elsewhere_label(l),
        (Kind::Address { .. }, "postcode") => t::postcode(l),
        (Kind::Place { .. }, "lat" | "lon") => t::point(l),
        _ => question.label.get(l),
    };
    sentence(l, label, &question.kind, &wrong.field, &wrong.fault)
}

/// What is wrong with a number of a person, a family card or a property.
pub fn number(l: Locale, label: &str, fault: identity::Fault) -> String {
    match fault {
        identity::Fault::Missing => t::f_missing(l, label),
        identity::Fault::Characters => t::f_characters(l, label),
        identity::Fault::Digits { expected, given } => t::f_digits(l, label, given, expected),
        identity::Fault::Province => t::f_province(l, label),
        identity::Fault::Area => t::f_area(l, label),
        identity::Fault::Date => t::f_number_date(l, label),
        identity::Fault::Serial => t::f_serial(l, label),
        identity::Fault::OtherCity => t::f_other_city(l, label),
        identity::Fault::District => t::f_district(l, label),
    }
}

fn amount(l: Locale, kind: &Kind, number: Decimal) -> String {
    match (kind, number.to_whole()) {
        (Kind::Money { .. }, Some(rupiah)) => format!("Rp{}", l.number(rupiah)),
        _ => decimal(l, number),
    }
}

/// Kilobytes as megabytes, one decimal where it is needed.
pub fn megabytes(l: Locale, kilobytes: u32) -> String {
    let tenths = i64::from(kilobytes) * 10 / 1_024;
    let mark = match l {
        Locale::Id => ',',
        Locale::En => '.',
    };
    match tenths % 10 {
        0 => l.number(tenths / 10),
        part => format!("{}{mark}{part}", tenths / 10),
    }
}

/// A component of the service standard.
pub fn component(l: Locale, component: Component) -> &'static str {
    match component {
        Component::Requirements => t::c_requirements(l),
        Component::Procedure => t::c_procedure(l),
        Component::Time => t::c_time(l),
        Component::Fee => t::c_fee(l),
        Component::Product => t::c_product(l),
        Component::Complaints => t::c_complaints(l),
        Component::LegalBasis => t::c_legal_basis(l),
        Component::Facilities => t::c_facilities(l),
        Component::Competence => t::c_competence(l),
        Component::Supervision => t::c_supervision(l),
        Component::Staff => t::c_staff(l),
        Component::Guarantee => t::c_guarantee(l),
        Component::Safety => t::c_safety(l),
        Component::Evaluation => t::c_evaluation(l),
    }
}

const fn language(l: Locale, of: Locale) -> &'static str {
    match of {
        Locale::Id => t::language_id(l),
        Locale::En => t::language_en(l),
    }
}

/// What the linter says of a form, to whoever builds it.
pub fn finding(l: Locale, finding: &Finding) -> String {
    let at = if finding.at.is_empty() {
        t::r_whole(l)
    } else {
        finding.at.as_str()
    };
    match &finding.rule {
        Rule::Key => t::r_key(l, at),
        Rule::KeyTwice => t::r_key_twice(l, at),
        Rule::Empty => t::r_empty(l, at),
        Rule::Section => t::r_section(l, at),
        Rule::Unknown { question } => t::r_unknown(l, at, question),
        Rule::NotYet { question } => t::r_not_yet(l, at, question),
        Rule::WrongKind { question } => t::r_wrong_kind(l, at, question),
        Rule::NoChoice { question, value } => t::r_no_choice(l, at, question, value),
        Rule::Bounds => t::r_bounds(l, at),
        Rule::FewChoices => t::r_few_choices(l, at),
        Rule::Unreachable => t::r_unreachable(l, at),
        Rule::Contradiction => t::r_contradiction(l, at),
        Rule::Conflict { other } => t::r_conflict(l, at, other),
        Rule::MissingText { locale } => t::r_missing_text(l, at, language(l, *locale)),
        Rule::NoClass => t::r_no_class(l, at),
        Rule::ClassTooLow { least } => {
            let least = match least {
                Class::None => t::class_none(l),
                Class::General => t::class_general(l),
                Class::Specific => t::class_specific(l),
            };
            t::r_class_too_low(l, at, least)
        }
        Rule::ManyQuestions { count } => {
            t::r_many_questions(l, at, i64::try_from(*count).unwrap_or(i64::MAX))
        }
        Rule::GroupInGroup => t::r_group_in_group(l, at),
        Rule::OptionalDeclaration => t::r_optional_declaration(l, at),
    }
}

/// What a service lacks, to whoever describes it.
pub fn gap(l: Locale, gap: Gap) -> String {
    match gap {
        Gap::Office => t::g_office(l).to_owned(),
        Gap::Summary { locale } => t::g_summary(l, language(l, locale)),
        Gap::Component {
            component: of,
            locale,
        } => t::g_component(l, component(l, of), language(l, locale)),
        Gap::Limit => t::g_limit(l).to_owned(),
        Gap::Retention => t::g_retention(l).to_owned(),
        Gap::Span => t::g_span(l).to_owned(),
        Gap::Fee => t::g_fee(l).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::Day;

    use super::*;

    #[test]
    fn sentences_name_the_thing_and_the_remedy() {
        let say =
            |label, kind: &Kind, field, fault| sentence(Locale::Id, label, kind, field, &fault);
        let digits = identity::Fault::Digits {
            expected: 16,
            given: 15,
        };
        for (said, expected) in [
            (
                say(
                    "NIK ibu",
                    &Kind::Nik,
                    "nik",
                    Fault::Identity { fault: digits },
                ),
                "NIK ibu memuat 15 angka, seharusnya 16.",
            ),
            (
                say("Jenis", &Kind::YesNo, "j", Fault::Missing),
                "Pilih jawaban untuk Jenis.",
            ),
            (
                say(
                    "Lahir",
                    &Kind::Date {
                        earliest: None,
                        latest: None,
                    },
                    "lahir.month",
                    Fault::DatePart,
                ),
                "Lahir belum memuat bulan.",
            ),
            (
                say(
                    "Harga",
                    &Kind::Money { min: 0, max: None },
                    "h",
                    Fault::TooSmall {
                        min: Decimal::small(1_500),
                    },
                ),
                "Harga paling sedikit Rp1.500.",
            ),
            (
                say(
                    "Lahir",
                    &Kind::Phone,
                    "l",
                    Fault::TooLate {
                        latest: Day::parse("2026-11-24").expect("a day"),
                    },
                ),
                "Lahir paling lambat 24 November 2026.",
            ),
            (
                say(
                    "KTP",
                    &Kind::Phone,
                    "l",
                    Fault::FileTooLarge {
                        name: "a.jpg".into(),
                        max_kb: 2_560,
                    },
                ),
                "KTP: berkas a.jpg terlalu besar, paling besar 2,5 MB.",
            ),
        ] {
            assert_eq!(said, expected);
        }
        let half = Decimal::parse("-1234.5").expect("a number");
        assert_eq!(
            (decimal(Locale::Id, half), decimal(Locale::En, half)),
            ("−1.234,5".into(), "−1,234.5".into())
        );
    }

    #[test]
    fn findings_say_where() {
        let found = Finding {
            at: "nik".into(),
            rule: Rule::NoClass,
        };
        assert_eq!(
            finding(Locale::En, &found),
            "nik: the class of personal data is not set."
        );
        let found = Finding {
            at: String::new(),
            rule: Rule::Empty,
        };
        assert!(finding(Locale::Id, &found).starts_with("Formulir: "));
        let lacks = Gap::Component {
            component: Component::Safety,
            locale: Locale::En,
        };
        assert!(gap(Locale::Id, lacks).contains("keselamatan: teks bahasa Inggris"));
    }
}
