//! Comments to read.

use domain::{
    AccountId, ClauseId, CommentId, ConsultationId,
    comment::{Comment, Order, PAGE, Thread, in_reading_order},
};

use super::{Row, columns, tables};
use crate::{Query, Result, Tx, Value, args, sql};

/// Which comments of the first level to read.
#[derive(Clone, Debug)]
pub struct Page {
    /// Of which consultation.
    pub consultation: ConsultationId,
    /// Only those about this clause.
    pub clause: Option<ClauseId>,
    /// In which order.
    pub order: Order,
    /// Which page of [`PAGE`] threads, from 1.
    pub number: i64,
    /// Who reads: their own supports are marked.
    pub viewer: Option<AccountId>,
}

/// A page of threads, and how many comments there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The threads of this page.
    pub threads: Vec<Thread>,
    /// Comments that can be read, at any depth.
    pub total: i64,
    /// Comments of the first level, place-holders included: what is paged through.
    pub roots: i64,
}

#[derive(sqlx::FromRow)]
struct Counted {
    #[sqlx(flatten)]
    row: Row,
    total: i64,
    roots: i64,
}

/// A page of threads in one statement, however many comments there are (one more when the page is past the end).
pub async fn list(tx: &mut Tx, page: &Page) -> Result<Listing> {
    let number = page.number.clamp(1, 1_000_000);
    let about = |query: Query| match &page.clause {
        Some(clause) => query.push("and clause_id =").bind(clause),
        None => query,
    };
    let of = |query: Query| {
        about(
            query
                .push("where consultation_id =")
                .bind(&page.consultation),
        )
    };
    let query = of(Query::new("with page as (select id from comment"))
        .push("and depth = 0")
        .push(match page.order {
            Order::Newest => "order by posted_at desc, id desc",
            Order::Oldest => "order by posted_at, id",
            Order::Supported => "order by supports desc, id desc",
            Order::Discussed => "order by replies desc, id desc",
        })
        .push("limit")
        .bind(PAGE)
        .push("offset")
        .bind((number - 1) * PAGE)
        .push(concat!(
            ") select ",
            columns!(),
            ", exists (select 1 from comment_support s where s.comment_id = c.id and s.account_id ="
        ))
        .bind(viewer(page.viewer.as_ref()))
        .push(") as supported, (select count(*) from comment");
    let query = of(query).push(
        "and deleted_at is null and hidden_at is null) as total, (select count(*) from comment",
    );
    let query = of(query)
        .push(concat!("and depth = 0) as roots from ", tables!()))
        .push("where c.root_id in (select id from page) order by c.posted_at, c.id");
    let rows: Vec<Counted> = tx.all_of(query).await?;
    let Some(first) = rows.first() else {
        return counts(tx, page).await;
    };
    let (total, roots) = (first.total, first.roots);
    let threads = threads(
        rows.into_iter().map(|counted| counted.row.into()),
        page.order,
    );
    Ok(Listing {
        threads,
        total,
        roots,
    })
}

/// The counts alone, for a page without threads.
async fn counts(tx: &mut Tx, page: &Page) -> Result<Listing> {
    if page.number <= 1 {
        return Ok(Listing::default());
    }
    let query = Query::new(
        "select cast(count(case when deleted_at is null and hidden_at is null then 1 end) as bigint),
                cast(count(case when depth = 0 then 1 end) as bigint)
         from comment where consultation_id =",
    )
    .bind(&page.consultation);
    let query = match &page.clause {
        Some(clause) => query.push("and clause_id =").bind(clause),
        None => query,
    };
    let found: Vec<(i64, i64)> = tx.all_of(query).await?;
    let (total, roots) = found.first().copied().unwrap_or_default();
    Ok(Listing {
        threads: Vec::new(),
        total,
        roots,
    })
}

/// No account has the empty id.
fn viewer(account: Option<&AccountId>) -> Value {
    Value::from(account.map_or("", AccountId::as_str))
}

/// Gathers comments, oldest first, into threads in the wanted order.
fn threads(comments: impl Iterator<Item = Comment>, order: Order) -> Vec<Thread> {
    let (mut roots, replies): (Vec<Comment>, Vec<Comment>) = comments.partition(|c| c.depth == 0);
    match order {
        Order::Newest => roots.reverse(),
        Order::Oldest => {}
        Order::Supported => roots.sort_by(|a, b| b.supports.cmp(&a.supports).then(b.id.cmp(&a.id))),
        Order::Discussed => roots.sort_by(|a, b| b.replies.cmp(&a.replies).then(b.id.cmp(&a.id))),
    }
    let mut below = std::collections::BTreeMap::<CommentId, Vec<Comment>>::new();
    for reply in replies {
        below.entry(reply.root.clone()).or_default().push(reply);
    }
    roots
        .into_iter()
        .map(|root| {
            let replies = in_reading_order(&root.id, below.remove(&root.id).unwrap_or_default());
            Thread { root, replies }
        })
        .collect()
}

/// How many comments on a consultation can be read.
pub async fn count(tx: &mut Tx, consultation: &ConsultationId) -> Result<i64> {
    tx.number(
        sql!(
            "select count(*) from comment
             where consultation_id = $1 and deleted_at is null and hidden_at is null"
        ),
        args![consultation],
    )
    .await
}

/// One comment.
pub async fn find(
    tx: &mut Tx,
    id: &CommentId,
    reader: Option<&AccountId>,
) -> Result<Option<Comment>> {
    let row: Option<Row> = tx
        .first(
            sql!(concat!(
                "select ",
                columns!(),
                ", exists (select 1 from comment_support s where s.comment_id = c.id and s.account_id = $2) as supported
                 from ",
                tables!(),
                " where c.id = $1"
            )),
            vec![Value::from(id), viewer(reader)],
        )
        .await?;
    Ok(row.map(Comment::from))
}

/// The whole thread in which a comment stands; `None` when there is no such comment.
pub async fn thread(
    tx: &mut Tx,
    id: &CommentId,
    reader: Option<&AccountId>,
) -> Result<Option<Thread>> {
    let rows: Vec<Row> = tx
        .all(
            sql!(concat!(
                "select ",
                columns!(),
                ", exists (select 1 from comment_support s where s.comment_id = c.id and s.account_id = $2) as supported
                 from ",
                tables!(),
                " where c.root_id = (select root_id from comment where id = $1) order by c.posted_at, c.id"
            )),
            vec![Value::from(id), viewer(reader)],
        )
        .await?;
    Ok(threads(rows.into_iter().map(Comment::from), Order::Oldest).pop())
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;
    use crate::{
        args,
        comment::{
            erase,
            testing::{Town, town},
        },
        db_test,
    };

    fn page(order: Order, number: i64) -> Page {
        Page {
            consultation: ConsultationId::new("c"),
            clause: None,
            order,
            number,
            viewer: Some(AccountId::new("budi")),
        }
    }

    fn ids(listing: &Listing) -> Vec<String> {
        listing
            .threads
            .iter()
            .map(|t| t.root.id.to_string())
            .collect()
    }

    db_test! { async fn pages_are_stable_in_every_order_and_lose_nobody(db) {
        let town = town(&db).await;
        for n in 0..45 {
            town.comment(&format!("r{n:02}"), None, n / 5).await;
        }
        town.comment("x1", Some("r07"), 100).await;
        town.comment("x2", Some("x1"), 101).await;
        let mut tx = db.read().await.expect("a connection");
        for order in Order::ALL {
            let mut seen = Vec::new();
            for number in 1..=3 {
                let listing = list(&mut tx, &page(order, number)).await.expect("lists");
                assert_eq!((listing.total, listing.roots), (47, 45));
                seen.extend(ids(&listing));
            }
            let mut sorted = seen.clone();
            sorted.sort();
            sorted.dedup();
            assert_eq!((seen.len(), sorted.len()), (45, 45), "{order:?}");
        }
        let discussed = list(&mut tx, &page(Order::Discussed, 1)).await.expect("lists");
        assert_eq!(ids(&discussed)[0], "r07");
        let replies: Vec<&str> = discussed.threads[0].replies.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(replies, ["x1", "x2"]);
        let oldest = list(&mut tx, &page(Order::Oldest, 1)).await.expect("lists");
        assert_eq!(ids(&oldest)[..2], ["r00", "r01"]);
        let beyond = list(&mut tx, &page(Order::Newest, 4)).await.expect("lists");
        assert_eq!((beyond.threads.len(), beyond.total, beyond.roots), (0, 47, 45));
    } }

    db_test! { async fn what_is_deleted_or_hidden_leaves_without_text_and_name(db) {
        let town = town(&db).await;
        town.comment("r", None, 1).await;
        town.comment("s", None, 2).await;
        town.comment("t", Some("r"), 3).await;
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            erase(tx, &CommentId::new("r"), Timestamp(9)).await?;
            tx.run("update comment set hidden_at = 9, hidden_reason = 'insult' where id = 's'", args![]).await?;
            Ok(())
        })).await;
        done.expect("deletes and hides");
        let mut tx = db.read().await.expect("a connection");
        let listing = list(&mut tx, &page(Order::Oldest, 1)).await.expect("lists");
        assert_eq!((listing.total, listing.roots), (1, 2));
        for thread in &listing.threads {
            assert!(thread.root.body.is_empty() && thread.root.author_name.is_empty());
            assert!(!thread.root.is_shown() && thread.root.stance.is_none());
        }
        assert_eq!(listing.threads[0].replies[0].body, Town::text("t"));
        let found = find(&mut tx, &CommentId::new("s"), None).await.expect("reads").expect("is there");
        assert_eq!(found.body, "");
    } }

    db_test! { async fn a_clause_has_its_own_comments_and_may_go(db) {
        let town = town(&db).await;
        town.version(1, &[("k1", "1", "Parkir", "Kota menyediakan 180 tempat parkir."), ("k2", "2", "Biaya", "Bebas biaya.")]).await;
        town.comment("a", None, 1).await;
        town.about("b", "k1", "menyediakan 180 tempat parkir").await;
        town.about("c2", "k2", "").await;
        let clause = Page { clause: Some(ClauseId::new("k1")), ..page(Order::Newest, 1) };
        let mut tx = db.read().await.expect("a connection");
        let listing = list(&mut tx, &clause).await.expect("lists");
        assert_eq!((ids(&listing), listing.total, listing.roots), (vec!["b".to_owned()], 1, 1));
        let about = listing.threads[0].root.about.clone().expect("has a clause");
        assert_eq!((about.label.as_str(), about.gone, about.quote_changed), ("1", false, false));
        drop(tx);
        town.version(2, &[("k1", "1", "Parkir", "Kota menyediakan 150 tempat parkir.")]).await;
        let mut tx = db.read().await.expect("a connection");
        let all = list(&mut tx, &page(Order::Oldest, 1)).await.expect("lists");
        let about: Vec<_> = all.threads.iter().filter_map(|t| t.root.about.clone()).collect();
        assert!(about[0].quote_changed && !about[0].gone);
        assert_eq!((about[1].heading.as_str(), about[1].gone), ("Biaya", true));
    } }

    db_test! { async fn a_thread_is_found_by_any_of_its_comments(db) {
        let town = town(&db).await;
        town.comment("r", None, 1).await;
        town.comment("s", Some("r"), 2).await;
        let mut tx = db.read().await.expect("a connection");
        for id in ["r", "s"] {
            let found = thread(&mut tx, &CommentId::new(id), None).await.expect("reads").expect("is there");
            assert_eq!((found.root.id.as_str(), found.replies.len()), ("r", 1));
        }
        assert_eq!(thread(&mut tx, &CommentId::new("x"), None).await.expect("reads"), None);
    } }

    db_test! { async fn one_thousand_comments_take_one_statement(db) {
        let town = town(&db).await;
        town.many(1_000).await;
        let mut tx = db.read().await.expect("a connection");
        let (listing, statements) = crate::database::counting(list(&mut tx, &page(Order::Supported, 7))).await;
        let listing = listing.expect("lists");
        assert_eq!((listing.roots, listing.threads.len(), statements), (1_000, 20, 1));
    } }
}
