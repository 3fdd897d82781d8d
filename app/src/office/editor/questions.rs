//! The questions of a ballot: add, edit, put in order, take away; until it opens.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    QuestionId,
    ballot::{Question, QuestionKind},
    consultation::{OPTIONS, Phase, QuestionDraft},
};
use leptos::prelude::*;
use service::consultation::Deed;

use super::{Editor, Outcome, page};
use crate::{
    Answer, Fields, Said, Visit,
    office::shell::{Tab, form, place},
    t::office as t,
};

/// What is being typed: a new question, or another text for one that is there.
#[derive(Default)]
struct Typed {
    id: Option<QuestionId>,
    draft: QuestionDraft,
}

/// `GET …/pertanyaan?ubah=ID`.
pub(in crate::office) async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(&visit, &mut tx, &slug).await?;
    drop(tx);
    let fields = Fields::of_query(query.as_deref());
    let chosen = editor
        .hanging
        .questions
        .iter()
        .find(|q| q.id.as_str() == fields.text("ubah"));
    let typed = chosen.map_or_else(Typed::default, |question| Typed {
        id: Some(question.id.clone()),
        draft: QuestionDraft::of(question),
    });
    Ok(draw(&visit, &editor, &typed, &Outcome::default()))
}

/// `POST …/pertanyaan` (`aksi`: `tambah`, `ubah`, `naik`, `buang`; `id`; the fields of a question; `edisi`).
pub(in crate::office) async fn send(
    visit: Visit,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let id = QuestionId::new(fields.text("id"));
    let draft = QuestionDraft {
        kind: fields.string("kind"),
        title: fields.string("title"),
        help: fields.string("help"),
        options: fields.string("options"),
        max_choices: fields.string("max_choices"),
    };
    let (deed, said) = match fields.text("aksi") {
        "ubah" => (Deed::Edit(id.clone(), draft.clone()), Said::Saved),
        "naik" => (Deed::Up(id.clone()), Said::Saved),
        "buang" => (Deed::Remove(id.clone()), Said::Removed),
        _ => (Deed::Add(draft.clone()), Said::Saved),
    };
    let changes = matches!(deed, Deed::Edit(..));
    let edition = fields.text("edisi").parse().unwrap_or(0);
    match service::consultation::question(&visit.service, &visit.actor, &slug, edition, deed).await
    {
        Ok(()) => Ok(visit.go_saying(&place(&slug, "/pertanyaan"), said)),
        Err(error) => {
            let outcome = Outcome::of(&visit, error)?;
            let mut tx = visit.service.read().await?;
            let editor = Editor::read(&visit, &mut tx, &slug).await?;
            drop(tx);
            let typed = Typed {
                id: changes.then_some(id),
                draft,
            };
            Ok(draw(&visit, &editor, &typed, &outcome))
        }
    }
}

fn draw(visit: &Visit, editor: &Editor, typed: &Typed, outcome: &Outcome) -> Response {
    let l = visit.locale;
    let can_change = editor.phase < Phase::Open;
    let questions = &editor.hanging.questions;
    let list = if questions.is_empty() {
        view! { <ui::EmptyState title=t::no_questions(l)><p>{t::no_questions_help(l)}</p></ui::EmptyState> }.into_any()
    } else {
        let items = questions
            .iter()
            .enumerate()
            .map(|(n, question)| item(visit, editor, question, n == 0, can_change))
            .collect_view();
        view! { <ol class="cards" id="daftar">{items}</ol> }.into_any()
    };
    let form = if can_change {
        editing(visit, editor, typed, outcome)
    } else {
        view! { <p>{t::questions_fixed(l)}</p> }.into_any()
    };
    page(
        visit,
        editor,
        Tab::Questions,
        outcome,
        view! { {list} {form} }.into_any(),
    )
}

fn item(
    visit: &Visit,
    editor: &Editor,
    question: &Question,
    first: bool,
    can_change: bool,
) -> AnyView {
    let l = visit.locale;
    let kind = kind(visit, question.kind).0;
    let most = (question.kind == QuestionKind::Many).then(|| t::at_most(l, question.max_choices));
    let options = question
        .options
        .iter()
        .map(|o| view! { <li>{o.label.clone()}</li> })
        .collect_view();
    let options = (!question.options.is_empty()).then(|| view! { <ul>{options}</ul> });
    let help =
        (!question.help.is_empty()).then(|| view! { <p class="hint">{question.help.clone()}</p> });
    let action = place(editor.slug(), "/pertanyaan");
    let number = l.number(question.position);
    let label_of = (
        t::edit_question(l, &number),
        t::move_up_question(l, &number),
        t::remove_question(l, &number),
    );
    let edition = editor.edition().to_string();
    let facts: Vec<String> = std::iter::once(kind.to_owned()).chain(most).collect();
    let title = format!("{number}. {}", question.title);
    let edit = format!("{action}?ubah={}#title", question.id);
    let id = question.id.to_string();
    let buttons = can_change.then(|| {
        let (to_edit, to_move, to_remove) = label_of;
        view! {
            <form method="post" action=action>
                <input type="hidden" name="edisi" value=edition/>
                <input type="hidden" name="id" value=id/>
                <ui::Buttons>
                    <ui::Button kind=ui::ButtonKind::Quiet href=edit label=to_edit>{t::edit(l)}</ui::Button>
                    {(!first).then(|| view! {
                        <ui::Button kind=ui::ButtonKind::Quiet name="aksi" value="naik" label=to_move>
                            {t::move_up(l)}
                        </ui::Button>
                    })}
                    <ui::Button kind=ui::ButtonKind::Quiet name="aksi" value="buang" label=to_remove>
                        {t::remove(l)}
                    </ui::Button>
                </ui::Buttons>
            </form>
        }
    });
    view! {
        <li class="card">
            <h2 class="h3">{title}</h2>
            {help}
            {options}
            <ui::Facts items=facts/>
            {buttons}
        </li>
    }
    .into_any()
}

fn kind(visit: &Visit, kind: QuestionKind) -> (&'static str, &'static str) {
    let l = visit.locale;
    match kind {
        QuestionKind::Position => (t::kind_position(l), t::kind_position_hint(l)),
        QuestionKind::One => (t::kind_one(l), t::kind_one_hint(l)),
        QuestionKind::Many => (t::kind_many(l), t::kind_many_hint(l)),
    }
}

fn editing(visit: &Visit, editor: &Editor, typed: &Typed, outcome: &Outcome) -> AnyView {
    let l = visit.locale;
    let at = |field: &str| outcome.wrong.at(field);
    let draft = &typed.draft;
    let kinds = QuestionKind::ALL
        .into_iter()
        .map(|of| {
            let (label, hint) = kind(visit, of);
            ui::Choosable::new(of.word(), label).hint(hint)
        })
        .collect();
    let value = if draft.kind.is_empty() {
        QuestionKind::Position.word()
    } else {
        draft.kind.as_str()
    };
    let (heading, action, button) = match &typed.id {
        Some(_) => (t::change_question(l), "ubah", t::save(l)),
        None => (t::add_question(l), "tambah", t::add_question(l)),
    };
    let id = typed.id.as_ref().map(ToString::to_string);
    let back = id.is_some().then(|| {
        let href = place(editor.slug(), "/pertanyaan");
        view! { <ui::Button kind=ui::ButtonKind::Quiet href>{t::cancel(l)}</ui::Button> }
    });
    let id = id.map(|id| view! { <input type="hidden" name="id" value=id/> });
    let inner = view! {
                {id}
                <ui::TextInput
                    id="title"
                    label=t::question(l)
                    hint=t::question_hint(l)
                    value=draft.title.clone()
                    error=at("title")
                    maxlength=400
                />
                <ui::TextInput
                    id="help"
                    label=t::help(l)
                    marker=t::optional(l)
                    value=draft.help.clone()
                    error=at("help")
                    maxlength=800
                />
                <ui::Radios id="kind" legend=t::kind(l) items=kinds value error=at("kind")/>
                <ui::TextArea
                    id="options"
                    label=t::options(l)
                    hint=t::options_hint(l, i64::try_from(OPTIONS).unwrap_or(i64::MAX))
                    value=draft.options.clone()
                    error=at("options")
                    rows=5
                />
                <ui::TextInput
                    id="max_choices"
                    label=t::max_choices(l)
                    hint=t::max_choices_hint(l)
                    value=draft.max_choices.clone()
                    error=at("max_choices")
                    inputmode="numeric"
                    short=true
                />
                <ui::Buttons><ui::Button name="aksi" value=action>{button}</ui::Button>{back}</ui::Buttons>
    };
    let form = form(
        place(editor.slug(), "/pertanyaan"),
        Some(editor.edition()),
        false,
        inner.into_any(),
    );
    view! { <section><h2>{heading}</h2>{form}</section> }.into_any()
}
