//! What was handed in with a case: answers, read by the version of the form that was filled in, and files.

use std::collections::BTreeMap;

use domain::{
    Actor, CaseId, FileId,
    area::Area,
    form::{Answer, Answers, Definition, Upload},
    identity::Nik,
    reference::Reference,
};
use storage::Tx;

use super::{
    Case, answers_context, broken, clock::tell, deed::handle, person, proof::Visitor,
    show::note_look, unseal,
};
use crate::{
    Error, Result, Service,
    area::{self, Chart},
    form::{self, Content},
};

/// What was answered, with all that it takes to read it.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The form, by the version that was filled in.
    pub definition: Definition,
    /// What was answered.
    pub answers: Answers,
    /// The city's areas, for addresses.
    pub areas: Vec<Area>,
    /// The city's map, where a place was answered and the city has one.
    pub chart: Option<Chart>,
    /// The files that answers name.
    pub files: BTreeMap<FileId, Upload>,
}

/// A file of a case, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its identity.
    pub id: FileId,
    /// Its name, kind and size.
    pub known: Upload,
    /// The line of the timeline that it came with; `None` when it came with the form.
    pub event: Option<i64>,
}

/// NIK and KK in full, which the page of a case shows masked.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// The case.
    pub case: Case,
    /// The NIK of who asks.
    pub nik: Option<Nik>,
    /// What was answered.
    pub paper: Option<Paper>,
}

/// The files of a case.
pub(crate) async fn attached(tx: &mut Tx, id: &CaseId) -> Result<Vec<Attached>> {
    storage::case::papers(tx, id)
        .await?
        .into_iter()
        .map(|row| {
            let known = Upload {
                kind: form::kind_of(&row.kind).ok_or_else(|| broken("kind of a file"))?,
                name: row.name,
                bytes: u64::try_from(row.size).unwrap_or(0),
            };
            Ok(Attached {
                id: FileId::new(row.id),
                known,
                event: row.event_number,
            })
        })
        .collect()
}

/// What was answered; `None` once erased, or when no form was filled in.
pub(crate) async fn paper(
    service: &Service,
    tx: &mut Tx,
    id: &CaseId,
    files: &[Attached],
) -> Result<Option<Paper>> {
    let Some((sealed, Some(definition))) = storage::case::filled(tx, id).await? else {
        return Ok(None);
    };
    let answers = unseal(service, &answers_context(id), &sealed)?;
    if answers.is_empty() {
        return Ok(None);
    }
    let files = files.iter().filter(|file| file.event.is_none());
    let answers: Answers =
        serde_json::from_str(&answers).map_err(|_| broken("answers of a case"))?;
    let has_place = answers
        .0
        .values()
        .any(|one| matches!(one, Answer::Place(_)));
    Ok(Some(Paper {
        definition: serde_json::from_str(&definition).map_err(|_| broken("form of a case"))?,
        answers,
        chart: if has_place {
            area::chart(tx).await?
        } else {
            None
        },
        areas: storage::area::list(tx).await?,
        files: files
            .map(|file| (file.id.clone(), file.known.clone()))
            .collect(),
    }))
}

/// What was answered, for who asked. Errors: [`Error::NotFound`] when it is not theirs or not there.
pub async fn own_paper(
    service: &Service,
    tx: &mut Tx,
    visitor: &Visitor,
    reference: Reference,
) -> Result<(Case, Option<Paper>)> {
    let case = own_case(tx, visitor, reference).await?;
    let files = attached(tx, &case.id).await?;
    let paper = paper(service, tx, &case.id, &files).await?;
    Ok((case, paper))
}

/// A file of one's own case. Errors: [`Error::NotFound`] when the case is not theirs, or the file not of this case.
pub async fn own_file(
    service: &Service,
    tx: &mut Tx,
    visitor: &Visitor,
    reference: Reference,
    file: &FileId,
) -> Result<Content> {
    let case = own_case(tx, visitor, reference).await?;
    content(service, tx, &case, file).await
}

async fn own_case(tx: &mut Tx, visitor: &Visitor, reference: Reference) -> Result<Case> {
    let row = storage::case::find(tx, &reference.compact()).await?;
    let case = Case::read(&row.ok_or(Error::NotFound)?)?;
    visitor.owns(&case)?;
    Ok(case)
}

async fn content(service: &Service, tx: &mut Tx, case: &Case, file: &FileId) -> Result<Content> {
    if !storage::case::has_file(tx, &case.id, file).await? {
        return Err(Error::NotFound);
    }
    form::content_of_case(service, tx, file).await
}

/// A file of a case, for its office; that the actor looked at it is written down first.
///
/// Errors: [`Error::NotFound`] for a case of another office, or a file of another case.
pub async fn open_file(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    file: &FileId,
) -> Result<Content> {
    let case = noted(service, actor, reference, Some(file)).await?;
    let mut tx = service.read().await?;
    content(service, &mut tx, &case, file).await
}

/// NIK and KK in full, for the office of the case; that the actor looked at them is written down first.
///
/// Errors: [`Error::NotFound`] for a case of another office.
pub async fn numbers(service: &Service, actor: &Actor, reference: Reference) -> Result<Numbers> {
    let case = noted(service, actor, reference, None).await?;
    let mut tx = service.read().await?;
    let row = storage::case::get(&mut tx, &case.id).await?;
    let row = row.ok_or(Error::NotFound)?;
    let nik = person(service, &case.id, &row.contact)?.nik;
    Ok(Numbers {
        nik: nik.and_then(|nik| Nik::parse(&nik).ok()),
        paper: paper(service, &mut tx, &case.id, &[]).await?,
        case,
    })
}

/// Writes down that an officer looks at a file, or at the numbers; the applicant's page says it from now on.
async fn noted(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    file: Option<&FileId>,
) -> Result<Case> {
    actor.may_enter_office()?;
    let (inner, who, file) = (service.clone(), actor.clone(), file.cloned());
    let case = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let row = storage::case::find(tx, &reference.compact()).await?;
                let case = Case::read(&row.ok_or(Error::NotFound)?)?;
                handle(&who, &case)?;
                let what = match &file {
                    Some(file) if !storage::case::has_file(tx, &case.id, file).await? => {
                        return Err(Error::NotFound);
                    }
                    Some(file) => ("file", file.as_str()),
                    None => ("numbers", ""),
                };
                note_look(&inner, tx, &who, &case.id, what).await?;
                Ok::<_, Error>(case)
            })
        })
        .await?;
    tell(service, case.id.clone()).await;
    Ok(case)
}
