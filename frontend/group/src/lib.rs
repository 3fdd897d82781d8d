//! The groups of opinion, worked out again in the reader's browser: the function that the server runs, in a module of its own
//! that is fetched when somebody asks for it.

use wasm_bindgen::prelude::wasm_bindgen;

/// [`domain::group::again`]; the answer as JSON, `undefined` for what cannot be read.
#[wasm_bindgen]
pub fn again(findings: &str, votes: &str, rules: &str) -> Option<String> {
    console_error_panic_hook::set_once();
    domain::group::again(findings, votes, rules)
}
