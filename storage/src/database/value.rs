//! Values of statements, typed even when null: PostgreSQL needs to know what is missing.

use domain::{
    AccountId, AreaId, CaseId, ClauseId, CommentId, ConsultationId, FileId, NoticeId, OfficeId,
    OptionId, ParticipantId, QuestionId, StatementId, ThemeId, Timestamp, VersionId,
};
use sqlx::{Postgres, Sqlite, postgres::PgArguments, query::Query, sqlite::SqliteArguments};

/// A value of a statement.
#[derive(Clone, Debug)]
pub enum Value {
    /// Yes or no.
    Bool(Option<bool>),
    /// A whole number, an instant.
    Int(Option<i64>),
    /// A real number.
    Real(Option<f64>),
    /// A text, an id.
    Text(Option<String>),
    /// Bytes.
    Blob(Option<Vec<u8>>),
}

macro_rules! values {
    ($($from:ty => |$v:ident| $kind:ident($to:expr)),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { Self::$kind(Some($to)) }
        }
        impl From<Option<$from>> for Value {
            fn from(v: Option<$from>) -> Self { Self::$kind(v.map(|$v| $to)) }
        }
    )+};
}

values! {
    bool => |v| Bool(v),
    i64 => |v| Int(v),
    i32 => |v| Int(i64::from(v)),
    u32 => |v| Int(i64::from(v)),
    f64 => |v| Real(v),
    Timestamp => |v| Int(v.0),
    String => |v| Text(v),
    &String => |v| Text(v.clone()),
    &str => |v| Text(v.to_owned()),
    Vec<u8> => |v| Blob(v),
}

macro_rules! id_values {
    ($($id:ty),+ $(,)?) => {$(
        impl From<$id> for Value {
            fn from(v: $id) -> Self { Self::Text(Some(v.to_string())) }
        }
        impl From<&$id> for Value {
            fn from(v: &$id) -> Self { Self::Text(Some(v.as_str().to_owned())) }
        }
        impl From<Option<$id>> for Value {
            fn from(v: Option<$id>) -> Self { Self::Text(v.map(|v| v.to_string())) }
        }
        impl From<Option<&$id>> for Value {
            fn from(v: Option<&$id>) -> Self { Self::Text(v.map(|v| v.as_str().to_owned())) }
        }
    )+};
}

id_values!(
    AccountId,
    AreaId,
    CaseId,
    ClauseId,
    CommentId,
    ConsultationId,
    FileId,
    NoticeId,
    OfficeId,
    OptionId,
    ParticipantId,
    QuestionId,
    StatementId,
    ThemeId,
    VersionId,
);

pub(super) type SqliteQuery = Query<'static, Sqlite, SqliteArguments>;
pub(super) type PostgresQuery = Query<'static, Postgres, PgArguments>;

macro_rules! fill {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Bool(v) => query.bind(v),
                Value::Int(v) => query.bind(v),
                Value::Real(v) => query.bind(v),
                Value::Text(v) => query.bind(v.map(without_nul)),
                Value::Blob(v) => query.bind(v),
            };
        }
        query
    }};
}

/// PostgreSQL takes no NUL in a text; it becomes the mark of a character that cannot be shown, on both.
fn without_nul(text: String) -> String {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}

pub(super) fn fill_sqlite(query: SqliteQuery, values: Vec<Value>) -> SqliteQuery {
    fill!(query, values)
}

pub(super) fn fill_postgres(query: PostgresQuery, values: Vec<Value>) -> PostgresQuery {
    fill!(query, values)
}

pub(super) fn bind_sqlite(sql: &'static str, values: Vec<Value>) -> SqliteQuery {
    fill_sqlite(sqlx::query(sql), values)
}

pub(super) fn bind_postgres(sql: &'static str, values: Vec<Value>) -> PostgresQuery {
    fill_postgres(sqlx::query(sql), values)
}
