//! `/layanan/pbb/tagihan`: the land tax of a property by its number, how it came about, and paying it.

use axum::response::Response;
use domain::{Locale, reference::Reference};
use leptos::prelude::*;
use service::{
    Conflict, Error,
    payment::{Asked, TaxBill},
};

use super::{bill::fresh, words};
use crate::{Answer, Failure, Fields, Page, Visit, form, links, t::payment as t};

/// `GET /layanan/pbb/tagihan`: asks for the number.
pub(super) async fn show(visit: Visit) -> Answer {
    Ok(page(&visit, "", None))
}

/// `POST /layanan/pbb/tagihan`: the bills of the property `nop`. The number stands in no address.
pub(super) async fn look(visit: Visit, fields: Fields) -> Answer {
    let typed = fields.text("nop");
    let today = visit.zone().day(visit.now);
    let mut tx = visit.service.read().await?;
    let (service, client) = (&visit.service, &visit.client);
    let asked = service::payment::look_up(service, &mut tx, typed, today, client).await?;
    drop(tx);
    Ok(page(&visit, typed, Some(asked)))
}

/// `POST /layanan/pbb/bayar`: issues the bill of the year's tax `tagihan`, once, and leads to it.
pub(super) async fn pay(visit: Visit, fields: Fields) -> Answer {
    let today = visit.zone().day(visit.now);
    let (service, client) = (&visit.service, &visit.client);
    let tax = fields.text("tagihan");
    match service::payment::for_tax(service, tax, today, client).await {
        Ok(code) => Ok(visit.go(&links::bill(code.compact()))),
        Err(Error::Conflict(Conflict::Decided)) => Ok(visit.go(links::TAX)),
        Err(other) => Err(Failure::from(other)),
    }
}

fn page(visit: &Visit, typed: &str, asked: Option<Asked>) -> Response {
    let l = visit.locale;
    let wrong = match &asked {
        Some(Asked::Wrong(fault)) => Some(form::number(l, t::nop(l), *fault)),
        _ => None,
    };
    let summary = wrong.clone().map(|text| {
        let errors = vec![ui::ErrorItem::new("nop", text)];
        view! { <ui::ErrorSummary title=t::problem(l) errors/> }
    });
    let found = match asked {
        Some(Asked::Bills(bills)) if bills.is_empty() => Some(
            view! {
                <ui::Notice title=t::no_bills(l)>{t::no_bills_help(l)}</ui::Notice>
            }
            .into_any(),
        ),
        Some(Asked::Bills(bills)) => Some(found(visit, &bills).into_any()),
        _ => None,
    };
    let about = Page::new(t::tax_title(l)).describe(t::tax_lead(l));
    let about = if wrong.is_some() {
        about.wrong()
    } else {
        about
    };
    let is_asked = found.is_some();
    let kind = if is_asked {
        ui::ButtonKind::Secondary
    } else {
        ui::ButtonKind::Primary
    };
    let value = typed.to_owned();
    let form = view! {
        <ui::Form action=links::TAX id="cari-nop">
            <ui::TextInput
                id="nop"
                label=t::nop(l)
                hint=t::nop_hint(l)
                value=value
                error=wrong
                inputmode="numeric"
                autocomplete="off"
                maxlength=40
            />
            <ui::Buttons><ui::Button kind>{t::look(l)}</ui::Button></ui::Buttons>
        </ui::Form>
    };
    let view = view! {
        <ui::Page>
            <ui::BackLink href=links::service(service::payment::TAX) label=t::tax_service(l)/>
            <h1>{t::tax_title(l)}</h1>
            <ui::Lead text=t::tax_lead(l)/>
            {summary}
            {form}
            {found}
        </ui::Page>
    };
    let response = visit.page(about, view);
    // What was found is somebody's; the empty page is everybody's.
    if is_asked { fresh(response) } else { response }
}

fn found(visit: &Visit, bills: &[TaxBill]) -> impl IntoView + use<> {
    let l = visit.locale;
    let head = bills.first().map(|bill| {
        let rows = vec![
            ui::SummaryRow::new(t::nop_short(l), bill.nop.dotted()),
            ui::SummaryRow::new(t::owner(l), bill.owner.clone()),
            ui::SummaryRow::new(t::place(l), bill.place.clone()),
        ];
        view! { <ui::SummaryList rows/> }
    });
    let years = bills.iter().map(|bill| year(visit, bill)).collect_view();
    let open: u64 = bills
        .iter()
        .filter(|bill| bill.paid_at.is_none())
        .map(TaxBill::total)
        .sum();
    let all = if open == 0 {
        view! { <ui::Notice kind=ui::NoticeKind::Success>{t::all_paid(l)}</ui::Notice> }.into_any()
    } else {
        view! { <p>{t::open_total(l, words::rupiah(l, open))}</p> }.into_any()
    };
    view! {
        <section id="hasil">
            <h2>{t::property(l)}</h2>
            {head}
            {all}
            {years}
        </section>
    }
}

fn year(visit: &Visit, bill: &TaxBill) -> impl IntoView + use<> {
    let l = visit.locale;
    let today = visit.zone().day(visit.now);
    let (kind, word, line) = match bill.paid_at {
        Some(at) => {
            let day = visit.zone().date(at, l);
            (ui::TagKind::Open, t::paid(l), t::paid_on_day(l, day))
        }
        None if today > bill.due => (
            ui::TagKind::Time,
            t::late(l),
            t::overdue(l, bill.due.written(l)),
        ),
        None => (
            ui::TagKind::Time,
            t::unpaid(l),
            t::due(l, bill.due.written(l)),
        ),
    };
    let amount = words::rupiah(l, bill.total());
    let way = way(l, bill);
    let unverified = (!bill.rates.is_verified).then(|| {
        let source = bill.rates.source.clone();
        view! { <p class="meta">{t::unverified(l)}" "{source}</p> }
    });
    let lines = lines(l, bill);
    let title = t::year(l, bill.year.to_string());
    let how = t::how(l, bill.year.to_string());
    view! {
        <ui::Panel>
            <h3>{title}</h3>
            <p class="amount">{amount}</p>
            <p><ui::Tag kind text=word/></p>
            <p>{line}</p>
            {way}
            <ui::Disclosure summary=how>
                <ui::SummaryList rows=lines/>
                {unverified}
            </ui::Disclosure>
        </ui::Panel>
    }
}

/// The next thing to do with a year's tax.
fn way(l: Locale, bill: &TaxBill) -> AnyView {
    let receipt = |code: Reference| format!("{}/bukti", links::bill(code.compact()));
    match (bill.paid_at, bill.code) {
        (Some(_), Some(code)) => view! {
            <p><a href=receipt(code)>{t::to_receipt_of(l, bill.year.to_string())}</a></p>
        }
        .into_any(),
        (Some(_), None) => ().into_any(),
        // A tax of nothing is not to be paid.
        (None, _) if bill.total() == 0 => view! { <p>{t::nothing_due(l)}</p> }.into_any(),
        (None, _) => {
            let (id, word) = (bill.id.clone(), t::pay_year(l, bill.year.to_string()));
            view! {
                <ui::Form action="/layanan/pbb/bayar">
                    <input type="hidden" name="tagihan" value=id/>
                    <ui::Buttons><ui::Button>{word}</ui::Button></ui::Buttons>
                </ui::Form>
            }
            .into_any()
        }
    }
}

/// How the tax came about, line by line.
fn lines(l: Locale, bill: &TaxBill) -> Vec<ui::SummaryRow> {
    let (object, found) = (&bill.property.object, &bill.assessment);
    let class = |class: &str| {
        if class.is_empty() {
            String::new()
        } else {
            t::class(l, class)
        }
    };
    let product = |size: u32, value: u64, of: u64, class: String| {
        let size = l.number(i64::from(size));
        let line = t::area(l, size, words::rupiah(l, value), words::rupiah(l, of));
        format!("{line}{class}")
    };
    let tier = bill
        .rates
        .tiers
        .iter()
        .rev()
        .find(|tier| tier.from <= found.value);
    let share = words::percent(l, tier.map_or(0, |tier| tier.assessed));
    let rest = words::rupiah(l, found.value - found.exempt);
    let mut lines = vec![
        ui::SummaryRow::new(
            t::land(l),
            product(
                object.land,
                object.land_value,
                found.land,
                class(&bill.property.land_class),
            ),
        ),
        ui::SummaryRow::new(
            t::building(l),
            product(
                object.building,
                object.building_value,
                found.building,
                class(&bill.property.building_class),
            ),
        ),
        ui::SummaryRow::new(t::value(l), words::rupiah(l, found.value)),
        ui::SummaryRow::new(t::exempt(l), format!("−{}", words::rupiah(l, found.exempt))),
        ui::SummaryRow::new(
            t::assessed(l),
            t::share_of(l, share, rest, words::rupiah(l, found.assessed)),
        ),
        ui::SummaryRow::new(
            t::rate(l),
            t::times(
                l,
                words::percent(l, found.rate),
                words::rupiah(l, found.tax),
            ),
        ),
    ];
    if bill.months_late > 0 {
        let late = t::months(
            l,
            words::percent(l, bill.rates.late.rate),
            i64::from(bill.months_late),
            words::rupiah(l, bill.interest),
        );
        lines.push(ui::SummaryRow::new(t::interest(l), late));
    } else if bill.interest > 0 {
        let paid = words::rupiah(l, bill.interest);
        lines.push(ui::SummaryRow::new(t::interest(l), paid));
    }
    lines.push(ui::SummaryRow::new(
        t::total(l),
        words::rupiah(l, bill.total()),
    ));
    lines
}
