//! A person's notices, and following a consultation.

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::{get, post};
    axum::Router::new()
        .route(crate::links::NOTICES, get(ssr::show).post(ssr::read))
        .route("/konsultasi/{slug}/ikuti", post(ssr::follow))
}

#[cfg(feature = "ssr")]
pub use ssr::button;

#[cfg(feature = "ssr")]
mod ssr {
    use axum::extract::{Path, RawQuery};
    use domain::{Locale, NoticeId, consultation::Consultation};
    use leptos::prelude::*;
    use service::notice::{Inbox, Item, Kind, PAGE};

    use crate::{Answer, Failure, Fields, Page, Said, Visit, links, pager, t::notice as t};

    /// The button to follow a consultation, or to stop when somebody `follows` it.
    pub fn button(visit: &Visit, c: &Consultation, follows: bool) -> AnyView {
        let l = visit.locale;
        let (word, value) = if follows {
            (t::unfollow(l), "tidak")
        } else {
            (t::follow(l), "ya")
        };
        view! {
            <form id="ikuti" method="post" action=links::follow(&c.slug) data-swap="ikuti">
                <ui::Button
                    kind=ui::ButtonKind::Quiet
                    icon_before=ui::Icon::Bell
                    name="ikuti"
                    value
                    pressed=follows
                >
                    {word}
                </ui::Button>
            </form>
        }
        .into_any()
    }

    /// `POST /konsultasi/{slug}/ikuti`: follows (`ikuti=ya`) or stops (`ikuti=tidak`); without a word, the other of both.
    pub(super) async fn follow(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
        visit.actor.signed_in()?;
        let wanted = match fields.text("ikuti") {
            "ya" => true,
            "tidak" => false,
            "" => {
                let mut tx = visit.service.read().await?;
                let c = service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug)
                    .await?;
                !service::notice::follows(&mut tx, &visit.actor, &c.id).await?
            }
            _ => return Err(Failure::BadRequest),
        };
        service::notice::follow(&visit.service, &visit.actor, &slug, wanted).await?;
        let said = if wanted {
            Said::Followed
        } else {
            Said::Unfollowed
        };
        Ok(visit.go_saying(&links::consultation(&slug), said))
    }

    /// `GET /akun/kabar?halaman=…`.
    pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
        let l = visit.locale;
        let number: i64 = Fields::of_query(query.as_deref())
            .text("halaman")
            .parse()
            .unwrap_or(1)
            .clamp(1, 100_000);
        let inbox = service::notice::list(&visit.service, &visit.actor, number).await?;
        let last = ((inbox.total + i64::from(PAGE) - 1) / i64::from(PAGE)).max(1);
        if number > last {
            return Ok(visit.go(&address(last)));
        }
        let list = if inbox.notices.is_empty() {
            view! {
                <ui::EmptyState title=t::none(l)>
                    <p>{t::none_help(l)}</p>
                    <ui::Button href=links::CONSULTATIONS>{t::to_consultations(l)}</ui::Button>
                </ui::EmptyState>
            }
            .into_any()
        } else {
            notices(&visit, &inbox, number)
        };
        let view = view! {
            <ui::Page>
                <h1>{t::title(l)}</h1>
                <ui::Lead text=t::lead(l)/>
                <div id="kabar">{list}</div>
                {pager::pages(l, t::pages(l), number, last, address)}
            </ui::Page>
        };
        Ok(visit.page(Page::new(t::title(l)).unlisted(), view))
    }

    fn address(number: i64) -> String {
        if number > 1 {
            format!("{}?halaman={number}", links::NOTICES)
        } else {
            links::NOTICES.to_owned()
        }
    }

    /// The list in one form: a button for all, one for each that is unread.
    fn notices(visit: &Visit, inbox: &Inbox, number: i64) -> AnyView {
        let l = visit.locale;
        let all = (inbox.unread > 0).then(|| {
            view! {
                <p class="meta">{t::unread_count(l, inbox.unread)}</p>
                <ui::Button kind=ui::ButtonKind::Secondary name="semua" value="ya">{t::mark_all(l)}</ui::Button>
            }
        });
        let rows = inbox
            .notices
            .iter()
            .map(|notice| row(visit, notice))
            .collect_view();
        view! {
            <form method="post" action=links::NOTICES data-swap="kabar">
                <input type="hidden" name="halaman" value=number.to_string()/>
                {all}
                <ul class="rows">{rows}</ul>
            </form>
        }
        .into_any()
    }

    fn row(visit: &Visit, notice: &Item) -> impl IntoView + use<> {
        let l = visit.locale;
        let when = t::at(
            l,
            visit.zone().date(notice.at, l),
            visit.zone().clock(notice.at, l),
        );
        let unread = (!notice.read).then(|| {
            view! {
                " "<ui::Tag kind=ui::TagKind::Time text=t::unread(l)/>
            }
        });
        let mark = (!notice.read).then(|| {
            view! {
                <ui::Button
                    kind=ui::ButtonKind::Quiet
                    name="id"
                    value=notice.id.to_string()
                    label=format!("{}: {}, {}", t::mark_one(l), sentence(l, notice.kind), notice.detail)
                >
                    {t::mark_one(l)}
                </ui::Button>
            }
        });
        view! {
            <li>
                <p><a href=notice.place.clone()>{sentence(l, notice.kind)}</a>{unread}</p>
                <p>{notice.detail.clone()}</p>
                <p class="meta">{when}</p>
                {mark}
            </li>
        }
    }

    /// What happened, in a few words.
    const fn sentence(l: Locale, kind: Kind) -> &'static str {
        match kind {
            Kind::Opened => t::opened(l),
            Kind::ClosesSoon => t::closes_soon(l),
            Kind::Closed => t::closed(l),
            Kind::Answered => t::answered(l),
            Kind::Extended => t::extended(l),
            Kind::TextChanged => t::text_changed(l),
            Kind::OfficialReply => t::official_reply(l),
            Kind::CommentReplied => t::comment_replied(l),
            Kind::Hidden => t::hidden(l),
            Kind::Restored => t::restored(l),
            Kind::StatementAccepted => t::statement_accepted(l),
            Kind::StatementRejected => t::statement_rejected(l),
            Kind::CaseNews => t::case_news(l),
            Kind::CaseWritten => t::case_written(l),
            Kind::CaseAssigned => t::case_assigned(l),
            Kind::CaseDue => t::case_due(l),
        }
    }

    /// `POST /akun/kabar`: marks one (`id`) or all (`semua`) as read.
    pub(super) async fn read(visit: Visit, fields: Fields) -> Answer {
        let one = Some(fields.text("id"))
            .filter(|id| !id.is_empty())
            .map(NoticeId::new);
        if one.is_none() && !fields.has("semua") {
            return Err(Failure::BadRequest);
        }
        service::notice::mark_read(&visit.service, &visit.actor, one).await?;
        Ok(visit.go(&address(fields.text("halaman").parse().unwrap_or(1))))
    }
}
