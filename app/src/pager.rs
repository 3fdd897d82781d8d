//! The links between the pages of a list.

use domain::Locale;
use leptos::prelude::*;

use crate::t::layout as t;

/// Links to the pages of a list, which `label` names; nothing where all fits on one. Pages count from 1.
pub(crate) fn pages(
    l: Locale,
    label: &'static str,
    current: i64,
    last: i64,
    href: impl Fn(i64) -> String,
) -> Option<AnyView> {
    if last < 2 {
        return None;
    }
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let items = ui::PageItem::list(number(current), number(last), |n| href(i64::from(n)));
    Some(
        view! {
            <ui::Pagination
                label
                items
                previous=(current > 1).then(|| href(current - 1))
                previous_label=t::previous(l)
                next=(current < last).then(|| href(current + 1))
                next_label=t::next(l)
                summary=t::page_of(l, l.number(current), l.number(last))
            />
        }
        .into_any(),
    )
}
