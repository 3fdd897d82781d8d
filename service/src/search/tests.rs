use storage::{args, db_test, sql};

use super::*;
use crate::testing::{START, World};

/// A published consultation with a text of two versions and two comments, one of them hidden.
async fn fill(world: &World) {
    let done: Result<()> = world
        .service
        .db()
        .write(|tx| {
            Box::pin(async move {
                tx.run(
                    sql!(
                        "insert into consultation (id, slug, office_id, title, summary, body_html, preview_token, published_at, created_at, updated_at)
                         values ('c', 'sampah', 'dlh', 'Sampah dari rumah', 'Setiap rumah & warung <memilah>.',
                                 '<p>Warga me<strong>milah</strong> plastik.</p>', '', $1, $1, $1)"
                    ),
                    args![START],
                )
                .await?;
                for number in [1_i64, 2, 3] {
                    let id = format!("v{number}");
                    // The third is not published yet.
                    let published = (number < 3).then_some(START);
                    tx.run(
                        sql!(
                            "insert into text_version (id, consultation_id, number, source, created_at, published_at)
                             values ($1, 'c', $2, '', $3, $4)"
                        ),
                        args![&id, number, START, published],
                    )
                    .await?;
                    tx.run(
                        sql!(
                            "insert into clause (id, version_id, consultation_id, position, label, heading, body, body_html)
                             values ('k', $1, 'c', 1, '1', 'Kewajiban', '', $2)"
                        ),
                        args![&id, format!("<p>Isi versi {}</p>", ["satu", "dua", "tiga"][usize::try_from(number - 1).unwrap_or(0)])],
                    )
                    .await?;
                }
                for (id, body, hidden) in [("m1", "Kompos di kebun <b>", None), ("m2", "Kompos yang kasar", Some(5))] {
                    tx.run(
                        sql!(
                            "insert into comment (id, consultation_id, root_id, depth, account_id, body, posted_at, hidden_at, send_key)
                             values ($1, 'c', $1, 0, 'siti', $2, $3, $4, $1)"
                        ),
                        args![id, body, START, hidden.map(i64::from)],
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await;
    done.expect("the town has a consultation");
}

async fn found(world: &World, question: &str) -> Vec<Find> {
    let mut tx = world.service.read().await.expect("a connection");
    match find(&mut tx, question, None, 1).await.expect("answers") {
        Answer::Finds(finds) => finds.items,
        _ => Vec::new(),
    }
}

db_test! { async fn the_index_follows_what_is_public(db) {
    let world = World::new(db).await;
    fill(&world).await;
    assert_eq!(found(&world, "sampah").await, []);
    assert_eq!(rebuild(&world.service).await.expect("builds"), 1);
    assert_eq!(rebuild(&world.service).await.expect("builds again"), 1);
    let finds = found(&world, "memilah").await;
    assert_eq!(finds.len(), 1);
    let text: String = finds[0].text.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(text, "Setiap rumah & warung <memilah>. Warga memilah plastik.");
    assert!(finds[0].text.iter().any(|piece| piece.hit && piece.text == "memilah"));
    assert_eq!(found(&world, "satu").await, [], "an old version is not searched");
    assert_eq!(found(&world, "tiga").await, [], "nor is one that is not published");
    assert_eq!(found(&world, "dua").await[0].place, "1");
    let comments = found(&world, "kompos").await;
    assert_eq!(comments.len(), 1, "a hidden comment is not found");
    assert_eq!((comments[0].subject.as_str(), comments[0].slug.as_str()), ("m1", "sampah"));
    let done: Result<()> = world.service.db().write(|tx| Box::pin(async move {
        tx.run(sql!("update comment set hidden_at = 9 where id = $1"), args!["m1"]).await?;
        put_comment(tx, &CommentId::new("m1")).await?;
        tx.run(sql!("update comment set hidden_at = null where id = $1"), args!["m2"]).await?;
        put_comment(tx, &CommentId::new("m2")).await?;
        put_comment(tx, &CommentId::new("never")).await
    })).await;
    done.expect("writes");
    assert_eq!(found(&world, "kompos").await[0].subject, "m2");
} }

db_test! { async fn a_question_is_answered_in_one_of_four_ways(db) {
    let world = World::new(db).await;
    fill(&world).await;
    rebuild(&world.service).await.expect("builds");
    let mut tx = world.service.read().await.expect("a connection");
    assert_eq!(find(&mut tx, " ", None, 1).await.expect("answers"), Answer::Nothing);
    assert_eq!(find(&mut tx, "%", None, 1).await.expect("answers"), Answer::TooShort);
    let Answer::Finds(none) = find(&mut tx, "gunung", None, 99).await.expect("answers") else { panic!("finds") };
    assert_eq!((none.total, none.page, none.pages), (0, 1, 1));
    let Answer::Finds(some) = find(&mut tx, "rumah", Some(Kind::Comment), i64::MAX).await.expect("answers") else { panic!("finds") };
    assert_eq!((some.counts, some.total, some.page), ([1, 0, 0], 0, 1));
} }

#[test]
fn the_text_of_html() {
    assert_eq!(
        text_of("<p>a&amp;b</p><p>c<em>d</em> &lt;x&gt; &middot; <br>e"),
        "a&b cd <x> &middot; e"
    );
    assert_eq!(text_of("<"), "");
    assert_eq!(text_of("&"), "&");
}
