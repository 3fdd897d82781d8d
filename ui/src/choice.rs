use leptos::prelude::*;

use crate::{Example, Icon, MaybeText, icon};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceKind {
    Agree,
    Against,
    Pass,
}

/// One answer to a consultation: a button that sends it, with sign, word and share.
///
/// - MUST carry sign and word: the colour alone says nothing.
/// - The answer given has `aria-pressed=true`, an edge and a ground of its own and `selected_label` ("Pilihan Anda").
/// - `locked` shows the result of a closed consultation: no button, same looks.
#[component]
pub fn Choice(
    kind: ChoiceKind,
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    /// "58 %"; none before the result may be seen.
    #[prop(optional, into)]
    figure: MaybeText,
    #[prop(optional)] selected: bool,
    #[prop(optional, into)] selected_label: MaybeText,
    #[prop(optional)] locked: bool,
) -> impl IntoView {
    let (class, sign) = match kind {
        ChoiceKind::Agree => ("choice choice-agree", Icon::Check),
        ChoiceKind::Against => ("choice choice-against", Icon::Cross),
        ChoiceKind::Pass => ("choice choice-pass", Icon::Dash),
    };
    let notes = [selected_label.get().filter(|_| selected), figure.get()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let notes = (!notes.is_empty()).then(|| view! { <span>{notes}</span> });
    let content = view! { <i>{icon(sign)}</i><b>{label}</b>{notes} };
    if locked {
        let class = if selected {
            format!("{class} selected")
        } else {
            class.to_owned()
        };
        view! { <div class=class>{content}</div> }.into_any()
    } else {
        view! {
            <button class=class type="submit" name=name value=value aria-pressed=if selected { "true" } else { "false" }>
                {content}
            </button>
        }
        .into_any()
    }
}

/// The answers below one another.
#[component]
pub fn Choices(children: Children) -> impl IntoView {
    view! { <div class="choices">{children()}</div> }
}

pub fn examples() -> Vec<Example> {
    let choices = |locked: bool| {
        view! {
            <Choices>
                <Choice
                    kind=ChoiceKind::Agree
                    label="Setuju"
                    name="answer"
                    value="agree"
                    figure="58 %"
                    selected=true
                    selected_label="Pilihan Anda"
                    locked
                />
                <Choice kind=ChoiceKind::Against label="Tidak setuju" name="answer" value="against" figure="31 %" locked/>
                <Choice kind=ChoiceKind::Pass label="Abstain" name="answer" value="pass" figure="11 %" locked/>
            </Choices>
        }
    };
    vec![
        Example::new("open", choices(false)),
        Example::new("closed", choices(true)),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_answer_given_is_pressed() {
        let html = view! { <Choice kind=ChoiceKind::Agree label="Setuju" name="answer" value="agree" selected=true selected_label="Pilihan Anda" figure="58 %"/> }
            .to_html();
        assert!(
            html.contains(r#"type="submit" name="answer" value="agree" aria-pressed="true""#),
            "{html}"
        );
        assert!(html.contains("Pilihan Anda · 58 %"), "{html}");
    }
}
