//! Themes and the comments under them.

use domain::{CommentId, ConsultationId, ThemeId};

use crate::{Query, Result, Tx, args, sql};

/// A theme with how much is under it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ThemeRow {
    /// Its identity.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Its place, from 1.
    pub position: i64,
    /// Comments under it that are still to be seen.
    pub comments: i64,
}

/// A theme to be written.
#[derive(Clone, Debug)]
pub struct NewTheme<'a> {
    /// Its identity.
    pub id: &'a ThemeId,
    /// Its name.
    pub title: &'a str,
    /// What it is about.
    pub description: &'a str,
}

/// The themes in their order.
pub async fn list_themes(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<ThemeRow>> {
    tx.all(
        sql!(
            "select t.id, t.title, t.description, t.position,
                    (select count(*) from theme_comment tc join comment c on c.id = tc.comment_id
                     where tc.theme_id = t.id and c.hidden_at is null and c.deleted_at is null) as comments
             from theme t
             where t.consultation_id = $1
             order by t.position, t.id"
        ),
        args![consultation],
    )
    .await
}

/// Writes a theme behind the others.
pub async fn insert_theme(
    tx: &mut Tx,
    consultation: &ConsultationId,
    theme: NewTheme<'_>,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into theme (id, consultation_id, position, title, description)
             select $1, $2, coalesce(max(position), 0) + 1, $3, $4 from theme where consultation_id = $2"
        ),
        args![theme.id, consultation, theme.title, theme.description],
    )
    .await?;
    Ok(())
}

/// Renames a theme; `false` when the consultation has no such theme.
pub async fn update_theme(
    tx: &mut Tx,
    consultation: &ConsultationId,
    theme: NewTheme<'_>,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!("update theme set title = $3, description = $4 where id = $1 and consultation_id = $2"),
            args![theme.id, consultation, theme.title, theme.description],
        )
        .await?;
    Ok(rows == 1)
}

/// Gives a theme another place.
pub async fn place_theme(
    tx: &mut Tx,
    consultation: &ConsultationId,
    theme: &ThemeId,
    position: i64,
) -> Result<()> {
    tx.run(
        sql!("update theme set position = $3 where id = $1 and consultation_id = $2"),
        args![theme, consultation, position],
    )
    .await?;
    Ok(())
}

/// Removes a theme; its comments are free again. `false` when there is none.
pub async fn remove_theme(
    tx: &mut Tx,
    consultation: &ConsultationId,
    theme: &ThemeId,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!("delete from theme where id = $1 and consultation_id = $2"),
            args![theme, consultation],
        )
        .await?;
    Ok(rows == 1)
}

/// Puts comments under a theme, as far as they belong to its consultation and can be seen. How many were not there yet.
pub async fn add_comments(
    tx: &mut Tx,
    consultation: &ConsultationId,
    theme: &ThemeId,
    comments: &[CommentId],
) -> Result<usize> {
    let query = Query::new(
        "insert into theme_comment (theme_id, comment_id) select t.id, c.id from theme t",
    )
    .push("join comment c on c.consultation_id = t.consultation_id where t.id =")
    .bind(theme)
    .push("and t.consultation_id =")
    .bind(consultation)
    .push("and c.hidden_at is null and c.deleted_at is null and c.id in")
    .list(comments)
    .push("on conflict (theme_id, comment_id) do nothing returning comment_id");
    Ok(tx.all_of::<(String,)>(query).await?.len())
}

/// Takes comments out of a theme. How many were under it.
pub async fn remove_comments(
    tx: &mut Tx,
    consultation: &ConsultationId,
    theme: &ThemeId,
    comments: &[CommentId],
) -> Result<usize> {
    let query = Query::new("delete from theme_comment where theme_id =")
        .bind(theme)
        .push("and theme_id in (select id from theme where consultation_id =")
        .bind(consultation)
        .push(") and comment_id in")
        .list(comments)
        .push("returning comment_id");
    Ok(tx.all_of::<(String,)>(query).await?.len())
}

/// A comment that can be put under themes.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Gatherable {
    /// Its identity.
    pub id: String,
    /// The clause it is on.
    pub clause_id: Option<String>,
    /// `for`, `against`, `neutral`.
    pub stance: Option<String>,
    /// Its text.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// How many support it.
    pub supports: i64,
    /// When.
    pub posted_at: i64,
    /// The themes it is under, with blanks between.
    pub themes: Option<String>,
}

/// The comments of residents that can be seen, the most supported first; at most `most`.
pub async fn gatherables(
    tx: &mut Tx,
    consultation: &ConsultationId,
    most: i64,
) -> Result<Vec<Gatherable>> {
    tx.all(
        sql!(
            "select c.id, c.clause_id, c.stance, c.body, a.name as author, c.supports, c.posted_at,
                    (select string_agg(tc.theme_id, ' ') from theme_comment tc where tc.comment_id = c.id) as themes
             from comment c
             join account a on a.id = c.account_id
             where c.consultation_id = $1 and c.office_id is null
               and c.hidden_at is null and c.deleted_at is null
             order by c.supports desc, c.id
             limit $2"
        ),
        args![consultation, most],
    )
    .await
}
