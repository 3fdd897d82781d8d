//! What was handed in: the number, and what happens next. Also from a bookmark.

use axum::extract::Path;
use domain::reference::Reference;
use leptos::prelude::*;
use service::{form::Form, payment::Bill};

use super::{
    place::{hand, own},
    start::limit,
};
use crate::{Answer, Failure, Page, Visit, links, payment, t::form as t};

/// `GET /layanan/{key}/terkirim/{nomor}`.
///
/// Whoever did not hand it in from this device or account is led to the page that asks who they are, whether there is such a
/// number or not.
pub(super) async fn show(visit: Visit, Path((key, number)): Path<(String, String)>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let mut tx = visit.service.read().await?;
    let found = match hand(&visit) {
        Some(hand) => service::form::sent(&visit.service, &mut tx, &hand, reference).await?,
        None => None,
    };
    let bill = match &found {
        Some(_) => service::payment::of_case(&mut tx, reference).await?,
        None => None,
    };
    drop(tx);
    let Some((form, at)) = found.filter(|(form, _)| form.key == key) else {
        return Ok(visit.go(&links::track(reference.compact())));
    };
    let l = visit.locale;
    let received = t::sent_on(l, visit.zone().date(at, l), visit.zone().clock(at, l));
    let page = Page::new(format!("{} – {reference}", t::sent(l))).unlisted();
    let at_desk = hand(&visit).is_some_and(|hand| hand.owner.is_desk());
    let view = view(&visit, &form, reference, (received, at_desk), bill.as_ref());
    Ok(own(&visit, visit.page(page, view)))
}

fn view(
    visit: &Visit,
    form: &Form,
    reference: Reference,
    (received, at_desk): (String, bool),
    bill: Option<&Bill>,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let keep = if at_desk {
        t::sent_keep_desk(l)
    } else if visit.actor.account().is_some() {
        t::sent_keep_account(l)
    } else {
        t::sent_keep(l)
    };
    let next = vec![
        t::sent_who(l, &form.office_name),
        format!("{}.", limit(l, &form.service.limit)),
        t::sent_questions(l).to_owned(),
    ]
    .into_iter()
    .map(|line| view! { <li>{line}</li> })
    .collect_view();
    let complaints = super::start::text(l, &form.service.standard.complaints);
    let contact = form.office_contact.clone();
    let office = form.office_name.clone();
    let (key, title) = (form.key.clone(), form.definition.title.get(l).to_owned());
    let track = links::track(reference.compact());
    let fee = bill.map(|bill| payment::short(visit, bill));
    // What is to be paid is the next thing to do.
    let kind = match bill.map(|bill| bill.paid.is_some()) {
        Some(false) => ui::ButtonKind::Secondary,
        _ => ui::ButtonKind::Primary,
    };
    let feedback = format!("{track}#pesan");
    let next_step = if at_desk {
        view! {
            <form method="post" action="/kantor/loket/selesai">
                <ui::Buttons>
                    <ui::Button>{t::counter_next(l)}</ui::Button>
                    <ui::Button kind=ui::ButtonKind::Secondary href=links::case(reference.compact())>
                        {t::counter_case(l)}
                    </ui::Button>
                </ui::Buttons>
            </form>
        }
        .into_any()
    } else {
        view! { <ui::Buttons><ui::Button kind href=track>{t::sent_track(l)}</ui::Button></ui::Buttons> }
            .into_any()
    };
    let receipt = (!at_desk).then(|| crate::document::receipt_link(l, reference));
    let other = (!at_desk).then(|| {
        view! {
            <p><a href=feedback>{t::sent_feedback(l)}</a></p>
            <p><a href=links::SERVICES>{t::sent_other(l)}</a></p>
        }
    });
    view! {
        <ui::Page>
            // Nothing of it stays on the phone.
            <div hidden=true data-handed-in=key></div>
            <ui::Confirmation title=t::sent(l) reference_label=t::sent_number(l) reference=reference.to_string()>
                <p>{title}</p>
            </ui::Confirmation>
            <p class="meta">{received}</p>
            <p>{keep}</p>
            {fee}
            {next_step}
            {receipt}
            <h2>{t::sent_next(l)}</h2>
            <ol class="prose">{next}</ol>
            <h2>{t::sent_contact(l)}</h2>
            <p>{office}<br/>{contact}</p>
            {complaints}
            <p class="meta">{t::sent_print(l)}</p>
            {other}
        </ui::Page>
    }
}
