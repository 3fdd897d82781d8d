//! `/lacak/{nomor}`: a case as who asked sees it.

use axum::{extract::Path, http::StatusCode};
use domain::{Invalid, case::Status, reference::Reference};
use leptos::prelude::*;
use service::{
    Error,
    case::{Case, Tracked},
    payment::Bill,
};

use super::{
    files::{self, Letter},
    readers::readers,
    track::visitor,
    words,
    write::{compose, withdraw},
};
use crate::{
    Answer, Failure, Page, Said, Visit, form::Sheet, links, payment, problem::sentence,
    t::case as t,
};

/// What was sent and not taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused {
    pub(super) message: String,
    pub(super) invalid: Invalid,
    /// Another state than the page showed.
    moved: bool,
}

/// What the page shows.
struct Found {
    tracked: Tracked,
    bill: Option<Bill>,
}

/// `GET /lacak/{nomor}`: the case, or the form that asks for the phone's digits: the same for one that is not there.
pub(super) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    match tracked(&visit, reference).await {
        Ok(found) => Ok(page(&visit, &found, &Refused::default())),
        Err(Error::NotFound) => Ok(visit.go(&links::track_of(reference))),
        Err(other) => Err(other.into()),
    }
}

async fn tracked(visit: &Visit, reference: Reference) -> Result<Found, Error> {
    let mut tx = visit.service.read().await?;
    let who = visitor(visit);
    let tracked = service::case::track(&visit.service, &mut tx, &who, reference).await?;
    let bill = service::payment::of_case(&mut tx, reference).await?;
    Ok(Found { tracked, bill })
}

/// `POST /lacak/{nomor}`: `aksi=jawab|pesan|tarik`, with `pesan`, files (`berkas`) and the form's own `kunci`.
pub(super) async fn send(visit: Visit, Path(number): Path<String>, sheet: Sheet) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let mut letter = Letter::of(sheet);
    let files = letter.take();
    let fields = &letter.fields;
    let (who, text, key) = (visitor(&visit), fields.text("pesan"), fields.text("kunci"));
    let service = &visit.service;
    let (done, said) = match (fields.text("aksi"), files) {
        ("jawab" | "pesan", Err(invalid)) => (Err(Error::Invalid(invalid)), Said::Sent),
        ("jawab", Ok(files)) => (
            service::case::answer(service, &who, reference, (text, files), false, key).await,
            Said::Sent,
        ),
        ("pesan", Ok(files)) => (
            service::case::write(service, &who, reference, (text, files), key).await,
            Said::Sent,
        ),
        ("tarik", _) => (
            service::case::withdraw(service, &who, reference, key).await,
            Said::TakenBack,
        ),
        _ => return Err(Failure::BadRequest),
    };
    let refused = match done {
        Ok(()) => return Ok(visit.go_saying(&links::track(reference.compact()), said)),
        Err(Error::Invalid(invalid)) => Refused {
            message: text.to_owned(),
            invalid,
            moved: false,
        },
        Err(Error::Conflict(_)) => Refused {
            message: text.to_owned(),
            invalid: Invalid::default(),
            moved: true,
        },
        // The proof is over: what was typed cannot be kept for somebody we do not know.
        Err(Error::NotFound) => {
            return Ok(visit.go(&links::track_of(reference)));
        }
        Err(other) => return Err(other.into()),
    };
    let found = tracked(&visit, reference).await?;
    Ok(page(&visit, &found, &refused))
}

fn page(visit: &Visit, found: &Found, refused: &Refused) -> axum::response::Response {
    let l = visit.locale;
    let bill = found.bill.as_ref().map(|bill| payment::short(visit, bill));
    let found = &found.tracked;
    let case = &found.case;
    let place = links::track(case.reference.compact());
    let about = Page::new(case.title_in(l).to_owned()).unlisted();
    let about = if !refused.invalid.0.is_empty() {
        about.wrong()
    } else if refused.moved {
        about.wrong().status(StatusCode::CONFLICT)
    } else {
        about
    };
    let wrong = refused
        .invalid
        .of("message")
        .map(|problem| sentence(l, t::message(l), problem));
    let errors: Vec<ui::ErrorItem> = if refused.moved {
        vec![ui::ErrorItem::new("keadaan", t::moved(l))]
    } else {
        let files = files::wrong(visit, &refused.invalid);
        [("pesan", wrong.clone()), ("berkas", files)]
            .into_iter()
            .filter_map(|(id, text)| Some(ui::ErrorItem::new(id, text?)))
            .collect()
    };
    let summary =
        (!errors.is_empty()).then(|| view! { <ui::ErrorSummary title=t::problem(l) errors/> });
    let timeline = found
        .lines
        .iter()
        .map(|line| {
            let files = files::of_line(visit, &place, &found.files, line.number);
            words::line(visit, line, false).files(files)
        })
        .collect();
    let forget = visitor(visit).proof.map(|_| {
        view! {
            <form method="post" action="/lacak/lupakan">
                <ui::Button kind=ui::ButtonKind::Quiet>{t::forget(l)}</ui::Button>
            </form>
        }
    });
    let own_form = case.form_version.is_some().then(|| {
        let href = format!("{place}/isian");
        view! { <p><a href=href>{t::to_your_form(l)}</a></p> }
    });
    let title = case.title_in(l).to_owned();
    let of_office = t::of_office(l, case.reference.to_string(), &case.office_name);
    let parts = (
        state(visit, case),
        compose(visit, case, &place, refused, wrong),
        readers(visit, &found.readers),
        withdraw(visit, case, &place),
        kept(visit, case),
    );
    let (state, compose, readers, withdraw, kept) = parts;
    let documents = crate::document::own(visit, case, &found.lines);
    let view = view! {
        <ui::Page>
            <div id="lacak" data-live=format!("{place}/langsung")>
                <h1>{title}</h1>
                <p class="meta">{of_office}</p>
                {summary}
                {state}
                {bill}
                {own_form}
                {documents}
                <h2>{t::timeline(l)}</h2>
                <div id="linimasa" data-fresh>
                    <ui::Timeline items=timeline/>
                </div>
                {compose}
                {readers}
                {withdraw}
                <p class="meta">{kept}</p>
                {forget}
            </div>
        </ui::Page>
    };
    visit.page(about, view)
}

/// How far it is, what comes next, until when.
fn state(visit: &Visit, case: &Case) -> impl IntoView + use<> {
    let l = visit.locale;
    let at = match case.status {
        Status::Received | Status::NeedsInformation => Some(1),
        Status::Checked => Some(2),
        Status::Decided => Some(3),
        Status::HandedOut => Some(4),
        Status::Withdrawn => None,
    };
    let is_refused = case.outcome == Some(domain::case::Outcome::Refused);
    let bar = at.map(|at| {
        let labels = [
            t::step_received(l),
            t::step_check(l),
            t::step_decision(l),
            t::step_hand_out(l),
        ];
        // What was refused is not handed out.
        let count = if is_refused { 3 } else { 4 };
        let steps = ui::Step::list(labels.into_iter().take(count), at, None);
        view! { <ui::PhaseBar label=t::steps(l) steps done_label=t::done(l)/> }
    });
    view! {
        <div id="keadaan" data-fresh>
            <p><ui::Tag kind=words::kind(case.status) text=words::status(l, case.status, case.outcome)/></p>
            {bar}
            <p>{words::next(l, case)}</p>
            {words::due(visit, case).map(|text| view! { <p><strong>{text}</strong></p> })}
        </div>
    }
}

/// How long what is personal is kept.
fn kept(visit: &Visit, case: &Case) -> String {
    let l = visit.locale;
    case.erase_at.map_or_else(
        || t::kept_until_closed(l).to_owned(),
        |at| t::kept_until(l, visit.zone().date(at, l)),
    )
}
