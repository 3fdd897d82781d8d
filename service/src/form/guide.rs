//! The guide to risks of businesses that belongs to a form.

use domain::{
    Actor, Problem,
    form::{RiskGuide, risk::Unsound},
};
use storage::Tx;

use super::parse;
use crate::{Error, Event, News, Result, Service, audit};

/// Why a guide does not come in.
#[derive(Debug, thiserror::Error)]
pub enum UnfitGuide {
    /// It is no JSON of a guide.
    #[error("no guide of this layout: {0}")]
    Layout(#[from] serde_json::Error),
    /// It does not hold together.
    #[error(transparent)]
    Unsound(#[from] Unsound),
    /// It could not be kept.
    #[error(transparent)]
    Service(#[from] Error),
}

/// Takes a guide written as JSON of [`RiskGuide`], in the stead of the earlier one of its form. For administrators.
///
/// The word of its form. The same again changes nothing that a reader sees.
pub async fn import_guide(
    service: &Service,
    actor: &Actor,
    text: &str,
) -> std::result::Result<String, UnfitGuide> {
    let permit = actor.may_administer().map_err(Error::from)?;
    let guide: RiskGuide = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    guide.check()?;
    let body = serde_json::to_string(&guide)?;
    let (inner, key, now) = (service.clone(), guide.service.clone(), service.now());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if storage::form::current(tx, &key).await?.is_none() {
                    return Err(Error::invalid("service", Problem::Unknown));
                }
                if storage::form::find_guide(tx, &key).await?.as_ref() == Some(&body) {
                    return Ok(());
                }
                storage::form::put_guide(tx, &key, &body, now).await?;
                audit::note(&inner, tx, permit.by(), "form.guide", &key, "").await
            })
        })
        .await?;
    service
        .publish(Event {
            consultation: None,
            news: News::Site,
        })
        .await;
    Ok(guide.service)
}

/// The guide of a form. Anybody may see it. Errors: [`Error::NotFound`].
pub async fn guide(tx: &mut Tx, key: &str) -> Result<RiskGuide> {
    let body = storage::form::find_guide(tx, key).await?;
    parse(&body.ok_or(Error::NotFound)?)
}

/// Whether a form has a guide.
pub async fn has_guide(tx: &mut Tx, key: &str) -> Result<bool> {
    Ok(storage::form::has_guide(tx, key).await?)
}

#[cfg(test)]
mod tests {
    use storage::db_test;

    use super::*;
    use crate::{
        form::fixture::{general, publish},
        testing::World,
    };

    const GUIDE: &str = include_str!("../../../city/kota-batu/kbli.json");

    db_test! { async fn a_guide_belongs_to_a_form_and_is_the_administrators(db) {
        let world = World::new(db).await;
        let service = &world.service;
        let alone = import_guide(service, &Actor::System, GUIDE).await;
        assert!(matches!(alone, Err(UnfitGuide::Service(Error::Invalid(_)))), "{alone:?}");
        publish(&world, &general()).await;
        let text = GUIDE.replacen("izin-usaha", "permohonan-umum", 1);
        for actor in [&world.rina, &world.siti, &Actor::Anonymous] {
            assert!(matches!(import_guide(service, actor, &text).await, Err(UnfitGuide::Service(_))), "{actor:?}");
        }
        for broken in ["{", "{}", &text.replacen("\"55110\"", "\"551\"", 1)] {
            assert!(matches!(import_guide(service, &world.admin, broken).await, Err(UnfitGuide::Layout(_) | UnfitGuide::Unsound(_))));
        }
        assert_eq!(import_guide(service, &world.admin, &text).await.expect("is taken"), "permohonan-umum");
        import_guide(service, &world.admin, &text).await.expect("and again");
        let mut tx = service.read().await.expect("a connection");
        assert!(has_guide(&mut tx, "permohonan-umum").await.expect("reads"));
        assert_eq!(guide(&mut tx, "permohonan-umum").await.expect("is there").activities.len(), 23);
        assert!(matches!(guide(&mut tx, "izin-usaha").await, Err(Error::NotFound)));
    } }
}
