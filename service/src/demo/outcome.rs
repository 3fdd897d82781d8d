//! Themes, replies and the outcome of the consultations that have ended.

use std::collections::BTreeMap;

use domain::{
    ClauseId, CommentId, ThemeId, Timestamp,
    consultation::ChangeKind,
    result::{OutcomeDraft, Subject},
};
use storage::{
    Tx,
    consultation::NewChange,
    result::{NewTheme, OutcomeRow},
};

use super::{Maker, Unusable, consultation::Scene, discussion};
use crate::markdown;

pub(super) async fn write(
    tx: &mut Tx,
    maker: &Maker,
    scene: &Scene<'_>,
    comments: &BTreeMap<String, CommentId>,
) -> Result<(), Unusable> {
    let replied_at = maker.days(-4.0).max(scene.until);
    let mut replies: Vec<(Subject, &str)> = Vec::new();
    for theme in &scene.plan.themes {
        let id: ThemeId = maker.id(replied_at);
        let new = NewTheme {
            id: &id,
            title: &theme.title,
            description: &theme.description,
        };
        storage::result::insert_theme(tx, &scene.id, new).await?;
        let under: Vec<CommentId> = theme
            .comments
            .iter()
            .map(|key| comments.get(key).cloned().ok_or_else(|| wrong(scene, key)))
            .collect::<Result<_, _>>()?;
        storage::result::add_comments(tx, &scene.id, &id, &under).await?;
        if let Some(reply) = &theme.reply {
            replies.push((Subject::Theme(id), reply));
        }
    }
    for reply in &scene.plan.replies {
        replies.push((subject(scene, &reply.subject)?, &reply.body));
    }
    for (subject, body) in replies {
        let html = markdown::render(body);
        storage::result::put_reply(
            tx,
            &scene.id,
            &subject,
            body,
            &html,
            Some(&scene.author),
            replied_at,
        )
        .await?;
    }
    answer(tx, maker, scene, maker.days(-3.0).max(scene.until)).await
}

/// `clause:3` by its number in the newest text, `question:1` by its place.
fn subject(scene: &Scene<'_>, word: &str) -> Result<Subject, Unusable> {
    match word.split_once(':') {
        Some(("clause", label)) => Ok(Subject::Clause(ClauseId::new(discussion::clause(
            scene, label,
        )?))),
        Some(("question", place)) => place
            .parse::<usize>()
            .ok()
            .and_then(|place| scene.questions.get(place.checked_sub(1)?))
            .map(|question| Subject::Question(question.id.clone()))
            .ok_or_else(|| wrong(scene, word)),
        _ => Err(wrong(scene, word)),
    }
}

async fn answer(
    tx: &mut Tx,
    maker: &Maker,
    scene: &Scene<'_>,
    at: Timestamp,
) -> Result<(), Unusable> {
    let Some(plan) = &scene.plan.outcome else {
        return Ok(());
    };
    let draft = OutcomeDraft {
        kind: plan.kind.clone(),
        body: plan.text.clone(),
        link: plan.link.clone(),
    };
    let outcome = draft.validate().map_err(|invalid| {
        Unusable::Wrong(scene.path.to_owned(), format!("the outcome is {invalid}"))
    })?;
    let row = OutcomeRow {
        kind: outcome.kind.word().to_owned(),
        body_html: markdown::render(&outcome.body),
        body: outcome.body,
        link: outcome.link,
        at: at.0,
    };
    storage::result::insert_outcome(tx, &scene.id, &row, Some(&scene.author)).await?;
    let change = NewChange {
        id: maker.id(at),
        at,
        by: Some(&scene.author),
        kind: ChangeKind::Answered,
        field: &row.kind,
        before: "",
        after: &row.body,
        reason: "",
        is_public: true,
    };
    Ok(storage::consultation::insert_change(tx, &scene.id, &change).await?)
}

fn wrong(scene: &Scene<'_>, word: &str) -> Unusable {
    Unusable::Wrong(scene.path.to_owned(), format!("{word:?} is not there"))
}
