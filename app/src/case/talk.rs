//! Writing to the applicant and to colleagues, and handing a case over.

use leptos::prelude::*;
use service::case::OfficeView;

use super::{
    desk::{Refused, wrong},
    files,
    step::{folded, form},
};
use crate::{Visit, t::case as t};

/// Writing to the applicant, with the office's templates, and notes for colleagues.
pub(super) fn talk(visit: &Visit, seen: &OfficeView, place: &str, refused: &Refused) -> AnyView {
    let l = visit.locale;
    let templates = (!seen.templates.is_empty()).then(|| {
        let options = seen
            .templates
            .iter()
            .map(|template| ui::Choosable::new(template.id.clone(), template.title.clone()))
            .collect::<Vec<_>>();
        view! {
            <ui::Select id="templat" label=t::template(l) empty=t::choose(l) options/>
            <ui::Button kind=ui::ButtonKind::Quiet name="sisip" value="ya">{t::insert(l)}</ui::Button>
        }
    });
    let of = |deed, field| wrong(l, &refused.invalid, field).filter(|_| refused.is(deed));
    let reply = view! {
        <h2>{t::write_to_applicant(l)}</h2>
        {templates}
        <ui::TextArea
            id="pesan"
            label=t::message(l)
            value=refused.typed("balas", "pesan")
            error=of("balas", "message")
            rows=4
            maxlength=domain::case::MESSAGE
        />
        {files::field(visit, "berkas", refused.invalid_of("balas"))}
        <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::send_message(l)}</ui::Button></ui::Buttons>
    };
    let note = view! {
        <ui::TextArea
            id="catatan"
            label=t::note(l)
            hint=t::note_hint(l)
            value=refused.typed("catat", "catatan")
            error=of("catat", "note")
            rows=3
            maxlength=domain::case::NOTE
        />
        <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::keep_note(l)}</ui::Button></ui::Buttons>
    };
    let note = form(visit, place, "catat", "catat", note.into_any());
    view! {
        <section>{form(visit, place, "balas", "balas", reply.into_any())}</section>
        {folded(t::note_title(l), refused.is("catat"), note)}
    }
    .into_any()
}

/// Giving the case to a colleague.
pub(super) fn hand_over(
    visit: &Visit,
    seen: &OfficeView,
    place: &str,
    refused: &Refused,
) -> Option<AnyView> {
    let l = visit.locale;
    if !seen.case.status.is_open() {
        return None;
    }
    let options = std::iter::once(ui::Choosable::new("kosong", t::nobody(l)))
        .chain(
            seen.colleagues
                .iter()
                .map(|(account, name)| ui::Choosable::new(account.to_string(), name.clone())),
        )
        .collect::<Vec<_>>();
    let current = seen
        .case
        .handler
        .as_ref()
        .map_or_else(|| "kosong".to_owned(), ToString::to_string);
    let inner = view! {
        <ui::Select
            id="ke"
            label=t::give_to(l)
            options
            value=current
            error=wrong(l, &refused.invalid, "handler")
        />
        <ui::Buttons><ui::Button kind=ui::ButtonKind::Secondary>{t::give(l)}</ui::Button></ui::Buttons>
    };
    let inner = form(visit, place, "bagikan", "bagikan", inner.into_any());
    Some(folded(t::hand_over(l), refused.is("bagikan"), inner))
}
