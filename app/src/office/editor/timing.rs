//! Opening and closing, what people see and do, publishing, extending, closing early.

use axum::{extract::Path, response::Response};
use domain::consultation::{CountsShown, Draft, ExtensionDraft, Phase};
use leptos::prelude::*;
use service::Error;

use super::{Editor, Outcome, collision, page};
use crate::{
    Answer, Fields, Said, Visit, links,
    office::{
        shell::{Tab, form, place},
        words,
    },
    t::office as t,
};

/// What was typed into the forms of this page.
#[derive(Default)]
struct Typed {
    draft: Option<Draft>,
    extension: ExtensionDraft,
    closing: String,
    /// Which form was refused.
    form: Of,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Of {
    #[default]
    Timing,
    Extension,
    Closing,
}

/// `GET …/waktu`.
pub(in crate::office) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    again(&visit, &slug, Typed::default(), Outcome::default()).await
}

/// `POST …/waktu`: saves times and choices.
pub(in crate::office) async fn send(
    visit: Visit,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(&visit, &mut tx, &slug).await?;
    drop(tx);
    let stored = editor.stored(&visit);
    let fixed = |name: &str, stored: &str| {
        if fields.has(name) {
            fields.string(name)
        } else {
            stored.to_owned()
        }
    };
    let draft = Draft {
        slug: fixed("slug", &stored.slug),
        opens_at: fixed("opens_at", &stored.opens_at),
        closes_at: fixed("closes_at", &stored.closes_at),
        counts_shown: fixed("counts_shown", &stored.counts_shown),
        comments_open: fields.has("comments_open"),
        statements_open: fields.has("statements_open"),
        ..stored
    };
    let edition = edition(&fields);
    let saved = service::consultation::save(
        &visit.service,
        &visit.actor,
        &slug,
        edition,
        &draft,
        visit.zone(),
    )
    .await;
    match saved {
        Ok(slug) => Ok(visit.go_saying(&place(&slug, "/waktu"), Said::Saved)),
        Err(error) => {
            let outcome = Outcome::of(&visit, error)?;
            let typed = Typed {
                draft: Some(draft),
                ..Typed::default()
            };
            again(&visit, &slug, typed, outcome).await
        }
    }
}

/// `POST …/terbit`: publishes.
pub(in crate::office) async fn publish(
    visit: Visit,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let done =
        service::consultation::publish(&visit.service, &visit.actor, &slug, edition(&fields)).await;
    match done {
        Ok(()) => Ok(visit.go_saying(&links::consultation(&slug), Said::Published)),
        Err(error) => refused(&visit, &slug, Typed::default(), error).await,
    }
}

/// `POST …/perpanjang` (`closes_at`, `reason`): closes later.
pub(in crate::office) async fn extend(
    visit: Visit,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let extension = ExtensionDraft {
        closes_at: fields.string("closes_at"),
        reason: fields.string("reason"),
    };
    let (service, actor) = (&visit.service, &visit.actor);
    let done = service::consultation::extend(
        service,
        actor,
        &slug,
        edition(&fields),
        &extension,
        visit.zone(),
    )
    .await;
    match done {
        Ok(()) => Ok(visit.go_saying(&place(&slug, "/waktu"), Said::Saved)),
        Err(error) => {
            let typed = Typed {
                extension,
                form: Of::Extension,
                ..Typed::default()
            };
            refused(&visit, &slug, typed, error).await
        }
    }
}

/// `POST …/tutup` (`reason`): closes now.
pub(in crate::office) async fn close(
    visit: Visit,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let closing = fields.string("reason");
    let (service, actor) = (&visit.service, &visit.actor);
    let done =
        service::consultation::close_early(service, actor, &slug, edition(&fields), &closing).await;
    match done {
        Ok(()) => Ok(visit.go_saying(&place(&slug, "/waktu"), Said::Saved)),
        Err(error) => {
            let typed = Typed {
                closing,
                form: Of::Closing,
                ..Typed::default()
            };
            refused(&visit, &slug, typed, error).await
        }
    }
}

/// `POST …/tautan-pratinjau`: a new secret; the old link leads nowhere.
pub(in crate::office) async fn renew_link(visit: Visit, Path(slug): Path<String>) -> Answer {
    service::consultation::renew_preview(&visit.service, &visit.actor, &slug).await?;
    Ok(visit.go_saying(&place(&slug, "/waktu"), Said::Saved))
}

fn edition(fields: &Fields) -> i64 {
    fields.text("edisi").parse().unwrap_or(0)
}

async fn refused(visit: &Visit, slug: &str, typed: Typed, error: Error) -> Answer {
    let outcome = Outcome::of(visit, error)?;
    again(visit, slug, typed, outcome).await
}

async fn again(visit: &Visit, slug: &str, typed: Typed, outcome: Outcome) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(visit, &mut tx, slug).await?;
    drop(tx);
    Ok(draw(visit, &editor, typed, &outcome))
}

fn draw(visit: &Visit, editor: &Editor, typed: Typed, outcome: &Outcome) -> Response {
    let l = visit.locale;
    let public_parts = match editor.phase {
        Phase::Draft => {
            view! { {publishing(visit, editor)} {preview_link(visit, editor)} }.into_any()
        }
        Phase::Announced | Phase::Open => view! {
            {extension(visit, editor, &typed, outcome)}
            {(editor.phase == Phase::Open).then(|| closing(visit, editor, &typed, outcome))}
        }
        .into_any(),
        Phase::Closed | Phase::Answered => view! {
            <p><a href=place(editor.slug(), "/jawaban")>{t::to_answer(l)}</a></p>
        }
        .into_any(),
    };
    let stored = editor.stored(visit);
    let draft = typed.draft.as_ref().unwrap_or(&stored);
    let clash = typed
        .draft
        .as_ref()
        .and_then(|draft| collision(visit, outcome, &stored, draft));
    let mine = if typed.form == Of::Timing {
        Some(outcome)
    } else {
        None
    };
    let view = view! {
        {clash}
        {timing(visit, editor, draft, mine)}
        {public_parts}
    };
    page(visit, editor, Tab::Timing, outcome, view.into_any())
}

fn timing(visit: &Visit, editor: &Editor, draft: &Draft, outcome: Option<&Outcome>) -> AnyView {
    let l = visit.locale;
    let at = |field: &str| outcome.and_then(|o| o.wrong.at(field));
    let zone = visit.zone().name.clone();
    let is_draft = editor.phase == Phase::Draft;
    let before_open = editor.phase < Phase::Open;
    let slug = is_draft.then(|| {
        view! {
            <ui::TextInput
                id="slug"
                label=t::slug(l)
                hint=t::slug_hint(l)
                prefix="/konsultasi/"
                value=draft.slug.clone()
                error=at("slug")
                spellcheck=false
                maxlength=100
            />
        }
    });
    let opens = before_open.then(|| {
        view! {
            <ui::DateTimeInput
                id="opens_at"
                label=t::opens_at(l)
                hint=t::moment_hint(l)
                value=draft.opens_at.clone()
                error=at("opens_at")
                zone=zone.clone()
            />
        }
    });
    let closes = is_draft.then(|| {
        view! {
            <ui::DateTimeInput
                id="closes_at"
                label=t::closes_at(l)
                hint=t::closes_hint(l)
                value=draft.closes_at.clone()
                error=at("closes_at")
                zone=zone.clone()
            />
        }
    });
    let counts = before_open.then(|| {
        let items = CountsShown::ALL
            .into_iter()
            .map(|shown| {
                let (label, hint) = words::counts(l, shown);
                ui::Choosable::new(shown.word(), label).hint(hint)
            })
            .collect();
        view! {
            <ui::Radios
                id="counts_shown"
                legend=t::counts_shown(l)
                hint=t::counts_hint(l)
                items
                value=draft.counts_shown.clone()
                error=at("counts_shown")
            />
        }
    });
    let writable = editor.is_writable();
    let button = if is_draft && editor.missing.is_empty() {
        ui::ButtonKind::Secondary
    } else {
        ui::ButtonKind::Primary
    };
    let inner = view! {
            {slug} {opens} {closes} {counts}
            <ui::Checkbox
                id="comments_open"
                label=t::comments_open(l)
                checked=draft.comments_open
                error=at("comments_open")
            />
            <ui::Checkbox id="statements_open" label=t::statements_open(l) checked=draft.statements_open/>
            <ui::Buttons><ui::Button disabled=!writable kind=button>{t::save(l)}</ui::Button></ui::Buttons>
    };
    form(
        place(editor.slug(), "/waktu"),
        Some(editor.edition()),
        false,
        inner.into_any(),
    )
}

/// The button that makes it public, once nothing is missing.
fn publishing(visit: &Visit, editor: &Editor) -> AnyView {
    let l = visit.locale;
    let c = &editor.sheet.consultation;
    if !editor.missing.is_empty() {
        let items = editor
            .missing
            .iter()
            .map(|missing| {
                let (text, href) = words::missing(l, editor.slug(), missing);
                view! { <li><a href=href>{text}</a></li> }
            })
            .collect_view();
        return view! {
            <section id="terbit"><h2>{t::publish(l)}</h2><p>{t::publish_missing(l)}</p><ul class="checks">{items}</ul></section>
        }
        .into_any();
    }
    let opens = c.opens_at.filter(|at| *at > visit.now);
    let effect = match opens {
        Some(at) => t::publish_announces(l, words::moment(visit, at)),
        None => t::publish_opens(l, words::maybe_moment(visit, c.closes_at)),
    };
    let inner = view! { <ui::Buttons><ui::Button>{t::publish_now(l)}</ui::Button></ui::Buttons> };
    let form = form(
        place(editor.slug(), "/terbit"),
        Some(editor.edition()),
        false,
        inner.into_any(),
    );
    view! {
        <section id="terbit">
            <h2>{t::publish(l)}</h2>
            <p>{effect}</p>
            <p>{t::publish_fixed(l)}</p>
            {form}
        </section>
    }
    .into_any()
}

fn preview_link(visit: &Visit, editor: &Editor) -> AnyView {
    let l = visit.locale;
    let path = format!(
        "{}/pratinjau/{}",
        links::consultation(editor.slug()),
        editor.sheet.preview_token
    );
    let link = format!("{}{path}", visit.base);
    let inner = view! {
        <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::renew(l)}</ui::Button></ui::Buttons>
    };
    let form = form(
        place(editor.slug(), "/tautan-pratinjau"),
        None,
        false,
        inner.into_any(),
    );
    view! {
        <section id="tautan">
            <h2>{t::preview_link(l)}</h2>
            <p>{t::preview_link_help(l)}</p>
            <p class="as-typed"><a href=path>{link}</a></p>
            {form}
        </section>
    }
    .into_any()
}

fn extension(visit: &Visit, editor: &Editor, typed: &Typed, outcome: &Outcome) -> AnyView {
    let l = visit.locale;
    let mine = typed.form == Of::Extension;
    let at = |field: &str| if mine { outcome.wrong.at(field) } else { None };
    let c = &editor.sheet.consultation;
    let now = words::maybe_moment(visit, c.closes_at);
    let inner = view! {
                <ui::DateTimeInput
                    id="closes_at"
                    label=t::new_closing(l)
                    hint=t::moment_hint(l)
                    value=typed.extension.closes_at.clone()
                    error=at("closes_at")
                    zone=visit.zone().name.clone()
                />
                <ui::TextArea
                    id=if typed.form == Of::Closing { "alasan-perpanjang" } else { "reason" }
                    name="reason"
                    label=t::reason(l)
                    hint=t::reason_hint(l)
                    value=typed.extension.reason.clone()
                    error=at("reason")
                    rows=3
                />
                <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::extend_now(l)}</ui::Button></ui::Buttons>
    };
    let form = form(
        place(editor.slug(), "/perpanjang"),
        Some(editor.edition()),
        false,
        inner.into_any(),
    );
    view! { <section><h2>{t::extend(l)}</h2><p>{t::extend_help(l, now)}</p>{form}</section> }
        .into_any()
}

fn closing(visit: &Visit, editor: &Editor, typed: &Typed, outcome: &Outcome) -> AnyView {
    let l = visit.locale;
    let mine = typed.form == Of::Closing;
    // The error summary leads to `reason`: that of the form which was refused.
    let error = if mine {
        outcome.wrong.at("reason")
    } else {
        None
    };
    let inner = view! {
                <ui::TextArea
                    id=if mine { "reason" } else { "alasan-tutup" }
                    name="reason"
                    label=t::reason(l)
                    hint=t::reason_hint(l)
                    value=typed.closing.clone()
                    error
                    rows=3
                />
                <ui::Buttons><ui::Button kind=ui::ButtonKind::Danger>{t::close_now(l)}</ui::Button></ui::Buttons>
    };
    let form = form(
        place(editor.slug(), "/tutup"),
        Some(editor.edition()),
        false,
        inner.into_any(),
    );
    view! { <section><h2>{t::close(l)}</h2><p>{t::close_help(l)}</p>{form}</section> }.into_any()
}
