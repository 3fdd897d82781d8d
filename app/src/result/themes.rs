//! The office gathers comments under themes. Works by plain forms: many ticks, one button.

mod filter;
mod gather;
mod list;

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{CommentId, Invalid, Problem, ThemeId, consultation::Phase, result::ThemeDraft};
use leptos::prelude::*;

use self::{
    filter::{filter_of, query_of},
    gather::gathering,
    list::list,
};
use super::frame;
use crate::{Answer, Failure, Fields, Page, Said, Visit, office::Tab, t::result as t};

/// What was typed when it has to be shown again.
#[derive(Default)]
struct Typed {
    invalid: Invalid,
    /// The theme whose form it is; none for a new one.
    theme: String,
    draft: ThemeDraft,
    ticked: Vec<String>,
    into: String,
}

pub(super) async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = query.unwrap_or_default();
    let page = Page::new(t::themes_title(visit.locale));
    draw(&visit, &slug, &query, page, &Typed::default()).await
}

pub(super) async fn change(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
    // The filter travels with the form; only what we would read from an address comes back into one.
    let query = query_of(
        &filter_of(&Fields::of_query(Some(fields.text("saring")))),
        None,
    );
    let back = |mark: &str| format!("{}?{query}{mark}", frame::themes(&slug));
    match act(&visit, &slug, &fields).await {
        Ok(Done::Saved(mark)) => Ok(visit.go_saying(&back(mark), Said::Saved)),
        Ok(Done::Removed) => Ok(visit.go_saying(&frame::themes(&slug), Said::Removed)),
        Err(service::Error::Invalid(invalid)) => {
            let typed = Typed {
                invalid,
                theme: fields.string("tema-ini"),
                draft: draft_of(&fields),
                ticked: fields
                    .all("comments")
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
                into: fields.string("into"),
            };
            let page = Page::new(t::themes_title(visit.locale)).wrong();
            draw(&visit, &slug, &query, page, &typed).await
        }
        Err(other) => Err(other.into()),
    }
}

enum Done {
    /// Where on the page to go on.
    Saved(&'static str),
    Removed,
}

async fn act(visit: &Visit, slug: &str, fields: &Fields) -> service::Result<Done> {
    use service::result as r;
    let (s, who) = (&visit.service, &visit.actor);
    let this = ThemeId::new(fields.text("tema-ini"));
    let comments = || {
        fields
            .all("comments")
            .into_iter()
            .map(CommentId::new)
            .collect::<Vec<_>>()
    };
    match fields.text("buat") {
        "tambah" => r::add_theme(s, who, slug, &draft_of(fields))
            .await
            .map(|_| Done::Saved("#tema")),
        "ubah" => r::edit_theme(s, who, slug, &this, &draft_of(fields))
            .await
            .map(|()| Done::Saved("#tema")),
        "naik" => r::move_theme(s, who, slug, &this, true)
            .await
            .map(|()| Done::Saved("#tema")),
        "turun" => r::move_theme(s, who, slug, &this, false)
            .await
            .map(|()| Done::Saved("#tema")),
        "hapus" => r::remove_theme(s, who, slug, &this)
            .await
            .map(|()| Done::Removed),
        "masuk" => {
            let into = fields.text("into");
            if into.is_empty() {
                return Err(service::Error::invalid("into", Problem::Missing));
            }
            r::gather(s, who, slug, &ThemeId::new(into), comments())
                .await
                .map(|_| Done::Saved("#tanggapan"))
        }
        "keluar" => r::release(s, who, slug, &this, comments())
            .await
            .map(|_| Done::Saved("#tanggapan")),
        // Nothing that a page of ours sends; still only for those who may.
        _ => r::standing(s, who, slug)
            .await
            .and(Err(service::Error::invalid("buat", Problem::Unknown))),
    }
}

fn draft_of(fields: &Fields) -> ThemeDraft {
    ThemeDraft {
        title: fields.string("title"),
        description: fields.string("description"),
    }
}

async fn draw(
    visit: &Visit,
    slug: &str,
    query: &str,
    page: Page,
    typed: &Typed,
) -> Result<Response, Failure> {
    let filter = filter_of(&Fields::of_query(Some(query)));
    let found = service::result::themes(&visit.service, &visit.actor, slug, &filter).await?;
    let l = visit.locale;
    let fixed = found.consultation.phase(visit.now) == Phase::Answered;
    let kept = query_of(&filter, None);
    let title_id = if typed.theme.is_empty() {
        "title".to_owned()
    } else {
        format!("title-{}", typed.theme)
    };
    let fields = [
        ("title", title_id.as_str(), t::theme_title(l)),
        ("description", "description", t::theme_description(l)),
        ("into", "into", t::gather_into(l)),
        ("comments", "comments", t::gather_field(l)),
    ];
    let view = view! {
        {frame::summary(l, &typed.invalid, &fields)}
        <h1>{t::themes_title(l)}</h1>
        <ui::Lead text=t::themes_lead(l)/>
        {list(l, &found, fixed, &kept, typed)}
        {gathering(l, &found, &filter, &kept, typed)}
    }
    .into_any();
    Ok(frame::draw(
        visit,
        page,
        &found.consultation,
        Tab::Themes,
        view,
    ))
}
