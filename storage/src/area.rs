//! The city and its areas.

mod outline;

use domain::{
    AreaId, Zone,
    area::{Area, City, Kind},
};

use crate::{Result, Tx, args, sql};

pub use outline::{list_outlines, outline_credit, replace_outlines};

#[derive(sqlx::FromRow)]
struct CityRow {
    name: String,
    zone_name: String,
    zone_hours: i64,
    is_demo: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    kind: String,
    parent_id: Option<String>,
    postcode: Option<String>,
}

impl From<Row> for Area {
    fn from(row: Row) -> Self {
        Self {
            id: AreaId::new(row.id),
            name: row.name,
            // The table takes no other word.
            kind: Kind::parse(&row.kind).unwrap_or(Kind::Desa),
            parent: row.parent_id.map(AreaId::new),
            postcode: row.postcode,
        }
    }
}

/// The city; `None` before its file was loaded.
pub async fn find_city(tx: &mut Tx) -> Result<Option<City>> {
    let row: Option<CityRow> = tx
        .first(
            sql!("select name, zone_name, zone_hours, is_demo from city where id = 'city'"),
            args![],
        )
        .await?;
    Ok(row.map(|row| City {
        name: row.name,
        zone: Zone {
            name: row.zone_name,
            hours: i8::try_from(row.zone_hours).unwrap_or(0),
        },
        is_demo: row.is_demo,
    }))
}

/// Sets the city's name and clock; whether it is a demo stays as it was, and is no at first.
pub async fn put_city(tx: &mut Tx, name: &str, zone: &Zone) -> Result<()> {
    tx.run(
        sql!(
            "insert into city (id, name, zone_name, zone_hours, is_demo)
             values ('city', $1, $2, $3, false)
             on conflict (id) do update
             set name = excluded.name, zone_name = excluded.zone_name, zone_hours = excluded.zone_hours"
        ),
        args![name, &zone.name, i64::from(zone.hours)],
    )
    .await?;
    Ok(())
}

/// Says that everything in this city is made up. Nothing takes it back.
pub async fn mark_demo(tx: &mut Tx) -> Result<()> {
    tx.run(
        sql!("update city set is_demo = true where id = 'city'"),
        args![],
    )
    .await?;
    Ok(())
}

/// Adds an area, or brings it up to date. The area above it must be there first.
pub async fn put(tx: &mut Tx, area: &Area) -> Result<()> {
    tx.run(
        sql!(
            "insert into area (id, name, kind, parent_id, postcode)
             values ($1, $2, $3, $4, $5)
             on conflict (id) do update
             set name = excluded.name, kind = excluded.kind, parent_id = excluded.parent_id,
                 postcode = excluded.postcode"
        ),
        args![
            &area.id,
            &area.name,
            area.kind.word(),
            area.parent.as_ref(),
            area.postcode.clone(),
        ],
    )
    .await?;
    Ok(())
}

/// All areas by their codes, so that each comes after the one above it.
pub async fn list(tx: &mut Tx) -> Result<Vec<Area>> {
    let rows: Vec<Row> = tx
        .all(
            sql!("select id, name, kind, parent_id, postcode from area order by id"),
            args![],
        )
        .await?;
    Ok(rows.into_iter().map(Area::from).collect())
}

/// The area of this code.
pub async fn find(tx: &mut Tx, id: &AreaId) -> Result<Option<Area>> {
    let row: Option<Row> = tx
        .first(
            sql!("select id, name, kind, parent_id, postcode from area where id = $1"),
            args![id],
        )
        .await?;
    Ok(row.map(Area::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, db_test};

    fn area(id: &str, name: &str, kind: Kind, parent: Option<&str>) -> Area {
        Area {
            id: AreaId::new(id),
            name: name.into(),
            kind,
            parent: parent.map(AreaId::new),
            postcode: None,
        }
    }

    db_test! { async fn a_city_is_put_twice_and_stays_one(db) {
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(find_city(&mut tx).await.expect("answers"), None);
        drop(tx);
        for name in ["Batu", "Kota Batu"] {
            let done: Result<()> = db.write(move |tx| Box::pin(async move {
                let zone = Zone { name: "WIB".into(), hours: 7 };
                put_city(tx, name, &zone).await?;
                mark_demo(tx).await?;
                put(tx, &area("35.79", name, Kind::Kota, None)).await?;
                put(tx, &area("35.79.01", "Batu", Kind::Kecamatan, Some("35.79"))).await
            })).await;
            done.expect("is put");
        }
        let mut tx = db.read().await.expect("a connection");
        let city = find_city(&mut tx).await.expect("answers").expect("is there");
        assert_eq!((city.name.as_str(), city.zone.hours, city.is_demo), ("Kota Batu", 7, true));
        let areas = list(&mut tx).await.expect("answers");
        assert_eq!(areas.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["Kota Batu", "Batu"]);
        assert_eq!(find(&mut tx, &AreaId::new("35.79.01")).await.expect("answers"), Some(areas[1].clone()));
        assert_eq!(find(&mut tx, &AreaId::new("99")).await.expect("answers"), None);
    } }

    db_test! { async fn an_area_needs_the_one_above(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            put(tx, &area("35.79.01", "Batu", Kind::Kecamatan, Some("35.79"))).await
        })).await;
        assert!(matches!(done, Err(Error::Unavailable(_))));
    } }
}
