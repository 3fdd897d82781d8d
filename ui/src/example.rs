use leptos::prelude::*;

/// One state of a component, for the design-system pages, the tests and axe.
pub struct Example {
    pub name: &'static str,
    pub view: AnyView,
}

impl Example {
    pub fn new(name: &'static str, view: impl IntoView + 'static) -> Self {
        Self {
            name,
            view: view.into_any(),
        }
    }
}
