use leptos::prelude::*;

/// A text that may be left out: takes `&str`, `String`, `Option<&str>` or `Option<String>`; an empty text counts as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeText(Option<String>);

impl MaybeText {
    pub fn get(self) -> Option<String> {
        self.0
    }

    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }
}

impl From<String> for MaybeText {
    fn from(text: String) -> Self {
        Self(Some(text).filter(|t| !t.is_empty()))
    }
}

impl From<&str> for MaybeText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Option<String>> for MaybeText {
    fn from(text: Option<String>) -> Self {
        text.unwrap_or_default().into()
    }
}

impl From<Option<&str>> for MaybeText {
    fn from(text: Option<&str>) -> Self {
        text.unwrap_or_default().into()
    }
}

/// A view that may be left out: takes an `AnyView` or an `Option<AnyView>`.
#[derive(Default)]
pub struct Slot(Option<AnyView>);

impl Slot {
    pub fn get(self) -> Option<AnyView> {
        self.0
    }
}

impl From<AnyView> for Slot {
    fn from(view: AnyView) -> Self {
        Self(Some(view))
    }
}

impl From<Option<AnyView>> for Slot {
    fn from(view: Option<AnyView>) -> Self {
        Self(view)
    }
}

/// A heading of the level that the page's outline asks for.
pub(crate) fn heading(level: u8, content: AnyView) -> AnyView {
    match level {
        1 => view! { <h1>{content}</h1> }.into_any(),
        2 => view! { <h2>{content}</h2> }.into_any(),
        3 => view! { <h3>{content}</h3> }.into_any(),
        _ => view! { <h4>{content}</h4> }.into_any(),
    }
}
