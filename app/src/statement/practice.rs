//! Two statements to practise on, for whoever has not judged any: what the three answers mean, and why people judge what
//! others wrote. Each step is an address of its own, so that nothing of it is kept anywhere.

use domain::{consultation::Consultation, statement::Judgement};
use leptos::prelude::*;
use service::statement::Desk;
use ui::{Choice, Choices, Notice, NoticeKind};

use super::card::{ANSWER, kind, word};
use crate::{Fields, Visit, links, t::statement as t};

/// The query that says how far the practice has come.
const STEP: &str = "latihan";
const SECOND: &str = "2";
const DONE: &str = "selesai";

/// How far the practice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Practice {
    /// The first sentence.
    First,
    /// The second, and what they said to the first.
    Second(Option<Judgement>),
    /// Over; whether they answered the second, or went past it.
    Over(bool),
}

impl Practice {
    /// Where somebody stands who asks for what comes next; `None` for those who have judged before.
    pub(super) fn of(query: &Fields, desk: &Desk) -> Option<Self> {
        if desk.practised || desk.statement.is_none() {
            return None;
        }
        let answer = Judgement::parse(query.text(ANSWER));
        Some(match query.text(STEP) {
            SECOND => Self::Second(answer),
            DONE => Self::Over(answer.is_some()),
            _ => Self::First,
        })
    }

    /// The sentence to practise on, or what follows on it: a word before the first real one.
    pub(super) fn view(self, visit: &Visit, consultation: &Consultation, part: &str) -> AnyView {
        let l = visit.locale;
        let (number, sentence, help, next) = match self {
            Self::First => (1, t::practice_first(l), t::practice_first_help(l), SECOND),
            Self::Second(_) => (2, t::practice_second(l), t::practice_second_help(l), DONE),
            Self::Over(true) => {
                return view! {
                    <Notice kind=NoticeKind::Success title=t::practice_over_title(l)>{t::practice_over(l)}</Notice>
                }
                .into_any();
            }
            Self::Over(false) => return ().into_any(),
        };
        let here = links::statements(&consultation.slug);
        let said = match self {
            Self::Second(Some(judgement)) => Some(t::practice_said(l, word(visit, judgement))),
            _ => None,
        };
        let said = said.map(|words| view! { <p role="status">{words}</p> });
        let lead = (self == Self::First).then(|| view! { <p>{t::practice_lead(l)}</p> });
        let why = matches!(self, Self::Second(_)).then(|| view! { <p>{t::practice_why(l)}</p> });
        let buttons = Judgement::ALL
            .into_iter()
            .map(|judgement| {
                view! {
                    <Choice
                        kind=kind(judgement)
                        label=word(visit, judgement)
                        name=ANSWER
                        value=judgement.word()
                    />
                }
            })
            .collect_view();
        let action = format!("{here}#{part}");
        let past = format!("{here}?{STEP}={DONE}#{part}");
        view! {
            <h2>{t::practice_title(l, number)}</h2>
            {said}
            {lead}
            <p class="sentence">{sentence}</p>
            <p class="meta">{help}</p>
            <form method="get" action=action aria-label=t::practice_question(l)>
                <input type="hidden" name=STEP value=next/>
                <Choices>{buttons}</Choices>
            </form>
            {why}
            <p><a href=past>{t::practice_skip(l)}</a></p>
        }
        .into_any()
    }

    /// Whether a sentence to practise on stands where the real one would.
    pub(super) const fn is_running(self) -> bool {
        !matches!(self, Self::Over(_))
    }
}

#[cfg(test)]
mod tests {
    use domain::{StatementId, statement::Statement};

    use super::*;

    #[test]
    fn whoever_has_judged_does_not_practise() {
        let mut desk = Desk {
            progress: service::statement::Progress::default(),
            statement: Some(Statement {
                id: StatementId::new("s"),
                number: 1,
                body: String::new(),
                is_seed: true,
                mine: None,
                counts: None,
            }),
            practised: false,
        };
        let at = |query: &str, desk: &Desk| Practice::of(&Fields::of_query(Some(query)), desk);
        assert_eq!(at("", &desk), Some(Practice::First));
        assert_eq!(at("latihan=x&jawab=agree", &desk), Some(Practice::First));
        assert_eq!(
            at("latihan=2&jawab=pass", &desk),
            Some(Practice::Second(Some(Judgement::Pass)))
        );
        assert_eq!(at("latihan=2&jawab=x", &desk), Some(Practice::Second(None)));
        assert_eq!(at("latihan=selesai", &desk), Some(Practice::Over(false)));
        assert_eq!(
            at("latihan=selesai&jawab=agree", &desk),
            Some(Practice::Over(true))
        );
        desk.practised = true;
        assert_eq!(at("latihan=2", &desk), None);
        desk.practised = false;
        desk.statement = None;
        assert_eq!(at("", &desk), None, "nothing is left to judge");
    }
}
