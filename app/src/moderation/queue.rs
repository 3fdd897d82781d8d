//! The moderators' page: plain lists with boxes to tick and one decision for what is ticked.

use axum::{extract::RawQuery, http::StatusCode};
use domain::{
    CommentId, Locale,
    comment::{State, to_html},
    moderation::{Draft, NOTE_MAX, Reason},
};
use leptos::prelude::*;
use service::{
    Conflict, Error,
    moderation::{Flagged, Queue, Withheld},
};

use super::{COMMENTS, QUEUE, statements};
use crate::{
    Answer, Failure, Fields, Page, Said, Visit,
    comment::{flag_name, reason_name},
    links,
    office::{Part, shell},
    problem::sentence,
    t::moderation as t,
};

/// The lists of the page about which is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum List {
    Comments,
    Statements,
    /// Statements that resemble one another, by the oldest.
    Cluster(String),
}

impl List {
    /// What the ids of its fields begin with.
    fn prefix(&self) -> String {
        match self {
            Self::Comments => "t-".to_owned(),
            Self::Statements => "p-".to_owned(),
            Self::Cluster(first) => statements::prefix(first),
        }
    }
}

/// A decision that was not taken: which list, what was chosen, and why.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) list: List,
    pub(super) chosen: Vec<String>,
    draft: Draft,
    sentences: Vec<(&'static str, String)>,
    status: StatusCode,
}

impl Refused {
    pub(super) fn at(&self, field: &str) -> Option<String> {
        let found = self.sentences.iter().find(|(name, _)| *name == field);
        found.map(|(_, text)| text.clone())
    }
}

/// `GET /kantor/moderasi`: `?pisah=ID` takes apart the statements that resemble this one.
pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    page(&visit, &Fields::of_query(query.as_deref()), None).await
}

async fn page(visit: &Visit, fields: &Fields, refused: Option<Refused>) -> Answer {
    let l = visit.locale;
    let queue = service::moderation::queue(&visit.service, &visit.actor).await?;
    let apart: Vec<String> = fields.all("pisah").into_iter().map(str::to_owned).collect();
    let queue = statements::take_apart(queue, &apart);
    let about = Page::new(t::title(l)).in_office();
    let about = match &refused {
        Some(refused) => about.wrong().status(refused.status),
        None => about,
    };
    let summary = refused.as_ref().map(|refused| {
        let prefix = refused.list.prefix();
        let errors = refused
            .sentences
            .iter()
            .map(|(field, text)| ui::ErrorItem::new(format!("{prefix}{field}"), text.clone()))
            .collect();
        view! { <ui::ErrorSummary title=t::problem(l) errors/> }
    });
    let of_comments = refused.as_ref().filter(|r| r.list == List::Comments);
    let lists = (
        flagged(visit, &queue, of_comments),
        statements::view(visit, &queue, &apart, refused.as_ref()),
        hidden(visit, &queue),
    );
    let view = view! {
        <h1>{t::title(l)}</h1>
        <ui::Lead text=t::lead(l)/>
        {summary}
        {lists}
        <p><a href=links::MODERATION_LOG>{t::to_log(l)}</a></p>
    };
    Ok(visit.page(about, shell(visit, Part::Moderation, view.into_any(), None)))
}

/// "The first 50 are shown", when there are more.
pub(super) fn more(l: Locale, shown: usize, total: i64) -> Option<impl IntoView + use<>> {
    let shown = i64::try_from(shown).unwrap_or(i64::MAX);
    (shown < total).then(|| view! { <p class="meta">{t::first_shown(l, shown)}</p> })
}

/// A box to tick, with what it is about beneath.
pub(super) fn choice(
    prefix: &str,
    first: bool,
    id: &str,
    label: String,
    chosen: &[String],
    below: AnyView,
) -> impl IntoView + use<> {
    let checked = chosen.iter().any(|one| one == id);
    // The first box has the id to which the error summary leads.
    let place = if first {
        format!("{prefix}pilih")
    } else {
        format!("{prefix}{id}")
    };
    view! {
        <li class="card">
            <ui::Checkbox id=place name="pilih" value=id.to_owned() label checked/>
            {below}
        </li>
    }
}

fn flagged(visit: &Visit, queue: &Queue, refused: Option<&Refused>) -> AnyView {
    let l = visit.locale;
    let title = t::flagged(l, queue.flagged_total);
    if queue.flagged.is_empty() {
        return view! { <section><h2>{title}</h2><p>{t::flagged_none(l)}</p></section> }.into_any();
    }
    let chosen = refused
        .map(|refused| refused.chosen.clone())
        .unwrap_or_default();
    let items = queue
        .flagged
        .iter()
        .enumerate()
        .map(|(at, found)| {
            let label = t::choose_comment(l, &found.comment.author_name);
            choice(
                "t-",
                at == 0,
                found.comment.id.as_str(),
                label,
                &chosen,
                flagged_body(visit, found),
            )
        })
        .collect_view();
    let decision = decision(l, "t-", &Reason::HIDE, refused, None);
    view! {
        <section>
            <h2>{title}</h2>
            {more(l, queue.flagged.len(), queue.flagged_total)}
            <ui::Form action=COMMENTS>
                <ul class="cards">{items}</ul>
                {decision}
                <ui::Buttons>
                    <ui::Button kind=ui::ButtonKind::Danger name="keputusan" value="hide">{t::hide(l)}</ui::Button>
                    <ui::Button kind=ui::ButtonKind::Secondary name="keputusan" value="keep">{t::keep(l)}</ui::Button>
                </ui::Buttons>
            </ui::Form>
        </section>
    }
    .into_any()
}

fn flagged_body(visit: &Visit, found: &Flagged) -> AnyView {
    let l = visit.locale;
    let count = i64::try_from(found.flags.len()).unwrap_or(i64::MAX);
    let flags = found
        .flags
        .iter()
        .map(|(reason, note)| {
            let note = (!note.is_empty()).then(|| format!(": {note}"));
            view! { <li>{flag_name(l, *reason)}{note}</li> }
        })
        .collect_view();
    view! {
        <div class="prose" inner_html=to_html(&found.comment.body)></div>
        <p class="meta">
            <a href=links::comment(&found.comment.id)>{visit.zone().date(found.comment.posted_at, l)}</a>
            " "{t::in_consultation(l, &found.title)}
        </p>
        <p><ui::Tag kind=ui::TagKind::Time text=t::flags(l, count)/></p>
        <ul>{flags}</ul>
    }
    .into_any()
}

fn hidden(visit: &Visit, queue: &Queue) -> AnyView {
    let l = visit.locale;
    let title = t::hidden(l, queue.hidden_total);
    if queue.hidden.is_empty() {
        return view! { <section><h2>{title}</h2><p>{t::hidden_none(l)}</p></section> }.into_any();
    }
    let items = queue
        .hidden
        .iter()
        .map(|found| {
            let label = t::choose_comment(l, &found.author_name);
            choice(
                "s-",
                false,
                found.comment.id.as_str(),
                label,
                &[],
                hidden_body(visit, found),
            )
        })
        .collect_view();
    view! {
        <section>
            <h2>{title}</h2>
            {more(l, queue.hidden.len(), queue.hidden_total)}
            <ui::Form action=COMMENTS>
                <ul class="cards">{items}</ul>
                <ui::Button kind=ui::ButtonKind::Secondary name="keputusan" value="restore">{t::restore(l)}</ui::Button>
            </ui::Form>
        </section>
    }
    .into_any()
}

fn hidden_body(visit: &Visit, found: &Withheld) -> AnyView {
    let l = visit.locale;
    let why = match &found.comment.state {
        State::Hidden { at, reason } => t::hidden_on(
            l,
            visit.zone().date(*at, l),
            reason_name(l, reason).to_lowercase(),
        ),
        _ => String::new(),
    };
    view! {
        <div class="prose" inner_html=to_html(&found.body)></div>
        <p class="meta">
            <a href=links::comment(&found.comment.id)>{why}</a>" "{t::in_consultation(l, &found.title)}
        </p>
    }
    .into_any()
}

/// The reason and the note for what is chosen; `likely` is the reason that stands there to begin with.
pub(super) fn decision(
    l: Locale,
    prefix: &str,
    reasons: &[Reason],
    refused: Option<&Refused>,
    likely: Option<Reason>,
) -> impl IntoView + use<> {
    let options = reasons
        .iter()
        .map(|reason| ui::Choosable::new(reason.word(), reason_name(l, reason.word())))
        .collect();
    let (reason, note) = refused.map_or_else(
        || {
            (
                likely.map_or_else(String::new, |r| r.word().to_owned()),
                String::new(),
            )
        },
        |refused| (refused.draft.reason.clone(), refused.draft.note.clone()),
    );
    let wrong = |field: &str| refused.and_then(|refused| refused.at(field));
    view! {
        <ui::Select
            id=format!("{prefix}alasan")
            name="alasan"
            label=t::reason(l)
            empty=t::reason_choose(l)
            options
            value=reason
            error=wrong("alasan")
        />
        <ui::TextArea
            id=format!("{prefix}catatan")
            name="catatan"
            label=t::note(l)
            marker=t::note_marker(l)
            rows=2
            value=note
            maxlength=NOTE_MAX
            error=wrong("catatan")
        />
    }
}

pub(super) fn draft(fields: &Fields) -> Draft {
    Draft {
        action: fields.string("keputusan"),
        reason: fields.string("alasan"),
        note: fields.string("catatan"),
    }
}

/// `POST /kantor/moderasi/tanggapan`: hides, keeps or restores the comments that are ticked (`pilih`).
pub(super) async fn comments(visit: Visit, fields: Fields) -> Answer {
    let ids: Vec<CommentId> = fields
        .all("pilih")
        .into_iter()
        .map(CommentId::new)
        .collect();
    let done =
        service::moderation::decide_comments(&visit.service, &visit.actor, &ids, &draft(&fields))
            .await;
    answer(&visit, &fields, done, List::Comments).await
}

pub(super) async fn answer(
    visit: &Visit,
    fields: &Fields,
    done: Result<usize, Error>,
    list: List,
) -> Answer {
    let l = visit.locale;
    let refused = |status, sentences| Refused {
        chosen: [fields.all("pilih"), fields.all("terima")]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        draft: draft(fields),
        list: list.clone(),
        sentences,
        status,
    };
    match done {
        Ok(_) => {
            let back = fields.text("kembali");
            let comment = back.starts_with("/tanggapan/")
                && links::is_local(back)
                && !back.contains(['#', '?']);
            let to = match &list {
                _ if comment => back.to_owned(),
                List::Cluster(_) => format!("{QUEUE}#{}", statements::PLACE),
                _ => QUEUE.to_owned(),
            };
            Ok(visit.go_saying(&to, Said::Decided))
        }
        Err(Error::Invalid(invalid)) => {
            let sentences: Vec<(&'static str, String)> = [
                ("pilih", "pilih", t::pick(l)),
                ("terima", "terima", t::which(l)),
                ("reason", "alasan", t::reason(l)),
                ("note", "catatan", t::note(l)),
            ]
            .into_iter()
            .filter_map(|(field, id, label)| Some((id, sentence(l, label, invalid.of(field)?))))
            .collect();
            if sentences.is_empty()
                || (matches!(list, List::Cluster(_)) && invalid.of("pilih").is_some())
            {
                return Err(Failure::Invalid);
            }
            page(
                visit,
                fields,
                Some(refused(StatusCode::UNPROCESSABLE_ENTITY, sentences)),
            )
            .await
        }
        // The list as it stands now shows what is left to decide.
        Err(Error::Conflict(Conflict::Decided)) if matches!(list, List::Cluster(_)) => {
            let sentences = vec![(statements::PLACE, t::cluster_changed(l).to_owned())];
            page(
                visit,
                fields,
                Some(refused(StatusCode::CONFLICT, sentences)),
            )
            .await
        }
        Err(other) => Err(other.into()),
    }
}
