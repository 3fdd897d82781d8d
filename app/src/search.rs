//! The search page.

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new().route(crate::links::SEARCH, get(ssr::show))
}

#[cfg(feature = "ssr")]
mod ssr {
    use domain::{
        Locale,
        form::Service as Offer,
        reference::Reference,
        search::{Kind, Piece},
    };
    use leptos::prelude::*;
    use service::{
        form::Listed,
        search::{Answer as Found, Find, Finds},
    };

    use crate::{
        Answer, Fields, Page, Visit, consultation::clause_name, form, links, pager, t::search as t,
    };

    /// The kinds by their words in the address.
    const KINDS: [(&str, Kind); 3] = [
        ("konsultasi", Kind::Consultation),
        ("pasal", Kind::Clause),
        ("tanggapan", Kind::Comment),
    ];

    pub(super) async fn show(visit: Visit) -> Answer {
        let query = Fields::of_query(visit.path.split_once('?').map(|(_, query)| query));
        let l = visit.locale;
        let question = domain::text::line(query.text("q"), 0, u32::MAX).unwrap_or_default();
        let question: String = question.chars().take(domain::search::LONGEST).collect();
        let kind = KINDS
            .iter()
            .find(|(word, _)| *word == query.text("jenis"))
            .map(|(_, kind)| *kind);
        // A number that is none is the first page; one beyond the end is the last.
        let page = query.text("halaman").parse().unwrap_or(1);
        let mut tx = visit.service.read().await?;
        let found = service::search::find(&mut tx, &question, kind, page).await?;
        // A handful of services are looked through where they lie.
        let services = match found {
            Found::Finds(_) if kind.is_none() && page <= 1 => {
                let all = service::form::list(&mut tx).await?.into_iter();
                all.filter(|(listed, offer)| form::meets(listed, offer, &question))
                    .collect()
            }
            _ => Vec::new(),
        };
        drop(tx);
        let title = if question.is_empty() {
            t::title(l).to_owned()
        } else {
            t::title_for(l, &question)
        };
        let page = if question.is_empty() {
            Page::new(title)
                .describe(t::start(l))
                .canonical(links::SEARCH)
        } else {
            Page::new(title).unlisted()
        };
        Ok(visit.page(page, view(&visit, question, kind, found, services)))
    }

    fn view(
        visit: &Visit,
        question: String,
        kind: Option<Kind>,
        found: Found,
        services: Vec<(Listed, Offer)>,
    ) -> impl IntoView + use<> {
        let l = visit.locale;
        let has_services = !services.is_empty();
        let results = match found {
            Found::Nothing => empty(t::start(l).to_owned(), t::start_help(l)),
            Found::TooShort => empty(t::too_short(l).to_owned(), t::too_short_help(l)),
            Found::Finds(finds) if finds.counts == [0; 3] && has_services => ().into_any(),
            Found::Finds(finds) if finds.counts == [0; 3] => {
                empty(t::none(l, &question), t::none_help(l))
            }
            Found::Finds(finds) => results(visit, &question, kind, finds),
        };
        let number = number(l, &question);
        let services = self::services(l, services);
        view! {
            <ui::Page>
                <h1>{t::title(l)}</h1>
                <div class="search-top">
                    <ui::SearchBox
                        id="search"
                        action=links::SEARCH
                        label=t::label(l)
                        placeholder=t::placeholder(l)
                        button=t::button(l)
                        value=question
                    />
                </div>
                {number}
                {services}
                {results}
            </ui::Page>
        }
    }

    /// The way to a case, for who typed its number here.
    fn number(l: Locale, question: &str) -> Option<impl IntoView + use<>> {
        // A word may happen to be spelt like a number; one of letters alone is taken for a word.
        let is_number = question.bytes().any(|b| b.is_ascii_digit());
        let reference = Reference::parse(question).ok().filter(|_| is_number)?;
        let href = format!("{}?nomor={reference}", links::TRACK);
        Some(view! {
            <ui::Notice kind=ui::NoticeKind::Info>
                <a href=href>{t::track(l, reference.to_string())}</a>
            </ui::Notice>
        })
    }

    fn services(l: Locale, found: Vec<(Listed, Offer)>) -> Option<impl IntoView + use<>> {
        let items: Vec<ui::LinkItem> = found
            .into_iter()
            .map(|(listed, offer)| {
                let title = form::title(l, &listed.title_id, &listed.title_en);
                ui::LinkItem::new(links::service(&listed.form_key), title)
                    .note(offer.summary.get(l))
            })
            .collect();
        (!items.is_empty()).then(|| {
            view! {
                <ui::SectionHead title=t::services(l) ruled=true/>
                <ui::LinkList items=items/>
            }
        })
    }

    fn empty(title: String, help: &'static str) -> AnyView {
        view! { <ui::EmptyState title=title><p>{help}</p></ui::EmptyState> }.into_any()
    }

    fn results(visit: &Visit, question: &str, kind: Option<Kind>, finds: Finds) -> AnyView {
        let l = visit.locale;
        let all: i64 = finds.counts.iter().sum();
        let mut tabs = vec![
            ui::TabItem::new(place(question, None, 1), t::all(l), kind.is_none())
                .count(l.number(all)),
        ];
        for ((_, of), count) in KINDS.into_iter().zip(finds.counts) {
            if count > 0 || kind == Some(of) {
                tabs.push(
                    ui::TabItem::new(
                        place(question, Some(of), 1),
                        name(visit, of),
                        kind == Some(of),
                    )
                    .count(l.number(count)),
                );
            }
        }
        let items = finds
            .items
            .into_iter()
            .map(|find| one(visit, find))
            .collect_view();
        let pagination = pager::pages(l, t::pages(l), finds.page, finds.pages, |n| {
            place(question, kind, n)
        });
        view! {
            <ui::Tabs label=t::kinds(l) items=tabs/>
            <p class="meta" role="status">{t::found(l, finds.total)}</p>
            <ul class="finds">{items}</ul>
            {pagination}
        }
        .into_any()
    }

    fn one(visit: &Visit, find: Find) -> AnyView {
        let l = visit.locale;
        let (href, title, meta) = match find.kind {
            Kind::Consultation => (links::consultation(&find.slug), marked(find.title), None),
            Kind::Clause => {
                let lead = clause_name(l, &find.place, "");
                let dot = if find.title.is_empty() { "" } else { ". " };
                let title = view! { {lead}{dot}{marked(find.title)} }.into_any();
                (
                    links::clause(&find.slug, &find.place),
                    title,
                    Some(find.consultation),
                )
            }
            Kind::Comment => {
                let title = t::comment_on(l, &find.consultation).into_any();
                (
                    links::comment(&find.subject),
                    title,
                    Some(visit.zone().date(find.at, l)),
                )
            }
        };
        let meta = meta.map(|meta| view! { <p class="meta">{meta}</p> });
        view! { <li class="card card-link"><h2><a href=href>{title}</a></h2><p>{marked(find.text)}</p>{meta}</li> }
            .into_any()
    }

    /// What was found stands in `<mark>`.
    fn marked(pieces: Vec<Piece>) -> AnyView {
        pieces
            .into_iter()
            .map(|piece| {
                if piece.hit {
                    view! { <mark>{piece.text}</mark> }.into_any()
                } else {
                    piece.text.into_any()
                }
            })
            .collect_view()
            .into_any()
    }

    fn name(visit: &Visit, kind: Kind) -> &'static str {
        let l = visit.locale;
        match kind {
            Kind::Consultation => t::consultations(l),
            Kind::Clause => t::clauses(l),
            Kind::Comment => t::comments(l),
        }
    }

    fn place(question: &str, kind: Option<Kind>, page: i64) -> String {
        let mut place = format!("{}?q={}", links::SEARCH, links::encode(question));
        if let Some((word, _)) = KINDS.iter().find(|(_, k)| Some(*k) == kind) {
            place.push_str("&jenis=");
            place.push_str(word);
        }
        if page > 1 {
            place.push_str("&halaman=");
            place.push_str(&page.to_string());
        }
        place
    }
}
