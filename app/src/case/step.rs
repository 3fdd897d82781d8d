//! What can be done next with a case: forms of its page in the office.

use domain::case::{Move, Outcome, Status};
use leptos::prelude::*;
use service::case::Case;

use super::{
    desk::{Refused, wrong},
    files, words,
};
use crate::{Visit, t::case as t};

/// A form of the page that names its deed.
pub(super) fn form(
    visit: &Visit,
    place: &str,
    deed: &'static str,
    id: &'static str,
    inner: AnyView,
) -> AnyView {
    let key = visit.service.chance().token();
    // Messages and answers may bring files.
    let files = matches!(deed, "balas" | "jawab");
    view! {
        <ui::Form id=id action=place.to_owned() files>
            <input type="hidden" name="kunci" value=key/>
            <input type="hidden" name="aksi" value=deed/>
            {inner}
        </ui::Form>
    }
    .into_any()
}

/// What can be done next: the one step on top, the others folded.
pub(super) fn deeds(visit: &Visit, case: &Case, place: &str, refused: &Refused) -> AnyView {
    let l = visit.locale;
    let allows = |deed| case.status.allows(deed, case.outcome);
    let step = |deed: &'static str, word: &'static str| {
        let button = view! { <ui::Buttons><ui::Button>{word}</ui::Button></ui::Buttons> };
        form(visit, place, deed, "langkah", button.into_any())
    };
    let next = if allows(Move::Check) {
        Some(step("periksa", t::check(l)))
    } else if allows(Move::HandOut) {
        Some(step("serahkan", t::hand_out(l)))
    } else {
        None
    };
    let decide =
        allows(Move::Decide(Outcome::Refused)).then(|| decide(visit, case, place, refused));
    let ask = allows(Move::Ask).then(|| {
        let error = wrong(l, &refused.invalid, "question");
        let inner = view! {
            <ui::TextArea
                id="pertanyaan"
                label=t::question(l)
                hint=t::question_hint(l)
                value=refused.typed("tanya", "pertanyaan")
                error
                rows=4
                maxlength=domain::case::ASKED
            />
            <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::ask(l)}</ui::Button></ui::Buttons>
        };
        folded(t::ask_title(l), refused.is("tanya"), form(visit, place, "tanya", "tanya", inner.into_any()))
    });
    let answer = allows(Move::Answer).then(|| {
        let error = wrong(l, &refused.invalid, "message").filter(|_| refused.is("jawab"));
        let inner = view! {
            <ui::TextArea
                id="jawaban"
                name="pesan"
                label=t::answer_at_desk(l)
                hint=t::answer_at_desk_hint(l)
                value=refused.typed("jawab", "pesan")
                error
                rows=3
                maxlength=domain::case::MESSAGE
            />
            {files::field(visit, "berkas-jawaban", refused.invalid_of("jawab"))}
            <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::write_down(l)}</ui::Button></ui::Buttons>
        };
        folded(t::answer_at_desk(l), refused.is("jawab"), form(visit, place, "jawab", "jawab", inner.into_any()))
    });
    let can_extend = case.status.is_open()
        && case.deadline.limit.extension > 0
        && case.deadline.extension.is_none();
    let extend = can_extend.then(|| {
        let of = |field| wrong(l, &refused.invalid, field).filter(|_| refused.is("perpanjang"));
        let limit = &case.deadline.limit;
        let longer = words::span(l, limit.unit, i64::from(limit.extension));
        let inner = view! {
            <p>{t::extend_help(l, longer)}</p>
            <ui::TextArea
                id="alasan-perpanjangan"
                name="alasan"
                label=t::reason(l)
                hint=t::reason_hint(l)
                value=refused.typed("perpanjang", "alasan")
                error=of("reason").or_else(|| of("holidays"))
                rows=3
                maxlength=domain::deadline::REASON
            />
            <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::extend(l)}</ui::Button></ui::Buttons>
        };
        folded(t::extend_title(l), refused.is("perpanjang"), form(visit, place, "perpanjang", "perpanjang", inner.into_any()))
    });
    view! { {next}{decide}{ask}{answer}{extend} }.into_any()
}

pub(super) fn folded(summary: &'static str, open: bool, inner: AnyView) -> AnyView {
    view! { <ui::Disclosure summary open>{inner}</ui::Disclosure> }.into_any()
}

fn decide(visit: &Visit, case: &Case, place: &str, refused: &Refused) -> AnyView {
    let l = visit.locale;
    let items = Outcome::ALL
        .iter()
        .filter(|outcome| case.status.allows(Move::Decide(**outcome), case.outcome))
        .map(|outcome| ui::Choosable::new(outcome.word(), words::outcome(l, *outcome)))
        .collect::<Vec<_>>();
    let of = |field| wrong(l, &refused.invalid, field).filter(|_| refused.is("putuskan"));
    let inner = view! {
        <ui::Radios
            id="hasil"
            legend=t::outcome(l)
            items
            value=refused.typed("putuskan", "hasil")
            error=of("outcome")
        />
        <ui::TextArea
            id="alasan"
            label=t::reason(l)
            hint=t::reason_hint(l)
            value=refused.typed("putuskan", "alasan")
            error=of("reason")
            rows=4
            maxlength=domain::case::REASON
        />
        <ui::Buttons><ui::Button>{t::decide(l)}</ui::Button></ui::Buttons>
    };
    let inner = form(visit, place, "putuskan", "putuskan", inner.into_any());
    if case.status == Status::Checked {
        view! { <section><h2>{t::decision(l)}</h2>{inner}</section> }.into_any()
    } else {
        folded(t::decide_unanswered(l), refused.is("putuskan"), inner)
    }
}
