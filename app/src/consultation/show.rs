//! The page of one consultation, and the preview of a draft.

use axum::extract::Path;
use domain::{
    Locale,
    consultation::{Attachment, ChangeKind, Consultation, Phase},
};
use leptos::prelude::*;
use service::consultation::{Around, ClauseLine, Front, Moved};

use super::{
    fold::fold,
    words::{clause_name, days_left, phase_name},
};
use crate::{Answer, Failure, Page, Visit, links, t::consultation as t};

/// Clauses of the list that are shown before the rest is folded away.
const CLAUSES: usize = 8;

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let c = service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?;
    let front = service::consultation::front(&visit.service, &mut tx, &visit.actor, &c).await?;
    drop(tx);
    let page = Page::new(&*c.title)
        .describe(&*c.summary)
        .canonical(links::consultation(&c.slug))
        .image(c.cover.as_ref().map(|id| links::file(id, COVER)))
        .feed(
            crate::t::feed::title(visit.locale, &visit.city.name),
            links::FEED,
        )
        .of(&c.id);
    let page = if c.phase(visit.now) == Phase::Draft {
        page.unlisted()
    } else {
        page
    };
    let view = view(&visit, c, front).await?;
    Ok(visit.page(page, view))
}

/// The same page by its secret link, before it is public. Once it is, the link leads on.
pub(super) async fn preview(visit: Visit, Path((slug, token)): Path<(String, String)>) -> Answer {
    let mut tx = visit.service.read().await?;
    let c = service::consultation::preview(&mut tx, &slug, &token).await?;
    if c.phase(visit.now) != Phase::Draft {
        return Ok(visit.go(&links::consultation(&c.slug)));
    }
    let front = service::consultation::front(&visit.service, &mut tx, &visit.actor, &c).await?;
    drop(tx);
    let page = Page::new(&*c.title).unlisted().of(&c.id);
    let view = view(&visit, c, front).await?;
    Ok(visit.page(page, view))
}

/// The name under which covers are fetched: their kind is told by the answer.
const COVER: &str = "gambar";

async fn view(
    visit: &Visit,
    c: Consultation,
    front: Front,
) -> Result<impl IntoView + use<>, Failure> {
    let l = visit.locale;
    let sections = sections(visit, &c, &front).await?;
    let around = front.around;
    let phase = c.phase(visit.now);
    let live = (phase == Phase::Open).then(|| links::live(&c.slug));
    let lead = view! {
        <ui::BackLink href=links::CONSULTATIONS label=t::back(l)/>
        <h1>{c.title.clone()}</h1>
        <ui::Lead text=c.summary.clone()/>
        {phases(visit, &c, phase)}
        {facts(l, &c, &around)}
        {notice(visit, &c, phase)}
        {moved(visit, &c, around.moved.as_ref())}
        {cover(&c)}
        {(phase != Phase::Draft).then(|| follow(visit, &c, around.follows))}
    };
    let body = body(l, &c);
    let clauses = clauses(l, &c, around.clauses);
    let files = files(l, around.attachments);
    let foot = foot(visit, &c);
    Ok(view! {
        <ui::Page>
            <article data-live=live>
                {lead}
                <hr/>
                {sections.first}
                {body}
                {clauses}
                {files}
                {foot}
                {sections.last}
            </article>
        </ui::Page>
    })
}

/// What other features have to show here: what one does first, and the talk at the end.
struct Sections {
    first: AnyView,
    last: AnyView,
}

async fn sections(visit: &Visit, c: &Consultation, front: &Front) -> Result<Sections, Failure> {
    let result = crate::result::section(visit, c, front.glance.as_ref());
    let ballot = crate::ballot::section(visit, c, &front.questions);
    let statements = crate::statement::section(visit, c).await?;
    let comments = crate::comment::section(visit, c, front.draft.as_ref()).await?;
    Ok(Sections {
        first: view! { {result}{ballot}{statements} }.into_any(),
        last: comments,
    })
}

/// Where it stands, and for how long.
fn phases(visit: &Visit, c: &Consultation, phase: Phase) -> impl IntoView + use<> {
    let l = visit.locale;
    let date = |at: Option<domain::Timestamp>| at.map(|at| visit.zone().date(at, l));
    let (place, note) = match phase {
        Phase::Draft => (None, None),
        Phase::Announced => (Some(0), date(c.opens_at).map(|date| t::from_date(l, date))),
        Phase::Open => (
            Some(1),
            c.closes_at
                .map(|closes| match days_left(visit.zone(), visit.now, closes) {
                    ..=0 => t::left_today(l, visit.zone().clock(closes, l)),
                    1 => t::left_tomorrow(l).to_owned(),
                    days => t::left_days(l, days),
                }),
        ),
        Phase::Closed => (Some(2), Some(t::waiting(l).to_owned())),
        Phase::Answered => (Some(3), date(c.answered_at)),
    };
    place.map(|place| {
        let labels = [Phase::Announced, Phase::Open, Phase::Closed, Phase::Answered].map(|phase| phase_name(l, phase));
        view! { <ui::PhaseBar label=t::phases(l) done_label=t::phase_done(l) steps=ui::Step::list(labels, place, note)/> }
    })
}

/// Office, areas, the text's version.
fn facts(l: Locale, c: &Consultation, around: &Around) -> impl IntoView + use<> {
    let areas = if around.areas.is_empty() {
        t::whole_city(l).to_owned()
    } else {
        around.areas.join(", ")
    };
    let version = around.version.map(|number| {
        view! { " · "<a href=links::text(&c.slug)>{t::text_version(l, number)}</a> }
    });
    view! { <p class="meta">{c.office_name.clone()}" · "{areas}{version}</p> }
}

/// What one must know first: that it is a draft, or not open yet. What came out stands in the result's box.
fn notice(visit: &Visit, c: &Consultation, phase: Phase) -> impl IntoView + use<> {
    let l = visit.locale;
    match phase {
        Phase::Draft => Some((
            ui::NoticeKind::Warning,
            t::draft_notice(l),
            t::draft_notice_help(l).to_owned(),
        )),
        Phase::Announced => c.opens_at.map(|opens| {
            let help = t::announced_notice_help(
                l,
                visit.zone().date(opens, l),
                visit.zone().clock(opens, l),
            );
            (ui::NoticeKind::Info, t::announced_notice(l), help)
        }),
        Phase::Open | Phase::Closed | Phase::Answered => None,
    }
    .map(|(kind, title, help)| view! { <ui::Notice kind=kind title=title>{help}</ui::Notice> })
}

/// That its closing was moved, why, and where all changes stand.
fn moved(visit: &Visit, c: &Consultation, moved: Option<&Moved>) -> impl IntoView + use<> {
    let l = visit.locale;
    let history = links::history(&c.slug);
    let closes = c
        .closes_at
        .map(|at| visit.zone().date(at, l))
        .unwrap_or_default();
    moved.map(|moved| {
        let title = if moved.kind == ChangeKind::Extended {
            t::extended(l, closes)
        } else {
            t::closed_early(l, closes)
        };
        let reason = t::because(l, &moved.reason);
        view! {
            <ui::Notice kind=ui::NoticeKind::Info title=title>
                {reason}" "<a href=history>{t::history(l)}</a>
            </ui::Notice>
        }
    })
}

fn cover(c: &Consultation) -> impl IntoView + use<> {
    let alt = c.cover_alt.clone();
    c.cover.as_ref().map(|id| {
        let src = links::file(id, COVER);
        view! { <img class="cover" src=src alt=alt width="1360" height="765" loading="lazy" decoding="async"/> }
    })
}

/// Follow or stop, and the closing date for one's own calendar.
fn follow(visit: &Visit, c: &Consultation, follows: bool) -> impl IntoView + use<> {
    let l = visit.locale;
    let help = if follows {
        t::following_help(l)
    } else {
        t::follow_help(l)
    };
    let button = crate::notice::button(visit, c, follows);
    let calendar = c.closes_at.filter(|closes| *closes > visit.now).map(|_| {
        view! { <ui::Button kind=ui::ButtonKind::Quiet href=links::calendar(&c.slug) icon_before=ui::Icon::Calendar>{t::calendar(l)}</ui::Button> }
    });
    view! {
        <div class="actions">
            {button}
            {calendar}
            <p class="meta">{help}</p>
        </div>
    }
}

fn body(l: Locale, c: &Consultation) -> impl IntoView + use<> {
    let (open, rest) = fold(&c.body_html);
    let (open, rest) = (open.to_owned(), rest.map(str::to_owned));
    (!open.is_empty()).then(|| {
        let rest = rest.map(|rest| view! { <ui::Disclosure summary=t::read_on(l)><ui::Prose html=rest/></ui::Disclosure> });
        view! { <section><h2>{t::about(l)}</h2><ui::Prose html=open/>{rest}</section> }
    })
}

/// The clauses as links, each with its comments; the first ones open, the rest folded away.
fn clauses(l: Locale, c: &Consultation, lines: Vec<ClauseLine>) -> impl IntoView + use<> {
    (!lines.is_empty()).then(|| {
        let mut rows: Vec<(String, ui::LinkItem)> = lines
            .into_iter()
            .map(|line| {
                let mut item = ui::LinkItem::new(links::clause(&c.slug, &line.label), clause_name(l, &line.label, &line.heading));
                if line.comments > 0 {
                    item = item.note(t::comments(l, line.comments));
                }
                (line.chapter, item)
            })
            .collect();
        // A fold for one or two would be silly.
        let rest = if rows.len() > CLAUSES + 2 { rows.split_off(CLAUSES) } else { Vec::new() };
        let count = i64::try_from(rest.len()).unwrap_or(0);
        let rest = (count > 0).then(|| view! { <ui::Disclosure summary=t::more_clauses(l, count)>{by_chapter(rest)}</ui::Disclosure> });
        view! {
            <section>
                <ui::SectionHead title=t::text(l) href=links::text(&c.slug) more=t::text_all(l)/>
                {by_chapter(rows)}
                {rest}
            </section>
        }
    })
}

/// Lists of links, each under the heading of its chapter.
fn by_chapter(rows: Vec<(String, ui::LinkItem)>) -> AnyView {
    let mut groups: Vec<(String, Vec<ui::LinkItem>)> = Vec::new();
    for (chapter, item) in rows {
        match groups.last_mut() {
            Some((_, items)) if chapter.is_empty() => items.push(item),
            _ => groups.push((chapter, vec![item])),
        }
    }
    groups
        .into_iter()
        .map(|(chapter, items)| {
            let head = (!chapter.is_empty()).then(|| view! { <h3 class="chapter">{chapter}</h3> });
            view! { {head}<ui::LinkList items=items/> }
        })
        .collect_view()
        .into_any()
}

fn files(l: Locale, files: Vec<Attachment>) -> impl IntoView + use<> {
    (!files.is_empty()).then(|| {
        let items = files
            .into_iter()
            .map(|file| {
                let kind = file
                    .name
                    .rsplit_once('.')
                    .map(|(_, ending)| ending.to_uppercase())
                    .unwrap_or_default();
                let size = if file.size >= 1_000_000 {
                    t::file_note_mb(l, kind, l.number((file.size + 500_000) / 1_000_000))
                } else {
                    t::file_note(l, kind, l.number((file.size + 999) / 1_000))
                };
                let title = if file.title.is_empty() {
                    file.name.clone()
                } else {
                    file.title
                };
                ui::LinkItem::new(links::file(&file.file, &file.name), title).note(size)
            })
            .collect();
        view! { <section><h2>{t::files(l)}</h2><ui::LinkList items=items/></section> }
    })
}

/// Whom to ask, where it comes from, what has changed.
fn foot(visit: &Visit, c: &Consultation) -> impl IntoView + use<> {
    let l = visit.locale;
    let contact = (!c.contact.is_empty()).then(|| {
        let contact = c.contact.clone();
        view! { <h2>{t::contact(l)}</h2><p class="as-typed">{contact}</p> }
    });
    let source =
        (!c.source.is_empty()).then(|| view! { <p class="meta">{t::source(l, &c.source)}</p> });
    let history = c
        .published_at
        .map(|_| view! { <p class="meta"><a href=links::history(&c.slug)>{t::history(l)}</a></p> });
    view! { <section>{contact}{source}{history}</section> }
}
