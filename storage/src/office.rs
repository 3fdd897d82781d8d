//! Offices of the city.

use domain::{OfficeId, office::Office};

use crate::{Result, Tx, args, sql};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    short: String,
    contact: String,
}

impl From<Row> for Office {
    fn from(row: Row) -> Self {
        Self {
            id: OfficeId::new(row.id),
            name: row.name,
            short: row.short,
            contact: row.contact,
        }
    }
}

/// Adds an office, or brings it up to date.
pub async fn put(tx: &mut Tx, office: &Office) -> Result<()> {
    tx.run(
        sql!(
            "insert into office (id, name, short, contact)
             values ($1, $2, $3, $4)
             on conflict (id) do update
             set name = excluded.name, short = excluded.short, contact = excluded.contact"
        ),
        args![&office.id, &office.name, &office.short, &office.contact],
    )
    .await?;
    Ok(())
}

/// All offices by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<Office>> {
    let rows: Vec<Row> = tx
        .all(
            sql!("select id, name, short, contact from office order by name, id"),
            args![],
        )
        .await?;
    Ok(rows.into_iter().map(Office::from).collect())
}

/// The office of this word.
pub async fn find(tx: &mut Tx, id: &OfficeId) -> Result<Option<Office>> {
    let row: Option<Row> = tx
        .first(
            sql!("select id, name, short, contact from office where id = $1"),
            args![id],
        )
        .await?;
    Ok(row.map(Office::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    db_test! { async fn an_office_is_put_and_put_again(db) {
        for contact in ["", "dishub@batu.example"] {
            let done: Result<()> = db.write(move |tx| Box::pin(async move {
                put(tx, &Office {
                    id: OfficeId::new("dishub"),
                    name: "Dinas Perhubungan".into(),
                    short: "Dishub".into(),
                    contact: contact.into(),
                }).await
            })).await;
            done.expect("is put");
        }
        let mut tx = db.read().await.expect("a connection");
        let found = list(&mut tx).await.expect("answers");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].contact, "dishub@batu.example");
        assert_eq!(find(&mut tx, &OfficeId::new("dishub")).await.expect("answers"), Some(found[0].clone()));
        assert_eq!(find(&mut tx, &OfficeId::new("dlh")).await.expect("answers"), None);
    } }
}
