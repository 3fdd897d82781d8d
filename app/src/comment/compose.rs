//! The form for a comment, a reply, an office's answer.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{
    ClauseId, CommentId, Invalid, Locale,
    clause::cut::PREAMBLE,
    comment::{BODY_MAX, Stance, sentences},
    consultation::{Consultation, Phase},
};
use leptos::prelude::*;
use service::{
    Error,
    comment::{ClauseRef, draft_place, may_answer},
    draft::Draft,
};

use crate::{Failure, Fields, Visit, links, problem::sentence, t::comment as t};

/// What a comment is about.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// The plan as a whole.
    Plan,
    /// A clause.
    Clause(ClauseRef),
    /// Another comment.
    Reply(CommentId),
}

impl Target {
    /// Where its draft is kept.
    pub(super) fn draft_place(&self, slug: &str) -> String {
        match self {
            Self::Plan => draft_place(slug, None, None),
            Self::Clause(clause) => draft_place(slug, Some(&clause.id), None),
            Self::Reply(id) => draft_place(slug, None, Some(id)),
        }
    }

    /// The clause that it is about.
    pub(super) fn clause(&self) -> Option<&ClauseId> {
        match self {
            Self::Clause(clause) => Some(&clause.id),
            Self::Plan | Self::Reply(_) => None,
        }
    }

    /// The page from which it was written.
    pub(super) fn page(&self, slug: &str) -> String {
        match self {
            Self::Plan => links::comments(slug),
            Self::Clause(clause) => links::clause(slug, &clause.label),
            Self::Reply(id) => links::comment(id),
        }
    }
}

/// What stands in the fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) body: String,
    pub(super) stance: String,
    pub(super) quote: String,
    pub(super) as_office: bool,
}

impl Typed {
    pub(super) fn of(fields: &Fields) -> Self {
        Self {
            body: fields.string("isi"),
            stance: fields.string("sikap"),
            quote: fields.string("kutipan"),
            as_office: fields.has("sebagai_kantor"),
        }
    }

    /// What the visitor was typing here; nothing for somebody who is not signed in, so that their page can be kept.
    pub(super) async fn draft(visit: &Visit, slug: &str, target: &Target) -> Result<Self, Failure> {
        let Some(account) = visit.actor.account() else {
            return Ok(Self::default());
        };
        let owner = service::draft::Owner::account(account);
        let mut tx = visit.service.read().await?;
        let found = service::draft::find(&mut tx, &owner, &target.draft_place(slug)).await?;
        Ok(found.as_ref().map_or_else(Self::default, Self::kept))
    }

    /// What was kept of it.
    pub(super) fn kept(draft: &Draft) -> Self {
        Self {
            body: draft.text("isi").to_owned(),
            stance: draft.text("sikap").to_owned(),
            quote: draft.text("kutipan").to_owned(),
            as_office: !draft.all("sebagai_kantor").is_empty(),
        }
    }

    pub(super) fn draft_of(&self) -> domain::comment::Draft {
        domain::comment::Draft {
            body: self.body.clone(),
            stance: self.stance.clone(),
            quote: self.quote.clone(),
        }
    }
}

/// Why what was typed was not taken.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    status: StatusCode,
    wait: Option<u32>,
    invalid: Invalid,
    sentence: Option<String>,
}

impl Trouble {
    /// What can be said beside the form; everything else has a page of its own.
    pub(super) fn of(l: Locale, error: Error) -> Result<Self, Failure> {
        let plain = |status, sentence| Self {
            status,
            wait: None,
            invalid: Invalid::default(),
            sentence: Some(sentence),
        };
        match error {
            Error::Invalid(invalid) => Ok(Self {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                wait: None,
                invalid,
                sentence: None,
            }),
            Error::Conflict(why) => Ok(plain(
                StatusCode::CONFLICT,
                crate::error::conflict(l, why).to_owned(),
            )),
            Error::TooOften { seconds } => Ok(Self {
                wait: Some(seconds),
                ..plain(
                    StatusCode::TOO_MANY_REQUESTS,
                    t::too_often(l, i64::from(seconds)),
                )
            }),
            other => Err(other.into()),
        }
    }

    /// The sentence beside a field of the form.
    pub(super) fn at(&self, l: Locale, field: &str, label: &str) -> Option<String> {
        self.invalid
            .of(field)
            .map(|problem| sentence(l, label, problem))
    }

    /// The list on top of a form: `fields` are the names in the rules, the ids in the page, and the labels.
    pub(super) fn summary(
        &self,
        l: Locale,
        title: &'static str,
        first: &str,
        fields: &[(&str, &str, &str)],
    ) -> AnyView {
        let mut errors: Vec<ui::ErrorItem> = fields
            .iter()
            .filter_map(|(field, id, label)| {
                Some(ui::ErrorItem::new(*id, self.at(l, field, label)?))
            })
            .collect();
        errors.extend(
            self.sentence
                .iter()
                .map(|text| ui::ErrorItem::new(first, text.clone())),
        );
        view! { <ui::ErrorSummary title=title errors/> }.into_any()
    }

    /// Gives the page its status, and the seconds to wait.
    pub(super) fn mark(trouble: Option<&Self>, mut response: Response) -> Response {
        if let Some(trouble) = trouble {
            *response.status_mut() = trouble.status;
            if let Some(seconds) = trouble.wait {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
        }
        response
    }
}

/// Who may write now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// Residents, and the office.
    Open,
    /// The office alone: it has closed.
    Office,
    /// Nobody: it opens later.
    NotYet,
    /// Nobody but the office, which the visitor does not belong to.
    Over,
    /// Nobody: comments are switched off.
    Off,
}

pub(super) fn gate(visit: &Visit, c: &Consultation) -> Gate {
    match c.phase(visit.now) {
        _ if !c.comments_open => Gate::Off,
        Phase::Open => Gate::Open,
        Phase::Draft | Phase::Announced => Gate::NotYet,
        Phase::Closed | Phase::Answered if may_answer(&visit.actor, c) => Gate::Office,
        Phase::Closed | Phase::Answered => Gate::Over,
    }
}

/// How a clause is called: "Pasal 4. Parkir pengganti".
pub(super) fn clause_name(l: Locale, label: &str, heading: &str) -> String {
    match (label, heading) {
        (PREAMBLE, "") => t::preamble(l).to_owned(),
        (PREAMBLE, heading) => heading.to_owned(),
        (label, "") => t::clause(l, label),
        (label, heading) => t::clause_heading(l, label, heading),
    }
}

/// The form, or why there is none; what was typed is there in either case. `back` is the page to return to.
pub(super) fn compose(
    visit: &Visit,
    c: &Consultation,
    target: &Target,
    typed: &Typed,
    trouble: Option<&Trouble>,
    back: &str,
) -> AnyView {
    let l = visit.locale;
    let gate = gate(visit, c);
    let why = match gate {
        Gate::Open | Gate::Office => None,
        Gate::NotYet => Some(t::not_yet(l, date(visit, c.opens_at))),
        Gate::Over => Some(t::over(l, date(visit, c.closes_at))),
        Gate::Off => Some(t::off(l).to_owned()),
    };
    match why {
        Some(why) => closed(l, why, typed, trouble),
        None => form(visit, c, target, typed, trouble, back, gate == Gate::Office),
    }
}

fn date(visit: &Visit, at: Option<domain::Timestamp>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| visit.zone().date(at, visit.locale))
}

/// What stands in the form's place when nobody may write: the reason, and what was typed, to be copied.
fn closed(l: Locale, why: String, typed: &Typed, trouble: Option<&Trouble>) -> AnyView {
    let kept = (!typed.body.trim().is_empty()).then(|| {
        view! { <ui::TextArea id="isi" label=t::unsent(l) hint=t::unsent_hint(l) value=typed.body.clone()/> }
    });
    let summary = trouble.map(|trouble| trouble.summary(l, t::problem(l), "isi", &[]));
    view! {
        {summary}
        <ui::Notice kind=ui::NoticeKind::Closed>{why}</ui::Notice>
        {kept}
    }
    .into_any()
}

fn form(
    visit: &Visit,
    c: &Consultation,
    target: &Target,
    typed: &Typed,
    trouble: Option<&Trouble>,
    back: &str,
    office_only: bool,
) -> AnyView {
    let l = visit.locale;
    let reply = matches!(target, Target::Reply(_));
    let (title, label, button) = match (office_only, reply) {
        (true, _) => (t::write_answer(l), t::body(l), t::send_answer(l)),
        (false, true) => (t::write_reply(l), t::body_reply(l), t::send_reply(l)),
        (false, false) => (t::write(l), t::body(l), t::send(l)),
    };
    let signed_in = visit.actor.member().is_some();
    let fields = [
        ("stance", "sikap", t::stance(l)),
        ("quote", "kutipan", t::quote(l)),
        ("body", "isi", label),
    ];
    let summary = trouble.map(|trouble| trouble.summary(l, t::problem(l), "isi", &fields));
    let stance = (!reply && !office_only).then(|| stance(l, &typed.stance, trouble));
    let (about, quote) = match target {
        Target::Plan => (None, None),
        Target::Clause(clause) => (
            Some(
                view! { <input type="hidden" name="pasal" value=clause.id.to_string()/> }
                    .into_any(),
            ),
            (!office_only).then(|| quote(l, clause, &typed.quote, trouble)),
        ),
        Target::Reply(id) => (
            Some(view! { <input type="hidden" name="induk" value=id.to_string()/> }.into_any()),
            None,
        ),
    };
    let office = match (office_only, may_answer(&visit.actor, c)) {
        (true, _) => {
            Some(view! { <input type="hidden" name="sebagai_kantor" value="ya"/> }.into_any())
        }
        (false, true) => Some(
            view! {
                <ui::Checkbox
                    id="sebagai_kantor"
                    label=t::as_office(l, &c.office_name)
                    hint=t::as_office_hint(l)
                    checked=typed.as_office
                />
            }
            .into_any(),
        ),
        (false, false) => None,
    };
    // Only a person who is signed in gets a key: the page of everybody else is the same for all of them.
    let key = signed_in.then(|| {
        let key = visit.service.chance().id(visit.now);
        view! { <input type="hidden" name="kunci" value=key/> }
    });
    let (id, swap) = if reply {
        ("balas", "utas")
    } else {
        ("tulis", "tanggapan")
    };
    view! {
        <form class="form" id=id method="post" action=links::comments(&c.slug) data-swap=swap novalidate>
            <h3>{title}</h3>
            {summary}
            {about} {key}
            <input type="hidden" name="kembali" value=back.to_owned()/>
            {stance} {quote}
            <ui::TextArea
                id="isi"
                label=label
                value=typed.body.clone()
                hint=if signed_in { t::body_hint(l) } else { t::body_guest(l) }
                error=trouble.and_then(|trouble| trouble.at(l, "body", label))
                maxlength=BODY_MAX
                draft=target.draft_place(&c.slug)
            />
            {office}
            <ui::Button>{button}</ui::Button>
        </form>
    }
    .into_any()
}

fn stance(l: Locale, chosen: &str, trouble: Option<&Trouble>) -> impl IntoView + use<> {
    let items = Stance::ALL
        .iter()
        .map(|stance| ui::Choosable::new(stance.word(), stance_name(l, *stance)))
        .collect();
    view! {
        <ui::Radios
            id="sikap"
            legend=t::stance(l)
            marker=t::stance_marker(l)
            items
            value=chosen.to_owned()
            error=trouble.and_then(|trouble| trouble.at(l, "stance", t::stance(l)))
        />
    }
}

/// How a stance is called.
pub(super) const fn stance_name(l: Locale, stance: Stance) -> &'static str {
    match stance {
        Stance::For => t::stance_for(l),
        Stance::Against => t::stance_against(l),
        Stance::Neutral => t::stance_neutral(l),
    }
}

/// The clause's own sentences to choose from: a quote is never typed, so it always stands in the text.
fn quote(
    l: Locale,
    clause: &ClauseRef,
    chosen: &str,
    trouble: Option<&Trouble>,
) -> impl IntoView + use<> {
    let options: Vec<ui::Choosable> = sentences(&clause.body)
        .into_iter()
        .map(|sentence| ui::Choosable::new(sentence.clone(), shortened(&sentence)))
        .collect();
    (options.len() > 1).then(|| {
        view! {
            <ui::Select
                id="kutipan"
                label=t::quote(l)
                empty=t::quote_any(l)
                options
                value=chosen.to_owned()
                error=trouble.and_then(|trouble| trouble.at(l, "quote", t::quote(l)))
            />
        }
    })
}

/// The beginning of a sentence, for a list.
fn shortened(sentence: &str) -> String {
    const SHOWN: usize = 90;
    match sentence.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", sentence[..at].trim_end()),
        None => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_called_as_people_call_them() {
        assert_eq!(clause_name(Locale::Id, "4", "Parkir"), "Pasal 4. Parkir");
        assert_eq!(clause_name(Locale::Id, "4", ""), "Pasal 4");
        assert_eq!(clause_name(Locale::Id, PREAMBLE, ""), "Pembukaan");
    }

    #[test]
    fn long_sentences_are_cut_between_characters() {
        assert_eq!(shortened("pendek"), "pendek");
        assert_eq!(shortened(&"ä".repeat(100)), format!("{}…", "ä".repeat(90)));
    }
}
