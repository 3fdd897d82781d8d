use leptos::prelude::*;

use crate::{Example, Icon, MaybeText, icon};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceKind {
    Agree,
    Against,
    Pass,
    /// One of several options, without a meaning of its own.
    Plain,
}

/// One answer to a consultation: a button that sends it, with sign, word and share.
///
/// - MUST carry sign and word: the colour alone says nothing.
/// - The answer given has `aria-pressed=true`, an edge and a ground of its own and `selected_label` ("Pilihan Anda").
/// - `live` is the key under which news of the page replace the figure (`data-count`).
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
    #[prop(optional, into)] live: MaybeText,
    #[prop(optional)] selected: bool,
    #[prop(optional, into)] selected_label: MaybeText,
    #[prop(optional)] locked: bool,
) -> impl IntoView {
    let (class, sign) = match kind {
        ChoiceKind::Agree => ("choice choice-agree", Icon::Check),
        ChoiceKind::Against => ("choice choice-against", Icon::Cross),
        ChoiceKind::Pass => ("choice choice-pass", Icon::Dash),
        ChoiceKind::Plain => ("choice choice-plain", Icon::Check),
    };
    let chosen = selected_label.get().filter(|_| selected);
    let figure = figure
        .get()
        .map(|figure| view! { <span data-count=live.get()>{figure}</span> });
    let between = (chosen.is_some() && figure.is_some()).then_some(" · ");
    let notes = (chosen.is_some() || figure.is_some())
        .then(|| view! { <span>{chosen}{between}{figure}</span> });
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
        Example::new(
            "options",
            view! {
                <Choices>
                    <Choice kind=ChoiceKind::Plain label="Trotoar" name="answer" value="a" figure="62 %"/>
                    <Choice
                        kind=ChoiceKind::Plain
                        label="Jalur sepeda"
                        name="answer"
                        value="b"
                        figure="38 %"
                        selected=true
                        selected_label="Pilihan Anda"
                    />
                </Choices>
            },
        ),
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
        assert!(
            html.contains("Pilihan Anda") && html.contains("<span>58 %</span>"),
            "{html}"
        );
    }

    #[test]
    fn a_figure_that_moves_has_its_key() {
        let html = view! { <Choice kind=ChoiceKind::Plain label="A" name="answer" value="a" figure="58 %" live="x:a"/> }
            .to_html();
        assert!(
            html.contains(r#"<span data-count="x:a">58 %</span>"#),
            "{html}"
        );
    }
}
