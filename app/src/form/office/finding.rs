//! What the linter found, each with the way to where it is mended.

use axum::extract::Path;
use domain::form::{
    Gap,
    edit::Place,
    lint::{Finding, Rule},
};
use leptos::prelude::*;
use service::form::Work;

use super::{
    frame::{self, Outcome, Tab},
    place,
};
use crate::{
    Answer, Visit,
    form::{finding, gap},
    t::form_office as t,
};

/// `GET /kantor/formulir/{key}/temuan`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let l = visit.locale;
    let (errors, advice): (Vec<&Finding>, Vec<&Finding>) = work
        .report
        .findings
        .iter()
        .partition(|found| found.rule.is_error());
    let line = |found: &Finding| {
        let href = place_of(&work, found);
        let text = finding(l, found);
        view! { <li><a href=href>{text}</a></li> }
    };
    let wrong: Vec<_> = errors.into_iter().map(line).collect();
    let offer = place::part(&key, "/layanan");
    let gaps = work
        .gaps
        .iter()
        .map(|one| {
            let mark = match one {
                Gap::Office => String::new(),
                Gap::Summary { .. } => "#summary.id".to_owned(),
                Gap::Component { component, .. } => format!("#{}.id", component.word()),
                Gap::Limit => "#limit.length".to_owned(),
                Gap::Retention => "#retention_days".to_owned(),
                Gap::Span => "#closes".to_owned(),
                Gap::Fee => "#question".to_owned(),
            };
            let href = format!("{offer}{mark}");
            let text = gap(l, *one);
            view! { <li><a href=href>{text}</a></li> }
        })
        .collect::<Vec<_>>();
    let is_ready = wrong.is_empty() && gaps.is_empty();
    let wrong = (!wrong.is_empty())
        .then(|| view! { <h2>{t::findings_form(l)}</h2><ul class="checks">{wrong}</ul> });
    let gaps = (!gaps.is_empty())
        .then(|| view! { <h2>{t::findings_service(l)}</h2><ul class="checks">{gaps}</ul> });
    let advice: Vec<_> = advice.into_iter().map(line).collect();
    let advice = (!advice.is_empty())
        .then(|| view! { <h2>{t::findings_advice(l)}</h2><ul class="checks">{advice}</ul> });
    let ready = is_ready.then(|| {
        view! { <ui::Notice kind=ui::NoticeKind::Success>{t::ready(l)}</ui::Notice> }
    });
    let minutes = i64::from(work.report.minutes);
    let view = view! {
        <p>{t::minutes_expected(l, minutes)}</p>
        {ready}
        {wrong}
        {gaps}
        {advice}
    };
    Ok(frame::draw(
        &visit,
        &work,
        Tab::Findings,
        None,
        &Outcome::default(),
        view.into_any(),
    ))
}

/// Where it is mended.
fn place_of(work: &Work, found: &Finding) -> String {
    let definition = &work.bundle.definition;
    let key = found.at.split('.').next().unwrap_or_default();
    let of = |place: Place| place::editor(&work.key, &place);
    // A page and a question may have the same key: what the rule is about decides.
    let is_of_page = matches!(
        found.rule,
        Rule::Section | Rule::ManyQuestions { .. } | Rule::Empty
    );
    let is_of_question = matches!(
        found.rule,
        Rule::NoClass
            | Rule::ClassTooLow { .. }
            | Rule::Bounds
            | Rule::FewChoices
            | Rule::GroupInGroup
            | Rule::OptionalDeclaration
    );
    let question = definition.question_by_key(key).is_some();
    if question && (is_of_question || definition.page(key).is_none() || !is_of_page) {
        // A page without a condition of its own is meant by none of these.
        let is_page = matches!(found.rule, Rule::Unreachable)
            && definition.page(key).is_some_and(|page| page.when.is_some());
        if !is_page {
            return of(Place::Question(key.to_owned()));
        }
    }
    if definition.page(key).is_some() {
        return of(Place::Page(key.to_owned()));
    }
    if definition.checks.iter().any(|check| check.key == key) {
        let key = key.to_owned();
        return of(Place::Check {
            group: String::new(),
            key,
        });
    }
    let group = definition.each_question().into_iter().find(|(one, _)| {
        matches!(&one.kind, domain::form::Kind::Group { checks, .. } if checks.iter().any(|check| check.key == key))
    });
    if let Some((group, _)) = group {
        let (group, key) = (group.key.clone(), key.to_owned());
        return of(Place::Check { group, key });
    }
    if definition.sections.iter().any(|one| one.key == key) {
        return of(Place::Section(key.to_owned()));
    }
    of(Place::Form)
}
