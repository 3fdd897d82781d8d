//! The few things of the browser that its modules share.

pub mod dom;
mod module;
mod note;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, Event, EventTarget, HtmlFormElement, Window};

pub use module::Module;
pub use note::{on_note, tell};

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

/// Hears an event for as long as the page lives.
pub fn on(target: &EventTarget, name: &str, heard: impl Fn(Event) + 'static) {
    let heard = Closure::<dyn Fn(Event)>::new(heard);
    // A page without the listener still works; there is nobody to tell.
    let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    heard.forget();
}

/// All elements that a selector names, in the order of the page.
pub fn all(selector: &str) -> Vec<Element> {
    let Some(found) = document().and_then(|d| d.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|place| found.get(place)?.dyn_into().ok())
        .collect()
}

/// Runs once after `millis`, unless it is asked again before.
pub fn later(millis: i32, task: impl FnOnce() + 'static) -> Option<i32> {
    let task = Closure::once_into_js(task);
    window()?
        .set_timeout_with_callback_and_timeout_and_arguments_0(task.unchecked_ref(), millis)
        .ok()
}

/// Waits for some milliseconds.
async fn pause(millis: i32) {
    let passed = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    });
    let _ = JsFuture::from(passed).await;
}

/// The fields of a form as pairs, without files, with the button that was pressed.
pub fn fields(form: &HtmlFormElement, pressed: Option<&Element>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    if let Ok(data) = web_sys::FormData::new_with_form(form) {
        for entry in js_sys::try_iter(&data)
            .ok()
            .flatten()
            .into_iter()
            .flatten()
            .flatten()
        {
            let pair = js_sys::Array::from(&entry);
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                out.push((name, value));
            }
        }
    }
    if let Some(name) = pressed.and_then(|b| b.get_attribute("name")) {
        out.push((
            name,
            pressed
                .and_then(|b| b.get_attribute("value"))
                .unwrap_or_default(),
        ));
    }
    out
}

/// Whether a file was chosen in a form.
pub fn has_files(form: &Element) -> bool {
    let Ok(inputs) = form.query_selector_all("input[type=file]") else {
        return false;
    };
    (0..inputs.length())
        .filter_map(|n| inputs.get(n))
        .any(|input| {
            let value = Reflect::get(&input, &"value".into()).ok();
            value
                .and_then(|value| value.as_string())
                .is_some_and(|value| !value.is_empty())
        })
}

/// Pairs as the body of a form.
pub fn encode(fields: &[(String, String)]) -> String {
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", component(name), component(value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn component(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Sends a form's body and gives the answer: final address, status, text. `None` without a network.
pub async fn post(action: &str, body: &str) -> Option<(String, u16, String)> {
    send(action, &body.into(), "application/x-www-form-urlencoded").await
}

/// Sends a body of any kind; as [`post`].
pub async fn send(action: &str, body: &JsValue, kind: &str) -> Option<(String, u16, String)> {
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(body);
    let headers = web_sys::Headers::new().ok()?;
    headers.set("content-type", kind).ok()?;
    init.set_headers(&headers);
    let promise = window()?.fetch_with_str_and_init(action, &init);
    let response: web_sys::Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some((
        response.url(),
        response.status(),
        text.as_string().unwrap_or_default(),
    ))
}

/// What an answer says that tells why something could not be done: a sentence as JSON, or the heading and the first sentence of a
/// page.
pub fn told(page: &str) -> String {
    if let Ok(sentence) = serde_json::from_str::<String>(page) {
        return sentence;
    }
    let parsed = web_sys::DomParser::new().ok().and_then(|parser| {
        let kind = web_sys::SupportedType::TextHtml;
        parser.parse_from_string(page, kind).ok()
    });
    let text = |selector: &str| {
        parsed
            .as_ref()?
            .query_selector(selector)
            .ok()??
            .text_content()
    };
    [text("main h1"), text("main p")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(". ")
}

/// The text at an address; `None` without a network and for every answer but 200.
pub async fn get(address: &str) -> Option<String> {
    let promise = window()?.fetch_with_str(address);
    let response: web_sys::Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    if response.status() != 200 {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}

/// Path and query of the page.
pub fn here() -> String {
    let Some(location) = window().map(|w| w.location()) else {
        return String::new();
    };
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// The path of a full address; the address itself when it is none.
pub fn path_of(address: &str) -> String {
    web_sys::Url::new(address).map_or_else(|_| address.to_owned(), |url| url.pathname())
}

/// What another window has written into the browser's stores arrives here a moment after its turn has ended: milliseconds.
const SETTLES: i32 = 150;

/// Runs a task while no other window of this site runs one under the same name; it waits for its turn.
pub fn in_turn(name: &str, task: impl Future<Output = ()> + 'static) {
    // The lock of the Web Locks API, which every browser that runs WASM islands well has had since 2022.
    let request = || -> Option<(JsValue, Function)> {
        let locks = Reflect::get(&window()?.navigator(), &"locks".into()).ok()?;
        let request = Reflect::get(&locks, &"request".into()).ok()?;
        Some((locks, request.dyn_into().ok()?))
    };
    let Some((locks, request)) = request() else {
        spawn_local(task);
        return;
    };
    let (name, free) = (JsValue::from_str(name), js_sys::Object::new());
    let _ = Reflect::set(&free, &"ifAvailable".into(), &true.into());
    let (other_locks, other_request, other_name) = (locks.clone(), request.clone(), name.clone());
    let at_once = Closure::once_into_js(move |lock: JsValue| -> js_sys::Promise {
        if !lock.is_null() {
            return promise(task);
        }
        let later = Closure::once_into_js(move |_lock: JsValue| {
            promise(async move {
                pause(SETTLES).await;
                task.await;
            })
        });
        let _ = other_request.call2(&other_locks, &other_name, &later);
        js_sys::Promise::resolve(&JsValue::UNDEFINED)
    });
    let _ = request.call3(&locks, &name, &free, &at_once);
}

fn promise(task: impl Future<Output = ()> + 'static) -> js_sys::Promise {
    wasm_bindgen_futures::future_to_promise(async move {
        task.await;
        Ok(JsValue::UNDEFINED)
    })
}
