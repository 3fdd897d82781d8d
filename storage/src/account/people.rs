use domain::{AccountId, OfficeId, Role, Timestamp, account::Account};

use super::Row;
use crate::{Query, Result, Tx, args, sql};

/// Which accounts.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A piece of the name or the e-mail; empty for all.
    pub text: String,
    /// Only those who may enter the back office.
    pub staff: bool,
    /// How many to leave out.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// Accounts by name, and how many there are in all.
pub async fn search(tx: &mut Tx, filter: &Filter) -> Result<(Vec<Account>, i64)> {
    let total: Vec<(i64,)> = tx
        .all_of(narrowed(
            Query::new("select count(*) from account a where true"),
            filter,
        ))
        .await?;
    let query = narrowed(
        Query::new(
            "select a.id, a.email, a.name, a.role, a.home_area_id, a.locale, a.created_at,
                    (select string_agg(m.office_id, ' ') from membership m where m.account_id = a.id) as offices
             from account a where true",
        ),
        filter,
    )
    .push("order by lower(a.name), a.id limit")
    .bind(filter.limit)
    .push("offset")
    .bind(filter.offset);
    let rows: Vec<Row> = tx.all_of(query).await?;
    let total = total.first().map_or(0, |row| row.0);
    Ok((rows.into_iter().map(Account::from).collect(), total))
}

fn narrowed(mut query: Query, filter: &Filter) -> Query {
    if filter.staff {
        query = query.push(
            "and (a.role <> 'resident'
                  or exists (select 1 from membership s where s.account_id = a.id))",
        );
    }
    if !filter.text.is_empty() {
        let mut pattern = String::from("%");
        for c in filter.text.to_lowercase().chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push('%');
        query = query
            .push("and (lower(a.name) like")
            .bind(pattern.clone())
            .push("escape '\\' or a.email_key like")
            .bind(pattern)
            .push("escape '\\')");
    }
    query
}

/// Makes others who change administrators wait for the end of this transaction.
pub async fn lock_administrators(tx: &mut Tx) -> Result<()> {
    tx.run(
        sql!("update account set role = role where role = 'administrator'"),
        args![],
    )
    .await?;
    Ok(())
}

/// How many administrators there are beside this account.
pub async fn count_other_administrators(tx: &mut Tx, id: &AccountId) -> Result<i64> {
    tx.number(
        sql!("select count(*) from account where role = 'administrator' and id <> $1"),
        args![id],
    )
    .await
}

/// Sets the role.
pub async fn set_role(tx: &mut Tx, id: &AccountId, role: Role) -> Result<()> {
    tx.run(
        sql!("update account set role = $2 where id = $1"),
        args![id, role.word()],
    )
    .await?;
    Ok(())
}

/// Makes an account an officer of these offices and no others; memberships that stay keep their beginning.
pub async fn replace_offices(
    tx: &mut Tx,
    id: &AccountId,
    offices: &[OfficeId],
    by: Option<&AccountId>,
    now: Timestamp,
) -> Result<()> {
    let mine: Vec<(String,)> = tx
        .all(
            sql!("select office_id from membership where account_id = $1"),
            args![id],
        )
        .await?;
    for (gone,) in mine
        .iter()
        .filter(|(m,)| offices.iter().all(|o| o.as_str() != m))
    {
        tx.run(
            sql!("delete from membership where account_id = $1 and office_id = $2"),
            args![id, gone],
        )
        .await?;
    }
    for office in offices {
        tx.run(
            sql!(
                "insert into membership (account_id, office_id, since, given_by)
                 values ($1, $2, $3, $4)
                 on conflict (account_id, office_id) do nothing"
            ),
            args![id, office, now, by],
        )
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::office::Office;

    use super::{
        super::{find, tests::add},
        *,
    };
    use crate::db_test;

    db_test! { async fn roles_and_offices_are_given_and_taken(db) {
        add(&db, "siti", Role::Administrator).await;
        let done: Result<_> = db.write(|tx| Box::pin(async move {
            for id in ["dlh", "dishub", "pupr"] {
                crate::office::put(tx, &Office {
                    id: OfficeId::new(id), name: id.into(), short: id.into(), contact: String::new(),
                }).await?;
            }
            let siti = AccountId::new("siti");
            let ids = |list: &[&str]| list.iter().map(|id| OfficeId::new(*id)).collect::<Vec<_>>();
            replace_offices(tx, &siti, &ids(&["dlh", "dishub"]), None, Timestamp(1)).await?;
            replace_offices(tx, &siti, &ids(&["pupr", "dishub"]), Some(&siti), Timestamp(2)).await?;
            lock_administrators(tx).await?;
            let others = count_other_administrators(tx, &siti).await?;
            let self_counted = count_other_administrators(tx, &AccountId::new("x")).await?;
            set_role(tx, &siti, Role::Moderator).await?;
            Ok((others, self_counted, find(tx, &siti).await?))
        })).await;
        let (others, self_counted, siti) = done.expect("answers");
        let siti = siti.expect("is there");
        assert_eq!((others, self_counted, siti.role), (0, 1, Role::Moderator));
        assert_eq!(siti.offices, [OfficeId::new("dishub"), OfficeId::new("pupr")]);
    } }

    db_test! { async fn people_are_found_by_name_and_address(db) {
        for id in ["siti", "bambang", "wayan"] {
            add(&db, id, if id == "wayan" { Role::Moderator } else { Role::Resident }).await;
        }
        let mut tx = db.read().await.expect("a connection");
        let mut names = async |text: &str, staff| {
            let filter = Filter { text: text.into(), staff, offset: 0, limit: 2 };
            let (found, total) = search(&mut tx, &filter).await.expect("answers");
            (found.into_iter().map(|a| a.name).collect::<Vec<_>>(), total)
        };
        assert_eq!(names("", false).await, (vec!["bambang".into(), "siti".into()], 3));
        assert_eq!(names("SITI@", false).await, (vec!["siti".into()], 1));
        assert_eq!(names("", true).await, (vec!["wayan".into()], 1));
        assert_eq!(names("100%_\\", false).await, (vec![], 0));
    } }
}
