use leptos::prelude::*;

/// One state of a component, for the design-system pages, the tests and axe.
pub struct Example {
    pub name: &'static str,
    pub view: AnyView,
    /// It brings its own `<main>`: to be shown alone, not among others.
    pub is_page: bool,
}

impl Example {
    pub fn new(name: &'static str, view: impl IntoView + 'static) -> Self {
        Self {
            name,
            view: view.into_any(),
            is_page: false,
        }
    }

    pub fn page(name: &'static str, view: impl IntoView + 'static) -> Self {
        Self {
            is_page: true,
            ..Self::new(name, view)
        }
    }
}
