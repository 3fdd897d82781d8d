use leptos::prelude::*;

use crate::{Example, Icon, MaybeText, icon};

/// `Primary` is the one next thing to do on a page; there is at most one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Primary,
    Secondary,
    Quiet,
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Secondary => "btn",
            Self::Quiet => "btn-quiet",
            Self::Danger => "btn btn-danger",
        }
    }
}

/// A button that sends the form around it, or, with `href`, a link that looks like one.
///
/// - MUST have words as children that say what happens.
/// - MUST be at least 48 px high; fills the width of a phone unless `Quiet`.
/// - A link stays a link for screen readers: it leads somewhere, a button does something.
/// - `pressed` marks a toggle such as "Dukung" with `aria-pressed`.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] href: MaybeText,
    #[prop(optional, into)] name: MaybeText,
    #[prop(optional, into)] value: MaybeText,
    #[prop(optional, into)] formaction: MaybeText,
    #[prop(optional, into)] form: MaybeText,
    /// Words that replace the visible ones for screen readers when those do not stand alone.
    #[prop(optional, into)]
    label: MaybeText,
    #[prop(optional)] icon_before: Option<Icon>,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] pressed: Option<bool>,
    children: Children,
) -> impl IntoView {
    let class = kind.class();
    let label = label.get();
    let content = view! { {icon_before.map(icon)} {children()} };
    match href.get() {
        Some(href) => view! { <a class=class href=href aria-label=label>{content}</a> }.into_any(),
        None => view! {
            <button
                class=class
                type="submit"
                name=name.get()
                value=value.get()
                formaction=formaction.get()
                form=form.get()
                disabled=disabled
                aria-label=label
                aria-pressed=pressed.map(|p| if p { "true" } else { "false" })
            >
                {content}
            </button>
        }
        .into_any(),
    }
}

/// Buttons side by side, below one another on a phone.
#[component]
pub fn Buttons(children: Children) -> impl IntoView {
    view! { <div class="buttons">{children()}</div> }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "kinds",
            view! {
                <Buttons>
                    <Button name="do" value="accept">"Terima"</Button>
                    <Button kind=ButtonKind::Secondary>"Minta berkas"</Button>
                    <Button kind=ButtonKind::Danger>"Tolak"</Button>
                </Buttons>
            },
        ),
        Example::new("link", view! { <Button href="/layanan">"Mulai"</Button> }),
        Example::new(
            "quiet",
            view! {
                <Buttons>
                    <Button
                        kind=ButtonKind::Quiet
                        icon_before=Icon::ArrowUp
                        name="support"
                        value="7"
                        pressed=true
                    >
                        "Dukung 96"
                    </Button>
                    <Button kind=ButtonKind::Quiet href="#reply" icon_before=Icon::Chat>"Balas 7"</Button>
                </Buttons>
            },
        ),
        Example::new("off", view! { <Button disabled=true>"Kirim"</Button> }),
    ]
}
