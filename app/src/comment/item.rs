//! One comment, in a list or in its thread.

use domain::{
    Locale,
    comment::{Comment, FlagReason, Stance, State, to_html},
    consultation::{Consultation, Phase},
    moderation::Reason,
};
use leptos::prelude::*;

use super::compose::{clause_name, stance_name};
use crate::{Visit, links, t::comment as t};

/// What all comments of a page share.
pub(super) struct Around<'a> {
    pub(super) visit: &'a Visit,
    pub(super) consultation: &'a Consultation,
    /// Whether each says which clause it is about.
    pub(super) clauses: bool,
    /// Whether each says at which hour it was posted.
    pub(super) hours: bool,
}

/// A comment with what may be done with it; `name_of` finds the author of what it replies to, `after` comes below the text.
pub(super) fn item(
    around: &Around<'_>,
    comment: &Comment,
    above: Option<&Comment>,
    after: Option<AnyView>,
    replies: Option<AnyView>,
) -> AnyView {
    let visit = around.visit;
    let l = visit.locale;
    let href = links::comment(&comment.id);
    let time = posted(around, comment);
    let datetime = comment.posted_at.rfc3339();
    let actions = actions(around, comment, &href);
    let body = body(visit, comment);
    let edited = comment
        .edited_at
        .map(|_| view! { <a href=href.clone()>{t::edited(l)}</a> });
    if comment.office.is_some() && comment.is_shown() {
        let ui::CommentBody::Html(html) = body else {
            return ().into_any();
        };
        return view! {
            <ui::OfficialAnswer id=format!("t-{}", comment.id) title=t::answer_of(l, &comment.office_name) meta=time>
                <div class="prose" inner_html=html></div>
                {edited}
                {after}
                <div class="actions">{actions}</div>
            </ui::OfficialAnswer>
            {replies}
        }
        .into_any();
    }
    let author = if comment.is_shown() {
        comment.author_name.clone()
    } else {
        t::somebody(l).to_owned()
    };
    let reply_to = above
        .filter(|above| above.is_shown() && comment.depth > 1)
        .map(|above| view! { <span>{t::replying_to(l, name(above))}</span> });
    let tag = view! {
        {comment.stance.map(|stance| tag(l, stance))}
        {reply_to}
        {around.clauses.then(|| about(l, around.consultation, comment))}
        {edited}
    }
    .into_any();
    let below =
        (after.is_some() || replies.is_some()).then(|| view! { {after} {replies} }.into_any());
    view! {
        <ui::Comment
            id=format!("t-{}", comment.id)
            author
            area=comment.area_name.clone()
            body
            time
            datetime
            href
            tag
            actions
            replies=below
        />
    }
    .into_any()
}

/// How the author is called where the comment is mentioned.
pub(super) fn name(comment: &Comment) -> &str {
    if comment.office.is_some() {
        &comment.office_name
    } else {
        &comment.author_name
    }
}

fn posted(around: &Around<'_>, comment: &Comment) -> String {
    let (visit, l) = (around.visit, around.visit.locale);
    let date = visit.zone().date(comment.posted_at, l);
    if around.hours {
        t::posted(l, date, visit.zone().clock(comment.posted_at, l))
    } else {
        date
    }
}

/// The text as safe HTML, below the sentence it is about; or what stands in its place.
fn body(visit: &Visit, comment: &Comment) -> ui::CommentBody {
    let l = visit.locale;
    let date = |at| visit.zone().date(at, l);
    match &comment.state {
        State::Deleted { at } => ui::CommentBody::Absent(t::deleted(l, date(*at))),
        State::Hidden { at, reason } => ui::CommentBody::Absent(t::hidden(
            l,
            date(*at),
            reason_name(l, reason).to_lowercase(),
        )),
        State::Shown => {
            let mut html = String::new();
            if !comment.quote.is_empty() {
                html.push_str("<blockquote>");
                html.push_str(&to_html(&comment.quote));
                html.push_str("</blockquote>");
                if comment
                    .about
                    .as_ref()
                    .is_some_and(|about| about.quote_changed && !about.gone)
                {
                    html.push_str("<p><em>");
                    html.push_str(t::quote_changed(l));
                    html.push_str("</em></p>");
                }
            }
            html.push_str(&to_html(&comment.body));
            ui::CommentBody::Html(html)
        }
    }
}

/// Why something was hidden, in the reader's words.
pub(crate) fn reason_name(l: Locale, word: &str) -> &'static str {
    use crate::t::moderation as m;
    match Reason::parse(word) {
        Some(Reason::Spam) => m::spam(l),
        Some(Reason::Insult) => m::insult(l),
        Some(Reason::PersonalData) => m::personal_data(l),
        Some(Reason::OffTopic) => m::off_topic(l),
        Some(Reason::Unlawful) => m::unlawful(l),
        Some(Reason::Duplicate) => m::duplicate(l),
        Some(Reason::Several) => m::several(l),
        Some(Reason::Unclear) => m::unclear(l),
        Some(Reason::Other) | None => m::other(l),
    }
}

/// Why somebody flags a comment, in the reader's words.
pub(crate) const fn flag_name(l: Locale, reason: FlagReason) -> &'static str {
    match reason {
        FlagReason::Spam => t::spam(l),
        FlagReason::Insult => t::insult(l),
        FlagReason::PersonalData => t::personal_data(l),
        FlagReason::OffTopic => t::off_topic(l),
        FlagReason::Other => t::other(l),
    }
}

fn tag(l: Locale, stance: Stance) -> impl IntoView + use<> {
    let kind = match stance {
        Stance::For => ui::TagKind::Agree,
        Stance::Against => ui::TagKind::Against,
        Stance::Neutral => ui::TagKind::Pass,
    };
    view! { <ui::Tag kind text=stance_name(l, stance)/> }
}

/// Which clause a comment of the first level is about.
fn about(l: Locale, c: &Consultation, comment: &Comment) -> Option<AnyView> {
    let about = comment.about.as_ref().filter(|_| comment.depth == 0)?;
    let name = clause_name(l, &about.label, &about.heading);
    Some(if about.gone {
        view! { <span>{name}" ("{t::clause_gone(l)}")"</span> }.into_any()
    } else {
        view! { <a href=links::clause(&c.slug, &about.label)>{name}</a> }.into_any()
    })
}

/// Support, reply, and the way to the rest.
fn actions(around: &Around<'_>, comment: &Comment, href: &str) -> Option<AnyView> {
    if !comment.is_shown() {
        return None;
    }
    let l = around.visit.locale;
    let open = around.consultation.phase(around.visit.now) == Phase::Open;
    let mine = around.visit.actor.account() == Some(&comment.author);
    let count = comment.supports;
    let support = if open && !mine {
        let (name, word) = if comment.supported {
            ("tidak", t::supported(l))
        } else {
            ("ya", t::support(l))
        };
        view! {
            <ui::Button
                kind=ui::ButtonKind::Quiet
                icon_before=ui::Icon::ArrowUp
                name
                value=comment.id.to_string()
                formaction=format!("{href}/dukung")
                pressed=comment.supported
            >
                {word} {(count > 0).then(|| format!(" {}", l.number(count)))}
            </ui::Button>
        }
        .into_any()
    } else {
        (count > 0)
            .then(|| view! { <span class="meta">{t::supports(l, count)}</span> })
            .into_any()
    };
    let replies = comment.replies;
    let reply = (open && comment.takes_replies() && around.consultation.comments_open).then(|| {
        view! {
            <a class="btn-quiet" href=format!("{href}#balas")>
                {t::reply(l)} {(replies > 0).then(|| format!(" {}", l.number(replies)))}
            </a>
        }
    });
    let rest = if mine {
        view! { <a class="btn-quiet" href=format!("{href}#ubah")>{t::manage(l)}</a> }.into_any()
    } else {
        view! { <a class="btn-quiet" href=format!("{href}#lapor")>{t::report(l)}</a> }.into_any()
    };
    Some(view! { {support} {reply} {rest} }.into_any())
}
