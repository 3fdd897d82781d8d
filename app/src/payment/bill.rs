//! `/bayar/{kode}`: a bill, its QR code, and how far it is. For whoever knows the code; it holds nothing personal.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::Response,
};
use domain::{Timestamp, payment::Report, reference::Reference};
use leptos::prelude::*;
use service::payment::{Bill, Phase};

use super::{panel::at_office, words};
use crate::{Answer, Failure, Fields, Page, Said, Visit, links, t::payment as t};

/// The code of an address.
pub(super) fn code(text: &str) -> Result<Reference, Failure> {
    Reference::parse(text).map_err(|_| Failure::NotFound)
}

/// The bill of a code.
pub(super) async fn find(visit: &Visit, code: Reference) -> Result<Bill, Failure> {
    let mut tx = visit.service.read().await?;
    Ok(service::payment::show(&visit.service, &mut tx, code, &visit.client).await?)
}

/// `GET /bayar/{kode}`.
pub(super) async fn show(visit: Visit, Path(text): Path<String>) -> Answer {
    let bill = find(&visit, code(&text)?).await?;
    Ok(page(&visit, &bill))
}

/// `POST /bayar/{kode}`: `aksi=kode` asks for a QR code, `aksi=periksa` asks the provider how far it is; where payments are
/// simulated, `aksi=lunas` pays and `aksi=habis` lets the code run out.
pub(super) async fn send(visit: Visit, Path(text): Path<String>, fields: Fields) -> Answer {
    let (code, service, address) = (code(&text)?, &visit.service, &visit.client);
    let bill = match fields.text("aksi") {
        "kode" => {
            let today = visit.zone().day(visit.now);
            service::payment::renew(service, code, today, address).await?
        }
        "periksa" => service::payment::check_again(service, code, address).await?,
        word @ ("lunas" | "habis") => {
            let report = if word == "lunas" {
                Report::Paid
            } else {
                Report::Expired
            };
            service::payment::simulate(service, code, report, address).await?;
            find(&visit, code).await?
        }
        _ => return Err(Failure::BadRequest),
    };
    Ok(match bill.paid {
        Some(_) => visit.go_saying(&bill.place(), Said::Paid),
        None => visit.go(&bill.place()),
    })
}

/// Never kept by anything on the way: the next look may show something else.
pub(super) fn fresh(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn page(visit: &Visit, bill: &Bill) -> Response {
    let l = visit.locale;
    let phase = bill.phase(visit.service.payments(), visit.now);
    let (kind, word) = words::tag(l, &phase);
    let title = t::title(l, bill.title(l));
    let amount = words::rupiah(l, bill.amount);
    let number = t::of_office(l, bill.code.to_string(), &bill.office_name);
    let back = bill.case.map(|case| {
        let href = links::track(case.compact());
        view! { <p><a href=href>{t::to_case(l, case.to_string())}</a></p> }
    });
    let due = (!matches!(phase, Phase::Paid(_) | Phase::Withdrawn | Phase::AtOffice))
        .then(|| view! { <p>{words::due(visit, bill)}</p> });
    let live = format!("{}/langsung", bill.place());
    let what = what_to_do(visit, bill, &phase);
    let simulated = simulator(visit, bill, &phase);
    let extra = extra(visit, bill);
    let about = Page::new(title.clone()).unlisted();
    let view = view! {
        <ui::Page>
            <h1>{title}</h1>
            <p class="meta">{number}</p>
            <div id="bayar" data-live=live>
                <div id="keadaan" class="stack" data-fresh>
                    <p class="amount">{amount}</p>
                    <p><ui::Tag kind text=word/></p>
                    {due}
                    {what}
                    {extra}
                    {simulated}
                </div>
            </div>
            {back}
        </ui::Page>
    };
    fresh(visit.page(about, view))
}

fn what_to_do(visit: &Visit, bill: &Bill, phase: &Phase) -> AnyView {
    let l = visit.locale;
    let form = |aksi: &'static str, word: &'static str, kind: ui::ButtonKind| {
        view! {
            <ui::Form action=bill.place()>
                <ui::Buttons><ui::Button kind name="aksi" value=aksi>{word}</ui::Button></ui::Buttons>
            </ui::Form>
        }
    };
    match phase {
        Phase::Paid(paid) => {
            let text = t::paid_on(l, words::moment(visit, paid.at));
            let href = format!("{}/bukti", bill.place());
            view! {
                <ui::Notice kind=ui::NoticeKind::Success title=t::paid_title(l)>{text}</ui::Notice>
                <ui::Buttons><ui::Button href>{t::to_receipt(l)}</ui::Button></ui::Buttons>
            }
            .into_any()
        }
        Phase::Withdrawn => {
            view! { <ui::Notice kind=ui::NoticeKind::Closed>{t::withdrawn_help(l)}</ui::Notice> }
                .into_any()
        }
        Phase::AtOffice => view! {
            <p>{at_office(visit, bill)}</p>
            <p>{bill.office_contact.clone()}</p>
        }
        .into_any(),
        Phase::Preparing => view! {
            <ui::Notice title=t::preparing(l)>{t::preparing_help(l)}</ui::Notice>
            {form("kode", t::try_now(l), ui::ButtonKind::Primary)}
        }
        .into_any(),
        Phase::Over => view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::over(l)>{t::over_help(l)}</ui::Notice>
            {form("kode", t::new_code(l), ui::ButtonKind::Primary)}
        }
        .into_any(),
        Phase::Scan { payload, until } => view! {
            {scan(visit, bill, payload, *until)}
            {form("periksa", t::check_again(l), ui::ButtonKind::Secondary)}
        }
        .into_any(),
    }
}

fn scan(visit: &Visit, bill: &Bill, payload: &str, until: Timestamp) -> impl IntoView + use<> {
    let l = visit.locale;
    let label = t::code_label(l, words::rupiah(l, bill.amount));
    let picture = match service::qr::matrix(payload) {
        Some(code) => {
            let runs = code.runs().into_iter();
            let runs = runs.map(|run| (run.x, run.y, run.length)).collect();
            view! { <ui::QrCode size=code.size() runs label/> }.into_any()
        }
        None => view! { <ui::Notice kind=ui::NoticeKind::Warning>{t::no_picture(l)}</ui::Notice> }
            .into_any(),
    };
    let steps = [t::step_app(l), t::step_scan(l), t::step_compare(l)];
    let steps = steps
        .into_iter()
        .map(|step| view! { <li>{step}</li> })
        .collect_view();
    let good = t::good_until(l, words::until(visit, until));
    view! {
        <figure class="qr-figure">
            {picture}
            <figcaption>{good}</figcaption>
        </figure>
        <div class="prose"><ol>{steps}</ol></div>
    }
}

/// Money that came too often, or was given back.
fn extra(visit: &Visit, bill: &Bill) -> impl IntoView + use<> {
    let l = visit.locale;
    let twice = bill.is_overpaid.then(|| {
        let text = t::overpaid_help(l, &bill.office_name);
        view! { <ui::Notice kind=ui::NoticeKind::Warning title=t::overpaid(l)>{text}</ui::Notice> }
    });
    let back = (bill.refunded > 0).then(|| {
        let text = t::refunded(l, words::hundredths(l, bill.refunded));
        view! { <ui::Notice>{text}</ui::Notice> }
    });
    view! { {twice} {back} }
}

/// That nothing of it is real, and what a payer would do.
fn simulator(visit: &Visit, bill: &Bill, phase: &Phase) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    let setup = visit.service.payments()?;
    if !setup.provider.is_simulated() {
        return None;
    }
    let place = bill.place();
    let deeds = matches!(phase, Phase::Scan { .. }).then(|| {
        view! {
            <ui::Form action=place>
                <ui::Buttons>
                    <ui::Button name="aksi" value="lunas">{t::simulate_paid(l)}</ui::Button>
                    <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="habis">
                        {t::simulate_over(l)}
                    </ui::Button>
                </ui::Buttons>
            </ui::Form>
        }
    });
    Some(view! {
        <ui::Notice kind=ui::NoticeKind::Warning title=t::simulated(l)>{t::simulated_help(l)}</ui::Notice>
        {deeds}
    })
}
