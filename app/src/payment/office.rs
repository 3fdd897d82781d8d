//! `/kantor/pembayaran`: the payments of a day, as the office compares them with its account at the bank.

use axum::{
    extract::RawQuery,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use domain::{Day as Date, OfficeId, Timestamp, payment::State};
use leptos::prelude::*;
use service::payment::Day;

use super::words;
use crate::{
    Answer, Fields, Page, Visit, links,
    office::{Part, shell},
    t::payment as t,
};

async fn find(visit: &Visit, query: Option<&str>) -> Result<Day, crate::Failure> {
    let fields = Fields::of_query(query);
    let zone = visit.zone();
    let date = Date::parse(fields.text("tanggal")).unwrap_or_else(|| zone.day(visit.now));
    let office = fields.text("kantor").trim();
    let office = (!office.is_empty()).then(|| OfficeId::new(office));
    let mut tx = visit.service.read().await?;
    let day = service::payment::day(&mut tx, &visit.actor, zone, date, office.as_ref()).await?;
    Ok(day)
}

/// `GET /kantor/pembayaran/unduh?tanggal=&kantor=`: the same list as a table.
pub(super) async fn download(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let day = find(&visit, query.as_deref()).await?;
    // An office's key is a word of ours, and a day is digits.
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", day.file_name()))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let text = service::payment::csv(&day, visit.zone());
    let heads = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((heads, text).into_response())
}

/// `GET /kantor/pembayaran?tanggal=&kantor=`.
pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let day = find(&visit, query.as_deref()).await?;
    let l = visit.locale;
    let zone = visit.zone();
    let office = day.office.as_ref().map_or("", OfficeId::as_str);
    let address = |path: &str, date: Date, office: &str| {
        let tail = if office.is_empty() {
            String::new()
        } else {
            format!("&kantor={}", links::encode(office))
        };
        format!("{path}?tanggal={date}{tail}")
    };
    let offices: Vec<ui::TabItem> = day
        .offices
        .iter()
        .map(|one| {
            let href = address(links::PAYMENTS, day.date, one.as_str());
            ui::TabItem::new(href, one.to_string(), day.office.as_ref() == Some(one))
        })
        .collect();
    let tabs = (offices.len() > 1).then(|| view! { <ui::Tabs label=t::offices(l) items=offices/> });
    let beside = |days: i64| day.date.plus(days);
    let before = beside(-1).map(|date| {
        view! { <a href=address(links::PAYMENTS, date, office)>{t::day_before(l)}</a> }
    });
    let after = beside(1)
        .filter(|date| *date <= zone.day(visit.now))
        .map(|date| {
            view! { <a href=address(links::PAYMENTS, date, office)>{t::day_after(l)}</a> }
        });
    let sum = move |(count, sum): (u64, u64)| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        format!("{} · {}", l.number(count), words::rupiah(l, sum))
    };
    let title = t::office_title(l, day.date.written(l));
    let file = address("/kantor/pembayaran/unduh", day.date, office);
    let view = view! {
        <h1>{title.clone()}</h1>
        {simulated(&visit)}
        {tabs}
        <p class="day-links">{before} {after}</p>
        <ui::Stats>
            <ui::Stat figure=sum(day.issued) label=t::sum_issued(l)/>
            <ui::Stat figure=sum(day.paid) label=t::sum_paid(l)/>
            <ui::Stat figure=sum(day.open) label=t::sum_open(l)/>
        </ui::Stats>
        {bills(&visit, &day)}
        {odd(&visit, &day)}
        {differences(&visit, &day)}
        <p><a href=file>{t::download(l)}</a></p>
    };
    let about = Page::new(title).in_office();
    Ok(visit.page(about, shell(&visit, Part::Payments, view.into_any(), None)))
}

fn simulated(visit: &Visit) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    let setup = visit.service.payments()?;
    setup.provider.is_simulated().then(|| {
        view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::simulated(l)>{t::simulated_help(l)}</ui::Notice>
        }
    })
}

fn bills(visit: &Visit, day: &Day) -> AnyView {
    let l = visit.locale;
    if day.bills.is_empty() {
        return view! { <ui::EmptyState title=t::no_day(l)><p>{t::no_day_help(l)}</p></ui::EmptyState> }
            .into_any();
    }
    let rows = day
        .bills
        .iter()
        .map(|bill| {
            let state = State::parse(&bill.state).unwrap_or(State::Issued);
            let state = match (state, bill.withdrawn_at) {
                (State::Paid, _) if bill.is_overpaid => t::overpaid(l),
                (State::Paid, _) => words::state(l, State::Paid),
                (_, Some(_)) => t::withdrawn(l),
                (state, None) => words::state(l, state),
            };
            let code = bill.code.clone();
            let shown = domain::reference::Reference::parse(&code).map_or(code, |c| c.to_string());
            let case = bill.case_reference.as_ref().map_or_else(
                || ().into_any(),
                |case| {
                    let href = links::case(case);
                    view! { " "<a href=href>{t::case(l)}</a> }.into_any()
                },
            );
            let title = service::payment::title(bill, l).to_owned();
            let paid = bill
                .paid_at
                .map(|at| words::moment(visit, Timestamp(at)))
                .unwrap_or_default();
            let reference = bill.paid_reference.clone().unwrap_or_default();
            let amount = words::rupiah(l, u64::try_from(bill.amount).unwrap_or(0));
            ui::Row::new(vec![
                view! { <span class="ref">{shown}</span> }.into_any(),
                view! { {title} {case} }.into_any(),
                amount.into_any(),
                state.into_any(),
                paid.into_any(),
                reference.into_any(),
            ])
        })
        .collect();
    let columns = vec![
        ui::Column::text(t::c_bill(l)),
        ui::Column::text(t::c_for(l)),
        ui::Column::number(t::c_amount(l)),
        ui::Column::text(t::c_state(l)),
        ui::Column::text(t::c_paid(l)),
        ui::Column::text(t::c_reference(l)),
    ];
    view! { <ui::Table id="tagihan" caption=t::c_caption(l) stack=true columns rows/> }.into_any()
}

/// Reports that count for nothing: somebody has to look at them.
fn odd(visit: &Visit, day: &Day) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    if day.odd.is_empty() {
        return None;
    }
    let rows = day
        .odd
        .iter()
        .map(|notice| {
            let amount = u64::try_from(notice.amount).unwrap_or(0);
            let amount = if notice.currency == domain::payment::CURRENCY {
                words::hundredths(l, amount)
            } else {
                format!("{} {}", amount / 100, notice.currency)
            };
            let why = match notice.verdict.as_str() {
                "wrong_amount" => t::v_amount(l),
                "wrong_currency" => t::v_currency(l),
                _ => t::v_order(l),
            };
            ui::Row::of([
                notice.order_id.clone(),
                why.to_owned(),
                amount,
                words::moment(visit, Timestamp(notice.received_at)),
                notice.reference.clone(),
            ])
        })
        .collect();
    let columns = vec![
        ui::Column::text(t::c_order(l)),
        ui::Column::text(t::c_why(l)),
        ui::Column::number(t::c_amount(l)),
        ui::Column::text(t::c_came(l)),
        ui::Column::text(t::c_reference(l)),
    ];
    Some(view! {
        <h2>{t::odd(l)}</h2>
        <p>{t::odd_help(l)}</p>
        <ui::Table id="laporan" caption=t::odd(l) hide_caption=true stack=true columns rows/>
    })
}

/// What the comparison with the provider found.
fn differences(visit: &Visit, day: &Day) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    if day.differences.is_empty() {
        return None;
    }
    let rows = day
        .differences
        .iter()
        .map(|found| {
            let what = match found.what.as_str() {
                "missed_notice" => t::d_missed(l),
                "unknown_there" => t::d_unknown(l),
                _ => t::d_not_paid(l),
            };
            let at = words::moment(visit, Timestamp(found.at));
            ui::Row::of([found.order_id.clone(), what.to_owned(), at])
        })
        .collect();
    let columns = vec![
        ui::Column::text(t::c_order(l)),
        ui::Column::text(t::c_found(l)),
        ui::Column::text(t::c_came(l)),
    ];
    Some(view! {
        <h2>{t::differences(l)}</h2>
        <ui::Table id="selisih" caption=t::differences(l) hide_caption=true stack=true columns rows/>
    })
}
