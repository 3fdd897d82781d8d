//! A bill on the pages of what it is for.

use leptos::prelude::*;
use service::payment::{Bill, Phase};

use super::words;
use crate::{Visit, links, t::payment as t};

/// The bill in short: how much, until when, how far, and the way to its page.
pub fn short(visit: &Visit, bill: &Bill) -> impl IntoView + use<> {
    let l = visit.locale;
    let phase = bill.phase(visit.service.payments(), visit.now);
    let (kind, word) = words::tag(l, &phase);
    let amount = words::rupiah(l, bill.amount);
    let line = stands(visit, bill, &phase);
    let way = match &phase {
        Phase::Paid(_) => Some((
            format!("{}/bukti", bill.place()),
            t::to_receipt(l),
            ui::ButtonKind::Secondary,
        )),
        Phase::Withdrawn | Phase::AtOffice => None,
        _ => Some((bill.place(), t::pay(l), ui::ButtonKind::Primary)),
    };
    let way = way.map(|(href, word, kind)| {
        view! { <ui::Buttons><ui::Button kind href>{word}</ui::Button></ui::Buttons> }
    });
    view! {
        <section id="tagihan" data-fresh>
            <h2>{t::fee(l)}</h2>
            <ui::Panel>
                <p class="amount">{amount}</p>
                <p><ui::Tag kind text=word/></p>
                <p>{line}</p>
                {way}
            </ui::Panel>
        </section>
    }
}

/// How a bill stands, in a sentence.
fn stands(visit: &Visit, bill: &Bill, phase: &Phase) -> String {
    let l = visit.locale;
    match phase {
        Phase::Paid(paid) => t::paid_on(l, words::moment(visit, paid.at)),
        Phase::Withdrawn => t::withdrawn_help(l).to_owned(),
        Phase::AtOffice => at_office(visit, bill),
        _ => words::due(visit, bill),
    }
}

/// The bill for a paper: its name, and how much, how far and until when.
pub fn fact(visit: &Visit, bill: &Bill) -> (String, String) {
    let l = visit.locale;
    let phase = bill.phase(visit.service.payments(), visit.now);
    let (_, word) = words::tag(l, &phase);
    let (amount, line) = (words::rupiah(l, bill.amount), stands(visit, bill, &phase));
    (t::fee(l).to_owned(), format!("{amount}. {word}. {line}"))
}

/// The bill in one line, for the office.
pub fn line(visit: &Visit, bill: &Bill) -> impl IntoView + use<> {
    let l = visit.locale;
    let phase = bill.phase(visit.service.payments(), visit.now);
    let (kind, word) = words::tag(l, &phase);
    let text = t::fee_of(l, words::rupiah(l, bill.amount));
    view! {
        <p id="biaya" data-fresh>{text}" "<ui::Tag kind text=word/></p>
    }
}

/// The way to the bills of the tax, on the page of its service.
pub fn beside(visit: &Visit, key: &str) -> Option<impl IntoView + use<>> {
    let label = t::to_tax(visit.locale);
    (key == service::payment::TAX).then(|| {
        view! {
            <ui::Buttons>
                <ui::Button kind=ui::ButtonKind::Secondary href=links::TAX>{label}</ui::Button>
            </ui::Buttons>
        }
    })
}

/// Where to pay when nobody takes payments here.
pub(super) fn at_office(visit: &Visit, bill: &Bill) -> String {
    let l = visit.locale;
    format!(
        "{} {}",
        words::due(visit, bill),
        t::at_office(l, &bill.office_name)
    )
}
