//! Turnout and what was most supported.

use domain::ConsultationId;

use crate::{Result, Tx, args, sql};

/// How many took part, in what.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Participation {
    /// Voices: people who voted or judged, each once.
    pub participants: i64,
    /// Voices with a vote on at least one question that is not withdrawn.
    pub voters: i64,
    /// Comments that can be seen, answers of offices not counted.
    pub comments: i64,
    /// Accepted statements.
    pub statements: i64,
    /// Judgements of statements, the newest of each voice.
    pub judgements: i64,
}

/// Counts who took part.
pub async fn participation(tx: &mut Tx, consultation: &ConsultationId) -> Result<Participation> {
    Ok(tx
        .first(
            sql!(
                "select (select count(*) from participant where consultation_id = $1) as participants,
                        (select count(distinct m.participant_id) from ballot_mark m
                         join question q on q.id = m.question_id where q.consultation_id = $1) as voters,
                        (select count(*) from comment where consultation_id = $1 and office_id is null
                           and hidden_at is null and deleted_at is null) as comments,
                        (select count(*) from statement where consultation_id = $1 and status = 'accepted') as statements,
                        (select count(*) from statement_mark m join statement s on s.id = m.statement_id
                         where s.consultation_id = $1 and s.status = 'accepted') as judgements"
            ),
            args![consultation],
        )
        .await?
        .unwrap_or_default())
}

/// People of an area.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AreaCount {
    /// The area; `None` for those who stated none.
    pub area_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// How many.
    pub people: i64,
}

/// How many voices come from each area, by its code.
pub async fn people_by_area(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<AreaCount>> {
    tx.all(
        sql!(
            "select p.area_id, a.name, count(*) as people
             from participant p
             left join area a on a.id = p.area_id
             where p.consultation_id = $1
             group by p.area_id, a.name
             order by p.area_id"
        ),
        args![consultation],
    )
    .await
}

/// A comment among the most supported.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TopComment {
    /// Its identity.
    pub id: String,
    /// `for` or `against`.
    pub stance: String,
    /// Its text.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// Where they live, if they said so.
    pub area: Option<String>,
    /// The clause it is on.
    pub clause_id: Option<String>,
    /// How many support it.
    pub supports: i64,
    /// When.
    pub posted_at: i64,
}

/// The most supported comments of residents for and against, `most` of each, those for it first.
pub async fn top_comments(
    tx: &mut Tx,
    consultation: &ConsultationId,
    most: i64,
) -> Result<Vec<TopComment>> {
    tx.all(
        sql!(
            "select id, stance, body, author, area, clause_id, supports, posted_at
             from (select c.id, c.stance, c.body, a.name as author, h.name as area, c.clause_id, c.supports, c.posted_at,
                          row_number() over (partition by c.stance order by c.supports desc, c.id) as place
                   from comment c
                   join account a on a.id = c.account_id
                   left join area h on h.id = a.home_area_id
                   where c.consultation_id = $1 and c.stance in ('for', 'against') and c.office_id is null
                     and c.hidden_at is null and c.deleted_at is null and c.supports > 0) ranked
             where place <= $2
             order by stance desc, place"
        ),
        args![consultation, most],
    )
    .await
}
