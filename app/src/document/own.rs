//! Documents on the page of who asked.

use axum::extract::Path;
use domain::{Locale, reference::Reference};
use leptos::prelude::*;
use service::{
    case::{Case, Line},
    document::{Told, told},
};

use super::words;
use crate::{Answer, Failure, Visit, case::visitor, file::private, links, t::document as t};

/// The kind of a PDF.
pub(super) const PDF: &str = "application/pdf";

/// `GET /lacak/{nomor}/surat/{kode}.pdf`: the same answer for a letter or a case that is not theirs and for one not there.
pub(super) async fn file(visit: Visit, Path((number, name)): Path<(String, String)>) -> Answer {
    let (reference, code) = named(&number, &name)?;
    let mut tx = visit.service.read().await?;
    let who = visitor(&visit);
    let found = service::document::own_file(&visit.service, &mut tx, &who, reference, code).await?;
    private(&found.0.file_name(), PDF, found.1)
}

/// Reference and code of an address.
pub(super) fn named(number: &str, name: &str) -> Result<(Reference, Reference), Failure> {
    let read = |text: &str| Reference::parse(text).map_err(|_| Failure::NotFound);
    let code = name.strip_suffix(".pdf").ok_or(Failure::NotFound)?;
    Ok((read(number)?, read(code)?))
}

/// Letters and receipt of a case, for its own page.
pub(crate) fn own(visit: &Visit, case: &Case, lines: &[Line]) -> impl IntoView + use<> {
    let l = visit.locale;
    let reference = case.reference.compact();
    let letters = told(lines);
    // What is erased cannot be got any more.
    let items: Vec<ui::LinkItem> = letters
        .iter()
        .rev()
        .filter(|_| case.erased_at.is_none())
        .map(|letter| {
            let place = links::letter(&reference, letter.code.compact());
            ui::LinkItem::new(place, t::letter_pdf(l, &letter.number)).note(note(visit, letter))
        })
        .collect();
    let list = (!items.is_empty()).then(|| view! { <ui::LinkList items/> });
    let receipt = case
        .erased_at
        .is_none()
        .then(|| receipt_link(l, case.reference));
    view! {
        <section id="dokumen" data-fresh>
            {list}
            {receipt}
        </section>
    }
}

fn note(visit: &Visit, letter: &Told) -> String {
    let l = visit.locale;
    let (state, since) = (words::state(l, letter.state), words::told(visit, letter));
    format!("{state}. {since}")
}

/// The link to the receipt of a case.
pub(crate) fn receipt_link(l: Locale, reference: Reference) -> impl IntoView + use<> {
    let place = links::receipt(reference.compact());
    view! { <p><a href=place>{t::receipt_link(l)}</a></p> }
}
