//! A question with its fields.

mod file;
mod group;
mod part;
mod place;

use domain::{
    Locale,
    area::Area,
    form::{Choice, Draft, Fault, FileKind, Kind, Prefill, Question, Wrong},
};
use leptos::prelude::*;
use service::{area::Chart, form::Filling};

use crate::{Visit, t::form as t};
use words::fault::{self, sentence};

pub(super) use file::kind_name;
pub(super) use part::anchor;

/// From so many choices on they stand in the phone's own list.
const MANY: usize = 10;

/// What a page knows while it draws its questions.
pub(super) struct Sheet<'a> {
    pub(super) visit: &'a Visit,
    pub(super) filling: &'a Filling,
    pub(super) areas: &'a [Area],
    /// The city's map, where a question asks for a place and the city has one.
    pub(super) chart: Option<&'a Chart>,
    /// What stands in the fields: saved, or just sent.
    pub(super) draft: &'a Draft,
    /// What is wrong and is to be said.
    pub(super) wrong: Vec<Wrong>,
    /// The page's word.
    pub(super) page: &'a str,
    /// The words of the address to be carried on.
    pub(super) words: &'a [&'static str],
    /// Whether a phone shows it without a network: it knows the files and items, the server does not.
    pub(super) is_device: bool,
}

impl Sheet<'_> {
    /// The word beside a question that may stay empty.
    const fn marker(&self, question: &Question) -> &'static str {
        if question.is_optional {
            t::optional(self.visit.locale)
        } else {
            ""
        }
    }

    /// The sentence beside a field: what is wrong with it, in the same words as in the summary.
    fn error(&self, question: &Question, field: &str) -> Option<String> {
        let wrong = self.wrong.iter().find(|wrong| wrong.field == field)?;
        Some(said(self.visit.locale, question, wrong))
    }

    /// What is wrong with a question as a whole, whichever of its fields leads to it.
    fn whole(&self, question: &Question, path: &str) -> Option<String> {
        let wrong = self.wrong.iter().find(|wrong| wrong.path == path)?;
        Some(said(self.visit.locale, question, wrong))
    }
}

/// What is wrong with a question, in one sentence.
pub(super) fn said(l: Locale, question: &Question, wrong: &Wrong) -> String {
    fault::said(l, question, wrong)
}

/// What is wrong with a question at a path as a whole.
pub(super) fn said_of(l: Locale, question: &Question, path: &str, fault: &Fault) -> String {
    sentence(l, question.label.get(l), &question.kind, path, fault)
}

/// The fields of a question. `heading` makes its label the page's heading.
pub(super) fn question(
    sheet: &Sheet<'_>,
    question: &Question,
    path: &str,
    heading: bool,
) -> AnyView {
    let l = sheet.visit.locale;
    let label = question.label.get(l).to_owned();
    let marker = sheet.marker(question);
    let hint = hint(l, question);
    let error = sheet.error(question, path);
    let value = sheet.draft.text(path).to_owned();
    let prefix = t::wrong_prefix(l);
    let id = path.to_owned();
    match &question.kind {
        Kind::Short { .. } | Kind::Email | Kind::Phone | Kind::Nik | Kind::Kk | Kind::Nop { .. } => {
            let (kind, inputmode) = match question.kind {
                Kind::Email => ("email", "email"),
                Kind::Phone => ("tel", "tel"),
                Kind::Nik | Kind::Kk | Kind::Nop { .. } => ("text", "numeric"),
                _ => ("text", ""),
            };
            view! {
                <ui::TextInput
                    id=id label=label value=value hint=hint error=error error_prefix=prefix marker=marker kind=kind
                    inputmode=inputmode autocomplete=autocomplete(question) spellcheck=false heading=heading
                />
            }
            .into_any()
        }
        Kind::Long { .. } => view! {
            <ui::TextArea
                id=id label=label value=value hint=hint error=error error_prefix=prefix marker=marker rows=6 heading=heading
            />
        }
        .into_any(),
        Kind::Number { unit, .. } => view! {
            <ui::TextInput
                id=id label=label value=value hint=hint error=error error_prefix=prefix marker=marker inputmode="decimal"
                suffix=unit.get(l) short=true heading=heading
            />
        }
        .into_any(),
        Kind::Money { .. } => view! {
            <ui::TextInput
                id=id label=label value=value hint=hint error=error error_prefix=prefix marker=marker inputmode="numeric"
                prefix="Rp" short=true heading=heading
            />
        }
        .into_any(),
        Kind::One { options } if options.len() > MANY => view! {
            <ui::Select
                id=id label=label options=choices(l, options) value=value empty=t::choose(l) hint=hint error=error
                error_prefix=prefix marker=marker heading=heading
            />
        }
        .into_any(),
        Kind::One { options } => view! {
            <ui::Radios
                id=id legend=label items=choices(l, options) value=value hint=hint error=error error_prefix=prefix
                marker=marker heading=heading
            />
        }
        .into_any(),
        Kind::YesNo => {
            let items = vec![ui::Choosable::new("yes", t::yes(l)), ui::Choosable::new("no", t::no(l))];
            view! {
                <ui::Radios
                    id=id legend=label items=items value=value hint=hint error=error error_prefix=prefix marker=marker
                    heading=heading
                />
            }
            .into_any()
        }
        Kind::Many { options, .. } => view! {
            <ui::Checkboxes
                id=id legend=label items=choices(l, options) values=sheet.draft.all(path).to_vec() hint=hint error=error
                error_prefix=prefix marker=marker heading=heading
            />
        }
        .into_any(),
        Kind::Declaration => view! {
            <ui::Checkbox
                id=id label=label value="yes" hint=hint error=error error_prefix=prefix checked=!value.is_empty()
            />
        }
        .into_any(),
        Kind::Date { .. } => part::date(sheet, question, path, heading),
        Kind::Address { may_be_elsewhere } => part::address(sheet, question, path, *may_be_elsewhere, heading),
        Kind::Place { .. } => place::place(sheet, question, path, heading),
        Kind::File { kinds, max_kb, max } => {
            file::file(sheet, question, path, (kinds, *max_kb, *max), heading)
        }
        Kind::Group { .. } => group::group(sheet, question, path, heading),
        Kind::Calculated { .. } => ().into_any(),
    }
}

fn hint(l: Locale, question: &Question) -> String {
    let help = question.help.get(l);
    if !help.is_empty() {
        // How to write a day is told whatever else is.
        return match question.kind {
            Kind::Date { .. } => sentences(help, t::date_hint(l)),
            _ => help.to_owned(),
        };
    }
    match question.kind {
        Kind::Nik => t::nik_hint(l),
        Kind::Kk => t::kk_hint(l),
        Kind::Nop { .. } => t::nop_hint(l),
        Kind::Money { .. } => t::money_hint(l),
        Kind::Date { .. } => t::date_hint(l),
        _ => "",
    }
    .to_owned()
}

/// Two sentences in one line; the first may lack its full stop.
fn sentences(first: &str, second: &str) -> String {
    let stop = if first.ends_with(['.', '?', '!', ':']) {
        ""
    } else {
        "."
    };
    format!("{first}{stop} {second}")
}

const fn autocomplete(question: &Question) -> &'static str {
    match question.prefill {
        Some(Prefill::Name) => "name",
        Some(Prefill::Email) => "email",
        Some(Prefill::Phone) => "tel",
        _ => "off",
    }
}

fn choices(l: Locale, options: &[Choice]) -> Vec<ui::Choosable> {
    options
        .iter()
        .map(|option| {
            let item = ui::Choosable::new(option.key.as_str(), option.label.get(l));
            if option.hint.is_empty() {
                item
            } else {
                item.hint(option.hint.get(l))
            }
        })
        .collect()
}

/// The media type of a kind of file.
pub const fn media_type(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg => "image/jpeg",
        FileKind::Png => "image/png",
        FileKind::Webp => "image/webp",
        FileKind::Pdf => "application/pdf",
    }
}

pub(super) fn owned(ids: Vec<&str>) -> Vec<String> {
    ids.into_iter().map(str::to_owned).collect()
}
