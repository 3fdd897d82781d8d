//! `/layanan/{key}/panduan`: which risk a business has, and what it needs before it opens.

use axum::extract::{Path, RawQuery};
use domain::form::{
    RiskGuide,
    risk::{Activity, Risk, Scale},
};
use leptos::prelude::*;

use super::start::text;
use crate::{Answer, Fields, Page, Visit, links, t::form as t};

/// `GET /layanan/{key}/panduan?cari=&skala=`: by a word or a code, and by the scale of the business.
pub(super) async fn show(
    visit: Visit,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::of_query(query.as_deref());
    let mut tx = visit.service.read().await?;
    let guide = service::form::guide(&mut tx, &key).await?;
    drop(tx);
    let l = visit.locale;
    let typed: String = fields.text("cari").trim().chars().take(80).collect();
    let scale = guide.scale(fields.text("skala"));
    let found = guide.search(&typed);
    let place = links::guide(&key);
    let all = std::iter::once(ui::Choosable::new("", t::guide_any_scale(l)));
    let scales: Vec<_> = all
        .chain(
            guide
                .scales
                .iter()
                .map(|one| ui::Choosable::new(one.key.clone(), one.title.get(l))),
        )
        .collect();
    let unverified = (!guide.is_verified).then(|| {
        let note = guide.note.get(l).to_owned();
        view! { <ui::Notice kind=ui::NoticeKind::Warning title=t::guide_unverified(l)>{note}</ui::Notice> }
    });
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let list = if found.is_empty() {
        view! { <ui::EmptyState title=t::guide_nothing(l)><p>{t::guide_nothing_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        let rows = found
            .into_iter()
            .map(|activity| row(&visit, &guide, activity, scale))
            .collect_view();
        view! { <p class="meta" role="status">{t::guide_found(l, count)}</p><ul class="rows">{rows}</ul> }.into_any()
    };
    let risks = guide
        .risks
        .iter()
        .map(|risk| {
            let (title, licence) = (risk.title.get(l).to_owned(), risk.licence.get(l).to_owned());
            let city = risk.city.get(l).to_owned();
            view! { <h3 id=risk.key.clone()>{title}</h3><p>{licence}</p><p>{t::guide_city(l)}" "{city}</p> }
        })
        .collect_view();
    let chosen = scale.map(|scale| scale.key.clone()).unwrap_or_default();
    let source = t::guide_source(l, &guide.regulation, &guide.kbli_version);
    let back = links::service(&key);
    let view = view! {
        <ui::Page>
            <ui::BackLink href=back label=t::back(l)/>
            <h1>{t::guide_title(l)}</h1>
            <ui::Lead text=t::guide_lead(l)/>
            {unverified}
            <form class="form" role="search" aria-label=t::guide_title(l) action=place method="get">
                <ui::TextInput
                    id="cari" label=t::guide_search(l) hint=t::guide_search_hint(l) value=typed autocomplete="off"
                />
                <ui::Select id="skala" label=t::guide_scale(l) options=scales value=chosen/>
                <ui::Button>{t::guide_show(l)}</ui::Button>
            </form>
            <h2>{t::guide_activities(l)}</h2>
            {list}
            <h2>{t::guide_risks(l)}</h2>
            {risks}
            <h2>{t::guide_outside(l)}</h2>
            {text(l, &guide.outside)}
            <p class="meta">{source}</p>
            <p class="meta">{guide.scale_source.clone()}</p>
        </ui::Page>
    };
    let page = Page::new(t::guide_title(l))
        .describe(t::guide_lead(l))
        .canonical(links::guide(&key));
    Ok(visit.page(page, view))
}

/// An activity with its risk; without a scale with both.
fn row(visit: &Visit, guide: &RiskGuide, activity: &Activity, scale: Option<&Scale>) -> AnyView {
    let l = visit.locale;
    let facts = |risk: &Risk| {
        // No red: that is for what is wrong or late, and a high risk is neither.
        let is_lowest = guide
            .risks
            .first()
            .is_some_and(|first| first.key == risk.key);
        let kind = if is_lowest {
            ui::TagKind::Open
        } else {
            ui::TagKind::Time
        };
        let (title, licence) = (risk.title.get(l).to_owned(), risk.licence.get(l).to_owned());
        view! { <p><ui::Tag kind text=title/>" "{licence}</p> }.into_any()
    };
    let lines = match scale {
        Some(scale) => guide.risk(activity, scale).map(facts).into_any(),
        None => {
            let by = |at: Option<&Scale>| at.and_then(|scale| guide.risk(activity, scale));
            let (small, large) = (by(guide.scales.first()), by(guide.scales.last()));
            if small == large {
                small.map(facts).into_any()
            } else {
                let most = i64::try_from(guide.small_capital_up_to).unwrap_or(i64::MAX);
                let most = l.number(most);
                view! {
                    <p class="meta">{t::guide_up_to(l, &most)}</p>
                    {small.map(facts)}
                    <p class="meta">{t::guide_above(l, &most)}</p>
                    {large.map(facts)}
                }
                .into_any()
            }
        }
    };
    let title = activity.title.get(l).to_owned();
    let code = t::guide_code(l, &activity.code);
    view! { <li class="row"><b>{title}</b>" "<span class="meta">{code}</span>{lines}</li> }
        .into_any()
}
