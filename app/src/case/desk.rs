//! `/kantor/kasus/{nomor}`: a case as its office works on it.

use axum::{extract::Path, http::StatusCode};
use domain::{
    Invalid, Problem,
    case::{Move, Outcome, Status},
    reference::Reference,
};
use leptos::prelude::*;
use service::case::{Case, Line, OfficeView, Standing};

use super::words;
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
    fn typed(&self, deed: &str, field: &str) -> String {
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

    fn is(&self, deed: &str) -> bool {
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
        .filter_map(|field| Some(ui::ErrorItem::new(id_of(field), wrong(field)?)))
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
    let view = view! {
        <div id="kasus" data-live=format!("{place}/langsung")>
            <p class="meta">{t::of_office(l, case.reference.to_string(), &case.office_short)}</p>
            <h1>{case.title.clone()}</h1>
            {summary}
            {meanwhile}
            {state(visit, &seen, standing)}
            {fee}
            {facts(visit, &seen)}
            {deeds(visit, case, &place, &refused)}
            {talk(visit, &seen, &place, &refused)}
            {hand_over(visit, &seen, &place, &refused)}
        </div>
    };
    let timeline = seen
        .lines
        .iter()
        .map(|line| words::line(visit, line, true))
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
        "note" => "catatan",
        "handler" => "ke",
        "reason" => "alasan",
        _ => "alasan-perpanjangan",
    }
}

/// The sentence beside a field.
fn wrong(l: domain::Locale, invalid: &Invalid, field: &str) -> Option<String> {
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
    // What the forms of the page saw: they are told when something else happened.
    let seen_by = ["langkah", "tanya", "putuskan", "perpanjang", "jawab"]
        .map(|form| {
            view! { <input type="hidden" form=form name="edisi" value=case.revision.to_string()/> }
        })
        .collect_view();
    view! {
        <div id="keadaan" data-fresh>
            {others}
            <p>
                <ui::Tag kind=words::kind(case.status) text=words::status(l, case.status, case.outcome)/>
                " "{case.handler_name.clone().map_or_else(|| t::nobody_yet(l).to_owned(), |name| t::handled_by(l, name))}
            </p>
            {words::due(visit, case).map(|text| view! { <p><strong>{text}</strong></p> })}
            {words::left(l, standing).map(|text| view! { <p class="meta">{text}</p> })}
            {seen_by}
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
    row(t::phone(l), seen.contact.phone.clone());
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

/// A form of the page that names its deed.
fn form(
    visit: &Visit,
    place: &str,
    deed: &'static str,
    id: &'static str,
    inner: AnyView,
) -> AnyView {
    let key = visit.service.chance().token();
    view! {
        <ui::Form id=id action=place.to_owned()>
            <input type="hidden" name="kunci" value=key/>
            <input type="hidden" name="aksi" value=deed/>
            {inner}
        </ui::Form>
    }
    .into_any()
}

/// What can be done next: the one step on top, the others folded.
fn deeds(visit: &Visit, case: &Case, place: &str, refused: &Refused) -> AnyView {
    let l = visit.locale;
    let allows = |deed| case.status.allows(deed, case.outcome);
    let step = |deed: &'static str, word: &'static str| {
        let button = view! { <ui::Buttons><ui::Button>{word}</ui::Button></ui::Buttons> };
        form(visit, place, deed, "langkah", button.into_any())
    };
    let next = if allows(Move::Check) {
        Some(step("periksa", t::check(l)))
    } else if allows(Move::HandOut) {
        Some(step("serahkan", t::hand_out(l)))
    } else {
        None
    };
    let decide =
        allows(Move::Decide(Outcome::Refused)).then(|| decide(visit, case, place, refused));
    let ask = allows(Move::Ask).then(|| {
        let error = wrong(l, &refused.invalid, "question");
        let inner = view! {
            <ui::TextArea
                id="pertanyaan"
                label=t::question(l)
                hint=t::question_hint(l)
                value=refused.typed("tanya", "pertanyaan")
                error
                rows=4
                maxlength=domain::case::ASKED
            />
            <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::ask(l)}</ui::Button></ui::Buttons>
        };
        folded(t::ask_title(l), refused.is("tanya"), form(visit, place, "tanya", "tanya", inner.into_any()))
    });
    let answer = allows(Move::Answer).then(|| {
        let error = wrong(l, &refused.invalid, "message").filter(|_| refused.is("jawab"));
        let inner = view! {
            <ui::TextArea
                id="jawaban"
                name="pesan"
                label=t::answer_at_desk(l)
                hint=t::answer_at_desk_hint(l)
                value=refused.typed("jawab", "pesan")
                error
                rows=3
                maxlength=domain::case::MESSAGE
            />
            <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::write_down(l)}</ui::Button></ui::Buttons>
        };
        folded(t::answer_at_desk(l), refused.is("jawab"), form(visit, place, "jawab", "jawab", inner.into_any()))
    });
    let can_extend = case.status.is_open()
        && case.deadline.limit.extension > 0
        && case.deadline.extension.is_none();
    let extend = can_extend.then(|| {
        let of = |field| wrong(l, &refused.invalid, field).filter(|_| refused.is("perpanjang"));
        let inner = view! {
            <p>{t::extend_help(l, i64::from(case.deadline.limit.extension))}</p>
            <ui::TextArea
                id="alasan-perpanjangan"
                name="alasan"
                label=t::reason(l)
                hint=t::reason_hint(l)
                value=refused.typed("perpanjang", "alasan")
                error=of("reason").or_else(|| of("holidays"))
                rows=3
                maxlength=domain::deadline::REASON
            />
            <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::extend(l)}</ui::Button></ui::Buttons>
        };
        folded(t::extend_title(l), refused.is("perpanjang"), form(visit, place, "perpanjang", "perpanjang", inner.into_any()))
    });
    view! { {next}{decide}{ask}{answer}{extend} }.into_any()
}

fn folded(summary: &'static str, open: bool, inner: AnyView) -> AnyView {
    view! { <ui::Disclosure summary open>{inner}</ui::Disclosure> }.into_any()
}

fn decide(visit: &Visit, case: &Case, place: &str, refused: &Refused) -> AnyView {
    let l = visit.locale;
    let items = Outcome::ALL
        .iter()
        .filter(|outcome| case.status.allows(Move::Decide(**outcome), case.outcome))
        .map(|outcome| ui::Choosable::new(outcome.word(), words::outcome(l, *outcome)))
        .collect::<Vec<_>>();
    let of = |field| wrong(l, &refused.invalid, field).filter(|_| refused.is("putuskan"));
    let inner = view! {
        <ui::Radios
            id="hasil"
            legend=t::outcome(l)
            items
            value=refused.typed("putuskan", "hasil")
            error=of("outcome")
        />
        <ui::TextArea
            id="alasan"
            label=t::reason(l)
            hint=t::reason_hint(l)
            value=refused.typed("putuskan", "alasan")
            error=of("reason")
            rows=4
            maxlength=domain::case::REASON
        />
        <ui::Buttons><ui::Button>{t::decide(l)}</ui::Button></ui::Buttons>
    };
    let inner = form(visit, place, "putuskan", "putuskan", inner.into_any());
    if case.status == Status::Checked {
        view! { <section><h2>{t::decision(l)}</h2>{inner}</section> }.into_any()
    } else {
        folded(t::decide_unanswered(l), refused.is("putuskan"), inner)
    }
}

/// Writing to the applicant, with the office's templates, and notes for colleagues.
fn talk(visit: &Visit, seen: &OfficeView, place: &str, refused: &Refused) -> AnyView {
    let l = visit.locale;
    let templates = (!seen.templates.is_empty()).then(|| {
        let options = seen
            .templates
            .iter()
            .map(|template| ui::Choosable::new(template.id.clone(), template.title.clone()))
            .collect::<Vec<_>>();
        view! {
            <ui::Select id="templat" label=t::template(l) empty=t::choose(l) options/>
            <ui::Button kind=ui::ButtonKind::Quiet name="sisip" value="ya">{t::insert(l)}</ui::Button>
        }
    });
    let of = |deed, field| wrong(l, &refused.invalid, field).filter(|_| refused.is(deed));
    let reply = view! {
        <h2>{t::write_to_applicant(l)}</h2>
        {templates}
        <ui::TextArea
            id="pesan"
            label=t::message(l)
            value=refused.typed("balas", "pesan")
            error=of("balas", "message")
            rows=4
            maxlength=domain::case::MESSAGE
        />
        <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::send_message(l)}</ui::Button></ui::Buttons>
    };
    let note = view! {
        <ui::TextArea
            id="catatan"
            label=t::note(l)
            hint=t::note_hint(l)
            value=refused.typed("catat", "catatan")
            error=of("catat", "note")
            rows=3
            maxlength=domain::case::NOTE
        />
        <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::keep_note(l)}</ui::Button></ui::Buttons>
    };
    let note = form(visit, place, "catat", "catat", note.into_any());
    view! {
        <section>{form(visit, place, "balas", "balas", reply.into_any())}</section>
        {folded(t::note_title(l), refused.is("catat"), note)}
    }
    .into_any()
}

/// Giving the case to a colleague.
fn hand_over(visit: &Visit, seen: &OfficeView, place: &str, refused: &Refused) -> Option<AnyView> {
    let l = visit.locale;
    if !seen.case.status.is_open() {
        return None;
    }
    let options = std::iter::once(ui::Choosable::new("kosong", t::nobody(l)))
        .chain(
            seen.colleagues
                .iter()
                .map(|(account, name)| ui::Choosable::new(account.to_string(), name.clone())),
        )
        .collect::<Vec<_>>();
    let current = seen
        .case
        .handler
        .as_ref()
        .map_or_else(|| "kosong".to_owned(), ToString::to_string);
    let inner = view! {
        <ui::Select
            id="ke"
            label=t::give_to(l)
            options
            value=current
            error=wrong(l, &refused.invalid, "handler")
        />
        <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::give(l)}</ui::Button></ui::Buttons>
    };
    let inner = form(visit, place, "bagikan", "bagikan", inner.into_any());
    Some(folded(t::hand_over(l), refused.is("bagikan"), inner))
}
