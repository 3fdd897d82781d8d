//! `/kantor/hari-libur`: the table of holidays that due dates are counted with.

use domain::{
    Invalid, Problem,
    calendar::{Kind, Year},
};
use leptos::prelude::*;
use service::Error;

use crate::{
    Answer, Fields, Page, Said, Visit, links,
    office::{Part, shell},
    problem::sentence,
    t::case as t,
};

/// `GET /kantor/hari-libur`: the years that are known, and those that cases wait for. For administrators.
pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, "", &Invalid::default()).await
}

/// `POST /kantor/hari-libur`: takes a table as JSON (`tabel`).
pub(super) async fn send(visit: Visit, fields: Fields) -> Answer {
    let table = fields.text("tabel");
    match service::case::import_holidays(&visit.service, &visit.actor, table).await {
        Ok(_) => Ok(visit.go_saying(links::HOLIDAYS, Said::Saved)),
        Err(Error::Invalid(invalid)) => page(&visit, table, &invalid).await,
        Err(other) => Err(other.into()),
    }
}

async fn page(visit: &Visit, typed: &str, invalid: &Invalid) -> Answer {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let holidays = service::case::lacking_years(&mut tx, &visit.actor).await?;
    drop(tx);
    let wrong = invalid.of("table").map(|problem| match problem {
        Problem::Malformed => t::table_malformed(l).to_owned(),
        Problem::Order => t::table_order(l).to_owned(),
        Problem::Unknown => t::table_week(l).to_owned(),
        Problem::Missing => t::table_missing(l).to_owned(),
        other => sentence(l, t::table(l), other),
    });
    let is_wrong = wrong.is_some();
    let summary = wrong.clone().map(|text| {
        let errors = vec![ui::ErrorItem::new("tabel", text)];
        view! { <ui::ErrorSummary title=t::problem(l) errors/> }
    });
    let lacking = (!holidays.lacking.is_empty()).then(|| {
        let years: Vec<String> = holidays.lacking.iter().map(ToString::to_string).collect();
        view! { <ui::Notice kind=ui::NoticeKind::Warning>{t::lacking(l, years.join(", "))}</ui::Notice> }
    });
    let years = if holidays.years.is_empty() {
        view! { <p>{t::no_years(l)}</p> }.into_any()
    } else {
        holidays
            .years
            .iter()
            .map(|one| year(visit, one))
            .collect_view()
            .into_any()
    };
    let typed = typed.to_owned();
    let view = view! {
        <h1>{t::holidays_title(l)}</h1>
        <ui::Lead text=t::holidays_lead(l)/>
        {summary}
        {lacking}
        {years}
        <ui::Form action=links::HOLIDAYS>
            <h2>{t::import(l)}</h2>
            <ui::TextArea
                id="tabel"
                label=t::table(l)
                hint=t::table_hint(l)
                value=typed
                error=wrong
                rows=10
            />
            <ui::Buttons><ui::Button>{t::take_table(l)}</ui::Button></ui::Buttons>
        </ui::Form>
    };
    let about = Page::new(t::holidays_title(l)).in_office();
    let about = if is_wrong { about.wrong() } else { about };
    Ok(visit.page(about, shell(visit, Part::Holidays, view.into_any(), None)))
}

fn year(visit: &Visit, year: &Year) -> impl IntoView + use<> {
    let l = visit.locale;
    let mut off = year.off.clone();
    off.sort_by_key(|off| off.day);
    let count = |kind| {
        let n = off.iter().filter(|off| off.kind == kind).count();
        i64::try_from(n).unwrap_or(i64::MAX)
    };
    let summary = t::year(
        l,
        year.year.to_string(),
        count(Kind::Holiday),
        count(Kind::JointLeave),
    );
    let rows = off
        .iter()
        .map(|off| {
            let kind = match off.kind {
                Kind::Holiday => t::national(l),
                Kind::JointLeave => t::joint_leave(l),
            };
            ui::Row::of([off.day.written(l), off.name.clone(), kind.to_owned()])
        })
        .collect();
    let columns = vec![
        ui::Column::text(t::day(l)),
        ui::Column::text(t::name(l)),
        ui::Column::text(t::kind(l)),
    ];
    let id = format!("tahun-{}", year.year);
    let decree = year.decree.clone();
    let caption = summary.clone();
    view! {
        <ui::Disclosure summary>
            <p>{decree}</p>
            <ui::Table id caption hide_caption=true columns rows/>
        </ui::Disclosure>
    }
}
