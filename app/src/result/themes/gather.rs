//! The comments with their boxes: many ticks, one button.

use domain::Locale;
use leptos::prelude::*;
use service::result::{Filter, Gathered, Place, Themes};
use ui::{Button, ButtonKind, Buttons, Checkboxes, Choosable, Form, SectionHead};

use super::{
    Typed,
    filter::{filters, query_of},
};
use crate::{pager, result::frame, t::result as t};

/// Characters of a comment shown beside its box.
const SHOWN: usize = 320;

/// The filter, and the comments with their boxes.
pub(super) fn gathering(
    l: Locale,
    found: &Themes,
    filter: &Filter,
    kept: &str,
    typed: &Typed,
) -> AnyView {
    let slug = &found.consultation.slug;
    let all = i64::try_from(found.all).unwrap_or(i64::MAX);
    let free = i64::try_from(found.free).unwrap_or(i64::MAX);
    let under = match &filter.place {
        Place::Under(theme) => Some(theme.as_str()),
        _ => None,
    };
    let comments: Vec<Choosable> = found
        .comments
        .iter()
        .map(|c| choosable(l, found, c))
        .collect();
    let body = if comments.is_empty() && found.similar.is_empty() {
        view! { <ui::EmptyState title=t::gather_none(l)><p>{t::gather_none_help(l)}</p></ui::EmptyState> }.into_any()
    } else {
        let boxes = (!comments.is_empty()).then(|| {
            view! {
                <Checkboxes
                    id="comments"
                    legend=t::gather_legend(l)
                    items=comments
                    values=typed.ticked.clone()
                    error=frame::error(l, &typed.invalid, "comments", t::gather_field(l))
                    error_prefix=t::error_prefix(l)
                />
            }
        });
        let alike: Vec<Choosable> = found
            .similar
            .iter()
            .map(|c| choosable(l, found, c))
            .collect();
        let similar = (!alike.is_empty()).then(|| {
            view! {
                <Checkboxes
                    id="similar"
                    name="comments"
                    legend=t::similar_title(l)
                    hint=t::similar_hint(l)
                    items=alike
                    values=typed.ticked.clone()
                />
            }
        });
        let release = under.map(|theme| {
            view! {
                <input type="hidden" name="tema-ini" value=theme.to_owned()/>
                <Button kind=ButtonKind::Secondary name="buat" value="keluar">{t::gather_out(l)}</Button>
            }
        });
        let into = if typed.into.is_empty() {
            under.unwrap_or_default().to_owned()
        } else {
            typed.into.clone()
        };
        let themes: Vec<Choosable> = found
            .themes
            .iter()
            .map(|th| Choosable::new(&th.id, &th.title))
            .collect();
        let inside = view! {
            <input type="hidden" name="saring" value=kept.to_owned()/>
            {boxes}
            {similar}
            <ui::Select
                id="into"
                label=t::gather_into(l)
                options=themes
                value=into
                empty=t::choose_theme(l)
                error=frame::error(l, &typed.invalid, "into", t::gather_into(l))
                error_prefix=t::error_prefix(l)
            />
            <Buttons>
                <Button name="buat" value="masuk">{t::gather_do(l)}</Button>
                {release}
            </Buttons>
        }
        .into_any();
        let action = frame::themes(slug);
        view! { <Form action=action>{inside}</Form> }.into_any()
    };
    view! {
        <section id="tanggapan" class="stack">
            <SectionHead title=t::gather_title(l)/>
            <p class="meta">{t::of_which_free(l, l.number(free), l.number(all))}</p>
            {filters(l, found, filter)}
            <p>{t::found(l, i64::try_from(found.found).unwrap_or(i64::MAX))}</p>
            {body}
            {pages(l, found, filter)}
        </section>
    }
    .into_any()
}

fn choosable(l: Locale, found: &Themes, c: &Gathered) -> Choosable {
    let mut body: String = c.body.chars().take(SHOWN).collect();
    if body.len() < c.body.len() {
        body.push('…');
    }
    let stance = match c.stance.as_deref() {
        Some("for") => Some(t::stance_for(l)),
        Some("against") => Some(t::stance_against(l)),
        Some("neutral") => Some(t::stance_neutral(l)),
        _ => None,
    };
    let clause = c
        .clause
        .as_ref()
        .and_then(|id| found.clauses.iter().find(|k| k.id == *id));
    let themes = found
        .themes
        .iter()
        .filter(|th| c.themes.iter().any(|id| id.as_str() == th.id));
    let mut facts = vec![c.author.clone()];
    facts.extend(stance.map(str::to_owned));
    facts.extend(clause.map(|k| t::clause(l, &k.label)));
    facts.push(t::supports(l, c.supports));
    facts.extend(themes.map(|th| format!("→ {}", th.title)));
    Choosable::new(c.id.as_str(), body).hint(facts.join(" · "))
}

fn pages(l: Locale, found: &Themes, filter: &Filter) -> Option<AnyView> {
    let number = |n: usize| i64::try_from(n).unwrap_or(1);
    pager::pages(
        l,
        t::pages(l),
        number(found.page),
        number(found.pages),
        |n| {
            format!(
                "{}?{}#tanggapan",
                frame::themes(&found.consultation.slug),
                query_of(filter, usize::try_from(n).ok())
            )
        },
    )
}
