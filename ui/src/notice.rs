use leptos::prelude::*;

use crate::{Example, Icon, MaybeText, icon};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    #[default]
    Info,
    Success,
    Warning,
    Offline,
    Closed,
}

/// What happened, what was kept and until when, in one or two sentences.
///
/// - `title` is the short first sentence in bold ("Suara Anda tersimpan.").
/// - `live` announces it (`role=status`) when a script puts it into a page that is already read.
#[component]
pub fn Notice(
    #[prop(optional)] kind: NoticeKind,
    #[prop(optional, into)] title: MaybeText,
    #[prop(optional)] live: bool,
    children: Children,
) -> impl IntoView {
    let (class, sign) = match kind {
        NoticeKind::Info => ("notice", Icon::Info),
        NoticeKind::Success => ("notice notice-success", Icon::Check),
        NoticeKind::Warning => ("notice notice-warning", Icon::Alert),
        NoticeKind::Offline => ("notice notice-warning", Icon::Offline),
        NoticeKind::Closed => ("notice", Icon::Lock),
    };
    let title = title
        .get()
        .map(|title| view! { <strong>{title}</strong>" " });
    view! {
        <div class=class role=live.then_some("status")>
            {icon(sign)} <div>{title}{children()}</div>
        </div>
    }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "success",
            view! {
                <Notice kind=NoticeKind::Success title="Suara Anda tersimpan.">
                    "Anda dapat mengubahnya sampai 27 November pukul 23.59. "
                    <a href="/akun/suara">"Tanda terima"</a>
                </Notice>
            },
        ),
        Example::new(
            "offline",
            view! {
                <Notice kind=NoticeKind::Offline title="Tanpa jaringan.">
                    "Isian disimpan di ponsel ini dan dikirim sendiri nanti."
                </Notice>
            },
        ),
        Example::new(
            "info",
            view! { <Notice>"Hanya warga Kota Batu yang dapat memberi suara."</Notice> },
        ),
        Example::new(
            "warning",
            view! { <Notice kind=NoticeKind::Warning>"Kantor tutup pada 25 Desember."</Notice> },
        ),
        Example::new(
            "closed",
            view! {
                <Notice kind=NoticeKind::Closed title="Konsultasi ini ditutup.">
                    "Jawaban dinas terbit paling lambat 11 Desember."
                </Notice>
            },
        ),
    ]
}
