//! The result page.

use axum::{extract::Path, response::Response};
use domain::{
    Timestamp,
    consultation::{ChangeKind, Consultation, Phase},
    result::OutcomeKind,
};
use leptos::prelude::*;
use service::result::{Sheet, Shown};
use ui::{LinkItem, LinkList, Prose, SectionHead, Tag, TagKind, TimelineItem};

use super::{chart, voices};
use crate::{
    Answer, Page, Visit, group, links,
    t::{group as tg, result as t},
};

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let consultation = service::result::public(&visit.service, &mut tx, &slug).await?;
    if consultation.phase(visit.now) < Phase::Closed {
        return Ok(later(&visit, &consultation));
    }
    let shown = service::result::show(&visit.service, &mut tx, &consultation).await?;
    drop(tx);
    Ok(draw(&visit, &shown))
}

fn page(visit: &Visit, c: &Consultation) -> Page {
    let l = visit.locale;
    Page::new(t::title_of(l, &c.title))
        .describe(t::describe(l, &c.title, &c.office_name))
        .of(&c.id)
}

fn head(visit: &Visit, c: &Consultation) -> AnyView {
    let l = visit.locale;
    view! {
        <ui::BackLink href=links::consultation(&c.slug) label=t::back(l)/>
        <p class="meta">{c.office_name.clone()}</p>
        <h1>{t::title_of(l, &c.title)}</h1>
    }
    .into_any()
}

/// Before closing: when it will be there, and nothing else.
fn later(visit: &Visit, c: &Consultation) -> Response {
    let l = visit.locale;
    let when = c.closes_at.map_or_else(
        || t::later(l).to_owned(),
        |at| t::later_at(l, visit.zone().date(at, l), visit.zone().clock(at, l)),
    );
    let (head, place) = (head(visit, c), links::consultation(&c.slug));
    let view = view! {
        <ui::Page>
            {head}
            <ui::EmptyState title=t::later_title(l)>
                <p>{when}</p>
                <p>{t::later_help(l)}</p>
                <ui::Button kind=ui::ButtonKind::Secondary href=place>{t::back(l)}</ui::Button>
            </ui::EmptyState>
        </ui::Page>
    };
    visit.page(page(visit, c), view)
}

fn draw(visit: &Visit, shown: &Shown) -> Response {
    let c = &shown.consultation;
    let aside = view! { {history(visit, shown)} {downloads(visit, c)} }.into_any();
    let parts = view! {
        {head(visit, c)}
        {outcome(visit, shown)}
        {turnout(visit, shown)}
        {questions(visit, shown)}
        {groups(visit, shown)}
        {voices::statements(visit, shown)}
        {voices::comments(visit, shown)}
        {voices::replies(visit, shown)}
        {note(visit, c)}
    }
    .into_any();
    visit.page(
        page(visit, c),
        view! { <ui::Page aside=aside>{parts}</ui::Page> },
    )
}

/// The decision as a tag.
pub(super) fn outcome_tag(visit: &Visit, kind: &str) -> AnyView {
    let l = visit.locale;
    match OutcomeKind::parse(kind) {
        Some(OutcomeKind::Adopted) => {
            view! { <Tag kind=TagKind::Agree text=t::outcome_adopted(l)/> }.into_any()
        }
        Some(OutcomeKind::Changed) => {
            view! { <Tag kind=TagKind::Open text=t::outcome_changed(l)/> }.into_any()
        }
        Some(OutcomeKind::Dropped) | None => {
            view! { <Tag kind=TagKind::Against text=t::outcome_dropped(l)/> }.into_any()
        }
    }
}

fn outcome(visit: &Visit, shown: &Shown) -> AnyView {
    let l = visit.locale;
    let office = &shown.consultation.office_name;
    let Some(outcome) = &shown.outcome else {
        return view! {
            <ui::Notice kind=ui::NoticeKind::Closed title=t::waiting_title(l, office)>{t::waiting_help(l)}</ui::Notice>
        }
        .into_any();
    };
    let link = (!outcome.link.is_empty()).then(|| {
        view! { <p><a href=outcome.link.clone() rel="noopener">{t::outcome_link(l)}</a></p> }
    });
    let tag = outcome_tag(visit, &outcome.kind);
    let html = outcome.body_html.clone();
    view! {
        <ui::OfficialAnswer
            id="keputusan"
            first=true
            title=t::outcome_title(l, office)
            meta=t::outcome_at(l, visit.zone().date(Timestamp(outcome.at), l))
        >
            {tag}
            <Prose html=html/>
            {link}
        </ui::OfficialAnswer>
    }
    .into_any()
}

fn turnout(visit: &Visit, shown: &Shown) -> AnyView {
    let l = visit.locale;
    let p = &shown.participation;
    let most = shown
        .areas
        .iter()
        .map(|a| a.people)
        .max()
        .unwrap_or(0)
        .max(shown.elsewhere);
    #[expect(clippy::cast_precision_loss, reason = "drawing widths")]
    let width = |n: i64| {
        if most > 0 {
            n as f64 * 100.0 / most as f64
        } else {
            0.0
        }
    };
    let mut areas: Vec<_> = shown.areas.iter().collect();
    areas.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.name.cmp(&b.name)));
    let mut items: Vec<ui::BarItem> = areas
        .into_iter()
        .map(|a| ui::BarItem::new(a.name.clone(), width(a.people), l.number(a.people)))
        .collect();
    if shown.elsewhere > 0 && !items.is_empty() {
        items.push(ui::BarItem::new(
            t::elsewhere(l),
            width(shown.elsewhere),
            l.number(shown.elsewhere),
        ));
    }
    let chart = (!items.is_empty()).then(|| {
        view! {
            <ui::Bars
                id="areas"
                title=t::areas_title(l)
                items=items
                table_label=t::as_table(l)
                label_head=t::area(l)
                figure_head=t::people(l)
                source=t::by_area_note(l)
            />
        }
    });
    let (people, comments) = (l.number(p.participants), l.number(p.comments));
    // No figure for what was not asked.
    let voters = (!shown.questions.is_empty())
        .then(|| view! { <ui::Stat figure=l.number(p.voters) label=t::voters(l)/> });
    let judgements = (p.judgements > 0)
        .then(|| view! { <ui::Stat figure=l.number(p.judgements) label=t::judgements(l)/> });
    view! {
        <SectionHead title=t::turnout_title(l)/>
        <ui::Stats>
            <ui::Stat figure=people label=t::participants(l)/>
            {voters}
            <ui::Stat figure=comments label=t::comments(l)/>
            {judgements}
        </ui::Stats>
        {chart}
    }
    .into_any()
}

fn questions(visit: &Visit, shown: &Shown) -> AnyView {
    if shown.questions.is_empty() {
        return ().into_any();
    }
    let l = visit.locale;
    let office = &shown.consultation.office_short;
    let list = shown
        .questions
        .iter()
        .map(|q| {
            let reply = q
                .reply
                .as_ref()
                .map(|item| voices::reply(visit, office, item));
            view! { {chart::question(l, shown, q)} {reply} }
        })
        .collect_view();
    view! { <SectionHead title=t::questions_title(l)/> {list} }.into_any()
}

/// Where people agree, and where the groups can be found again.
fn groups(visit: &Visit, shown: &Shown) -> Option<AnyView> {
    let l = visit.locale;
    let texts = shown
        .statements
        .iter()
        .map(|statement| (statement.number, statement.body.clone()))
        .collect();
    let said = group::highlights(l, shown.groups.as_ref()?, &texts)?;
    let place = links::groups(&shown.consultation.slug);
    let again = format!("{place}#hitung");
    Some(
        view! {
            <SectionHead title=tg::title(l) href=place more=tg::map(l)/>
            {said}
            <p><a href=again>{tg::again(l)}</a></p>
        }
        .into_any(),
    )
}

/// What was done, the oldest first.
fn history(visit: &Visit, shown: &Shown) -> AnyView {
    let l = visit.locale;
    let c = &shown.consultation;
    let mut steps: Vec<(Timestamp, String, String)> = shown
        .history
        .iter()
        .filter_map(|change| {
            let title = match change.kind {
                ChangeKind::Published => t::published(l).to_owned(),
                ChangeKind::Extended => t::extended(l).to_owned(),
                ChangeKind::ClosedEarly => t::closed_early(l).to_owned(),
                ChangeKind::TextPublished => t::text_published(l, &change.field),
                ChangeKind::Answered => t::answered(l).to_owned(),
                _ => return None,
            };
            Some((change.at, title, change.reason.clone()))
        })
        .collect();
    let closed_early = shown
        .history
        .iter()
        .any(|change| change.kind == ChangeKind::ClosedEarly);
    let times = [
        (c.opens_at, t::opened(l)),
        (c.closes_at.filter(|_| !closed_early), t::closed(l)),
    ];
    for (at, title) in times {
        steps.extend(at.map(|at| (at, title.to_owned(), String::new())));
    }
    steps.sort_by_key(|step| step.0);
    let items = steps
        .into_iter()
        .map(|(at, title, reason)| {
            let day = visit.zone().date(at, l);
            TimelineItem::new(
                title,
                if reason.is_empty() {
                    day
                } else {
                    format!("{day} · {reason}")
                },
            )
        })
        .collect();
    view! {
        <SectionHead title=t::history_title(l)/>
        <ui::Timeline items=items/>
        <p><a href=links::history(&c.slug)>{t::history_all(l)}</a></p>
    }
    .into_any()
}

/// The files of a consultation.
pub(super) fn files(visit: &Visit, slug: &str) -> Vec<LinkItem> {
    let l = visit.locale;
    let place = |name: &str| format!("{}/{name}", links::consultation(slug));
    let mut items: Vec<LinkItem> = Sheet::ALL
        .into_iter()
        .map(|sheet| {
            let label = match sheet {
                Sheet::Results => t::download_hasil(l),
                Sheet::Ballots => t::download_suara(l),
                Sheet::Statements => t::download_pernyataan(l),
                Sheet::Comments => t::download_tanggapan(l),
            };
            let name = format!("{}.csv", sheet.word());
            LinkItem::new(place(&name), label).note(name)
        })
        .collect();
    items.push(LinkItem::new(place("hasil.json"), t::download_hasil(l)).note("hasil.json"));
    items.push(LinkItem::new(place("semua.json"), t::download_semua(l)).note("semua.json"));
    items
}

fn downloads(visit: &Visit, c: &Consultation) -> AnyView {
    let l = visit.locale;
    view! {
        <SectionHead id="unduhan" title=t::downloads_title(l)/>
        <LinkList items=files(visit, &c.slug)/>
        <p class="meta">{t::licence(l)}</p>
    }
    .into_any()
}

fn note(visit: &Visit, c: &Consultation) -> AnyView {
    let l = visit.locale;
    let sentences = if c.source.is_empty() {
        vec![
            t::note_who(l).to_owned(),
            t::note_once(l).to_owned(),
            t::note_meaning(l).to_owned(),
        ]
    } else {
        vec![
            t::note_imported(l, &c.source),
            t::note_meaning(l).to_owned(),
        ]
    };
    let sentences = sentences
        .into_iter()
        .map(|s| view! { <p>{s}</p> })
        .collect_view();
    view! { <ui::Panel><h2>{t::note_title(l)}</h2>{sentences}</ui::Panel> }.into_any()
}
