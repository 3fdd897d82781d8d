//! Comments with replies, supports, edits, flags and what moderators did.

use std::collections::BTreeMap;

use domain::{AccountId, CommentId};
use storage::{
    Tx,
    demo::{Comment, Decision, Flag},
};

use super::{Dice, Maker, People, Unusable, consultation::Scene, files};

/// Writes them; the identities by the files' keys.
pub(super) async fn write(
    tx: &mut Tx,
    maker: &mut Maker,
    people: &People,
    scene: &Scene<'_>,
) -> Result<BTreeMap<String, CommentId>, Unusable> {
    let mut dice = Dice::of(&format!("{} comments", scene.plan.slug));
    let mut comments: Vec<Comment> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for plan in &scene.plan.comments {
        let above = match &plan.parent {
            Some(key) => Some(places.get(key).copied().ok_or_else(|| {
                Unusable::Wrong(
                    scene.path.to_owned(),
                    format!("no comment {key:?} stands before {:?}", plan.key),
                )
            })?),
            None => None,
        };
        let comment = comment(
            maker,
            people,
            scene,
            plan,
            above.map(|place| &comments[place]),
            &mut dice,
        )?;
        if above.is_some()
            && let Some(root) = comments.iter_mut().find(|c| c.id == comment.root)
        {
            root.replies += 1;
        }
        places.insert(plan.key.clone(), comments.len());
        comments.push(comment);
    }
    storage::demo::add_comments(tx, &scene.id, &comments).await?;
    let ids: BTreeMap<String, CommentId> = places
        .into_iter()
        .map(|(key, place)| (key, comments[place].id.clone()))
        .collect();
    let flags = flags(people, scene, &comments, &ids)?;
    storage::demo::add_flags(tx, &flags).await?;
    storage::demo::add_decisions(tx, &scene.id, &hidings(maker, people, &comments)).await?;
    let mut followers: Vec<AccountId> = comments
        .iter()
        .filter(|c| c.office.is_none())
        .map(|c| c.author.clone())
        .collect();
    followers.sort();
    followers.dedup();
    storage::demo::add_followers(tx, &scene.id, &followers, scene.opens_at).await?;
    maker.filled.comments += comments.len();
    Ok(ids)
}

fn comment(
    maker: &Maker,
    people: &People,
    scene: &Scene<'_>,
    plan: &files::Comment,
    above: Option<&Comment>,
    dice: &mut Dice,
) -> Result<Comment, Unusable> {
    let at = maker.days(plan.days).max(scene.opens_at);
    let id: CommentId = maker.id(at);
    let author = people.account(scene.path, &plan.author)?;
    let office = if plan.official {
        let office = people.offices.get(&plan.author).cloned();
        Some(office.ok_or_else(|| {
            Unusable::Wrong(
                scene.path.to_owned(),
                format!("{} belongs to no office", plan.author),
            )
        })?)
    } else {
        None
    };
    let clause = match (&plan.clause, above) {
        (Some(label), _) => Some(clause(scene, label)?),
        (None, Some(above)) => above.clause.clone(),
        (None, None) => None,
    };
    let others: Vec<AccountId> = people
        .residents
        .iter()
        .filter(|a| **a != author)
        .cloned()
        .collect();
    Ok(Comment {
        clause,
        quote: plan.quote.clone(),
        parent: above.map(|above| above.id.clone()),
        root: above.map_or_else(|| id.clone(), |above| above.root.clone()),
        depth: above.map_or(0, |above| above.depth + 1),
        stance: plan.position.clone(),
        body: plan.body.trim().to_owned(),
        edited: plan
            .edited
            .clone()
            .map(|before| (at.plus_seconds(25 * 60).min(scene.until), before)),
        deleted_at: plan
            .deleted
            .then(|| at.plus_seconds(5 * 3600).min(scene.until)),
        hidden: plan.hidden.as_ref().map(|verdict| {
            let when = at.plus_seconds(7 * 3600).min(maker.now);
            (when, verdict.reason, verdict.note.clone())
        }),
        supporters: dice.some_of(&others, plan.supports),
        replies: 0,
        id,
        author,
        office,
        at,
    })
}

/// The identity of the clause with this number in the newest version.
pub(super) fn clause(scene: &Scene<'_>, label: &str) -> Result<String, Unusable> {
    scene
        .clauses
        .iter()
        .find(|clause| clause.label == label)
        .map(|clause| clause.id.to_string())
        .ok_or_else(|| {
            Unusable::Wrong(
                scene.path.to_owned(),
                format!("the newest text has no clause {label:?}"),
            )
        })
}

fn flags(
    people: &People,
    scene: &Scene<'_>,
    comments: &[Comment],
    ids: &BTreeMap<String, CommentId>,
) -> Result<Vec<Flag>, Unusable> {
    scene
        .plan
        .flags
        .iter()
        .map(|plan| {
            let comment = ids
                .get(&plan.comment)
                .and_then(|id| comments.iter().find(|c| c.id == *id))
                .ok_or_else(|| {
                    Unusable::Wrong(
                        scene.path.to_owned(),
                        format!("a flag is on no comment: {:?}", plan.comment),
                    )
                })?;
            Ok(Flag {
                comment: comment.id.clone(),
                by: people.account(scene.path, &plan.author)?,
                reason: plan.reason.clone(),
                note: plan.note.clone(),
                at: comment.at.plus_seconds(3 * 3600).min(scene.until),
                settled_at: comment.hidden.as_ref().map(|(at, ..)| *at),
            })
        })
        .collect()
}

fn hidings(maker: &Maker, people: &People, comments: &[Comment]) -> Vec<Decision> {
    comments
        .iter()
        .filter_map(|c| {
            let (at, reason, note) = c.hidden.clone()?;
            Some(Decision {
                id: maker.id(at),
                at,
                by: people.moderators.first()?.clone(),
                kind: "comment",
                subject: c.id.to_string(),
                action: "hide",
                reason: Some(reason),
                note,
            })
        })
        .collect()
}
