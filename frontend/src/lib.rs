//! The WASM module: its islands wake in the pages that the server drew.

#[cfg(target_arch = "wasm32")]
mod entry {
    // The islands are found by their exported names, so the crate that holds them must be linked.
    pub use app::*;

    /// Called by the boot script once the module is there.
    #[wasm_bindgen::prelude::wasm_bindgen]
    pub fn hydrate() {
        console_error_panic_hook::set_once();
        leptos::mount::hydrate_islands();
    }
}

#[cfg(target_arch = "wasm32")]
pub use entry::*;
