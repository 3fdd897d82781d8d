//! Lists of what anybody may have, for the API and the files.

use std::collections::BTreeMap;

use domain::{
    Actor, AreaId, ConsultationId, OfficeId,
    consultation::{Consultation, Phase},
    search::{Asked, ask},
    statement::Order,
};
use storage::{Tx, result::CommentOrder};

use super::super::{
    open,
    show::{ALL, open_statement},
};
use crate::{Result, Service};

/// The public consultation at this address; drafts are not there, whoever asks.
pub async fn public(service: &Service, tx: &mut Tx, slug: &str) -> Result<Consultation> {
    crate::consultation::get(service, tx, &Actor::Anonymous, slug).await
}

/// The questions with counts as far as a stranger may see them.
pub async fn questions(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
) -> Result<Vec<open::Question>> {
    let views = crate::ballot::tallies(service, tx, &Actor::Anonymous, consultation).await?;
    Ok(views
        .iter()
        .map(|view| open::Question::of(view, None, |_| None))
        .collect())
}

/// The accepted statements with counts as far as a stranger may see them; none before it opens.
pub async fn statements(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
) -> Result<Vec<open::Statement>> {
    let now = service.now();
    if consultation.phase(now) < Phase::Open {
        return Ok(Vec::new());
    }
    let visible = consultation.counts_visible(now, false);
    Ok(
        storage::statement::list(tx, &consultation.id, None, Order::Number, ALL, 0)
            .await?
            .iter()
            .map(|s| open_statement(s, visible))
            .collect(),
    )
}

/// Comments, at most `limit` after the first `skip`, and how many there are.
pub async fn comments(
    tx: &mut Tx,
    consultation: &Consultation,
    order: CommentOrder,
    limit: i64,
    skip: i64,
) -> Result<(Vec<open::Comment>, i64)> {
    let total = storage::result::count_comments(tx, &consultation.id).await?;
    let labels: BTreeMap<String, String> = storage::clause::list_last_seen(tx, &consultation.id)
        .await?
        .into_iter()
        .map(|clause| (clause.id.to_string(), clause.label))
        .collect();
    let rows = storage::result::comments(tx, &consultation.id, order, limit, skip).await?;
    let comments = rows
        .into_iter()
        .map(|row| open::Comment::of(row, |id| labels.get(id).cloned()))
        .collect();
    Ok((comments, total))
}

/// Which consultations a list gives. What is not given does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this office.
    pub office: Option<OfficeId>,
    /// That concern this area.
    pub area: Option<AreaId>,
    /// In this phase; drafts are never in it.
    pub phase: Option<Phase>,
    /// With these words.
    pub text: String,
}

/// Public consultations, at most `limit` after the first `skip`, and how many there are. Two statements, three with a text.
pub async fn consultations(
    service: &Service,
    tx: &mut Tx,
    wanted: &Wanted,
    limit: i64,
    skip: i64,
) -> Result<(Vec<open::Consultation>, i64)> {
    let among = match ask(&wanted.text) {
        Asked::Nothing => None,
        Asked::TooShort => Some(Vec::new()),
        Asked::Terms(terms) => Some(storage::search::in_consultations(tx, &terms).await?),
    };
    let filter = storage::consultation::list::Wanted {
        office: wanted.office.clone(),
        area: wanted.area.clone(),
        phase: wanted.phase,
        among,
    };
    let now = service.now();
    let mut rows = storage::consultation::list::list(tx, &filter, now, skip, limit).await?;
    let total = rows.first().map_or(0, |row| row.total);
    // Beyond the end programs get nothing, where people get the last page.
    rows.retain(|row| row.place > skip);
    let ids: Vec<ConsultationId> = rows
        .into_iter()
        .map(|row| ConsultationId::new(row.id))
        .collect();
    let found = storage::consultation::find_many(tx, &ids).await?;
    Ok((
        found
            .iter()
            .map(|c| open::Consultation::of(c, now))
            .collect(),
        total,
    ))
}
