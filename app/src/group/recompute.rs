//! "Work it out on this phone": the same function that the server runs, over the votes that everybody may have. It is a module
//! of its own (`frontend/group`), fetched when the button is pressed.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What there is to say, in the reader's language; `{people}` and the like are filled in by the script.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Words {
    /// On the button.
    pub button: String,
    /// While it works.
    pub wait: String,
    /// The result is the same.
    pub same: String,
    /// What was worked out: `{people}`, `{statements}`, `{groups}`, `{millis}`.
    pub figures: String,
    /// The result differs.
    pub other: String,
    /// `{people}` are in another group.
    pub moved: String,
    /// The groups are the same, their figures are not.
    pub figures_other: String,
    /// There was nothing to work with.
    pub failed: String,
}

/// The button, and below it what came out.
#[island]
pub fn Recompute(
    /// Where the server's findings are.
    findings: String,
    /// Where the votes are.
    votes: String,
    /// The rules by which people are left out of these findings, as JSON.
    rules: String,
    /// What there is to say.
    words: Words,
) -> impl IntoView {
    let (said, say) = signal(None::<(bool, String)>);
    let (busy, set_busy) = signal(false);
    let label = words.button.clone();
    let wait = words.wait.clone();
    #[cfg(feature = "hydrate")]
    let start = move |_| {
        let (findings, votes, words) = (findings.clone(), votes.clone(), words.clone());
        let rules = rules.clone();
        set_busy.set(true);
        leptos::task::spawn_local(async move {
            say.set(Some(work::again(&findings, &votes, &rules, &words).await));
            set_busy.set(false);
        });
    };
    #[cfg(not(feature = "hydrate"))]
    let start = {
        let _ = (findings, votes, rules, words, say, set_busy);
        |_| {}
    };
    view! {
        <button
            type="button"
            class="btn btn-secondary"
            aria-disabled=move || busy.get().to_string()
            on:click=start
        >
            {move || if busy.get() { wait.clone() } else { label.clone() }}
        </button>
        <div role="status" aria-live="polite">
            {move || {
                said.get()
                    .map(|(same, text)| {
                        let class = if same { "notice notice-success" } else { "notice notice-warning" };
                        view! { <div class=class><div>{text}</div></div> }
                    })
            }}
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod work {
    use browser::Module;
    use domain::group::Again;

    use super::Words;

    /// Whether it is the same, and the words for it.
    pub(super) async fn again(
        findings: &str,
        votes: &str,
        rules: &str,
        words: &Words,
    ) -> (bool, String) {
        let failed = || (false, words.failed.clone());
        let Some(module) = Module::fetch("group").await else {
            return failed();
        };
        let (Some(theirs), Some(votes)) = (browser::get(findings).await, browser::get(votes).await)
        else {
            return failed();
        };
        let began = js_sys::Date::now();
        let answer = module.ask("again", &[&theirs, &votes, rules]);
        let millis = js_sys::Date::now() - began;
        let answer = answer.and_then(|answer| serde_json::from_str::<Again>(&answer).ok());
        let Some(again) = answer else {
            return failed();
        };
        let figures = words
            .figures
            .replace("{people}", &again.participants.to_string())
            .replace("{statements}", &again.statements.to_string())
            .replace("{groups}", &again.groups.to_string())
            .replace("{millis}", &format!("{millis:.0}"));
        if again.is_same {
            return (true, format!("{} {figures}", words.same));
        }
        let words = [
            &words.other,
            &figures,
            &if again.moved == 0 {
                words.figures_other.clone()
            } else {
                words.moved.replace("{people}", &again.moved.to_string())
            },
        ];
        (false, words.map(String::as_str).join(" "))
    }
}
