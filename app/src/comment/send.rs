//! What the forms send.

use axum::extract::Path;
use domain::{ClauseId, CommentId, comment::FlagDraft, consultation::Consultation};
use service::comment::Post;

use super::{
    compose::{Target, Trouble, Typed},
    one::{self, Forms},
    section,
};
use crate::{Answer, Failure, Fields, Said, Visit, account::keep_for_sign_in, links};

/// `POST /konsultasi/{slug}/tanggapan`: a comment, a reply or an office's answer.
pub(super) async fn comment(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
    let mut tx = visit.service.read().await?;
    let c = service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?;
    let target = match (fields.text("induk"), fields.text("pasal")) {
        ("", "") => Target::Plan,
        ("", clause) => service::comment::clause_ref(&mut tx, &c, &ClauseId::new(clause))
            .await?
            .map_or(Target::Plan, Target::Clause),
        (parent, _) => Target::Reply(CommentId::new(parent)),
    };
    drop(tx);
    if visit.actor.member().is_none() && c.takes_part(visit.now).is_ok() && c.comments_open {
        return keep(&visit, &c, &target, &fields).await;
    }
    let typed = Typed::of(&fields);
    let wanted = |name: &str| Some(fields.text(name)).filter(|id| !id.is_empty());
    let post = Post {
        clause: wanted("pasal").map(ClauseId::new),
        parent: wanted("induk").map(CommentId::new),
        draft: typed.draft_of(),
        as_office: typed.as_office,
        key: fields.string("kunci"),
    };
    let posted = match visit.actor.member() {
        Some(_) => service::comment::post(&visit.service, &visit.actor, &slug, post).await,
        // It cannot be written now by anybody: said at once, not after a sign-in.
        None => Err(c.takes_part(visit.now).err().map_or(
            service::Error::Conflict(service::Conflict::SwitchedOff),
            Into::into,
        )),
    };
    match posted {
        Ok(posted) if posted.root != posted.id => Ok(visit.go_saying(
            &service::comment::place(&posted.root, &posted.id),
            Said::Commented,
        )),
        Ok(posted) => {
            let page = back(&fields, &c.slug).unwrap_or_else(|| target.page(&c.slug));
            Ok(visit.go_saying(&format!("{page}#t-{}", posted.id), Said::Commented))
        }
        Err(error) => {
            let trouble = Trouble::of(visit.locale, error)?;
            again(&visit, &c, &target, typed, trouble).await
        }
    }
}

/// The page from which a form says that it was sent, when it is one of this consultation's.
fn back(fields: &Fields, slug: &str) -> Option<String> {
    let own = links::consultation(slug);
    let page = fields.text("kembali");
    let inside = page
        .strip_prefix(&own)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    (inside && links::is_local(page) && !page.contains('#')).then(|| page.to_owned())
}

/// Keeps what somebody typed who is not signed in, and comes back to the form afterwards.
async fn keep(visit: &Visit, c: &Consultation, target: &Target, fields: &Fields) -> Answer {
    let kept: Vec<(&str, &str)> = ["isi", "sikap", "kutipan"]
        .into_iter()
        .map(|name| (name, fields.text(name)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let (page, mark) = match target {
        Target::Reply(_) => (target.page(&c.slug), "balas"),
        _ => (
            back(fields, &c.slug).unwrap_or_else(|| target.page(&c.slug)),
            "tulis",
        ),
    };
    let place = target.draft_place(&c.slug);
    keep_for_sign_in(visit, &place, &kept, &format!("{page}#{mark}")).await
}

/// The page with the form once more, with what was typed and what is wrong with it.
async fn again(
    visit: &Visit,
    c: &Consultation,
    target: &Target,
    typed: Typed,
    trouble: Trouble,
) -> Answer {
    let Target::Reply(parent) = target else {
        return section::refused(visit, c, target, &typed, &trouble).await;
    };
    let shown = service::comment::show(&visit.service, &visit.actor, parent).await?;
    let forms = Forms {
        reply: typed,
        reply_trouble: Some(trouble),
        ..Forms::default()
    };
    Ok(one::draw(visit, &shown, &forms))
}

/// `POST /tanggapan/{id}/dukung`: supports (`ya`), or no longer (`tidak`).
pub(super) async fn support(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let id = CommentId::new(id);
    let wanted = match (fields.has("ya"), fields.has("tidak")) {
        (true, false) => true,
        (false, true) => false,
        _ => return Err(Failure::BadRequest),
    };
    service::comment::support(&visit.service, &visit.actor, &id, wanted).await?;
    let page = Some(fields.text("kembali"))
        .filter(|page| links::is_local(page) && !page.contains('#'))
        .map_or_else(|| links::comment(&id), str::to_owned);
    Ok(visit.go(&format!("{page}#t-{id}")))
}

/// `POST /tanggapan/{id}/ubah`.
pub(super) async fn edit(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let id = CommentId::new(id);
    let text = fields.text("isi");
    match service::comment::edit(&visit.service, &visit.actor, &id, text).await {
        Ok(()) => Ok(visit.go_saying(&format!("{}#t-{id}", links::comment(&id)), Said::Edited)),
        Err(error) => {
            let trouble = Trouble::of(visit.locale, error)?;
            let shown = service::comment::show(&visit.service, &visit.actor, &id).await?;
            // What is wrong with a text is told before whose it is; a stranger learns nothing from it.
            if !shown.own.mine {
                return Err(Failure::NotFound);
            }
            let forms = Forms {
                edit: Some((text.to_owned(), trouble)),
                ..Forms::default()
            };
            Ok(one::draw(&visit, &shown, &forms))
        }
    }
}

/// `POST /tanggapan/{id}/hapus`.
pub(super) async fn delete(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = CommentId::new(id);
    service::comment::delete(&visit.service, &visit.actor, &id).await?;
    Ok(visit.go_saying(&format!("{}#t-{id}", links::comment(&id)), Said::Deleted))
}

/// `POST /tanggapan/{id}/lapor`.
pub(super) async fn flag(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let id = CommentId::new(id);
    let draft = FlagDraft {
        reason: fields.string("alasan"),
        note: fields.string("catatan"),
    };
    match service::comment::flag(&visit.service, &visit.actor, &id, &draft).await {
        Ok(()) => Ok(visit.go_saying(&links::comment(&id), Said::Flagged)),
        Err(error) => {
            let trouble = Trouble::of(visit.locale, error)?;
            let shown = service::comment::show(&visit.service, &visit.actor, &id).await?;
            let forms = Forms {
                flag: Some((draft, trouble)),
                ..Forms::default()
            };
            Ok(one::draw(&visit, &shown, &forms))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_its_own_consultation_alone() {
        let from = |page: &str| {
            back(
                &Fields::from(vec![("kembali".to_owned(), page.to_owned())]),
                "jalur",
            )
        };
        for good in [
            "/konsultasi/jalur",
            "/konsultasi/jalur/naskah/4",
            "/konsultasi/jalur?a=b",
        ] {
            assert_eq!(from(good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "https://evil.example",
            "/konsultasi/jalur-lain",
            "/konsultasi/jalur#x",
            "/",
        ] {
            assert_eq!(from(bad), None, "{bad}");
        }
    }
}
