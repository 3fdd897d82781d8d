use leptos::prelude::*;

use crate::Example;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    Done,
    Current,
    Upcoming,
}

/// A phase, its state, and for the current one how long it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub label: String,
    pub note: Option<String>,
    pub state: StepState,
}

impl Step {
    pub fn new(state: StepState, label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            note: None,
            state,
        }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Labels in order, those before `current` done, those after it upcoming; a note under the current one.
    pub fn list<T: Into<String>>(
        labels: impl IntoIterator<Item = T>,
        current: usize,
        note: Option<String>,
    ) -> Vec<Self> {
        labels
            .into_iter()
            .enumerate()
            .map(|(index, label)| {
                let state = match index.cmp(&current) {
                    std::cmp::Ordering::Less => StepState::Done,
                    std::cmp::Ordering::Equal => StepState::Current,
                    std::cmp::Ordering::Greater => StepState::Upcoming,
                };
                let note = note.clone().filter(|_| index == current);
                Self {
                    label: label.into(),
                    note,
                    state,
                }
            })
            .collect()
    }
}

/// Where a consultation or a case stands.
///
/// - MUST be an ordered list with a name; the current step has `aria-current=step`.
/// - `done_label` ("selesai") is heard after each step that is over.
#[component]
pub fn PhaseBar(
    #[prop(into)] label: String,
    steps: Vec<Step>,
    #[prop(into)] done_label: String,
) -> impl IntoView {
    let steps = steps
        .into_iter()
        .map(|step| {
            let (class, current) = match step.state {
                StepState::Done => ("done", None),
                StepState::Current => ("now", Some("step")),
                StepState::Upcoming => ("next", None),
            };
            let done = (step.state == StepState::Done)
                .then(|| view! { <span class="vh">" ("{done_label.clone()}")"</span> });
            let note = step.note.map(|note| view! { <span>{note}</span> });
            view! { <li class=class aria-current=current>{step.label}{done}{note}</li> }
        })
        .collect_view();
    view! { <ol class="phases" aria-label=label>{steps}</ol> }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "open",
        view! {
            <PhaseBar
                label="Tahap konsultasi"
                done_label="selesai"
                steps=Step::list(
                    ["Diumumkan", "Dibuka", "Ditutup", "Dijawab"],
                    1,
                    Some("3 hari lagi".into()),
                )
            />
        },
    )]
}
