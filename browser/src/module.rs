use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A module of its own, for what few pages need.
#[derive(Debug)]
pub struct Module(JsValue);

impl Module {
    /// `public/boot.js` fetches it when it is asked for first, under the mark of the release that this page belongs to.
    /// `None` when that cannot be done.
    pub async fn fetch(name: &str) -> Option<Self> {
        let load: Function = Reflect::get(&crate::window()?.into(), &"rembugModule".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let coming: Promise = load
            .call1(&JsValue::UNDEFINED, &name.into())
            .ok()?
            .dyn_into()
            .ok()?;
        JsFuture::from(coming).await.ok().map(Self)
    }

    /// Calls one of its functions with texts, and gives its text. `None` when there is no such function or it has no answer.
    pub fn ask(&self, function: &str, texts: &[&str]) -> Option<String> {
        let function: Function = Reflect::get(&self.0, &function.into())
            .ok()?
            .dyn_into()
            .ok()?;
        let texts: js_sys::Array = texts.iter().map(|text| JsValue::from_str(text)).collect();
        function.apply(&self.0, &texts).ok()?.as_string()
    }
}
