//! A question with its fields.

use domain::{
    Locale,
    area::Area,
    form::{Choice, Draft, Fault, FileKind, Kind, Prefill, Question, State, Wrong},
};
use leptos::prelude::*;
use service::form::Filling;

use super::{
    fault::{megabytes, sentence},
    place,
    written::{area_name, item_name},
};
use crate::{Visit, links, t::form as t};

/// From so many choices on they stand in the phone's own list.
const MANY: usize = 10;

/// What a page knows while it draws its questions.
pub(super) struct Sheet<'a> {
    pub(super) visit: &'a Visit,
    pub(super) filling: &'a Filling,
    pub(super) areas: &'a [Area],
    /// What stands in the fields: saved, or just sent.
    pub(super) draft: &'a Draft,
    /// What is wrong and is to be said.
    pub(super) wrong: Vec<Wrong>,
    /// The page's word.
    pub(super) page: &'a str,
    /// The words of the address to be carried on.
    pub(super) words: &'a [&'static str],
}

impl Sheet<'_> {
    /// The sentence beside a field: what is wrong with it, in the same words as in the summary.
    fn error(&self, question: &Question, field: &str) -> Option<String> {
        let wrong = self.wrong.iter().find(|wrong| wrong.field == field)?;
        Some(said(
            self.visit.locale,
            &self.visit.city.name,
            question,
            wrong,
        ))
    }

    /// What is wrong with a question as a whole, whichever of its fields leads to it.
    fn whole(&self, question: &Question, path: &str) -> Option<String> {
        let wrong = self.wrong.iter().find(|wrong| wrong.path == path)?;
        Some(said(
            self.visit.locale,
            &self.visit.city.name,
            question,
            wrong,
        ))
    }
}

/// What is wrong with a question, in one sentence.
pub(super) fn said(l: Locale, _city: &str, question: &Question, wrong: &Wrong) -> String {
    let part = wrong.field.strip_prefix(&wrong.path).unwrap_or_default();
    let label = match (&question.kind, part.trim_start_matches('.')) {
        (Kind::Address { .. }, "street") => t::street(l),
        (Kind::Address { .. }, "rt") => t::rt(l),
        (Kind::Address { .. }, "rw") => t::rw(l),
        (Kind::Address { .. }, "area") => t::village(l),
        (Kind::Address { .. }, "postcode") => t::postcode(l),
        (Kind::Place { .. }, "lat") => t::lat(l),
        (Kind::Place { .. }, "lon") => t::lon(l),
        _ => question.label.get(l),
    };
    sentence(l, label, &question.kind, &wrong.field, &wrong.fault)
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
    let marker = if question.is_optional {
        t::optional(l)
    } else {
        ""
    };
    let hint = hint(l, question);
    let error = sheet.error(question, path);
    let value = sheet.draft.text(path).to_owned();
    let prefix = t::wrong_prefix(l);
    let id = path.to_owned();
    let asked = view! { <input type="hidden" name="_ada" value=path.to_owned()/> };
    let field = match &question.kind {
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
        Kind::Date { .. } => date(sheet, question, path, heading),
        Kind::Address { may_be_elsewhere } => address(sheet, question, path, *may_be_elsewhere, heading),
        Kind::Place { .. } => place_of(sheet, question, path, heading),
        Kind::File { kinds, max_kb, max } => {
            return file(sheet, question, path, (kinds, *max_kb, *max), heading);
        }
        Kind::Group { .. } => return group(sheet, question, path, heading),
        Kind::Calculated { .. } => return ().into_any(),
    };
    view! { {asked}{field} }.into_any()
}

fn hint(l: Locale, question: &Question) -> String {
    if !question.help.is_empty() {
        return question.help.get(l).to_owned();
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

/// Three fields, as people write a date; the error stands above all of them.
fn date(sheet: &Sheet<'_>, question: &Question, path: &str, heading: bool) -> AnyView {
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
    let inputs = parts
        .into_iter()
        .map(|(part, label, known)| {
            let id = format!("{path}.{part}");
            let value = known.map_or_else(|| sheet.draft.text(&id).to_owned(), |n| n.to_string());
            view! { <ui::TextInput id=id label=label value=value inputmode="numeric" short=true/> }
        })
        .collect_view();
    let marker = if question.is_optional {
        t::optional(l)
    } else {
        ""
    };
    view! {
        <ui::Fieldset
            id=path.to_owned() legend=question.label.get(l).to_owned() hint=hint(l, question) error=sheet.whole(question, path)
            error_prefix=t::wrong_prefix(l) marker=marker heading=heading
        >
            <div class="date">{inputs}</div>
        </ui::Fieldset>
    }
    .into_any()
}

fn address(
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
    let mut villages: Vec<(String, ui::Choosable)> = sheet
        .areas
        .iter()
        .filter(|area| area.kind.is_village())
        .map(|area| {
            let name = area_name(sheet.areas, &area.id);
            (name.clone(), ui::Choosable::new(area.id.as_str(), name))
        })
        .collect();
    villages.sort_by(|a, b| a.0.cmp(&b.0));
    let villages: Vec<ui::Choosable> = villages.into_iter().map(|(_, item)| item).collect();
    let city = &sheet.visit.city.name;
    let village_hint = if may_be_elsewhere {
        t::village_or_elsewhere(l, city)
    } else {
        t::village_hint(l, city)
    };
    let elsewhere = may_be_elsewhere.then(|| {
        view! {
            <ui::TextInput
                id=at("elsewhere") label=t::elsewhere_label(l) value=value("elsewhere") error=error("elsewhere")
                error_prefix=prefix
            />
        }
    });
    let marker = if question.is_optional {
        t::optional(l)
    } else {
        ""
    };
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
                id=at("area") label=t::village(l) options=villages value=value("area") empty=t::village_empty(l)
                hint=village_hint error=error("area") error_prefix=prefix
            />
            {elsewhere}
            <ui::TextInput
                id=at("postcode") label=t::postcode(l) value=value("postcode") error=error("postcode") error_prefix=prefix
                inputmode="numeric" autocomplete="postal-code" marker=t::optional(l) short=true
            />
    }
    .into_any();
    view! {
        <ui::Fieldset
            id=path.to_owned() legend=question.label.get(l).to_owned() hint=hint(l, question) error=sheet.error(question, path)
            error_prefix=prefix marker=marker heading=heading
        >
            {inner}
        </ui::Fieldset>
    }
    .into_any()
}

fn place_of(sheet: &Sheet<'_>, question: &Question, path: &str, heading: bool) -> AnyView {
    let l = sheet.visit.locale;
    let at = |part: &str| format!("{path}.{part}");
    let value = |part: &str| sheet.draft.text(&at(part)).to_owned();
    let error = |part: &str| sheet.error(question, &at(part));
    let prefix = t::wrong_prefix(l);
    let marker = if question.is_optional {
        t::optional(l)
    } else {
        ""
    };
    let inner = view! {
            <ui::TextInput
                id=at("lat") label=t::lat(l) value=value("lat") hint=t::lat_hint(l) error=error("lat") error_prefix=prefix
                inputmode="text" autocomplete="off"
            />
            <ui::TextInput
                id=at("lon") label=t::lon(l) value=value("lon") error=error("lon") error_prefix=prefix inputmode="text"
                autocomplete="off"
            />
    }
    .into_any();
    view! {
        <ui::Fieldset
            id=path.to_owned() legend=question.label.get(l).to_owned() hint=hint(l, question) error=sheet.error(question, path)
            error_prefix=prefix marker=marker heading=heading
        >
            {inner}
        </ui::Fieldset>
    }
    .into_any()
}

const fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg => "JPEG",
        FileKind::Png => "PNG",
        FileKind::Webp => "WebP",
        FileKind::Pdf => "PDF",
    }
}

pub(super) const fn media_type(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg => "image/jpeg",
        FileKind::Png => "image/png",
        FileKind::Webp => "image/webp",
        FileKind::Pdf => "application/pdf",
    }
}

fn file(
    sheet: &Sheet<'_>,
    question: &Question,
    path: &str,
    (kinds, max_kb, max): (&[FileKind], u32, u16),
    heading: bool,
) -> AnyView {
    let l = sheet.visit.locale;
    let names = kinds
        .iter()
        .map(|kind| kind_name(*kind))
        .collect::<Vec<_>>()
        .join(", ");
    let accept = kinds
        .iter()
        .map(|kind| media_type(*kind))
        .collect::<Vec<_>>()
        .join(",");
    let most_kb = max_kb.min(u32::try_from(service::form::FILE_BYTES / 1_024).unwrap_or(max_kb));
    let size = megabytes(l, most_kb);
    let limits = if max > 1 {
        t::file_hint_many(l, names, i64::from(max), size)
    } else {
        t::file_hint(l, names, size)
    };
    let help = question.help.get(l);
    let hint = if help.is_empty() {
        limits
    } else {
        format!("{help}. {limits}")
    };
    let there: Vec<_> = sheet
        .draft
        .all(path)
        .iter()
        .filter_map(|id| {
            let upload = sheet.filling.files.get(&domain::FileId::new(id))?;
            Some((id.clone(), upload.name.clone(), upload.bytes))
        })
        .collect();
    let is_full = there.len() >= usize::from(max);
    let key = &sheet.filling.form.key;
    let rows = there
        .into_iter()
        .map(|(id, name, bytes)| {
            let href = format!("{}/berkas/{id}", links::service(key));
            let size = t::kilobytes(l, l.number(i64::try_from(bytes / 1_024).unwrap_or(0).max(1)));
            let what = format!("{path} {id}");
            view! {
                <li>
                    <a href=href>{name.clone()}</a>" "<span class="meta">{size}</span>
                    <ui::Button kind=ui::ButtonKind::Quiet name="_buang" value=what label=t::file_remove(l, &name)>
                        {t::remove(l)}
                    </ui::Button>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = (!rows.is_empty()).then(|| {
        view! { <p class="meta">{t::file_there(l)}</p><ul class="files">{rows}</ul> }
    });
    let marker = if question.is_optional {
        t::optional(l)
    } else {
        ""
    };
    let label = question.label.get(l).to_owned();
    let error = sheet.whole(question, path);
    if is_full {
        // Nothing more can be added, but the question stays.
        let title = if heading {
            view! { <h1>{label}</h1> }.into_any()
        } else {
            view! { <p class="h3">{label}</p> }.into_any()
        };
        let error = error.map(|text| {
            view! { <ui::ErrorMessage id=format!("{path}-error") text=text prefix=t::wrong_prefix(l)/> }
        });
        return view! { <div class="field" id=path.to_owned()>{title}{error}{list}</div> }
            .into_any();
    }
    view! {
        <ui::FileUpload
            id=path.to_owned() label=label hint=hint error=error error_prefix=t::wrong_prefix(l) marker=marker accept=accept
            multiple={max > 1} heading=heading
        />
        {list}
        <ui::Button kind=ui::ButtonKind::Secondary name="_unggah" value=path.to_owned()>{t::file_add(l)}</ui::Button>
    }
    .into_any()
}

/// The items of a group: each is filled in on a page of its own.
fn group(sheet: &Sheet<'_>, question: &Question, path: &str, heading: bool) -> AnyView {
    let l = sheet.visit.locale;
    let Kind::Group {
        item,
        max,
        questions,
        ..
    } = &question.kind
    else {
        return ().into_any();
    };
    let definition = &sheet.filling.form.definition;
    let items = |group: &str| owned(sheet.draft.items(group));
    let key = &sheet.filling.form.key;
    let ids = items(path);
    let outcome = sheet.filling.outcome(sheet.areas);
    let is_full = ids.len() >= usize::from(*max);
    let rows = ids
        .iter()
        .map(|id| {
            let one = format!("{path}.{id}");
            let name = item_name(l, definition, &items, &one).unwrap_or_default();
            // What it says first tells one from the other.
            let first = questions
                .iter()
                .filter(|inner| matches!(inner.kind, Kind::Short { .. }))
                .map(|inner| sheet.draft.text(&format!("{one}.{}", inner.key)))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned();
            let inside = format!("{one}.");
            let mut faults = outcome
                .wrong
                .iter()
                .filter(|wrong| wrong.path.starts_with(&inside))
                .peekable();
            let of = if faults.peek().is_none() {
                State::Complete
            } else if faults.all(|wrong| {
                matches!(
                    wrong.fault,
                    Fault::Missing | Fault::NotDeclared | Fault::TooFew { .. }
                )
            }) {
                State::Incomplete
            } else {
                State::Problem
            };
            let state = super::task::state(l, of);
            let href = place::with(&place::item(key, sheet.page, &one), sheet.words);
            let remove = place::with(
                &format!("{}/hapus", place::item(key, sheet.page, &one)),
                sheet.words,
            );
            let dash = if first.is_empty() { "" } else { ": " };
            let hidden = format!(" {name}");
            view! {
                <li id=one>
                    <b>{name}{dash}{first}</b>" "<span class="meta">{state}</span>
                    <span class="actions">
                        <a href=href>{t::item_change(l)}<span class="vh">{hidden.clone()}</span></a>
                        <a href=remove>{t::item_remove(l)}<span class="vh">{hidden}</span></a>
                    </span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="meta">{t::item_none(l)}</p> }.into_any()
    } else {
        view! { <ul class="files">{rows}</ul> }.into_any()
    };
    let add = (!is_full).then(|| {
        let word = t::item_add(l, lower(item.get(l)));
        view! {
            <ui::Button kind=ui::ButtonKind::Secondary name="_tambah" value=path.to_owned()>{word}</ui::Button>
        }
    });
    // The group's own fault, such as too few; those inside stand on the pages of the items.
    let own = sheet.wrong.iter().find(|wrong| wrong.path == path);
    let error = own.map(|wrong| said(l, "", question, wrong));
    let marker = if question.is_optional {
        t::optional(l)
    } else {
        ""
    };
    view! {
        <div id=path.to_owned()>
            <ui::Fieldset
                id=format!("{path}-items") legend=question.label.get(l).to_owned() hint=question.help.get(l) error=error
                error_prefix=t::wrong_prefix(l) marker=marker heading=heading
            >
                {list}
                {add}
            </ui::Fieldset>
        </div>
    }
    .into_any()
}

pub(super) fn owned(ids: Vec<&str>) -> Vec<String> {
    ids.into_iter().map(str::to_owned).collect()
}

/// `Tambah saksi`: a name in the middle of a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}
