//! The home page: what is open, what comes next, what was done with the rest.

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new().route(crate::links::HOME, get(ssr::show))
}

#[cfg(feature = "ssr")]
mod ssr {
    use domain::form::{LifeEvent, Service as Offer};
    use leptos::prelude::*;
    use service::{
        consultation::{Home, Listed, Summary},
        form::Listed as Service,
    };

    use crate::{
        Answer, Page, Visit,
        consultation::card,
        form, links,
        t::{home as t, search as ts},
    };

    pub(super) async fn show(visit: Visit) -> Answer {
        let mut tx = visit.service.read().await?;
        let home = service::consultation::home(&visit.service, &mut tx).await?;
        let services = service::form::list(&mut tx).await?;
        let l = visit.locale;
        let page = Page::new(t::title(l))
            .describe(t::description(l, &visit.city.name))
            .canonical(links::HOME)
            .feed(crate::t::feed::title(l, &visit.city.name), links::FEED);
        Ok(visit.page(page, view(&visit, home, services)))
    }

    /// Services on the home page; with the tile for following a case they fill rows of two and of three.
    const TILES: usize = 5;

    fn view(visit: &Visit, home: Home, services: Vec<(Service, Offer)>) -> impl IntoView + use<> {
        let l = visit.locale;
        view! {
            <main id="main" tabindex="-1">
                <ui::Hero
                    title=t::hero_title(l)
                    lead=t::hero_lead(l)
                    search_action=links::SEARCH
                    search_label=ts::label(l)
                    search_placeholder=ts::placeholder(l)
                    search_button=ts::button(l)
                />
                <div class="wrap page">
                    <div class="wide">
                        {tiles(visit, services)}
                        {open(visit, home.open)}
                        {block(visit, t::announced(l), None, home.announced)}
                        {block(visit, t::answered(l), Some((format!("{}?keadaan=dijawab", links::CONSULTATIONS), t::answered_all(l))), home.answered)}
                        {steps(visit)}
                    </div>
                </div>
            </main>
        }
    }

    /// What one can ask for, by the moment in life, and the way to what one has asked for.
    fn tiles(visit: &Visit, mut services: Vec<(Service, Offer)>) -> impl IntoView + use<> {
        let l = visit.locale;
        services.sort_by_key(|(_, offer)| offer.life_event);
        let count = i64::try_from(services.len()).unwrap_or(i64::MAX);
        let mut items: Vec<ui::TileItem> = services
            .into_iter()
            .take(TILES)
            .map(|(listed, offer)| {
                let title = form::title(l, &listed.title_id, &listed.title_en);
                ui::TileItem::new(
                    links::service(&listed.form_key),
                    title,
                    icon(offer.life_event),
                )
            })
            .collect();
        (!items.is_empty()).then(|| {
            items.push(ui::TileItem::new(
                links::TRACK,
                t::track(l),
                ui::Icon::Clock,
            ));
            view! {
                <ui::SectionHead title=t::services(l) href=links::SERVICES more=t::all(l, count)/>
                <ui::Tiles items=items/>
            }
        })
    }

    const fn icon(event: LifeEvent) -> ui::Icon {
        match event {
            LifeEvent::Birth | LifeEvent::Death => ui::Icon::Document,
            LifeEvent::Family | LifeEvent::Health => ui::Icon::User,
            LifeEvent::Moving => ui::Icon::Pin,
            LifeEvent::Land => ui::Icon::House,
            LifeEvent::Business => ui::Icon::Bag,
            LifeEvent::Learning => ui::Icon::Edit,
            LifeEvent::Information => ui::Icon::Info,
            LifeEvent::Other => ui::Icon::Chat,
        }
    }

    fn open(visit: &Visit, open: Listed) -> AnyView {
        let l = visit.locale;
        if open.items.is_empty() {
            return view! {
                <ui::SectionHead title=t::open(l) href=links::CONSULTATIONS more=t::see_all(l)/>
                <ui::EmptyState title=t::none_open(l)>
                    <p>{t::none_open_help(l)}</p>
                    <ui::Button kind=ui::ButtonKind::Secondary href=links::CONSULTATIONS>{t::see_all(l)}</ui::Button>
                </ui::EmptyState>
            }
            .into_any();
        }
        let more = t::all(l, open.total);
        let cards = open
            .items
            .into_iter()
            .map(|one| card::card(visit, one))
            .collect_view();
        view! {
            <ui::SectionHead title=t::open(l) href=links::CONSULTATIONS more=more/>
            <ui::CardList>{cards}</ui::CardList>
        }
        .into_any()
    }

    fn block(
        visit: &Visit,
        title: &'static str,
        more: Option<(String, &'static str)>,
        items: Vec<Summary>,
    ) -> impl IntoView + use<> {
        let cards = items
            .into_iter()
            .map(|one| card::card(visit, one))
            .collect::<Vec<_>>();
        (!cards.is_empty()).then(|| {
            let (href, more) = more.unzip();
            view! {
                <ui::SectionHead title=title href=href more=more/>
                <ui::CardList>{cards}</ui::CardList>
            }
        })
    }

    fn steps(visit: &Visit) -> impl IntoView + use<> {
        let l = visit.locale;
        let steps = [
            (t::step_read(l), t::step_read_help(l)),
            (t::step_say(l), t::step_say_help(l)),
            (t::step_see(l), t::step_see_help(l)),
        ]
        .into_iter()
        .map(|(title, help)| view! { <li><h3>{title}</h3><p>{help}</p></li> })
        .collect_view();
        view! {
            <ui::SectionHead title=t::steps(l) href=links::CALENDAR more=t::follow_feed(l)/>
            <ol class="steps">{steps}</ol>
        }
    }
}
