//! Files to download, and the page that lists them all.

use axum::{
    extract::{Path, RawQuery},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::{consultation::Filter, result::Sheet};
use ui::{Disclosure, LinkItem, LinkList, SectionHead};

use super::show::files;
use crate::{Answer, Failure, Fields, Page, Visit, links, pager, t::result as t};

pub(super) async fn results(visit: Visit, slug: Path<String>) -> Answer {
    table(visit, slug, Sheet::Results).await
}

pub(super) async fn ballots(visit: Visit, slug: Path<String>) -> Answer {
    table(visit, slug, Sheet::Ballots).await
}

pub(super) async fn statements(visit: Visit, slug: Path<String>) -> Answer {
    table(visit, slug, Sheet::Statements).await
}

pub(super) async fn comments(visit: Visit, slug: Path<String>) -> Answer {
    table(visit, slug, Sheet::Comments).await
}

async fn table(visit: Visit, Path(slug): Path<String>, sheet: Sheet) -> Answer {
    let text = service::result::csv(&visit.service, &slug, sheet).await?;
    Ok(download(
        "text/csv; charset=utf-8",
        &format!("{slug}-{}.csv", sheet.word()),
        text,
    ))
}

pub(super) async fn results_json(visit: Visit, Path(slug): Path<String>) -> Answer {
    let results = service::result::results_json(&visit.service, &slug).await?;
    json(&format!("{slug}-hasil.json"), &results)
}

pub(super) async fn everything(visit: Visit, Path(slug): Path<String>) -> Answer {
    let everything = service::result::everything(&visit.service, &slug).await?;
    json(&format!("{slug}-semua.json"), &everything)
}

fn json(name: &str, value: &impl serde::Serialize) -> Answer {
    let text = serde_json::to_string(value).map_err(|error| {
        tracing::error!(?error, "open data cannot be written as JSON");
        Failure::Unavailable
    })?;
    Ok(download("application/json", name, text))
}

/// A file under a name of its own. The slug was found, so it is a plain word that fits into a header.
fn download(kind: &'static str, name: &str, text: String) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    (
        StatusCode::OK,
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_DISPOSITION, disposition),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=30"),
            ),
            (
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            ),
        ],
        text,
    )
        .into_response()
}

/// All consultations with their files, and the interface for programs.
pub(super) async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let l = visit.locale;
    let page = Fields::of_query(query.as_deref())
        .text("halaman")
        .parse()
        .unwrap_or(1);
    let mut tx = visit.service.read().await?;
    let filter = Filter {
        page,
        ..Filter::default()
    };
    let listed = service::consultation::list(&visit.service, &mut tx, &filter).await?;
    drop(tx);
    let items = listed
        .items
        .iter()
        .map(|c| {
            let files = files(&visit, &c.slug);
            view! {
                <li class="stack">
                    <h3><a href=links::consultation(&c.slug)>{c.title.clone()}</a></h3>
                    <p class="meta">{c.office_name.clone()}</p>
                    <Disclosure summary=t::downloads_title(l)><LinkList items=files/></Disclosure>
                </li>
            }
        })
        .collect_view();
    let list = if listed.items.is_empty() {
        view! { <ui::EmptyState title=t::data_none(l)><p>{t::data_none_help(l)}</p></ui::EmptyState> }.into_any()
    } else {
        view! { <ul class="stack">{items}</ul> }.into_any()
    };
    let pages = pager::pages(l, t::pages(l), listed.page, listed.pages, |n| {
        format!("{}?halaman={n}", links::OPEN_DATA)
    });
    let view = view! {
        <ui::Page>
            <h1>{t::data_title(l)}</h1>
            <ui::Lead text=t::data_lead(l)/>
            <p>{t::licence(l)}</p>
            <p>{t::data_rules(l)}</p>
            <SectionHead title=t::data_api(l)/>
            <p>{t::data_api_help(l)}</p>
            <LinkList items=vec![
                LinkItem::new("/api/v1/consultations", t::data_list(l)).note("/api/v1/consultations"),
                LinkItem::new("/api/v1/openapi.json", t::data_openapi(l)).note("/api/v1/openapi.json"),
            ]/>
            <SectionHead title=t::data_consultations(l)/>
            {list}
            {pages}
        </ui::Page>
    };
    Ok(visit.page(Page::new(t::data_title(l)).describe(t::data_lead(l)), view))
}
