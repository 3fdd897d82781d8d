use std::fmt::Write as _;

use storage::db_test;

use super::*;
use crate::{area::load_city, testing::World};

const BATU: &str = include_str!("../../../../city/kota-batu/city.toml");
const DEMO: &str = include_str!("../../../../demo/outline.geojson");

fn polygon(code: &str, ring: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
    )
}

fn all(features: &[String]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","attribution":" © Kota ","features":[{}]}}"#,
        features.join(",")
    )
}

const SQUARE: &str = "[[112.5,-7.9],[112.6,-7.9],[112.6,-7.8],[112.5,-7.8],[112.5,-7.9]]";

async fn batu(world: &World) -> &Service {
    load_city(&world.service, &Actor::System, BATU)
        .await
        .expect("is loaded");
    &world.service
}

async fn drawn(service: &Service) -> Option<Chart> {
    let mut tx = service.read().await.expect("a connection");
    chart(&mut tx).await.expect("reads")
}

db_test! { async fn the_demo_has_an_outline_of_every_village(db) {
    let world = World::new(db).await;
    let service = batu(&world).await;
    assert_eq!(drawn(service).await, None);
    let done = import_outlines(service, &Actor::System, DEMO).await.expect("is taken");
    assert_eq!(done, Outlined { areas: 24, ..Outlined::default() });
    let chart = drawn(service).await.expect("a map");
    assert_eq!(chart.map.shapes.len(), 24);
    assert!(chart.credit.contains("bukan batas resmi"));
    // A house in Sisir, the middle of the town.
    let at = Corner::at(112.5290, -7.8763).expect("on earth");
    assert_eq!(chart.map.area_at(at).map(AreaId::as_str), Some("35.79.01.1004"));
} }

db_test! { async fn only_the_villages_of_this_city_come_in(db) {
    let world = World::new(db).await;
    let service = batu(&world).await;
    let parts = r#"{"type":"Feature","properties":{"kode":"35.79.02.2009"},"geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]]}}"#;
    let file = all(&[polygon("35.79.01", SQUARE), polygon("99.99.99.9999", SQUARE), polygon("35.79.01.1001", SQUARE), parts.to_owned()]);
    let done = import_outlines(service, &world.admin, &file).await.expect("is taken");
    assert_eq!((done.areas, done.others, done.without.len()), (2, 2, 22));
    assert!(done.without.contains(&"Sisir".to_owned()));
    let chart = drawn(service).await.expect("a map");
    assert_eq!(chart.credit, "© Kota");
    assert_eq!(chart.map.shapes[1].path.matches('M').count(), 2);
    // New ones take the place of all.
    import_outlines(service, &world.admin, &all(&[polygon("35.79.01.1002", SQUARE)])).await.expect("is taken");
    let chart = drawn(service).await.expect("a map");
    assert_eq!(chart.map.shapes.iter().map(|s| s.area.as_str()).collect::<Vec<_>>(), ["35.79.01.1002"]);
} }

db_test! { async fn what_is_no_map_changes_nothing(db) {
    let world = World::new(db).await;
    let service = batu(&world).await;
    import_outlines(service, &world.admin, DEMO).await.expect("is taken");
    for actor in [&world.siti, &world.rina, &world.moderator, &Actor::Anonymous] {
        let refused = import_outlines(service, actor, DEMO).await;
        assert!(matches!(refused, Err(UnfitOutlines::Service(Error::Forbidden | Error::SignIn))), "{actor:?}");
    }
    let village = |ring: &str| all(&[polygon("35.79.01.1001", ring)]);
    let many = {
        let mut ring = String::from("[[112.5,-7.9]");
        for n in 0..=CORNERS {
            let _ = write!(ring, ",[112.{},-7.{}]", 500_000 + n % 90_000, 800_000 + n % 7);
        }
        village(&(ring + ",[112.5,-7.9]]"))
    };
    let line = r#"{"type":"Feature","properties":{"code":"35.79.01.1001"},"geometry":{"type":"LineString","coordinates":[[1,1],[2,2]]}}"#;
    let bare = r#"{"type":"Feature","properties":{"code":"35.79.01.1001"},"geometry":null}"#;
    let cases: Vec<(String, fn(&UnfitOutlines) -> bool)> = vec![
        ("{".into(), |e| matches!(e, UnfitOutlines::Layout(_))),
        (r#"{"type":"Point","coordinates":[1,1]}"#.into(), |e| matches!(e, UnfitOutlines::Layout(_))),
        (all(&[]), |e| matches!(e, UnfitOutlines::Strangers)),
        (all(&[polygon("35.79.01", SQUARE)]), |e| matches!(e, UnfitOutlines::Strangers)),
        // Metres of a national grid instead of degrees.
        (village("[[671000,9129000],[672000,9129000],[672000,9130000],[671000,9129000]]"), |e| matches!(e, UnfitOutlines::Shape(_))),
        (village("[[1,1],[1,1],[1,1],[1,1]]"), |e| matches!(e, UnfitOutlines::Shape(_))),
        (all(&[line.to_owned()]), |e| matches!(e, UnfitOutlines::Shape(code) if code == "35.79.01.1001")),
        (all(&[bare.to_owned()]), |e| matches!(e, UnfitOutlines::Shape(_))),
        (many, |e| matches!(e, UnfitOutlines::TooMany)),
        (village(SQUARE).replace("© Kota", &"x".repeat(201)), |e| matches!(e, UnfitOutlines::Credit)),
    ];
    for (file, expected) in cases {
        let refused = import_outlines(service, &world.admin, &file).await;
        let start: String = file.chars().take(90).collect();
        assert!(refused.as_ref().is_err_and(expected), "{start}: {refused:?}");
    }
    assert_eq!(drawn(service).await.expect("a map").map.shapes.len(), 24);
} }
