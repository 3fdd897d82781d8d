//! A question: what is asked, how it is answered, when it is shown.

use axum::{extract::Path, response::Response};
use domain::{
    Invalid, Problem,
    form::{
        Class, Definition, Draft, Kind, Prefill, Question,
        edit::{Edit, KINDS, Place, kind_of_word, kind_word, question_of, question_typed},
    },
};
use leptos::prelude::*;
use service::form::Work;

use super::{
    condition,
    fields::{Form, typed},
    frame::{self, Changed, Outcome, Tab},
    place, words,
};
use crate::{Answer, Failure, Fields, Said, Visit, t::form_office as t};

mod settings;

/// `GET /kantor/formulir/{key}/pertanyaan/{tanya}`.
pub(super) async fn show(visit: Visit, Path((key, asked)): Path<(String, String)>) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let found = work.bundle.definition.question_by_key(&asked).cloned();
    let found = found.ok_or(Failure::NotFound)?;
    Ok(draw(
        &visit,
        &work,
        &found,
        &stored(&found),
        &Outcome::default(),
    ))
}

fn stored(question: &Question) -> Draft {
    let mut draft = question_typed(question);
    condition::put(&mut draft, "when.", question.when.as_ref());
    draft.put("jenis", kind_word(&question.kind));
    draft
}

/// `POST /kantor/formulir/{key}/pertanyaan/{tanya}`; `aksi` is `simpan`, `syarat` (when it is shown), `jenis` (another kind) or
/// `pindah` (to another page or group).
pub(super) async fn send(
    visit: Visit,
    Path((key, asked)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let sent = typed(&fields);
    let found = work.bundle.definition.question_by_key(&asked).cloned();
    let deed = fields.string("aksi");
    let edit = match &found {
        Some(found) => edit_of(&deed, &sent, found),
        None => Err(Invalid::one("place", Problem::Unknown)),
    };
    match frame::change(&visit, work, &fields, edit).await? {
        Changed::Done => {
            let own = match deed.as_str() {
                "syarat" | "jenis" | "pindah" => asked,
                _ => fields.text("key").trim().to_owned(),
            };
            let place = match deed.as_str() {
                "jenis" => place::editor(&key, &Place::Question(own)),
                _ => place::part(&key, &format!("/susunan#q-{own}")),
            };
            Ok(visit.go_saying(&place, Said::Saved))
        }
        Changed::Refused(work, outcome) => {
            let Some(found) = work.bundle.definition.question_by_key(&asked).cloned() else {
                return Ok(frame::gone(&visit, &work, &fields, &outcome));
            };
            // The forms that were not sent show what is stored.
            let mut shown = stored(&found);
            let is_own = |name: &str| match deed.as_str() {
                "syarat" => name.starts_with("when."),
                "jenis" | "pindah" => matches!(name, "jenis" | "ke"),
                _ => !name.starts_with("when.") && name != "jenis",
            };
            shown.values.retain(|name, _| !is_own(name));
            shown
                .values
                .extend(sent.values.into_iter().filter(|(name, _)| is_own(name)));
            Ok(draw(&visit, &work, &found, &shown, &outcome))
        }
    }
}

fn edit_of(deed: &str, sent: &Draft, found: &Question) -> Result<Edit, Invalid> {
    let key = found.key.clone();
    match deed {
        "syarat" => condition::read(sent, "when.", found.when.as_ref()).map(|when| Edit::When {
            place: Place::Question(key),
            when,
        }),
        "jenis" => {
            let kind = kind_of_word(sent.text("jenis"));
            let kind = kind.ok_or_else(|| Invalid::one("jenis", Problem::Missing))?;
            let mut question = found.clone();
            // The same kind keeps its settings.
            if kind_word(&question.kind) != kind_word(&kind) {
                question.kind = kind;
            }
            let question = Box::new(question);
            Ok(Edit::Question { key, question })
        }
        "pindah" => {
            let home = place::home_of_word(sent.text("ke"));
            let home = home.ok_or_else(|| Invalid::one("ke", Problem::Missing))?;
            Ok(Edit::MoveTo {
                question: key,
                home,
            })
        }
        _ => question_of(sent, found).map(|question| Edit::Question {
            key,
            question: Box::new(question),
        }),
    }
}

/// All kinds to choose from.
pub(super) fn kinds(l: domain::Locale) -> Vec<ui::Choosable> {
    KINDS
        .into_iter()
        .chain(["group"])
        .map(|word| ui::Choosable::new(word, words::kind(l, word)))
        .collect()
}

/// The pages and groups to which a question can go.
fn homes(l: domain::Locale, definition: &Definition, own: &str) -> Vec<ui::Choosable> {
    let mut homes = Vec::new();
    for page in &definition.pages {
        let label = t::the_page(l, words::name(l, &page.title));
        homes.push(ui::Choosable::new(format!("page:{}", page.key), label));
    }
    for (question, _) in definition.each_question() {
        if matches!(question.kind, Kind::Group { .. }) && question.key != own {
            let label = t::the_group(l, words::name(l, &question.label));
            homes.push(ui::Choosable::new(format!("group:{}", question.key), label));
        }
    }
    homes
}

fn draw(
    visit: &Visit,
    work: &Work,
    question: &Question,
    typed: &Draft,
    outcome: &Outcome,
) -> Response {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let form = Form { l, typed, outcome };
    let action = place::editor(&work.key, &Place::Question(question.key.clone()));
    let is_group = matches!(question.kind, Kind::Group { .. });
    let is_asked = !matches!(question.kind, Kind::Calculated { .. });
    let label = match question.kind {
        Kind::Declaration => t::declaration(l),
        Kind::Calculated { .. } | Kind::Group { .. } => t::title(l),
        _ => t::label(l),
    };
    let class = (!is_group).then(|| {
        let classes = [
            ("none", Class::None),
            ("general", Class::General),
            ("specific", Class::Specific),
        ]
        .map(|(word, of)| ui::Choosable::new(word, words::class(l, Some(of))));
        form.choose(
            "class",
            t::class(l),
            classes.to_vec(),
            t::class_unset(l),
            t::class_hint(l),
        )
    });
    let prefill = matches!(
        question.kind,
        Kind::Short { .. }
            | Kind::Email
            | Kind::Phone
            | Kind::Address { .. }
            | Kind::Nik
            | Kind::Kk
    )
    .then(|| {
        let all = [
            ("name", Prefill::Name),
            ("email", Prefill::Email),
            ("phone", Prefill::Phone),
            ("home", Prefill::Home),
            ("nik", Prefill::Nik),
            ("kk", Prefill::Kk),
        ]
        .map(|(word, of)| ui::Choosable::new(word, words::prefill(l, Some(of))));
        form.choose(
            "prefill",
            t::prefill(l),
            all.to_vec(),
            t::prefill_none(l),
            "",
        )
    });
    let optional = (is_asked && !matches!(question.kind, Kind::Declaration))
        .then(|| form.tick("is_optional", t::may_be_empty_tick(l), ""));
    let settings = settings::fields(&form, definition, &question.kind);
    let inner = view! {
        {form.both("label", label, "", matches!(question.kind, Kind::Declaration))}
        {is_asked.then(|| form.both("help", t::hint(l), "", false))}
        {settings}
        {optional}
        {class}
        {prefill}
        {form.line("key", t::key(l), t::question_key_hint(l))}
        <ui::Buttons><ui::Button name="aksi" value="simpan">{t::save(l)}</ui::Button></ui::Buttons>
    };
    let own = frame::form(action.clone(), work, inner.into_any());
    let known = definition.known_before(&question.key);
    let rows = condition::rows(&form, definition, &known, "when.", question.when.as_ref());
    let inner = view! {
        {rows}
        <ui::Buttons>
            <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="syarat">{t::save_condition(l)}</ui::Button>
        </ui::Buttons>
    };
    let when = frame::form(action.clone(), work, inner.into_any());
    let inner = view! {
        {form.choose("jenis", t::kind(l), kinds(l), "", t::kind_hint(l))}
        <ui::Buttons>
            <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="jenis">{t::change_kind(l)}</ui::Button>
        </ui::Buttons>
    };
    let kind = frame::form(action.clone(), work, inner.into_any());
    let inner = view! {
        {form.choose("ke", t::move_to(l), homes(l, definition, &question.key), t::choose(l), "")}
        <ui::Buttons>
            <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="pindah">{t::do_move(l)}</ui::Button>
        </ui::Buttons>
    };
    let home = frame::form(action, work, inner.into_any());
    let title = t::the_question(l, words::name(l, &question.label));
    let kind_now = words::kind(l, kind_word(&question.kind));
    let view = view! {
        <p class="meta">{kind_now}</p>
        <div class="column">{own}</div>
        <h2 id="syarat">{t::shown_when(l)}</h2>
        <p class="hint">{t::shown_when_help(l)}</p>
        {when}
        <h2>{t::kind_and_place(l)}</h2>
        <div class="column">{kind}{home}</div>
    };
    frame::draw(
        visit,
        work,
        Tab::Outline,
        Some(title),
        outcome,
        view.into_any(),
    )
}
