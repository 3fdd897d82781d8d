//! The settings of each kind of question.

use domain::form::{Definition, FileKind, Kind};
use leptos::prelude::*;

use super::super::{fields::Form, words};
use crate::t::form_office as t;

pub(super) fn fields(form: &Form<'_>, definition: &Definition, kind: &Kind) -> AnyView {
    let l = form.l;
    match kind {
        Kind::Short { .. } | Kind::Long { .. } => view! {
            <div class="pair">
                {form.short("min", t::least_letters(l), "")}
                {form.short("max", t::most_letters(l), "")}
            </div>
        }
        .into_any(),
        Kind::Number { .. } => view! {
            <div class="pair">
                {form.short("min", t::least(l), t::none_if_empty(l))}
                {form.short("max", t::most(l), t::none_if_empty(l))}
            </div>
            {form.short("decimals", t::decimals(l), t::decimals_hint(l))}
            {form.both("unit", t::unit(l), t::unit_hint(l), false)}
        }
        .into_any(),
        Kind::Money { .. } => view! {
            <div class="pair">
                {form.short("min", t::least_money(l), "")}
                {form.short("max", t::most_money(l), t::none_if_empty(l))}
            </div>
        }
        .into_any(),
        Kind::Date { .. } => view! {
            <div class="pair">
                {form.short("earliest", t::earliest(l), t::bound_hint(l))}
                {form.short("latest", t::latest(l), t::bound_hint(l))}
            </div>
        }
        .into_any(),
        Kind::One { .. } => choices(form),
        Kind::Many { .. } => view! {
            {choices(form)}
            <div class="pair">
                {form.short("min", t::least_choices(l), "")}
                {form.short("max", t::most_choices(l), t::none_if_empty(l))}
            </div>
        }
        .into_any(),
        Kind::Address { .. } => form.tick("may_be_elsewhere", t::elsewhere(l), ""),
        Kind::Place { .. } => view! {
            <p class="hint">{t::within(l)}</p>
            <div class="pair">
                {form.short("south", t::south(l), "")}
                {form.short("north", t::north(l), "")}
            </div>
            <div class="pair">
                {form.short("west", t::west(l), "")}
                {form.short("east", t::east(l), "")}
            </div>
        }
        .into_any(),
        Kind::File { .. } => files(form),
        Kind::Nop { .. } => form.area("area", t::tax_area(l), t::tax_area_hint(l), 6),
        Kind::Calculated { value, .. } => {
            let sentence = words::expression(l, definition, value);
            let units = [
                ("number", t::unit_is_number(l)),
                ("money", t::unit_money(l)),
                ("date", t::unit_date(l)),
                ("text", t::unit_text(l)),
            ]
            .map(|(word, label)| ui::Choosable::new(word, label));
            view! {
                <p class="saying">{sentence}</p>
                {form.area("value", t::calculation(l), t::calculation_hint(l), 8)}
                {form.choose("unit", t::written_as(l), units.to_vec(), "", "")}
                {form.short("places", t::decimals(l), "")}
            }
            .into_any()
        }
        Kind::Group { .. } => view! {
            {form.both("item", t::item(l), t::item_hint(l), false)}
            <div class="pair">
                {form.short("min", t::least_items(l), "")}
                {form.short("max", t::most_items(l), "")}
            </div>
        }
        .into_any(),
        Kind::YesNo | Kind::Email | Kind::Phone | Kind::Nik | Kind::Kk | Kind::Declaration => {
            ().into_any()
        }
    }
}

fn choices(form: &Form<'_>) -> AnyView {
    form.area("options", t::options(form.l), t::options_hint(form.l), 8)
}

fn files(form: &Form<'_>) -> AnyView {
    let l = form.l;
    let items = [
        ("jpeg", FileKind::Jpeg),
        ("png", FileKind::Png),
        ("webp", FileKind::Webp),
        ("pdf", FileKind::Pdf),
    ]
    .map(|(word, kind)| ui::Choosable::new(word, crate::form::field::kind_name(kind)));
    let (values, error) = (form.typed.all("kinds").to_vec(), form.outcome.at("kinds"));
    view! {
        <ui::Checkboxes
            id="kinds" legend=t::file_kinds(l) items=items.to_vec() values=values error=error error_prefix=t::wrong_prefix(l)
        />
        <div class="pair">
            {form.short("max_kb", t::max_kb(l), t::max_kb_hint(l))}
            {form.short("max", t::most_files(l), "")}
        </div>
    }
    .into_any()
}
