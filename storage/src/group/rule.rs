//! Published rules by which people are left out of a second result.

use domain::{AccountId, ConsultationId, Timestamp, group::sign::Rule};

use crate::{Result, Tx, args, sql};

/// A rule that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Which.
    pub rule: Rule,
    /// Why, as the office wrote it.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
}

impl Published {
    /// From its moment and `word reason`; a word that is no rule's is none.
    pub(super) fn read(at: Timestamp, text: &str) -> Option<Self> {
        let (word, reason) = text.split_once(' ')?;
        Some(Self {
            rule: Rule::parse(word)?,
            reason: reason.to_owned(),
            at,
        })
    }
}

/// The published rules of a consultation, by time.
pub async fn list(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Published>> {
    let rows: Vec<(String, String, i64)> = tx
        .all(
            sql!("select rule, reason, at from group_rule where consultation_id = $1 order by at, rule"),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(word, reason, at)| {
            Some(Published {
                rule: Rule::parse(&word)?,
                reason,
                at: Timestamp(at),
            })
        })
        .collect())
}

/// Publishes a rule; `false` when it is published already: the first reason stays.
pub async fn publish(
    tx: &mut Tx,
    consultation: &ConsultationId,
    new: &Published,
    by: Option<&AccountId>,
) -> Result<bool> {
    let stored = tx
        .run(
            sql!(
                "insert into group_rule (consultation_id, rule, reason, account_id, at)
                 values ($1, $2, $3, $4, $5) on conflict do nothing"
            ),
            args![consultation, new.rule.word(), &new.reason, by, new.at],
        )
        .await?;
    if stored > 0 {
        forget(tx, consultation).await?;
    }
    Ok(stored > 0)
}

/// Withdraws a rule; `false` when it is not published.
pub async fn withdraw(tx: &mut Tx, consultation: &ConsultationId, rule: Rule) -> Result<bool> {
    let gone = tx
        .run(
            sql!("delete from group_rule where consultation_id = $1 and rule = $2"),
            args![consultation, rule.word()],
        )
        .await?;
    if gone > 0 {
        forget(tx, consultation).await?;
    }
    Ok(gone > 0)
}

/// The result of other rules must not stand beside these until it is found anew.
async fn forget(tx: &mut Tx, consultation: &ConsultationId) -> Result<()> {
    tx.run(
        sql!(
            "update opinion_group
             set left_out = 0, without_findings = '', without_picture = '', without_compass = '', basis = ''
             where consultation_id = $1"
        ),
        args![consultation],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        db_test,
        group::{Kept, Side, basis, find, keep, outdated, sheet, without_findings},
        statement::testing::town,
    };

    fn rule(rule: Rule, at: i64) -> Published {
        Published {
            rule,
            reason: "Karena ada tandanya.".to_owned(),
            at: Timestamp(at),
        }
    }

    async fn judged(db: &crate::Db) -> ConsultationId {
        db.write(|tx| Box::pin(async move {
            let id = town(tx).await?;
            tx.run(
                sql!(
                    "insert into statement_vote (statement_id, participant_id, revision, value, cast_at)
                     values ('s1', 'p', 0, 1, 1)"
                ),
                args![],
            )
            .await?;
            Ok::<_, crate::Error>(id)
        })).await.expect("is written")
    }

    async fn found(db: &crate::Db, id: &ConsultationId) {
        let id = id.clone();
        db.write(|tx| {
            Box::pin(async move {
                let there = basis(tx, &id).await?.expect("somebody judged");
                let kept = Kept {
                    basis: there.basis,
                    votes: there.votes,
                    found_at: 5,
                    findings: "all".to_owned(),
                    names: "[]".to_owned(),
                    picture: "picture of all".to_owned(),
                    compass: "compass of all".to_owned(),
                    left_out: 3,
                    without_findings: "others".to_owned(),
                    without_picture: "picture of others".to_owned(),
                    without_compass: "compass of others".to_owned(),
                };
                assert!(keep(tx, &id, &kept).await?);
                assert_eq!(find(tx, &id).await?.as_ref(), Some(&kept));
                Ok::<_, crate::Error>(())
            })
        })
        .await
        .expect("is kept");
    }

    db_test! { async fn rules_are_kept_once_and_make_the_findings_old(db) {
        let id = judged(&db).await;
        found(&db, &id).await;
        let reader = AccountId::new("a");
        let mut tx = db.read().await.expect("a connection");
        let plain = sheet(&mut tx, &id, Some(&reader), Side::Everybody).await.expect("reads");
        assert_eq!((plain.left_out, plain.rules.len()), (None, 0), "no rule, no other result");
        assert_eq!(plain.compass.as_deref(), Some("compass of all"));
        drop(tx);
        let of = id.clone();
        db.write(|tx| Box::pin(async move {
            assert!(publish(tx, &of, &rule(Rule::AgreesWithAll, 7), None).await?);
            assert!(!publish(tx, &of, &rule(Rule::AgreesWithAll, 8), None).await?);
            assert!(publish(tx, &of, &rule(Rule::IdenticalBallots, 6), None).await?);
            assert_eq!(
                list(tx, &of).await?,
                [rule(Rule::IdenticalBallots, 6), rule(Rule::AgreesWithAll, 7)]
            );
            assert_eq!(without_findings(tx, &of).await?, None, "that was another rule's result");
            assert_eq!(outdated(tx).await?.len(), 1);
            Ok::<_, crate::Error>(())
        })).await.expect("is written");
        found(&db, &id).await;
        let of = id.clone();
        db.write(|tx| Box::pin(async move {
            assert_eq!(outdated(tx).await?, []);
            assert_eq!(without_findings(tx, &of).await?.as_deref(), Some("others"));
            let all = sheet(tx, &of, None, Side::Everybody).await?;
            assert_eq!(all.picture, Some((Timestamp(5), "picture of all".to_owned())));
            assert_eq!(all.rules, [rule(Rule::IdenticalBallots, 6), rule(Rule::AgreesWithAll, 7)]);
            assert_eq!(all.left_out, Some(3));
            let others = sheet(tx, &of, Some(&AccountId::new("a")), Side::Without).await?;
            assert_eq!(others.picture, Some((Timestamp(5), "picture of others".to_owned())));
            assert_eq!(others.compass.as_deref(), Some("compass of others"));
            assert_eq!((others.mine, others.statements.len()), (vec![(1, 1)], 7));
            assert!(withdraw(tx, &of, Rule::IdenticalBallots).await?);
            assert!(!withdraw(tx, &of, Rule::IdenticalBallots).await?);
            assert_eq!(outdated(tx).await?.len(), 1);
            let between = sheet(tx, &of, None, Side::Without).await?;
            assert_eq!(between.picture, Some((Timestamp(5), "picture of all".to_owned())));
            assert_eq!((between.left_out, between.rules.len()), (None, 1));
            Ok::<_, crate::Error>(())
        })).await.expect("is written");
    } }
}
