//! `/verifikasi`: anybody asks whether a letter is one of ours and still holds.

use axum::{
    extract::{FromRequest, Multipart, Path, RawQuery, Request},
    http::StatusCode,
};
use domain::{document::State, reference::Reference};
use leptos::prelude::*;
use service::{Error, document::Letter};
use sha2::{Digest, Sha256};

use super::words;
use crate::{Answer, Failure, Fields, Page, Visit, links, t::document as t};

/// Most bytes of what is sent to be compared.
pub(super) const LARGEST: usize = 12 * 1024 * 1024;
/// Longest code as typed, in characters, that is handed on.
const LONGEST: usize = 40;

/// `GET /verifikasi?kode=`: the field for the code; with one on to its page.
pub(super) async fn ask(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let fields = Fields::of_query(query.as_deref());
    let typed = fields.text("kode").trim();
    if let Ok(code) = Reference::parse(typed) {
        return Ok(visit.go(&links::verify(code.compact())));
    }
    if !fields.has("kode") {
        return Ok(form_page(&visit, "", None));
    }
    // What cannot be a code is answered as one that is not there, and counts as one.
    match service::document::verify(&visit.service, typed, &visit.client).await {
        Ok(letter) => Ok(visit.go(&links::verify(letter.code.compact()))),
        Err(Error::NotFound) => Ok(unknown(&visit, typed)),
        Err(other) => Err(other.into()),
    }
}

/// `GET /verifikasi/{kode}`.
pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    match service::document::verify(&visit.service, &code, &visit.client).await {
        Ok(letter) => Ok(page(&visit, &letter, None)),
        Err(Error::NotFound) => Ok(unknown(&visit, &code)),
        Err(other) => Err(other.into()),
    }
}

/// What came of comparing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Same,
    Different,
    Nothing,
}

/// `POST /verifikasi/{kode}` with a file (`berkas`): its hash is compared, and nothing of it is kept.
pub(super) async fn compare(visit: Visit, Path(code): Path<String>, request: Request) -> Answer {
    let letter = match service::document::verify(&visit.service, &code, &visit.client).await {
        Ok(letter) => letter,
        Err(Error::NotFound) => return Ok(unknown(&visit, &code)),
        Err(other) => return Err(other.into()),
    };
    let parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Failure::BadRequest)?;
    let compared = match hash(parts).await? {
        Some(found) if found == letter.sha256 => Compared::Same,
        Some(_) => Compared::Different,
        None => Compared::Nothing,
    };
    Ok(page(&visit, &letter, Some(compared)))
}

/// SHA-256 of the file that was sent, counted while it comes; `None` when there was none.
async fn hash(mut parts: Multipart) -> Result<Option<String>, Failure> {
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Failure::TooLarge
        } else {
            Failure::BadRequest
        }
    };
    let mut found = None;
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let is_it = part.name() == Some("berkas") && found.is_none();
        let (mut hash, mut bytes) = (Sha256::new(), 0);
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            bytes += chunk.len();
            hash.update(&chunk);
        }
        if is_it && bytes > 0 {
            let hex = hash
                .finalize()
                .iter()
                .fold(String::new(), |mut text, byte| {
                    use std::fmt::Write as _;
                    let _ = write!(text, "{byte:02x}");
                    text
                });
            found = Some(hex);
        }
    }
    Ok(found)
}

/// The same for what is no code, for one mistyped, and for one that is not there.
fn unknown(visit: &Visit, typed: &str) -> axum::response::Response {
    let typed: String = typed.chars().take(LONGEST).collect();
    form_page(visit, &typed, Some(t::unknown_code(visit.locale)))
}

fn form_page(visit: &Visit, typed: &str, wrong: Option<&'static str>) -> axum::response::Response {
    let l = visit.locale;
    let summary = wrong.map(|text| {
        let errors = vec![ui::ErrorItem::new("kode", text)];
        view! { <ui::ErrorSummary title=t::problem(l) errors/> }
    });
    let (value, error) = (typed.to_owned(), wrong.map(str::to_owned));
    let view = view! {
        <ui::Page>
            <h1>{t::verify(l)}</h1>
            <ui::Lead text=t::verify_lead(l)/>
            {summary}
            <form class="form" method="get" action=links::VERIFY novalidate=true>
                <ui::TextInput
                    id="kode"
                    label=t::code(l)
                    hint=t::code_hint(l)
                    value
                    error
                    autocomplete="off"
                    spellcheck=false
                    maxlength=40
                    short=true
                />
                <ui::Buttons><ui::Button>{t::verify_button(l)}</ui::Button></ui::Buttons>
            </form>
        </ui::Page>
    };
    let about = Page::new(t::verify(l))
        .describe(t::verify_lead(l))
        .canonical(links::VERIFY);
    let about = if wrong.is_some() {
        about.wrong().status(StatusCode::NOT_FOUND).unlisted()
    } else {
        about
    };
    visit.page(about, view)
}

fn page(visit: &Visit, letter: &Letter, compared: Option<Compared>) -> axum::response::Response {
    let l = visit.locale;
    let ended = letter.ended_at.map(|at| words::day(visit, at));
    let (kind, title, text) = match letter.state {
        State::Valid => (
            ui::NoticeKind::Success,
            t::is_valid(l),
            t::is_valid_help(l).to_owned(),
        ),
        State::Replaced => (
            ui::NoticeKind::Warning,
            t::is_replaced(l),
            t::is_replaced_help(
                l,
                ended.unwrap_or_default(),
                letter.replaced_by.clone().unwrap_or_default(),
            ),
        ),
        State::Revoked => (
            ui::NoticeKind::Warning,
            t::is_revoked(l),
            t::is_revoked_help(l, ended.unwrap_or_default(), &letter.reason),
        ),
    };
    let mut rows = vec![
        ui::SummaryRow::new(t::number(l), letter.number.clone()),
        ui::SummaryRow::new(t::office(l), letter.office.clone()),
        ui::SummaryRow::new(t::service(l), letter.title.clone()),
        ui::SummaryRow::new(t::issued_at(l), words::day(visit, letter.issued_at)),
    ];
    if !letter.initials.is_empty() {
        rows.push(ui::SummaryRow::new(t::for_whom(l), letter.initials.clone()));
    }
    rows.push(ui::SummaryRow::new(t::sha256(l), letter.sha256.clone()));
    let erased = letter
        .is_erased
        .then(|| view! { <p class="meta">{t::content_erased(l)}</p> });
    let result = compared.map(|compared| {
        let (kind, text) = match compared {
            Compared::Same => (ui::NoticeKind::Success, t::same(l)),
            Compared::Different => (ui::NoticeKind::Warning, t::different(l)),
            Compared::Nothing => (ui::NoticeKind::Warning, t::no_file(l)),
        };
        view! { <ui::Notice kind live=true>{text}</ui::Notice> }
    });
    let action = links::verify(letter.code.compact());
    let title_of_page = t::letter(l, &letter.number);
    let heading = title_of_page.clone();
    let view = view! {
        <ui::Page>
            <h1>{heading}</h1>
            <ui::Notice kind title>{text}</ui::Notice>
            <ui::SummaryList rows/>
            {erased}
            <section id="bandingkan">
                <h2>{t::compare(l)}</h2>
                {result}
                <p>{t::compare_help(l)}</p>
                <ui::Form action files=true>
                    <ui::FileUpload id="berkas" label=t::compare_file(l) accept="application/pdf,.pdf"/>
                    <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::compare_button(l)}</ui::Button></ui::Buttons>
                </ui::Form>
            </section>
            <p><a href=links::VERIFY>{t::verify_other(l)}</a></p>
        </ui::Page>
    };
    let about = Page::new(title_of_page).unlisted();
    let about = match compared {
        Some(Compared::Nothing) => about.wrong(),
        _ => about,
    };
    visit.page(about, view)
}
