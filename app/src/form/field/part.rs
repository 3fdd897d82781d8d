//! Answers of several fields: dates, addresses.

use domain::form::{Kind, Question};
use leptos::prelude::*;

use super::{Sheet, hint};
use crate::{form::written::area_name, t::form as t};

/// The id of the field to which a link to a question leads. A date, an address, a place has no field of its own name: its first.
pub(in crate::form) fn anchor(question: &Question, path: &str, field: &str) -> String {
    let part = match question.kind {
        // Both numbers of a point stand in one field.
        Kind::Place { .. } if field == format!("{path}.lon") => "lat",
        _ if field != path => return field.to_owned(),
        Kind::Date { .. } => "day",
        Kind::Address { .. } => "street",
        Kind::Place { .. } => "area",
        _ => return path.to_owned(),
    };
    format!("{path}.{part}")
}

/// Three fields, as people write a date; the error stands above all of them.
pub(super) fn date(sheet: &Sheet<'_>, question: &Question, path: &str, heading: bool) -> AnyView {
    let l = sheet.visit.locale;
    // A whole day in one field, as an older answer has it, is spread over the three.
    let whole = domain::Day::parse(sheet.draft.text(path));
    let parts = [
        ("day", t::day(l), whole.map(|day| i32::from(day.day()))),
        (
            "month",
            t::month(l),
            whole.map(|day| i32::from(day.month())),
        ),
        ("year", t::year(l), whole.map(domain::Day::year)),
    ];
    let wrong = sheet.whole(question, path);
    // The parts that are missing; all of them, where the day as a whole is wrong.
    let faulty: Vec<&str> = sheet
        .wrong
        .iter()
        .filter(|wrong| wrong.path == path)
        .filter(|wrong| wrong.fault == domain::form::Fault::DatePart)
        .map(|wrong| wrong.field.as_str())
        .collect();
    let inputs = parts
        .into_iter()
        .map(|(part, label, known)| {
            let id = format!("{path}.{part}");
            let value = known.map_or_else(|| sheet.draft.text(&id).to_owned(), |n| n.to_string());
            let invalid = wrong.is_some() && (faulty.is_empty() || faulty.contains(&id.as_str()));
            view! { <ui::TextInput id=id label=label value=value inputmode="numeric" short=true invalid=invalid/> }
        })
        .collect_view();
    view! {
        <ui::Fieldset
            id=path.to_owned() legend=question.label.get(l).to_owned() hint=hint(l, question) error=wrong
            error_prefix=t::wrong_prefix(l) marker=sheet.marker(question) heading=heading
        >
            <div class="date">{inputs}</div>
        </ui::Fieldset>
    }
    .into_any()
}

/// Several fields under the name of their question.
pub(super) fn framed(
    sheet: &Sheet<'_>,
    question: &Question,
    path: &str,
    heading: bool,
    inner: AnyView,
) -> AnyView {
    let l = sheet.visit.locale;
    view! {
        <ui::Fieldset
            id=path.to_owned() legend=question.label.get(l).to_owned() hint=hint(l, question) error=sheet.error(question, path)
            error_prefix=t::wrong_prefix(l) marker=sheet.marker(question) heading=heading
        >
            {inner}
        </ui::Fieldset>
    }
    .into_any()
}

/// The desa and kelurahan, below their kecamatan, by name.
pub(super) fn villages(sheet: &Sheet<'_>) -> Vec<ui::Choosable> {
    let mut villages: Vec<(String, String, ui::Choosable)> = sheet
        .areas
        .iter()
        .filter(|area| area.kind.is_village())
        .map(|area| {
            let parent = area.parent.as_ref();
            let district = parent.map_or_else(String::new, |id| area_name(sheet.areas, id));
            let item = ui::Choosable::new(area.id.as_str(), area.name.as_str());
            let item = if district.is_empty() {
                item
            } else {
                item.group(t::district(sheet.visit.locale, &district))
            };
            (district, area.name.clone(), item)
        })
        .collect();
    villages.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    villages.into_iter().map(|(_, _, item)| item).collect()
}

pub(super) fn address(
    sheet: &Sheet<'_>,
    question: &Question,
    path: &str,
    may_be_elsewhere: bool,
    heading: bool,
) -> AnyView {
    let l = sheet.visit.locale;
    let at = |part: &str| format!("{path}.{part}");
    let value = |part: &str| sheet.draft.text(&at(part)).to_owned();
    let error = |part: &str| sheet.error(question, &at(part));
    let prefix = t::wrong_prefix(l);
    let city = &sheet.visit.city.name;
    let village_hint = if may_be_elsewhere {
        t::village_or_elsewhere(l, city)
    } else {
        t::village_hint(l, city)
    };
    // In the city the village says the postal code: nobody is asked what is known.
    let elsewhere = may_be_elsewhere.then(|| {
        view! {
            <ui::TextInput
                id=at("elsewhere") label=t::elsewhere_label(l) hint=t::elsewhere_hint(l) value=value("elsewhere")
                error=error("elsewhere") error_prefix=prefix
            />
            <ui::TextInput
                id=at("postcode") label=t::postcode(l) hint=t::postcode_hint(l, city) value=value("postcode")
                error=error("postcode") error_prefix=prefix inputmode="numeric" autocomplete="postal-code"
                marker=t::optional(l) short=true
            />
        }
    });
    let inner = view! {
            <ui::TextInput
                id=at("street") label=t::street(l) value=value("street") error=error("street") error_prefix=prefix
                autocomplete="address-line1"
            />
            <div class="date">
                <ui::TextInput
                    id=at("rt") label=t::rt(l) value=value("rt") error=error("rt") error_prefix=prefix inputmode="numeric"
                    marker=t::optional(l) short=true
                />
                <ui::TextInput
                    id=at("rw") label=t::rw(l) value=value("rw") error=error("rw") error_prefix=prefix inputmode="numeric"
                    marker=t::optional(l) short=true
                />
            </div>
            <ui::Select
                id=at("area") label=t::village(l) options=villages(sheet) value=value("area") empty=t::village_empty(l)
                hint=village_hint error=error("area") error_prefix=prefix
            />
            {elsewhere}
    }
    .into_any();
    framed(sheet, question, path, heading, inner)
}
