//! Reading what was typed for one question.

mod compound;

use std::collections::BTreeSet;

use super::{Answer, Choice, Context, Decimal, Draft, Fault, FileKind, Kind, Question};
use crate::{
    FileId, Problem,
    account::Email,
    identity::{self, Kk, Nik, Nop, TaxArea},
    phone::Phone,
    text,
};

/// Faults with the fields to which they belong.
pub(super) type Faults = Vec<(String, Fault)>;

/// Reads the answer at `path`: `None` where an optional question was left alone. Groups and calculated values are not read here.
pub(super) fn read(
    question: &Question,
    path: &str,
    draft: &Draft,
    context: &Context<'_>,
) -> Result<Option<Answer>, Faults> {
    let found = match &question.kind {
        Kind::Address { may_be_elsewhere } => {
            compound::address(path, draft, context, *may_be_elsewhere)
        }
        Kind::Place { within } => compound::place(path, draft, context, within.as_ref()),
        Kind::Date { earliest, latest } => compound::date(path, draft, context, *earliest, *latest),
        kind => simple(kind, path, draft, context).map_err(|fault| vec![(path.to_owned(), fault)]),
    };
    match found {
        Ok(answer) => Ok(Some(answer)),
        // Only what is wholly empty may be left out: half an address is not.
        Err(faults) if question.is_optional && is_empty(question, path, draft, &faults) => Ok(None),
        Err(faults) => Err(faults),
    }
}

fn is_empty(question: &Question, path: &str, draft: &Draft, faults: &Faults) -> bool {
    let fields: &[&str] = match question.kind {
        Kind::Address { .. } => &["street", "rt", "rw", "area", "elsewhere", "postcode"],
        Kind::Place { .. } => &["area", "lat", "lon"],
        Kind::Date { .. } => &["day", "month", "year"],
        // A text of nothing but invisible characters is empty too, as its reading says.
        _ => return faults.iter().all(|(_, fault)| *fault == Fault::Missing),
    };
    !draft.has(path)
        && !fields
            .iter()
            .any(|field| draft.has(&format!("{path}.{field}")))
}

fn simple(kind: &Kind, path: &str, draft: &Draft, context: &Context<'_>) -> Result<Answer, Fault> {
    let raw = draft.text(path);
    match kind {
        Kind::Short { min, max } => Ok(Answer::Text(text::line(raw, (*min).max(1), *max)?)),
        Kind::Long { min, max } => Ok(Answer::Text(text::body(raw, (*min).max(1), *max)?)),
        Kind::Number {
            min, max, decimals, ..
        } => number(raw, *min, *max, *decimals).map(Answer::Number),
        Kind::Money { min, max } => money(raw, *min, *max),
        Kind::One { options } => one(raw, options),
        Kind::Many { options, min, max } => many(draft.all(path), options, *min, *max),
        Kind::YesNo => match raw.trim() {
            "" => Err(Fault::Missing),
            "yes" | "ya" => Ok(Answer::YesNo(true)),
            "no" | "tidak" => Ok(Answer::YesNo(false)),
            _ => Err(Fault::Unknown),
        },
        Kind::Email => Ok(Answer::Email(Email::parse(raw)?.address)),
        Kind::Phone => Ok(Answer::Phone(Phone::parse(raw)?)),
        Kind::File { kinds, max_kb, max } => files(draft.all(path), context, kinds, *max_kb, *max),
        Kind::Nik => Nik::parse(raw).map(Answer::Nik).map_err(identity_fault),
        Kind::Kk => Kk::parse(raw).map(Answer::Kk).map_err(identity_fault),
        Kind::Nop { area } => nop(raw, area.as_ref()).map_err(identity_fault),
        Kind::Declaration => match raw.trim() {
            "yes" | "ya" | "on" | "1" => Ok(Answer::Declared),
            "" | "no" | "tidak" => Err(Fault::NotDeclared),
            _ => Err(Fault::Unknown),
        },
        Kind::Address { .. }
        | Kind::Place { .. }
        | Kind::Date { .. }
        | Kind::Calculated { .. }
        | Kind::Group { .. } => Err(Fault::Missing),
    }
}

/// Reads a number within its bounds.
fn number(
    raw: &str,
    min: Option<Decimal>,
    max: Option<Decimal>,
    decimals: u8,
) -> Result<Decimal, Fault> {
    if raw.trim().is_empty() {
        return Err(Fault::Missing);
    }
    let number = Decimal::typed(raw, decimals).ok_or(Fault::Malformed)?;
    if number.places() > decimals {
        return Err(Fault::Decimals { max: decimals });
    }
    if let Some(min) = min.filter(|min| number < *min) {
        return Err(Fault::TooSmall { min });
    }
    if let Some(max) = max.filter(|max| number > *max) {
        return Err(Fault::TooGreat { max });
    }
    Ok(number)
}

fn money(raw: &str, min: u64, max: Option<u64>) -> Result<Answer, Fault> {
    let bound = |rupiah: u64| i64::try_from(rupiah).ok().and_then(Decimal::whole);
    let min = bound(min).unwrap_or_default();
    let rupiah = number(raw, Some(min), max.and_then(bound), 0)?.to_whole();
    let rupiah = rupiah.and_then(|whole| u64::try_from(whole).ok());
    rupiah.map(Answer::Money).ok_or(Fault::Malformed)
}

fn one(raw: &str, options: &[Choice]) -> Result<Answer, Fault> {
    let raw = raw.trim();
    if raw.is_empty() {
        Err(Fault::Missing)
    } else if options.iter().any(|option| option.key == raw) {
        Ok(Answer::One(raw.to_owned()))
    } else {
        Err(Fault::Unknown)
    }
}

fn many(given: &[String], options: &[Choice], min: u16, max: Option<u16>) -> Result<Answer, Fault> {
    let given: BTreeSet<&str> = given
        .iter()
        .map(|one| one.trim())
        .filter(|one| !one.is_empty())
        .collect();
    if given
        .iter()
        .any(|one| !options.iter().any(|option| option.key == *one))
    {
        return Err(Fault::Unknown);
    }
    let chosen: Vec<&Choice> = options
        .iter()
        .filter(|option| given.contains(option.key.as_str()))
        .collect();
    let (min, most) = (min.max(1), max.unwrap_or(u16::MAX));
    if chosen.is_empty() {
        Err(Fault::Missing)
    } else if chosen.len() > 1 && chosen.iter().any(|option| option.is_exclusive) {
        Err(Fault::Exclusive)
    } else if chosen.len() < usize::from(min) && !chosen[0].is_exclusive {
        Err(Fault::TooFew { min })
    } else if chosen.len() > usize::from(most) {
        Err(Fault::TooMany { max: most })
    } else {
        Ok(Answer::Many(
            chosen
                .into_iter()
                .map(|option| option.key.clone())
                .collect(),
        ))
    }
}

fn files(
    given: &[String],
    context: &Context<'_>,
    kinds: &[FileKind],
    max_kb: u32,
    max: u16,
) -> Result<Answer, Fault> {
    let mut files: Vec<FileId> = Vec::new();
    for id in given.iter().map(|id| id.trim()).filter(|id| !id.is_empty()) {
        let id = FileId::new(id);
        if files.contains(&id) {
            continue;
        }
        let upload = context.files.get(&id).ok_or(Fault::FileGone)?;
        let name = || upload.name.clone();
        if !kinds.contains(&upload.kind) {
            return Err(Fault::FileKind { name: name() });
        }
        if upload.bytes > u64::from(max_kb) * 1_024 {
            return Err(Fault::FileTooLarge {
                name: name(),
                max_kb,
            });
        }
        files.push(id);
        if files.len() > usize::from(max) {
            return Err(Fault::TooMany { max });
        }
    }
    if files.is_empty() {
        Err(Fault::Missing)
    } else {
        Ok(Answer::Files(files))
    }
}

fn nop(raw: &str, area: Option<&TaxArea>) -> Result<Answer, identity::Fault> {
    let nop = Nop::parse(raw)?;
    if let Some(table) = area {
        nop.district_in(table)?;
    }
    Ok(Answer::Nop(nop))
}

fn identity_fault(fault: identity::Fault) -> Fault {
    match fault {
        identity::Fault::Missing => Fault::Missing,
        fault => Fault::Identity { fault },
    }
}

/// A short text that may be empty.
fn optional_line(raw: &str, max: u32) -> Result<String, Problem> {
    text::line(raw, 0, max)
}
