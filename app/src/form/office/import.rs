//! Forms as JSON: bringing one in, taking one out.

use axum::{
    body::Body,
    extract::{Path, RawQuery, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::Problem;
use leptos::prelude::*;
use service::{Error, form::Unfit};

use super::{frame, place};
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, shell, upload::Form},
    t::form_office as t,
};

/// `GET /kantor/formulir/impor`.
pub(super) async fn show(visit: Visit) -> Answer {
    visit.actor.may_enter_office()?;
    Ok(page(&visit, "", None))
}

/// `POST /kantor/formulir/impor`: a file (`berkas`) or its text (`json`).
pub(super) async fn send(visit: Visit, request: Request) -> Answer {
    visit.actor.may_enter_office()?;
    let l = visit.locale;
    let mut form = match Form::read(request).await {
        Ok(form) => form,
        Err(Failure::TooLarge) => {
            return Ok(refused(page(
                &visit,
                "",
                Some(t::w_json_large(l).to_owned()),
            )));
        }
        Err(other) => return Err(other),
    };
    let typed = form.fields.string("json");
    let text = match form.file("berkas") {
        Some(upload) => match String::from_utf8(upload.bytes) {
            Ok(text) => text,
            Err(_) => return Ok(page(&visit, &typed, Some(t::w_json_text(l).to_owned()))),
        },
        None => typed.clone(),
    };
    if text.trim().is_empty() {
        return Ok(page(&visit, "", Some(t::w_json_none(l).to_owned())));
    }
    let why = match service::form::import_work(&visit.service, &visit.actor, &text).await {
        Ok(key) => return Ok(visit.go_saying(&place::outline(&key), Said::Saved)),
        Err(Unfit::Layout(error)) => {
            if error.line() > 0 && !error.is_data() {
                t::w_json_broken(l, error.line(), error.column())
            } else {
                t::w_json_layout(l, error.line(), error.column())
            }
        }
        Err(Unfit::Office(office)) => t::w_json_office(l, office),
        Err(Unfit::Service(Error::TooLarge)) => t::w_json_large(l).to_owned(),
        Err(Unfit::Service(Error::Invalid(invalid))) => match invalid.of("key") {
            Some(Problem::Malformed) => t::w_json_key(l).to_owned(),
            _ => t::w_json_limits(l).to_owned(),
        },
        Err(Unfit::Service(other)) => return Err(other.into()),
        // A working copy takes what is unfinished.
        Err(Unfit::Unpublishable { .. } | Unfit::Published { .. }) => {
            t::w_json_limits(l).to_owned()
        }
    };
    Ok(page(&visit, &typed, Some(why)))
}

fn refused(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response
}

fn page(visit: &Visit, typed: &str, wrong: Option<String>) -> Response {
    let l = visit.locale;
    let about = Page::new(t::import(l)).in_office();
    let about = if wrong.is_some() {
        about.wrong()
    } else {
        about
    };
    let errors: Vec<ui::ErrorItem> = wrong
        .iter()
        .map(|text| ui::ErrorItem::new("berkas", text.clone()))
        .collect();
    let typed = typed.to_owned();
    let view = view! {
        <ui::ErrorSummary title=t::problems(l) errors=errors/>
        <ui::BackLink href=links::FORMS label=t::forms(l)/>
        <h1>{t::import(l)}</h1>
        <ui::Lead text=t::import_help(l)/>
        <div class="column">
            <ui::Form action=place::IMPORT files=true>
                <ui::FileUpload
                    id="berkas" label=t::json_file(l) hint=t::json_file_hint(l) accept="application/json,.json" error=wrong
                    error_prefix=t::wrong_prefix(l)
                />
                <ui::TextArea id="json" label=t::json_text(l) value=typed rows=8/>
                <ui::Buttons><ui::Button>{t::do_import(l)}</ui::Button></ui::Buttons>
            </ui::Form>
        </div>
    };
    let mut response = visit.page(about, shell(visit, Part::Forms, view.into_any(), None));
    frame::no_store(&mut response);
    response
}

/// `GET /kantor/formulir/{key}/unduh?versi=`: the working copy, or a version; a file that comes in again to the letter.
pub(super) async fn export(
    visit: Visit,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = Fields::of_query(query.as_deref());
    let mut tx = visit.service.read().await?;
    let shelf = service::form::shelf(&mut tx, &visit.actor, &key).await?;
    let asked = query.text("versi");
    let (text, name) = match (&shelf.work, asked) {
        (Some(work), "") => (service::form::text_of(&work.bundle), key.clone()),
        (None, "") => (
            service::form::export(&mut tx, &key, None).await?,
            key.clone(),
        ),
        (_, version) => {
            let version = version.parse().map_err(|_| Failure::NotFound)?;
            let text = service::form::export(&mut tx, &key, Some(version)).await?;
            (text, format!("{key}-{version}"))
        }
    };
    drop(tx);
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let disposition = format!("attachment; filename=\"{name}.json\"");
    let mut response = Body::from(text).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    frame::no_store(&mut response);
    Ok(response)
}
