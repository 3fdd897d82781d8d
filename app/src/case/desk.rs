//! `/kantor/kasus/{nomor}`: a case as its office works on it.

use axum::{extract::Path, http::StatusCode};
use domain::{Invalid, Problem, phone::dialled, reference::Reference};
use leptos::prelude::*;
use service::case::{Line, OfficeView, Standing};

use super::{
    files, paper,
    step::deeds,
    talk::{hand_over, talk},
    words,
};
use crate::{
    Answer, Failure, Fields, Page, Visit, links,
    office::{Part, shell},
    problem::sentence,
    t::case as t,
};

/// What was sent and not taken: every field as it was typed, what is wrong, and what happened meanwhile.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused {
    pub(super) fields: Fields,
    pub(super) invalid: Invalid,
    /// What others did since the page was made; the case is not as it showed it.
    pub(super) since: Option<Vec<Line>>,
    /// Why it cannot be done, in a sentence.
    pub(super) why: Option<&'static str>,
    pub(super) status: Option<StatusCode>,
}

impl Refused {
    /// What was typed in a field of the form with this deed.
    pub(super) fn typed(&self, deed: &str, field: &str) -> String {
        if self.fields.text("aksi") == deed {
            self.fields.string(field)
        } else {
            String::new()
        }
    }

    /// The text that was typed, whatever the form: its form may no longer be there.
    fn text(&self) -> String {
        ["alasan", "pertanyaan", "pesan", "catatan"]
            .into_iter()
            .map(|field| self.fields.text(field).trim())
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned()
    }

    /// What is wrong with the form of this deed; nothing with another's.
    pub(super) fn invalid_of(&self, deed: &str) -> &Invalid {
        static NOTHING: Invalid = Invalid(std::collections::BTreeMap::new());
        if self.is(deed) {
            &self.invalid
        } else {
            &NOTHING
        }
    }

    pub(super) fn is(&self, deed: &str) -> bool {
        self.fields.text("aksi") == deed
    }
}

/// `GET /kantor/kasus/{nomor}`.
pub(super) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    page(&visit, reference, Refused::default()).await
}

/// The page; after a deed that was not taken with everything that was typed.
pub(super) async fn page(visit: &Visit, reference: Reference, refused: Refused) -> Answer {
    let l = visit.locale;
    let seen = service::case::show(&visit.service, &visit.actor, reference).await?;
    let mut tx = visit.service.read().await?;
    let calendar = service::case::calendar(&mut tx).await?;
    let bill = service::payment::of_case(&mut tx, reference).await?;
    drop(tx);
    let fee = bill.map(|bill| crate::payment::line(visit, &bill));
    let case = &seen.case;
    let standing = service::case::standing(case, &calendar, visit.zone(), visit.now);
    let place = links::case(reference.compact());
    let wrong = |field: &str| wrong(l, &refused.invalid, field);
    let errors: Vec<ui::ErrorItem> = refused
        .invalid
        .0
        .keys()
        .filter_map(|field| {
            let text = match field.as_str() {
                "files" => files::wrong(visit, &refused.invalid),
                field => wrong(field),
            };
            let id = match field.as_str() {
                "files" if refused.is("jawab") => "berkas-jawaban",
                "message" if refused.is("jawab") => "jawaban",
                field => id_of(field),
            };
            Some(ui::ErrorItem::new(id, text?))
        })
        .chain(refused.why.map(|why| ui::ErrorItem::new("keadaan", why)))
        .collect();
    let is_wrong = !errors.is_empty();
    let summary = is_wrong.then(|| view! { <ui::ErrorSummary title=t::problem(l) errors/> });
    let meanwhile = refused.since.as_ref().map(|lines| {
        let items = lines
            .iter()
            .map(|line| words::line(visit, line, true))
            .collect();
        let typed = Some(refused.text())
            .filter(|text| !text.is_empty())
            .map(|text| {
                view! { <p>{t::you_wrote(l)}</p><p class="as-typed">{text}</p> }
            });
        view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::meanwhile(l)>
                {t::meanwhile_help(l)}
                <ui::Timeline items/>
                {typed}
            </ui::Notice>
        }
    });
    // What the forms of the page saw when it was opened: whatever happened since is told, also when the state beside them has
    // been refreshed in the meantime.
    let seen_by = ["langkah", "tanya", "putuskan", "perpanjang", "jawab"]
        .map(|form| {
            view! { <input type="hidden" form=form name="edisi" value=case.revision.to_string()/> }
        })
        .collect_view();
    let view = view! {
        <div id="kasus" data-live=format!("{place}/langsung")>
            <p class="meta">{t::of_office(l, case.reference.to_string(), &case.office_short)}</p>
            <h1>{case.title.clone()}</h1>
            {summary}
            {meanwhile}
            {state(visit, &seen, standing)}
            {seen_by}
            {fee}
            {facts(visit, &seen)}
            {paper::section(visit, &seen, &place)}
            {crate::document::desk(visit, case, &seen.lines)}
            {deeds(visit, case, &place, &refused)}
            {talk(visit, &seen, &place, &refused)}
            {hand_over(visit, &seen, &place, &refused)}
        </div>
    };
    let timeline = seen
        .lines
        .iter()
        .map(|line| {
            let files = files::of_line(visit, &place, &seen.files, line.number);
            words::line(visit, line, true).files(files)
        })
        .collect();
    let aside = view! {
        <div id="linimasa" data-fresh>
            <h2>{t::timeline(l)}</h2>
            <ui::Timeline items=timeline/>
        </div>
    };
    let about = Page::new(format!("{} {}", case.title, case.reference)).in_office();
    let about = match (is_wrong, refused.status) {
        (true, Some(status)) => about.wrong().status(status),
        (true, None) => about.wrong(),
        (false, _) => about,
    };
    let aside = Some((t::timeline(l), aside.into_any()));
    Ok(visit.page(about, shell(visit, Part::Cases, view.into_any(), aside)))
}

/// The id of the control of a field.
fn id_of(field: &str) -> &str {
    match field {
        "outcome" => "hasil",
        "question" => "pertanyaan",
        "message" => "pesan",
        "files" => "berkas",
        "note" => "catatan",
        "handler" => "ke",
        "reason" => "alasan",
        _ => "alasan-perpanjangan",
    }
}

/// The sentence beside a field.
pub(super) fn wrong(l: domain::Locale, invalid: &Invalid, field: &str) -> Option<String> {
    let problem = invalid.of(field)?;
    let label = match field {
        "outcome" => t::outcome(l),
        "question" => t::question(l),
        "message" => t::message(l),
        "note" => t::note(l),
        "handler" => t::give_to(l),
        _ => t::reason(l),
    };
    Some(match (field, problem) {
        ("holidays", _) => t::extension_unknown(l).to_owned(),
        ("handler", Problem::Unknown) => t::not_of_office(l).to_owned(),
        _ => sentence(l, label, problem),
    })
}

/// How far it is, until when, and who else has it open; refreshed by itself.
fn state(visit: &Visit, seen: &OfficeView, standing: Option<Standing>) -> impl IntoView + use<> {
    let l = visit.locale;
    let case = &seen.case;
    let others = (!seen.others.is_empty()).then(|| {
        let text = t::others(l, seen.others.join(", "));
        view! { <ui::Notice>{text}</ui::Notice> }
    });
    view! {
        <div id="keadaan" data-fresh>
            {others}
            <p>
                <ui::Tag kind=words::kind(case.status) text=words::status(l, case.status, case.outcome)/>
                " "{case.handler_name.clone().map_or_else(|| t::nobody_yet(l).to_owned(), |name| t::handled_by(l, name))}
            </p>
            {words::due(visit, case).map(|text| view! { <p><strong>{text}</strong></p> })}
            {words::left(l, case.deadline.limit.unit, standing).map(|text| view! { <p class="meta">{text}</p> })}
        </div>
    }
}

fn facts(visit: &Visit, seen: &OfficeView) -> impl IntoView + use<> {
    let l = visit.locale;
    let case = &seen.case;
    let mut rows = Vec::new();
    let mut row = |key: &str, value: String| {
        if !value.is_empty() {
            rows.push(ui::SummaryRow::new(key, value));
        }
    };
    row(t::applicant(l), seen.contact.name.clone());
    row(t::phone(l), dialled(&seen.contact.phone));
    row(t::email(l), seen.contact.email.clone());
    row(t::nik(l), seen.nik.clone().unwrap_or_default());
    row(t::arrived(l), words::moment(visit, case.received_at));
    row(t::at_desk(l), case.desk_name.clone().unwrap_or_default());
    row(t::law(l), case.deadline.limit.note.clone());
    if let Some(at) = case.erase_at.filter(|_| case.erased_at.is_none()) {
        row(t::erased_on(l), visit.zone().date(at, l));
    }
    view! { <ui::SummaryList rows/> }
}
