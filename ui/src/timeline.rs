use leptos::prelude::*;

use crate::Example;

/// Something that happened, with when and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineItem {
    pub title: String,
    pub note: String,
    /// What somebody wrote, as they wrote it.
    pub body: Option<String>,
    /// Files that came with it: address and name.
    pub files: Vec<(String, String)>,
    /// Due or expected, not yet done.
    pub upcoming: bool,
}

impl TimelineItem {
    pub fn new(title: impl Into<String>, note: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            note: note.into(),
            body: None,
            files: Vec::new(),
            upcoming: false,
        }
    }

    #[must_use]
    pub fn files(mut self, files: Vec<(String, String)>) -> Self {
        self.files = files;
        self
    }

    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into()).filter(|body: &String| !body.is_empty());
        self
    }

    #[must_use]
    pub fn upcoming(mut self) -> Self {
        self.upcoming = true;
        self
    }
}

/// Links to files, one below another.
pub(crate) fn files(files: Vec<(String, String)>) -> impl IntoView + use<> {
    (!files.is_empty()).then(|| {
        let rows = files
            .into_iter()
            .map(|(href, name)| view! { <li><a href=href>{name}</a></li> })
            .collect_view();
        view! { <ul class="files">{rows}</ul> }
    })
}

/// What happened to a case, in order.
#[component]
pub fn Timeline(items: Vec<TimelineItem>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|item| {
            let class = if item.upcoming { "upcoming" } else { "past" };
            let body = item
                .body
                .map(|body| view! { <p class="as-typed">{body}</p> });
            let files = files(item.files);
            view! { <li class=class><b>{item.title}</b><p>{item.note}</p>{body}{files}</li> }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "case",
        view! {
            <Timeline items=vec![
                TimelineItem::new("Masuk dari ponsel", "23 Nov 21.47 · dikirim sendiri setelah jaringan kembali"),
                TimelineItem::new("2 berkas diperiksa otomatis", "23 Nov 21.47 · surat kelahiran RS, buku nikah"),
                TimelineItem::new("Dinas bertanya", "hari ini 08.10").body("Mohon unggah KTP ayah."),
                TimelineItem::new("Anda menjawab", "hari ini 08.11").files(vec![("#".into(), "ktp-ayah.jpg (180 kB)".into())]),
                TimelineItem::new("Anda membuka data ibu", "hari ini 08.12 · tercatat dan terlihat oleh pemohon"),
                TimelineItem::new("Akta terbit", "paling lambat 26 November").upcoming(),
            ]/>
        },
    )]
}
