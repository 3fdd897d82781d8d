//! Consultations for the tests of ballots and statements.

use domain::{Actor, Member, QuestionId, Role, consultation::Consultation};
use storage::{Error, args, sql};

use crate::testing::{START, World};

/// A consultation of `dishub`, open from the world's first moment for ten days, with a question of each kind.
///
/// `q-position`; `q-one` and `q-many` with the options `a`, `b`, `c` behind their own id, at most two of many.
pub async fn open(world: &World, slug: &'static str, shown: &'static str) -> Consultation {
    world
        .service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                tx.run(
                    sql!(
                        "insert into consultation (id, slug, office_id, title, opens_at, closes_at, published_at, counts_shown,
                                                   statements_open, preview_token, created_at, updated_at)
                         values ($1, $1, 'dishub', $1, $2, $3, $2, $4, true, 'x', $2, $2)"
                    ),
                    args![slug, START, START.plus_days(10), shown],
                )
                .await?;
                for (position, kind) in [(1, "position"), (2, "one"), (3, "many")] {
                    let id = format!("q-{kind}");
                    tx.run(
                        sql!(
                            "insert into question (id, consultation_id, position, kind, title, max_choices)
                             values ($1, $2, $3, $4, $4, 2)"
                        ),
                        args![&id, slug, position, kind],
                    )
                    .await?;
                    if kind != "position" {
                        for (place, option) in [(1, "a"), (2, "b"), (3, "c")] {
                            tx.run(
                                sql!("insert into question_option (id, question_id, position, label) values ($1, $2, $3, $4)"),
                                args![format!("{id}-{option}"), &id, place, option],
                            )
                            .await?;
                        }
                    }
                }
                Ok::<_, Error>(())
            })
        })
        .await
        .expect("the town takes a consultation");
    find(world, slug).await
}

/// The consultation as it stands now.
pub async fn find(world: &World, slug: &str) -> Consultation {
    let mut tx = world.service.read().await.expect("a connection");
    storage::consultation::find_by_slug(&mut tx, slug)
        .await
        .expect("answers")
        .expect("is there")
}

/// `count` more residents, all of one area.
pub async fn residents(
    world: &World,
    prefix: &'static str,
    area: &'static str,
    count: u32,
) -> Vec<Actor> {
    world
        .service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                for n in 0..count {
                    let id = format!("{prefix}{n}");
                    tx.run(
                        sql!(
                            "insert into account (id, email, email_key, name, password_hash, role, home_area_id, created_at)
                             values ($1, $1, $1, $1, '-', 'resident', $2, $3)"
                        ),
                        args![id, area, START],
                    )
                    .await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await
        .expect("the town takes more people");
    (0..count)
        .map(|n| {
            Actor::Member(Member {
                account: domain::AccountId::new(format!("{prefix}{n}")),
                name: format!("{prefix}{n}"),
                role: Role::Resident,
                offices: Vec::new(),
                home: Some(domain::AreaId::new(area)),
            })
        })
        .collect()
}

/// An id out of a word.
pub fn q(id: &str) -> QuestionId {
    QuestionId::new(id)
}

/// Public statements of the office, numbered 1 … `many`, in the consultation `slug`.
pub async fn statements(world: &World, slug: &'static str, many: i64) {
    let done: storage::Result<()> = world
        .service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                for number in 1..=many {
                    tx.run(
                        sql!(
                            "insert into statement (id, consultation_id, number, body, status, is_seed, created_at)
                             values ($1, $2, $3, $1, 'accepted', true, 0)"
                        ),
                        args![format!("pernyataan {number}"), slug, number],
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await;
    done.expect("the statements are there");
}
