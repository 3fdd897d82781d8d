//! One status line, whichever module has something to say: it goes as an event of the window.

use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, CustomEventInit};
use words::Note;

const NOTE: &str = "rembug:note";

/// Says it on the status line of this page.
pub fn tell(note: &Note) {
    let init = CustomEventInit::new();
    let text = serde_json::to_string(note).unwrap_or_default();
    init.set_detail(&text.into());
    if let (Some(window), Ok(event)) = (
        crate::window(),
        CustomEvent::new_with_event_init_dict(NOTE, &init),
    ) {
        let _ = window.dispatch_event(&event);
    }
}

/// Hears what is to be said.
pub fn on_note(heard: impl Fn(Note) + 'static) {
    let Some(window) = crate::window() else {
        return;
    };
    crate::on(&window, NOTE, move |event| {
        let text = event
            .dyn_ref::<CustomEvent>()
            .and_then(|event| event.detail().as_string());
        if let Some(note) = text.and_then(|text| serde_json::from_str(&text).ok()) {
            heard(note);
        }
    });
}
