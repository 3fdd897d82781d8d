//! What people said and what the office replied: statements, comments, replies on the result page.

use domain::Timestamp;
use leptos::prelude::*;
use service::result::{Item, Shown, StatementFound, TopComment};
use ui::{Comment, CommentBody, OfficialAnswer, Prose, SectionHead};

use super::chart;
use crate::{Visit, links, t::result as t};

pub(super) fn statements(visit: &Visit, shown: &Shown) -> AnyView {
    let l = visit.locale;
    if shown.statements.is_empty() {
        return ().into_any();
    }
    let list = |id: &str, title: &'static str, found: &[StatementFound]| {
        (!found.is_empty()).then(|| {
            let items = found
                .iter()
                .map(|s| chart::statement(l, s.number, &s.body, s.counts))
                .collect_view();
            let table = chart::statement_table(l, id, title, found);
            view! { <h3>{title}</h3><ul class="stack">{items}</ul>{table} }
        })
    };
    let all = t::all_statements(l, i64::try_from(shown.statements.len()).unwrap_or(i64::MAX));
    view! {
        <SectionHead
            title=t::statements_title(l)
            href=links::all_statements(&shown.consultation.slug)
            more=all
        />
        {list("s-agreed", t::agreed_title(l), &shown.most_agreed)}
        {list("s-divided", t::divided_title(l), &shown.most_divided)}
    }
    .into_any()
}

pub(super) fn comments(visit: &Visit, shown: &Shown) -> AnyView {
    let l = visit.locale;
    if shown.most_for.is_empty() && shown.most_against.is_empty() {
        return ().into_any();
    }
    let list = |title: &'static str, found: &[TopComment]| {
        (!found.is_empty()).then(|| {
            let items = found.iter().map(|c| comment(visit, c)).collect_view();
            view! { <h3>{title}</h3>{items} }
        })
    };
    view! {
        <SectionHead
            title=t::comments_title(l)
            href=links::comments(&shown.consultation.slug)
            more=t::all_comments(l)
        />
        {list(t::most_for(l), &shown.most_for)}
        {list(t::most_against(l), &shown.most_against)}
    }
    .into_any()
}

fn comment(visit: &Visit, c: &TopComment) -> AnyView {
    let l = visit.locale;
    let at = Timestamp(c.posted_at);
    let actions = view! {
        <span class="meta">{t::supports(l, c.supports)}</span>
        <a class="link-2" href=links::comment(&c.id)>{t::read_on(l)}</a>
    }
    .into_any();
    view! {
        <Comment
            id=format!("atas-{}", c.id)
            author=c.author.clone()
            body=CommentBody::Text(c.body.clone())
            time=visit.zone().date(at, l)
            datetime=at.rfc3339()
            area=c.area.clone()
            actions=actions
        />
    }
    .into_any()
}

/// The office's reply to something, with the day.
pub(super) fn reply(visit: &Visit, office: &str, item: &Item) -> AnyView {
    let l = visit.locale;
    let day = item.at.map(|at| visit.zone().date(at, l));
    let html = item.body_html.clone();
    view! { <OfficialAnswer title=t::reply_of(l, office) meta=day><Prose html=html/></OfficialAnswer> }
    .into_any()
}

/// Replies by theme and by clause.
pub(super) fn replies(visit: &Visit, shown: &Shown) -> AnyView {
    let l = visit.locale;
    if shown.themes.is_empty() && shown.clauses.is_empty() {
        return ().into_any();
    }
    let c = &shown.consultation;
    let themes = (!shown.themes.is_empty()).then(|| {
        let items = shown
            .themes
            .iter()
            .map(|item| theme(visit, &c.office_short, item))
            .collect_view();
        view! { <h3>{t::replies_themes(l)}</h3>{items} }
    });
    let clauses = (!shown.clauses.is_empty()).then(|| {
        let items = shown
            .clauses
            .iter()
            .map(|item| {
                let title = t::clause(l, &item.title);
                let title = if item.label.is_empty() {
                    title.into_any()
                } else {
                    view! { <a href=links::clause(&c.slug, &item.label)>{title}</a> }.into_any()
                };
                view! { <h4>{title}</h4>{reply(visit, &c.office_short, item)} }
            })
            .collect_view();
        view! { <h3>{t::replies_clauses(l)}</h3>{items} }
    });
    view! { <SectionHead id="jawaban" title=t::replies_title(l)/> {themes} {clauses} }.into_any()
}

fn theme(visit: &Visit, office: &str, item: &Item) -> AnyView {
    let l = visit.locale;
    let note = (!item.note.is_empty()).then(|| view! { <p>{item.note.clone()}</p> });
    let answer = if item.at.is_some() {
        reply(visit, office, item)
    } else {
        view! { <p class="meta">{t::no_reply_yet(l)}</p> }.into_any()
    };
    view! {
        <h4>{item.title.clone()}</h4>
        {note}
        <p class="meta">{t::under_theme(l, item.comments)}</p>
        {answer}
    }
    .into_any()
}
