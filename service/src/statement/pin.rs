//! The office's statements that everybody sees first.

use domain::{
    Actor,
    consultation::{ChangeKind, Consultation, Phase},
    statement::routing::Pinning,
};
use storage::Tx;

use crate::{
    Conflict, Error, Event, News, Result, Service,
    consultation::author::{Note, Pen, owned},
};

/// Pins a statement of the office, lets it go or puts it one place earlier; `false` when it is so already.
///
/// The history of the consultation says so, with the numbers before and after.
///
/// Errors: [`Error::NotFound`] for what is no public statement of the office, [`Error::Forbidden`], [`Conflict::Closed`].
pub async fn pin(
    service: &Service,
    actor: &Actor,
    slug: &str,
    number: i64,
    pinning: Pinning,
) -> Result<bool> {
    let (consultation, pen) = {
        let mut tx = service.read().await?;
        let (sheet, permit) = owned(&mut tx, actor, slug).await?;
        (sheet.consultation, Pen::of(service, &permit))
    };
    if consultation.phase(service.now()) >= Phase::Closed {
        return Err(Error::Conflict(Conflict::Closed));
    }
    let event = Event {
        consultation: Some(consultation.id.clone()),
        news: News::Statement,
    };
    let changed = service
        .db()
        .write(move |tx| {
            Box::pin(async move { store(tx, &pen, &consultation, number, pinning).await })
        })
        .await?;
    if changed {
        service.publish(event).await;
    }
    Ok(changed)
}

async fn store(
    tx: &mut Tx,
    pen: &Pen,
    consultation: &Consultation,
    number: i64,
    pinning: Pinning,
) -> Result<bool> {
    let id = &consultation.id;
    storage::statement::lock_pins(tx, id).await?;
    let seeds = storage::statement::pins(tx, id).await?;
    if !seeds.iter().any(|(seed, _)| *seed == number) {
        return Err(Error::NotFound);
    }
    let mut before: Vec<(i64, i64)> = seeds
        .iter()
        .filter_map(|(seed, place)| Some(((*place)?, *seed)))
        .collect();
    before.sort_unstable();
    let before: Vec<i64> = before.into_iter().map(|(_, seed)| seed).collect();
    let after = pinning.on(&before, number);
    if after == before {
        return Ok(false);
    }
    for (seed, old) in seeds {
        let new = after
            .iter()
            .zip(1_i64..)
            .find_map(|(one, place)| (*one == seed).then_some(place));
        if new != old {
            storage::statement::put_pin(tx, id, seed, new).await?;
        }
    }
    let note = Note::of(ChangeKind::StatementsPinned);
    let (before, after) = (listed(&before), listed(&after));
    pen.note(tx, consultation, note.from(&before).to(&after))
        .await?;
    Ok(true)
}

/// `3, 1`: a list of numbers as it is written down.
fn listed(numbers: &[i64]) -> String {
    let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use domain::statement::Draft;
    use storage::db_test;

    use super::*;
    use crate::{
        ballot::fixture::{find, open},
        statement::{add, desk, of_office, seed},
        testing::World,
    };

    fn draft(text: &str) -> Draft {
        Draft {
            teks: text.to_owned(),
        }
    }

    async fn town(db: storage::Db) -> World {
        let world = World::new(db).await;
        open(&world, "c", "live").await;
        for n in 1..=4 {
            seed(
                &world.service,
                &world.rina,
                "c",
                &draft(&format!("Kalimat dinas nomor {n}.")),
            )
            .await
            .expect("plants");
        }
        add(
            &world.service,
            &world.siti,
            "c",
            &draft("Kalimat seorang warga."),
        )
        .await
        .expect("waits");
        world
    }

    async fn order(world: &World) -> Vec<i64> {
        let consultation = find(world, "c").await;
        let mut tx = world.service.read().await.expect("a connection");
        let all = of_office(&mut tx, &world.rina, &consultation)
            .await
            .expect("reads");
        let mut pinned: Vec<(i64, i64)> = all
            .iter()
            .filter_map(|p| Some((p.pin?, p.number)))
            .collect();
        pinned.sort_unstable();
        assert!(
            pinned.iter().zip(1..).all(|((place, _), n)| *place == n),
            "without gaps: {pinned:?}"
        );
        pinned.into_iter().map(|(_, number)| number).collect()
    }

    db_test! { async fn officers_pin_in_an_order_and_the_history_says_so(db) {
        let world = town(db).await;
        let pin = async |number, deed| pin(&world.service, &world.rina, "c", number, deed).await.expect("is done");
        assert!(pin(3, Pinning::Pin).await);
        assert!(pin(1, Pinning::Pin).await);
        assert!(!pin(1, Pinning::Pin).await, "it is pinned already");
        assert!(pin(4, Pinning::Pin).await);
        assert_eq!(order(&world).await, [3, 1, 4]);
        assert!(pin(4, Pinning::Earlier).await);
        assert!(pin(4, Pinning::Earlier).await);
        assert!(!pin(4, Pinning::Earlier).await);
        assert!(pin(3, Pinning::Unpin).await);
        assert!(!pin(3, Pinning::Unpin).await);
        assert_eq!(order(&world).await, [4, 1]);
        let consultation = find(&world, "c").await;
        let mut tx = world.service.read().await.expect("a connection");
        for actor in [&Actor::Anonymous, &world.siti, &world.bambang] {
            let seen = desk(&world.service, &mut tx, actor, &consultation, None).await.expect("reads");
            assert_eq!(seen.statement.map(|s| s.number), Some(4));
        }
        let history = crate::consultation::history(&mut tx, &consultation.id).await.expect("reads");
        let pinned: Vec<_> = history.iter().filter(|c| c.kind == ChangeKind::StatementsPinned).collect();
        assert_eq!(pinned.len(), 6);
        assert!(pinned.iter().any(|c| c.before == "4, 3, 1" && c.after == "4, 1"), "{pinned:?}");
    } }

    db_test! { async fn what_cannot_be_pinned_is_left_alone(db) {
        let world = town(db).await;
        let s = &world.service;
        for (actor, number) in [(&world.rina, 5), (&world.rina, 99), (&world.rina, -1), (&world.admin, 0)] {
            assert!(matches!(pin(s, actor, "c", number, Pinning::Pin).await, Err(Error::NotFound)), "{number}");
        }
        for actor in [&world.agus, &world.siti] {
            assert!(matches!(pin(s, actor, "c", 1, Pinning::Pin).await, Err(Error::Forbidden)));
        }
        assert!(matches!(pin(s, &Actor::Anonymous, "c", 1, Pinning::Pin).await, Err(Error::SignIn)));
        assert!(matches!(pin(s, &world.rina, "tidak-ada", 1, Pinning::Pin).await, Err(Error::NotFound)));
        world.days(11);
        assert!(matches!(pin(s, &world.rina, "c", 1, Pinning::Pin).await, Err(Error::Conflict(Conflict::Closed))));
        assert_eq!(order(&world).await, [] as [i64; 0]);
    } }

    db_test! { async fn officers_at_once_leave_no_gap(db) {
        let world = town(db).await;
        let tasks: Vec<_> = (0..40_i64).map(|n| {
            let (service, rina) = (world.service.clone(), world.rina.clone());
            let deed = Pinning::ALL[usize::try_from(n).expect("small") % 3];
            tokio::spawn(async move { pin(&service, &rina, "c", n % 4 + 1, deed).await })
        }).collect();
        for task in tasks {
            task.await.expect("does not panic").expect("each is answered");
        }
        order(&world).await;
    } }
}
