//! Many rows at once: conversations that come in and go out whole.

use std::collections::BTreeMap;

use domain::{ConsultationId, ParticipantId, StatementId, Timestamp, statement::Status};

use crate::{Query, Result, Tx, args, sql};

/// Rows of one statement: at five values each far below the limits of both databases (32,766 and 65,535 values).
const ROWS: usize = 500;

/// A person of an import: a voice without an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedPerson {
    /// The voice.
    pub id: ParticipantId,
    /// The id in the import.
    pub external: String,
    /// When it is first heard of.
    pub joined_at: Timestamp,
}

/// Adds the voices of an import.
pub async fn add_people(
    tx: &mut Tx,
    consultation: &ConsultationId,
    people: &[ImportedPerson],
) -> Result<()> {
    for chunk in people.chunks(ROWS) {
        let mut query = Query::new(
            "insert into participant (id, consultation_id, external_id, joined_at) values",
        );
        for (n, person) in chunk.iter().enumerate() {
            query = query
                .push(open(n))
                .bind(&person.id)
                .push(",")
                .bind(consultation)
                .push(",")
                .bind(&person.external)
                .push(",")
                .bind(person.joined_at)
                .push(")");
        }
        tx.run_of(query).await?;
    }
    Ok(())
}

/// A statement of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedStatement {
    /// Its identity.
    pub id: StatementId,
    /// Its number there and here.
    pub number: i64,
    /// The sentence.
    pub body: String,
    /// What was decided about it.
    pub status: Status,
    /// Whether those who asked wrote it.
    pub is_seed: bool,
    /// When it was written.
    pub created_at: Timestamp,
    /// Who wrote it, as in the import.
    pub author: Option<String>,
}

/// Adds the statements of an import.
pub async fn add_statements(
    tx: &mut Tx,
    consultation: &ConsultationId,
    statements: &[ImportedStatement],
) -> Result<()> {
    for chunk in statements.chunks(ROWS) {
        let mut query = Query::new(
            "insert into statement (id, consultation_id, number, body, status, is_seed, created_at, decided_at, external_author) values",
        );
        for (n, s) in chunk.iter().enumerate() {
            query = query
                .push(open(n))
                .bind(&s.id)
                .push(",")
                .bind(consultation)
                .push(",")
                .bind(s.number)
                .push(",")
                .bind(&s.body)
                .push(",")
                .bind(s.status.word())
                .push(",")
                .bind(s.is_seed)
                .push(",")
                .bind(s.created_at)
                .push(",")
                .bind(s.created_at)
                .push(",")
                .bind(s.author.clone())
                .push(")");
        }
        tx.run_of(query).await?;
    }
    Ok(())
}

/// One event of a history of judgements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The statement.
    pub statement: StatementId,
    /// The voice.
    pub participant: ParticipantId,
    /// Its revision.
    pub revision: i64,
    /// 1, −1 or 0.
    pub value: i64,
    /// When.
    pub at: Timestamp,
}

/// Adds a whole history to a consultation that has none, and derives from it what counts.
pub async fn add_events(
    tx: &mut Tx,
    consultation: &ConsultationId,
    events: &[Event],
) -> Result<()> {
    for chunk in events.chunks(ROWS) {
        let mut query = Query::new(
            "insert into statement_vote (statement_id, participant_id, revision, value, cast_at) values",
        );
        for (n, event) in chunk.iter().enumerate() {
            query = query
                .push(open(n))
                .bind(&event.statement)
                .push(",")
                .bind(&event.participant)
                .push(",")
                .bind(event.revision)
                .push(",")
                .bind(event.value)
                .push(",")
                .bind(event.at)
                .push(")");
        }
        tx.run_of(query).await?;
    }
    tx.run(
        sql!(
            "insert into statement_mark (statement_id, participant_id, value)
             select v.statement_id, v.participant_id, v.value
             from statement_vote v
             join statement s on s.id = v.statement_id
             where s.consultation_id = $1
               and not exists (select 1 from statement_vote w
                               where w.statement_id = v.statement_id and w.participant_id = v.participant_id
                                 and w.revision > v.revision)"
        ),
        args![consultation],
    )
    .await?;
    super::recount(tx, consultation).await
}

const fn open(row: usize) -> &'static str {
    if row > 0 { ", (" } else { "(" }
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: String,
    external_id: Option<String>,
    joined_at: i64,
}

/// The voices of a consultation in the order in which they joined: voice, id in the import, moment.
pub async fn people(
    tx: &mut Tx,
    consultation: &ConsultationId,
) -> Result<Vec<(ParticipantId, Option<String>, Timestamp)>> {
    let rows: Vec<PersonRow> = tx
        .all(
            sql!(
                "select id, external_id, joined_at from participant
                 where consultation_id = $1
                 order by joined_at, id"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                ParticipantId::new(row.id),
                row.external_id,
                Timestamp(row.joined_at),
            )
        })
        .collect())
}

#[derive(sqlx::FromRow)]
struct StatementRow {
    id: String,
    number: i64,
    body: String,
    status: String,
    is_seed: bool,
    created_at: i64,
    external_author: Option<String>,
    participant_id: Option<String>,
}

/// The statements of a consultation by number, those not taken too, each with the voice that wrote it.
pub async fn statements(
    tx: &mut Tx,
    consultation: &ConsultationId,
) -> Result<Vec<(ImportedStatement, Option<ParticipantId>)>> {
    let rows: Vec<StatementRow> = tx
        .all(
            sql!(
                "select id, number, body, status, is_seed, created_at, external_author, participant_id
                 from statement
                 where consultation_id = $1
                 order by number"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let statement = ImportedStatement {
                id: StatementId::new(row.id),
                number: row.number,
                body: row.body,
                status: Status::parse(&row.status).unwrap_or_default(),
                is_seed: row.is_seed,
                created_at: Timestamp(row.created_at),
                author: row.external_author,
            };
            (statement, row.participant_id.map(ParticipantId::new))
        })
        .collect())
}

#[derive(sqlx::FromRow)]
struct EventRow {
    statement_id: String,
    participant_id: String,
    revision: i64,
    value: i64,
    cast_at: i64,
}

/// The whole history of judgements of a consultation: by moment, and by revision within one.
pub async fn events(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Event>> {
    let rows: Vec<EventRow> = tx
        .all(
            sql!(
                "select v.statement_id, v.participant_id, v.revision, v.value, v.cast_at
                 from statement s
                 join statement_vote v on v.statement_id = s.id
                 where s.consultation_id = $1
                 order by v.cast_at, s.number, v.participant_id, v.revision"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            statement: StatementId::new(row.statement_id),
            participant: ParticipantId::new(row.participant_id),
            revision: row.revision,
            value: row.value,
            at: Timestamp(row.cast_at),
        })
        .collect())
}

#[derive(sqlx::FromRow)]
struct MarkRow {
    external_id: String,
    number: i64,
    value: i64,
}

/// The judgements that count, of the people of an import: by their number there and the statement's.
pub async fn marks_by_number(
    tx: &mut Tx,
    consultation: &ConsultationId,
) -> Result<BTreeMap<(i64, i64), i64>> {
    let rows: Vec<MarkRow> = tx
        .all(
            sql!(
                "select p.external_id, s.number, m.value
                 from statement s
                 join statement_mark m on m.statement_id = s.id
                 join participant p on p.id = m.participant_id
                 where s.consultation_id = $1 and p.external_id is not null"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some(((row.external_id.parse().ok()?, row.number), row.value)))
        .collect())
}
