//! A few statements for the tests of reading them.

use domain::ConsultationId;

use crate::{Result, Tx, args, sql, testing::consultation};

/// Seven public statements and one that waits; the account `a` agreed to the first.
pub(crate) async fn town(tx: &mut Tx) -> Result<ConsultationId> {
    let id = consultation(tx, "jalur").await?;
    for number in 1_i64..=8 {
        tx.run(
            sql!(
                "insert into statement (id, consultation_id, number, body, status, is_seed, created_at)
                 values ($1, $2, $3, $1, $4, $5, 0)"
            ),
            args![
                format!("s{number}"),
                &id,
                number,
                if number == 8 { "waiting" } else { "accepted" },
                number < 4
            ],
        )
        .await?;
    }
    for sql in [
        sql!(
            "insert into account (id, email, email_key, name, password_hash, role, created_at)
             values ('a', 'a', 'a', 'A', '-', 'resident', 0)"
        ),
        sql!("insert into participant (id, consultation_id, joined_at) values ('p', 'jalur', 0)"),
        sql!(
            "insert into participation (consultation_id, account_id, participant_id) values ('jalur', 'a', 'p')"
        ),
        sql!(
            "insert into statement_mark (statement_id, participant_id, value) values ('s1', 'p', 1)"
        ),
    ] {
        tx.run(sql, args![]).await?;
    }
    super::recount(tx, &id).await?;
    Ok(id)
}
