//! `/kantor/templat-surat`: how letters are written, for all services or for one.

use axum::{extract::RawQuery, http::StatusCode};
use domain::{
    Invalid, Problem,
    document::{Blank, LIMITS, Template, Unfit},
};
use leptos::prelude::*;
use service::{
    Conflict, Error,
    document::{Edition, Scope, Templates},
};

use super::{own::PDF, words};
use crate::{
    Answer, Fields, Page, Said, Visit,
    file::private,
    links,
    office::{Part, shell},
    problem::sentence,
    t::document as t,
};

/// What was typed and not taken.
#[derive(Clone, Debug)]
struct Refused {
    typed: Template,
    invalid: Invalid,
    is_stale: bool,
}

/// `GET /kantor/templat-surat?layanan=&versi=`: an older version is shown to be taken up again.
pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let fields = Fields::of_query(query.as_deref());
    page(&visit, &scope_of(&fields), fields.text("versi"), None).await
}

/// `POST /kantor/templat-surat`: `aksi=simpan|contoh`; `edisi` is the version that the page showed.
pub(super) async fn send(visit: Visit, fields: Fields) -> Answer {
    visit.actor.may_administer()?;
    let (scope, typed) = (scope_of(&fields), template_of(&fields));
    if fields.text("aksi") == "contoh" {
        return sample(&visit, &scope, typed).await;
    }
    let seen = fields.text("edisi").parse().unwrap_or(0);
    let done =
        service::document::save_template(&visit.service, &visit.actor, &scope, &typed, seen).await;
    let refused = match done {
        Ok(_) => return Ok(visit.go_saying(&address(&scope), Said::Saved)),
        Err(Error::Invalid(invalid)) => Refused {
            typed,
            invalid,
            is_stale: false,
        },
        Err(Error::Conflict(Conflict::Stale)) => Refused {
            typed,
            invalid: Invalid::default(),
            is_stale: true,
        },
        Err(other) => return Err(other.into()),
    };
    page(&visit, &scope, "", Some(refused)).await
}

/// A letter of what was typed, with made-up values.
async fn sample(visit: &Visit, scope: &Scope, typed: Template) -> Answer {
    let mut tx = visit.service.read().await?;
    let keys = service::document::form_keys(&mut tx, scope).await?;
    drop(tx);
    let checked = match typed.check(|key| keys.iter().any(|own| own == key)) {
        Ok(checked) => checked,
        Err(invalid) => {
            let refused = Refused {
                typed,
                invalid,
                is_stale: false,
            };
            return page(visit, scope, "", Some(refused)).await;
        }
    };
    let verify_at = format!("{}{}", visit.base, links::VERIFY);
    let pdf = service::document::sample(&visit.service, &visit.actor, &checked, &verify_at).await?;
    private(t::sample_file(visit.locale), PDF, pdf)
}

fn scope_of(fields: &Fields) -> Scope {
    Some(fields.string("layanan")).filter(|word| !word.is_empty())
}

fn template_of(fields: &Fields) -> Template {
    Template {
        matter: fields.string("kode"),
        office: fields.string("kode_kantor"),
        letterhead: fields.string("kop"),
        title: fields.string("judul"),
        opening: fields.string("pembuka"),
        body: fields.string("isi"),
        closing: fields.string("penutup"),
        place: fields.string("tempat"),
        post: fields.string("jabatan"),
        signer: fields.string("penanda_tangan"),
    }
}

/// The name of a field in the form.
fn name_of(field: &str) -> &'static str {
    match field {
        "matter" => "kode",
        "office" => "kode_kantor",
        "letterhead" => "kop",
        "title" => "judul",
        "opening" => "pembuka",
        "body" => "isi",
        "closing" => "penutup",
        "place" => "tempat",
        "post" => "jabatan",
        _ => "penanda_tangan",
    }
}

fn label_of(l: domain::Locale, field: &str) -> &'static str {
    match field {
        "matter" => t::f_matter(l),
        "office" => t::f_office(l),
        "letterhead" => t::f_letterhead(l),
        "title" => t::f_title(l),
        "opening" => t::f_opening(l),
        "body" => t::f_body(l),
        "closing" => t::f_closing(l),
        "place" => t::f_place(l),
        "post" => t::f_post(l),
        _ => t::f_signer(l),
    }
}

fn address(scope: &Scope) -> String {
    match scope {
        Some(word) => format!(
            "{}?layanan={}",
            links::LETTER_TEMPLATES,
            links::encode(word)
        ),
        None => links::LETTER_TEMPLATES.to_owned(),
    }
}

/// What is wrong with a field, in a sentence that names the blank.
fn wrong(visit: &Visit, refused: &Refused, keys: &[String], field: &str) -> Option<String> {
    let l = visit.locale;
    let problem = refused.invalid.of(field)?;
    let label = label_of(l, field);
    let is_asked = |key: &str| keys.iter().any(|own| own == key);
    Some(match problem {
        Problem::Unknown | Problem::Malformed if !["matter", "office"].contains(&field) => {
            match refused.typed.unfit(field, is_asked) {
                Some(Unfit::Unknown(word)) => t::unknown_blank(l, label, word),
                _ => t::open_blank(l, label),
            }
        }
        other => sentence(l, label, other),
    })
}

async fn page(visit: &Visit, scope: &Scope, version: &str, refused: Option<Refused>) -> Answer {
    let l = visit.locale;
    visit.actor.may_administer()?;
    let mut tx = visit.service.read().await?;
    let there = service::document::templates(&mut tx, &visit.actor, scope).await?;
    let services = service::form::list(&mut tx).await?;
    drop(tx);
    let picked = version.parse::<i64>().ok();
    let picked = picked.and_then(|number| there.editions.iter().find(|e| e.version == number));
    let (is_wrong, is_stale) = refused
        .as_ref()
        .map_or((false, false), |one| (true, one.is_stale));
    let says = |field: &str| {
        let refused = refused.as_ref()?;
        wrong(visit, refused, &there.keys, field)
    };
    let fields = ["matter", "office"]
        .into_iter()
        .chain(LIMITS.iter().map(|limits| limits.field));
    let errors: Vec<ui::ErrorItem> = fields
        .filter_map(|field| Some(ui::ErrorItem::new(name_of(field), says(field)?)))
        .chain(is_stale.then(|| ui::ErrorItem::new("versi", t::template_stale(l))))
        .collect();
    let summary = is_wrong.then(|| view! { <ui::ErrorSummary title=t::problem(l) errors/> });
    let shown = match (&refused, picked) {
        (Some(refused), _) => &refused.typed,
        (None, Some(edition)) => &edition.template,
        (None, None) => &there.template,
    };
    let tabs = std::iter::once((None, t::all_services(l).to_owned()))
        .chain(services.into_iter().map(|(one, _)| {
            let title = match l {
                domain::Locale::Id => one.title_id,
                domain::Locale::En => one.title_en,
            };
            (Some(one.form_key), title)
        }))
        .map(|(of, title)| ui::TabItem::new(address(&of), title, of == *scope))
        .collect();
    let inherited = (scope.is_some() && there.version == 0)
        .then(|| view! { <ui::Notice>{t::inherited(l)}</ui::Notice> });
    let view = view! {
        <h1>{t::templates(l)}</h1>
        <ui::Lead text=t::templates_lead(l)/>
        {summary}
        <ui::Tabs label=t::services(l) items=tabs/>
        {inherited}
        {blanks(l, &there.keys)}
        {form(visit, scope, &there, shown, &says)}
        {editions(visit, scope, &there.editions)}
    };
    let about = Page::new(t::templates(l)).in_office();
    let about = match (is_wrong, is_stale) {
        (true, true) => about.wrong().status(StatusCode::CONFLICT),
        (true, false) => about.wrong(),
        (false, _) => about,
    };
    Ok(visit.page(about, shell(visit, Part::Letters, view.into_any(), None)))
}

/// What may stand in braces.
fn blanks(l: domain::Locale, keys: &[String]) -> impl IntoView + use<> {
    let braced = |word: &str| format!("{{{{{word}}}}}");
    let own: Vec<String> = Blank::ALL.iter().map(|(_, word)| braced(word)).collect();
    let answers: Vec<String> = keys
        .iter()
        .map(|key| braced(&format!("jawaban.{key}")))
        .collect();
    let answers = (!answers.is_empty()).then(|| {
        view! { <p>{t::blanks_answers(l)}</p><p class="as-typed">{answers.join("  ")}</p> }
    });
    view! {
        <ui::Disclosure summary=t::blanks(l)>
            <p>{t::blanks_help(l)}</p>
            <p class="as-typed">{own.join("  ")}</p>
            {answers}
        </ui::Disclosure>
    }
}

fn form(
    visit: &Visit,
    scope: &Scope,
    there: &Templates,
    shown: &Template,
    says: &dyn Fn(&str) -> Option<String>,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let most = |field: &str| {
        let limits = LIMITS.iter().find(|limits| limits.field == field);
        limits.map_or(20, |limits| limits.max)
    };
    let line = |field: &'static str, hint: &'static str| {
        view! {
            <ui::TextInput
                id=name_of(field)
                label=label_of(l, field)
                hint
                value=shown.get(field).to_owned()
                error=says(field)
                maxlength=most(field)
            />
        }
        .into_any()
    };
    let area = |field: &'static str, hint: &'static str, rows: u32| {
        view! {
            <ui::TextArea
                id=name_of(field)
                label=label_of(l, field)
                hint
                value=shown.get(field).to_owned()
                error=says(field)
                rows
                maxlength=most(field)
            />
        }
        .into_any()
    };
    // Drawn before the form: what a form holds is drawn by whoever owns it.
    let fields = [
        line("matter", t::f_matter_hint(l)),
        line("office", t::f_office_hint(l)),
        area("letterhead", t::f_letterhead_hint(l), 3),
        line("title", ""),
        area("opening", "", 5),
        area("body", t::f_body_hint(l), 10),
        area("closing", "", 5),
        line("place", t::f_place_hint(l)),
        area("post", t::f_post_hint(l), 2),
        line("signer", ""),
    ]
    .collect_view();
    let (scope, seen) = (scope.clone().unwrap_or_default(), there.version.to_string());
    view! {
        <ui::Form action=links::LETTER_TEMPLATES>
            <input type="hidden" name="layanan" value=scope/>
            <input type="hidden" name="edisi" value=seen/>
            {fields}
            <ui::Buttons>
                <ui::Button name="aksi" value="simpan">{t::save(l)}</ui::Button>
                <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="contoh">{t::sample(l)}</ui::Button>
            </ui::Buttons>
        </ui::Form>
    }
}

/// The versions: each can be taken up again.
fn editions(visit: &Visit, scope: &Scope, editions: &[Edition]) -> impl IntoView + use<> {
    let l = visit.locale;
    let items: Vec<ui::LinkItem> = editions
        .iter()
        .map(|edition| {
            let address = address(scope);
            let join = if address.contains('?') { '&' } else { '?' };
            let place = format!("{address}{join}versi={}", edition.version);
            let by = edition.by.clone().unwrap_or_default();
            let note = t::edition_note(l, words::moment(visit, edition.at), by);
            ui::LinkItem::new(place, t::edition(l, edition.version.to_string())).note(note)
        })
        .collect();
    let list = if items.is_empty() {
        view! { <p>{t::no_edition(l)}</p> }.into_any()
    } else {
        view! { <ui::LinkList items/> }.into_any()
    };
    view! {
        <section id="versi">
            <h2>{t::editions(l)}</h2>
            {list}
        </section>
    }
}
