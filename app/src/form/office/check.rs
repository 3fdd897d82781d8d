//! Rules between answers.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    Invalid, Problem,
    form::{
        Check, Condition, Definition, Draft, Kind,
        edit::{Edit, Place, Step},
    },
};
use leptos::prelude::*;
use service::form::Work;

use super::{
    condition,
    fields::{Form, hidden, typed},
    frame::{self, Changed, Outcome, Tab},
    page::text,
    place, words,
};
use crate::{Answer, Fields, Said, Visit, t::form_office as t};

/// The group and key of the rule that is being changed; an empty key for a new one.
struct Chosen {
    group: String,
    key: String,
}

fn find<'a>(definition: &'a Definition, chosen: &Chosen) -> Option<&'a Check> {
    list(definition, &chosen.group)
        .iter()
        .find(|check| check.key == chosen.key)
}

/// The rules of the form, or of a group.
fn list<'a>(definition: &'a Definition, group: &str) -> &'a [Check] {
    if group.is_empty() {
        return &definition.checks;
    }
    match definition.question_by_key(group).map(|one| &one.kind) {
        Some(Kind::Group { checks, .. }) => checks,
        _ => &[],
    }
}

/// `GET /kantor/formulir/{key}/aturan?ubah=&dalam=`.
pub(super) async fn show(
    visit: Visit,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let query = Fields::of_query(query.as_deref());
    let chosen = Chosen {
        group: query.string("dalam"),
        key: query.string("ubah"),
    };
    let found = find(&work.bundle.definition, &chosen);
    let chosen = Chosen {
        key: found.map_or_else(String::new, |check| check.key.clone()),
        ..chosen
    };
    let typed = stored(found);
    Ok(draw(&visit, &work, &chosen, &typed, &Outcome::default()))
}

fn stored(check: Option<&Check>) -> Draft {
    let mut draft = Draft::default();
    if let Some(check) = check {
        draft.put("key", &check.key);
        draft.put("at", &check.at);
        draft.put("message.id", &check.message.id);
        draft.put("message.en", &check.message.en);
        if check.is_advice {
            draft.put("is_advice", "1");
        }
        condition::put(&mut draft, "when.", check.when.as_ref());
        condition::put(&mut draft, "must.", Some(&check.must));
    }
    draft
}

/// `POST /kantor/formulir/{key}/aturan`: `aksi` is `simpan`, or `naik`, `turun`, `salin`, `buang` with a place behind a blank.
pub(super) async fn send(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let typed = typed(&fields);
    let chosen = Chosen {
        group: fields.string("dalam"),
        key: fields.string("ubah"),
    };
    let edit = edit_of(&work.bundle.definition, &fields, &typed, &chosen);
    match frame::change(&visit, work, &fields, edit).await? {
        Changed::Done => {
            let said = if fields.text("aksi").starts_with("buang ") {
                Said::Removed
            } else {
                Said::Saved
            };
            Ok(visit.go_saying(&place::part(&key, "/aturan"), said))
        }
        Changed::Refused(work, outcome) => Ok(draw(&visit, &work, &chosen, &typed, &outcome)),
    }
}

fn edit_of(
    definition: &Definition,
    fields: &Fields,
    typed: &Draft,
    chosen: &Chosen,
) -> Result<Edit, Invalid> {
    let unknown = || Invalid::one("place", Problem::Unknown);
    if let Some((deed, word)) = fields.text("aksi").split_once(' ') {
        let place = place::of_word(word).ok_or_else(unknown)?;
        return match deed {
            "naik" => Ok(Edit::Move {
                place,
                step: Step::Up,
            }),
            "turun" => Ok(Edit::Move {
                place,
                step: Step::Down,
            }),
            "salin" => Ok(Edit::Copy(place)),
            "buang" => Ok(Edit::Remove(place)),
            _ => Err(unknown()),
        };
    }
    let old = find(definition, chosen);
    let mut wrong = Invalid::default();
    let mut read = |prefix: &str, old: Option<&Condition>| {
        condition::read(typed, prefix, old).unwrap_or_else(|more| {
            for (field, problem) in more.0 {
                wrong.add(&field, problem);
            }
            None
        })
    };
    let when = read("when.", old.and_then(|check| check.when.as_ref()));
    let must = read("must.", old.map(|check| &check.must));
    let message = text(typed, "message");
    if message.id.is_empty() {
        wrong.add("message.id", Problem::Missing);
    }
    if typed.text("at").is_empty() {
        wrong.add("at", Problem::Missing);
    }
    if must.is_none() {
        wrong.add("must.what.0", Problem::Missing);
    }
    wrong.check()?;
    let check = Box::new(Check {
        key: typed.text("key").trim().to_owned(),
        at: typed.text("at").to_owned(),
        when,
        must: must.ok_or_else(unknown)?,
        message,
        is_advice: typed.has("is_advice"),
    });
    let group = chosen.group.clone();
    Ok(if chosen.key.is_empty() {
        Edit::AddCheck { group, check }
    } else {
        Edit::Check {
            group,
            key: chosen.key.clone(),
            check,
        }
    })
}

fn draw(visit: &Visit, work: &Work, chosen: &Chosen, typed: &Draft, outcome: &Outcome) -> Response {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let mut groups: Vec<(String, String)> = vec![(String::new(), t::of_the_form(l).to_owned())];
    groups.extend(
        definition
            .each_question()
            .into_iter()
            .filter(|(one, _)| matches!(one.kind, Kind::Group { .. }))
            .map(|(one, _)| {
                (
                    one.key.clone(),
                    t::of_the_group(l, words::name(l, &one.label)),
                )
            }),
    );
    let lists = groups
        .iter()
        .map(|(group, title)| rules(visit, work, group, title.clone()))
        .collect_view();
    let revision = work.revision.to_string();
    let action = place::part(&work.key, "/aturan");
    let order =
        view! { <form method="post" id="urut" action=action>{hidden("edisi", revision)}</form> };
    let form = editing(visit, work, chosen, typed, outcome);
    let others = groups
        .iter()
        .filter(|(group, _)| *group != chosen.group || !chosen.key.is_empty())
        .map(|(group, title)| {
            let href = place::part(
                &work.key,
                &format!("/aturan?dalam={}#aturan", crate::links::encode(group)),
            );
            view! { <li><a href=href>{t::add_check_to(l, title)}</a></li> }
        })
        .collect::<Vec<_>>();
    let view = view! {
        {order}
        <p class="hint">{t::checks_help(l)}</p>
        {lists}
        {form}
        {(!others.is_empty()).then(|| view! { <ul>{others}</ul> })}
    };
    frame::draw(visit, work, Tab::Checks, None, outcome, view.into_any())
}

fn rules(visit: &Visit, work: &Work, group: &str, title: String) -> AnyView {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let checks = list(definition, group);
    if checks.is_empty() {
        return if group.is_empty() {
            view! { <p>{t::no_checks(l)}</p> }.into_any()
        } else {
            ().into_any()
        };
    }
    let count = checks.len();
    let items = checks
        .iter()
        .enumerate()
        .map(|(n, check)| rule(visit, work, group, check, (n, count)))
        .collect_view();
    view! { <h2>{title}</h2><ol class="cards">{items}</ol> }.into_any()
}

fn rule(
    visit: &Visit,
    work: &Work,
    group: &str,
    check: &Check,
    (n, count): (usize, usize),
) -> impl IntoView + use<> {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let place = Place::Check {
        group: group.to_owned(),
        key: check.key.clone(),
    };
    let word = place::word(&place);
    let name = t::the_check(l, &check.key);
    let button = |deed: &str, text: &'static str, label: String| {
        let value = format!("{deed} {word}");
        view! {
            <ui::Button kind=ui::ButtonKind::Quiet form="urut" name="aksi" value=value label=label>{text}</ui::Button>
        }
    };
    let up = (n > 0).then(|| button("naik", t::up(l), t::up_of(l, &name)));
    let down = (n + 1 < count).then(|| button("turun", t::down(l), t::down_of(l, &name)));
    let copy = button("salin", t::copy(l), t::copy_of(l, &name));
    let remove = button("buang", t::remove(l), t::remove_of(l, &name));
    let href = place::editor(&work.key, &place);
    let label = t::edit_of(l, &name);
    let mut facts = vec![t::beside(l, words::question(l, definition, &check.at))];
    if let Some(when) = &check.when {
        facts.push(t::only_when(l, words::condition(l, definition, when)));
    }
    if check.is_advice {
        facts.push(t::only_warns(l).to_owned());
    }
    let must = t::must_hold(l, words::condition(l, definition, &check.must));
    let message = words::name(l, &check.message);
    let id = format!("c-{group}-{}", check.key);
    view! {
        <li class="card" id=id>
            <p class="saying">{message}</p>
            <p>{must}</p>
            <ui::Facts items=facts/>
            <div class="actions">
                <ui::Button kind=ui::ButtonKind::Quiet href=href label=label>{t::edit(l)}</ui::Button>
                {up}{down}{copy}{remove}
            </div>
        </li>
    }
}

fn editing(
    visit: &Visit,
    work: &Work,
    chosen: &Chosen,
    typed: &Draft,
    outcome: &Outcome,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let form = Form { l, typed, outcome };
    let known = definition.known_to_checks(&chosen.group);
    let beside: Vec<ui::Choosable> = known
        .iter()
        .filter(|one| {
            let is_inner = definition.group_of(&one.key) == Some(chosen.group.as_str());
            is_inner || chosen.group.is_empty()
        })
        .map(|one| ui::Choosable::new(one.key.clone(), words::name(l, &one.label)))
        .collect();
    let check = find(definition, chosen);
    let must = condition::rows(
        &form,
        definition,
        &known,
        "must.",
        check.map(|one| &one.must),
    );
    let when = condition::rows(
        &form,
        definition,
        &known,
        "when.",
        check.and_then(|one| one.when.as_ref()),
    );
    let key =
        (!chosen.key.is_empty()).then(|| form.line("key", t::key(l), t::question_key_hint(l)));
    let heading = if chosen.key.is_empty() {
        t::add_check(l).to_owned()
    } else {
        t::the_check(l, &chosen.key)
    };
    let inner = view! {
        {hidden("ubah", chosen.key.clone())}
        {hidden("dalam", chosen.group.clone())}
        {form.both("message", t::message(l), t::message_hint(l), false)}
        {form.choose("at", t::check_at(l), beside, t::choose(l), "")}
        <h3>{t::p_must(l)}</h3>
        {must}
        <ui::Disclosure summary=t::p_when_check(l) open=check.is_some_and(|one| one.when.is_some())>{when}</ui::Disclosure>
        {form.tick("is_advice", t::advice(l), t::advice_hint(l))}
        {key}
        <ui::Buttons><ui::Button name="aksi" value="simpan">{t::save(l)}</ui::Button></ui::Buttons>
    };
    let form = frame::form(place::part(&work.key, "/aturan"), work, inner.into_any());
    view! { <section id="aturan"><h2>{heading}</h2>{form}</section> }
}
