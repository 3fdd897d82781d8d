//! Where areas lie.

use domain::{
    AreaId,
    area::{Corner, Outline},
};

use crate::{Error, Result, Tx, args, sql};

#[derive(sqlx::FromRow)]
struct Row {
    area_id: String,
    name_lon: i64,
    name_lat: i64,
    rings: String,
}

impl TryFrom<Row> for Outline {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unfit = || Error::Unfit(format!("outline of {}", row.area_id));
        let part = |n: i64| i32::try_from(n).map_err(|_| unfit());
        Ok(Self {
            name_at: Corner::from((part(row.name_lon)?, part(row.name_lat)?)),
            rings: serde_json::from_str(&row.rings).map_err(|_| unfit())?,
            area: AreaId::new(row.area_id),
        })
    }
}

/// Puts these outlines in the place of all that were there, with the line that says whose work they are.
pub async fn replace_outlines(tx: &mut Tx, outlines: &[Outline], credit: &str) -> Result<()> {
    tx.run(sql!("delete from area_outline"), args![]).await?;
    for one in outlines {
        let rings = serde_json::to_string(&one.rings).unwrap_or_default();
        tx.run(
            sql!(
                "insert into area_outline (area_id, name_lon, name_lat, rings) values ($1, $2, $3, $4)"
            ),
            args![
                &one.area,
                i64::from(one.name_at.lon),
                i64::from(one.name_at.lat),
                rings
            ],
        )
        .await?;
    }
    tx.run(
        sql!("update city set outline_credit = $1 where id = 'city'"),
        args![credit],
    )
    .await?;
    Ok(())
}

/// All outlines by the codes of their areas.
pub async fn list_outlines(tx: &mut Tx) -> Result<Vec<Outline>> {
    let rows: Vec<Row> = tx
        .all(
            sql!("select area_id, name_lon, name_lat, rings from area_outline order by area_id"),
            args![],
        )
        .await?;
    rows.into_iter().map(Outline::try_from).collect()
}

/// Whose work the outlines are; empty when nobody is to be named.
pub async fn outline_credit(tx: &mut Tx) -> Result<String> {
    let found: Option<(String,)> = tx
        .first(
            sql!("select outline_credit from city where id = 'city'"),
            args![],
        )
        .await?;
    Ok(found.map(|(credit,)| credit).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use domain::{
        Zone,
        area::{Area, Kind},
    };

    use super::*;
    use crate::{area, db_test};

    fn square(id: &str, west: i32) -> Outline {
        let ring = [(west, 0), (west + 9, 0), (west + 9, -9), (west, -9)];
        Outline::new(AreaId::new(id), vec![ring.map(Corner::from).to_vec()]).expect("an outline")
    }

    db_test! { async fn new_outlines_take_the_place_of_all_earlier_ones(db) {
        let made: Result<()> = db.write(|tx| Box::pin(async move {
            area::put_city(tx, "Kota", &Zone { name: "WIB".into(), hours: 7 }).await?;
            for id in ["1", "2"] {
                let one = Area { id: AreaId::new(id), name: id.into(), kind: Kind::Desa, parent: None, postcode: None };
                area::put(tx, &one).await?;
            }
            replace_outlines(tx, &[square("2", 9), square("1", 0)], "© Peta").await
        })).await;
        made.expect("is kept");
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(list_outlines(&mut tx).await.expect("reads"), [square("1", 0), square("2", 9)]);
        assert_eq!(outline_credit(&mut tx).await.expect("reads"), "© Peta");
        drop(tx);
        let made: Result<()> = db.write(|tx| Box::pin(async move {
            replace_outlines(tx, &[square("1", 5)], "").await
        })).await;
        made.expect("is kept");
        let strange: Result<()> = db.write(|tx| Box::pin(async move {
            replace_outlines(tx, &[square("3", 5)], "?").await
        })).await;
        assert!(strange.is_err(), "an area that is not there has no outline");
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(list_outlines(&mut tx).await.expect("reads"), [square("1", 5)]);
        assert_eq!(outline_credit(&mut tx).await.expect("reads"), "");
    } }
}
