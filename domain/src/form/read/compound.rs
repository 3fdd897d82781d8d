//! Answers of several fields: dates, addresses, places.

use super::{Context, Draft, Fault, Faults, optional_line};
use crate::{
    AreaId, Day,
    form::{Address, Answer, Bound, Bounds, Decimal, Place, Point},
    text,
};

/// Names of months as they begin, in both languages.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb", "peb"],
    &["mar"],
    &["apr"],
    &["mei", "may"],
    &["jun"],
    &["jul"],
    &["agu", "agt", "ags", "aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov", "nop"],
    &["des", "dec"],
];

pub(super) fn date(
    path: &str,
    draft: &Draft,
    context: &Context<'_>,
    earliest: Option<Bound>,
    latest: Option<Bound>,
) -> Result<Answer, Faults> {
    let day = typed_day(path, draft)?;
    let bound = |bound: Option<Bound>| bound.and_then(|bound| bound.day(context.today));
    let fault = if let Some(earliest) = bound(earliest).filter(|earliest| day < *earliest) {
        Fault::TooEarly { earliest }
    } else if let Some(latest) = bound(latest).filter(|latest| day > *latest) {
        Fault::TooLate { latest }
    } else {
        return Ok(Answer::Date(day));
    };
    Err(vec![(first_field(path, draft), fault)])
}

/// The field to which the summary leads: the day's where there are three.
fn first_field(path: &str, draft: &Draft) -> String {
    if draft.has(path) {
        path.to_owned()
    } else {
        format!("{path}.day")
    }
}

fn typed_day(path: &str, draft: &Draft) -> Result<Day, Faults> {
    let fields = ["day", "month", "year"].map(|part| format!("{path}.{part}"));
    let whole = draft.text(path).trim();
    if fields.iter().all(|field| !draft.has(field)) {
        if whole.is_empty() {
            return Err(vec![(first_field(path, draft), Fault::Missing)]);
        }
        let parts: Vec<&str> = whole
            .split(['-', '/', '.', ' '])
            .filter(|part| !part.is_empty())
            .collect();
        let day = match parts[..] {
            [year, month, day] if year.len() == 4 => day_of(day, month, year),
            [day, month, year] => day_of(day, month, year),
            _ => Err(Fault::Malformed),
        };
        return day.map_err(|fault| vec![(path.to_owned(), fault)]);
    }
    let missing: Faults = fields
        .iter()
        .filter(|field| !draft.has(field))
        .map(|field| (field.clone(), Fault::DatePart))
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let [day, month, year] = fields.each_ref().map(|field| draft.text(field));
    day_of(day, month, year).map_err(|fault| vec![(fields[0].clone(), fault)])
}

fn day_of(day: &str, month: &str, year: &str) -> Result<Day, Fault> {
    let number = |text: &str| -> Option<i32> {
        let text = text.trim();
        let fits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse().ok()).flatten()
    };
    let lower = month.trim().to_lowercase();
    let named = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| lower.starts_with(name)));
    let month = match named {
        Some(place) => i32::try_from(place).ok().map(|place| place + 1),
        None => number(month),
    };
    let (Some(day), Some(month), Some(year)) = (number(day), month, number(year)) else {
        return Err(Fault::Malformed);
    };
    // Two digits of a year would be guessed.
    if year < 1_000 {
        return Err(Fault::Malformed);
    }
    let small = |n: i32| u8::try_from(n).ok();
    small(day)
        .zip(small(month))
        .and_then(|(day, month)| Day::new(year, month, day))
        .ok_or(Fault::NoSuchDate)
}

pub(super) fn address(
    path: &str,
    draft: &Draft,
    context: &Context<'_>,
    may_be_elsewhere: bool,
) -> Result<Answer, Faults> {
    let mut faults = Faults::new();
    let field = |name: &str| format!("{path}.{name}");
    let typed = |name: &str| draft.text(&format!("{path}.{name}")).trim();
    let mut take = |name: &str, found: Result<String, Fault>| {
        found.unwrap_or_else(|fault| {
            faults.push((format!("{path}.{name}"), fault));
            String::new()
        })
    };
    let street = take(
        "street",
        text::line(typed("street"), 3, 200).map_err(Fault::from),
    );
    let rt = take("rt", neighbourhood(typed("rt")));
    let rw = take("rw", neighbourhood(typed("rw")));
    let area = typed("area");
    let is_here = !area.is_empty() || !may_be_elsewhere;
    let elsewhere = if is_here {
        String::new()
    } else {
        take(
            "elsewhere",
            optional_line(typed("elsewhere"), 200).map_err(Fault::from),
        )
    };
    let mut postcode = take("postcode", digits(typed("postcode"), 5, 5));
    if is_here {
        match village(area, context) {
            Ok(Some(known)) if postcode.is_empty() => postcode = known,
            Ok(Some(expected)) if postcode != expected => {
                faults.push((field("postcode"), Fault::Postcode { expected }));
            }
            Ok(_) => {}
            Err(fault) => faults.push((field("area"), fault)),
        }
    } else if elsewhere.is_empty() {
        faults.push((field("area"), Fault::Missing));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Answer::Address(Address {
        street,
        rt,
        rw,
        area: is_here.then(|| AreaId::new(area)),
        elsewhere,
        postcode,
    }))
}

/// The postal code of a desa or kelurahan, as far as it is known.
fn village(code: &str, context: &Context<'_>) -> Result<Option<String>, Fault> {
    if code.is_empty() {
        return Err(Fault::Missing);
    }
    let Some(areas) = context.areas else {
        let shape: String = code
            .chars()
            .map(|c| if c.is_ascii_digit() { '9' } else { c })
            .collect();
        return if shape == "99.99.99.9999" {
            Ok(None)
        } else {
            Err(Fault::Unknown)
        };
    };
    let found = areas
        .iter()
        .find(|area| area.id.as_str() == code && area.kind.is_village());
    found
        .map(|area| area.postcode.clone())
        .ok_or(Fault::Unknown)
}

/// RT or RW: up to three digits, written with three.
fn neighbourhood(raw: &str) -> Result<String, Fault> {
    let found = digits(raw, 1, 3)?;
    Ok(if found.is_empty() {
        found
    } else {
        format!("{found:0>3}")
    })
}

fn digits(raw: &str, min: usize, max: usize) -> Result<String, Fault> {
    let fits = (min..=max).contains(&raw.len()) && raw.bytes().all(|b| b.is_ascii_digit());
    if raw.is_empty() || fits {
        Ok(raw.to_owned())
    } else {
        Err(Fault::Malformed)
    }
}

pub(super) fn place(
    path: &str,
    draft: &Draft,
    context: &Context<'_>,
    within: Option<&Bounds>,
) -> Result<Answer, Faults> {
    let field = |name: &str| format!("{path}.{name}");
    let code = draft.text(&field("area")).trim();
    let has_point = draft.has(&field("lat")) || draft.has(&field("lon"));
    let mut faults = Faults::new();
    let area = match village(code, context) {
        Ok(_) => Some(AreaId::new(code)),
        // A point is enough.
        Err(Fault::Missing) if has_point => None,
        Err(fault) => {
            faults.push((field("area"), fault));
            None
        }
    };
    let mut at = None;
    if has_point {
        match point(path, draft, within) {
            Ok(found) => at = Some(found),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        Ok(Answer::Place(Place { area, point: at }))
    } else {
        Err(faults)
    }
}

fn point(path: &str, draft: &Draft, within: Option<&Bounds>) -> Result<Point, Faults> {
    let mut faults = Faults::new();
    let [lat, lon] = [("lat", 90), ("lon", 180)].map(|(name, most)| {
        let field = format!("{path}.{name}");
        let found = degrees(draft.text(&field), most);
        found.map_err(|fault| faults.push((field, fault))).ok()
    });
    let (Some(lat), Some(lon)) = (lat, lon) else {
        return Err(faults);
    };
    let outside = |bounds: &Bounds| {
        lat < bounds.south || lat > bounds.north || lon < bounds.west || lon > bounds.east
    };
    if within.is_some_and(outside) {
        return Err(vec![(format!("{path}.lat"), Fault::Outside)]);
    }
    Ok(Point { lat, lon })
}

/// Degrees with a dot or a comma; digits after the sixth decimal, finer than any measurement, are dropped.
fn degrees(raw: &str, most: u32) -> Result<Decimal, Fault> {
    let raw = raw.trim().replace('\u{2212}', "-").replace(',', ".");
    if raw.is_empty() {
        return Err(Fault::Missing);
    }
    let end = raw
        .find('.')
        .map_or(raw.len(), |dot| (dot + 7).min(raw.len()));
    let (kept, dropped) = raw.split_at_checked(end).ok_or(Fault::Malformed)?;
    let found = Decimal::parse(kept).filter(|_| dropped.bytes().all(|b| b.is_ascii_digit()));
    let found = found.ok_or(Fault::Malformed)?;
    let most = Decimal::small(most);
    let least = Decimal::ZERO.minus(most).unwrap_or_default();
    if found < least || found > most {
        Err(Fault::Outside)
    } else {
        Ok(found)
    }
}
