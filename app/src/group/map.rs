//! The map of opinion with the list of its groups.

use domain::group::{Picture, VOTES_TO_COUNT};
use leptos::prelude::*;
use service::group::Seen;
use ui::{Column, MapGroup, MapPlace, OpinionMap, Row, SectionHead, Table};

use super::{letter, said::anchor};
use crate::{Visit, t::group as t};

/// The map, where the reader stands on it, and everything that it shows as a table.
pub(super) fn section(visit: &Visit, picture: &Picture, seen: &Seen, open: bool) -> AnyView {
    let l = visit.locale;
    let groups: Vec<MapGroup> = picture
        .groups
        .iter()
        .map(|group| MapGroup {
            group: letter(group.label),
            name: format!(
                "{} · {}",
                letter(group.label).letter(),
                l.number(i64::from(group.people))
            ),
            href: format!("#{}", row(group.label)),
            outline: group.outline.clone(),
            dots: picture
                .dots
                .iter()
                .filter(|dot| dot.label == group.label)
                .map(|dot| ([dot.x, dot.y], dot.people))
                .collect(),
        })
        .collect();
    let label = picture
        .groups
        .iter()
        .map(|group| {
            let people = t::people(l, i64::from(group.people));
            t::map_group(l, letter(group.label).letter(), people)
        })
        .collect::<Vec<_>>()
        .join(", ");
    let near = seen.place.and_then(|place| picture.nearest(place));
    let you = match near {
        Some(group) => Some(t::you_in(l, letter(group.label).letter())),
        None => open.then(|| t::you_none(l).to_owned()),
    };
    let place = seen.place.map(|at| MapPlace {
        name: t::you(l).to_owned(),
        // Who votes like nobody else stands at the edge.
        at: at.map(|x| x.clamp(-picture.reach, picture.reach)),
    });
    view! {
        <SectionHead id="peta-judul" title=t::map(l)/>
        <p class="meta">{t::map_help(l)}</p>
        <figure class="map-frame">
            <OpinionMap id="peta" label=t::map_label(l, label) groups you=place/>
        </figure>
        {you.map(|words| view! { <p><strong>{words}</strong></p> })}
        {members(visit, picture)}
    }
    .into_any()
}

/// The row of a group in the table below the map.
fn row(label: u32) -> String {
    format!("anggota-{}", letter(label).letter().to_ascii_lowercase())
}

fn members(visit: &Visit, picture: &Picture) -> AnyView {
    let l = visit.locale;
    let all = i64::from(picture.participants);
    let mut rows: Vec<Row> = picture
        .groups
        .iter()
        .map(|group| {
            let (here, there) = (row(group.label), format!("#{}", anchor(group.label)));
            let name = t::group(l, letter(group.label).letter());
            Row::new(vec![
                view! { <a id=here href=there>{name}</a> }.into_any(),
                l.number(i64::from(group.people)).into_any(),
                l.percent(i64::from(group.people), all).into_any(),
            ])
        })
        .collect();
    let outside = i64::from(picture.ungrouped);
    if outside > 0 {
        rows.push(Row::of([
            t::outside(l).to_owned(),
            l.number(outside),
            l.percent(outside, all),
        ]));
    }
    let columns = vec![
        Column::text(t::group_head(l)),
        Column::number(t::people_head(l)),
        Column::number(t::share_head(l)),
    ];
    let least = VOTES_TO_COUNT.min(picture.statements.len());
    let note =
        (outside > 0).then(|| view! { <p class="meta">{t::outside_help(l, outside, least)}</p> });
    view! {
        <Table id="anggota" caption=t::members_caption(l) hide_caption=true columns rows/>
        {note}
    }
    .into_any()
}
