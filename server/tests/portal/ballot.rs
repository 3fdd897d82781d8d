//! Votes and statements, the rules about their groups, and the news of all of it.

mod group;
mod news;
mod statement;
mod vote;

use domain::{ballot::QuestionView, statement::Draft};
use service::ballot::fixture;

use crate::rig::Portal;

const VOTE: &str = "/konsultasi/sepeda/suara/q-position";

/// A town with an open consultation, `sepeda`, that shows its counts at this time, and two statements in it.
async fn open(shown: &'static str) -> Portal {
    let portal = Portal::new().await;
    let world = &portal.world;
    fixture::open(world, "sepeda", shown).await;
    for text in [
        "Trotoar lebih penting daripada parkir.",
        "Jalur sepeda perlu <b>pagar</b> pembatas.",
    ] {
        let draft = Draft {
            teks: text.to_owned(),
        };
        service::statement::seed(&world.service, &world.rina, "sepeda", &draft)
            .await
            .expect("plants");
    }
    portal
}

/// The questions as Siti sees them.
async fn tallies(portal: &Portal) -> Vec<QuestionView> {
    let world = &portal.world;
    let consultation = fixture::find(world, "sepeda").await;
    let mut tx = world.service.read().await.expect("a connection");
    service::ballot::tallies(&world.service, &mut tx, &world.siti, &consultation)
        .await
        .expect("counts")
}
