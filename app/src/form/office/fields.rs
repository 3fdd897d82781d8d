//! Fields of the builder: what was typed last stands in them, with what is wrong beside.

use domain::{Locale, form::Draft};
use leptos::prelude::*;

use super::frame::Outcome;
use crate::{Fields, t::form_office as t};

/// What was sent, as texts of a form.
pub(super) fn typed(fields: &Fields) -> Draft {
    let mut typed = Draft::default();
    for (name, value) in fields.pairs() {
        typed
            .values
            .entry(name.clone())
            .or_default()
            .push(value.clone());
    }
    typed
}

/// A form that is being drawn.
pub(super) struct Form<'a> {
    pub(super) l: Locale,
    pub(super) typed: &'a Draft,
    pub(super) outcome: &'a Outcome,
}

impl Form<'_> {
    fn value(&self, field: &str) -> String {
        self.typed.text(field).to_owned()
    }

    /// One line.
    pub(super) fn line(&self, field: &str, label: &str, hint: &str) -> AnyView {
        let (id, label, hint) = (field.to_owned(), label.to_owned(), hint.to_owned());
        let (value, error) = (self.value(field), self.outcome.at(field));
        view! { <ui::TextInput id=id label=label hint=hint value=value error=error error_prefix=t::wrong_prefix(self.l) autocomplete="off"/> }
            .into_any()
    }

    /// A short box, for a number or a day.
    pub(super) fn short(&self, field: &str, label: &str, hint: &str) -> AnyView {
        let (id, label, hint) = (field.to_owned(), label.to_owned(), hint.to_owned());
        let (value, error) = (self.value(field), self.outcome.at(field));
        view! {
            <ui::TextInput
                id=id label=label hint=hint value=value error=error error_prefix=t::wrong_prefix(self.l) short=true
                autocomplete="off"
            />
        }
        .into_any()
    }

    /// Several lines.
    pub(super) fn area(&self, field: &str, label: &str, hint: &str, rows: u32) -> AnyView {
        let (id, label, hint) = (field.to_owned(), label.to_owned(), hint.to_owned());
        let (value, error) = (self.value(field), self.outcome.at(field));
        view! {
            <ui::TextArea
                id=id label=label hint=hint value=value error=error error_prefix=t::wrong_prefix(self.l) rows=rows
            />
        }
        .into_any()
    }

    /// A tick.
    pub(super) fn tick(&self, field: &str, label: &str, hint: &str) -> AnyView {
        let (id, label, hint) = (field.to_owned(), label.to_owned(), hint.to_owned());
        let checked = self.typed.has(field);
        view! { <ui::Checkbox id=id label=label hint=hint value="1" checked=checked/> }.into_any()
    }

    /// One of a list; `empty` is the first entry without a value.
    pub(super) fn choose(
        &self,
        field: &str,
        label: &str,
        options: Vec<ui::Choosable>,
        empty: &str,
        hint: &str,
    ) -> AnyView {
        let (id, label, hint) = (field.to_owned(), label.to_owned(), hint.to_owned());
        let (value, error) = (self.value(field), self.outcome.at(field));
        let empty = empty.to_owned();
        view! {
            <ui::Select
                id=id label=label options=options value=value empty=empty hint=hint error=error
                error_prefix=t::wrong_prefix(self.l)
            />
        }
        .into_any()
    }

    /// A text in both languages, side by side where there is room; what is missing in one language is marked.
    pub(super) fn both(&self, field: &str, label: &str, hint: &str, is_long: bool) -> AnyView {
        let l = self.l;
        let (id, en) = (format!("{field}.id"), format!("{field}.en"));
        let lacks = |own: &str, other: &str| {
            if self.typed.text(own).trim().is_empty() && self.typed.has(other) {
                t::lacking(l)
            } else {
                ""
            }
        };
        let one = |own: &str, other: &str, label: String, hint: &str| {
            let (error, value, mark) = (self.outcome.at(own), self.value(own), lacks(own, other));
            let (own, hint) = (own.to_owned(), hint.to_owned());
            if is_long {
                view! {
                    <ui::TextArea
                        id=own label=label hint=hint value=value error=error error_prefix=t::wrong_prefix(l) marker=mark rows=3
                    />
                }
                .into_any()
            } else {
                view! {
                    <ui::TextInput
                        id=own label=label hint=hint value=value error=error error_prefix=t::wrong_prefix(l) marker=mark
                        autocomplete="off"
                    />
                }
                .into_any()
            }
        };
        let first = one(&id, &en, t::in_indonesian(l, label), hint);
        let second = one(&en, &id, t::in_english(l, label), "");
        view! { <div class="pair">{first}{second}</div> }.into_any()
    }
}

/// A hidden field.
pub(super) fn hidden(name: &'static str, value: impl Into<String>) -> impl IntoView {
    view! { <input type="hidden" name=name value=value.into()/> }
}
