//! Making a draft, and saving what an officer typed.

use domain::{
    Actor, AreaId, ConsultationId, Invalid, OfficeId, Problem, Timestamp, Zone,
    consultation::{self as rules, ChangeKind, Consultation, Draft, Valid},
    text,
};
use storage::{
    Tx,
    consultation::{Blank, Sheet},
};

use super::author::{Note, Pen, owned, told, writable};
use crate::{Conflict, Error, Result, Service, markdown};

/// Seconds within which the same form sent again makes no second draft.
const TWICE_SECONDS: i64 = 120;
/// How many slugs are tried: `judul`, `judul-2`, ….
const SLUGS: u32 = 500;

/// Makes a blank draft in an office; its slug, made from the title.
///
/// The same form sent twice within two minutes gives the draft that is there.
/// Errors: [`Error::Invalid`] for `title` and `office`, [`Error::Forbidden`] for an office that is not the actor's.
pub async fn create(service: &Service, actor: &Actor, office: &str, title: &str) -> Result<String> {
    actor.may_enter_office()?;
    let mut invalid = Invalid::default();
    let title = invalid.take("title", text::line(title, 3, rules::TITLE));
    if office.trim().is_empty() {
        invalid.add("office", Problem::Missing);
    }
    invalid.check()?;
    let title = title.unwrap_or_default();
    let office = OfficeId::new(office.trim());
    let permit = actor.may_author(&office)?;
    let pen = Pen::of(service, &permit);
    let service = service.clone();
    service
        .clone()
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let contact = storage::office::find(tx, &office)
                    .await?
                    .ok_or_else(|| Error::invalid("office", Problem::Unknown))?
                    .contact;
                let since = pen.now.plus_seconds(-TWICE_SECONDS);
                if let Some(slug) =
                    storage::consultation::find_twin(tx, &office, &title, pen.by(), since).await?
                {
                    return Ok(slug);
                }
                let id: ConsultationId = service.id();
                let token = service.chance().token();
                let blank = Blank {
                    id: &id,
                    slug: "",
                    office: &office,
                    title: &title,
                    contact: &contact,
                    preview_token: &token,
                    by: pen.by(),
                    now: pen.now,
                };
                let slug = insert_with_slug(tx, &blank).await?;
                let made = storage::consultation::find(tx, &id)
                    .await?
                    .ok_or(Error::NotFound)?;
                pen.note(tx, &made, Note::of(ChangeKind::Created).to(&title))
                    .await?;
                Ok(slug)
            })
        })
        .await
}

/// Takes the first free slug that the title gives.
async fn insert_with_slug(tx: &mut Tx, blank: &Blank<'_>) -> Result<String> {
    let stem = text::slug_of(blank.title);
    let stem = if text::slug(&stem).is_ok() {
        stem
    } else {
        "konsultasi".to_owned()
    };
    for n in 1..=SLUGS {
        let slug = if n == 1 {
            stem.clone()
        } else {
            format!("{stem}-{n}")
        };
        if slug == rules::RESERVED {
            continue;
        }
        if storage::consultation::insert_blank(
            tx,
            &Blank {
                slug: &slug,
                ..blank.clone()
            },
        )
        .await?
        {
            return Ok(slug);
        }
    }
    Err(Error::invalid("title", Problem::Taken))
}

/// Saves what an officer typed over the edition they saw; the slug, which may be new.
///
/// Saving what is stored already is fine in any edition and changes nothing.
/// Errors: [`Error::Invalid`] by the fields of [`Draft`]; [`Conflict::Stale`] when somebody else saved in between;
/// [`Conflict::Closed`] once it has closed.
pub async fn save(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    draft: &Draft,
    zone: &Zone,
) -> Result<String> {
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let (draft, zone) = (draft.clone(), zone.clone());
    let inner = service.clone();
    let (slug, id) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let was = &sheet.consultation;
                writable(was, pen.now)?;
                let mut valid = rules::validate(&draft, &zone)?;
                keep_seconds(was, &mut valid, &zone);
                let edits = edits(&sheet, &valid, &zone);
                if edits.is_empty() {
                    return Ok((slug, None));
                }
                if edition != was.edition {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let questions = !storage::ballot::questions(tx, &was.id).await?.is_empty();
                rules::check_published(was, &valid, questions, pen.now)?;
                check_known(tx, &actor, was, &valid).await?;
                store(tx, was, &valid, pen.now).await?;
                for (field, before, after) in &edits {
                    let note = Note::of(ChangeKind::Edited)
                        .field(field)
                        .from(before)
                        .to(after);
                    pen.note(tx, was, note).await?;
                }
                crate::search::put_consultation(tx, &was.id).await?;
                Ok::<_, Error>((valid.slug, Some(was.id.clone())))
            })
        })
        .await?;
    if let Some(id) = id {
        told(service, id).await;
    }
    Ok(slug)
}

/// Forms show minutes: a moment that was not touched keeps its seconds, and so counts as unchanged.
fn keep_seconds(was: &Consultation, valid: &mut Valid, zone: &Zone) {
    let shown = |at: Option<Timestamp>| at.map(|at| zone.input(at));
    if shown(was.opens_at) == shown(valid.opens_at) {
        valid.opens_at = was.opens_at;
    }
    if shown(was.closes_at) == shown(valid.closes_at) {
        valid.closes_at = was.closes_at;
    }
}

/// An office must be the actor's own, and areas must be there.
async fn check_known(tx: &mut Tx, actor: &Actor, was: &Consultation, valid: &Valid) -> Result<()> {
    if valid.office != was.office {
        if storage::office::find(tx, &valid.office).await?.is_none() {
            return Err(Error::invalid("office", Problem::Unknown));
        }
        actor.may_author(&valid.office)?;
    }
    if valid.areas != was.areas && !valid.areas.is_empty() {
        let known = storage::area::list(tx).await?;
        if valid
            .areas
            .iter()
            .any(|code| known.iter().all(|area| area.id != *code))
        {
            return Err(Error::invalid("areas", Problem::Unknown));
        }
    }
    Ok(())
}

async fn store(tx: &mut Tx, was: &Consultation, valid: &Valid, now: Timestamp) -> Result<()> {
    if valid.slug != was.slug
        && storage::consultation::find_by_slug(tx, &valid.slug)
            .await?
            .is_some()
    {
        return Err(Error::invalid("slug", Problem::Taken));
    }
    let html = markdown::render(&valid.body);
    let saved = storage::consultation::update(tx, &was.id, was.edition, valid, &html, now)
        .await
        .map_err(|error| match error {
            // Somebody took the address between the look and the save.
            storage::Error::Conflict => Error::invalid("slug", Problem::Taken),
            other => other.into(),
        })?;
    if !saved {
        return Err(Error::Conflict(Conflict::Stale));
    }
    if valid.areas != sorted(was) {
        storage::consultation::put_areas(tx, &was.id, &valid.areas).await?;
    }
    Ok(())
}

fn sorted(consultation: &Consultation) -> Vec<AreaId> {
    let mut areas = consultation.areas.clone();
    areas.sort();
    areas
}

/// The fields that change, each with its old and new text.
fn edits(sheet: &Sheet, valid: &Valid, zone: &Zone) -> Vec<(&'static str, String, String)> {
    let mut was = sheet.consultation.clone();
    was.areas = sorted(&was);
    let mut will = was.clone();
    will.slug.clone_from(&valid.slug);
    will.title.clone_from(&valid.title);
    will.summary.clone_from(&valid.summary);
    will.office.clone_from(&valid.office);
    will.areas.clone_from(&valid.areas);
    will.contact.clone_from(&valid.contact);
    will.cover_alt.clone_from(&valid.cover_alt);
    will.opens_at = valid.opens_at;
    will.closes_at = valid.closes_at;
    will.counts_shown = valid.counts_shown;
    will.comments_open = valid.comments_open;
    will.statements_open = valid.statements_open;
    differences(
        &Draft::of(&was, &sheet.body, zone),
        &Draft::of(&will, &valid.body, zone),
    )
}

/// The fields in which two drafts differ, with the texts of both; used for the history and for showing what a colleague saved.
pub fn differences(before: &Draft, after: &Draft) -> Vec<(&'static str, String, String)> {
    let yes_no = |on: bool| if on { "1" } else { "0" }.to_owned();
    let fields = |d: &Draft| {
        [
            ("title", d.title.clone()),
            ("summary", d.summary.clone()),
            ("body", d.body.clone()),
            ("office", d.office.clone()),
            ("areas", d.areas.join(" ")),
            ("contact", d.contact.clone()),
            ("cover_alt", d.cover_alt.clone()),
            ("slug", d.slug.clone()),
            ("opens_at", d.opens_at.clone()),
            ("closes_at", d.closes_at.clone()),
            ("counts_shown", d.counts_shown.clone()),
            ("comments_open", yes_no(d.comments_open)),
            ("statements_open", yes_no(d.statements_open)),
        ]
    };
    fields(before)
        .into_iter()
        .zip(fields(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| (field, before, after))
        .collect()
}
