//! The groups as a reader may see them, and the votes behind them for whoever wants to find the groups again.

use std::collections::BTreeMap;

use domain::{
    Actor, Timestamp,
    consultation::{Consultation, Phase},
    group::{Compass, Picture, Published},
};
use storage::{
    Tx,
    group::{Side, rule},
};

use super::of;
use crate::{Conflict, Error, Result, Service};

/// What the page of groups shows to one reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// What was found; empty as long as nobody has judged, `None` while counts are hidden from this reader.
    pub picture: Option<Picture>,
    /// When it was found.
    pub found_at: Option<Timestamp>,
    /// The public statements, by number.
    pub texts: BTreeMap<i64, String>,
    /// How many of them the reader has judged.
    pub judged: usize,
    /// Where the reader stands.
    pub place: Option<[f64; 2]>,
    /// The rules by which people are left out of the other result; everybody may know them.
    pub rules: Vec<rule::Published>,
    /// How many people that are; `None` while counts are hidden, and until it is found.
    pub left_out: Option<i64>,
    /// Whose result the picture is: that of everybody as long as there is no other.
    pub side: Side,
}

/// The groups of a consultation as `actor` may see them, of everybody or without the people whom published rules name. One
/// statement of SQL.
///
/// While running counts are for those who have judged, so are the groups; while they are for nobody, there are none. A
/// statement that was taken out after the groups were found is not shown.
pub async fn see(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
    side: Side,
) -> Result<Seen> {
    let sheet = storage::group::sheet(tx, &consultation.id, actor.account(), side).await?;
    let mine: BTreeMap<i64, i64> = sheet.mine.into_iter().collect();
    let mut seen = Seen {
        texts: sheet.statements.into_iter().collect(),
        judged: mine.len(),
        rules: sheet.rules,
        ..Seen::default()
    };
    if !consultation.counts_visible(service.now(), !mine.is_empty()) {
        return Ok(seen);
    }
    let Some((at, picture)) = sheet.picture else {
        seen.picture = Some(Picture::default());
        return Ok(seen);
    };
    seen.found_at = Some(at);
    seen.left_out = sheet.left_out;
    if seen.left_out.is_some() {
        seen.side = side;
    }
    // Written by another version of the program: found anew at its start.
    seen.picture = Some(serde_json::from_str(&picture).unwrap_or_default());
    let compass: Option<Compass> = sheet
        .compass
        .and_then(|compass| serde_json::from_str(&compass).ok());
    seen.place = compass.and_then(|compass| compass.place(&mine));
    Ok(seen)
}

/// The findings as JSON, exactly as they were found.
///
/// Errors: [`Conflict::StillOpen`] while counts are not for everybody, [`Error::NotFound`] while nothing was found, and for
/// the result without some people while no rule is published.
pub async fn findings(service: &Service, actor: &Actor, slug: &str, side: Side) -> Result<String> {
    let mut tx = service.read().await?;
    let consultation = open_to_all(service, &mut tx, actor, slug).await?;
    let id = &consultation.id;
    let found = match side {
        Side::Everybody => storage::group::findings(&mut tx, id)
            .await?
            .map(|(findings, _)| findings),
        Side::Without => storage::group::without_findings(&mut tx, id).await?,
    };
    found.ok_or(Error::NotFound)
}

/// The published votes of a consultation.
///
/// Errors: [`Conflict::StillOpen`] while counts are not for everybody.
pub async fn published(service: &Service, actor: &Actor, slug: &str) -> Result<Published> {
    let mut tx = service.read().await?;
    let consultation = open_to_all(service, &mut tx, actor, slug).await?;
    let poll = of(&mut tx, consultation).await?;
    Ok(Published::of(&poll.statements, &poll.votes))
}

async fn open_to_all(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    slug: &str,
) -> Result<Consultation> {
    let consultation = crate::consultation::get(service, tx, actor, slug).await?;
    let now = service.now();
    if consultation.phase(now) < Phase::Closed && !consultation.counts_visible(now, false) {
        return Err(Error::Conflict(Conflict::StillOpen));
    }
    Ok(consultation)
}
