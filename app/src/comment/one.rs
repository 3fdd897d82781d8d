//! One comment with its thread, and what may be done with it.

use axum::extract::Path;
use domain::{
    CommentId,
    comment::{BODY_MAX, Comment, FlagDraft, FlagReason, NOTE_MAX, State},
    moderation::Reason,
};
use leptos::prelude::*;
use service::comment::Shown;

use super::{
    compose::{Gate, Target, Trouble, Typed, compose, gate},
    item::{Around, flag_name, item, name, reason_name},
};
use crate::{
    Answer, Page, Visit, links,
    t::{comment as t, moderation as m},
};

/// What stands in the forms of the page, and why it was not taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    pub(super) reply: Typed,
    pub(super) reply_trouble: Option<Trouble>,
    pub(super) edit: Option<(String, Trouble)>,
    pub(super) flag: Option<(FlagDraft, Trouble)>,
}

impl Forms {
    fn trouble(&self) -> Option<&Trouble> {
        self.reply_trouble
            .as_ref()
            .or(self.edit.as_ref().map(|(_, trouble)| trouble))
            .or(self.flag.as_ref().map(|(_, trouble)| trouble))
    }
}

/// `GET /tanggapan/{id}`.
pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let shown = service::comment::show(&visit.service, &visit.actor, &CommentId::new(id)).await?;
    let reply = Typed::draft(
        &visit,
        &shown.consultation.slug,
        &Target::Reply(shown.id.clone()),
    )
    .await?;
    Ok(draw(
        &visit,
        &shown,
        &Forms {
            reply,
            ..Forms::default()
        },
    ))
}

/// The page, also when what was typed on it was not taken.
pub(super) fn draw(visit: &Visit, shown: &Shown, forms: &Forms) -> axum::response::Response {
    let l = visit.locale;
    let c = &shown.consultation;
    let all: Vec<&Comment> = std::iter::once(&shown.thread.root)
        .chain(&shown.thread.replies)
        .collect();
    let Some(comment) = all.iter().copied().find(|comment| comment.id == shown.id) else {
        return visit.go(&links::comments(&c.slug));
    };
    let title = if comment.is_shown() {
        t::one_title(l, name(comment))
    } else {
        t::one_gone(l).to_owned()
    };
    let trouble = forms.trouble();
    let page = Page::new(format!("{title}: {}", c.title)).of(&c.id);
    let page = if comment.is_shown() {
        let words: Vec<&str> = comment.body.split_whitespace().collect();
        page.describe(words.join(" ").chars().take(200).collect::<String>())
    } else {
        page.unlisted()
    };
    let page = if trouble.is_some() {
        page.wrong()
    } else {
        page
    };
    let place = links::comment(&comment.id);
    let around = Around {
        visit,
        consultation: c,
        clauses: true,
        hours: true,
    };
    let above = |of: &Comment| {
        all.iter()
            .copied()
            .find(|c| Some(&c.id) == of.parent.as_ref())
    };
    let replies = shown
        .thread
        .replies
        .iter()
        .map(|reply| {
            item(
                &around,
                reply,
                above(reply),
                earlier(visit, shown, reply),
                None,
            )
        })
        .collect_view();
    let replies = (!shown.thread.replies.is_empty())
        .then(|| view! { <div class="replies">{replies}</div> }.into_any());
    let root = item(
        &around,
        &shown.thread.root,
        None,
        earlier(visit, shown, &shown.thread.root),
        None,
    );
    let writes =
        matches!(gate(visit, c), Gate::Open | Gate::Office) || forms.reply_trouble.is_some();
    let reply = (writes && (comment.takes_replies() || forms.reply_trouble.is_some())).then(|| {
        let target = Target::Reply(comment.id.clone());
        compose(
            visit,
            c,
            &target,
            &forms.reply,
            forms.reply_trouble.as_ref(),
            &place,
        )
    });
    let hidden_text = own_hidden(visit, shown);
    let forms = (
        edit(visit, shown, comment, forms),
        delete(visit, shown, comment),
        flag(visit, shown, comment, forms),
        moderate(visit, comment, &place),
    );
    let (up, about, about_text) = (
        links::comments(&c.slug),
        links::consultation(&c.slug),
        t::about(l, &c.title),
    );
    let view = view! {
        <ui::Page>
            <ui::BackLink href=up.clone() label=t::back(l)/>
            <h1>{title}</h1>
            <p class="lead"><a href=about>{about_text}</a></p>
            <section id="utas">
                <h2 class="vh">{t::thread(l)}</h2>
                {hidden_text}
                <form id="daftar-tanggapan" method="post" action=up data-swap="daftar-tanggapan">
                    <input type="hidden" name="kembali" value=place/>
                    {root} {replies}
                </form>
                {reply}
            </section>
            {forms}
        </ui::Page>
    };
    Trouble::mark(trouble, visit.page(page, view))
}

/// The earlier texts of a comment that was changed.
fn earlier(visit: &Visit, shown: &Shown, comment: &Comment) -> Option<AnyView> {
    let l = visit.locale;
    let versions: Vec<_> = shown
        .revisions
        .iter()
        .filter(|r| r.comment == comment.id)
        .collect();
    if versions.is_empty() {
        return None;
    }
    let texts = versions
        .into_iter()
        .map(|version| {
            let (date, clock) = (
                visit.zone().date(version.at, l),
                visit.zone().clock(version.at, l),
            );
            view! {
                <p class="meta">{t::earlier_since(l, date, clock)}</p>
                <p class="as-typed">{version.body.clone()}</p>
            }
        })
        .collect_view();
    Some(view! { <ui::Disclosure summary=t::earlier(l)>{texts}</ui::Disclosure> }.into_any())
}

/// The hidden text for its author.
fn own_hidden(visit: &Visit, shown: &Shown) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    shown.hidden_text.clone().map(|text| {
        let note = (!text.note.is_empty()).then(|| view! { <p>{t::own_note(l, text.note)}</p> });
        view! {
            <ui::Notice kind=ui::NoticeKind::Warning title=t::own_hidden(l)>
                <p class="as-typed">{text.body}</p>
                {note}
            </ui::Notice>
        }
    })
}

fn edit(visit: &Visit, shown: &Shown, comment: &Comment, forms: &Forms) -> Option<AnyView> {
    let l = visit.locale;
    if !shown.own.may_edit && forms.edit.is_none() {
        return None;
    }
    let (text, trouble) = match &forms.edit {
        Some((text, trouble)) => (text.clone(), Some(trouble)),
        None => (comment.body.clone(), None),
    };
    let label = t::body(l);
    let summary = trouble.map(|trouble| {
        trouble.summary(l, t::problem(l), "isi-baru", &[("body", "isi-baru", label)])
    });
    let (wrong, open) = (
        trouble.and_then(|trouble| trouble.at(l, "body", label)),
        trouble.is_some(),
    );
    let action = format!("{}/ubah", links::comment(&comment.id));
    Some(
        view! {
            <div id="ubah">
                <ui::Disclosure summary=t::edit(l) open>
                    {summary}
                    <ui::Form action>
                        <ui::TextArea
                            id="isi-baru"
                            name="isi"
                            label=label
                            value=text
                            hint=t::edit_help(l)
                            error=wrong
                            maxlength=BODY_MAX
                        />
                        <ui::Button kind=ui::ButtonKind::Secondary>{t::save(l)}</ui::Button>
                    </ui::Form>
                </ui::Disclosure>
            </div>
        }
        .into_any(),
    )
}

fn delete(visit: &Visit, shown: &Shown, comment: &Comment) -> Option<impl IntoView + use<>> {
    let l = visit.locale;
    let action = format!("{}/hapus", links::comment(&comment.id));
    shown.own.may_delete.then(|| {
        view! {
            <ui::Disclosure summary=t::delete(l)>
                <ui::Form action=action>
                    <p>{t::delete_help(l)}</p>
                    <ui::Button kind=ui::ButtonKind::Danger>{t::delete_yes(l)}</ui::Button>
                </ui::Form>
            </ui::Disclosure>
        }
    })
}

fn flag(visit: &Visit, shown: &Shown, comment: &Comment, forms: &Forms) -> Option<AnyView> {
    let l = visit.locale;
    if shown.own.flagged {
        return Some(view! { <p class="meta" id="lapor">{t::flag_done(l)}</p> }.into_any());
    }
    // Somebody who is not signed in sees the form too, and signs in on the way.
    let guest = visit.actor.account().is_none() && comment.is_shown();
    if !shown.own.may_flag && !guest && forms.flag.is_none() {
        return None;
    }
    let (draft, trouble) = match &forms.flag {
        Some((draft, trouble)) => (draft.clone(), Some(trouble)),
        None => (FlagDraft::default(), None),
    };
    let fields = [
        ("reason", "alasan", t::flag_reason(l)),
        ("note", "catatan", t::flag_note(l)),
    ];
    let summary = trouble.map(|trouble| trouble.summary(l, t::problem(l), "alasan", &fields));
    let reasons = FlagReason::ALL
        .iter()
        .map(|reason| ui::Choosable::new(reason.word(), flag_name(l, *reason)))
        .collect();
    let wrong = |field: &str, label: &str| trouble.and_then(|trouble| trouble.at(l, field, label));
    let (reason_wrong, note_wrong) = (
        wrong("reason", t::flag_reason(l)),
        wrong("note", t::flag_note(l)),
    );
    let (action, open) = (
        format!("{}/lapor", links::comment(&comment.id)),
        trouble.is_some(),
    );
    Some(
        view! {
            <ui::Disclosure summary=t::flag(l) open>
                // Inside: a browser opens what holds the place that a link names.
                <div id="lapor">
                    {summary}
                    <ui::Form action>
                        <ui::Radios
                            id="alasan"
                            legend=t::flag_reason(l)
                            items=reasons
                            value=draft.reason
                            error=reason_wrong
                        />
                        <ui::TextArea
                            id="catatan"
                            label=t::flag_note(l)
                            marker=t::flag_note_marker(l)
                            rows=2
                            value=draft.note
                            maxlength=NOTE_MAX
                            error=note_wrong
                        />
                        <ui::Button kind=ui::ButtonKind::Secondary>{t::flag_send(l)}</ui::Button>
                    </ui::Form>
                </div>
            </ui::Disclosure>
        }
        .into_any(),
    )
}

/// What a moderator may do here: hide what is shown, show what is hidden.
fn moderate(visit: &Visit, comment: &Comment, place: &str) -> Option<AnyView> {
    let l = visit.locale;
    visit.actor.may_moderate().ok()?;
    let fields = view! {
        <input type="hidden" name="pilih" value=comment.id.to_string()/>
        <input type="hidden" name="kembali" value=place.to_owned()/>
    };
    match &comment.state {
        State::Deleted { .. } => None,
        State::Hidden { .. } => Some(
            view! {
                <ui::Form action=crate::moderation::COMMENTS>
                    {fields}
                    <ui::Button kind=ui::ButtonKind::Secondary name="keputusan" value="restore">{m::restore(l)}</ui::Button>
                </ui::Form>
            }
            .into_any(),
        ),
        State::Shown => {
            let reasons = Reason::HIDE
                .iter()
                .map(|reason| ui::Choosable::new(reason.word(), reason_name(l, reason.word())))
                .collect();
            Some(
                view! {
                    <ui::Disclosure summary=m::hide_this(l)>
                        <ui::Form action=crate::moderation::COMMENTS>
                            {fields}
                            <ui::Select id="alasan-moderasi" name="alasan" label=m::reason(l) empty=m::reason_choose(l) options=reasons/>
                            <ui::TextInput id="catatan-moderasi" name="catatan" label=m::note(l) marker=m::note_marker(l)/>
                            <ui::Button kind=ui::ButtonKind::Danger name="keputusan" value="hide">{m::hide(l)}</ui::Button>
                        </ui::Form>
                    </ui::Disclosure>
                }
                .into_any(),
            )
        }
    }
}
