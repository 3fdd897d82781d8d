//! `/lacak/{nomor}/tanda-terima.pdf`: what was handed in, drawn from what is there now.

use axum::extract::Path;
use domain::{Timestamp, reference::Reference};
use service::{
    document::{Block, Paper, Receipt, draw},
    payment::Bill,
};

use super::{own::PDF, words};
use crate::{
    Answer, Failure, Visit, case::visitor, file::private, form::rows, links, payment,
    t::document as t,
};

/// `GET /lacak/{nomor}/tanda-terima.pdf`: for who asked, by account or by proof; the same answer for a case that is not theirs
/// and for one that is not there.
pub(super) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let mut tx = visit.service.read().await?;
    let who = visitor(&visit);
    let receipt = service::document::receipt(&visit.service, &mut tx, &who, reference).await?;
    let bill = service::payment::of_case(&mut tx, reference).await?;
    drop(tx);
    let paper = paper(&visit, &receipt, bill.as_ref());
    let pdf = tokio::task::spawn_blocking(move || draw(&paper))
        .await
        .map_err(|_| Failure::Unavailable)??;
    private(
        &t::receipt_file(visit.locale, reference.compact()),
        PDF,
        pdf,
    )
}

fn paper(visit: &Visit, receipt: &Receipt, bill: Option<&Bill>) -> Paper {
    let l = visit.locale;
    let case = &receipt.case;
    let track = format!("{}{}", visit.base, links::TRACK);
    let mut blocks = vec![
        Block::Text(t::receipt_lead(l).to_owned()),
        Block::Facts(facts(visit, receipt, bill)),
        // The way back to the case stands before the answers: behind them it would often be alone on a last page.
        Block::Code {
            words: t::receipt_code_words(l, &track),
            text: t::receipt_code(l, case.reference.to_string()),
            address: track,
        },
    ];
    if let Some(paper) = &receipt.paper {
        let given = rows(
            l,
            &paper.definition,
            &paper.answers,
            &paper.areas,
            &paper.files,
        );
        if !given.is_empty() {
            blocks.push(Block::Heading(t::receipt_answers(l).to_owned()));
            blocks.push(Block::Facts(given));
        }
    }
    let head = [
        t::government(l, &visit.city.name),
        case.office_name.clone(),
        receipt.office_contact.clone(),
    ];
    Paper {
        locale: l,
        letterhead: head.into_iter().filter(|line| !line.is_empty()).collect(),
        title: t::receipt(l).to_owned(),
        subtitle: t::receipt_number(l, case.reference.to_string()),
        foot: t::receipt_foot(
            l,
            case.reference.to_string(),
            words::moment(visit, visit.now),
        ),
        at: visit.now,
        zone: visit.zone().clone(),
        blocks,
    }
}

/// What is known of the case when the receipt is drawn, its bill too.
fn facts(visit: &Visit, receipt: &Receipt, bill: Option<&Bill>) -> Vec<(String, String)> {
    let l = visit.locale;
    let case = &receipt.case;
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            rows.push((name.to_owned(), value));
        }
    };
    row(t::service(l), case.title_in(l).to_owned());
    row(t::office(l), case.office_name.clone());
    row(t::applicant(l), receipt.contact.name.clone());
    row(t::received_at(l), words::moment(visit, case.received_at));
    // The last day on which it is in time.
    let due = case
        .due_at
        .map(|due| words::day(visit, Timestamp(due.0 - 1)));
    row(t::due(l), due.unwrap_or_default());
    rows.extend(bill.map(|bill| payment::fact(visit, bill)));
    rows
}
