//! The page of groups.

use axum::extract::{Path, RawQuery};
use domain::{
    consultation::{Consultation, CountsShown},
    group::{FEWEST_MEMBERS, FEWEST_PEOPLE, Picture, VOTES_TO_COUNT, sign::Rule},
};
use leptos::prelude::*;
use service::group::{Seen, Side};
use ui::{BackLink, Button, ButtonKind, EmptyState, Lead, LinkItem, LinkList, SectionHead};

use super::{
    map,
    recompute::{Recompute, Words},
    rule, said, shares, side,
};
use crate::{Answer, Fields, Page, Visit, links, t::group as t};

/// `GET /konsultasi/{slug}/kelompok?halaman=N&tanpa=ya`.
pub(super) async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = Fields::of_query(query.as_deref());
    let side = side(&query);
    let page = query.text(shares::PAGE_NUMBER).parse().unwrap_or(1);
    let (consultation, seen) = {
        let mut tx = visit.service.read().await?;
        let consultation =
            service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?;
        let seen =
            service::group::see(&visit.service, &mut tx, &visit.actor, &consultation, side).await?;
        (consultation, seen)
    };
    let l = visit.locale;
    let c = &consultation;
    let open = c.takes_part(visit.now).is_ok();
    let body = match &seen.picture {
        None => nothing(&visit, c, hidden(&visit, c), open),
        Some(picture) if picture.groups.is_empty() => {
            nothing(&visit, c, too_few(&visit, picture), open)
        }
        Some(picture) => whole(&visit, c, picture, &seen, page),
    };
    let news = open.then(|| {
        let (live, here) = (links::live(&c.slug), rule::address(&c.slug, seen.side));
        view! {
            <p hidden data-live=live data-news="groups">
                {t::news(l)} " " <a href=here>{t::news_link(l)}</a>
            </p>
        }
    });
    let rules = rule::notice(&visit, c, &seen);
    let (back, title) = (links::consultation(&c.slug), c.title.clone());
    let view = view! {
        <ui::Page>
            <BackLink href=back label=title/>
            <h1>{t::title(l)}</h1>
            {news}
            {rules}
            {body}
        </ui::Page>
    };
    let head = Page::new(t::title_of(l, &c.title))
        .describe(t::describe(l, &c.title))
        .canonical(links::groups(&c.slug))
        .of(&c.id);
    Ok(visit.page(head, view))
}

fn hidden(visit: &Visit, c: &Consultation) -> String {
    match c.counts_shown {
        CountsShown::AfterVote => t::hidden_vote(visit.locale),
        CountsShown::AfterClose | CountsShown::Live => t::hidden_close(visit.locale),
    }
    .to_owned()
}

fn too_few(visit: &Visit, picture: &Picture) -> String {
    if picture.participants < FEWEST_PEOPLE {
        let people = i64::from(picture.participants);
        t::few(visit.locale, FEWEST_PEOPLE, people)
    } else {
        t::scattered(visit.locale, FEWEST_MEMBERS)
    }
}

/// Why there is nothing to see, and what can be done about it.
fn nothing(visit: &Visit, c: &Consultation, why: String, open: bool) -> AnyView {
    let l = visit.locale;
    let judge = (open && c.statements_open).then(|| {
        view! { <Button kind=ButtonKind::Secondary href=links::statements(&c.slug)>{t::judge(l)}</Button> }
    });
    view! { <EmptyState title=t::none_title(l)><p>{why}</p>{judge}</EmptyState> }.into_any()
}

fn whole(visit: &Visit, c: &Consultation, picture: &Picture, seen: &Seen, page: usize) -> AnyView {
    let l = visit.locale;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let lead = format!(
        "{} {}",
        t::lead(
            l,
            t::people(l, i64::from(picture.participants)),
            number(picture.statements.len())
        ),
        t::found(l, number(picture.groups.len()))
    );
    let open = c.takes_part(visit.now).is_ok() && c.statements_open;
    let judge = open.then(|| {
        view! { <p><a href=links::statements(&c.slug)>{t::judge(l)}</a></p> }
    });
    view! {
        <Lead text=lead/>
        <p><a href="#cara">{t::how(l)}</a></p>
        {judge}
        {said::lists(l, picture, &seen.texts)}
        {shares::list(visit, c, picture, &seen.texts, page, seen.side)}
        {map::section(visit, picture, seen, open)}
        {again(visit, c, seen)}
        {method(visit, picture, seen)}
    }
    .into_any()
}

/// Finding the groups again: on this phone, or with the files and the command.
fn again(visit: &Visit, c: &Consultation, seen: &Seen) -> AnyView {
    let l = visit.locale;
    let here = links::groups(&c.slug);
    let without = seen.side == Side::Without;
    let rules: Vec<Rule> = if without {
        seen.rules.iter().map(|published| published.rule).collect()
    } else {
        Vec::new()
    };
    let asked = if without {
        format!("?{}={}", rule::WITHOUT.0, rule::WITHOUT.1)
    } else {
        String::new()
    };
    let (findings, votes) = (
        format!("{here}.json{asked}"),
        format!("{}/penilaian.json", links::consultation(&c.slug)),
    );
    let items = vec![
        LinkItem::new(votes.clone(), t::votes_file(l)).note("penilaian.json"),
        LinkItem::new(findings.clone(), t::findings_file(l)).note(format!("kelompok.json{asked}")),
    ];
    let words = Words {
        button: t::again_button(l).to_owned(),
        wait: t::again_wait(l).to_owned(),
        same: t::again_same(l).to_owned(),
        figures: t::again_figures(l, "{people}", "{statements}", "{groups}", "{millis}"),
        other: t::again_other(l).to_owned(),
        moved: t::again_moved(l, "{people}"),
        figures_other: t::again_figures_other(l).to_owned(),
        failed: t::again_failed(l).to_owned(),
    };
    let named: String = rules
        .iter()
        .flat_map(|rule| [" --without ", rule.word()])
        .collect();
    let command = format!("rembug groups {}{named} --json", c.slug);
    let help = if without {
        t::again_help_without(l)
    } else {
        t::again_help(l)
    };
    view! {
        <SectionHead id="hitung" title=t::again(l)/>
        <div class="scripted">
            <p>{help}</p>
            <Recompute findings votes rules=serde_json::to_string(&rules).unwrap_or_default() words/>
        </div>
        <p class="unscripted">{t::again_plain(l)} " " <code>{command}</code></p>
        <LinkList items/>
    }
    .into_any()
}

fn method(visit: &Visit, picture: &Picture, seen: &Seen) -> AnyView {
    let l = visit.locale;
    let least = VOTES_TO_COUNT.min(picture.statements.len());
    let at = seen.found_at.map(|at| {
        let (date, clock) = (visit.zone().date(at, l), visit.zone().clock(at, l));
        view! { <p class="meta">{t::found_at(l, date, clock, i64::from(picture.votes))}</p> }
    });
    view! {
        <SectionHead id="cara" title=t::method(l)/>
        <ol class="steps steps-down">
            <li>{t::method_1(l, least)}</li>
            <li>{t::method_2(l)}</li>
            <li>{t::method_3(l)}</li>
            <li>{t::method_4(l)}</li>
            <li>{t::method_5(l)}</li>
        </ol>
        <p>{t::method_6(l)}</p>
        {at}
    }
    .into_any()
}
