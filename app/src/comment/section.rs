//! The section of comments on other pages, and the page of all.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    ClauseId, Locale,
    comment::{Comment, Order, PAGE, Thread},
    consultation::Consultation,
};
use leptos::prelude::*;
use service::{
    comment::{ClauseRef, Listing},
    draft::Draft,
};

use super::{
    compose::{Gate, Target, Trouble, Typed, clause_name, compose, gate},
    item::{Around, item},
};
use crate::{Answer, Failure, Fields, Page, Visit, links, pager, t::comment as t};

/// Which comments a list shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    pub(super) order: Order,
    pub(super) number: i64,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            order: Order::Newest,
            number: 1,
        }
    }
}

/// The section for the page of a consultation: the first comments, newest first, and the form with what the visitor was
/// typing (`draft`). One statement.
pub async fn section(
    visit: &Visit,
    c: &Consultation,
    draft: Option<&Draft>,
) -> Result<AnyView, Failure> {
    let typed = match draft {
        Some(draft) if writes(visit, c) => Typed::kept(draft),
        _ => Typed::default(),
    };
    first(
        visit,
        c,
        &Target::Plan,
        &typed,
        links::consultation(&c.slug),
    )
    .await
}

/// The same for the page of a clause, with the comments on this clause. One more statement for somebody signed in: what
/// they were typing.
pub async fn clause_section(
    visit: &Visit,
    c: &Consultation,
    clause: ClauseRef,
) -> Result<AnyView, Failure> {
    let back = links::clause(&c.slug, &clause.label);
    let target = Target::Clause(clause);
    let typed = if writes(visit, c) {
        Typed::draft(visit, &c.slug, &target).await?
    } else {
        Typed::default()
    };
    first(visit, c, &target, &typed, back).await
}

/// Whether there is a form, and so what was typed matters.
fn writes(visit: &Visit, c: &Consultation) -> bool {
    matches!(gate(visit, c), Gate::Open | Gate::Office)
}

async fn first(
    visit: &Visit,
    c: &Consultation,
    target: &Target,
    typed: &Typed,
    back: String,
) -> Result<AnyView, Failure> {
    let shown = Shown::default();
    let listing = listing(visit, c, target.clause(), shown).await?;
    Ok(draw(visit, c, target, shown, listing, typed, None, &back))
}

/// "312 tanggapan": what an element with `data-count="comments"` says.
pub fn count_text(locale: Locale, count: i64) -> String {
    t::count(locale, count)
}

async fn listing(
    visit: &Visit,
    c: &Consultation,
    clause: Option<&ClauseId>,
    shown: Shown,
) -> Result<Listing, Failure> {
    let mut tx = visit.service.read().await?;
    Ok(service::comment::list(&mut tx, &visit.actor, c, clause, shown.order, shown.number).await?)
}

#[expect(
    clippy::too_many_arguments,
    reason = "what the section shows, each once, from two callers"
)]
fn draw(
    visit: &Visit,
    c: &Consultation,
    target: &Target,
    shown: Shown,
    listing: Listing,
    typed: &Typed,
    trouble: Option<&Trouble>,
    back: &str,
) -> AnyView {
    let l = visit.locale;
    if gate(visit, c) == Gate::Off && listing.roots == 0 && trouble.is_none() {
        return ().into_any();
    }
    let clause = target.clause();
    let around = Around {
        visit,
        consultation: c,
        clauses: clause.is_none(),
        hours: false,
    };
    let list = if listing.threads.is_empty() {
        view! { <ui::EmptyState title=t::none(l)><p>{t::none_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        let threads = listing
            .threads
            .iter()
            .map(|found| thread(&around, found))
            .collect_view();
        view! {
            <form id="daftar-tanggapan" method="post" action=links::comments(&c.slug) data-swap="daftar-tanggapan">
                <input type="hidden" name="kembali" value=address(c, clause, shown)/>
                {threads}
            </form>
        }
        .into_any()
    };
    let orders = (listing.roots > 1).then(|| orders(l, c, clause, shown.order));
    let count = t::count(l, listing.total);
    let form = compose(visit, c, target, typed, trouble, back);
    view! {
        <section id="tanggapan">
            <h2 data-count="comments">{count}</h2>
            {orders}
            <p hidden data-news="comment"><a href=format!("{back}#tanggapan")>{t::new_ones(l)}</a></p>
            {list}
            {pages(l, c, clause, shown, listing.roots)}
            {form}
        </section>
    }
    .into_any()
}

/// A comment of the first level with its replies one step in.
fn thread(around: &Around<'_>, thread: &Thread) -> AnyView {
    let above = |reply: &Comment| -> Option<&Comment> {
        thread
            .replies
            .iter()
            .find(|c| Some(&c.id) == reply.parent.as_ref())
    };
    let replies = (!thread.replies.is_empty()).then(|| {
        thread
            .replies
            .iter()
            .map(|reply| item(around, reply, above(reply), None, None))
            .collect_view()
            .into_any()
    });
    // An office's answer brings no box for replies of its own.
    let boxed = thread.root.office.is_some() && thread.root.is_shown();
    let replies = replies.map(|replies| {
        if boxed {
            view! { <div class="replies">{replies}</div> }.into_any()
        } else {
            replies
        }
    });
    item(around, &thread.root, None, None, replies)
}

/// The address of a list; the usual order and the first page are not named.
fn address(c: &Consultation, clause: Option<&ClauseId>, shown: Shown) -> String {
    let mut query = Vec::new();
    if let Some(clause) = clause {
        query.push(format!("pasal={}", links::encode(clause.as_str())));
    }
    if shown.order != Order::default() {
        query.push(format!("urut={}", shown.order.word()));
    }
    if shown.number > 1 {
        query.push(format!("halaman={}", shown.number));
    }
    let place = links::comments(&c.slug);
    if query.is_empty() {
        place
    } else {
        format!("{place}?{}", query.join("&"))
    }
}

fn orders(
    l: Locale,
    c: &Consultation,
    clause: Option<&ClauseId>,
    current: Order,
) -> impl IntoView + use<> {
    let links = Order::ALL
        .into_iter()
        .map(|order| {
            let name = match order {
                Order::Newest => t::newest(l),
                Order::Oldest => t::oldest(l),
                Order::Supported => t::most_supported(l),
                Order::Discussed => t::most_discussed(l),
            };
            let href = format!(
                "{}#tanggapan",
                address(c, clause, Shown { order, number: 1 })
            );
            ui::TabItem::new(href, name, order == current)
        })
        .collect();
    view! { <ui::Tabs label=t::order_label(l) items=links/> }
}

/// The number of the last page.
fn last_page(roots: i64) -> i64 {
    ((roots + PAGE - 1) / PAGE).max(1)
}

fn pages(
    l: Locale,
    c: &Consultation,
    clause: Option<&ClauseId>,
    shown: Shown,
    roots: i64,
) -> Option<AnyView> {
    pager::pages(l, t::pages(l), shown.number, last_page(roots), |number| {
        format!(
            "{}#tanggapan",
            address(c, clause, Shown { number, ..shown })
        )
    })
}

/// `GET /konsultasi/{slug}/tanggapan?urut=…&halaman=…&pasal=…`: all comments.
pub(super) async fn all(
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = Fields::of_query(query.as_deref());
    let shown = Shown {
        order: Order::parse(query.text("urut")),
        number: query
            .text("halaman")
            .parse()
            .unwrap_or(1)
            .clamp(1, 1_000_000),
    };
    let mut tx = visit.service.read().await?;
    let c = service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?;
    let target = match query.text("pasal") {
        "" => Target::Plan,
        id => service::comment::clause_ref(&mut tx, &c, &ClauseId::new(id))
            .await?
            .map(Target::Clause)
            .ok_or(Failure::NotFound)?,
    };
    drop(tx);
    let listing = listing(&visit, &c, target.clause(), shown).await?;
    let number = last_page(listing.roots);
    if shown.number > number {
        return Ok(visit.go(&address(&c, target.clause(), Shown { number, ..shown })));
    }
    let typed = if writes(&visit, &c) {
        Typed::draft(&visit, &c.slug, &target).await?
    } else {
        Typed::default()
    };
    Ok(page(&visit, &c, &target, shown, listing, &typed, None))
}

/// The page of all comments when what was typed on it was not taken.
pub(super) async fn refused(
    visit: &Visit,
    c: &Consultation,
    target: &Target,
    typed: &Typed,
    trouble: &Trouble,
) -> Answer {
    let shown = Shown::default();
    let listing = listing(visit, c, target.clause(), shown).await?;
    Ok(page(visit, c, target, shown, listing, typed, Some(trouble)))
}

fn page(
    visit: &Visit,
    c: &Consultation,
    target: &Target,
    shown: Shown,
    listing: Listing,
    typed: &Typed,
    trouble: Option<&Trouble>,
) -> Response {
    let l = visit.locale;
    let clause = match target {
        Target::Clause(clause) => Some(clause),
        _ => None,
    };
    let id = target.clause();
    let title = match clause {
        Some(clause) => t::clause_title(l, clause_name(l, &clause.label, &clause.heading)),
        None => t::all_title(l).to_owned(),
    };
    let (up, up_name) = match clause {
        Some(clause) => (
            links::clause(&c.slug, &clause.label),
            clause_name(l, &clause.label, &clause.heading),
        ),
        None => (links::consultation(&c.slug), c.title.clone()),
    };
    let back = address(c, id, Shown::default());
    let section = draw(visit, c, target, shown, listing, typed, trouble, &back);
    let about = Page::new(format!("{title}: {}", c.title))
        .describe(t::description(l, &c.title))
        .canonical(address(c, id, shown))
        .of(&c.id);
    let about = if trouble.is_some() {
        about.wrong()
    } else {
        about
    };
    let view = view! {
        <ui::Page>
            <ui::BackLink href=up label=up_name/>
            <h1>{title}</h1>
            {section}
        </ui::Page>
    };
    Trouble::mark(trouble, visit.page(about, view))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_up() {
        for (roots, last) in [(0, 1), (20, 1), (21, 2), (1_000, 50)] {
            assert_eq!(last_page(roots), last);
        }
    }
}
