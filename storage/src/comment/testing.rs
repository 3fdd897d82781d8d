//! A small consultation to comment on: `c` of office `o`, with Ani, who writes, and Budi, who reads.

use domain::{AccountId, ClauseId, CommentId, ConsultationId, Timestamp};

use super::{New, insert, lock, recount_replies};
use crate::{Db, Result, args};

pub(crate) struct Town {
    db: Db,
}

/// Fills an empty database.
pub(crate) async fn town(db: &Db) -> Town {
    let done: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                tx.run("insert into office (id, name, short) values ('o', 'Dinas', 'D')", args![]).await?;
                for (id, name) in [("ani", "Ani"), ("budi", "Budi")] {
                    tx.run(
                        "insert into account (id, email, email_key, name, password_hash, role, created_at)
                         values ($1, $1, $1, $2, '-', 'resident', 0)",
                        args![id, name],
                    )
                    .await?;
                }
                tx.run(
                    "insert into consultation (id, slug, office_id, title, preview_token, created_at, updated_at, published_at)
                     values ('c', 'c', 'o', 'C', '-', 0, 0, 0)",
                    args![],
                )
                .await?;
                Ok(())
            })
        })
        .await;
    done.expect("an empty database takes the town");
    Town { db: db.clone() }
}

impl Town {
    /// What the comment `id` says.
    pub(crate) fn text(id: &str) -> String {
        format!("Kata {id}")
    }

    /// A comment by Ani; a reply when it has a parent.
    pub(crate) async fn comment(&self, id: &str, parent: Option<&str>, at: i64) {
        self.add(id, parent, None, "", at).await;
    }

    /// A comment by Ani on a clause.
    pub(crate) async fn about(&self, id: &str, clause: &str, quote: &str) {
        self.add(id, None, Some(clause), quote, 1).await;
    }

    async fn add(
        &self,
        id: &str,
        parent: Option<&str>,
        clause: Option<&str>,
        quote: &str,
        at: i64,
    ) {
        let (id, parent) = (CommentId::new(id), parent.map(CommentId::new));
        let (clause, quote) = (clause.map(ClauseId::new), quote.to_owned());
        let done: Result<()> = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let above = match &parent {
                        Some(parent) => super::find(tx, parent, None).await?,
                        None => None,
                    };
                    let root = above.as_ref().map_or(&id, |c| &c.root).clone();
                    let new = New {
                        id: &id,
                        consultation: &ConsultationId::new("c"),
                        clause: clause.as_ref(),
                        quote: &quote,
                        parent: parent.as_ref(),
                        root: &root,
                        depth: above.map_or(0, |c| c.depth + 1),
                        account: &AccountId::new("ani"),
                        office: None,
                        stance: None,
                        body: &Self::text(id.as_str()),
                        at: Timestamp(at),
                        send_key: id.as_str(),
                    };
                    assert!(insert(tx, &new).await?);
                    lock(tx, &root).await?;
                    recount_replies(tx, &root).await
                })
            })
            .await;
        done.expect("the comment is kept");
    }

    /// Many comments of the first level at once.
    pub(crate) async fn many(&self, count: i64) {
        let done: Result<u64> = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    tx.run(
                        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000)
                         insert into comment (id, consultation_id, root_id, depth, account_id, body, posted_at, supports, send_key)
                         select 'n' || i, 'c', 'n' || i, 0, 'ani', 'Kata', i, i % 17, 'n' || i from n where i <= $1",
                        args![count],
                    )
                    .await
                })
            })
            .await;
        assert_eq!(done.expect("the comments are kept").cast_signed(), count);
    }

    /// A public version of the text: id, label, heading and body of each clause.
    pub(crate) async fn version(&self, number: i64, clauses: &[(&str, &str, &str, &str)]) {
        let clauses: Vec<[String; 4]> = clauses
            .iter()
            .map(|(id, label, heading, body)| [id, label, heading, body].map(|s| (*s).to_owned()))
            .collect();
        let done: Result<()> = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let version = format!("v{number}");
                    tx.run(
                        "insert into text_version (id, consultation_id, number, source, created_at, published_at)
                         values ($1, 'c', $2, '', 0, 0)",
                        args![&version, number],
                    )
                    .await?;
                    for [id, label, heading, body] in clauses {
                        tx.run(
                            "insert into clause (id, version_id, consultation_id, position, label, heading, body, body_html)
                             values ($1, $2, 'c', 1, $3, $4, $5, '')",
                            args![id, &version, label, heading, body],
                        )
                        .await?;
                    }
                    Ok(())
                })
            })
            .await;
        done.expect("the text is kept");
    }
}
