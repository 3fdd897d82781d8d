//! One case for both sides: a form, what was typed, its files and the day.

use std::collections::BTreeMap;

use domain::{
    Day, FileId,
    form::{Context, Definition, Draft, Outcome, Upload, validate},
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::wasm_bindgen;

/// What is judged.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// The form.
    pub definition: Definition,
    /// What was typed.
    pub draft: Draft,
    /// The files that were uploaded for it.
    pub files: BTreeMap<FileId, Upload>,
    /// The day on the city's wall clock.
    pub today: Day,
}

impl Case {
    /// Judges it.
    pub fn outcome(&self) -> Outcome {
        let context = Context {
            files: &self.files,
            ..Context::on(self.today)
        };
        validate(&self.definition, &self.draft, &context)
    }
}

/// Judges a case given as JSON, and gives the outcome as JSON; a sentence for what is no case.
#[wasm_bindgen]
pub fn judge(case: &str) -> String {
    match serde_json::from_str::<Case>(case) {
        Ok(case) => serde_json::to_string(&case.outcome()).unwrap_or_else(|e| e.to_string()),
        Err(e) => format!("This is no case: {e}"),
    }
}
