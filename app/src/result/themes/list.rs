//! The themes, each with its form, and the form for another.

use domain::{Invalid, Locale, result::ThemeDraft};
use leptos::prelude::*;
use service::result::{ThemeRow, Themes};
use ui::{Button, ButtonKind, Buttons, Disclosure, Form};

use super::Typed;
use crate::{result::frame, t::result as t};

/// The themes, and the form for another.
pub(super) fn list(l: Locale, found: &Themes, fixed: bool, kept: &str, typed: &Typed) -> AnyView {
    let slug = &found.consultation.slug;
    let themes = found
        .themes
        .iter()
        .map(|theme| one(l, slug, theme, fixed, kept, typed))
        .collect_view();
    let empty = found.themes.is_empty().then(|| {
        view! { <ui::EmptyState title=t::themes_none(l)><p>{t::themes_none_help(l)}</p></ui::EmptyState> }
    });
    let add = if fixed {
        view! { <ui::Notice kind=ui::NoticeKind::Closed>{t::themes_fixed(l)}</ui::Notice> }
            .into_any()
    } else {
        let mine = typed.theme.is_empty();
        let open = found.themes.is_empty() || (mine && !typed.draft.title.is_empty());
        let draft = if mine {
            typed.draft.clone()
        } else {
            ThemeDraft::default()
        };
        let inside = view! {
            {fields(l, "", &draft, mine.then_some(&typed.invalid))}
            <input type="hidden" name="saring" value=kept.to_owned()/>
            <Button name="buat" value="tambah">{t::theme_save(l)}</Button>
        }
        .into_any();
        let action = frame::themes(slug);
        view! {
            <Disclosure summary=t::theme_add(l) open=open><Form action=action>{inside}</Form></Disclosure>
        }
        .into_any()
    };
    view! { <section id="tema" class="stack">{empty} <ul class="cards">{themes}</ul> {add}</section> }.into_any()
}

fn fields(l: Locale, id: &str, draft: &ThemeDraft, invalid: Option<&Invalid>) -> AnyView {
    let tail = if id.is_empty() {
        String::new()
    } else {
        format!("-{id}")
    };
    let error = |field: &str, label: &str| invalid.and_then(|i| frame::error(l, i, field, label));
    view! {
        <ui::TextInput
            id=format!("title{tail}")
            name="title"
            label=t::theme_title(l)
            hint=t::theme_title_hint(l)
            value=draft.title.clone()
            error=error("title", t::theme_title(l))
            error_prefix=t::error_prefix(l)
        />
        <ui::TextArea
            id=format!("description{tail}")
            name="description"
            label=t::theme_description(l)
            hint=t::theme_description_hint(l)
            value=draft.description.clone()
            error=error("description", t::theme_description(l))
            error_prefix=t::error_prefix(l)
            rows=3
        />
    }
    .into_any()
}

fn one(l: Locale, slug: &str, theme: &ThemeRow, fixed: bool, kept: &str, typed: &Typed) -> AnyView {
    let mine = typed.theme == theme.id;
    let draft = if mine && !typed.draft.title.is_empty() {
        typed.draft.clone()
    } else {
        ThemeDraft {
            title: theme.title.clone(),
            description: theme.description.clone(),
        }
    };
    let hidden = || {
        view! {
            <input type="hidden" name="tema-ini" value=theme.id.clone()/>
            <input type="hidden" name="saring" value=kept.to_owned()/>
        }
    };
    let edit = view! {
        {fields(l, &theme.id, &draft, mine.then_some(&typed.invalid))}
        {hidden()}
        <Button kind=ButtonKind::Secondary name="buat" value="ubah">{t::theme_save(l)}</Button>
    }
    .into_any();
    let order = view! {
        {hidden()}
        <Button kind=ButtonKind::Quiet name="buat" value="naik" label=t::theme_up_of(l, &theme.title)>
            {t::theme_up(l)}
        </Button>
        <Button kind=ButtonKind::Quiet name="buat" value="turun" label=t::theme_down_of(l, &theme.title)>
            {t::theme_down(l)}
        </Button>
        {(!fixed).then(|| view! {
            <Button kind=ButtonKind::Danger name="buat" value="hapus" label=t::theme_remove_of(l, &theme.title)>
                {t::theme_remove(l)}
            </Button>
        })}
    }
    .into_any();
    let (action, again) = (frame::themes(slug), frame::themes(slug));
    let note =
        (!theme.description.is_empty()).then(|| view! { <p>{theme.description.clone()}</p> });
    view! {
        <li class="card">
            <h2 class="h3">{theme.title.clone()}</h2>
            {note}
            <p>
                <a href=format!("{}?tema={}#tanggapan", frame::themes(slug), theme.id)>
                    {t::found(l, theme.comments)}<span class="vh">" "{theme.title.clone()}</span>
                </a>
            </p>
            <Disclosure summary=t::theme_edit(l) open=mine && !typed.invalid.0.is_empty()>
                <Form action=action>{edit}</Form>
                <Form action=again><Buttons>{order}</Buttons></Form>
            </Disclosure>
        </li>
    }
    .into_any()
}
