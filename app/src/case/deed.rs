//! `POST /kantor/kasus/{nomor}`: what an officer does with a case.

use axum::{extract::Path, http::StatusCode};
use domain::{AccountId, reference::Reference};
use service::{Conflict, Error, file::Upload};

use super::{
    desk::{Refused, page},
    files::Letter,
};
use crate::{
    Answer, Failure, Fields, Said, Visit, error::conflict, form::Sheet, links, t::case as t,
};

/// `aksi` names the deed; `edisi` is the revision that the page showed, `kunci` the form's own key. What is not taken comes
/// back with everything that was typed, and, when somebody else was faster, with what they did (409).
pub(super) async fn send(visit: Visit, Path(number): Path<String>, sheet: Sheet) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    visit.actor.may_enter_office()?;
    let mut letter = Letter::of(sheet);
    let files = letter.take();
    let fields = letter.fields;
    if fields.text("aksi") == "balas" && fields.has("sisip") {
        return insert(&visit, reference, fields).await;
    }
    let (done, said) = match files {
        Ok(files) => deed(&visit, reference, &fields, files).await?,
        Err(invalid) => (Err(Error::Invalid(invalid)), Said::Sent),
    };
    let l = visit.locale;
    let refused = match done {
        Ok(()) => return Ok(visit.go_saying(&links::case(reference.compact()), said)),
        Err(Error::Invalid(invalid)) => Refused {
            invalid,
            status: Some(StatusCode::UNPROCESSABLE_ENTITY),
            ..Refused::default()
        },
        Err(Error::Conflict(why)) => {
            let seen = fields.text("edisi").parse().unwrap_or(0);
            Refused {
                since: match why {
                    Conflict::Stale | Conflict::Decided | Conflict::Incomplete => {
                        Some(since(&visit, reference, seen).await?)
                    }
                    _ => None,
                },
                why: Some(match why {
                    Conflict::Stale => t::stale(l),
                    Conflict::Incomplete => t::not_this_step(l),
                    Conflict::Decided => t::closed_already(l),
                    Conflict::SwitchedOff => t::no_extension(l),
                    Conflict::Answered => t::extended_already(l),
                    Conflict::Closed => t::too_late_to_extend(l),
                    other => conflict(l, other),
                }),
                status: Some(StatusCode::CONFLICT),
                ..Refused::default()
            }
        }
        Err(other) => return Err(other.into()),
    };
    page(&visit, reference, Refused { fields, ..refused }).await
}

/// Does the deed; what the next page then says.
async fn deed(
    visit: &Visit,
    reference: Reference,
    fields: &Fields,
    files: Vec<Upload>,
) -> Result<(Result<(), Error>, Said), Failure> {
    use service::case;
    let (service, actor) = (&visit.service, &visit.actor);
    let seen = fields.text("edisi").parse().unwrap_or(0);
    let (text, key) = (|name| fields.text(name), fields.text("kunci"));
    Ok(match fields.text("aksi") {
        "periksa" => (
            case::check(service, actor, reference, seen, key).await,
            Said::Saved,
        ),
        "tanya" => (
            case::ask(service, actor, reference, text("pertanyaan"), seen, key).await,
            Said::Sent,
        ),
        "putuskan" => {
            let decision = (text("hasil"), text("alasan"));
            (
                case::decide(service, actor, reference, decision, seen, key).await,
                Said::Decided,
            )
        }
        "serahkan" => (
            case::hand_out(service, actor, reference, seen, key).await,
            Said::Saved,
        ),
        "perpanjang" => (
            case::extend(service, actor, reference, text("alasan"), seen, key).await,
            Said::Saved,
        ),
        "balas" => (
            case::reply(service, actor, reference, (text("pesan"), files), key).await,
            Said::Sent,
        ),
        "catat" => (
            case::note(service, actor, reference, text("catatan"), key).await,
            Said::Saved,
        ),
        "jawab" => {
            let visitor = case::Visitor {
                actor: actor.clone(),
                proof: None,
            };
            (
                case::answer(
                    service,
                    &visitor,
                    reference,
                    (text("pesan"), files),
                    true,
                    key,
                )
                .await,
                Said::Saved,
            )
        }
        "bagikan" => {
            let to = Some(text("ke"))
                .filter(|to| !to.is_empty() && *to != "kosong")
                .map(AccountId::new);
            (
                case::assign(service, actor, &[reference], to.as_ref())
                    .await
                    .map(drop),
                Said::Assigned,
            )
        }
        _ => return Err(Failure::BadRequest),
    })
}

async fn since(
    visit: &Visit,
    reference: Reference,
    seen: i64,
) -> Result<Vec<service::case::Line>, Failure> {
    let view = service::case::show(&visit.service, &visit.actor, reference).await?;
    let mut tx = visit.service.read().await?;
    Ok(service::case::since(&visit.service, &mut tx, &visit.actor, &view.case, seen).await?)
}

/// Puts a template behind what is typed already.
async fn insert(visit: &Visit, reference: Reference, fields: Fields) -> Answer {
    let view = service::case::show(&visit.service, &visit.actor, reference).await?;
    let chosen = view
        .templates
        .iter()
        .find(|template| template.id == fields.text("templat"));
    let typed = fields.text("pesan").trim_end();
    let text = match chosen {
        Some(template) if typed.is_empty() => template.body.clone(),
        Some(template) => format!("{typed}\n\n{}", template.body),
        None => typed.to_owned(),
    };
    let refused = Refused {
        fields: Fields::from(vec![
            ("aksi".to_owned(), "balas".to_owned()),
            ("pesan".to_owned(), text),
        ]),
        ..Refused::default()
    };
    page(visit, reference, refused).await
}
