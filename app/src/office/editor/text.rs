//! The policy text: import, preview of its clauses, new versions.

use axum::{
    extract::{Path, Request},
    response::Response,
};
use domain::{
    Problem,
    clause::{Change, TextDraft, cut::PREAMBLE},
};
use leptos::prelude::*;
use service::{Conflict, Error, clause::Preview};

use super::{Editor, Outcome, page};
use crate::{
    Answer, Said, Visit, links,
    office::{
        shell::{Tab, form, place},
        upload,
    },
    t::office as t,
};

/// `GET …/naskah`: the newest version, ready to be edited into the next one.
pub(in crate::office) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(&visit, &mut tx, &slug).await?;
    let source = service::clause::source(&mut tx, editor.hanging.versions.first()).await?;
    drop(tx);
    let draft = TextDraft {
        source,
        ..TextDraft::default()
    };
    Ok(draw(&visit, &editor, &draft, None, &Outcome::default()))
}

/// `POST …/naskah` (`aksi`: `pratinjau`, `simpan`, `buang`; `source` or the file `berkas`; `note`, `reason`, `edisi`).
pub(in crate::office) async fn send(
    visit: Visit,
    Path(slug): Path<String>,
    request: Request,
) -> Answer {
    // Permission before the first byte of a file is taken in.
    let mut tx = visit.service.read().await?;
    Editor::read(&visit, &mut tx, &slug).await?;
    drop(tx);
    let mut form = upload::Form::read(request).await?;
    let edition = form.fields.text("edisi").parse().unwrap_or(0);
    let (service, actor) = (&visit.service, &visit.actor);
    if form.fields.text("aksi") == "buang" {
        return match service::clause::remove_newest(service, actor, &slug, edition).await {
            Ok(()) => Ok(visit.go_saying(&place(&slug, "/naskah"), Said::Removed)),
            Err(error) => {
                let outcome = Outcome::of(&visit, error)?;
                again(&visit, &slug, &TextDraft::default(), outcome, false).await
            }
        };
    }
    let mut draft = TextDraft {
        source: form.fields.string("source"),
        note: form.fields.string("note"),
        reason: form.fields.string("reason"),
    };
    // A chosen file takes the place of what stands in the box, and is shown before anything is stored.
    let file = form.file("berkas");
    if let Some(file) = &file {
        match String::from_utf8(file.bytes.clone()) {
            Ok(text) if !text.contains('\0') => draft.source = text,
            _ => {
                let outcome =
                    Outcome::wrong(&visit, &domain::Invalid::one("source", Problem::Malformed));
                return again(&visit, &slug, &draft, outcome, false).await;
            }
        }
    }
    if file.is_some() || form.fields.text("aksi") != "simpan" {
        return again(&visit, &slug, &draft, Outcome::default(), true).await;
    }
    match service::clause::publish(service, actor, &slug, edition, &draft).await {
        Ok(_) => Ok(visit.go_saying(&place(&slug, "/naskah"), Said::Saved)),
        Err(error) => {
            let outcome = Outcome::of(&visit, error)?;
            again(&visit, &slug, &draft, outcome, true).await
        }
    }
}

async fn again(
    visit: &Visit,
    slug: &str,
    draft: &TextDraft,
    outcome: Outcome,
    preview: bool,
) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(visit, &mut tx, slug).await?;
    let id = &editor.sheet.consultation.id;
    let (preview, outcome) = if preview {
        match service::clause::preview(&mut tx, id, &draft.source).await {
            Ok(preview) => (Some(preview), outcome),
            Err(Error::Invalid(invalid)) => (None, Outcome::wrong(visit, &invalid)),
            Err(other) => return Err(other.into()),
        }
    } else {
        (None, outcome)
    };
    drop(tx);
    Ok(draw(visit, &editor, draft, preview, &outcome))
}

fn draw(
    visit: &Visit,
    editor: &Editor,
    draft: &TextDraft,
    preview: Option<Preview>,
    outcome: &Outcome,
) -> Response {
    let l = visit.locale;
    let at = |field: &str| outcome.wrong.at(field);
    let next = editor.hanging.versions.first().map_or(1, |v| v.number + 1);
    let explain = (next > 1).then(|| {
        view! {
            <ui::TextArea id="note" label=t::note(l) hint=t::note_hint(l) value=draft.note.clone() error=at("note") rows=3/>
            <ui::TextArea id="reason" label=t::reason(l) hint=t::text_reason_hint(l) value=draft.reason.clone() error=at("reason") rows=3/>
        }
    });
    let has_preview = preview.is_some();
    let preview = preview.map(|preview| cut(visit, editor, &preview));
    let stale = outcome.conflict == Some(Conflict::Stale);
    let writable = editor.is_writable();
    let inner = view! {
                <ui::FileUpload
                    id="berkas"
                    label=t::text_file(l)
                    marker=t::optional(l)
                    hint=t::text_file_hint(l)
                    accept=".md,.txt,text/markdown,text/plain"
                />
                <ui::TextArea
                    id="source"
                    label=t::source(l)
                    hint=t::source_hint(l)
                    value=draft.source.clone()
                    error=at("source")
                    rows=16
                    draft=format!("text:{}", editor.sheet.consultation.id)
                />
                {explain}
                <ui::Buttons>
                    <ui::Button
                        kind=if has_preview { ui::ButtonKind::Secondary } else { ui::ButtonKind::Primary }
                        name="aksi"
                        value="pratinjau"
                    >{t::see_clauses(l)}</ui::Button>
                    {has_preview.then(|| view! {
                        <ui::Button name="aksi" value="simpan" disabled=!writable>
                            {t::save_version(l, l.number(next))}
                        </ui::Button>
                    })}
                </ui::Buttons>
    };
    let form = form(
        place(editor.slug(), "/naskah"),
        Some(editor.edition()),
        true,
        inner.into_any(),
    );
    let view = view! {
        {versions(visit, editor)}
        {preview}
        <section>
            <h2>{if next == 1 { t::import(l).to_owned() } else { t::import_next(l, l.number(next)) }}</h2>
            <p>{t::import_help(l)}</p>
            {stale.then(|| view! { <p>{t::text_stale(l)}</p> })}
            {form}
        </section>
    };
    page(visit, editor, Tab::Text, outcome, view.into_any())
}

/// The stored versions, and the way back while nobody has read them.
fn versions(visit: &Visit, editor: &Editor) -> AnyView {
    let l = visit.locale;
    let versions = &editor.hanging.versions;
    if versions.is_empty() {
        return view! { <ui::EmptyState title=t::no_text(l)><p>{t::no_text_help(l)}</p></ui::EmptyState> }.into_any();
    }
    let items = versions
        .iter()
        .map(|version| {
            let title = t::version(l, l.number(version.number), version.clauses);
            let day = visit.zone().date(version.published_at, l);
            let note = if version.note.is_empty() {
                day
            } else {
                format!("{day}. {}", version.note)
            };
            ui::TimelineItem::new(title, note)
        })
        .collect();
    let is_draft = editor.sheet.consultation.published_at.is_none();
    let back = is_draft.then(|| {
        let inner = view! {
            <ui::Buttons>
                <ui::Button kind=ui::ButtonKind::Quiet name="aksi" value="buang">{t::remove_version(l)}</ui::Button>
            </ui::Buttons>
        };
        form(place(editor.slug(), "/naskah"), Some(editor.edition()), false, inner.into_any())
    });
    let read = (!is_draft).then(|| {
        view! { <p><a href=links::text(editor.slug())>{t::read_text(l)}</a></p> }
    });
    view! { <section><h2>{t::versions(l)}</h2><ui::Timeline items/>{read}{back}</section> }
        .into_any()
}

/// What the text would become: each clause with what happens to its comments.
fn cut(visit: &Visit, editor: &Editor, preview: &Preview) -> AnyView {
    let l = visit.locale;
    let count = i64::try_from(preview.clauses.len()).unwrap_or(i64::MAX);
    let clauses = preview
        .clauses
        .iter()
        .map(|clause| {
            let name = name(visit, &clause.cut.label, &clause.cut.heading);
            let chapter = (!clause.cut.chapter.is_empty())
                .then(|| view! { <p class="meta">{clause.cut.chapter.clone()}</p> });
            let fate = (preview.number > 1).then(|| {
                let from = clause.from.clone().unwrap_or_default();
                let (kind, text) = match clause.change {
                    Change::Same => (ui::TagKind::Neutral, t::fate_same(l).to_owned()),
                    Change::Reworded if from == clause.cut.label => {
                        (ui::TagKind::Time, t::fate_reworded(l).to_owned())
                    }
                    Change::Reworded => (ui::TagKind::Time, t::fate_reworded_from(l, from)),
                    Change::Moved => (ui::TagKind::Time, t::fate_moved(l, from)),
                    Change::New | Change::Gone => (ui::TagKind::Open, t::fate_new(l).to_owned()),
                };
                view! { <ui::Tag kind text/> }
            });
            view! {
                <li class="card">
                    {chapter}
                    <h3>{name}</h3>
                    {fate}
                    <ui::Prose html=clause.html.clone()/>
                </li>
            }
        })
        .collect_view();
    let gone = preview
        .gone
        .iter()
        .map(|clause| view! { <li>{name(visit, &clause.label, &clause.heading)}</li> })
        .collect_view();
    let gone = (!preview.gone.is_empty()).then(|| {
        view! { <h3>{t::gone(l)}</h3><p>{t::gone_help(l)}</p><ul>{gone}</ul> }
    });
    let note = (!editor.is_writable()).then(|| view! { <p>{t::no_more_changes(l)}</p> });
    view! {
        <section id="pratinjau-naskah">
            <h2>{t::clauses_found(l, count)}</h2>
            <p>{t::clauses_help(l)}</p>
            {note}
            {gone}
            <ol class="cards">{clauses}</ol>
        </section>
    }
    .into_any()
}

fn name(visit: &Visit, label: &str, heading: &str) -> String {
    let l = visit.locale;
    let number = if label == PREAMBLE {
        t::preamble(l).to_owned()
    } else {
        t::clause(l, label)
    };
    if heading.is_empty() {
        number
    } else {
        format!("{number}. {heading}")
    }
}
