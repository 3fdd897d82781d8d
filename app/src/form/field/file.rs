//! Files: what is there, and a field for one more.

use domain::form::{FileKind, Question};
use leptos::prelude::*;

use super::{Sheet, media_type, sentences};
use words::fault::megabytes;

use crate::{links, t::form as t};

pub(in crate::form) const fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg => "JPEG",
        FileKind::Png => "PNG",
        FileKind::Webp => "WebP",
        FileKind::Pdf => "PDF",
    }
}

pub(super) fn file(
    sheet: &Sheet<'_>,
    question: &Question,
    path: &str,
    (kinds, max_kb, max): (&[FileKind], u32, u16),
    heading: bool,
) -> AnyView {
    let l = sheet.visit.locale;
    let names = kinds
        .iter()
        .map(|kind| kind_name(*kind))
        .collect::<Vec<_>>()
        .join(", ");
    let accept = kinds
        .iter()
        .map(|kind| media_type(*kind))
        .collect::<Vec<_>>()
        .join(",");
    let most_kb = max_kb.min(u32::try_from(service::form::FILE_BYTES / 1_024).unwrap_or(max_kb));
    let size = megabytes(l, most_kb);
    let limits = if max > 1 {
        t::file_hint_many(l, names, i64::from(max), size)
    } else {
        t::file_hint(l, names, size)
    };
    let help = question.help.get(l);
    let hint = if help.is_empty() {
        limits
    } else {
        sentences(help, &limits)
    };
    let there: Vec<_> = sheet
        .draft
        .all(path)
        .iter()
        .filter_map(|id| {
            let upload = sheet.filling.files.get(&domain::FileId::new(id))?;
            Some((id.clone(), upload.name.clone(), upload.bytes))
        })
        .collect();
    let is_full = there.len() >= usize::from(max);
    let key = &sheet.filling.form.key;
    let rows = there
        .into_iter()
        .map(|(id, name, bytes)| {
            let href = format!("{}/berkas/{id}", links::service(key));
            let size = t::kilobytes(l, l.number(i64::try_from(bytes / 1_024).unwrap_or(0).max(1)));
            let what = format!("{path} {id}");
            view! {
                <li>
                    <a href=href>{name.clone()}</a>" "<span class="meta">{size}</span>
                    <ui::Button kind=ui::ButtonKind::Quiet name="_buang" value=what label=t::file_remove(l, &name)>
                        {t::remove(l)}
                    </ui::Button>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = (!rows.is_empty()).then(|| {
        view! { <p class="meta">{t::file_there(l)}</p><ul class="files">{rows}</ul> }
    });
    let marker = sheet.marker(question);
    let label = question.label.get(l).to_owned();
    let error = sheet.whole(question, path);
    if sheet.is_device {
        let path = path.to_owned();
        return view! {
            <ui::FileUpload
                id=path.clone() label=label hint=hint marker=marker accept=accept multiple={max > 1} heading=heading
            />
            <ul class="files" data-files=path></ul>
        }
        .into_any();
    }
    if is_full {
        // Nothing more can be added, but the question stays.
        let title = if heading {
            view! { <h1>{label}</h1> }.into_any()
        } else {
            view! { <p class="h3">{label}</p> }.into_any()
        };
        let error = error.map(|text| {
            view! { <ui::ErrorMessage id=format!("{path}-error") text=text prefix=t::wrong_prefix(l)/> }
        });
        return view! { <div class="field" id=path.to_owned()>{title}{error}{list}</div> }
            .into_any();
    }
    // A single file goes along with the page; of several each is uploaded before the next is chosen.
    let more = (max > 1).then(|| {
        view! {
            <ui::Button kind=ui::ButtonKind::Secondary name="_unggah" value=path.to_owned()>{t::file_add(l)}</ui::Button>
        }
    });
    view! {
        <ui::FileUpload
            id=path.to_owned() label=label hint=hint error=error error_prefix=t::wrong_prefix(l) marker=marker accept=accept
            multiple={max > 1} heading=heading
        />
        {list}
        {more}
    }
    .into_any()
}
