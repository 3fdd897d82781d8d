//! Writing to the office, and taking a case back: forms of the page of who asked.

use domain::case::Status;
use leptos::prelude::*;
use service::case::Case;

use super::{files, own::Refused};
use crate::{Visit, t::case as t};

pub(super) fn compose(
    visit: &Visit,
    case: &Case,
    place: &str,
    refused: &Refused,
    wrong: Option<String>,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let asks = case.status == Status::NeedsInformation;
    let title = if asks { t::your_answer(l) } else { t::write(l) };
    let buttons = if asks {
        view! {
            <ui::Button name="aksi" value="jawab">{t::send_answer(l)}</ui::Button>
            <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="pesan">{t::send_message(l)}</ui::Button>
        }
        .into_any()
    } else {
        view! { <ui::Button name="aksi" value="pesan">{t::send_message(l)}</ui::Button> }.into_any()
    };
    view! {
        <form
            class="form" method="post" action=place.to_owned() data-swap="lacak" novalidate=true
            enctype="multipart/form-data"
        >
            <h2>{title}</h2>
            <input type="hidden" name="kunci" value=visit.service.chance().token()/>
            <ui::TextArea
                id="pesan"
                label=t::message(l)
                hint=t::message_hint(l)
                value=refused.message.clone()
                error=wrong
                rows=4
                maxlength=domain::case::MESSAGE
            />
            {files::field(visit, "berkas", &refused.invalid)}
            <div id="tombol" data-fresh><ui::Buttons>{buttons}</ui::Buttons></div>
        </form>
    }
}

pub(super) fn withdraw(visit: &Visit, case: &Case, place: &str) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    let (place, key) = (place.to_owned(), visit.service.chance().token());
    case.status.is_open().then(|| {
        view! {
            <ui::Disclosure summary=t::withdraw_title(l)>
                <p>{t::withdraw_help(l)}</p>
                <ui::Form action=place>
                    <input type="hidden" name="kunci" value=key/>
                    <ui::Button kind=ui::ButtonKind::Danger name="aksi" value="tarik">{t::withdraw(l)}</ui::Button>
                </ui::Form>
            </ui::Disclosure>
        }
    })
}
