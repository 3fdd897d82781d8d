//! Title, summary, explanation, office, areas, contact; with live preview and autosave.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    area::District,
    consultation::{BODY, Draft, SUMMARY, TITLE},
    office::Office,
};
use leptos::prelude::*;
use service::{
    Error, Tx,
    draft::{self, Owner},
    markdown,
};

use super::{Editor, Outcome, collision, page};
use crate::{
    Answer, Failure, Fields, Said, Visit,
    office::{
        MarkdownPreview,
        new::{office_field, own_offices},
        shell::{Tab, form, place},
        words,
    },
    t::office as t,
};

/// Renders a Markdown text for the live preview.
const RENDER: &str = "/kantor/pratinjau-markdown";

/// What the page needs beside the consultation itself.
struct Around {
    offices: Vec<Office>,
    districts: Vec<District>,
}

impl Around {
    async fn read(visit: &Visit, tx: &mut Tx) -> Result<Self, Failure> {
        Ok(Self {
            offices: own_offices(visit, tx).await?,
            districts: service::area::list_districts(tx).await?,
        })
    }
}

/// The name under which what is typed here is kept.
fn draft_place(editor: &Editor) -> String {
    format!("consultation:{}", editor.sheet.consultation.id)
}

/// `GET /kantor/konsultasi/{slug}`: what is stored, or what the visitor typed after that and did not save.
pub(in crate::office) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(&visit, &mut tx, &slug).await?;
    let around = Around::read(&visit, &mut tx).await?;
    let kept = match Owner::of(&visit.actor, None) {
        Some(owner) => draft::find(&mut tx, &owner, &draft_place(&editor)).await?,
        None => None,
    };
    drop(tx);
    let stored = editor.stored(&visit);
    let kept = kept
        .filter(|kept| kept.updated_at > editor.sheet.updated_at && editor.is_writable())
        .map(|kept| {
            let typed = typed(
                &stored,
                |name| kept.text(name).to_owned(),
                kept.all("areas").to_vec(),
            );
            (typed, kept.updated_at)
        })
        .filter(|(typed, _)| *typed != stored);
    let since = kept.as_ref().map(|(_, at)| *at);
    let draft = kept.map_or(stored, |(typed, _)| typed);
    let restored = since.map(|at| restored(&visit, &editor, at));
    Ok(draw(
        &visit,
        &editor,
        around,
        &draft,
        &Outcome::default(),
        restored,
    ))
}

/// Says that unsaved typing was found, and how to throw it away.
fn restored(visit: &Visit, editor: &Editor, at: domain::Timestamp) -> AnyView {
    let l = visit.locale;
    let action = place(editor.slug(), "/buang-isian");
    let text = t::restored(l, words::moment(visit, at));
    view! {
        <ui::Notice kind=ui::NoticeKind::Warning>
            {text}
            <form method="post" action=action>
                <ui::Button kind=ui::ButtonKind::Quiet>{t::throw_away(l)}</ui::Button>
            </form>
        </ui::Notice>
    }
    .into_any()
}

/// The stored consultation with this page's fields as typed.
fn typed(stored: &Draft, text: impl Fn(&str) -> String, areas: Vec<String>) -> Draft {
    Draft {
        title: text("title"),
        summary: text("summary"),
        body: text("body"),
        office: text("office"),
        contact: text("contact"),
        areas,
        ..stored.clone()
    }
}

/// `POST /kantor/konsultasi/{slug}`: saves, or shows the preview when that button was pressed (`aksi=pratinjau`).
pub(in crate::office) async fn send(
    visit: Visit,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(&visit, &mut tx, &slug).await?;
    drop(tx);
    let areas = fields.all("areas").into_iter().map(str::to_owned).collect();
    let draft = typed(&editor.stored(&visit), |name| fields.string(name), areas);
    let edition = fields.text("edisi").parse().unwrap_or(0);
    if fields.text("aksi") == "pratinjau" {
        return again(&visit, &slug, &draft, Outcome::default()).await;
    }
    let service = &visit.service;
    match service::consultation::save(service, &visit.actor, &slug, edition, &draft, visit.zone())
        .await
    {
        Ok(slug) => {
            if let Some(owner) = Owner::of(&visit.actor, None) {
                draft::take(service, &owner, &draft_place(&editor)).await?;
            }
            Ok(visit.go_saying(&place(&slug, ""), Said::Saved))
        }
        Err(error) => {
            let outcome = Outcome::of(&visit, error)?;
            again(&visit, &slug, &draft, outcome).await
        }
    }
}

/// The page once more with what was typed still in its fields.
async fn again(visit: &Visit, slug: &str, draft: &Draft, outcome: Outcome) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(visit, &mut tx, slug).await?;
    let around = Around::read(visit, &mut tx).await?;
    drop(tx);
    Ok(draw(visit, &editor, around, draft, &outcome, None))
}

/// `POST …/buang-isian`: forgets what was typed and not saved.
pub(in crate::office) async fn discard(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(&visit, &mut tx, &slug).await?;
    drop(tx);
    if let Some(owner) = Owner::of(&visit.actor, None) {
        draft::take(&visit.service, &owner, &draft_place(&editor)).await?;
    }
    Ok(visit.go_saying(&place(&slug, ""), Said::Removed))
}

/// `POST /kantor/pratinjau-markdown` (`teks`): the text as sanitised HTML, for the live preview.
pub(in crate::office) async fn render(visit: Visit, fields: Fields) -> Answer {
    visit.actor.may_enter_office().map_err(Error::from)?;
    let text = fields.text("teks");
    if text.chars().count() > BODY as usize {
        return Err(Failure::TooLarge);
    }
    Ok((
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        markdown::render(text),
    )
        .into_response())
}

fn draw(
    visit: &Visit,
    editor: &Editor,
    around: Around,
    draft: &Draft,
    outcome: &Outcome,
    restored: Option<AnyView>,
) -> Response {
    let l = visit.locale;
    let wrong = &outcome.wrong;
    let at = |field: &str| wrong.at(field);
    let html = if draft.body.trim().is_empty() {
        view! { <div class="prose" id="pratinjau"><p class="hint">{t::preview_empty(l)}</p></div> }
            .into_any()
    } else {
        view! { <div class="prose" id="pratinjau" inner_html=markdown::render(&draft.body)></div> }
            .into_any()
    };
    let island = (!visit.light).then(|| {
        view! {
            <MarkdownPreview source="body".to_owned() target="pratinjau".to_owned() action=RENDER.to_owned()/>
        }
    });
    let writable = editor.is_writable();
    let inner = view! {
            <ui::TextInput
                id="title"
                label=t::title(l)
                hint=t::title_hint(l)
                value=draft.title.clone()
                error=at("title")
                maxlength=TITLE * 2
            />
            <ui::TextArea
                id="summary"
                label=t::summary(l)
                hint=t::summary_hint(l, i64::from(SUMMARY))
                value=draft.summary.clone()
                error=at("summary")
                rows=3
            />
            <ui::TextArea
                id="body"
                label=t::body(l)
                hint=t::body_hint(l)
                value=draft.body.clone()
                error=at("body")
                rows=18
                draft=draft_place(editor)
            />
            {office_field(visit, around.offices, &draft.office, at("office"))}
            {areas(visit, around.districts, draft, at("areas"))}
            <ui::TextInput
                id="contact"
                label=t::contact(l)
                hint=t::contact_hint(l)
                value=draft.contact.clone()
                error=at("contact")
                maxlength=400
            />
            <ui::Buttons>
                <ui::Button name="aksi" value="simpan" disabled=!writable>{t::save(l)}</ui::Button>
                <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="pratinjau">{t::preview(l)}</ui::Button>
            </ui::Buttons>
    };
    let form = form(
        place(editor.slug(), ""),
        Some(editor.edition()),
        false,
        inner.into_any(),
    );
    let view = view! {
        {restored}
        {collision(visit, outcome, &editor.stored(visit), draft)}
        {form}
        <section aria-labelledby="pratinjau-judul">
            <h2 id="pratinjau-judul">{t::preview_title(l)}</h2>
            <div class="card">{html}</div>
        </section>
        {island}
    };
    page(visit, editor, Tab::Content, outcome, view.into_any())
}

/// The areas, one group of boxes a kecamatan. None ticked means the whole city.
fn areas(visit: &Visit, districts: Vec<District>, draft: &Draft, error: Option<String>) -> AnyView {
    let l = visit.locale;
    let open = !draft.areas.is_empty() || error.is_some();
    let mut error = error;
    let groups = districts
        .into_iter()
        .enumerate()
        .map(|(n, district)| {
            let whole = ui::Choosable::new(district.area.id.to_string(), t::whole_district(l, &district.area.name));
            let items = std::iter::once(whole)
                .chain(district.villages.into_iter().map(|v| ui::Choosable::new(v.id.to_string(), v.name)))
                .collect();
            let id = if n == 0 { "areas".to_owned() } else { format!("areas-{n}") };
            let values = draft.areas.clone();
            view! {
                <ui::Checkboxes id name="areas" legend=district.area.name items values error=error.take()/>
            }
        })
        .collect_view();
    let chosen = i64::try_from(draft.areas.len()).unwrap_or(0);
    let summary = if chosen == 0 {
        t::areas_all(l).to_owned()
    } else {
        t::areas_chosen(l, chosen)
    };
    view! { <ui::Disclosure summary open>{groups}</ui::Disclosure> }.into_any()
}
