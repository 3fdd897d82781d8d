//! A place in the city: its desa, a point on the map, or both.

use domain::form::{Kind, Question};
use leptos::prelude::*;

use super::{
    Sheet,
    part::{framed, villages},
};
use crate::{
    area::{self, Shown},
    t::{area as map, form as t},
};

/// The village, the map to tap on, and the point in numbers as a map gives it to be copied; a script offers the phone's own
/// position.
pub(super) fn place(sheet: &Sheet<'_>, question: &Question, path: &str, heading: bool) -> AnyView {
    let l = sheet.visit.locale;
    let at = |part: &str| format!("{path}.{part}");
    let value = |part: &str| sheet.draft.text(&at(part)).to_owned();
    let error = |part: &str| sheet.error(question, &at(part));
    let prefix = t::wrong_prefix(l);
    let point = [value("lat"), value("lon")]
        .into_iter()
        .filter(|number| !number.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let field = at("lat");
    // Beside an address nobody is asked for the village again.
    let address = beside(sheet, path);
    let village = address.is_none().then(|| {
        view! {
            <ui::Select
                id=at("area") label=t::village(l) options=villages(sheet) value=value("area") empty=t::village_empty(l)
                error=error("area") error_prefix=prefix
            />
        }
    });
    let wrong = error("lat").or_else(|| error("lon"));
    let wrong = wrong.or_else(|| error("area").filter(|_| address.is_some()));
    let marker = if address.is_some() {
        ""
    } else {
        t::optional(l)
    };
    let of_area = address.map_or_else(|| at("area"), |path| format!("{path}.area"));
    let drawn = drawn(sheet, &field, &of_area, &value("lat"), &value("lon"));
    let inner = view! {
            {village}
            {drawn}
            <ui::TextInput
                id=field.clone() label=t::point(l) value=point hint=t::point_hint(l) error=wrong error_prefix=prefix
                autocomplete="off" spellcheck=false marker=marker
            />
            <div class="scripted">
                <button class="btn" type="button" data-locate=field data-refused=t::locate_refused(l)>
                    {ui::icon(ui::Icon::Pin)} {t::locate(l)}
                </button>
                <p class="meta" role="status"></p>
            </div>
    }
    .into_any();
    framed(sheet, question, path, heading, inner)
}

/// The path of the address that is asked for beside it: on the same page, or in the same item of a group.
fn beside(sheet: &Sheet<'_>, path: &str) -> Option<String> {
    let definition = &sheet.filling.form.definition;
    let (before, questions) = match path.rsplit_once('.') {
        Some((item, _)) => {
            let (group, _) = item.rsplit_once('.')?;
            (format!("{item}."), definition.question(group)?.kind.inner())
        }
        None => (
            String::new(),
            definition.page(sheet.page)?.questions.as_slice(),
        ),
    };
    let mut questions = questions.iter();
    let address = questions.find(|one| matches!(one.kind, Kind::Address { .. }))?;
    Some(format!("{before}{}", address.key))
}

/// The map, where the city has brought its outlines in.
fn drawn(sheet: &Sheet<'_>, field: &str, of_area: &str, lat: &str, lon: &str) -> Option<AnyView> {
    let l = sheet.visit.locale;
    let chart = sheet.chart?;
    let shown = Shown::new(sheet.draft.text(of_area), lat, lon);
    let fields = Some((field.to_owned(), of_area.to_owned()));
    // The script puts the name of what was tapped where the braces are.
    let name = "{}";
    let below = view! {
        <div class="scripted">
            <p class="meta" role="status" data-chosen=map::map_chosen(l, name) data-marked=map::map_marked(l, name)>
                {map::map_help(l)}
            </p>
            <button class="btn btn-quiet" type="button" data-whole="">{map::map_whole(l)}</button>
        </div>
    };
    Some(area::map(
        l,
        chart,
        sheet.areas,
        &shown,
        fields,
        Some(below.into_any()),
    ))
}
