//! As WASM: `main` judges, and whoever calls it looks at the clock. The form is put together at the first call.

use std::sync::OnceLock;

use bench_validate::Form;

static FORM: OnceLock<Form> = OnceLock::new();

fn main() {
    FORM.get_or_init(Form::new).judge();
}
