//! At the counter: an officer fills a form in on somebody's behalf.

use std::collections::BTreeMap;

use domain::{
    case::Mandate,
    form::{Opening, Prefill},
};

use super::{Hand, filling::keep_new};
use crate::{Conflict, Error, Result, Service, limit};

/// Begins to fill a form in for somebody who stands at the counter, or whose attorney does. What was there before of the
/// same hand goes: the next person finds nothing.
///
/// The hand must be one of the counter ([`crate::draft::Owner::desk`]). Errors: [`Error::NotFound`], [`Error::Forbidden`]
/// for a service of another office, [`Conflict::NotYetOpen`], [`Conflict::Closed`], [`Error::TooOften`].
pub async fn begin_at_desk(
    service: &Service,
    hand: &Hand,
    key: &str,
    mandate: Mandate,
) -> Result<()> {
    hand.actor.may_enter_office()?;
    if !hand.owner.is_desk() {
        return Err(Error::Forbidden);
    }
    let now = service.now();
    service.limits().take(limit::FORM, &hand.address, now)?;
    let (inner, hand, key) = (service.clone(), hand.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let form = super::find(tx, &key).await?;
                hand.actor.may_handle(&form.office)?;
                match form.service.opening(hand.today) {
                    // What is asked for at the office alone is asked for here.
                    Opening::Open | Opening::Offline => {}
                    Opening::Later { .. } => return Err(Error::Conflict(Conflict::NotYetOpen)),
                    Opening::Over { .. } => return Err(Error::Conflict(Conflict::Closed)),
                }
                let owner = hand.owner.as_str();
                if let Some(there) = storage::form::find_open(tx, owner, &key).await? {
                    storage::form::delete(tx, &there.id).await?;
                }
                // Nothing of the officer's own account: it is not about them.
                let known = BTreeMap::from([(Prefill::Name, mandate.name.clone())]);
                keep_new(&inner, tx, &hand, &form, &known, Some(mandate)).await
            })
        })
        .await
}
