//! Texts that an office writes again and again.

use domain::{AccountId, OfficeId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateRow {
    /// Its identity.
    pub id: String,
    /// Whose it is.
    pub office_id: String,
    /// Under what it is found.
    pub title: String,
    /// The text.
    pub body: String,
}

/// The templates of an office by title.
pub async fn templates(tx: &mut Tx, office: &OfficeId) -> Result<Vec<TemplateRow>> {
    tx.all(
        sql!(
            "select id, office_id, title, body from reply_template where office_id = $1 order by title, id"
        ),
        args![office],
    )
    .await
}

/// What helps with a case of an office: a colleague, or a template.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Aid {
    /// `officer` or `template`.
    pub kind: String,
    /// Its identity.
    pub id: String,
    /// A name, or a title.
    pub name: String,
    /// The text of a template.
    pub body: String,
}

/// The officers of an office by name, and its templates by title.
pub async fn aids(tx: &mut Tx, office: &OfficeId) -> Result<Vec<Aid>> {
    tx.all(
        sql!(
            "select 'officer' as kind, a.id, a.name, '' as body
             from membership m join account a on a.id = m.account_id where m.office_id = $1
             union all
             select 'template', t.id, t.title, t.body from reply_template t where t.office_id = $1
             order by 1, 3, 2"
        ),
        args![office],
    )
    .await
}

/// One template.
pub async fn find_template(tx: &mut Tx, id: &str) -> Result<Option<TemplateRow>> {
    tx.first(
        sql!("select id, office_id, title, body from reply_template where id = $1"),
        args![id],
    )
    .await
}

/// Adds a template, or brings it up to date; its office stays.
pub async fn put_template(
    tx: &mut Tx,
    row: &TemplateRow,
    by: Option<&AccountId>,
    at: Timestamp,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into reply_template (id, office_id, title, body, updated_at, by_account_id)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do update
             set title = excluded.title, body = excluded.body, updated_at = excluded.updated_at,
                 by_account_id = excluded.by_account_id"
        ),
        args![&row.id, &row.office_id, &row.title, &row.body, at, by],
    )
    .await?;
    Ok(())
}

/// Removes a template; whether it was there.
pub async fn remove_template(tx: &mut Tx, id: &str) -> Result<bool> {
    let rows = tx
        .run(sql!("delete from reply_template where id = $1"), args![id])
        .await?;
    Ok(rows == 1)
}
