//! The parts of a form that differ, with what stands in them.

use domain::{
    Locale,
    form::{
        Bundle, Check, Choice, Fee, Kind, Text, Unit,
        compare::Part,
        edit::{Place, question_typed},
    },
};

use super::{class, condition, expression, field, kind, name, prefill, question};
use crate::{
    form::{component, list::event, start::limit},
    t::form_office as t,
};

/// What a part is called.
pub(in crate::form::office) fn part_name(l: Locale, part: Part) -> String {
    match part {
        Part::Title => t::p_title(l),
        Part::Help => t::p_help(l),
        Part::Section => t::p_section(l),
        Part::When => t::p_when(l),
        Part::Optional => t::p_optional(l),
        Part::Class => t::p_class(l),
        Part::Prefill => t::p_prefill(l),
        Part::Kind => t::p_kind(l),
        Part::Choices => t::p_choices(l),
        Part::Must => t::p_must(l),
        Part::Message => t::p_message(l),
        Part::Advice => t::p_advice(l),
        Part::At => t::p_at(l),
        Part::Office => t::office(l),
        Part::LifeEvent => t::life_event(l),
        Part::Summary => t::summary(l),
        Part::Component(of) => component(l, of),
        Part::Fee => t::fee(l),
        Part::Limit => t::limit(l),
        Part::Retention => t::retention(l),
        Part::Opening => t::opening(l),
        Part::Note => t::note(l),
    }
    .to_owned()
}

/// What stands in a part of a place, to be compared; nothing where it says nothing.
pub(in crate::form::office) fn part(
    l: Locale,
    bundle: &Bundle,
    place: &Place,
    part: Part,
) -> String {
    match place {
        Place::Form => match part {
            Part::Help => both(&bundle.definition.intro),
            _ => both(&bundle.definition.title),
        },
        Place::Service => of_service(l, bundle, part),
        Place::Section(key) => {
            let found = bundle
                .definition
                .sections
                .iter()
                .find(|one| one.key == *key);
            found.map_or_else(String::new, |one| both(&one.title))
        }
        Place::Page(key) => of_page(l, bundle, key, part),
        Place::Question(key) => of_question(l, bundle, key, part),
        Place::Check { group, key } => {
            let checks = if group.is_empty() {
                Some(&bundle.definition.checks)
            } else {
                match bundle
                    .definition
                    .question_by_key(group)
                    .map(|one| &one.kind)
                {
                    Some(Kind::Group { checks, .. }) => Some(checks),
                    _ => None,
                }
            };
            let found = checks.and_then(|list| list.iter().find(|one| one.key == *key));
            found.map_or_else(String::new, |check| of_check(l, bundle, check, part))
        }
    }
}

/// Both languages, one below the other.
fn both(text: &Text) -> String {
    match (text.id.as_str(), text.en.as_str()) {
        (id, "") => id.to_owned(),
        (id, en) => format!("{id}\n{en}"),
    }
}

const fn yes(l: Locale, yes: bool) -> &'static str {
    if yes { t::yes(l) } else { t::no(l) }
}

fn when(l: Locale, bundle: &Bundle, of: Option<&domain::form::Condition>) -> String {
    of.map_or_else(
        || t::c_always(l).to_owned(),
        |of| condition(l, &bundle.definition, of),
    )
}

fn of_page(l: Locale, bundle: &Bundle, key: &str, part: Part) -> String {
    let Some(page) = bundle.definition.page(key) else {
        return String::new();
    };
    match part {
        Part::Help => both(&page.help),
        Part::Section => bundle
            .definition
            .sections
            .iter()
            .find(|one| one.key == page.section)
            .map_or_else(|| t::no_section(l).to_owned(), |one| name(l, &one.title)),
        Part::When => when(l, bundle, page.when.as_ref()),
        _ => both(&page.title),
    }
}

fn of_question(l: Locale, bundle: &Bundle, key: &str, part: Part) -> String {
    let Some(found) = bundle.definition.question_by_key(key) else {
        return String::new();
    };
    match part {
        Part::Help => both(&found.help),
        Part::Optional => yes(l, found.is_optional).to_owned(),
        Part::Class => class(l, found.class).to_owned(),
        Part::Prefill => prefill(l, found.prefill).to_owned(),
        Part::When => when(l, bundle, found.when.as_ref()),
        Part::Choices => {
            let lines: Vec<String> = found.kind.options().iter().map(choice).collect();
            lines.join("\n")
        }
        Part::Kind => settings(l, bundle, &found.kind, found),
        _ => both(&found.label),
    }
}

fn choice(choice: &Choice) -> String {
    let mut parts = vec![choice.key.as_str(), &choice.label.id, &choice.label.en];
    parts.extend([choice.hint.id.as_str(), &choice.hint.en]);
    parts.retain(|part| !part.is_empty());
    let star = if choice.is_exclusive { "*" } else { "" };
    format!("{star}{}", parts.join(" | "))
}

/// The kind with its settings, one a line.
fn settings(l: Locale, bundle: &Bundle, of: &Kind, own: &domain::form::Question) -> String {
    let word = domain::form::edit::kind_word(of);
    let mut lines = vec![kind(l, word).to_owned()];
    if let Kind::Calculated { value, unit } = of {
        lines.push(expression(l, &bundle.definition, value));
        lines.push(unit_name(l, *unit));
        return lines.join("\n");
    }
    let common = [
        "key",
        "label.id",
        "label.en",
        "help.id",
        "help.en",
        "is_optional",
        "class",
        "prefill",
        "options",
    ];
    for (name, values) in question_typed(own).values {
        let values: Vec<String> = values.into_iter().filter(|one| !one.is_empty()).collect();
        if !common.contains(&name.as_str()) && !values.is_empty() {
            lines.push(format!("{}: {}", field(l, &name), values.join(", ")));
        }
    }
    lines.join("\n")
}

/// How a calculated value is written.
pub(in crate::form::office) fn unit_name(l: Locale, unit: Unit) -> String {
    match unit {
        Unit::Number(places) => t::unit_number(l, i64::from(places)),
        Unit::Money => t::unit_money(l).to_owned(),
        Unit::Date => t::unit_date(l).to_owned(),
        Unit::Text => t::unit_text(l).to_owned(),
    }
}

fn of_check(l: Locale, bundle: &Bundle, check: &Check, part: Part) -> String {
    match part {
        Part::At => question(l, &bundle.definition, &check.at),
        Part::When => when(l, bundle, check.when.as_ref()),
        Part::Must => condition(l, &bundle.definition, &check.must),
        Part::Advice => yes(l, check.is_advice).to_owned(),
        _ => both(&check.message),
    }
}

fn of_service(l: Locale, bundle: &Bundle, part: Part) -> String {
    let service = &bundle.service;
    match part {
        Part::Office => service.office.clone(),
        Part::LifeEvent => event(l, service.life_event).to_owned(),
        Part::Summary => both(&service.summary),
        Part::Component(of) => both(service.standard.get(of)),
        Part::Fee => match &service.fee {
            Fee::Free => t::fee_free(l).to_owned(),
            Fee::Fixed(rupiah) => {
                format!("Rp{}", l.number(i64::try_from(*rupiah).unwrap_or(i64::MAX)))
            }
            Fee::Answer(key) => t::fee_of(l, question(l, &bundle.definition, key)),
        },
        Part::Limit => {
            let mut lines = vec![limit(l, &service.limit)];
            if service.limit.extension > 0 {
                lines.push(t::extension(l, i64::from(service.limit.extension)));
            }
            lines.push(format!(
                "{}: {}",
                t::pauses(l),
                yes(l, service.limit.pauses)
            ));
            lines.push(service.limit.note.clone());
            lines.join("\n")
        }
        Part::Retention => t::days(l, i64::from(service.retention_days)),
        Part::Opening => {
            let mut lines = vec![format!("{}: {}", t::online(l), yes(l, service.is_online))];
            for (name, day) in [(t::opens(l), service.opens), (t::closes(l), service.closes)] {
                lines.extend(day.map(|day| format!("{name}: {}", day.written(l))));
            }
            lines.join("\n")
        }
        _ => service.note.clone(),
    }
}
