//! `/bayar/{kode}/bukti`: that a bill is paid, to print or to keep. Drawn from what is true now.

use axum::extract::Path;
use leptos::prelude::*;
use service::payment::simulator;

use super::{
    bill::{code, find, fresh},
    words,
};
use crate::{Answer, Page, Visit, t::payment as t};

/// `GET /bayar/{kode}/bukti`. Before it is paid there is no receipt: on to the bill.
pub(super) async fn show(visit: Visit, Path(text): Path<String>) -> Answer {
    let bill = find(&visit, code(&text)?).await?;
    let Some(paid) = &bill.paid else {
        return Ok(visit.go(&bill.place()));
    };
    let l = visit.locale;
    let mut rows = vec![
        ui::SummaryRow::new(t::r_for(l), bill.title(l)),
        ui::SummaryRow::new(t::r_to(l), bill.office_name.clone()),
        ui::SummaryRow::new(t::r_bill(l), bill.code.to_string()),
    ];
    if let Some(case) = bill.case {
        rows.push(ui::SummaryRow::new(t::r_case(l), case.to_string()));
    }
    rows.extend([
        ui::SummaryRow::new(t::r_at(l), words::moment(&visit, paid.at)),
        ui::SummaryRow::new(t::r_by(l), words::provider(l, &paid.by)),
        ui::SummaryRow::new(t::r_reference(l), paid.reference.clone()),
    ]);
    if bill.refunded > 0 {
        let sum = words::hundredths(l, bill.refunded);
        rows.push(ui::SummaryRow::new(t::r_refunded(l), sum));
    }
    let simulated = (paid.by == simulator::NAME).then(|| {
        view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::simulated(l)>{t::simulated_help(l)}</ui::Notice>
        }
    });
    let (amount, back) = (words::rupiah(l, bill.amount), bill.place());
    let view = view! {
        <ui::Page>
            <ui::BackLink href=back label=t::back_to_bill(l)/>
            <h1>{t::receipt(l)}</h1>
            <p class="amount">{amount}</p>
            <p><ui::Tag kind=ui::TagKind::Open text=t::paid(l)/></p>
            {simulated}
            <ui::SummaryList rows/>
            <p class="meta">{t::receipt_print(l)}</p>
        </ui::Page>
    };
    let about = Page::new(format!("{} {}", t::receipt(l), bill.code)).unlisted();
    Ok(fresh(visit.page(about, view)))
}
