//! The office gathers comments under themes. Works by plain forms: many ticks, one button.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    ClauseId, CommentId, Invalid, Locale, Problem, ThemeId, consultation::Phase, result::ThemeDraft,
};
use leptos::prelude::*;
use service::result::{Filter, Gathered, Place, ThemeRow, Themes};
use ui::{Button, ButtonKind, Buttons, Checkboxes, Choosable, Disclosure, Form, SectionHead};

use super::frame;
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links, office::Tab, pager, t::result as t,
};

/// Characters of a comment shown beside its box.
const SHOWN: usize = 320;

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

/// The filter that an address asks for; what it does not know asks for nothing.
fn filter_of(query: &Fields) -> Filter {
    let text =
        |name: &str| Some(query.text(name)).filter(|v| !v.is_empty() && v.chars().count() <= 200);
    Filter {
        place: match query.text("tema") {
            "" => Place::All,
            "belum" => Place::Free,
            id => Place::Under(ThemeId::new(id)),
        },
        clause: text("pasal").map(ClauseId::new),
        stance: text("sikap")
            .filter(|s| ["for", "against", "neutral"].contains(s))
            .map(str::to_owned),
        text: text("cari").unwrap_or_default().to_owned(),
        page: query.text("halaman").parse().unwrap_or(1),
    }
}

/// The same filter as an address, on another page if one is given.
fn query_of(filter: &Filter, page: Option<usize>) -> String {
    let place = match &filter.place {
        Place::All => "",
        Place::Free => "belum",
        Place::Under(theme) => theme.as_str(),
    };
    let number = page.unwrap_or(filter.page).to_string();
    [
        ("tema", place),
        ("pasal", filter.clause.as_ref().map_or("", ClauseId::as_str)),
        ("sikap", filter.stance.as_deref().unwrap_or_default()),
        ("cari", &filter.text),
        ("halaman", if number == "1" { "" } else { &number }),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| format!("{key}={}", links::encode(value)))
    .collect::<Vec<_>>()
    .join("&")
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

/// The themes, and the form for another.
fn list(l: Locale, found: &Themes, fixed: bool, kept: &str, typed: &Typed) -> AnyView {
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

/// The filter, and the comments with their boxes.
fn gathering(l: Locale, found: &Themes, filter: &Filter, kept: &str, typed: &Typed) -> AnyView {
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

fn filters(l: Locale, found: &Themes, filter: &Filter) -> AnyView {
    let mut places = vec![
        Choosable::new("", t::filter_all(l)),
        Choosable::new("belum", t::filter_free(l)),
    ];
    places.extend(
        found
            .themes
            .iter()
            .map(|th| Choosable::new(&th.id, &th.title)),
    );
    let place = match &filter.place {
        Place::All => String::new(),
        Place::Free => "belum".to_owned(),
        Place::Under(theme) => theme.to_string(),
    };
    let mut clauses = vec![Choosable::new("", t::filter_any(l))];
    clauses.extend(
        found
            .clauses
            .iter()
            .map(|c| Choosable::new(c.id.as_str(), format!("{}. {}", c.label, c.heading))),
    );
    let stances = vec![
        Choosable::new("", t::filter_any(l)),
        Choosable::new("for", t::stance_for(l)),
        Choosable::new("against", t::stance_against(l)),
        Choosable::new("neutral", t::stance_neutral(l)),
    ];
    let clause = filter
        .clause
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let (stance, words) = (
        filter.stance.clone().unwrap_or_default(),
        filter.text.clone(),
    );
    view! {
        <ui::FilterBar
            action=format!("{}#tanggapan", frame::themes(&found.consultation.slug))
            label=t::filter_label(l)
            button=t::filter(l)
        >
            <ui::FilterSelect id="saring-tema" name="tema" label=t::filter_theme(l) options=places value=place/>
            <ui::FilterSelect id="saring-pasal" name="pasal" label=t::filter_clause(l) options=clauses value=clause/>
            <ui::FilterSelect id="saring-sikap" name="sikap" label=t::filter_stance(l) options=stances value=stance/>
            <div>
                <label for="saring-cari">{t::filter_text(l)}</label>
                <input class="input" id="saring-cari" name="cari" type="search" value=words/>
            </div>
        </ui::FilterBar>
    }
    .into_any()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_reads_back_from_its_address() {
        let query = "tema=01abc&pasal=x%26y&sikap=for&cari=parkir+%22dekat%22&halaman=3";
        let filter = filter_of(&Fields::of_query(Some(query)));
        assert_eq!(
            filter_of(&Fields::of_query(Some(&query_of(&filter, None)))),
            filter
        );
        let odd = filter_of(&Fields::of_query(Some("sikap=benci&halaman=-1&cari=%ff")));
        assert_eq!(
            odd,
            Filter {
                page: 1,
                ..Filter::default()
            }
        );
    }
}
