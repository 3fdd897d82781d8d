//! Putting a new version of a policy text in place.

use domain::{
    Actor, ClauseId, ConsultationId, Invalid, Problem, VersionId,
    clause::{
        Carried, Change, Clause, Cut, Text, TextDraft, ValidText, Version, carry_over, cut,
        validate,
    },
    consultation::ChangeKind,
};
use storage::Tx;

use crate::{
    Conflict, Error, Result, Service,
    consultation::author::{Note, Pen, owned, told, writable},
    markdown, notice,
};

/// What a text would become: its clauses, and what becomes of the present ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The number it would have.
    pub number: i64,
    /// Its clauses in order.
    pub clauses: Vec<Previewed>,
    /// Clauses of the present version that would go.
    pub gone: Vec<Clause>,
}

/// A clause of a text that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previewed {
    /// The clause as cut.
    pub cut: Cut,
    /// Its text as sanitised HTML.
    pub html: String,
    /// What became of it against the present version; everything is new in a first one.
    pub change: Change,
    /// The label of the clause whose place and comments it keeps.
    pub from: Option<String>,
}

/// Shows what `source` would become as the next version. Nothing is stored.
///
/// Errors: [`Error::Invalid`] for `source`.
pub async fn preview(tx: &mut Tx, consultation: &ConsultationId, source: &str) -> Result<Preview> {
    let cuts = cut(source).map_err(|error| Error::invalid("source", error.into()))?;
    let newest = storage::clause::find_newest(tx, consultation).await?;
    let number = newest.as_ref().map_or(1, |text| text.version.number + 1);
    let old = newest.map(|text| text.clauses).unwrap_or_default();
    let carried = carry_over(&old, &cuts);
    let gone = old
        .iter()
        .filter(|clause| carried.iter().all(|c| c.from.as_ref() != Some(&clause.id)))
        .cloned()
        .collect();
    let clauses = cuts
        .into_iter()
        .zip(carried)
        .map(|(cut, carried)| Previewed {
            html: markdown::render(&cut.body),
            change: carried.change,
            from: carried
                .from
                .and_then(|id| old.iter().find(|clause| clause.id == id))
                .map(|clause| clause.label.clone()),
            cut,
        })
        .collect();
    Ok(Preview {
        number,
        clauses,
        gone,
    })
}

/// Puts a new version in place; its number. Clauses that are the same ones keep their identity, and so their comments.
///
/// The same version sent twice is stored once.
/// Errors: [`Error::Invalid`] by the fields of [`TextDraft`] (`source` is [`Problem::Taken`] when nothing would change);
/// [`Conflict::Stale`] when somebody else saved in between; [`Conflict::Closed`] once it has closed.
pub async fn publish(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    draft: &TextDraft,
) -> Result<i64> {
    let (actor, slug, draft) = (actor.clone(), slug.to_owned(), draft.clone());
    let inner = service.clone();
    let (number, id) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let c = &sheet.consultation;
                writable(c, pen.now)?;
                let newest = storage::clause::find_newest(tx, &c.id).await?;
                let number = newest.as_ref().map_or(1, |text| text.version.number + 1);
                let valid = validate(&draft, number)?;
                if same_source(tx, newest.as_ref(), &valid).await? {
                    if edition != c.edition {
                        return Ok((number - 1, None));
                    }
                    return Err(Invalid::one("source", Problem::Taken).into());
                }
                if edition != c.edition
                    || !storage::consultation::touch(tx, &c.id, edition, pen.now).await?
                {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let text = text(&inner, &pen, number, newest.as_ref(), &valid);
                storage::clause::insert(tx, &c.id, &text, &valid.source, pen.by()).await?;
                let field = number.to_string();
                let note = Note::of(ChangeKind::TextPublished).field(&field);
                pen.note(tx, c, note.to(&valid.note).because(&valid.reason))
                    .await?;
                crate::search::put_clauses(tx, &c.id).await?;
                if number > 1 && c.published_at.is_some() {
                    let place = format!("/konsultasi/{slug}/naskah/perubahan");
                    let news = notice::News::of(notice::Kind::TextChanged, c, place).mark(&field);
                    notice::tell_followers(&inner, tx, &news, pen.by()).await?;
                }
                Ok::<_, Error>((number, Some(c.id.clone())))
            })
        })
        .await?;
    if let Some(id) = id {
        told(service, id).await;
    }
    Ok(number)
}

async fn same_source(tx: &mut Tx, newest: Option<&Text>, valid: &ValidText) -> Result<bool> {
    let Some(newest) = newest else {
        return Ok(false);
    };
    let source = storage::clause::find_source(tx, &newest.version.id).await?;
    Ok(source.is_some_and(|source| source.trim() == valid.source.trim()))
}

fn text(
    service: &Service,
    pen: &Pen,
    number: i64,
    newest: Option<&Text>,
    valid: &ValidText,
) -> Text {
    let old = newest.map_or(&[][..], |text| &text.clauses);
    let carried = carry_over(old, &valid.cuts);
    let clauses: Vec<Clause> = valid
        .cuts
        .iter()
        .zip(carried)
        .map(|(cut, Carried { from, .. })| Clause {
            id: from.unwrap_or_else(|| service.id::<ClauseId>()),
            label: cut.label.clone(),
            chapter: cut.chapter.clone(),
            heading: cut.heading.clone(),
            body: cut.body.clone(),
            body_html: markdown::render(&cut.body),
        })
        .collect();
    Text {
        version: Version {
            id: service.id::<VersionId>(),
            number,
            note: valid.note.clone(),
            reason: valid.reason.clone(),
            published_at: pen.now,
            clauses: i64::try_from(clauses.len()).unwrap_or(i64::MAX),
        },
        clauses,
    }
}

/// Takes the newest version away, as long as the consultation is a draft: nobody has read it.
///
/// Errors: [`Conflict::Published`] afterwards, [`Conflict::Stale`], [`Error::NotFound`] when there is no version.
pub async fn remove_newest(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
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
                if c.published_at.is_some() {
                    return Err(Error::Conflict(Conflict::Published));
                }
                let newest = storage::clause::find_newest(tx, &c.id)
                    .await?
                    .ok_or(Error::NotFound)?;
                if !storage::consultation::touch(tx, &c.id, edition, pen.now).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let source = storage::clause::find_source(tx, &newest.version.id).await?;
                storage::clause::delete(tx, &newest.version.id).await?;
                let field = newest.version.number.to_string();
                let before = source.unwrap_or_default();
                let note = Note::of(ChangeKind::TextRemoved)
                    .field(&field)
                    .from(&before);
                pen.note(tx, c, note).await?;
                crate::search::put_clauses(tx, &c.id).await?;
                Ok::<_, Error>(c.id.clone())
            })
        })
        .await?;
    told(service, id).await;
    Ok(())
}

/// The newest version as it was imported, to be edited into the next one; empty when there is none.
pub async fn source(tx: &mut Tx, newest: Option<&Version>) -> Result<String> {
    Ok(match newest {
        Some(version) => storage::clause::find_source(tx, &version.id)
            .await?
            .unwrap_or_default(),
        None => String::new(),
    })
}
