//! Offices of the city.

use domain::{OfficeId, office::Office};
use storage::Tx;

use crate::{Error, Result};

/// All offices by name. Anybody may see them.
pub async fn list(tx: &mut Tx) -> Result<Vec<Office>> {
    Ok(storage::office::list(tx).await?)
}

/// The office of this word, or [`Error::NotFound`].
pub async fn get(tx: &mut Tx, id: &OfficeId) -> Result<Office> {
    storage::office::find(tx, id).await?.ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use storage::db_test;

    use super::*;
    use crate::testing::World;

    db_test! { async fn offices_are_public(db) {
        let world = World::new(db).await;
        let mut tx = world.service.read().await.expect("a connection");
        let names: Vec<_> = list(&mut tx).await.expect("answers").into_iter().map(|o| o.short).collect();
        assert_eq!(names, ["DLH", "Dishub"]);
        assert!(get(&mut tx, &OfficeId::new("dlh")).await.is_ok());
        assert!(matches!(get(&mut tx, &OfficeId::new("x")).await, Err(Error::NotFound)));
    } }
}
