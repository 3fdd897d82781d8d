//! Live preview of a Markdown text: an island that asks the server, which renders and sanitises.

use leptos::prelude::*;

/// Shows what the text area `source` becomes in the element `target`, a moment after each change. Draws nothing itself:
/// the server has put the present text there, and without a script a button does the same.
#[island]
pub fn MarkdownPreview(
    /// Id of the text area.
    source: String,
    /// Id of the element that shows the text.
    target: String,
    /// Where a text is rendered (POST, field `teks`).
    action: String,
) -> impl IntoView {
    start(source, target, action);
}

#[cfg(feature = "hydrate")]
fn start(source: String, target: String, action: String) {
    use std::cell::{Cell, RefCell};

    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlTextAreaElement};

    /// Milliseconds of quiet before the server is asked.
    const QUIET: i32 = 500;

    thread_local! {
        static TIMER: RefCell<Option<i32>> = const { RefCell::new(None) };
        /// Counts what was asked: a late answer must not take the place of a newer one.
        static ASKED: Cell<u32> = const { Cell::new(0) };
    }

    let by_id = |id: &str| browser::document().and_then(|d| d.get_element_by_id(id));
    let Some(area) = by_id(&source).and_then(|e| e.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return;
    };
    let typed = area.clone();
    browser::on(&typed, "input", move |_| {
        if let (Some(window), Some(timer)) =
            (browser::window(), TIMER.with_borrow_mut(Option::take))
        {
            window.clear_timeout_with_handle(timer);
        }
        let (area, target, action) = (area.clone(), target.clone(), action.clone());
        let timer = browser::later(QUIET, move || {
            let asked = ASKED.get().wrapping_add(1);
            ASKED.set(asked);
            spawn_local(async move {
                let body = browser::encode(&[("teks".to_owned(), area.value())]);
                if let Some((_, 200, html)) = browser::post(&action, &body).await
                    && ASKED.get() == asked
                    && let Some(element) =
                        browser::document().and_then(|d| d.get_element_by_id(&target))
                {
                    let element: Element = element;
                    element.set_inner_html(&html);
                }
            });
        });
        TIMER.with_borrow_mut(|slot| *slot = timer);
    });
}

/// On the server there is nothing to listen to.
#[cfg(not(feature = "hydrate"))]
fn start(_: String, _: String, _: String) {}
