//! What officers do with a consultation: make, save, publish, extend, close.
//!
//! Every verb needs the permit of the consultation's office, compares the edition the officer saw with the one that is
//! stored, and writes down what changed in the same transaction.

use domain::{
    AccountId, Actor, ConsultationId, Invalid, OfficeId, Permit, Problem, Timestamp, Zone,
    actor::Author,
    ballot::Question,
    clause::Version,
    consultation::{
        self as rules, ChangeKind, Consultation, Draft, ExtensionDraft, Missing, Phase, Valid,
    },
    text,
};
use storage::{
    Tx,
    consultation::{Blank, NewChange, Sheet},
};

use crate::{Conflict, Error, Event, News, Result, Service, markdown};

/// Seconds within which the same form sent again makes no second draft.
const TWICE_SECONDS: i64 = 120;
/// How many slugs are tried: `judul`, `judul-2`, ….
const SLUGS: u32 = 500;

/// Who writes, and when: what every row of the history needs.
#[derive(Clone, Debug)]
pub(crate) struct Pen {
    service: Service,
    by: Option<AccountId>,
    /// The instant of the deed.
    pub(crate) now: Timestamp,
}

impl Pen {
    /// A pen for the one who holds the permit.
    pub(crate) fn of(service: &Service, permit: &Permit<Author>) -> Self {
        Self {
            service: service.clone(),
            by: permit.by().cloned(),
            now: service.now(),
        }
    }

    /// The account that writes.
    pub(crate) const fn by(&self) -> Option<&AccountId> {
        self.by.as_ref()
    }

    /// Writes a change down; everybody sees it once the consultation is published.
    pub(crate) async fn note(&self, tx: &mut Tx, of: &Consultation, note: Note<'_>) -> Result<()> {
        let change = NewChange {
            id: self.service.id(),
            at: self.now,
            by: self.by(),
            kind: note.kind,
            field: note.field,
            before: note.before,
            after: note.after,
            reason: note.reason,
            is_public: note.public || of.published_at.is_some(),
        };
        Ok(storage::consultation::insert_change(tx, &of.id, &change).await?)
    }
}

/// What is written down of a change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note<'a> {
    pub(crate) kind: ChangeKind,
    pub(crate) field: &'a str,
    pub(crate) before: &'a str,
    pub(crate) after: &'a str,
    pub(crate) reason: &'a str,
    /// Seen by everybody although the consultation is not published yet.
    pub(crate) public: bool,
}

impl<'a> Note<'a> {
    pub(crate) const fn of(kind: ChangeKind) -> Self {
        Self { kind, field: "", before: "", after: "", reason: "", public: false }
    }

    pub(crate) const fn field(self, field: &'a str) -> Self {
        Self { field, ..self }
    }

    pub(crate) const fn from(self, before: &'a str) -> Self {
        Self { before, ..self }
    }

    pub(crate) const fn to(self, after: &'a str) -> Self {
        Self { after, ..self }
    }

    pub(crate) const fn because(self, reason: &'a str) -> Self {
        Self { reason, ..self }
    }

    pub(crate) const fn public(self) -> Self {
        Self { public: true, ..self }
    }
}

/// The sheet of a consultation, for those who may write it.
///
/// Errors: [`Error::NotFound`] for a draft of another office, as if it were not there; [`Error::Forbidden`] for a published one.
pub async fn sheet(tx: &mut Tx, actor: &Actor, slug: &str) -> Result<Sheet> {
    Ok(owned(tx, actor, slug).await?.0)
}

/// The sheet and the permit to write it.
pub(crate) async fn owned(
    tx: &mut Tx,
    actor: &Actor,
    slug: &str,
) -> Result<(Sheet, Permit<Author>)> {
    actor.may_enter_office()?;
    let sheet = storage::consultation::find_sheet(tx, slug)
        .await?
        .ok_or(Error::NotFound)?;
    match actor.may_author(&sheet.consultation.office) {
        Ok(permit) => Ok((sheet, permit)),
        Err(_) if sheet.consultation.published_at.is_none() => Err(Error::NotFound),
        Err(refusal) => Err(refusal.into()),
    }
}

/// What hangs on a sheet: its questions and the versions of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hanging {
    /// Its questions in order.
    pub questions: Vec<Question>,
    /// The versions of its text, the newest first.
    pub versions: Vec<Version>,
}

/// The questions of a consultation and the versions of its text.
pub async fn hanging(tx: &mut Tx, consultation: &ConsultationId) -> Result<Hanging> {
    Ok(Hanging {
        questions: storage::ballot::questions(tx, consultation).await?,
        versions: storage::clause::list_versions(tx, consultation).await?,
    })
}

/// What a sheet still lacks before it can be published.
pub fn missing(sheet: &Sheet, hanging: &Hanging, now: Timestamp) -> Vec<Missing> {
    rules::missing(
        &sheet.consultation,
        &sheet.body,
        &hanging.questions,
        &hanging.versions,
        now,
    )
}

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
                pen.note(tx, &made, Note::of(ChangeKind::Created).to(&title)).await?;
                Ok(slug)
            })
        })
        .await
}

/// Takes the first free slug that the title gives.
async fn insert_with_slug(tx: &mut Tx, blank: &Blank<'_>) -> Result<String> {
    let stem = text::slug_of(blank.title);
    let stem = if text::slug(&stem).is_ok() { stem } else { "konsultasi".to_owned() };
    for n in 1..=SLUGS {
        let slug = if n == 1 { stem.clone() } else { format!("{stem}-{n}") };
        if storage::consultation::insert_blank(tx, &Blank { slug: &slug, ..blank.clone() }).await? {
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
                let valid = rules::validate(&draft, &zone)?;
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
                    let note = Note::of(ChangeKind::Edited).field(field).from(before).to(after);
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

/// Whether its texts may still change: not once it has closed.
pub(crate) fn writable(consultation: &Consultation, now: Timestamp) -> Result<()> {
    match consultation.phase(now) {
        Phase::Closed => Err(Error::Conflict(Conflict::Closed)),
        Phase::Answered => Err(Error::Conflict(Conflict::Answered)),
        Phase::Draft | Phase::Announced | Phase::Open => Ok(()),
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
        if valid.areas.iter().any(|code| known.iter().all(|area| area.id != *code)) {
            return Err(Error::invalid("areas", Problem::Unknown));
        }
    }
    Ok(())
}

async fn store(tx: &mut Tx, was: &Consultation, valid: &Valid, now: Timestamp) -> Result<()> {
    if valid.slug != was.slug
        && storage::consultation::find_by_slug(tx, &valid.slug).await?.is_some()
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

fn sorted(consultation: &Consultation) -> Vec<domain::AreaId> {
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

/// Makes a consultation public: announced, or open at once when its opening has come.
///
/// Errors: [`Conflict::Published`] the second time, [`Conflict::Incomplete`] when something is missing,
/// [`Conflict::Stale`] when somebody saved after the officer looked.
pub async fn publish(service: &Service, actor: &Actor, slug: &str, edition: i64) -> Result<()> {
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    let id = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let c = &sheet.consultation;
                if c.published_at.is_some() {
                    return Err(Error::Conflict(Conflict::Published));
                }
                if c.edition != edition {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let hanging = hanging(tx, &c.id).await?;
                if !missing(&sheet, &hanging, pen.now).is_empty() {
                    return Err(Error::Conflict(Conflict::Incomplete));
                }
                if !storage::consultation::publish(tx, &c.id, edition, pen.now).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                pen.note(tx, c, Note::of(ChangeKind::Published).to(&c.title).public())
                    .await?;
                crate::search::put_consultation(tx, &c.id).await?;
                crate::search::put_clauses(tx, &c.id).await?;
                Ok::<_, Error>(c.id.clone())
            })
        })
        .await?;
    told(service, id).await;
    Ok(())
}

/// Puts the closing of an announced or open consultation later, with a reason that everybody reads.
///
/// Errors: [`Error::Invalid`] for `closes_at` and `reason`; [`Conflict::Draft`], [`Conflict::Closed`], [`Conflict::Stale`].
pub async fn extend(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    draft: &ExtensionDraft,
    zone: &Zone,
) -> Result<()> {
    let (draft, zone) = (draft.clone(), zone.clone());
    move_closing(service, actor, slug, edition, ChangeKind::Extended, move |c, now| {
        let closes = c.closes_at.unwrap_or(now);
        Ok(rules::validate_extension(&draft, closes, &zone, now)?)
    })
    .await
}

/// Closes an open consultation now, with a reason that everybody reads.
///
/// Errors: [`Error::Invalid`] for `reason`; [`Conflict::Draft`], [`Conflict::NotYetOpen`], [`Conflict::Closed`],
/// [`Conflict::Stale`].
pub async fn close_early(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    reason: &str,
) -> Result<()> {
    let reason = reason.to_owned();
    move_closing(service, actor, slug, edition, ChangeKind::ClosedEarly, move |c, now| {
        if c.phase(now) == Phase::Announced {
            return Err(Error::Conflict(Conflict::NotYetOpen));
        }
        let reason = rules::reason(&reason).map_err(|problem| Error::invalid("reason", problem))?;
        Ok((now, reason))
    })
    .await
}

async fn move_closing(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    kind: ChangeKind,
    decide: impl FnOnce(&Consultation, Timestamp) -> Result<(Timestamp, String)> + Send + 'static,
) -> Result<()> {
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    let id = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let c = &sheet.consultation;
                if c.published_at.is_none() {
                    return Err(Error::Conflict(Conflict::Draft));
                }
                writable(c, pen.now)?;
                let (closes, reason) = decide(c, pen.now)?;
                if edition != c.edition
                    || !storage::consultation::set_closing(tx, &c.id, edition, closes, pen.now).await?
                {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let moment = |at: Option<Timestamp>| at.map(Timestamp::rfc3339).unwrap_or_default();
                let (before, after) = (moment(c.closes_at), moment(Some(closes)));
                let note = Note::of(kind).field("closes_at").from(&before).to(&after).because(&reason);
                pen.note(tx, c, note).await?;
                Ok::<_, Error>(c.id.clone())
            })
        })
        .await?;
    told(service, id).await;
    Ok(())
}

/// Replaces the secret of the preview link: the old link leads nowhere from now on.
pub async fn renew_preview(service: &Service, actor: &Actor, slug: &str) -> Result<()> {
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let token = inner.chance().token();
                storage::consultation::set_preview_token(tx, &sheet.consultation.id, &token).await?;
                pen.note(tx, &sheet.consultation, Note::of(ChangeKind::PreviewRenewed)).await
            })
        })
        .await
}

/// The consultation behind a preview link, in any phase; [`Error::NotFound`] for a secret that is not its own.
pub async fn preview(tx: &mut Tx, slug: &str, token: &str) -> Result<Consultation> {
    let sheet = storage::consultation::find_sheet(tx, slug)
        .await?
        .ok_or(Error::NotFound)?;
    if same_secret(&sheet.preview_token, token) {
        Ok(sheet.consultation)
    } else {
        Err(Error::NotFound)
    }
}

/// Compares two secrets in a time that does not tell how many of their first characters agree.
fn same_secret(a: &str, b: &str) -> bool {
    let (a, b) = (crate::chance::digest(a), crate::chance::digest(b));
    a.bytes().zip(b.bytes()).fold(0, |found, (a, b)| found | (a ^ b)) == 0
}

/// Tells everybody who listens that the consultation changed.
pub(crate) async fn told(service: &Service, id: ConsultationId) {
    service
        .publish(Event {
            consultation: Some(id),
            news: News::Consultation,
        })
        .await;
}
