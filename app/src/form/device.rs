//! The addresses that a form on a phone speaks to: the form itself, what is filled in, files piece by piece, everything at once.

use axum::{
    Json,
    extract::{Path, Request},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use domain::{
    FileId,
    form::{
        Draft, Fault, Kind,
        kept::{Carried, FORMAT, Far, Held, Receipt},
    },
};
use service::{
    Conflict,
    form::{Announced, CHUNK, Filling, Progress, Sent, Step, Whole},
};

use super::{
    field::said_of,
    place::{any_hand, hand, own},
};
use crate::{Answer, Failure, Fields, Visit, account, links, t::form as t};

/// Which version an address asks for; the present one where it does not say.
fn version(visit: &Visit) -> Option<u32> {
    let query = visit.path.split_once('?').map(|(_, query)| query);
    Fields::of_query(query).text("versi").parse().ok()
}

/// The form that an address asks for, with the city's areas.
pub(super) async fn form(
    visit: &Visit,
    key: &str,
) -> Result<(service::form::Form, Vec<domain::area::Area>), Failure> {
    let mut tx = visit.service.read().await?;
    let form = match version(visit) {
        Some(version) => service::form::find_version(&mut tx, key, version).await?,
        None => service::form::find(&mut tx, key).await?,
    };
    let areas = service::area::list(&mut tx).await?;
    Ok((form, areas))
}

/// `GET /layanan/{key}/formulir.json?versi=`: the form as a phone keeps it, the same for everybody.
pub(super) async fn bundle(visit: Visit, Path(key): Path<String>) -> Answer {
    let (form, areas) = form(&visit, &key).await?;
    let carried = Carried {
        format: FORMAT,
        hours: visit.zone().hours,
        definition: form.definition,
        areas,
    };
    // A version never changes; only the city's areas could.
    let keep = if version(&visit).is_some() {
        "public, max-age=3600"
    } else {
        "no-cache"
    };
    Ok((
        [(header::CACHE_CONTROL, HeaderValue::from_static(keep))],
        Json(carried),
    )
        .into_response())
}

/// Everything that a phone sent of what is filled in: fields as the form names them, `_halaman` a page that was sent.
fn draft(fields: &Fields) -> Draft {
    let mut draft = Draft::default();
    for (name, value) in fields
        .pairs()
        .iter()
        .filter(|(name, _)| !name.starts_with('_'))
    {
        let values = draft.values.entry(name.clone()).or_default();
        values.push(value.clone());
    }
    draft.seen = fields
        .all("_halaman")
        .into_iter()
        .map(str::to_owned)
        .collect();
    draft
}

/// A page of another release is told so, in words.
fn must_speak(fields: &Fields) -> Result<(), Failure> {
    match fields.text("_format").parse() {
        Ok(FORMAT) => Ok(()),
        _ => Err(Failure::Conflict(Conflict::Stale)),
    }
}

/// `POST /layanan/{key}/isian`: puts what a phone has typed (`_format`, `_kunci`, its fields) into what is being filled in and
/// answers with all of it. An empty field counts as emptied. Another key answers with what is there and changes nothing.
pub(super) async fn sync(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    must_speak(&fields)?;
    let hand = hand(&visit).ok_or(Failure::NotFound)?;
    let typed = draft(&fields);
    let is_said = !typed.values.is_empty() || !typed.seen.is_empty();
    let merged = if is_said {
        service::form::merge(&visit.service, &hand, &key, fields.text("_kunci"), typed).await?
    } else {
        None
    };
    let filling = match merged {
        Some(filling) => *filling,
        None => {
            let mut tx = visit.service.read().await?;
            let found = service::form::resume(&visit.service, &mut tx, &hand, &key).await?;
            found.ok_or(Failure::NotFound)?
        }
    };
    Ok(own(&visit, Json(held(filling)).into_response()))
}

fn held(filling: Filling) -> Held {
    Held {
        version: filling.form.definition.version,
        key: filling.key,
        revision: filling.revision,
        values: filling.draft.values,
        seen: filling.draft.seen,
        files: filling.files,
    }
}

/// `POST /layanan/{key}/kirim`: hands in at once what a phone has filled in (`_format`, `_versi`, `_kunci`, its fields). The same
/// key again answers with the same number.
///
/// Somebody without a key of a guest gets one first and nothing else happens (400): an answer that is lost later is found again.
pub(super) async fn whole(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    must_speak(&fields)?;
    let (hand, fresh) = any_hand(&visit);
    if fresh.is_some() {
        let words = t::device_again(visit.locale);
        let response = (StatusCode::BAD_REQUEST, Json(words)).into_response();
        return Ok(account::with_key(own(&visit, response), fresh));
    }
    let whole = Whole {
        form: key,
        version: fields
            .text("_versi")
            .parse()
            .map_err(|_| Failure::BadRequest)?,
        key: fields.string("_kunci"),
        draft: draft(&fields),
    };
    match service::form::send_whole(&visit.service, &hand, whole).await? {
        Sent::Received(reference) => {
            let receipt = Receipt {
                number: reference.to_string(),
                place: links::track(reference.compact()),
            };
            Ok(own(&visit, Json(receipt).into_response()))
        }
        Sent::NotReady => {
            let words = t::device_not_ready(visit.locale);
            Ok(own(
                &visit,
                (StatusCode::UNPROCESSABLE_ENTITY, Json(words)).into_response(),
            ))
        }
    }
}

/// `POST /layanan/unggah`: announces a file (`layanan`, `versi`, `pertanyaan`, `kunci`, `nama`, `ukuran`, `sha256`), or says how
/// far the one with this key is.
pub(super) async fn announce(visit: Visit, fields: Fields) -> Answer {
    let (hand, fresh) = any_hand(&visit);
    let file = Announced {
        form: fields.string("layanan"),
        version: fields
            .text("versi")
            .parse()
            .map_err(|_| Failure::BadRequest)?,
        path: fields.string("pertanyaan"),
        key: fields.string("kunci"),
        name: fields.string("nama"),
        size: fields
            .text("ukuran")
            .parse()
            .map_err(|_| Failure::BadRequest)?,
        digest: fields.string("sha256"),
    };
    let (form, version, path) = (file.form.clone(), file.version, file.path.clone());
    let far = match service::form::announce(&visit.service, &hand, file).await? {
        Ok(progress) => far(progress),
        Err(fault) => refused(&visit, &form, version, &path, &fault).await?,
    };
    let response = own(&visit, Json(far).into_response());
    Ok(account::with_key(response, fresh))
}

/// `GET /layanan/unggah/{id}`: how far a file is.
pub(super) async fn progress(visit: Visit, Path(id): Path<String>) -> Answer {
    let hand = hand(&visit).ok_or(Failure::NotFound)?;
    let found = service::form::progress(&visit.service, &hand, &FileId::new(id)).await?;
    Ok(own(&visit, Json(far(found)).into_response()))
}

/// `POST /layanan/unggah/{id}?dari=`: the piece of a file that begins there. One that begins elsewhere answers 409, with where
/// the file ends.
pub(super) async fn append(visit: Visit, Path(id): Path<String>, request: Request) -> Answer {
    let hand = hand(&visit).ok_or(Failure::NotFound)?;
    let query = request.uri().query().map(str::to_owned);
    let start = Fields::of_query(query.as_deref()).text("dari").parse();
    let start = start.map_err(|_| Failure::BadRequest)?;
    let bytes = axum::body::to_bytes(request.into_body(), CHUNK).await;
    let bytes = bytes.map_err(|_| Failure::TooLarge)?;
    let id = FileId::new(id);
    let step = service::form::append(&visit.service, &hand, &id, start, bytes.to_vec()).await?;
    let (status, far) = match step {
        Step::Kept(progress) => (StatusCode::OK, far(progress)),
        Step::Elsewhere(progress) => (StatusCode::CONFLICT, far(progress)),
        Step::Refused {
            form,
            version,
            path,
            fault,
        } => (
            StatusCode::OK,
            refused(&visit, &form, version, &path, &fault).await?,
        ),
    };
    Ok(own(&visit, (status, Json(far)).into_response()))
}

fn far(progress: Progress) -> Far {
    Far {
        id: progress.id.to_string(),
        received: progress.received,
        is_whole: progress.is_whole,
        refused: String::new(),
    }
}

async fn refused(
    visit: &Visit,
    form: &str,
    version: u32,
    path: &str,
    fault: &Fault,
) -> Result<Far, Failure> {
    let mut tx = visit.service.read().await?;
    let form = service::form::find_version(&mut tx, form, version).await?;
    let question = form.definition.question(path).ok_or(Failure::NotFound)?;
    debug_assert!(matches!(question.kind, Kind::File { .. }));
    Ok(Far {
        refused: said_of(visit.locale, question, path, fault),
        ..Far::default()
    })
}
