//! The picture on top and the files to download.

use axum::{
    extract::{Path, Request},
    response::Response,
};
use domain::{
    FileId, Invalid, Problem,
    consultation::{Attachment, Draft},
};
use leptos::prelude::*;
use service::file::{self, Upload};

use super::{Editor, Outcome, page};
use crate::{
    Answer, Said, Visit, links,
    office::{
        shell::{Tab, form, place},
        upload,
    },
    t::office as t,
};

/// What was typed beside the files.
#[derive(Default)]
struct Typed {
    cover_alt: Option<String>,
    file_title: String,
}

/// `GET …/berkas`.
pub(in crate::office) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    again(&visit, &slug, Typed::default(), Outcome::default()).await
}

/// `POST …/berkas` (`aksi`: `gambar`, `buang-gambar`, `tambah`, `buang`).
pub(in crate::office) async fn send(
    visit: Visit,
    Path(slug): Path<String>,
    request: Request,
) -> Answer {
    // Permission before the first byte of a file is taken in.
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(&visit, &mut tx, &slug).await?;
    drop(tx);
    let mut form = upload::Form::read(request).await?;
    let (service, actor) = (&visit.service, &visit.actor);
    let (cover, attachment) = (form.file("cover"), form.file("file"));
    let fields = form.fields;
    let (done, said) = match fields.text("aksi") {
        "gambar" => (
            set_cover(&visit, &editor, cover, fields.text("cover_alt")).await,
            Said::Saved,
        ),
        "buang-gambar" => (
            file::remove_cover(service, actor, &slug).await,
            Said::Removed,
        ),
        "buang" => {
            let id = FileId::new(fields.text("id"));
            (
                file::remove_attachment(service, actor, &slug, &id).await,
                Said::Removed,
            )
        }
        _ => match attachment {
            Some(upload) => {
                let title = fields.text("file_title");
                (
                    file::add_attachment(service, actor, &slug, upload, title).await,
                    Said::Saved,
                )
            }
            None => (
                Err(Invalid::one("file", Problem::Missing).into()),
                Said::Saved,
            ),
        },
    };
    match done {
        Ok(()) => Ok(visit.go_saying(&place(&slug, "/berkas"), said)),
        Err(error) => {
            let outcome = Outcome::of(&visit, error)?;
            let typed = Typed {
                cover_alt: fields.has("cover_alt").then(|| fields.string("cover_alt")),
                file_title: fields.string("file_title"),
            };
            again(&visit, &slug, typed, outcome).await
        }
    }
}

/// Another picture; or, without one, other words for the picture that is there.
async fn set_cover(
    visit: &Visit,
    editor: &Editor,
    cover: Option<Upload>,
    alt: &str,
) -> service::Result<()> {
    let (service, actor, slug) = (&visit.service, &visit.actor, editor.slug());
    if let Some(upload) = cover {
        return file::set_cover(service, actor, slug, upload, alt).await;
    }
    if editor.sheet.consultation.cover.is_none() {
        return Err(Invalid::one("cover", Problem::Missing).into());
    }
    let draft = Draft {
        cover_alt: alt.to_owned(),
        ..editor.stored(visit)
    };
    service::consultation::save(service, actor, slug, editor.edition(), &draft, visit.zone())
        .await
        .map(drop)
}

async fn again(visit: &Visit, slug: &str, typed: Typed, outcome: Outcome) -> Answer {
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(visit, &mut tx, slug).await?;
    let files = service::consultation::attachments(&mut tx, &editor.sheet.consultation.id).await?;
    drop(tx);
    Ok(draw(visit, &editor, &files, &typed, &outcome))
}

fn draw(
    visit: &Visit,
    editor: &Editor,
    files: &[Attachment],
    typed: &Typed,
    outcome: &Outcome,
) -> Response {
    let l = visit.locale;
    let at = |field: &str| outcome.wrong.at(field);
    let list = files
        .iter()
        .map(|file| item(visit, editor, file))
        .collect_view();
    let list = if files.is_empty() {
        view! { <p>{t::no_files(l)}</p> }.into_any()
    } else {
        view! { <ul class="cards" id="daftar">{list}</ul> }.into_any()
    };
    let writable = editor.is_writable();
    let add = view! {
        <ui::TextInput
            id="file_title"
            label=t::file_title(l)
            hint=t::file_title_hint(l)
            value=typed.file_title.clone()
            error=at("file_title")
            maxlength=400
        />
        <ui::FileUpload
            id="file"
            label=t::file(l)
            hint=t::file_hint(l)
            error=at("file")
            accept=".pdf,.png,.jpg,.jpeg,.csv,.odt,.docx,.xlsx"
        />
        <ui::Buttons>
            <ui::Button name="aksi" value="tambah" disabled=!writable>{t::add_file(l)}</ui::Button>
        </ui::Buttons>
    };
    let view = view! {
        <section>
            <h2>{t::cover(l)}</h2>
            {cover(visit, editor, typed, outcome)}
        </section>
        <section>
            <h2>{t::files(l)}</h2>
            {list}
            {form(place(editor.slug(), "/berkas"), None, true, add.into_any())}
        </section>
    };
    page(visit, editor, Tab::Files, outcome, view.into_any())
}

fn cover(visit: &Visit, editor: &Editor, typed: &Typed, outcome: &Outcome) -> AnyView {
    let l = visit.locale;
    let at = |field: &str| outcome.wrong.at(field);
    let c = &editor.sheet.consultation;
    let there = c.cover.is_some();
    let picture = c.cover.as_ref().map(|id| {
        view! { <img class="cover" src=links::file(id, "gambar") alt=c.cover_alt.clone()/> }
    });
    let alt = typed
        .cover_alt
        .clone()
        .unwrap_or_else(|| c.cover_alt.clone());
    let writable = editor.is_writable();
    let remove = there.then(|| {
        view! {
            <ui::Button kind=ui::ButtonKind::Quiet name="aksi" value="buang-gambar" disabled=!writable>
                {t::remove_cover(l)}
            </ui::Button>
        }
    });
    let inner = view! {
            <ui::FileUpload
                id="cover"
                label=if there { t::cover_other(l) } else { t::cover_choose(l) }
                marker=if there { t::optional(l) } else { "" }
                hint=t::cover_hint(l)
                error=at("cover")
                accept="image/jpeg,image/png,image/webp"
            />
            <ui::TextInput
                id="cover_alt"
                label=t::cover_alt(l)
                hint=t::cover_alt_hint(l)
                value=alt
                error=at("cover_alt")
                maxlength=400
            />
            <ui::Buttons>
                <ui::Button name="aksi" value="gambar" disabled=!writable>{t::save_cover(l)}</ui::Button>
                {remove}
            </ui::Buttons>
    };
    let form = form(
        place(editor.slug(), "/berkas"),
        None,
        true,
        inner.into_any(),
    );
    view! { {picture} {form} }.into_any()
}

fn item(visit: &Visit, editor: &Editor, file: &Attachment) -> AnyView {
    let l = visit.locale;
    let size = t::size(l, (file.size + 1023) / 1024);
    let (id, label) = (file.file.to_string(), t::remove_file(l, &file.title));
    let remove = editor.is_writable().then(|| {
        view! {
            <form method="post" action=place(editor.slug(), "/berkas")>
                <input type="hidden" name="id" value=id/>
                <ui::Button kind=ui::ButtonKind::Quiet name="aksi" value="buang" label=label>
                    {t::remove(l)}
                </ui::Button>
            </form>
        }
    });
    view! {
        <li class="card">
            <p><a href=links::file(&file.file, links::encode(&file.name))>{file.title.clone()}</a></p>
            <ui::Facts items=vec![file.name.clone(), size]/>
            {remove}
        </li>
    }
    .into_any()
}
