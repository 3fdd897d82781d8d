//! What an officer types, what of it is valid, and what is missing before it can be published.

use serde::{Deserialize, Serialize};

use super::{Consultation, CountsShown, Phase};
use crate::{
    AreaId, Invalid, OfficeId, Problem, Timestamp, Zone,
    ballot::{Question, QuestionKind},
    clause::Version,
    text,
};

/// Most characters of a title.
pub const TITLE: u32 = 120;
/// Most characters of a summary.
pub const SUMMARY: u32 = 400;
/// Most characters of the explanation.
pub const BODY: u32 = 60_000;
/// Fewest characters of an explanation that can be published.
pub const BODY_LEAST: u32 = 200;
/// Most characters of the contact and of what a picture shows.
pub const LINE: u32 = 200;
/// Fewest characters of the reason for an extension or an early closing.
pub const REASON_LEAST: u32 = 10;
/// Most characters of such a reason.
pub const REASON: u32 = 1_000;
/// Fewest hours that a consultation is open.
pub const OPEN_HOURS: i64 = 24;
/// Most areas that can be named; more is the whole city.
pub const AREAS: usize = 60;
/// A word that no consultation has in its address: `/kantor/konsultasi/baru` is the form for a new one.
pub const RESERVED: &str = "baru";
/// Latest closing: five years after now.
const FURTHEST_DAYS: i64 = 5 * 366;

/// A consultation as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Its word in addresses.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What it is about in plain language.
    pub summary: String,
    /// The explanation as Markdown.
    pub body: String,
    /// The office's short word.
    pub office: String,
    /// Codes of the areas it concerns.
    pub areas: Vec<String>,
    /// Whom to ask.
    pub contact: String,
    /// What the picture shows.
    pub cover_alt: String,
    /// Opening, as a `datetime-local` input sends it; may be empty.
    pub opens_at: String,
    /// Closing, likewise.
    pub closes_at: String,
    /// The word of a [`CountsShown`].
    pub counts_shown: String,
    /// Whether people may comment.
    pub comments_open: bool,
    /// Whether people may judge and write statements.
    pub statements_open: bool,
}

impl Draft {
    /// What stands in the store, as the form shows it.
    pub fn of(consultation: &Consultation, body: &str, zone: &Zone) -> Self {
        let moment = |at: Option<Timestamp>| at.map(|at| zone.input(at)).unwrap_or_default();
        Self {
            slug: consultation.slug.clone(),
            title: consultation.title.clone(),
            summary: consultation.summary.clone(),
            body: body.to_owned(),
            office: consultation.office.to_string(),
            areas: consultation.areas.iter().map(ToString::to_string).collect(),
            contact: consultation.contact.clone(),
            cover_alt: consultation.cover_alt.clone(),
            opens_at: moment(consultation.opens_at),
            closes_at: moment(consultation.closes_at),
            counts_shown: consultation.counts_shown.word().to_owned(),
            comments_open: consultation.comments_open,
            statements_open: consultation.statements_open,
        }
    }
}

/// A consultation that can be stored. It may still lack what publishing asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid {
    /// Its word in addresses.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: String,
    /// The explanation as Markdown.
    pub body: String,
    /// The office.
    pub office: OfficeId,
    /// The areas, sorted, each once.
    pub areas: Vec<AreaId>,
    /// Whom to ask.
    pub contact: String,
    /// What the picture shows.
    pub cover_alt: String,
    /// Opening.
    pub opens_at: Option<Timestamp>,
    /// Closing, after the opening.
    pub closes_at: Option<Timestamp>,
    /// When counts are shown.
    pub counts_shown: CountsShown,
    /// Whether people may comment.
    pub comments_open: bool,
    /// Whether people may judge and write statements.
    pub statements_open: bool,
}

/// Checks what an officer typed. Whether office and areas exist is for the store to say.
///
/// Fields: those of [`Draft`], by their names.
pub fn validate(draft: &Draft, zone: &Zone) -> Result<Valid, Invalid> {
    let mut invalid = Invalid::default();
    let slug = text::slug(&draft.slug).and_then(|slug| {
        if slug == RESERVED {
            Err(Problem::Taken)
        } else {
            Ok(slug)
        }
    });
    let slug = invalid.take("slug", slug);
    let title = invalid.take("title", text::line(&draft.title, 3, TITLE));
    let summary = invalid.take("summary", text::line(&draft.summary, 0, SUMMARY));
    let body = invalid.take("body", text::body(&draft.body, 0, BODY));
    let office = invalid.take("office", text::line(&draft.office, 1, 40));
    let areas = invalid.take("areas", areas(&draft.areas));
    let contact = invalid.take("contact", text::line(&draft.contact, 0, LINE));
    let cover_alt = invalid.take("cover_alt", text::line(&draft.cover_alt, 0, LINE));
    let opens_at = invalid.take("opens_at", moment(&draft.opens_at, zone));
    let closes_at = invalid.take("closes_at", moment(&draft.closes_at, zone));
    if let (Some(Some(opens)), Some(Some(closes))) = (opens_at, closes_at)
        && closes <= opens
    {
        invalid.add("closes_at", Problem::Order);
    }
    let counts_shown = CountsShown::parse(&draft.counts_shown).ok_or(Problem::Unknown);
    let counts_shown = invalid.take("counts_shown", counts_shown);
    invalid.check()?;
    // All are there once nothing was noted; `unwrap_or_default` cannot come into play.
    Ok(Valid {
        slug: slug.unwrap_or_default(),
        title: title.unwrap_or_default(),
        summary: summary.unwrap_or_default(),
        body: body.unwrap_or_default(),
        office: OfficeId::new(office.unwrap_or_default()),
        areas: areas.unwrap_or_default(),
        contact: contact.unwrap_or_default(),
        cover_alt: cover_alt.unwrap_or_default(),
        opens_at: opens_at.unwrap_or_default(),
        closes_at: closes_at.unwrap_or_default(),
        counts_shown: counts_shown.unwrap_or_default(),
        comments_open: draft.comments_open,
        statements_open: draft.statements_open,
    })
}

/// An empty field is no moment; anything else must be one.
fn moment(typed: &str, zone: &Zone) -> Result<Option<Timestamp>, Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    zone.parse_input(typed).map(Some).ok_or(Problem::Malformed)
}

fn areas(typed: &[String]) -> Result<Vec<AreaId>, Problem> {
    let mut areas: Vec<AreaId> = typed
        .iter()
        .map(|code| code.trim())
        .filter(|code| !code.is_empty())
        .map(AreaId::new)
        .collect();
    areas.sort();
    areas.dedup();
    if areas.len() > AREAS {
        return Err(Problem::TooMany {
            max: u32::try_from(AREAS).unwrap_or(u32::MAX),
        });
    }
    Ok(areas)
}

/// Checks that the parts which are fixed in the present phase stand as they stood, and that what was complete stays so.
///
/// A draft is free. Once published the address is fixed, and the closing time changes only by an extension or an early closing,
/// with a reason; once people take part, the office, the opening and the choice of counts are fixed as well.
/// The fixed fields are noted with [`Problem::NotNow`]. `questions` says whether it has any.
pub fn check_published(
    was: &Consultation,
    will: &Valid,
    questions: bool,
    now: Timestamp,
) -> Result<(), Invalid> {
    let phase = was.phase(now);
    let mut invalid = Invalid::default();
    if phase >= Phase::Announced {
        invalid.take("summary", text::line(&will.summary, 1, SUMMARY));
        invalid.take("body", text::body(&will.body, BODY_LEAST, BODY));
        invalid.take("contact", text::line(&will.contact, 1, LINE));
        if was.cover.is_some() {
            invalid.take("cover_alt", text::line(&will.cover_alt, 1, LINE));
        }
        if !questions && !will.comments_open && !will.statements_open {
            invalid.add("comments_open", Problem::Missing);
        }
        if will.closes_at != was.closes_at {
            invalid.add("closes_at", Problem::NotNow);
        }
        let opens = will.opens_at != was.opens_at;
        if opens && will.opens_at.is_none_or(|opens| opens < now) {
            invalid.add("opens_at", Problem::NotNow);
        }
        if opens && too_short(will.opens_at, will.closes_at) {
            invalid.add("opens_at", Problem::Order);
        }
        if will.slug != was.slug {
            invalid.add("slug", Problem::NotNow);
        }
    }
    if phase >= Phase::Open {
        for (field, changed) in [
            ("office", will.office != was.office),
            ("opens_at", will.opens_at != was.opens_at),
            ("counts_shown", will.counts_shown != was.counts_shown),
        ] {
            if changed {
                invalid.add(field, Problem::NotNow);
            }
        }
    }
    invalid.check()
}

fn too_short(opens: Option<Timestamp>, closes: Option<Timestamp>) -> bool {
    matches!((opens, closes), (Some(opens), Some(closes)) if closes < opens.plus_seconds(OPEN_HOURS * 3_600))
}

/// Something that is still missing before publishing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A title.
    Title,
    /// A summary.
    Summary,
    /// An explanation of at least [`BODY_LEAST`] characters.
    Body,
    /// Whom to ask.
    Contact,
    /// The opening time.
    Opens,
    /// The closing time.
    Closes,
    /// The closing must come after the opening.
    Order,
    /// The closing has passed.
    Past,
    /// It is open for less than [`OPEN_HOURS`], counted from now when the opening has passed.
    TooShort,
    /// At least one of a question, statements and comments.
    Part,
    /// What the picture shows, in words.
    CoverAlt,
    /// Options of the question at this place.
    Options(i64),
    /// The note or the reason of the version with this number.
    VersionReason(i64),
}

/// What a consultation still lacks before it can be published, in the order of the editor.
///
/// `body` is the explanation as Markdown.
pub fn missing(
    consultation: &Consultation,
    body: &str,
    questions: &[Question],
    versions: &[Version],
    now: Timestamp,
) -> Vec<Missing> {
    let c = consultation;
    let mut out = Vec::new();
    let mut when = |lacks: bool, what: Missing| {
        if lacks {
            out.push(what);
        }
    };
    when(c.title.is_empty(), Missing::Title);
    when(c.summary.is_empty(), Missing::Summary);
    when(body.chars().count() < BODY_LEAST as usize, Missing::Body);
    when(c.contact.is_empty(), Missing::Contact);
    for version in versions.iter().rev() {
        let silent = version.number > 1 && (version.note.is_empty() || version.reason.is_empty());
        when(silent, Missing::VersionReason(version.number));
    }
    when(
        questions.is_empty() && !c.statements_open && !c.comments_open,
        Missing::Part,
    );
    for question in questions {
        let few = question.kind != QuestionKind::Position && question.options.len() < 2;
        when(few, Missing::Options(question.position));
    }
    when(
        c.cover.is_some() && c.cover_alt.is_empty(),
        Missing::CoverAlt,
    );
    when(c.opens_at.is_none(), Missing::Opens);
    when(c.closes_at.is_none(), Missing::Closes);
    if let (Some(opens), Some(closes)) = (c.opens_at, c.closes_at) {
        if closes <= opens {
            when(true, Missing::Order);
        } else if closes <= now {
            when(true, Missing::Past);
        } else {
            when(
                too_short(Some(opens.max(now)), Some(closes)),
                Missing::TooShort,
            );
        }
    }
    out
}

/// Another closing time, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtensionDraft {
    /// The new closing, as a `datetime-local` input sends it.
    pub closes_at: String,
    /// Why, for everybody to read.
    pub reason: String,
}

/// Checks an extension of a consultation that closes at `closes`: later than that, within five years, with a reason.
///
/// Fields: `closes_at`, `reason`.
pub fn validate_extension(
    draft: &ExtensionDraft,
    closes: Timestamp,
    zone: &Zone,
    now: Timestamp,
) -> Result<(Timestamp, String), Invalid> {
    let mut invalid = Invalid::default();
    let later = moment(&draft.closes_at, zone)
        .and_then(|at| at.ok_or(Problem::Missing))
        .and_then(|at| {
            if at > closes {
                Ok(at)
            } else {
                Err(Problem::Order)
            }
        })
        .and_then(|at| {
            if at <= now.plus_days(FURTHEST_DAYS) {
                Ok(at)
            } else {
                Err(Problem::Malformed)
            }
        });
    let later = invalid.take("closes_at", later);
    let reason = invalid.take("reason", reason(&draft.reason));
    later.zip(reason).ok_or(invalid)
}

/// Checks the reason for an extension or an early closing.
pub fn reason(typed: &str) -> Result<String, Problem> {
    text::body(typed, REASON_LEAST, REASON)
}

#[cfg(test)]
mod tests;
