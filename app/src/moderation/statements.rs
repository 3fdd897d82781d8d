//! Statements that wait: those that resemble one another as one case each, the others as a list with boxes to tick.

use domain::{
    StatementId,
    moderation::{Draft, Reason},
};
use leptos::prelude::*;
use service::{
    Error,
    moderation::{Cluster, Near, Queue, Waiting},
};

use super::{
    CLUSTERS, QUEUE, STATEMENTS,
    queue::{List, Refused, answer, choice, decision, draft, more},
};
use crate::{Answer, Fields, Visit, links::encode, t::moderation as t};

/// The part of the page with statements; a decision leads back to it, so that the next case is a key away.
pub(super) const PLACE: &str = "menunggu";

/// What the ids of a cluster's fields begin with: its oldest statement tells clusters apart.
pub(super) fn prefix(first: &str) -> String {
    format!("m-{first}-")
}

/// The field that names clusters to be decided one by one, each by its oldest statement.
const APART: &str = "pisah";

/// Puts the statements of these clusters among those that are decided one by one, the first of the list.
pub(super) fn take_apart(mut queue: Queue, apart: &[String]) -> Queue {
    let (taken, left) = queue.clusters.into_iter().partition(|cluster: &Cluster| {
        apart
            .iter()
            .any(|id| id == cluster.statements[0].id.as_str())
    });
    let taken: Vec<Cluster> = taken;
    queue.clusters = left;
    queue.statements.splice(
        0..0,
        taken.into_iter().flat_map(|cluster| cluster.statements),
    );
    queue
}

/// All that waits.
pub(super) fn view(
    visit: &Visit,
    queue: &Queue,
    apart: &[String],
    refused: Option<&Refused>,
) -> AnyView {
    let l = visit.locale;
    let title = t::waiting(l, queue.statements_total);
    if queue.statements.is_empty() && queue.clusters.is_empty() {
        return view! { <section id=PLACE><h2>{title}</h2><p>{t::waiting_none(l)}</p></section> }
            .into_any();
    }
    let together: usize = queue.clusters.iter().map(|c| c.statements.len()).sum();
    view! {
        <section id=PLACE>
            <h2>{title}</h2>
            {more(l, together + queue.statements.len(), queue.statements_total)}
            {clusters(visit, queue, apart, refused)}
            {singles(visit, queue, apart, refused)}
        </section>
    }
    .into_any()
}

fn clusters(
    visit: &Visit,
    queue: &Queue,
    apart: &[String],
    refused: Option<&Refused>,
) -> Option<AnyView> {
    if queue.clusters.is_empty() {
        return None;
    }
    let l = visit.locale;
    let items = queue
        .clusters
        .iter()
        .map(|found| cluster(visit, found, apart, refused))
        .collect_view();
    Some(
        view! {
            <h3>{t::alike(l)}</h3>
            <p>{t::alike_lead(l)}</p>
            <ul class="cards">{items}</ul>
        }
        .into_any(),
    )
}

/// One case: which is accepted, or why none is. All of it with the browser's own controls, in the order of the decision.
fn cluster(visit: &Visit, found: &Cluster, apart: &[String], refused: Option<&Refused>) -> AnyView {
    let l = visit.locale;
    let first = found.statements[0].id.as_str();
    let prefix = prefix(first);
    let refused = refused.filter(|r| matches!(&r.list, List::Cluster(of) if of == first));
    let members = found
        .statements
        .iter()
        .map(|one| view! { <input type="hidden" name="anggota" value=one.id.to_string()/> })
        .collect_view();
    let items = found
        .statements
        .iter()
        .map(|one| {
            ui::Choosable::new(one.id.as_str(), one.body.clone())
                .hint(t::since(l, visit.zone().date(one.at, l)))
        })
        .collect();
    let kept = refused.map(|r| r.chosen.concat()).unwrap_or_default();
    let count = i64::try_from(found.statements.len()).unwrap_or(i64::MAX);
    // What is public already is the likeliest reason not to take any of them.
    let likely = (!found.near.is_empty()).then_some(Reason::Duplicate);
    let why = decision(l, &prefix, &Reason::REJECT, refused, likely);
    let wrong = refused.and_then(|refused| refused.at("terima"));
    let separate: Vec<String> = apart
        .iter()
        .map(String::as_str)
        .chain([first])
        .map(|id| format!("{APART}={}", encode(id)))
        .collect();
    let separate = format!("{QUEUE}?{}#{PLACE}", separate.join("&"));
    let title = format!(
        "{} {}",
        t::alike_count(l, count),
        t::in_consultation(l, &found.title)
    );
    view! {
        <li class="card">
            <h4>{title}</h4>
            {near(visit, &found.near)}
            <ui::Form action=CLUSTERS>
                {members}
                <ui::Radios
                    id=format!("{prefix}terima")
                    name="terima"
                    legend=t::which(l)
                    items
                    value=kept
                    error=wrong
                />
                <ui::Button kind=ui::ButtonKind::Secondary name="keputusan" value="accept">{t::accept_one(l)}</ui::Button>
                {why}
                <ui::Button kind=ui::ButtonKind::Danger name="keputusan" value="reject">{t::reject_all(l)}</ui::Button>
            </ui::Form>
            <p><a href=separate>{t::separately(l)}</a></p>
        </li>
    }
    .into_any()
}

fn singles(
    visit: &Visit,
    queue: &Queue,
    apart: &[String],
    refused: Option<&Refused>,
) -> Option<AnyView> {
    if queue.statements.is_empty() {
        return None;
    }
    let l = visit.locale;
    let refused = refused.filter(|r| r.list == List::Statements);
    let chosen = refused.map(|r| r.chosen.clone()).unwrap_or_default();
    let items = queue
        .statements
        .iter()
        .enumerate()
        .map(|(at, found)| {
            let label = t::choose_statement(l, &found.body);
            choice(
                "p-",
                at == 0,
                found.id.as_str(),
                label,
                &chosen,
                single(visit, found),
            )
        })
        .collect_view();
    let why = decision(l, "p-", &Reason::REJECT, refused, None);
    // A decision that is not taken shows the list again as it was.
    let apart = apart
        .iter()
        .map(|id| view! { <input type="hidden" name=APART value=id.clone()/> })
        .collect_view();
    let title = (!queue.clusters.is_empty()).then(|| view! { <h3>{t::single(l)}</h3> });
    Some(
        view! {
            {title}
            <ui::Form action=STATEMENTS>
                {apart}
                <ul class="cards">{items}</ul>
                {why}
                <ui::Buttons>
                    <ui::Button name="keputusan" value="accept">{t::accept(l)}</ui::Button>
                    <ui::Button kind=ui::ButtonKind::Danger name="keputusan" value="reject">{t::reject(l)}</ui::Button>
                </ui::Buttons>
            </ui::Form>
        }
        .into_any(),
    )
}

fn single(visit: &Visit, found: &Waiting) -> AnyView {
    let l = visit.locale;
    view! {
        <p class="meta">
            {t::since(l, visit.zone().date(found.at, l))}" "{t::in_consultation(l, &found.title)}
        </p>
        {near(visit, &found.near)}
    }
    .into_any()
}

/// Public statements that say nearly the same.
fn near(visit: &Visit, near: &[Near]) -> Option<AnyView> {
    if near.is_empty() {
        return None;
    }
    let l = visit.locale;
    let others = near
        .iter()
        .map(|near| view! { <li>{t::near_number(l, near.number, &near.body)}</li> })
        .collect_view();
    Some(view! { <p class="meta">{t::near(l)}</p> <ul>{others}</ul> }.into_any())
}

/// `POST /kantor/moderasi/pernyataan`: accepts or rejects the statements that are ticked (`pilih`).
pub(super) async fn decide(visit: Visit, fields: Fields) -> Answer {
    let ids: Vec<StatementId> = fields
        .all("pilih")
        .into_iter()
        .map(StatementId::new)
        .collect();
    let (service, actor) = (&visit.service, &visit.actor);
    let done = service::moderation::decide_statements(service, actor, &ids, &draft(&fields)).await;
    answer(&visit, &fields, done, List::Statements).await
}

/// `POST /kantor/moderasi/mirip`: accepts one statement (`terima`) of a cluster (`anggota`) and rejects the others as its
/// duplicates, or rejects them all (`keputusan`, `alasan`, `catatan`).
pub(super) async fn decide_cluster(visit: Visit, fields: Fields) -> Answer {
    let members: Vec<StatementId> = fields
        .all("anggota")
        .into_iter()
        .map(StatementId::new)
        .collect();
    let keep = Some(fields.text("terima"))
        .filter(|id| !id.is_empty())
        .map(StatementId::new);
    let draft: Draft = draft(&fields);
    let (service, actor) = (&visit.service, &visit.actor);
    let done: Result<usize, Error> =
        service::moderation::decide_cluster(service, actor, &members, keep.as_ref(), &draft).await;
    let first = members.first().map(ToString::to_string).unwrap_or_default();
    answer(&visit, &fields, done, List::Cluster(first)).await
}
