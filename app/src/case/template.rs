//! `/kantor/kasus/templat`: texts that an office writes again and again.

use axum::extract::RawQuery;
use domain::{Invalid, OfficeId, Role};
use leptos::prelude::*;
use service::{Error, case::Template};

use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, shell},
    problem::sentence,
    t::case as t,
};

const PLACE: &str = "/kantor/kasus/templat";

/// What was typed and not taken: of which template, its title and body.
#[derive(Clone, Debug, Default)]
struct Typed {
    id: String,
    title: String,
    body: String,
    invalid: Invalid,
}

/// `GET /kantor/kasus/templat?kantor=`.
pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let fields = Fields::of_query(query.as_deref());
    page(&visit, fields.text("kantor"), Typed::default()).await
}

/// `POST /kantor/kasus/templat`: adds (`id` empty), changes, or removes (`buang`) a template of `kantor`.
pub(super) async fn send(visit: Visit, fields: Fields) -> Answer {
    let (office, id) = (fields.text("kantor"), fields.text("id"));
    let place = address(office);
    if fields.has("buang") {
        service::case::remove_template(&visit.service, &visit.actor, id).await?;
        return Ok(visit.go_saying(&place, Said::Removed));
    }
    let done = service::case::put_template(
        &visit.service,
        &visit.actor,
        &OfficeId::new(office),
        Some(id).filter(|id| !id.is_empty()),
        (fields.text("judul"), fields.text("isi")),
    )
    .await;
    match done {
        Ok(_) => Ok(visit.go_saying(&place, Said::Saved)),
        Err(Error::Invalid(invalid)) => {
            let typed = Typed {
                id: id.to_owned(),
                title: fields.string("judul"),
                body: fields.string("isi"),
                invalid,
            };
            page(&visit, office, typed).await
        }
        Err(other) => Err(other.into()),
    }
}

fn address(office: &str) -> String {
    format!("{PLACE}?kantor={}", links::encode(office))
}

async fn page(visit: &Visit, office: &str, typed: Typed) -> Answer {
    let l = visit.locale;
    visit.actor.may_enter_office()?;
    let mut tx = visit.service.read().await?;
    let offices: Vec<(OfficeId, String)> = service::office::list(&mut tx)
        .await?
        .into_iter()
        .filter(|one| {
            visit.actor.member().is_some_and(|member| {
                member.role == Role::Administrator || member.offices.contains(&one.id)
            })
        })
        .map(|one| (one.id, one.short))
        .collect();
    let chosen = offices
        .iter()
        .find(|(id, _)| id.as_str() == office)
        .or_else(|| offices.first().filter(|_| office.is_empty()))
        .cloned();
    let Some((office, _)) = chosen else {
        return Err(Failure::NotFound);
    };
    let templates = service::case::templates(&mut tx, &visit.actor, &office).await?;
    drop(tx);
    let tabs = (offices.len() > 1).then(|| {
        let items = offices
            .iter()
            .map(|(id, short)| ui::TabItem::new(address(id.as_str()), short.clone(), *id == office))
            .collect();
        view! { <ui::Tabs label=t::office(l) items/> }
    });
    let wrong = |field: &str| {
        let label = if field == "title" {
            t::template_title(l)
        } else {
            t::template_body(l)
        };
        Some(sentence(l, label, typed.invalid.of(field)?))
    };
    let prefix = |id: &str| format!("t{id}-");
    let errors: Vec<ui::ErrorItem> = [("title", "judul"), ("body", "isi")]
        .into_iter()
        .filter_map(|(field, id)| {
            let place = format!("{}{id}", prefix(&typed.id));
            Some(ui::ErrorItem::new(place, wrong(field)?))
        })
        .collect();
    let is_wrong = !errors.is_empty();
    let summary = is_wrong.then(|| view! { <ui::ErrorSummary title=t::problem(l) errors/> });
    let form = |template: &Template| {
        let is_it = template.id == typed.id && is_wrong;
        let (title, body) = if is_it {
            (typed.title.clone(), typed.body.clone())
        } else {
            (template.title.clone(), template.body.clone())
        };
        let of = |field| wrong(field).filter(|_| is_it);
        let (wrong_title, wrong_body) = (of("title"), of("body"));
        let (kantor, id) = (office.to_string(), template.id.clone());
        let prefix = prefix(&template.id);
        let remove = (!template.id.is_empty()).then(|| {
            view! { <ui::Button kind=ui::ButtonKind::Danger name="buang" value="ya">{t::remove(l)}</ui::Button> }
        });
        view! {
            <ui::Form action=PLACE>
                <input type="hidden" name="kantor" value=kantor/>
                <input type="hidden" name="id" value=id/>
                <ui::TextInput
                    id=format!("{prefix}judul")
                    name="judul"
                    label=t::template_title(l)
                    value=title
                    error=wrong_title
                    maxlength=domain::case::TEMPLATE_TITLE
                />
                <ui::TextArea
                    id=format!("{prefix}isi")
                    name="isi"
                    label=t::template_body(l)
                    value=body
                    error=wrong_body
                    rows=4
                    maxlength=domain::case::TEMPLATE
                />
                <ui::Buttons>
                    <ui::Button kind=ui::ButtonKind::Secondary>{t::save(l)}</ui::Button>
                    {remove}
                </ui::Buttons>
            </ui::Form>
        }
    };
    let there = templates
        .iter()
        .map(|template| {
            let open = template.id == typed.id;
            let inner = form(template);
            view! { <ui::Disclosure summary=template.title.clone() open>{inner}</ui::Disclosure> }
        })
        .collect_view();
    let empty = Template {
        id: String::new(),
        title: String::new(),
        body: String::new(),
    };
    let view = view! {
        <h1>{t::templates(l)}</h1>
        <ui::Lead text=t::templates_lead(l)/>
        {summary}
        {tabs}
        {there}
        <h2>{t::new_template(l)}</h2>
        {form(&empty)}
    };
    let about = Page::new(t::templates(l)).in_office();
    let about = if is_wrong { about.wrong() } else { about };
    Ok(visit.page(about, shell(visit, Part::Cases, view.into_any(), None)))
}
