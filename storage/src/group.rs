//! Opinion groups as they were last found, and what they rest on.

use domain::{AccountId, ConsultationId, Timestamp};

use crate::{Query, Result, Tx, args, sql};

pub mod rule;

/// Whose result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// That of everybody who judged.
    #[default]
    Everybody,
    /// That without the people whom published rules name.
    Without,
}

/// What was found, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Kept {
    /// What it rests on: see [`basis`].
    pub basis: String,
    /// Judgements that were there, re-votes too.
    pub votes: i64,
    /// When it was found.
    pub found_at: i64,
    /// The findings as JSON, as they are published.
    pub findings: String,
    /// The names of the groups and the way the map lies, as JSON.
    pub names: String,
    /// What a page draws of them, as JSON.
    pub picture: String,
    /// From what a person's place is reckoned, as JSON.
    pub compass: String,
    /// People whom published rules name.
    pub left_out: i64,
    /// The findings without them as JSON; empty while no rule is published.
    pub without_findings: String,
    /// The picture of these, likewise.
    pub without_picture: String,
    /// From what a person's place among the others is reckoned, likewise.
    pub without_compass: String,
}

/// What is there now in one consultation, or in each that has judgements.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Basis {
    /// The consultation.
    pub consultation_id: String,
    /// What the findings would rest on: equal to [`Kept::basis`] while nothing has changed.
    pub basis: String,
    /// Judgements, re-votes too.
    pub votes: i64,
    /// What the kept findings rest on; empty when there are none.
    pub kept: String,
}

/// Judgements are only added, and a statement only changes its status: how many there are, and when the last was decided
/// about, says whether anything changed; so do the number of published rules and when the last was published. The first number is that of the form of the JSON: raised when it changes.
macro_rules! basis {
    ($($where:literal),*) => {
        concat!(
            "select c.id as consultation_id, v.votes,
                    '2/' || cast(v.votes as text) || '/' || cast(s.accepted as text) || '/' || cast(s.rejected as text)
                        || '/' || cast(s.decided_at as text)
                        || '/' || cast(coalesce(r.rules, 0) as text) || '/' || cast(coalesce(r.at, 0) as text) as basis,
                    coalesce(g.basis, '') as kept
             from consultation c
             join (select s.consultation_id, count(*) as votes
                   from statement_vote v join statement s on s.id = v.statement_id
                   group by s.consultation_id) v on v.consultation_id = c.id
             join (select consultation_id,
                          cast(coalesce(sum(case when status = 'accepted' then 1 else 0 end), 0) as bigint) as accepted,
                          cast(coalesce(sum(case when status = 'rejected' then 1 else 0 end), 0) as bigint) as rejected,
                          coalesce(max(decided_at), 0) as decided_at
                   from statement group by consultation_id) s on s.consultation_id = c.id
             left join (select consultation_id, count(*) as rules, max(at) as at
                        from group_rule group by consultation_id) r on r.consultation_id = c.id
             left join opinion_group g on g.consultation_id = c.id ",
            $($where),*
        )
    };
}

/// Of one consultation; `None` while nobody has judged a statement.
pub async fn basis(tx: &mut Tx, consultation: &ConsultationId) -> Result<Option<Basis>> {
    tx.first(sql!(basis!("where c.id = $1")), args![consultation])
        .await
}

/// The consultations whose findings are missing or rest on something else than what is there.
pub async fn outdated(tx: &mut Tx) -> Result<Vec<Basis>> {
    let rows: Vec<Basis> = tx.all(sql!(basis!()), args![]).await?;
    Ok(rows.into_iter().filter(|b| b.basis != b.kept).collect())
}

/// What was last found.
pub async fn find(tx: &mut Tx, consultation: &ConsultationId) -> Result<Option<Kept>> {
    tx.first(
        sql!(
            "select basis, votes, found_at, findings, names, picture, compass,
                    left_out, without_findings, without_picture, without_compass
             from opinion_group where consultation_id = $1"
        ),
        args![consultation],
    )
    .await
}

/// The findings alone, and the names of their groups.
pub async fn findings(
    tx: &mut Tx,
    consultation: &ConsultationId,
) -> Result<Option<(String, String)>> {
    tx.first(
        sql!("select findings, names from opinion_group where consultation_id = $1"),
        args![consultation],
    )
    .await
}

/// The findings without the people whom published rules name; `None` while there are none.
pub async fn without_findings(
    tx: &mut Tx,
    consultation: &ConsultationId,
) -> Result<Option<String>> {
    let found: Option<(String,)> = tx
        .first(
            sql!(
                "select without_findings from opinion_group
                 where consultation_id = $1 and without_findings <> ''"
            ),
            args![consultation],
        )
        .await?;
    Ok(found.map(|(findings,)| findings))
}

/// Keeps what was found. An older result than the one that is kept changes nothing: copies of the program may overtake
/// each other.
pub async fn keep(tx: &mut Tx, consultation: &ConsultationId, new: &Kept) -> Result<bool> {
    let stored = tx
        .run(
            sql!(
                "insert into opinion_group
                     (consultation_id, basis, votes, found_at, findings, names, picture, compass,
                      left_out, without_findings, without_picture, without_compass)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                 on conflict (consultation_id) do update set
                     basis = excluded.basis, votes = excluded.votes, found_at = excluded.found_at,
                     findings = excluded.findings, names = excluded.names,
                     picture = excluded.picture, compass = excluded.compass,
                     left_out = excluded.left_out, without_findings = excluded.without_findings,
                     without_picture = excluded.without_picture, without_compass = excluded.without_compass
                 where excluded.votes >= opinion_group.votes"
            ),
            args![
                consultation,
                &new.basis,
                new.votes,
                Timestamp(new.found_at),
                &new.findings,
                &new.names,
                &new.picture,
                &new.compass,
                new.left_out,
                &new.without_findings,
                &new.without_picture,
                &new.without_compass
            ],
        )
        .await?;
    Ok(stored > 0)
}

/// Notes how far out each statement (by number) lies in the opinion space, from which follows which one comes next.
pub async fn set_extremities(
    tx: &mut Tx,
    consultation: &ConsultationId,
    all: &[(i64, f64)],
) -> Result<()> {
    // Well below the most parameters that SQLite takes.
    for some in all.chunks(1_000) {
        let mut query = Query::new("with found (number, extremity) as (values");
        for (n, (number, extremity)) in some.iter().enumerate() {
            query = query
                .push(if n == 0 { "(cast(" } else { ", (cast(" })
                .bind(*number)
                .push("as bigint), cast(")
                .bind(*extremity)
                .push("as double precision))");
        }
        let query = query
            .push(") update statement set extremity = found.extremity from found where statement.number = found.number and statement.consultation_id =")
            .bind(consultation);
        tx.run_of(query).await?;
    }
    Ok(())
}

/// What a page of groups shows, read at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// When the groups were found, and the picture as JSON; `None` while there are none.
    pub picture: Option<(Timestamp, String)>,
    /// How many people the published rules name; `None` without rules, and until the groups were found without these people.
    pub left_out: Option<i64>,
    /// The published rules, by time.
    pub rules: Vec<rule::Published>,
    /// From what the reader's place is reckoned, as JSON; only when they have judged something.
    pub compass: Option<String>,
    /// The public statements: number and sentence, by number.
    pub statements: Vec<(i64, String)>,
    /// What the reader said to them: number and value.
    pub mine: Vec<(i64, i64)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    n: i64,
    text: String,
}

/// The page of a consultation's groups as `account` reads it: of everybody or, where there are any, of those whom no published
/// rule leaves out.
pub async fn sheet(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
    side: Side,
) -> Result<Sheet> {
    let rows: Vec<Row> = tx
        .all(
            sql!(
                "select kind, n, text from (
                     select 'picture' as kind, found_at as n,
                            case when cast($3 as bigint) = 1 and without_picture <> ''
                                 then without_picture else picture end as text
                     from opinion_group where consultation_id = $1
                     union all
                     select 'left out', left_out, ''
                     from opinion_group where consultation_id = $1 and without_picture <> ''
                     union all
                     select 'rule', at, rule || ' ' || reason
                     from group_rule where consultation_id = $1
                     union all
                     select 'statement', number, body
                     from statement where consultation_id = $1 and status = 'accepted'
                     union all
                     select 'mine', s.number, cast(m.value as text)
                     from participation p
                     join statement_mark m on m.participant_id = p.participant_id
                     join statement s on s.id = m.statement_id
                     where p.consultation_id = $1 and p.account_id = $2
                     union all
                     select 'compass', cast(0 as bigint),
                            case when cast($3 as bigint) = 1 and without_picture <> ''
                                 then without_compass else compass end
                     from opinion_group g where g.consultation_id = $1
                     and exists (select 1 from participation p
                                 where p.consultation_id = $1 and p.account_id = $2)
                 ) rows order by kind, n, text"
            ),
            args![consultation, account, i64::from(side == Side::Without)],
        )
        .await?;
    let mut sheet = Sheet::default();
    for Row { kind, n, text } in rows {
        match kind.as_str() {
            "picture" => sheet.picture = Some((Timestamp(n), text)),
            "left out" => sheet.left_out = Some(n),
            "rule" => sheet
                .rules
                .extend(rule::Published::read(Timestamp(n), &text)),
            "compass" => sheet.compass = Some(text),
            "statement" => sheet.statements.push((n, text)),
            _ => sheet.mine.extend(text.parse().map(|value| (n, value))),
        }
    }
    if sheet.rules.is_empty() {
        sheet.left_out = None;
    }
    Ok(sheet)
}
