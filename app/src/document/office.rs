//! `/kantor/kasus/{nomor}/surat`: the letters of a case, for its office.

use axum::{extract::Path, http::StatusCode};
use domain::{Invalid, document::REASON, document::State, reference::Reference};
use leptos::prelude::*;
use service::{
    Conflict, Error,
    case::{Case, Line, OfficeView},
    document::{Correction, NAME, Told, told},
};

use super::{
    own::{PDF, named},
    words,
};
use crate::{
    Answer, Failure, Fields, Page, Said, Visit,
    error::conflict,
    file::private,
    links,
    office::{Part, shell},
    problem::sentence,
    t::document as t,
};

/// What was sent and not taken.
#[derive(Clone, Debug, Default)]
struct Refused {
    fields: Fields,
    invalid: Invalid,
    why: Option<&'static str>,
}

/// `GET /kantor/kasus/{nomor}/surat/{kode}.pdf`.
pub(super) async fn file(visit: Visit, Path((number, name)): Path<(String, String)>) -> Answer {
    visit.actor.may_enter_office()?;
    let (reference, code) = named(&number, &name)?;
    let found =
        service::document::office_file(&visit.service, &visit.actor, reference, code).await?;
    private(&found.0.file_name(), PDF, found.1)
}

/// `GET /kantor/kasus/{nomor}/surat`.
pub(super) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    page(&visit, reference, Refused::default()).await
}

/// `POST /kantor/kasus/{nomor}/surat`: `aksi=terbit|ganti|cabut`, the last two with `kode` and `alasan`.
pub(super) async fn send(visit: Visit, Path(number): Path<String>, fields: Fields) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    visit.actor.may_enter_office()?;
    let (service, actor) = (&visit.service, &visit.actor);
    let verify_at = format!("{}{}", visit.base, links::VERIFY);
    let (key, reason) = (fields.text("kunci"), fields.text("alasan"));
    let code = || Reference::parse(fields.text("kode")).map_err(|_| Failure::BadRequest);
    let (done, said) = match fields.text("aksi") {
        "terbit" => (
            service::document::issue(service, actor, reference, &verify_at, key)
                .await
                .map(drop),
            Said::Sent,
        ),
        "ganti" => {
            let how = (&*verify_at, key);
            let right = Correction {
                reason,
                name: fields.text("nama"),
            };
            let done =
                service::document::replace(service, actor, reference, code()?, right, how).await;
            (done.map(drop), Said::Sent)
        }
        "cabut" => (
            service::document::revoke(service, actor, reference, code()?, reason).await,
            Said::Saved,
        ),
        _ => return Err(Failure::BadRequest),
    };
    let refused = match done {
        Ok(()) => return Ok(visit.go_saying(&links::letters(reference.compact()), said)),
        Err(Error::Invalid(invalid)) => Refused {
            fields,
            invalid,
            why: None,
        },
        Err(Error::Conflict(why)) => Refused {
            fields,
            invalid: Invalid::default(),
            why: Some(match why {
                Conflict::Incomplete => t::not_decided(visit.locale),
                Conflict::Stale => t::no_longer(visit.locale),
                Conflict::Gone => t::erased(visit.locale),
                other => conflict(visit.locale, other),
            }),
        },
        Err(other) => return Err(other.into()),
    };
    page(&visit, reference, refused).await
}

async fn page(visit: &Visit, reference: Reference, refused: Refused) -> Answer {
    let l = visit.locale;
    let seen = service::case::show(&visit.service, &visit.actor, reference).await?;
    let case = &seen.case;
    let letters = told(&seen.lines);
    let place = links::letters(reference.compact());
    let wrong = refused
        .invalid
        .of("reason")
        .map(|problem| sentence(l, t::reason(l), problem));
    let id = if refused.fields.text("aksi") == "cabut" {
        "alasan-cabut"
    } else {
        "alasan-ganti"
    };
    let misnamed = refused
        .invalid
        .of("name")
        .map(|problem| sentence(l, t::name(l), problem));
    let errors: Vec<ui::ErrorItem> = misnamed
        .iter()
        .map(|text| ui::ErrorItem::new("nama", text.clone()))
        .chain(
            wrong
                .iter()
                .map(|text| ui::ErrorItem::new(id, text.clone())),
        )
        .chain(refused.why.map(|why| ui::ErrorItem::new("surat", why)))
        .collect();
    let is_wrong = !errors.is_empty();
    let summary =
        is_wrong.then(|| view! { <ui::ErrorSummary title=crate::t::case::problem(l) errors/> });
    let view = view! {
        <p class="meta">{crate::t::case::of_office(l, case.reference.to_string(), &case.office_short)}</p>
        <h1>{t::letters_of(l)}</h1>
        <p><a href=links::case(reference.compact())>{case.title.clone()}</a></p>
        {summary}
        <div id="surat">{list(visit, case, &letters)}</div>
        {deeds(visit, &seen, &letters, &place, &refused, (wrong, misnamed))}
    };
    let about = Page::new(format!("{} {}", t::letters_of(l), case.reference)).in_office();
    let about = if refused.why.is_some() {
        about.wrong().status(StatusCode::CONFLICT)
    } else if is_wrong {
        about.wrong()
    } else {
        about
    };
    Ok(visit.page(about, shell(visit, Part::Cases, view.into_any(), None)))
}

/// The letters, the newest first.
fn list(visit: &Visit, case: &Case, letters: &[Told]) -> AnyView {
    let l = visit.locale;
    if letters.is_empty() {
        return view! { <p>{t::no_letter(l)}</p> }.into_any();
    }
    let place = links::letters(case.reference.compact());
    letters
        .iter()
        .rev()
        .map(|letter| {
            let file = format!("{place}/{}.pdf", letter.code.compact());
            let verify = links::verify(letter.code.compact());
            let got = case.erased_at.is_none().then(|| {
                view! { <a href=file>{t::letter_pdf(l, &letter.number)}</a>" · " }
            });
            view! {
                <section>
                    <h2>{letter.number.clone()}</h2>
                    <p>
                        <ui::Tag kind=words::kind(letter.state) text=words::state(l, letter.state)/>
                        " "{words::told(visit, letter)}
                    </p>
                    <p>{got}<a href=verify>{t::verify_page(l)}</a></p>
                </section>
            }
        })
        .collect_view()
        .into_any()
}

/// Issuing, or replacing and revoking the letter that holds.
fn deeds(
    visit: &Visit,
    seen: &OfficeView,
    letters: &[Told],
    place: &str,
    refused: &Refused,
    (wrong, misnamed): (Option<String>, Option<String>),
) -> AnyView {
    let l = visit.locale;
    let case = &seen.case;
    if case.erased_at.is_some() {
        return view! { <p>{t::erased(l)}</p> }.into_any();
    }
    let form = |inner: AnyView| {
        let (place, key) = (place.to_owned(), visit.service.chance().token());
        view! {
            <ui::Form action=place>
                <input type="hidden" name="kunci" value=key/>
                {inner}
            </ui::Form>
        }
    };
    let Some(holds) = letters.iter().find(|one| one.state == State::Valid) else {
        if case.outcome.is_none() {
            return view! { <p>{t::not_decided(l)}</p> }.into_any();
        }
        let inner = view! {
            <p>{t::issue_help(l)}</p>
            <ui::Buttons><ui::Button name="aksi" value="terbit">{t::issue(l)}</ui::Button></ui::Buttons>
        };
        return form(inner.into_any()).into_any();
    };
    let code = holds.code.compact();
    let of = |deed: &str| refused.fields.text("aksi") == deed;
    let typed = |deed: &str| {
        if of(deed) {
            refused.fields.string("alasan")
        } else {
            String::new()
        }
    };
    let name = if of("ganti") {
        refused.fields.string("nama")
    } else {
        seen.contact.name.clone()
    };
    let name = view! {
        <ui::TextInput id="nama" label=t::name(l) hint=t::name_hint(l) value=name error=misnamed autocomplete="off" maxlength=NAME/>
    };
    let deed = |deed: &'static str,
                own: Option<AnyView>,
                summary: &'static str,
                help: &'static str,
                button: &'static str,
                danger: bool| {
        let kind = if danger {
            ui::ButtonKind::Danger
        } else {
            ui::ButtonKind::Secondary
        };
        let inner = view! {
            <p>{help}</p>
            <input type="hidden" name="kode" value=code.clone()/>
            {own}
            <ui::TextArea
                id=format!("alasan-{deed}")
                name="alasan"
                label=t::reason(l)
                hint=t::reason_hint(l)
                value=typed(deed)
                error=wrong.clone().filter(|_| of(deed))
                rows=3
                maxlength=REASON
            />
            <ui::Buttons><ui::Button kind name="aksi" value=deed>{button}</ui::Button></ui::Buttons>
        };
        let open = of(deed);
        let form = form(inner.into_any());
        view! { <ui::Disclosure summary open>{form}</ui::Disclosure> }
    };
    view! {
        {deed("ganti", Some(name.into_any()), t::replace_title(l), t::replace_help(l), t::replace(l), false)}
        {deed("cabut", None, t::revoke_title(l), t::revoke_help(l), t::revoke(l), true)}
    }
    .into_any()
}

/// What the office's page of a case says of its letters: nothing before there is a decision.
pub(crate) fn desk(visit: &Visit, case: &Case, lines: &[Line]) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    let letters = told(lines);
    if letters.is_empty() && case.outcome.is_none() {
        return None;
    }
    let place = links::letters(case.reference.compact());
    let newest = letters.last().map(|letter| {
        let state = words::state(l, letter.state);
        view! { {letter.number.clone()}" "<ui::Tag kind=words::kind(letter.state) text=state/>" " }
    });
    let word = if letters.is_empty() {
        t::issue(l)
    } else {
        t::manage(l)
    };
    Some(view! {
        <section id="surat" data-fresh>
            <h2>{t::letters_of(l)}</h2>
            <p>{newest}<a href=place>{word}</a></p>
        </section>
    })
}
