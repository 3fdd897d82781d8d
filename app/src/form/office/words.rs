//! What the builder says of forms: kinds, places, deeds, differences.

mod condition;
mod part;

use domain::{
    Locale, Problem,
    form::{
        Bundle, Class, Definition, Prefill, Question, Text,
        compare::{Change, What},
        edit::Place,
    },
};

use crate::{problem::sentence, t::form_office as t};

pub(super) use condition::{condition, expression};
pub(super) use part::{part, part_name};

/// A name, or that there is none yet.
pub(super) fn name(l: Locale, text: &Text) -> String {
    let text = text.get(l);
    if text.trim().is_empty() {
        t::nameless(l).to_owned()
    } else {
        text.to_owned()
    }
}

/// A question's name by its key; the key where there is no such question.
pub(super) fn question(l: Locale, definition: &Definition, key: &str) -> String {
    definition
        .question_by_key(key)
        .map_or_else(|| key.to_owned(), |found| name(l, &found.label))
}

/// A kind of question.
pub(super) fn kind(l: Locale, word: &str) -> &'static str {
    match word {
        "short" => t::kind_short(l),
        "long" => t::kind_long(l),
        "number" => t::kind_number(l),
        "money" => t::kind_money(l),
        "date" => t::kind_date(l),
        "one" => t::kind_one(l),
        "many" => t::kind_many(l),
        "yes_no" => t::kind_yes_no(l),
        "email" => t::kind_email(l),
        "phone" => t::kind_phone(l),
        "address" => t::kind_address(l),
        "place" => t::kind_place(l),
        "file" => t::kind_file(l),
        "nik" => t::kind_nik(l),
        "kk" => t::kind_kk(l),
        "nop" => t::kind_nop(l),
        "declaration" => t::kind_declaration(l),
        "calculated" => t::kind_calculated(l),
        _ => t::kind_group(l),
    }
}

/// A class of personal data.
pub(super) const fn class(l: Locale, class: Option<Class>) -> &'static str {
    match class {
        None => t::class_unset(l),
        Some(Class::None) => t::class_none(l),
        Some(Class::General) => t::class_general(l),
        Some(Class::Specific) => t::class_specific(l),
    }
}

/// What of the account a question begins with.
pub(super) const fn prefill(l: Locale, prefill: Option<Prefill>) -> &'static str {
    match prefill {
        None => t::prefill_none(l),
        Some(Prefill::Name) => t::prefill_name(l),
        Some(Prefill::Email) => t::prefill_email(l),
        Some(Prefill::Phone) => t::prefill_phone(l),
        Some(Prefill::Home) => t::prefill_home(l),
        Some(Prefill::Nik) => t::prefill_nik(l),
        Some(Prefill::Kk) => t::prefill_kk(l),
    }
}

/// What a field is about: `what` of `must.what.0`, `label` of `label.en`.
fn stem(field: &str) -> &str {
    let is_end =
        |part: &str| matches!(part, "id" | "en") || part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = field.rsplit('.');
    match parts.next() {
        Some(last) if is_end(last) => parts.next().unwrap_or(last),
        Some(last) => last,
        None => field,
    }
}

/// The name of a field, as its form shows it.
pub(super) fn field(l: Locale, field: &str) -> String {
    let stem = stem(field);
    let name = match stem {
        _ if stem.contains(':') => t::label(l),
        _ if stem.starts_with("s-") => t::title(l),
        "length" => t::limit_length(l),
        "extension" => t::limit_extension(l),
        "unit" => t::unit(l),
        "jenis" | "kind" => t::kind(l),
        "ke" => t::move_to(l),
        "key" => t::key(l),
        "title" | "halaman" | "bagian" => t::title(l),
        "label" => t::label(l),
        "help" => t::help(l),
        "intro" => t::intro(l),
        "message" => t::message(l),
        "item" => t::item(l),
        "min" => t::least(l),
        "max" => t::most(l),
        "max_kb" => t::max_kb(l),
        "kinds" => t::file_kinds(l),
        "decimals" | "places" => t::decimals(l),
        "earliest" => t::earliest(l),
        "latest" => t::latest(l),
        "options" => t::options(l),
        "south" => t::south(l),
        "west" => t::west(l),
        "north" => t::north(l),
        "east" => t::east(l),
        "area" => t::tax_area(l),
        "json" | "value" => t::value(l),
        "what" => t::what(l),
        "how" => t::how(l),
        "with" => t::with(l),
        "at" => t::check_at(l),
        "office" => t::office(l),
        "life_event" => t::life_event(l),
        "summary" => t::summary(l),
        "amount" => t::amount(l),
        "question" => t::fee_question(l),
        "retention_days" => t::retention(l),
        "opens" => t::opens(l),
        "closes" => t::closes(l),
        "note" => t::note(l),
        "berkas" => t::json_file(l),
        _ => domain::form::Component::ALL
            .into_iter()
            .find(|component| component.word() == stem)
            .map_or_else(|| t::a_field(l), |of| crate::form::component(l, of)),
    };
    match field.rsplit('.').next() {
        Some("id") if field != "id" => t::in_indonesian(l, name),
        Some("en") => t::in_english(l, name),
        _ => name.to_owned(),
    }
}

/// What is wrong with a field, in one sentence.
pub(super) fn problem(l: Locale, name: &str, problem: &Problem) -> String {
    match (stem(name), problem) {
        ("key", Problem::Malformed) => t::w_key(l).to_owned(),
        ("key", Problem::Taken) => t::w_key_taken(l).to_owned(),
        ("options", Problem::Malformed) => t::w_options(l).to_owned(),
        ("options", Problem::Taken) => t::w_options_twice(l).to_owned(),
        ("options", Problem::Missing) => t::w_options_none(l).to_owned(),
        ("earliest" | "latest", Problem::Malformed) => t::w_bound(l, field(l, name)),
        ("opens" | "closes", Problem::Malformed) => t::w_day(l, field(l, name)),
        ("closes", Problem::Order) => t::w_span(l).to_owned(),
        ("json" | "value" | "area", Problem::Malformed) => t::w_json(l, field(l, name)),
        ("place", Problem::Unknown) => t::w_gone(l).to_owned(),
        ("place", Problem::TooMany { max }) => t::w_many(l, i64::from(*max)),
        ("how", _) => t::w_how(l).to_owned(),
        ("value", Problem::Missing) => t::w_value(l).to_owned(),
        ("with", _) => t::w_with(l).to_owned(),
        ("what", _) => t::w_what(l).to_owned(),
        _ => sentence(l, &field(l, name), problem),
    }
}

/// A place, as a person would call it.
pub(super) fn place(l: Locale, bundle: &Bundle, place: &Place) -> String {
    let definition = &bundle.definition;
    match place {
        Place::Form => t::the_form(l).to_owned(),
        Place::Service => t::the_service(l).to_owned(),
        Place::Section(key) => {
            let found = definition.sections.iter().find(|one| one.key == *key);
            t::the_section(
                l,
                found.map_or_else(|| key.clone(), |one| name(l, &one.title)),
            )
        }
        Place::Page(key) => {
            let found = definition.page(key);
            t::the_page(
                l,
                found.map_or_else(|| key.clone(), |one| name(l, &one.title)),
            )
        }
        Place::Question(key) => t::the_question(l, question(l, definition, key)),
        Place::Check { key, .. } => t::the_check(l, key),
    }
}

/// A difference, in one sentence.
pub(super) fn change(l: Locale, old: &Bundle, new: &Bundle, change: &Change) -> String {
    let own = |bundle| place(l, bundle, &change.place);
    match change.what {
        What::Added => t::d_added(l, own(new)),
        What::Removed => t::d_removed(l, own(old)),
        What::Moved => t::d_moved(l, own(new)),
        What::Changed(of) => t::d_changed(l, own(new), part_name(l, of)),
    }
}

/// What an edit did, for the buttons that take it back: `copy_page saksi`.
pub(super) fn deed(l: Locale, what: &str) -> String {
    let (word, key) = what.split_once(' ').unwrap_or((what, ""));
    match word {
        "form" => t::e_form(l).to_owned(),
        "service" => t::e_service(l).to_owned(),
        "texts" => t::e_texts(l).to_owned(),
        "add_section" => t::e_add_section(l, key),
        "section" => t::e_section(l, key),
        "add_page" => t::e_add_page(l, key),
        "page" => t::e_page(l, key),
        "add_question" => t::e_add_question(l, key),
        "question" => t::e_question(l, key),
        "when" => t::e_when(l, key),
        "add_check" => t::e_add_check(l).to_owned(),
        "check" => t::e_check(l, key),
        "replace" => t::e_replace(l).to_owned(),
        "open" => t::e_open(l).to_owned(),
        "close" => t::e_close(l).to_owned(),
        _ => match word.split_once('_') {
            Some(("move", _)) => t::e_move(l, key),
            Some(("copy", _)) => t::e_copy(l, key),
            Some(("remove", _)) => t::e_remove(l, key),
            _ => t::e_other(l).to_owned(),
        },
    }
}

/// What is asked, in a few words: kind, whether it may stay empty, class.
pub(super) fn facts(l: Locale, question: &Question) -> Vec<String> {
    let word = domain::form::edit::kind_word(&question.kind);
    let mut facts = vec![kind(l, word).to_owned(), question.key.clone()];
    if question.is_optional {
        facts.push(t::may_be_empty(l).to_owned());
    }
    if !matches!(question.kind, domain::form::Kind::Group { .. }) {
        facts.push(class(l, question.class).to_owned());
    }
    facts
}
