//! Upkeep: whether the portal can work.

use std::path::Path;

use domain::FileId;
use storage::Db;

use crate::{Result, Service, chance};

pub use storage::{
    database::sqlite_file,
    upkeep::{Checked, Whole},
};

/// Whether the database answers and its disk takes writes: a small real write.
pub async fn probe(service: &Service) -> Result<()> {
    let now = service.now();
    service
        .db()
        .write(move |tx| Box::pin(async move { Ok(storage::upkeep::probe(tx, now).await?) }))
        .await
}

/// Writes a checked and flushed copy of a SQLite database to `file`, while the program goes on.
pub async fn back_up(db: &Db, file: &Path) -> storage::Result<Whole> {
    storage::upkeep::back_up(db, file).await
}

/// Puts a copy to where the address `url` has its database, which must not be there yet.
///
/// Errors: [`storage::Error::Unfit`] with a sentence for the person at the console.
pub async fn restore(file: &Path, url: &str) -> storage::Result<Whole> {
    let Some(database) = sqlite_file(url) else {
        return Err(storage::Error::Unfit(
            "only a SQLite database is restored by this command; use pg_restore for PostgreSQL"
                .to_owned(),
        ));
    };
    storage::upkeep::put_back(file, &database).await
}

/// Checks the database file, what Rembug keeps in it, and every uploaded file against its digest.
pub async fn check(service: &Service) -> Result<Vec<Checked>> {
    let mut checked = storage::upkeep::own(service.db()).await?;
    let mut tx = service.read().await?;
    checked.extend(storage::upkeep::rules(&mut tx).await?);
    let ids = storage::upkeep::file_ids(&mut tx).await?;
    let mut files = Checked {
        rule: "every uploaded file is what was uploaded",
        looked_at: 0,
        wrong: 0,
        example: None,
    };
    // One at a time: all of them may be more than the memory.
    for id in ids {
        let Some(file) = storage::file::find(&mut tx, &FileId::new(&id)).await? else {
            continue;
        };
        files.looked_at += 1;
        if chance::digest_bytes(&file.body) != file.sha256 {
            files.wrong += 1;
            files.example.get_or_insert(id);
        }
    }
    checked.push(files);
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use storage::{args, db_test, sql};

    use super::*;
    use crate::testing::World;

    db_test! { async fn a_new_town_is_sound_and_a_changed_file_is_found(db) {
        let world = World::new(db).await;
        let insert = |id: &'static str, body: &'static [u8]| {
            let db = world.service.db().clone();
            async move {
                let digest = chance::digest_bytes(b"satu");
                db.write(move |tx| Box::pin(async move {
                    tx.run(
                        sql!(
                            "insert into file (id, name, media_type, size, sha256, body, created_at)
                             values ($1, $1, 'text/plain', 4, $2, $3, 0)"
                        ),
                        args![id, digest, body.to_vec()],
                    ).await
                })).await.expect("is kept");
            }
        };
        insert("whole", b"satu").await;
        let checked = crate::upkeep::check(&world.service).await.expect("answers");
        assert!(checked.iter().all(|c| c.wrong == 0), "{checked:?}");
        insert("changed", b"sapu").await;
        let checked = crate::upkeep::check(&world.service).await.expect("answers");
        let wrong: Vec<&Checked> = checked.iter().filter(|c| c.wrong > 0).collect();
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert_eq!((wrong[0].looked_at, wrong[0].example.as_deref()), (2, Some("changed")));
    } }
}
