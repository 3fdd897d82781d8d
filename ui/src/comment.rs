use leptos::prelude::*;

use crate::{Button, ButtonKind, Example, Icon, MaybeText, Slot, Tag, TagKind};

/// What a comment says: as typed, or as HTML that the server made and cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommentBody {
    Text(String),
    /// MUST be cleaned: it is written as it is.
    Html(String),
    /// Hidden or deleted: what stands in its place, and why.
    Absent(String),
}

/// What a resident or an office wrote, with its replies.
///
/// - MUST be an `article` whose `id` can be linked to.
/// - Position and office are words in a tag, not colours.
/// - Replies stand under a hairline, one step in; deeper ones do not move further.
#[component]
pub fn Comment(
    #[prop(into)] id: String,
    #[prop(into)] author: String,
    body: CommentBody,
    /// "2 jam lalu"
    #[prop(into)]
    time: String,
    /// The same for machines: `2026-11-24T14:00:00+07:00`.
    #[prop(optional, into)]
    datetime: MaybeText,
    /// Where this comment alone can be read.
    #[prop(optional, into)]
    href: MaybeText,
    #[prop(optional, into)] area: MaybeText,
    /// A `Tag` with the author's position or office.
    #[prop(optional, into)]
    tag: Slot,
    #[prop(optional, into)] actions: Slot,
    #[prop(optional, into)] replies: Slot,
) -> impl IntoView {
    let body = match body {
        CommentBody::Text(text) => view! { <p class="as-typed">{text}</p> }.into_any(),
        CommentBody::Html(html) => view! { <div class="prose" inner_html=html></div> }.into_any(),
        CommentBody::Absent(why) => view! { <p class="absent">{why}</p> }.into_any(),
    };
    let time = view! { <time datetime=datetime.get()>{time}</time> };
    let time = match href.get() {
        Some(href) => view! { <a href=href>{time}</a> }.into_any(),
        None => time.into_any(),
    };
    let area = area.get().map(|area| view! { <span>{area}</span> });
    let actions = actions
        .get()
        .map(|view| view! { <div class="actions">{view}</div> });
    let replies = replies
        .get()
        .map(|view| view! { <div class="replies">{view}</div> });
    view! {
        <article class="comment" id=id>
            <header><b>{author}</b> {area} {tag.get()} {time}</header>
            {body} {actions} {replies}
        </article>
    }
}

pub fn examples() -> Vec<Example> {
    let actions = || {
        view! {
            <Button kind=ButtonKind::Quiet icon_before=Icon::ArrowUp name="support" value="1">"Dukung 96"</Button>
            <Button kind=ButtonKind::Quiet icon_before=Icon::Chat href="#reply">"Balas 7"</Button>
        }
        .into_any()
    };
    vec![
        Example::new(
            "with a reply",
            view! {
                <Comment
                    id="c1"
                    author="Bambang W."
                    area="Ngaglik"
                    tag=view! { <Tag kind=TagKind::Against text="Menolak"/> }.into_any()
                    time="2 jam lalu"
                    datetime="2026-11-24T12:00:00+07:00"
                    href="/tanggapan/1"
                    body=CommentBody::Text(
                        "Toko saya hidup dari pembeli yang parkir di depan. Kalau parkir pindah dulu baru trotoar, saya bisa setuju."
                            .into(),
                    )
                    actions=actions()
                    replies=view! {
                        <Comment
                            id="c2"
                            author="Rini S."
                            area="Sisir"
                            time="1 jam lalu"
                            body=CommentBody::Html("<p>Alun-alun Barat <strong>150 meter</strong> dari toko Anda.</p>".into())
                            actions=actions()
                        />
                    }
                        .into_any()
                />
            },
        ),
        Example::new(
            "hidden",
            view! {
                <Comment
                    id="c3"
                    author="Warga"
                    time="kemarin"
                    body=CommentBody::Absent(
                        "Disembunyikan moderator: memuat nomor telepon orang lain.".into(),
                    )
                />
            },
        ),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn text_as_typed_is_escaped() {
        let html = view! { <Comment id="c" author="<i>" time="now" body=CommentBody::Text("<script>".into())/> }
            .to_html();
        assert!(
            !html.contains("<script>") && !html.contains("<i>"),
            "{html}"
        );
    }
}
