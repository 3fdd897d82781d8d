//! Signs of coordinated voting for the office, and the rules by which it has people left out of a second result.
//!
//! Nobody is left out silently: a rule is published with a reason, the public history says so, and the result of everybody
//! stays the first.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, Problem,
    consultation::{self as rules, ChangeKind, Consultation},
    group::sign::{Rule, Sign, signs},
    polis::Vote,
};
use storage::{
    Tx,
    group::rule::{Published, list},
    statement::Event as Cast,
};

use super::{Poll, of};
use crate::{
    Conflict, Error, Event, News, Result, Service,
    consultation::author::{Note, Pen, owned},
};

/// What the office sees of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The rule.
    pub rule: Rule,
    /// What it found, without names.
    pub signs: Vec<Figure>,
    /// People whom any of these signs names.
    pub people: usize,
    /// Since when it is published, and why.
    pub published: Option<Published>,
}

/// A sign without the people behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// How many people.
    pub people: usize,
    /// See [`Sign::figure`].
    pub figure: usize,
    /// See [`Sign::at`].
    pub at: Option<i64>,
}

/// The signs in a consultation by rule, each rule once, for its office.
///
/// Bursts rest on the real moments of votes, which only the server knows; everything else on the votes as they are published.
pub async fn figures(
    service: &Service,
    actor: &Actor,
    slug: &str,
) -> Result<(Consultation, Vec<Figures>)> {
    let (consultation, poll, casts, published) = {
        let mut tx = service.read().await?;
        let (sheet, _) = owned(&mut tx, actor, slug).await?;
        let consultation = sheet.consultation;
        let published = list(&mut tx, &consultation.id).await?;
        let casts = storage::statement::events(&mut tx, &consultation.id).await?;
        let poll = of(&mut tx, consultation.clone()).await?;
        (consultation, poll, casts, published)
    };
    let found = tokio::task::spawn_blocking(move || found(&poll, &casts)).await;
    let found = found.map_err(|error| {
        tracing::error!(?error, slug, "the search for signs broke off");
        Error::Unavailable(storage::Error::Conflict)
    })?;
    let all = Rule::ALL.into_iter().map(|rule| {
        let signs = || found.iter().filter(|sign| sign.rule == rule);
        Figures {
            rule,
            signs: signs()
                .map(|sign| Figure {
                    people: sign.people.len(),
                    figure: sign.figure,
                    at: sign.at,
                })
                .collect(),
            people: signs()
                .flat_map(|sign| &sign.people)
                .collect::<BTreeSet<_>>()
                .len(),
            published: published.iter().find(|p| p.rule == rule).cloned(),
        }
    });
    Ok((consultation, all.collect()))
}

fn found(poll: &Poll, casts: &[Cast]) -> Vec<Sign> {
    let mut people = BTreeMap::new();
    let mut moments = Vec::with_capacity(casts.len());
    for cast in casts {
        let next = people.len();
        let person = *people.entry(&cast.participant).or_insert(next);
        moments.push(Vote {
            at: cast.at.0,
            comment: 0,
            voter: i64::try_from(person).unwrap_or(i64::MAX),
            value: cast.value,
        });
    }
    let bursts = signs(&[], &moments);
    let others = signs(&poll.statements, &poll.votes);
    bursts
        .into_iter()
        .filter(|sign| sign.rule == Rule::Burst)
        .chain(others.into_iter().filter(|sign| sign.rule != Rule::Burst))
        .collect()
}

/// Publishes a rule: from now on there is a second result, without the people whom it names. `false` when it is published
/// already; then the first reason stays.
///
/// Errors: [`Error::Forbidden`], [`Error::Invalid`] for `reason`, and for `rule` when not everybody could apply it to the
/// published votes; [`Conflict::Draft`].
pub async fn publish(
    service: &Service,
    actor: &Actor,
    slug: &str,
    rule: Rule,
    reason: &str,
) -> Result<bool> {
    change(
        service,
        actor,
        slug,
        rule,
        reason,
        ChangeKind::RulePublished,
    )
    .await
}

/// Withdraws a rule. `false` when it is not published.
///
/// Errors: those of [`publish`].
pub async fn withdraw(
    service: &Service,
    actor: &Actor,
    slug: &str,
    rule: Rule,
    reason: &str,
) -> Result<bool> {
    change(
        service,
        actor,
        slug,
        rule,
        reason,
        ChangeKind::RuleWithdrawn,
    )
    .await
}

async fn change(
    service: &Service,
    actor: &Actor,
    slug: &str,
    rule: Rule,
    reason: &str,
    kind: ChangeKind,
) -> Result<bool> {
    let (consultation, pen) = {
        let mut tx = service.read().await?;
        let (sheet, permit) = owned(&mut tx, actor, slug).await?;
        (sheet.consultation, Pen::of(service, &permit))
    };
    if consultation.published_at.is_none() {
        return Err(Error::Conflict(Conflict::Draft));
    }
    if !rule.is_publishable() {
        return Err(Error::invalid("rule", Problem::Unknown));
    }
    let reason = rules::reason(reason).map_err(|problem| Error::invalid("reason", problem))?;
    let event = Event {
        consultation: Some(consultation.id.clone()),
        news: News::Statement,
    };
    let changed = service
        .db()
        .write(move |tx| {
            Box::pin(async move { store(tx, &pen, &consultation, rule, &reason, kind).await })
        })
        .await?;
    if changed {
        service.publish(event).await;
    }
    Ok(changed)
}

async fn store(
    tx: &mut Tx,
    pen: &Pen,
    consultation: &Consultation,
    rule: Rule,
    reason: &str,
    kind: ChangeKind,
) -> Result<bool> {
    let id = &consultation.id;
    let changed = if kind == ChangeKind::RulePublished {
        let new = Published {
            rule,
            reason: reason.to_owned(),
            at: pen.now,
        };
        storage::group::rule::publish(tx, id, &new, pen.by()).await?
    } else {
        storage::group::rule::withdraw(tx, id, rule).await?
    };
    if changed {
        let note = Note::of(kind).field(rule.word()).because(reason);
        pen.note(tx, consultation, note).await?;
    }
    Ok(changed)
}

#[cfg(test)]
mod tests;
